//! The tree of resources: what the paths of a spec nest in each other.
//!
//! A literal segment is a collection, or something of which there is one. A parameter behind it
//! selects an instance, which stands beside its collection under the same parent:
//! `/v1/Sims/{SimSid}/IpAddresses` is `sim(sim_sid)`, then `ip_addresses()`. The name that the vendor
//! mounts a collection by wins over the segment. A fixed query and a fragment make no resource of their own.

use crate::api::{Operation, OperationIndex, Parameter, Resource, ResourceId};
use crate::path_item::PathKey;
use crate::vendor::{self, PathHints};
use crate::words;

/// The resources met so far.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    /// The literal segment, and whether the parameter behind it is part of the node.
    key: (String, bool),
    resource: Resource,
}

/// One segment of a path.
enum Segment<'a> {
    Literal(&'a str),
    Parameter,
}

impl Tree {
    /// A tree of the root alone.
    pub(super) fn new() -> Self {
        let root = Resource {
            accessor: String::new(),
            noun: String::new(),
            doc: None,
            path: String::new(),
            parameter: None,
            operations: Vec::new(),
            children: Vec::new(),
        };
        Self {
            nodes: vec![Node {
                key: (String::new(), false),
                resource: root,
            }],
        }
    }

    /// Adds `operations` of the path `key`, of which the first will be number `first` of all operations.
    ///
    /// # Errors
    ///
    /// Says what about the path has no place in the tree.
    pub(super) fn insert(
        &mut self,
        key: &str,
        doc: Option<String>,
        hints: &PathHints,
        operations: &[Operation],
        first: usize,
    ) -> Result<(), String> {
        let PathKey { path, .. } = PathKey::of(key);
        let parameters = operations
            .first()
            .map(|operation| operation.path_parameters.as_slice())
            .unwrap_or_default();
        let id = self.node(path, hints, parameters)?;
        let node = &mut self.nodes[id.0].resource;
        let is_first = node.operations.is_empty();
        if is_first {
            // Until now only paths below have mentioned it, each with a name of its own for the parameter.
            path.clone_into(&mut node.path);
            if node.parameter.is_some() {
                node.parameter = parameters.last().cloned();
            }
        }
        node.doc = node.doc.take().or(doc);
        if (is_first || key == path)
            && let Some(operation) = operations
                .iter()
                .find(|operation| !operation.noun.is_empty())
        {
            node.noun.clone_from(&operation.noun);
            if hints.is_instance != Some(true) && node.parameter.is_none() {
                node.noun = words::plural(&operation.noun);
            }
        }
        node.operations
            .extend((first..first + operations.len()).map(OperationIndex));
        Ok(())
    }

    /// The tree as a list, the root first.
    pub(super) fn into_resources(self) -> Vec<Resource> {
        self.nodes.into_iter().map(|node| node.resource).collect()
    }

    /// Finds or makes the node that `path` ends at.
    fn node(
        &mut self,
        path: &str,
        hints: &PathHints,
        parameters: &[Parameter],
    ) -> Result<ResourceId, String> {
        let mut parameters = parameters.iter();
        let mut current = ResourceId(0);
        let mut prefix = String::new();
        let mut segments = segments(path)?.into_iter().peekable();
        while let Some((text, segment)) = segments.next() {
            prefix.push('/');
            prefix.push_str(text);
            let Segment::Literal(literal) = segment else {
                return Err(format!(
                    "the path `{path}`, in which one parameter follows another or comes first,"
                ));
            };
            let selector = match segments.next_if(|(_, next)| matches!(next, Segment::Parameter)) {
                Some((text, _)) => {
                    prefix.push('/');
                    prefix.push_str(text);
                    let parameter = parameters
                        .next()
                        .ok_or_else(|| format!("the path `{path}` with an undeclared parameter"))?;
                    Some(parameter.clone())
                }
                None if current == ResourceId(0) && vendor::is_version(literal) => continue,
                None => None,
            };
            let mount = hints
                .mount_name
                .as_deref()
                .filter(|_| segments.peek().is_none());
            current = self.child(current, literal, mount, &prefix, selector);
        }
        Ok(current)
    }

    /// Finds or makes a child of `parent`.
    fn child(
        &mut self,
        parent: ResourceId,
        literal: &str,
        mount: Option<&str>,
        path: &str,
        selector: Option<Parameter>,
    ) -> ResourceId {
        let key = (literal.to_owned(), selector.is_some());
        let known = self.nodes[parent.0]
            .resource
            .children
            .iter()
            .copied()
            .find(|child| self.nodes[child.0].key == key);
        let id = known.unwrap_or_else(|| {
            let id = ResourceId(self.nodes.len());
            let accessor = accessor(&words::snake(literal), selector.as_ref());
            let noun = accessor.clone();
            let resource = Resource {
                accessor,
                noun,
                doc: None,
                path: path.to_owned(),
                parameter: selector,
                operations: Vec::new(),
                children: Vec::new(),
            };
            self.nodes.push(Node { key, resource });
            self.nodes[parent.0].resource.children.push(id);
            id
        });
        if let Some(mount) = mount {
            let resource = &mut self.nodes[id.0].resource;
            resource.accessor = accessor(&words::snake(mount), resource.parameter.as_ref());
        }
        id
    }
}

/// The name of a child: the collection's own, or its singular for one that a parameter selects.
fn accessor(collection: &str, selector: Option<&Parameter>) -> String {
    let Some(parameter) = selector else {
        return collection.to_owned();
    };
    let singular = words::singular(collection);
    if singular == collection {
        format!("{singular}_by_{}", words::snake(&parameter.wire_name))
    } else {
        singular
    }
}

/// Splits a path, dropping what only names a representation (`.json`).
fn segments(path: &str) -> Result<Vec<(&str, Segment<'_>)>, String> {
    let mut segments = Vec::new();
    for text in path.split('/').filter(|text| !text.is_empty()) {
        let bare = text.strip_suffix(".json").unwrap_or(text);
        let segment = if !bare.contains(['{', '}']) {
            Segment::Literal(bare)
        } else if bare.starts_with('{') && bare.find('}') == Some(bare.len() - 1) {
            Segment::Parameter
        } else {
            return Err(format!(
                "the path segment `{text}`, in which a parameter is only a part,"
            ));
        };
        segments.push((text, segment));
    }
    Ok(segments)
}
