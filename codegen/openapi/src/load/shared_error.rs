//! Finds the inline error bodies that several operations have.
//!
//! Documents that are written by programs, or bundled without components, repeat the same error at each operation. A caller
//! who handles errors wants one type for all of them.

use indexmap::IndexMap;
use openapiv3::{Operation, ReferenceOr, Schema, StatusCode};

use super::PathItem;
use crate::media_type::is_json;

/// An inline error body, with the last operation that has it and how many do.
struct Seen<'a> {
    schema: &'a Schema,
    last: usize,
    operations: usize,
}

/// The schemas of such bodies: the one of most operations first, of several the first in the document.
pub(super) fn shared_errors(paths: &IndexMap<String, ReferenceOr<PathItem>>) -> Vec<Schema> {
    let items = paths.values().filter_map(ReferenceOr::as_item);
    let operations = items.flat_map(|it| &it.operations);
    let mut seen: Vec<Seen<'_>> = Vec::new();
    for (index, (_, operation)) in operations.enumerate() {
        for schema in inline_errors(operation) {
            match seen.iter_mut().find(|it| it.schema == schema) {
                Some(known) if known.last == index => {}
                Some(known) => {
                    known.last = index;
                    known.operations += 1;
                }
                None => seen.push(Seen {
                    schema,
                    last: index,
                    operations: 1,
                }),
            }
        }
    }
    seen.retain(|it| it.operations > 1);
    seen.sort_by_key(|it| usize::MAX - it.operations);
    seen.into_iter().map(|it| it.schema.clone()).collect()
}

/// The inline schemas of the JSON bodies of an operation's errors.
fn inline_errors(operation: &Operation) -> impl Iterator<Item = &Schema> {
    let responses = operation.responses.responses.iter();
    let errors = responses.filter(|(status, _)| match status {
        StatusCode::Code(code) => (400..600).contains(code),
        StatusCode::Range(hundreds) => [4, 5].contains(hundreds),
    });
    let errors = errors.map(|(_, response)| response);
    let errors = errors.chain(&operation.responses.default);
    let contents = errors.filter_map(ReferenceOr::as_item);
    let contents = contents.flat_map(|it| &it.content);
    let json = contents.filter(|(media_type, _)| is_json(media_type));
    json.filter_map(|(_, content)| content.schema.as_ref()?.as_item())
}
