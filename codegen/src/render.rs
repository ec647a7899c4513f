//! Formats tokens as text that reads like hand-written code.
//!
//! prettyplease prints items; this module adds what it omits: blank lines between items and members, and the layout of
//! macro bodies that contain items. It never interprets the code.

use std::fmt::Write;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{Item, MacroDelimiter};

/// The text of one file, after a header line.
///
/// # Panics
///
/// Panics if the tokens are not a Rust file: a template is wrong.
pub(crate) fn render(header: &str, tokens: TokenStream) -> String {
    let file = parsed(tokens);
    let mut text = format!("// {header}\n\n");
    let (docs, attributes): (Vec<_>, Vec<_>) = file
        .attrs
        .into_iter()
        .partition(|attribute| attribute.path().is_ident("doc"));
    for attributes in [docs, attributes] {
        let is_empty = attributes.is_empty();
        for attribute in attributes {
            text.push_str(print(vec![attribute], Vec::new()).trim_end());
            text.push('\n');
        }
        if !is_empty {
            text.push('\n');
        }
    }
    text.push_str(&items(file.items));
    // A file with only docs ends with them.
    text.truncate(text.trim_end().len() + 1);
    text
}

/// The text of items that follow others in a file, after a blank line.
///
/// # Panics
///
/// Panics if the tokens are not items: a template is wrong.
pub(crate) fn following(tokens: TokenStream) -> String {
    let file = parsed(tokens);
    let text = items(file.items);
    if text.is_empty() {
        text
    } else {
        format!("\n{text}")
    }
}

fn parsed(tokens: TokenStream) -> syn::File {
    syn::parse2(tokens).unwrap_or_else(|error| panic!("a template emitted invalid Rust: {error}"))
}

/// A function as text: its first line up to the brace, and its body.
pub(crate) struct Function {
    pub(crate) head: String,
    pub(crate) body: Vec<String>,
}

/// The text of one function.
///
/// # Panics
///
/// Panics if the tokens are not a function: a template is wrong.
pub(crate) fn function(tokens: TokenStream) -> Function {
    let function: syn::ItemFn = syn::parse2(tokens)
        .unwrap_or_else(|error| panic!("a template did not emit a function: {error}"));
    let text = print(Vec::new(), vec![Item::Fn(function)]);
    let mut lines = text.lines();
    let mut head = String::new();
    // No argument ends with a brace.
    for line in &mut lines {
        head.push_str(line.trim());
        if line.ends_with('{') {
            break;
        }
        head.push(' ');
    }
    let body = lines.filter_map(|line| line.strip_prefix("    "));
    Function {
        head,
        body: body.map(str::to_owned).collect(),
    }
}

/// The tokens of a table row on one line: literals, names, calls and lists.
pub(crate) fn line(tokens: TokenStream) -> String {
    let mut text = String::new();
    push_line(&mut text, tokens);
    text
}

fn push_line(text: &mut String, tokens: TokenStream) {
    let start = text.len();
    let (mut is_after_word, mut is_after_colon) = (false, false);
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                push_line(text, group.stream());
                text.push_str(close);
                (is_after_word, is_after_colon) = (false, false);
            }
            TokenTree::Punct(sign) => {
                let character = sign.as_char();
                if character == '=' {
                    text.push(' ');
                }
                text.push(character);
                let is_colon = character == ':';
                // The second colon of `::` precedes a name.
                let is_alone = sign.spacing() == Spacing::Alone && !(is_colon && is_after_colon);
                if is_alone && [',', ':', '='].contains(&character) {
                    text.push(' ');
                }
                (is_after_word, is_after_colon) = (false, is_colon);
            }
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                if is_after_word {
                    text.push(' ');
                }
                // Writing to a `String` cannot fail.
                let _ = write!(text, "{word}");
                (is_after_word, is_after_colon) = (true, false);
            }
        }
    }
    let end = text[start..].trim_end().len();
    text.truncate(start + end);
}

fn items(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut previous = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        let is_line = is_line(&item);
        if previous.is_some_and(|previous| previous != kind || !is_line) {
            text.push('\n');
        }
        previous = Some(kind);
        text.push_str(&render_item(item));
    }
    text
}

/// Whether an item is a single line, so that no blank line separates it from others of its kind.
fn is_line(item: &Item) -> bool {
    let is_statement =
        |item: &syn::ItemMacro| matches!(item.mac.delimiter, MacroDelimiter::Paren(_));
    matches!(item, Item::Use(_) | Item::Mod(_))
        || matches!(item, Item::Macro(item) if is_statement(item))
}

fn render_item(mut item: Item) -> String {
    if let Some(list) = take_list(&mut item) {
        return with_list(&print(Vec::new(), vec![item]), list);
    }
    let body = take_items(&mut item);
    let is_impl = matches!(item, Item::Impl(_));
    let is_macro = matches!(item, Item::Macro(_));
    let text = print(Vec::new(), vec![item]);
    match body {
        Some(body) => with_body(&text, body),
        None if is_impl => spaced_members(&text),
        None if is_macro => with_tight_types(&text),
        None => text,
    }
}

