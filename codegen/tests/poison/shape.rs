//! Checks that emitted files are harmless: to the disk, to readers, and to rustdoc.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use syn::Ident;
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

/// Asserts that a path stays inside the crate and can be written on any file system.
pub fn assert_path(path: &str) {
    let is_name = |part: &str| {
        let stem = part
            .split_once('.')
            .map_or(part, |(stem, extension)| match extension {
                "rs" | "toml" | "json" => stem,
                _ => "",
            });
        let is_word = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
        part == "Cargo.toml" || (!stem.is_empty() && stem.bytes().all(is_word) && part.len() <= 255)
    };
    assert!(
        path.split('/').all(is_name) && path.len() < 1024,
        "a file is called {:?}",
        path.chars().take(300).collect::<String>()
    );
}

/// Asserts that a file is what its name says, contains no invisible characters, and runs nothing when it is documented.
///
/// Returns its items: their tokens, without attributes, function bodies and texts. Paths to private modules are
/// omitted.
pub fn harmless_items(path: &str, text: &str) -> Vec<String> {
    let hidden = |it: char| {
        (it.is_control() && it != '\n')
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let found = text.chars().find(|it| hidden(*it));
    assert_eq!(found, None, "{path} holds what cannot be seen");
    if path.ends_with(".json") {
        serde_json::from_str::<serde_json::Value>(text)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
    } else if path.ends_with(".rs") {
        let tokens = TokenStream::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file: syn::Result<syn::File> = syn::parse2(tokens.clone());
        file.unwrap_or_else(|error| panic!("{path}: {error}"));
        for doc in docs(tokens.clone()) {
            assert_nothing_runs(&doc);
        }
        // A table of commands consists of texts, and depends on names: its columns, and whether something is created.
        if path.ends_with("/cli.rs") {
            return Vec::new();
        }
        return items(tokens);
    }
    Vec::new()
}

/// Asserts that rustdoc runs nothing in a doc comment except the generator's own example.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most of Markdown is harmless"
)]
fn assert_nothing_runs(doc: &str) {
    let mut own = false;
    for event in Parser::new(doc) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                own = &*kind == "no_run";
                assert!(own || &*kind == "text", "a block of {kind:?} in {doc}");
            }
            Event::Text(text) if own => {
                let heads = [
                    "# async fn example(client: ",
                    "# fn example() -> Result<(), demo::Error> {",
                    "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<",
                ];
                let is_ours = heads.iter().any(|it| text.starts_with(it));
                assert!(is_ours, "{text} in {doc}");
                own = false;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("an indented block in {doc}")
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {doc}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let is_known = ["https://", "http://", "crate::", "runtime::"]
                    .iter()
                    .any(|it| dest_url.starts_with(it));
                assert!(
                    is_known || is_member(&dest_url),
                    "a link to {dest_url} in {doc}"
                );
            }
            _ => {}
        }
    }
}

/// Whether a link is to a setter or a field, as docs mention them: `Self::url`, `super::Sim::url`.
fn is_member(path: &str) -> bool {
    let is_name = |it: &str| Ident::parse_any.parse_str(it).is_ok();
    path.contains("::") && path.split("::").all(is_name)
}

fn items(tokens: TokenStream) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let ends = match &tree {
            TokenTree::Punct(it) => it.as_char() == ';',
            TokenTree::Group(it) => it.delimiter() == Delimiter::Brace,
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        write(tree, &mut trees, &mut item);
        if ends {
            let item = std::mem::take(&mut item);
            let privates = ["mod ", "use ", "pub use ", "; "];
            if !privates.iter().any(|it| item.starts_with(it)) {
                items.push(item);
            }
        }
    }
    items
}

