//! Corrects the keys of `paths`: one without its slash, parameters without braces, and those in a query or a fragment.

use serde_json::{Value, json};

use super::Mender;
use super::fault::MendFault;
use super::parameter::followed;
use super::template::{Declared, is_suspect};
use crate::load::KEPT_RESERVED;
use crate::load::check::rules::{OPERATION, PATH_ITEM};
use crate::path_item::{METHODS, PathKey, template};
use crate::pointer::{Pointer, Trail};
use crate::tree::{Branch, Cursor, Tree};

/// An operation of a document, with the path item that it is in.
pub(super) struct OperationEntry<'a> {
    pub(super) path: &'a String,
    pub(super) item: &'a Value,
    pub(super) method: &'static str,
    pub(super) operation: &'a Value,
}

/// The operations of a document.
pub(super) fn operations(document: &Value) -> impl Iterator<Item = OperationEntry<'_>> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths.into_iter().flatten().flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            Some(OperationEntry {
                path,
                item,
                method,
                operation: item.get(method)?,
            })
        })
    })
}

impl Mender {
    /// Makes lists of the parameters of paths and operations, where they are anything else.
    pub(super) fn parameter_lists(&mut self, document: &mut Tree) {
        let is_sound = |it: &Value| {
            it.as_array()
                .is_some_and(|it| !it.iter().any(Value::is_array))
        };
        let is_wrong = |owner: &Value| owner.get("parameters").is_some_and(|it| !is_sound(it));
        let paths = document.value.get("paths").and_then(Value::as_object);
        let mut wrong = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            if is_wrong(item) {
                wrong.push((path.clone(), None));
            }
            let operations = METHODS.into_iter();
            let operations = operations.filter(|it| item.get(it).is_some_and(is_wrong));
            wrong.extend(operations.map(|it| (path.clone(), Some(it))));
        }
        let root = Trail::root();
        for (path, method) in wrong {
            let paths = root.key("paths");
            let item = paths.key(&path);
            let operation = method.map(|it| item.key(it));
            let (rule, at) = match &operation {
                Some(at) => (&OPERATION, at),
                None => (&PATH_ITEM, &item),
            };
            if let Some((value, node)) = document.at_mut(&at.pointer()) {
                self.kinds(rule, &mut Cursor::new(value, node), at);
            }
        }
    }

    /// Makes paths of keys that are whole URLs. One that does not begin with the URL of a server has a server of its own.
    pub(super) fn whole_urls(&mut self, document: &mut Tree) {
        let servers = document.value.get("servers").and_then(Value::as_array);
        let urls = servers.into_iter().flatten();
        let urls = urls.filter_map(|it| it.get("url")?.as_str().map(str::to_owned));
        let urls: Vec<String> = urls.map(|it| it.trim_end_matches('/').to_owned()).collect();
        let mut root = document.cursor();
        let Some(mut paths) = root.member("paths") else {
            return;
        };
        let at = Trail::root();
        let at = at.key("paths");
        for found in paths.keys() {
            let Some((origin, rest)) = split_origin(&found) else {
                continue;
            };
            let known = urls.iter().filter_map(|it| found.strip_prefix(it.as_str()));
            let known = known.filter(|it| it.is_empty() || it.starts_with('/'));
            let known = known.min_by_key(|it| it.len());
            let taken = match known.unwrap_or(rest) {
                "" => "/".to_owned(),
                path => path.to_owned(),
            };
            let has_servers = paths
                .get(&found)
                .is_some_and(|it| it.get("servers").is_some());
            if paths.has(&taken) || has_servers {
                continue;
            }
            if let Some(mut item) = paths.member(&found).filter(|_| known.is_none()) {
                item.set("servers", json!([{"url": origin}]), "servers");
            }
            paths.respell(&found, &taken);
            let place = at.key(&taken);
            let (found, taken) = (found.clone(), taken.clone());
            self.report(MendFault::RespelledKey { found, taken }, &place);
        }
    }

    /// Corrects the keys of `paths`.
    pub(super) fn paths(&mut self, document: &mut Tree) {
        let mut root = document.cursor();
        let Some(paths) = root.member("paths").filter(|it| !it.has("$ref")) else {
            return;
        };
        let is_wrong = |it: &String| {
            let is_extension = it.starts_with("x-") || it.contains("://");
            let is_path = it.starts_with('/');
            (!is_path && !is_extension) || it.contains(['?', '#']) || (is_path && is_suspect(it))
        };
        let wrong: Vec<String> = paths.keys().into_iter().filter(is_wrong).collect();
        for found in wrong {
            let declared = is_suspect(&found).then(|| Declared::of(document, &found));
            let braced = match &declared {
                Some(declared) => declared.braced(&found),
                None => found.clone(),
            };
            let several = declared.map(|it| it.of_several_segments(&found));
            if let Some(names) = several.filter(|it| !it.is_empty()) {
                keep_reserved(document, &found, &names);
            }
            let slashed = match braced.starts_with('/') {
                true => braced,
                false => format!("/{braced}"),
            };
            let (taken, moved) = without_parameters(&slashed);
            if taken != found {
                self.path(document, &found, &taken, &moved);
            }
        }
    }

    /// Gives a path its key, and moves the parameters that are in its query.
    fn path(&mut self, document: &mut Tree, found: &str, taken: &str, moved: &[(String, String)]) {
        let paths = document.value.get("paths");
        let is_taken = |key: &str| paths.is_some_and(|it| it.get(key).is_some());
        // A fragment tells apart what would be the same path.
        let taken = match is_taken(taken) {
            true => {
                let names: Vec<&str> = moved.iter().map(|(name, _)| name.as_str()).collect();
                format!("{taken}#{}", names.join(","))
            }
            false => taken.to_owned(),
        };
        if moved.is_empty() && is_taken(taken.trim_end_matches('#')) || is_taken(&taken) {
            return;
        }
        let parameters = moved
            .iter()
            .map(|(name, wire)| moved_parameter(document, found, name, wire));
        let parameters: Vec<(String, Branch)> = parameters.collect();
        let mut root = document.cursor();
        let Some(mut paths) = root.member("paths") else {
            return;
        };
        if let Some(mut item) = paths.member(found) {
            for (name, parameter) in parameters {
                declare(&mut item, &name, parameter);
            }
        }
        paths.respell(found, &taken);
        let at = Trail::root();
        let at = at.key("paths");
        let place = at.key(&taken);
        let (found, taken) = (found.to_owned(), taken.clone());
        self.report(MendFault::RespelledKey { found, taken }, &place);
    }
}

