//! Holds one version of a product: its model and the Rust planned for it.

use std::collections::BTreeMap;

use super::traffic::traffic;
use crate::api::usage::Usage;
use crate::api::{Api, OperationIndex, ResourceId, TypeId};
use crate::plan::{
    ArgumentUse, BuilderMethod, Command, CommandTable, Enumeration, Handle, Link, Opening,
    OutputShape, Product, Request, Setter, Struct, Union, Version,
};

/// One version of a product: its model and its plan.
pub(super) struct Snapshot<'a> {
    pub(super) api: &'a Api,
    pub(super) product: &'a Product,
    pub(super) version: &'a Version,
    /// The methods of the builder that set server variables, of all products.
    pub(super) builder_methods: &'a [BuilderMethod],
    pub(super) structs: BTreeMap<TypeId, &'a Struct>,
    pub(super) enumerations: BTreeMap<TypeId, &'a Enumeration>,
    pub(super) unions: BTreeMap<TypeId, &'a Union>,
    pub(super) handles: BTreeMap<ResourceId, &'a Handle>,
    /// The method that leads to a resource, and the handle that has it.
    pub(super) links: BTreeMap<ResourceId, (&'a Handle, &'a Link)>,
    /// The method of the root that leads to a resource below the caller's account.
    pub(super) shortcuts: BTreeMap<ResourceId, (&'a Handle, &'a Link)>,
    /// The method that opens an operation, and the handle that has it.
    pub(super) openings: BTreeMap<OperationIndex, (&'a Handle, &'a Opening)>,
    pub(super) requests: BTreeMap<OperationIndex, &'a Request>,
    pub(super) commands: BTreeMap<OperationIndex, &'a Command>,
    /// What commands show of the types that they return.
    pub(super) shapes: BTreeMap<TypeId, &'a OutputShape>,
    /// The directions in which the values of each type travel.
    pub(super) traffic: Usage,
}

impl<'a> Snapshot<'a> {
    pub(super) fn new(
        api: &'a Api,
        product: &'a Product,
        version: &'a Version,
        builder_methods: &'a [BuilderMethod],
        commands: &'a CommandTable,
    ) -> Self {
        let files = || version.files.iter();
        let handles = || files().flat_map(|it| &it.handles);
        Self {
            api,
            product,
            version,
            builder_methods,
            structs: files()
                .flat_map(|it| &it.structs)
                .map(|it| (it.origin, it))
                .collect(),
            enumerations: files()
                .flat_map(|it| &it.enumerations)
                .map(|it| (it.origin, it))
                .collect(),
            unions: files()
                .flat_map(|it| &it.unions)
                .map(|it| (it.origin, it))
                .collect(),
            handles: handles().map(|it| (it.origin, it)).collect(),
            links: handles()
                .flat_map(|handle| handle.links.iter().map(move |it| (it.origin, (handle, it))))
                .collect(),
            shortcuts: handles()
                .flat_map(|handle| {
                    let shortcuts = handle.shortcuts.iter();
                    shortcuts.map(move |it| (it.origin, (handle, it)))
                })
                .collect(),
            openings: handles()
                .flat_map(|handle| {
                    handle
                        .openings
                        .iter()
                        .map(move |it| (it.origin, (handle, it)))
                })
                .collect(),
            requests: files()
                .flat_map(|it| &it.requests)
                .map(|it| (it.origin, it))
                .collect(),
            shapes: commands.shapes.iter().map(|it| (it.origin, it)).collect(),
            commands: commands.commands.iter().map(|it| (it.origin, it)).collect(),
            traffic: traffic(api),
        }
    }

    /// Returns the path of an item of this version: `supersim::v1::Fleet`.
    pub(super) fn path(&self, name: impl std::fmt::Display) -> String {
        format!("{}::{name}", self.module_path())
    }

    /// Returns the path of the version's module: `supersim::v1`.
    pub(super) fn module_path(&self) -> String {
        format!("{}::{}", self.product.module, self.version.module)
    }

    /// Returns the path of a type. Every type is planned as one item.
    pub(super) fn type_path(&self, id: TypeId) -> String {
        let structure = self.structs.get(&id).map(|it| &it.name);
        let enumeration = self.enumerations.get(&id).map(|it| &it.name);
        let union = self.unions.get(&id).map(|it| &it.name);
        let name = structure.or(enumeration).or(union);
        let name = name.unwrap_or_else(|| panic!("type {} is not planned", id.0));
        self.path(name)
    }

    pub(super) fn request_path(&self, index: OperationIndex) -> String {
        self.path(&self.requests[&index].name)
    }

    /// Returns the path of an operation's response enum, if it has several kinds of responses.
    pub(super) fn answer_path(&self, index: OperationIndex) -> Option<String> {
        let kinds = self.requests[&index].kinds.as_ref();
        kinds.map(|it| self.path(&it.name))
    }

    pub(super) fn handle_path(&self, id: ResourceId) -> String {
        self.path(&self.handles[&id].name)
    }

    /// Returns the path of the method that starts an operation: `supersim::v1::FleetHandle::update`.
    pub(super) fn opening_path(&self, index: OperationIndex) -> String {
        let (handle, opening) = self.openings[&index];
        self.path(format_args!("{}::{}", handle.name, opening.name))
    }

    /// Returns the path of the method that leads to a resource; `None` for the root.
    pub(super) fn link_path(&self, id: ResourceId) -> Option<String> {
        let (handle, link) = self.links.get(&id)?;
        Some(self.path(format_args!("{}::{}", handle.name, link.name)))
    }

    /// Returns the path of the root's method that leads to a resource below the caller's account, if there is one.
    pub(super) fn shortcut_path(&self, id: ResourceId) -> Option<String> {
        let (handle, link) = self.shortcuts.get(&id)?;
        Some(self.path(format_args!("{}::{}", handle.name, link.name)))
    }

    /// Returns the paths of the methods that lead to a resource.
    pub(super) fn ways(&self, id: ResourceId) -> impl Iterator<Item = String> {
        [self.link_path(id), self.shortcut_path(id)]
            .into_iter()
            .flatten()
    }

    /// Returns the paths of the methods that take a path parameter, which is counted from the end of the path; none if no
    /// method does.
    pub(super) fn selector_paths(&self, index: OperationIndex, from_end: usize) -> Vec<String> {
        let mut resource = self.openings[&index].0.origin;
        let mut left = from_end;
        loop {
            let Some((handle, link)) = self.links.get(&resource) else {
                return Vec::new();
            };
            if left < link.arguments.len() {
                return self.ways(resource).collect();
            }
            left -= link.arguments.len();
            resource = handle.origin;
        }
    }

    /// Returns the setter of a part of a request.
    pub(super) fn setter(
        &self,
        index: OperationIndex,
        destination: &ArgumentUse,
    ) -> Option<&'a Setter> {
        self.requests[&index]
            .setters
            .iter()
            .find(|it| it.destination == *destination)
    }

    /// Returns the name of the field of a struct with a key.
    pub(super) fn field_name(&self, id: TypeId, wire_name: &str) -> &'a str {
        let mut fields = self.structs[&id].fields.iter();
        let field = fields.find(|it| it.key() == wire_name);
        field.map_or("", |it| it.name.as_str())
    }
}
