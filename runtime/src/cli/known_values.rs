//! Warns about values that the specification does not list. The service may accept or return them.

use super::output::visible;
use super::stderr;
use super::table::{Argument, ArgumentLocation, Command, CommandLine, Kind, Version};
use crate::json::Node;

/// Warns about values of arguments.
pub(super) fn warn(values: &[(&'static Argument, Node)]) {
    for (argument, value) in values {
        let Kind::OneOf(known) = argument.kind else {
            continue;
        };
        let given = match value {
            Node::List(items) => items.as_slice(),
            Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_) => {
                std::slice::from_ref(value)
            }
        };
        let given = given.iter().filter_map(Node::text);
        warn_of(given, argument.name, known);
    }
}

/// Warns about the values among `given` that are not `known`, besides empty ones.
pub(super) fn warn_of<'g>(given: impl Iterator<Item = &'g str>, name: &str, known: &[&str]) {
    for text in given.filter(|it| !it.is_empty() && !known.contains(it)) {
        let known = known.join(", ");
        let text = visible(text);
        stderr::tell(format_args!(
            "warning: `{text}` is not among the known values of {name}: {known}"
        ));
    }
}

/// Returns the values of a field of a command's response: those by which a list of such objects can be filtered, if
/// there is one.
pub(super) fn of_field(
    line: &CommandLine,
    command: &Command,
    field: &str,
) -> Option<&'static [&'static str]> {
    let is_in = |it: &&&Version| it.commands.iter().any(|it| std::ptr::eq(it, command));
    let version = line.versions.iter().find(is_in)?;
    let fields = command.shape.fields;
    let is_alike = |it: &&Command| it.is_list() && !fields.is_empty() && it.shape.fields == fields;
    let mut lists = version.commands.iter().filter(is_alike);
    lists.find_map(|list| list.arguments.iter().find_map(|it| of_filter(it, field)))
}

/// Returns the values of an argument that filters a list by a field.
fn of_filter(argument: &Argument, field: &str) -> Option<&'static [&'static str]> {
    let is_filter = matches!(argument.location, ArgumentLocation::Query(_));
    let is_it = is_filter && argument.name.replace('-', "_") == field;
    if let Kind::OneOf(known) = argument.kind
        && is_it
    {
        return Some(known);
    }
    None
}
