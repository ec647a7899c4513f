//! Bounds how deep types contain each other.

use super::graph::{circles, parts_first};
use crate::api::Api;

/// The recursion limit of rustc and rustdoc, unless a crate sets another.
const DEFAULT_LIMIT: usize = 128;

/// The levels that a type adds to the proof of an auto trait, at most: a field of `Option<Box<T>>` or `Vec<T>` leads to `T`
/// through private types of the standard library.
const LEVELS_PER_TYPE: usize = 6;

/// Returns the recursion limit for a crate of these versions; `None` if the default is enough.
///
/// rustdoc proves the auto traits of every type, and fails where the proof is deeper than the limit (E0275). Documents with
/// hundreds of types that refer to each other reach it.
pub(super) fn recursion_limit<'a>(apis: impl Iterator<Item = &'a Api>) -> Option<usize> {
    let depth = apis.map(|it| depth(&parts(it))).max()?;
    let needed = (depth * LEVELS_PER_TYPE).next_power_of_two();
    (needed > DEFAULT_LIMIT).then_some(needed)
}

/// For each type: the types inside of it, also in lists and maps.
fn parts(api: &Api) -> Vec<Vec<usize>> {
    let parts = api.types.iter().map(|it| {
        let children = it.shape.children();
        let children = children.filter_map(|it| api.named_inside(it.schema));
        children.map(|id| id.0).collect()
    });
    parts.collect()
}

/// Returns an upper bound for the length of a path that visits no type twice.
///
/// Within a cycle, it counts all members: the longest path itself is too expensive to find.
fn depth(parts: &[Vec<usize>]) -> usize {
    let circles = circles(parts);
    let mut members = vec![Vec::new(); parts.len()];
    let mut order = Vec::new();
    for id in parts_first(parts).into_iter().rev() {
        let circle = circles[id];
        if members[circle].is_empty() {
            order.push(circle);
        }
        members[circle].push(id);
    }
    let mut depths = vec![0; parts.len()];
    // Cycles that others lead to come last.
    for circle in order.into_iter().rev() {
        let below = members[circle].iter().flat_map(|&id| &parts[id]);
        let below = below.map(|&part| depths[circles[part]]);
        depths[circle] = members[circle].len() + below.max().unwrap_or(0);
    }
    depths.into_iter().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_members_of_cycles() {
        assert_eq!(depth(&[]), 0);
        assert_eq!(depth(&[vec![]]), 1);
        // 0 leads to the cycle of 1 and 2, which leads to 3, which leads to 4; 5 stands alone.
        let parts = [vec![1], vec![2], vec![1, 3], vec![4], vec![], vec![5]];
        assert_eq!(depth(&parts), 5);
        let chain: Vec<Vec<usize>> = (1..=100_000).map(|it| vec![it]).chain([vec![]]).collect();
        assert_eq!(depth(&chain), 100_001);
    }
}
