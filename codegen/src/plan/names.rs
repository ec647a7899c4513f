//! Claims all names of the crate, before anything else is planned.

mod item;
mod reserved;
mod server_variable;

use std::collections::{BTreeMap, BTreeSet};

use self::reserved::{
    CLIENT_METHODS, DOWNLOAD_METHODS, HANDLE_FUNCTIONS, ROOT_MODULES, VERSION_MODULES, WRITTEN_BARE,
};
pub(crate) use self::reserved::{LIST_METHODS, REQUEST_METHODS};
use self::server_variable::VariableNames;

use super::layout::Layout;
use super::shortcut;
use crate::api::{
    Alternative, Api, Operation, OperationIndex, Resource, ResourceId, ResponseKind,
    ServerVariableId, Shape, TypeId,
};
use crate::naming::{Case, RustName, Scope};
use crate::vendor::Vendor;
use crate::words;

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
    /// For each type: its fields or its variants.
    members: Vec<Vec<RustName>>,
    requests: Vec<RustName>,
    /// For each operation: the arguments and setters of its parameters, of its body, and of its alternative bodies.
    inputs: Vec<Vec<RustName>>,
    handles: Vec<RustName>,
    /// For each operation: the enum of its responses and its variants, if they are of several kinds.
    answers: Vec<Option<(RustName, Vec<RustName>)>>,
    methods: Vec<Methods>,
    /// For each resource: the arguments that select it.
    selectors: Vec<Vec<RustName>>,
    /// For each server variable: the builder's method that sets it.
    server_variables: Vec<RustName>,
}

/// The names of a handle's methods.
pub(super) struct Methods {
    /// Methods that make requests.
    pub(super) openings: Vec<(OperationIndex, RustName)>,
    /// Methods that return other handles.
    pub(super) links: Vec<(ResourceId, RustName)>,
    /// Those of the root that lead to what is below the caller's account.
    pub(super) shortcuts: Vec<(ResourceId, RustName)>,
}

impl Names {
    /// The feature of the product. Underscores at the ends of a module name are only there for Rust; Cargo allows a
    /// leading digit and keywords, but no leading hyphen.
    pub(super) fn feature(&self) -> String {
        self.product.unraw().trim_matches('_').replace('_', "-")
    }

    /// Claims every name in the order of the specs; in each version types, then requests, then handles.
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
        let operations = api.operations.iter();
        let answers = operations.clone().map(|it| answers(it, &mut items));
        let answers = answers.collect();
        let mut files = Scope::new(Case::Module, &VERSION_MODULES);
        files.reserve(&items); // `_2fa` is both a type and a module.
        Self {
            product,
            version: Scope::new(Case::Module, &[]).claim(&api.version),
            accessor,
            files: (layout.files.iter().map(|it| files.claim(&it.subject))).collect(),
            types,
            members: api.types.iter().map(|it| members(&it.shape)).collect(),
            requests,
            inputs: operations.map(inputs).collect(),
            handles,
            answers,
            methods: methods(api),
            selectors: api.resources.iter().map(selectors).collect(),
            server_variables: Vec::new(), // set for all versions together
        }
    }

    pub(super) fn ty(&self, id: TypeId) -> &RustName {
        let name = self.types[id.0].as_ref();
        name.unwrap_or_else(|| panic!("type {} has no item", id.0))
    }

    /// The fields of an object, and last the one for additional properties if it keeps them; or the variants of an
    /// enumeration or a union.
    pub(super) fn members(&self, id: TypeId) -> &[RustName] {
        &self.members[id.0]
    }

    pub(super) fn request(&self, index: OperationIndex) -> &RustName {
        &self.requests[index.0]
    }

    /// The arguments and setters of an operation's parameters, of its body, and of its alternative bodies.
    pub(super) fn inputs(&self, index: OperationIndex) -> &[RustName] {
        &self.inputs[index.0]
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
        &self.methods[id.0]
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
        &self.selectors[id.0]
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

fn members(shape: &Shape) -> Vec<RustName> {
    match shape {
        Shape::Object(object) => {
            let mut scope = Scope::new(Case::Snake, &[]);
            let fields = object.fields.iter().map(|it| it.wire_name.as_str());
            let names = fields.chain(object.rest.as_ref().map(|_| "rest"));
            names.map(|it| scope.claim(it)).collect()
        }
        Shape::Enumeration(values) => {
            // The runtime's macro adds `Other`, and `Self` cannot be a variant.
            let mut scope = Scope::new(Case::Camel, &["Other"]);
            let values = values
                .iter()
                .map(|it| apart_from_other(&it.text, "other_value"));
            values.map(|it| scope.claim(it)).collect()
        }
        Shape::Union(union) => {
            // `Other` holds unknown values.
            let mut scope = Scope::new(Case::Camel, &["Other"]);
            let variants = union.variants.iter();
            let variants = variants.map(|it| apart_from_other(&it.name, "other_kind"));
            variants.map(|it| scope.claim(it)).collect()
        }
    }
}

/// The words of a variant, or `apart` if they are those of the variant for everything that the document does not list.
fn apart_from_other<'w>(words: &'w str, apart: &'w str) -> &'w str {
    match words::snake(words).as_str() {
        "other" => apart,
        _ => words,
    }
}

/// The enum of the responses of an operation with several kinds, claimed among `items`.
fn answers(operation: &Operation, items: &mut Scope) -> Option<(RustName, Vec<RustName>)> {
    let alternatives = match &operation.result {
        ResponseKind::OneOf(alternatives) => alternatives,
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. } => return None,
    };
    let name = items.claim(&format!("{}_answer", operation.name));
    // The last variant is for every other status.
    let mut variants = Scope::new(Case::Camel, &["Other"]);
    let variants = alternatives.iter().map(|it| variants.claim(&phrase(it)));
    Some((name, variants.collect()))
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

/// The methods of a request with this result, beside its setters.
fn request_methods(result: &ResponseKind) -> Vec<&'static str> {
    let further: &[&str] = match result {
        ResponseKind::Page { .. } => &LIST_METHODS,
        ResponseKind::Value(_) if result.is_bytes() => &DOWNLOAD_METHODS,
        ResponseKind::Value(_) | ResponseKind::Nothing | ResponseKind::OneOf(_) => &[],
    };
    [&REQUEST_METHODS, further].concat()
}

