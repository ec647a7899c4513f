//! Compares the types of values.

use super::compare::Comparing;
use crate::api::{Schema, SchemaId, TypeId, Use, schema};

impl Comparing<'_> {
    /// Returns whether two values have the same type to callers, except for renamed types.
    pub(super) fn is_same_type(&self, old: SchemaId, new: SchemaId) -> bool {
        schema::is_same_type(self.models(), [old, new], &|old, new| {
            self.is_pair(old, new)
        })
    }

    /// Like [`Self::is_same_type`], for values that may be null.
    pub(super) fn is_same_value(&self, old: &Use, new: &Use) -> bool {
        schema::is_same_value(self.models(), [old, new], &|old, new| {
            self.is_pair(old, new)
        })
    }

    fn models(&self) -> [&[Schema]; 2] {
        [&self.old.api.schemas, &self.new.api.schemas]
    }

    fn is_pair(&self, old: TypeId, new: TypeId) -> bool {
        self.pairs.types.get(&old) == Some(&new)
    }
}
