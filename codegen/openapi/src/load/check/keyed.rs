//! Checks the objects whose keys have a meaning: paths, statuses, security schemes, components.

use serde_json::{Map, Value};

use super::fault::PathFault;
use super::references::Target;
use super::rule::Kind;
use super::{Checker, objects, rules, texts};
use crate::media_type::is_header_value;
use crate::pointer::Trail;

impl Checker<'_> {
    /// Checks a section of `components`.
    pub(super) fn components(&mut self, kind: &Kind, value: &Value, place: &Trail<'_>) {
        if self.section_reference(value, place) {
            return;
        }
        self.map(kind, value, place);
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            if let Some(fault) = texts::component_name(name) {
                self.fault(fault, &place.key(name));
            }
        }
    }

    /// Checks a Paths Object.
    pub(super) fn path_items(&mut self, value: &Value, place: &Trail<'_>) {
        if self.section_reference(value, place) {
            return;
        }
        for (key, value) in self.object(value, place).into_iter().flatten() {
            let place = place.key(key);
            if key.starts_with('/') {
                self.object_or_ref(&rules::PATH_ITEM, value, &place);
            } else if !key.starts_with("x-") {
                self.fault(PathFault::InvalidPath { path: key.clone() }, &place);
            }
        }
    }

    /// Checks a Responses Object. `lower` reports a missing success.
    pub(super) fn responses(&mut self, value: &Value, place: &Trail<'_>) {
        if self.section_reference(value, place) {
            return;
        }
        for (key, value) in self.object(value, place).into_iter().flatten() {
            let place = place.key(key);
            // Other keys have been removed.
            if objects::is_status(key) {
                self.object_or_ref(&rules::RESPONSE, value, &place);
            }
        }
    }

    /// Checks the content of a body. Its keys are sent in headers.
    pub(super) fn content(&mut self, value: &Value, place: &Trail<'_>) {
        if self.section_reference(value, place) {
            return;
        }
        self.map(&Kind::Object(&rules::MEDIA_TYPE), value, place);
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            if !is_header_value(name) {
                let fault = PathFault::InvalidMediaType { name: name.clone() };
                self.fault(fault, &place.key(name));
            }
        }
    }

    /// Checks a Security Requirement Object.
    pub(super) fn security(&mut self, value: &Value, place: &Trail<'_>) {
        self.map(&Kind::List(&Kind::Text), value, place);
        for name in value.as_object().into_iter().flat_map(Map::keys) {
            self.refer(Target::SecurityScheme(name.clone()), &place.key(name));
        }
    }
}
