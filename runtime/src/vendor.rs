//! The conventions of a vendor that no specification contains, as plain data.

mod call_span;

use tracing::Span;

pub(crate) use self::call_span::open_span;
use crate::operation::{Method, Operation};
use crate::product::Product;

/// The conventions of a vendor: environment variables, hosts, headers, paging, errors and times.
#[derive(Clone, Copy, Debug)]
pub struct Vendor {
    /// The product name in the user agent, before its version.
    pub(crate) user_agent: &'static str,
    pub(crate) environment: Environment,
    /// Whether some operation requires credentials.
    pub(crate) needs_credentials: bool,
    /// Whether another does not, so that a client without credentials can call it.
    pub(crate) has_public_operations: bool,
    pub(crate) headers: Headers,
    /// How the client finds its account, for paths that have one.
    pub(crate) account: Option<AccountRule>,
    /// How host names contain edge and region, if they do.
    pub(crate) hosts: Option<HostRule>,
    /// Other companies that serve the vendor's API.
    #[cfg_attr(
        not(feature = "cli"),
        expect(dead_code, reason = "profiles sign in there")
    )]
    pub(crate) deployments: &'static [&'static Deployment],
    /// The variables in server URLs.
    pub(crate) server_variables: &'static [ServerVariable],
    /// How lists are paged, if they are.
    pub(crate) paging: Option<Paging>,
    pub(crate) errors: ErrorFormat,
    /// Whether times are sent without fractions of a second.
    pub(crate) has_whole_seconds: bool,
    /// Whether a request without a body, by a method that has one, is sent as an empty form.
    pub(crate) sends_empty_forms: bool,
    /// Opens the span of a call, whose name `tracing` needs at compile time.
    pub(crate) span: fn(&Operation, Method) -> Span,
}

impl Vendor {
    /// Returns the conventions for an API that is only known by its specification. `user_agent` is the product name in
    /// the user agent.
    pub const fn plain(user_agent: &'static str) -> Self {
        Self {
            user_agent,
            environment: Environment {
                ways: &[],
                is_required: true,
            },
            needs_credentials: true,
            has_public_operations: false,
            headers: Headers {
                request_id: "x-request-id",
                request_duration: None,
                concurrent_requests: None,
            },
            account: None,
            hosts: None,
            deployments: &[],
            server_variables: &[],
            paging: None,
            errors: ErrorFormat {
                code: "code",
                message: "message",
                more_info: None,
                details: "details",
                explained_at: None,
                refusals: &[],
                status_in_success: None,
            },
            has_whole_seconds: false,
            sends_empty_forms: false,
            span: call_span::api_call,
        }
    }

    /// Makes credentials optional for every operation. The client sends them if it has some.
    pub const fn with_optional_credentials(self) -> Self {
        Self {
            needs_credentials: false,
            ..self
        }
    }

    /// Allows clients without credentials, which can only call the operations that need none.
    pub const fn with_public_operations(self) -> Self {
        Self {
            has_public_operations: true,
            ..self
        }
    }

    /// Sets the variables in server URLs.
    pub const fn with_server_variables(self, variables: &'static [ServerVariable]) -> Self {
        Self {
            server_variables: variables,
            ..self
        }
    }

    /// Sets the environment variables for credentials.
    pub const fn with_environment(self, environment: Environment) -> Self {
        Self {
            environment,
            ..self
        }
    }
}

/// The environment variables for credentials: all names that a client reads, and the purpose of each.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// The ways to sign in. Each needs all of its credentials. If several usernames and tokens are set, the first wins.
    pub ways: &'static [&'static [EnvironmentCredential]],
    /// Whether it is an error if none of the ways is complete.
    pub is_required: bool,
}

impl Environment {
    /// Returns whether one of the ways is that of an OAuth client.
    pub(crate) const fn has_flows(&self) -> bool {
        // A constant function has no iterators.
        let mut way = 0;
        while way < self.ways.len() {
            let mut at = 0;
            while at < self.ways[way].len() {
                if matches!(
                    self.ways[way][at],
                    EnvironmentCredential::OAuthClient { .. }
                ) {
                    return true;
                }
                at += 1;
            }
            way += 1;
        }
        false
    }

    /// Returns the flows of all ways, each once.
    pub(crate) fn flows(&self) -> Vec<&'static ClientCredentialsFlow> {
        let mut flows = Vec::new();
        for credential in self.ways.iter().copied().flatten() {
            match credential {
                EnvironmentCredential::OAuthClient { flow, .. } if !flows.contains(flow) => {
                    flows.push(*flow);
                }
                EnvironmentCredential::OAuthClient { .. }
                | EnvironmentCredential::Account { .. }
                | EnvironmentCredential::Token { .. }
                | EnvironmentCredential::ApiKey { .. } => {}
            }
        }
        flows
    }
}

/// A credential in the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentCredential {
    /// A username and its password, for HTTP Basic authentication (RFC 7617).
    Account {
        /// The variable of the username.
        username: &'static str,
        /// The variable of the password.
        password: &'static str,
    },
    /// A bearer token (RFC 6750).
    Token {
        /// Its variable.
        token: &'static str,
    },
    /// An OAuth client, for which the service issues bearer tokens (RFC 6749 §4.4).
    OAuthClient {
        /// The variable of its id.
        id: &'static str,
        /// The variable of its secret.
        secret: &'static str,
        /// How it gets its tokens.
        flow: &'static ClientCredentialsFlow,
    },
    /// An API key.
    ApiKey {
        /// The name of the header, query parameter or cookie for it.
        name: &'static str,
        /// Its variable.
        key: &'static str,
    },
}

