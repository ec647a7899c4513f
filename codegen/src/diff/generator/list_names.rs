//! The names of lists beside a value of the same name.

use std::collections::BTreeSet;

use super::Note;
use crate::api::Api;

/// The note for crates with parameters or fields such as `ids[]` beside `ids`.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a setter or a field for `ids[]` beside one for `ids` is `ids_list`, no longer `ids_left_bracket_right_bracket`",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(is_concerned)
}

fn is_concerned(api: &Api) -> bool {
    let parameters = api.operations.iter().map(|it| {
        let parameters = it.parameters.iter();
        parameters.map(|it| it.wire_name.as_str()).collect()
    });
    let fields = api.types.iter().map(|it| {
        let fields = it.shape.fields().iter();
        fields.map(|it| it.wire_name.as_str()).collect()
    });
    let mut scopes = parameters.chain(fields);
    scopes.any(|names: BTreeSet<&str>| {
        let mut lists = names.iter().filter_map(|it| it.strip_suffix("[]"));
        lists.any(|it| names.contains(it))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_lists_beside_a_value() {
        let told = |name: &str| {
            let text = format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      \
                 parameters: [{{name: 'ids[]', in: query, schema: {{type: string}}}}, {{name: {name}, in: query, schema: {{type: string}}}}]\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(told("ids"));
        assert!(!told("id"));
    }
}
