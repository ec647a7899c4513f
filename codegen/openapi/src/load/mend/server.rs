//! Corrects the servers of a document.

use serde_json::Value;

use super::Mender;
use super::fault::MendFault;
use crate::load::check::{has_invalid_character, server_part};
use crate::pointer::Trail;
use crate::tree::Cursor;

impl Mender {
    /// Corrects a server: the spelling of its URL, a variable without a default that has an `enum`, and a scheme that the
    /// default of a variable repeats.
    fn server(&mut self, server: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(found) = server.text("url").map(str::to_owned) else {
            return;
        };
        self.variables(server, at);
        self.slashes(server, &found, at);
        let mut taken = respelled(found.trim());
        if let Some((scheme, rest)) = taken.split_once("://")
            && let Some((name, _)) = rest.strip_prefix('{').and_then(|it| it.split_once('}'))
            && self
                .default_of(server, name)
                .is_some_and(|it| it.contains("://"))
            && !scheme.contains('{')
        {
            taken = rest.to_owned();
        }
        if taken != found {
            server.set("url", taken.clone(), "url");
            self.report(MendFault::Respelled { found, taken }, &at.key("url"));
        }
    }

    fn default_of(&self, server: &Cursor<'_>, name: &str) -> Option<String> {
        let variables = server.get("variables")?;
        Some(variables.get(name)?.get("default")?.as_str()?.to_owned())
    }

    /// Supplies the defaults of variables that have an `enum`.
    fn variables(&mut self, server: &mut Cursor<'_>, at: &Trail<'_>) {
        let at = at.key("variables");
        let Some(mut variables) = server.member("variables") else {
            return;
        };
        for name in variables.keys() {
            let Some(mut variable) = variables.member(&name) else {
                continue;
            };
            let first = variable.get("enum").and_then(Value::as_array);
            let first = first.and_then(|it| it.first()).cloned();
            let is_missing = variable.get("default").is_none_or(Value::is_null);
            if let Some(first) = first.filter(|it| is_missing && it.is_string()) {
                variable.set("default", first, "enum");
                let (object, field) = ("a server variable", "default");
                self.report(MendFault::Supplied { object, field }, &at.key(&name));
            }
        }
    }

    /// Removes the slash before the default of a variable that follows one, as exports of AWS have it: `https://a/{stage}`
    /// with `/prod`.
    fn slashes(&mut self, server: &mut Cursor<'_>, url: &str, at: &Trail<'_>) {
        let at = at.key("variables");
        let Some(mut variables) = server.member("variables") else {
            return;
        };
        for name in variables.keys() {
            let before = url.split_once(&format!("{{{name}}}"));
            let is_after_slash =
                before.is_some_and(|(it, _)| it.ends_with('/') && !it.ends_with("//"));
            let Some(mut variable) = variables.member(&name).filter(|_| is_after_slash) else {
                continue;
            };
            let plain = |it: &str| it.trim_start_matches('/').to_owned();
            let Some(found) = variable.text("default").filter(|it| it.starts_with('/')) else {
                continue;
            };
            let (found, taken) = (found.to_owned(), plain(found));
            variable.set("default", taken.clone(), "default");
            if let Some(mut values) = variable.member("enum") {
                for index in 0..values.count() {
                    let value = values.element(index);
                    if let Some(Value::String(text)) = value.map(|it| it.value) {
                        *text = plain(text);
                    }
                }
            }
            let place = at.key(&name);
            self.report(MendFault::Respelled { found, taken }, &place.key("default"));
        }
    }

    /// Corrects servers, and removes those that no request can be sent to. If the document has no other, callers give the
    /// URL. If a path or an operation has no other, they stay and are errors, because without them its requests would go to
    /// the servers of the document.
    pub(super) fn servers(&mut self, owner: &mut Cursor<'_>, is_document: bool, at: &Trail<'_>) {
        let at = at.key("servers");
        let Some(mut servers) = owner.member("servers") else {
            return;
        };
        let all = servers.count();
        let reason = |index| self.unusable(&servers.element(index)?);
        let reasons = (0..all).map(reason).enumerate();
        let unusable: Vec<_> = reasons
            .filter_map(|(index, reason)| Some((index, reason?)))
            .collect();
        if is_document || unusable.len() < all {
            for (index, reason) in unusable.into_iter().rev() {
                let place = servers.set_aside(index);
                self.report(MendFault::Server { reason }, &at.index(place).key("url"));
            }
        }
        for index in 0..servers.count() {
            if let Some(mut server) = servers.element(index) {
                self.server(&mut server, &at.index(index));
            }
        }
    }

    /// Why no request can be sent to a server, even if it is corrected.
    fn unusable(&self, server: &Cursor<'_>) -> Option<String> {
        let mut copy = server.to_branch();
        let mut mender = Self::new(self.version);
        mender.server(&mut copy.cursor(), &Trail::root());
        unusable(&copy.cursor())
    }
}

