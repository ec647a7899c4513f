//! Defines the plan of a command line: a table of commands.

use crate::api::{OperationIndex, TypeId};
use crate::naming::RustName;
use crate::plan::{
    BodyEncoding, Constant, Encoding, Gate, PartForm, ResponseDecoding, Signing, Style,
};

/// The commands of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandTable {
    /// The name of the version in prose.
    pub about: String,
    /// The groups that commands belong to.
    pub groups: Vec<CommandGroup>,
    /// The shapes of responses.
    pub shapes: Vec<OutputShape>,
    /// A command for each operation, in the order of the spec.
    pub commands: Vec<Command>,
}

/// The commands that begin with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandGroup {
    /// The words.
    pub path: Vec<String>,
    /// What they are for.
    pub about: String,
}

/// How an object is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputShape {
    /// The type of the objects.
    pub origin: TypeId,
    /// The name of the constant.
    pub name: String,
    /// The default columns of a table: keys, with dots between those of nested objects.
    pub columns: Vec<String>,
    /// Every scalar field, in the same notation.
    pub fields: Vec<String>,
    /// The keys, at any depth, whose values may be personal data.
    pub personal: Vec<String>,
}

/// One operation as a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The operation.
    pub origin: OperationIndex,
    /// The features that enable it.
    pub gate: Gate,
    /// The client's request type, which has the operation.
    pub request: RustName,
    /// The words of the command, with the arguments between them in braces.
    pub path: Vec<String>,
    /// A sentence that describes it.
    pub about: String,
    /// Further details.
    pub details: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// An example call.
    pub example: String,
    /// Its arguments: those in the path first, then options.
    pub arguments: Vec<CommandArgument>,
    /// The parameters that every call has.
    pub constants: Vec<Constant>,
    /// How the response is read.
    pub answer: ResponseDecoding,
    /// Its effect on the service's data.
    pub effect: Effect,
    /// How the response, or the items of a page, are shown.
    pub shown: Option<AnswerShape>,
    /// The credentials of a call.
    pub signing: Signing,
    /// The value of `Accept`, if it is not the usual one.
    pub accept: Option<String>,
    /// The media type of the body, if it is not the usual one.
    pub content_type: Option<String>,
    /// The media types of other responses that callers may ask for, and how they are read.
    pub other_responses: Vec<(String, ResponseDecoding)>,
}

/// How a response with objects of one type is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerShape {
    /// The name of the shape's constant.
    pub shape: String,
    /// Whether the response, or the item of a page, is a list of them.
    pub is_list: bool,
}

/// The effect of a command on the service's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only reads.
    Read,
    /// It adds something.
    Create,
    /// It changes something.
    Change,
    /// It removes something.
    Delete,
}

/// An argument of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandArgument {
    /// Its name in a shell, without leading dashes.
    pub name: String,
    /// Its name in the request.
    pub wire_name: String,
    /// What it means.
    pub about: String,
    /// Where the request carries it.
    pub place: ArgumentPlace,
    /// The kind of its values.
    pub kind: ValueKind,
    /// Whether it takes several values.
    pub is_list: bool,
    /// Whether it is required.
    pub required: bool,
    /// Whether it may be personal data.
    pub personal: bool,
    /// The default.
    pub default: Option<String>,
    /// An example value.
    pub example: Option<String>,
}

/// The part of a request that carries an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentPlace {
    /// In the path.
    Path(Style),
    /// In the query.
    Query(Style),
    /// In a field of the form.
    Form(Style),
    /// In a header.
    Header(Style),
    /// In a cookie.
    Cookie(Style),
    /// In a part of the multipart body, with its own media type if it has one.
    Part(PartForm, Option<String>),
    /// In a member of the JSON body.
    Member,
    /// It is the body.
    Body(Encoding),
    /// It is the body, with this media type, and replaces any other body.
    OtherBody(BodyEncoding, String),
}

/// The kind of an argument's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// The number of items on a page: from 1 to this.
    PageSize(usize),
    /// A number.
    Number,
    /// A point in time.
    DateTime,
    /// A calendar date.
    Date,
    /// One of these texts. Services may accept others.
    OneOf(Vec<String>),
    /// JSON, which is sent as text.
    Json,
    /// JSON, whose strings keep their quotes.
    Document,
    /// JSON, whose members are sent.
    Value,
    /// The path of a file whose content is sent.
    File,
    /// A name, `=`, and the path of a file whose content is sent under the name.
    NamedFile,
}
