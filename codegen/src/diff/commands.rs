//! The command line: which commands there are, what their options are called, and which columns answers have.
//!
//! Scripts name all three, and the compiler sees none of it. The columns that a table has by default are for people, so
//! other columns there are no change.

use std::collections::BTreeSet;

use super::compare::{Comparing, Found};
use super::operations::Both;
use super::rule::Rule;
use super::types;
use super::wording;
use crate::api::OperationIndex;
use crate::plan::{ArgumentPlace, Command, CommandArgument};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Notes that the command of an operation is gone with it.
    pub(super) fn removed_command(&mut self, index: OperationIndex) {
        let command = words(self.old.commands[&index]);
        let operation = self.old.api.operation(index);
        self.add(Found {
            rule: Rule::CommandRemoved,
            message: format!("the command `{command}` is gone"),
            item: command,
            old: Some(operation.at.clone()),
            new: None,
            evidence: Vec::new(),
        });
    }

    /// Compares the command of an operation: its words and its options.
    pub(super) fn command(&mut self, both: Both<'_>) {
        let (old, new) = (self.old.commands[&both.from], self.new.commands[&both.to]);
        let at = [&both.old.at, &both.new.at];
        let [before, after] = [words(old), words(new)];
        if without_placeholders(old) != without_placeholders(new) {
            let message = format!("the command `{before}` is called `{after}`");
            self.command_found(Rule::CommandRenamed, after.clone(), message, at);
        }
        for option in options(old) {
            let same = options(new).find(|it| key(it) == key(option));
            match same {
                Some(same) if same.name == option.name => {}
                Some(same) => {
                    let [was, is] = [option, same].map(spelled);
                    let message = format!("the option `{was}` of `{after}` is called `{is}`");
                    self.command_found(Rule::OptionRenamed, format!("{after} {is}"), message, at);
                }
                None if options(new).any(|it| it.name == option.name) => {}
                None => {
                    let option = spelled(option);
                    let message = format!("the option `{option}` of `{after}` is gone");
                    let item = format!("{after} {option}");
                    self.command_found(Rule::OptionRemoved, item, message, at);
                }
            }
        }
    }

    /// Compares the columns of the answers that hold a type.
    pub(super) fn columns(&mut self, both: types::Both<'_>) {
        let shapes = [
            self.old.shapes.get(&both.from),
            self.new.shapes.get(&both.to),
        ];
        // Of operations that answer with something else, their own rules tell.
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
        let [old, new] = at.map(|it| Some(it.clone()));
        self.add(Found {
            rule,
            item,
            old,
            new,
            message,
            evidence: Vec::new(),
        });
    }
}

/// The words of a command: `supersim sim {sim-sid} fetch`.
fn words(command: &Command) -> String {
    command.path.join(" ")
}

/// The words of a command without the names of what stands between them, which nobody writes.
fn without_placeholders(command: &Command) -> Vec<&str> {
    let words = command.path.iter().map(String::as_str);
    words
        .map(|it| if it.starts_with('{') { "{}" } else { it })
        .collect()
}

/// What callers of a command give by name.
fn options(command: &Command) -> impl Iterator<Item = &CommandArgument> {
    let arguments = command.arguments.iter();
    arguments.filter(|it| !matches!(it.place, ArgumentPlace::Path(_)))
}

fn spelled(option: &CommandArgument) -> String {
    format!("--{}", option.name)
}

/// What makes two options the same: the part of the request, and the name there.
fn key(option: &CommandArgument) -> (&'static str, String) {
    let name = &option.wire_name;
    match &option.place {
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
