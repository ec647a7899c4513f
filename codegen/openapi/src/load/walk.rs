//! Walks the objects of a document that OpenAPI describes, each with its rule.
//!
//! The rule table is OpenAPI 3.0's. Additions of 3.1 are in a table here.

use serde_json::Value;

use super::check::rule::{Kind, ObjectRule};
use super::check::rules::{
    COMPONENTS, DOCUMENT, EXAMPLE, HEADER, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM,
    REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::pointer::Trail;
use crate::tree::{Cursor, Tree};
use crate::workers::Workers;

/// The action for each object.
pub(super) trait Visitor {
    /// Visits an object, or the reference in its place, before its contents.
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>);

    /// Visits the name of a schema, or a reference to one, in the mapping of a discriminator.
    fn schema_name(&mut self, name: &mut Cursor<'_>, at: &Trail<'_>);

    /// Visits a map or a list of objects, such as `paths`, or the reference in its place, before its contents.
    fn group(&mut self, _group: &mut Cursor<'_>, _kind: &'static Kind, _at: &Trail<'_>) {}
}

/// A visitor that others can help: it visits the parts of a document in any order, and each by itself.
pub(super) trait SharedVisitor: Visitor + Send + Sized {
    /// Returns a visitor for a part of the document.
    fn helper(&self) -> Self;

    /// Takes over what a helper found. Helpers return in the order of their parts.
    fn take_over(&mut self, helper: Self);
}

/// The whole document.
pub(super) static ROOT: Kind = Kind::Object(&DOCUMENT);

static ANY_PATH_ITEM: Kind = Kind::ObjectOrRef(&PATH_ITEM);
static ANY_RESPONSE: Kind = Kind::ObjectOrRef(&RESPONSE);
static ANY_MEDIA_TYPE: Kind = Kind::Object(&MEDIA_TYPE);
const ANY_SCHEMA: Kind = Kind::ObjectOrRef(&SCHEMA);

/// The keywords of OpenAPI 3.1 whose values are schemas (JSON Schema 2020-12, Core, §10).
static NEWER_KEYWORDS: [(&str, Kind); 14] = [
    ("$defs", Kind::Map(&ANY_SCHEMA)),
    ("definitions", Kind::Map(&ANY_SCHEMA)),
    ("patternProperties", Kind::Map(&ANY_SCHEMA)),
    ("dependentSchemas", Kind::Map(&ANY_SCHEMA)),
    ("prefixItems", Kind::List(&ANY_SCHEMA)),
    ("contains", ANY_SCHEMA),
    ("propertyNames", ANY_SCHEMA),
    ("unevaluatedItems", ANY_SCHEMA),
    ("unevaluatedProperties", Kind::BoolOrSchema),
    ("contentSchema", ANY_SCHEMA),
    ("additionalItems", Kind::BoolOrSchema),
    ("if", ANY_SCHEMA),
    ("then", ANY_SCHEMA),
    ("else", ANY_SCHEMA),
];

/// The kinds of objects that a reference may stand for: those of OpenAPI, and those for which bundlers follow one.
pub(super) static REFERABLE: [Kind; 10] = [
    ANY_SCHEMA,
    Kind::ObjectOrRef(&RESPONSE),
    Kind::ObjectOrRef(&PARAMETER),
    Kind::ObjectOrRef(&EXAMPLE),
    Kind::ObjectOrRef(&REQUEST_BODY),
    Kind::ObjectOrRef(&HEADER),
    Kind::ObjectOrRef(&SECURITY_SCHEME),
    Kind::ObjectOrRef(&PATH_ITEM),
    Kind::ObjectOrRef(&OPERATION),
    Kind::ObjectOrRef(&MEDIA_TYPE),
];

/// The sections of `components` that OpenAPI 3.1 adds.
static NEWER_SECTIONS: [(&str, Kind); 1] = [("pathItems", Kind::Map(&ANY_PATH_ITEM))];

/// The field of a media type that OpenAPI 3.2 adds.
static NEWER_CONTENTS: [(&str, Kind); 1] = [("itemSchema", ANY_SCHEMA)];

/// Into how many parts a map is divided: enough that threads finish at about the same time.
const PARTS: usize = 16;

/// The least number of members that is worth a helper.
const MEMBERS: usize = 8;

/// Walks a document, and shares the paths and the components among workers.
pub(super) fn walk_document<V: SharedVisitor>(
    visitor: &mut V,
    document: &mut Tree,
    workers: &impl Workers,
) {
    let root = Trail::root();
    let mut document = document.cursor();
    visitor.object(&DOCUMENT, &mut document, &root);
    for (name, kind) in held(&DOCUMENT, document.value) {
        let Some(mut member) = document.member(name) else {
            continue;
        };
        let at = root.key(name);
        if name != "components" {
            shared(visitor, kind, member, &at, workers);
            continue;
        }
        visitor.object(&COMPONENTS, &mut member, &at);
        for (name, kind) in held(&COMPONENTS, member.value) {
            if let Some(section) = member.member(name) {
                shared(visitor, kind, section, &at.key(name), workers);
            }
        }
    }
}

/// Walks a value of this kind, and shares its members among workers if it is a map.
fn shared<V: SharedVisitor>(
    visitor: &mut V,
    kind: &'static Kind,
    mut cursor: Cursor<'_>,
    at: &Trail<'_>,
    workers: &impl Workers,
) {
    let Some(of_members) = of_members(kind) else {
        return walk(visitor, kind, cursor, at);
    };
    visitor.group(&mut cursor, kind, at);
    let mut members = cursor.into_members();
    let size = members.len().div_ceil(PARTS).max(MEMBERS);
    let mut parts = Vec::new();
    while !members.is_empty() {
        let rest = members.split_off(size.min(members.len()));
        parts.push((visitor.helper(), std::mem::replace(&mut members, rest)));
    }
    let helpers = workers.map(parts, |(mut helper, members)| {
        for (key, member) in members {
            walk(&mut helper, of_members, member, &at.key(key));
        }
        helper
    });
    for helper in helpers {
        visitor.take_over(helper);
    }
}

/// Walks a value of this kind.
pub(super) fn walk(
    visitor: &mut impl Visitor,
    kind: &'static Kind,
    mut cursor: Cursor<'_>,
    at: &Trail<'_>,
) {
    if let Some(kind_of_members) = of_members(kind) {
        visitor.group(&mut cursor, kind, at);
        cursor.each_member(|key, member| walk(visitor, kind_of_members, member, &at.key(key)));
        return;
    }
    match kind {
        Kind::List(of_elements) => {
            visitor.group(&mut cursor, kind, at);
            for index in 0..cursor.count() {
                if let Some(element) = cursor.element(index) {
                    walk(visitor, of_elements, element, &at.index(index));
                }
            }
        }
        Kind::Object(rule) | Kind::ObjectOrRef(rule) => object(visitor, rule, &mut cursor, at),
        Kind::BoolOrSchema => {
            if !cursor.value.is_boolean() {
                object(visitor, &SCHEMA, &mut cursor, at);
            }
        }
        Kind::SchemaName => visitor.schema_name(&mut cursor, at),
        Kind::Map(_) | Kind::Components(_) | Kind::Paths | Kind::Responses | Kind::Content => {}
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl | Kind::Pattern => {}
        Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) | Kind::Type => {}
        Kind::Security => {}
    }
}

