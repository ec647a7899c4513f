//! Builds the tree of resources from the paths of a spec.
//!
//! A literal segment is a collection or a singleton. The parameters after it select an instance, which is a sibling of
//! its collection: `/v1/Sims/{SimSid}/IpAddresses` is `sim(sim_sid)`, then `ip_addresses()`. A segment may contain
//! several parameters, or one as a part of it. Operations that serialize a parameter of their path in different styles are
//! on different instances. The vendor's mount name for a collection takes precedence over the
//! segment. An `api` that all paths begin with, a fixed query, a fragment and a custom verb (`:cancel`) do not create resources.

use std::collections::BTreeSet;

use super::counted;
use super::namespace::Namespace;
use crate::api::{
    Operation, OperationIndex, Parameter, Resource, ResourceId, ResponseKind, have_same_styles,
};
use crate::path_item::{PathKey, custom_verb, without_names};
use crate::vendor::{self, PathHints};
use crate::words;

/// The resources found so far.
pub(super) struct ResourceTree<'a> {
    nodes: Vec<ResourceNode>,
    namespace: &'a Namespace,
    /// Whether all paths begin with `api`, which then says nothing.
    is_below_api: bool,
}

struct ResourceNode {
    /// The segments without parameter names.
    key: String,
    /// Whether the accessor is only the name of a generic parameter.
    is_vague: bool,
    /// The accessor with the sign or the namespace before the segment, if there is one: `dollar_count`.
    longer: Option<String>,
    resource: Resource,
}

/// A step from one resource to another: a literal segment with the parameters after it.
struct PathStep<'a> {
    /// Its segments without parameter names.
    key: String,
    /// The literal segment, or the text before the first parameter of a segment.
    literal: &'a str,
    /// Whether the literal is only the start of a segment.
    is_prefix: bool,
    /// The number of its parameters.
    count: usize,
    /// The path up to and including it.
    path: &'a str,
}

