//! Why each problem is one: what `cargo xtask gen --explain ID` prints.
//!
//! Each kind of fault has one explanation, which gives its id and its severity. Users rely on ids (CI filters, links):
//! none is renamed or reused. The examples are documents, less the parts that every document has, and the tests run
//! them.

use std::fmt;

/// What a problem means for the crate, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The crate is generated, but the spec says something without effect.
    Warning,
    /// The crate is generated, and nothing is wrong with the spec: it says something that the generator does not know.
    Note,
}

impl Severity {
    /// Every severity, the worst first.
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

/// What a kind of problem is, and why it is one.
///
/// `Display` writes it as text of at most 100 columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The stable name of the kind, in kebab case.
    pub id: &'static str,
    /// Whether it keeps a crate from being generated.
    pub severity: Severity,
    /// What the rule is, and why it is one.
    pub reason: &'static str,
    /// The source of the rule.
    pub source: &'static str,
    /// A document with the fault, and the same without it. Where the file itself is at fault, or is no spec,
    /// there is none.
    pub example: Option<Example>,
}

/// A fault and its fix: YAML from the top of a document, less what every document has.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// With the fault.
    pub fault: &'static str,
    /// Without it.
    pub fix: &'static str,
}

impl Explanation {
    pub(crate) const fn example(self, fault: &'static str, fix: &'static str) -> Self {
        Self {
            example: Some(Example { fault, fix }),
            ..self
        }
    }
}

/// Explains a problem that keeps a crate from being generated.
pub(crate) const fn error(
    id: &'static str,
    source: &'static str,
    reason: &'static str,
) -> Explanation {
    Explanation {
        id,
        severity: Severity::Error,
        reason,
        source,
        example: None,
    }
}

/// Explains a problem that does not.
pub(crate) const fn warning(
    id: &'static str,
    source: &'static str,
    reason: &'static str,
) -> Explanation {
    Explanation {
        severity: Severity::Warning,
        ..error(id, source, reason)
    }
}

/// Explains what is worth knowing and no problem.
pub(crate) const fn note(
    id: &'static str,
    source: &'static str,
    reason: &'static str,
) -> Explanation {
    Explanation {
        severity: Severity::Note,
        ..error(id, source, reason)
    }
}

/// Declares explanations and the list of all of them, so that none can be left out.
macro_rules! explanations {
    ($($name:ident = $explanation:expr;)*) => {
        $(pub(crate) static $name: Explanation = $explanation;)*
        pub(crate) static ALL: &[&Explanation] = &[$(&$name),*];
    };
}
pub(crate) use explanations;

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
