//! Turns the fields of a document that Swagger 2.0 has in the place of `servers` and `securitySchemes` into those.

use serde_json::{Value, json};

use super::Mender;
use super::fault::MendFault;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor, Tree};

/// The sections of `components` that a document has at its top by mistake, and that nothing else there is called.
const SECTIONS: [&str; 3] = ["schemas", "requestBodies", "securitySchemes"];

impl Mender {
    /// Moves sections of `components` into them that are beside them: YAML that is not indented far enough.
    pub(super) fn misplaced_sections(&mut self, document: &mut Tree) {
        let mut document = document.cursor();
        let root = Trail::root();
        for field in SECTIONS {
            let components = document.get("components");
            let is_fit = components.is_none_or(|it| it.is_object() && it.get(field).is_none());
            if !is_fit || !document.get(field).is_some_and(Value::is_object) {
                continue;
            }
            if let Some(section) = document.take(field) {
                put_component(&mut document, field, section);
                let fault = MendFault::Misplaced {
                    field: field.to_owned(),
                    place: "`components`",
                };
                self.report(fault, &root.key(field));
            }
        }
    }

    /// Turns `host`, `basePath` and `schemes` into a server, and `securityDefinitions` into security schemes, if the
    /// document has none of its own.
    pub(super) fn older_document(&mut self, document: &mut Cursor<'_>, at: &Trail<'_>) {
        let field = ["host", "basePath"].into_iter().find(|it| document.has(it));
        if let Some(field) = field.filter(|_| !document.has("servers")) {
            let url = older_server(document);
            document.set("servers", json!([{"url": url}]), field);
            for field in ["host", "basePath", "schemes"] {
                document.drop(field);
            }
            self.report(MendFault::Older { field }, &at.key(field));
        }
        let field = "securityDefinitions";
        let components = document.get("components");
        let has_own = components.is_some_and(|it| it.get("securitySchemes").is_some());
        if has_own || !document.get(field).is_some_and(Value::is_object) {
            return;
        }
        if let Some(schemes) = document.take(field) {
            put_component(document, "securitySchemes", schemes);
            self.report(MendFault::Older { field }, &at.key(field));
        }
    }
}

/// Puts a section into `components`.
fn put_component(document: &mut Cursor<'_>, section: &str, value: Branch) {
    if !document.has("components") {
        document.put("components", Branch::object(&value.node));
    }
    if let Some(mut components) = document.member("components") {
        components.put(section, value);
    }
}

/// The URL of the server. Without `schemes`, it is encrypted.
fn older_server(document: &Cursor<'_>) -> String {
    let schemes = document.get("schemes").and_then(Value::as_array);
    let mut schemes = schemes.into_iter().flatten().filter_map(Value::as_str);
    let is_plain = schemes.clone().any(|it| it == "http") && !schemes.any(|it| it == "https");
    let scheme = if is_plain { "http" } else { "https" };
    let path = document.text("basePath").unwrap_or_default();
    let path = path.trim_matches('/');
    match document.text("host") {
        Some(host) => format!("{scheme}://{host}/{path}")
            .trim_end_matches('/')
            .to_owned(),
        None => format!("/{path}"),
    }
}
