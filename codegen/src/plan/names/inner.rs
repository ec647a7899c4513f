//! Claims the names inside of items: fields and variants, arguments and setters, methods.
//!
//! Each item is a scope of its own, so its names depend on no other item.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::reserved::{DOWNLOAD_METHODS, HANDLE_FUNCTIONS, LIST_METHODS, REQUEST_METHODS};
use crate::api::{Api, Operation, OperationIndex, Resource, ResourceId, ResponseKind, Shape};
use crate::media_type::essence;
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
    /// For each operation: the methods for its alternative responses.
    pub(super) other_responses: Vec<Vec<RustName>>,
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
        let (inputs, other_responses) = api.operations.iter().map(request_names).unzip();
        Self {
            members: api.types.iter().map(|it| members(&it.shape)).collect(),
            inputs,
            other_responses,
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
            scope.claim_all(&names.collect::<Vec<&str>>())
        }
        Shape::Enumeration(values) => {
            // The runtime's macro adds `Other`, and `Self` cannot be a variant.
            let mut scope = Scope::new(Case::Camel, &["Other"]);
            let values = values
                .iter()
                .map(|it| apart_from_other(&it.text, "other_value"));
            scope.claim_all(&values.collect::<Vec<&str>>())
        }
        Shape::Union(union) => {
            // `Other` holds unknown values.
            let mut scope = Scope::new(Case::Camel, &["Other"]);
            let variants = union.variants.iter();
            let variants = variants.map(|it| apart_from_other(&it.name, "other_kind"));
            scope.claim_all(&variants.collect::<Vec<&str>>())
        }
    }
}

/// The words of a variant, or `apart` if they are those of the variant for everything that the document does not list.
fn apart_from_other<'w>(words: &'w str, apart: &'w str) -> &'w str {
    match words::snake_with_marks(words).as_str() {
        "other" => apart,
        _ => words,
    }
}

/// The methods of a request with this result, beside its setters.
fn request_methods(result: &ResponseKind) -> Vec<&'static str> {
    let further: &[&str] = match result {
        ResponseKind::Page { .. } => &LIST_METHODS,
        ResponseKind::Value(_) | ResponseKind::OneOf(_) if result.may_be_bytes() => {
            &DOWNLOAD_METHODS
        }
        ResponseKind::Value(_) | ResponseKind::Nothing | ResponseKind::OneOf(_) => &[],
    };
    [&REQUEST_METHODS, further].concat()
}

/// The inputs of an operation, and the methods for its alternative responses.
fn request_names(operation: &Operation) -> (Vec<RustName>, Vec<RustName>) {
    let locals = ["call", "self"];
    let methods = request_methods(&operation.result);
    let mut arguments = Scope::new(Case::Snake, &locals);
    let mut setters = Scope::new(Case::Snake, &methods);
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|it| (operation.words_of(it), it.required));
    let body = operation.body.iter().map(|it| ("body".into(), it.required));
    let inputs: Vec<(Cow<'_, str>, bool)> = parameters.chain(body).collect();
    let wires: Vec<&str> = inputs.iter().map(|(name, _)| name.as_ref()).collect();
    let form = |name: &str, spelling| words::lower(&words::words(name, spelling));
    let spellings = words::spellings(&wires, form, |_| false);
    let inputs = inputs.iter().zip(spellings);
    let inputs = inputs.map(|((name, is_required), spelling)| {
        let (scope, taken) = match is_required {
            true => (&mut arguments, locals.as_slice()),
            false => (&mut setters, methods.as_slice()),
        };
        match taken.contains(&words::snake_with_marks(name).as_str()) {
            true => scope.claim(&with_noun(&operation.noun, name)),
            false => scope.claim_as(name, spelling),
        }
    });
    let mut names: Vec<RustName> = inputs.collect();
    let others = operation.other_bodies.iter();
    names.extend(others.map(|it| match it.required {
        true => arguments.claim("body"),
        false => of_media_type(&mut setters, &it.media_type, "body"),
    }));
    let responses = operation.other_responses.iter();
    let responses = responses.map(|it| of_media_type(&mut setters, &it.media_type, "response"));
    (names, responses.collect())
}

/// The name of an input that cannot have its own, because that is taken: `task_timeout`.
fn with_noun(noun: &str, name: &str) -> String {
    match noun {
        "" => format!("{name}_parameter"),
        _ => format!("{noun}_{name}"),
    }
}

/// The method for a body or a response with a media type: `csv_body`.
fn of_media_type(scope: &mut Scope, media_type: &str, what: &str) -> RustName {
    let essence = essence(media_type);
    let (main, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let words = match subtype {
        "plain" => "text",
        "octet-stream" => "bytes",
        "x-www-form-urlencoded" => "form",
        "*" if what == "body" => "bytes",
        "*" => main,
        other => other,
    };
    // A suffix (RFC 6838 §4.2.8) is a separate word.
    let [short, long] = [words, &essence].map(|it| format!("{}_{what}", it.replace('+', "_")));
    scope.claim_first(&[&short, &long])
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

/// The methods of a resource's handle.
fn own_methods(api: &Api, resource: &Resource) -> Methods {
    let mut scope = Scope::new(Case::Snake, &HANDLE_FUNCTIONS);
    let openings = openings(api, resource, &mut scope);
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

/// The methods that make requests. An operation is named after its verb, or, if another one has that, after its name, or
/// after its HTTP method if the name says no more than the verb.
fn openings(api: &Api, resource: &Resource, scope: &mut Scope) -> Vec<(OperationIndex, RustName)> {
    let operations = resource.operations.iter();
    let operations = operations.map(|&it| (it, api.operation(it)));
    let mut owners: BTreeMap<&str, OperationIndex> = BTreeMap::new();
    // The first one whose name is only the verb has it, or else the first of all.
    for is_bare in [true, false] {
        for (index, operation) in operations.clone() {
            if !is_bare || words::snake(&operation.name) == operation.verb {
                owners.entry(&operation.verb).or_insert(index);
            }
        }
    }
    let owns_verb = |(index, it): &(OperationIndex, &Operation)| owners[it.verb.as_str()] == *index;
    let (owners, others): (Vec<_>, Vec<_>) = operations.clone().partition(owns_verb);
    let mut names = BTreeMap::new();
    for (index, operation) in owners {
        names.insert(index, scope.claim(&verb_of(operation, resource)));
    }
    for (index, operation) in others {
        let method = operation.method.as_str();
        names.insert(index, scope.claim_first(&[&operation.name, method]));
    }
    let name = |index: OperationIndex| Some((index, names.remove(&index)?));
    resource
        .operations
        .iter()
        .copied()
        .filter_map(name)
        .collect()
}

/// The verb of an operation, with its noun if every handle has a function of that name.
fn verb_of(operation: &Operation, resource: &Resource) -> String {
    let verb = operation.verb.as_str();
    if !HANDLE_FUNCTIONS.contains(&verb) {
        return verb.to_owned();
    }
    match operation.noun.as_str() {
        "" => format!("{verb}_{}", words::singular(&resource.noun)),
        noun => format!("{verb}_{noun}"),
    }
}

fn selectors(resource: &Resource) -> Vec<RustName> {
    let mut scope = Scope::new(Case::Snake, &[]);
    let parameters = resource.parameters.iter();
    let wires: Vec<&str> = parameters.map(|it| it.wire_name.as_str()).collect();
    scope.claim_all(&wires)
}
