//! Finds references that lead back to their start.
//!
//! A schema may contain itself through a property or a list. A schema that *is* itself has no meaning, and following
//! its references would never end.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Checker;
use super::fault::ReferenceFault;
use crate::pointer::Pointer;

/// A reference: its place and its target.
struct Edge {
    at: Pointer,
    target: Pointer,
}

/// The state of a value in the search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// It is on the path to the current value.
    Open,
    /// Everything it leads to has been visited.
    Done,
}

/// A value on the path, with its references still to follow.
struct PathNode {
    node: Pointer,
    edges: std::vec::IntoIter<Edge>,
    /// The reference that is being followed.
    followed: Option<Pointer>,
}

impl Checker<'_> {
    /// Reports every cycle of references once, at its first reference.
    ///
    /// Keeps an explicit stack: a chain of references may be as long as the document.
    pub(super) fn cycles(&mut self) {
        let mut visits = BTreeMap::new();
        for target in std::mem::take(&mut self.targets) {
            if visits.contains_key(&target) {
                continue;
            }
            visits.insert(target.clone(), Visit::Open);
            let mut way = vec![self.step(target)];
            while let Some(step) = way.last_mut() {
                let Some(edge) = step.edges.next() else {
                    visits.insert(step.node.clone(), Visit::Done);
                    way.pop();
                    continue;
                };
                step.followed = Some(edge.at);
                match visits.get(&edge.target) {
                    Some(Visit::Done) => {}
                    Some(Visit::Open) => {
                        if let Some((fault, at)) = cycle(&way, &edge.target) {
                            self.report(fault, at);
                        }
                    }
                    None => {
                        visits.insert(edge.target.clone(), Visit::Open);
                        way.push(self.step(edge.target));
                    }
                }
            }
        }
    }

    /// Starts with a value.
    fn step(&self, node: Pointer) -> PathNode {
        let mut edges = Vec::new();
        if let Some(value) = self.document.pointer(node.as_str()) {
            references(value, &node, &mut edges);
        }
        PathNode {
            node,
            edges: edges.into_iter(),
            followed: None,
        }
    }
}

/// Collects the references that make up a value: its own, and those of its `allOf`.
fn references(value: &Value, at: &Pointer, edges: &mut Vec<Edge>) {
    if let Some(target) = value.get("$ref").and_then(Value::as_str) {
        let target = Pointer::from_fragment(target);
        edges.extend(target.map(|target| Edge {
            at: at.key("$ref"),
            target,
        }));
    }
    let all_of = value.get("allOf").and_then(Value::as_array);
    for (index, part) in all_of.into_iter().flatten().enumerate() {
        references(part, &at.key("allOf").index(index), edges);
    }
}

/// Describes the cycle that closes when the path leads back to `start`.
fn cycle(way: &[PathNode], start: &Pointer) -> Option<(ReferenceFault, Pointer)> {
    let begin = way.iter().position(|step| step.node == *start)?;
    let at = way[begin].followed.clone()?;
    let nodes = way[begin..].iter().map(|step| &step.node).chain([start]);
    let targets = nodes.map(|node| format!("#{node}")).collect();
    Some((ReferenceFault::CyclicReference { targets }, at))
}
