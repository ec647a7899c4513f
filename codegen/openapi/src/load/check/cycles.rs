//! Finds references that lead back to their start.
//!
//! A schema may contain itself through a property or a list. A schema that *is* itself has no meaning, and following
//! its references would never end. If it is composed of other schemas, too, only the part that leads back has none, and
//! an empty schema replaces it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fault::ReferenceFault;
use super::{Checker, Edit};
use crate::inheritance;
use crate::pointer::Pointer;

/// The keywords whose schemas apply to the same value, and whether they list alternatives.
const COMPOSITIONS: [(&str, bool); 3] = [("allOf", false), ("oneOf", true), ("anyOf", true)];

/// A reference: its place and its target.
struct Edge {
    at: Pointer,
    target: Pointer,
    /// The part of an `allOf`, `oneOf` or `anyOf` that consists of the reference.
    part: Option<Pointer>,
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
    followed: Option<Edge>,
}

impl Checker<'_> {
    /// Reports every cycle of references once, at its first reference.
    ///
    /// Keeps an explicit stack: a chain of references may be as long as the document.
    pub(super) fn cycles(&mut self) {
        let mut visits = BTreeMap::new();
        let mut emptied = Vec::new();
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
                let target = edge.target.clone();
                step.followed = Some(edge);
                match visits.get(&target) {
                    Some(Visit::Done) => {}
                    Some(Visit::Open) => emptied.extend(self.cycle(&way, &target)),
                    None => {
                        visits.insert(target.clone(), Visit::Open);
                        way.push(self.step(target));
                    }
                }
            }
        }
        // Other edits move the parts of an `allOf`.
        self.edits
            .splice(0..0, emptied.into_iter().map(Edit::Empty));
    }

    /// Starts with a value.
    fn step(&self, node: Pointer) -> PathNode {
        let mut edges = Vec::new();
        if let Some(value) = node.value(self.document) {
            references(value, &node, None, &mut |edge, is_alternative| {
                if !(is_alternative && self.extends(&edge.target, &node)) {
                    edges.push(edge);
                }
            });
        }
        PathNode {
            node,
            edges: edges.into_iter(),
            followed: None,
        }
    }

    /// Whether a schema extends another one, which may list it as an alternative: a parent and its child.
    fn extends(&self, child: &Pointer, parent: &Pointer) -> bool {
        let parents = |at: &Pointer| {
            let mut parents = Vec::new();
            if let Some(value) = at.value(self.document) {
                references(value, at, None, &mut |edge, is_alternative| {
                    if !is_alternative {
                        parents.push(edge.target);
                    }
                });
            }
            parents
        };
        child != parent && inheritance::extends(child.clone(), parent, parents)
    }

    /// Reports the cycle that closes when the path leads back to `start`. Returns the part to be replaced, if there is
    /// one.
    fn cycle(&mut self, way: &[PathNode], start: &Pointer) -> Option<Pointer> {
        let begin = way.iter().position(|step| step.node == *start)?;
        let way = &way[begin..];
        let nodes = way.iter().map(|step| &step.node).chain([start]);
        let targets = nodes.map(|node| format!("#{node}")).collect();
        let mut followed = way.iter().rev().filter_map(|step| step.followed.as_ref());
        let composed = followed.find_map(|edge| Some((&edge.at, edge.part.clone()?)));
        if let Some((at, part)) = composed {
            self.report(ReferenceFault::CyclicPart { targets }, at.clone());
            return Some(part);
        }
        let at = way[0].followed.as_ref()?.at.clone();
        self.report(ReferenceFault::CyclicReference { targets }, at);
        None
    }
}

/// Passes the references that make up a value to `visit`: its own, and those of the schemas it is composed of. Also
/// passes whether it is one of several alternatives.
fn references(
    value: &Value,
    at: &Pointer,
    part: Option<(&Pointer, bool)>,
    visit: &mut impl FnMut(Edge, bool),
) {
    if let Some(target) = value.get("$ref").and_then(Value::as_str)
        && let Some(target) = Pointer::from_fragment(target)
    {
        let edge = Edge {
            at: at.key("$ref"),
            target,
            part: part.map(|(at, _)| at.clone()),
        };
        visit(edge, part.is_some_and(|(_, is_alternative)| is_alternative));
    }
    for (keyword, is_choice) in COMPOSITIONS {
        let parts = value.get(keyword).and_then(Value::as_array);
        for (index, inner) in parts.into_iter().flatten().enumerate() {
            let at = at.key(keyword).index(index);
            let is_alternative = is_choice || part.is_some_and(|(_, it)| it);
            references(inner, &at, Some((&at, is_alternative)), visit);
        }
    }
}
