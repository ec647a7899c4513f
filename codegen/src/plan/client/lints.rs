//! Decides which lints the names of the crate would trigger, and why that is acceptable.

use super::{File, Lint, Product};
use crate::naming::RustName;

/// Lints on non-ASCII identifiers: that they exist, that they have rare characters, and that they resemble others, in
/// this crate or in ASCII.
const SCRIPTS: [&str; 4] = [
    "confusable_idents",
    "mixed_script_confusables",
    "non_ascii_idents",
    "uncommon_codepoints",
];

/// The lints to allow in a crate of `products`. None if all names are ASCII.
pub(super) fn of(products: &[Product]) -> Vec<Lint> {
    let files = products.iter().flat_map(Product::files);
    let (types, members): (Vec<_>, Vec<_>) = files.map(|it| (types(it), members(it))).unzip();
    let (types, members) = (types.concat(), members.concat());
    let mut lints = Vec::new();
    if types.iter().chain(&members).any(|it| !it.is_ascii()) {
        let reason = "names are in the script of the spec";
        lints.extend(SCRIPTS.map(|name| Lint { name, reason }));
    }
    let reason = "these letters have no other case";
    if types
        .iter()
        .any(|it| it.trim_start_matches('_').starts_with(char::is_lowercase))
    {
        let name = "non_camel_case_types";
        lints.push(Lint { name, reason });
    }
    if members.iter().any(|it| it.contains(char::is_uppercase)) {
        let name = "non_snake_case";
        lints.push(Lint { name, reason });
    }
    lints.sort_by_key(|it| it.name);
    lints
}

/// The names of types and variants.
fn types(file: &File) -> Vec<&str> {
    let structs = file.structs.iter().map(|it| &it.name);
    let enumerations = file.enumerations.iter().map(|it| &it.name);
    let variants = file.enumerations.iter().flat_map(|it| &it.variants);
    let handles = file.handles.iter().map(|it| &it.name);
    let requests = file.requests.iter().map(|it| &it.name);
    let names = structs.chain(enumerations).chain(handles).chain(requests);
    let names = names.chain(variants.map(|it| &it.name));
    let names = names.chain(file.unions.iter().map(|it| &it.name));
    let variants = file.unions.iter().flat_map(|it| &it.variants);
    let names = names.chain(variants.map(|it| &it.name));
    names.map(RustName::as_str).collect()
}

/// The names of fields, methods and arguments.
fn members(file: &File) -> Vec<&str> {
    let fields = file.structs.iter().flat_map(|it| &it.fields);
    let openings = file.handles.iter().flat_map(|it| &it.openings);
    let links = file
        .handles
        .iter()
        .flat_map(|it| it.links.iter().chain(&it.shortcuts));
    let setters = file.requests.iter().flat_map(|it| &it.setters);
    let arguments = openings.clone().flat_map(|it| &it.arguments);
    let arguments = arguments.map(|(argument, _)| argument);
    let selectors = links.clone().flat_map(|it| &it.arguments);
    let arguments = arguments.chain(selectors.map(|it| &it.argument));
    let arguments = arguments.chain(setters.map(|it| &it.argument));
    let names = fields.map(|it| &it.name).chain(openings.map(|it| &it.name));
    let names = names.chain(links.map(|it| &it.name));
    let names = names.chain(arguments.map(|it| &it.name));
    names.map(RustName::as_str).collect()
}
