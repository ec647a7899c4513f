//! Plans the crate from the API model: which Rust code to write.
//!
//! Every decision about the output is made here: names, types, files, docs, how a field is decoded. Later stages only
//! write it down. The plan knows nothing of OpenAPI and creates no tokens.
//!
//! Each output has its own module: the client, its mock (`mock`), its command line (`cli`) and its docs. They share
//! facts about a version (`viewpoint`) and do not depend on each other, except that docs and commands name parts of the
//! client.
//!
//! Names are claimed first, in the order of the spec, types before operations before handles, so that adding to the end
//! of a spec never renames earlier items. A type is in the file of the only resource that uses it; one that several
//! resources or none use is in `types`.

mod cli;
mod client;
mod counterparts;
mod doc;
mod docs;
mod gates;
mod graph;
mod layout;
mod mention;
mod mock;
mod model;
mod names;
mod nesting;
mod scalar;
mod scopes;
mod shortcut;
mod viewpoint;

pub(crate) use self::cli::repeats_words;
pub use self::cli::*;
pub use self::client::*;
pub(crate) use self::doc::has_html;
pub use self::docs::*;
pub use self::gates::{Gate, TagFeature};
pub use self::mock::*;
pub use self::model::*;
pub(crate) use self::names::{LIST_METHODS, REQUEST_METHODS};
use self::viewpoint::Basis;
use crate::api::Api;
use crate::guide;
use crate::workers::{OneByOne, Workers};

/// Plans only the client for `apis`.
pub(crate) fn client_of(apis: &[Api]) -> Client {
    client(&Basis::of(apis, &OneByOne), &OneByOne)
}

/// Plans the client for `apis`, and its commands by version.
pub(crate) fn client_with_commands(apis: &[Api]) -> (Client, Vec<CommandTable>) {
    let bases = Basis::of(apis, &OneByOne);
    let client = client(&bases, &OneByOne);
    let commands = command_tables(&bases, &client, &OneByOne);
    (client, commands)
}

/// Plans the crate for `apis`, each another product or version, with its guide.
pub fn plan(apis: &[Api], guide: Option<&guide::Guide>) -> Crate {
    plan_with(apis, guide, &OneByOne)
}

/// Plans the crate like [`plan()`], and lets `workers` plan its outputs and their parts.
pub(crate) fn plan_with(
    apis: &[Api],
    guide: Option<&guide::Guide>,
    workers: &impl Workers,
) -> Crate {
    let bases = Basis::of(apis, workers);
    let client = client(&bases, workers);
    let (commands, (docs, mocks)) = workers.join(
        || command_tables(&bases, &client, workers),
        || {
            let mocks = bases.iter().map(mock).collect();
            (docs(&bases, &client, guide), mocks)
        },
    );
    Crate {
        docs,
        commands,
        mocks,
        client,
    }
}
