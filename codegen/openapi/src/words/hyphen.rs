//! Tells a hyphen that separates words from a minus.

use super::sign::{is_letter, is_of_word};

/// Whether the hyphen at `index` is a minus: behind the last word of a name, or in front of a word that neither another word
/// nor a separator precedes.
pub(super) fn is_minus(characters: &[char], index: usize) -> bool {
    let before = index.checked_sub(1).map(|it| characters[it]);
    let is_behind_word = before.is_some_and(is_letter);
    match characters.get(index + 1) {
        Some(next) => {
            let is_before_word = !is_behind_word && is_letter(*next);
            is_before_word
                && !is_double_hyphen(characters, index)
                && !is_behind_separator(characters, index)
        }
        None => is_behind_word,
    }
}

/// Whether the hyphen at `index` follows a sign that separates words, and a word: `get_-files`, `{type}-comments`. Before a
/// number it is a minus.
fn is_behind_separator(characters: &[char], index: usize) -> bool {
    let (before, behind) = characters.split_at(index);
    let is_separated = before.last().is_some_and(|it| ['_', '/', '}'].contains(it));
    let is_before_word = behind.get(1).is_some_and(|it| is_of_word(*it));
    is_separated && is_before_word && before.iter().any(|it| is_letter(*it))
}

/// Whether the hyphen at `index` is the second of two between words. Before a number it is a minus: `reactions--1`.
fn is_double_hyphen(characters: &[char], index: usize) -> bool {
    let around = index
        .checked_sub(2)
        .and_then(|it| characters.get(it..index + 2));
    around.is_some_and(|it| is_letter(it[0]) && it[1..3] == ['-', '-'] && is_of_word(it[3]))
}

/// Whether a text has two hyphens between words, as in `File--Full`.
pub fn has_double_hyphen(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (0..characters.len()).any(|it| is_double_hyphen(&characters, it))
}

/// Whether a text has a hyphen behind another sign that separates words, as in `get_-files`.
pub fn has_separated_hyphen(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let mut hyphens = (0..characters.len()).filter(|it| characters[*it] == '-');
    hyphens.any(|it| is_behind_separator(&characters, it))
}
