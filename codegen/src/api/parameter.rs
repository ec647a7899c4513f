//! Parameters of operations, and the parts of a request that carry them.

use super::schema::is_texts;
use super::{Api, Json, Scalar, Type, Use};
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
    /// What it holds. No text can say null: it leaves out what would be null, and items of lists that would. The service
    /// checks the limits, not the client.
    pub value: Use,
    /// The media type of a part, if the spec names one.
    pub media_type: Option<String>,
    /// How the value is written.
    pub writing: Writing,
    /// A value to show in docs, which fits the type. The values of one operation's parameters belong together.
    pub example: Option<Json>,
    /// Whether it may hold personal data.
    pub pii: bool,
    /// Whether it is going away.
    pub deprecated: bool,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// As text, and its parts in a style. A text alone has the usual style, unless another says more of it.
    Styled(Style),
    /// As JSON.
    Json,
    /// As the JSON of each item of a list.
    JsonItems,
}

impl Writing {
    /// As text, each item of a list on its own.
    pub const PLAIN: Self = Self::Styled(Style::of(Layout::Exploded));

    /// Whether it is JSON.
    pub(crate) fn is_json(self) -> bool {
        match self {
            Self::Styled(_) => false,
            Self::Json | Self::JsonItems => true,
        }
    }
}

/// How the parts of a value are spread over a request (OpenAPI 3.0.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Where they stand.
    pub layout: Layout,
    /// Whether reserved characters (RFC 3986 §2.2) stay as they are.
    pub keeps_reserved: bool,
}

impl Style {
    /// A layout, with all characters escaped that may mean something else.
    pub const fn of(layout: Layout) -> Self {
        Self {
            layout,
            keeps_reserved: false,
        }
    }
}

/// Where the parts of a value stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Each in a field of its own; members of objects under their own names. In a header they have commas between them,
    /// and members are `name=value`.
    Exploded,
    /// In one field with commas between them.
    Commas,
    /// In one field with spaces between them.
    Spaces,
    /// In one field with `|` between them.
    Pipes,
    /// Each in a field whose name has its keys in brackets.
    Brackets,
    /// In a path (RFC 6570).
    Path {
        /// What precedes the value.
        prefix: Prefix,
        /// Whether each part is on its own.
        explodes: bool,
    },
}

impl Layout {
    /// Whether a text alone is written as it is.
    pub(crate) fn is_usual(self) -> bool {
        match self {
            Self::Exploded | Self::Commas | Self::Spaces | Self::Pipes | Self::Brackets => true,
            Self::Path { prefix, .. } => prefix == Prefix::Nothing,
        }
    }

    /// Whether each part of a value in a path is on its own.
    pub(crate) fn explodes(self) -> bool {
        match self {
            Self::Exploded | Self::Commas | Self::Spaces | Self::Pipes | Self::Brackets => false,
            Self::Path { explodes, .. } => explodes,
        }
    }
}

/// What precedes a value in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Nothing: the style `simple`.
    Nothing,
    /// A dot: the style `label`.
    Dot,
    /// A semicolon and the name: the style `matrix`.
    Name,
}

impl Api {
    /// Whether a parameter is passed as a value of its type. Others are passed as their texts, or as JSON that the caller
    /// has.
    pub fn is_passed_as_value(&self, parameter: &Parameter) -> bool {
        let schema = parameter.value.schema;
        match (parameter.writing, self.ty(schema)) {
            (Writing::Styled(_), _) => !is_texts(&self.schemas, &self.types, schema),
            (Writing::Json, Type::Any) => false,
            (Writing::JsonItems, Type::List(item)) => *self.ty(item.schema) != Type::Any,
            (Writing::Json | Writing::JsonItems, _) => true,
        }
    }

    /// The scalar that a parameter of a path is passed as; one of some texts is text. `None` of lists and objects.
    pub(crate) fn path_scalar(&self, parameter: &Parameter) -> Option<Scalar> {
        match self.ty(parameter.value.schema) {
            Type::Scalar(scalar) => Some(*scalar),
            Type::Any => Some(Scalar::String),
            Type::Named(id) => {
                let values = self.type_definition(*id).shape.values();
                values.map(|_| Scalar::String)
            }
            Type::List(_) | Type::Map(_) => None,
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
            Location::Path | Location::Query | Location::Cookie => name == other_name,
            Location::Form | Location::Part(_) => name == other_name,
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
    /// A cookie.
    Cookie,
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
