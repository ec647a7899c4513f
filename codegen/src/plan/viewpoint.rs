//! Collects facts about a version before planning, and names its items from the viewpoint of one of its files.

use std::ops::Deref;

use super::counterparts::Counterparts;
use super::gates::{FileGates, Gates};
use super::graph::Graph;
use super::layout::Layout;
use super::names::{InnerNames, Names};
use super::scalar::row;
use super::{Leaf, Named, RustType};
use crate::api::usage::Usage;
use crate::api::{
    Api, Encoding, EnumValue, OperationIndex, Parameter, Payload, ResourceId, SchemaId, Type,
    TypeId, Use,
};
use crate::naming::RustName;
use crate::workers::Workers;

/// A version, with facts that are known before planning.
pub(super) struct Basis<'a> {
    pub(super) api: &'a Api,
    /// Whether some operation of the crate needs credentials.
    pub(super) needs_credentials: bool,
    pub(super) names: Names,
    pub(super) layout: Layout,
    pub(super) usage: Usage,
    pub(super) graph: Graph,
    pub(super) counterparts: Counterparts,
    pub(super) gates: Gates,
}

impl<'a> Basis<'a> {
    /// Collects the facts of each version; `workers` claim names and follow types at once.
    pub(super) fn of(apis: &'a [Api], workers: &impl Workers) -> Vec<Self> {
        let layouts: Vec<Layout> = apis.iter().map(Layout::of).collect();
        let versions: Vec<_> = apis.iter().zip(&layouts).collect();
        let alone = |api| {
            let inner = InnerNames::of(api);
            (inner, Usage::of(api), Graph::of(api), Counterparts::of(api))
        };
        let (names, alone) = workers.join(
            || Names::claim(&versions),
            || apis.iter().map(alone).collect::<Vec<_>>(),
        );
        let mut operations = apis.iter().flat_map(|it| &it.operations);
        let needs_credentials = operations.any(|it| it.signing.needs_credentials());
        let features: Vec<String> = names.iter().map(Names::feature).collect();
        let counterparts: Vec<_> = alone.iter().map(|(_, _, _, it)| it).collect();
        let gates = Gates::of(&versions, &counterparts, &features);
        let versions = apis.iter().zip(layouts).zip(names);
        let versions = versions.zip(alone).zip(gates);
        versions
            .map(|((((api, layout), names), alone), gates)| {
                let (inner, usage, graph, counterparts) = alone;
                Self {
                    api,
                    needs_credentials,
                    names: names.with(inner),
                    layout,
                    usage,
                    graph,
                    counterparts,
                    gates,
                }
            })
            .collect()
    }

    /// Whether some operation of the version needs no credentials.
    pub(super) fn has_public_operations(&self) -> bool {
        let mut operations = self.api.operations.iter();
        operations.any(|it| !it.signing.needs_credentials())
    }

    /// The variant for the first value of an enumeration that `fits`; `None` for other types.
    pub(super) fn variant(
        &self,
        id: TypeId,
        fits: impl Fn(&EnumValue) -> bool,
    ) -> Option<&RustName> {
        let values = self.api.type_definition(id).shape.values()?;
        Some(&self.names.members(id)[values.iter().position(fits)?])
    }

    /// The viewpoint of a file; a file outside of the layout has no items of its own.
    pub(super) fn file(&'a self, file: usize) -> Viewpoint<'a> {
        Viewpoint { basis: self, file }
    }

    /// The viewpoint from outside of all files.
    pub(super) fn outside(&'a self) -> Viewpoint<'a> {
        self.file(self.layout.files.len())
    }
}

/// The file in which names are written. It has all facts of its version.
#[derive(Clone, Copy)]
pub(super) struct Viewpoint<'a> {
    pub(super) basis: &'a Basis<'a>,
    /// The index of the file.
    pub(super) file: usize,
}

impl<'a> Deref for Viewpoint<'a> {
    type Target = Basis<'a>;

    fn deref(&self) -> &Basis<'a> {
        self.basis
    }
}

impl<'a> Viewpoint<'a> {
    /// The gates of the file and of its items.
    pub(super) fn gates(&self) -> FileGates<'_> {
        self.gates.file(self.file)
    }

    /// A handle, as named from here.
    pub(super) fn handle(&self, id: ResourceId) -> Named {
        self.named(self.names.handle(id), self.layout.of_resource(id))
    }

    /// The methods from the root to the handle of an operation, each with the resource it leads to, and that handle's
    /// resource.
    pub(super) fn links(
        &self,
        index: OperationIndex,
    ) -> Option<(Vec<(ResourceId, RustName)>, ResourceId)> {
        let resource = self.graph.owner(index)?;
        let mut links = Vec::new();
        let mut current = resource;
        while current != ResourceId(0) {
            let parent = self.graph.parent(current)?;
            let mut names = self.names.methods(parent).links.iter();
            let (_, name) = names.find(|(child, _)| *child == current)?;
            links.push((current, name.clone()));
            current = parent;
        }
        links.reverse();
        Some((links, resource))
    }

    /// The arguments of the methods that lead to an operation, each with its path parameter.
    pub(super) fn selectors(
        &self,
        index: OperationIndex,
    ) -> impl Iterator<Item = (&'a RustName, &'a Parameter)> {
        let (names, api) = (&self.basis.names, self.api);
        let resources = self.links(index).map(|(links, _)| links);
        let resources = resources.into_iter().flatten();
        let names: Vec<_> = resources.flat_map(|(it, _)| names.selectors(it)).collect();
        let parameters = &api.operation(index).path_parameters;
        names.into_iter().zip(parameters)
    }

    /// The Rust type of a value, including null.
    pub(super) fn rust_type(&self, value: &Use) -> RustType {
        let ty = self.not_null(value.schema);
        if self.api.is_or_null(value) {
            RustType::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The enum of an operation's responses, which is beside its request.
    pub(super) fn answer_type(&self, index: OperationIndex) -> RustType {
        let answer = self.names.answer(index);
        answer.map_or(RustType::Unit, |(name, _)| {
            RustType::Named(Named {
                name: name.clone(),
                elsewhere: false,
            })
        })
    }

    /// The Rust type of a body.
    pub(super) fn payload_type(&self, payload: &Payload) -> RustType {
        match payload.encoding {
            Encoding::Json => self.rust_type(&payload.value),
            Encoding::Text => RustType::Leaf(Leaf::STRING),
            Encoding::Bytes => RustType::Leaf(Leaf::BYTES),
        }
    }

    /// The Rust type of a non-null value.
    pub(super) fn not_null(&self, schema: SchemaId) -> RustType {
        match self.api.ty(schema) {
            Type::Scalar(scalar) => RustType::Leaf(row(*scalar).leaf),
            Type::Any => RustType::Leaf(Leaf::VALUE),
            Type::List(item) => RustType::Vec(Box::new(self.rust_type(item))),
            Type::Map(item) => RustType::Map(Box::new(self.rust_type(item))),
            Type::Named(id) => RustType::Named(self.named_type(*id)),
        }
    }

    /// A named type, as named from here.
    pub(super) fn named_type(&self, id: TypeId) -> Named {
        self.named(self.names.ty(id), self.layout.of_type(id))
    }

    fn named(&self, name: &RustName, file: usize) -> Named {
        Named {
            name: name.clone(),
            elsewhere: file != self.file,
        }
    }
}
