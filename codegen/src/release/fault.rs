//! What can be wrong with the record of releases.

use crate::report::{Description, Explanation, Fault, error, explanations};

/// What can be wrong with the record of releases.
pub(super) enum RecordFault {
    /// It is no JSON, or has another shape.
    Invalid {
        /// What the parser says.
        message: String,
    },
    /// It has a format that is not known.
    UnsupportedFormat {
        /// The format, as it is written.
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
                let message = format!("the format is {found}, and only 1 is known");
                UNSUPPORTED_RECORD.of_value(message)
            }
            Self::WithoutRelease => WITHOUT_RELEASE
                .of_value("the record lists no release")
                .help("add one, or remove the file: the version is then the workspace's"),
            Self::Unordered { version, above } => {
                let message = format!("{version} stands below {above}, which is not newer");
                UNORDERED_RELEASES
                    .of_value(message)
                    .help("put the newest release first")
            }
        }
    }
}

explanations! {
    INVALID_RECORD = error("invalid-record", "`twilio_codegen::release`",
        "The record of releases is not JSON, or it has other fields than such a record has. The place is where \
        the parser stopped. `cargo xtask update` writes the record; the docs of `twilio_codegen::release` \
        list its fields.");
    UNSUPPORTED_RECORD = error("unsupported-record", "`twilio_codegen::release`",
        "The record of releases has a format that this generator does not know. It was written by a newer one, \
        and what it says might mean something else.");
    WITHOUT_RELEASE = error("record-without-release", "`twilio_codegen::release`",
        "The record of releases lists none. The version of the crate is that of the newest release, so there \
        must be one.");
    UNORDERED_RELEASES = error("unordered-releases", "`twilio_codegen::release`",
        "The releases of the record do not stand in the order of their versions, the newest first. The version \
        of the crate is that of the first, so a release in the wrong place would take it back.");
}
