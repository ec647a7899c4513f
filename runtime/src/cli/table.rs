//! The table that defines a command line. Generated code contains it; there is no logic here.

mod argument;

pub use self::argument::{Argument, Kind};
pub(crate) use self::argument::{ArgumentLocation, BodyForm};
use crate::operation::Operation;
use crate::paging::{PageFormat, PagingRule};
use crate::product::Product;
use crate::signing::{self, Alternatives, Credential};

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
    /// As one JSON value, which is null if there is none.
    AnyJson,
    /// As a page in the vendor's envelope, whose items have this key.
    Page(&'static str),
    /// As a page of a list that is divided as this rule says.
    List(&'static PagingRule),
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
    pub(crate) query: &'static [(&'static str, &'static str)],
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) answer: Answer,
    pub(crate) effect: Effect,
    pub(crate) shape: &'static Shape,
    pub(crate) has_list: bool,
    pub(crate) credentials: Option<Alternatives>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) other_responses: &'static [(&'static str, Answer)],
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
            query: &[],
            headers: &[],
            answer,
            effect,
            shape: &UNKNOWN_SHAPE,
            has_list: false,
            credentials: None,
            accept: None,
            content_type: None,
            other_responses: &[],
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

    /// Sets the names and values of the query parameters that every request has.
    pub const fn query(mut self, parameters: &'static [(&'static str, &'static str)]) -> Self {
        self.query = parameters;
        self
    }

    /// Sets the names and values of the headers that every request has.
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
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

    /// Sets the media types of other responses that callers may ask for, and how to decode them.
    pub const fn other_responses(mut self, responses: &'static [(&'static str, Answer)]) -> Self {
        self.other_responses = responses;
        self
    }

    /// Marks it as deprecated.
    pub const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }

    /// Returns whether the response is a page of a list.
    pub(crate) fn is_list(&self) -> bool {
        self.page_format().is_some()
    }

    /// Returns where a page has its items and its links, if the response is a page.
    pub(crate) fn page_format(&self) -> Option<PageFormat> {
        match self.answer {
            Answer::Page(items) => Some(PageFormat::Envelope(items)),
            Answer::List(rule) => Some(PageFormat::Rule(rule)),
            Answer::Json | Answer::AnyJson | Answer::Text => None,
            Answer::Bytes | Answer::Any | Answer::Nothing => None,
        }
    }

    /// Returns how the list is divided into pages, if not by the vendor's conventions.
    pub(crate) fn paging(&self) -> Option<&'static PagingRule> {
        match self.page_format()? {
            PageFormat::Envelope(_) => None,
            PageFormat::Rule(rule) => Some(rule),
        }
    }

    /// Returns the maximum page size, if it has a parameter for the page size.
    pub(crate) fn largest_page(&self) -> Option<usize> {
        self.arguments.iter().find_map(|it| {
            if let Kind::PageSize(largest) = it.kind {
                Some(largest)
            } else {
                None
            }
        })
    }

    /// Returns the arguments that make an argument of the JSON body unnecessary: the whole body stands for its members,
    /// each member for the whole body, and a body of another media type for both.
    pub(crate) fn in_place_of(
        &self,
        argument: &Argument,
    ) -> impl Iterator<Item = &'static Argument> + use<> {
        let (is_member, is_whole) = (argument.is_member(), argument.is_whole_json());
        self.arguments.iter().filter(move |it| {
            let is_other = matches!(it.location, ArgumentLocation::Body(_, Some(_)));
            (is_member && it.is_whole_json())
                || (is_whole && it.is_member())
                || ((is_member || is_whole) && is_other)
        })
    }

    /// Returns the lists of credentials, one of which a call requires.
    pub(crate) fn alternatives(&self) -> Alternatives {
        self.credentials.unwrap_or(signing::USUAL)
    }
}
