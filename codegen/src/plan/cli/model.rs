//! The plan of a command line: a table of commands.

use crate::api::{OperationIndex, TypeId};
use crate::naming::RustName;
use crate::plan::{Answer, BodyForm, BodyWriting, Gate, Layout, PartForm, Signing, Style};

/// The commands of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandTable {
    /// What the version is called in prose.
    pub about: String,
    /// What the words before the last of a command are about.
    pub groups: Vec<CommandGroup>,
    /// What answers hold.
    pub shapes: Vec<OutputShape>,
    /// A command for each operation, in the order of the spec.
    pub commands: Vec<Command>,
}

/// Commands that begin with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandGroup {
    /// The words.
    pub path: Vec<String>,
    /// What they are about.
    pub about: String,
}

/// What is shown of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputShape {
    /// The type of the objects.
    pub origin: TypeId,
    /// The constant that holds it.
    pub name: String,
    /// The fields that a table shows if nobody chooses, by their keys, with dots between those of nested objects.
    pub columns: Vec<String>,
    /// Every field that holds a value without parts, so spelled.
    pub fields: Vec<String>,
    /// The keys, at any depth, whose values may be personal data.
    pub personal: Vec<String>,
}

/// One operation as a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The operation.
    pub origin: OperationIndex,
    /// What it is compiled with.
    pub gate: Gate,
    /// The request of the client, which holds the operation.
    pub request: RustName,
    /// The words of the command; in braces, the arguments that stand between them.
    pub path: Vec<String>,
    /// What it does, in one sentence.
    pub about: String,
    /// What else there is to know.
    pub details: Option<String>,
    /// Whether it is going away.
    pub deprecated: bool,
    /// A line that calls it.
    pub example: String,
    /// What it takes: those in its path first, then options.
    pub arguments: Vec<CommandArgument>,
    /// How the answer is read.
    pub answer: Answer,
    /// What it does to the service's data.
    pub effect: Effect,
    /// What is shown of the answer, or of the items of a page.
    pub shown: Option<AnswerShape>,
    /// What a call is signed with.
    pub signing: Signing,
    /// The media types to ask for, if they are not the usual one.
    pub accept: Option<String>,
    /// The media type of the body, if it is not the usual one.
    pub content_type: Option<String>,
}

/// What is shown of an answer that holds objects of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerShape {
    /// The constant that says it.
    pub shape: String,
    /// Whether the answer, or the item of a page, is a list of them.
    pub is_list: bool,
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

/// What a command takes.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandArgument {
    /// Its name in a shell, without dashes before it.
    pub name: String,
    /// Its name in the request.
    pub wire_name: String,
    /// What it means.
    pub about: String,
    /// Where the request carries it.
    pub place: ArgumentPlace,
    /// What it takes.
    pub kind: ValueKind,
    /// Whether it takes several.
    pub is_list: bool,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// Whether it may be personal data.
    pub personal: bool,
    /// What absent means.
    pub default: Option<String>,
    /// A value to show.
    pub example: Option<String>,
}

/// Where a request carries an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentPlace {
    /// In the path.
    Path(Layout),
    /// In the query.
    Query(Style),
    /// In a field of the form.
    Form(Style),
    /// In a header.
    Header(Style),
    /// In a cookie.
    Cookie(Style),
    /// In a part of the body, of a media type if it has one of its own.
    Part(PartForm, Option<String>),
    /// In a member of the JSON that is the body.
    Member,
    /// It is the body.
    Body(BodyForm),
    /// It is the body and takes the place of any other, with this media type.
    OtherBody(BodyWriting, String),
}

/// What an argument takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueKind {
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
    OneOf(Vec<String>),
    /// JSON, which is sent as text.
    Json,
    /// JSON, whose parts are sent.
    Value,
    /// The path of a file, whose content is sent.
    File,
}
