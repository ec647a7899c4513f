//! Claims all names of the crate, before anything else is planned.

mod inner;
mod item;
mod reserved;
mod server_variable;

use std::collections::BTreeMap;

pub(super) use self::inner::{InnerNames, Methods};
use self::reserved::{CLIENT_METHODS, ROOT_MODULES, VERSION_MODULES, WRITTEN_BARE};
pub(crate) use self::reserved::{LIST_METHODS, REQUEST_METHODS};
use self::server_variable::VariableNames;

use super::layout::Layout;
use crate::api::{
    Alternative, Api, Operation, OperationIndex, ResourceId, ResponseKind, ServerVariableId, TypeId,
};
use crate::naming::{Case, RustName, Scope};
use crate::vendor::Vendor;

/// The names of one version.
pub(super) struct Names {
    /// The product's module.
    pub(super) product: RustName,
    /// The version's module.
    pub(super) version: RustName,
    /// The method of the client that leads to the version.
    pub(super) accessor: RustName,
    /// For each file: its module.
    pub(super) files: Vec<RustName>,
    /// For each type that is an item: its name.
    types: Vec<Option<RustName>>,
    requests: Vec<RustName>,
    handles: Vec<RustName>,
    /// For each operation: the enum of its responses and its variants, if they are of several kinds.
    answers: Vec<Option<(RustName, Vec<RustName>)>>,
    /// The names inside of the items.
    inner: InnerNames,
    /// For each server variable: the builder's method that sets it.
    server_variables: Vec<RustName>,
}

impl Names {
    /// The feature of the product. Underscores at the ends of a module name are only there for Rust; Cargo allows a
    /// leading digit and keywords, but no leading hyphen.
    pub(super) fn feature(&self) -> String {
        self.product.unraw().trim_matches('_').replace('_', "-")
    }

    /// Claims every name but those inside of items, in the order of the specs; in each version types, then requests, then
    /// handles.
    pub(super) fn claim(versions: &[(&Api, &Layout)]) -> Vec<Self> {
        let mut modules = Scope::new(Case::Module, &ROOT_MODULES);
        let mut accessors = Scope::new(Case::Snake, &CLIENT_METHODS);
        let is_plain = |(api, _): &(&Api, &Layout)| api.vendor == Vendor::plain();
        let mut variables = VariableNames::new(versions.iter().all(is_plain));
        let mut products: BTreeMap<&str, RustName> = BTreeMap::new();
        let names = versions.iter().map(|(api, layout)| {
            // The first version of a product has the product's name; later ones add their version.
            let (product, accessor) = match products.get(api.product.as_str()) {
                None => (modules.claim(&api.product), accessors.claim(&api.product)),
                Some(known) => {
                    let words = format!("{}_{}", api.product, api.version);
                    (known.clone(), accessors.claim(&words))
                }
            };
            products.insert(&api.product, product.clone());
            Self {
                server_variables: variables.claim(api),
                ..Self::of_version(api, layout, product, accessor)
            }
        });
        names.collect()
    }

    fn of_version(api: &Api, layout: &Layout, product: RustName, accessor: RustName) -> Self {
        let mut items = Scope::new(Case::Camel, &WRITTEN_BARE);
        let types = item::types(api, &mut items);
        let requests = item::requests(api, &mut items);
        let handles = item::handles(api, &mut items);
        let answers = item::answers(api, &requests, &mut items);
        let answers = answers.into_iter().zip(&api.operations);
        let answers = answers
            .map(|(name, it)| Some((name?, variants_of_answer(it))))
            .collect();
        let mut files = Scope::new(Case::Module, &VERSION_MODULES);
        files.reserve(&items); // `_2fa` is both a type and a module.
        Self {
            product,
            version: Scope::new(Case::Module, &[]).claim(&api.version),
            accessor,
            files: (layout.files.iter().map(|it| files.claim(&it.subject))).collect(),
            types,
            requests,
            handles,
            answers,
            inner: InnerNames::default(), // claimed at the same time, by others
            server_variables: Vec::new(), // set for all versions together
        }
    }

    /// Adds the names inside of items.
    pub(super) fn with(self, inner: InnerNames) -> Self {
        Self { inner, ..self }
    }

    pub(super) fn ty(&self, id: TypeId) -> &RustName {
        let name = self.types[id.0].as_ref();
        name.unwrap_or_else(|| panic!("type {} has no item", id.0))
    }

    /// The fields of an object, and last the one for additional properties if it keeps them; or the variants of an
    /// enumeration or a union.
    pub(super) fn members(&self, id: TypeId) -> &[RustName] {
        &self.inner.members[id.0]
    }

    pub(super) fn request(&self, index: OperationIndex) -> &RustName {
        &self.requests[index.0]
    }

    /// The arguments and setters of an operation's parameters, of its body, and of its alternative bodies.
    pub(super) fn inputs(&self, index: OperationIndex) -> &[RustName] {
        &self.inner.inputs[index.0]
    }

    /// The methods for an operation's alternative responses.
    pub(super) fn other_responses(&self, index: OperationIndex) -> &[RustName] {
        &self.inner.other_responses[index.0]
    }

    pub(super) fn handle(&self, id: ResourceId) -> &RustName {
        &self.handles[id.0]
    }

    /// The enum of an operation's responses and its variants, if they are of several kinds.
    pub(super) fn answer(&self, index: OperationIndex) -> Option<&(RustName, Vec<RustName>)> {
        self.answers[index.0].as_ref()
    }

    /// The methods of a resource's handle.
    pub(super) fn methods(&self, id: ResourceId) -> &Methods {
        &self.inner.methods[id.0]
    }

    /// For each server variable: the builder's method that sets it.
    pub(super) fn server_variables(&self) -> &[RustName] {
        &self.server_variables
    }

    /// The builder's method that sets a server variable.
    pub(super) fn server_variable(&self, id: ServerVariableId) -> &RustName {
        &self.server_variables[id.0]
    }

    /// The arguments that select a resource.
    pub(super) fn selectors(&self, id: ResourceId) -> &[RustName] {
        &self.inner.selectors[id.0]
    }
}

/// The suffixes of environment variables for API keys: the words of their schemes, in capitals.
pub(super) fn environment_variables<'a>(
    schemes: impl Iterator<Item = &'a str>,
    reserved: &[&str],
) -> Vec<String> {
    let mut scope = Scope::new(Case::Module, reserved);
    let names = schemes.map(|it| scope.claim(it));
    names.map(|it| it.unraw().to_ascii_uppercase()).collect()
}

/// The variants of the enum of an operation's responses; none if they are of one kind.
fn variants_of_answer(operation: &Operation) -> Vec<RustName> {
    let alternatives = match &operation.result {
        ResponseKind::OneOf(alternatives) => alternatives.as_slice(),
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. } => &[],
    };
    // The last variant is for every other status.
    let mut variants = Scope::new(Case::Camel, &["Other"]);
    let variants = alternatives.iter().map(|it| variants.claim(&phrase(it)));
    variants.collect()
}

/// The name of a success status (RFC 9110 §15.3, RFC 4918 §11.1, RFC 5842 §7.1, RFC 3229 §10.4.1).
fn phrase(
    Alternative {
        status, is_range, ..
    }: &Alternative,
) -> String {
    let phrase = match status {
        200..300 if *is_range => "success",
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non_authoritative_information",
        204 => "no_content",
        205 => "reset_content",
        206 => "partial_content",
        207 => "multi_status",
        208 => "already_reported",
        226 => "im_used",
        other => return format!("status_{other}"),
    };
    phrase.to_owned()
}
