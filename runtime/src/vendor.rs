//! What a vendor does by convention and no specification says, as plain data: all that the core knows of a vendor.

mod call_span;

use tracing::Span;

pub(crate) use self::call_span::open_span;
use crate::operation::{Method, Operation};

/// The conventions of a vendor: names in the environment, hosts, headers, pages of lists, errors and times.
#[derive(Clone, Copy, Debug)]
pub struct Vendor {
    /// What requests call their sender, before its version.
    pub(crate) user_agent: &'static str,
    pub(crate) environment: Environment,
    /// Whether some operation takes no call without credentials.
    pub(crate) needs_credentials: bool,
    pub(crate) headers: Headers,
    /// How hosts tell where they are, if they do.
    pub(crate) hosts: Option<HostRule>,
    /// Other companies that serve its API.
    #[cfg_attr(
        not(feature = "cli"),
        expect(dead_code, reason = "profiles sign in there")
    )]
    pub(crate) deployments: &'static [&'static Deployment],
    /// The variables in the URLs of servers.
    pub(crate) server_variables: &'static [ServerVariable],
    /// How lists are cut into pages, if they are.
    pub(crate) paging: Option<Paging>,
    pub(crate) errors: ErrorFormat,
    /// Whether times are sent without the fraction of a second.
    pub(crate) has_whole_seconds: bool,
    /// Whether a request without a body says that it is an empty form, where its method carries a body.
    pub(crate) sends_empty_forms: bool,
    /// Opens the span of a call, whose name `tracing` needs when this is compiled.
    pub(crate) span: fn(&Operation, Method) -> Span,
}

impl Vendor {
    /// Returns what holds for an API of which only its specification is known. Requests call their sender
    /// `user_agent`.
    pub const fn plain(user_agent: &'static str) -> Self {
        Self {
            user_agent,
            environment: Environment {
                ways: &[],
                is_required: true,
            },
            needs_credentials: true,
            headers: Headers {
                request_id: "x-request-id",
                request_duration: None,
                concurrent_requests: None,
            },
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

    /// Says that every operation can be called without credentials. They are sent if the client has some.
    pub const fn with_optional_credentials(self) -> Self {
        Self {
            needs_credentials: false,
            ..self
        }
    }

    /// Sets the variables in the URLs of servers.
    pub const fn with_server_variables(self, variables: &'static [ServerVariable]) -> Self {
        Self {
            server_variables: variables,
            ..self
        }
    }

    /// Sets the environment variables that credentials are read from.
    pub const fn with_environment(self, environment: Environment) -> Self {
        Self {
            environment,
            ..self
        }
    }
}

/// The environment variables that hold credentials: all names that a client reads, and what each is for.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// The ways to sign in. Each takes all that it holds. Of several usernames and tokens that are set, the first counts.
    pub ways: &'static [&'static [EnvironmentCredential]],
    /// Whether it is an error if none of the ways is set.
    pub is_required: bool,
}

/// What the environment holds of a way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentCredential {
    /// A username and its password, for HTTP Basic authentication (RFC 7617).
    Account {
        /// The variable of the username.
        username: &'static str,
        /// That of the password.
        password: &'static str,
    },
    /// A bearer token (RFC 6750).
    Token {
        /// Its variable.
        token: &'static str,
    },
    /// An API key.
    ApiKey {
        /// The name of the header, the query parameter or the cookie that it goes to.
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
            Self::ApiKey { key, .. } => (key, None),
        };
        [first].into_iter().chain(second)
    }
}

/// A variable in the URLs of servers, such as `{region}` in `https://{region}.example.com`.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    /// The method that sets it, by which URLs name it.
    pub name: &'static str,
    /// Its value if none is set.
    pub default: &'static str,
    /// The values that it may have; any if there are none.
    pub values: &'static [&'static str],
    /// The parts of URLs that it stands for.
    pub parts: &'static [ServerPart],
}

/// A part of a URL (RFC 3986 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The headers in which answers tell of their requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Headers {
    /// The id of the request, as the vendor's support asks for it.
    pub(crate) request_id: &'static str,
    /// How long the service worked on it, in seconds.
    pub(crate) request_duration: Option<&'static str>,
    /// How many requests of the account were under way.
    pub(crate) concurrent_requests: Option<&'static str>,
}

/// Hosts that are called `product`, `product.REGION` or `product.EDGE.REGION` below one domain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostRule {
    /// The domain, with a dot before it.
    pub(crate) domain: &'static str,
    /// The region of a host that names an edge alone.
    pub(crate) default_region: &'static str,
    /// The variables for edge and region.
    pub(crate) variables: [&'static str; 2],
}

/// Another company's servers of the same API, with a token URL of their own.
#[derive(Debug)]
pub(crate) struct Deployment {
    /// The company.
    pub(crate) name: &'static str,
    /// What its client id and secret are called where variables are.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "profiles hold them"))]
    pub(crate) variables: [&'static str; 2],
    /// Where access tokens are issued (OAuth 2.0 client credentials).
    pub(crate) token_url: &'static str,
    /// The server of each product.
    pub(crate) servers: &'static [(&'static str, &'static str)],
}

/// How lists are cut into pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The query parameters for the number of items on a page, the number of the page, and where it begins.
    pub(crate) size: &'static str,
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) number: &'static str,
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) token: &'static str,
    /// The size of a page if none is asked for.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock needs it"))]
    pub(crate) usual_size: usize,
    /// The largest size.
    pub(crate) largest_size: usize,
    /// Where a page tells of its neighbours. The first that does counts.
    pub(crate) envelopes: &'static [Envelope],
}

/// Where a page tells of itself and its neighbours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    /// The key of the object that holds what follows; `None` if that stands beside the items.
    pub(crate) within: Option<&'static str>,
    /// The key of the number of items on a page.
    pub(crate) size: &'static str,
    /// The keys of the links.
    pub(crate) next: &'static str,
    pub(crate) previous: &'static str,
    /// Further keys, which a mock writes and nothing reads: of the first page and this one, of its number, and of the
    /// key of the items.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) unread: Unread,
}

/// Keys of an envelope that nothing reads.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
pub(crate) struct Unread {
    pub(crate) first: &'static str,
    pub(crate) own: &'static str,
    pub(crate) number: &'static str,
    pub(crate) items_key: &'static str,
}

/// The members of the body of an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ErrorFormat {
    /// The vendor's number for what went wrong.
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
    /// A URL where the error is explained.
    pub(crate) more_info: Option<&'static str>,
    pub(crate) details: &'static str,
    /// What a mock puts before a code for that URL.
    #[cfg_attr(not(feature = "mock"), expect(dead_code, reason = "a mock writes it"))]
    pub(crate) explained_at: Option<&'static str>,
    /// The codes that say that a request was refused before it began.
    pub(crate) refusals: &'static [i64],
    /// The status, if errors may come with a status of success and then tell their own.
    pub(crate) status_in_success: Option<&'static str>,
}
