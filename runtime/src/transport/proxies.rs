//! Reads the proxies in the environment, because the HTTP library silently ignores those that it cannot parse.

use url::Url;

use crate::environment::{self, Lookup};
use crate::error::{ConfigurationError, Error};

/// The variables in order of precedence. The first that is not empty wins.
const HTTP: [&str; 2] = ["HTTP_PROXY", "http_proxy"];
const HTTPS: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];
const ALL: [&str; 2] = ["ALL_PROXY", "all_proxy"];
const EXCEPT: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Set for a program that runs as a CGI script (RFC 3875 §4.1.12). There, `HTTP_PROXY` is the `Proxy` header of a
/// request, which anyone can send.
const CGI: &str = "REQUEST_METHOD";

/// Which proxies a client uses.
#[derive(Clone, Default)]
pub(crate) enum ProxyChoice {
    /// Those in the environment.
    #[default]
    Environment,
    /// This one for everything. It may contain a password.
    One(String),
    None,
}

impl ProxyChoice {
    /// Returns the proxies. `has_tls` is whether a proxy may use TLS.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for a URL that is not a proxy's.
    pub(super) fn proxies(&self, lookup: Lookup<'_>, has_tls: bool) -> Result<Proxies, Error> {
        match self {
            Self::Environment => Proxies::read(lookup, has_tls),
            Self::One(url) => {
                let url = parse("the proxy", url, has_tls)?;
                Ok(Proxies {
                    http: Some(url.clone()),
                    https: Some(url),
                    except: String::new(),
                })
            }
            Self::None => Ok(Proxies::default()),
        }
    }
}

/// The proxy for each kind of request. `Debug` would show passwords.
#[derive(Default)]
pub(super) struct Proxies {
    /// For plain `http`.
    pub(super) http: Option<Url>,
    pub(super) https: Option<Url>,
    /// The hosts, networks and domains that use no proxy, separated by commas.
    pub(super) except: String,
}

impl Proxies {
    /// Reads the variables that curl reads. `has_tls` is whether a proxy may use TLS.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for a variable that is not the URL of a proxy: requests must not bypass a
    /// proxy. The error names the variable but not its value, which may contain a password.
    pub(super) fn read(lookup: Lookup<'_>, has_tls: bool) -> Result<Self, Error> {
        let first = |names: &[&'static str]| {
            for name in names {
                if let Some(value) = environment::variable(name, lookup)? {
                    return Ok(Some((*name, value)));
                }
            }
            Ok::<_, Error>(None)
        };
        let proxy = |names: &[&'static str]| {
            let variable = first(names)?;
            variable
                .map(|(name, value)| parse(name, &value, has_tls))
                .transpose()
        };
        let is_cgi = lookup(CGI).is_ok();
        let all = proxy(&ALL)?;
        Ok(Self {
            http: proxy(&HTTP[usize::from(is_cgi)..])?.or_else(|| all.clone()),
            https: proxy(&HTTPS)?.or(all),
            except: first(&EXCEPT)?.map_or_else(String::new, |(_, value)| value),
        })
    }
}

/// Parses the URL of a proxy; one without a scheme is `http`, as in `proxy.internal:3128`.
fn parse(name: &str, value: &str, has_tls: bool) -> Result<Url, Error> {
    let url = if value.contains("://") {
        Url::parse(value)
    } else {
        Url::parse(&format!("http://{value}"))
    };
    let refuse = |problem: &str| {
        let remedy = "set it to a URL such as `http://proxy.internal:3128`, or unset it";
        ConfigurationError::new(format!("{name} {problem}"), remedy).into()
    };
    let Ok(mut url) = url else {
        return Err(refuse("is not the URL of a proxy"));
    };
    if !url.has_host() || url.host_str().is_none_or(str::is_empty) {
        return Err(refuse("has no host"));
    }
    match url.scheme() {
        "http" => {}
        "https" if has_tls => {}
        "https" => {
            return Err(refuse(
                "names a proxy with `https`, and this build has no TLS",
            ));
        }
        "socks4" | "socks4a" | "socks5" | "socks5h" => {
            if url.port().is_none() {
                // Only a URL without a host cannot have a port.
                let _ = url.set_port(Some(1080));
            }
        }
        _ => return Err(refuse("has an unsupported scheme")),
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use std::env::VarError;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<[String; 3], String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(it, _)| *it == name);
            let value = found.map(|(_, value)| (*value).to_owned());
            value.ok_or(VarError::NotPresent)
        };
        let proxies = Proxies::read(&lookup, true).map_err(|error| error.to_string())?;
        let shown = |url: Option<Url>| url.map_or_else(String::new, String::from);
        Ok([shown(proxies.http), shown(proxies.https), proxies.except])
    }

    #[test]
    fn proxies_are_read_as_curl_reads_them() {
        type Case<'a> = (&'a [(&'a str, &'a str)], [&'a str; 3]);
        let cases: [Case; 9] = [
            (&[], ["", "", ""]),
            (&[("HTTP_PROXY", "http://p:1")], ["http://p:1/", "", ""]),
            (&[("https_proxy", "p:3128")], ["", "http://p:3128/", ""]),
            (&[("ALL_PROXY", "p")], ["http://p/", "http://p/", ""]),
            (
                &[("HTTPS_PROXY", ""), ("all_proxy", "http://u:s@p")],
                ["http://u:s@p/", "http://u:s@p/", ""],
            ),
            (
                &[("HTTP_PROXY", "https://a"), ("ALL_PROXY", "socks5h://b")],
                ["https://a/", "socks5h://b:1080", ""],
            ),
            (
                &[
                    ("http_proxy", "[::1]:8080"),
                    ("NO_PROXY", "a.example,10.0.0.0/8"),
                ],
                ["http://[::1]:8080/", "", "a.example,10.0.0.0/8"],
            ),
            // The header of a request to a CGI script is not a setting.
            (
                &[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", "http://evil")],
                ["", "", ""],
            ),
            (
                &[("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", "http://p")],
                ["", "http://p/", ""],
            ),
        ];
        for (variables, expected) in cases {
            assert_eq!(read(variables).unwrap(), expected, "{variables:?}");
        }
    }

    #[test]
    fn invalid_proxy_is_an_error_without_its_value() {
        let values = [
            "::::",
            "http://",
            "http://u:hunter2@",
            "http://hunter2 x",
            "http://p:hunter2",
            "http://p:99999",
            "ftp://hunter2",
            "file:///hunter2",
            "socks6://hunter2:1",
            "p.example:3128 ",
            "\u{0}",
            "://hunter2",
            "http:hunter2:p",
        ];
        for name in [HTTP, HTTPS, ALL].concat() {
            for value in values {
                let error = read(&[(name, value)]).unwrap_err();
                assert!(error.starts_with(name), "`{value}`: {error}");
                assert!(!error.contains("hunter2"), "{error}");
            }
        }
    }

    #[test]
    fn non_unicode_variable_is_an_error() {
        for name in [HTTP, HTTPS, ALL, EXCEPT].concat() {
            let lookup = |it: &str| match it == name {
                true => Err(VarError::NotUnicode("x".into())),
                false => Err(VarError::NotPresent),
            };
            assert!(Proxies::read(&lookup, true).is_err(), "{name}");
        }
    }

    #[test]
    fn proxy_over_tls_requires_tls() {
        let lookup = |name: &str| match name {
            "ALL_PROXY" => Ok("https://p".to_owned()),
            _ => Err(VarError::NotPresent),
        };
        assert!(Proxies::read(&lookup, false).is_err());
    }
}
