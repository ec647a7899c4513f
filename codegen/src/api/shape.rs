//! Types with a name of their own: objects, enumerations and unions.

use super::{TypeId, Use};
use crate::pointer::Pointer;

/// A type with a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDefinition {
    /// Its name in words, as `snake_case`: `billing_period`, `sim_status`.
    pub name: String,
    /// What it stands for.
    pub doc: Option<String>,
    /// Where the spec defines it.
    pub at: Pointer,
    /// What it holds.
    pub shape: Shape,
    /// Whether the crate has an item for it: something that is sent or received mentions it, or it is a component.
    pub is_item: bool,
    /// The type that answers bring, where the same schema describes other objects in answers than in requests. This
    /// is the one that requests send.
    pub received_as: Option<TypeId>,
    /// The properties that it lacks because they only travel the other way.
    pub left_out: Vec<LeftOut>,
}

/// A property that only travels the other way than what holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name on the wire.
    pub wire_name: String,
    /// Where the spec defines it.
    pub at: Pointer,
}

/// What a [`TypeDefinition`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known fields.
    Object(Object),
    /// One of a list of strings. Services add values without notice, so the list is open.
    Enumeration(Vec<EnumValue>),
    /// One of several types. Services add to them without notice, so the list is open.
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

    /// The fields of an object, to be changed.
    pub(crate) fn fields_mut(&mut self) -> Option<&mut Vec<Field>> {
        match self {
            Self::Object(object) => Some(&mut object.fields),
            Self::Enumeration(_) | Self::Union(_) => None,
        }
    }

    /// The type of the values under an object's other keys, if it keeps them.
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

    /// What it holds.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Use> {
        let fields = self.fields().iter().map(|it| &it.value);
        let variants = self.variants().iter().map(|it| &it.value);
        fields.chain(self.rest()).chain(variants)
    }

    /// What it holds, to be changed.
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
    /// What it holds under other keys. Without it, readers pass over what they do not know.
    pub rest: Option<Use>,
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The key whose value tells which of them it is, if the document names one.
    pub tag: Option<String>,
    /// The types, in the order of the spec, each once.
    pub variants: Vec<Variant>,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name in words, as `snake_case`.
    pub name: String,
    /// What it holds.
    pub value: Use,
    /// The values of the union's key that stand for it.
    pub tags: Vec<String>,
}

/// A value of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// Its text on the wire.
    pub text: String,
    /// Its place in the spec's list, which may have a null before it.
    pub index: usize,
}

/// One field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its key in JSON.
    pub wire_name: String,
    /// What it holds when it is there.
    pub value: Use,
    /// Whether it is there, as far as callers can tell.
    pub presence: Presence,
    /// Whether the spec promises its key.
    pub listed: bool,
}

impl Field {
    /// Whether a request says null where there is no value: its key has to be there.
    pub fn is_none_null(&self) -> bool {
        self.listed && self.value.nullable
    }
}

/// Which way a value may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    Both,
    /// Only back: no request should have it.
    Received,
    /// Only out: no answer has it.
    Sent,
}

impl Direction {
    /// Whether a request may have the value.
    pub fn is_sent(self) -> bool {
        match self {
            Self::Both | Self::Sent => true,
            Self::Received => false,
        }
    }

    /// Whether an answer may have the value.
    pub fn is_received(self) -> bool {
        match self {
            Self::Both | Self::Received => true,
            Self::Sent => false,
        }
    }
}

/// Whether a value is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always, and never null.
    Required,
    /// Absent and null mean this number.
    Default(i64),
    /// Absent and null mean that there is none.
    Optional,
}
