//! Finds the namespace of a document's schemas, which says nothing in a crate for that document alone: `acme.shop.pet` is
//! `pet`. Paths and ids of operations may have it, too, as `OData` writes the functions of a resource.

use std::collections::{BTreeMap, BTreeSet};

use super::counted;
use crate::words;

/// The namespace of most schemas, and the names that need it.
#[derive(Default)]
pub(super) struct Namespace {
    /// The namespace with the dot behind it. Empty if there is none.
    prefix: String,
    /// The schemas whose names would be those of others.
    needed: BTreeSet<String>,
}

/// How many schemas have a namespace at least.
const FEWEST: usize = 3;

impl Namespace {
    /// Finds the namespace of these schemas: that of more than half of them.
    pub(super) fn of(schemas: &[String]) -> Self {
        let prefixes = schemas.iter().flat_map(|it| {
            let dots = it.match_indices('.').map(|(at, _)| at + 1);
            dots.map(|end| &it[..end])
        });
        let counts = counted(prefixes).into_iter();
        let most = counts.filter(|(_, it)| *it >= FEWEST && *it * 2 > schemas.len());
        let Some((prefix, _)) = most.max_by_key(|(it, _)| it.len()) else {
            return Self::default();
        };
        let short = |it: &String| words::snake(it.strip_prefix(prefix).unwrap_or(it));
        let mut names: BTreeMap<String, usize> = counted(schemas.iter().map(short));
        names.retain(|_, it| *it > 1);
        let is_needed = |it: &&String| names.contains_key(&short(it));
        Self {
            needed: schemas.iter().filter(is_needed).cloned().collect(),
            prefix: prefix.to_owned(),
        }
    }

    /// The name of a schema without the namespace, unless that is the name of another.
    pub(super) fn short<'n>(&self, schema: &'n str) -> &'n str {
        match schema.strip_prefix(&self.prefix) {
            Some(short) if !short.is_empty() && !self.needed.contains(schema) => short,
            Some(_) | None => schema,
        }
    }

    /// A text without the namespace before any of its words.
    pub(super) fn removed_from(&self, text: &str) -> String {
        if self.prefix.is_empty() {
            return text.to_owned();
        }
        let mut short = String::with_capacity(text.len());
        for part in text.split_inclusive(&self.prefix) {
            let before = part.strip_suffix(&self.prefix);
            let is_start = |it: &&str| {
                let all = [short.as_str(), it].concat();
                !all.ends_with(|it: char| it.is_alphanumeric() || it == '_')
            };
            short.push_str(before.filter(is_start).unwrap_or(part));
        }
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(schemas: &[&str]) -> Namespace {
        let mut schemas: Vec<String> = schemas.iter().map(|it| (*it).to_owned()).collect();
        let namespace = Namespace::of(&schemas);
        schemas.reverse();
        assert_eq!(namespace.needed, Namespace::of(&schemas).needed);
        namespace
    }

    #[test]
    fn the_namespace_of_most_schemas_is_left_out() {
        let shop = of(&[
            "acme.shop.pet",
            "acme.shop.owner",
            "acme.shop.tax.rate",
            "Error",
        ]);
        let short = ["acme.shop.pet", "acme.shop.tax.rate", "Error"].map(|it| shop.short(it));
        assert_eq!(short, ["pet", "tax.rate", "Error"]);
        for few in [
            &["acme.shop.pet", "acme.shop.owner"] as &[&str],
            &[
                "apps.secret",
                "apps.key",
                "apps.user",
                "card",
                "tax.rate",
                "issuing.card",
            ],
        ] {
            assert_eq!(of(few).short(few[0]), few[0]);
        }
    }

    #[test]
    fn the_namespace_stays_where_names_would_be_the_same() {
        let shop = of(&[
            "shop.pet",
            "shop.owner",
            "shop.tax.rate",
            "shop.tax_rate",
            "Pet",
        ]);
        let short = ["shop.pet", "shop.owner", "shop.tax.rate", "shop.tax_rate"];
        assert_eq!(
            short.map(|it| shop.short(it)),
            ["shop.pet", "owner", "shop.tax.rate", "shop.tax_rate"]
        );
    }

    #[test]
    fn paths_and_ids_have_no_namespace() {
        let shop = of(&["acme.shop.pet", "acme.shop.owner", "acme.shop.toy"]);
        for (text, short) in [
            ("/pets/{id}/acme.shop.feed()", "/pets/{id}/feed()"),
            ("Get.acme.shop.pet.As.acme.shop.toy", "Get.pet.As.toy"),
            ("/pets/myacme.shop.pet", "/pets/myacme.shop.pet"),
            ("acme.shop.", ""),
        ] {
            assert_eq!(shop.removed_from(text), short);
        }
        assert_eq!(Namespace::default().removed_from("a.b"), "a.b");
    }
}
