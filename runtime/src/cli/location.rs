//! Selects servers and token endpoints from options, a profile and the environment.

use clap::{Arg, ArgAction, ArgMatches};

use super::exit::Failure;
use super::output::visible;
use super::stderr;
use super::{object, texts};
use crate::builder::ClientBuilder;
use crate::environment::{PROCESS, variable};
use crate::error::Error;
use crate::json::Node;
use crate::vendor::{ServerVariable, Vendor};

/// The servers to use (a replacement, or an edge and region), and where and how an OAuth client gets its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Location {
    pub(super) edge: Option<String>,
    pub(super) region: Option<String>,
    pub(super) base_url: Option<String>,
    /// The variables in server URLs.
    pub(super) server: Vec<(String, String)>,
    /// Whether credentials may go to other machines over `http`.
    pub(super) allows_plain_http: bool,
    /// Where an OAuth client gets its tokens.
    pub(super) token_url: Option<String>,
    /// The scopes of the tokens, separated by blanks.
    pub(super) scopes: Option<String>,
}

/// Returns the options for it that the vendor supports.
pub(super) fn options(vendor: &Vendor) -> impl Iterator<Item = Arg> + use<> {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let labels = vendor.hosts.is_some().then(|| {
        [
            text("edge", "NAME", "Enter the network at this edge; has no effect on base URLs and other companies' servers"),
            text("region", "NAME", "Use the servers in this region; has no effect on base URLs and other companies' servers"),
        ]
    });
    let variables = vendor.server_variables;
    let server = (!variables.is_empty()).then(|| {
        let names: Vec<&str> = variables.iter().map(|it| it.name).collect();
        let help = format!("Set a part of the server URLs: {}", names.join(", "));
        Arg::new("server")
            .long("server")
            .value_name("NAME=VALUE")
            .help(help)
            .action(ArgAction::Append)
    });
    let base_url = text(
        "base-url",
        "URL",
        "Send requests, including credentials, to this URL instead of the API's servers",
    );
    let plain_http = Arg::new("allow-plain-http")
        .long("allow-plain-http")
        .action(ArgAction::SetTrue)
        .help("Send credentials unencrypted, if the server's URL begins with http");
    let tokens = vendor.environment.has_flows().then(|| {
        [
            text(
                TOKEN_URL,
                "URL",
                "Get tokens for an OAuth client at this URL instead of the API's",
            ),
            text(
                SCOPES,
                "SCOPES",
                "Get tokens for an OAuth client with these scopes, separated by blanks",
            ),
        ]
    });
    let labels = labels.into_iter().flatten();
    let common = labels.chain(server).chain([base_url, plain_http]);
    common.chain(tokens.into_iter().flatten())
}

/// The options of OAuth clients. Operations have parameters with shorter names.
const TOKEN_URL: &str = "oauth-token-url";
const SCOPES: &str = "oauth-scopes";

impl Location {
    /// Returns the values of the options.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Usage`] for an unknown part of URLs.
    pub(super) fn given(options: &ArgMatches, vendor: &Vendor) -> Result<Self, Failure> {
        // A vendor without such hosts does not have this option.
        let text = |name: &str| options.try_get_one::<String>(name).ok().flatten().cloned();
        let server = options.try_get_many::<String>("server").ok().flatten();
        let server = server
            .into_iter()
            .flatten()
            .map(|it| server_value(it, vendor));
        Ok(Self {
            edge: text("edge"),
            region: text("region"),
            base_url: text("base-url"),
            server: server.collect::<Result<_, _>>()?,
            allows_plain_http: options.get_flag("allow-plain-http"),
            token_url: text(TOKEN_URL),
            scopes: text(SCOPES),
        })
    }

    /// Returns the values in the environment.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for values with white space around them.
    pub(super) fn of_environment(vendor: &Vendor) -> Result<Self, Error> {
        let read = |name| variable(name, PROCESS);
        Ok(match vendor.hosts.map(|it| it.variables) {
            Some([edge, region]) => Self {
                edge: read(edge)?,
                region: read(region)?,
                ..Self::default()
            },
            None => Self::default(),
        })
    }

