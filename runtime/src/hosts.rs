//! Selects the server for a product: the specification's, a regional one, or a replacement.

use std::borrow::Cow;

use url::Url;

use crate::error::{ConfigurationError, Error};
use crate::operation::Operation;
use crate::origin::{self, BaseUrl, SET_BASE_URL};
use crate::product::Product;
use crate::server_variable::ServerVariables;
use crate::vendor::{ClientCredentialsFlow, Deployment, HostRule};

/// The remedy where credentials would go over `http`.
pub(crate) const ALLOW_PLAIN_HTTP: &str = "call `allow_plain_http` on the builder";

/// The configured destinations of a client's requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts {
    /// The servers of single products. They win over everything else.
    pub(crate) products: Vec<(Product, BaseUrl)>,
    /// The server of every other product.
    pub(crate) base_url: Option<BaseUrl>,
    /// The company that serves the products, if it is not the vendor.
    pub(crate) deployment: Option<&'static Deployment>,
    /// The edge and region that the vendor's host names contain.
    pub(crate) rule: Option<HostRule>,
    pub(crate) edge: Option<Label>,
    pub(crate) region: Option<Label>,
    /// The values of the variables in server URLs.
    pub(crate) variables: ServerVariables,
    /// The server of operations without one; empty if they need a base URL.
    pub(crate) substitute: &'static str,
    /// Whether requests may go unencrypted to another machine.
    pub(crate) allows_plain_http: bool,
    /// Whether the transport supports only plain `http`.
    pub(crate) lacks_tls: bool,
}

/// A part of a host name between dots (RFC 1123 §2.1).
#[derive(Clone, Debug)]
pub(crate) struct Label(String);

impl Label {
    /// Checks a label. `what` names it in the error.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] unless it has 1 to 63 letters, digits and hyphens.
    pub(crate) fn parse(what: &str, text: String) -> Result<Self, Error> {
        let fits = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
        if (1..=63).contains(&text.len()) && text.bytes().all(fits) {
            return Ok(Self(text));
        }
        let problem = format!("the {what} cannot be part of a host name");
        Err(ConfigurationError::new(problem, "give a name such as `sydney` or `au1`").into())
    }
}

impl Hosts {
    /// Builds the URL of a request from its escaped parts.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the product has no server, if its server is not a URL, or if the credentials
    /// would go unencrypted to another machine.
    pub(crate) fn request_url(
        &self,
        product: Product,
        operation: &Operation,
        path: &str,
        query: &str,
    ) -> Result<Url, Error> {
        let base_url = self.base_url(product);
        let path = self.below_relative(operation.server, path);
        let path = &*path;
        let url = match base_url.and_then(|it| it.below(path)) {
            Some(url) => origin::with_query(url, query),
            None => {
                let server = self.server(product, operation)?;
                origin::request_url(operation, &server, path, query)?
            }
        };
        self.check_scheme(&url)?;
        Ok(url)
    }

    /// Returns the token URL of a flow. A relative one is relative to the server of the flow's product, or to what
    /// replaces it (OpenAPI 3.0.3, "Relative References in URLs").
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if it is not a URL, or if the product has no server.
    pub(crate) fn token_url(&self, flow: &ClientCredentialsFlow) -> Result<Url, Error> {
        let Some((product, server)) = flow.server else {
            return origin::token_url(flow.token_url);
        };
        let filled = self.variables.filled(server);
        let base = match (self.base_url(product), filled.starts_with('/')) {
            (Some(base_url), true) => format!("{}{filled}", base_url.as_str()),
            (Some(base_url), false) if filled.ends_with('/') => format!("{}/", base_url.as_str()),
            (Some(base_url), false) => base_url.as_str().to_owned(),
            // A path alone does not name a server.
            (None, true) => format!("{}{filled}", self.substitute),
            (None, false) if filled.is_empty() => self.substitute.to_owned(),
            (None, false) => filled.into_owned(),
        };
        if !base.contains("://") {
            let problem = format!("the token URL `{}` has no server", flow.token_url);
            return Err(ConfigurationError::new(problem, SET_BASE_URL).into());
        }
        origin::token_url_below(&base, flow.token_url)
    }

    /// Checks that requests to `url` are encrypted if they must be, and that they can be sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for `http` to a host that is not this machine, and for `https` without TLS.
    pub(crate) fn check_scheme(&self, url: &Url) -> Result<(), Error> {
        if url.scheme() == "https" && self.lacks_tls {
            let problem = format!("`{}` cannot be reached without TLS", origin::origin(url));
            let remedy = "turn on the Cargo feature `rustls` or `native-tls`, or set a transport";
            return Err(ConfigurationError::new(problem, remedy).into());
        }
        if url.scheme() == "https" || self.allows_plain_http || origin::is_loopback(url) {
            return Ok(());
        }
        let problem = format!(
            "credentials would go to `{}` unencrypted",
            origin::origin(url)
        );
        let remedy = format!("use `https`, or {ALLOW_PLAIN_HTTP}");
        Err(ConfigurationError::new(problem, remedy).into())
    }

