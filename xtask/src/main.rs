//! The commands that maintain this workspace.
//!
//! Thin: it reads files, calls `twilio-codegen` and writes files. It must build when `generated/` is
//! broken or missing, so it depends neither on it nor on anything that speaks HTTP.

mod crate_folder;
mod generate;
mod report;
mod spec_folder;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use twilio_codegen::diagnostic::Explanation;

const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  gen     Generate the client crate from the specs
  help    Print this help

cargo xtask gen [--check] [--specs DIR] [--out DIR] [--format FORMAT]
cargo xtask gen --explain ID

  --check      Write nothing: list what is stale, missing or extra, and exit with 1 if there is any
  --specs DIR  Read every .yaml, .yml and .json file of this folder [default: specs]
               A file's name tells its product and version: twilio_supersim_v1.yaml
               guide.md, if it is there, becomes the guide in the crate's docs, a chapter for each `# ` heading
  --out DIR    Write this crate; the folder is made if it is missing [default: generated]
  --format FORMAT
               How to tell what is wrong with the specs [default: text]
               text: for people, on standard error
               json: one object on standard output, which then holds nothing else; its fields are
               documented at `Report::to_json` of twilio-codegen
               github: workflow commands, which become annotations of a pull request
  --explain ID Say why a fault is one, with an example and its fix; without ID, list what there is
";

/// What the command line asks for.
enum Command {
    Help,
    Gen(generate::Options),
    /// Explain one kind of fault.
    Explain(&'static Explanation),
    /// List the kinds of faults.
    ListFaults,
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
        Command::Help => report::on_standard_output(HELP),
        Command::Explain(explanation) => report::on_standard_output(&explanation.to_string()),
        Command::ListFaults => report::on_standard_output(&report::list()),
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
            Long("format") => {
                options.format = report::Format::named(&parser.value()?.string()?)?;
            }
            Long("explain") => return explain(parser),
            Short('h') | Long("help") => return Ok(Command::Help),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Gen(options))
}

/// Reads the id behind `--explain`, which may be missing.
fn explain(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::ValueExt as _;
    let Ok(id) = parser.value() else {
        return Ok(Command::ListFaults);
    };
    let id = id.string()?;
    match Explanation::of(&id) {
        Some(explanation) => Ok(Command::Explain(explanation)),
        None => Err(format!("there is no fault `{id}`; there are\n{}", report::list()).into()),
    }
}

fn fail(code: u8, message: &str) -> ExitCode {
    // Nothing is left to tell it to if standard error is closed.
    let _ = writeln!(std::io::stderr(), "{message}");
    ExitCode::from(code)
}
