//! Schemas: what the API says of values, each once.
//!
//! Whatever holds a value names its schema by a [`Use`]. Schemas that say different things of values of one type share
//! that type.

use super::{Api, Bounds, Direction, Json, Scalar, TypeDefinition, TypeId};
use crate::pointer::Pointer;

/// Names an entry of [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// A place that names a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The schema.
    pub schema: SchemaId,
    /// Whether null may stand for the value.
    pub nullable: bool,
    /// Where the spec names it.
    pub at: Pointer,
}

/// What the API says of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Where the spec says so.
    pub at: Pointer,
    /// What it means, beyond what its type means.
    pub doc: Option<String>,
    /// Its type.
    pub ty: Type,
    /// What the service keeps to beyond the type, without what it says of items and of values by name.
    pub bounds: Bounds,
    /// What absent means.
    pub default: Option<Json>,
    /// A value that the spec shows.
    pub example: Option<Json>,
    /// The ways that a property with this schema may travel.
    pub marks: Marks,
    /// Whether it, or an item or a value in it, may hold personal data.
    pub pii: bool,
    /// Whether it is going away.
    pub deprecated: bool,
}

impl Schema {
    /// A schema that says nothing but a type.
    pub(crate) fn of(ty: Type, at: &Pointer) -> Self {
        Self {
            at: at.clone(),
            doc: None,
            ty,
            bounds: Bounds::default(),
            default: None,
            example: None,
            marks: Marks::default(),
            pii: false,
            deprecated: false,
        }
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A value without parts.
    Scalar(Scalar),
    /// Any JSON.
    Any,
    /// Values in a row.
    List(Use),
    /// Values by name.
    Map(Use),
    /// A type with a name.
    Named(TypeId),
}

impl Type {
    /// What a list or a map holds.
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

/// What a schema says of the ways that a property may travel (OpenAPI 3.0.3, Schema Object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
}

impl Marks {
    /// What two schemas say of a value that fits both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
        }
    }

    /// The ways that are left. A property that is marked as both, which none may be, is taken for neither.
    pub fn direction(self) -> Direction {
        match (self.read_only, self.write_only) {
            (true, false) => Direction::Received,
            (false, true) => Direction::Sent,
            (false, false) | (true, true) => Direction::Both,
        }
    }
}

impl Api {
    /// The schema behind `id`.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The type of a value.
    pub fn ty(&self, id: SchemaId) -> &Type {
        &self.schema(id).ty
    }

    /// Which way what an object holds may travel.
    pub fn direction(&self, child: &Use) -> Direction {
        self.schema(child.schema).marks.direction()
    }

    /// Whether a value may be null, and its type does not say so: any JSON may be null anyway.
    pub(crate) fn is_or_null(&self, value: &Use) -> bool {
        is_or_null(&self.schemas, value)
    }

    /// What is inside of any lists and maps around it.
    pub fn innermost(&self, id: SchemaId) -> SchemaId {
        innermost(&self.schemas, id)
    }

    /// Whether the value is a floating-point number, or lists and maps of such numbers.
    pub fn is_floats(&self, id: SchemaId) -> bool {
        *self.ty(self.innermost(id)) == Type::Scalar(Scalar::Float)
    }

    /// Whether the value is an exact decimal, or lists and maps of such numbers.
    pub fn is_decimals(&self, id: SchemaId) -> bool {
        *self.ty(self.innermost(id)) == Type::Scalar(Scalar::Decimal)
    }

    /// Whether the value is a time as of RFC 3339, or lists and maps of such times, and the vendor wants them in whole
    /// seconds.
    pub fn is_times(&self, id: SchemaId) -> bool {
        self.vendor.has_whole_seconds()
            && *self.ty(self.innermost(id)) == Type::Scalar(Scalar::DateTime)
    }
}

/// What is inside of any lists and maps around it.
pub(crate) fn innermost(schemas: &[Schema], mut id: SchemaId) -> SchemaId {
    while let Some(held) = schemas[id.0].ty.held() {
        id = held.schema;
    }
    id
}

/// Whether a value is one text: a scalar, or one of some texts.
pub(crate) fn is_text(schemas: &[Schema], types: &[TypeDefinition], id: SchemaId) -> bool {
    match &schemas[id.0].ty {
        Type::Scalar(_) => true,
        Type::Named(id) => types[id.0].shape.values().is_some(),
        Type::Any | Type::List(_) | Type::Map(_) => false,
    }
}

/// Whether a value is one text, or a list of texts.
pub(crate) fn is_texts(schemas: &[Schema], types: &[TypeDefinition], id: SchemaId) -> bool {
    match &schemas[id.0].ty {
        Type::List(item) => is_text(schemas, types, item.schema),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => is_text(schemas, types, id),
    }
}

/// Whether a value may be null, and its type does not say so: any JSON may be null anyway.
pub(crate) fn is_or_null(schemas: &[Schema], value: &Use) -> bool {
    value.nullable && schemas[value.schema.0].ty != Type::Any
}

/// Whether two values that are there are of one type. Each is of a model of its own; `is_one` tells it of named types.
pub(crate) fn is_same_type(
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

/// The same of values that may be null.
pub(crate) fn is_same_value(
    models: [&[Schema]; 2],
    values: [&Use; 2],
    is_one: &dyn Fn(TypeId, TypeId) -> bool,
) -> bool {
    let or_null = [0, 1].map(|it| is_or_null(models[it], values[it]));
    or_null[0] == or_null[1] && is_same_type(models, values.map(|it| it.schema), is_one)
}
