//! Finds the values that new objects have, so that callers need not know them.
//!
//! A `discriminator` says which value of a property selects which schema (OpenAPI 3.0.4, Discriminator Object).
//! Alternatives without one often have a property with one possible value instead. If one value selects an object's type,
//! no other is right in a request. The same holds for other constants, and a default of a property that must be present is
//! the best that a new object can have.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::Discriminator;

use super::Lowering;
use crate::api::{Api, Field, Scalar, Shape, Type, TypeId, Union};

/// What one discriminator says of a component.
pub(super) struct ComponentTags<'a> {
    component: &'a str,
    property: String,
    /// The values that its mapping has for it; if there are none, its name.
    tags: Vec<String>,
}

/// What one discriminator says of a type.
pub(super) struct TypeTags {
    id: TypeId,
    property: String,
    tags: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// Remembers which values of a discriminator select the components that it tells apart: those of its mapping, and
    /// these alternatives.
    pub(super) fn claim(&mut self, discriminator: &Discriminator, alternatives: &[&'a str]) {
        let mut tags: IndexMap<&str, Vec<String>> = IndexMap::new();
        for (tag, target) in &discriminator.mapping {
            if let Some(component) = self.hierarchy.component(target) {
                tags.entry(component).or_default().push(tag.clone());
            }
        }
        for component in alternatives {
            tags.entry(component).or_default();
        }
        for (component, mut tags) in tags {
            let usual = self.hierarchy.usual_tag(component);
            if tags.is_empty() && !discriminator.mapping.contains_key(&usual) {
                tags.push(usual);
            }
            self.component_tags.push(ComponentTags {
                component,
                property: discriminator.property_name.clone(),
                tags,
            });
        }
    }

    /// What the discriminators say of types, once all types are known.
    pub(super) fn type_tags(&mut self) -> Vec<TypeTags> {
        let claims = std::mem::take(&mut self.component_tags).into_iter();
        let claims = claims.filter_map(|it| {
            Some(TypeTags {
                id: self.ty(self.component_value(it.component)?).named()?,
                property: it.property,
                tags: it.tags,
            })
        });
        claims.collect()
    }
}

/// Sets the values of fields that know the type of their object, and of those that must be present.
pub(super) fn set(api: &mut Api, claims: &[TypeTags]) {
    set_tags(api, claims);
    set_required(api);
}

/// Sets the values by which unions and base schemas know types. All discriminators and constants must agree.
fn set_tags(api: &mut Api, claims: &[TypeTags]) {
    let mut found: BTreeMap<(TypeId, &str), BTreeSet<Option<String>>> = BTreeMap::new();
    for it in claims {
        let place = found.entry((it.id, &it.property)).or_default();
        place.insert(only_tag(api, it));
    }
    let constants: Vec<(TypeId, String, String)> = api
        .types
        .iter()
        .flat_map(|it| match &it.shape {
            Shape::Union(union) => telling_constants(api, union),
            Shape::Object(_) | Shape::Enumeration(_) => Vec::new(),
        })
        .collect();
    for (id, property, value) in &constants {
        let place = found.entry((*id, property)).or_default();
        place.insert(Some(value.clone()));
    }
    let found: Vec<(TypeId, String, String)> = found
        .into_iter()
        .filter_map(|((id, property), tags)| {
            let mut tags = tags.into_iter();
            let (Some(tag), None) = (tags.next()?, tags.next()) else {
                return None;
            };
            Some((id, property.to_owned(), tag))
        })
        .collect();
    for (id, property, tag) in found {
        let fields = api.types[id.0].shape.fields_mut().into_iter().flatten();
        for field in fields.filter(|it| it.wire_name == property) {
            field.initial = Some(tag.clone());
        }
    }
}

/// Sets the values of other fields that must be present: their only possible one, or their default.
fn set_required(api: &mut Api) {
    for index in 0..api.types.len() {
        let fields = api.types[index].shape.fields().iter();
        let values = fields.map(|it| {
            let is_required = it.listed && !it.value.nullable && it.initial.is_none();
            is_required.then(|| constant(api, it).or_else(|| default(api, it)))?
        });
        let values: Vec<Option<String>> = values.collect();
        let fields = api.types[index].shape.fields_mut().into_iter().flatten();
        for (field, value) in fields.zip(values) {
            field.initial = value.or(field.initial.take());
        }
    }
}

/// The default of a field, as text.
fn default(api: &Api, field: &Field) -> Option<String> {
    let schema = api.schema(field.value.schema);
    let default = schema.default.as_ref()?;
    let is_text = match &schema.ty {
        Type::Scalar(scalar) => *scalar == Scalar::String,
        Type::Named(_) => true,
        Type::Any | Type::List(_) | Type::Map(_) => return None,
    };
    let text = match default.as_str() {
        Some(text) if is_text => text.to_owned(),
        None if !is_text => default.to_string(),
        Some(_) | None => return None,
    };
    is_possible(api, field, &text).then_some(text)
}

/// The only value of a discriminator that selects a type and that its property may have.
fn only_tag(api: &Api, claim: &TypeTags) -> Option<String> {
    let field = field(api, claim.id, &claim.property)?;
    let mut possible = claim.tags.iter().filter(|it| is_possible(api, field, it));
    match (possible.next(), possible.next()) {
        (Some(only), None) => Some(only.clone()),
        (None | Some(_), _) => None,
    }
}

/// Whether a text, or the number or Boolean that it spells, is a value of a field.
fn is_possible(api: &Api, field: &Field, text: &str) -> bool {
    let schema = api.schema(field.value.schema);
    let listed = &schema.bounds.values;
    let is_listed = listed.is_empty() || listed.iter().any(|it| *it.to_string() == *text);
    match &schema.ty {
        Type::Scalar(Scalar::String) => true,
        Type::Scalar(Scalar::Boolean) => is_listed && text.parse::<bool>().is_ok(),
        Type::Scalar(scalar) => {
            let number = text.parse::<i64>().ok().map(i128::from);
            let range = scalar.whole_range();
            let is_in = range
                .zip(number)
                .is_some_and(|((least, most), it)| (least..=most).contains(&it));
            is_listed && is_in
        }
        Type::Named(id) => {
            let values = api.type_definition(*id).shape.values();
            values.is_some_and(|it| it.iter().any(|value| value.text == text))
        }
        Type::Any | Type::List(_) | Type::Map(_) => false,
    }
}

/// The constants by which the alternatives of a union can be told apart: those of its tag property; if it has none, of
/// all properties with different constants. Each with its type and property.
fn telling_constants(api: &Api, union: &Union) -> Vec<(TypeId, String, String)> {
    let mut constants: IndexMap<&str, Vec<(TypeId, String)>> = IndexMap::new();
    for variant in &union.variants {
        let Some(id) = api.ty(variant.value.schema).named() else {
            continue;
        };
        for field in api.type_definition(id).shape.fields() {
            let is_tag = union.tag.as_ref().is_none_or(|tag| *tag == field.wire_name);
            if let Some(value) = constant(api, field).filter(|_| is_tag) {
                let known = constants.entry(&field.wire_name).or_default();
                known.push((id, value));
            }
        }
    }
    constants.retain(|_, found| {
        let values: BTreeSet<&str> = found.iter().map(|(_, value)| value.as_str()).collect();
        values.len() == found.len() && (union.tag.is_some() || found.len() > 1)
    });
    let found = constants.into_iter().flat_map(|(property, found)| {
        let owned = |(id, value): (TypeId, String)| (id, property.to_owned(), value);
        found.into_iter().map(owned)
    });
    found.collect()
}

/// The only value that a field may have, as text.
fn constant(api: &Api, field: &Field) -> Option<String> {
    let schema = api.schema(field.value.schema);
    if schema.bounds.is_open {
        return None;
    }
    let text = match &schema.ty {
        Type::Named(id) => match api.type_definition(*id).shape.values()? {
            [only] => only.text.clone(),
            [] | [_, _, ..] => return None,
        },
        Type::Scalar(_) => match schema.bounds.values.as_slice() {
            [only] => only.to_string(),
            [] | [_, _, ..] => return None,
        },
        Type::Any if schema.bounds.is_object && schema.bounds.max_properties == Some(0) => {
            return Some(Field::EMPTY_OBJECT.to_owned());
        }
        Type::Any | Type::List(_) | Type::Map(_) => return None,
    };
    is_possible(api, field, &text).then_some(text)
}

fn field<'a>(api: &'a Api, id: TypeId, wire_name: &str) -> Option<&'a Field> {
    let mut fields = api.type_definition(id).shape.fields().iter();
    fields.find(|it| it.wire_name == wire_name)
}

