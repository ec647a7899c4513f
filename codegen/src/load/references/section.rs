//! References in the place of `paths`, of `components` or of a section of it: to a file with all of them.
//!
//! OpenAPI has no such references, but documents of several files do, and the tools that bundle them follow.

use serde_json::Value;

use super::super::check::rule::Kind;
use super::super::check::rules::COMPONENTS;
use super::other_file::OtherFiles;
use crate::bundle::Destination;
use crate::pointer::Pointer;
use crate::tree::{Branch, Cursor, Tree};

/// How many such references in a row are followed.
const MAX_REFERENCES: usize = 8;

static PATHS: Kind = Kind::Paths;
static ANY_COMPONENTS: Kind = Kind::Object(&COMPONENTS);

/// Puts what such references lead to in their place, behind what stands beside them.
pub(super) fn spread(document: &mut Tree, others: &OtherFiles) {
    let root = Pointer::root();
    spread_one(document, others, &root.key("paths"), &PATHS);
    let components = root.key("components");
    spread_one(document, others, &components, &ANY_COMPONENTS);
    for field in COMPONENTS.fields {
        spread_one(document, others, &components.key(field.name), &field.kind);
    }
}

fn spread_one(document: &mut Tree, others: &OtherFiles, at: &Pointer, kind: &'static Kind) {
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

/// What the reference in this place leads to, if it leads to an object of another file.
fn target(document: &Tree, at: &Pointer) -> Option<(Pointer, Branch)> {
    let reference = document.value.pointer(at.as_str())?.get("$ref")?.as_str()?;
    let place = Pointer::from_fragment(reference)?;
    Destination::of_place(&place)?;
    let value = document.value.pointer(place.as_str())?;
    let node = document.places.find(&place).to_node();
    let value = Value::clone(value);
    value.is_object().then_some((place, Branch { value, node }))
}
