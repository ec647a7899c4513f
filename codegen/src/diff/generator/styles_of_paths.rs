//! Operations of one path that serialize its parameters differently.

use super::Note;
use crate::api::{Api, have_same_styles};

/// The note for crates with such operations.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "operations that send a parameter of their path in another style than the first one are on a handle of their own, \
     which sends it in that style: `.trail_by_ids(…)`, no longer `.trail(…)`",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let resources = api.resources.iter();
        let mut all = resources.filter(|it| !it.parameters.is_empty());
        all.any(|one| {
            let mut same = api.resources.iter().filter(|it| it.path == one.path);
            same.any(|other| !have_same_styles(&one.parameters, &other.parameters))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_paths_in_several_styles() {
        let told = |explode: bool| {
            let operation = |id: &str, explode: bool| {
                format!(
                    "{{operationId: {id}, parameters: [{{name: ids, in: path, required: true, style: label, \
                     explode: {explode}, schema: {{type: array, items: {{type: string}}}}}}], \
                     responses: {{'204': {{description: None.}}}}}}"
                )
            };
            let [get, put] = [
                operation("fetchPets", false),
                operation("replacePets", explode),
            ];
            concerns(&models(&format!(
                "paths:\n  '/pets/{{ids}}': {{get: {get}, put: {put}}}\n"
            )))
        };
        assert!(told(true));
        assert!(!told(false));
    }
}
