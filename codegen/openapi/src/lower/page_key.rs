//! Finds the value of a key of a page in the schemas of a response.

use std::borrow::Borrow;

use openapiv3::{ReferenceOr, Schema};

use super::envelope::{List, ListSchema, Property, Search};
use super::keywords::Keywords;
use super::restriction;
use crate::pointer::Pointer;
use crate::spelling::similar;

/// The value of a key.
pub(super) struct ValueSchema<'a> {
    /// The names that lead to it.
    pub(super) key: Vec<&'a str>,
    pub(super) at: Pointer,
    pub(super) schema: &'a ReferenceOr<Box<Schema>>,
    /// Whether every page has it.
    pub(super) is_required: bool,
}

impl<'a> Property<'a> {
    fn value(&self) -> ValueSchema<'a> {
        ValueSchema {
            key: vec![self.name],
            at: self.at.key(self.name),
            schema: self.schema,
            is_required: self.is_required,
        }
    }
}

/// A key without a value.
pub(super) struct MissingKey {
    key: String,
    /// The end of a sentence about it: a reason or a suggestion.
    note: String,
}

impl MissingKey {
    /// Says that `owner` does not have it.
    pub(super) fn in_the(self, owner: &str) -> String {
        let Self { key, note } = self;
        format!("{owner} has no `{key}`{note}")
    }
}

impl<'a> Search<'a> {
    /// Finds the value of `key`, whose dots lead into objects, unless they are in the name of a property.
    pub(super) fn value<S: Borrow<Schema>>(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<S>,
        key: &str,
    ) -> Result<ValueSchema<'a>, MissingKey> {
        let missing = |key: &str, note: String| MissingKey {
            key: key.to_owned(),
            note,
        };
        let Some((properties, is_nullable)) = self.members(at, schema) else {
            return Err(missing(key, ", because it is not an object".to_owned()));
        };
        let dots = key.rmatch_indices('.');
        let parts = dots.map(|(dot, _)| (&key[..dot], Some(&key[dot + 1..])));
        let mut deeper = None;
        for (name, rest) in [(key, None)].into_iter().chain(parts) {
            // A later part usually says more about the same property.
            for property in properties.iter().rev().filter(|it| it.name == name) {
                let at = property.at.key(name);
                let Some(rest) = rest else {
                    let mut found = property.value();
                    found.is_required &= !is_nullable;
                    return Ok(found);
                };
                let on_the_way = self.parts.len();
                match self.value(&at, property.schema, rest) {
                    Ok(mut found) => {
                        found.key.insert(0, property.name);
                        found.is_required &= property.is_required && !is_nullable;
                        return Ok(found);
                    }
                    Err(MissingKey { key, note }) => {
                        self.parts.truncate(on_the_way);
                        deeper = deeper.or(Some(missing(&format!("{name}.{key}"), note)));
                    }
                }
            }
        }
        let first = key.split('.').next().unwrap_or(key);
        let names = properties.iter().map(|it| it.name);
        Err(deeper.unwrap_or_else(|| missing(key, did_you_mean(first, names))))
    }

    /// Finds the only list of an object, or returns why there is none, as a sentence.
    pub(super) fn only_value(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
    ) -> Result<ValueSchema<'a>, String> {
        let members = self.members(at, schema);
        let (properties, _) = members.ok_or("its response is not an object")?;
        let mut lists: Vec<&Property<'_>> = Vec::new();
        // A later part usually says more about the same property.
        for property in properties.iter().rev() {
            let is_known = lists.iter().any(|it| it.name == property.name);
            let at = property.at.key(property.name);
            if !is_known && self.is_list(&at, property.schema) {
                lists.push(property);
            }
        }
        match lists.as_slice() {
            [] => Err("its response has no list".to_owned()),
            [only] => Ok(only.value()),
            [..] => {
                let names: Vec<&str> = lists.iter().rev().map(|it| it.name).collect();
                let names = names.join("`, `");
                Err(format!("its response has several lists: `{names}`"))
            }
        }
    }

    /// Whether a schema describes a list, or null. It does not become a part of the page.
    fn is_list(&mut self, at: &Pointer, schema: &'a ReferenceOr<Box<Schema>>) -> bool {
        let on_the_way = self.parts.len();
        let list = self.list_or_null(at, schema);
        self.parts.truncate(on_the_way);
        list.is_some()
    }

    /// The properties of an object, and whether it may be null.
    fn members<S: Borrow<Schema>>(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<S>,
    ) -> Option<(Vec<Property<'a>>, bool)> {
        let resolved = self.resolved(at, schema)?;
        let (at, schema, is_nullable) = self.without_null(resolved)?;
        Some((self.properties(at, schema)?, is_nullable))
    }

    /// The schema of a value unless it is null, and whether it may be: the only other alternative, if there are some.
    fn without_null(
        &mut self,
        (mut at, mut schema): (Pointer, &'a Schema),
    ) -> Option<(Pointer, &'a Schema, bool)> {
        let mut is_nullable = false;
        loop {
            is_nullable |= schema.schema_data.nullable;
            let keywords = Keywords::of(schema);
            let is_plain = keywords.has_own() || !keywords.all_of.is_empty();
            let (keyword, alternatives) = match (keywords.one_of, keywords.any_of) {
                (one_of @ [_, ..], []) if !is_plain => ("oneOf", one_of),
                ([], any_of @ [_, ..]) if !is_plain => ("anyOf", any_of),
                (_, _) => return Some((at, schema, is_nullable)),
            };
            let is_null = |it: &ReferenceOr<Schema>| it.as_item().is_some_and(restriction::is_null);
            let mut others = alternatives
                .iter()
                .enumerate()
                .filter(|(_, it)| !is_null(it));
            let (Some((index, only)), None) = (others.next(), others.next()) else {
                return Some((at, schema, is_nullable));
            };
            is_nullable |= alternatives.len() > 1;
            (at, schema) = self.resolved(&at.key(keyword).index(index), only)?;
        }
    }

    /// The list that a schema describes, if it is one or null.
    pub(super) fn list_or_null<S: Borrow<Schema>>(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<S>,
    ) -> Option<ListSchema<'a>> {
        let on_the_way = self.parts.len();
        let resolved = self.resolved(at, schema)?;
        let (at, schema, _) = self.without_null(resolved)?;
        let list = self.list_in(at, schema);
        if list.is_none() {
            self.parts.truncate(on_the_way);
        }
        list
    }

    /// The list of the items of a page.
    pub(super) fn items(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        key: &[String],
    ) -> Option<List<'a>> {
        let found = self.value(at, schema, &key.join(".")).ok()?;
        let name = found.key.last()?;
        let list = self.list_or_null(&found.at, found.schema)?;
        Some(list.under(name))
    }

    /// The type of a value, if its schema has one.
    pub(super) fn type_of<S: Borrow<Schema>>(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<S>,
    ) -> Option<&'a str> {
        let on_the_way = self.parts.len();
        let resolved = self.resolved(at, schema)?;
        let found = self.without_null(resolved);
        self.parts.truncate(on_the_way);
        Keywords::of(found?.1).typ
    }
}

/// The end of a sentence that suggests a similar name, if there is one.
pub(super) fn did_you_mean<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let guess = similar(name, names);
    guess.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"))
}
