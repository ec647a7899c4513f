//! Turns the bodies of Swagger 2.0 into those of OpenAPI 3: parameters with `in: body` or `in: formData`, and the `schema`
//! of a response. Their media types are in `consumes` and `produces`.

use serde_json::{Map, Value, json};

use super::Mender;
use super::fault::MendFault;
use super::parameter::{describe, followed};
use super::path::{OperationEntry, operations};
use super::style::separated;
use crate::media_type::{BYTES, FORM, JSON, MULTIPART, is_form, is_json, is_multipart_form};
use crate::pointer::{Pointer, Trail};
use crate::tree::{Branch, Cursor, Tree};

/// A parameter that is a body, or a field of a form.
struct Part {
    /// Its index in the list of its operation.
    index: usize,
    parameter: Branch,
}

/// What a document of Swagger 2.0 says of all bodies, and what has become of it.
struct Older {
    consumes: Vec<String>,
    produces: Vec<String>,
    /// Whether a body or a response was turned into one of OpenAPI 3.
    is_used: bool,
    /// Whether the body of an operation was not, because the operation has several.
    is_left: bool,
}

impl Part {
    fn is_body(&self) -> bool {
        self.parameter.value["in"] == "body"
    }
}

impl Mender {
    /// Gives each operation the body and the contents that its parameters and responses describe.
    pub(super) fn bodies(&mut self, document: &mut Tree) {
        let mut older = Older {
            consumes: texts(&document.value, "consumes"),
            produces: texts(&document.value, "produces"),
            is_used: false,
            is_left: false,
        };
        let at = Trail::root();
        let paths = at.key("paths");
        for (path, method) in older_operations(&document.value) {
            self.older_operation(document, &mut older, &paths.key(&path).key(method));
        }
        let mut root = document.cursor();
        let mut components = root.member("components");
        let at = at.key("components");
        if let Some(mut shared) = components.as_mut().and_then(|it| it.member("responses")) {
            let at = at.key("responses");
            older.is_used |= self.older_responses(&mut shared, &older.produces, &at);
        }
        if older.is_used && !older.is_left {
            drop_parts(&mut root);
        }
        if older.is_used {
            root.drop("consumes");
            root.drop("produces");
        }
    }

    fn older_operation(&mut self, document: &mut Tree, older: &mut Older, at: &Trail<'_>) {
        let parts = parts(document, &at.pointer());
        let has_parts = !parts.is_empty();
        let Some((value, node)) = document.at_mut(&at.pointer()) else {
            return;
        };
        let mut operation = Cursor::new(value, node);
        let is_moved = self.request(&mut operation, parts, &older.consumes, at);
        older.is_used |= is_moved;
        older.is_left |= has_parts && !is_moved;
        let own = texts(operation.value, "produces");
        let types = if own.is_empty() {
            &older.produces
        } else {
            &own
        };
        if let Some(mut responses) = operation.member("responses")
            && self.older_responses(&mut responses, types, &at.key("responses"))
        {
            operation.drop("produces");
            older.is_used = true;
        }
    }

    /// Makes a body of the parameters that describe one. Returns whether there are any.
    fn request(
        &mut self,
        operation: &mut Cursor<'_>,
        mut parts: Vec<Part>,
        consumes: &[String],
        at: &Trail<'_>,
    ) -> bool {
        // Of two bodies, none is clearly meant.
        let is_several = parts.len() > 1 && parts.iter().any(Part::is_body);
        if parts.is_empty() || is_several || operation.has("requestBody") {
            return false;
        }
        let own = texts(operation.value, "consumes");
        let types = if own.is_empty() { consumes } else { &own };
        operation.drop("consumes");
        if let Some(mut list) = operation.member("parameters") {
            let at = at.key("parameters");
            for part in parts.iter().rev() {
                let place = list.set_aside(part.index);
                let field = if part.is_body() {
                    "in: body"
                } else {
                    "in: formData"
                };
                self.report(MendFault::Older { field }, &at.index(place).key("in"));
            }
        }
        let body = match parts.iter().position(Part::is_body) {
            Some(index) => whole_body(parts.swap_remove(index).parameter, types),
            None => self.form(parts, types, at),
        };
        operation.put("requestBody", body);
        true
    }

