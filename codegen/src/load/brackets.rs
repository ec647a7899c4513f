//! Finds brackets that nest too deep before the YAML parser meets them: its time grows with the
//! square of their depth, and 20,000 levels take it seconds.

use saphyr_parser::{Event, Parser};

use crate::source::Position;
use crate::source::position_of;

/// How many more brackets may open than close before a text is looked at closely. Those in texts
/// and comments count, too; no real document comes near.
const SUSPICIOUS: usize = 1_000;

/// Returns where a YAML text passes `limit` levels of values, if its brackets look like it.
pub(super) fn too_deep(text: &str, limit: usize) -> Option<Position> {
    if !is_suspicious(text) {
        return None;
    }
    let mut depth = 0;
    for event in Parser::new_from_str(text) {
        let (event, marker) = match event {
            Ok((event, span)) => (event, span.start),
            // This parser has a limit of its own. Any other fault is left to the parser that reads.
            Err(error) if error.info() == "recursion limit exceeded" => {
                return Some(position_of(error.marker()));
            }
            Err(_) => return None,
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth -= 1,
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::Alias(_)
            | Event::Scalar(..) => {}
        }
        if depth > limit {
            return Some(position_of(&marker));
        }
    }
    None
}

/// Says whether far more brackets open than close.
fn is_suspicious(text: &str) -> bool {
    let mut open: usize = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > SUSPICIOUS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_nesting_counts() {
        assert_eq!(too_deep("[[[[a]]]]", 3), None);
        let nested = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
        assert_eq!(too_deep(&nested, 3).map(|it| it.line), Some(1));
        let quoted = format!("- '{}'\n- {{a: b}}\n", "[".repeat(2_000));
        assert_eq!(too_deep(&quoted, 3), None);
        let in_comments = format!("{}a: b\n", "# [0, 1)\n".repeat(2_000));
        assert_eq!(too_deep(&in_comments, 3), None);
    }
}
