//! Finds the references that do not name a component.

use serde_json::{Map, Value};

use crate::bundle::Destination;
use crate::load::check::OpenApiVersion;
use crate::load::check::rule::{Kind, ObjectRule};
use crate::load::check::rules::{GROUP, HEADER, PARAMETER, SCHEMA};
use crate::load::walk::Visitor;
use crate::pointer::{Pointer, Trail};
use crate::tree::Cursor;

/// A reference that does not name a component.
pub(super) struct FoundReference {
    pub(super) at: Pointer,
    pub(super) rule: &'static ObjectRule,
    /// The kind of the map or the list that the reference stands for, if it is not an object.
    pub(super) group: Option<&'static Kind>,
    pub(super) target: Pointer,
    /// Whether the text at `at` is the reference, rather than the object there.
    pub(super) is_text: bool,
    /// Whether the reference adds a description of its own.
    pub(super) is_described: bool,
    /// How many references led to the value that contains it.
    pub(super) level: usize,
}

impl FoundReference {
    /// Whether it leads to another file.
    pub(super) fn leaves_document(&self) -> bool {
        Destination::of_place(&self.target).is_some()
    }

    /// Whether it is a component itself.
    pub(super) fn is_component(&self) -> bool {
        let tokens: Vec<String> = self.at.tokens().collect();
        matches!(&tokens[..], [root, section, _] if root == "components" && Some(section.as_str()) == self.rule.section)
    }
}

/// Finds references that do not name a component.
pub(super) struct Collector {
    pub(super) found: Vec<FoundReference>,
    pub(super) version: OpenApiVersion,
    pub(super) level: usize,
}

impl Collector {
    fn add(
        &mut self,
        target: Pointer,
        rule: &'static ObjectRule,
        at: &Trail<'_>,
    ) -> &mut FoundReference {
        self.found.push(FoundReference {
            at: at.pointer(),
            rule,
            group: None,
            target,
            is_text: false,
            is_described: false,
            level: self.level,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

impl Visitor for Collector {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let Value::Object(members) = &object.value else {
            return;
        };
        let is_described = self.version.is_newer() && is_described(rule, members);
        let target = members.get("$ref").and_then(Value::as_str);
        let target = target.and_then(target_of);
        if let Some(target) = target.filter(|it| is_described || !is_component(it)) {
            self.add(target, rule, at).is_described = is_described;
        }
    }

    fn group(&mut self, group: &mut Cursor<'_>, kind: &'static Kind, at: &Trail<'_>) {
        let target = group.text("$ref").and_then(target_of);
        if let Some(target) = target.filter(|it| !is_component(it) && is_followed(kind)) {
            self.add(target, &GROUP, at).group = Some(kind);
        }
    }

    fn schema_name(&mut self, name: &mut Cursor<'_>, at: &Trail<'_>) {
        let target = name.value.as_str().and_then(target_of);
        if let Some(target) = target.filter(|it| !is_component(it)) {
            self.add(target, &SCHEMA, at).is_text = true;
        }
    }
}

/// Whether a reference in the place of a map or a list is followed. Those in the place of `paths` and sections of
/// `components` have been by now.
fn is_followed(kind: &Kind) -> bool {
    match kind {
        Kind::Responses | Kind::Content => true,
        Kind::List(kind) | Kind::Map(kind) => matches!(kind, Kind::ObjectOrRef(_)),
        Kind::Paths | Kind::Components(_) => false,
        Kind::Object(_) | Kind::ObjectOrRef(_) | Kind::BoolOrSchema | Kind::SchemaName => false,
        Kind::Any | Kind::LeftOut | Kind::Text | Kind::Url | Kind::ServerUrl => false,
        Kind::Pattern | Kind::Bool | Kind::Limit | Kind::Count | Kind::OneOf(_) => false,
        Kind::Type | Kind::Security => false,
    }
}

/// The target of a reference, unless it is outside of the API description.
fn target_of(reference: &str) -> Option<Pointer> {
    const OTHERS: [&str; 7] = [
        "openapi",
        "info",
        "servers",
        "security",
        "tags",
        "externalDocs",
        "jsonSchemaDialect",
    ];
    let target = Pointer::from_fragment(reference)?;
    let first = target.tokens().next();
    first
        .is_some_and(|it| !OTHERS.contains(&it.as_str()))
        .then_some(target)
}

/// Whether a pointer leads to a component of the typed document.
fn is_component(target: &Pointer) -> bool {
    let tokens: Vec<String> = target.tokens().collect();
    matches!(&tokens[..], [root, section, _] if root == "components" && section != "pathItems")
}

/// Whether a reference to a shared object gives it another description.
fn is_described(rule: &'static ObjectRule, members: &Map<String, Value>) -> bool {
    let mut shared = [&raw const PARAMETER, &raw const HEADER].into_iter();
    shared.any(|it| std::ptr::eq(rule, it)) && members.contains_key("description")
}
