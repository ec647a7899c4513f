//! Plans how the runtime chooses the variant of a union.

use std::collections::{BTreeMap, BTreeSet};

use super::{JsonKind, JsonShape};
use crate::api::{Api, Field, Json, Object, Presence, Scalar, Shape, Type, TypeId, Use, Variant};

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
    let (mut lists, mut texts, mut objects) = (Vec::new(), Vec::new(), Vec::new());
    let mut open = shapes;
    while let Some(shape) = open.pop() {
        match shape.kind {
            JsonKind::List => lists.push(shape),
            JsonKind::String => texts.push(shape),
            JsonKind::Any => open.extend(&mut shape.inner),
            JsonKind::Object => objects.push(shape),
            JsonKind::Boolean | JsonKind::Integer | JsonKind::Number | JsonKind::Tagged => {}
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
    forget_common_facts(objects);
}

/// Removes what does not tell these objects apart: what they have in common, or everything if a tag does.
fn forget_common_facts(objects: Vec<&mut JsonShape>) {
    let mut known: BTreeMap<String, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for object in &objects {
        let constants = object
            .constants
            .iter()
            .map(|(key, value)| (key, std::slice::from_ref(value)));
        let listed = object
            .listed
            .iter()
            .map(|(key, values)| (key, values.as_slice()));
        for (key, values) in constants.chain(listed) {
            let lists = known.entry(key.clone()).or_default();
            lists.insert(values.iter().cloned().collect());
        }
    }
    let are_maps = objects
        .iter()
        .all(|it| it.keeps_others && it.known.is_empty());
    let are_tagged = objects.iter().all(|it| !it.tags.is_empty());
    for object in objects {
        object
            .listed
            .retain(|(key, _)| !are_tagged && known[key].len() > 1);
        object.keeps_others &= !are_tagged && !are_maps;
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
        Type::Any if api.schema(value.schema).bounds.is_object => JsonShape {
            keeps_others: true,
            ..kind_of(JsonKind::Object)
        },
        Type::Any => kind_of(JsonKind::Any),
        Type::List(_) => kind_of(JsonKind::List),
        Type::Map(_) => JsonShape {
            keeps_others: true,
            ..kind_of(JsonKind::Object)
        },
        Type::Named(id) => match &api.type_definition(*id).shape {
            Shape::Enumeration(values) => JsonShape {
                known: values.iter().map(|it| it.text.clone()).collect(),
                ..kind_of(JsonKind::String)
            },
            Shape::Union(_) => kind_of(JsonKind::Any),
            Shape::Object(object) => of_object(api, object, kind_of(JsonKind::Object)),
        },
    }
}

/// How to recognize an object by its fields.
fn of_object(api: &Api, Object { fields, rest }: &Object, bare: JsonShape) -> JsonShape {
    let mut shape = JsonShape {
        keeps_others: rest.is_some(),
        known: fields.iter().map(|it| it.wire_name.clone()).collect(),
        ..bare
    };
    for field in fields {
        let key = field.wire_name.clone();
        if field.presence == Presence::Required {
            shape.required.push(key.clone());
        }
        match values(api, field).as_slice() {
            [] => {}
            [only] => shape.constants.push((key, only.clone())),
            several => shape.listed.push((key, several.to_vec())),
        }
    }
    shape
}

/// The values that a field may have, as text; none if they are not listed, or if others are valid, too.
fn values(api: &Api, field: &Field) -> Vec<String> {
    let schema = api.schema(field.value.schema);
    match &schema.ty {
        Type::Named(_) if schema.bounds.is_open => Vec::new(),
        Type::Named(id) => {
            let values = api.type_definition(*id).shape.values().unwrap_or_default();
            values.iter().map(|it| it.text.clone()).collect()
        }
        Type::Scalar(_) => {
            let values = schema.bounds.values.iter().filter(|it| !it.is_null());
            let text = |it: &Json| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
            values.map(text).collect()
        }
        Type::Any | Type::List(_) | Type::Map(_) => Vec::new(),
    }
}