    /// The body whose fields are these.
    fn form(&mut self, parts: Vec<Part>, types: &[String], at: &Trail<'_>) -> Branch {
        let like = parts[0].parameter.node.clone();
        let has_file = parts.iter().any(|it| it.parameter.value["type"] == "file");
        let is_usable = |it: &&String| is_multipart_form(it) || (is_form(it) && !has_file);
        let mut types: Vec<String> = types.iter().filter(is_usable).cloned().collect();
        if types.is_empty() {
            types.push(if has_file { MULTIPART } else { FORM }.to_owned());
        }
        let mut schema = Branch::object(&like);
        let mut properties = Branch::object(&like);
        let mut required: Vec<Value> = Vec::new();
        let mut encoding = Map::new();
        for Part { mut parameter, .. } in parts {
            let mut field = parameter.cursor();
            let name = field.text("name").unwrap_or_default().trim().to_owned();
            if field.get("required") == Some(&Value::Bool(true)) {
                required.push(name.clone().into());
            }
            if let Some(own) = self.field_encoding(&mut field, at) {
                encoding.insert(name.clone(), own);
            }
            properties.cursor().put(&name, schema_of(parameter));
        }
        let is_required = !required.is_empty();
        schema.cursor().set("type", "object", "type");
        schema.cursor().put("properties", properties);
        if is_required {
            schema.cursor().set("required", required, "required");
        }
        let mut media_type = media_type(schema);
        if !encoding.is_empty() {
            media_type.cursor().set("encoding", encoding, "encoding");
        }
        let mut body = Branch::object(&like);
        body.cursor().set("required", is_required, "required");
        body.cursor().put("content", content(&types, &media_type));
        body
    }

    /// How the items of a field are separated, if it is a list.
    fn field_encoding(&mut self, field: &mut Cursor<'_>, at: &Trail<'_>) -> Option<Value> {
        let format = field.drop("collectionFormat");
        if field.text("type") != Some("array") {
            return None;
        }
        let format = format.unwrap_or_else(|| "csv".into());
        if let Some((style, explode)) = separated(&format, "query") {
            return Some(json!({"style": style, "explode": explode}));
        }
        let format = format.to_string();
        self.report(MendFault::Delimiter { format }, &at.key("parameters"));
        None
    }

    /// Moves the schemas of responses into their content. Returns whether there are any.
    fn older_responses(
        &mut self,
        responses: &mut Cursor<'_>,
        types: &[String],
        at: &Trail<'_>,
    ) -> bool {
        let members = responses.value.as_object().into_iter().flatten();
        let older = members.filter(|(_, it)| is_older_response(it));
        let older: Vec<String> = older.map(|(key, _)| key.clone()).collect();
        for key in &older {
            let mut response = responses.member(key);
            let schema = response.as_mut().and_then(|it| it.take("schema"));
            let (Some(mut response), Some(mut schema)) = (response, schema) else {
                continue;
            };
            let assumed = match schema.value["type"] == "file" {
                true => [BYTES.to_owned()],
                false => [JSON.to_owned()],
            };
            let types = if types.is_empty() { &assumed } else { types };
            read_file(&mut schema.cursor());
            response.put("content", content(types, &media_type(schema)));
            let field = "schema";
            self.report(MendFault::Older { field }, &at.key(key).key(field));
        }
        !older.is_empty()
    }
}

/// The operations that may have something of Swagger 2.0: their paths and methods.
fn older_operations(document: &Value) -> Vec<(String, &'static str)> {
    let shared = document.pointer("/components/parameters");
    let shared = shared.and_then(Value::as_object);
    let is_part_shared = shared.is_some_and(|it| it.values().any(is_part));
    let older = operations(document).filter(|OperationEntry { operation, .. }| {
        let parameters = operation.get("parameters").and_then(Value::as_array);
        let responses = operation.get("responses").and_then(Value::as_object);
        let is_part = |it: &Value| is_part(it) || (is_part_shared && it.get("$ref").is_some());
        let has_part = || parameters.is_some_and(|it| it.iter().any(is_part));
        let has_older = || responses.is_some_and(|it| it.values().any(is_older_response));
        has_part() || has_older()
    });
    older.map(|it| (it.path.clone(), it.method)).collect()
}

