//! Shows a request as it would be sent, with its credentials masked.

use std::io::{self, Write};

use super::exit::Failure;
use super::output::visible;
use super::table::Command;
use crate::body::Body;
use crate::client::Client;
use crate::json::Node;
use crate::request::{Outline, Request};
use crate::signing::Credential;

/// Replaces a credential.
const MASK: &str = "***";

/// Writes the request that `command` would send: as JSON, or as lines in the format of HTTP (RFC 9112 §3).
///
/// # Errors
///
/// Returns the errors that a call has before it is sent.
pub(super) fn write(
    client: &Client,
    command: &Command,
    request: Request,
    as_json: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mut outline = request.outline()?;
    let keyring = &client.shared().keyring;
    // A client without credentials sends none.
    let places = keyring.places(command.operation.id, command.alternatives());
    for place in places.unwrap_or_default() {
        sign(&mut outline, place);
    }
    // They may be credentials, too.
    for name in client.shared().default_headers.keys() {
        let is_it = |(own, _): &(String, String)| own.eq_ignore_ascii_case(name.as_str());
        if !outline.headers.iter().any(is_it) {
            outline.headers.push((name.to_string(), MASK.to_owned()));
        }
    }
    match as_json {
        true => writeln!(out, "{}", json(outline).json())?,
        false => write_lines(outline, out)?,
    }
    Ok(())
}

/// Puts a mask in place of a credential.
fn sign(outline: &mut Outline, place: Credential) {
    let header = match place {
        Credential::Authorization => ("Authorization".to_owned(), MASK.to_owned()),
        Credential::Header(name) => (name.to_owned(), MASK.to_owned()),
        Credential::Cookie(name) => ("Cookie".to_owned(), format!("{name}={MASK}")),
        Credential::Query(name) => {
            outline.url.query_pairs_mut().append_pair(name, MASK);
            return;
        }
    };
    outline.headers.push(header);
}

fn write_lines(outline: Outline, out: &mut impl Write) -> io::Result<()> {
    let Outline {
        method,
        url,
        headers,
        body,
    } = outline;
    writeln!(out, "{method} {url}")?;
    for (name, value) in headers {
        writeln!(out, "{}: {}", visible(&name), visible(&value))?;
    }
    match body.as_ref().map(shown).as_deref() {
        None | Some("") => Ok(()),
        Some(body) => writeln!(out, "\n{body}"),
    }
}

fn json(outline: Outline) -> Node {
    let headers = outline.headers.into_iter();
    let headers = headers.map(|(name, value)| (name, Node::Text(value)));
    let body = outline.body.as_ref().map(shown);
    let members = [
        ("method", Node::Text(outline.method.to_string())),
        ("url", Node::Text(outline.url.into())),
        ("headers", Node::Object(headers.collect())),
        ("body", body.map_or(Node::Null, Node::Text)),
    ];
    let members = members.into_iter();
    Node::Object(members.map(|(name, it)| (name.to_owned(), it)).collect())
}

/// Returns a body as text if it is text in memory, and otherwise its size.
fn shown(body: &Body) -> String {
    let text = body.bytes().map(|it| std::str::from_utf8(it));
    match (text, body.length()) {
        (Some(Ok(text)), _) => text.to_owned(),
        (_, Some(length)) => format!("({length} bytes)"),
        (_, None) => "(unknown size)".to_owned(),
    }
}
