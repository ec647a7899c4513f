//! The table that a command line is read from. Generated code writes it; nothing here does anything.

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
    /// What it is, in a few words.
    pub about: &'static str,
    /// The commands of each version of each product.
    pub versions: &'static [&'static Version],
}

/// The commands of one version of a product.
#[derive(Debug)]
pub struct Version {
    /// What it is called in prose.
    pub about: &'static str,
    /// What the words before the last of a command are about.
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
    /// Says what commands that begin with the words of `path` are about.
    pub const fn new(path: &'static str, about: &'static str) -> Self {
        Self { path, about }
    }
}

/// What is shown of an object.
#[derive(Debug)]
pub struct Shape {
    /// What a table shows if nobody chooses: keys, with dots between those of nested objects.
    pub(crate) columns: &'static [&'static str],
    /// Every field that holds a value without parts, so spelled.
    pub(crate) fields: &'static [&'static str],
    /// The keys, at any depth, whose values may be personal data.
    pub(crate) personal: &'static [&'static str],
}

impl Shape {
    /// Says which fields a table shows if nobody chooses, which fields without parts there are, both by their keys with dots
    /// between those of nested objects, and under which keys, at any depth, there may be personal data.
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

/// What is shown of an answer that nothing is known of.
pub(crate) const UNKNOWN_SHAPE: Shape = Shape {
    columns: &[],
    fields: &[],
    personal: &[],
};

/// How an answer is read.
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
    /// As JSON if it is some, as text or bytes otherwise.
    Any,
    /// Not at all.
    Nothing,
}

/// What a command does to the data of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// It adds something.
    Create,
    /// It changes what is there.
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
    /// Describes a command. In `path`, arguments that stand between its words are in braces: `fleet {fleet-sid} fetch`.
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

    /// Sets what it takes: the arguments in its path first, in their order.
    pub const fn arguments(mut self, arguments: &'static [Argument]) -> Self {
        self.arguments = arguments;
        self
    }

    /// Says what else there is to know.
    pub const fn details(mut self, details: &'static str) -> Self {
        self.details = Some(details);
        self
    }

    /// Sets a line that calls it, without the name of the program.
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// Says what is shown of the answer, or of the items of a list.
    pub const fn shape(mut self, shape: &'static Shape) -> Self {
        self.shape = shape;
        self
    }

    /// Says that the answer is a list, without pages, of what the shape tells of.
    pub const fn listed(mut self) -> Self {
        self.has_list = true;
        self
    }

    /// Sets what a call is signed with, as [`Call::credentials`](crate::Call::credentials) takes it.
    pub const fn credentials(mut self, credentials: &'static [&'static [Credential]]) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the media types that are asked for.
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sets the media type of the body.
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Says that it is going away.
    pub const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }

    /// Whether the answer is a page of a list.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.answer, Answer::Page(_))
    }

    /// The lists of credentials of which a call takes one.
    pub(crate) fn alternatives(&self) -> Alternatives {
        self.credentials.unwrap_or(signing::USUAL)
    }
}

/// What a command takes.
#[derive(Debug)]
pub struct Argument {
    pub(crate) name: &'static str,
    pub(crate) wire_name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) is_list: bool,
    pub(crate) is_required: bool,
    pub(crate) is_personal: bool,
    pub(crate) default: Option<&'static str>,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A point in time.
    DateTime,
    /// A calendar date.
    Date,
    /// One of these texts. Services take others, too.
    OneOf(&'static [&'static str]),
    /// JSON, which is sent as text.
    Json,
    /// JSON, whose parts are sent.
    Value,
    /// The path of a file, whose content is sent.
    File,
}

/// Where a request carries an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path(PathStyle),
    Query(Style),
    Form(Style),
    Header(Style),
    Cookie(Style),
    /// A part of a body with several, of this media type.
    Part(Option<&'static str>),
    File(Option<&'static str>),
    /// A member of the JSON that is the body.
    Member,
    /// The body, or another body of this media type.
    Body(BodyForm, Option<&'static str>),
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyForm {
    Json,
    Form,
    Text,
    Bytes,
}

/// Functions that make an argument: its name in a shell and in the request, what it takes, and what it means.
macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident: $place:expr;)*) => {
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
                    place: $place,
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
        /// In the path.
        path: Place::Path(PathStyle::SIMPLE);
        /// In the query.
        query: Place::Query(Style::EXPLODED);
        /// In a field of the form.
        form: Place::Form(Style::EXPLODED);
        /// In a header.
        header: Place::Header(Style::EXPLODED);
        /// In a cookie.
        cookie: Place::Cookie(Style::EXPLODED);
        /// In a part of the body.
        part: Place::Part(None);
        /// In a part of the body that is a file.
        file: Place::File(None);
        /// In a member of the JSON that is the body.
        member: Place::Member;
        /// The body, as JSON.
        json_body: Place::Body(BodyForm::Json, None);
        /// The body, as a form with a field for each member.
        form_body: Place::Body(BodyForm::Form, None);
        /// The body, as text.
        text_body: Place::Body(BodyForm::Text, None);
        /// The body, as it is.
        bytes_body: Place::Body(BodyForm::Bytes, None);
    }

    /// Sets the style of a parameter, which says how its parts are written.
    pub const fn styled(mut self, style: Style) -> Self {
        self.place = match self.place {
            Place::Query(_) => Place::Query(style),
            Place::Form(_) => Place::Form(style),
            Place::Header(_) => Place::Header(style),
            Place::Cookie(_) => Place::Cookie(style),
            Place::Path(_) | Place::Part(_) | Place::File(_) | Place::Member | Place::Body(..) => {
                self.place
            }
        };
        self
    }

    /// Sets the style of a parameter in the path.
    pub const fn in_path(mut self, style: PathStyle) -> Self {
        self.place = Place::Path(style);
        self
    }

    /// Sets the media type of a part, or that of a body which takes the place of any other.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.place = match self.place {
            Place::Part(_) => Place::Part(Some(media_type)),
            Place::File(_) => Place::File(Some(media_type)),
            Place::Body(form, _) => Place::Body(form, Some(media_type)),
            Place::Path(_) | Place::Query(_) | Place::Form(_) | Place::Header(_) => self.place,
            Place::Cookie(_) | Place::Member => self.place,
        };
        self
    }

    /// Says that a request without it is wrong.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Says that it takes several values.
    pub const fn list(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// Says that it may be personal data.
    pub const fn personal(mut self) -> Self {
        self.is_personal = true;
        self
    }

    /// Says what absent means.
    pub const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// Whether it stands between the words of the command.
    pub(crate) fn is_in_path(&self) -> bool {
        matches!(self.place, Place::Path(_))
    }
}
