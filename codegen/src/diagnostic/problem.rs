//! The closed list of what can be wrong with a spec or a file beside it.

use super::OverlayProblem;
use super::explanation::{description, file, operation, schema};
use crate::report::{Explanation, Focus, Position, Severity};

/// What can be wrong with a spec, or with a file beside it.
///
/// `Display` writes one sentence: what is wrong. [`Problem::help`] says what to do, [`Problem::explanation`] why.
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
        /// Whether it stopped at a tab.
        is_tab: bool,
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
    /// The document is larger than what a crate is generated from.
    TooLarge {
        /// What it has too much of, with the limit: `more than 1,000,000 values`.
        what: String,
    },
    /// A number that is infinite, not a number, or larger than any that is read.
    NotFinite {
        /// Where it is, if the parser stopped at it.
        position: Option<Position>,
    },
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
    /// An object has a field that its specification does not know.
    UnknownField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: String,
        /// The known field that is spelled most alike, if one is.
        similar: Option<&'static str>,
        /// What the document is checked against: `OpenAPI 3.0`.
        specification: &'static str,
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
    /// `required` names no property.
    UnknownRequired {
        /// The name.
        name: String,
        /// The property that is spelled most alike, if one is.
        similar: Option<String>,
    },
    /// An enum has a value twice.
    DuplicateEnumValue {
        /// The value, as JSON.
        value: String,
    },
    /// A default is none of the values of its enum.
    DefaultNotInEnum {
        /// The default, as JSON.
        value: String,
    },
    /// A field stands beside a `$ref`, where OpenAPI ignores it.
    IgnoredSibling {
        /// The field.
        field: String,
    },
    /// A URL has a character that no URL has.
    InvalidUrl {
        /// The first such character.
        character: char,
    },
    /// The URL of a server has a part that keeps paths from being appended to it, or one that no request carries.
    InvalidServerUrl {
        /// The part, with its article: `a query`.
        part: &'static str,
    },
    /// The name of a component has characters that it must not have.
    InvalidComponentName {
        /// The name.
        name: String,
    },
    /// A `pattern` is no regular expression.
    InvalidPattern {
        /// What is wrong with it, as a sentence.
        fault: &'static str,
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
        /// The reference that is probably meant.
        similar: Option<String>,
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
    /// A path has a segment that URL parsers take for a step in the hierarchy.
    DotSegment {
        /// The segment, as it is written.
        segment: String,
    },
    /// A parameter stands in the query or the fragment of a path.
    ParameterOutsidePath {
        /// Its name in the template.
        name: String,
    },
    /// A path has a fragment, which is never sent.
    IgnoredFragment {
        /// What follows the `#`.
        fragment: String,
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
    /// A media type is no value of a header.
    InvalidMediaType {
        /// The key, as it is written.
        name: String,
    },
    /// Something is wrong with an overlay, or with what it does to its spec.
    Overlay(OverlayProblem),
    /// A construct that the generator does not support.
    Unsupported {
        /// The construct, as the subject of a sentence: `` `not` ``.
        what: String,
    },
}

impl Problem {
    /// Returns the stable name of the kind of problem, in kebab case.
    pub fn id(&self) -> &'static str {
        self.explanation().id
    }

    /// Says how bad the problem is.
    pub fn severity(&self) -> Severity {
        self.explanation().severity
    }

    /// Says whether the problem keeps a crate from being generated.
    pub(crate) fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// Says why it is a problem.
    pub fn explanation(&self) -> &'static Explanation {
        match self {
            Self::EmptyFile => &file::EMPTY_FILE,
            Self::NotUtf8 { .. } => &file::NOT_UTF8,
            Self::ByteOrderMark => &file::BYTE_ORDER_MARK,
            Self::Nul => &file::NUL,
            Self::Syntax { .. } => &file::SYNTAX,
            Self::TooDeep { .. } => &file::TOO_DEEP,
            Self::TooManyAliases => &file::TOO_MANY_ALIASES,
            Self::TooLarge { .. } => &file::TOO_LARGE,
            Self::NotFinite { .. } => &file::NOT_FINITE,
            Self::DuplicateKey { .. } => &file::DUPLICATE_KEY,
            Self::NotOpenApi => &description::NOT_OPENAPI,
            Self::UnsupportedVersion { .. } => &description::UNSUPPORTED_VERSION,
            Self::WrongKind { .. } => &description::WRONG_KIND,
            Self::MissingField { .. } => &description::MISSING_FIELD,
            Self::UnknownField { .. } => &description::UNKNOWN_FIELD,
            Self::UnknownValue { .. } => &description::UNKNOWN_VALUE,
            Self::UnknownType { .. } => &schema::UNKNOWN_TYPE,
            Self::Empty { .. } => &description::EMPTY,
            Self::DuplicateRequired { .. } => &schema::DUPLICATE_REQUIRED,
            Self::UnknownRequired { .. } => &schema::UNKNOWN_REQUIRED,
            Self::DuplicateEnumValue { .. } => &schema::DUPLICATE_ENUM_VALUE,
            Self::DefaultNotInEnum { .. } => &schema::DEFAULT_NOT_IN_ENUM,
            Self::IgnoredSibling { .. } => &description::IGNORED_SIBLING,
            Self::InvalidUrl { .. } => &description::INVALID_URL,
            Self::InvalidServerUrl { .. } => &description::INVALID_SERVER_URL,
            Self::InvalidComponentName { .. } => &description::INVALID_COMPONENT_NAME,
            Self::InvalidPattern { .. } => &schema::INVALID_PATTERN,
            Self::EmptyRange { .. } => &schema::EMPTY_RANGE,
            Self::NotExactlyOne { .. } => &description::NOT_EXACTLY_ONE,
            Self::UnknownReference { .. } => &description::UNKNOWN_REFERENCE,
            Self::RemoteReference { .. } => &description::REMOTE_REFERENCE,
            Self::WrongReference { .. } => &description::WRONG_REFERENCE,
            Self::CyclicReference { .. } => &description::CYCLIC_REFERENCE,
            Self::UnknownSecurityScheme { .. } => &description::UNKNOWN_SECURITY_SCHEME,
            Self::InvalidPath { .. } => &operation::INVALID_PATH,
            Self::InvalidTemplate { .. } => &operation::INVALID_TEMPLATE,
            Self::DotSegment { .. } => &operation::DOT_SEGMENT,
            Self::ParameterOutsidePath { .. } => &operation::PARAMETER_OUTSIDE_PATH,
            Self::IgnoredFragment { .. } => &operation::IGNORED_FRAGMENT,
            Self::DuplicatePath { .. } => &operation::DUPLICATE_PATH,
            Self::UndeclaredPathParameter { .. } => &operation::UNDECLARED_PATH_PARAMETER,
            Self::UnusedPathParameter { .. } => &operation::UNUSED_PATH_PARAMETER,
            Self::OptionalPathParameter { .. } => &operation::OPTIONAL_PATH_PARAMETER,
            Self::DuplicateOperationId { .. } => &operation::DUPLICATE_OPERATION_ID,
            Self::DuplicateParameter { .. } => &operation::DUPLICATE_PARAMETER,
            Self::InvalidStatus { .. } => &operation::INVALID_STATUS,
            Self::Refused { .. } => &file::REFUSED,
            Self::InvalidMediaType { .. } => &operation::INVALID_MEDIA_TYPE,
            Self::Overlay(problem) => problem.explanation(),
            Self::Unsupported { .. } => &description::UNSUPPORTED,
        }
    }

    /// Says what is at fault.
    pub(crate) fn focus(&self) -> Focus {
        if self.is_about_file() {
            Focus::File
        } else if let Some(position) = self.position() {
            Focus::At(position)
        } else if let Self::DuplicateKey { .. } = self {
            Focus::SecondKey
        } else if self.is_about_key() {
            Focus::Key
        } else {
            Focus::Value
        }
    }

    /// Returns the place of a problem that a parser found inside a text: there is no value to point at.
    pub(crate) fn position(&self) -> Option<Position> {
        if let Self::Syntax { position, .. } | Self::TooDeep { position, .. } = self {
            Some(*position)
        } else if let Self::Overlay(OverlayProblem::InvalidTarget { position, .. })
        | Self::NotFinite { position } = self
        {
            *position
        } else {
            None
        }
    }

    /// Says whether the file as a whole is at fault: then no line of it is worth a look.
    fn is_about_file(&self) -> bool {
        matches!(
            self,
            Self::EmptyFile
                | Self::ByteOrderMark
                | Self::TooManyAliases
                | Self::TooLarge { .. }
                | Self::Refused { .. }
                | Self::Overlay(
                    OverlayProblem::WithoutSpec { .. } | OverlayProblem::Duplicate { .. }
                )
        )
    }

    /// Says whether the key is at fault, not its value.
    fn is_about_key(&self) -> bool {
        matches!(
            self,
            Self::UnknownField { .. }
                | Self::InvalidComponentName { .. }
                | Self::IgnoredSibling { .. }
                | Self::InvalidPath { .. }
                | Self::InvalidTemplate { .. }
                | Self::DotSegment { .. }
                | Self::ParameterOutsidePath { .. }
                | Self::IgnoredFragment { .. }
                | Self::DuplicatePath { .. }
                | Self::UndeclaredPathParameter { .. }
                | Self::InvalidStatus { .. }
                | Self::InvalidMediaType { .. }
                | Self::UnknownSecurityScheme { .. }
        )
    }
}
