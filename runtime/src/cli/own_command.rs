//! Commands that call no operation, of which other modules have some.

use clap::{ArgMatches, Command as Parser};

use super::exit::Failure;
use super::sign_in::Conventions;
use super::table::CommandLine;

/// A command that calls no operation. No product has its name.
#[derive(Debug)]
pub struct OwnCommand {
    pub(crate) name: &'static str,
    /// The options of every command that it takes, too.
    pub(crate) takes: &'static [&'static str],
    /// Returns the parser of its arguments.
    pub(crate) parser: fn() -> Parser,
    pub(crate) run: Run,
}

/// Does what the command says.
pub(crate) type Run = fn(&'static CommandLine, &Conventions, &ArgMatches) -> Result<(), Failure>;
