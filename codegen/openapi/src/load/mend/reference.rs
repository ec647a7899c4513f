//! Corrects references to components that are spelled in another way: `Pet`, `#/definitions/Pet`,
//! `/components/schemas/pet`.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use super::Mender;
use super::fault::MendFault;
use crate::bundle::{Destination, FILES};
use crate::load::check::rule::ObjectRule;
use crate::pointer::{Pointer, Trail};
use crate::tree::Cursor;

/// What stands before the name in such references, in lower case. Some are sections of Swagger 2.0.
const HOLDERS: [&str; 12] = [
    "components",
    "component",
    "definitions",
    "schemas",
    "schema",
    "responses",
    "response",
    "parameters",
    "parameter",
    "requestbodies",
    "headers",
    "examples",
];

/// What references may lead to.
#[derive(Default)]
pub(super) struct Targets {
    /// The names of the components, by section.
    components: IndexMap<String, IndexSet<String>>,
    /// The names of the other files that could be read.
    files: IndexSet<String>,
}

impl Targets {
    /// Returns the targets in a document.
    pub(super) fn of(document: &Value) -> Self {
        let members = |key| {
            document
                .get(key)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
        };
        let components = members("components").map(|(section, it)| {
            let names = it.as_object().into_iter().flat_map(Map::keys);
            (section.clone(), names.cloned().collect())
        });
        let files = members(FILES).filter(|(_, it)| it.is_object() || it.is_array());
        Self {
            components: components.collect(),
            files: files.map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Whether a pointer leads to a component, of whatever kind.
    fn has(&self, at: &Pointer) -> bool {
        let tokens: Vec<String> = at.tokens().collect();
        match &tokens[..] {
            [root, section, name] if root == "components" => {
                let names = self.components.get(section);
                names.is_some_and(|names| names.contains(name))
            }
            _ => false,
        }
    }
}

impl Mender {
    /// Corrects the reference in the place of an object. By now, those to other places than components were followed.
    pub(super) fn reference(&mut self, rule: &ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let Some(found) = object.text("$ref") else {
            return;
        };
        let Some((found, taken)) = self.meant(rule, found) else {
            return;
        };
        object.set("$ref", taken.clone(), "$ref");
        self.report(MendFault::Respelled { found, taken }, &at.key("$ref"));
    }

    /// The component that a reference means, unless it is already that of one. Returns the reference as it is written,
    /// too.
    fn meant(&self, rule: &ObjectRule, found: &str) -> Option<(String, String)> {
        let section = rule.section?;
        let names = self.targets.components.get(section)?;
        let plain = found.strip_prefix("#/components/");
        let plain = plain.and_then(|it| it.strip_prefix(section)?.strip_prefix('/'));
        if plain.is_some_and(|it| names.contains(it)) {
            return None;
        }
        let at = Pointer::from_fragment(found);
        let file = at.as_ref().and_then(Destination::of_place);
        let own = Pointer::root().key("components").key(section);
        match file {
            // A file that does not exist is the document under another name.
            Some(Destination::File { name, at }) if !self.targets.files.contains(&name) => {
                if self.targets.has(&at) && at.is_in(&own) {
                    let fragment = at.to_fragment();
                    return Some((name + &fragment, fragment));
                }
                let is_root = at == Pointer::root() && !name.contains('.');
                let only = name_of(&name).filter(|it| is_root && names.contains(it))?;
                Some((name, own.key(&only).to_fragment()))
            }
            Some(_) => None,
            None if at.is_some_and(|it| self.targets.has(&it)) => None,
            None => {
                let name = name_of(found)?;
                let same = |it: &&String| it.eq_ignore_ascii_case(&name);
                let mut same = names.iter().filter(same);
                let only = same.next().filter(|_| same.next().is_none());
                // A bare word may mean something else.
                let only = only.filter(|_| found.contains(['#', '/']));
                let name = names.get(&name).or(only)?;
                Some((found.to_owned(), own.key(name).to_fragment()))
            }
        }
    }
}

/// The name of the component in a reference, if there is nothing else in it.
fn name_of(reference: &str) -> Option<String> {
    let text = reference.trim();
    let path = match text.rsplit_once('#') {
        Some((before, path)) if before.is_empty() || before.starts_with('#') => path,
        Some(_) => return None,
        None if text.contains(':') || text.contains('.') => return None,
        None => text,
    };
    let at = Pointer::from_fragment(&format!("#/{path}"))?;
    let mut steps: Vec<String> = at.tokens().filter(|it| !it.is_empty()).collect();
    let name = steps.pop()?;
    let is_holder = |it: &String| HOLDERS.contains(&it.to_ascii_lowercase().as_str());
    (steps.len() < 3 && steps.iter().all(is_holder)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn names_are_found_in_references() {
        for (reference, name) in [
            ("Pet", Some("Pet")),
            ("#Pet", Some("Pet")),
            ("#/Pet", Some("Pet")),
            ("#/definitions/Pet", Some("Pet")),
            ("##/components/schemas/Pet", Some("Pet")),
            ("#/components//schemas/Pet/ ", Some("Pet")),
            ("components/schemas/Pet", Some("Pet")),
            ("/components/schemas/Pet", Some("Pet")),
            ("#/components/schemas/#/components/schemas/Pet", Some("Pet")),
            ("#/components/schemas/A%20b~1c", Some("A b/c")),
            ("#/paths/Pet", None),
            ("#/components/schemas/Cat/properties/Pet", None),
            ("pet.yaml", None),
            ("pet.yaml#/Pet", None),
            ("https://a.example/Pet", None),
            ("https://a.example/api#/Pet", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(name_of(reference).as_deref(), name, "{reference}");
        }
    }
}
