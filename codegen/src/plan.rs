//! API model -> plan of the crate: which Rust to write.
//!
//! Every decision about the output is taken here: names, types, files, docs, how a field is decoded.
//! What is behind the plan only spells it. It knows nothing of OpenAPI and makes no tokens.
//!
//! Names are claimed in the order of the spec, types before operations before handles, so that adding
//! to the end of a spec never renames what came before. A type lives in the file of the only resource
//! that uses it; one that several resources share, or none, lives in `types`.

mod doc;
mod example;
mod handle;
mod layout;
mod mock;
mod model;
mod names;
mod request;
mod types;

use std::collections::BTreeSet;

use self::layout::Layout;
pub use self::model::*;
use self::names::{Names, Viewpoint};
use crate::api::usage::Usage;
use crate::api::{Api, ResourceId};
use crate::guide;
use crate::naming::{Case, RustName, Scope};

/// Plans the crate for `apis`, each of which is another product or version, with its guide.
pub fn plan(apis: &[Api], guide: Option<&guide::Guide>) -> Crate {
    let mut names = Scope::new(
        Case::Snake,
        &[
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
        ],
    );
    let mut accessors = Scope::new(
        Case::Snake,
        &["builder", "from_env", "clone", "from", "into"],
    );
    let mut modules: Vec<(&str, RustName)> = Vec::new();
    let mut products = Vec::new();
    for api in apis {
        let known = modules
            .iter()
            .find(|(product, _)| *product == api.product)
            .map(|(_, module)| module.clone());
        // The first version of a product has the product's name; later ones say which they are.
        let accessor = match known {
            None => accessors.claim(&api.product),
            Some(_) => accessors.claim(&format!("{}_{}", api.product, api.version)),
        };
        let module = known.unwrap_or_else(|| {
            let module = names.claim(&api.product);
            modules.push((&api.product, module.clone()));
            module
        });
        products.push(product(api, module, &accessor));
    }
    let mut features: Vec<String> = products
        .iter()
        .map(|it: &Product| it.feature.clone())
        .collect();
    let mut seen = BTreeSet::new();
    features.retain(|feature| seen.insert(feature.clone()));
    Crate {
        features,
        products,
        guide: guide.map(planned_guide),
    }
}

fn planned_guide(guide: &guide::Guide) -> Guide {
    let mut modules = Scope::new(Case::Snake, &[]);
    let chapters = guide.chapters.iter().map(|chapter| Chapter {
        module: modules.claim(&chapter.title),
        title: doc::line(&chapter.title).join(" "),
        doc: chapter.lines.clone(),
    });
    Guide {
        doc: guide.introduction.clone(),
        chapters: chapters.collect(),
    }
}

fn product(api: &Api, module: RustName, accessor: &RustName) -> Product {
    let layout = Layout::of(api);
    let names = Names::claim(api, &layout);
    let usage = Usage::of(api);
    let first = Viewpoint {
        api,
        names: &names,
        layout: &layout,
        usage: &usage,
        accessor,
        file: 0,
    };
    let viewpoints = (0..layout.files.len()).map(|file| Viewpoint { file, ..first });
    Product {
        name: api.product.clone(),
        feature: module.unraw().replace('_', "-"),
        module,
        version: Scope::new(Case::Snake, &[]).claim(&api.version),
        accessor: accessor.clone(),
        title: doc::line(&api.title).join(" "),
        doc: doc::paragraphs([Some(api.title.as_str()), api.doc.as_deref()]),
        root: first.handle_name(ResourceId(0)),
        files: viewpoints.map(file).collect(),
        mock: mock::mock(Viewpoint {
            file: layout.files.len(),
            ..first
        }),
    }
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
