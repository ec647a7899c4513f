//! Compares the command lines: commands, options and columns.
//!
//! Scripts name all three, and the compiler sees none of them. The default columns of a table are for people, so they may
//! change.

use std::collections::BTreeSet;

use super::compare::{Comparing, RuleMatch, places};
use super::operations::Both;
use super::rule::Rule;
use super::types;
use super::wording;
use crate::api::{Operation, OperationIndex};
use crate::plan::{ArgumentPlace, Command, CommandArgument};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Adds that a command was removed together with its operation.
    pub(super) fn removed_command(&mut self, index: OperationIndex) {
        let command = words(self.old.commands[&index]);
        let operation = self.old.api.operation(index);
        self.add(RuleMatch {
            rule: Rule::CommandRemoved,
            message: format!("the command `{command}` was removed"),
            item: command,
            at: [Some(operation.at.clone()), None],
            evidence: Vec::new(),
        });
    }

    /// Compares the command of an operation: its words and its options.
    pub(super) fn command(&mut self, both: Both<'_>) {
        let (old, new) = (self.old.commands[&both.from], self.new.commands[&both.to]);
        let at = [&both.old.at, &both.new.at];
        let [before, after] = [words(old), words(new)];
        if without_placeholders(old) != without_placeholders(new) {
            let message = format!("the command `{before}` was renamed to `{after}`");
            self.command_found(Rule::CommandRenamed, after.clone(), message, at);
        }
        for option in options(old) {
            let wanted = key(both.old, option);
            let same = options(new).find(|it| key(both.new, it) == wanted);
            match same {
                Some(same) if same.name == option.name => {}
                Some(same) => {
                    let [was, is] = [option, same].map(flag);
                    let message = format!("the option `{was}` of `{after}` was renamed to `{is}`");
                    self.command_found(Rule::OptionRenamed, format!("{after} {is}"), message, at);
                }
                None if options(new).any(|it| it.name == option.name) => {}
                None => {
                    let option = flag(option);
                    let message = format!("the option `{option}` of `{after}` was removed");
                    let item = format!("{after} {option}");
                    self.command_found(Rule::OptionRemoved, item, message, at);
                }
            }
        }
    }

    /// Compares the columns of responses that contain a type.
    pub(super) fn columns(&mut self, both: types::Both<'_>) {
        let shapes = [
            self.old.shapes.get(&both.from),
            self.new.shapes.get(&both.to),
        ];
        // If operations now return something else, other rules report it.
        let [Some(old), Some(new)] = shapes else {
            return;
        };
        let left: BTreeSet<&String> = new.fields.iter().collect();
        let lost = old.fields.iter().filter(|it| !left.contains(it)).cloned();
        let lost: Vec<String> = lost.collect();
        if lost.is_empty() {
            return;
        }
        let item = self.new.type_path(both.to);
        let columns = if lost.len() == 1 { "column" } else { "columns" };
        let message = format!(
            "commands that show `{item}` no longer have the {columns} {}",
            wording::list(&lost)
        );
        let at = [&both.old.at, &both.new.at];
        self.command_found(Rule::ColumnRemoved, item, message, at);
    }

    fn command_found(&mut self, rule: Rule, item: String, message: String, at: [&Pointer; 2]) {
        self.add(RuleMatch {
            rule,
            item,
            at: places(at),
            message,
            evidence: Vec::new(),
        });
    }
}

/// Returns the words of a command: `supersim sim {sim-sid} fetch`.
fn words(command: &Command) -> String {
    command.path.join(" ")
}

/// Returns the words of a command with anonymous placeholders, because callers never write their names.
fn without_placeholders(command: &Command) -> Vec<&str> {
    let words = command.path.iter().map(String::as_str);
    words
        .map(|it| if it.starts_with('{') { "{}" } else { it })
        .collect()
}

/// Returns the arguments that callers pass by name.
fn options(command: &Command) -> impl Iterator<Item = &CommandArgument> {
    let arguments = command.arguments.iter();
    arguments.filter(|it| !matches!(it.place, ArgumentPlace::Path(_)))
}

/// Returns an option as callers write it: `--page-size`.
fn flag(option: &CommandArgument) -> String {
    format!("--{}", option.name)
}

/// Identifies an option by the part of the request that carries it and the name there. Parts in the place of another body
/// are not its fields.
fn key(operation: &Operation, option: &CommandArgument) -> (&'static str, String) {
    let name = &option.wire_name;
    match &option.place {
        ArgumentPlace::Part(..) if operation.has_other_parts() => ("part", name.clone()),
        ArgumentPlace::Path(_) => ("path", name.clone()),
        ArgumentPlace::Query(_) => ("query", name.clone()),
        ArgumentPlace::Header(_) => ("header", name.to_ascii_lowercase()),
        ArgumentPlace::Cookie(_) => ("cookie", name.clone()),
        ArgumentPlace::Form(_) | ArgumentPlace::Part(..) | ArgumentPlace::Member => {
            ("field", name.clone())
        }
        ArgumentPlace::Body(_) => ("body", String::new()),
        ArgumentPlace::OtherBody(_, media_type) => ("body", media_type.to_ascii_lowercase()),
    }
}
