//! Determines the server of an operation and the path below it (`OpenAPI` 3.0.3, Server Object).

mod preference;
mod template;

use openapiv3::{Operation as SpecOperation, Server};

pub(super) use self::preference::preferred;
use self::template::Piece;
use super::Lowering;
use super::fault::LoweringFault;
use crate::api::{self, ServerPiece, ServerTemplate, ServerVariable, ServerVariableId};
use crate::load::PathItem;
use crate::pointer::Pointer;

/// The server of an operation.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Endpoint {
    /// The server's URL; empty if the document has none, so that callers must provide it.
    pub(super) server: String,
    /// The path below a server that the document does not name.
    pub(super) prefix: String,
    /// The parts of the URL or the path, if they have variables.
    pub(super) template: Option<ServerTemplate>,
}

impl Lowering<'_> {
    /// The server of an operation: the preferred one of the nearest list of servers, which is the operation's, the
    /// path's or the document's. A document without servers leaves it to the caller.
    pub(super) fn server(
        &mut self,
        at: &Pointer,
        item: &PathItem,
        spec: &SpecOperation,
    ) -> Endpoint {
        let lists: [(Pointer, &[Server]); 3] = [
            (at.clone(), &spec.servers),
            (at.parent().unwrap_or_default(), &item.servers),
            (Pointer::root(), &self.spec.servers),
        ];
        let Some((owner, servers)) = lists.iter().find(|(_, servers)| !servers.is_empty()) else {
            return Endpoint::default();
        };
        let chosen = preferred(servers);
        let list = owner.key("servers");
        for (index, server) in servers[..chosen].iter().enumerate() {
            self.pass_over(&list.index(index).key("url"), server, &servers[chosen]);
        }
        let at = list.index(chosen);
        match self.place(&at, &servers[chosen]) {
            Ok(place) => place,
            Err(what) => {
                self.unsupported(&at.key("url"), what);
                Endpoint::default()
            }
        }
    }

    /// The document's servers to which requests can be sent, the preferred one first.
    pub(super) fn servers(&self) -> Vec<api::Server> {
        let servers = &self.spec.servers;
        let chosen = preferred(servers);
        let mut order: Vec<usize> = (0..servers.len()).collect();
        order.sort_by_key(|index| *index != chosen);
        let usable = order.into_iter().filter_map(|index| {
            let pieces = template::pieces(&servers[index]).ok()?;
            let url = with_defaults(&template::filled(&pieces)).ok()?.server;
            (!url.is_empty()).then(|| api::Server {
                url,
                doc: servers[index].description.clone(),
                is_passed_over: index < chosen,
            })
        });
        usable.collect()
    }

    /// Notes that requests do not go to a server that is listed before the preferred one, once for each list.
    fn pass_over(&mut self, at: &Pointer, server: &Server, chosen: &Server) {
        if self.passed_over.insert(at.clone()) {
            let fault = LoweringFault::ServerPassedOver {
                url: server.url.clone(),
                reason: preference::reason(server),
                chosen: chosen.url.clone(),
            };
            self.report(at, fault);
        }
    }

    /// The destination of requests to `server`. A relative URL is a path below the location of the document, which only
    /// the user of the client knows.
    ///
    /// # Errors
    ///
    /// Returns the part of the URL that is not supported.
    pub(super) fn place(&mut self, at: &Pointer, server: &Server) -> Result<Endpoint, String> {
        let pieces = template::pieces(server)?;
        let place = with_defaults(&template::filled(&pieces))?;
        let is_relative = place.server.is_empty();
        let pieces = match is_relative {
            true => template::relative(pieces),
            false => template::absolute(pieces),
        };
        let parts = template::parts(&pieces, is_relative);
        if parts.is_empty() {
            return Ok(place);
        }
        let mut parts = parts.into_iter();
        let pieces = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => ServerPiece::Text(text),
            Piece::Variable { name, variable } => {
                let variable = ServerVariable {
                    name: name.to_owned(),
                    default: variable.default.clone(),
                    values: variable.enumeration.clone(),
                    doc: variable.description.clone(),
                    at: at.key("variables").key(name),
                    parts: parts.next().into_iter().collect(),
                    urls: vec![server.url.clone()],
                };
                ServerPiece::Variable(self.server_variable(variable))
            }
        });
        let pieces = pieces.collect();
        let prefix = place.prefix.len();
        let template = Some(ServerTemplate { pieces, prefix });
        Ok(Endpoint { template, ..place })
    }

    /// Adds a variable, unless there is one with the same declaration.
    fn server_variable(&mut self, variable: ServerVariable) -> ServerVariableId {
        let mut known = self.server_variables.iter();
        if let Some(index) = known.position(|it| it.is_same(&variable)) {
            let known = &mut self.server_variables[index];
            known.parts.extend(variable.parts);
            known.parts.sort();
            known.parts.dedup();
            known.urls.extend(variable.urls);
            known.urls.sort();
            known.urls.dedup();
            return ServerVariableId(index);
        }
        self.server_variables.push(variable);
        ServerVariableId(self.server_variables.len() - 1)
    }
}

