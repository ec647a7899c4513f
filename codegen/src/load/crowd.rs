//! Counts the values of a YAML text before the parser meets them: it holds all of them at once, in a form that takes
//! many times their text.

use saphyr_parser::{Event, Parser};

/// Says whether a text has more values than `limit`, not counting those that aliases repeat.
pub(super) fn is_too_large(text: &str, limit: usize) -> bool {
    if !is_suspicious(text, limit) {
        return false;
    }
    // By container that is open: whether what comes next in it is a key, which no list has.
    let mut open: Vec<Option<bool>> = Vec::new();
    let mut values: usize = 0;
    for event in Parser::new_from_str(text) {
        // Faults are left to the parser that reads.
        let Ok((event, _)) = event else { return false };
        let container = match event {
            Event::Scalar(..) | Event::Alias(_) => None,
            Event::MappingStart(..) => Some(Some(true)),
            Event::SequenceStart(..) => Some(None),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                continue;
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd => continue,
            Event::DocumentStart(_) | Event::DocumentEnd => continue,
        };
        let is_key = open
            .last_mut()
            .and_then(Option::as_mut)
            .is_some_and(|next| {
                let is_key = *next;
                *next = !is_key;
                is_key
            });
        values += usize::from(!is_key);
        open.extend(container);
        if values > limit {
            return true;
        }
    }
    false
}

/// Says whether there are so many of the characters that part values: each but the first stands behind one.
fn is_suspicious(text: &str, limit: usize) -> bool {
    let parts = |byte: &u8| matches!(byte, b'\n' | b',' | b'[' | b'{' | b':' | b'-' | b'?');
    text.bytes().filter(parts).count() >= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_not_characters() {
        for (text, count) in [
            ("[a, b, c]", 4),
            ("a: 'b, c, d, e, f, g, h: i - j'", 2),
            ("{a: 1, b: {c: 2}, d: [3, 4]}", 7),
            ("- a\n- - - b\n- &x c\n- *x\n", 7),
            ("? [a, b]\n: c\n", 4),
        ] {
            assert!(is_too_large(text, count - 1), "{text}");
            assert!(!is_too_large(text, count), "{text}");
        }
    }
}
