//! Models schemas, each once.
//!
//! Everything that has a value refers to its schema by a [`Use`]. Schemas with the same type but different descriptions
//! share that type.

use super::{Api, Direction, Json, Scalar, SchemaBounds, TypeDefinition, TypeId};
use crate::pointer::Pointer;

/// The index of an entry of [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// A reference to a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The schema.
    pub schema: SchemaId,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Where the spec refers to it.
    pub at: Pointer,
}

/// The description of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Where the spec defines it.
    pub at: Pointer,
    /// Documentation beyond that of its type.
    pub doc: Option<String>,
    /// Its type.
    pub ty: Type,
    /// The limits beyond the type, without those of items and map values.
    pub bounds: SchemaBounds,
    /// The meaning of an absent value.
    pub default: Option<Json>,
    /// An example from the spec.
    pub example: Option<Json>,
    /// The directions in which a property with this schema may be sent.
    pub marks: Marks,
    /// Whether it, or an item or map value in it, may hold personal data.
    pub pii: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

impl Schema {
    /// A schema with nothing but a type.
    pub(crate) fn of(ty: Type, at: &Pointer) -> Self {
        Self {
            at: at.clone(),
            doc: None,
            ty,
            bounds: SchemaBounds::default(),
            default: None,
            example: None,
            marks: Marks::default(),
            pii: false,
            deprecated: false,
        }
    }

    /// Whether it allows every JSON value, also null: `nullable` only adds null to a type (OpenAPI 3.0.3, Schema Object).
    pub fn is_unrestricted(&self) -> bool {
        self.ty == Type::Any && self.bounds == SchemaBounds::default()
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A value without parts.
    Scalar(Scalar),
    /// Any JSON.
    Any,
    /// A list.
    List(Use),
    /// A map with string keys.
    Map(Use),
    /// A named type.
    Named(TypeId),
}

impl Type {
    /// The items of a list or the values of a map.
    pub fn held(&self) -> Option<&Use> {
        match self {
            Self::List(item) | Self::Map(item) => Some(item),
            Self::Scalar(_) | Self::Any | Self::Named(_) => None,
        }
    }

    /// The scalar.
    pub fn scalar(&self) -> Option<Scalar> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::Named(_) | Self::Any | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The named type.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Scalar(_) | Self::Any | Self::List(_) | Self::Map(_) => None,
        }
    }
}

/// The `readOnly` and `writeOnly` marks of a property (OpenAPI 3.0.3, Schema Object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
}

impl Marks {
    /// Combines the marks of two schemas for the same value.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
        }
    }

    /// The resulting direction. A property with both marks, which is invalid, is treated as having none.
    pub fn direction(self) -> Direction {
        match (self.read_only, self.write_only) {
            (true, false) => Direction::Received,
            (false, true) => Direction::Sent,
            (false, false) | (true, true) => Direction::Both,
        }
    }
}

impl Api {
    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The type of a value.
    pub fn ty(&self, id: SchemaId) -> &Type {
        &self.schema(id).ty
    }

    /// The direction of an object's property.
    pub fn direction(&self, child: &Use) -> Direction {
        self.schema(child.schema).marks.direction()
    }

    /// Whether a value may be null although its type does not include null: arbitrary JSON always does.
    pub fn is_or_null(&self, value: &Use) -> bool {
        is_or_null(&self.schemas, value)
    }

    /// The type inside of all surrounding lists and maps.
    pub fn innermost(&self, id: SchemaId) -> SchemaId {
        innermost(&self.schemas, id)
    }

    /// The named type of a value, or inside of all surrounding lists and maps.
    pub fn named_inside(&self, id: SchemaId) -> Option<TypeId> {
        self.ty(self.innermost(id)).named()
    }

    /// Whether the value is a floating-point number, or a list or map of them.
    pub fn is_floats(&self, id: SchemaId) -> bool {
        *self.ty(self.innermost(id)) == Type::Scalar(Scalar::Float)
    }

    /// Whether the value is an exact decimal, or a list or map of them.
    pub fn is_decimals(&self, id: SchemaId) -> bool {
        *self.ty(self.innermost(id)) == Type::Scalar(Scalar::Decimal)
    }

    /// Whether the value is a time in RFC 3339 format, or a list or map of them, and the vendor requires whole seconds.
    pub fn is_times(&self, id: SchemaId) -> bool {
        self.vendor.has_whole_seconds()
            && *self.ty(self.innermost(id)) == Type::Scalar(Scalar::DateTime)
    }
}

/// The schema inside of all surrounding lists and maps.
pub(crate) fn innermost(schemas: &[Schema], mut id: SchemaId) -> SchemaId {
    while let Some(held) = schemas[id.0].ty.held() {
        id = held.schema;
    }
    id
}

/// Whether a value is a single string: a scalar or an enumeration.
pub(crate) fn is_text(schemas: &[Schema], types: &[TypeDefinition], id: SchemaId) -> bool {
    match &schemas[id.0].ty {
        Type::Scalar(_) => true,
        Type::Named(id) => types[id.0].shape.values().is_some(),
        Type::Any | Type::List(_) | Type::Map(_) => false,
    }
}

/// Whether a value is a single string or a list of strings.
pub(crate) fn is_texts(schemas: &[Schema], types: &[TypeDefinition], id: SchemaId) -> bool {
    match &schemas[id.0].ty {
        Type::List(item) => is_text(schemas, types, item.schema),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => is_text(schemas, types, id),
    }
}

/// Whether a value may be null although its type does not include null: arbitrary JSON always does.
pub(crate) fn is_or_null(schemas: &[Schema], value: &Use) -> bool {
    value.nullable && schemas[value.schema.0].ty != Type::Any
}

/// Whether two non-null values have the same type. Each belongs to its own model; `is_one` compares named types.
pub fn is_same_type(
    models: [&[Schema]; 2],
    ids: [SchemaId; 2],
    is_one: &dyn Fn(TypeId, TypeId) -> bool,
) -> bool {
    match [0, 1].map(|it| &models[it][ids[it].0].ty) {
        [Type::Named(one), Type::Named(other)] => is_one(*one, *other),
        [Type::List(one), Type::List(other)] | [Type::Map(one), Type::Map(other)] => {
            is_same_value(models, [one, other], is_one)
        }
        [Type::Scalar(one), Type::Scalar(other)] => one == other,
        [Type::Any, Type::Any] => true,
        [Type::Scalar(_) | Type::Any | Type::List(_), _] => false,
        [Type::Map(_) | Type::Named(_), _] => false,
    }
}

/// Like [`is_same_type`], for values that may be null.
pub fn is_same_value(
    models: [&[Schema]; 2],
    values: [&Use; 2],
    is_one: &dyn Fn(TypeId, TypeId) -> bool,
) -> bool {
    let or_null = [0, 1].map(|it| is_or_null(models[it], values[it]));
    or_null[0] == or_null[1] && is_same_type(models, values.map(|it| it.schema), is_one)
}
