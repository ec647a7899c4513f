//! Finds the last words of ids that only tell them apart: hashes and numbers.
//!
//! | ids | written by |
//! |---|---|
//! | `Get.Count.users-1f3c`, `Get.Count.users-90ab` | converters from `OData` |
//! | `getAll`, `getAll_1`, `getAll_2` | springdoc |

use std::collections::{BTreeMap, BTreeSet};

/// What ids of a document end with that says nothing.
#[derive(Default)]
pub(in crate::lower) struct Suffixes {
    /// The lengths of the hashes.
    hashes: BTreeSet<usize>,
    /// What precedes the numbers: other ids have the same.
    numbered: BTreeSet<String>,
}

/// How many different hashes of one length a document has at least. `e164` and `e911` are words.
const FEWEST_HASHES: usize = 3;

impl Suffixes {
    /// Finds what these ids end with.
    pub(in crate::lower) fn of(ids: &[String]) -> Self {
        let ids = ids.iter().map(String::as_str);
        let mut hashes: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (_, last) in ids.clone().filter_map(split) {
            if is_hexadecimal(last) && has_both(last) {
                hashes.entry(last.len()).or_default().insert(last);
            }
        }
        hashes.retain(|_, it| it.len() >= FEWEST_HASHES);
        let (mut seen, mut numbered) = (BTreeSet::new(), BTreeSet::new());
        for id in ids {
            let (before, is_numbered) = match split(id).filter(|(_, last)| is_number(last)) {
                Some((before, _)) => (before, true),
                None => (id, false),
            };
            if !seen.insert(before) || (is_numbered && numbered.contains(before)) {
                numbered.insert(before.to_owned());
            }
        }
        Self {
            hashes: hashes.into_keys().collect(),
            numbered,
        }
    }

    /// An id without the hash or the number at its end.
    pub(super) fn without<'i>(&self, id: &'i str) -> &'i str {
        let Some((before, last)) = split(id) else {
            return id;
        };
        let is_hash = self.hashes.contains(&last.len()) && is_hexadecimal(last);
        let is_counter = is_number(last) && self.numbered.contains(before);
        if is_hash || is_counter { before } else { id }
    }
}

/// Splits an id before its last word, if words precede it.
fn split(id: &str) -> Option<(&str, &str)> {
    let (before, last) = id.rsplit_once(['-', '_'])?;
    let has_words = before.ends_with(char::is_alphanumeric) && before.contains(char::is_alphabetic);
    has_words.then_some((before, last))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit())
}

/// Whether a word may be a hash. Shorter ones are too often words or numbers.
fn is_hexadecimal(word: &str) -> bool {
    let is_digit = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
    word.len() >= 4 && word.bytes().all(is_digit)
}

/// Whether a word has digits and letters, as no word of a language has.
fn has_both(word: &str) -> bool {
    word.contains(|it: char| it.is_ascii_digit())
        && word.contains(|it: char| it.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stays of each id of a document.
    fn without(ids: &[&'static str]) -> Vec<&'static str> {
        let mut owned: Vec<String> = ids.iter().map(|it| (*it).to_owned()).collect();
        let suffixes = Suffixes::of(&owned);
        owned.reverse();
        let reversed = Suffixes::of(&owned);
        let of = |suffixes: &Suffixes| ids.iter().map(|it| suffixes.without(it)).collect();
        let short: Vec<&str> = of(&suffixes);
        assert_eq!(short, of(&reversed), "the order does not matter");
        short
    }

    #[test]
    fn hashes_at_the_end_of_several_ids_say_nothing() {
        let ids = [
            "pets.Count-1f3c",
            "owners.Count-90ab",
            "owner.pets.Count-c0de",
            "toys.Count-7c7c",
            "shops.Count-1234",
            "shops.get-2024-05",
            "base64",
        ];
        assert_eq!(
            without(&ids),
            [
                "pets.Count",
                "owners.Count",
                "owner.pets.Count",
                "toys.Count",
                "shops.Count",
                "shops.get-2024-05",
                "base64",
            ]
        );
    }

    #[test]
    fn words_of_hexadecimal_digits_are_no_hashes() {
        let ids = ["format_e164", "call_e911", "show_face", "add_2fa", "-1f3c"];
        assert_eq!(without(&ids), ids);
    }

    #[test]
    fn numbers_tell_apart_what_has_the_same_name_otherwise() {
        assert_eq!(
            without(&["getAll", "getAll_1", "getAll_2", "decodeBase_64", "_1"]),
            ["getAll", "getAll", "getAll", "decodeBase_64", "_1"]
        );
        assert_eq!(without(&["get_1", "get_2"]), ["get", "get"]);
        assert_eq!(without(&["get_1", "getAll"]), ["get_1", "getAll"]);
    }
}
