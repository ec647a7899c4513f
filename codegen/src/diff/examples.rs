//! Examples of answers: what tests of users find by name, or as the first of an operation.

use indexmap::IndexMap;

use super::compare::{Comparing, Found};
use super::operations::Both;
use super::rule::Rule;
use super::wording::{self, code};
use crate::api::AnswerExample;
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares what tests can have of an operation's answers: which examples there are. What they hold is prose, and
    /// so are new ones.
    pub(super) fn examples(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.examples, &both.new.examples];
        let [old_names, new_names] = [old, new].map(|it| named(it));
        for (name, example) in &new_names {
            self.example_prose(both, old_names.get(name).copied(), example);
        }
        // Its name has not told of it above.
        let is_untold = |it: &&AnswerExample| {
            let is_first = old.first().is_some_and(|old| old.name == it.name);
            it.name.is_empty() || (!is_first && old_names.contains_key(it.name.as_str()))
        };
        if let Some(first) = new.first().filter(is_untold) {
            self.example_prose(both, old.first(), first);
        }
        self.named_examples(both, &old_names, &new_names);
        if let (Some(gone), None) = (old.first(), new.first())
            && old_names.is_empty()
        {
            let what = "is gone, and there is no other";
            self.example_found(both, "", what, [&gone.at, &both.new.at]);
        }
    }

    /// Notes that an example is new or shows something else.
    fn example_prose(&mut self, both: Both<'_>, old: Option<&AnswerExample>, new: &AnswerExample) {
        let item = self.new.request_path(both.to);
        let shown = |it: &AnswerExample| (it.status, it.body.clone());
        let at = [old.map_or(&both.old.at, |it| &it.at), &new.at];
        self.prose(&item, [old.map(shown), Some(shown(new))], at);
    }

    fn named_examples(&mut self, both: Both<'_>, old: &Named<'_>, new: &Named<'_>) {
        let added: Vec<_> = new
            .iter()
            .filter(|(name, _)| !old.contains_key(*name))
            .collect();
        for (name, gone) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
            let renamed = added.iter().find(|(_, it)| it.body == gone.body);
            let (what, at) = match renamed {
                Some((now, it)) => (format!("is called {}", code(now)), &it.at),
                None => ("is gone".to_owned(), &both.new.at),
            };
            self.example_found(both, name, &what, [&gone.at, at]);
        }
    }

    /// Adds that an example, which may have no name, is not to be had.
    fn example_found(&mut self, both: Both<'_>, name: &str, what: &str, at: [&Pointer; 2]) {
        let operation = wording::operation(both.new);
        let subject = match name {
            "" => "the example".to_owned(),
            name => format!("the example {}", code(name)),
        };
        self.add(Found {
            rule: Rule::ExampleRemoved,
            item: self.new.request_path(both.to),
            old: Some(at[0].clone()),
            new: Some(at[1].clone()),
            message: format!("{subject} of {operation} {what}"),
            evidence: Vec::new(),
        });
    }
}

/// Examples by their names.
type Named<'a> = IndexMap<&'a str, &'a AnswerExample>;

/// The examples with a name, the first of each.
fn named(examples: &[AnswerExample]) -> Named<'_> {
    let mut named = Named::new();
    for example in examples.iter().filter(|it| !it.name.is_empty()) {
        named.entry(&example.name).or_insert(example);
    }
    named
}
