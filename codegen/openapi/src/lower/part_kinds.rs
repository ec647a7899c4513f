//! Merges the kinds of a multipart body that is one of several objects, because its parts are set one by one.

use std::sync::LazyLock;

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};

use super::Lowering;
use super::SpecContext;
use super::simplify;
use super::view::{Additional, ObjectView, SchemaPart, SchemaRef, UnionView, View};

impl<'a> Lowering<'a> {
    /// The parts of all kinds of a body: those that all kinds must have are required. A part that two kinds describe
    /// differently is any text if both do so as texts, and else any value. A kind that is not an object may have any part.
    pub(super) fn parts_of_all_kinds(&self, union: UnionView<'a>) -> ObjectView<'a> {
        let spec = self.described();
        let mut all: Option<ObjectView<'a>> = None;
        for variant in union.variants {
            let kind = match simplify::resolved(spec, variant) {
                View::Object(object) => object,
                View::Union(union) => self.parts_of_all_kinds(union),
                View::Scalar { .. } | View::Enumeration { .. } => ObjectView::any(),
                View::Array { .. } | View::Any { .. } => ObjectView::any(),
                View::Refined(_) | View::Untyped(_) => ObjectView::any(),
            };
            all = Some(match all {
                Some(all) => either(spec, all, kind),
                None => kind,
            });
        }
        all.unwrap_or_default()
    }
}

/// The properties of two kinds of an object.
fn either<'a>(
    spec: SpecContext<'a>,
    mut all: ObjectView<'a>,
    kind: ObjectView<'a>,
) -> ObjectView<'a> {
    all.required.retain(|it| kind.required.contains(it));
    for (name, parts) in kind.properties {
        match all.properties.get_mut(name) {
            Some(known) if are_same(known, &parts) => {}
            Some(known) => {
                let are_texts = [&*known, &parts].iter().all(|it| is_text(spec, it));
                let schema = if are_texts { &TEXT } else { &ANY };
                known.truncate(1);
                known
                    .iter_mut()
                    .for_each(|it| it.schema = SchemaRef::Inline(schema));
            }
            None => {
                all.properties.insert(name, parts);
            }
        }
    }
    if let Additional::Ignored | Additional::Forbidden = all.additional {
        all.additional = kind.additional;
    }
    all
}

/// Whether schemas say the same in the same order.
fn are_same(some: &[SchemaPart<'_>], others: &[SchemaPart<'_>]) -> bool {
    let mut pairs = some.iter().zip(others);
    some.len() == others.len() && pairs.all(|(one, other)| one.schema == other.schema)
}

fn is_text(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> bool {
    match simplify::resolved(spec, parts.to_vec()) {
        View::Scalar { bounds, .. } => bounds.format.as_deref() != Some("binary"),
        View::Enumeration { .. } => true,
        View::Object(_) | View::Array { .. } | View::Refined(_) => false,
        View::Union(_) | View::Any { .. } | View::Untyped(_) => false,
    }
}

/// The schema of any value.
static ANY: LazyLock<Schema> = LazyLock::new(|| of_type(None));

/// The schema of any text.
static TEXT: LazyLock<Schema> = LazyLock::new(|| of_type(Some("string".to_owned())));

fn of_type(typ: Option<String>) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema {
            typ,
            ..AnySchema::default()
        }),
    }
}
