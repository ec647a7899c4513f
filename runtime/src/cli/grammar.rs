//! Builds the argument parser from the table, and finds the command that the arguments name.

mod lead;
mod tip;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use clap::{Arg, ArgAction, ArgMatches, Command as Parser};

use self::lead::Lead;
pub(super) use self::tip::with_tip;
use super::common_options;
use super::exit::Exit;
use super::mention;
use super::own_command::OwnCommand;
use super::profile;
use super::response_as;
use super::shell;
use super::table::{Answer, Argument, Command, CommandLine, Effect, Kind};
use super::time;
use super::value::ValueReader;
use super::wait;
use crate::json::Node;
use crate::vendor::Vendor;

/// The default number of items of a list.
pub(super) const DEFAULT_LIMIT: usize = 50;

/// The context for reading the values of arguments.
#[derive(Clone, Copy)]
pub(super) struct ParserContext {
    pub(super) vendor: &'static Vendor,
    pub(super) now: DateTime<Utc>,
}

/// Returns the parser of a command line.
pub(super) fn parser(
    line: &'static CommandLine,
    own: &[OwnCommand],
    context: ParserContext,
) -> Parser {
    let mut root = Word::new("");
    for version in line.versions {
        let groups = version.groups.iter().map(|it| (it.path, it.about));
        let groups: BTreeMap<&str, &str> = groups.collect();
        for command in version.commands {
            root.add(version.about, &groups, command);
        }
    }
    let of_program =
        |taken: &[&str], parser| common_options::only(taken, parser, line.name, context.vendor);
    let parser = Parser::new(line.name)
        .bin_name(line.name)
        .version(line.version)
        .about(line.about)
        .after_help(Exit::help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(
            root.below
                .into_iter()
                .map(|it| it.parser(line, Lead::of(line.name), context)),
        )
        .subcommands(
            own.iter()
                .map(|it| of_program(it.common_options, (it.parser)())),
        )
        .subcommand(profile::parser(context.vendor, of_program))
        .subcommand(of_program(&[], shell::completions()))
        .subcommand(of_program(&[], shell::man()));
    common_options::of_every_command(parser, line.name, context.vendor)
}

/// A word of commands, with the words that may follow it.
struct Word {
    name: &'static str,
    about: &'static str,
    /// The arguments after it.
    arguments: Vec<WordArgument>,
    command: Option<&'static Command>,
    below: Vec<Word>,
}

/// An argument after a word, which all commands after it have.
struct WordArgument {
    argument: &'static Argument,
    /// Its description by the command with the fewest words after it, such as `fetch`: that of `usage list` would be
    /// about usage.
    about: &'static str,
    /// The number of those words.
    distance: usize,
}

impl Word {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            about: "",
            arguments: Vec::new(),
            command: None,
            below: Vec::new(),
        }
    }

    /// Adds a command of a version whose prose name is `about`, with the `groups` of its commands.
    fn add(
        &mut self,
        about: &'static str,
        groups: &BTreeMap<&str, &'static str>,
        command: &'static Command,
    ) {
        let mut word = self;
        let mut said = String::new();
        for (depth, name) in command.path.split(' ').enumerate() {
            if let Some(argument) = in_braces(name) {
                let mut arguments = command.arguments.iter();
                if let Some(argument) = arguments.find(|it| it.name == argument) {
                    let distance = command.path.split(' ').count() - depth;
                    word.add_argument(argument, distance);
                }
                continue;
            }
            said.push_str(if said.is_empty() { "" } else { " " });
            said.push_str(name);
            let index = word.below.iter().position(|it| it.name == name);
            let index = index.unwrap_or_else(|| {
                word.below.push(Self::new(name));
                word.below.len() - 1
            });
            word = &mut word.below[index];
            match groups.get(said.as_str()) {
                Some(group) => word.about = *group,
                None if depth == 0 => word.about = about,
                None => {}
            }
        }
        word.command = Some(command);
    }

    /// Adds an argument after this word, or a better description of one that is there.
    fn add_argument(&mut self, argument: &'static Argument, distance: usize) {
        let about = argument.about;
        let mut known = self.arguments.iter_mut();
        match known.find(|it| it.argument.name == argument.name) {
            Some(known) if distance < known.distance && !about.is_empty() => {
                (known.about, known.distance) = (about, distance);
            }
            Some(_) => {}
            None => self.arguments.push(WordArgument {
                argument,
                about,
                distance,
            }),
        }
    }

    fn parser(self, line: &'static CommandLine, lead: Lead, context: ParserContext) -> Parser {
        let lead = lead.after(self.name, &self.arguments);
        if let Some(command) = self.command {
            return leaf(line, &lead, self.name, command, context);
        }
        let arguments = self.arguments.into_iter();
        let arguments = arguments.map(|it| positional(&it, context));
        let parser = Parser::new(self.name)
            .about(self.about)
            .args(arguments)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true);
        let below = self.below.into_iter();
        lead.usage(parser, " [OPTIONS] <COMMAND>")
            .subcommands(below.map(|it| it.parser(line, lead.clone(), context)))
    }
}

