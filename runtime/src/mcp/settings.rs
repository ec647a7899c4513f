//! The settings of the server, which the user who starts it chooses.

use clap::{Arg, ArgAction, ArgMatches, Command as Parser};

use super::COMMAND;
use super::length::LEAST;

/// The default maximum length of a result, of its JSON and its text: about 25,000 tokens, which is as much as common
/// clients accept from a tool.
const DEFAULT_MAX_RESULT: usize = 100_000;

/// The options of every command that the server accepts: not those for the format of one response, or for a dry run.
pub(super) const COMMON_OPTIONS: &[&str] = &[
    "show-personal-data",
    "verbose",
    "profile",
    "-H",
    "attempts",
    "request-timeout",
    "edge",
    "region",
    "server",
    "base-url",
    "allow-plain-http",
    "oauth-token-url",
    "oauth-scopes",
];

/// The server's settings.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) selection: Selection,
    pub(super) shows_personal_data: bool,
    /// The maximum length of a result, in bytes of JSON and text.
    pub(super) max_result: usize,
}

/// The selection of operations.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) read_only: bool,
    /// The named operations; empty for all.
    pub(super) only: Vec<String>,
    /// The products; empty for all.
    pub(super) products: Vec<String>,
}

impl Settings {
    pub(super) fn read(options: &ArgMatches) -> Self {
        let list = |name| -> Vec<String> {
            let values = options.get_many::<String>(name).into_iter().flatten();
            let values = values.map(|it| it.trim().to_owned());
            values.filter(|it| !it.is_empty()).collect()
        };
        Self {
            selection: Selection {
                read_only: options.get_flag("read-only"),
                only: list("only"),
                products: list("products"),
            },
            shows_personal_data: options.get_flag("show-personal-data"),
            max_result: options
                .get_one("max-answer")
                .copied()
                .unwrap_or(DEFAULT_MAX_RESULT),
        }
    }
}

/// Returns the parser of [`COMMAND`].
pub(super) fn parser() -> Parser {
    let list = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .value_delimiter(',')
            .action(ArgAction::Append)
            .help(help)
    };
    Parser::new(COMMAND.name)
        .about("Serves every operation as a tool for assistants, over the Model Context Protocol.")
        .long_about(
            "Serves every operation as a tool for assistants, by the Model Context Protocol (MCP) on standard input and \
             output, until the input ends.\n\nMore than 60 operations come as three tools: one to search for them, one to \
             describe them, and one to call them.",
        )
        .arg(
            Arg::new("read-only")
                .long("read-only")
                .action(ArgAction::SetTrue)
                .help("Offer only tools that change nothing"),
        )
        .arg(list(
            "only",
            "OPERATIONS",
            "Offer only these: names of tools, or the specification's names of operations",
        ))
        .arg(list("products", "PRODUCTS", "Offer only the operations of these products"))
        .arg(
            Arg::new("max-answer")
                .long("max-answer")
                .value_name("CHARACTERS")
                .value_parser(max_result)
                .help(format!(
                    "Truncate results, including their text, to this many characters, at least {LEAST} \
                     [default: {DEFAULT_MAX_RESULT}]"
                )),
        )
}

fn max_result(text: &str) -> Result<usize, String> {
    let size = text.parse().ok().filter(|it| *it >= LEAST);
    size.ok_or_else(|| format!("expected a whole number, at least {LEAST}"))
}