/// Marks parameters of a path whose reserved characters are not escaped.
fn keep_reserved(document: &mut Tree, path: &str, names: &[&str]) {
    let mut root = document.cursor();
    if let Some(mut paths) = root.member("paths")
        && let Some(mut item) = paths.member(path)
    {
        item.set(KEPT_RESERVED, json!(names), "parameters");
    }
}

/// Splits a URL of HTTP after its host.
fn split_origin(url: &str) -> Option<(&str, &str)> {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let start = url.len() - host.len();
    let end = host.find(['/', '?', '#']).unwrap_or(host.len());
    let is_plain = end > 0 && !host[..end].contains(['{', '<', '$', '@']);
    let (origin, rest) = url.split_at(start + end);
    (is_plain && (rest.is_empty() || rest.starts_with('/'))).then_some((origin, rest))
}

/// A key without the parameters in its query, which are returned with their names in the query, and without the braces of
/// its fragment, which no request carries.
fn without_parameters(key: &str) -> (String, Vec<(String, String)>) {
    let PathKey {
        path,
        target,
        fragment,
    } = PathKey::of(key);
    let query = target.get(path.len() + 1..).unwrap_or_default();
    let mut moved = Vec::new();
    let mut kept = Vec::new();
    for pair in query.split('&') {
        let parameter = pair.split_once('=').and_then(|(wire, value)| {
            let name = value.strip_prefix('{')?.strip_suffix('}')?;
            let is_plain = !wire.is_empty() && !name.is_empty() && !name.contains(['{', '}']);
            (is_plain && !wire.contains(['{', '}'])).then(|| (name.to_owned(), wire.to_owned()))
        });
        match parameter {
            Some(parameter) => moved.push(parameter),
            None => kept.push(pair),
        }
    }
    let mut taken = path.to_owned();
    if target.len() > path.len() && (moved.is_empty() || kept.iter().any(|it| !it.is_empty())) {
        taken = taken + "?" + &kept.join("&");
    }
    if let Some(fragment) = fragment {
        taken = taken + "#" + &fragment.replace(['{', '}'], "");
    }
    match template(&taken) {
        Some(_) => (taken, moved),
        None => (key.to_owned(), Vec::new()),
    }
}

