//! Explains each kind of fault: the text of `cargo xtask gen --explain ID`.
//!
//! Each kind of fault has one explanation with its id and severity. Users rely on ids (CI filters, links), so none is
//! renamed or reused. The examples are documents without the parts that every document has; the tests run them.

use std::fmt;

/// The effect of a fault on the crate, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No crate is generated.
    Error,
    /// The crate is generated, but part of the spec has no effect.
    Warning,
    /// The crate is generated and the spec is valid, but uses something that the generator does not know.
    Note,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// Returns the word for it: `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Describes a kind of fault and its reason.
///
/// `Display` formats it as text of at most 100 columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The stable id of the kind, in kebab case.
    pub id: &'static str,
    /// Whether it prevents generating a crate.
    pub severity: Severity,
    /// The rule and its reason.
    pub reason: &'static str,
    /// The source of the rule.
    pub source: &'static str,
    /// A document with the fault, and the same without it. There is none if the file itself is at fault or is not a
    /// spec.
    pub example: Option<Example>,
}

/// A fault and its fix: YAML from the top of a document, without the parts that every document has.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// With the fault.
    pub fault: &'static str,
    /// Without it.
    pub fix: &'static str,
}

impl Explanation {
    /// Adds a document with the fault, and the same document without it.
    pub const fn example(self, fault: &'static str, fix: &'static str) -> Self {
        Self {
            example: Some(Example { fault, fix }),
            ..self
        }
    }
}

/// Explains a fault that prevents generating a crate.
pub const fn error(id: &'static str, source: &'static str, reason: &'static str) -> Explanation {
    Explanation {
        id,
        severity: Severity::Error,
        reason,
        source,
        example: None,
    }
}

/// Explains a fault that does not prevent generating a crate.
pub const fn warning(id: &'static str, source: &'static str, reason: &'static str) -> Explanation {
    Explanation {
        severity: Severity::Warning,
        ..error(id, source, reason)
    }
}

/// Explains something that is worth knowing but not a problem.
pub const fn note(id: &'static str, source: &'static str, reason: &'static str) -> Explanation {
    Explanation {
        severity: Severity::Note,
        ..error(id, source, reason)
    }
}

/// Declares explanations together with `ALL`, the list of all of them, so that the list is complete.
#[macro_export]
macro_rules! explanations {
    ($($name:ident = $explanation:expr;)*) => {
        $(pub(crate) static $name: $crate::report::Explanation = $explanation;)*
        pub(crate) static ALL: &[&$crate::report::Explanation] = &[$(&$name),*];
    };
}
pub use explanations;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            severity,
            reason,
            source,
            example,
        } = self;
        writeln!(f, "{}[{id}]\n", severity.as_str())?;
        wrapped(f, reason)?;
        writeln!(f, "\nSource: {source}")?;
        if let Some(Example { fault, fix }) = example {
            let titles = match severity {
                Severity::Error | Severity::Warning => ["The fault", "The fix"],
                Severity::Note => ["With it", "Without it"],
            };
            for (title, yaml) in titles.into_iter().zip([fault, fix]) {
                writeln!(f, "\n{title}:\n")?;
                for line in yaml.trim_end().lines() {
                    writeln!(f, "    {line}")?;
                }
            }
        }
        Ok(())
    }
}

/// Writes a paragraph in lines of at most 100 columns.
fn wrapped(f: &mut fmt::Formatter<'_>, paragraph: &str) -> fmt::Result {
    const COLUMNS: usize = 100;
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > COLUMNS {
            f.write_str("\n")?;
            column = 0;
        } else if column > 0 {
            f.write_str(" ")?;
            column += 1;
        }
        f.write_str(word)?;
        column += length;
    }
    f.write_str("\n")
}
