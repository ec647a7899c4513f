//! Every operation of an API as a tool for assistants, over the Model Context Protocol.
//!
//! Needs the Cargo feature `mcp`. [`COMMAND`] is a command of the program that the feature `cli` builds: it serves
//! tools on standard input and output until the input ends. It takes the tools from the program's table, and sends the
//! same requests.
//!
//! - Standard output contains only the protocol.
//! - A tool that is not offered cannot be called.
//! - No argument names a file, a host or a page: files are given by content, and a list continues with a token whose
//!   link stays in the server.
//! - Responses hide personal data unless the user who starts the server allows it, and never contain credentials.

mod arguments;
mod bookmarks;
mod call;
mod caller;
mod catalog;
mod definition;
mod length;
mod list;
mod parameters;
mod search;
mod server;
mod settings;
mod tool_name;
mod tool_result;

use clap::ArgMatches;

use self::caller::Caller;
use self::catalog::Catalog;
use self::server::Server;
use self::settings::Settings;
use crate::cli::exit::Failure;
use crate::cli::sign_in::Conventions;
use crate::cli::{CommandLine, OwnCommand};

/// The command that serves tools.
pub const COMMAND: OwnCommand = OwnCommand {
    name: "mcp",
    common_options: settings::COMMON_OPTIONS,
    parser: settings::parser,
    run,
};

/// Serves tools until standard input ends.
fn run(
    line: &'static CommandLine,
    conventions: &Conventions,
    options: &ArgMatches,
) -> Result<(), Failure> {
    let settings = Settings::read(options);
    let catalog = Catalog::of(line, &settings.selection).map_err(Failure::Usage)?;
    let commands: Vec<_> = catalog.offered().map(|it| it.command).collect();
    let client = conventions.client(line, &commands, options)?;
    let caller = Caller::new(*conventions, client, &settings);
    let server = Server::new(line, catalog, caller);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(server.serve());
    // A thread may still wait for input, which cannot be canceled.
    runtime.shutdown_background();
    ended
}

#[cfg(test)]
mod tests;
