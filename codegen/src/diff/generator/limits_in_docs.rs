//! Limits and defaults of what callers give, in its docs.

use super::{Note, parameters};
use crate::api::usage::Usage;
use crate::api::{Api, Bounds, Schema};

/// The note for crates with such limits or defaults.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "docs of parameters, and of fields that requests have, name limits and defaults that their descriptions do not; docs \
     only, nothing to migrate",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let sent = Usage::by_operations(api).sent;
        let fields = sent
            .iter()
            .flat_map(|it| api.type_definition(*it).shape.fields());
        let fields = fields.map(|it| api.schema(it.value.schema));
        let parameters = parameters(std::slice::from_ref(api));
        let mut schemas = parameters
            .map(|it| api.schema(it.value.schema))
            .chain(fields);
        schemas.any(is_limited)
    })
}

fn is_limited(schema: &Schema) -> bool {
    let Bounds {
        min_items,
        max_items,
        min_length,
        max_length,
        ref pattern,
        ..
    } = *schema.bounds;
    let sizes = [min_items, max_items, min_length, max_length];
    let has_range = !schema.bounds.range_in_words().is_empty();
    has_range || pattern.is_some() || schema.default.is_some() || sizes.iter().any(Option::is_some)
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_limits_of_what_is_sent() {
        let told = |parameter: &str, response: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      \
                 parameters: [{{name: size, in: query, schema: {{{parameter}}}}}]\n      \
                 responses: {{'200': {{description: All., content: {{application/json: {{schema: {{type: object, properties: \
                 {{name: {{{response}}}}}}}}}}}}}}}\n"
            )))
        };
        let text = "type: string";
        for limit in [
            "type: integer, maximum: 5",
            "type: string, pattern: a",
            "type: array, maxItems: 2, items: {type: string}",
            "type: boolean, default: true",
        ] {
            assert!(told(limit, text), "{limit}");
            assert!(!told(text, limit), "{limit}");
        }
    }
}
