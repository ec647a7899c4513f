//! Which file an item goes to.
//!
//! Resources with the same noun share a file, together with their operations and with the types that
//! nothing else uses.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::api::{Api, OperationIndex, ResourceId, TypeId, usage};

/// The files of one version and what is in each.
pub(super) struct Layout {
    pub(super) files: Vec<Contents>,
}

/// What one file holds.
#[derive(Default)]
pub(super) struct Contents {
    /// What the file is about, in words.
    pub(super) subject: String,
    /// Whether it is the file of shared types.
    pub(super) is_shared: bool,
    pub(super) types: Vec<TypeId>,
    pub(super) resources: Vec<ResourceId>,
    pub(super) operations: Vec<OperationIndex>,
}

impl Layout {
    /// Lays out `api`: its resources in the order of their subjects' first mention, the shared types last.
    pub(super) fn of(api: &Api) -> Self {
        let mut files: IndexMap<String, Contents> = IndexMap::new();
        for (index, resource) in api.resources.iter().enumerate() {
            let subject = subject(api, ResourceId(index));
            let file = files.entry(subject.clone()).or_default();
            file.subject = subject;
            file.resources.push(ResourceId(index));
            file.operations.extend(&resource.operations);
        }
        let mut files: Vec<Contents> = files.into_values().collect();
        let mut shared = Contents {
            subject: "types".to_owned(),
            is_shared: true,
            ..Contents::default()
        };
        let used: Vec<BTreeSet<TypeId>> = files
            .iter()
            .map(|file| usage::types_of(api, &file.operations))
            .collect();
        for id in (0..api.types.len()).map(TypeId) {
            let mut users = used
                .iter()
                .enumerate()
                .filter(|(_, types)| types.contains(&id))
                .map(|(file, _)| file);
            match (users.next(), users.next()) {
                (Some(only), None) => files[only].types.push(id),
                (Some(_), Some(_)) | (None, _) => shared.types.push(id),
            }
        }
        if !shared.types.is_empty() {
            files.push(shared);
        }
        Self { files }
    }

    /// The index of the file that has a type.
    pub(super) fn of_type(&self, id: TypeId) -> Option<usize> {
        self.files.iter().position(|file| file.types.contains(&id))
    }

    /// The index of the file that has a resource.
    pub(super) fn of_resource(&self, id: ResourceId) -> Option<usize> {
        self.files
            .iter()
            .position(|file| file.resources.contains(&id))
    }
}

/// What a resource is about: the noun of what can be done with it, or the name it is reached by. The root is
/// about the product.
fn subject(api: &Api, id: ResourceId) -> String {
    if id == ResourceId(0) {
        return api.product.clone();
    }
    let resource = api.resource(id);
    let mut nouns = resource
        .operations
        .iter()
        .map(|&index| &api.operation(index).noun);
    nouns
        .find(|noun| !noun.is_empty())
        .unwrap_or(&resource.accessor)
        .clone()
}
