//! The types of values, as they are on the wire: what a spec says beyond them is elsewhere in the model.

use super::{Scalar, TypeId};

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A value without parts.
    Scalar(Scalar),
    /// Any JSON.
    Any,
    /// Values of one type in a row.
    Array(Box<Type>),
    /// Values of one type by name.
    Map(Box<Type>),
    /// A value or null, in a list, in a map or as a whole answer. Fields, parameters and bodies say so themselves.
    Nullable(Box<Type>),
    /// A type with a name.
    Named(TypeId),
}

impl Type {
    /// The type of a value that null may stand for, if it may. Any JSON may be null anyway.
    pub fn or_null(self, nullable: bool) -> Self {
        let says_so = matches!(self, Self::Any | Self::Nullable(_));
        if nullable && !says_so {
            Self::Nullable(Box::new(self))
        } else {
            self
        }
    }

    /// The named type that a value has, or that its items have.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Array(item) | Self::Map(item) | Self::Nullable(item) => item.named(),
            Self::Named(id) => Some(*id),
            Self::Scalar(_) | Self::Any => None,
        }
    }

    /// The same, to be replaced.
    pub(crate) fn named_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Array(item) | Self::Map(item) | Self::Nullable(item) => item.named_mut(),
            Self::Named(id) => Some(id),
            Self::Scalar(_) | Self::Any => None,
        }
    }

    /// Whether the value is any JSON, or a list of such values: what a form or a query carries as JSON text.
    pub(crate) fn is_json_text(&self) -> bool {
        match self {
            Self::Any => true,
            Self::Array(item) => **item == Self::Any,
            Self::Scalar(_) | Self::Map(_) | Self::Nullable(_) | Self::Named(_) => false,
        }
    }

    /// Whether the value is a time as of RFC 3339, or lists and maps of such times: the vendor wants them in whole seconds.
    pub fn is_times(&self) -> bool {
        let mut ty = self;
        while let Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) = ty {
            ty = inner;
        }
        *ty == Self::Scalar(Scalar::DateTime)
    }

    /// The type of a value that is there.
    pub fn not_null(&self) -> &Self {
        if let Self::Nullable(ty) = self {
            ty.not_null()
        } else {
            self
        }
    }
}
