//! Where lists go on. What a model is given are the names of bookmarks: the links stay here, so that nobody can make one.

use std::collections::VecDeque;

use rmcp::model::JsonObject;

use crate::cli::table::{Argument, Command};
use crate::json::Node;

/// How many bookmarks are kept. The oldest goes first.
const MOST: usize = 200;

/// How much memory their links and values may take, in bytes.
const MEMORY: usize = 4 * 1024 * 1024;

/// Where a list goes on.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    pub(super) command: &'static Command,
    /// What the list was asked for with, as it was given.
    pub(super) asked: JsonObject,
    pub(super) values: Vec<(&'static Argument, Node)>,
    /// The link to the page.
    pub(super) link: String,
    /// How many of its items have been given already.
    pub(super) given: usize,
}

impl Bookmark {
    fn size(&self) -> usize {
        let values = self.values.iter().map(|(_, it)| it.json().len());
        // What was given takes as much as what was read of it.
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
    /// Keeps a bookmark, and returns its name.
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

    /// Returns the bookmark of a name.
    ///
    /// # Errors
    ///
    /// Says why the list cannot go on there.
    pub(super) fn find(
        &self,
        name: &str,
        command: &'static Command,
        asked: &JsonObject,
    ) -> Result<Bookmark, String> {
        let Some((_, bookmark)) = self.kept.iter().find(|(it, _)| it == name) else {
            return Err(format!(
                "`{name}` is no `next` that this server still knows: call the tool without it to start anew"
            ));
        };
        if !std::ptr::eq(bookmark.command, command) {
            return Err(format!("`{name}` is `next` of another tool"));
        }
        let mut asked = asked.iter();
        match asked.all(|(name, value)| bookmark.asked.get(name) == Some(value)) {
            true => Ok(bookmark.clone()),
            false => Err(format!(
                "`{name}` goes on with a list that was asked for with other parameters: give the same, or none"
            )),
        }
    }
}
