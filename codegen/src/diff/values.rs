//! Values: whether two are of the same type to callers.

use super::compare::Comparing;
use crate::api::{Schema, SchemaId, TypeId, Use, schema};

impl Comparing<'_> {
    /// Whether two values that are there are of the same type to callers, but for the names of types.
    pub(super) fn is_same_type(&self, old: SchemaId, new: SchemaId) -> bool {
        schema::is_same_type(self.models(), [old, new], &|old, new| {
            self.is_pair(old, new)
        })
    }

    /// The same of values that may be null.
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