#[cfg(test)]
mod tests {
    use crate::source::SourceFile;

    /// The tags of the fields of components, as `type.field=tag`, given the components and the discriminator of a union of
    /// `cat` and `dog`.
    fn tags(discriminator: &str, components: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: Zoo, version: '1'}}\nservers: [{{url: 'https://zoo.example.com'}}]\npaths:\n  \
             /pets:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{oneOf: [{{$ref: \
             '#/components/schemas/cat'}}, {{$ref: '#/components/schemas/dog'}}]{discriminator}}}}}}}}}\n      \
             responses: {{'204': {{description: ok}}}}\ncomponents:\n  schemas:\n{components}"
        );
        let path = "zoo.yaml".to_owned();
        let (apis, report) = crate::read(&[SourceFile { path, text }]);
        assert!(!report.has_errors(), "{report}");
        let types = apis[0].types.iter();
        let tags = types.flat_map(|it| {
            let fields = it.shape.fields().iter();
            fields.filter_map(|field| {
                let tag = field.initial.as_deref()?;
                Some(format!("{}.{}={tag}", it.name, field.wire_name))
            })
        });
        tags.collect()
    }

    const KINDS: &str = "    cat: {type: object, properties: {kind: {type: string}, is: {type: string}}}\n    \
                         dog: {type: object, properties: {kind: {type: string}, is: {type: string}}}\n";

    #[test]
    fn names_of_components_are_tags_where_no_mapping_has_another() {
        let of =
            |discriminator: &str| tags(&format!(", discriminator: {{{discriminator}}}"), KINDS);
        assert_eq!(of("propertyName: kind"), ["cat.kind=cat", "dog.kind=dog"]);
        assert_eq!(
            of("propertyName: kind, mapping: {c: cat}"),
            ["cat.kind=c", "dog.kind=dog"]
        );
        // Two values, and a name that stands for another component.
        assert_eq!(
            of("propertyName: kind, mapping: {c: cat, d: cat}"),
            ["dog.kind=dog"]
        );
        assert_eq!(
            of("propertyName: kind, mapping: {dog: cat}"),
            ["cat.kind=dog"]
        );
        assert_eq!(tags("", KINDS), [""; 0]);
    }

    #[test]
    fn a_tag_is_a_possible_value_of_its_property() {
        let of = |values: &str| {
            let components =
                KINDS.replacen("kind: {type: string}", &format!("kind: {{{values}}}"), 1);
            let mapping = "mapping: {a: cat, b: cat}";
            let discriminator = format!(", discriminator: {{propertyName: kind, {mapping}}}");
            tags(&discriminator, &components)
        };
        assert_eq!(
            of("type: string, enum: [a, x]"),
            ["cat.kind=a", "dog.kind=dog"]
        );
        assert_eq!(of("type: string, enum: [x, y]"), ["dog.kind=dog"]);
        assert_eq!(of("type: integer"), ["dog.kind=dog"]);
        let number = "kind: {type: integer, minimum: 0}";
        let components = KINDS.replacen("kind: {type: string}", number, 1);
        let discriminator = ", discriminator: {propertyName: kind, mapping: {'7': cat, x: dog}}";
        assert_eq!(
            tags(discriminator, &components),
            ["cat.kind=7", "dog.kind=x"]
        );
    }

    #[test]
    fn constants_are_tags_if_they_tell_alternatives_apart() {
        let of = |cat: &str, dog: &str| {
            let components =
                KINDS.replacen("is: {type: string}", &format!("is: {{enum: [{cat}]}}"), 1);
            let components =
                components.replacen("is: {type: string}", &format!("is: {{enum: [{dog}]}}"), 1);
            tags("", &components)
        };
        assert_eq!(of("a", "b"), ["cat.is=a", "dog.is=b"]);
        assert_eq!(of("1", "2"), ["cat.is=1", "dog.is=2"]);
        assert_eq!(of("true", "false"), ["cat.is=true", "dog.is=false"]);
        assert_eq!(of("0.5", "1.5"), [""; 0]);
        assert_eq!(of("a", "a"), [""; 0]);
        assert_eq!(of("a", "b, c"), [""; 0]);
    }

    #[test]
    fn what_must_be_present_has_its_only_value_or_its_default() {
        let of = |schema: &str| {
            let cat = format!(
                "    cat: {{type: object, required: [kind], properties: {{kind: {{{schema}}}}}}}\n"
            );
            tags("", &format!("{cat}    dog: {{type: object}}\n"))
        };
        assert_eq!(of("enum: [a]"), ["cat.kind=a"]);
        assert_eq!(of("type: string, default: b"), ["cat.kind=b"]);
        assert_eq!(
            of("type: integer, format: int32, default: 7"),
            ["cat.kind=7"]
        );
        assert_eq!(of("type: boolean, default: true"), ["cat.kind=true"]);
        let empty = "type: object, additionalProperties: false";
        assert_eq!(of(empty), ["cat.kind={}"]);
        // No values of their types, and lists, which callers give.
        assert_eq!(of("enum: [a, b], default: c"), [""; 0]);
        assert_eq!(
            of("type: integer, format: int32, default: 3000000000"),
            [""; 0]
        );
        assert_eq!(
            of("type: array, items: {type: string}, default: [a]"),
            [""; 0]
        );
        assert_eq!(of("enum: [a], nullable: true"), [""; 0]);
        assert_eq!(
            of("anyOf: [{type: string}, {type: string, enum: [a]}]"),
            [""; 0]
        );
    }

    #[test]
    fn discriminators_that_disagree_leave_the_value_to_callers() {
        let other = "    pet: {oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/dog'}], \
                     discriminator: {propertyName: kind, mapping: {x: cat}}}\n";
        let components = format!("{KINDS}{other}");
        assert_eq!(
            tags(", discriminator: {propertyName: kind}", &components),
            ["dog.kind=dog"]
        );
    }
}
