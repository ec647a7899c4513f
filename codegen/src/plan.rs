//! API model -> plan of the crate: which Rust to write.
//!
//! Every decision about the output is taken here: names, types, files, docs, how a field is decoded.
//! What is behind the plan only spells it. It knows nothing of OpenAPI and makes no tokens.
//!
//! Each output has a module of its own: the client, what tests can have of it (`mock`), its command line (`cli`) and its
//! docs. They share what is known of a version beforehand (`viewpoint`) and know nothing of each other, but that docs and
//! commands name what the client has.
//!
//! Names are claimed first, in the order of the spec, types before operations before handles, so that adding
//! to the end of a spec never renames what came before. A type lives in the file of the only resource
//! that uses it; one that several resources share, or none, lives in `types`.

mod cli;
mod client;
mod counterparts;
mod doc;
mod docs;
mod gates;
mod graph;
mod layout;
mod mock;
mod model;
mod names;
mod scalar;
mod viewpoint;

pub use self::cli::*;
pub use self::client::*;
pub use self::docs::*;
pub use self::gates::{Gate, TagFeature};
pub use self::mock::*;
pub use self::model::*;
use self::viewpoint::Basis;
use crate::api::Api;
use crate::guide;
use crate::workers::{OneByOne, Workers};

/// Plans the client alone for `apis`.
pub(crate) fn client_of(apis: &[Api]) -> Client {
    client(&Basis::of(apis), &OneByOne)
}

/// Plans the client for `apis` and, by version, its commands.
pub(crate) fn client_with_commands(apis: &[Api]) -> (Client, Vec<CommandTable>) {
    let bases = Basis::of(apis);
    let client = client(&bases, &OneByOne);
    let commands = command_tables(&bases, &client, &OneByOne);
    (client, commands)
}

/// Plans the crate for `apis`, each of which is another product or version, with its guide.
pub fn plan(apis: &[Api], guide: Option<&guide::Guide>) -> Crate {
    plan_with(apis, guide, &OneByOne)
}

/// Plans the crate like [`plan()`], and lets `workers` plan its files and its commands.
pub(crate) fn plan_with(
    apis: &[Api],
    guide: Option<&guide::Guide>,
    workers: &impl Workers,
) -> Crate {
    let bases = Basis::of(apis);
    let client = client(&bases, workers);
    Crate {
        docs: docs(&bases, &client, guide),
        commands: command_tables(&bases, &client, workers),
        mocks: bases.iter().map(mock).collect(),
        client,
    }
}
