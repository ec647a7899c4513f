//! Decides the file of each item.
//!
//! Resources with the same noun share a file, together with their operations and the types that only they use.

use indexmap::IndexMap;

use crate::api::{Api, OperationIndex, ResourceId, TypeId, usage};

/// The files of one version and their contents.
pub(super) struct Layout {
    pub(super) files: Vec<Contents>,
    /// For each type: the index of its file.
    types: Vec<usize>,
    /// For each resource: the index of its file.
    resources: Vec<usize>,
}

/// The files whose operations use a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Users {
    None,
    One(usize),
    Several,
}

/// The contents of a file.
#[derive(Default)]
pub(super) struct Contents {
    /// The subject of the file, in words.
    pub(super) subject: String,
    /// Whether it is the file of shared types.
    pub(super) is_shared: bool,
    pub(super) types: Vec<TypeId>,
    pub(super) resources: Vec<ResourceId>,
    pub(super) operations: Vec<OperationIndex>,
}

impl Layout {
    /// Lays out `api`: resources in the order in which their subjects first occur, shared types last.
    pub(super) fn of(api: &Api) -> Self {
        let mut files: IndexMap<String, Contents> = IndexMap::new();
        for ((index, resource), subject) in api.resources.iter().enumerate().zip(subjects(api)) {
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
        let mut types = vec![files.len(); api.types.len()];
        let users = users(api, &files);
        for id in api.items() {
            let file = match users[id.0] {
                Users::One(only) => only,
                Users::None | Users::Several => files.len(),
            };
            let contents = files.get_mut(file).unwrap_or(&mut shared);
            contents.types.push(id);
            types[id.0] = file;
        }
        if !shared.types.is_empty() {
            files.push(shared);
        }
        let mut resources = vec![0; api.resources.len()];
        for (index, file) in files.iter().enumerate() {
            for id in &file.resources {
                resources[id.0] = index;
            }
        }
        Self {
            files,
            types,
            resources,
        }
    }

    /// The index of the file of a type.
    pub(super) fn of_type(&self, id: TypeId) -> usize {
        self.types[id.0]
    }

    /// The index of the file of a resource.
    pub(super) fn of_resource(&self, id: ResourceId) -> usize {
        self.resources[id.0]
    }
}

/// For each type: which of `files` use it.
fn users(api: &Api, files: &[Contents]) -> Vec<Users> {
    let mut users = vec![Users::None; api.types.len()];
    for (file, contents) in files.iter().enumerate() {
        usage::walk_types(api, &contents.operations, &mut |id| {
            let user = &mut users[id.0];
            let before = *user;
            *user = match before {
                Users::None => Users::One(file),
                Users::One(other) if other == file => before,
                Users::One(_) | Users::Several => Users::Several,
            };
            // A shared type was already visited for its second user, with everything inside of it.
            *user != before
        });
    }
    users
}

/// The subject of each resource. What is said of a resource, such as its `$count`, has the subject of that resource.
fn subjects(api: &Api) -> Vec<String> {
    let ids = (0..api.resources.len()).map(ResourceId);
    let mut subjects: Vec<String> = ids.map(|it| subject(api, it)).collect();
    // Resources come after their parents.
    for (parent, resource) in api.resources.iter().enumerate() {
        for child in &resource.children {
            let last = api.resource(*child).path.rsplit('/').next();
            if last.is_some_and(|it| it.starts_with('$')) {
                subjects[child.0] = subjects[parent].clone();
            }
        }
    }
    subjects
}

/// The subject of a resource: the noun of its operations, or its accessor. The root's subject is the product.
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