    /// Returns the server that replaces those of the API, if one is set.
    fn base_url(&self, product: Product) -> Option<&BaseUrl> {
        let own = self.products.iter().find(|(it, _)| *it == product);
        own.map(|(_, url)| url).or(self.base_url.as_ref())
    }

    /// Returns `path` below the server, if the server is itself a path, relative to a base URL.
    fn below_relative<'a>(&self, server: &str, path: &'a str) -> Cow<'a, str> {
        match server.starts_with('/') {
            true => format!("{}{path}", self.variables.filled(server)).into(),
            false => path.into(),
        }
    }

    fn server<'a>(
        &'a self,
        product: Product,
        operation: &'a Operation,
    ) -> Result<Cow<'a, str>, Error> {
        if let Some(base_url) = self.base_url(product) {
            return Ok(base_url.as_str().into());
        }
        if let Some(deployment) = self.deployment {
            return deployment.server(product).map(Cow::Borrowed);
        }
        let server = operation.server;
        // A path alone does not name a server.
        Ok(match server.is_empty() || server.starts_with('/') {
            true => self.substitute.into(),
            false => match self.variables.filled(server) {
                Cow::Borrowed(server) => self.nearby(server),
                Cow::Owned(server) => server.into(),
            },
        })
    }

    /// Returns `server` with the configured edge and region, if it is one of the vendor's and these name edge and
    /// region in the host.
    ///
    /// The configuration wins over the server's own; an edge without a region is in the vendor's default region.
    fn nearby<'a>(&self, server: &'a str) -> Cow<'a, str> {
        if self.edge.is_none() && self.region.is_none() {
            return server.into();
        }
        let Some((rule, [product, edge, region])) =
            self.rule.and_then(|it| Some((it, it.parts(server)?)))
        else {
            return server.into();
        };
        let configured = |label: &Option<Label>| label.as_ref().map(|it| it.0.clone());
        let edge = configured(&self.edge).or(edge.map(str::to_owned));
        let region = configured(&self.region)
            .or(region.map(str::to_owned))
            .or(edge.is_some().then(|| rule.default_region.to_owned()));
        let labels = [product.map(str::to_owned), edge, region];
        let labels: Vec<String> = labels.into_iter().flatten().collect();
        format!("https://{}{}", labels.join("."), rule.domain).into()
    }
}

impl HostRule {
    /// Splits the host of a vendor's server into product, edge and region.
    fn parts(self, server: &str) -> Option<[Option<&str>; 3]> {
        let labels = server.strip_prefix("https://")?;
        let labels = labels.strip_suffix(self.domain)?;
        match *labels.split('.').collect::<Vec<_>>() {
            [product] => Some([Some(product), None, None]),
            [product, region] => Some([Some(product), None, Some(region)]),
            [product, edge, region] => Some([Some(product), Some(edge), Some(region)]),
            [..] => None,
        }
    }
}

