//! Defines the types of the rule tables: the kinds of values and the fields of objects.

use super::{Checker, Members};
use crate::pointer::Trail;

/// The kind of a value.
pub(in crate::load) enum Kind {
    /// Any JSON.
    Any,
    /// Any JSON, removed from the document: nothing is generated from it, and the OpenAPI parser is stricter about it
    /// than necessary.
    LeftOut,
    Text,
    /// A URL.
    Url,
    /// The URL of a server, with variable names in braces.
    ServerUrl,
    /// A regular expression.
    Pattern,
    Bool,
    /// A limit of other numbers.
    Limit,
    /// A whole number from 0.
    Count,
    /// One of a few strings.
    OneOf(&'static [&'static str]),
    /// The `type` of a schema.
    Type,
    List(&'static Kind),
    /// An object with arbitrary keys.
    Map(&'static Kind),
    /// A section of `components`: an object whose keys are component names.
    Components(&'static Kind),
    Object(&'static ObjectRule),
    /// An object, or a reference to one.
    ObjectOrRef(&'static ObjectRule),
    /// `additionalProperties`.
    BoolOrSchema,
    /// The name of a schema, or a reference to one.
    SchemaName,
    /// A Paths Object.
    Paths,
    /// A Responses Object.
    Responses,
    /// The content of a body, by media type.
    Content,
    /// A Security Requirement Object.
    Security,
}

impl Kind {
    /// Returns whether such a value contains no objects that have rules, and no references.
    pub(in crate::load) fn is_leaf(&self) -> bool {
        match self {
            Self::Any | Self::LeftOut | Self::Text | Self::Url | Self::ServerUrl => true,
            Self::Pattern | Self::Bool | Self::Limit | Self::Count => true,
            Self::OneOf(_) | Self::Type | Self::Security => true,
            Self::List(kind) | Self::Map(kind) => kind.is_leaf(),
            Self::Components(_) | Self::Object(_) | Self::ObjectOrRef(_) => false,
            Self::BoolOrSchema | Self::SchemaName => false,
            Self::Paths | Self::Responses | Self::Content => false,
        }
    }
}

/// The rules of a kind of object.
pub(in crate::load) struct ObjectRule {
    /// The name of the object, with its article.
    pub(in crate::load) name: &'static str,
    /// The section of `components` that holds such objects.
    pub(in crate::load) section: Option<&'static str>,
    /// Its fields, without extensions.
    pub(in crate::load) fields: &'static [FieldRule],
    /// Checks that fields and kinds cannot express.
    pub(super) also: fn(&mut Checker<'_>, &Members<'_>, &Trail<'_>),
}

/// A field of an object.
pub(in crate::load) struct FieldRule {
    pub(in crate::load) name: &'static str,
    pub(in crate::load) kind: Kind,
    pub(in crate::load) required: bool,
}

pub(super) const fn must(name: &'static str, kind: Kind) -> FieldRule {
    FieldRule {
        name,
        kind,
        required: true,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> FieldRule {
    FieldRule {
        name,
        kind,
        required: false,
    }
}

pub(super) const fn rule(
    name: &'static str,
    section: Option<&'static str>,
    fields: &'static [FieldRule],
) -> ObjectRule {
    ObjectRule {
        name,
        section,
        fields,
        also: |_, _, _| {},
    }
}
