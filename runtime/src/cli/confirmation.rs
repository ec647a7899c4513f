//! Asks before a command deletes something.

use clap::ArgMatches;

use super::exit::Failure;
use super::output::{cell, visible};
use super::prompt;
use super::table::{Argument, Command};
use crate::json::Node;

/// Asks for confirmation of a command that deletes something, unless the arguments confirm it.
///
/// # Errors
///
/// Returns [`Failure::Usage`] if the user does not confirm it or cannot be asked, and [`Failure::Interrupted`].
pub(super) fn ask(
    command: &Command,
    values: &[(&'static Argument, Node)],
    options: &ArgMatches,
) -> Result<(), Failure> {
    if options.get_flag("yes") {
        return Ok(());
    }
    if !prompt::is_possible() {
        let problem = "cannot ask for confirmation without a terminal: pass --yes to delete";
        return Err(Failure::Usage(problem.to_owned()));
    }
    let question = format!("{} Go on? [y/N] ", announcement(command, values));
    let answer = prompt::line(&question)?;
    match answer.as_str() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::Usage("nothing was deleted".to_owned())),
    }
}

/// Returns what a command does and to what, by the values in its path: `Deletes a SIM: DE1.`
fn announcement(command: &Command, values: &[(&'static Argument, Node)]) -> String {
    let named = values.iter().filter(|(argument, _)| argument.is_in_path());
    let named: Vec<String> = named.map(|(_, it)| visible(&cell(Some(it)))).collect();
    match named.is_empty() {
        true => command.about.to_owned(),
        false => {
            let about = command.about.trim_end_matches('.');
            format!("{about}: {}.", named.join(", "))
        }
    }
}
