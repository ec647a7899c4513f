//! Defines the faults of the record of releases.

use crate::report::{Description, Fault, error, explanations};

/// A fault of the record of releases.
pub(super) enum RecordFault {
    /// It is not JSON, or has another structure.
    Invalid {
        /// The parser's message.
        message: String,
    },
    /// Its format is unknown.
    UnsupportedFormat {
        /// The format.
        found: u32,
    },
    /// It lists no release.
    WithoutRelease,
    /// The version of a release is not lower than that of the release above it.
    Unordered {
        /// The version.
        version: String,
        /// The version above it.
        above: String,
    },
}

impl Fault for RecordFault {
    fn describe(self) -> Description {
        match self {
            Self::Invalid { message } => {
                INVALID_RECORD.of_value(format!("not a record of releases: {message}"))
            }
            Self::UnsupportedFormat { found } => {
                let message = format!("the format is {found}, but only 1 is supported");
                UNSUPPORTED_RECORD.of_value(message)
            }
            Self::WithoutRelease => WITHOUT_RELEASE
                .of_value("the record lists no release")
                .help("add one, or remove the file: the version is then the workspace's"),
            Self::Unordered { version, above } => {
                let message = format!("{version} is listed after {above}, which is not newer");
                UNORDERED_RELEASES
                    .of_value(message)
                    .help("list the newest release first")
            }
        }
    }
}

explanations! {
    INVALID_RECORD = error("invalid-record", "`twilio_codegen::release`",
        "The record of releases is not JSON, or it has unexpected fields. The location is where the parser stopped. \
        `cargo xtask update` writes the record; the docs of `twilio_codegen::release` list its fields.");
    UNSUPPORTED_RECORD = error("unsupported-record", "`twilio_codegen::release`",
        "The record of releases has an unknown format. It was written by a newer generator and might mean something \
        else.");
    WITHOUT_RELEASE = error("record-without-release", "`twilio_codegen::release`",
        "The record of releases is empty. The version of the crate is that of the newest release, so there must be \
        one.");
    UNORDERED_RELEASES = error("unordered-releases", "`twilio_codegen::release`",
        "The releases in the record are not in the order of their versions, newest first. The first one determines \
        the version of the crate, so a release in the wrong place would lower it.");
}