impl<'a> ResourceTree<'a> {
    /// A tree with only the root, for these paths.
    pub(super) fn new<'p>(
        paths: impl Iterator<Item = &'p String>,
        namespace: &'a Namespace,
    ) -> Self {
        let root = ResourceNode::new(String::new(), String::new(), "", &[]);
        Self {
            nodes: vec![root],
            namespace,
            is_below_api: are_below_api(paths),
        }
    }

    /// Adds `operations` of the path `key`; the first one gets the index `first`.
    pub(super) fn insert(
        &mut self,
        key: &str,
        doc: Option<String>,
        hints: &PathHints,
        operations: &[Operation],
        first: usize,
    ) {
        let PathKey { path, .. } = PathKey::of(key);
        let (path, is_custom) = custom_verb(path).map_or((path, false), |(path, _)| (path, true));
        let parameters = operations
            .first()
            .map(|operation| operation.path_parameters.as_slice())
            .unwrap_or_default();
        let id = self.node(path, hints, parameters);
        // The operation of `/sims/$count` is named after the SIMs.
        let is_marked = path
            .rsplit('/')
            .next()
            .is_some_and(|it| it.starts_with('$'));
        let node = &mut self.nodes[id.0].resource;
        let is_first = node.operations.is_empty();
        if is_first {
            // So far only paths below it have mentioned it, with parameter names of their own.
            path.clone_into(&mut node.path);
            let before = parameters.len().saturating_sub(node.parameters.len());
            node.parameters = parameters[before..].to_vec();
        }
        node.doc = node.doc.take().or(doc);
        // A custom verb on a collection says nothing about its instances.
        let is_custom_of_all = is_custom && node.parameters.is_empty();
        let tells_noun = !is_marked && !is_custom_of_all;
        if (is_first || key == path)
            && tells_noun
            && let Some(operation) = operations
                .iter()
                .find(|operation| !operation.noun.is_empty())
        {
            node.noun.clone_from(&operation.noun);
            let is_collection = hints.is_instance != Some(true) && node.parameters.is_empty();
            if is_collection
                && (words::is_plural(&node.accessor) || operations.iter().any(is_of_collection))
            {
                node.noun = words::plural(&operation.noun);
            }
        }
        node.operations
            .extend((first..first + operations.len()).map(OperationIndex));
    }

    /// Converts the tree to a list, root first. `operations` determine the nouns of generic parameters.
    pub(super) fn into_resources(mut self, operations: &[Operation]) -> Vec<Resource> {
        self.tell_longer_apart();
        let named = self.nodes.into_iter().map(|mut node| {
            let resource = &mut node.resource;
            let nouns = resource.operations.iter();
            let mut nouns = nouns.map(|it| operations[it.0].noun.as_str());
            if let Some(noun) = nouns.next().filter(|it| node.is_vague && !it.is_empty())
                && nouns.all(|it| it == noun)
            {
                noun.clone_into(&mut resource.accessor);
            }
            node.resource
        });
        named.collect()
    }

    /// Spells out the signs and the namespaces before segments where the accessors would be the same without: `count` and
    /// `$count`.
    fn tell_longer_apart(&mut self) {
        for parent in 0..self.nodes.len() {
            let children = self.nodes[parent].resource.children.clone();
            let accessors = children
                .iter()
                .map(|it| &self.nodes[it.0].resource.accessor);
            let counts = counted(accessors.cloned());
            for child in children {
                let ResourceNode {
                    resource, longer, ..
                } = &mut self.nodes[child.0];
                if let Some(longer) = longer.take_if(|_| counts[&resource.accessor] > 1) {
                    resource.noun.clone_from(&longer);
                    resource.accessor = longer;
                }
            }
        }
    }

    /// Finds or creates the node of `path`.
    fn node(&mut self, path: &str, hints: &PathHints, parameters: &[Parameter]) -> ResourceId {
        let mut parameters = parameters;
        let mut current = ResourceId(0);
        let steps = steps(path, self.is_below_api);
        let last = steps.len().saturating_sub(1);
        for (index, step) in steps.into_iter().enumerate() {
            let (own, rest) = parameters.split_at(step.count.min(parameters.len()));
            parameters = rest;
            let mount = hints.mount_name.as_deref().filter(|_| index == last);
            current = self.child(current, step, mount, own);
        }
        current
    }

    /// Finds or creates a child of `parent`.
    fn child(
        &mut self,
        parent: ResourceId,
        step: PathStep<'_>,
        mount: Option<&str>,
        parameters: &[Parameter],
    ) -> ResourceId {
        let known = self.children(parent).find(|it| {
            let node = &self.nodes[it.0];
            node.key == step.key && have_same_styles(&node.resource.parameters, parameters)
        });
        let id = known.unwrap_or_else(|| {
            let id = ResourceId(self.nodes.len());
            let node = self.new_node(parent, step, parameters);
            self.nodes.push(node);
            self.nodes[parent.0].resource.children.push(id);
            id
        });
        if let Some(mount) = mount {
            let resource = &mut self.nodes[id.0].resource;
            resource.accessor = match resource.parameters.last() {
                Some(parameter) => instance(&words::snake(mount), parameter),
                None => words::snake(mount),
            };
        }
        id
    }

    fn children(&self, parent: ResourceId) -> impl Iterator<Item = ResourceId> {
        self.nodes[parent.0].resource.children.iter().copied()
    }

    /// Creates a child of `parent`, named after the collection, or its singular if parameters select it. The last
    /// parameter is added if the name is not specific enough.
    fn new_node(
        &self,
        parent: ResourceId,
        step: PathStep<'_>,
        parameters: &[Parameter],
    ) -> ResourceNode {
        let literal = self.namespace.removed_from(step.literal);
        let collection = if step.is_prefix {
            // Signs only separate it from the parameter.
            words::snake(literal.trim_matches(|it: char| !it.is_alphanumeric()))
        } else {
            words::snake(&literal)
        };
        let whole = words::snake_with_marks(step.literal);
        let longer = (!step.is_prefix && whole != collection).then_some(whole);
        let Some(parameter) = parameters.last() else {
            let node = ResourceNode::new(step.key, collection, step.path, parameters);
            return ResourceNode { longer, ..node };
        };
        let name = words::snake(&parameter.wire_name);
        if collection.is_empty() {
            let bare = name.strip_suffix("_id").unwrap_or(&name);
            let node = ResourceNode::new(step.key, bare.to_owned(), step.path, parameters);
            let is_vague = VAGUE.contains(&bare);
            return ResourceNode { is_vague, ..node };
        }
        let singular = if step.is_prefix {
            collection
        } else {
            instance(&collection, parameter)
        };
        let mut others = self.children(parent);
        let accessor = if others.any(|it| self.nodes[it.0].resource.accessor == singular) {
            format!("{singular}_by_{name}")
        } else {
            singular
        };
        ResourceNode::new(step.key, accessor, step.path, parameters)
    }
}

impl ResourceNode {
    fn new(key: String, accessor: String, path: &str, parameters: &[Parameter]) -> Self {
        Self {
            key,
            is_vague: false,
            longer: None,
            resource: Resource {
                noun: accessor.clone(),
                accessor,
                doc: None,
                path: path.to_owned(),
                parameters: parameters.to_vec(),
                operations: Vec::new(),
                children: Vec::new(),
            },
        }
    }
}