/// The parameter of a path's template, as one of the query. Returns its name in the template, too.
fn moved_parameter(document: &Tree, path: &str, name: &str, wire: &str) -> (String, Branch) {
    let at = Pointer::root().key("paths").key(path);
    let own = std::iter::once(at.clone());
    let operations = METHODS.iter().map(|it| at.key(it));
    let mut places = own.chain(operations).flat_map(|at| {
        let list = at.key("parameters");
        let count = list
            .value(&document.value)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        (0..count).map(move |index| list.index(index))
    });
    let found = places.find_map(|at| {
        let at = followed(document, at)?;
        let value = at.value(&document.value)?;
        let is_it = is_parameter(value, name);
        is_it.then(|| Branch {
            value: value.clone(),
            node: document.places.find(&at).to_node(),
        })
    });
    let mut parameter = found.unwrap_or_else(|| Branch {
        value: json!({"schema": {"type": "string"}}),
        node: document.places.find(&at).to_node(),
    });
    let mut cursor = parameter.cursor();
    cursor.set("name", wire, "name");
    cursor.set("in", "query", "in");
    cursor.set("required", true, "required");
    (name.to_owned(), parameter)
}

/// Whether a value is the parameter of a template: in the path, or already in the query.
fn is_parameter(value: &Value, name: &str) -> bool {
    let is_there = value["in"] == "path" || value["in"] == "query";
    value["name"] == name && is_there
}

/// Declares a parameter for all operations of a path, in place of the one in the template.
fn declare(item: &mut Cursor<'_>, name: &str, parameter: Branch) {
    let remove = |owner: &mut Cursor<'_>| {
        let Some(mut list) = owner.member("parameters") else {
            return;
        };
        for index in (0..list.count()).rev() {
            if list
                .element(index)
                .is_some_and(|it| is_parameter(it.value, name))
            {
                list.remove(index);
            }
        }
    };
    remove(item);
    for method in METHODS {
        if let Some(mut operation) = item.member(method) {
            remove(&mut operation);
        }
    }
    let existing = item.take("parameters");
    let node = existing
        .as_ref()
        .map_or_else(|| parameter.node.clone(), |it| it.node.clone());
    let existing = existing.into_iter().flat_map(Branch::into_elements);
    let all = existing.chain([parameter]).collect();
    item.put("parameters", Branch::list(all, &node));
}

#[cfg(test)]
mod tests {
    use super::without_parameters;

    #[test]
    fn parameters_are_taken_out_of_queries() {
        let pair = |name: &str, wire: &str| (name.to_owned(), wire.to_owned());
        for (key, taken, moved) in [
            ("/a?b={c}", "/a", vec![pair("c", "b")]),
            (
                "/a/{x}?b={c}&d=1&e={e}",
                "/a/{x}?d=1",
                vec![pair("c", "b"), pair("e", "e")],
            ),
            ("/a?b=1", "/a?b=1", vec![]),
            ("/a?", "/a?", vec![]),
            ("/a?b=x{c}", "/a?b=x{c}", vec![]),
            ("/a#b={c}", "/a#b=c", vec![]),
            ("/a", "/a", vec![]),
        ] {
            assert_eq!(without_parameters(key), (taken.to_owned(), moved), "{key}");
        }
    }
}
