//! Lowers OpenAPI documents to the API model.
//!
//! Lowering never stops early: it returns a model and every fault it found. An unknown construct becomes a diagnostic
//! that names it, never a guess. References are resolved here; no later stage sees OpenAPI. This stage must not know
//! identifiers or tokens.

mod action;
mod additions;
mod alike;
mod annotations;
mod answer;
mod body;
mod body_fault;
mod component;
mod conditions;
mod constant;
mod content;
mod context;
mod declared_error;
mod degrade;
mod direction;
mod envelope;
mod example;
mod fault;
mod field_encoding;
mod form;
mod format;
mod hierarchy;
mod initial_value;
mod keywords;
mod merge;
mod multipart;
mod namespace;
mod needs;
mod nested_tag;
mod operation;
mod operation_name;
mod other_body;
mod other_response;
mod page_key;
mod page_rules;
mod parameter;
mod part_kinds;
mod path_types;
mod payload;
mod presence;
mod referenced;
mod resolve;
mod resource;
mod restriction;
mod schema;
mod security;
mod selection;
mod server;
mod shape;
mod shared_name;
mod simplify;
mod stream_item;
mod style;
mod success;
mod token_url;
mod union;
mod update;
mod value_docs;
mod variant_words;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema as SpecSchema};

use self::fault::LoweringFault;
use self::hierarchy::Hierarchy;
use self::namespace::Namespace;
pub use self::page_rules::{PageFits, PageRule};
pub use self::selection::Selection;
use crate::api::{
    Api, Operation, Resource, Schema, SecurityScheme, ServerVariable, SkippedOperation,
    TypeDefinition, TypeId, Use,
};
use crate::load::{Document, PathItem};
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Explanation, Fault};
use crate::tree::Places;
use crate::vendor::Vendor;
use crate::words;

/// The explanations of all faults.
pub(crate) static FAULTS: [&[&Explanation]; 2] = [fault::ALL, body_fault::ALL];

/// Lowers `document`, which describes `version` of `product` and follows the conventions of `vendor`. `pages` are the
/// operations whose lists are divided into pages otherwise.
pub fn lower(
    document: &Document,
    vendor: Vendor,
    product: &str,
    version: &str,
    pages: &PageFits<'_>,
) -> (Api, Vec<Diagnostic>) {
    let spec = &document.openapi;
    let namespace = Namespace::of(&document.schema_names);
    let mut lowering = Lowering::new(vendor, document, &namespace, pages);
    lowering.security_schemes = lowering.security_schemes();
    lowering.component_types();
    let (operations, resources) = lowering.paths(&document.paths);
    lowering.shapes();
    std::mem::take(&mut lowering.shared_names).apply(&mut lowering.types);
    let nested_tags = lowering.nested_tags();
    let type_tags = lowering.type_tags();
    let extensions = lowering.extensions();
    let referenced = referenced::referenced(spec, &lowering.schemas);
    let servers = lowering.servers();
    let degraded = lowering.degraded.into_iter();
    let contradicted = degraded.filter(|(_, what)| what == merge::CONTRADICTED);
    let contradicted = contradicted.map(|(at, _)| at).collect();
    let mut api = Api {
        vendor,
        product: product.to_owned(),
        version: version.to_owned(),
        files: Vec::new(), // Set by the pipeline.
        title: title(spec, product),
        doc: spec.info.description.clone(),
        security_schemes: lowering.security_schemes,
        servers,
        server_variables: lowering.server_variables,
        schemas: lowering.schemas,
        referenced,
        types: lowering.types,
        extensions,
        operations,
        skipped: Vec::new(),
        contradicted,
        resources,
        places: Places::default(),
    };
    let mut faults = lowering.diagnostics;
    union::add_listed_tags(&mut api);
    nested_tag::add(&mut api, nested_tags);
    initial_value::set(&mut api, &type_tags);
    path_types::agree(&mut api);
    direction::separate(&mut api);
    update::mark(&mut api);
    faults.extend(presence::decide(&mut api));
    alike::merge(&mut api);
    (api, faults)
}

/// The title of a document; if it is blank, the words of the product.
fn title(spec: &OpenAPI, product: &str) -> String {
    match spec.info.title.trim() {
        "" => product.replace('_', " "),
        _ => spec.info.title.clone(),
    }
}

