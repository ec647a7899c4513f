//! Pairs the operations, resources and types of two versions.
//!
//! Operations are paired by id, or else by method and path; resources by path; types by the schema that names them, or
//! else by use. Names of path parameters do not matter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::public_api::Renames;
use super::snapshot::Snapshot;
use super::variants::Unions;
use crate::api::{
    Alternative, Api, Field, Object, Operation, OperationIndex, OtherBody, OtherResponse,
    Parameter, Payload, ResourceId, ResponseKind, Shape, Type, TypeDefinition, TypeId, Use,
};
use crate::media_type::are_same;
use crate::path_item::without_names;

/// The items in both versions.
pub(super) struct Pairs {
    pub(super) operations: Vec<(OperationIndex, OperationIndex)>,
    pub(super) resources: Vec<(ResourceId, ResourceId)>,
    /// The new type of each old one. Several old types may have become one.
    pub(super) types: BTreeMap<TypeId, TypeId>,
}

impl Pairs {
    pub(super) fn of(old: &Snapshot<'_>, new: &Snapshot<'_>) -> Self {
        let operations = operations(old.api, new.api);
        let mut pairs = Self {
            types: types(old, new, &operations),
            resources: resources(old.api, new.api),
            operations,
        };
        pairs.add_types_of_one_name(old, new);
        pairs.add_resources_of_one_name(old, new);
        pairs
    }

    /// Returns the new paths of types, requests and handles that were renamed.
    pub(super) fn renames(&self, old: &Snapshot<'_>, new: &Snapshot<'_>) -> Renames {
        let types = self
            .types
            .iter()
            .map(|(&from, &to)| (old.type_path(from), new.type_path(to)));
        let requests = self
            .operations
            .iter()
            .map(|&(from, to)| (old.request_path(from), new.request_path(to)));
        let handles = self
            .resources
            .iter()
            .map(|&(from, to)| (old.handle_path(from), new.handle_path(to)));
        types
            .chain(requests)
            .chain(handles)
            .filter(|(from, to)| from != to)
            .collect()
    }

    /// Pairs the remaining types that have the same Rust name.
    fn add_types_of_one_name(&mut self, old: &Snapshot<'_>, new: &Snapshot<'_>) {
        let taken: BTreeSet<TypeId> = self.types.values().copied().collect();
        let items = new.api.items();
        let mut free: BTreeMap<String, TypeId> = items
            .filter(|id| !taken.contains(id))
            .map(|id| (new.type_path(id), id))
            .collect();
        for id in old.api.items() {
            if !self.types.contains_key(&id)
                && let Some(namesake) = free.remove(&old.type_path(id))
            {
                self.types.insert(id, namesake);
            }
        }
    }

    /// Pairs resources with different paths that callers reach by the same method.
    fn add_resources_of_one_name(&mut self, old: &Snapshot<'_>, new: &Snapshot<'_>) {
        let names =
            |snapshot: &Snapshot<'_>, id| (snapshot.handle_path(id), snapshot.link_path(id));
        let [paired, taken]: [BTreeSet<ResourceId>; 2] = [
            self.resources.iter().map(|it| it.0).collect(),
            self.resources.iter().map(|it| it.1).collect(),
        ];
        let all = |api: &Api| (0..api.resources.len()).map(ResourceId);
        let free = all(new.api).filter(|id| !taken.contains(id));
        let mut free = ByKey::new(free.map(|id| (names(new, id), id)));
        for id in all(old.api).filter(|id| !paired.contains(id)) {
            let namesake = free.take(&names(old, id));
            self.resources.extend(namesake.map(|to| (id, to)));
        }
    }
}

fn operations(old: &Api, new: &Api) -> Vec<(OperationIndex, OperationIndex)> {
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let mut pair = |key: fn(&Operation) -> String| {
        let indexed = |api| indexed(api).map(|(index, it)| (key(it), index));
        let free = indexed(new).filter(|(_, index)| !taken.contains(index));
        let mut free = ByKey::new(free);
        for (key, from) in indexed(old) {
            if !pairs.contains_key(&from)
                && let Some(to) = free.take(&key)
            {
                taken.insert(to);
                pairs.insert(from, to);
            }
        }
    };
    pair(|it| it.id.clone());
    pair(|it| format!("{} {}", it.method.as_str(), without_names(&it.path)));
    pairs.into_iter().collect()
}

fn indexed(api: &Api) -> impl Iterator<Item = (OperationIndex, &Operation)> {
    let operations = api.operations.iter().enumerate();
    operations.map(|(index, it)| (OperationIndex(index), it))
}

/// The items of the new version by what identifies them.
struct ByKey<K, T>(BTreeMap<K, VecDeque<T>>);

