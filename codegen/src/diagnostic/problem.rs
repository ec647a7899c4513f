//! The closed list of what can be wrong with a spec, and the sentence for each.

use std::fmt;

use crate::source::Position;

/// What can be wrong with a spec.
///
/// `Display` writes one sentence: what is wrong and, where it is not plain, what to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file holds nothing.
    EmptyFile,
    /// The file is not text in UTF-8.
    NotUtf8 {
        /// What was found instead.
        detail: String,
    },
    /// The file begins with U+FEFF.
    ByteOrderMark,
    /// The text holds a NUL character.
    Nul,
    /// The text is not YAML or JSON.
    Syntax {
        /// What the parser says.
        message: String,
        /// Where it stopped.
        position: Position,
    },
    /// Values are nested deeper than the generator reads.
    TooDeep {
        /// How many levels are read.
        limit: usize,
        /// Where the limit was passed.
        position: Position,
    },
    /// Aliases (`*name`) repeat so much that the document is out of proportion to its text.
    TooManyAliases,
    /// A number that JSON cannot write: infinite or not a number.
    NotFinite,
    /// An object has the same key twice.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// The document is something else than an OpenAPI document.
    NotOpenApi,
    /// The document follows a version of OpenAPI that the generator does not read.
    UnsupportedVersion {
        /// The version, as it is written.
        found: String,
    },
    /// A value has the wrong kind, such as a number where text belongs.
    WrongKind {
        /// What belongs here.
        expected: &'static str,
        /// What is here.
        found: &'static str,
    },
    /// An object lacks a field that it must have.
    MissingField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: &'static str,
    },
    /// An object has a field that OpenAPI 3.0 does not know.
    UnknownField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: String,
        /// The known field that is spelled most alike, if one is.
        similar: Option<&'static str>,
    },
    /// A value is not one of the few that its field takes.
    UnknownValue {
        /// The field.
        field: String,
        /// The value, as it is written.
        found: String,
        /// The values that it takes.
        allowed: &'static [&'static str],
    },
    /// A `type` that OpenAPI 3.0 does not know.
    UnknownType {
        /// The value, as it is written.
        found: String,
    },
    /// A list or an object is empty where that says nothing.
    Empty {
        /// What is empty, with its article: `an enum`.
        what: &'static str,
    },
    /// A list of names has one twice.
    DuplicateRequired {
        /// The name.
        name: String,
    },
    /// A lower bound is above its upper bound.
    EmptyRange {
        /// The field of the lower bound.
        low: &'static str,
        /// The field of the upper bound.
        high: &'static str,
    },
    /// An object has two fields that exclude each other, or neither of them.
    NotExactlyOne {
        /// What the object is, with its article: `a parameter`.
        object: &'static str,
        /// The two fields.
        fields: [&'static str; 2],
    },
    /// A `$ref` names nothing.
    UnknownReference {
        /// The reference, as it is written.
        target: String,
    },
    /// A `$ref` leaves the file.
    RemoteReference {
        /// The reference, as it is written.
        target: String,
    },
    /// A `$ref` leads to another kind of object than belongs in its place.
    WrongReference {
        /// What belongs here, with its article: `a schema`.
        expected: &'static str,
        /// The section of `components` that holds such objects.
        section: &'static str,
        /// The reference, as it is written.
        target: String,
    },
    /// `$ref`s lead back to where they began, without anything between them.
    CyclicReference {
        /// The references on the way, ending with the one that closes the circle.
        targets: Vec<String>,
    },
    /// A security requirement names a scheme that is not declared.
    UnknownSecurityScheme {
        /// The name.
        name: String,
    },
    /// A path does not begin with a slash.
    InvalidPath {
        /// The path.
        path: String,
    },
    /// A path template has unbalanced or empty braces, or the same name twice.
    InvalidTemplate {
        /// The path.
        path: String,
    },
    /// Two paths differ at most in the names of their parameters.
    DuplicatePath {
        /// The path that came first.
        first: String,
    },
    /// A path template names a parameter that is not declared.
    UndeclaredPathParameter {
        /// The name in the template.
        name: String,
        /// A declared path parameter that the template lacks: probably the one that is meant.
        declared: Option<String>,
    },
    /// A path parameter is not part of the path template.
    UnusedPathParameter {
        /// The name of the parameter.
        name: String,
        /// The path.
        path: String,
    },
    /// A path parameter is not marked as required.
    OptionalPathParameter {
        /// The name of the parameter.
        name: String,
    },
    /// An `operationId` is used twice.
    DuplicateOperationId {
        /// The id.
        id: String,
    },
    /// A list of parameters has the same name twice, in the same place.
    DuplicateParameter {
        /// The name of the parameter.
        name: String,
        /// Its `in`.
        location: String,
    },
    /// A key of `responses` is no status code.
    InvalidStatus {
        /// The key.
        status: String,
    },
    /// The OpenAPI parser refused what the checks let pass: a gap in the checks.
    Refused {
        /// What the parser says.
        message: String,
    },
    /// The file's name does not tell a product and a version.
    UnnamedProduct,
    /// An earlier file describes the same version of the same product.
    DuplicateProduct {
        /// The product and the version.
        name: String,
        /// The earlier file.
        first: String,
    },
    /// A construct that the generator does not support.
    Unsupported {
        /// The construct, as the subject of a sentence: `` `not` ``.
        what: String,
    },
}

