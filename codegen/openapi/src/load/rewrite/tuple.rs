//! Rewrites lists: `prefixItems`, and `items` that is a boolean or missing (JSON Schema 2020-12, Core, §10.3.1).

use serde_json::{Map, Value};

use super::Rewriter;
use super::fault::RewriteFault;
use crate::pointer::Trail;
use crate::tree::{Branch, Cursor};

impl Rewriter {
    /// Rewrites the item schemas of a list.
    pub(super) fn items(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        if schema.get("items").is_some_and(Value::is_array) {
            // Drafts before 2020-12 use `items`.
            schema.rename("items", "prefixItems");
            schema.rename("additionalItems", "items");
        }
        schema.drop("additionalItems");
        if schema.has("items") {
            schema.drop("unevaluatedItems");
        } else {
            schema.rename("unevaluatedItems", "items");
        }
        if schema.get("prefixItems").is_some_and(Value::is_array) {
            self.tuple(schema, at);
        }
        let is_list = |it: &Value| {
            it == "array" || it.as_array().is_some_and(|it| it.contains(&"array".into()))
        };
        match schema.get("items") {
            Some(Value::Bool(true)) => schema.set("items", Map::new(), "items"),
            Some(Value::Bool(false)) => {
                schema.set("items", Map::new(), "items");
                schema.set("maxItems", 0, "items");
            }
            None if schema.get("type").is_some_and(is_list) => {
                schema.set("items", Map::new(), "type");
            }
            Some(_) | None => {}
        }
    }

    /// Turns a tuple into a list whose items have any of its types. If further items may be anything, it becomes a list
    /// of any JSON.
    fn tuple(&mut self, schema: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(prefix) = schema.take("prefixItems") else {
            return;
        };
        let node = prefix.node.clone();
        let first = prefix.into_elements();
        let length = first.len() as u64;
        let most = schema.get("maxItems").and_then(Value::as_u64);
        let rest = schema.take("items");
        let is_closed = most.is_some_and(|it| it <= length)
            || rest.as_ref().is_some_and(|it| it.value == false);
        let rest = rest.filter(|it| it.value.is_object());
        let what = if is_closed || rest.is_some() {
            if is_closed && most.is_none() {
                schema.set("maxItems", length, "prefixItems");
            }
            let rest = rest.filter(|_| !is_closed);
            let mut types = distinct(first.into_iter().chain(rest));
            let is_wider = types.len() > 1;
            let items = match types.pop() {
                Some(only) if !is_wider => only,
                last => any_of(types.into_iter().chain(last).collect(), &node),
            };
            schema.put("items", items);
            is_wider.then_some("each item of the list may be of any of the types")
        } else {
            schema.set("items", Map::new(), "prefixItems");
            Some("further items may be anything, so all items are any JSON")
        };
        if let Some(what) = what {
            let field = "prefixItems";
            self.report(RewriteFault::Wider { field, what }, &at.key(field));
        }
    }
}

/// Removes duplicate schemas.
fn distinct(schemas: impl Iterator<Item = Branch>) -> Vec<Branch> {
    let mut distinct: Vec<Branch> = Vec::new();
    for schema in schemas {
        if distinct.iter().all(|it| it.value != schema.value) {
            distinct.push(schema);
        }
    }
    distinct
}

/// A schema of values that match one of several.
pub(super) fn any_of(schemas: Vec<Branch>, like: &crate::tree::Node) -> Branch {
    let mut schema = Branch::object(like);
    let list = Branch::list(schemas, like);
    schema.cursor().put("anyOf", list);
    schema
}
