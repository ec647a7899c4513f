//! Continuation tokens of lists. A model gets only the names of bookmarks: the links stay here, so it cannot forge one.

use std::collections::VecDeque;

use rmcp::model::JsonObject;

use crate::cli::table::{Argument, Command};
use crate::json::Node;

/// The maximum number of bookmarks. The oldest is dropped first.
const MOST: usize = 200;

/// The maximum memory of their links and values, in bytes.
const MEMORY: usize = 4 * 1024 * 1024;

/// The position at which a list continues.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) command: &'static Command,
    /// The parameters of the list, as they were given.
    pub(super) asked: JsonObject,
    pub(super) values: Vec<(&'static Argument, Node)>,
    /// The link to the page.
    pub(super) link: String,
    /// The number of its items that were already returned.
    pub(super) given: usize,
}

impl Bookmark {
    fn size(&self) -> usize {
        let values = self.values.iter().map(|(_, it)| it.json().len());
        // The given values take as much memory as the parsed ones.
        self.link.len() + 2 * values.sum::<usize>()
    }
}

/// The bookmarks of a server.
#[derive(Debug, Default)]
pub(super) struct Bookmarks {
    kept: VecDeque<(String, Bookmark)>,
    count: u64,
}

impl Bookmarks {
    /// Stores a bookmark, and returns its name.
    pub(super) fn add(&mut self, bookmark: Bookmark) -> String {
        self.count += 1;
        let name = format!("next-{}", self.count);
        self.kept.push_back((name.clone(), bookmark));
        let size = |kept: &VecDeque<(String, Bookmark)>| -> usize {
            kept.iter().map(|(_, it)| it.size()).sum()
        };
        while self.kept.len() > MOST || (self.kept.len() > 1 && size(&self.kept) > MEMORY) {
            self.kept.pop_front();
        }
        name
    }

    /// Returns the bookmark with a name.
    ///
    /// # Errors
    ///
    /// Returns why the list cannot continue there.
    pub(super) fn find(
        &self,
        name: &str,
        command: &'static Command,
        asked: &JsonObject,
    ) -> Result<Bookmark, String> {
        let Some((_, bookmark)) = self.kept.iter().find(|(it, _)| it == name) else {
            return Err(format!(
                "`{name}` is not a `next` that this server still knows: call the tool without it to start again"
            ));
        };
        if !std::ptr::eq(bookmark.command, command) {
            return Err(format!("`{name}` is the `next` of another tool"));
        }
        let mut asked = asked.iter();
        match asked.all(|(name, value)| bookmark.asked.get(name) == Some(value)) {
            true => Ok(bookmark.clone()),
            false => Err(format!(
                "`{name}` continues a list with other parameters: give the same, or none"
            )),
        }
    }
}