impl Problem {
    /// Returns the place of a problem that the parser of the text found: there is no value yet to
    /// point at.
    pub(super) fn position(&self) -> Option<Position> {
        if let Self::Syntax { position, .. } | Self::TooDeep { position, .. } = self {
            Some(*position)
        } else {
            None
        }
    }

    /// Says whether the key is at fault, not its value.
    pub(super) fn is_about_key(&self) -> bool {
        matches!(
            self,
            Self::UnknownField { .. }
                | Self::InvalidPath { .. }
                | Self::InvalidTemplate { .. }
                | Self::DuplicatePath { .. }
                | Self::UndeclaredPathParameter { .. }
                | Self::InvalidStatus { .. }
                | Self::UnknownSecurityScheme { .. }
        )
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a table: one sentence for each problem"
)]
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyFile => f.write_str("the file is empty"),
            Self::NotUtf8 { detail } => write!(f, "the file is not UTF-8 text: {detail}"),
            Self::ByteOrderMark => {
                f.write_str("the file begins with a byte order mark: save it as UTF-8 without one")
            }
            Self::Nul => f.write_str("the file holds a NUL character: it is not a text file"),
            Self::Syntax { message, .. } => f.write_str(message),
            Self::TooDeep { limit, .. } => {
                write!(f, "values are nested more than {limit} levels deep")
            }
            Self::TooManyAliases => {
                f.write_str("aliases (`*name`) make the document many times larger than its text")
            }
            Self::NotFinite => f.write_str("infinity and not-a-number have no place in a spec"),
            Self::DuplicateKey { key } => write!(f, "the key `{key}` is here for the second time"),
            Self::NotOpenApi => {
                f.write_str("this is not an OpenAPI document: it has no `openapi: 3.0.x`")
            }
            Self::UnsupportedVersion { found } => {
                write!(f, "{found} is not supported: only OpenAPI 3.0.x is")
            }
            Self::WrongKind { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::MissingField { object, field } => write!(f, "{object} must have `{field}`"),
            Self::UnknownField {
                object,
                field,
                similar,
            } => {
                write!(f, "{object} has no field `{field}` in OpenAPI 3.0")?;
                similar.map_or(Ok(()), |similar| write!(f, ": did you mean `{similar}`?"))
            }
            Self::UnknownValue { field, found, allowed } => {
                write!(f, "`{field}` cannot be `{found}`: expected {}", one_of(allowed))
            }
            Self::UnknownType { found } => {
                let allowed = ["string", "number", "integer", "boolean", "array", "object"];
                write!(f, "`{found}` is not a type: expected {}", one_of(&allowed))
            }
            Self::Empty { what } => write!(f, "{what} must not be empty"),
            Self::DuplicateRequired { name } => write!(f, "`{name}` is listed twice"),
            Self::EmptyRange { low, high } => write!(f, "`{low}` is greater than `{high}`"),
            Self::NotExactlyOne {
                object,
                fields: [first, second],
            } => {
                write!(f, "{object} must have either `{first}` or `{second}`")
            }
            Self::UnknownReference { target } => write!(f, "`{target}` does not exist"),
            Self::RemoteReference { target } => {
                write!(
                    f,
                    "`{target}` is not in this file: only references like `#/…` are supported"
                )
            }
            Self::WrongReference {
                expected,
                section,
                target,
            } => write!(
                f,
                "`{target}` is not {expected}: expected `#/components/{section}/…`"
            ),
            Self::CyclicReference { targets } => {
                write!(
                    f,
                    "a reference that leads back to itself: {}",
                    targets.join(" -> ")
                )
            }
            Self::UnknownSecurityScheme { name } => {
                write!(f, "`components.securitySchemes` has no `{name}`")
            }
            Self::InvalidPath { path } => write!(f, "the path `{path}` must begin with `/`"),
            Self::InvalidTemplate { path } => write!(
                f,
                "the path `{path}` is malformed: each parameter is a name in braces, given once"
            ),
            Self::DuplicatePath { first } => {
                write!(
                    f,
                    "this is the same path as `{first}`: only parameter names differ"
                )
            }
            Self::UndeclaredPathParameter { name, declared } => {
                write!(
                    f,
                    "the path has `{{{name}}}`, but no parameter with `in: path` is called so"
                )?;
                match declared {
                    Some(declared) => write!(f, ": did you mean `{declared}`?"),
                    None => Ok(()),
                }
            }
            Self::UnusedPathParameter { name, path } => {
                write!(f, "the path parameter `{name}` does not occur in `{path}`")
            }
            Self::OptionalPathParameter { name } => {
                write!(f, "the path parameter `{name}` must have `required: true`")
            }
            Self::DuplicateOperationId { id } => {
                write!(f, "the operationId `{id}` is used by an earlier operation")
            }
            Self::DuplicateParameter { name, location } => {
                write!(
                    f,
                    "the {location} parameter `{name}` is already in this list"
                )
            }
            Self::InvalidStatus { status } => write!(
                f,
                "`{status}` is not a status: expected `default`, a code such as `200`, or `2XX`"
            ),
            Self::Refused { message } => write!(f, "the OpenAPI parser refuses this: {message}"),
            Self::UnnamedProduct => f.write_str(
                "the file's name must tell a product and a version, as `twilio_supersim_v1.yaml` does",
            ),
            Self::DuplicateProduct { name, first } => {
                write!(f, "`{name}` is described by `{first}` already")
            }
            Self::Unsupported { what } => write!(f, "{what} is not supported"),
        }
    }
}

/// Lists names as a sentence does: `` `a`, `b` or `c` ``.
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}
