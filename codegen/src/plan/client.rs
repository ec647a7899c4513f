//! Plans the client: modules, types, handles and requests.

mod answer;
mod call;
mod constructor;
mod conversion;
mod declared_error;
mod default_value;
mod environment;
mod field_codec;
mod handle;
mod json_shape;
mod lints;
mod model;
mod oauth;
mod other_response;
mod request;
mod server;
mod types;
mod union;
mod value_doc;

pub use self::answer::{AnswerKind, AnswerKinds};
pub use self::call::*;
pub use self::constructor::{Constructor, DefaultImpl, InitialValue, RequiredField};
pub use self::conversion::{Conversion, ValueConversion};
pub use self::default_value::DefaultValue;
pub use self::environment::{Environment, EnvironmentCredential};
pub use self::model::*;
pub use self::oauth::{FlowServer, OAuthFlow};
pub use self::server::{BuilderMethod, ServerPart};
use super::gates::{FileGates, Gate};
use super::layout::Contents;
use super::viewpoint::{Basis, Viewpoint};
use super::{Doc, Leaf, ResponseDecoding, RustType, doc};
use crate::api::{Api, ResourceId, Scalar, Type, TypeId};
use crate::plan::nesting;
use crate::report::code;
use crate::vendor::Vendor;
use crate::workers::Workers;

