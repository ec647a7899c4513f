//! Operations: their parameters, bodies, answers and servers.

use openapiv3::{
    MediaType, Operation as SpecOperation, Parameter as SpecParameter, ParameterData,
    ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr, RequestBody, Response,
    Schema, Server, StatusCode,
};

use super::Lowering;
use super::schema::{Value, text};
use super::view::{Properties, View, view};
use crate::api::{Location, Method, Operation, Outcome, Parameter, Type};
use crate::pointer::Pointer;
use crate::twilio;

impl<'a> Lowering<'a> {
    /// Lowers the operations of one path, in the order get, put, post, delete, patch.
    pub(super) fn path_item(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
    ) -> Vec<Operation> {
        for (name, operation) in [
            ("options", &item.options),
            ("head", &item.head),
            ("trace", &item.trace),
        ] {
            if operation.is_some() {
                self.unsupported(&at.key(name), format!("the method `{name}`"));
            }
        }
        let methods = [
            ("get", Method::Get, &item.get),
            ("put", Method::Put, &item.put),
            ("post", Method::Post, &item.post),
            ("delete", Method::Delete, &item.delete),
            ("patch", Method::Patch, &item.patch),
        ];
        let mut operations = Vec::new();
        for (name, method, operation) in methods {
            if let Some(operation) = operation {
                operations.push(self.operation(&at.key(name), path, item, method, operation));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
        method: Method,
        spec: &'a SpecOperation,
    ) -> Operation {
        let id = spec.operation_id.clone().unwrap_or_default();
        let (verb, words) = twilio::verb_and_noun(&id);
        let noun = twilio::path_hints(&item.extensions)
            .class_name
            .unwrap_or(words);
        let (mut path_parameters, mut parameters) = self.parameters(at, item, spec, &noun);
        path_parameters.sort_by_key(|parameter| path.find(&format!("{{{}}}", parameter.wire_name)));
        parameters.extend(self.body(at, spec, &noun));
        let (success, result) = self.result(at, spec, &id);
        let summary = text(spec.summary.as_deref()).or_else(|| text(spec.description.as_deref()));
        Operation {
            verb,
            noun,
            doc: text(spec.description.as_deref()).filter(|doc| Some(doc) != summary.as_ref()),
            summary,
            at: at.clone(),
            method,
            server: self.server(at, item, spec),
            path: path.to_owned(),
            path_parameters,
            parameters,
            result,
            success,
            security: self.security(spec),
            deprecated: spec.deprecated,
            id,
        }
    }

    /// The URL of the nearest server list: the operation's, the path's or the document's.
    fn server(&mut self, at: &Pointer, item: &PathItem, spec: &SpecOperation) -> String {
        let lists: [&[Server]; 3] = [&spec.servers, &item.servers, &self.spec.servers];
        let Some(server) = lists.iter().find_map(|servers| servers.first()) else {
            self.unsupported(at, "an operation without a server");
            return String::new();
        };
        if server.variables.as_ref().is_some_and(|it| !it.is_empty()) {
            self.unsupported(at, "a server URL with variables");
        } else if !server.url.starts_with("https://") && !server.url.starts_with("http://") {
            self.unsupported(at, format!("the relative server URL `{}`", server.url));
        }
        server.url.trim_end_matches('/').to_owned()
    }

    fn security(&self, spec: &SpecOperation) -> Vec<String> {
        let requirements = spec.security.as_ref().or(self.spec.security.as_ref());
        requirements
            .into_iter()
            .flatten()
            .flat_map(|requirement| requirement.keys().cloned())
            .collect()
    }

    /// The parameters of the path and all others; the operation's own replace the path item's.
    fn parameters(
        &mut self,
        at: &Pointer,
        item: &'a PathItem,
        spec: &'a SpecOperation,
        noun: &str,
    ) -> (Vec<Parameter>, Vec<Parameter>) {
        let mut lowered: Vec<Parameter> = Vec::new();
        let shared = at.parent().unwrap_or_default();
        for (at, list) in [(shared, &item.parameters), (at.clone(), &spec.parameters)] {
            for (index, parameter) in list.iter().enumerate() {
                let at = at.key("parameters").index(index);
                let Some(parameter) = self
                    .resolved_parameter(&at, parameter)
                    .and_then(|it| self.parameter(&at, it, noun))
                else {
                    continue; // Reported where it was found.
                };
                lowered.retain(|it| {
                    (it.location, &it.wire_name) != (parameter.location, &parameter.wire_name)
                });
                lowered.push(parameter);
            }
        }
        lowered
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path)
    }

    fn resolved_parameter(
        &mut self,
        at: &Pointer,
        parameter: &'a ReferenceOr<SpecParameter>,
    ) -> Option<&'a SpecParameter> {
        match parameter {
            ReferenceOr::Item(parameter) => Some(parameter),
            ReferenceOr::Reference { reference } => {
                let name = Pointer::from_fragment(reference)
                    .and_then(|it| it.tokens().last())
                    .unwrap_or_default();
                let found = self
                    .spec
                    .components
                    .as_ref()
                    .and_then(|it| it.parameters.get(&name));
                if let Some(ReferenceOr::Item(parameter)) = found {
                    return Some(parameter);
                }
                self.unsupported(at, "a parameter behind several references");
                None
            }
        }
    }

