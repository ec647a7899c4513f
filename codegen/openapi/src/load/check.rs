//! Checks a document against OpenAPI 3.0, before anything is typed.
//!
//! The OpenAPI parser reports only the first fault, without its place, and overlooks many. The checks here report every
//! fault once, at the value that causes it; the parser accepts whatever passes them. They change nothing: necessary
//! rewrites are listed as [`Edit`]s.
//!
//! The checks are lenient where real documents are loose and nothing is lost: lists such as `required` may be empty,
//! and parts that no code is generated from are not checked. Something without effect, or against a SHOULD, is a
//! warning.

mod cycles;
mod fault;
mod keyed;
mod numbers;
mod object;
mod objects;
mod overlay;
mod paths;
mod references;
pub(super) mod rule;
pub(super) mod rules;
mod schemas;
mod texts;
mod version;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use self::fault::{CheckFault, DocumentFault, SchemaFault};
pub(crate) use self::fault::{FAULTS, UNSUPPORTED};
pub(super) use self::numbers::count;
pub(super) use self::objects::is_status;
use self::references::{Reference, Target};
use self::rule::{Kind, ObjectRule};
pub(crate) use self::version::{OpenApiVersion, OverlayVersion};
use crate::pointer::{Pointer, Trail};
use crate::report::Diagnostic;
use crate::spelling::Guesses;

/// The result of checking a document.
pub(super) struct Checked {
    pub(super) faults: Vec<Diagnostic>,
    /// Whether the OpenAPI parser accepts the document despite its faults.
    pub(super) is_readable: bool,
    /// The rewrites to apply before typing. Valid for a document without faults.
    pub(super) edits: Vec<Edit>,
}

/// A rewrite that lets the OpenAPI parser read the document correctly.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit {
    /// Removes a value.
    Remove(Pointer),
    /// Replaces a schema by an empty one.
    Empty(Pointer),
    /// Turns the reference of a schema with fields beside its `$ref` into `allOf`.
    Wrap(Pointer),
    /// Writes a count without a fraction, because the parser does not accept `1.0` there.
    DropFraction(Pointer),
    /// Stores a limit as text with all its digits, because the parser would round it.
    KeepDigits(Pointer),
}

/// Returns the OpenAPI version of a document.
///
/// # Errors
///
/// Returns a fault if the document is not OpenAPI of a supported version.
pub(super) fn version(document: &Value) -> Result<OpenApiVersion, Diagnostic> {
    version::of(document).map_err(|(fault, at)| Diagnostic::new(fault, at))
}

/// Checks a document, which is in the form of 3.0 whatever its version.
pub(super) fn check(document: &Value, version: OpenApiVersion) -> Checked {
    let mut checker = Checker::new(document, version.name());
    checker.value(&Kind::Object(&rules::DOCUMENT), document, &Trail::root());
    checker.references();
    checker.paths();
    checker.cycles();
    Checked {
        faults: checker.faults,
        is_readable: checker.is_readable,
        edits: checker.edits,
    }
}

/// What the URL of a server has but cannot have.
pub(super) fn server_part(url: &str) -> Option<&'static str> {
    texts::server_part(url)
}

/// Whether a server URL has a character that URLs cannot have.
pub(super) fn has_invalid_character(server: &str) -> bool {
    texts::url(server, true).is_some()
}

/// Checks the form of an overlay, and returns its version and its faults. Its effect on a spec is not checked.
pub(crate) fn check_overlay(document: &Value) -> (OverlayVersion, Vec<Diagnostic>) {
    let version = match version::check_overlay(document) {
        Ok(version) => version,
        Err((fault, at)) => {
            return (OverlayVersion::V1_0, vec![Diagnostic::new(fault, at)]);
        }
    };
    let (rule, specification) = match version {
        OverlayVersion::V1_0 => (&overlay::OVERLAY, "Overlay 1.0"),
        OverlayVersion::V1_1 => (&overlay::OVERLAY_1_1, "Overlay 1.1"),
    };
    let mut checker = Checker::new(document, specification);
    checker.value(&Kind::Object(rule), document, &Trail::root());
    (version, checker.faults)
}

/// Walks a document and collects its faults.
struct Checker<'v> {
    document: &'v Value,
    /// The specification to check against, as messages name it.
    specification: &'static str,
    faults: Vec<Diagnostic>,
    /// Whether the OpenAPI parser accepts the document despite its faults.
    is_readable: bool,
    edits: Vec<Edit>,
    /// The references seen so far.
    references: Vec<Reference>,
    /// The targets of valid references.
    targets: BTreeSet<Pointer>,
    /// Values whose fault was already reported, or that exist only under a misspelled name: a lookup that misses them
    /// is not a fault of its own.
    broken: BTreeSet<Pointer>,
    guesses: Guesses,
}

/// The members of an object whose fields were checked.
struct Members<'a> {
    object: &'a Map<String, Value>,
    /// Known fields that unknown ones probably mean: a misspelled field is not also missing.
    meant: Vec<&'static str>,
}

impl<'a> Members<'a> {
    /// Returns the value of a field.
    fn get(&self, field: &str) -> Option<&'a Value> {
        self.object.get(field)
    }

    /// Returns the value of a field that is text.
    fn text(&self, field: &str) -> Option<&'a str> {
        self.get(field)?.as_str()
    }

    /// Returns whether a field exists, under its name or a misspelled one, or through a reference.
    fn has(&self, field: &str) -> bool {
        let is_meant = self.meant.iter().any(|it| *it == field || *it == "$ref");
        is_meant || self.object.contains_key(field)
    }
}

