//! Shell completions and manual pages.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command as Parser, value_parser};
use clap_complete::Shell;

use super::exit::Failure;

/// The command that writes shell completions, unless the API has a command of this name.
pub(super) const COMPLETIONS: &str = "completions";

/// The command that writes manual pages, unless the API has a command of this name.
pub(super) const MAN: &str = "man";

/// Returns the parser of [`COMPLETIONS`].
pub(super) fn completions() -> Parser {
    Parser::new(COMPLETIONS)
        .about("Writes shell completions to standard output.")
        .arg(
            Arg::new("shell")
                .required(true)
                .help("The shell")
                .value_parser(value_parser!(Shell)),
        )
}

/// Returns the parser of [`MAN`].
pub(super) fn man() -> Parser {
    Parser::new(MAN)
        .about(
            "Writes a manual page for each command to a folder, which is created if it does not exist.",
        )
        .arg(
            Arg::new("folder")
                .required(true)
                .help("The folder")
                .value_parser(value_parser!(PathBuf)),
        )
}

/// Runs one of these commands, if `matches` name one. `parser` is that of the whole command line.
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
    let name = parser.get_name().to_owned();
    let text = if shell == Shell::Bash {
        bash_completions(parser)
    } else {
        completions_for(shell, name.clone(), parser)
    };
    let text = with_profiles(shell, &name, &text);
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// Completes the value of `--profile` with the names of the user's profiles, of which the grammar knows nothing, in the
/// shells for which we know how. `text` is the script for the program `name`.
fn with_profiles(shell: Shell, name: &str, text: &str) -> String {
    // Names have no character that a shell interprets.
    let names = format!("{name} profile list -o plain --columns name 2>/dev/null");
    let mut is_value = false;
    let lines = text.lines().map(|line| {
        let was_value = std::mem::replace(&mut is_value, line.trim() == "--profile)");
        let is_option = line.starts_with("'--profile=[") || line.contains(" -l profile ");
        if shell == Shell::Bash && was_value {
            let indent = &line[..line.len() - line.trim_start().len()];
            format!("{indent}COMPREPLY=($(compgen -W \"$({names})\" -- \"${{cur}}\"))")
        } else if shell == Shell::Zsh && is_option {
            line.replace(":NAME:_default'", &format!(":NAME:($({names}))'"))
        } else if shell == Shell::Fish && is_option {
            format!("{line} -f -a '({names})'")
        } else {
            line.to_owned()
        }
    });
    lines.map(|it| it + "\n").collect()
}

/// Returns the bash script. `clap_complete` 4.6 treats a hyphen in the name of a program like the space before a
/// command, so it finds no subcommands. The script is generated for another name, and registered for the real one.
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
