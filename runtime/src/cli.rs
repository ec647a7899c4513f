//! A command line for every operation of an API, built from a table in generated code.
//!
//! Needs the Cargo feature `cli`. [`main`] is the whole program: it reads the arguments of the process, signs in, sends
//! the request as the client would, and writes the response.
//!
//! Standard output contains only responses; messages for people go to standard error. `--help` lists the exit statuses.

mod common_options;
mod confirmation;
mod dry_run;
pub(crate) mod exit;
mod grammar;
mod interrupt;
pub(crate) mod invocation;
mod json_errors;
mod known_values;
mod location;
pub(crate) mod mention;
pub(crate) mod output;
mod own_command;
mod profile;
mod progress;
mod prompt;
mod request_header;
mod request_limits;
mod response_as;
mod run;
mod shell;
pub(crate) mod sign_in;
mod stderr;
pub(crate) mod table;
mod time;
pub(crate) mod value;
mod wait;

use std::process::ExitCode;

pub use self::own_command::OwnCommand;
use self::sign_in::Conventions;
pub use self::table::{
    Answer, Argument, Command, CommandLine, Effect, Group, Kind, Shape, Version,
};
use crate::client::ApiClient;
use crate::json::Node;

/// Runs the command line of the process for clients of type `C`, and returns its exit status. `own` are commands
/// without an operation, in addition to the built-in ones.
pub fn main<C: ApiClient>(line: &'static CommandLine, own: &'static [OwnCommand]) -> ExitCode {
    let arguments = std::env::args_os().collect();
    ExitCode::from(run::run(line, own, &Conventions::of::<C>(), arguments))
}

/// Returns the name of a variable of the program: `SHOP_CLI_PROFILE`, for `shop-cli`.
fn variable_of(program: &str, what: &str) -> String {
    let letters = program.chars();
    let letters = letters.map(|it| match it.is_ascii_alphanumeric() {
        true => it.to_ascii_uppercase(),
        false => '_',
    });
    format!("{}_{what}", letters.collect::<String>())
}

/// Returns the texts of an object by key; `None` for anything else.
fn texts(node: &Node) -> Option<Vec<(String, String)>> {
    let texts = node.members()?.iter();
    let texts = texts.map(|(name, it)| Some((name.clone(), it.text()?.to_owned())));
    texts.collect()
}

/// Returns the object with these texts.
fn object(texts: &[(String, String)]) -> Node {
    let texts = texts.iter();
    let members = texts.map(|(name, it)| (name.clone(), Node::Text(it.clone())));
    Node::Object(members.collect())
}