    fn parameter(
        &mut self,
        at: &Pointer,
        parameter: &'a SpecParameter,
        noun: &str,
    ) -> Option<Parameter> {
        let (data, location) = match parameter {
            SpecParameter::Query {
                parameter_data,
                style: QueryStyle::Form,
                allow_reserved: false,
                ..
            } => (parameter_data, Location::Query),
            SpecParameter::Header { parameter_data, .. } => (parameter_data, Location::Header),
            SpecParameter::Path {
                parameter_data,
                style: PathStyle::Simple,
            } => (parameter_data, Location::Path),
            SpecParameter::Cookie { .. } => {
                self.unsupported(at, "a cookie parameter");
                return None;
            }
            SpecParameter::Query { .. } | SpecParameter::Path { .. } => {
                self.unsupported(
                    at,
                    "a parameter with a `style` or `allowReserved` other than the default",
                );
                return None;
            }
        };
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            self.unsupported(at, "a parameter with `content`");
            return None;
        };
        let value = self.value(&at.key("schema"), schema, &format!("{noun}_{}", data.name));
        let is_array = matches!(value.ty, Type::Array(_));
        if is_array && (data.explode == Some(false) || location != Location::Query) {
            self.unsupported(at, "a list that is sent as one comma-separated value");
        }
        Some(parameter_of(data, location, value))
    }

    /// The fields of a form body, as parameters.
    fn body(&mut self, at: &Pointer, spec: &'a SpecOperation, noun: &str) -> Vec<Parameter> {
        let at = at.key("requestBody");
        let Some(form) = spec
            .request_body
            .as_ref()
            .and_then(|body| self.form(&at, body))
        else {
            return Vec::new();
        };
        let at = at.key("content").key(FORM).key("schema");
        if !form.encoding.is_empty() {
            self.unsupported(&at, "`encoding` of a form body");
        }
        let Some((at, schema)) = form
            .schema
            .as_ref()
            .and_then(|schema| self.resolved_schema(&at, schema))
        else {
            return Vec::new();
        };
        let View::Object {
            properties,
            required,
            ..
        } = view(schema)
        else {
            self.unsupported(&at, "a form body that is not an object");
            return Vec::new();
        };
        properties
            .iter()
            .map(|(name, schema)| {
                self.form_field(
                    &at.key("properties").key(name),
                    required,
                    noun,
                    name,
                    schema,
                )
            })
            .collect()
    }

    /// The form among the media types of a request body.
    fn form(&mut self, at: &Pointer, body: &'a ReferenceOr<RequestBody>) -> Option<&'a MediaType> {
        let ReferenceOr::Item(body) = body else {
            self.unsupported(at, "a request body behind a `$ref`");
            return None;
        };
        let form = body.content.get(FORM);
        if form.is_none() && !body.content.is_empty() {
            let names: Vec<&str> = body.content.keys().map(String::as_str).collect();
            self.unsupported(
                &at.key("content"),
                format!("a request body of `{}`", names.join("`, `")),
            );
        }
        form
    }

    fn form_field(
        &mut self,
        at: &Pointer,
        required: &[String],
        noun: &str,
        name: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
    ) -> Parameter {
        let value = match schema {
            ReferenceOr::Item(schema) if matches!(view(schema), View::Object { .. }) => {
                // Twilio takes an object in a form as JSON text.
                Value {
                    doc: text(schema.schema_data.description.as_deref()),
                    ..Value::any()
                }
            }
            ReferenceOr::Item(_) | ReferenceOr::Reference { .. } => {
                self.boxed_value(at, schema, &format!("{noun}_{name}"))
            }
        };
        Parameter {
            wire_name: name.to_owned(),
            doc: value.doc,
            location: Location::Form,
            required: required.iter().any(|it| it == name),
            ty: value.ty,
            bounds: value.bounds,
            pii: value.pii,
            deprecated: value.deprecated,
        }
    }

    /// The schema behind any number of references, and where it stands.
    fn resolved_schema(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
    ) -> Option<(Pointer, &'a Schema)> {
        let mut at = at.clone();
        let mut schema = schema;
        // `load` has refused circles of references.
        loop {
            match schema {
                ReferenceOr::Item(schema) => return Some((at, schema)),
                ReferenceOr::Reference { reference } => {
                    let target = Pointer::from_fragment(reference)?;
                    let name = target.tokens().last()?;
                    schema = self.spec.components.as_ref()?.schemas.get(&name)?;
                    at = target;
                }
            }
        }
    }

    /// The status codes of a success and what they bring, which must be the same for all of them.
    fn result(&mut self, at: &Pointer, spec: &'a SpecOperation, id: &str) -> (Vec<u16>, Outcome) {
        let at = at.key("responses");
        let mut codes = Vec::new();
        let mut result: Option<Outcome> = None;
        for (status, response) in &spec.responses.responses {
            let Some(code) = success_code(status) else {
                continue; // Errors have one shape for all operations, which the runtime knows.
            };
            let at = at.key(&status.to_string());
            let outcome = self.response(&at, response, id);
            match &result {
                Some(first) if *first != outcome => {
                    self.unsupported(&at, "a second success response that differs from the first");
                }
                Some(_) => {}
                None => result = Some(outcome),
            }
            codes.push(code);
        }
        if codes.is_empty() && !spec.responses.responses.keys().any(is_redirect) {
            self.unsupported(&at, "an operation without a success response");
        }
        (codes, result.unwrap_or(Outcome::Nothing))
    }

    fn response(&mut self, at: &Pointer, response: &'a ReferenceOr<Response>, id: &str) -> Outcome {
        let ReferenceOr::Item(response) = response else {
            self.unsupported(at, "a response behind a `$ref`");
            return Outcome::Nothing;
        };
        let at = at.key("content");
        let json = response.content.iter().find(|(name, _)| is_json(name));
        let Some((name, media_type)) = json else {
            if !response.content.is_empty() {
                let names: Vec<&str> = response.content.keys().map(String::as_str).collect();
                self.unsupported(&at, format!("a response of `{}`", names.join("`, `")));
            }
            return Outcome::Nothing;
        };
        match &media_type.schema {
            Some(schema) => self.json(&at.key(name).key("schema"), schema, id),
            None => Outcome::Value(Type::Any),
        }
    }

    /// What a JSON answer brings: one page of a list, if it is a paging envelope, or one value.
    fn json(&mut self, at: &Pointer, schema: &'a ReferenceOr<Schema>, id: &str) -> Outcome {
        if let ReferenceOr::Item(schema) = schema
            && let View::Object { properties, .. } = view(schema)
            && is_envelope(properties)
        {
            let mut lists = properties
                .iter()
                .filter_map(|(name, schema)| list_items(schema).map(|items| (name, items)));
            if let (Some((name, items)), None) = (lists.next(), lists.next()) {
                let at = at.key("properties").key(name).key("items");
                let item = items.map_or_else(Value::any, |items| {
                    self.boxed_value(&at, items, &twilio::singular(name))
                });
                return Outcome::Page {
                    items: name.clone(),
                    item: item.ty,
                };
            }
        }
        Outcome::Value(self.value(at, schema, &format!("{id}_response")).ty)
    }
}

