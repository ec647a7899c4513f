//! Determines what a token URL is relative to (OpenAPI 3.0.3, OAuth Flow Object and "Relative References in URLs").

use super::Lowering;
use super::server::preferred;
use crate::api::TokenUrlBase;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// What a token URL is relative to: the preferred server of the document, unless it is absolute.
    pub(super) fn token_url_base(&mut self, url: &str) -> TokenUrlBase {
        match form(url) {
            Form::Absolute => TokenUrlBase::Nothing,
            Form::Relative => self.preferred_server(),
            Form::Other => TokenUrlBase::Unknown,
        }
    }

    fn preferred_server(&mut self) -> TokenUrlBase {
        let chosen = preferred(&self.spec.servers);
        let Some(server) = self.spec.servers.get(chosen) else {
            return TokenUrlBase::Server {
                url: String::new(),
                template: None,
                is_folder: true,
            };
        };
        let at = Pointer::root().key("servers").index(chosen);
        // Operations report what is wrong with a server.
        match self.place(&at, server) {
            Ok(place) => TokenUrlBase::Server {
                url: format!("{}{}", place.server, place.prefix),
                template: place.template,
                is_folder: server.url.ends_with('/'),
            },
            Err(_) => TokenUrlBase::Unknown,
        }
    }
}

enum Form {
    Absolute,
    Relative,
    /// Not a URL to which requests can be sent.
    Other,
}

fn form(url: &str) -> Form {
    let is_literal = |it: char| it.is_ascii_graphic() && !"{}#\\<>\"^`|".contains(it);
    if url.is_empty() || !url.chars().all(is_literal) {
        return Form::Other;
    }
    let is_scheme = |it: &str| {
        ["http", "https"]
            .iter()
            .any(|own| it.eq_ignore_ascii_case(own))
    };
    let first = |it: &str| it.split(['/', '?']).next().unwrap_or_default().to_owned();
    match url.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => match first(rest) {
            host if host.is_empty() || host.contains('@') => Form::Other,
            _ => Form::Absolute,
        },
        // A first segment with a colon begins with a scheme (RFC 3986 §4.2).
        Some(_) | None if first(url).contains(':') => Form::Other,
        Some(_) | None => Form::Relative,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_token_urls() {
        let name = |url| match form(url) {
            Form::Absolute => "absolute",
            Form::Relative => "relative",
            Form::Other => "other",
        };
        for (url, expected) in [
            ("https://auth.example.com/token", "absolute"),
            ("HTTP://localhost:8080", "absolute"),
            (
                "https://auth.example.com/token?next=https://a.example",
                "absolute",
            ),
            ("/oauth/token", "relative"),
            ("oauth/token?next=https://a.example", "relative"),
            ("../token", "relative"),
            ("//auth.example.com/token", "relative"),
            ("", "other"),
            ("{root}/oauth2/token", "other"),
            ("https://{tenant}.example.com/token", "other"),
            ("https:///token", "other"),
            ("https://user@auth.example.com/token", "other"),
            ("https://auth.example.com/token#x", "other"),
            ("urn:token", "other"),
            ("ftp://auth.example.com/token", "other"),
            ("see the docs", "other"),
        ] {
            assert_eq!(name(url), expected, "{url}");
        }
    }
}
