//! Plans the crate's docs beyond those of its items: crate docs, guide and examples.

mod example;
mod model;

pub use self::model::*;
use super::viewpoint::Basis;
use super::{Client, Doc, Product, TagFeature, Version, doc};
use crate::api::{Method, OperationIndex};
use crate::guide;
use crate::naming::{Case, Scope};
use crate::report::code;

/// Plans the docs of a crate of `client`.
pub(super) fn docs(bases: &[Basis<'_>], client: &Client, guide: Option<&guide::Guide>) -> Docs {
    let guide = guide.map(self::guide);
    let examples = bases.iter().map(|basis| {
        let indices = (0..basis.api.operations.len()).map(OperationIndex);
        let examples = indices.map(|it| example::example(basis.outside(), it));
        examples.collect()
    });
    let examples: Vec<_> = examples.collect();
    Docs {
        root: root(&client.products, guide.as_ref()),
        first_call: first_call(bases, &examples),
        examples,
        guide,
    }
}

/// Chooses the call of a first program: it should change nothing, need no input from the reader, and have something to
/// print. A list is best.
fn first_call(
    bases: &[Basis<'_>],
    examples: &[Vec<Option<Example>>],
) -> Option<(usize, OperationIndex)> {
    let calls = examples.iter().enumerate().flat_map(|(version, examples)| {
        let examples = examples.iter().enumerate();
        examples
            .filter_map(move |(at, example)| Some((version, OperationIndex(at), example.as_ref()?)))
    });
    let calls = calls.filter(|(version, operation, example)| {
        let method = bases[*version].api.operation(*operation).method;
        let has_end = example.reading != Reading::Events;
        method == Method::Get && example.answer.is_some() && example.body.is_none() && has_end
    });
    let best = calls.min_by_key(|(version, operation, example)| {
        let arguments: usize = example.steps.iter().map(|it| it.arguments.len()).sum();
        let is_list = example.reading == Reading::AllPages;
        (!is_list, arguments, *version, operation.0)
    });
    best.map(|(version, operation, _)| (version, operation))
}

/// The crate docs: the contents of the crate, and a link to its guide.
fn root(products: &[Product], guide: Option<&Guide>) -> Doc {
    let titles: Vec<&str> = products.iter().map(|it| it.title.as_str()).collect();
    let mut lines = vec![
        format!("A client of {}.", enumerated(&titles)),
        String::new(),
        "Each product is a Cargo feature and a module; [`Client`] has a method for each."
            .to_owned(),
        String::new(),
    ];
    lines.extend(products.iter().flat_map(entries));
    lines.extend(products.iter().flat_map(tags));
    if let Some(guide) = guide {
        lines.push(String::new());
        lines.push("The [guide] has a chapter on each of".to_owned());
        lines.push(String::new());
        lines.extend(guide.chapters.iter().map(|it| link(it, "guide")));
    }
    lines
}

/// The list items that name the versions of a product. They are not links, because a module does not exist without its
/// feature.
fn entries(product: &Product) -> impl Iterator<Item = String> {
    let Product {
        feature, module, ..
    } = product;
    let versions = product.versions.iter();
    versions.map(move |version| {
        let Version {
            title,
            module: version,
            ..
        } = version;
        format!("- `{feature}`: {title}, `{module}::{version}`")
    })
}

/// The docs of the features of a product's tags.
fn tags(product: &Product) -> Doc {
    if product.tags.is_empty() {
        return Doc::new();
    }
    let mut lines = vec![String::new()];
    lines.extend(doc::line(&format!(
        "`{}` is large. Each of its tags is a feature, too, and turns on the operations with that tag and what they \
         need; the product's own turns on all of them. A program that needs a few says so: \
         `default-features = false, features = [\"{}\", \"rustls\"]`.",
        product.feature, product.tags[0].name
    )));
    lines.push(String::new());
    lines.extend(
        product
            .tags
            .iter()
            .map(|TagFeature { name, tag }| match tag {
                Some(tag) => format!("- `{name}`: {}", code(tag)),
                None => format!("- `{name}`: operations without a tag"),
            }),
    );
    lines
}

/// Joins names in a sentence: `a, b and c`.
fn enumerated(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Plans the modules of a guide. The first one links to all others.
fn guide(guide: &guide::Guide) -> Guide {
    let mut modules = Scope::new(Case::Module, &[]);
    let chapters = guide.chapters.iter().map(|chapter| Chapter {
        module: modules.claim(&chapter.title),
        title: doc::line(&chapter.title).join(" "),
        doc: chapter.lines.clone(),
    });
    let chapters: Vec<Chapter> = chapters.collect();
    let mut doc = guide.introduction.clone();
    if !doc.is_empty() {
        doc.push(String::new());
    }
    doc.extend(chapters.iter().map(|it| link(it, "self")));
    Guide { doc, chapters }
}

/// A list item that links to a chapter; `parent` is the path of the guide's module.
fn link(Chapter { module, title, .. }: &Chapter, parent: &str) -> String {
    format!("- [{title}]({parent}::{module})")
}
