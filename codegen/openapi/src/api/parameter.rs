//! Models parameters and the parts of a request that carry them.

use std::fmt;

use super::schema::is_texts;
use super::{Api, Json, Scalar, Type, Use};
use crate::pointer::Pointer;

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the request.
    pub wire_name: String,
    /// What it means.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Where the spec declares it: `at`, or the target of a `$ref` there.
    pub declaration: Pointer,
    /// The part of the request that carries it.
    pub location: Location,
    /// Whether requests must have it.
    pub required: bool,
    /// Whether it is a part of an alternative body that must have it, if requests send that body.
    pub part_required: bool,
    /// Its value. Text cannot express null: null values and null list items are left out. The service checks the
    /// limits, not the client.
    pub value: Use,
    /// The media type of a part, if the spec gives one.
    pub media_type: Option<String>,
    /// How the value is serialized.
    pub writing: ParameterEncoding,
    /// A value for docs, which fits the type. The examples of one operation's parameters belong together.
    pub example: Option<Json>,
    /// Whether it may hold personal data.
    pub pii: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The maximum page size, if it is the page size of a list.
    pub largest_page: Option<usize>,
}

/// A required parameter with a single value, which every request has: callers do not pass it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Whether it is a header; if not, it is in the query.
    pub in_header: bool,
    /// Its name in the request.
    pub name: String,
    /// Its value: visible ASCII, and spaces between.
    pub value: String,
    /// Where the spec defines it.
    pub at: Pointer,
}

/// How the value of a parameter is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// As text, in a style. Single strings have the default style, unless another one matters.
    Styled(Style),
    /// As JSON: a media type says so, or the value has parts.
    Json,
    /// As text if it is a single string, and as JSON otherwise: a value of any type.
    Untyped,
    /// As the JSON of each item of a list.
    JsonItems,
    /// As text if it is a single string or a list of them, and as JSON otherwise: a union of both.
    TextOrJson,
}

impl ParameterEncoding {
    /// As text, each list item on its own.
    pub const PLAIN: Self = Self::Styled(Style::of(Layout::Exploded));

    /// The style. JSON has that of text.
    pub fn style(self) -> Style {
        match self {
            Self::Styled(style) => style,
            Self::Json | Self::Untyped | Self::JsonItems | Self::TextOrJson => {
                Style::of(Layout::Exploded)
            }
        }
    }

    /// Whether it is JSON.
    pub fn is_json(self) -> bool {
        match self {
            Self::Styled(_) => false,
            Self::Json | Self::Untyped | Self::JsonItems | Self::TextOrJson => true,
        }
    }
}

/// How the parts of a value are serialized (OpenAPI 3.0.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The arrangement of the parts.
    pub layout: Layout,
    /// Whether reserved characters (RFC 3986 §2.2) are not escaped.
    pub keeps_reserved: bool,
}

impl Style {
    /// A layout in which all reserved characters are escaped.
    pub const fn of(layout: Layout) -> Self {
        Self {
            layout,
            keeps_reserved: false,
        }
    }

    /// Whether a single string is only escaped.
    pub fn is_plain(self) -> bool {
        !self.keeps_reserved && self.layout.has_no_prefix()
    }
}

/// The arrangement of the parts of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Each in a field of its own; object members under their own names. In a header, parts are separated by commas,
    /// and members are `name=value`.
    Exploded,
    /// In one field, separated by commas.
    Commas,
    /// In one field, separated by spaces.
    Spaces,
    /// In one field, separated by `|`.
    Pipes,
    /// Each in a field whose name has the keys in brackets.
    Brackets,
    /// In a path (RFC 6570).
    Path {
        /// The prefix of the value.
        prefix: Prefix,
        /// Whether parts are exploded.
        explodes: bool,
    },
}

impl Layout {
    /// Whether nothing precedes a single string.
    fn has_no_prefix(self) -> bool {
        match self {
            Self::Exploded | Self::Commas | Self::Spaces | Self::Pipes | Self::Brackets => true,
            Self::Path { prefix, .. } => prefix == Prefix::Nothing,
        }
    }

    /// Whether the parts of a path value are exploded.
    pub fn explodes(self) -> bool {
        match self {
            Self::Exploded | Self::Commas | Self::Spaces | Self::Pipes | Self::Brackets => false,
            Self::Path { explodes, .. } => explodes,
        }
    }
}

/// The prefix of a path value.
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
    /// Whether a parameter is passed as a value of its type. Others are passed as strings, files or the caller's JSON.
    pub fn is_passed_as_value(&self, parameter: &Parameter) -> bool {
        let schema = parameter.value.schema;
        let is_map = matches!(self.ty(schema), Type::Map(_));
        if parameter.location == Location::Part(PartForm::File) && !is_map {
            return false;
        }
        match (parameter.writing, self.ty(schema)) {
            (ParameterEncoding::Styled(_), _) => !is_texts(&self.schemas, &self.types, schema),
            (ParameterEncoding::Json, Type::Any) | (ParameterEncoding::Untyped, _) => false,
            (ParameterEncoding::JsonItems, Type::List(item)) => *self.ty(item.schema) != Type::Any,
            (
                ParameterEncoding::Json
                | ParameterEncoding::JsonItems
                | ParameterEncoding::TextOrJson,
                _,
            ) => true,
        }
    }

    /// The scalar type of a path parameter; enumerations of strings are strings. `None` for lists and objects.
    pub fn path_scalar(&self, parameter: &Parameter) -> Option<Scalar> {
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
    /// The name of the additional properties of a form, which have names of their own.
    pub const OTHERS: &'static str = "*";
    /// The name of the files among the additional properties of a multipart body.
    pub const OTHER_FILES: &'static str = "*files";

    /// Whether both have the same name and location, so that a request cannot have both.
    pub fn is_same(&self, other: &Self) -> bool {
        self.is(other.location, &other.wire_name)
    }

    /// Whether it has this name and location.
    pub(crate) fn is(&self, location: Location, name: &str) -> bool {
        is_same([self.location, location], [&self.wire_name, name])
    }
}

/// As it is sent: `Version=2` in the query, `X-Version: 2` in a header.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.in_header { ": " } else { "=" };
        write!(f, "{}{sign}{}", self.name, self.value)
    }
}

impl Constant {
    /// Whether it has this name and location.
    pub fn is(&self, location: Location, name: &str) -> bool {
        is_same([self.location(), location], [&self.name, name])
    }

    /// The part of the request that carries it.
    pub fn location(&self) -> Location {
        match self.in_header {
            true => Location::Header,
            false => Location::Query,
        }
    }
}

/// Whether two paths serialize their parameters in the same styles.
pub fn have_same_styles(one: &[Parameter], other: &[Parameter]) -> bool {
    let mut pairs = one.iter().zip(other);
    pairs.all(|(one, other)| one.writing == other.writing)
}

/// Whether two parameters have the same location and name. Header names are case-insensitive (RFC 9110 §5.1).
fn is_same([location, other]: [Location; 2], [name, other_name]: [&str; 2]) -> bool {
    let is_same_name = match location {
        Location::Header => name.eq_ignore_ascii_case(other_name),
        Location::Path | Location::Query | Location::Cookie => name == other_name,
        Location::Form | Location::Part(_) => name == other_name,
    };
    let is_same_place = match (location, other) {
        (Location::Part(_), Location::Part(_)) => true, // Regardless of their forms.
        (one, other) => one == other,
    };
    is_same_place && is_same_name
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
    /// A part of a multipart body (RFC 7578).
    Part(PartForm),
}

/// The form of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// As text.
    Text,
    /// As JSON.
    Json,
    /// As a file.
    File,
}
