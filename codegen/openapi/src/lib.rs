//! Reads OpenAPI documents into a model of the APIs that they describe.
//!
//! ```text
//! SourceFile --tree--> Tree --load--> Document --lower--> Api
//!                       ^
//!                    overlay: changes to the values that were read, before they are checked
//! ```
//!
//! This is the half of `twilio-codegen` that knows OpenAPI, a crate of its own so that both halves build side by side, and
//! that the compiler keeps Rust names and tokens out of it. It is as pure as the whole: documents in, models and faults out.
//!
//! | stage | answers | must not know |
//! |---|---|---|
//! | [`tree`] | which values are there, and where is each? | OpenAPI |
//! | `load` | is this valid OpenAPI? | Rust names |
//! | `overlay` | what do we know better than the spec? | OpenAPI |
//! | `lower` | what does the API do? | identifiers, tokens |
//! | [`report`] | how are faults and changes formatted? | what they are about |
//!
//! Vendor conventions beyond OpenAPI are a value, [`vendor::Vendor`]: Twilio's or none. Every fault that a spec can cause is a
//! [`report::Finding`] with its place; each stage has an enum of its faults with their explanations. Each run reports
//! all faults. A panic is a bug in this library.

pub mod api;
mod bundle;
pub mod date;
mod inheritance;
mod load;
mod lower;
pub mod media_type;
pub mod number;
mod overlay;
pub mod path_item;
mod pipeline;
pub mod placement;
pub mod pointer;
mod recognition;
pub mod report;
pub mod source;
pub mod spelling;
pub mod tree;
mod url;
pub mod vendor;
pub mod version;
pub mod words;
pub mod workers;

pub use bundle::{OtherFiles, Wanted};
pub use lower::PageRule;
pub use pipeline::{
    Pages, Sources, explanations, models, models_with, overlaid, read, read_with, two_models,
};
pub use recognition::is_document;