fn in_braces(word: &str) -> Option<&str> {
    word.strip_prefix('{')?.strip_suffix('}')
}

/// Returns the words of a command's path, without its arguments.
fn words(command: &Command) -> impl Iterator<Item = &'static str> + use<> {
    command.path.split(' ').filter(|it| in_braces(it).is_none())
}

fn leaf(
    line: &CommandLine,
    lead: &Lead,
    name: &'static str,
    command: &'static Command,
    context: ParserContext,
) -> Parser {
    let options = command.arguments.iter().filter(|it| !it.is_in_path());
    let mut about = mention::options(command.about, command);
    if command.is_deprecated {
        about.push_str(" Deprecated.");
    }
    let details = command.details.map(|it| mention::options(it, command));
    let details = details.map(|it| format!("{about}\n\n{it}"));
    let parser = Parser::new(name)
        .long_about(details.unwrap_or_else(|| about.clone()))
        .about(about)
        .args(options.map(|it| option(it, command, context)))
        .after_help(format!("Example:\n  {} {}", line.name, command.example));
    let parser = lead.usage(parser, &usage(command));
    let parser = match command.answer {
        Answer::Page(_) | Answer::List(_) => parser.args(options_of_lists()),
        Answer::Json | Answer::AnyJson if command.effect == Effect::Read => {
            parser.args(wait::options())
        }
        Answer::Json | Answer::AnyJson | Answer::Any => parser,
        Answer::Text | Answer::Bytes | Answer::Nothing => parser,
    };
    let parser = response_as::with_option(parser, command);
    match command.effect {
        Effect::Delete => parser.arg(
            Arg::new("yes")
                .long("yes")
                .short('y')
                .action(ArgAction::SetTrue)
                .help("Do not ask for confirmation"),
        ),
        Effect::Read | Effect::Create | Effect::Change => parser,
    }
}

/// Returns the usage of a command after its words: its options, and those that are required.
fn usage(command: &'static Command) -> String {
    let options = command.arguments.iter().filter(|it| !it.is_in_path());
    let required = options.filter(|it| it.is_required && command.in_place_of(it).next().is_none());
    let required = required.map(|it| format!(" --{} <{}>", it.name, value_name(it.kind)));
    format!(" [OPTIONS]{}", required.collect::<String>())
}

fn positional(
    &WordArgument {
        argument, about, ..
    }: &WordArgument,
    context: ParserContext,
) -> Arg {
    let argument_of_path = Arg::new(argument.name)
        .required(true)
        .help(help(argument, about.to_owned()))
        .value_parser(reader(argument, context));
    with_minus(argument_of_path, argument.kind)
}

/// Lets values begin with a minus sign if their kind allows it.
fn with_minus(argument: Arg, kind: Kind) -> Arg {
    match kind {
        Kind::DateTime | Kind::Date => argument.allow_hyphen_values(true),
        Kind::Integer | Kind::Number => argument.allow_negative_numbers(true),
        Kind::Text | Kind::Boolean | Kind::PageSize(_) | Kind::OneOf(_) => argument,
        Kind::Json | Kind::Document | Kind::Value => argument,
        Kind::File | Kind::NamedFile => argument,
    }
}

