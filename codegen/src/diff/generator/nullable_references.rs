//! References that may be null.

use super::{Note, fields};
use crate::api::{Api, Type};

/// The note for crates with fields of such types. The model does not tell how a document says that they may be null.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a reference beside `{type: object, nullable: true}`, as OData.NET writes one that may be null, is an `Option` of its \
     type, no longer an enum: `Some(Body::ItemBody(body))` becomes `Some(body)`",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        fields(api).any(|it| {
            let is_named = matches!(api.ty(it.value.schema), Type::Named(_));
            is_named && it.value.nullable
        })
    })
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models_of_property;

    #[test]
    fn a_crate_is_told_of_types_that_may_be_null() {
        let of = |schema: &str| concerns(&models_of_property(schema));
        assert!(of(
            "type: object, nullable: true, properties: {a: {type: string}}"
        ));
        assert!(!of("type: object, properties: {a: {type: string}}"));
        assert!(!of("type: string, nullable: true"));
    }
}
