//! Compares the examples of responses, which users' tests look up by name, or as the first of an operation.

use indexmap::IndexMap;

use super::compare::{Comparing, RuleMatch, places};
use super::operations::Both;
use super::rule::Rule;
use super::wording::{self, code};
use crate::api::AnswerExample;
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares which examples an operation has. Their contents are prose, and so are new examples.
    pub(super) fn examples(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.examples, &both.new.examples];
        let [old_names, new_names] = [old, new].map(|it| named(it));
        for (name, example) in &new_names {
            self.example_prose(both, old_names.get(name).copied(), example);
        }
        // Examples with names are covered above.
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
            let what = "was removed, and there is no other";
            self.example_found(both, "", what, [&gone.at, &both.new.at]);
        }
    }

    /// Adds that an example is new or has different contents.
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
                Some((now, it)) => (format!("was renamed to {}", code(now)), &it.at),
                None => ("was removed".to_owned(), &both.new.at),
            };
            self.example_found(both, name, &what, [&gone.at, at]);
        }
    }

    /// Adds that an example, which may have no name, was removed or renamed.
    fn example_found(&mut self, both: Both<'_>, name: &str, what: &str, at: [&Pointer; 2]) {
        let operation = wording::operation(both.new);
        let subject = match name {
            "" => "the example".to_owned(),
            name => format!("the example {}", code(name)),
        };
        self.add(RuleMatch {
            rule: Rule::ExampleRemoved,
            item: self.new.request_path(both.to),
            at: places(at),
            message: format!("{subject} of {operation} {what}"),
            evidence: Vec::new(),
        });
    }
}

/// Examples by name.
type Named<'a> = IndexMap<&'a str, &'a AnswerExample>;

/// Returns the examples with a name, the first of each name.
fn named(examples: &[AnswerExample]) -> Named<'_> {
    let mut named = Named::new();
    for example in examples.iter().filter(|it| !it.name.is_empty()) {
        named.entry(&example.name).or_insert(example);
    }
    named
}
