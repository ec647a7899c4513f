//! Lowers the annotations of schemas: everything but their shape.

use openapiv3::Schema as SpecSchema;

use crate::api::{Marks, Schema, Type};
use crate::pointer::Pointer;
use crate::vendor::Vendor;

/// Lowers everything about a schema except its type and its limits.
pub(super) fn annotations_of(vendor: Vendor, at: &Pointer, schema: &SpecSchema) -> Schema {
    let data = &schema.schema_data;
    Schema {
        doc: text(data.description.as_deref()),
        default: data.default.clone().filter(|default| !default.is_null()),
        example: data.example.clone(),
        marks: marks_of(schema),
        pii: vendor.is_pii(&data.extensions),
        deprecated: data.deprecated,
        ..Schema::of(Type::Any, at)
    }
}

/// Adds the annotations of further schemas of the same value. Their prose is used where the schema has none.
pub(super) fn annotate(vendor: Vendor, lowered: &mut Schema, annotations: &[&SpecSchema]) {
    for schema in annotations {
        let more = annotations_of(vendor, &lowered.at, schema);
        lowered.doc = lowered.doc.take().or(more.doc);
        lowered.default = lowered.default.take().or(more.default);
        lowered.example = lowered.example.take().or(more.example);
        lowered.marks = lowered.marks.and(more.marks);
        lowered.pii |= more.pii;
        lowered.deprecated |= more.deprecated;
    }
}

/// The directions that a schema itself gives for a property.
pub(super) fn marks_of(schema: &SpecSchema) -> Marks {
    let data = &schema.schema_data;
    Marks {
        read_only: data.read_only,
        write_only: data.write_only,
    }
}

/// A non-empty description.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
