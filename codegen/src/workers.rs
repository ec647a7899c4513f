//! Who does what does not depend on each other: reading the documents of a crate and their parts, planning and writing its
//! files.

/// Does the same work on several things, at once or one after the other. The work may share some of itself in turn.
pub trait Workers: Sync {
    /// Calls `work` with each item, and returns what it returns in the order of the items.
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R>;
}

/// Takes one item after the other.
#[derive(Clone, Copy, Debug)]
pub struct OneByOne;

impl Workers for OneByOne {
    fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
        items.into_iter().map(work).collect()
    }
}
