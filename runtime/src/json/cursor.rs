//! Walks over the tokens of a JSON text (RFC 8259).
//!
//! It finds where values begin and end. serde_json decodes floats and strings with escapes, and describes the error in
//! a text that the cursor rejects.

use std::borrow::Cow;

use super::fault::Fault;

/// The kind of a value, determined by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    List,
    Object,
}

/// A position in a JSON text.
#[derive(Clone)]
pub(super) struct Cursor<'de> {
    text: &'de str,
    /// The number of bytes consumed.
    at: usize,
}

impl<'de> Cursor<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the number of bytes consumed.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns the text from here to `end`.
    pub(super) fn text_until(&self, end: &Self) -> &'de str {
        &self.text[self.at..end.at]
    }

    /// Skips white space and returns the next byte without consuming it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                found => return found.copied(),
            }
        }
    }

    /// Skips white space and consumes `byte`, if it is next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips white space and consumes `byte`, which must be next.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(Fault::syntax())
        }
    }

    /// Returns the kind of the next value.
    pub(super) fn kind(&mut self) -> Result<Kind, Fault> {
        match self.peek() {
            Some(b'n') => Ok(Kind::Null),
            Some(b't' | b'f') => Ok(Kind::Boolean),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'"') => Ok(Kind::String),
            Some(b'[') => Ok(Kind::List),
            Some(b'{') => Ok(Kind::Object),
            Some(_) | None => Err(Fault::syntax()),
        }
    }

    pub(super) fn null(&mut self) -> Result<(), Fault> {
        self.word("null")
    }

    pub(super) fn boolean(&mut self) -> Result<bool, Fault> {
        let is_true = self.peek() == Some(b't');
        self.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        self.peek();
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(Fault::syntax());
        }
        self.at += word.len();
        Ok(())
    }

    /// Consumes a number and returns its text.
    pub(super) fn number(&mut self) -> Result<&'de str, Fault> {
        self.peek();
        let rest = &self.text[self.at..];
        let end = rest
            .bytes()
            .position(|it| !matches!(it, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .unwrap_or(rest.len());
        let number = &rest[..end];
        if !is_number(number.as_bytes()) {
            return Err(Fault::syntax());
        }
        self.at += end;
        Ok(number)
    }

    /// Consumes a string and returns its value.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        let (raw, has_escapes) = self.raw_string()?;
        if has_escapes {
            return unescaped(raw).map(Cow::Owned);
        }
        Ok(Cow::Borrowed(&raw[1..raw.len() - 1]))
    }

    /// Consumes a string and returns it with its quotes, and whether it has escapes.
    pub(super) fn raw_string(&mut self) -> Result<(&'de str, bool), Fault> {
        self.expect(b'"')?;
        let start = self.at - 1;
        let bytes = self.text.as_bytes();
        let mut has_escapes = false;
        loop {
            let length = plain_length(&bytes[self.at..]);
            self.at += length.ok_or_else(Fault::syntax)? + 1;
            match bytes[self.at - 1] {
                b'"' => return Ok((&self.text[start..self.at], has_escapes)),
                b'\\' => {
                    has_escapes = true;
                    self.at += escape(&bytes[self.at..])?;
                }
                _ => return Err(Fault::syntax()),
            }
        }
    }
}

/// Counts the bytes before the first one that ends a string, begins an escape, or is a control character, which strings
/// cannot contain (RFC 8259 §7). `None` if there is none.
///
/// It checks eight bytes at once, because most of a body is strings.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH_BITS: u64 = ONES * 0x80;
    // Sets the high bit of each byte that is below `limit`, and perhaps of bytes after the first such byte.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH_BITS;
    let equal = |word: u64, byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let special = below(word, 0x20) | equal(word, b'"') | equal(word, b'\\');
        if special != 0 {
            return Some(index * 8 + special.trailing_zeros() as usize / 8);
        }
    }
    let is_special = |it: &u8| matches!(it, b'"' | b'\\' | 0..0x20);
    Some(bytes.len() - rest.len() + rest.iter().position(is_special)?)
}

/// Returns how many bytes of `rest` belong to the escape that the preceding backslash opens.
fn escape(rest: &[u8]) -> Result<usize, Fault> {
    match rest {
        [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => Ok(1),
        [b'u', digits @ ..]
            if digits.len() >= 4 && digits[..4].iter().all(u8::is_ascii_hexdigit) =>
        {
            Ok(5)
        }
        _ => Err(Fault::syntax()),
    }
}

/// Returns the value of a string with escapes.
#[cold]
pub(super) fn unescaped(raw: &str) -> Result<String, Fault> {
    // A program has a parser of slices for errors; one of `str` would be another.
    serde_json::from_slice(raw.as_bytes()).map_err(|_| Fault::syntax())
}

/// Returns whether a text of digits, signs, points and exponents is a number (RFC 8259 §6).
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|it| it.is_ascii_digit()).count();
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let integer = digits(text);
    if integer == 0 || integer > 1 && text[0] == b'0' {
        return false;
    }
    let mut rest = &text[integer..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let unsigned = match exponent {
            [b'+' | b'-', unsigned @ ..] => unsigned,
            unsigned => unsigned,
        };
        let count = digits(unsigned);
        return count > 0 && count == unsigned.len();
    }
    rest.is_empty()
}
