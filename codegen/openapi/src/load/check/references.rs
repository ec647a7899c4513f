//! Checks `$ref`s and the names of security schemes.

use serde_json::Value;

use super::fault::ReferenceFault;
use super::rule::ObjectRule;
use super::{Checker, Edit, rules};
use crate::bundle::{Destination, FILES};
use crate::pointer::{Pointer, Trail};

/// A reference and its place.
pub(super) struct Reference {
    at: Pointer,
    target: Target,
}

/// The target of a reference.
pub(super) enum Target {
    /// An object of this kind, by a `$ref`.
    Object(&'static ObjectRule, String),
    /// A schema, by the mapping of a discriminator.
    Mapping(String),
    /// A whole section, by a `$ref`.
    Section(String),
    /// A security scheme, by its name.
    SecurityScheme(String),
}

impl Checker<'_> {
    /// Records a reference. It is resolved after all faults that may affect it are known.
    pub(super) fn refer(&mut self, target: Target, place: &Trail<'_>) {
        self.references.push(Reference {
            at: place.pointer(),
            target,
        });
    }

    /// Checks that references lead to objects of the right kind.
    pub(super) fn references(&mut self) {
        for Reference { at, target } in std::mem::take(&mut self.references) {
            let resolved = match &target {
                Target::Object(rule, target) => self.component(rule, target),
                Target::Mapping(target) => self.component(&rules::SCHEMA, target),
                Target::Section(target) => self.section(target),
                Target::SecurityScheme(name) => self.security_scheme(name),
            };
            match resolved {
                Ok(Some(pointer)) => {
                    self.targets.insert(pointer);
                }
                Ok(None) => {}
                Err(_) if matches!(target, Target::Mapping(_)) => {
                    self.edits.push(Edit::Remove(at.clone()));
                    if let Target::Mapping(target) = target {
                        self.report(ReferenceFault::UnknownMapping { target }, at);
                    }
                }
                Err(fault) => self.report(fault, at),
            }
        }
    }

    /// Returns the component that a `$ref` names; `None` if a fault of that component was already reported.
    fn component(
        &mut self,
        rule: &ObjectRule,
        target: &str,
    ) -> Result<Option<Pointer>, ReferenceFault> {
        let written = || target.to_owned();
        if !target.starts_with('#') {
            return Err(beyond_document(target));
        }
        let unknown = |similar| ReferenceFault::UnknownReference {
            target: written(),
            similar,
        };
        let is_anchor = |it: &str| !it.is_empty() && !it.starts_with('/');
        if target.strip_prefix('#').is_some_and(is_anchor) {
            let what = format!("`{target}`, a reference to an `$anchor`,");
            return Err(ReferenceFault::Unsupported { what });
        }
        let pointer = Pointer::from_fragment(target).ok_or_else(|| unknown(None))?;
        if let Some(Destination::File { name, at }) = Destination::of_place(&pointer) {
            return Err(self.in_other_file(&name, &at));
        }
        if self.is_broken(&pointer) {
            return Ok(None);
        }
        if !pointer.value(self.document).is_some_and(Value::is_object) {
            return Err(unknown(self.similar_component(rule, &pointer)));
        }
        let Some(section) = rule.section else {
            return Err(ReferenceFault::Unsupported {
                what: format!("a reference to {}", rule.name),
            });
        };
        let tokens: Vec<String> = pointer.tokens().collect();
        match &tokens[..] {
            [root, found, _] if root == "components" && found == section => Ok(Some(pointer)),
            [root, _, _] if root == "components" => Err(ReferenceFault::WrongReference {
                expected: rule.name,
                section,
                target: written(),
            }),
            _ => {
                let what = format!("`{target}`, a reference that does not name a component,");
                Err(ReferenceFault::Unsupported { what })
            }
        }
    }

    /// Records the reference in the place of a section, an operation or the like, if there still is one. Returns whether there is.
    pub(super) fn section_reference(&mut self, section: &Value, place: &Trail<'_>) -> bool {
        let Some(target) = section.get("$ref").and_then(Value::as_str) else {
            return false;
        };
        self.refer(Target::Section(target.to_owned()), &place.key("$ref"));
        true
    }

