//! Makes a response for a mock where the document has no example: with the fields that every response has, and those
//! whose schemas have an example.

use crate::api::{
    Api, Encoding, Field, Json, OperationIndex, Presence, ResponseKind, Scalar, SchemaId, Shape,
    Type, TypeId, Union, Use,
};

/// The maximum number of values in a response.
const MAX_VALUES: usize = 500;

/// The text of a string without an example.
const TEXT: &str = "text";

/// Makes a small body of a response. Returns `None` if an empty body suffices, or if no small body fits.
pub(super) fn minimal(api: &Api, index: OperationIndex) -> Option<Json> {
    let result = &api.operation(index).result;
    let payload = match result {
        ResponseKind::Value(payload) => payload,
        // The one of the first status.
        ResponseKind::OneOf(alternatives) => alternatives.first()?.payload.as_ref()?,
        ResponseKind::Nothing | ResponseKind::Page { .. } => return None,
    };
    let is_json = payload.encoding == Encoding::Json;
    if !is_json || is_empty_enough(api, payload.value.schema) {
        return None;
    }
    let mut values = Values {
        api,
        around: Vec::new(),
        left: MAX_VALUES,
    };
    values.value(&payload.value, TEXT)
}

/// Whether `{}` or `[]` is a value of a schema.
fn is_empty_enough(api: &Api, schema: SchemaId) -> bool {
    match api.ty(schema) {
        Type::Any | Type::List(_) | Type::Map(_) => true,
        Type::Scalar(_) => false,
        Type::Named(id) => match &api.type_definition(*id).shape {
            Shape::Object(object) => object
                .fields
                .iter()
                .all(|it| it.presence != Presence::Required),
            Shape::Enumeration(_) | Shape::Union(_) => false,
        },
    }
}

/// Makes values.
struct Values<'a> {
    api: &'a Api,
    /// The types that the value is in. None is made inside of itself.
    around: Vec<TypeId>,
    left: usize,
}

impl Values<'_> {
    /// Makes a value, whose key may be its text.
    fn value(&mut self, of: &Use, key: &str) -> Option<Json> {
        self.left = self.left.checked_sub(1)?;
        let schema = self.api.schema(of.schema);
        match &schema.ty {
            Type::Scalar(scalar) => Some(match schema.example.as_ref() {
                Some(example) if scalar.fitted(example).is_some() => example.clone(),
                Some(_) | None => plain(*scalar, key),
            }),
            Type::Any => Some(Json::Object(serde_json::Map::new())),
            Type::List(item) => Some(Json::Array(self.value(item, key).into_iter().collect())),
            Type::Map(_) => Some(Json::Object(serde_json::Map::new())),
            Type::Named(id) => self.named(*id, schema.example.as_ref()),
        }
    }

    fn named(&mut self, id: TypeId, example: Option<&Json>) -> Option<Json> {
        if self.around.contains(&id) {
            return None;
        }
        self.around.push(id);
        let api = self.api;
        let made = match &api.type_definition(id).shape {
            Shape::Object(object) => self.object(&object.fields),
            Shape::Enumeration(values) => {
                let shown = example.and_then(Json::as_str);
                let shown = values.iter().find(|it| Some(it.text.as_str()) == shown);
                shown
                    .or(values.first())
                    .map(|it| Json::from(it.text.as_str()))
            }
            Shape::Union(union) => self.union(union),
        };
        self.around.pop();
        made
    }

    fn object(&mut self, fields: &[Field]) -> Option<Json> {
        let mut members = serde_json::Map::new();
        for field in fields {
            let schema = self.api.schema(field.value.schema);
            if !schema.marks.direction().is_received() {
                continue;
            }
            let is_required = field.presence == Presence::Required;
            let scalar = schema.ty.scalar().zip(schema.example.as_ref());
            let has_example = scalar.is_some_and(|(it, example)| it.fitted(example).is_some());
            if is_required || has_example {
                let value = self.value(&field.value, &field.wire_name)?;
                members.insert(field.wire_name.clone(), value);
            }
        }
        Some(Json::Object(members))
    }

    /// Makes the first variant that there can be, with the tag that selects it.
    fn union(&mut self, union: &Union) -> Option<Json> {
        union.variants.iter().find_map(|variant| {
            let mut made = self.value(&variant.value, TEXT)?;
            if let (Some(tag), Some(value)) = (&union.tag, variant.tags.first())
                && let Json::Object(members) = &mut made
            {
                members.insert(tag.clone(), value.as_str().into());
            }
            Some(made)
        })
    }
}

/// A value of a scalar without an example.
fn plain(scalar: Scalar, key: &str) -> Json {
    match scalar {
        Scalar::String => key.into(),
        Scalar::Boolean => true.into(),
        Scalar::Integer | Scalar::Int32 | Scalar::Uint32 | Scalar::Uint64 => 1.into(),
        Scalar::Float | Scalar::Decimal => 1.5.into(),
        Scalar::DateTime => "2026-01-31T08:00:00Z".into(),
        Scalar::DateTimeRfc2822 => "Sat, 31 Jan 2026 08:00:00 +0000".into(),
        Scalar::Date => "2026-01-31".into(),
        Scalar::Base64 => "aGVsbG8=".into(),
    }
}
