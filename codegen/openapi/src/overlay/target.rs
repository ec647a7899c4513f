//! Evaluates the target of an action, a JSONPath expression (RFC 9535), on a document.

use std::cmp::Ordering;

use serde_json::Value;
use serde_json_path::{JsonPath, LocatedNode, PathElement};

use super::cost;
use super::fault::OverlayFault;
use crate::pointer::Pointer;
use crate::report::Position;
use crate::source::SourceFile;

/// A selected value.
pub(super) struct Match {
    pub(super) pointer: Pointer,
    pub(super) sort: TargetKind,
}

/// What an update may do to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetKind {
    /// It merges into an object.
    Object,
    /// It is added to a list.
    List,
    /// It replaces a single value.
    Single,
}

/// Returns the values that `expression` selects in `document`, each once: parents before children, list elements in
/// order. `visits` counts the values that the targets of an overlay visit.
pub(super) fn select(
    expression: &str,
    document: &Value,
    visits: &mut u64,
) -> Result<Vec<Match>, OverlayFault> {
    if let Some(what) = cost::excess(expression, document, visits) {
        return Err(OverlayFault::Limit { what });
    }
    let path = JsonPath::parse(expression).map_err(|error| OverlayFault::InvalidTarget {
        reason: reason(error.message()),
        offset: error.position(),
        position: None,
    })?;
    let nodes = path.query_located(document);
    let mut found: Vec<&LocatedNode<'_>> = nodes.iter().collect();
    found.sort_by(|a, b| in_order(a, b));
    found.dedup_by(|a, b| a.location() == b.location());
    Ok(found.into_iter().map(matched).collect())
}

/// Returns the parser's message about functions; otherwise it only knows the character it does not accept.
fn reason(message: &str) -> Option<String> {
    let (_, reason) = message.split_once(", ")?;
    reason.starts_with("function ").then(|| reason.to_owned())
}

/// Compares by place: parents come before children.
fn in_order(a: &LocatedNode<'_>, b: &LocatedNode<'_>) -> Ordering {
    let step = |(a, b): (&PathElement<'_>, &PathElement<'_>)| match (a, b) {
        (PathElement::Index(a), PathElement::Index(b)) => a.cmp(b),
        (PathElement::Name(a), PathElement::Name(b)) => a.cmp(b),
        (PathElement::Index(_), PathElement::Name(_)) => Ordering::Less,
        (PathElement::Name(_), PathElement::Index(_)) => Ordering::Greater,
    };
    let (a, b) = (a.location(), b.location());
    let steps = a.iter().zip(b.iter()).map(step);
    steps
        .fold(Ordering::Equal, Ordering::then)
        .then(a.len().cmp(&b.len()))
}

fn matched(node: &LocatedNode<'_>) -> Match {
    let location = node.location().iter();
    let pointer = location.fold(Pointer::root(), |pointer, step| match step {
        PathElement::Name(name) => pointer.key(name),
        PathElement::Index(index) => pointer.index(*index),
    });
    let sort = match node.node() {
        Value::Object(_) => TargetKind::Object,
        Value::Array(_) => TargetKind::List,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => TargetKind::Single,
    };
    Match { pointer, sort }
}

/// Returns the expression that selects the parent of the value at `pointer`, and whether that is a list.
pub(super) fn expression_of_holder(pointer: &Pointer, document: &Value) -> (String, bool) {
    let holder = pointer.parent().unwrap_or_default();
    let mut expression = "$".to_owned();
    let mut node = Some(document);
    for step in holder.tokens() {
        let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
        expression += &if node.is_some_and(Value::is_array) {
            format!("[{step}]")
        } else if step.chars().all(is_name) && !step.starts_with(|it: char| it.is_ascii_digit()) {
            format!(".{step}")
        } else {
            // Of the escapes of RFC 9535 in single quotes, the parser reads those of the quote and the backslash.
            format!("['{}']", step.replace('\\', "\\\\").replace('\'', "\\'"))
        };
        node = match node {
            Some(Value::Array(list)) => step.parse().ok().and_then(|it: usize| list.get(it)),
            Some(other) => other.get(&step),
            None => None,
        };
    }
    (expression, node.is_some_and(Value::is_array))
}

/// Returns the position in the file of the byte at `offset` of an expression; `None` if the text at `start` differs
/// from the expression because it is folded or has escapes.
pub(super) fn position(
    file: &SourceFile,
    start: Position,
    expression: &str,
    offset: usize,
) -> Option<Position> {
    let Position { line, column } = start;
    let text = file.text.lines().nth(line - 1)?;
    let text: String = text.chars().skip(column - 1).collect();
    let quote = usize::from(text.starts_with(['"', '\'']));
    text[quote..].strip_prefix(expression)?;
    let before = expression.get(..offset)?.chars().count();
    Some(Position {
        line,
        column: column + quote + before,
    })
}
