//! The commands that maintain this workspace.
//!
//! Thin: it reads files, calls `twilio-codegen` and writes files. It must build when `generated/` is
//! broken or missing, so it depends neither on it nor on anything that speaks HTTP.

mod crate_folder;
mod generate;
mod spec_folder;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  gen     Generate the client crate from the specs
  help    Print this help

cargo xtask gen [--check] [--specs DIR] [--out DIR]

  --check      Write nothing: list what is stale, missing or extra, and exit with 1 if there is any
  --specs DIR  Read every .yaml, .yml and .json file of this folder [default: specs]
               A file's name tells its product and version: twilio_supersim_v1.yaml
  --out DIR    Write this crate; the folder is made if it is missing [default: generated]
";

/// What the command line asks for.
enum Command {
    Help,
    Gen(generate::Options),
}

fn main() -> ExitCode {
    let command = match command(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            return fail(
                2,
                &format!("{error}\nrun `cargo xtask help` for what there is"),
            );
        }
    };
    let outcome = match command {
        Command::Help => write!(std::io::stdout(), "{HELP}").map_err(|error| error.to_string()),
        Command::Gen(options) => generate::generate(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(1, &message),
    }
}

fn command(arguments: impl Iterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next()? {
        None | Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Value(name)) if name == "help" => Ok(Command::Help),
        Some(Value(name)) if name == "gen" => gen_options(&mut parser),
        Some(Value(name)) => Err(format!("there is no command `{}`", name.display()).into()),
        Some(argument @ (Short(_) | Long(_))) => Err(argument.unexpected()),
    }
}

fn gen_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = generate::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => options.check = true,
            Long("specs") => options.specs = Some(PathBuf::from(parser.value()?)),
            Long("out") => options.out = Some(PathBuf::from(parser.value()?)),
            Short('h') | Long("help") => return Ok(Command::Help),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Gen(options))
}

fn fail(code: u8, message: &str) -> ExitCode {
    // Nothing is left to tell it to if standard error is closed.
    let _ = writeln!(std::io::stderr(), "{message}");
    ExitCode::from(code)
}
