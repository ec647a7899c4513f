//! Reads a spec: text to a checked, typed OpenAPI 3.0 document.

mod place;
mod read;

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// A spec that was read and checked.
#[derive(Clone, Debug)]
pub struct Document {
    /// The typed document. Every reference in it leads to an object of the right kind.
    pub openapi: openapiv3::OpenAPI,
}

/// Reads a spec, YAML or JSON.
///
/// # Errors
///
/// Returns every fault of the file at once.
pub fn load(source: &SourceFile) -> Result<Document, Vec<Diagnostic>> {
    let t = std::time::Instant::now();
    let (value, f) = read::read(source).map_err(|it| vec![it])?;
    eprintln!("  read {:?} {}", t.elapsed(), f.len());
    let t = std::time::Instant::now();
    let openapi = serde_json::from_value(value).map_err(|it| {
        vec![Diagnostic {
            problem: crate::diagnostic::Problem::Refused {
                message: it.to_string(),
            },
            at: crate::pointer::Pointer::root(),
        }]
    })?;
    eprintln!("  type {:?}", t.elapsed());
    Ok(Document { openapi })
}
