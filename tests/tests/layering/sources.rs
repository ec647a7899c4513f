//! Reads the module and the paths of each source file, as tokens.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::buffer::Cursor;
use syn::parse::{Parse, ParseStream};

use super::workspace;

/// A source file and the paths in it.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// Its module path below the crate: `plan`, `doc`.
    pub(super) module: Vec<String>,
    /// The paths in it; those into its own crate begin with `crate`.
    pub(super) named: Vec<Vec<String>>,
}

impl Source {
    /// The first module below the crate.
    pub(super) fn stage(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Adds a line for each line that names `never`.
    pub(super) fn add_faults(&self, never: &str, faults: &mut String) {
        let never_path: Vec<&str> = never.split("::").collect();
        // A lone word may be a variable or a macro; only a path names a crate.
        let names = |path: &&Vec<String>| {
            path.len() > 1
                && path.len() >= never_path.len()
                && path.iter().zip(&never_path).all(|(a, b)| a == b)
        };
        for path in self.named.iter().filter(names) {
            let last = path.last().expect("a path");
            let is_there = |line: &str| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(never_path[never_path.len() - 1]) && code.contains(last.as_str())
            };
            let line = self
                .text
                .lines()
                .position(is_there)
                .map_or(0, |line| line + 1);
            let _ = writeln!(
                faults,
                "{}:{line}: `{}` must not be named here",
                self.path.display(),
                path.join("::")
            );
        }
    }
}

/// Returns the sources of a crate of this workspace, except its tests.
pub(super) fn sources(package: &str) -> Vec<Source> {
    let root = workspace().join(package).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            let name = path
                .file_stem()
                .expect("a file with a name")
                .to_str()
                .expect("a path in Unicode");
            if path.is_dir() {
                folders.push(path);
            } else if name != "tests" {
                sources.push(source(&root, &path));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty(), "{} holds no source", root.display());
    sources
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a file that can be read");
    let relative = path
        .strip_prefix(root)
        .expect("a path below the folder")
        .with_extension("");
    let mut module: Vec<String> = relative
        .iter()
        .map(|part| part.to_str().expect("a path in Unicode").to_owned())
        .collect();
    if matches!(
        module.last().map(String::as_str),
        Some("lib" | "main" | "mod")
    ) {
        module.pop();
    }
    let Named(named) =
        syn::parse_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let named = named
        .into_iter()
        .map(|path| absolute(path, &module))
        .collect();
    Source {
        path: path
            .strip_prefix(workspace())
            .expect("a path below the folder")
            .to_owned(),
        text,
        module,
        named,
    }
}

/// Returns `path`, written in `module`, relative to the root of the crate.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|word| *word == "super").count();
    let is_self = path[0] == "self";
    if supers == 0 && !is_self {
        return path;
    }
    let kept = module.len().saturating_sub(supers);
    let above = std::iter::once("crate".to_owned()).chain(module[..kept].iter().cloned());
    above
        .chain(path.into_iter().skip(supers + usize::from(is_self)))
        .collect()
}

/// The paths of a token stream, with those of a `use` tree one by one.
struct Named(Vec<Vec<String>>);

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut named = Vec::new();
        input.step(|cursor| {
            let mut rest = *cursor;
            add_paths(rest, &[], &mut named);
            while let Some((_, next)) = rest.token_tree() {
                rest = next;
            }
            Ok(((), rest))
        })?;
        Ok(Self(named))
    }
}

/// Adds the paths in a run of tokens; `prefix` precedes the braces of a `use` tree.
fn add_paths(mut cursor: Cursor<'_>, prefix: &[String], named: &mut Vec<Vec<String>>) {
    while !cursor.eof() {
        if let Some(rest) = after_tests(cursor) {
            cursor = rest;
        } else if let Some((ident, mut rest)) = cursor.ident() {
            let mut path = prefix.to_vec();
            path.push(ident.to_string());
            while let Some(after) = after_colons(rest) {
                if let Some((ident, next)) = after.ident() {
                    path.push(ident.to_string());
                    rest = next;
                } else if let Some((inside, _, _, next)) = after.any_group() {
                    add_paths(inside, &path, named);
                    rest = next;
                } else {
                    rest = after;
                }
            }
            let is_template = path.last().is_some_and(|it| it == "quote");
            named.push(path);
            let template = after_punct(rest, '!').filter(|_| is_template);
            cursor = template.map_or(rest, after_group);
        } else if let Some((inside, _, _, rest)) = cursor.any_group() {
            add_paths(inside, &[], named);
            cursor = rest;
        } else {
            cursor = cursor
                .token_tree()
                .expect("a token, as this is not the end")
                .1;
        }
    }
}

/// Returns what follows `::`, if that is next.
fn after_colons(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    after_punct(after_punct(cursor, ':')?, ':')
}

fn after_punct(cursor: Cursor<'_>, wanted: char) -> Option<Cursor<'_>> {
    cursor
        .punct()
        .filter(|(it, _)| it.as_char() == wanted)
        .map(|(_, rest)| rest)
}

fn after_group(cursor: Cursor<'_>) -> Cursor<'_> {
    cursor.any_group().map_or(cursor, |(_, _, _, rest)| rest)
}

/// Returns what follows `#[cfg(test)] mod tests { … }` or `#[cfg(test)] mod tests;`, if that is next.
fn after_tests(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let (attribute, _, _, mut rest) = after_punct(cursor, '#')?.any_group()?;
    let (_, arguments) = attribute.ident().filter(|(it, _)| it == "cfg")?;
    let (arguments, _, _, _) = arguments.any_group()?;
    arguments.ident().filter(|(it, _)| it == "test")?;
    while let Some((_, next)) = rest.token_tree() {
        let ends = rest.any_group().is_some() || after_punct(rest, ';').is_some();
        rest = next;
        if ends {
            break;
        }
    }
    Some(rest)
}

/// Without this, the other tests would pass if they saw nothing.
#[test]
fn paths_are_seen_in_every_form() {
    let text = "
        use a::{b::{self, c}, d as e};
        #[cfg(test)]
        mod tests { use hidden::one; }
        fn f(x: ::g::H<i::J>) -> super::k::L { m::n!(o::p); quote!(hidden::two); q.r::<s::T>() }
    ";
    let Named(named) = syn::parse_str(text).unwrap();
    let module = ["x".to_owned(), "y".to_owned()];
    let named: Vec<String> = named
        .into_iter()
        .map(|path| absolute(path, &module).join("::"))
        .collect();
    for path in [
        "a::b::self",
        "a::b::c",
        "a::d",
        "g::H",
        "i::J",
        "crate::x::k::L",
        "m::n",
        "o::p",
        "s::T",
    ] {
        assert!(
            named.iter().any(|it| it == path),
            "`{path}` is not in {named:?}"
        );
    }
    assert!(
        !named.iter().any(|it| it.starts_with("hidden")),
        "{named:?}"
    );
}
