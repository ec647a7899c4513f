//! Models servers whose URLs have variables (OpenAPI 3.0.3, Server Object and Server Variable Object).

use crate::pointer::Pointer;

/// A server that a document lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its URL. Variables have their defaults.
    pub url: String,
    /// What it is for.
    pub doc: Option<String>,
    /// Whether the document lists it before the one that operations use.
    pub is_passed_over: bool,
}

/// A variable in server URLs. Servers with identical declarations share it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// Its name in the spec.
    pub name: String,
    /// Its default value.
    pub default: String,
    /// The allowed values; empty if any value is allowed.
    pub values: Vec<String>,
    /// What it is for.
    pub doc: Option<String>,
    /// Where the spec first declares it.
    pub at: Pointer,
    /// The parts of URLs that it replaces.
    pub parts: Vec<ServerPart>,
    /// The URLs that contain it, as written in the spec.
    pub urls: Vec<String>,
}

impl ServerVariable {
    /// Whether another variable has the same declaration.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.default == other.default && self.values == other.values
    }
}

/// A part of a URL that a variable replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServerPart {
    /// The scheme, or its end.
    Scheme,
    /// A part of the host, but not its end.
    Host,
    /// The end of the host, possibly with a port.
    Authority,
    /// The port.
    Port,
    /// A part of the path.
    Path,
    /// Everything from the scheme on.
    Url,
}

/// The id of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerVariableId(pub usize);

/// A server URL with variables.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerTemplate {
    /// Its pieces. A relative URL starts with a slash.
    pub pieces: Vec<ServerPiece>,
    /// The length in bytes of a relative URL with defaults, at the start of the operation's path.
    pub prefix: usize,
}

impl ServerTemplate {
    /// The URL, with variables in braces; `name` returns what to call one.
    pub fn url<'a>(&self, name: impl Fn(ServerVariableId) -> &'a str) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            ServerPiece::Text(text) => text.clone(),
            ServerPiece::Variable(id) => format!("{{{}}}", name(*id)),
        });
        pieces.collect()
    }
}

/// A piece of a server URL.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerPiece {
    /// Literal text.
    Text(String),
    /// A variable.
    Variable(ServerVariableId),
}
