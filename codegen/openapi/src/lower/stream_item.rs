//! Lowers what a stream consists of: the type of the data of each event, or of each line.

use indexmap::IndexMap;

use super::content::Content;
use super::context::Context;
use super::keywords::Keywords;
use super::view::{SchemaPart, SchemaRef, View};
use super::{Lowering, resolve, simplify};
use crate::api::{StreamItem, Use};
use crate::media_type::{is_event_stream, is_lines};
use crate::pointer::Pointer;

/// The fields of an event (WHATWG HTML, "Server-sent events").
const FIELDS_OF_EVENTS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

impl<'a> Lowering<'a> {
    /// What a stream consists of, if the document describes objects. A schema of a list describes the whole stream, and
    /// any other one of its items. An object with the fields of an event describes its text, not its data.
    pub(super) fn stream_item(
        &mut self,
        at: &Pointer,
        content: &Content<'a>,
        context: &Context<'_>,
    ) -> Option<StreamItem> {
        let (words, item): (_, fn(Use) -> StreamItem) = if is_event_stream(content.name) {
            ("event", StreamItem::Event)
        } else if is_lines(content.name) {
            ("line", StreamItem::Line)
        } else {
            return None;
        };
        let schema = content.media_type.schema.as_ref()?;
        let at = at.key("schema");
        let found = resolve::schema(self.spec, &at, schema)?;
        let context = context.part(words);
        let part = SchemaPart::new(found.at.clone(), SchemaRef::Inline(found.item));
        let value = match simplify::resolved(self.described(), vec![part]) {
            View::Array { .. } => {
                let items = Keywords::of(found.item).items?;
                self.once(&found.at.key("items"), |it, at| {
                    it.value(at, items, &context)
                })
            }
            view @ (View::Object(_) | View::Union(_)) if !self.is_event(&view) => {
                self.value_once(&at, schema, &context)
            }
            View::Object(_) | View::Union(_) | View::Scalar { .. } | View::Any { .. } => {
                return None;
            }
            View::Enumeration { .. } | View::Refined(_) | View::Untyped(_) => return None,
        };
        let id = self.ty(&value).named()?;
        let is_object = self.types[id.0].shape.values().is_none();
        is_object.then(|| item(value))
    }

    /// Whether an object, or one of several, has the fields of an event.
    fn is_event(&self, view: &View<'a>) -> bool {
        match view {
            View::Object(object) => has_fields_of_events(&object.properties),
            View::Union(union) => union.variants.iter().any(|parts| {
                match simplify::resolved(self.described(), parts.clone()) {
                    View::Object(object) => has_fields_of_events(&object.properties),
                    View::Scalar { .. } | View::Any { .. } | View::Enumeration { .. } => false,
                    View::Array { .. } | View::Union(_) => false,
                    View::Refined(_) | View::Untyped(_) => false,
                }
            }),
            View::Scalar { .. } | View::Any { .. } | View::Enumeration { .. } => false,
            View::Array { .. } | View::Refined(_) | View::Untyped(_) => false,
        }
    }
}

/// Whether an object has no other fields than an event, and its data.
fn has_fields_of_events<T>(properties: &IndexMap<&str, T>) -> bool {
    let mut keys = properties.keys();
    properties.contains_key("data") && keys.all(|it| FIELDS_OF_EVENTS.contains(it))
}
