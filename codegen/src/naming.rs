//! Rust identifiers from wire names: the only place that makes them.
//!
//! It knows Rust's keywords and which names are taken in a scope. It knows nothing about specs and
//! nothing about what a name is for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// A valid Rust identifier, unique in the scope that made it; keywords are raw (`r#type`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// The identifier as it is written in code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the mark of a raw identifier: as a file, a feature or serde calls it.
    pub fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the identifiers of a scope are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`: functions, fields, modules.
    Snake,
    /// `UpperCamelCase`: types, variants.
    Camel,
}

/// The names that one scope of Rust code has taken.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The number to try next of each name that was claimed again: all below are taken.
    numbers: BTreeMap<String, u32>,
}

impl Scope {
    /// A scope in which `reserved` are taken from the start.
    pub fn new(case: Case, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|&name| name.to_owned()).collect();
        Self {
            case,
            taken,
            numbers: BTreeMap::new(),
        }
    }

    /// Claims an identifier for `wire`, numbering it from 2 if it is taken.
    ///
    /// Callers claim in spec order, so adding to the end of a spec never renames what came before.
    pub fn claim(&mut self, wire: &str) -> RustName {
        let base = identifier(wire, self.case);
        if self.taken.insert(base.clone()) {
            return RustName(escape(base));
        }
        let separator = if base.ends_with(|last: char| last.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let number = self.numbers.entry(base.clone()).or_insert(2);
        loop {
            let name = format!("{base}{separator}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return RustName(escape(name));
            }
        }
    }
}

/// How long an identifier gets, but for its number: modules name files, and no file system takes more than 255 bytes.
const MAX_LENGTH: usize = 200;

/// The words of `wire` as an identifier that may still be a keyword.
fn identifier(wire: &str, case: Case) -> String {
    let words: String = wire
        .chars()
        .map(|c| if is_word(c) { c } else { ' ' })
        .collect();
    let name = match case {
        Case::Snake => words.to_snake_case(),
        Case::Camel => words.to_upper_camel_case(),
    };
    let name: String = name.chars().take(MAX_LENGTH).collect();
    match name.chars().next() {
        None => match case {
            Case::Snake => "empty".to_owned(),
            Case::Camel => "Empty".to_owned(),
        },
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// Only ASCII goes into identifiers: other scripts need a nightly feature in places and trip lints in others.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Makes a keyword a raw identifier, or appends `_` to the four that cannot be raw.
fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Keywords that the language does not allow as raw identifiers.
const NEVER_RAW: [&str; 4] = ["self", "Self", "super", "crate"];

/// Strict and reserved keywords of edition 2024 (The Rust Reference, "Keywords").
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(wire: &str) -> String {
        Scope::new(Case::Snake, &[]).claim(wire).to_string()
    }

    fn camel(wire: &str) -> String {
        Scope::new(Case::Camel, &[]).claim(wire).to_string()
    }

    #[test]
    fn wire_names_become_words() {
        assert_eq!(snake("NetworkAccessProfile"), "network_access_profile");
        assert_eq!(snake("EId"), "e_id");
        assert_eq!(snake("If-Match"), "if_match");
        assert_eq!(camel("quota-10"), "Quota10");
        assert_eq!(camel("from_sim"), "FromSim");
        assert_eq!(camel("2g"), "_2g");
    }

    #[test]
    fn keywords_are_raw_or_suffixed() {
        assert_eq!(snake("Type"), "r#type");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(snake("self"), "self_");
        assert_eq!(camel("self"), "Self_");
    }

    #[test]
    fn names_without_a_letter_get_one() {
        assert_eq!(snake(""), "empty");
        assert_eq!(camel("🦀 */ \u{202e}"), "Empty");
    }

    #[test]
    fn long_names_are_cut() {
        let mut scope = Scope::new(Case::Snake, &[]);
        let [one, two] = ["a".repeat(10_000), "a".repeat(9_999)].map(|it| scope.claim(&it));
        assert_eq!(one.as_str(), "a".repeat(200));
        assert_eq!(two.as_str(), format!("{one}2"));
    }

    #[test]
    fn names_that_clash_many_times_are_numbered_at_once() {
        let mut scope = Scope::new(Case::Camel, &["A3"]);
        let names: Vec<RustName> = (0..100_000).map(|_| scope.claim("a")).collect();
        let [first, second, third, .., last] = &names[..] else {
            panic!("there are more");
        };
        let names = [first, second, third, last].map(RustName::as_str);
        assert_eq!(names, ["A", "A2", "A4", "A100001"]);
    }

    #[test]
    fn taken_names_are_numbered_in_order() {
        let mut scope = Scope::new(Case::Camel, &["Other"]);
        let names: Vec<String> = ["other", "a b", "a_b", "a1", "a-1"]
            .iter()
            .map(|wire| scope.claim(wire).to_string())
            .collect();
        assert_eq!(names, ["Other2", "AB", "AB2", "A1", "A1_2"]);
    }
}
