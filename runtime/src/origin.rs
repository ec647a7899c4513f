//! Checks which server a request may go to. Every request carries credentials, so this is what keeps them from leaking.

use std::borrow::Cow;

use url::{Host, Url};

use crate::error::{ConfigurationError, Error, NextPageError, NextPageProblem, one_line};
use crate::operation::Operation;

/// The remedy where the specification has no server.
pub(crate) const SET_BASE_URL: &str = "set one with `base_url` on the builder";

/// The length, in characters, to which an error truncates an origin.
const ORIGIN_LIMIT: usize = 100;

/// A configured URL: scheme, authority and an optional path.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The same without a trailing slash.
    text: String,
}

impl BaseUrl {
    /// Parses a URL; `what` names it in errors.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if it is not an absolute `http` or `https` URL, or if it has userinfo, a query
    /// or a fragment. The error omits the text, which may contain a password.
    pub(crate) fn parse(what: &str, text: &str) -> Result<Self, Error> {
        let url = checked(what, Url::parse(text))?;
        if url.query().is_some() {
            return refuse(what, "has a query");
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the URL with an escaped `path` below it, as [`request_url`] does, but without parsing the host again.
    /// `None` for a path that would name another host by itself.
    pub(crate) fn below(&self, path: &str) -> Option<Url> {
        let own = self.url.path().trim_end_matches('/');
        let path = if own.is_empty() {
            Cow::Borrowed(path)
        } else {
            Cow::Owned(format!("{own}{path}"))
        };
        if !path.starts_with('/') || path.starts_with("//") {
            return None;
        }
        self.url.join(&path).ok()
    }

    /// Returns the URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Parses the URL of a token endpoint, which may have a query (RFC 6749 §3.2).
///
/// # Errors
///
/// Returns [`Error::Configuration`] as [`BaseUrl::parse`] does, but not for a query.
pub(crate) fn token_url(text: &str) -> Result<Url, Error> {
    checked("token URL", Url::parse(text))
}

/// Resolves the URL of a token endpoint that is relative to that of a server (RFC 3986 §5).
///
/// # Errors
///
/// Returns [`Error::Configuration`] as [`token_url`] does.
pub(crate) fn token_url_below(server: &str, reference: &str) -> Result<Url, Error> {
    let server = Url::parse(server);
    checked("token URL", server.and_then(|it| it.join(reference)))
}

/// Checks what all configured URLs have in common.
fn checked(what: &str, url: Result<Url, url::ParseError>) -> Result<Url, Error> {
    let url = match url {
        Ok(url) => url,
        Err(error) => return refuse(what, &format!("cannot be parsed ({error})")),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(what, "is neither http nor https");
    }
    if has_userinfo(&url) {
        return refuse(what, "contains a user name or password");
    }
    if url.fragment().is_some() {
        return refuse(what, "has a fragment");
    }
    Ok(url)
}

fn refuse<T>(what: &str, problem: &str) -> Result<T, Error> {
    const REMEDY: &str = "give a URL such as `https://proxy.example.com/api`";
    Err(ConfigurationError::new(format!("the {what} {problem}"), REMEDY).into())
}

/// Joins the URL of a request to `server` from its escaped parts. The query of the path comes first.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if `server` is not a URL.
pub(crate) fn request_url(
    operation: &Operation,
    server: &str,
    path: &str,
    query: &str,
) -> Result<Url, Error> {
    if server.is_empty() {
        let problem = format!("{} has no server", operation.id);
        return Err(ConfigurationError::new(problem, SET_BASE_URL).into());
    }
    let server = server.trim_end_matches('/');
    let url = Url::parse(&format!("{server}{path}")).map_err(|error| {
        let problem = format!("the server of {} is not a URL ({error})", operation.id);
        ConfigurationError::new(problem, "set a base URL")
    })?;
    Ok(with_query(url, query))
}

/// Appends an escaped query to that of `url`.
pub(crate) fn with_query(mut url: Url, query: &str) -> Url {
    if !query.is_empty() {
        let fixed = url.query().filter(|it| !it.is_empty());
        let query = fixed.map_or_else(|| query.to_owned(), |fixed| format!("{fixed}&{query}"));
        url.set_query(Some(&query));
    }
    url
}

/// Resolves a link to a page of a list, and rejects it if it leads away from the server of `base`: the page that
/// contains the link, or the request that a saved link is for.
///
/// # Errors
///
/// Returns [`Error::NextPage`] if the link is not a URL, if its scheme, host or port differs from the base's, or if it
/// has userinfo (RFC 3986 §3.2.1). A blank link is rejected, although it could be resolved (RFC 3986 §4.4).
pub(crate) fn page_url(operation: &Operation, base: &Url, link: &str) -> Result<Url, Error> {
    let refuse = |problem| {
        Err(NextPageError {
            operation: operation.id,
            problem,
        }
        .into())
    };
    let Some(url) = base.join(link).ok().filter(|_| !link.trim().is_empty()) else {
        return refuse(NextPageProblem::NotAUrl);
    };
    if url.origin() != base.origin() {
        return refuse(NextPageProblem::OtherOrigin {
            origin: origin(&url),
            expected: origin(base),
        });
    }
    if has_userinfo(&url) {
        return refuse(NextPageProblem::Userinfo {
            origin: origin(&url),
        });
    }
    Ok(url)
}

/// Returns the origin of a URL (RFC 6454 §6.2), or only the scheme of a URL without one. It contains neither path,
/// query nor userinfo, so it can be shown.
pub(crate) fn origin(url: &Url) -> String {
    let origin = url.origin();
    let text = if origin.is_tuple() {
        origin.ascii_serialization()
    } else {
        format!("{}:", url.scheme())
    };
    one_line(&text, ORIGIN_LIMIT)
}

/// Returns whether requests to `url` stay on this machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, RFC 6761 §6.3).
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn has_userinfo(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;

    #[test]
    fn path_below_a_base_url_equals_their_concatenation() {
        const OPERATION: Operation = Operation {
            id: "ListSim",
            method: Method::Get,
            server: "https://supersim.twilio.com",
            path: "/v1/Sims",
        };
        let bases = [
            "http://127.0.0.1:4010",
            "http://127.0.0.1:4010/",
            "https://a.example/twilio",
            "https://a.example/twilio//",
            "https://[::1]:1/a/b/",
        ];
        let paths = [
            "/v1/Sims/HS1",
            "/v1/Sims?beta=true",
            "/v1//Sims",
            "//Sims",
            "/",
            "/a%2Fb",
            "/%2e%2e/x",
            "/a:b@c",
            "/..%2Fx",
            "",
        ];
        for base in bases {
            let base = BaseUrl::parse("base URL", base).unwrap();
            for path in paths {
                let whole = request_url(&OPERATION, base.as_str(), path, "").unwrap();
                let below = base.below(path);
                assert!(below.as_ref().is_none_or(|it| *it == whole), "{below:?}");
                assert!(below.is_some() || path.starts_with("//") || path.is_empty());
            }
        }
    }

    const LIST: Operation = Operation {
        id: "ListFleet",
        method: Method::Get,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets",
    };

    fn next(page: &str, link: &str) -> Result<Url, Error> {
        page_url(&LIST, &Url::parse(page).unwrap(), link)
    }

    #[test]
    fn same_origin_link_is_followed_unchanged() {
        let page = "https://supersim.twilio.com/v1/Fleets";
        let links = [
            "https://supersim.twilio.com/v1/Fleets?PageSize=50&Page=1&PageToken=PA%2F1",
            "https://supersim.twilio.com:443/v1/Fleets?Page=1",
            "HTTPS://SuperSim.Twilio.com/elsewhere",
        ];
        for link in links {
            assert_eq!(next(page, link).unwrap(), Url::parse(link).unwrap());
        }
        let relative = next(page, "/2010-04-01/Calls.json?Page=1").unwrap();
        assert_eq!(
            relative.as_str(),
            "https://supersim.twilio.com/2010-04-01/Calls.json?Page=1"
        );
        assert!(
            next(
                "http://127.0.0.1:4010/v1/Fleets",
                "http://127.0.0.1:4010/v1/Fleets?Page=1"
            )
            .is_ok()
        );
        assert!(
            next(
                "http://localhost/v1/Fleets",
                "http://localhost:80/v1/Fleets?Page=1"
            )
            .is_ok()
        );
    }

    #[test]
    fn other_origins_are_rejected_and_named() {
        let page = "https://supersim.twilio.com/v1/Fleets";
        let cases = [
            (
                "https://evil.example/v1/Fleets?secret=1",
                "https://evil.example",
            ),
            (
                "http://supersim.twilio.com/v1/Fleets",
                "http://supersim.twilio.com",
            ),
            (
                "https://supersim.twilio.com:8443/v1/Fleets",
                "https://supersim.twilio.com:8443",
            ),
            (
                "https://supersim.twilio.com.evil.example/",
                "https://supersim.twilio.com.evil.example",
            ),
            ("https://twilio.com/", "https://twilio.com"),
            (
                "https://supersim.twilio.com@evil.example/",
                "https://evil.example",
            ),
            ("https://u:p@evil.example/", "https://evil.example"),
            ("//evil.example/v1/Fleets", "https://evil.example"),
            ("\\\\evil.example\\v1", "https://evil.example"),
            ("https:\\\\evil.example", "https://evil.example"),
            ("file:///etc/passwd", "file:"),
            ("data:text/plain,hello", "data:"),
            ("javascript:alert(1)", "javascript:"),
        ];
        for (link, origin) in cases {
            let text = next(page, link).unwrap_err().to_string();
            assert!(text.contains(&format!("`{origin}`")), "{link}: {text}");
            assert!(!text.contains("secret") && !text.contains("u:p"), "{text}");
        }
    }

    #[test]
    fn userinfo_is_rejected_even_on_the_same_origin() {
        let page = "https://supersim.twilio.com/v1/Fleets";
        for link in [
            "https://mallory:hunter2@supersim.twilio.com/",
            "https://mallory@supersim.twilio.com/",
        ] {
            let text = next(page, link).unwrap_err().to_string();
            assert!(
                !text.contains("mallory") && !text.contains("hunter2"),
                "{text}"
            );
        }
    }

    #[test]
    fn invalid_links_are_rejected_without_a_panic() {
        for link in [
            "https://",
            "https://[::1",
            "http://a b/",
            "",
            " \t\n",
            "https://supersim.twilio.com:99999/",
            "\u{0}//",
        ] {
            let result = next("https://supersim.twilio.com/v1/Fleets", link);
            assert!(result.is_err() || link.starts_with('\u{0}'), "{link}");
        }
        let long = format!("https://{}.example/", "a".repeat(100_000));
        let text = next("https://supersim.twilio.com/", &long)
            .unwrap_err()
            .to_string();
        assert!(text.len() < 400, "{}", text.len());
    }

    #[test]
    fn base_urls_are_validated() {
        for good in [
            "http://127.0.0.1:4010",
            "https://proxy.example.com/twilio/",
            "http://[::1]:8080",
        ] {
            assert!(BaseUrl::parse("base URL", good).is_ok(), "{good}");
        }
        let bad = [
            "",
            "127.0.0.1:4010",
            "localhost:4010",
            "ftp://a.example",
            "/v1",
            "http://",
            "https://user:hunter2@a.example",
            "https://user@a.example",
            "https://a.example/?key=hunter2",
            "https://a.example/#hunter2",
        ];
        for text in bad {
            let error = BaseUrl::parse("base URL", text).unwrap_err();
            assert!(matches!(error, Error::Configuration(_)), "{text}");
            assert!(
                !format!("{error} {error:?}").contains("hunter2"),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_base_url_replaces_the_server_and_keeps_its_path() {
        let base = BaseUrl::parse("base URL", "http://127.0.0.1:4010/twilio/").unwrap();
        let url = request_url(&LIST, base.as_str(), "/v1/Fleets", "A=b").unwrap();
        assert_eq!(url.as_str(), "http://127.0.0.1:4010/twilio/v1/Fleets?A=b");
        let url = request_url(&LIST, LIST.server, "/v1/Fleets", "").unwrap();
        assert_eq!(url.as_str(), "https://supersim.twilio.com/v1/Fleets");
    }
}