/// Plans the products of the client.
pub(super) fn client(bases: &[Basis<'_>], workers: &impl Workers) -> Client {
    let mut products: Vec<Product> = Vec::new();
    for (origin, basis) in bases.iter().enumerate() {
        let version = version(origin, basis, workers);
        let known = products.iter_mut();
        match known.into_iter().find(|it| it.name == basis.api.product) {
            None => products.push(product(basis, version)),
            Some(product) => product.versions.push(version),
        }
    }
    Client {
        // All documents of a crate have the same vendor.
        vendor: bases.first().map_or(Vendor::plain(), |it| it.api.vendor),
        needs_credentials: bases.iter().any(|it| it.needs_credentials),
        has_public_operations: bases.iter().any(Basis::has_public_operations),
        environment: environment::environment(bases),
        builder_methods: server::methods(bases),
        recursion_limit: nesting::recursion_limit(bases.iter().map(|it| it.api)),
        lints: lints::of(&products),
        sends_files: takes(&products, &[Leaf::PART, Leaf::NAMED_PART]),
        sends_named_files: takes(&products, &[Leaf::NAMED_PART]),
        has_streams: takes(&products, &[Leaf::PART, Leaf::NAMED_PART, Leaf::BODY])
            || has_downloads(&products),
        has_other_responses: has_other_responses(&products),
        sends_json_text: takes(&products, &[Leaf::JSON]),
        has_base64: bases.iter().any(|it| has_base64(it.api)),
        converts_enumerations: converts_enumerations(&products),
        products,
    }
}

fn product(basis: &Basis<'_>, first: Version) -> Product {
    Product {
        name: basis.api.product.clone(),
        feature: basis.names.feature(),
        tags: basis.gates.features().to_vec(),
        module: basis.names.product.clone(),
        title: first.title.clone(),
        versions: vec![first],
    }
}

fn version(origin: usize, basis: &Basis<'_>, workers: &impl Workers) -> Version {
    let Basis {
        api, names, layout, ..
    } = basis;
    let files = (0..layout.files.len()).collect();
    Version {
        origin,
        sources: api.files.clone(),
        gate: basis.gates.version(),
        module: names.version.clone(),
        title: doc::line(&api.title).join(" "),
        doc: version_doc(api),
        root: names.handle(ResourceId(0)).clone(),
        files: workers.map(files, |it| file(basis.file(it))),
        accessor: names.accessor.clone(),
        server_methods: names.server_variables().to_vec(),
    }
}

/// The description of a version, its servers if there are several, and its operations that were left out.
fn version_doc(api: &Api) -> Doc {
    let mut doc = doc::paragraphs([Some(api.title.as_str()), api.doc.as_deref()]);
    doc.extend(server::chapter(&api.servers));
    if api.skipped.is_empty() {
        return doc;
    }
    doc.push(String::new());
    doc.extend(doc::line(
        "Not in this crate, because the generator cannot call it rightly:",
    ));
    doc.push(String::new());
    for operation in &api.skipped {
        let request = format!("{} {}", operation.method.as_str(), operation.path);
        let label = format!("{}, {}:", code(&operation.id), code(&request));
        doc.extend(doc::list_item(&label, &doc::line(&operation.why)));
    }
    doc
}

fn file(at: Viewpoint<'_>) -> File {
    let contents = &at.layout.files[at.file];
    let types = contents.types.iter();
    let structs = types.clone().filter_map(|&id| types::structure(at, id));
    let structs: Vec<Struct> = structs.collect();
    let unions = types.clone().filter_map(|&id| union::union(at, id));
    let unions: Vec<Union> = unions.collect();
    let gates = at.gates();
    let resources = contents.resources.iter();
    let operations = contents.operations.iter();
    File {
        module: at.names.files[at.file].clone(),
        doc: file_doc(contents),
        gate: gates.whole(),
        serializes: serializes(&gates, &structs, &unions),
        enumerations: types.filter_map(|&id| types::enumeration(at, id)).collect(),
        handles: resources.map(|&id| handle::handle(at, id)).collect(),
        requests: operations.map(|&it| request::request(at, it)).collect(),
        structs,
        unions,
    }
}

/// The gate of the types of a file that derive `Serialize`, if there are any.
fn serializes(gates: &FileGates<'_>, structs: &[Struct], unions: &[Union]) -> Option<Gate> {
    let structs = structs.iter().map(|it| (it.origin, &it.derives));
    let unions = unions.iter().map(|it| (it.origin, &it.derives));
    let derived = structs.chain(unions);
    let users = derived.filter(|(_, it)| it.contains(&Derive::Serialize));
    let users: Vec<TypeId> = users.map(|(id, _)| id).collect();
    (!users.is_empty()).then(|| gates.types(&users))
}

fn file_doc(contents: &Contents) -> Doc {
    if contents.is_shared {
        return doc::line("Types that no single resource owns.");
    }
    let subject = doc::sentence_case(&doc::words(&contents.subject));
    let subject = if subject.is_empty() {
        "No name".to_owned()
    } else {
        subject
    };
    doc::line(&format!("{subject}: types, handles and requests."))
}

/// Whether a value is base64.
fn has_base64(api: &Api) -> bool {
    let mut schemas = api.schemas.iter();
    schemas.any(|it| it.ty == Type::Scalar(Scalar::Base64))
}

fn converts_enumerations(products: &[Product]) -> bool {
    let files = products.iter().flat_map(Product::files);
    let mut enumerations = files.flat_map(|it| &it.enumerations);
    enumerations.any(|it| !it.conversions.is_empty())
}

/// Whether a response is bytes, or can be asked for as bytes.
fn has_downloads(products: &[Product]) -> bool {
    let is_bytes = |it: &OtherResponseMethod| it.answer == ResponseDecoding::Bytes;
    requests(products).any(|it| it.is_download || it.other_responses.iter().any(is_bytes))
}

fn has_other_responses(products: &[Product]) -> bool {
    requests(products).any(|it| !it.other_responses.is_empty())
}

fn requests(products: &[Product]) -> impl Iterator<Item = &Request> {
    let files = products.iter().flat_map(Product::files);
    files.flat_map(|it| &it.requests)
}

/// Whether a method takes anything that converts into `leaf`.
fn takes(products: &[Product], leaves: &[Leaf]) -> bool {
    let is_it = |argument: &Argument| match &argument.ty {
        ArgumentType::Into(ty) | ArgumentType::OneOrMany(ty) | ArgumentType::Each(ty) => {
            matches!(ty, RustType::Leaf(leaf) if leaves.contains(leaf))
        }
        ArgumentType::Exactly(_) | ArgumentType::Wrapped(..) => false,
    };
    let mut files = products.iter().flat_map(Product::files);
    files.any(|file| {
        let setters = file.requests.iter().flat_map(|it| &it.setters);
        let openings = file.handles.iter().flat_map(|it| &it.openings);
        let mut arguments = openings.flat_map(|it| &it.arguments);
        arguments.any(|(it, _)| is_it(it)) || setters.map(|it| &it.argument).any(is_it)
    })
}