/// A URL without what no request carries, and with the slashes after its scheme.
fn respelled(url: &str) -> String {
    let url = match url.split_once('#') {
        Some((url, _)) if !url.is_empty() => url,
        Some(_) | None => url,
    };
    if let Some(rest) = url.strip_prefix("./") {
        return format!("/{}", rest.trim_start_matches('/'));
    }
    for scheme in ["https", "http"] {
        let rest = url.strip_prefix(scheme);
        let rest = rest.map(|it| it.trim_start_matches([':', '/']));
        let signs = rest.map(|it| &url[scheme.len()..url.len() - it.len()]);
        let is_near = signs.is_some_and(|it| [":", ":/", "//", ":///"].contains(&it));
        if let Some(rest) = rest.filter(|it| is_near && it.contains('.')) {
            return format!("{scheme}://{rest}");
        }
    }
    url.to_owned()
}

/// Why no request can be sent to a server.
fn unusable(server: &Cursor<'_>) -> Option<String> {
    let Some(url) = server.text("url") else {
        let is_nothing = server.get("url").is_none_or(Value::is_null);
        return is_nothing.then(|| "the server has no `url`".to_owned());
    };
    let mut filled = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Some(format!("`{url}` has a brace without its counterpart"));
        };
        let variable = server.get("variables").and_then(|it| it.get(name));
        let default = variable
            .and_then(|it| it.get("default"))
            .and_then(Value::as_str);
        let Some(default) = default else {
            // Postman writes two braces.
            let name = name.trim_matches(['{', '}', ' ']);
            return Some(format!(
                "`{url}` has the variable `{name}` without a default"
            ));
        };
        filled = filled + before + default;
        rest = after;
    }
    filled += rest;
    let is_http = |scheme: &str| {
        ["http", "https"]
            .iter()
            .any(|it| scheme.eq_ignore_ascii_case(it))
    };
    // Without the URL in the message, because of the password.
    if let Some(part) = server_part(&filled) {
        return Some(format!("the URL of a server cannot have {part}"));
    }
    match filled.split_once("://") {
        _ if has_invalid_character(url) => Some(format!("`{url}` is not a URL")),
        Some((scheme, _)) if !is_http(scheme) => Some(format!("`{url}` does not use HTTP")),
        Some((_, rest)) if rest.is_empty() || rest.starts_with(['/', ':']) => {
            Some(format!("`{url}` has no host"))
        }
        Some((_, rest)) if has_placeholder(rest) => {
            Some(format!("the host of `{url}` is a placeholder"))
        }
        None if starts_with_host(&filled) => Some(format!("`{url}` has no scheme")),
        None if filled.starts_with("../") || filled == ".." => {
            Some(format!("`{url}` depends on where the document is"))
        }
        Some(_) | None => None,
    }
}

/// Whether what follows a scheme begins with text that no host can have. An IPv6 address is in brackets.
fn has_placeholder(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    let address = host.strip_prefix('[').and_then(|it| it.split_once(']'));
    let is_address = |it: &str| {
        it.contains(':')
            && it
                .chars()
                .all(|it| it.is_ascii_hexdigit() || it == ':' || it == '.')
    };
    match address {
        Some((address, _)) => !is_address(address),
        None => host.contains(['$', '*', '[', ']', '(', ')', ';', ',', '}']),
    }
}

/// Whether a relative URL begins with the name of a host, as browsers show it.
fn starts_with_host(url: &str) -> bool {
    let first = url.split('/').next().unwrap_or_default();
    let (host, port) = first.split_once(':').unwrap_or((first, ""));
    let is_port = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
    let ends = [
        ".com", ".org", ".net", ".io", ".gov", ".edu", ".dev", ".app", ".cloud",
    ];
    is_port || host.starts_with("www.") || ends.iter().any(|it| host.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::{has_placeholder, respelled, starts_with_host};

    #[test]
    fn urls_are_corrected() {
        for (found, taken) in [
            ("https:/a.example", "https://a.example"),
            ("https//a.example/x", "https://a.example/x"),
            ("http:a.example", "http://a.example"),
            ("https://a.example/#/x", "https://a.example/"),
            ("./v1", "/v1"),
            ("https://a.example/v1", "https://a.example/v1"),
            ("httpsonly/v1.0", "httpsonly/v1.0"),
            ("http/v1.0", "http/v1.0"),
            ("/v1", "/v1"),
            ("#", "#"),
        ] {
            assert_eq!(respelled(found), taken);
        }
    }

    #[test]
    fn hosts_are_recognized() {
        for host in [
            "$host/x",
            "*.a.example",
            "[tenant].a.example",
            "a.example,b.example",
        ] {
            assert!(has_placeholder(host), "{host}");
        }
        for host in [
            "a.example/$x",
            "[::1]:80/x",
            "a_b.example:80",
            "a.example/[x]",
        ] {
            assert!(!has_placeholder(host), "{host}");
        }
        for url in [
            "localhost:8080",
            "www.a.example",
            "api.example.com/v1",
            "a.example:80/x",
        ] {
            assert!(starts_with_host(url), "{url}");
        }
        for url in ["v1.0/x", "index.php", "/a.com", "", "v1:x", "a/b.com"] {
            assert!(!starts_with_host(url), "{url}");
        }
    }
}