impl<K: Ord, T> ByKey<K, T> {
    fn new(items: impl IntoIterator<Item = (K, T)>) -> Self {
        let mut by_key = BTreeMap::<K, VecDeque<T>>::new();
        for (key, item) in items {
            by_key.entry(key).or_default().push_back(item);
        }
        Self(by_key)
    }

    /// Takes the first item with this key that is left.
    fn take(&mut self, key: &K) -> Option<T> {
        self.0.get_mut(key)?.pop_front()
    }
}

fn resources(old: &Api, new: &Api) -> Vec<(ResourceId, ResourceId)> {
    let all = new.resources.iter().enumerate();
    // Several have one path if their operations serialize it in several styles.
    let mut by_path = ByKey::new(all.map(|(id, it)| (without_names(&it.path), ResourceId(id))));
    let old = old.resources.iter().enumerate();
    old.filter_map(|(id, resource)| {
        let found = by_path.take(&without_names(&resource.path))?;
        Some((ResourceId(id), found))
    })
    .collect()
}

fn types(
    old: &Snapshot<'_>,
    new: &Snapshot<'_>,
    operations: &[(OperationIndex, OperationIndex)],
) -> BTreeMap<TypeId, TypeId> {
    let mut walk = Walk {
        old,
        new,
        pairs: BTreeMap::new(),
        taken: BTreeSet::new(),
        fresh: VecDeque::new(),
        wants_namesakes: true,
    };
    let components = |api| components(api).map(|(id, it)| ((&it.at, it.received_as.is_some()), id));
    let mut of_the_new = ByKey::new(components(new.api));
    for (key, id) in components(old.api) {
        if let Some(found) = of_the_new.take(&key) {
            walk.insert(id, found);
        }
    }
    // If a type became several, the one that kept its name is the same.
    for wants_namesakes in [true, false] {
        walk.wants_namesakes = wants_namesakes;
        walk.fresh = walk.pairs.clone().into_iter().collect();
        walk.fields();
        for &(from, to) in operations {
            walk.operation(old.api.operation(from), new.api.operation(to));
            walk.fields();
        }
    }
    walk.pairs
}

/// The types of a version that are components of the document.
fn components(api: &Api) -> impl Iterator<Item = (TypeId, &TypeDefinition)> {
    let types = api.items().map(|id| (id, api.type_definition(id)));
    types.filter(|(_, it)| it.is_component())
}

/// Pairs types by their uses, the first use first.
struct Walk<'a> {
    old: &'a Snapshot<'a>,
    new: &'a Snapshot<'a>,
    pairs: BTreeMap<TypeId, TypeId>,
    /// The new types of the pairs.
    taken: BTreeSet<TypeId>,
    /// Pairs whose fields have not been visited.
    fresh: VecDeque<(TypeId, TypeId)>,
    /// Whether to pair only types of the same Rust name.
    wants_namesakes: bool,
}

impl<'a> Walk<'a> {
    fn pair(&mut self, old: TypeId, new: TypeId) {
        if self.pairs.contains_key(&old) {
            return;
        }
        let may_pair = if self.wants_namesakes {
            self.old.type_path(old) == self.new.type_path(new)
        } else {
            !self.taken.contains(&new) || self.are_alike(old, new)
        };
        if may_pair {
            self.insert(old, new);
            self.fresh.push_back((old, new));
        }
    }

    fn insert(&mut self, old: TypeId, new: TypeId) {
        self.pairs.insert(old, new);
        self.taken.insert(new);
    }

    /// Returns whether two types have the same values or field names, so that several old types may have become the new one.
    fn are_alike(&self, old: TypeId, new: TypeId) -> bool {
        let names = |api: &Api, id| -> (&str, BTreeSet<String>) {
            match &api.type_definition(id).shape {
                Shape::Object(Object { fields, .. }) => (
                    "object",
                    fields.iter().map(|it| it.wire_name.clone()).collect(),
                ),
                Shape::Enumeration(values) => (
                    "enumeration",
                    values.iter().map(|it| it.text.clone()).collect(),
                ),
                Shape::Union(union) => (
                    "union",
                    union.variants.iter().map(|it| it.name.clone()).collect(),
                ),
            }
        };
        names(self.old.api, old) == names(self.new.api, new)
    }

