//! Calls an operation and converts the response to a result.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;

use super::arguments::Given;
use super::caller::Caller;
use super::definition::shortened;
use super::length::{self, ENVELOPE, ENVELOPE_OF_BYTES};
use super::list::list;
use super::tool_result::{self, ToolResult};
use crate::call::Call;
use crate::cli::Answer as Kind;
use crate::cli::exit::Failure;
use crate::cli::invocation;
use crate::cli::output;
use crate::cli::table::Command;
use crate::decoded::Decode;
use crate::json::{self, Budget, Node};
use crate::payload;
use crate::request::Request;

/// The maximum length of a media type with its parameters, in characters.
const LONGEST_MEDIA_TYPE: usize = 60;

/// Calls the operation of a command.
///
/// # Errors
///
/// Returns why it failed: [`Failure::Usage`] for a list that cannot continue, and the errors of a call.
pub(super) async fn call(
    caller: &Caller,
    command: &'static Command,
    given: Given,
) -> Result<ToolResult, Failure> {
    if let Some(format) = command.page_format() {
        return list(caller, command, format, given).await;
    }
    let request = caller.request(command, given.values).await?;
    let size = caller.max_result;
    match command.answer {
        Kind::Json | Kind::AnyJson | Kind::Page(_) | Kind::List(_) => {
            let decode = invocation::json_decoding(command);
            let node = Call { request, decode }.fetch().await?;
            check(&node, command, command.has_list)?;
            Ok(value(caller, command, node).await)
        }
        Kind::Nothing => {
            let decode = Decode::Body(payload::empty);
            let status = Call { request, decode }.send().await?.status().as_u16();
            let text = format!("Done ({status}).");
            Ok(ToolResult::new([("status", status.into())], text))
        }
        Kind::Text => {
            let decode = Decode::Body(payload::text);
            let text = Call { request, decode }.fetch().await?;
            Ok(of_text(
                caller.signed_with(command).await.redacted_in(&text),
                size,
            ))
        }
        Kind::Bytes => download(request, size).await,
        Kind::Any => any(caller, command, request).await,
    }
}

/// Checks that a response, or an item of a list, is what the specification says: a gateway may have responded.
///
/// # Errors
///
/// Returns [`Failure::Unreadable`] if it is not.
pub(super) fn check(node: &Node, command: &Command, is_list: bool) -> Result<(), Failure> {
    let checked = output::check(node, command.shape, is_list);
    checked.map_err(|it| Failure::Unreadable(format!("{}: {it}", command.operation.id)))
}

/// Converts a value to a result, without personal data and credentials.
async fn value(caller: &Caller, command: &Command, node: Node) -> ToolResult {
    let signed_with = caller.signed_with(command).await;
    let node = caller.shown(command, &signed_with, node);
    tool_result::of_value(node, command.shape, caller.max_result)
}

fn of_text(text: String, size: usize) -> ToolResult {
    let short = format!("A text of {} bytes.", text.len());
    let whole = length::beginning(&text, size.saturating_sub(ENVELOPE)).len() == text.len();
    match whole {
        true => ToolResult::new([("text", text.into())], short),
        false => tool_result::cut(&text, size),
    }
}

/// Reads as much of a body as fits in base64.
async fn download(request: Request, size: usize) -> Result<ToolResult, Failure> {
    let response = request.send_stream().await?;
    let media_type = media_type(response.headers());
    let mut body = response.into_body();
    let most = most_bytes(size);
    let length = body.length();
    let mut bytes = Vec::new();
    while bytes.len() <= most {
        match body.chunk().await? {
            Some(piece) => bytes.extend_from_slice(&piece),
            None => return Ok(of_bytes(&bytes, media_type, None)),
        }
    }
    bytes.truncate(most);
    Ok(of_bytes(&bytes, media_type, Some(length)))
}

/// Returns how many bytes fit as base64 in a result of at most `size` bytes.
fn most_bytes(size: usize) -> usize {
    size.saturating_sub(ENVELOPE_OF_BYTES) / 4 * 3
}

/// Converts bytes to base64. If they are truncated, `cut` has the total size, if that is known.
fn of_bytes(bytes: &[u8], media_type: Option<String>, cut: Option<Option<u64>>) -> ToolResult {
    let kind = media_type.as_deref().unwrap_or("unknown type").to_owned();
    let size = match cut {
        None => Some(bytes.len() as u64),
        Some(length) => length,
    };
    let mut members = vec![
        ("media_type", media_type.into()),
        ("size", size.into()),
        ("base64", STANDARD.encode(bytes).into()),
    ];
    let mut text = match size {
        Some(size) => format!("{size} bytes of {kind}."),
        None => format!("Bytes of {kind}."),
    };
    if cut.is_some() {
        members.push(("truncated", true.into()));
        text.push_str(&format!(
            " They are truncated to {}, because they are too long.",
            bytes.len()
        ));
    }
    ToolResult::new(members, text)
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(shortened(value, LONGEST_MEDIA_TYPE))
}

/// Converts a response by its media type: JSON, text, or bytes.
async fn any(caller: &Caller, command: &Command, request: Request) -> Result<ToolResult, Failure> {
    let response = request.send_raw().await?;
    let media_type = media_type(response.headers());
    let body: Bytes = response.into_body();
    let Ok(text) = std::str::from_utf8(&body) else {
        let most = most_bytes(caller.max_result);
        let cut = (body.len() > most).then_some(Some(body.len() as u64));
        return Ok(of_bytes(&body[..body.len().min(most)], media_type, cut));
    };
    match json::read(text, Budget::new(body.len().saturating_mul(16), None)) {
        Ok(node) => Ok(value(caller, command, node).await),
        Err(_) => {
            let text = caller.signed_with(command).await.redacted_in(text);
            Ok(of_text(text, caller.max_result))
        }
    }
}
