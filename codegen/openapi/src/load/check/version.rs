//! Checks which specification a document follows.

use serde_json::Value;

use super::fault::VersionFault;
use crate::pointer::Pointer;

/// A version of the OpenAPI Specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OpenApiVersion {
    V3_0,
    V3_1,
    V3_2,
}

impl OpenApiVersion {
    /// The name in messages.
    pub(in crate::load) fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        }
    }

    /// Whether its schemas are JSON Schema.
    pub(in crate::load) fn is_newer(self) -> bool {
        self > Self::V3_0
    }
}

/// Returns the version of a document; a document without a supported one is not checked further. The patch version does
/// not matter (OpenAPI 3.1.1, Versions and Deprecation).
pub(super) fn of(document: &Value) -> Result<OpenApiVersion, (VersionFault, Pointer)> {
    let unsupported = |found, key| {
        let fault = VersionFault::UnsupportedVersion { found };
        Err((fault, Pointer::root().key(key)))
    };
    // Without quotes, `3.1` and `3.0` are numbers.
    let written = |key| {
        document.get(key).map(|it: &Value| match it.as_number() {
            Some(number) => Value::String(number.to_string()),
            None => it.clone(),
        })
    };
    let swagger = written("swagger");
    let is_three = |it: &Value| it.as_str().is_some_and(|it| it.trim().starts_with("3."));
    let renamed = swagger.clone().filter(is_three);
    match (&written("openapi").or(renamed), swagger) {
        (Some(Value::String(version)), _) => {
            let known = [
                ("3.0.", OpenApiVersion::V3_0),
                ("3.1.", OpenApiVersion::V3_1),
                ("3.2.", OpenApiVersion::V3_2),
            ];
            let version = version.trim().trim_start_matches(['v', 'V']);
            let is_known = |(prefix, _): &&(&str, OpenApiVersion)| {
                let patch = version.strip_prefix(prefix);
                patch.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
                    || version == prefix.trim_end_matches('.')
            };
            match known.iter().find(is_known) {
                Some((_, known)) => Ok(*known),
                None => unsupported(format!("OpenAPI {}", start_of(version)), "openapi"),
            }
        }
        (Some(version), _) => unsupported(format!("OpenAPI {}", shown(version)), "openapi"),
        (None, Some(version)) => {
            let version = shown(&version);
            let fault = VersionFault::Swagger { version };
            Err((fault, Pointer::root().key("swagger")))
        }
        (None, None) => Err((VersionFault::NotOpenApi, Pointer::root())),
    }
}

/// A version of the Overlay Specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OverlayVersion {
    /// 1.0: targets are objects and lists.
    V1_0,
    /// 1.1: targets may also be single values, and a list that updates a list is appended to it.
    V1_1,
}

/// Returns the Overlay version of a document. The patch version does not matter (Overlay 1.1.0, Versions).
pub(super) fn check_overlay(document: &Value) -> Result<OverlayVersion, (VersionFault, Pointer)> {
    let Some(version) = document.get("overlay") else {
        return Err((VersionFault::NotOverlay, Pointer::root()));
    };
    for (prefix, known) in [
        ("1.0.", OverlayVersion::V1_0),
        ("1.1.", OverlayVersion::V1_1),
    ] {
        let patch = version.as_str().and_then(|it| it.strip_prefix(prefix));
        if patch.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
            return Ok(known);
        }
    }
    let found = shown(version);
    let fault = VersionFault::UnsupportedOverlay { found };
    Err((fault, Pointer::root().key("overlay")))
}

/// The start of a version for messages. It may be any JSON.
fn shown(version: &Value) -> String {
    match version.as_str() {
        Some(text) => start_of(text),
        None => start_of(&version.to_string()),
    }
}

/// The first 40 characters of a text.
fn start_of(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
