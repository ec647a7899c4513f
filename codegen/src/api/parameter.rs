//! Parameters of operations, and the parts of a request that carry them.

use std::collections::BTreeMap;

use super::{Json, Use};
use crate::pointer::Pointer;

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the request.
    pub wire_name: String,
    /// What it means.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Where the spec declares it: `at`, or what a `$ref` there leads to.
    pub declaration: Pointer,
    /// The part of the request that carries it.
    pub location: Location,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// What it holds. No request can say null: it leaves out what would be null, and items of lists that would. The
    /// service checks the limits, not the client.
    pub value: Use,
    /// The media type of a part, if the spec names one.
    pub media_type: Option<String>,
    /// What stands between the values of a list that is one field of the query.
    pub delimiter: Option<Delimiter>,
    /// What the spec says of the JSON that a form carries as text, by the place in it: `.rules[].name`. Only good for
    /// telling whether it is the same.
    pub json: BTreeMap<String, Json>,
    /// A value to show in docs, which fits the type. The values of one operation's parameters belong together.
    pub example: Option<Json>,
    /// Whether it may hold personal data.
    pub pii: bool,
    /// Whether it is going away.
    pub deprecated: bool,
}

/// What stands between the values of a list that is one field (OpenAPI 3.0.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`: the style `form` without `explode`.
    Comma,
    /// A space: the style `spaceDelimited`.
    Space,
    /// `|`: the style `pipeDelimited`.
    Pipe,
}

impl Delimiter {
    /// The delimiter as it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Pipe => "%7C",
        }
    }
}

impl Parameter {
    /// Whether a request cannot have both: they are in the same place and have the same name. The names of headers
    /// ignore case (RFC 9110 §5.1).
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let [name, other_name] = [self, other].map(|it| it.wire_name.as_str());
        let is_same_name = match self.location {
            Location::Header => name.eq_ignore_ascii_case(other_name),
            Location::Path | Location::Query | Location::Form | Location::Part(_) => {
                name == other_name
            }
        };
        let is_same_place = match (self.location, other.location) {
            (Location::Part(_), Location::Part(_)) => true, // However each is written.
            (one, other) => one == other,
        };
        is_same_place && is_same_name
    }
}

/// The part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header field.
    Header,
    /// A field of a form body.
    Form,
    /// A part of a body with several (RFC 7578).
    Part(PartForm),
}

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// As text.
    Text,
    /// As JSON.
    Json,
    /// As a file.
    File,
}