    /// Returns why a reference in the place of a section was not followed.
    fn section(&mut self, target: &str) -> Result<Option<Pointer>, ReferenceFault> {
        let place = Pointer::from_fragment(target);
        let value = place.as_ref().map(|it| it.value(self.document));
        let is_unknown = value.is_some_and(|it| it.is_none());
        Err(match place.as_ref().and_then(Destination::of_place) {
            Some(Destination::File { name, at }) => self.in_other_file(&name, &at),
            Some(_) | None if !target.starts_with('#') => beyond_document(target),
            Some(_) | None if is_unknown => ReferenceFault::UnknownReference {
                target: target.to_owned(),
                similar: None,
            },
            Some(_) | None => ReferenceFault::Unsupported {
                what: format!("`{target}`, a reference to a whole section,"),
            },
        })
    }

    /// Returns why a reference to another file was not followed.
    fn in_other_file(&mut self, name: &str, at: &Pointer) -> ReferenceFault {
        let files = &self.document[FILES];
        let target = match at.as_str() {
            "" => name.to_owned(),
            _ => format!("{name}{}", at.to_fragment()),
        };
        let file = match &files[name] {
            Value::String(reason) => {
                return ReferenceFault::UnreadableFile {
                    name: name.to_owned(),
                    reason: reason.clone(),
                };
            }
            file @ (Value::Object(_) | Value::Array(_)) => file,
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                let name = name.to_owned();
                return ReferenceFault::UnknownFile { name };
            }
        };
        if at.value(file).is_some_and(Value::is_object) {
            // A limit was reached, or it leads to itself.
            let what = format!("`{target}`, a reference to itself or to too many values,");
            return ReferenceFault::Unsupported { what };
        }
        let holder = at.parent().and_then(|it| it.value(file));
        let names = holder.and_then(Value::as_object).into_iter();
        let names = names.flat_map(|it| it.keys()).map(String::as_str);
        let wanted = at.tokens().last().unwrap_or_default();
        let similar = self.guesses.similar(&wanted, names);
        let similar = similar.zip(at.parent());
        let similar =
            similar.map(|(last, holder)| format!("{name}{}", holder.key(last).to_fragment()));
        ReferenceFault::UnknownReference { target, similar }
    }

    /// Returns the reference to the component with the most similar name to the one at `pointer`, if there is one.
    fn similar_component(&mut self, rule: &ObjectRule, pointer: &Pointer) -> Option<String> {
        let section = Pointer::root().key("components").key(rule.section?);
        let names = section.value(self.document)?.as_object()?;
        let wanted = pointer.tokens().last()?;
        let similar = self
            .guesses
            .similar(&wanted, names.keys().map(String::as_str))?;
        Some(format!("#{}", section.key(similar)))
    }

    /// Checks that a security scheme is declared.
    fn security_scheme(&self, name: &str) -> Result<Option<Pointer>, ReferenceFault> {
        let pointer = Pointer::root()
            .key("components")
            .key("securitySchemes")
            .key(name);
        let is_declared = pointer.value(self.document).is_some();
        if is_declared || self.is_broken(&pointer) {
            Ok(None)
        } else {
            Err(ReferenceFault::UnknownSecurityScheme {
                name: name.to_owned(),
            })
        }
    }

    /// Returns whether a fault was reported that prevents finding the value.
    pub(super) fn is_broken(&self, pointer: &Pointer) -> bool {
        let mut around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        around.any(|it| self.broken.contains(&it))
    }
}

/// Returns why a reference that leaves the document was not followed.
fn beyond_document(target: &str) -> ReferenceFault {
    let written = || target.to_owned();
    // The document's own name does not matter here: references to it were already followed.
    match Destination::of(target, "") {
        Destination::Url => ReferenceFault::RemoteReference { target: written() },
        Destination::Outside => ReferenceFault::OutsideReference { target: written() },
        Destination::Anchor => {
            let what = format!("`{target}`, a reference to an `$anchor`,");
            ReferenceFault::Unsupported { what }
        }
        Destination::File { name, .. } => ReferenceFault::UnknownFile { name },
        Destination::Own(_) => ReferenceFault::UnknownReference {
            target: written(),
            similar: None,
        },
    }
}
