//! The contents of a spec: its examples, and the operations and parameters that the tests must cover.

use std::path::Path;

use serde_json::Value;

use super::Request;

const FORM: &str = "application/x-www-form-urlencoded";

/// Parameters that only page links carry; `paging.rs` tests them.
const LINK_STATE: [&str; 2] = ["Page", "PageToken"];

/// A file in `specs/`, parsed as plain YAML.
pub struct Spec {
    document: Value,
}

/// An operation of the spec.
struct Operation<'s> {
    id: &'s str,
    method: &'s str,
    path: &'s str,
    parameters: Vec<Parameter<'s>>,
    responses: &'s Value,
}

/// A parameter, or a field of a form.
#[derive(Debug)]
struct Parameter<'s> {
    name: &'s str,
    place: &'s str,
}

impl Spec {
    /// Reads `specs/{name}.yaml`.
    pub fn read(name: &str) -> Self {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let text = std::fs::read_to_string(specs.join(name).with_extension("yaml"));
        let text = text.expect("a spec that can be read");
        let document = serde_yaml::from_str(&text).expect("a spec in YAML");
        Self { document }
    }

    /// Returns the status and the body of an example of a response.
    pub fn example(&self, operation: &str, name: &str) -> (u16, &Value) {
        let operations = self.operations();
        let found = operations.iter().find(|it| it.id == operation);
        let found = found.unwrap_or_else(|| panic!("the spec has no operation `{operation}`"));
        let responses = members(found.responses);
        let mut examples = responses.filter_map(|(status, response)| {
            let examples = response.pointer("/content/application~1json/examples")?;
            let value = examples.get(name)?.get("value")?;
            Some((status.parse().expect("a status"), value))
        });
        let example = examples.next();
        example.unwrap_or_else(|| panic!("`{operation}` has no example `{name}`"))
    }

    /// Lists what `requests` do not cover of the spec, and what they contain that the spec does not have.
    ///
    /// It uses only the raw requests: their method and path determine the operation.
    pub fn gaps(&self, requests: &[Request]) -> Vec<String> {
        let operations = self.operations();
        let mut gaps = Vec::new();
        for request in requests {
            if !operations.iter().any(|it| it.is_of(request)) {
                gaps.push(format!("`{}` is not an operation", request.line()));
            }
        }
        for operation in &operations {
            operation.add_gaps(requests, &mut gaps);
        }
        gaps
    }

    fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.document["paths"]) {
            for (method, operation) in members(item) {
                let Some(id) = operation.get("operationId") else {
                    continue;
                };
                operations.push(Operation {
                    id: text(id),
                    method,
                    path,
                    parameters: self.parameters(item, operation),
                    responses: &operation["responses"],
                });
            }
        }
        operations
    }

    fn parameters<'s>(&'s self, item: &'s Value, operation: &'s Value) -> Vec<Parameter<'s>> {
        let declared = [item, operation].map(|it| it.get("parameters").and_then(Value::as_array));
        let mut parameters: Vec<_> = declared
            .into_iter()
            .flatten()
            .flatten()
            .map(|parameter| self.resolve(parameter))
            .map(|parameter| Parameter {
                name: text(&parameter["name"]),
                place: text(&parameter["in"]),
            })
            .collect();
        let bodies = operation.pointer("/requestBody/content");
        for (content_type, body) in bodies.into_iter().flat_map(members) {
            assert_eq!(content_type, FORM, "a body of another kind needs a test");
            let schema = self.resolve(&body["schema"]);
            let fields = members(&schema["properties"]);
            parameters.extend(fields.map(|(name, _)| Parameter {
                name,
                place: "form",
            }));
        }
        parameters
    }

    fn resolve<'s>(&'s self, value: &'s Value) -> &'s Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(target) => self
                .document
                .pointer(target.trim_start_matches('#'))
                .expect("a reference within the spec"),
            None => value,
        }
    }
}

impl Operation<'_> {
    /// Returns whether `request` is for this operation.
    fn is_of(&self, request: &Request) -> bool {
        let segments = || self.path.split('/').zip(request.path().split('/'));
        request.method.eq_ignore_ascii_case(self.method)
            && self.path.split('/').count() == request.path().split('/').count()
            && segments().all(|(template, segment)| {
                template == segment || template.starts_with('{') && !segment.is_empty()
            })
    }

    fn add_gaps(&self, requests: &[Request], gaps: &mut Vec<String>) {
        let id = self.id;
        let requests = || requests.iter().filter(|it| self.is_of(it));
        if requests().next().is_none() {
            gaps.push(format!("`{id}` was never requested"));
            return;
        }
        let own = self.parameters.iter();
        for Parameter { name, place } in own.filter(|it| !LINK_STATE.contains(&it.name)) {
            if !requests().any(|request| sends(request, name, place)) {
                gaps.push(format!("`{id}` was never sent with `{name}` ({place})"));
            }
        }
        for request in requests() {
            for (place, sent) in [("query", query(request)), ("form", request.text())] {
                let known = |name: &&str| {
                    !self
                        .parameters
                        .iter()
                        .any(|it| it.name == *name && it.place == place)
                };
                gaps.extend(
                    names(sent)
                        .filter(known)
                        .map(|name| format!("`{id}` has no `{name}` ({place})")),
                );
            }
        }
    }
}

fn sends(request: &Request, name: &str, place: &str) -> bool {
    match place {
        // A request matches the operation only if its path has all segments.
        "path" => true,
        "query" => names(query(request)).any(|it| it == name),
        "form" => names(request.text()).any(|it| it == name),
        "header" => request.header(name).is_some(),
        _ => panic!("`{name}` is in `{place}`, which has no test"),
    }
}

fn query(request: &Request) -> &str {
    request.query().unwrap_or_default()
}

/// Returns the names in `name=value&name=value`. All names of the specs are plain ASCII.
fn names(pairs: &str) -> impl Iterator<Item = &str> {
    pairs
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object();
    object
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string in the spec")
}
