//! What the person who starts the server decides.

use clap::{Arg, ArgAction, ArgMatches, Command as Parser, value_parser};

use super::COMMAND;

/// How many characters of JSON an answer has at most, if nobody says: about 25,000 tokens, which is as much as common
/// clients take of a tool.
const USUAL_SIZE: usize = 100_000;

/// The options of every command that a server takes: not those that say how one answer is written, or that nothing is
/// sent.
pub(super) const TAKEN: &[&str] = &[
    "show-personal-data",
    "verbose",
    "profile",
    "edge",
    "region",
    "server",
    "base-url",
];

/// What the server does.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) choice: Choice,
    pub(super) shows_personal_data: bool,
    /// How many characters of JSON an answer has at most.
    pub(super) size: usize,
}

/// Which operations are offered.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) reads_only: bool,
    /// Those that are named; all if none is.
    pub(super) only: Vec<String>,
    /// The products, all if none is named.
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
            choice: Choice {
                reads_only: options.get_flag("read-only"),
                only: list("only"),
                products: list("products"),
            },
            shows_personal_data: options.get_flag("show-personal-data"),
            size: options.get_one("max-answer").copied().unwrap_or(USUAL_SIZE),
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
        .about("Serves every operation as a tool for assistants, by the Model Context Protocol.")
        .long_about(
            "Serves every operation as a tool for assistants, by the Model Context Protocol (MCP) on standard input and \
             output, until the input ends.\n\nMore than 60 operations come as three tools: one to search for them, one to \
             describe them, and one to call them.",
        )
        .arg(
            Arg::new("read-only")
                .long("read-only")
                .action(ArgAction::SetTrue)
                .help("Leave out whatever changes anything"),
        )
        .arg(list(
            "only",
            "OPERATIONS",
            "Offer these alone: names of tools, or the specification's names of operations",
        ))
        .arg(list("products", "PRODUCTS", "Offer those of these products alone"))
        .arg(
            Arg::new("max-answer")
                .long("max-answer")
                .value_name("CHARACTERS")
                .value_parser(value_parser!(usize))
                .help(format!(
                    "Cut answers to so many characters [default: {USUAL_SIZE}]"
                )),
        )
}
