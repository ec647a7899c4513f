//! Resolves references in the place of `paths`, `components` or a section of it, to a file that holds all of them.
//!
//! OpenAPI has no such references, but documents of several files use them, and bundlers follow them. Those in the place of
//! operations and of other maps and lists are followed with those of OpenAPI.

use serde_json::Value;

use super::super::check::rule::Kind;
use super::super::check::rules::COMPONENTS;
use super::other_file::FileReferences;
use crate::bundle::Destination;
use crate::pointer::Pointer;
use crate::tree::{Branch, Cursor, Tree};

/// How many such references in a row to follow.
const MAX_REFERENCES: usize = 8;

static PATHS: Kind = Kind::Paths;
static ANY_COMPONENTS: Kind = Kind::Object(&COMPONENTS);

/// Replaces such references with their targets, after the entries beside them.
pub(super) fn spread(document: &mut Tree, others: &FileReferences) {
    let root = Pointer::root();
    spread_one(document, others, &root.key("paths"), &PATHS);
    let components = root.key("components");
    spread_one(document, others, &components, &ANY_COMPONENTS);
    for field in COMPONENTS.fields {
        spread_one(document, others, &components.key(field.name), &field.kind);
    }
}

fn spread_one(document: &mut Tree, others: &FileReferences, at: &Pointer, kind: &'static Kind) {
    for _ in 0..MAX_REFERENCES {
        let Some((place, mut target)) = target(document, at) else {
            return;
        };
        others.put(&mut target, kind, &place);
        if let Some((value, node)) = document.at_mut(at) {
            let mut own = Cursor::new(value, node);
            own.drop("$ref");
            for key in target.cursor().keys() {
                if let Some(member) = target.cursor().take(&key).filter(|_| !own.has(&key)) {
                    own.put(&key, member);
                }
            }
        }
    }
}

/// The target of the reference at this place, if it is an object of another file.
fn target(document: &Tree, at: &Pointer) -> Option<(Pointer, Branch)> {
    let reference = at.value(&document.value)?.get("$ref")?.as_str()?;
    let place = Pointer::from_fragment(reference)?;
    Destination::of_place(&place)?;
    let value = place.value(&document.value)?;
    let node = document.places.find(&place).to_node();
    let value = Value::clone(value);
    value.is_object().then_some((place, Branch { value, node }))
}
