//! Servers whose URLs have variables (OpenAPI 3.0.3, Server Object and Server Variable Object).

use crate::pointer::Pointer;

/// A variable in the URLs of servers. Several servers share it if they say the same of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// Its name, as the spec has it.
    pub name: String,
    /// The value that it has if none is set.
    pub default: String,
    /// The values that it may have; any if there are none.
    pub values: Vec<String>,
    /// What it is for.
    pub doc: Option<String>,
    /// Where the spec declares it first.
    pub at: Pointer,
    /// Which parts of URLs it stands for.
    pub parts: Vec<ServerPart>,
    /// The URLs that it is in, as the spec has them.
    pub urls: Vec<String>,
}

impl ServerVariable {
    /// Whether another variable is declared in the same words.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.default == other.default && self.values == other.values
    }
}

/// A part of a URL that a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServerPart {
    /// The scheme, or its end.
    Scheme,
    /// A part of the host that more of it follows.
    Host,
    /// The end of the host, which may have a port.
    Authority,
    /// The port.
    Port,
    /// A part of the path.
    Path,
    /// All from the scheme on.
    Url,
}

/// The id of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerVariableId(pub usize);

/// The URL of a server that has variables.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerTemplate {
    /// What it is made of. A relative URL begins with a slash.
    pub pieces: Vec<ServerPiece>,
    /// How many bytes the defaults of a relative one take at the beginning of the operation's path.
    pub prefix: usize,
}

/// A piece of the URL of a server.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerPiece {
    /// What is written.
    Text(String),
    /// What a variable stands for.
    Variable(ServerVariableId),
}
