//! The commands that maintain this workspace.
//!
//! It only reads files, calls `twilio-codegen` and writes files. It must build when `generated/` is broken or missing,
//! so it does not depend on it, nor, without the feature `fetch`, on an HTTP client.
//!
//! It is a library, because cargo compiles a library while the crates that it uses are still being optimised and written;
//! a program has to wait for them.

mod carry_over;
mod ci_diff;
mod corpus;
mod crate_folder;
mod current;
mod diff;
mod failure;
mod fetch;
mod folder_swap;
mod folders;
mod generate;
mod help;
mod history;
mod incoming;
mod input_file;
mod lock_file;
mod next_release;
mod other_files;
mod release;
mod report;
mod revision;
mod settings;
mod shown_path;
mod spec_folder;
mod specs;
mod threads;
mod transaction;
mod update;

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use twilio_codegen::release::{Bump, Date};
use twilio_codegen::report::{Explanation, Format, Line};
use twilio_codegen::spelling::similar;
use twilio_codegen::{explanation, explanations};

use crate::failure::Failure;
use crate::help::HELP;
use crate::input_file::MaxSize;

const COMMANDS: [&str; 7] = [
    "gen", "diff", "update", "release", "ci-diff", "corpus", "help",
];

/// What the command line asks for.
enum Command {
    Help,
    Gen(generate::Options),
    /// Explain one kind of fault.
    Explain(&'static Explanation),
    /// List the kinds of faults.
    ListFaults,
    Diff(diff::Options),
    Update(update::Options),
    Release(release::Options),
    /// Compare with this revision, reading files up to this size.
    CiDiff(String, MaxSize),
    Corpus(corpus::Options),
}

/// Runs the command that the command line asks for.
pub fn run() -> ExitCode {
    let command = match command(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            return fail(2, &mistake(&error));
        }
    };
    let outcome = match command {
        Command::Help => report::on_standard_output(HELP).map_err(Failure::found),
        Command::Explain(explanation) => {
            report::on_standard_output(&explanation.to_string()).map_err(Failure::found)
        }
        Command::ListFaults => report::on_standard_output(&report::list()).map_err(Failure::found),
        Command::Gen(options) => generate::generate(&options).map_err(Failure::found),
        Command::Diff(options) => diff::diff(&options),
        Command::Update(options) => update::update(&options),
        Command::Release(options) => release::release(&options),
        Command::CiDiff(base, limit) => ci_diff::ci_diff(&base, limit),
        Command::Corpus(options) => corpus::corpus(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, message }) => fail(code, &message),
    }
}

/// Describes an error in the command line and suggests what may have been meant.
fn mistake(error: &lexopt::Error) -> String {
    let guess = if let lexopt::Error::UnexpectedOption(option) = error {
        similar(option, help::options(HELP))
    } else {
        None
    };
    let guess = did_you_mean(guess);
    format!("{error}{guess}\nrun `cargo xtask help` for usage")
}

/// The end of an error message, with a suggestion if there is one.
fn did_you_mean(guess: Option<&str>) -> String {
    guess.map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

/// Returns the command that `word` probably means: a similar one, or else one that is its beginning (`generate`), or the
/// only one that it is the beginning of.
fn likely_command(word: &str) -> Option<&'static str> {
    let begins = COMMANDS.into_iter().find(|it| word.starts_with(it));
    let mut begun = COMMANDS.into_iter().filter(|it| it.starts_with(word));
    let only = begun.next().filter(|_| begun.next().is_none());
    similar(word, COMMANDS.into_iter()).or(begins).or(only)
}

