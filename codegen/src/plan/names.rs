//! The names of a version's items, and how they are written from one of its files.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::handle::Methods;
use super::layout::{Contents, Layout};
use super::scalar::row;
use super::{Doc, File, Leaf, Named, RustType, doc};
use crate::api::usage::Usage;
use crate::api::{Api, OperationIndex, ResourceId, SchemaId, Type, TypeId, Use};
use crate::naming::{Case, RustName, Scope};

/// The names of every item of one version.
pub(super) struct Names {
    /// Those of types that the crate has no items for are missing.
    types: Vec<Option<RustName>>,
    requests: Vec<RustName>,
    handles: Vec<RustName>,
    modules: Vec<RustName>,
    methods: Vec<Methods>,
}

/// Names that emitted code writes without a path: a type of that name would take their place.
const WRITTEN_BARE: [&str; 12] = [
    "Box",
    "Clone",
    "Debug",
    "Deserialize",
    "Default",
    "Serialize",
    "Into",
    "IntoIterator",
    "Option",
    "PartialEq",
    "String",
    "Vec",
];

/// Modules that would hide the crates that emitted code names.
const CRATES: [&str; 5] = ["core", "runtime", "self", "serde", "std"];

/// The module that the feature of this name includes.
pub(super) const MOCK: &str = "mock";

impl Names {
    /// Claims every name in the order of the spec: types, then requests, then handles.
    pub(super) fn claim(api: &Api, layout: &Layout) -> Self {
        let mut items = Scope::new(Case::Camel, &WRITTEN_BARE);
        let mut types = vec![None; api.types.len()];
        for id in claiming_order(api) {
            types[id.0] = Some(items.claim(&api.type_definition(id).name));
        }
        let requests = api
            .operations
            .iter()
            .map(|operation| items.claim(&operation.id))
            .collect();
        let handles = api.resources.iter().enumerate().map(|(index, resource)| {
            let noun = if index == 0 {
                &api.product
            } else {
                &resource.noun
            };
            items.claim(&format!("{noun}_handle"))
        });
        let handles = handles.collect();
        let methods = (0..api.resources.len()).map(|id| Methods::of(api, ResourceId(id)));
        let mut modules = Scope::new(Case::Module, &[&CRATES[..], &[MOCK]].concat());
        let modules = layout
            .files
            .iter()
            .map(|file| modules.claim(&file.subject))
            .collect();
        Self {
            types,
            requests,
            handles,
            modules,
            methods: methods.collect(),
        }
    }
}

/// The types in the order in which they claim their names: each named schema, then what is written inside it,
/// so that a schema that is added after it takes no name from either.
fn claiming_order(api: &Api) -> Vec<TypeId> {
    let place = |id: TypeId| api.type_definition(id).at.as_str();
    let mut firsts: BTreeMap<&str, TypeId> = BTreeMap::new();
    for id in api.items() {
        firsts.entry(place(id)).or_insert(id);
    }
    let owner = |id: TypeId| {
        let place = place(id);
        let ends = place.match_indices('/').map(|(end, _)| end);
        let around = ends.chain([place.len()]).map(|end| &place[..end]);
        around.filter_map(|it| firsts.get(it)).min().copied()
    };
    let mut order: Vec<TypeId> = api.items().collect();
    order.sort_by_cached_key(|&id| owner(id));
    order
}

/// The file that names are written from.
#[derive(Clone, Copy)]
pub(super) struct Viewpoint<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) layout: &'a Layout,
    pub(super) usage: &'a Usage,
    pub(super) graph: &'a Graph,
    /// The method of the client that leads to the product.
    pub(super) accessor: &'a RustName,
    /// The index of the file.
    pub(super) file: usize,
}

impl Viewpoint<'_> {
    pub(super) fn type_name(&self, id: TypeId) -> RustName {
        let name = &self.names.types[id.0];
        name.clone()
            .unwrap_or_else(|| panic!("type {} has no item", id.0))
    }

    pub(super) fn request_name(&self, index: OperationIndex) -> RustName {
        self.names.requests[index.0].clone()
    }

    pub(super) fn handle_name(&self, id: ResourceId) -> RustName {
        self.names.handles[id.0].clone()
    }

    /// The names of the methods of a resource's handle.
    pub(super) fn methods(&self, id: ResourceId) -> &Methods {
        &self.names.methods[id.0]
    }

    /// A handle, as it is named from here.
    pub(super) fn handle(&self, id: ResourceId) -> Named {
        self.named(self.handle_name(id), self.layout.of_resource(id))
    }

    /// The Rust type of a value, null or not.
    pub(super) fn rust_type(&self, value: &Use) -> RustType {
        let ty = self.not_null(value.schema);
        if self.api.is_or_null(value) {
            RustType::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The Rust type of a value that is there.
    pub(super) fn not_null(&self, schema: SchemaId) -> RustType {
        match self.api.ty(schema) {
            Type::Scalar(scalar) => RustType::Leaf(row(*scalar).leaf),
            Type::Any => RustType::Leaf(Leaf::VALUE),
            Type::List(item) => RustType::Vec(Box::new(self.rust_type(item))),
            Type::Map(item) => RustType::Map(Box::new(self.rust_type(item))),
            Type::Named(id) => RustType::Named(self.named_type(*id)),
        }
    }

    /// A named type, as it is named from here.
    pub(super) fn named_type(&self, id: TypeId) -> Named {
        self.named(self.type_name(id), self.layout.of_type(id))
    }

    fn named(&self, name: RustName, file: usize) -> Named {
        Named {
            name,
            elsewhere: file != self.file,
        }
    }

    /// An empty file, named and documented.
    pub(super) fn empty_file(&self, contents: &Contents) -> File {
        File {
            module: self.names.modules[self.file].clone(),
            doc: file_doc(contents),
            serde_derives: Vec::new(),
            structs: Vec::new(),
            enumerations: Vec::new(),
            handles: Vec::new(),
            requests: Vec::new(),
        }
    }
}

fn file_doc(contents: &Contents) -> Doc {
    if contents.is_shared {
        doc::line("Types that no single resource owns.")
    } else {
        let subject = doc::sentence_case(&doc::words(&contents.subject));
        let subject = if subject.is_empty() {
            "No name".to_owned()
        } else {
            subject
        };
        doc::line(&format!("{subject}: types, handles and requests."))
    }
}