/// Groups the operations of a path by how they serialize its parameters. A handle does so before it knows which of them is
/// called.
pub(super) fn by_styles(operations: Vec<Operation>) -> Vec<Vec<Operation>> {
    let mut groups: Vec<Vec<Operation>> = Vec::new();
    for operation in operations {
        let is_alike = |group: &&mut Vec<Operation>| {
            let [known, own] = [&group[0], &operation].map(|it| it.path_parameters.as_slice());
            have_same_styles(known, own)
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(operation),
            None => groups.push(vec![operation]),
        }
    }
    groups
}

/// Whether an operation lists a collection or adds to it.
fn is_of_collection(operation: &Operation) -> bool {
    let is_page = match &operation.result {
        ResponseKind::Page { .. } => true,
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::OneOf(_) => false,
    };
    is_page || ["create", "list"].contains(&operation.verb.as_str())
}

fn has_words(literal: &str) -> bool {
    literal.contains(char::is_alphanumeric)
}

/// The name of an instance of a collection: its singular, with the parameter added if both are equal. A collection such as
/// `by_email` ends with the parameter already.
fn instance(collection: &str, parameter: &Parameter) -> String {
    let singular = words::singular(collection);
    let end = format!("by_{}", words::snake(&parameter.wire_name));
    let before = singular.strip_suffix(&end);
    let has_end = before.is_some_and(|it| it.is_empty() || it.ends_with('_'));
    if singular == collection && !has_end {
        format!("{singular}_{end}")
    } else {
        singular
    }
}

/// Parameter names without a specific meaning.
const VAGUE: [&str; 6] = ["id", "key", "name", "resource", "slug", "uuid"];

/// Whether all paths begin with `api`, and have no more than one version after it.
fn are_below_api<'p>(paths: impl Iterator<Item = &'p String>) -> bool {
    let mut versions = BTreeSet::new();
    let mut firsts = paths.map(|path| {
        let (first, rest) = path.trim_start_matches('/').split_once('/')?;
        let second = rest.split('/').next();
        versions.extend(second.filter(|it| vendor::is_version(it)));
        Some(first)
    });
    let are_api = firsts.all(|it| it.is_some_and(|first| first.eq_ignore_ascii_case(API)));
    are_api && versions.len() < 2
}

/// The segment that many paths begin with.
const API: &str = "api";

/// Splits a path into steps, without versions, representations (`.json`) and, if it `is_below_api`, the `api` at its start.
fn steps(path: &str, is_below_api: bool) -> Vec<PathStep<'_>> {
    let mut steps: Vec<PathStep<'_>> = Vec::new();
    let mut start = 0;
    for text in path.split('/') {
        let end = start + text.len();
        let is_first = path[..start].trim_matches('/').is_empty();
        start = end + 1;
        let bare = text.strip_suffix(".json").unwrap_or(text);
        let is_api = is_below_api && is_first && bare.eq_ignore_ascii_case(API);
        if bare.is_empty() || (steps.is_empty() && (is_api || vendor::is_version(bare))) {
            continue;
        }
        let literal = bare.split('{').next().unwrap_or_default();
        let key = without_names(bare);
        let count = bare.matches('{').count();
        let path = &path[..end];
        match steps
            .last_mut()
            .filter(|_| count > 0 && !has_words(literal))
        {
            Some(step) => {
                step.key = format!("{}/{key}", step.key);
                step.count += count;
                step.path = path;
            }
            None => steps.push(PathStep {
                key,
                literal,
                is_prefix: count > 0,
                count,
                path,
            }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(path: &str) -> Vec<(String, usize)> {
        let steps = steps(path, true).into_iter();
        steps.map(|it| (it.key, it.count)).collect()
    }

    #[test]
    fn parameters_belong_to_the_preceding_literal() {
        let step = |key: &str, count| (key.to_owned(), count);
        assert_eq!(keys("/"), []);
        assert_eq!(keys("/v1"), []);
        assert_eq!(keys("/v1/Sims/{Sid}.json"), [step("Sims/{}", 1)]);
        assert_eq!(
            keys("/repos/{o}/{r}/tags"),
            [step("repos/{}/{}", 2), step("tags", 0)]
        );
        assert_eq!(keys("/{a}/{b}"), [step("{}/{}", 2)]);
        assert_eq!(keys("/c/{a}...{b}"), [step("c/{}...{}", 2)]);
        assert_eq!(keys("/api/v1/c"), [step("c", 0)]);
        assert_eq!(keys("/api/api/c"), [step("api", 0), step("c", 0)]);
        assert_eq!(keys("/c/api"), [step("c", 0), step("api", 0)]);
        assert_eq!(keys("/c/users({a})"), [step("c", 0), step("users({})", 1)]);
    }
}