/// Lowers `document` like [`lower`], but leaves out operations with errors, which become warnings.
pub fn lower_supported(
    document: &mut Document,
    vendor: Vendor,
    product: &str,
    version: &str,
    pages: &PageFits<'_>,
) -> (Api, Vec<Diagnostic>) {
    let mut skipped = Vec::new();
    loop {
        let (mut api, mut faults) = lower(document, vendor, product, version, pages);
        let errors: Vec<&Diagnostic> = faults.iter().filter(|it| it.is_error()).collect();
        let more = selection::without(document, &errors);
        if more.is_empty() {
            faults.extend(skipped.iter().map(skipped_operation));
            api.skipped = skipped;
            return (api, faults);
        }
        skipped.extend(more);
    }
}

fn skipped_operation(operation: &SkippedOperation) -> Diagnostic {
    let why = operation.why.clone();
    Diagnostic::new(
        LoweringFault::OperationLeftOut { why },
        operation.at.clone(),
    )
}

/// A document, and the vendor whose conventions apply.
#[derive(Clone, Copy)]
struct SpecContext<'a> {
    openapi: &'a OpenAPI,
    vendor: Vendor,
    namespace: &'a Namespace,
}

impl SpecContext<'_> {
    /// The name of a type for a component schema.
    fn type_name(self, schema: &str) -> String {
        words::status_last(&self.vendor.type_name(self.namespace.short(schema)))
    }
}

