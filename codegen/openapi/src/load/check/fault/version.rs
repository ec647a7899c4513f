//! Defines the faults of a document's declared specification.

use super::check_fault::CheckFault;
use crate::report::{Description, Fault, error, explanations};

/// A fault of a document's declared specification.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum VersionFault {
    /// The document is not an OpenAPI document.
    NotOpenApi,
    /// The document follows an OpenAPI version that the generator does not support.
    UnsupportedVersion {
        /// The version, as it is written.
        found: String,
    },
    /// The document is Swagger 2.0, or older.
    Swagger {
        /// The version, as it is written.
        version: String,
    },
    /// A file is named like an overlay but is not one.
    NotOverlay,
    /// It follows a version of the Overlay Specification that the generator does not support.
    UnsupportedOverlay {
        /// The version, as it is written.
        found: String,
    },
}

impl Fault for VersionFault {
    fn describe(self) -> Description {
        match self {
            Self::NotOpenApi => {
                NOT_OPENAPI.of_value("this is not an OpenAPI document: it has no `openapi: 3.x.y`")
            }
            Self::UnsupportedVersion { found } => UNSUPPORTED_VERSION
                .of_value(format!("{found} is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are"))
                .help("write the version in full and in quotes, such as `openapi: '3.1.0'`"),
            Self::Swagger { version } => UNSUPPORTED_VERSION
                .of_value(format!("Swagger {version} is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are"))
                .help("convert it first: `npx swagger2openapi swagger.yaml --outfile openapi.yaml`, or https://converter.swagger.io"),
            Self::NotOverlay => NOT_OVERLAY
                .of_value("this is not an overlay: it has no `overlay: 1.0.x` or `1.1.x`"),
            Self::UnsupportedOverlay { found } => UNSUPPORTED_OVERLAY
                .of_value(format!(
                    "Overlay {found} is not supported: only 1.0.x and 1.1.x are"
                ))
                .help("write `overlay: 1.0.0` or `overlay: 1.1.0`"),
        }
    }
}

impl CheckFault for VersionFault {
    fn is_readable(&self) -> bool {
        false
    }
}

explanations! {
    NOT_OPENAPI = error("not-openapi", "OpenAPI 3.0.3, OpenAPI Object",
        "The file is not an OpenAPI document: it has no field `openapi` with a version. Every YAML and JSON file in \
        the folder of specs must be an OpenAPI document or an overlay.");
    UNSUPPORTED_VERSION = error("unsupported-version", "OpenAPI 3.0.3, Versions",
        "The document follows another OpenAPI version than 3.0, 3.1 and 3.2. Swagger 2.0 uses the same words with \
        other meanings, so it is not read as OpenAPI 3: convert it first.")
        .example("openapi: 4.0.0\n", "openapi: 3.0.3\n");
    NOT_OVERLAY = error("not-overlay", "Overlay 1.0.0, Overlay Object",
        "The file is named like an overlay but has no field `overlay` with a version.");
    UNSUPPORTED_OVERLAY = error("unsupported-overlay", "Overlay 1.1.0, Versions",
        "The overlay follows another version of the Overlay Specification than 1.0 and 1.1. It might mean something \
        else, so it is not read as one of them.")
        .example("overlay: 2.0.0\n", "overlay: 1.0.0\n");
}
