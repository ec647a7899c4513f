//! Names signs, and decides when they become words.

use unicode_ident::is_xid_continue;

/// A sign at the start of a text.
pub(super) struct Sign {
    /// Its name in words.
    pub(super) name: String,
    /// Its length in characters.
    pub(super) length: usize,
    pub(super) role: Role,
}

/// The role of a sign in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It always has a meaning.
    Word,
    /// It compares with the value. This is its name after the name of a time.
    Comparison(&'static str),
    /// It separates words.
    Separator,
    /// It separates words, or is a minus.
    Hyphen,
    /// It separates words and never has another meaning.
    Blank,
    /// It is invisible.
    Hidden,
}

/// Signs of two characters.
const PAIRS: [(&str, &str, Role); 4] = [
    ("<=", "less or equal", Role::Comparison("at or before")),
    (">=", "greater or equal", Role::Comparison("at or after")),
    ("!=", "not equal", Role::Word),
    ("[]", "list", Role::Separator), // PHP and Rails write it after the names of lists.
];

/// Signs of one character, meaningful ones first.
const SIGNS: [(char, &str, Role); 63] = [
    ('<', "less than", Role::Comparison("before")),
    ('>', "greater than", Role::Comparison("after")),
    ('≤', "less or equal", Role::Comparison("at or before")),
    ('≥', "greater or equal", Role::Comparison("at or after")),
    ('=', "equal", Role::Word),
    ('≠', "not equal", Role::Word),
    ('≈', "almost equal", Role::Word),
    ('+', "plus", Role::Word),
    ('\u{2212}', "minus", Role::Word),
    ('±', "plus minus", Role::Word),
    ('×', "times", Role::Word),
    ('÷', "divided by", Role::Word),
    ('%', "percent", Role::Word),
    ('‰', "per mille", Role::Word),
    ('*', "asterisk", Role::Word),
    ('@', "at", Role::Word),
    ('#', "hash", Role::Word),
    ('!', "exclamation", Role::Word),
    ('$', "dollar", Role::Word),
    ('€', "euro", Role::Word),
    ('£', "pound", Role::Word),
    ('¥', "yen", Role::Word),
    ('¢', "cent", Role::Word),
    ('°', "degree", Role::Word),
    ('²', "squared", Role::Word),
    ('³', "cubed", Role::Word),
    ('½', "half", Role::Word),
    ('¼', "quarter", Role::Word),
    ('¾', "three quarters", Role::Word),
    ('∞', "infinity", Role::Word),
    ('√', "root", Role::Word),
    ('§', "section", Role::Word),
    ('©', "copyright", Role::Word),
    ('®', "registered", Role::Word),
    ('™', "trademark", Role::Word),
    ('←', "left arrow", Role::Word),
    ('→', "right arrow", Role::Word),
    ('-', "dash", Role::Hyphen),
    ('.', "dot", Role::Separator),
    (',', "comma", Role::Separator),
    (':', "colon", Role::Separator),
    (';', "semicolon", Role::Separator),
    ('/', "slash", Role::Separator),
    ('\\', "backslash", Role::Separator),
    ('&', "ampersand", Role::Separator),
    ('|', "pipe", Role::Separator),
    ('~', "tilde", Role::Separator),
    ('^', "caret", Role::Separator),
    ('?', "question mark", Role::Separator),
    ('\'', "apostrophe", Role::Separator),
    ('"', "quote", Role::Separator),
    ('`', "backtick", Role::Separator),
    ('(', "left parenthesis", Role::Separator),
    (')', "right parenthesis", Role::Separator),
    ('[', "left bracket", Role::Separator),
    (']', "right bracket", Role::Separator),
    ('{', "left brace", Role::Separator),
    ('}', "right brace", Role::Separator),
    ('_', "underscore", Role::Blank),
    (' ', "blank", Role::Blank),
    ('\t', "tab", Role::Blank),
    ('\n', "line feed", Role::Blank),
    ('\r', "carriage return", Role::Blank),
];

/// Returns the sign at the start of a text, which must not be a letter. An unnamed sign is named by its code point.
pub(super) fn of(text: &[char]) -> Sign {
    let first = text.first().copied().unwrap_or_default();
    let opens = |pair: &str| text.iter().copied().take(2).eq(pair.chars());
    if let Some(&(_, name, role)) = PAIRS.iter().find(|(pair, ..)| opens(pair)) {
        let name = name.to_owned();
        return Sign {
            name,
            length: 2,
            role,
        };
    }
    let known = SIGNS.iter().find(|(sign, ..)| *sign == first);
    let (name, role) = match known {
        Some(&(_, name, role)) => (name.to_owned(), role),
        None => (format!("u{:04x}", u32::from(first)), unnamed(first)),
    };
    Sign {
        name,
        length: 1,
        role,
    }
}

/// Whether a sign has a name.
pub(super) fn is_known(character: char) -> bool {
    SIGNS.iter().any(|(sign, ..)| *sign == character)
}

/// The role of a sign without a name.
fn unnamed(character: char) -> Role {
    if is_hidden(character) {
        Role::Hidden
    } else if character.is_whitespace() || character.is_control() {
        Role::Blank
    } else if is_connector(character) || is_punctuation(character) {
        Role::Separator
    } else {
        Role::Word
    }
}

/// Whether a character is a `Default_Ignorable_Code_Point` (Unicode 17, `DerivedCoreProperties.txt`).
fn is_hidden(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character is a connector like `_` (general category `Pc`).
fn is_connector(character: char) -> bool {
    matches!(
        character,
        '\u{203f}'..='\u{2040}'
            | '\u{2054}'
            | '\u{fe33}'..='\u{fe34}'
            | '\u{fe4d}'..='\u{fe4f}'
            | '\u{ff3f}'
    )
}

/// Whether a character is punctuation: Latin, Arabic, Hebrew, Devanagari, general, or Chinese, Japanese and Korean,
/// including vertical and narrow forms.
fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '¡' | '«' | '¶' | '»' | '¿'
            | '\u{55a}'..='\u{55f}'
            | '\u{589}'..='\u{58a}'
            | '\u{5be}'
            | '\u{5c0}'
            | '\u{5c3}'
            | '\u{5f3}'..='\u{5f4}'
            | '\u{60c}'..='\u{60d}'
            | '\u{61b}'..='\u{61f}'
            | '\u{66a}'..='\u{66d}'
            | '\u{6d4}'
            | '\u{964}'..='\u{965}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}'
            | '\u{3030}'
            | '\u{fe10}'..='\u{fe19}'
            | '\u{fe30}'..='\u{fe6b}'
            | '\u{ff5f}'..='\u{ff65}'
    )
}

/// Whether a character can be part of a word that is not a number.
pub(super) fn is_of_word(character: char) -> bool {
    is_letter(character) && !character.is_numeric()
}

/// Whether a character can be part of a word.
pub(super) fn is_letter(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    is_xid_continue(character) && !is_hidden(character) && !is_connector(character)
}