/// The destination of requests to a URL.
///
/// # Errors
///
/// Returns the part of the URL that is not supported.
fn with_defaults(url: &str) -> Result<Endpoint, String> {
    let url = url.trim_end_matches('/');
    if url.starts_with("//") {
        return Ok(absolute(&format!("https:{url}"))); // Documents usually come by HTTPS.
    }
    if let Some((scheme, _)) = url.split_once("://") {
        // Schemes are case-insensitive (RFC 3986 §3.1).
        let is_http = ["http", "https"]
            .iter()
            .any(|own| scheme.eq_ignore_ascii_case(own));
        return match is_http {
            true => Ok(absolute(url)),
            false => Err(format!("the server URL `{url}`, which does not use HTTP,")),
        };
    }
    let path = url.strip_prefix("./").unwrap_or(url);
    let path = path.trim_start_matches('/');
    let is_plain = path != ".." && !path.starts_with("../") && !path.contains(['?', '#', ':']);
    if !is_plain {
        return Err(format!("the relative server URL `{url}`"));
    }
    Ok(Endpoint {
        prefix: match path {
            "" | "." => String::new(),
            path => format!("/{path}"),
        },
        ..Endpoint::default()
    })
}

fn absolute(url: &str) -> Endpoint {
    Endpoint {
        server: url.to_owned(),
        ..Endpoint::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::ServerPart::{self, Authority, Host, Path, Port, Scheme, Url};

    fn of(server: serde_json::Value) -> Result<(String, String), String> {
        let server: Server = serde_json::from_value(server).unwrap();
        let place = with_defaults(&template::filled(&template::pieces(&server)?))?;
        Ok((place.server, place.prefix))
    }

    #[test]
    fn urls_are_servers_or_relative_paths() {
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

    /// The parts of a URL whose variables have their own defaults as names, and the start of the URL.
    fn parts(url: &str) -> (String, Vec<ServerPart>) {
        let names = url.split('{').skip(1);
        let names = names.map(|it| it.split('}').next().unwrap_or_default());
        let variables: serde_json::Map<String, serde_json::Value> = names
            .map(|it| (it.to_owned(), json!({ "default": it })))
            .collect();
        let server = json!({ "url": url, "variables": variables });
        let server: Server = serde_json::from_value(server).unwrap();
        let pieces = template::pieces(&server).unwrap();
        let place = with_defaults(&template::filled(&pieces)).unwrap();
        let is_relative = place.server.is_empty();
        let pieces = match is_relative {
            true => template::relative(pieces),
            false => template::absolute(pieces),
        };
        let parts = template::parts(&pieces, is_relative);
        (template::filled(&pieces), parts)
    }

    #[test]
    fn variables_replace_parts_of_urls() {
        for (url, expected) in [
            ("{https}://{eu}.a.example", &[Scheme, Host][..]),
            ("http{s}://a.example", &[Scheme]),
            ("https://{a.example}", &[Authority]),
            ("https://{a.example:80}/v1", &[Authority]),
            ("https://{a.example}:{8080}/{v1}/", &[Host, Port, Path]),
            ("https://a.example{/v1}", &[Path]),
            ("https://{a.example}{/v1}", &[Authority, Path]),
            ("https://a.{b}{c}/x", &[Host, Authority]),
            ("//{a}.example", &[Host]),
            ("{https://a.example}/v1", &[Url]),
            ("/{v1}/x", &[Path]),
            ("{/api}/x", &[Path]),
            ("./{v1}", &[Path]),
        ] {
            assert_eq!(parts(url).1, expected, "{url}");
        }
        assert_eq!(parts("//{a}.example").0, "https://a.example");
        assert_eq!(parts("{v1}/x").0, "/v1/x");
        assert_eq!(parts("./{v1}").0, "/v1");
    }
}
