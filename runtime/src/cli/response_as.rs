//! The option that asks for a response of another media type.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command as Parser};

use super::table::{Answer, Command};

/// The name of the option.
const OPTION: &str = "response-as";

/// Options that only apply to the usual response.
const OF_USUAL_RESPONSE: [&str; 2] = ["all", "wait-until"];

/// Adds the option to the parser of a command whose response may have another media type.
pub(super) fn with_option(parser: Parser, command: &Command) -> Parser {
    if command.other_responses.is_empty() {
        return parser;
    }
    let media_types = command.other_responses.iter().map(|(name, _)| *name);
    let taken = parser.get_arguments().map(|it| it.get_id().as_str());
    let taken: Vec<&str> = taken.collect();
    let others = OF_USUAL_RESPONSE.into_iter();
    let others = others.filter(|it| taken.contains(it));
    let option = Arg::new(OPTION)
        .long(OPTION)
        .value_name("MEDIA_TYPE")
        .value_parser(PossibleValuesParser::new(media_types))
        .conflicts_with_all(others)
        .help("Ask for a response of this media type, and write it unchanged unless it is JSON");
    parser.arg(option)
}

/// Returns the media type that the caller asks for, and how to write it: JSON formatted, anything else unchanged.
pub(super) fn wanted(command: &Command, options: &ArgMatches) -> Option<(&'static str, Answer)> {
    let wanted = options.try_get_one::<String>(OPTION).ok()??;
    let mut others = command.other_responses.iter();
    let (media_type, answer) = others.find(|(name, _)| name == wanted)?;
    let answer = match answer {
        Answer::Json | Answer::AnyJson | Answer::Page(_) | Answer::List(_) => Answer::Any,
        Answer::Text | Answer::Bytes | Answer::Any | Answer::Nothing => *answer,
    };
    Some((media_type, answer))
}
