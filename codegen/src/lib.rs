//! Turns OpenAPI 3.0 documents into the files of a Rust client crate.
//!
//! ```text
//! SourceFile --tree--> Tree --load--> Document --lower--> Api --plan--> Crate --emit--> tokens --render--> GeneratedFile
//!                       ^
//!                    overlay: changes to the values that were read, before they are checked
//! ```
//!
//! A pure library: documents in, files out. It must not touch the file system, the environment, the clock or the
//! network; `xtask` does. It starts no threads either: the caller's [`Workers`] may process documents and files in
//! parallel.
//!
//! | stage | answers | must not know |
//! |---|---|---|
//! | [`tree`] | which values are there, and where is each? | OpenAPI |
//! | `load` | is this valid OpenAPI? | Rust names |
//! | `overlay` | what do we know better than the spec? | OpenAPI |
//! | `lower` | what does the API do? | identifiers, tokens |
//! | [`plan`] | which Rust code do we write? | OpenAPI, tokens |
//! | `emit`, `render` | how is it written? | OpenAPI, the API model |
//! | [`diff`] | what does a new version of the spec change for users? | OpenAPI, tokens |
//! | [`report`] | how are faults and changes formatted? | what they are about |
//!
//! A guide in Markdown ([`guide`]) goes into the crate's docs unchanged. A record of the crate's versions ([`release`])
//! becomes its changelog.
//!
//! Vendor conventions beyond OpenAPI are a value, [`Vendor`]: Twilio's or none. Every fault that a spec can cause is a
//! [`report::Finding`] with its place; each stage has an enum of its faults with their explanations. Each run reports
//! all faults, and writes nothing if there is an error. A panic is a bug in this library.

pub mod api;
mod bundle;
mod date;
pub mod diff;
mod emit;
pub mod guide;
mod inheritance;
mod load;
mod lower;
mod media_type;
pub mod naming;
pub mod number;
mod overlay;
mod package;
mod path_item;
mod pipeline;
mod placement;
pub mod plan;
pub mod pointer;
mod recognition;
pub mod release;
mod render;
pub mod report;
pub mod source;
pub mod spelling;
pub mod tree;
mod vendor;
mod version;
mod words;
mod workers;

pub use bundle::{OtherFiles, Wanted};
pub use package::{GENERATED, GeneratedFile, Package, Runtime};
pub use pipeline::{
    Sources, examples_program, explanation, explanations, generate, models, models_with, overlaid,
    read, read_with, two_models, write, write_with,
};
pub use recognition::is_document;
pub use vendor::{Vendor, product_and_version};
pub use workers::{OneByOne, Workers};
