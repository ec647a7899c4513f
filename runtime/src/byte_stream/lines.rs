//! Divides a body into lines as it arrives.

use bytes::{Bytes, BytesMut};

/// The start of a line whose end has not arrived.
#[derive(Debug, Default)]
pub(super) struct Lines {
    buffer: BytesMut,
    /// The number of bytes at the start of `buffer` that have no end of a line.
    searched: usize,
    /// Whether the last line ended with a carriage return, which a line feed may follow.
    is_after_return: bool,
}

impl Lines {
    /// Adds bytes that have arrived.
    pub(super) fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// Returns the number of bytes that are kept.
    pub(super) fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Removes the first line, and returns it without its end: a line feed, a carriage return, or both.
    pub(super) fn next(&mut self) -> Option<Bytes> {
        if self.is_after_return && !self.buffer.is_empty() {
            self.is_after_return = false;
            if self.buffer.first() == Some(&b'\n') {
                let _ = self.buffer.split_to(1);
            }
        }
        let rest = self.buffer.iter().skip(self.searched);
        let Some(end) = rest.clone().position(|it| matches!(it, b'\n' | b'\r')) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + end;
        self.searched = 0;
        let line = self.buffer.split_to(end).freeze();
        self.is_after_return = self.buffer.split_to(1).as_ref() == b"\r";
        Some(line)
    }

    /// Removes the last line, which has no end.
    pub(super) fn last(&mut self) -> Option<Bytes> {
        self.searched = 0;
        let last = self.buffer.split().freeze();
        let is_end = self.is_after_return && last.as_ref() == b"\n";
        (!last.is_empty() && !is_end).then_some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines of pieces that arrive one by one.
    fn lines(pieces: &[&str]) -> Vec<String> {
        let mut lines = Lines::default();
        let mut found = Vec::new();
        for piece in pieces {
            lines.push(piece.as_bytes());
            while let Some(line) = lines.next() {
                found.push(line);
            }
        }
        found.extend(lines.last());
        let text = |it: Bytes| String::from_utf8(it.to_vec()).unwrap();
        found.into_iter().map(text).collect()
    }

    #[test]
    fn lines_end_in_three_ways_wherever_pieces_end() {
        let expected = ["a", "", "bc", "d", "e"];
        assert_eq!(lines(&["a\n\nbc\r\nd\re"]), expected);
        assert_eq!(
            lines(&["a", "\n", "\nb", "c\r", "\nd", "\r", "e"]),
            expected
        );
        assert_eq!(lines(&["a\r", "\n"]), ["a"]);
        assert_eq!(lines(&["a\r", "\r\n", "b"]), ["a", "", "b"]);
        assert_eq!(lines(&["", ""]), [""; 0]);
    }
}
