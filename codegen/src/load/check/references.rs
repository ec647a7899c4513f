//! Checks what the objects of a document name: other objects, by `$ref`, and security schemes.

use serde_json::Value;

use super::Checker;
use super::fault::ReferenceFault;
use super::rule::Rule;
use crate::pointer::{Pointer, Trail};

/// A place that names an object.
pub(super) struct Reference {
    at: Pointer,
    target: Target,
}

/// What is named.
pub(super) enum Target {
    /// An object of this kind, by a `$ref`.
    Object(&'static Rule, String),
    /// A security scheme, by its name.
    SecurityScheme(String),
}

impl Checker<'_> {
    /// Notes a reference. It is looked up when all faults are known that it may suffer from.
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
                Target::SecurityScheme(name) => self.security_scheme(name),
            };
            match resolved {
                Ok(Some(pointer)) => {
                    self.targets.insert(pointer);
                }
                Ok(None) => {}
                Err(fault) => self.report(fault, at),
            }
        }
    }

    /// Returns the component that a `$ref` leads to; `None` if its own fault was reported.
    fn component(&mut self, rule: &Rule, target: &str) -> Result<Option<Pointer>, ReferenceFault> {
        let written = || target.to_owned();
        if !target.starts_with('#') {
            return Err(ReferenceFault::RemoteReference { target: written() });
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
        if self.is_broken(&pointer) {
            return Ok(None);
        }
        if !self
            .document
            .pointer(pointer.as_str())
            .is_some_and(Value::is_object)
        {
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
                let what = format!("`{target}`, a reference to what is no component,");
                Err(ReferenceFault::Unsupported { what })
            }
        }
    }

    /// Returns the reference to the component that is called most like the one at `pointer`, if
    /// one is.
    fn similar_component(&mut self, rule: &Rule, pointer: &Pointer) -> Option<String> {
        let section = Pointer::root().key("components").key(rule.section?);
        let names = self.document.pointer(section.as_str())?.as_object()?;
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
        let is_declared = self.document.pointer(pointer.as_str()).is_some();
        if is_declared || self.is_broken(&pointer) {
            Ok(None)
        } else {
            Err(ReferenceFault::UnknownSecurityScheme {
                name: name.to_owned(),
            })
        }
    }

    /// Says whether a fault was reported that keeps the value from being found.
    pub(super) fn is_broken(&self, pointer: &Pointer) -> bool {
        let mut around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        around.any(|it| self.broken.contains(&it))
    }
}
