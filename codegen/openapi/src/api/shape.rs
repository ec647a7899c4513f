//! Models named types: objects, enumerations and unions.

use super::{TypeId, Use};
use crate::pointer::Pointer;

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefinition {
    /// Its name in words, as `snake_case`: `billing_period`, `sim_status`.
    pub name: String,
    /// Names that tell more, each more than the one before, for when other types claim the same name.
    pub longer_names: Vec<String>,
    /// How many inline schemas it stands for.
    pub uses: usize,
    /// Its documentation.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// Its shape.
    pub shape: Shape,
    /// Whether it becomes an item of the crate: requests or responses mention it, or it is a component.
    pub is_item: bool,
    /// The type in responses, where the same schema describes different objects in responses and in requests. This is
    /// then the type in requests.
    pub received_as: Option<TypeId>,
    /// The properties that it lacks because they are only sent in the other direction.
    pub left_out: Vec<LeftOut>,
    /// Whether it has only the fields of a base schema, whose values may also be of its subclasses.
    pub is_base: bool,
}

impl TypeDefinition {
    /// Whether it is a component schema, or the part of one that is sent or received.
    pub fn is_component(&self) -> bool {
        let place = self.at.as_str().strip_prefix("/components/schemas/");
        place.is_some_and(|it| !it.contains('/'))
    }

    /// The names that it may have, the preferred one first.
    pub fn names(&self) -> Vec<String> {
        let longer = self.longer_names.iter();
        [&self.name].into_iter().chain(longer).cloned().collect()
    }
}

/// A property that is only sent in the other direction than its object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name on the wire.
    pub wire_name: String,
    /// Where the spec defines it.
    pub at: Pointer,
}

/// The shape of a [`TypeDefinition`].
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known fields.
    Object(Object),
    /// One of a list of strings. Services add values without notice, so the list is open.
    Enumeration(Vec<EnumValue>),
    /// One of several types. Services add types without notice, so the list is open.
    Union(Union),
}

impl Shape {
    /// The fields of an object.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Object(object) => &object.fields,
            Self::Enumeration(_) | Self::Union(_) => &[],
        }
    }

    /// The fields of an object, mutable.
    pub(crate) fn fields_mut(&mut self) -> Option<&mut Vec<Field>> {
        match self {
            Self::Object(object) => Some(&mut object.fields),
            Self::Enumeration(_) | Self::Union(_) => None,
        }
    }

    /// The type of additional properties, if the object keeps them.
    pub fn rest(&self) -> Option<&Use> {
        match self {
            Self::Object(object) => object.rest.as_ref(),
            Self::Enumeration(_) | Self::Union(_) => None,
        }
    }

    /// The values of an enumeration, if it is one.
    pub fn values(&self) -> Option<&[EnumValue]> {
        match self {
            Self::Object(_) | Self::Union(_) => None,
            Self::Enumeration(values) => Some(values),
        }
    }

    /// The alternatives of a union.
    pub fn variants(&self) -> &[Variant] {
        match self {
            Self::Object(_) | Self::Enumeration(_) => &[],
            Self::Union(union) => &union.variants,
        }
    }

    /// All values inside of it.
    pub fn children(&self) -> impl Iterator<Item = &Use> {
        let fields = self.fields().iter().map(|it| &it.value);
        fields.chain(self.unnamed())
    }

    /// All values inside of it that are not fields: those under other keys, and the variants of a union.
    pub fn unnamed(&self) -> impl Iterator<Item = &Use> {
        let variants = self.variants().iter().map(|it| &it.value);
        self.rest().into_iter().chain(variants)
    }

    /// All values inside of it, mutable.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Use> {
        let (fields, rest, variants) = match self {
            Self::Object(object) => (
                object.fields.as_mut_slice(),
                object.rest.as_mut(),
                &mut [][..],
            ),
            Self::Enumeration(_) => (&mut [][..], None, &mut [][..]),
            Self::Union(union) => (&mut [][..], None, union.variants.as_mut_slice()),
        };
        let fields = fields.iter_mut().map(|it| &mut it.value);
        let variants = variants.iter_mut().map(|it| &mut it.value);
        fields.chain(rest).chain(variants)
    }
}

/// An object with known fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its fields, in the order of the spec.
    pub fields: Vec<Field>,
    /// Its additional properties. If `None`, readers ignore unknown keys.
    pub rest: Option<Use>,
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The property that identifies the variant, if the document names one.
    pub tag: Option<String>,
    /// The variants, in the order of the spec, without duplicates.
    pub variants: Vec<Variant>,
    /// The values of the tag property that select a variant of a union inside, as far as that union does not know them.
    pub nested_tags: Vec<NestedTag>,
}

/// A value of a union's tag property that selects a variant of another union, which is itself one of the variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedTag {
    /// The value.
    pub tag: String,
    /// The index of the variant, then that of the variant in it, and so on: at least two.
    pub path: Vec<usize>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name in words, as `snake_case`.
    pub name: String,
    /// Its value.
    pub value: Use,
    /// The values of the tag property that select it.
    pub tags: Vec<String>,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Its text on the wire.
    pub text: String,
    /// Its index in the spec's list, which may contain null.
    pub index: usize,
    /// Its documentation.
    pub doc: Option<String>,
}

/// One field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in JSON.
    pub wire_name: String,
    /// Its value when it is present.
    pub value: Use,
    /// Whether it is present, as far as callers can tell.
    pub presence: Presence,
    /// Whether the spec lists it as required.
    pub listed: bool,
    /// Whether requests distinguish null from an absent value. The field is then optional.
    pub tells_null: bool,
    /// The value that new objects have, as text: that by which unions and base schemas know their type, the only possible
    /// one, or the default of what must be present.
    pub initial: Option<String>,
}

impl Field {
    /// The initial value of an object that has no properties.
    pub const EMPTY_OBJECT: &'static str = "{}";

    /// Whether a request sends null for an absent value because the key is required.
    pub fn is_none_null(&self) -> bool {
        self.listed && self.value.nullable
    }
}

/// The directions in which a value may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    Both,
    /// Only in responses.
    Received,
    /// Only in requests.
    Sent,
}

impl Direction {
    /// Whether requests may have the value.
    pub fn is_sent(self) -> bool {
        match self {
            Self::Both | Self::Sent => true,
            Self::Received => false,
        }
    }

    /// Whether responses may have the value.
    pub fn is_received(self) -> bool {
        match self {
            Self::Both | Self::Received => true,
            Self::Sent => false,
        }
    }
}

/// Whether a value is present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always, and never null.
    Required,
    /// Absent and null mean this number.
    Default(i64),
    /// Null means that there is no value; absence means the default of its schema.
    OptionalWithDefault,
    /// Absent and null mean that there is no value.
    Optional,
}

impl Presence {
    /// Whether there may be no value.
    pub fn is_optional(self) -> bool {
        match self {
            Self::OptionalWithDefault | Self::Optional => true,
            Self::Required | Self::Default(_) => false,
        }
    }
}
