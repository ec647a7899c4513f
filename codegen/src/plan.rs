//! API model -> plan of the crate: which Rust to write.
//!
//! Every decision about the output is taken here: names, types, files, docs, how a field is decoded.
//! What is behind the plan only spells it. It knows nothing of OpenAPI and makes no tokens.
//!
//! Names are claimed in the order of the spec, types before operations before handles, so that adding
//! to the end of a spec never renames what came before. A type lives in the file of the only resource
//! that uses it; one that several resources share, or none, lives in `types`.

mod conversion;
mod doc;
mod example;
mod graph;
mod handle;
mod layout;
mod lints;
mod mock;
mod model;
mod names;
mod overview;
mod request;
mod scalar;
mod types;

use self::graph::Graph;
use self::layout::Layout;
pub use self::model::*;
use self::names::{Names, Viewpoint};
use crate::api::usage::Usage;
use crate::api::{Api, ResourceId};
use crate::guide;
use crate::naming::{Case, RustName, Scope};

/// Modules of the crate's root, features beside those of the products, and crates that emitted code names.
const RESERVED_MODULES: [&str; 12] = [
    "default",
    "rustls",
    "native_tls",
    "blocking",
    "mock",
    "webhooks",
    "guide",
    "http",
    "runtime",
    "serde",
    "std",
    "core",
];

/// Methods that the client has anyway.
const OWN_METHODS: [&str; 5] = ["builder", "from_env", "clone", "from", "into"];

/// Plans the crate for `apis`, each of which is another product or version, with its guide.
pub fn plan(apis: &[Api], guide: Option<&guide::Guide>) -> Crate {
    let products = products(apis);
    let guide = guide.map(overview::guide);
    Crate {
        doc: overview::crate_doc(&products, guide.as_ref()),
        lints: lints::of(&products),
        sends_json_text: sends_json_text(&products),
        products,
        guide,
    }
}

fn products(apis: &[Api]) -> Vec<Product> {
    let mut modules = Scope::new(Case::Module, &RESERVED_MODULES);
    let mut accessors = Scope::new(Case::Snake, &OWN_METHODS);
    let mut products: Vec<Product> = Vec::new();
    for (origin, api) in apis.iter().enumerate() {
        let known = products.iter_mut().find(|it| it.name == api.product);
        // The first version of a product has the product's name; later ones say which they are.
        let accessor = match known {
            None => accessors.claim(&api.product),
            Some(_) => accessors.claim(&format!("{}_{}", api.product, api.version)),
        };
        let version = version(origin, api, accessor);
        match known {
            None => products.push(product(api, modules.claim(&api.product), version)),
            Some(product) => product.versions.push(version),
        }
    }
    products
}

/// Whether a method takes JSON that is sent as text.
fn sends_json_text(products: &[Product]) -> bool {
    let is_json = |argument: &Argument| {
        matches!(
            argument.ty,
            ArgumentType::Into(RustType::Leaf(Leaf::JSON))
                | ArgumentType::Each(RustType::Leaf(Leaf::JSON))
        )
    };
    let files = products.iter().flat_map(|it| &it.versions);
    let mut files = files.flat_map(|it| &it.files);
    files.any(|file| {
        let setters = file.requests.iter().flat_map(|it| &it.setters);
        let openings = file.handles.iter().flat_map(|it| &it.openings);
        let mut arguments = openings.flat_map(|it| &it.arguments);
        arguments.any(|(it, _)| is_json(it)) || setters.map(|it| &it.argument).any(is_json)
    })
}

fn product(api: &Api, module: RustName, first: Version) -> Product {
    Product {
        name: api.product.clone(),
        feature: feature(&module),
        module,
        title: first.title.clone(),
        versions: vec![first],
    }
}

fn version(origin: usize, api: &Api, accessor: RustName) -> Version {
    let layout = Layout::of(api);
    let names = Names::claim(api, &layout);
    let usage = Usage::of(api);
    let graph = Graph::of(api);
    let first = Viewpoint {
        api,
        names: &names,
        layout: &layout,
        usage: &usage,
        graph: &graph,
        accessor: &accessor,
        file: 0,
    };
    let viewpoints = (0..layout.files.len()).map(|file| Viewpoint { file, ..first });
    Version {
        origin,
        module: Scope::new(Case::Module, &[]).claim(&api.version),
        title: doc::line(&api.title).join(" "),
        doc: doc::paragraphs([Some(api.title.as_str()), api.doc.as_deref()]),
        root: first.handle_name(ResourceId(0)),
        files: viewpoints.map(file).collect(),
        mock: mock::mock(Viewpoint {
            file: layout.files.len(),
            ..first
        }),
        accessor,
    }
}

/// The Cargo feature of a product. A module's underscores at either end are there because Rust wants them; Cargo
/// takes a digit in front and a keyword, but no hyphen in front.
fn feature(module: &RustName) -> String {
    module.unraw().trim_matches('_').replace('_', "-")
}

fn file(at: Viewpoint<'_>) -> File {
    let contents = &at.layout.files[at.file];
    let structs: Vec<Struct> = contents
        .types
        .iter()
        .filter_map(|&id| types::structure(at, id))
        .collect();
    let used = |derive: &Derive| structs.iter().any(|it| it.derives.contains(derive));
    File {
        serde_derives: [Derive::Deserialize, Derive::Serialize]
            .into_iter()
            .filter(used)
            .collect(),
        enumerations: contents
            .types
            .iter()
            .filter_map(|&id| types::enumeration(at, id))
            .collect(),
        handles: contents
            .resources
            .iter()
            .map(|&id| handle::handle(at, id))
            .collect(),
        requests: contents
            .operations
            .iter()
            .map(|&index| request::request(at, index))
            .collect(),
        structs,
        ..at.empty_file(contents)
    }
}
