//! What other programs read of the commands: completions of shells, and manual pages.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command as Parser, value_parser};
use clap_complete::Shell;

use super::exit::Failure;

/// The command that writes the completions of a shell, unless the API has one of this name.
pub(super) const COMPLETIONS: &str = "completions";

/// The command that writes manual pages, unless the API has one of this name.
pub(super) const MAN: &str = "man";

/// Returns the parser of [`COMPLETIONS`].
pub(super) fn completions() -> Parser {
    Parser::new(COMPLETIONS)
        .about("Writes the completions of a shell to standard output.")
        .arg(
            Arg::new("shell")
                .required(true)
                .help("The shell that reads them")
                .value_parser(value_parser!(Shell)),
        )
}

/// Returns the parser of [`MAN`].
pub(super) fn man() -> Parser {
    Parser::new(MAN)
        .about(
            "Writes a manual page of each command to a folder, which is made if it is not there.",
        )
        .arg(
            Arg::new("folder")
                .required(true)
                .help("The folder")
                .value_parser(value_parser!(PathBuf)),
        )
}

/// Does what one of these commands says, if `matches` name one. `parser` is that of the whole command line.
pub(super) fn run(
    parser: impl FnOnce() -> Parser,
    matches: &ArgMatches,
) -> Option<Result<(), Failure>> {
    let (_, matches) = matches.subcommand()?;
    if let Ok(Some(shell)) = matches.try_get_one::<Shell>("shell") {
        return Some(write_completions(*shell, parser()));
    }
    match matches.try_get_one::<PathBuf>("folder") {
        Ok(Some(folder)) => Some(write_pages(folder, parser())),
        Ok(None) | Err(_) => None,
    }
}

fn write_completions(shell: Shell, parser: Parser) -> Result<(), Failure> {
    let text = if shell == Shell::Bash {
        bash_completions(parser)
    } else {
        completions_for(shell, parser.get_name().to_owned(), parser)
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// The script of bash. `clap_complete` 4.6 takes a hyphen in the name of a program for the space before a command, so that
/// it finds none of the commands below. The script is made for another name, and registered for the true one.
fn bash_completions(parser: Parser) -> String {
    let name = parser.get_name().to_owned();
    let plain = name.replace('-', "_");
    let text = completions_for(Shell::Bash, plain.clone(), parser);
    let lines = text.lines().map(|line| {
        let registered = line
            .strip_suffix(&plain)
            .filter(|it| it.contains("complete -F "));
        registered.map_or_else(|| line.to_owned(), |it| format!("{it}{name}"))
    });
    lines.map(|it| it + "\n").collect()
}

fn completions_for(shell: Shell, name: String, mut parser: Parser) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut parser, name, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn write_pages(folder: &Path, parser: Parser) -> Result<(), Failure> {
    let written =
        std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(parser, folder));
    written.map_err(|error| Failure::Usage(format!("{}: {error}", folder.display())))
}
