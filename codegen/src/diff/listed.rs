//! Compares the limits of text with listed values, where a limit only matters if it excludes one of them.

use std::collections::BTreeSet;

use regex::{Regex, RegexBuilder};

use super::shift::{Shift, named};
use crate::api::Bounds;

/// The allowed texts of a value.
pub(super) type Values<'a> = BTreeSet<&'a str>;

/// Compares the number of characters.
pub(super) fn lengths(values: &Values<'_>, both: [&Bounds; 2]) -> Option<Shift> {
    let [old, new] = both.map(|it| {
        let fits = |text: &str| {
            let length = text.chars().count();
            it.min_length.is_none_or(|least| length >= least)
                && it.max_length.is_none_or(|most| length <= most)
        };
        values.iter().copied().filter(|it| fits(it)).collect()
    });
    (old != new).then(|| of_rest(&old, &new))
}

/// Compares the pattern. A pattern that cannot be evaluated is treated as a different one.
pub(super) fn patterns(values: &Values<'_>, [old, new]: [&Bounds; 2]) -> Option<Shift> {
    let [old, new] = [old, new].map(|it| it.pattern.as_deref());
    let shift = named(old, new)?;
    let (Some(old), Some(new)) = (matched(values, old), matched(values, new)) else {
        return Some(shift);
    };
    Some(of_rest(&old, &new))
}

/// Compares which values remain in each version.
fn of_rest(old: &Values<'_>, new: &Values<'_>) -> Shift {
    Shift::of_sets(old.is_subset(new), new.is_subset(old))
}

/// The most characters that are matched in all.
const MAX_TEXT: usize = 100_000;

/// Returns the values that match a pattern; `None` if it cannot be evaluated.
fn matched<'a>(values: &Values<'a>, pattern: Option<&str>) -> Option<Values<'a>> {
    let Some(pattern) = pattern else {
        return Some(values.clone());
    };
    // `\w` and `\d` are ASCII in JavaScript, but Unicode in Rust.
    let is_ascii = values.iter().all(|it| it.is_ascii());
    let length: usize = values.iter().map(|it| it.len()).sum();
    if !is_ascii || length > MAX_TEXT {
        return None;
    }
    let regex = compiled(pattern)?;
    let values = values.iter().copied().filter(|it| regex.is_match(it));
    Some(values.collect())
}

/// Compiles a pattern that means the same in Rust as in JavaScript (ECMA-262). Returns `None` if it may not, or is too large.
fn compiled(pattern: &str) -> Option<Regex> {
    const MAX_PATTERN: usize = 500;
    const MAX_BYTES: usize = 1 << 18;
    let is_small = pattern.len() <= MAX_PATTERN && is_common(pattern);
    let regex = is_small.then(|| RegexBuilder::new(pattern).size_limit(MAX_BYTES).build());
    regex?.ok() // Rust lacks some constructs, such as lookahead.
}

/// Returns whether a pattern is free of syntax that the two languages interpret differently: flags, nested classes, and
/// escapes of letters that only one of them has.
fn is_common(pattern: &str) -> bool {
    let mut is_in_class = false;
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        match c {
            '\\' => {
                let known = "dDwWsSbBnrtfv";
                let escaped = rest.next();
                if escaped.is_none_or(|it| it.is_alphanumeric() && !known.contains(it)) {
                    return false;
                }
            }
            '[' if is_in_class => return false,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '&' | '-' | '~' if is_in_class && next == Some(c) => return false,
            '(' if !is_in_class && next == Some('?') && !rest.as_str().starts_with("?:") => {
                return false;
            }
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(values: &[&str], old: Option<&str>, new: Option<&str>) -> Option<Shift> {
        let bounds = |pattern: Option<&str>| Bounds {
            pattern: pattern.map(str::to_owned),
            ..Bounds::default()
        };
        patterns(
            &values.iter().copied().collect(),
            [&bounds(old), &bounds(new)],
        )
    }

    #[test]
    fn a_pattern_that_every_value_matches_is_no_limit() {
        let of = |pattern| moved(&["new", "old"], None, Some(pattern));
        assert_eq!(of("^[a-z]{3}$"), Some(Shift::Same));
        assert_eq!(of("^n"), Some(Shift::Narrowed));
        assert_eq!(moved(&["a", "b"], Some("a"), Some("b")), Some(Shift::Other));
        assert_eq!(moved(&["a"], Some("a"), Some("a")), None);
    }

    #[test]
    fn a_pattern_that_cannot_be_tried_is_a_limit() {
        for pattern in [
            "(?=new)",
            "(?i)NEW",
            "[[a-z]]",
            "[a-z&&[^x]]",
            r"\a",
            r"\p{L}",
            "(",
            &"a".repeat(501),
            "((a{100}){100}){100}",
        ] {
            assert_eq!(moved(&["new"], None, Some(pattern)), Some(Shift::Narrowed));
        }
        assert_eq!(
            moved(&["neu", "früh"], None, Some(r"\w")),
            Some(Shift::Narrowed)
        );
        let long = "a".repeat(MAX_TEXT + 1);
        assert_eq!(moved(&[&long], None, Some("a")), Some(Shift::Narrowed));
    }
}
