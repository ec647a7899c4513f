//! The table that defines a command line. Generated code contains it; there is no logic here.

use crate::operation::Operation;
use crate::product::Product;
use crate::signing::{self, Alternatives, Credential};
use crate::style::{PathStyle, Style};

/// The commands of an API.
#[derive(Debug)]
pub struct CommandLine {
    /// The name of the program.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// A short description.
    pub about: &'static str,
    /// The commands of each version of each product.
    pub versions: &'static [&'static Version],
}

/// The commands of one version of a product.
#[derive(Debug)]
pub struct Version {
    /// Its name in prose.
    pub about: &'static str,
    /// Descriptions of the words before the last of a command.
    pub groups: &'static [Group],
    /// A command for each operation.
    pub commands: &'static [Command],
}

/// Commands that begin with the same words.
#[derive(Debug)]
pub struct Group {
    pub(crate) path: &'static str,
    pub(crate) about: &'static str,
}

impl Group {
    /// Describes the commands that begin with the words of `path`.
    pub const fn new(path: &'static str, about: &'static str) -> Self {
        Self { path, about }
    }
}

/// The fields of an object that are shown.
#[derive(Debug)]
pub struct Shape {
    /// The default columns of a table: keys, with dots for nested objects.
    pub(crate) columns: &'static [&'static str],
    /// Every scalar field, in the same syntax.
    pub(crate) fields: &'static [&'static str],
    /// The keys, at any depth, whose values may be personal data.
    pub(crate) personal: &'static [&'static str],
}

impl Shape {
    /// Creates a shape from the default columns and all scalar fields, as keys with dots for nested objects, and from
    /// the keys, at any depth, of personal data.
    pub const fn new(
        columns: &'static [&'static str],
        fields: &'static [&'static str],
        personal: &'static [&'static str],
    ) -> Self {
        Self {
            columns,
            fields,
            personal,
        }
    }
}

/// The shape of an unknown response.
pub(crate) const UNKNOWN_SHAPE: Shape = Shape {
    columns: &[],
    fields: &[],
    personal: &[],
};

/// How to decode a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// As one JSON value.
    Json,
    /// As a page whose items have this key.
    Page(&'static str),
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As JSON if it is JSON, otherwise as text or bytes.
    Any,
    /// Not at all.
    Nothing,
}

/// The effect of a command on the service's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// It adds something.
    Create,
    /// It changes something.
    Change,
    /// It removes something.
    Delete,
}

/// One operation as a command.
#[derive(Debug)]
pub struct Command {
    pub(crate) operation: &'static Operation,
    pub(crate) product: Product,
    pub(crate) path: &'static str,
    pub(crate) about: &'static str,
    pub(crate) details: Option<&'static str>,
    pub(crate) is_deprecated: bool,
    pub(crate) example: &'static str,
    pub(crate) arguments: &'static [Argument],
    pub(crate) answer: Answer,
    pub(crate) effect: Effect,
    pub(crate) shape: &'static Shape,
    pub(crate) has_list: bool,
    pub(crate) credentials: Option<Alternatives>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) content_type: Option<&'static str>,
}

impl Command {
    /// Creates a command. In `path`, arguments between its words are in braces: `fleet {fleet-sid} fetch`.
    pub const fn new(
        path: &'static str,
        about: &'static str,
        operation: &'static Operation,
        product: Product,
        answer: Answer,
        effect: Effect,
    ) -> Self {
        Self {
            operation,
            product,
            path,
            about,
            details: None,
            is_deprecated: false,
            example: "",
            arguments: &[],
            answer,
            effect,
            shape: &UNKNOWN_SHAPE,
            has_list: false,
            credentials: None,
            accept: None,
            content_type: None,
        }
    }

    /// Sets the arguments, beginning with those in the path, in their order.
    pub const fn arguments(mut self, arguments: &'static [Argument]) -> Self {
        self.arguments = arguments;
        self
    }

    /// Adds a longer description.
    pub const fn details(mut self, details: &'static str) -> Self {
        self.details = Some(details);
        self
    }

    /// Sets an example call, without the name of the program.
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Sets the shape of the response, or of the items of a list.
    pub const fn shape(mut self, shape: &'static Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Marks the response as an unpaged list of items with the shape.
    pub const fn listed(mut self) -> Self {
        self.has_list = true;
        self
    }

    /// Sets the accepted credentials, as for [`Call::credentials`](crate::Call::credentials).
    pub const fn credentials(mut self, credentials: &'static [&'static [Credential]]) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the accepted media types.
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sets the media type of the body.
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Marks it as deprecated.
    pub const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }

    /// Returns whether the response is a page of a list.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.answer, Answer::Page(_))
    }

    /// Returns the maximum page size, if it has a parameter for the page size.
    pub(crate) fn largest_page(&self) -> Option<usize> {
        self.arguments.iter().find_map(|it| match it.kind {
            Kind::PageSize(largest) => Some(largest),
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number | Kind::DateTime => None,
            Kind::Date
            | Kind::OneOf(_)
            | Kind::Json
            | Kind::Document
            | Kind::Value
            | Kind::File => None,
        })
    }

    /// Returns the lists of credentials, one of which a call requires.
    pub(crate) fn alternatives(&self) -> Alternatives {
        self.credentials.unwrap_or(signing::USUAL)
    }
}