/// Whether bundlers follow a reference in the place of such an object, which OpenAPI does not have.
fn is_section(rule: &'static ObjectRule) -> bool {
    let mut sections = [&raw const rules::COMPONENTS, &raw const rules::OPERATION].into_iter();
    sections.any(|it| std::ptr::eq(rule, it))
}

impl<'v> Checker<'v> {
    fn new(document: &'v Value, specification: &'static str) -> Self {
        Self {
            document,
            specification,
            faults: Vec::new(),
            is_readable: true,
            edits: Vec::new(),
            references: Vec::new(),
            targets: BTreeSet::new(),
            broken: BTreeSet::new(),
            guesses: Guesses::default(),
        }
    }
}

impl Checker<'_> {
    /// Records a fault.
    fn fault(&mut self, fault: impl CheckFault, place: &Trail<'_>) {
        self.report(fault, place.pointer());
    }

    /// Records a fault of the value at `at`.
    fn report(&mut self, fault: impl CheckFault, at: Pointer) {
        self.is_readable &= fault.is_readable();
        self.faults.push(Diagnostic::new(fault, at));
    }

    /// Checks a value and its contents.
    fn value(&mut self, kind: &Kind, value: &Value, place: &Trail<'_>) {
        match kind {
            Kind::Any => {}
            Kind::LeftOut => self.edits.push(Edit::Remove(place.pointer())),
            Kind::Text => self.expect(value.is_string(), "text", value, place),
            Kind::Url => self.text(|it| texts::url(it, false), value, place),
            Kind::ServerUrl => self.text(texts::server_url, value, place),
            Kind::Pattern => self.text(texts::pattern, value, place),
            Kind::Bool => self.expect(value.is_boolean(), "`true` or `false`", value, place),
            Kind::Limit => self.limit(value, place),
            Kind::Count => self.count(value, place),
            Kind::OneOf(allowed) => self.one_of(allowed, value, place),
            Kind::Type => self.schema_type(value, place),
            Kind::List(kind) => self.list(kind, value, place),
            Kind::Map(kind) => self.map(kind, value, place),
            Kind::Components(kind) => self.components(kind, value, place),
            Kind::Object(rule) if is_section(rule) => {
                if !self.section_reference(value, place)
                    && let Some(object) = self.object(value, place)
                {
                    self.whole(rule, object, place);
                }
            }
            Kind::Object(rule) => {
                if let Some(object) = self.object(value, place) {
                    self.whole(rule, object, place);
                }
            }
            Kind::ObjectOrRef(rule) => self.object_or_ref(rule, value, place),
            Kind::BoolOrSchema => {
                if !value.is_boolean() {
                    self.object_or_ref(&rules::SCHEMA, value, place);
                }
            }
            Kind::SchemaName => {
                self.expect(value.is_string(), "text", value, place);
                if let Some(target) = value.as_str().filter(|it| it.starts_with('#')) {
                    self.refer(Target::Mapping(target.to_owned()), place);
                }
            }
            Kind::Paths => self.path_items(value, place),
            Kind::Responses => self.responses(value, place),
            Kind::Content => self.content(value, place),
            Kind::Security => self.security(value, place),
        }
    }

    /// Reports a value that is not of the `expected` kind.
    fn expect(&mut self, is_met: bool, expected: &'static str, value: &Value, place: &Trail<'_>) {
        if !is_met {
            self.broken.insert(place.pointer());
            self.fault(
                DocumentFault::WrongKind {
                    expected,
                    found: kind_of(value),
                },
                place,
            );
        }
    }

    /// Checks a text that has a grammar of its own.
    fn text<F: CheckFault>(
        &mut self,
        grammar: impl Fn(&str) -> Option<F>,
        value: &Value,
        place: &Trail<'_>,
    ) {
        self.expect(value.is_string(), "text", value, place);
        if let Some(fault) = value.as_str().and_then(grammar) {
            self.fault(fault, place);
        }
    }

    /// Checks a text against a list of allowed values.
    fn one_of(&mut self, allowed: &'static [&'static str], value: &Value, place: &Trail<'_>) {
        match value.as_str() {
            Some(found) if !allowed.contains(&found) => {
                let (field, found) = (place.name().to_owned(), found.to_owned());
                self.fault(
                    DocumentFault::UnknownValue {
                        field,
                        found,
                        allowed,
                    },
                    place,
                );
            }
            Some(_) => {}
            None => self.expect(false, "text", value, place),
        }
    }

    /// Checks the `type` of a schema. A list of types is OpenAPI 3.1.
    fn schema_type(&mut self, value: &Value, place: &Trail<'_>) {
        const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];
        match value.as_str() {
            Some(found) if !TYPES.contains(&found) => {
                self.fault(
                    SchemaFault::UnknownType {
                        found: found.to_owned(),
                    },
                    place,
                );
            }
            Some(_) => {}
            None => self.expect(false, "one type", value, place),
        }
    }

    /// Checks a list of values of one kind.
    fn list(&mut self, kind: &Kind, value: &Value, place: &Trail<'_>) {
        match value.as_array() {
            Some(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.value(kind, value, &place.index(index));
                }
            }
            None => self.expect(false, "a list", value, place),
        }
    }

    /// Checks an object that holds values of one kind.
    fn map(&mut self, kind: &Kind, value: &Value, place: &Trail<'_>) {
        if matches!(kind, Kind::ObjectOrRef(_)) && self.section_reference(value, place) {
            return;
        }
        if let Some(object) = self.object(value, place) {
            for (key, value) in object {
                self.value(kind, value, &place.key(key));
            }
        }
    }
}

/// Returns what users call the kind of a value.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
