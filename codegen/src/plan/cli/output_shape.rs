//! Plans how responses are shown: default columns, all fields, and which of them are personal data.

use std::collections::BTreeSet;

use super::OutputShape;
use crate::api::{Api, SchemaId, Type, TypeId};
use crate::plan::Leaf;
use crate::plan::scalar::row;
use crate::plan::viewpoint::Viewpoint;
use crate::words;

/// The most default columns of a table, and the number that is enough without fields of context.
const MOST_COLUMNS: usize = 6;
const FEWEST_COLUMNS: usize = 2;

/// The most fields that are listed, and the depth of nested objects.
const MOST_FIELDS: usize = 60;
const DEEPEST: usize = 3;

/// The shapes of a version, each with a unique name.
#[derive(Default)]
pub(super) struct Shapes {
    shapes: Vec<OutputShape>,
}

impl Shapes {
    /// Adds a type, if it is new, and returns the name of its constant.
    pub(super) fn add(&mut self, at: Viewpoint<'_>, id: TypeId) -> String {
        if let Some(known) = self.shapes.iter().find(|it| it.origin == id) {
            return known.name.clone();
        }
        let words = words::snake(at.names.ty(id).unraw()).to_uppercase();
        // The name of a type may begin with an underscore before a digit, which the words lack.
        let start = if words.starts_with(|it: char| it.is_numeric()) {
            "_"
        } else {
            ""
        };
        let mut name = format!("{start}{words}_SHAPE");
        while self.shapes.iter().any(|it| it.name == name) {
            name.push('2');
        }
        self.shapes.push(shape(at.api, id, name.clone()));
        name
    }

    pub(super) fn finish(self) -> Vec<OutputShape> {
        self.shapes
    }
}

/// Plans how objects of a type are shown.
fn shape(api: &Api, id: TypeId, name: String) -> OutputShape {
    let fields = fields(api, id);
    OutputShape {
        origin: id,
        name,
        columns: columns(&fields),
        personal: personal(api, id),
        fields: fields.into_iter().map(|it| it.path).collect(),
    }
}

/// A field with a scalar value.
struct ScalarField {
    path: String,
    is_time: bool,
}

/// Returns the scalar fields of a type and its nested objects, those of the outer object first.
fn fields(api: &Api, id: TypeId) -> Vec<ScalarField> {
    let mut fields = Vec::new();
    let mut level = vec![(String::new(), id)];
    for _ in 0..DEEPEST {
        let mut below = Vec::new();
        for (prefix, id) in level {
            for field in api.type_definition(id).shape.fields() {
                let path = format!("{prefix}{}", field.wire_name);
                match is_time(api, field.value.schema) {
                    Some(is_time) => fields.push(ScalarField { path, is_time }),
                    None => {
                        let part = api.ty(field.value.schema).named();
                        below.extend(part.map(|it| (format!("{path}."), it)));
                    }
                }
            }
        }
        level = below;
    }
    fields.truncate(MOST_FIELDS);
    fields
}

/// Returns whether a value is a point in time or a date; `None` if it is not a scalar.
fn is_time(api: &Api, schema: SchemaId) -> Option<bool> {
    match api.ty(schema) {
        Type::Scalar(scalar) => Some([Leaf::DATE_TIME, Leaf::DATE].contains(&row(*scalar).leaf)),
        Type::Named(id) => {
            let values = api.type_definition(*id).shape.values();
            values.map(|_| false)
        }
        Type::Any | Type::List(_) | Type::Map(_) => None,
    }
}

/// The role of a field, the most important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Id,
    Name,
    Status,
    Time,
    Other,
    /// The same in all rows, or a URL.
    Context,
}

impl Role {
    fn of(field: &ScalarField) -> Self {
        let name = field.path.as_str();
        match name {
            "sid" | "id" => Self::Id,
            "unique_name" | "friendly_name" | "name" | "title" | "display_name" => Self::Name,
            "status" | "state" => Self::Status,
            "url" | "uri" | "href" | "object" | "account_sid" | "account_id" => Self::Context,
            _ if name.ends_with("_url") || name.ends_with("_uri") => Self::Context,
            _ if field.is_time => Self::Time,
            _ => Self::Other,
        }
    }
}

/// Chooses the columns of a table: id, names, status, the first scalars and times, in this order.
fn columns(fields: &[ScalarField]) -> Vec<String> {
    let role = |it: &&ScalarField| Role::of(it);
    let mut chosen: Vec<&ScalarField> = Vec::new();
    let mut ranked: Vec<&ScalarField> = fields.iter().collect();
    ranked.sort_by_key(role); // Keeps the order of the spec among equals.
    for field in ranked {
        let same = chosen.iter().filter(|it| Role::of(it) == Role::of(field));
        let most = match Role::of(field) {
            Role::Id | Role::Status => 1,
            Role::Name | Role::Time => 2,
            Role::Other => MOST_COLUMNS,
            Role::Context if chosen.len() >= FEWEST_COLUMNS => 0,
            Role::Context => MOST_COLUMNS,
        };
        if same.count() < most && chosen.len() < MOST_COLUMNS {
            chosen.push(field);
        }
    }
    chosen.sort_by_key(|it| match Role::of(it) {
        Role::Time => 1,
        Role::Id | Role::Name | Role::Status | Role::Other | Role::Context => 0,
    });
    chosen.into_iter().map(|it| it.path.clone()).collect()
}

/// Returns the keys, at any depth, whose values may be personal data.
fn personal(api: &Api, id: TypeId) -> Vec<String> {
    let mut keys = BTreeSet::new();
    let mut seen = BTreeSet::from([id]);
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        let shape = &api.type_definition(id).shape;
        let marked = shape.fields().iter();
        let marked = marked.filter(|it| api.schema(it.value.schema).pii);
        keys.extend(marked.map(|it| it.wire_name.clone()));
        for child in shape.children() {
            let part = api.named_inside(child.schema);
            next.extend(part.filter(|it| seen.insert(*it)));
        }
    }
    keys.into_iter().collect()
}
