//! Values: whether two are of the same type to callers.

use super::compare::Comparing;
use crate::api::{SchemaId, Type, Use};

impl Comparing<'_> {
    /// Whether two values that are there are of the same type to callers, but for the names of types.
    pub(super) fn is_same_type(&self, old: SchemaId, new: SchemaId) -> bool {
        match (self.old.api.ty(old), self.new.api.ty(new)) {
            (Type::Named(old), Type::Named(new)) => self.pairs.types.get(old) == Some(new),
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                self.is_same_value(old, new)
            }
            (Type::Scalar(old), Type::Scalar(new)) => old == new,
            (Type::Any, Type::Any) => true,
            (Type::Scalar(_) | Type::Any | Type::List(_), _) => false,
            (Type::Map(_) | Type::Named(_), _) => false,
        }
    }

    /// The same of values, null or not. Any JSON may be null anyway.
    pub(super) fn is_same_value(&self, old: &Use, new: &Use) -> bool {
        let is_any = *self.old.api.ty(old.schema) == Type::Any;
        self.is_same_type(old.schema, new.schema) && (is_any || old.nullable == new.nullable)
    }
}