/// Removes the body of a macro in braces, if it consists of items.
fn take_items(item: &mut Item) -> Option<Vec<Item>> {
    if let Item::Macro(item) = item
        && let MacroDelimiter::Brace(_) = item.mac.delimiter
        && let Ok(body) = syn::parse2::<syn::File>(item.mac.tokens.clone())
    {
        item.mac.tokens = TokenStream::new();
        return Some(body.items);
    }
    None
}

/// The text of an empty macro in braces, with `body` formatted as items inside.
fn with_body(empty: &str, body: Vec<Item>) -> String {
    let header = empty.trim_end().trim_end_matches('}').trim_end();
    let mut text = format!("{header}\n");
    for line in items(body).lines() {
        let indent = if line.is_empty() { "" } else { "    " };
        text.push_str(indent);
        text.push_str(line);
        text.push('\n');
    }
    text.push_str("}\n");
    text
}

/// Removes the arguments of a macro in parentheses, if they are a name and a list in braces.
fn take_list(item: &mut Item) -> Option<(String, TokenStream)> {
    if let Item::Macro(item) = item
        && let MacroDelimiter::Paren(_) = item.mac.delimiter
    {
        let mut tokens = item.mac.tokens.clone().into_iter();
        if let [
            Some(TokenTree::Ident(name)),
            Some(TokenTree::Group(list)),
            None,
        ] = [tokens.next(), tokens.next(), tokens.next()]
            && list.delimiter() == Delimiter::Brace
        {
            item.mac.tokens = TokenStream::new();
            return Some((name.to_string(), list.stream()));
        }
    }
    None
}

/// The text of a macro in parentheses, with a name and a list as its arguments. The list is wrapped at 100 columns.
fn with_list(empty: &str, (name, list): (String, TokenStream)) -> String {
    const WIDTH: usize = 100;
    let start = empty.trim_end().trim_end_matches(");");
    let mut text = format!("{start}{name} {{\n   ");
    let mut column = 3;
    for entry in entries(list) {
        let entry = line(entry);
        // One more for the space before it.
        let length = entry.chars().count() + 1;
        if column > 3 && column + length > WIDTH {
            text.push_str("\n   ");
            column = 3;
        }
        text.push(' ');
        text.push_str(&entry);
        column += length;
    }
    text.push_str("\n});\n");
    text
}

/// The entries of a list, each with the comma after it.
fn entries(list: TokenStream) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    for token in list {
        let is_comma = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == ',');
        entry.push(token);
        if is_comma {
            entries.push(entry.drain(..).collect());
        }
    }
    if !entry.is_empty() {
        entries.push(entry.into_iter().collect());
    }
    entries
}

/// Adds a blank line between the members of an `impl`.
fn spaced_members(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let ends_member = matches!(line, "    }" | "    };");
        if ends_member && lines.peek().is_some_and(|next| *next != "}") {
            spaced.push('\n');
        }
    }
    spaced
}

/// Removes the spaces in types among the arguments of a macro call, which are loose tokens to prettyplease. String
/// literals stay unchanged.
fn with_tight_types(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (code, after) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        let code = code.replace(" < ", "<").replace(" >", ">");
        tight.push_str(&code.replace(" , ", ", "));
        let (literal, after) = after.split_at(literal_length(after));
        tight.push_str(literal);
        rest = after;
    }
    tight
}

/// The length of the string literal at the start of `text`, including both quotes. An escaped quote does not end it.
fn literal_length(text: &str) -> usize {
    let mut is_escaped = true; // The first quote does not end it.
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'"' && !is_escaped {
            return at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    text.len()
}

fn print(attrs: Vec<syn::Attribute>, items: Vec<Item>) -> String {
    with_line_comments(prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    }))
}

/// Whether a block comment cannot contain these lines of docs: it would end, another would start, or a slash would precede
/// its end.
pub(crate) fn breaks_block_comment(lines: &[String]) -> bool {
    let has_mark = |line: &String| line.contains("*/") || line.contains("/*");
    lines.iter().any(has_mark) || lines.last().is_some_and(|it| it.ends_with('/'))
}

/// Converts block doc comments, which prettyplease prints for several lines, to line comments.
fn with_line_comments(text: String) -> String {
    if !text.contains("/*") {
        return text;
    }
    let mut lined = String::with_capacity(text.len() + text.len() / 8);
    // The indentation and the marker of the current comment.
    let mut comment = None;
    for line in text.lines() {
        let mut rest = line;
        if comment.is_none()
            && let Some((start, doc)) = block_comment(line)
        {
            (comment, rest) = (Some(start), doc);
        }
        if let Some([indent, sign]) = comment {
            lined.push_str(indent);
            lined.push_str(sign);
            if let Some(last) = rest.strip_suffix("*/") {
                (comment, rest) = (None, last);
            }
        }
        lined.push_str(rest);
        lined.push('\n');
    }
    lined
}

/// The indentation of a line that starts a block doc comment, the corresponding line comment marker, and the rest of
/// the line.
fn block_comment(line: &str) -> Option<([&str; 2], &str)> {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    let outer = code.strip_prefix("/**").map(|it| ("///", it));
    let doc = outer.or_else(|| code.strip_prefix("/*!").map(|it| ("//!", it)));
    doc.map(|(sign, doc)| ([indent, sign], doc))
}
