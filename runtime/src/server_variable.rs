//! Checks the values of server variables (OpenAPI 3.0.3, Server Variable Object) and substitutes them into URLs.
//!
//! Credentials are sent to the resulting URL, so a value must not leave the part of the URL that its variable replaces.

use std::borrow::Cow;
use std::fmt;

use crate::error::{ConfigurationError, Error};
use crate::origin::BaseUrl;
use crate::vendor::{ServerPart, ServerVariable};

/// The variables of an API, and the values that were set.
#[derive(Clone, Default)]
pub(crate) struct ServerVariables {
    variables: &'static [ServerVariable],
    values: Vec<(&'static str, String)>,
}

/// Shows the values that were set.
impl fmt::Debug for ServerVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values.fmt(f)
    }
}

impl ServerVariables {
    /// Checks the values of variables.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for a value that is not valid for its variable.
    pub(crate) fn new(
        variables: &'static [ServerVariable],
        values: &[(&'static str, String)],
    ) -> Result<Self, Error> {
        for (name, value) in values {
            let variable = variables.iter().find(|it| it.name == *name);
            if let Some(variable) = variable {
                variable.check(value)?;
            }
        }
        Ok(Self {
            variables,
            values: values.to_vec(),
        })
    }

    /// Substitutes the values into a server URL, or into a path relative to one, which begins with a slash.
    pub(crate) fn filled<'a>(&self, url: &'a str) -> Cow<'a, str> {
        if !url.contains('{') {
            return url.into();
        }
        let mut filled = String::new();
        let mut rest = url;
        while let Some((before, name, after)) = split(rest) {
            filled.push_str(before);
            let set = self.values.iter().find(|(it, _)| *it == name);
            let variable = self.variables.iter().find(|it| it.name == name);
            match (set, variable) {
                (Some((_, value)), Some(variable)) => variable.put(value, &mut filled),
                (None, Some(variable)) => filled.push_str(variable.default),
                (_, None) => {} // Generated code declares them all.
            }
            rest = after;
        }
        filled.push_str(rest);
        if url.starts_with('/') {
            let path = filled.trim_matches('/');
            return match path {
                "" => String::new(),
                path => format!("/{path}"),
            }
            .into();
        }
        filled.into()
    }
}

/// Splits a URL at its first variable: the text before it, its name, and the text after it.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = url.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

impl ServerVariable {
    fn check(&self, value: &str) -> Result<(), Error> {
        if self.values.contains(&value) {
            return Ok(());
        }
        let name = self.name;
        if !self.values.is_empty() {
            let values: Vec<String> = self.values.iter().map(|it| format!("`{it}`")).collect();
            let problem = format!("the value of `{name}` is not one of those allowed");
            let remedy = format!("allowed are {}", values.join(", "));
            return Err(ConfigurationError::new(problem, remedy).into());
        }
        for part in self.parts {
            if *part == ServerPart::Url {
                BaseUrl::parse(&format!("value of `{name}`"), value)?;
            }
            if let Some(what) = part.refuses(value) {
                let problem = format!("the value of `{name}` is not a valid {what}");
                let remedy = format!(
                    "it replaces a part of the server's URL, such as `{}`",
                    self.default
                );
                return Err(ConfigurationError::new(problem, remedy).into());
            }
        }
        Ok(())
    }

    /// Appends a checked value to the URL before it.
    fn put(&self, value: &str, url: &mut String) {
        if !self.parts.contains(&ServerPart::Path) {
            return url.push_str(value);
        }
        // A path after the host begins with a slash; without it, the value would extend the host.
        let authority = url.split_once("://").map(|(_, it)| it);
        let follows_host = authority.is_some_and(|it| !it.is_empty() && !it.contains('/'));
        if follows_host && !value.is_empty() && !value.starts_with('/') {
            url.push('/');
        }
        for byte in value.bytes() {
            match byte {
                b'/' | b':' | b'@' | b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\''
                | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => url.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
                _ => url.push_str(&format!("%{byte:02X}")),
            }
        }
    }
}

