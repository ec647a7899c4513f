//! Lists whose operations say themselves how they are divided into pages.

use super::Note;
use crate::api::{Api, NextPage, ResponseKind};

/// The note for crates with such lists.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "lists with `x-ms-pageable` are divided into pages, without `[[pages]]`: `.stream()` and `.all()` return every item, \
     `.await` a `Page`, and `.send_raw()` the whole body, which `.await` returned",
);

/// Whether pages have the URL of the next one. The model does not keep who says so.
fn concerns(apis: &[Api]) -> bool {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    operations.any(|it| match &it.result {
        ResponseKind::Page {
            paging: Some(paging),
            ..
        } => matches!(paging.next, NextPage::Url(_)),
        ResponseKind::Page { .. } | ResponseKind::Nothing => false,
        ResponseKind::Value(_) | ResponseKind::OneOf(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::concerns;
    use crate::diff::generator::tests::models;

    #[test]
    fn only_lists_with_the_url_of_a_page_are_told() {
        let of = |extension: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n{extension}      responses: {{'200': {{description: \
                 Some., content: {{application/json: {{schema: {{type: object, properties: {{value: {{type: array, items: \
                 {{type: string}}}}, nextLink: {{type: string}}}}}}}}}}}}}}\n"
            )))
        };
        assert!(of("      x-ms-pageable: {nextLinkName: nextLink}\n"));
        assert!(!of("      x-ms-pageable: {nextLinkName: null}\n"));
        assert!(!of(""));
    }
}