/// The state of lowering one document.
struct Lowering<'a> {
    vendor: Vendor,
    spec: &'a OpenAPI,
    namespace: &'a Namespace,
    /// The last words of ids that only tell them apart.
    suffixes: operation_name::Suffixes,
    security_schemes: Vec<(String, SecurityScheme)>,
    server_variables: Vec<ServerVariable>,
    schemas: Vec<Schema>,
    types: Vec<TypeDefinition>,
    /// The component schemas with a named type, by component name.
    components: IndexMap<&'a str, Use>,
    /// The types of inline enumerations, by their sorted values: equal values share a type.
    inline_enumerations: IndexMap<Vec<String>, TypeId>,
    /// The names that these would have for each of their values.
    shared_names: shared_name::SharedNames,
    /// The types of other inline schemas.
    inline_types: BTreeMap<schema::InlineKey, TypeId>,
    /// The subclasses of base schemas.
    hierarchy: Hierarchy<'a>,
    /// The components that the tags of unions name.
    tag_targets: Vec<nested_tag::TagTarget<'a>>,
    /// What the discriminators say of components.
    component_tags: Vec<initial_value::ComponentTags<'a>>,
    /// The operations whose lists are divided into pages as the settings say.
    pages: &'a PageFits<'a>,
    /// Components that pages are made of, by name. Any other reference to one makes it a type.
    envelopes: BTreeSet<&'a str>,
    /// The inline error bodies that several operations have, with their values once they are lowered.
    shared_errors: Vec<(&'a SpecSchema, Option<Use>)>,
    /// Types whose shape is not lowered yet, with their schemas.
    shapeless: Vec<(TypeId, &'a SpecSchema)>,
    /// Component schemas without a named type, resolved.
    aliases: IndexMap<&'a str, Use>,
    /// The aliases being resolved, to detect cycles.
    resolving: Vec<&'a str>,
    /// How many schemas enclose the current one, including references.
    depth: usize,
    /// How many alternatives were merged with schemas beside them.
    merged_alternatives: usize,
    /// The lowered bodies that several operations share, by the place of their schemas.
    shared: BTreeMap<Pointer, Use>,
    /// The unknown formats already noted.
    formats: BTreeSet<String>,
    /// The unused media types already noted.
    unused_media_types: BTreeSet<(String, String)>,
    /// The undefined styles already noted.
    undefined_styles: BTreeSet<&'static str>,
    /// The servers already noted.
    passed_over: BTreeSet<Pointer>,
    diagnostics: Vec<Diagnostic>,
    /// The constructs already reported, with their places.
    degraded: BTreeSet<(Pointer, String)>,
    /// The ineffective keywords already noted, with their types.
    ineffective: BTreeSet<(&'static str, String)>,
}

impl<'a> Lowering<'a> {
    fn new(
        vendor: Vendor,
        document: &'a Document,
        namespace: &'a Namespace,
        pages: &'a PageFits<'a>,
    ) -> Self {
        let spec = &document.openapi;
        let mut envelopes = envelope::parts(vendor, document);
        envelopes.extend(pages.parts());
        let ids = document.operation_ids.iter();
        let ids: Vec<String> = ids.map(|it| namespace.removed_from(it)).collect();
        Self {
            vendor,
            spec,
            namespace,
            suffixes: operation_name::Suffixes::of(&ids),
            security_schemes: Vec::new(),
            server_variables: Vec::new(),
            schemas: Vec::new(),
            types: Vec::new(),
            components: IndexMap::new(),
            inline_enumerations: IndexMap::new(),
            shared_names: shared_name::SharedNames::default(),
            inline_types: BTreeMap::new(),
            hierarchy: Hierarchy::of(spec),
            tag_targets: Vec::new(),
            component_tags: Vec::new(),
            pages,
            envelopes,
            shared_errors: document.shared_errors.iter().map(|it| (it, None)).collect(),
            shapeless: Vec::new(),
            aliases: IndexMap::new(),
            resolving: Vec::new(),
            depth: 0,
            merged_alternatives: 0,
            shared: BTreeMap::new(),
            formats: BTreeSet::new(),
            unused_media_types: BTreeSet::new(),
            undefined_styles: BTreeSet::new(),
            passed_over: BTreeSet::new(),
            diagnostics: Vec::new(),
            degraded: BTreeSet::new(),
            ineffective: BTreeSet::new(),
        }
    }

    /// The document and its vendor.
    fn described(&self) -> SpecContext<'a> {
        SpecContext {
            openapi: self.spec,
            vendor: self.vendor,
            namespace: self.namespace,
        }
    }

    fn report(&mut self, at: &Pointer, fault: impl Fault) {
        self.diagnostics.push(Diagnostic::new(fault, at.clone()));
    }

    fn paths(
        &mut self,
        paths: &'a IndexMap<String, ReferenceOr<PathItem>>,
    ) -> (Vec<Operation>, Vec<Resource>) {
        let mut operations = Vec::new();
        let mut tree = resource::ResourceTree::new(paths.keys(), self.namespace);
        let at = Pointer::root().key("paths");
        for (path, item) in paths {
            let at = at.key(path);
            match item {
                ReferenceOr::Item(item) => self.path(&at, path, item, &mut operations, &mut tree),
                ReferenceOr::Reference { .. } => {
                    self.unsupported(&at.key("$ref"), "a path item behind a `$ref`");
                }
            }
        }
        let is_refused = |it: &Diagnostic| it.is_error() && it.at.is_in(&at);
        if operations.is_empty() && !self.diagnostics.iter().any(is_refused) {
            self.report(&at, LoweringFault::NothingToCall);
        }
        tell_apart(&mut operations);
        let resources = tree.into_resources(&operations);
        let resources = action::into_methods(resources, &mut operations);
        (operations, resources)
    }

    fn path(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
        operations: &mut Vec<Operation>,
        tree: &mut resource::ResourceTree<'a>,
    ) {
        let mut lowered = self.path_item(at, path, item);
        if lowered.is_empty() {
            return;
        }
        parameter::keep_reserved(item, &mut lowered);
        let doc = annotations::text(item.description.as_deref());
        let hints = self.vendor.path_hints(&item.extensions);
        for alike in resource::by_styles(lowered) {
            tree.insert(path, doc.clone(), &hints, &alike, operations.len());
            operations.extend(alike);
        }
    }
}

/// Numbers duplicate ids from the second on: each is the key of one operation's examples.
fn tell_apart(operations: &mut [Operation]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for operation in operations {
        let base = operation.id.clone();
        while !taken.insert(operation.id.clone()) {
            let number = numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            operation.id = format!("{base}{number}");
        }
    }
}

/// How often each item occurs.
fn counted<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts
}

/// A sorted set of names.
fn sorted<'a>(names: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let names: BTreeSet<&String> = names.into_iter().collect();
    names.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use crate::source::SourceFile;

    #[test]
    fn documents_without_a_title_are_named_after_their_product() {
        for (info, title) in [
            ("{title: Pets, version: '1'}", "Pets"),
            ("{title: ' ', version: '1'}", "shop"),
            ("{version: '1'}", "shop"),
        ] {
            let text = format!(
                "openapi: 3.0.3\ninfo: {info}\nservers: [{{url: 'https://shop.example.com'}}]\npaths: {{}}\n"
            );
            let path = "shop.yaml".to_owned();
            let (apis, report) = crate::read(&[SourceFile { path, text }]);
            assert!(!report.has_errors(), "{report}");
            assert_eq!(apis[0].title, title, "{info}");
        }
    }
}
