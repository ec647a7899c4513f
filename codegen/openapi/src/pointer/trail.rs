//! Tracks the position of a walk over a document without building a pointer for each value.

use super::Pointer;

/// The steps from a document to a value: those to its parent, and the last one.
///
/// Walks keep trails on their stack and build a [`Pointer`] only to report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trail<'a> {
    around: Option<&'a Trail<'a>>,
    step: Step<'a>,
    depth: usize,
}

/// A step from a value into a value that it holds.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    /// Returns the trail of the whole document.
    pub(crate) fn root() -> Self {
        Self {
            around: None,
            step: Step::Index(0),
            depth: 0,
        }
    }

    /// Returns the trail of the member `key` of the object at this place.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        self.then(Step::Key(key))
    }

    /// Returns the trail of element `index`, counted from 0, of the list at this place.
    pub(crate) fn index(&'a self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    fn then(&'a self, step: Step<'a>) -> Self {
        Self {
            around: Some(self),
            step,
            depth: self.depth + 1,
        }
    }

    /// Returns how many steps the value is away from the whole document.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the key of the value; an empty string for an element of a list.
    pub(crate) fn name(&self) -> &'a str {
        match self.step {
            Step::Key(key) => key,
            Step::Index(_) => "",
        }
    }

    /// Builds the pointer.
    pub(crate) fn pointer(&self) -> Pointer {
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
