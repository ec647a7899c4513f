//! The options of every command of an API, and which of them the program's own commands take.

use clap::builder::PossibleValuesParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command as Parser};

use super::variable_of;
use super::{location, request_header, request_limits};
use crate::vendor::Vendor;

/// The options that say where requests go.
pub(super) const LOCATION: [&str; 7] = [
    "edge",
    "region",
    "server",
    "base-url",
    "allow-plain-http",
    "oauth-token-url",
    "oauth-scopes",
];

/// Adds the options to the parser of the whole command line. They may stand before and after each word.
pub(super) fn of_every_command(parser: Parser, name: &str, vendor: &Vendor) -> Parser {
    parser.args(options(name, vendor).map(|it| it.global(true)))
}

/// Adds the options to the parser of a command that calls no operation, and hides those that are not among `taken`.
///
/// The hidden ones are parsed all the same, so that [`refused`] can say that the command does not take them.
pub(super) fn only(taken: &[&str], parser: Parser, name: &str, vendor: &Vendor) -> Parser {
    let options = options(name, vendor);
    parser.args(options.map(|it| {
        let is_taken = taken.contains(&it.get_id().as_str());
        it.hide(!is_taken)
    }))
}

/// Returns the first option that a caller gave and the command does not take, in a sentence.
pub(super) fn refused(parser: &Parser, matches: &ArgMatches) -> Option<String> {
    let (mut parser, mut matches) = (parser, matches);
    let mut words = Vec::new();
    while let Some((word, below)) = matches.subcommand() {
        words.push(word);
        parser = parser.find_subcommand(word)?;
        matches = below;
    }
    let mut hidden = parser.get_arguments().filter(|it| it.is_hide_set());
    let is_given =
        |it: &Arg| matches.value_source(it.get_id().as_str()) == Some(ValueSource::CommandLine);
    let given = hidden.find(|it| is_given(it))?;
    let name = match given.get_long() {
        Some(long) => format!("--{long}"),
        None => given.get_id().to_string(),
    };
    Some(format!("`{}` does not take {name}", words.join(" ")))
}

fn options(name: &str, vendor: &Vendor) -> impl Iterator<Item = Arg> + use<> {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    [
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FORMAT")
            .value_parser(PossibleValuesParser::new(["table", "json", "jsonl", "csv", "plain"]))
            .help("The format of the response; by default, a table on a terminal and JSON otherwise")
            .long_help(
                "The format of the response; by default, a table on a terminal and JSON otherwise. plain has the \
                 values of each item on a line, with tabs between them. If a page of a list fails, jsonl, csv and plain are \
                 complete up to their last line, and json may be cut off",
            ),
        Arg::new("columns")
            .long("columns")
            .value_name("NAMES")
            .value_delimiter(',')
            .help("The fields to show, as in sid,status,period.start_time"),
        flag(
            "show-personal-data",
            "Show personal data in tables, which hide it otherwise",
        ),
        flag("mask", "Hide personal data in every format"),
        flag("dry-run", "Show the request and send nothing"),
        flag("verbose", "Report each request on standard error").short('v'),
        Arg::new("profile")
            .long("profile")
            .value_name("NAME")
            .help(format!(
                "Sign in with this profile [env: {}]",
                variable_of(name, "PROFILE")
            )),
        request_header::option(),
    ]
    .into_iter()
    .chain(request_limits::options())
    .chain(location::options(vendor))
    .map(|it| it.help_heading("Options of every command"))
}
