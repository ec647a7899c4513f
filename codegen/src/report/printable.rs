//! What a spec says, made safe to show: nothing in it moves a cursor, reorders a line or hides.

use unicode_width::UnicodeWidthChar as _;

/// How many characters of what a spec says a line repeats.
const MAX_CHARACTERS: usize = 300;

/// Keeps what a spec says from filling a terminal, breaking a line or turning it around.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MAX_CHARACTERS));
    for character in text.chars().take(MAX_CHARACTERS) {
        push(&mut line, character);
    }
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        line.push('…');
    }
    line
}

/// What a spec says, as code: on one line and without a backtick of its own.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}

/// Appends a character as it is shown, and returns how many columns of a terminal it takes: a tab
/// is four blanks, and what would not be seen is escaped as Rust does it.
pub(super) fn push(line: &mut String, character: char) -> usize {
    const TAB: &str = "    ";
    if character == '\t' {
        line.push_str(TAB);
        TAB.len()
    } else if is_hidden(character) {
        let escaped = character.escape_unicode();
        let columns = escaped.len();
        line.extend(escaped);
        columns
    } else {
        line.push(character);
        character.width().unwrap_or(0)
    }
}

/// Says whether a character does something else than to be seen: control characters, and the
/// format characters that reorder text (UAX #9), separate lines, or take no room.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert_eq!(
            one_line("a\u{202e}b\n\u{1b}[2Jc"),
            "a\\u{202e}b\\u{a}\\u{1b}[2Jc"
        );
        assert_eq!(one_line("é\u{301}漢"), "é\u{301}漢");
    }

    #[test]
    fn long_texts_are_cut() {
        let line = one_line(&"x".repeat(1_000));
        assert_eq!(line.chars().count(), MAX_CHARACTERS + 1);
        assert!(line.ends_with('…'));
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        let mut line = String::new();
        let columns: Vec<usize> = "a\té漢\u{301}\0"
            .chars()
            .map(|it| push(&mut line, it))
            .collect();
        assert_eq!(columns, [1, 4, 1, 2, 0, 5]);
        assert_eq!(line, "a    é漢\u{301}\\u{0}");
    }
}
