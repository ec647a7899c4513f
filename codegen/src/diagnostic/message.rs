//! The sentence for each problem, and what to do about it.

use std::fmt;

use super::Problem;

impl Problem {
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::ByteOrderMark => "save the file as UTF-8 without one".to_owned(),
            Self::NotUtf8 { .. } => "save the file as UTF-8".to_owned(),
            Self::Syntax { is_tab: true, .. } => {
                "YAML is indented with spaces, not with tabs".to_owned()
            }
            Self::NotFinite { .. } => "leave the value out, or write a smaller number".to_owned(),
            Self::DuplicateKey { .. } => "remove one of the two".to_owned(),
            Self::Refused { .. } => {
                "this is a gap in the checks of the generator: please report it".to_owned()
            }
            Self::Overlay(problem) => return problem.help(),
            Self::EmptyFile
            | Self::Nul
            | Self::Syntax { is_tab: false, .. }
            | Self::TooDeep { .. }
            | Self::TooManyAliases
            | Self::TooLarge { .. } => return None,
        };
        Some(help)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyFile => f.write_str("the file is empty"),
            Self::NotUtf8 { detail } => write!(f, "the file is not UTF-8 text: {detail}"),
            Self::ByteOrderMark => f.write_str("the file begins with a byte order mark"),
            Self::Nul => f.write_str("the file holds a NUL character: it is not a text file"),
            Self::Syntax { message, .. } => f.write_str(message),
            Self::TooDeep { limit, .. } => {
                write!(f, "values are nested more than {limit} levels deep")
            }
            Self::TooManyAliases => {
                f.write_str("aliases (`*name`) make the document many times larger than its text")
            }
            Self::TooLarge { what } => write!(f, "the document has {what}, which is the limit"),
            Self::NotFinite { .. } => f.write_str(
                "infinity, not-a-number and numbers beyond 1.8e308 have no place in a spec",
            ),
            Self::DuplicateKey { key } => write!(f, "the key `{key}` is here for the second time"),
            Self::Refused { message } => write!(f, "the OpenAPI parser refuses this: {message}"),
            Self::Overlay(problem) => problem.fmt(f),
        }
    }
}
