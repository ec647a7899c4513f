//! Makes text from a spec safe to print: nothing in it moves the cursor, reorders a line or is hidden.

use unicode_width::UnicodeWidthChar as _;

/// How many characters of a spec's text a message may quote.
const MAX_CHARACTERS: usize = 300;

/// Makes text from a spec a single line of limited length without control characters.
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

/// Formats text from a spec as code: on one line and without backticks.
pub fn code(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}

/// Appends a character in printable form, and returns how many terminal columns it takes: a tab becomes four spaces,
/// and hidden characters are escaped as in Rust.
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

/// Returns whether a character is not simply visible: control characters, and format characters that reorder text (UAX
/// #9), separate lines, or have no width.
pub fn is_hidden(character: char) -> bool {
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
    fn hidden_characters_are_escaped() {
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
    fn columns_are_terminal_columns() {
        let mut line = String::new();
        let columns: Vec<usize> = "a\té漢\u{301}\0"
            .chars()
            .map(|it| push(&mut line, it))
            .collect();
        assert_eq!(columns, [1, 4, 1, 2, 0, 5]);
        assert_eq!(line, "a    é漢\u{301}\\u{0}");
    }
}
