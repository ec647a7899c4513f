//! What newer versions of the generator make otherwise of the same documents: each change that callers see, by a number.
//!
//! The record of a crate's releases says up to which number they have been told of it.

use crate::api::{Api, Outcome};
use crate::report::ReleaseNotes;

/// A change of the generator.
struct GeneratorChange {
    /// What a crate for these models loses or gains by it, with a line on how to migrate; nothing if it is not concerned.
    notes: fn(&[Api]) -> ReleaseNotes,
}

/// Every change, the first first. A new one comes last; none is ever taken out.
const CHANGES: [GeneratorChange; 1] = [GeneratorChange {
    notes: lists_without_page_state,
}];

/// The number of the last change of the generator.
pub const GENERATION: usize = CHANGES.len();

/// Returns what a crate for these models tells of the changes of the generator after number `since`.
pub fn generator_notes(since: usize, apis: &[Api]) -> ReleaseNotes {
    let mut notes = ReleaseNotes::default();
    for change in CHANGES.iter().skip(since) {
        notes.extend((change.notes)(apis));
    }
    notes
}

fn lists_without_page_state(apis: &[Api]) -> ReleaseNotes {
    let is_concerned = |api: &Api| {
        let mut operations = api.operations.iter();
        operations.any(|it| matches!(it.result, Outcome::Page { .. }))
    };
    let mut notes = ReleaseNotes::default();
    if apis.iter().any(is_concerned) {
        notes.breaking(
            "lists no longer have the setters `page` and `page_token`, which carry the service's own state; to go on \
             from a page, give its `next_page_url` to `.resume(…)`, and for more items take `.stream()` or `.all()`",
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn models(answer: &str) -> Vec<Api> {
        let text = format!(
            "openapi: 3.0.1\n\
             info: {{title: Demo, version: '1'}}\n\
             servers: [{{url: https://demo.example.com}}]\n\
             paths:\n  /Sims:\n    get: {{operationId: ListSim, responses: {{'200': {{description: All., \
             content: {{application/json: {{schema: {{type: object, properties: {{{answer}}}}}}}}}}}}}}}\n"
        );
        let path = "twilio_demo_v1.yaml".to_owned();
        crate::models(&[SourceFile { path, text }]).unwrap()
    }

    #[test]
    fn a_crate_is_told_what_concerns_it_once() {
        let pages = "sims: {type: array, items: {type: string}}, next_page_uri: {type: string}";
        let [paged, plain] = [pages, "sid: {type: string}"].map(models);
        assert_eq!(generator_notes(0, &paged).breaking.len(), 1);
        assert_eq!(generator_notes(0, &plain), ReleaseNotes::default());
        assert_eq!(generator_notes(1, &paged), ReleaseNotes::default());
        assert_eq!(
            generator_notes(GENERATION + 1, &paged),
            ReleaseNotes::default()
        );
    }
}
