//! Plans how the types of a union are told apart.

use super::{JsonKind, JsonShape};
use crate::api::{Api, Field, Object, Presence, Scalar, Shape, Type, TypeId, Use, Variant};

/// How many shapes of unions inside a union looks at. Beyond it, only the order of its types decides.
const MAX_INNER: usize = 200;

/// How to recognize JSON of each type of a union.
pub(super) fn all(api: &Api, id: TypeId) -> Vec<JsonShape> {
    let mut inside = Inside {
        api,
        around: Vec::new(),
        left: MAX_INNER,
    };
    let mut shapes = inside.shapes(id).1;
    forget_told_apart(shapes.iter_mut().collect());
    shapes
}

/// How to recognize JSON of an alternative's type, regardless of the types inside of it.
pub(super) fn alone(api: &Api, variant: &Variant) -> JsonShape {
    shape(api, &variant.value, &variant.tags)
}

/// The shapes of types in unions.
struct Inside<'a> {
    api: &'a Api,
    /// The unions around the current one, which may be in itself.
    around: Vec<TypeId>,
    /// How many more shapes may be added.
    left: usize,
}

impl Inside<'_> {
    /// The tag property of a union, and the shapes of its types.
    fn shapes(&mut self, id: TypeId) -> (Option<String>, Vec<JsonShape>) {
        let Shape::Union(union) = &self.api.type_definition(id).shape else {
            return (None, Vec::new());
        };
        self.around.push(id);
        let variants = union.variants.iter();
        let mut shapes: Vec<JsonShape> = variants.map(|it| alone(self.api, it)).collect();
        for (shape, variant) in shapes.iter_mut().zip(&union.variants) {
            match self.api.ty(variant.value.schema) {
                Type::List(item) => self.item(shape, item),
                Type::Named(inner) if shape.tags.is_empty() => self.union_in(shape, *inner),
                Type::Named(_) => {} // The tag decides.
                Type::Scalar(_) | Type::Any | Type::Map(_) => {}
            }
        }
        self.around.pop();
        (union.tag.clone(), shapes)
    }

    /// Adds the shapes of a union inside to that of a value.
    fn union_in(&mut self, shape: &mut JsonShape, id: TypeId) {
        if self.around.contains(&id) {
            return;
        }
        let count = self.api.type_definition(id).shape.variants().len();
        if let Some(left) = self.left.checked_sub(count) {
            self.left = left;
            (shape.inner_tag, shape.inner) = self.shapes(id);
        }
    }

    /// Adds the shape of the items to that of a list.
    fn item(&mut self, list: &mut JsonShape, item: &Use) {
        let mut shape = shape(self.api, item, &[]);
        match self.api.ty(item.schema) {
            Type::Named(id) => self.union_in(&mut shape, *id),
            Type::List(inner) => self.item(&mut shape, inner),
            Type::Scalar(_) | Type::Any | Type::Map(_) => {}
        }
        list.inner = vec![shape];
    }
}

/// Removes what no decision needs: the kind of JSON tells a single list from the others, and a single text.
fn forget_told_apart(shapes: Vec<&mut JsonShape>) {
    let (mut lists, mut texts) = (Vec::new(), Vec::new());
    let mut open = shapes;
    while let Some(shape) = open.pop() {
        match shape.kind {
            JsonKind::List => lists.push(shape),
            JsonKind::String => texts.push(shape),
            JsonKind::Any => open.extend(&mut shape.inner),
            JsonKind::Boolean | JsonKind::Integer | JsonKind::Number => {}
            JsonKind::Object | JsonKind::Tagged => {}
        }
    }
    match lists.as_mut_slice() {
        [] => {}
        [only] => only.inner.clear(),
        [_, _, ..] => {
            let items = lists.into_iter().flat_map(|it| &mut it.inner);
            forget_told_apart(items.collect());
        }
    }
    if let [only] = texts.as_mut_slice() {
        only.known.clear();
    }
}

/// How to recognize JSON of a type, regardless of the types inside of it.
fn shape(api: &Api, value: &Use, tags: &[String]) -> JsonShape {
    let kind_of = |kind| JsonShape::of(kind, tags.to_vec());
    match api.ty(value.schema) {
        Type::Scalar(scalar) => kind_of(match scalar {
            Scalar::Boolean => JsonKind::Boolean,
            Scalar::Integer | Scalar::Int32 => JsonKind::Integer,
            Scalar::Uint32 | Scalar::Uint64 => JsonKind::Integer,
            Scalar::Decimal | Scalar::Float => JsonKind::Number,
            Scalar::String | Scalar::DateTime => JsonKind::String,
            Scalar::DateTimeRfc2822 | Scalar::Date | Scalar::Base64 => JsonKind::String,
        }),
        Type::Any if api.schema(value.schema).bounds.is_object => kind_of(JsonKind::Object),
        Type::Any => kind_of(JsonKind::Any),
        Type::List(_) => kind_of(JsonKind::List),
        Type::Map(_) => kind_of(JsonKind::Object),
        Type::Named(id) => match &api.type_definition(*id).shape {
            Shape::Enumeration(values) => JsonShape {
                known: values.iter().map(|it| it.text.clone()).collect(),
                ..kind_of(JsonKind::String)
            },
            Shape::Union(_) => kind_of(JsonKind::Any),
            Shape::Object(Object { fields, .. }) => JsonShape {
                constants: fields.iter().filter_map(|it| constant(api, it)).collect(),
                required: (fields.iter().filter(|it| it.presence == Presence::Required))
                    .map(|it| it.wire_name.clone())
                    .collect(),
                known: fields.iter().map(|it| it.wire_name.clone()).collect(),
                ..kind_of(JsonKind::Object)
            },
        },
    }
}

/// The only value that a field may have.
fn constant(api: &Api, field: &Field) -> Option<(String, String)> {
    let id = api.ty(field.value.schema).named()?;
    match api.type_definition(id).shape.values()? {
        [only] => Some((field.wire_name.clone(), only.text.clone())),
        [] | [_, _, ..] => None,
    }
}