impl EnvironmentCredential {
    /// Returns the names of its variables.
    pub fn variables(self) -> impl Iterator<Item = &'static str> {
        let (first, second) = match self {
            Self::Account { username, password } => (username, Some(password)),
            Self::Token { token } => (token, None),
            Self::OAuthClient { id, secret, .. } => (id, Some(secret)),
            Self::ApiKey { key, .. } => (key, None),
        };
        [first].into_iter().chain(second)
    }
}

/// A client credentials flow of a specification (RFC 6749 §4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientCredentialsFlow {
    pub(crate) token_url: &'static str,
    /// The scopes to ask for, unless the program sets others.
    pub(crate) scopes: &'static [&'static str],
    /// The product and its server, if the token URL is relative to it.
    pub(crate) server: Option<(Product, &'static str)>,
}

impl ClientCredentialsFlow {
    /// Creates a flow with a token URL, which asks for these scopes.
    pub const fn new(token_url: &'static str, scopes: &'static [&'static str]) -> Self {
        Self {
            token_url,
            scopes,
            server: None,
        }
    }

    /// Makes the token URL relative to the `server` of a product.
    pub const fn relative_to(self, product: Product, server: &'static str) -> Self {
        Self {
            server: Some((product, server)),
            ..self
        }
    }
}

/// A variable in server URLs, such as `{region}` in `https://{region}.example.com`.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    /// The method that sets it, by which URLs refer to it.
    pub name: &'static str,
    /// Its default.
    pub default: &'static str,
    /// The allowed values; empty for any.
    pub values: &'static [&'static str],
    /// The parts of URLs that it replaces.
    pub parts: &'static [ServerPart],
}

/// A part of a URL (RFC 3986 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerPart {
    /// The scheme, or its end.
    Scheme,
    /// A part of the host, but not its end.
    Host,
    /// The end of the host, which may have a port.
    Authority,
    /// The port.
    Port,
    /// A part of the path.
    Path,
    /// Everything from the scheme on.
    Url,
}

/// The response headers with information about the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headers {
    /// The request id, which the vendor's support asks for.
    pub(crate) request_id: &'static str,
    /// How long the service worked on it, in seconds.
    pub(crate) request_duration: Option<&'static str>,
    /// The number of requests of the account in flight.
    pub(crate) concurrent_requests: Option<&'static str>,
}

/// How a client finds its account, for paths that have one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountRule {
    /// The prefix of account ids, which no other username has.
    pub(crate) prefix: &'static str,
    /// The environment variable with an account id.
    pub(crate) variable: &'static str,
    /// The builder's method that sets it.
    pub(crate) method: &'static str,
}

/// Host names of the form `product`, `product.REGION` or `product.EDGE.REGION` below one domain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostRule {
    /// The domain, with a dot before it.
    pub(crate) domain: &'static str,
    /// The region of a host with only an edge.
    pub(crate) default_region: &'static str,
    /// The variables for edge and region.
    pub(crate) variables: [&'static str; 2],
}

/// Another company's servers for the same API, with their own token URL.
#[derive(Debug)]
pub(crate) struct Deployment {
    /// The company.
    pub(crate) name: &'static str,
    /// The names of its client id and secret, without a prefix.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "profiles hold them"))]
    pub(crate) variables: [&'static str; 2],
    /// The URL that issues access tokens (OAuth 2.0 client credentials).
    pub(crate) token_url: &'static str,
    /// The server of each product.
    pub(crate) servers: &'static [(&'static str, &'static str)],
}

/// How lists are paged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The query parameters for the page size, the page number, and the page token.
    pub(crate) size: &'static str,
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) number: &'static str,
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) token: &'static str,
    /// The default page size.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock needs it"))]
    pub(crate) usual_size: usize,
    /// The maximum page size.
    pub(crate) largest_size: usize,
    /// Where a page contains its links. The first match wins.
    pub(crate) envelopes: &'static [Envelope],
}

/// The keys of a page with its size and links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    /// The key of the object that contains the others; `None` if they are next to the items.
    pub(crate) within: Option<&'static str>,
    /// The key of the number of items on a page.
    pub(crate) size: &'static str,
    /// The keys of the links.
    pub(crate) next: &'static str,
    pub(crate) previous: &'static str,
    /// Further keys, which only a mock writes: the URLs of the first page and this one, its number, and the key of the
    /// items.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) unread: Unread,
}

/// Keys of an envelope that the client does not read.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
pub(crate) struct Unread {
    pub(crate) first: &'static str,
    pub(crate) own: &'static str,
    pub(crate) number: &'static str,
    pub(crate) items_key: &'static str,
}

/// The members of an error's body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorFormat {
    /// The vendor's error code.
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
    /// A URL that explains the error.
    pub(crate) more_info: Option<&'static str>,
    pub(crate) details: &'static str,
    /// The prefix of that URL in a mock, before the code.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) explained_at: Option<&'static str>,
    /// The codes of requests that were rejected before processing.
    pub(crate) refusals: &'static [i64],
    /// The status, if errors can have a success status and contain their own.
    pub(crate) status_in_success: Option<&'static str>,
}
