//! Splits server URLs into pieces, and determines the part of the URL that each variable replaces.

use openapiv3::{Server, ServerVariable};

use crate::api::ServerPart;

/// A piece of a server URL.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// Literal text.
    Text(String),
    /// A variable.
    Variable {
        name: &'a str,
        variable: &'a ServerVariable,
    },
}

impl Piece<'_> {
    /// The text, or the default of the variable.
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Variable { variable, .. } => &variable.default,
        }
    }
}

/// Splits a server URL into pieces.
///
/// # Errors
///
/// Returns what is wrong with its variables.
pub(super) fn pieces(server: &Server) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut rest = server.url.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let variables = server.variables.as_ref();
        let Some(variable) = variables.and_then(|it| it.get(name)) else {
            let what = format!("a server URL with the undeclared variable `{name}`");
            return Err(what);
        };
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Variable { name, variable });
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    let url = filled(&pieces);
    match url.contains(['{', '}']) {
        true => Err(format!("the server URL `{url}` with a lone brace")),
        false => Ok(pieces),
    }
}

/// The URL with the defaults of its variables.
pub(super) fn filled(pieces: &[Piece<'_>]) -> String {
    pieces.iter().map(Piece::text).collect()
}

/// The pieces of a URL with a host; adds a scheme if it is missing.
pub(super) fn absolute(mut pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    if let Some(Piece::Text(text)) = pieces.first_mut()
        && text.starts_with("//")
    {
        text.insert_str(0, "https:");
    }
    pieces
}

/// The pieces of a URL without a host; adds a leading slash if it is missing.
pub(super) fn relative(mut pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    if let Some(Piece::Text(text)) = pieces.first_mut() {
        let path = text.strip_prefix("./").unwrap_or(text);
        *text = format!("/{}", path.trim_start_matches('/'));
    }
    pieces
}

/// The part that each variable replaces, in order.
pub(super) fn parts(pieces: &[Piece<'_>], is_relative: bool) -> Vec<ServerPart> {
    let mut parts = Vec::new();
    let mut before = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let behind = filled(&pieces[index + 1..]);
        match piece {
            Piece::Text(_) => {}
            Piece::Variable { .. } if is_relative => parts.push(ServerPart::Path),
            Piece::Variable { variable, .. } => {
                parts.push(part(&before, &variable.default, &behind));
            }
        }
        before.push_str(piece.text());
    }
    parts
}

/// The part that a variable replaces, given the text around it.
fn part(before: &str, default: &str, behind: &str) -> ServerPart {
    let Some((_, authority)) = before.split_once("://") else {
        return match behind.starts_with("://") {
            true => ServerPart::Scheme,
            false => ServerPart::Url,
        };
    };
    let is_last = behind.is_empty() || behind.starts_with('/');
    let is_path = default.starts_with('/') || (default.is_empty() && is_last);
    if authority.contains('/') || (is_path && !authority.is_empty()) {
        ServerPart::Path
    } else if authority.ends_with(':') {
        ServerPart::Port
    } else if is_last {
        ServerPart::Authority
    } else {
        ServerPart::Host
    }
}