fn command(arguments: impl Iterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next()? {
        None | Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Value(name)) if name == "help" => Ok(Command::Help),
        Some(Value(name)) if name == "gen" => gen_options(&mut parser),
        Some(Value(name)) if name == "diff" => diff_options(&mut parser),
        Some(Value(name)) if name == "update" => update_options(&mut parser),
        Some(Value(name)) if name == "release" => release_options(&mut parser),
        Some(Value(name)) if name == "ci-diff" => ci_diff_options(&mut parser),
        Some(Value(name)) if name == "corpus" => corpus_options(&mut parser),
        Some(Value(name)) => {
            let name = name.to_string_lossy();
            let guess = did_you_mean(likely_command(&name));
            Err(format!("there is no command `{name}`{guess}").into())
        }
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
                options.format = named(&FAULT_FORMATS, "format", &parser.value()?)?;
            }
            Long("max-size") => options.max_size = max_size(parser)?,
            Long("only") => options.only.extend(list(&parser.value()?.string()?)),
            Long("skip-unsupported") => options.skip_unsupported = true,
            Long("runtime") => options.runtime = Some(parser.value()?.string()?),
            Long("explain") => return explain(parser),
            Short('h') | Long("help") => return Ok(Command::Help),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Gen(options))
}

/// The items of a comma-separated list.
fn list(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(',').map(str::trim);
    parts.filter(|it| !it.is_empty()).map(str::to_owned)
}

/// Reads the id after `--explain`, which may be missing.
fn explain(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::ValueExt as _;
    let Ok(id) = parser.value() else {
        return Ok(Command::ListFaults);
    };
    let id = id.string()?;
    match explanation(&id) {
        Some(explanation) => Ok(Command::Explain(explanation)),
        None => {
            let ids = explanations().map(|it| it.id);
            let help = match similar(&id, ids) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the faults are\n{}", report::list()),
            };
            Err(format!("there is no fault `{id}`; {help}").into())
        }
    }
}

fn diff_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut format = Format::Text;
    let mut fail_on = None;
    let mut docs = false;
    let mut limit = MaxSize::default();
    let mut sides = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => format = named(&FORMATS, "format", &parser.value()?)?,
            Long("fail-on") => {
                let bumps = Bump::ALL.map(|it| (it.name(), it));
                fail_on = Some(named(&bumps, "bump", &parser.value()?)?);
            }
            Long("docs") => docs = true,
            Long("max-size") => limit = max_size(parser)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(side) if sides.len() < 2 => sides.push(side),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    let Ok([old, new]) = <[OsString; 2]>::try_from(sides) else {
        return Err("`diff` takes two sides, OLD and NEW".into());
    };
    Ok(Command::Diff(diff::Options {
        old,
        new,
        format,
        fail_on,
        docs,
        max_size: limit,
    }))
}

fn update_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = update::Options::default();
    let (mut fetch, mut revision, mut repository) = (false, None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("fetch") => fetch = true,
            Long("revision") => revision = Some(parser.value()?.string()?),
            Long("repository") => repository = Some(parser.value()?.string()?),
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(path) => options.paths.push(PathBuf::from(path)),
            Long(name) => {
                let name = name.to_owned();
                release_option(&mut options.run, &name, parser)?;
            }
            Short(_) => return Err(argument.unexpected()),
        }
    }
    if !fetch && (revision.is_some() || repository.is_some()) {
        return Err("`--revision` and `--repository` go with `--fetch`".into());
    }
    options.fetch = fetch.then(|| fetch::FetchRequest {
        revision: revision.unwrap_or_else(|| fetch::BRANCH.to_owned()),
        repository: repository.unwrap_or_else(|| fetch::REPOSITORY.to_owned()),
    });
    if options.paths.is_empty() && !fetch {
        return Err("`update` needs newer specs, folders of them, or `--fetch`".into());
    }
    Ok(Command::Update(options))
}

fn release_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = release::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("bump") => {
                let bumps = Bump::ALL.map(|it| (it.name(), it));
                options.bump = Some(named(&bumps, "bump", &parser.value()?)?);
            }
            Long("breaking") => options.notes.breaking.push(line(parser)?),
            Long("added") => options.notes.added.push(line(parser)?),
            Long("deprecated") => options.notes.deprecated.push(line(parser)?),
            Long("changed") => options.notes.changed.push(line(parser)?),
            Short('h') | Long("help") => return Ok(Command::Help),
            Long(name) => {
                let name = name.to_owned();
                release_option(&mut options.run, &name, parser)?;
            }
            Short(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    Ok(Command::Release(options))
}