/// The kind of the members of a map.
fn of_members(kind: &'static Kind) -> Option<&'static Kind> {
    match kind {
        Kind::Map(kind) | Kind::Components(kind) => Some(kind),
        Kind::Paths => Some(&ANY_PATH_ITEM),
        Kind::Responses => Some(&ANY_RESPONSE),
        Kind::Content => Some(&ANY_MEDIA_TYPE),
        Kind::List(_) | Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema => None,
        Kind::SchemaName | Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url => None,
        Kind::ServerUrl | Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count => None,
        Kind::OneOf(_) | Kind::Type | Kind::Security => None,
    }
}

fn object(
    visitor: &mut impl Visitor,
    rule: &'static ObjectRule,
    cursor: &mut Cursor<'_>,
    at: &Trail<'_>,
) {
    visitor.object(rule, cursor, at);
    for (name, kind) in held(rule, cursor.value) {
        if let Some(member) = cursor.member(name) {
            walk(visitor, kind, member, &at.key(name));
        }
    }
}

/// The fields of an object that hold objects with rules, or references to some, in the order of the rule.
///
/// Most values are text and hold nothing, so few fields are looked up.
fn held(rule: &'static ObjectRule, object: &Value) -> Vec<(&'static str, &'static Kind)> {
    let newer: &'static [(&str, Kind)] = if std::ptr::eq(rule, &raw const SCHEMA) {
        &NEWER_KEYWORDS
    } else if std::ptr::eq(rule, &raw const COMPONENTS) {
        &NEWER_SECTIONS
    } else if std::ptr::eq(rule, &raw const MEDIA_TYPE) {
        &NEWER_CONTENTS
    } else {
        &[]
    };
    let fields = rule.fields.iter().map(|it| (it.name, &it.kind));
    let fields = fields.chain(newer.iter().map(|(name, kind)| (*name, kind)));
    let members = object.as_object().into_iter().flatten();
    // A Boolean is a schema in OpenAPI 3.1.
    let holders = members.filter(|(_, it)| it.is_object() || it.is_array() || it.is_boolean());
    let mut held: Vec<_> = holders
        .filter_map(|(key, _)| {
            fields
                .clone()
                .enumerate()
                .find(|(_, (name, _))| *name == key)
        })
        .filter(|(_, (_, kind))| !kind.is_leaf())
        .collect();
    held.sort_unstable_by_key(|(index, _)| *index);
    held.into_iter().map(|(_, field)| field).collect()
}