impl Deployment {
    /// Returns the server of `product`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for a product that the company does not serve.
    fn server(&self, product: Product) -> Result<&'static str, Error> {
        let own = self
            .servers
            .iter()
            .find(|(it, _)| Product::new(it) == product);
        if let Some((_, server)) = own {
            return Ok(server);
        }
        let problem = format!("{} has no known server for `{product}`", self.name);
        Err(ConfigurationError::new(problem, "give it a base URL with `product_base_url`").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;
    use crate::twilio::VENDOR;

    const DEPLOYMENT: Deployment = Deployment {
        name: "Company",
        variables: ["OTHER_ID", "OTHER_SECRET"],
        token_url: "https://company.example/token",
        servers: &[("supersim", "https://sims.company.example")],
    };
    const SUPERSIM: Product = Product::new("supersim");

    fn label(text: &str) -> Label {
        Label::parse("region", text.to_owned()).unwrap()
    }

    fn url(hosts: &Hosts, server: &'static str) -> String {
        let operation = Operation {
            id: "ListSim",
            method: Method::Get,
            server,
            path: "/v1/Sims",
        };
        let url = hosts.request_url(SUPERSIM, &operation, "/v1/Sims", "");
        url.unwrap_or_else(|error| panic!("{error}")).to_string()
    }

    #[test]
    fn edge_and_region_are_put_into_the_host() {
        let cases = [
            ("supersim", None, None, "supersim"),
            ("supersim", Some("sydney"), None, "supersim.sydney.us1"),
            ("supersim", None, Some("au1"), "supersim.au1"),
            (
                "supersim",
                Some("sydney"),
                Some("au1"),
                "supersim.sydney.au1",
            ),
            ("supersim.ie1", None, None, "supersim.ie1"),
            ("supersim.ie1", Some("dublin"), None, "supersim.dublin.ie1"),
            ("supersim.ie1", None, Some("au1"), "supersim.au1"),
            (
                "supersim.dublin.ie1",
                None,
                Some("au1"),
                "supersim.dublin.au1",
            ),
            (
                "supersim.dublin.ie1",
                Some("sydney"),
                None,
                "supersim.sydney.ie1",
            ),
        ];
        for (host, edge, region, expected) in cases {
            let hosts = Hosts {
                edge: edge.map(label),
                region: region.map(label),
                rule: VENDOR.hosts,
                ..Hosts::default()
            };
            let server = format!("https://{host}.twilio.com").leak();
            let expected = format!("https://{expected}.twilio.com/v1/Sims");
            assert_eq!(url(&hosts, server), expected, "{host} {edge:?} {region:?}");
        }
    }

    #[test]
    fn other_hosts_ignore_edge_and_region() {
        let hosts = Hosts {
            region: Some(label("au1")),
            rule: VENDOR.hosts,
            ..Hosts::default()
        };
        for server in [
            "https://twilio.com",
            "https://a.b.c.d.twilio.com",
            "https://twilio.com.example",
        ] {
            assert_eq!(
                url(&hosts, server.to_owned().leak()),
                format!("{server}/v1/Sims")
            );
        }
    }

    #[test]
    fn invalid_labels_are_rejected() {
        for text in [
            "",
            "a.b",
            "evil.example/",
            "a/b",
            "a@b",
            "a b",
            "é",
            &"a".repeat(64),
        ] {
            let error = Label::parse("edge", text.to_owned()).unwrap_err();
            assert!(
                error.to_string().starts_with("the edge cannot be part"),
                "{error}"
            );
        }
    }

    #[test]
    fn most_specific_setting_wins() {
        let mut hosts = Hosts {
            deployment: Some(&DEPLOYMENT),
            rule: VENDOR.hosts,
            region: Some(label("au1")),
            ..Hosts::default()
        };
        let server = "https://supersim.twilio.com";
        assert_eq!(url(&hosts, server), "https://sims.company.example/v1/Sims");
        hosts.base_url = Some(BaseUrl::parse("base URL", "https://proxy.example/a/").unwrap());
        assert_eq!(url(&hosts, server), "https://proxy.example/a/v1/Sims");
        let own = BaseUrl::parse("base URL", "https://sims.example").unwrap();
        hosts.products.push((Product::new("wireless"), own.clone()));
        assert_eq!(url(&hosts, server), "https://proxy.example/a/v1/Sims");
        hosts.products.push((SUPERSIM, own));
        assert_eq!(url(&hosts, server), "https://sims.example/v1/Sims");
    }

    #[test]
    fn document_without_a_server_requires_a_base_url() {
        let operation = Operation {
            id: "ListSim",
            method: Method::Get,
            server: "",
            path: "/api/v3/Sims",
        };
        let of = |hosts: &Hosts| hosts.request_url(SUPERSIM, &operation, operation.path, "");
        let mut hosts = Hosts::default();
        let error = of(&hosts).unwrap_err();
        assert!(matches!(error, Error::Configuration(_)));
        assert_eq!(
            error.to_string(),
            "ListSim has no server: set one with `base_url` on the builder"
        );
        hosts.base_url = Some(BaseUrl::parse("base URL", "https://own.example/x").unwrap());
        assert_eq!(
            of(&hosts).unwrap().as_str(),
            "https://own.example/x/api/v3/Sims"
        );
    }

    #[test]
    fn https_requires_tls() {
        let hosts = Hosts {
            lacks_tls: true,
            ..Hosts::default()
        };
        let own_machine = Url::parse("http://127.0.0.1:4010").unwrap();
        assert!(hosts.check_scheme(&own_machine).is_ok());
        let url = Url::parse("https://supersim.twilio.com/v1/Sims?Iccid=hunter2").unwrap();
        let error = hosts.check_scheme(&url).unwrap_err();
        assert!(matches!(error, Error::Configuration(_)));
        assert_eq!(
            error.to_string(),
            "`https://supersim.twilio.com` cannot be reached without TLS: turn on the Cargo feature `rustls` or \
             `native-tls`, or set a transport"
        );
    }

    #[test]
    fn plain_http_is_local_unless_allowed() {
        let mut hosts = Hosts::default();
        for server in [
            "http://localhost:4010",
            "http://127.0.0.1:4010",
            "http://127.8.8.8",
            "http://[::1]:4010",
            "https://example.com",
        ] {
            assert!(
                hosts.check_scheme(&Url::parse(server).unwrap()).is_ok(),
                "{server}"
            );
        }
        for server in [
            "http://example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::2]",
        ] {
            let url = Url::parse(server).unwrap();
            let error = hosts.check_scheme(&url).unwrap_err().to_string();
            assert!(
                error.contains(server) && error.contains("allow_plain_http"),
                "{error}"
            );
            hosts.allows_plain_http = true;
            assert!(hosts.check_scheme(&url).is_ok());
            hosts.allows_plain_http = false;
        }
    }
}