/// The media type of a form (WHATWG URL, "application/x-www-form-urlencoded").
const FORM: &str = "application/x-www-form-urlencoded";

/// Whether a media type is JSON: `application/json` or one with the suffix `+json` (RFC 6839 §3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}

/// The number of a status that stands for a success; a range counts as its first code.
fn success_code(status: &StatusCode) -> Option<u16> {
    match status {
        StatusCode::Code(code) => (200..300).contains(code).then_some(*code),
        StatusCode::Range(hundreds) => (*hundreds == 2).then_some(200),
    }
}

fn is_redirect(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (300..400).contains(code),
        StatusCode::Range(hundreds) => *hundreds == 3,
    }
}

/// Whether an object is a page of a list: it holds the URL of the next page, itself or in its `meta`.
fn is_envelope(properties: &Properties) -> bool {
    let links_next = |properties: &Properties| {
        twilio::NEXT_PAGE
            .iter()
            .any(|key| properties.contains_key(*key))
    };
    let meta = properties.get(twilio::META).and_then(ReferenceOr::as_item);
    links_next(properties)
        || meta.is_some_and(
            |meta| matches!(view(meta), View::Object { properties, .. } if links_next(properties)),
        )
}

/// The item schema of a list; `None` if the schema is no list.
#[expect(
    clippy::option_option,
    reason = "no list, a list of anything, a list of something"
)]
fn list_items(schema: &ReferenceOr<Box<Schema>>) -> Option<Option<&ReferenceOr<Box<Schema>>>> {
    match view(schema.as_item()?) {
        View::Array { items } => Some(items),
        View::String { .. }
        | View::Integer { .. }
        | View::Number
        | View::Boolean
        | View::Object { .. } => None,
        View::Refined(_) | View::Any | View::Unsupported(_) => None,
    }
}

fn parameter_of(data: &ParameterData, location: Location, value: Value) -> Parameter {
    Parameter {
        wire_name: data.name.clone(),
        doc: text(data.description.as_deref()).or(value.doc),
        location,
        required: data.required,
        ty: value.ty,
        bounds: value.bounds,
        pii: value.pii || twilio::is_pii(&data.extensions),
        deprecated: value.deprecated || data.deprecated == Some(true),
    }
}
