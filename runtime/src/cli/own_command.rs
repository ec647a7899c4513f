//! Commands without an operation, which other modules define.

use clap::{ArgMatches, Command as Parser};

use super::exit::Failure;
use super::sign_in::Conventions;
use super::table::CommandLine;

/// A command without an operation. No product has its name.
#[derive(Debug)]
pub struct OwnCommand {
    pub(crate) name: &'static str,
    /// Which of the options that commands share (`common_options`) it accepts.
    pub(crate) common_options: &'static [&'static str],
    /// Returns the parser of its arguments.
    pub(crate) parser: fn() -> Parser,
    pub(crate) run: Run,
}

/// Runs the command.
pub(crate) type Run = fn(&'static CommandLine, &Conventions, &ArgMatches) -> Result<(), Failure>;
