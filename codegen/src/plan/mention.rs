//! Names on the wire that prose mentions: what each is called in Rust, and where its docs are.
//!
//! A spec says `IpCommandsUrl`, for which who reads the docs of a crate writes `ip_commands_url`. Prose may mention what is
//! in its scope: that of an operation has its inputs and the parameters of its path, that of an object its fields.

use std::collections::{BTreeMap, BTreeSet};

use super::viewpoint::Viewpoint;
use super::{Doc, Named, RustType, doc};
use crate::api::{Api, BodyEncoding, Encoding, OperationIndex, Parameter, SchemaId, TypeId};
use crate::naming::RustName;
use crate::report::code;

/// What prose of one scope may mention, by its name on the wire.
pub(super) struct Mentions<'a> {
    targets: BTreeMap<&'a str, Target>,
    /// Names that stand for several things. What they mean cannot be told.
    ambiguous: BTreeSet<&'a str>,
}

/// What is mentioned.
#[derive(Clone, Debug, PartialEq)]
struct Target {
    name: RustName,
    /// Where its docs are, as rustdoc finds it from those that mention it.
    path: Option<String>,
}

/// Fields that rustdoc would take for a method of a trait.
const METHODS_OF_TRAITS: [&str; 17] = [
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "serialize",
    "to_owned",
    "try_from",
    "try_into",
];

impl<'a> Mentions<'a> {
    /// What prose of an operation may mention. `request` is the path of its request.
    pub(super) fn of_operation(at: Viewpoint<'a>, index: OperationIndex, request: &str) -> Self {
        let operation = at.api.operation(index);
        let mut mentions = Self::none();
        for (name, parameter) in at.selectors(index) {
            mentions.add(&parameter.wire_name, name, None);
        }
        for (parameter, name) in operation.parameters.iter().zip(at.names.inputs(index)) {
            let path = (!parameter.required).then(|| path(request, name));
            mentions.add(&parameter.wire_name, name, path);
        }
        for schema in bodies(at.api, index) {
            if let Some(id) = at.api.ty(schema).named() {
                mentions.add_fields(at, id, &path_of(&at.named_type(id)));
            }
        }
        let parameters = operation.parameters.iter();
        mentions.forget_values(at.api, parameters.map(|it| it.value.schema));
        mentions
    }

    /// What prose about a resource may mention: what selects it.
    pub(super) fn of_selectors(
        selectors: impl Iterator<Item = (&'a RustName, &'a Parameter)>,
    ) -> Self {
        let mut mentions = Self::none();
        for (name, parameter) in selectors {
            mentions.add(&parameter.wire_name, name, None);
        }
        mentions
    }

    /// What prose of a type may mention: its fields. `owner` is its path.
    pub(super) fn of_type(at: Viewpoint<'a>, id: TypeId, owner: &str) -> Self {
        let mut mentions = Self::none();
        mentions.add_fields(at, id, owner);
        mentions
    }

    /// Prose that mentions nothing.
    pub(super) fn none() -> Self {
        Self {
            targets: BTreeMap::new(),
            ambiguous: BTreeSet::new(),
        }
    }

    fn add_fields(&mut self, at: Viewpoint<'a>, id: TypeId, owner: &str) {
        let fields = at.api.type_definition(id).shape.fields();
        if fields.is_empty() {
            return; // Members of others are variants.
        }
        for (field, name) in fields.iter().zip(at.names.members(id)) {
            let is_found = !METHODS_OF_TRAITS.contains(&name.unraw());
            self.add(&field.wire_name, name, is_found.then(|| path(owner, name)));
        }
        self.forget_values(at.api, fields.iter().map(|it| it.value.schema));
    }

    fn add(&mut self, wire_name: &'a str, name: &RustName, path: Option<String>) {
        let name = name.clone();
        let target = Target { name, path };
        let known = self.targets.get(wire_name);
        if known.is_some_and(|it| *it != target) {
            self.ambiguous.insert(wire_name);
        }
        self.targets.insert(wire_name, target);
    }

    /// Takes the values that `schemas` enumerate for values wherever they are mentioned.
    fn forget_values(&mut self, api: &'a Api, schemas: impl Iterator<Item = SchemaId>) {
        for schema in schemas {
            let id = api.named_inside(schema);
            let values = id.and_then(|id| api.type_definition(id).shape.values());
            self.ambiguous
                .extend(values.into_iter().flatten().map(|it| it.text.as_str()));
        }
    }

    /// `text` as docs of what has these names in scope.
    pub(super) fn prose(&self, text: &str) -> Doc {
        doc::prose(text, &|wire_name| {
            let Target { name, path } = self.target(wire_name)?;
            Some(match path {
                Some(path) => format!("[`{name}`]({path})"),
                None => format!("`{name}`"),
            })
        })
    }

    /// `text` as docs of `own`, which links to the others alone.
    pub(super) fn prose_of(&self, own: &RustName, text: &str) -> Doc {
        doc::prose(text, &|wire_name| {
            let Target { name, path } = self.target(wire_name)?;
            Some(match path {
                Some(path) if name != own => format!("[`{name}`]({path})"),
                Some(_) | None => format!("`{name}`"),
            })
        })
    }

    fn target(&self, wire_name: &str) -> Option<&Target> {
        let target = self.targets.get(wire_name);
        target.filter(|_| !self.ambiguous.contains(wire_name))
    }
}

/// The schemas of the bodies that callers make of an object's fields.
fn bodies(api: &Api, index: OperationIndex) -> impl Iterator<Item = SchemaId> {
    let operation = api.operation(index);
    let body = operation.body.iter().map(|it| &it.payload);
    let body = body.filter(|it| it.encoding == Encoding::Json);
    let body = body.map(|it| it.value.schema);
    let others = operation.other_bodies.iter();
    let others = others.filter(|it| match it.writing {
        BodyEncoding::Json | BodyEncoding::Form(_) => true,
        BodyEncoding::Text | BodyEncoding::Bytes => false,
    });
    body.chain(others.map(|it| it.value.schema))
}

/// The path of a type in links.
pub(super) fn path_of(named: &Named) -> String {
    let parent = if named.elsewhere { "super::" } else { "" };
    format!("{parent}{}", named.name)
}

/// The path of a member. rustdoc takes `#` for the beginning of a fragment, and knows raw names without it.
fn path(owner: &str, member: &RustName) -> String {
    format!("{owner}::{}", member.unraw())
}

/// A type in docs, with a link to its item.
pub(super) fn linked(ty: &RustType) -> String {
    let text = ty.spelled(&|it| it.name.to_string());
    let label = code(&text);
    match ty.named() {
        None => label,
        Some(it) if it.elsewhere => format!("[{label}](super::{})", it.name),
        // rustdoc finds it by its name, and warns about a redundant path.
        Some(it) if *it.name.as_str() == text => format!("[{label}]"),
        Some(it) => format!("[{label}]({})", it.name),
    }
}
