//! Splits the limits of nested lists and maps into the levels that messages describe.

use crate::api::{Api, Bounds, SchemaId, Type};

/// The limits of a value. Those of a list's items count as its own, unless the items are lists or maps.
pub(super) struct Level<'a> {
    own: &'a Bounds,
    items: Option<&'a Bounds>,
    /// The next level: the values of a map, or lists and maps in a list.
    pub(super) next: Option<SchemaId>,
}

impl<'a> Level<'a> {
    pub(super) fn of(api: &'a Api, id: SchemaId) -> Self {
        let schema = api.schema(id);
        let (items, next) = match &schema.ty {
            Type::List(item) => match api.ty(item.schema) {
                Type::List(_) | Type::Map(_) => (None, Some(item.schema)),
                Type::Scalar(_) | Type::Any | Type::Named(_) => {
                    (Some(&*api.schema(item.schema).bounds), None)
                }
            },
            Type::Map(value) => (None, Some(value.schema)),
            Type::Scalar(_) | Type::Any | Type::Named(_) => (None, None),
        };
        Self {
            own: &schema.bounds,
            items,
            next,
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.own == other.own && self.items == other.items
    }

    pub(super) fn has_conditions(&self) -> bool {
        let items = self.items.is_some_and(|it| !it.conditions.is_empty());
        items || !self.own.conditions.is_empty()
    }

    pub(super) fn bounds(&self) -> Bounds {
        let Some(items) = self.items else {
            return self.own.clone();
        };
        Bounds {
            format: items.format.clone().or_else(|| self.own.format.clone()),
            min_items: self.own.min_items,
            max_items: self.own.max_items,
            unique_items: self.own.unique_items,
            conditions: self.own.conditions_with(items),
            ..items.clone()
        }
    }
}

/// Returns the format of a value, or of the items of a list.
pub(super) fn format_of(api: &Api, id: SchemaId) -> Option<&str> {
    let Level { own, items, .. } = Level::of(api, id);
    let of_items = items.and_then(|it| it.format.as_deref());
    of_items.or(own.format.as_deref())
}