/// Returns the same items, sorted, with `_` for the names of everything that is declared in them.
pub fn without_names(items: &[String]) -> Vec<String> {
    let mut declared = BTreeSet::new();
    for item in items {
        let words: Vec<&str> = item.split(' ').collect();
        for pair in words.windows(2) {
            if matches!(pair[0], "struct" | "enum" | "fn" | "mod" | "static") {
                declared.insert(pair[1]);
            }
            let is_word = pair[0].starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
            if matches!(pair[1], ":" | "=") && is_word {
                declared.insert(pair[0]);
            }
        }
    }
    let mut items: Vec<String> = items
        .iter()
        .map(|item| {
            let reads_fields = item.starts_with("runtime :: deserialize !");
            let mut before = "";
            let words = item.split(' ').map(|word| {
                // The end of a path is an item of another crate, and so is what reads a field.
                let is_other = before == "::" || (reads_fields && before == ":");
                let is_own = declared.contains(word) && !is_other;
                before = word;
                if is_own { "_" } else { word }
            });
            let words = words.collect::<Vec<_>>().join(" ");
            // A field has a key of its own if its name is not the key.
            match reads_fields {
                true => words.replace(" = text", ""),
                false => words,
            }
        })
        .collect();
    items.sort();
    items
}

type Trees = std::iter::Peekable<proc_macro2::token_stream::IntoIter>;

/// Writes a token and its contents, each word followed by a space.
fn write(tree: TokenTree, rest: &mut Trees, out: &mut String) {
    match tree {
        TokenTree::Punct(it) if it.as_char() == '#' => {
            rest.next_if(|it| matches!(it, TokenTree::Punct(it) if it.as_char() == '!'));
            rest.next();
        }
        TokenTree::Punct(it) => {
            if it.as_char() == '>' {
                drop_comma(out);
            }
            out.push(it.as_char());
            if it.spacing() == Spacing::Alone || matches!(it.as_char(), '<' | '>') {
                out.push(' ');
            }
        }
        TokenTree::Ident(it) if it == "super" => {
            rest.next();
            rest.next();
        }
        TokenTree::Ident(it) => {
            out.push_str(&format!("{it} "));
            if it == "fn" {
                while let Some(tree) = rest.next() {
                    if matches!(&tree, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace) {
                        break;
                    }
                    write(tree, rest, out);
                }
                out.push_str("; ");
            }
        }
        TokenTree::Literal(it) => {
            let text = it.to_string();
            out.push_str(if text.contains('"') { "text" } else { &text });
            out.push(' ');
        }
        TokenTree::Group(it) => {
            let [open, close] = match it.delimiter() {
                Delimiter::Brace => ["{ ", "} "],
                Delimiter::Bracket => ["[ ", "] "],
                Delimiter::Parenthesis => ["( ", ") "],
                Delimiter::None => ["", ""],
            };
            out.push_str(open);
            let mut inner = it.stream().into_iter().peekable();
            while let Some(tree) = inner.next() {
                write(tree, &mut inner, out);
            }
            drop_comma(out);
            out.push_str(close);
        }
    }
}

/// Drops a trailing comma, which depends on whether the list takes several lines.
fn drop_comma(out: &mut String) {
    if out.ends_with(", ") {
        out.truncate(out.len() - 2);
    }
}

/// Returns the doc comments of a file as rustdoc reads them.
fn docs(tokens: TokenStream) -> Vec<String> {
    let mut docs = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Punct(it) if matches!(it.as_char(), '#' | '!') => continue,
            TokenTree::Group(group) => {
                if let Some(line) = doc_line(group.stream()) {
                    lines.push(line);
                    continue;
                }
                docs.extend(self::docs(group.stream()));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        if !lines.is_empty() {
            docs.push(unindented(&std::mem::take(&mut lines)));
        }
    }
    if !lines.is_empty() {
        docs.push(unindented(&lines));
    }
    docs
}

/// Returns the text of `doc = "text"`.
fn doc_line(tokens: TokenStream) -> Option<String> {
    let mut trees = tokens.into_iter();
    let is_doc = matches!(trees.next(), Some(TokenTree::Ident(it)) if it == "doc");
    match (is_doc, trees.next(), trees.next()) {
        (true, Some(TokenTree::Punct(_)), Some(TokenTree::Literal(it))) => {
            let text: syn::LitStr = syn::parse_str(&it.to_string()).expect("text");
            Some(text.value())
        }
        (_, _, _) => None,
    }
}

/// Removes the common leading space of all lines.
fn unindented(lines: &[String]) -> String {
    let indent = lines.iter().filter(|it| !it.trim().is_empty());
    let indent = indent.map(|it| it.len() - it.trim_start_matches(' ').len());
    let indent = indent.min().unwrap_or_default();
    let lines = lines.iter().map(|it| it.get(indent..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}