/// Reads an option that `update` and `release` share.
fn release_option(
    options: &mut next_release::Options,
    name: &str,
    parser: &mut lexopt::Parser,
) -> Result<(), lexopt::Error> {
    match name {
        "dry-run" => options.dry_run = true,
        "specs" => options.specs = Some(PathBuf::from(parser.value()?)),
        "out" => options.out = Some(PathBuf::from(parser.value()?)),
        "format" => options.format = named(&FORMATS, "format", &parser.value()?)?,
        "date" => {
            let date = parser.value()?.to_string_lossy().into_owned();
            options.date = Some(Date::try_from(date)?);
        }
        "max-size" => options.max_size = max_size(parser)?,
        _ => return Err(lexopt::Arg::Long(name).unexpected()),
    }
    Ok(())
}

/// Reads a value that becomes a line of the changelog.
fn line(parser: &mut lexopt::Parser) -> Result<Line, lexopt::Error> {
    use lexopt::ValueExt as _;
    Ok(Line::try_from(parser.value()?.string()?)?)
}

fn ci_diff_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut base = None;
    let mut limit = MaxSize::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("max-size") => limit = max_size(parser)?,
            Value(revision) if base.is_none() => base = Some(revision.string()?),
            Short(_) | Long(_) | Value(_) => return Err(argument.unexpected()),
        }
    }
    match base {
        Some(base) => Ok(Command::CiDiff(base, limit)),
        None => Err("`ci-diff` needs a revision, BASE".into()),
    }
}

fn corpus_options(parser: &mut lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;
    let mut options = corpus::Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("check") => options.check = true,
            Long("examples") => options.examples = true,
            Long("sample") => options.sample = Some(count(parser)?),
            Long("jobs") => options.jobs = Some(count(parser)?),
            Long("json") => options.json = Some(PathBuf::from(parser.value()?)),
            Long("record") => options.record = true,
            Long("against") => options.against = Some(PathBuf::from(parser.value()?)),
            Long("max-size") => options.max_size = max_size(parser)?,
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(path) => options.paths.push(PathBuf::from(path)),
            Short(_) | Long(_) => return Err(argument.unexpected()),
        }
    }
    if options.paths.is_empty() {
        return Err("`corpus` needs documents or folders of them".into());
    }
    Ok(Command::Corpus(options))
}

/// Reads a value that is a positive number.
fn count(parser: &mut lexopt::Parser) -> Result<usize, lexopt::Error> {
    use lexopt::ValueExt as _;
    let count: std::num::NonZeroUsize = parser.value()?.parse()?;
    Ok(count.get())
}

/// Reads the value of `--max-size`.
fn max_size(parser: &mut lexopt::Parser) -> Result<MaxSize, lexopt::Error> {
    use lexopt::ValueExt as _;
    Ok(MaxSize::parse(&parser.value()?.string()?)?)
}

const FORMATS: [(&str, Format); 4] = [
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("json", Format::Json),
    ("github", Format::Github),
];

/// The formats for faults.
const FAULT_FORMATS: [(&str, Format); 3] = [
    ("text", Format::Text),
    ("json", Format::Json),
    ("github", Format::Github),
];

/// Reads a value that is one of a few names.
fn named<T: Copy>(names: &[(&str, T)], what: &str, value: &OsStr) -> Result<T, lexopt::Error> {
    let found = names.iter().find(|(name, _)| value == *name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
        let value = value.display();
        format!(
            "there is no {what} `{value}`; use one of {}",
            names.join(", ")
        )
        .into()
    })
}

fn fail(code: u8, message: &str) -> ExitCode {
    // If standard error is closed, there is nowhere left to report it.
    let _ = writeln!(std::io::stderr(), "{message}");
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::likely_command;

    #[test]
    fn mistyped_commands_are_recognized() {
        for (word, command) in [
            ("generate", Some("gen")),
            ("updte", Some("update")),
            ("rel", Some("release")),
            ("corp", Some("corpus")),
            ("differences", Some("diff")),
            ("ci", Some("ci-diff")),
            // `ci-diff` or `corpus`.
            ("c", None),
            ("", None),
            ("frobnicate", None),
        ] {
            assert_eq!(likely_command(word), command, "{word}");
        }
    }
}