impl ServerPart {
    /// Returns what the value should be, if it leaves its part.
    fn refuses(self, value: &str) -> Option<&'static str> {
        let is_host = |it: &str| {
            let fits = |it: u8| it.is_ascii_alphanumeric() || b"-._".contains(&it);
            !it.is_empty() && it.bytes().all(fits)
        };
        let is_port = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let (fits, what) = match self {
            Self::Scheme => (["http", "https", "s", ""].contains(&value), "scheme"),
            Self::Host => (is_host(value), "part of a host name"),
            Self::Authority => {
                let (host, port) = value.split_once(':').unwrap_or((value, ""));
                (is_host(host) && is_port(port), "host name")
            }
            Self::Port => (is_port(value), "port"),
            Self::Path => {
                let is_step = |it: &str| it == "." || it == "..";
                (!value.split('/').any(is_step), "path without `.` and `..`")
            }
            Self::Url => (true, "URL"),
        };
        (!fits).then_some(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    const VARIABLES: &[ServerVariable] = &[
        ServerVariable {
            name: "scheme",
            default: "https",
            values: &[],
            parts: &[ServerPart::Scheme],
        },
        ServerVariable {
            name: "region",
            default: "eu",
            values: &["eu", "us"],
            parts: &[ServerPart::Host],
        },
        ServerVariable {
            name: "tenant",
            default: "demo",
            values: &[],
            parts: &[ServerPart::Host, ServerPart::Path],
        },
        ServerVariable {
            name: "host",
            default: "api.example.com",
            values: &[],
            parts: &[ServerPart::Authority],
        },
        ServerVariable {
            name: "port",
            default: "443",
            values: &[],
            parts: &[ServerPart::Port],
        },
        ServerVariable {
            name: "base",
            default: "v1",
            values: &[],
            parts: &[ServerPart::Path],
        },
        ServerVariable {
            name: "url",
            default: "https://api.example.com",
            values: &[],
            parts: &[ServerPart::Url],
        },
    ];

    fn filled(url: &str, values: &[(&'static str, &str)]) -> Result<String, Error> {
        let values: Vec<_> = values
            .iter()
            .map(|(it, value)| (*it, (*value).to_owned()))
            .collect();
        Ok(ServerVariables::new(VARIABLES, &values)?
            .filled(url)
            .into_owned())
    }

    #[test]
    fn values_replace_their_variables() {
        let url = "{scheme}://{tenant}.{region}.example.com:{port}/{tenant}/{base}";
        assert_eq!(
            filled(url, &[]).unwrap(),
            "https://demo.eu.example.com:443/demo/v1"
        );
        let values = [
            ("region", "us"),
            ("tenant", "acme"),
            ("port", "8443"),
            ("base", "a b/ü"),
        ];
        assert_eq!(
            filled(url, &values).unwrap(),
            "https://acme.us.example.com:8443/acme/a%20b/%C3%BC"
        );
        for (value, expected) in [
            ("v2", "https://a.example/v2"),
            ("/v2", "https://a.example/v2"),
            ("", "https://a.example"),
            (".evil.example", "https://a.example/.evil.example"),
            ("@evil.example", "https://a.example/@evil.example"),
        ] {
            let url = filled("https://a.example{base}", &[("base", value)]).unwrap();
            assert_eq!(url, expected);
        }
        for (value, expected) in [("v2", "/api/v2"), ("", "/api"), ("//a//", "/api///a")] {
            assert_eq!(filled("/api/{base}", &[("base", value)]).unwrap(), expected);
        }
        assert_eq!(
            filled("/{base}", &[("base", "//evil.example")]).unwrap(),
            "/evil.example"
        );
        assert_eq!(filled("/{base}", &[("base", "")]).unwrap(), "");
        assert_eq!(
            filled("{url}/x", &[("url", "http://localhost:1/y")]).unwrap(),
            "http://localhost:1/y/x"
        );
        assert_eq!(
            filled("https://{host}/v1", &[("host", "a.b:80")]).unwrap(),
            "https://a.b:80/v1"
        );
    }

    #[test]
    fn values_cannot_change_the_host() {
        let hostile = [
            "evil.example/",
            "evil.example#",
            "evil.example?",
            "a@evil.example",
            "evil.example\\",
            "a b",
            "a\tb",
            "é",
            "evil.example%2F",
            "[::1]",
            "a:b@evil.example",
            "..",
            "//evil.example",
            "evil.example:443/",
            ":",
            "a:1:2",
        ];
        for url in [
            "https://{tenant}.example.com",
            "https://{host}.example.com/{base}",
            "https://a.example.com:{port}/x",
            "https://a.example.com/{base}",
            "https://a.example.com{base}",
        ] {
            for value in hostile {
                let names = ["tenant", "host", "port", "base"];
                for name in names.into_iter().filter(|it| url.contains(*it)) {
                    let Ok(filled) = filled(url, &[(name, value)]) else {
                        continue;
                    };
                    if let Ok(filled) = Url::parse(&filled) {
                        let host = filled.host_str().unwrap();
                        assert!(host.ends_with(".example.com"), "{url} {value}: {filled}");
                        assert_eq!(filled.username(), "");
                        assert_eq!((filled.query(), filled.fragment()), (None, None));
                    }
                }
            }
        }
    }

    #[test]
    fn invalid_values_are_rejected_without_showing_them() {
        for (name, value, expected) in [
            (
                "region",
                "ap",
                "the value of `region` is not one of those allowed: allowed are `eu`, `us`",
            ),
            (
                "scheme",
                "ftp",
                "the value of `scheme` is not a valid scheme: it replaces a part of the server's URL, such as `https`",
            ),
            (
                "tenant",
                "hunter2/",
                "the value of `tenant` is not a valid part of a host name: it replaces a part of the server's URL, such as `demo`",
            ),
            (
                "host",
                "u:hunter2",
                "the value of `host` is not a valid host name: it replaces a part of the server's URL, such as `api.example.com`",
            ),
            (
                "port",
                "hunter2",
                "the value of `port` is not a valid port: it replaces a part of the server's URL, such as `443`",
            ),
            (
                "base",
                "a/../b",
                "the value of `base` is not a valid path without `.` and `..`: it replaces a part of the server's URL, such as `v1`",
            ),
            (
                "url",
                "https://u:hunter2@a.example",
                "the value of `url` contains a user name or password: give a URL such as `https://proxy.example.com/api`",
            ),
        ] {
            let error = filled("", &[(name, value)]).unwrap_err();
            assert!(matches!(error, Error::Configuration(_)));
            assert_eq!(error.to_string(), expected);
        }
    }
}
