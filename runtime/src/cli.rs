//! A command line for every operation of an API, read from a table that generated code has.
//!
//! Needs the Cargo feature `cli`. [`main`] is the whole program: it reads the arguments of the process, signs in, sends
//! the request as the client would, and writes the answer.
//!
//! Standard output holds answers alone. What a person is to know goes to standard error. A process ends with
//!
//! | status | when |
//! |---|---|
//! | 0 | it did what it was told |
//! | 1 | the service refused, or the output cannot be written |
//! | 2 | the arguments are wrong; nothing was sent |
//! | 3 | it is not signed in: there are no credentials, or the service does not take them |
//! | 4 | no answer came: no connection, or no time |
//! | 5 | the answer cannot be read |
//! | 130 | it was interrupted |

mod dry_run;
pub(crate) mod exit;
mod grammar;
pub(crate) mod invocation;
pub(crate) mod output;
mod own_command;
mod run;
mod shell;
pub(crate) mod sign_in;
pub(crate) mod table;
mod time;
pub(crate) mod value;

use std::process::ExitCode;

pub use self::own_command::OwnCommand;
use self::sign_in::Conventions;
pub use self::table::{
    Answer, Argument, Command, CommandLine, Effect, Group, Kind, Shape, Version,
};
use crate::client::ApiClient;

/// Does what the arguments of the process say, for clients of type `C`, and returns the status that it ends with. `own` are
/// commands that call no operation, beside those that are always there.
pub fn main<C: ApiClient>(line: &'static CommandLine, own: &'static [OwnCommand]) -> ExitCode {
    let arguments = std::env::args_os().collect();
    ExitCode::from(run::run(line, own, &Conventions::of::<C>(), arguments))
}
