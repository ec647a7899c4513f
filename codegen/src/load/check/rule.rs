//! How the table of rules is written: what a value may be, what an object may hold.

use super::{Checker, Members};
use crate::pointer::Trail;

/// What a value may be.
pub(in crate::load) enum Kind {
    /// Any JSON.
    Any,
    /// Any JSON, and taken out of the document: nothing is generated from it, and the OpenAPI
    /// parser is pickier about it than anyone else.
    LeftOut,
    Text,
    /// A URL.
    Url,
    /// The URL of a server, with the names of variables in braces.
    ServerUrl,
    /// A regular expression.
    Pattern,
    Bool,
    /// A number that limits others.
    Limit,
    /// A whole number, 0 or more.
    Count,
    /// One of a few texts.
    OneOf(&'static [&'static str]),
    /// The `type` of a schema.
    Type,
    List(&'static Kind),
    /// An object with keys of the author's choice.
    Map(&'static Kind),
    /// A section of `components`: an object whose keys are names of components.
    Components(&'static Kind),
    Object(&'static Rule),
    /// An object or a reference to one.
    ObjectOrRef(&'static Rule),
    /// `additionalProperties`.
    BoolOrSchema,
    /// The name of a schema or a reference to one.
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

/// What an object may hold.
pub(in crate::load) struct Rule {
    /// What the object is, with its article.
    pub(in crate::load) name: &'static str,
    /// The section of `components` that holds such objects.
    pub(in crate::load) section: Option<&'static str>,
    /// The fields that it may have, beside `x-…`.
    pub(in crate::load) fields: &'static [Field],
    /// What fields and kinds cannot say.
    pub(super) also: fn(&mut Checker<'_>, &Members<'_>, &Trail<'_>),
}

/// A field of an object.
pub(in crate::load) struct Field {
    pub(in crate::load) name: &'static str,
    pub(in crate::load) kind: Kind,
    pub(in crate::load) required: bool,
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: true,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        required: false,
    }
}

pub(super) const fn rule(
    name: &'static str,
    section: Option<&'static str>,
    fields: &'static [Field],
) -> Rule {
    Rule {
        name,
        section,
        fields,
        also: |_, _, _| {},
    }
}
