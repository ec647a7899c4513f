//! Where requests go: the server of an operation, and the path below it (`OpenAPI` 3.0.3, Server Object).

use openapiv3::{Operation as SpecOperation, PathItem, Server};

use super::Lowering;
use crate::pointer::Pointer;

/// Where the operations of a server go.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Place {
    /// The server's URL; empty if the document does not tell, so that clients must be told.
    pub(super) server: String,
    /// The path below a server that the document does not tell.
    pub(super) prefix: String,
}

impl Lowering<'_> {
    /// Where an operation goes: to the first of the nearest list of servers, which is the operation's, the path's or the
    /// document's. A document without servers is served by whoever the client is told of.
    pub(super) fn server(&mut self, at: &Pointer, item: &PathItem, spec: &SpecOperation) -> Place {
        let lists: [(Pointer, &[Server]); 3] = [
            (at.clone(), &spec.servers),
            (at.parent().unwrap_or_default(), &item.servers),
            (Pointer::root(), &self.spec.servers),
        ];
        let nearest = lists
            .iter()
            .find_map(|(at, servers)| Some((at, servers.first()?)));
        let Some((owner, server)) = nearest else {
            return Place::default();
        };
        place(server).unwrap_or_else(|what| {
            self.unsupported(&owner.key("servers").index(0).key("url"), what);
            Place::default()
        })
    }
}

/// Where requests to `server` go, with the defaults of its variables. A relative URL is a path below the place that the
/// document comes from, which only the client's user knows.
///
/// # Errors
///
/// Says what about the URL cannot be followed.
fn place(server: &Server) -> Result<Place, String> {
    let url = with_defaults(server)?;
    let url = url.trim_end_matches('/');
    if url.starts_with("//") {
        return Ok(absolute(&format!("https:{url}"))); // As the document comes, as a rule.
    }
    if let Some((scheme, _)) = url.split_once("://") {
        // Schemes ignore case (RFC 3986 §3.1).
        let is_http = ["http", "https"]
            .iter()
            .any(|own| scheme.eq_ignore_ascii_case(own));
        return match is_http {
            true => Ok(absolute(url)),
            false => Err(format!("the server URL `{url}`, which is not of `http`,")),
        };
    }
    let path = url.strip_prefix("./").unwrap_or(url);
    let path = path.trim_start_matches('/');
    let is_plain = path != ".." && !path.starts_with("../") && !path.contains(['?', '#', ':']);
    if !is_plain {
        return Err(format!("the relative server URL `{url}`"));
    }
    Ok(Place {
        server: String::new(),
        prefix: match path {
            "" | "." => String::new(),
            path => format!("/{path}"),
        },
    })
}

fn absolute(url: &str) -> Place {
    Place {
        server: url.to_owned(),
        prefix: String::new(),
    }
}

/// The URL of a server, with the default of each variable in its place.
fn with_defaults(server: &Server) -> Result<String, String> {
    let mut url = String::new();
    let mut rest = server.url.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let variables = server.variables.as_ref();
        let Some(variable) = variables.and_then(|it| it.get(name)) else {
            return Err(format!(
                "a server URL with the undeclared variable `{name}`"
            ));
        };
        url.push_str(before);
        url.push_str(&variable.default);
        rest = after;
    }
    url.push_str(rest);
    match url.contains(['{', '}']) {
        true => Err(format!("the server URL `{url}` with a lone brace")),
        false => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(server: serde_json::Value) -> Result<(String, String), String> {
        let server: Server = serde_json::from_value(server).unwrap();
        place(&server).map(|it| (it.server, it.prefix))
    }

    #[test]
    fn urls_are_a_server_or_a_path_below_one() {
        for (url, server, prefix) in [
            ("https://a.example/v2/", "https://a.example/v2", ""),
            ("HTTP://a.example", "HTTP://a.example", ""),
            ("//a.example/v2", "https://a.example/v2", ""),
            ("/", "", ""),
            (".", "", ""),
            ("./", "", ""),
            ("/api/v3", "", "/api/v3"),
            ("api/v3/", "", "/api/v3"),
            ("./api", "", "/api"),
        ] {
            let expected = Ok((server.to_owned(), prefix.to_owned()));
            assert_eq!(of(json!({ "url": url })), expected, "{url}");
        }
        for url in [
            "ftp://a.example",
            "../v2",
            "a?b",
            "{host}/v1",
            "https://a.example/{",
        ] {
            assert!(of(json!({ "url": url })).is_err(), "{url}");
        }
    }

    #[test]
    fn variables_have_their_defaults() {
        let server = json!({
            "url": "{scheme}://{region}.example.com/{base}",
            "variables": {
                "scheme": {"default": "https"},
                "region": {"default": "eu", "enum": ["eu", "us"]},
                "base": {"default": ""},
            },
        });
        assert_eq!(
            of(server),
            Ok(("https://eu.example.com".to_owned(), String::new()))
        );
    }
}