fn inputs(operation: &Operation) -> Vec<RustName> {
    let locals = ["call", "self"];
    let methods = request_methods(&operation.result);
    let mut arguments = Scope::new(Case::Snake, &locals);
    let mut setters = Scope::new(Case::Snake, &methods);
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|it| (operation.words_of(it), it.required));
    let body = operation.body.iter().map(|it| ("body".into(), it.required));
    let inputs = parameters.chain(body).map(|(name, is_required)| {
        let (scope, taken) = match is_required {
            true => (&mut arguments, locals.as_slice()),
            false => (&mut setters, methods.as_slice()),
        };
        match taken.contains(&words::snake(&name).as_str()) {
            true => scope.claim(&with_noun(&operation.noun, &name)),
            false => scope.claim(&name),
        }
    });
    let mut names: Vec<RustName> = inputs.collect();
    let others = operation.other_bodies.iter();
    names.extend(others.map(|it| match it.required {
        true => arguments.claim("body"),
        false => {
            let longer = it.media_type.split(';').next().unwrap_or_default();
            setters.claim_first(&[&body_words(&it.media_type), &format!("{longer}_body")])
        }
    }));
    names
}

/// The name of an input that cannot have its own, because that is taken: `task_timeout`.
fn with_noun(noun: &str, name: &str) -> String {
    match noun {
        "" => format!("{name}_parameter"),
        _ => format!("{noun}_{name}"),
    }
}

/// The name of a body with a media type, in words: `csv_body`.
fn body_words(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (_, subtype) = essence.split_once('/').unwrap_or(("", essence));
    let subtype = match subtype.to_ascii_lowercase().as_str() {
        "plain" => "text".to_owned(),
        "octet-stream" => "bytes".to_owned(),
        "x-www-form-urlencoded" => "form".to_owned(),
        other => other.replace('+', "_"), // A suffix (RFC 6838 §4.2.8) is a separate word.
    };
    format!("{subtype}_body")
}

/// The methods of each resource's handle.
fn methods(api: &Api) -> Vec<Methods> {
    let mut methods: Vec<Methods> = api
        .resources
        .iter()
        .map(|it| own_methods(api, it))
        .collect();
    let account = shortcut::account(api).map(|it| methods[it.0].links.clone());
    if let (Some(mut links), Some(root)) = (account, methods.first_mut()) {
        let openings = root.openings.iter().map(|(_, name)| name);
        let taken = openings.chain(root.links.iter().map(|(_, name)| name));
        let taken: BTreeSet<&str> = taken
            .map(RustName::as_str)
            .chain(HANDLE_FUNCTIONS)
            .collect();
        links.retain(|(_, name)| !taken.contains(name.as_str()));
        root.shortcuts = links;
    }
    methods
}

/// The methods of a resource's handle. An operation is named after its verb, or after its name if the verb is taken.
fn own_methods(api: &Api, resource: &Resource) -> Methods {
    let mut scope = Scope::new(Case::Snake, &HANDLE_FUNCTIONS);
    let mut verbs = BTreeSet::new();
    let openings = resource.operations.iter().map(|&index| {
        let operation = api.operation(index);
        let words = if verbs.insert(&operation.verb) {
            &operation.verb
        } else {
            &operation.name
        };
        let noun = match operation.noun.as_str() {
            "" => words::singular(&resource.noun),
            noun => noun.to_owned(),
        };
        let longer = format!("{}_{noun}", operation.verb);
        let is_taken = HANDLE_FUNCTIONS.contains(&operation.verb.as_str());
        let words = if is_taken { &longer } else { words };
        (index, scope.claim(words))
    });
    let openings = openings.collect();
    let links = resource.children.iter();
    let links = links
        .map(|&child| {
            let accessor = &api.resource(child).accessor;
            let noun = Some(words::singular(&resource.noun)).filter(|it| !it.is_empty());
            let noun = noun.as_deref().unwrap_or("resource");
            let longer = format!("{accessor}_{noun}");
            (child, scope.claim_first(&[accessor, &longer]))
        })
        .collect();
    Methods {
        openings,
        links,
        shortcuts: Vec::new(),
    }
}

fn selectors(resource: &Resource) -> Vec<RustName> {
    let mut scope = Scope::new(Case::Snake, &[]);
    let parameters = resource.parameters.iter();
    parameters.map(|it| scope.claim(&it.wire_name)).collect()
}
