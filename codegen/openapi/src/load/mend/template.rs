//! Reads path templates that are written as other tools write them: `/sims/:sid`, `/sims/<int:sid>`, `/sims/[sid]`,
//! `/sims/{sid`, `/sims{?page}`.
//!
//! Such a text is a parameter if the document declares one of that name. So is a whole segment in the syntax of a
//! router, `:sid` for example, which no service has as it is; but not if the document declares it for the query, as
//! protoc-gen-openapi does where a service has just that segment.

use std::collections::BTreeSet;

use serde_json::Value;

use super::parameter::{bare, followed};
use crate::path_item::{METHODS, template};
use crate::pointer::Pointer;
use crate::tree::Tree;

/// The names of the parameters that a path declares.
#[derive(Default)]
pub(super) struct Declared {
    in_path: BTreeSet<String>,
    in_query: BTreeSet<String>,
}

/// What a router writes after a name: for a parameter that is optional, or that takes several segments.
const MARKS: [char; 4] = ['*', '+', '?', ' '];

/// Whether a key of `paths` may have parameters in another form.
pub(super) fn is_suspect(key: &str) -> bool {
    let names = template(key);
    let is_odd = |name: &&str| {
        name.starts_with(|it: char| !it.is_alphanumeric() && it != '_')
            || name.ends_with(MARKS)
            || name.contains([':', '='])
    };
    let has_odd = names.as_ref().is_none_or(|it| it.iter().any(is_odd));
    has_odd || key.contains(['<', '$', '[']) || key.contains("/:") || key.contains("%7")
}

impl Declared {
    /// Returns the parameters of a path: its own, and those of its operations.
    pub(super) fn of(document: &Tree, path: &str) -> Self {
        let at = Pointer::root().key("paths").key(path);
        let operations = METHODS.iter().map(|it| at.key(it));
        let mut declared = Self::default();
        for owner in std::iter::once(at.clone()).chain(operations) {
            let list = owner.key("parameters");
            let parameters = list.value(&document.value).and_then(Value::as_array);
            for index in 0..parameters.map_or(0, Vec::len) {
                let at = followed(document, list.index(index));
                let parameter = at.and_then(|at| at.value(&document.value));
                let text = |field| Some(parameter?.get(field)?.as_str()?.trim());
                let (Some(name), Some(location)) = (text("name"), text("in")) else {
                    continue;
                };
                match location.to_ascii_lowercase().as_str() {
                    "path" => declared.in_path.insert(bare(name).to_owned()),
                    "query" => declared.in_query.insert(name.to_owned()),
                    _ => false,
                };
            }
        }
        declared
    }

    /// Rewrites a key so that its parameters are in braces.
    pub(super) fn braced(&self, key: &str) -> String {
        let key = match key.rsplit_once("{?") {
            Some((path, query)) if self.is_query(query) => path,
            Some(_) | None => key,
        };
        // An expression may contain the slash before its value.
        if key.contains("{/") {
            return key.to_owned();
        }
        let segments = key.split('/').map(|it| self.segment(it));
        self.with_plain_names(&segments.collect::<Vec<String>>().join("/"))
    }

    /// Rewrites the names in braces that are more than the name of a parameter. Some contain a slash.
    fn with_plain_names(&self, key: &str) -> String {
        let mut taken = key.to_owned();
        for name in template(key).into_iter().flatten() {
            if !self.in_path.contains(name)
                && let Some((prefix, plain)) = expression(name)
                && self.in_path.contains(plain)
            {
                let found = format!("{{{name}}}");
                taken = taken.replace(&found, &format!("{prefix}{{{plain}}}"));
            }
        }
        taken
    }

    /// The parameters whose values may have several segments, by the form of their names in a key.
    pub(super) fn of_several_segments<'k>(&self, key: &'k str) -> Vec<&'k str> {
        let names = template(key).into_iter().flatten();
        let plain = names.filter(|it| has_several_segments(it));
        let plain = plain.filter_map(|it| Some(expression(it)?.1));
        plain.filter(|it| self.in_path.contains(*it)).collect()
    }

    /// Whether a text is the end of a form-style query (RFC 6570 §3.2.8) with a declared parameter.
    fn is_query(&self, text: &str) -> bool {
        let names = text.strip_suffix('}').unwrap_or_default();
        let mut names = names.split(',').map(|it| it.trim().trim_end_matches('*'));
        names.any(|it| self.in_query.contains(it))
    }

    fn segment(&self, segment: &str) -> String {
        let named = |it: &str| self.in_path.contains(it).then(|| format!("{{{it}}}"));
        let implied = |it: &str| {
            let is_implied = is_name(it) && !self.in_query.contains(it);
            named(it).or_else(|| is_implied.then(|| format!("{{{it}}}")))
        };
        let is_template = template(segment);
        let whole = match &is_template {
            Some(names) if names.is_empty() => other_form(segment).and_then(implied),
            Some(_) => {
                let script = segment
                    .strip_prefix("${")
                    .and_then(|it| it.strip_suffix('}'));
                script.and_then(implied)
            }
            None => {
                // A pattern in the braces may have braces of its own.
                let inside = segment.trim_matches(['{', '}']);
                let before = inside
                    .split(':')
                    .next()
                    .filter(|_| segment.starts_with('{'));
                let doubled = segment
                    .strip_prefix("{{")
                    .and_then(|it| it.strip_suffix("}}"));
                named(inside)
                    .or_else(|| before.and_then(named))
                    .or_else(|| doubled.and_then(|it| implied(it.trim())))
            }
        };
        whole.unwrap_or_else(|| segment.to_owned())
    }
}

