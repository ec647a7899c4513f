//! The arguments of a command.

use crate::style::{FormField, PathStyle, Style};

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
    /// A name, `=`, and the path of a file whose content is sent under the name.
    NamedFile,
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
    /// A form, in which these fields are not encoded as usual.
    Form(&'static [FormField]),
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
        form_body: ArgumentLocation::Body(BodyForm::Form(&[]), None);
        /// Creates an argument that is the text body.
        text_body: ArgumentLocation::Body(BodyForm::Text, None);
        /// Creates an argument that is the raw body.
        bytes_body: ArgumentLocation::Body(BodyForm::Bytes, None);
    }

    /// Sets the style of a parameter.
    pub const fn styled(mut self, style: Style) -> Self {
        if let ArgumentLocation::Query(it)
        | ArgumentLocation::Form(it)
        | ArgumentLocation::Header(it)
        | ArgumentLocation::Cookie(it) = &mut self.location
        {
            *it = style;
        }
        self
    }

    /// Sets the style of a path parameter.
    pub const fn in_path(mut self, style: PathStyle) -> Self {
        self.location = ArgumentLocation::Path(style);
        self
    }

    /// Sets the media type of a part, or that of a body which replaces any other.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        if let ArgumentLocation::Part(it)
        | ArgumentLocation::File(it)
        | ArgumentLocation::Body(_, it) = &mut self.location
        {
            *it = Some(media_type);
        }
        self
    }

    /// Sets the fields of a form body that are not encoded as usual.
    pub const fn encoded(mut self, fields: &'static [FormField]) -> Self {
        if let ArgumentLocation::Body(BodyForm::Form(it), _) = &mut self.location {
            *it = fields;
        }
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

    /// Returns whether it is a member of the JSON body.
    pub(crate) fn is_member(&self) -> bool {
        self.location == ArgumentLocation::Member
    }

    /// Returns whether it is the whole JSON body.
    pub(crate) fn is_whole_json(&self) -> bool {
        self.location == ArgumentLocation::Body(BodyForm::Json, None)
    }

    /// Returns whether it is between the words of the command.
    pub(crate) fn is_in_path(&self) -> bool {
        matches!(self.location, ArgumentLocation::Path(_))
    }
}
