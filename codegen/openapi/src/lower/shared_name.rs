//! Names enumerations that several values share, after what these values have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::counted;
use crate::api::{TypeDefinition, TypeId};
use crate::words;

/// The types that several values may share.
#[derive(Default)]
pub(super) struct SharedNames(BTreeMap<TypeId, Wanted>);

/// What a type would be called and documented as for each of its values.
#[derive(Default)]
struct Wanted {
    names: Vec<Vec<String>>,
    docs: Vec<Option<String>>,
}

impl SharedNames {
    /// Remembers the first value of a type.
    pub(super) fn start(&mut self, id: TypeId, context: &Context<'_>, doc: Option<&String>) {
        self.0.insert(id, Wanted::default());
        self.add(id, context, doc);
    }

    /// Remembers another value of a type, unless something else names it.
    pub(super) fn add(&mut self, id: TypeId, context: &Context<'_>, doc: Option<&String>) {
        if let Some(wanted) = self.0.get_mut(&id) {
            wanted.names.push(context.names());
            wanted.docs.push(doc.cloned());
        }
    }

    /// Names the types that have several values. What is said of only one of them is not said of the type.
    pub(super) fn apply(self, types: &mut [TypeDefinition]) {
        for (id, Wanted { names, docs }) in self.0 {
            let definition = &mut types[id.0];
            definition.uses = names.len();
            (definition.name, definition.longer_names) = shared_names(&names);
            definition.doc = shared_doc(&docs);
        }
    }
}

/// What more than half of the values say about their type.
pub(super) fn shared_doc(docs: &[Option<String>]) -> Option<String> {
    let mut counts = counted(docs.iter().map(Option::as_ref)).into_iter();
    let common = counts.find(|(_, it)| it * 2 > docs.len());
    common.and_then(|(doc, _)| doc.cloned())
}

/// The name of a type that would have each of `wanted`, and names that tell more.
fn shared_names(wanted: &[Vec<String>]) -> (String, Vec<String>) {
    let firsts: Vec<&String> = wanted.iter().filter_map(|it| it.first()).collect();
    let snakes: Vec<String> = firsts.iter().map(|it| words::snake(it)).collect();
    let snakes: BTreeSet<&String> = snakes.iter().collect();
    let mut all: Vec<&String> = wanted.iter().flatten().collect();
    all.sort_by_key(|it| (it.len(), *it));
    all.dedup();
    let common = if snakes.len() > 1 {
        common_end(&snakes)
    } else {
        None
    };
    let name = common.unwrap_or_else(|| {
        let shortest = firsts.iter().min_by_key(|it| (it.len(), **it));
        shortest.map_or_else(String::new, |it| (*it).clone())
    });
    let longer = all.into_iter().filter(|it| **it != name);
    let longer = longer.take(MAX_LONGER).cloned().collect();
    (name, longer)
}

/// How many longer names are tried before numbers.
const MAX_LONGER: usize = 4;

/// The longest words that more than half of the names end with, if they say something.
fn common_end(names: &BTreeSet<&String>) -> Option<String> {
    let ends = names.iter().flat_map(|name| {
        let starts = name.match_indices('_').map(|(at, _)| at + 1);
        let starts = [0].into_iter().chain(starts);
        starts.map(|it| &name[it..])
    });
    let common = counted(ends)
        .into_iter()
        .filter(|(_, it)| it * 2 > names.len());
    let longest = common.max_by_key(|(end, _)| end.len());
    let longest = longest.map(|(end, _)| end);
    longest.filter(|it| !VAGUE.contains(it)).map(str::to_owned)
}

/// Names that say nothing about what their values are.
const VAGUE: [&str; 11] = [
    "code", "format", "item", "key", "kind", "mode", "name", "state", "status", "type", "value",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(wanted: &[&str]) -> String {
        let wanted: Vec<Vec<String>> = wanted.iter().map(|it| vec![(*it).to_owned()]).collect();
        let reversed: Vec<Vec<String>> = wanted.iter().rev().cloned().collect();
        let (name, _) = shared_names(&wanted);
        assert_eq!(name, shared_names(&reversed).0, "the order does not matter");
        name
    }

    #[test]
    fn shared_types_are_named_after_the_words_in_common() {
        assert_eq!(name_of(&["repo_direction", "issue_direction"]), "direction");
        assert_eq!(
            name_of(&["repo_direction", "issue_direction", "search_order"]),
            "direction"
        );
        assert_eq!(name_of(&["my_sort_order", "pet_sort_order"]), "sort_order");
        assert_eq!(name_of(&["PetKind", "pet_kind"]), "PetKind");
    }

    #[test]
    fn docs_of_one_value_are_not_those_of_the_type() {
        let docs = |texts: &[&str]| -> Vec<Option<String>> {
            texts.iter().map(|it| Some((*it).to_owned())).collect()
        };
        assert_eq!(shared_doc(&docs(&["a", "b"])), None);
        assert_eq!(shared_doc(&docs(&["a", "b", "a"])), Some("a".to_owned()));
        assert_eq!(shared_doc(&docs(&["a"])), Some("a".to_owned()));
    }

    #[test]
    fn words_that_say_nothing_are_no_name() {
        assert_eq!(name_of(&["pet_status", "owner_status"]), "pet_status");
        assert_eq!(name_of(&["zoo_kind", "pet_kind"]), "pet_kind");
        assert_eq!(name_of(&["order", "direction"]), "order");
    }
}
