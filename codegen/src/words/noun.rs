//! Converts nouns between singular and plural.

/// The singular of a plural noun, in words: `sim_ip_addresses` is `sim_ip_address`.
///
/// Words that do not look like a plural stay unchanged.
pub(crate) fn singular(words: &str) -> String {
    for (plural, singular) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("uses", "us"),
    ] {
        if let Some(stem) = words.strip_suffix(plural) {
            return format!("{stem}{singular}");
        }
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| words.ends_with(end)) || is_uncountable(words);
    match words.strip_suffix('s') {
        Some(stem) if !keeps && !stem.is_empty() && !stem.ends_with('_') => stem.to_owned(),
        Some(_) | None => words.to_owned(),
    }
}

/// Whether the last word has the same singular and plural.
fn is_uncountable(words: &str) -> bool {
    ["content", "data", "feedback", "media", "sms"]
        .contains(&words.rsplit('_').next().unwrap_or(words))
}

/// The plural of a singular noun, in words. A word that already looks like a plural stays unchanged.
pub(crate) fn plural(words: &str) -> String {
    if singular(words) != words || is_uncountable(words) {
        return words.to_owned();
    }
    let before_y = words
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|end| words.ends_with(end)) =>
        {
            format!("{words}es")
        }
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_converted_between_singular_and_plural() {
        for (one, many) in [
            ("sim", "sims"),
            ("sim_ip_address", "sim_ip_addresses"),
            ("entity", "entities"),
            ("key", "keys"),
            ("status", "statuses"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one, "{many}");
        }
        assert_eq!(singular("data"), "data");
        assert_eq!(singular("access"), "access");
    }
}