/// The name in a segment that is a parameter in the syntax of another tool.
fn other_form(segment: &str) -> Option<&str> {
    let inside = |open: &str, close: &str| segment.strip_prefix(open)?.strip_suffix(close);
    let before = |it: &'_ str, end: char| it.find(end).unwrap_or(it.len());
    // A pattern may follow: `:sid(\\d+)`.
    let colon = || segment.strip_prefix(':').map(|it| &it[..before(it, '(')]);
    // A type may precede the name: `<int:sid>`.
    let typed = || inside("<", ">").map(|it| it.rsplit(':').next().unwrap_or(it));
    let bracketed = || inside("[", "]");
    let encoded = || inside("%7B", "%7D").or_else(|| inside("%7b", "%7d"));
    colon().or_else(typed).or_else(bracketed).or_else(encoded)
}

/// Whether a text is the name of a parameter.
fn is_name(text: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '-';
    text.starts_with(|it: char| it.is_alphabetic() || it == '_') && text.chars().all(is_part)
}

/// What an expression adds to the value of its parameter, and the name in it: `+id` (RFC 6570), `id*`, `id:[0-9]+`,
/// `name=shelves/*`.
fn expression(name: &str) -> Option<(&'static str, &str)> {
    let (prefix, rest) = match name.strip_prefix('.') {
        Some(rest) => (".", rest),
        None => ("", name.trim_start_matches(['+', '*', '#', ' '])),
    };
    let plain = rest.split([':', '=']).next()?.trim_end_matches(MARKS);
    (plain != name).then_some((prefix, plain))
}

/// Whether an expression takes values with slashes: `+id` (RFC 6570 §3.2.3), `name=shelves/*` and `name=**` (google.api.http),
/// `id+`, `id*`, `*id` and `id:.*` (routers).
fn has_several_segments(name: &str) -> bool {
    let pattern = |separator: char| name.split_once(separator).map(|(_, pattern)| pattern);
    match (pattern('='), pattern(':')) {
        (Some(pattern), _) => pattern.contains('/') || pattern.contains("**"),
        (None, Some(pattern)) => ["path", ".*", ".+"].contains(&pattern),
        (None, None) => name.starts_with(['+', '*']) || name.ends_with(['+', '*']),
    }
}

#[cfg(test)]
mod tests {
    use super::{Declared, is_suspect};

    #[test]
    fn declared_parameters_are_put_in_braces() {
        let declared = Declared {
            in_path: ["id", "format"].map(str::to_owned).into(),
            in_query: ["page", "size"].map(str::to_owned).into(),
        };
        for (key, taken) in [
            ("/a/:id/b", "/a/{id}/b"),
            ("/a/<id>", "/a/{id}"),
            ("/a/%7Bid%7D", "/a/{id}"),
            ("/a/${id}", "/a/{id}"),
            ("/a/{id", "/a/{id}"),
            ("/a/id}/b", "/a/{id}/b"),
            ("/a/{{id}}", "/a/{id}"),
            ("/a/{id:[0-9]+}", "/a/{id}"),
            ("/a/{+id}", "/a/{id}"),
            ("/a/{id*}", "/a/{id}"),
            ("/a/{**id}", "/a/{id}"),
            ("/a/{id+}", "/a/{id}"),
            ("/a/{id?}", "/a/{id}"),
            ("/a/{ id }", "/a/{id}"),
            ("/a/{id=b/*}/c", "/a/{id}/c"),
            ("/a/{id=**}", "/a/{id}"),
            ("/a/{id:[0-9]{3}}", "/a/{id}"),
            ("/a/{{other}}/b", "/a/{other}/b"),
            ("/a/{{ other }}", "/a/{other}"),
            ("/{{other}}/a/{id?}", "/{other}/a/{id}"),
            ("/a/{other+}", "/a/{other+}"),
            ("/a/{id}{.format}", "/a/{id}.{format}"),
            ("/a{?page,size*}", "/a"),
            ("/a{?page,other}", "/a"),
            ("/a{?other}", "/a{?other}"),
            ("/a/:other/b", "/a/{other}/b"),
            ("/a/:other(\\d+)", "/a/{other}"),
            ("/a/:page", "/a/:page"),
            ("/a/:8080", "/a/:8080"),
            ("/a/{other", "/a/{other"),
            ("/a/<other>", "/a/{other}"),
            ("/a/<int:other>", "/a/{other}"),
            ("/a/[id]", "/a/{id}"),
            ("/a/[...id]", "/a/[...id]"),
            ("/a/${other}", "/a/{other}"),
            ("/a/{other:x}", "/a/{other:x}"),
        ] {
            assert!(is_suspect(key), "{key}");
            assert_eq!(declared.braced(key), taken);
        }
        for key in ["/a/{id}", "/a/id:run", "/a/{id}-{format}.json", "/a?b=c"] {
            assert!(!is_suspect(key), "{key}");
            assert_eq!(declared.braced(key), key);
        }
    }
}