    fn value(&mut self, old: &Use, new: &Use) {
        match (self.old.api.ty(old.schema), self.new.api.ty(new.schema)) {
            (Type::Named(old), Type::Named(new)) => self.pair(*old, *new),
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                self.value(old, new);
            }
            (Type::Scalar(_) | Type::Any | Type::List(_), _) => {}
            (Type::Map(_) | Type::Named(_), _) => {}
        }
    }

    fn fields(&mut self) {
        while let Some((old, new)) = self.fresh.pop_front() {
            self.variants([old, new]);
            let [old, new] = [(self.old.api, old), (self.new.api, new)];
            let shape = |(api, id): (&'a Api, TypeId)| &api.type_definition(id).shape;
            let [old, new] = [shape(old), shape(new)];
            for (old, new) in in_both(old.fields(), new.fields(), is_same_field) {
                self.value(&old.value, &new.value);
            }
            if let Some((old, new)) = old.rest().zip(new.rest()) {
                self.value(old, new);
            }
        }
    }

    fn variants(&mut self, ids: [TypeId; 2]) {
        let snapshots = [self.old, self.new];
        let are_unions = [0, 1].map(|it| snapshots[it].unions.contains_key(&ids[it]));
        if are_unions != [true, true] {
            return;
        }
        let unions = Unions {
            snapshots,
            ids,
            types: &self.pairs,
        };
        let alike = unions.alike(|old, new| self.are_alike(old, new));
        for (old, new) in unions.both().into_iter().chain(alike) {
            self.value(&old.value, &new.value);
        }
    }

    fn payload(&mut self, old: &Payload, new: &Payload) {
        self.value(&old.value, &new.value);
        if let (Some(old), Some(new)) = (&old.item, &new.item) {
            self.value(old.value(), new.value());
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        // The envelope of a page is not a type, so a page and a value have nothing in common.
        match (&old.result, &new.result) {
            (ResponseKind::Value(old), ResponseKind::Value(new)) => self.payload(old, new),
            (ResponseKind::Page { item: old, .. }, ResponseKind::Page { item: new, .. }) => {
                self.value(old, new);
            }
            (ResponseKind::OneOf(old), ResponseKind::OneOf(new)) => {
                for (old, new) in in_both(old, new, is_same_alternative) {
                    if let (Some(old), Some(new)) = (&old.payload, &new.payload) {
                        self.payload(old, new);
                    }
                }
            }
            (ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::OneOf(_), _)
            | (ResponseKind::Page { .. }, _) => {}
        }
        let responses = in_both(&old.other_responses, &new.other_responses, is_same_response);
        for (old, new) in responses {
            self.payload(&old.payload, &new.payload);
        }
        for (old, new) in in_both(&old.errors, &new.errors, |a, b| a.statuses == b.statuses) {
            self.value(&old.value, &new.value);
        }
        if let (Some(old), Some(new)) = (&old.body, &new.body) {
            self.value(&old.payload.value, &new.payload.value);
        }
        for (old, new) in in_both(&old.other_bodies, &new.other_bodies, is_same_body) {
            self.value(&old.value, &new.value);
        }
        for (old, new) in parameters(&old.parameters, &new.parameters) {
            self.value(&old.value, &new.value);
        }
        for (old, new) in old.path_parameters.iter().zip(&new.path_parameters) {
            self.value(&old.value, &new.value);
        }
    }
}

/// Returns the items in both versions of a list.
pub(super) fn in_both<'a, T>(
    old: &'a [T],
    new: &'a [T],
    is_same: impl Fn(&T, &T) -> bool,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    old.iter().filter_map(move |old| {
        let found = new.iter().find(|new| is_same(old, new))?;
        Some((old, found))
    })
}

/// Returns the items that the other version of a list lacks.
pub(super) fn only_in<'a, T>(
    list: &'a [T],
    other: &'a [T],
    is_same: impl Fn(&T, &T) -> bool,
) -> impl Iterator<Item = &'a T> {
    let is_in_other = move |it: &T| other.iter().any(|other| is_same(it, other));
    list.iter().filter(move |it| !is_in_other(it))
}

pub(super) fn is_same_field(one: &Field, other: &Field) -> bool {
    one.wire_name == other.wire_name
}

pub(super) fn is_same_body(one: &OtherBody, other: &OtherBody) -> bool {
    are_same(&one.media_type, &other.media_type)
}

pub(super) fn is_same_response(one: &OtherResponse, other: &OtherResponse) -> bool {
    are_same(&one.media_type, &other.media_type)
}

/// Returns whether two kinds of responses have the same statuses.
pub(super) fn is_same_alternative(one: &Alternative, other: &Alternative) -> bool {
    (one.status, one.is_range) == (other.status, other.is_range)
}

/// Returns the parameters in both versions: with the same name in the same part of the request, or else with the same name.
pub(super) fn parameters<'a>(
    old: &'a [Parameter],
    new: &'a [Parameter],
) -> Vec<(&'a Parameter, &'a Parameter)> {
    let has = |list: &[Parameter], wanted: &Parameter| list.iter().any(|it| it.is_same(wanted));
    let mut pairs = Vec::new();
    for parameter in old {
        let found = new.iter().find(|it| it.is_same(parameter)).or_else(|| {
            new.iter()
                .find(|it| it.wire_name == parameter.wire_name && !has(old, it))
        });
        if let Some(found) = found {
            pairs.push((parameter, found));
        }
    }
    pairs
}
