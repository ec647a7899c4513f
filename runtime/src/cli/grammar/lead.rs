//! The usage of commands whose words have arguments between them.

use clap::Command as Parser;

use super::WordArgument;

/// The words before a command, as its usage shows them.
#[derive(Clone)]
pub(super) struct Lead {
    text: String,
    /// Whether clap would show fewer of them: it forgets the arguments between the words.
    has_arguments: bool,
}

impl Lead {
    pub(super) fn of(name: &str) -> Self {
        Self {
            text: name.to_owned(),
            has_arguments: false,
        }
    }

    /// Adds a word and the arguments after it.
    pub(super) fn after(mut self, word: &str, arguments: &[WordArgument]) -> Self {
        self.text.push_str(&format!(" {word}"));
        for WordArgument { argument, .. } in arguments {
            self.text.push_str(&format!(" <{}>", argument.name));
            self.has_arguments = true;
        }
        self
    }

    /// Sets the usage of a parser, where clap's would lack arguments.
    pub(super) fn usage(&self, parser: Parser, rest: &str) -> Parser {
        match self.has_arguments {
            true => parser.override_usage(format!("{}{rest}", self.text)),
            false => parser,
        }
    }
}
