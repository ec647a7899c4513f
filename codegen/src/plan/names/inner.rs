//! Claims the names inside of items: fields and variants, arguments and setters, methods.
//!
//! Each item is a scope of its own, so its names depend on no other item.

use std::collections::BTreeSet;

use super::reserved::{DOWNLOAD_METHODS, HANDLE_FUNCTIONS, LIST_METHODS, REQUEST_METHODS};
use crate::api::{Api, Operation, OperationIndex, Resource, ResourceId, ResponseKind, Shape};
use crate::naming::{Case, RustName, Scope};
use crate::plan::shortcut;
use crate::words;

/// The names inside of the items of one version.
#[derive(Default)]
pub(in crate::plan) struct InnerNames {
    /// For each type: its fields or its variants.
    pub(super) members: Vec<Vec<RustName>>,
    /// For each operation: the arguments and setters of its parameters, of its body, and of its alternative bodies.
    pub(super) inputs: Vec<Vec<RustName>>,
    pub(super) methods: Vec<Methods>,
    /// For each resource: the arguments that select it.
    pub(super) selectors: Vec<Vec<RustName>>,
}

/// The names of a handle's methods.
pub(in crate::plan) struct Methods {
    /// Methods that make requests.
    pub(in crate::plan) openings: Vec<(OperationIndex, RustName)>,
    /// Methods that return other handles.
    pub(in crate::plan) links: Vec<(ResourceId, RustName)>,
    /// Those of the root that lead to what is below the caller's account.
    pub(in crate::plan) shortcuts: Vec<(ResourceId, RustName)>,
}

impl InnerNames {
    /// Claims the names of a version.
    pub(in crate::plan) fn of(api: &Api) -> Self {
        Self {
            members: api.types.iter().map(|it| members(&it.shape)).collect(),
            inputs: api.operations.iter().map(inputs).collect(),
            methods: methods(api),
            selectors: api.resources.iter().map(selectors).collect(),
        }
    }
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