/// Whether a response has its schema outside of a content.
fn is_older_response(response: &Value) -> bool {
    response.get("schema").is_some() && response.get("content").is_none()
}

/// Whether a parameter is a body, or a field of a form.
fn is_part(parameter: &Value) -> bool {
    parameter["in"] == "body" || parameter["in"] == "formData"
}

/// The parameters of an operation that describe its body.
fn parts(document: &Tree, operation: &Pointer) -> Vec<Part> {
    let list = operation.key("parameters");
    let parameters = list.value(&document.value).and_then(Value::as_array);
    let count = parameters.map_or(0, Vec::len);
    let part = |index| {
        let at = followed(document, list.index(index))?;
        let value = at.value(&document.value)?;
        let named = value["in"] == "body" || value["name"].is_string();
        (is_part(value) && named).then(|| Part {
            index,
            parameter: Branch {
                value: value.clone(),
                node: document.places.find(&at).to_node(),
            },
        })
    };
    (0..count).filter_map(part).collect()
}

/// Removes the parameters of `components` that describe bodies.
fn drop_parts(root: &mut Cursor<'_>) {
    let mut components = root.member("components");
    let shared = components.as_mut().and_then(|it| it.member("parameters"));
    if let Some(mut shared) = shared {
        for key in shared.keys() {
            if shared.get(&key).is_some_and(is_part) {
                shared.drop(&key);
            }
        }
    }
}

/// The body that a parameter with `in: body` describes.
fn whole_body(mut parameter: Branch, types: &[String]) -> Branch {
    let mut body = Branch::object(&parameter.node);
    let mut fields = parameter.cursor();
    for field in ["description", "required"] {
        if let Some(value) = fields.take(field) {
            body.cursor().put(field, value);
        }
    }
    // A form has fields.
    let is_whole = |it: &&String| !is_form(it) && !is_multipart_form(it);
    let mut types: Vec<String> = types.iter().filter(is_whole).cloned().collect();
    if types.is_empty() {
        types.push(JSON.to_owned());
    }
    let media_type = media_type(schema_of(parameter));
    body.cursor().put("content", content(&types, &media_type));
    body
}

/// The schema of a parameter's value.
fn schema_of(mut parameter: Branch) -> Branch {
    let mut fields = parameter.cursor();
    let is_described = fields.has("schema");
    let description = fields.take("description");
    describe(&mut fields, is_described);
    let schema = fields.take("schema");
    let mut schema = schema.unwrap_or_else(|| Branch::object(&parameter.node));
    if let Some(description) = description.filter(|_| schema.value.get("$ref").is_none()) {
        schema.cursor().put("description", description);
    }
    read_file(&mut schema.cursor());
    schema
}

/// Expresses the type `file` of Swagger 2.0.
fn read_file(schema: &mut Cursor<'_>) {
    if schema.text("type") == Some("file") {
        schema.set("type", "string", "type");
        schema.set("format", "binary", "type");
    }
}

fn media_type(schema: Branch) -> Branch {
    let mut media_type = Branch::object(&schema.node);
    media_type.cursor().put("schema", schema);
    media_type
}

/// A content of JSON, if that is one of these media types, or else of each of them.
fn content(types: &[String], media_type: &Branch) -> Branch {
    let json = types.iter().find(|it| is_json(it));
    let names = json.map_or(types, std::slice::from_ref);
    let mut content = Branch::object(&media_type.node);
    for name in names {
        content.cursor().put(name, media_type.clone());
    }
    content
}

/// The texts of a list.
fn texts(owner: &Value, field: &str) -> Vec<String> {
    let list = owner.get(field).and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