/// An argument of a command.
#[derive(Debug)]
pub struct Argument {
    pub(crate) name: &'static str,
    pub(crate) wire_name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) location: ArgumentLocation,
    pub(crate) kind: Kind,
    pub(crate) is_list: bool,
    pub(crate) is_required: bool,
    pub(crate) is_personal: bool,
    pub(crate) default: Option<&'static str>,
}

/// The kind of an argument's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// The number of items on a page: from 1 to this.
    PageSize(usize),
    /// A number.
    Number,
    /// A point in time.
    DateTime,
    /// A calendar date.
    Date,
    /// One of these texts. Services may accept others, too.
    OneOf(&'static [&'static str]),
    /// JSON, which is sent as text.
    Json,
    /// JSON that is sent as text, including the quotes of a string.
    Document,
    /// JSON, which is encoded in a parameter style.
    Value,
    /// The path of a file, whose content is sent.
    File,
}

/// Where a request carries an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentLocation {
    Path(PathStyle),
    Query(Style),
    Form(Style),
    Header(Style),
    Cookie(Style),
    /// A part of a multipart body, with this media type.
    Part(Option<&'static str>),
    File(Option<&'static str>),
    /// A member of the JSON body.
    Member,
    /// The body, or another body of this media type.
    Body(BodyForm, Option<&'static str>),
}

/// The encoding of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    Json,
    Form,
    Text,
    Bytes,
}

/// Generates functions that create an argument from its name in a shell and in the request, its kind, and its
/// description.
macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident: $location:expr;)*) => {
        $(
            $(#[$doc])*
            pub const fn $name(
                name: &'static str,
                wire_name: &'static str,
                kind: Kind,
                about: &'static str,
            ) -> Self {
                Self {
                    name,
                    wire_name,
                    about,
                    location: $location,
                    kind,
                    is_list: false,
                    is_required: false,
                    is_personal: false,
                    default: None,
                }
            }
        )*
    };
}

impl Argument {
    constructors! {
        /// Creates an argument in the path.
        path: ArgumentLocation::Path(PathStyle::SIMPLE);
        /// Creates an argument in the query.
        query: ArgumentLocation::Query(Style::EXPLODED);
        /// Creates an argument in a form field.
        form: ArgumentLocation::Form(Style::EXPLODED);
        /// Creates an argument in a header.
        header: ArgumentLocation::Header(Style::EXPLODED);
        /// Creates an argument in a cookie.
        cookie: ArgumentLocation::Cookie(Style::EXPLODED);
        /// Creates an argument in a part of the body.
        part: ArgumentLocation::Part(None);
        /// Creates an argument in a file part of the body.
        file: ArgumentLocation::File(None);
        /// Creates an argument in a member of the JSON body.
        member: ArgumentLocation::Member;
        /// Creates an argument that is the JSON body.
        json_body: ArgumentLocation::Body(BodyForm::Json, None);
        /// Creates an argument that is the form body, with a field for each member.
        form_body: ArgumentLocation::Body(BodyForm::Form, None);
        /// Creates an argument that is the text body.
        text_body: ArgumentLocation::Body(BodyForm::Text, None);
        /// Creates an argument that is the raw body.
        bytes_body: ArgumentLocation::Body(BodyForm::Bytes, None);
    }

    /// Sets the style of a parameter.
    pub const fn styled(mut self, style: Style) -> Self {
        self.location = match self.location {
            ArgumentLocation::Query(_) => ArgumentLocation::Query(style),
            ArgumentLocation::Form(_) => ArgumentLocation::Form(style),
            ArgumentLocation::Header(_) => ArgumentLocation::Header(style),
            ArgumentLocation::Cookie(_) => ArgumentLocation::Cookie(style),
            ArgumentLocation::Path(_)
            | ArgumentLocation::Part(_)
            | ArgumentLocation::File(_)
            | ArgumentLocation::Member
            | ArgumentLocation::Body(..) => self.location,
        };
        self
    }

    /// Sets the style of a path parameter.
    pub const fn in_path(mut self, style: PathStyle) -> Self {
        self.location = ArgumentLocation::Path(style);
        self
    }

    /// Sets the media type of a part, or that of a body which replaces any other.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.location = match self.location {
            ArgumentLocation::Part(_) => ArgumentLocation::Part(Some(media_type)),
            ArgumentLocation::File(_) => ArgumentLocation::File(Some(media_type)),
            ArgumentLocation::Body(form, _) => ArgumentLocation::Body(form, Some(media_type)),
            ArgumentLocation::Path(_)
            | ArgumentLocation::Query(_)
            | ArgumentLocation::Form(_)
            | ArgumentLocation::Header(_) => self.location,
            ArgumentLocation::Cookie(_) | ArgumentLocation::Member => self.location,
        };
        self
    }

    /// Makes it required.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Lets it have several values.
    pub const fn list(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// Marks it as possible personal data.
    pub const fn personal(mut self) -> Self {
        self.is_personal = true;
        self
    }

    /// Describes the default.
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// Returns whether it is between the words of the command.
    pub(crate) fn is_in_path(&self) -> bool {
        matches!(self.location, ArgumentLocation::Path(_))
    }
}
