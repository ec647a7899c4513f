//! Where a walk over a document is, without the cost of a pointer for each value.

use crate::pointer::Pointer;

/// A value's place: the place of what holds it, and the last step.
///
/// Walks keep places on their stack and write down a [`Pointer`] only to report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    around: Option<&'a Place<'a>>,
    step: Step<'a>,
    depth: usize,
}

/// A step from a value into a value that it holds.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// Returns the place of the whole document.
    pub(super) fn root() -> Self {
        Self {
            around: None,
            step: Step::Index(0),
            depth: 0,
        }
    }

    /// Returns the place of the member `key` of the object at this place.
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self {
            around: Some(self),
            step: Step::Key(key),
            depth: self.depth + 1,
        }
    }

    /// Returns the place of element `index`, counted from 0, of the list at this place.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Self {
            around: Some(self),
            step: Step::Index(index),
            depth: self.depth + 1,
        }
    }

    /// Returns how many steps the value is away from the whole document.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the key that the value stands under; nothing for an element of a list.
    pub(super) fn name(&self) -> &'a str {
        match self.step {
            Step::Key(key) => key,
            Step::Index(_) => "",
        }
    }

    /// Writes the place down.
    pub(super) fn pointer(&self) -> Pointer {
        let Some(around) = self.around else {
            return Pointer::root();
        };
        let mut pointer = around.pointer();
        match self.step {
            Step::Key(key) => pointer.push(key),
            Step::Index(index) => pointer.push(&index.to_string()),
        }
        pointer
    }
}
