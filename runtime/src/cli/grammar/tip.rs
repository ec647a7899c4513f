//! Tips for errors in the words of a command.

use std::collections::BTreeSet;

use clap::error::{ContextKind, ContextValue};

use super::words;
use crate::cli::table::CommandLine;

/// Adds a tip to the error of an unknown word that is the second word of commands: people forget the product.
pub(in crate::cli) fn with_tip(mut error: clap::Error, line: &'static CommandLine) -> clap::Error {
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidSubcommand) else {
        return error;
    };
    let commands = line.versions.iter().flat_map(|it| it.commands);
    let starts = commands.filter_map(|it| {
        let mut words = words(it);
        let product = words.next()?;
        (words.next()? == unknown).then(|| format!("`{} {product} {unknown}`", line.name))
    });
    let starts: BTreeSet<String> = starts.collect();
    if !starts.is_empty() {
        let starts: Vec<String> = starts.into_iter().collect();
        let tip = format!("there is {}", starts.join(" and "));
        let tips = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}