    /// Returns these values, with missing ones taken from `other`.
    pub(super) fn or(mut self, other: Self) -> Self {
        let is_set = |name: &String| self.server.iter().any(|(it, _)| it == name);
        let others = other.server.into_iter().filter(|(it, _)| !is_set(it));
        let others: Vec<_> = others.collect();
        self.server.extend(others);
        Self {
            edge: self.edge.or(other.edge),
            region: self.region.or(other.region),
            base_url: self.base_url.or(other.base_url),
            server: self.server,
            allows_plain_http: self.allows_plain_http || other.allows_plain_http,
            token_url: self.token_url.or(other.token_url),
            scopes: self.scopes.or(other.scopes),
        }
    }

    /// Warns about options without an effect, as for the builder's methods. `company` serves the API instead of the
    /// vendor.
    pub(super) fn warn(&self, company: Option<&str>, base_url: Option<&str>) {
        let place = match (base_url, company) {
            (Some(_), _) => "a base URL".to_owned(),
            (None, Some(company)) => format!("the servers of {company}"),
            (None, None) => return,
        };
        for (name, value) in [("edge", &self.edge), ("region", &self.region)] {
            if value.is_some() {
                stderr::tell(format_args!("warning: --{name} does not change {place}"));
            }
        }
    }

    /// Applies it to the builder.
    pub(super) fn set(self, builder: ClientBuilder, vendor: &'static Vendor) -> ClientBuilder {
        let builder = builder.host_labels(self.edge, self.region);
        let builder = match self.base_url {
            Some(url) => builder.base_url(url),
            None => builder,
        };
        let builder = match self.allows_plain_http {
            true => builder.allow_plain_http(),
            false => builder,
        };
        let builder = match self.token_url {
            Some(url) => builder.token_url(url),
            None => builder,
        };
        let builder = match self.scopes {
            Some(scopes) => builder.scopes(scopes.split_whitespace()),
            None => builder,
        };
        let known = |name: &str| vendor.server_variables.iter().find(|it| it.name == name);
        self.server
            .into_iter()
            .fold(builder, |builder, (name, value)| match known(&name) {
                Some(variable) => builder.server_variable(variable.name, value),
                None => builder,
            })
    }

    /// Parses the result of [`members`](Self::members); `None` for anything else.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let mut location = Self::default();
        for (name, value) in node.members()? {
            let text = || Some(value.text()?.to_owned());
            match name.as_str() {
                "edge" => location.edge = Some(text()?),
                "region" => location.region = Some(text()?),
                "base_url" => location.base_url = Some(text()?),
                "server" => location.server = texts(value)?,
                "allow_plain_http" => location.allows_plain_http = true,
                "token_url" => location.token_url = Some(text()?),
                "scopes" => location.scopes = Some(text()?),
                _ => {}
            }
        }
        Some(location)
    }

    /// Returns the values that are set, as members of an object.
    pub(super) fn members(&self) -> Vec<(String, Node)> {
        let texts = [
            ("edge", &self.edge),
            ("region", &self.region),
            ("base_url", &self.base_url),
            ("token_url", &self.token_url),
            ("scopes", &self.scopes),
        ];
        let texts = texts.into_iter().filter_map(|(name, it)| {
            let text = it.clone().map(Node::Text)?;
            Some((name.to_owned(), text))
        });
        let mut members: Vec<(String, Node)> = texts.collect();
        if self.allows_plain_http {
            members.push((
                "allow_plain_http".to_owned(),
                Node::Literal("true".to_owned()),
            ));
        }
        if !self.server.is_empty() {
            members.push(("server".to_owned(), object(&self.server)));
        }
        members
    }
}

/// Parses `name=value`.
fn server_value(text: &str, vendor: &Vendor) -> Result<(String, String), Failure> {
    let variables = vendor.server_variables.iter();
    let named = |it: &&ServerVariable, name: &str| it.name == name.replace('-', "_");
    let found = text.split_once('=').and_then(|(name, value)| {
        let variable = variables.clone().find(|it| named(it, name))?;
        Some((variable.name.to_owned(), value.to_owned()))
    });
    found.ok_or_else(|| {
        let forms: Vec<String> = variables
            .map(|it| format!("{}={}", it.name, it.default))
            .collect();
        Failure::Usage(format!(
            "`{}` does not set a part of the server URLs; expected {}",
            visible(text),
            forms.join(" or ")
        ))
    })
}
