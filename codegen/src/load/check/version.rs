//! Checks which specification a document follows.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Problem};
use crate::pointer::Pointer;

/// Checks that the document is OpenAPI 3.0; anything else is not worth a closer look.
pub(super) fn check(document: &Value) -> Result<(), Diagnostic> {
    let unsupported = |found, key| {
        let problem = Problem::UnsupportedVersion { found };
        Err(Diagnostic {
            problem,
            at: Pointer::root().key(key),
        })
    };
    match (document.get("openapi"), document.get("swagger")) {
        (Some(Value::String(version)), _) => {
            let patch = version.strip_prefix("3.0.").unwrap_or_default();
            if patch.starts_with(|it: char| it.is_ascii_digit()) {
                Ok(())
            } else {
                unsupported(format!("OpenAPI {version}"), "openapi")
            }
        }
        // Written without quotes, `3.1` and `3.0` are numbers.
        (Some(version), _) => unsupported(format!("OpenAPI {version}"), "openapi"),
        (None, Some(version)) => {
            let version = version
                .as_str()
                .map_or_else(|| version.to_string(), str::to_owned);
            unsupported(format!("Swagger {version}"), "swagger")
        }
        (None, None) => Err(Diagnostic {
            problem: Problem::NotOpenApi,
            at: Pointer::root(),
        }),
    }
}
