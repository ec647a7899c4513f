//! Turns a command and the values of its arguments into a request.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::table::{Answer, Argument, ArgumentLocation, BodyForm, Command, Kind};
use crate::body::Body;
use crate::client::Client;
use crate::decoded::Decode;
use crate::encode;
use crate::error::Error;
use crate::json::Node;
use crate::multipart::{self, NamedPart, Part};
use crate::payload;
use crate::request::Request;
use crate::resource::Resource;
use crate::style::Location;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// How the value of a file is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Files {
    /// Its path.
    OnDisk,
    /// Its content, in base64 (RFC 4648 §4).
    #[cfg_attr(not(feature = "mcp"), expect(dead_code, reason = "a shell has files"))]
    Inline,
}

/// How the response of a command is decoded as JSON.
pub(crate) fn json_decoding(command: &Command) -> Decode<Node> {
    match command.answer == Answer::AnyJson {
        true => Decode::Body(payload::any_json),
        false => Decode::Body(payload::json),
    }
}

/// Creates a request with what does not depend on the arguments, besides its path.
fn prepared(
    client: &Client,
    command: &'static Command,
    values: &[(&'static Argument, Node)],
) -> Request {
    let mut resource = Resource::new(client, command.product);
    for (argument, value) in values {
        if let ArgumentLocation::Path(style) = argument.location {
            resource = resource.joined(style, Some(in_path(argument, value)));
        }
    }
    let mut request = Request::new(&resource, command.operation);
    if let Some(credentials) = command.credentials {
        request.context.credentials = credentials;
    }
    if let Some(accept) = command.accept {
        request.context.accept = accept;
    }
    for (name, value) in command.query {
        request.set_query(name, (*value).to_owned());
    }
    for (name, value) in command.headers {
        let headers = &mut request.context.headers;
        headers.set_header((*name).into(), (*value).to_owned());
    }
    request.content_type = command.content_type;
    request.paging = command.paging();
    request.largest_page = command.largest_page();
    request
}

/// Creates the request of a command. Files on disk are checked here, and read when it is sent.
///
/// # Errors
///
/// Returns [`Error::File`] for a file that cannot be sent.
pub(crate) async fn request(
    client: &Client,
    command: &'static Command,
    values: Vec<(&'static Argument, Node)>,
    content: Files,
) -> Result<Request, Error> {
    let mut request = prepared(client, command, &values);
    let mut json = JsonBody::default();
    for (argument, value) in values {
        let value = as_sent(argument, value);
        let name = argument.wire_name;
        match argument.location {
            ArgumentLocation::Path(_) => {}
            ArgumentLocation::Query(_) if matches!(argument.kind, Kind::PageSize(_)) => {
                request.page_size = value.text().and_then(|it| it.parse().ok());
            }
            ArgumentLocation::Query(style) => request.put(Location::Query, name, style, &value),
            ArgumentLocation::Form(style) => request.put(Location::Form, name, style, &value),
            ArgumentLocation::Header(style) => request.put(Location::Header, name, style, &value),
            ArgumentLocation::Cookie(style) => request.put(Location::Cookie, name, style, &value),
            ArgumentLocation::Part(_) if name == multipart::OTHERS => {
                request.parts_mut().set_others(&value);
            }
            ArgumentLocation::Part(media_type) => {
                request
                    .parts_mut()
                    .set_texts(name, media_type, texts(value));
            }
            ArgumentLocation::File(_) if name == multipart::OTHER_FILES => {
                let files = named_files(value, content).await?;
                request.parts_mut().set_other_files(files.into_iter());
            }
            ArgumentLocation::File(media_type) => {
                let files = files(value, content).await?;
                request
                    .parts_mut()
                    .set_files(name, media_type, files.into_iter());
            }
            ArgumentLocation::Member => json.members.push((name.to_owned(), value)),
            ArgumentLocation::Body(BodyForm::Json, None) => json.whole = Some(value),
            ArgumentLocation::Body(form, media_type) => {
                let body = body(form, value, content).await?;
                match media_type {
                    Some(media_type) => request.other_body = Some((media_type, body)),
                    None => request.body = Some(body),
                }
            }
        }
    }
    if let Some(body) = json.finish() {
        request.body = Some(body.json().into());
    }
    Ok(request)
}

/// A JSON body, from its members and from one text.
#[derive(Default)]
struct JsonBody {
    whole: Option<Node>,
    members: Vec<(String, Node)>,
}

impl JsonBody {
    /// Returns the whole body with its members replaced by those that are given separately.
    fn finish(self) -> Option<Node> {
        let Self { whole, members } = self;
        if members.is_empty() {
            return whole;
        }
        let mut all = match whole {
            Some(Node::Object(members)) => members,
            Some(Node::Null | Node::Literal(_) | Node::Text(_) | Node::List(_)) | None => {
                Vec::new()
            }
        };
        all.retain(|(name, _)| !members.iter().any(|(other, _)| other == name));
        all.extend(members);
        Some(Node::Object(all))
    }
}

/// Returns a value for a path, where a list is one text.
fn in_path(argument: &Argument, value: &Node) -> Node {
    match value {
        Node::Text(text) if argument.is_list => {
            let items = text.split(',').map(|it| Node::Text(it.to_owned()));
            Node::List(items.collect())
        }
        Node::Null | Node::Literal(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => {
            value.clone()
        }
    }
}

/// Returns a value as its kind is sent: JSON as text, and null if an empty text is not a valid value of the kind.
fn as_sent(argument: &Argument, value: Node) -> Node {
    match (argument.kind, value) {
        (Kind::Document, Node::List(items)) if argument.is_list => {
            Node::List(items.iter().map(as_document).collect())
        }
        (Kind::Document, value) => as_document(&value),
        (Kind::Json, Node::List(items)) if argument.is_list => {
            Node::List(items.into_iter().map(as_text).collect())
        }
        (Kind::Json, value) => as_text(value),
        (Kind::Text | Kind::File | Kind::NamedFile, value) => value,
        (_, Node::Text(text))
            if text.is_empty() && argument.location == ArgumentLocation::Member =>
        {
            Node::Null
        }
        (_, value) => value,
    }
}

/// Returns JSON as text, without the quotes of a string.
fn as_text(value: Node) -> Node {
    match value {
        Node::Text(_) => value,
        Node::Null | Node::Literal(_) | Node::List(_) | Node::Object(_) => Node::Text(value.json()),
    }
}

/// Returns JSON as text; an empty value, which clears a field, stays empty.
fn as_document(value: &Node) -> Node {
    match value {
        Node::Text(text) if text.is_empty() => value.clone(),
        Node::Null | Node::Literal(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => {
            Node::Text(value.json())
        }
    }
}

/// Returns the texts of a value, one for each item.
fn texts(value: Node) -> Vec<String> {
    let text = |it: Node| it.text().map_or_else(|| it.json(), str::to_owned);
    match value {
        Node::List(items) => items.into_iter().map(text).collect(),
        value @ (Node::Null | Node::Literal(_) | Node::Text(_) | Node::Object(_)) => {
            vec![text(value)]
        }
    }
}

async fn files(given: Node, content: Files) -> Result<Vec<Part>, Error> {
    let mut files = Vec::new();
    for text in texts(given) {
        files.push(file(&text, content).await?);
    }
    Ok(files)
}

/// Returns the files that were given with the names of their parts, `name=file`.
async fn named_files(given: Node, content: Files) -> Result<Vec<NamedPart>, Error> {
    let mut files = Vec::new();
    for text in texts(given) {
        let (name, given) = text.split_once('=').unwrap_or_default(); // Checked by the caller.
        files.push(NamedPart::new(name, file(given, content).await?));
    }
    Ok(files)
}

async fn file(given: &str, content: Files) -> Result<Part, Error> {
    match (content, given) {
        (Files::Inline, content) => Ok(Part::new(decoded(content))),
        (Files::OnDisk, STANDARD_INPUT) => Ok(Part::reader(io::stdin())),
        (Files::OnDisk, path) => Part::file(path).await,
    }
}

/// Decodes base64, which the caller has validated.
fn decoded(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap_or_default()
}

async fn body(form: BodyForm, value: Node, content: Files) -> Result<Body, Error> {
    Ok(match form {
        BodyForm::Json => value.json().into(),
        BodyForm::Form(encoded) => encode::form_of(&value, encoded).into(),
        BodyForm::Text => texts(value).concat().into(),
        BodyForm::Bytes => match (content, texts(value).concat().as_str()) {
            (Files::Inline, content) => decoded(content).into(),
            (Files::OnDisk, STANDARD_INPUT) => Body::reader(io::stdin()),
            (Files::OnDisk, path) => Body::file(path).await?,
        },
    })
}
