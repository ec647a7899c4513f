//! Plan -> tokens: one template for each kind of item.
//!
//! Decisions are made in `plan`. Each function here destructures its part of the plan, prepares the holes, and quotes
//! once. It must not see the API model, OpenAPI, or strings of code.

mod cli;
mod client;
mod docs;
mod mock;
mod ty;

pub(crate) use self::mock::examples_program;
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use crate::naming::RustName;
use crate::package::{Draft, Package, header};
use crate::plan::{Crate, Doc, Gate, Product, Version};
use crate::render;

/// Drafts every file of the crate.
pub(crate) fn emit<'a>(plan: &'a Crate, package: &'a Package) -> Vec<Draft<'a>> {
    let mut files = client::files(plan, package);
    files.extend(mock::files(plan));
    files.extend(cli::files(plan, package));
    files.extend(docs::files(&plan.docs));
    files
}

/// The path of a version's file, without its extension, and of the folder of its modules.
fn version_path(product: &Product, version: &Version) -> String {
    let [product, version] = [&product.module, &version.module].map(RustName::unraw);
    format!("src/{product}/{version}")
}

/// The features that enable a version.
fn version_gate(product: &Product, version: &Version) -> Gate {
    match version.gate.as_slice() {
        [] => product.gate(),
        [_, ..] => version.gate.clone(),
    }
}

/// A Rust file that is generated from files with these names. Its tokens are made together with its text, because they
/// cannot be sent between threads.
fn rust_file<'a>(
    path: &str,
    sources: impl IntoIterator<Item = &'a str>,
    tokens: impl FnOnce() -> TokenStream + Send + 'a,
) -> Draft<'a> {
    let header = header(sources);
    Draft::new(path, move || render::render(&header, tokens()))
}

fn ident(name: &RustName) -> Ident {
    match name.as_str().strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name.as_str(), Span::call_site()),
    }
}

/// The `cfg` condition for code that needs any of these features.
fn condition(gate: &Gate) -> Option<TokenStream> {
    match gate.as_slice() {
        [] => None,
        [feature] => Some(quote!(feature = #feature)),
        features => Some(quote!(any(#(feature = #features),*))),
    }
}

/// The attribute that compiles the following item only with these features.
fn gate(gate: &Gate) -> Option<TokenStream> {
    condition(gate).map(|it| quote!(#[cfg(#it)]))
}

/// Items that are compiled only with these features. The attribute follows the docs of each, as in code that people write.
fn gated(gate: &Gate, items: TokenStream) -> TokenStream {
    let Some(attribute) = self::gate(gate) else {
        return items;
    };
    let mut gated = TokenStream::new();
    let mut is_first = true;
    let mut items = items.into_iter().peekable();
    while let Some(token) = items.next() {
        if is_first && items.peek().is_some_and(|it| is_doc(&token, it)) {
            gated.extend([Some(token), items.next()].into_iter().flatten());
            continue;
        }
        if is_first {
            gated.extend(attribute.clone());
        }
        // Items and macros end with a semicolon or a block.
        is_first = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(sign) => sign.as_char() == ';',
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        gated.extend([token]);
    }
    gated
}

/// Whether these two tokens are an attribute with docs.
fn is_doc(sign: &TokenTree, attribute: &TokenTree) -> bool {
    let (TokenTree::Punct(sign), TokenTree::Group(attribute)) = (sign, attribute) else {
        return false;
    };
    let first = attribute.stream().into_iter().next();
    let is_named_doc = matches!(first, Some(TokenTree::Ident(name)) if name == "doc");
    sign.as_char() == '#' && is_named_doc
}

/// Documentation of the following item.
fn outer_doc(doc: &Doc) -> TokenStream {
    let texts = doc_texts(doc);
    quote!(#(#[doc = #texts])*)
}

/// Documentation of the enclosing module.
fn inner_doc(doc: &Doc) -> TokenStream {
    let texts = doc_texts(doc);
    quote!(#(#![doc = #texts])*)
}

/// The values of the `doc` attributes: one for all lines, because a third of a crate is docs, or one for each line if a
/// block comment could not contain them.
fn doc_texts(doc: &Doc) -> Vec<Literal> {
    let lines = doc.iter().map(|line| doc_line(line));
    if render::breaks_block_comment(doc) {
        return lines.map(|line| doc_literal(&line)).collect();
    }
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = (!doc.is_empty()).then(|| doc_literal(&text));
    text.into_iter().collect()
}

/// A raw string literal, because escaping and unescaping docs takes longer; an escaped one if the text cannot be raw.
fn doc_literal(text: &str) -> Literal {
    let raw = format!("r##\"{text}\"##").parse();
    raw.unwrap_or_else(|_| Literal::string(text))
}

/// A string literal like that of `quote!`, which escapes character by character: most texts need no escapes.
fn text_literal(text: &str) -> Literal {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    let plain = text
        .bytes()
        .all(is_plain)
        .then(|| format!("\"{text}\"").parse().ok());
    plain.flatten().unwrap_or_else(|| Literal::string(text))
}

/// An integer literal with its sign.
fn integer(number: i64) -> TokenStream {
    let sign = number.is_negative().then(|| quote!(-));
    let digits = Literal::u64_unsuffixed(number.unsigned_abs());
    quote!(#sign #digits)
}

/// A floating-point literal with its sign.
fn float(number: f64) -> TokenStream {
    let sign = number.is_sign_negative().then(|| quote!(-));
    let literal = Literal::f64_unsuffixed(number.abs());
    quote!(#sign #literal)
}

/// A line with the space that follows `///`.
fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_line_comments_whatever_they_contain() {
        for lines in [
            ["one", ""],
            ["a \"## b", "\\n \u{e9}"],
            ["/* a", "b */"],
            ["see", "https://a.b/"],
        ] {
            let doc = outer_doc(&lines.map(str::to_owned).to_vec());
            let expected = lines.map(|line| format!("///{}\n", doc_line(line)));
            let text = render::following(quote!(#doc struct Item;));
            assert_eq!(text, format!("\n{}struct Item;\n", expected.concat()));
        }
    }

    #[test]
    fn docs_precede_the_features_of_an_item() {
        let items = quote! {
            #[doc = " One."]
            #[doc = " More."]
            #[must_use]
            pub struct One { a: u8 }
            impl One {}
        };
        let text = render::following(gated(&vec!["pets".to_owned()], items));
        let gate = "#[cfg(feature = \"pets\")]";
        let one = format!(
            "\n/// One.\n/// More.\n{gate}\n#[must_use]\npub struct One {{\n    a: u8,\n}}\n"
        );
        assert_eq!(text, format!("{one}\n{gate}\nimpl One {{}}\n"));
    }

    #[test]
    fn text_literals_are_those_of_quote() {
        for text in ["", "it's", "a \"b\"", "\\d+", "\u{e9}\n"] {
            assert_eq!(text_literal(text).to_string(), quote!(#text).to_string());
        }
    }
}