fn option(argument: &'static Argument, command: &'static Command, context: ParserContext) -> Arg {
    let option = Arg::new(argument.name)
        .long(argument.name)
        .help(help(argument, mention::options(argument.about, command)))
        .value_name(value_name(argument.kind))
        .value_parser(reader(argument, context))
        .action(match argument.is_list {
            true => ArgAction::Append,
            false => ArgAction::Set,
        });
    let option = match argument.is_required {
        true => {
            let mut others = command.in_place_of(argument).map(|it| it.name).peekable();
            match others.peek() {
                Some(_) => option.required_unless_present_any(others),
                None => option.required(true),
            }
        }
        false => option,
    };
    let option = with_minus(option, argument.kind);
    match argument.kind == Kind::Boolean {
        true => option.num_args(0..=1).default_missing_value("true"),
        false => option,
    }
}

fn reader(argument: &'static Argument, context: ParserContext) -> ValueReader {
    ValueReader {
        kind: argument.kind,
        vendor: context.vendor,
        now: context.now,
    }
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Boolean => "BOOL",
        Kind::Integer | Kind::PageSize(_) | Kind::Number => "NUMBER",
        Kind::DateTime => "TIME",
        Kind::Date => "DATE",
        Kind::OneOf(_) => "VALUE",
        Kind::Json | Kind::Document | Kind::Value => "JSON|@FILE",
        Kind::File => "FILE",
        Kind::NamedFile => "NAME=FILE",
    }
}

/// Returns the help of an argument: its meaning, and how to give it.
fn help(argument: &Argument, about: String) -> String {
    let mut help = about;
    let mut add = |text: String| {
        help.push_str(if help.is_empty() { "" } else { " " });
        help.push_str(&text);
    };
    match argument.kind {
        Kind::DateTime | Kind::Date => add(format!("[such as: {}]", time::FORMS)),
        Kind::File | Kind::NamedFile => add("[a path, or - for standard input]".to_owned()),
        Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number => {}
        Kind::PageSize(_) | Kind::OneOf(_) | Kind::Json | Kind::Document | Kind::Value => {}
    }
    if argument.is_list {
        add("[may be repeated]".to_owned());
    }
    if let Some(default) = argument.default {
        add(format!("[default: {default}]"));
    }
    help
}

fn options_of_lists() -> [Arg; 2] {
    [
        Arg::new("limit")
            .long("limit")
            .value_name("NUMBER")
            .value_parser(limit)
            .conflicts_with("all")
            .help(format!(
                "Return at most this many items [default: {DEFAULT_LIMIT}]"
            )),
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .help("Return every item, page by page"),
    ]
}

fn limit(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "expected a whole number, which is not negative".to_owned())
}

/// A command with the values of its arguments.
pub(super) struct Chosen<'m> {
    pub(super) command: &'static Command,
    pub(super) values: Vec<(&'static Argument, Node)>,
    /// The options of the command itself.
    pub(super) options: &'m ArgMatches,
}

/// Returns the command that `matches` name, if it is in the table.
pub(super) fn chosen<'m>(
    line: &'static CommandLine,
    matches: &'m ArgMatches,
) -> Option<Chosen<'m>> {
    let mut levels = vec![matches];
    let mut names = Vec::new();
    let mut level = matches;
    while let Some((name, below)) = level.subcommand() {
        names.push(name);
        levels.push(below);
        level = below;
    }
    let mut commands = line.versions.iter().flat_map(|it| it.commands);
    let command = commands.find(|it| words(it).eq(names.iter().copied()))?;
    let values = command.arguments.iter().filter_map(|argument| {
        let mut levels = levels.iter().rev();
        let value = levels.find_map(|it| given(argument, it))?;
        Some((argument, value))
    });
    Some(Chosen {
        command,
        values: values.collect(),
        options: level,
    })
}

/// Returns the values for an argument at one level of the command line.
fn given(argument: &Argument, level: &ArgMatches) -> Option<Node> {
    let values = level.try_get_many::<Node>(argument.name).ok()??;
    let mut values = values.cloned();
    match argument.is_list && !argument.is_in_path() {
        true => Some(Node::List(values.collect())),
        false => values.next(),
    }
}

#[cfg(test)]
mod tests;
