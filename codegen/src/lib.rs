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
//! The stages up to `Api` are the crate [`twilio_codegen_openapi`]; its modules that callers need are also here.
//!
//! | stage | answers | must not know |
//! |---|---|---|
//! | [`plan`] | which Rust code do we write? | OpenAPI, tokens |
//! | `emit`, `render` | how is it written? | OpenAPI, the API model |
//! | [`diff`] | what does a new version of the spec change for users? | OpenAPI, tokens |
//!
//! A guide in Markdown ([`guide`]) goes into the crate's docs unchanged. A record of the crate's versions ([`release`])
//! becomes its changelog.
//!
//! Each run reports all faults, and returns no files if there is an error. A panic is a bug in this library.

pub mod diff;
mod emit;
pub mod guide;
pub mod naming;
mod package;
mod pipeline;
pub mod plan;
pub mod release;
mod render;

pub use package::{GENERATED, GeneratedFile, Package, Runtime};
pub use pipeline::{examples_program, explanation, explanations, generate, write, write_with};
#[doc(inline)]
pub use twilio_codegen_openapi::vendor::{Vendor, product_and_version};
#[doc(inline)]
pub use twilio_codegen_openapi::workers::{OneByOne, Workers};
#[doc(inline)]
pub use twilio_codegen_openapi::{
    OtherFiles, PageRule, Pages, Sources, Wanted, api, is_document, models, models_with, number,
    overlaid, pointer, read, read_with, report, source, spelling, tree, two_models,
};
// What the stages of this crate share with those.
use twilio_codegen_openapi::{
    date, media_type, path_item, placement, vendor, version, words, workers,
};
