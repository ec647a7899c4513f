//! The public API of the generated crate, one line for each item: the diff to review in a spec change.
//!
//! Accept a change with `INSTA_UPDATE=always cargo test -p twilio-tests --test public_items`.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of syn are non-exhaustive: an unlisted variant panics"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::parse::{Parse, ParseStream};
use syn::{
    Expr, Fields, FnArg, GenericArgument, ImplItem, Item, Lit, Pat, PathArguments, ReceiverKind,
    ReturnType, Token, Type, TypeParamBound, UseTree, Visibility,
};

#[test]
fn crate_root() {
    assert_listing(&[source("lib.rs")], "crate_root");
}

#[test]
fn supersim() {
    assert_listing(&product("supersim"), "supersim");
}

#[test]
fn wireless() {
    assert_listing(&product("wireless"), "wireless");
}

/// Returns the files of a product's only version, whose items its module exports.
fn product(name: &str) -> Vec<PathBuf> {
    let version = format!("{name}/v1");
    let mut files = vec![source(&format!("{version}.rs"))];
    files.extend(
        fs::read_dir(source(&version))
            .expect("the folder of a version")
            .map(|entry| entry.expect("an entry of the folder").path())
            .filter(|path| path.extension().is_some_and(|it| it == "rs")),
    );
    files
}

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../generated/src")
        .join(path)
}

fn assert_listing(files: &[PathBuf], name: &str) {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, listing(files));
    });
}

/// The public items by name.
type Items = BTreeMap<String, PublicItem>;

/// An item and its members, one line each.
#[derive(Default)]
struct PublicItem {
    kind: &'static str,
    members: Vec<String>,
}

/// Lists the public items of files by name, with their members below them.
fn listing(files: &[PathBuf]) -> String {
    let mut items = Items::new();
    for path in files {
        let file = syn::parse_file(&fs::read_to_string(path).expect("a file that can be read"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        file.items.iter().for_each(|item| add(item, &mut items));
    }
    let mut text = String::new();
    for (name, PublicItem { kind, mut members }) in items {
        let _ = writeln!(text, "{kind} {name}");
        members.sort();
        for member in members {
            let _ = writeln!(text, "    {member}");
        }
    }
    text
}

/// Adds an item. It panics on a kind of item that the generator does not emit so far.
fn add(item: &Item, items: &mut Items) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let offer = items.entry(item.ident.to_string()).or_default();
            offer.kind = "struct";
            let Fields::Named(fields) = &item.fields else {
                panic!("{} has fields without names", item.ident)
            };
            let fields = fields.named.iter().filter(|field| is_public(&field.vis));
            offer.members.extend(fields.map(|field| {
                format!(
                    "{}: {}",
                    field.ident.as_ref().expect("a named field"),
                    ty(&field.ty)
                )
            }));
        }
        Item::Impl(item) => {
            let subject = ty(&item.self_ty);
            let members = &mut items.entry(subject).or_default().members;
            match &item.trait_ {
                Some((path, _)) => members.push(format!("impl {}", path_text(path))),
                None => members.extend(item.items.iter().filter_map(member)),
            }
        }
        Item::Macro(item) => add_macro(item, items),
        Item::Mod(item) if is_public(&item.vis) => {
            items.entry(item.ident.to_string()).or_default().kind = "mod";
        }
        Item::Use(item) if is_public(&item.vis) => {
            for name in exports(&item.tree, "") {
                items.entry(name).or_default().kind = "use";
            }
        }
        Item::Static(item) if is_public(&item.vis) => {
            items.entry(item.ident.to_string()).or_default().kind = "static";
        }
        Item::Type(item) if is_public(&item.vis) => {
            let offer = items.entry(item.ident.to_string()).or_default();
            offer.kind = "type";
            let defaults = item.generics.type_params().filter_map(|it| {
                let (_, default) = it.default.as_ref()?;
                Some(format!("{} = {}", it.ident, ty(default)))
            });
            offer.members.extend(defaults);
            offer.members.push(format!("= {}", ty(&item.ty)));
        }
        Item::Mod(_) | Item::Use(_) | Item::Const(_) | Item::Static(_) => {}
        other => panic!(
            "this listing does not support {:?}",
            std::mem::discriminant(other)
        ),
    }
}

/// Adds the items that a macro of the runtime expands to.
fn add_macro(item: &syn::ItemMacro, items: &mut Items) {
    let name = item
        .mac
        .path
        .segments
        .last()
        .expect("a path")
        .ident
        .to_string();
    if name == "deserialize" {
        // It implements a trait, as a derive does.
    } else if name == "open_enum" {
        let body: syn::ItemEnum = item.mac.parse_body().expect("an enum");
        let offer = items.entry(body.ident.to_string()).or_default();
        offer.kind = "enum";
        offer.members.extend(body.variants.iter().map(|variant| {
            let Some((_, Expr::Lit(value))) = &variant.discriminant else {
                panic!("{} has no text", variant.ident)
            };
            let Lit::Str(value) = &value.lit else {
                panic!("{} is not text", variant.ident)
            };
            format!("{} = {:?}", variant.ident, value.value())
        }));
    } else {
        let MacroArguments { request, body } = item
            .mac
            .parse_body()
            .unwrap_or_else(|error| panic!("{name}!: {error}"));
        items
            .entry(request)
            .or_default()
            .members
            .push(format!("{name} => {body}"));
    }
}

/// The first arguments of `awaitable!`, `streamable!` and `mocked!`.
struct MacroArguments {
    request: String,
    body: String,
}

impl Parse for MacroArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let request = syn::Path::parse_mod_style(input)?;
        input.parse::<Token![=>]>()?;
        let body: Type = input.parse()?;
        while !input.is_empty() {
            input.step(|it| {
                let (_, rest) = it.token_tree().ok_or_else(|| it.error("an argument"))?;
                Ok(((), rest))
            })?;
        }
        Ok(Self {
            request: path_text(&request),
            body: ty(&body),
        })
    }
}

/// Returns the line of a public constant or function.
fn member(item: &ImplItem) -> Option<String> {
    match item {
        ImplItem::Const(item) if is_public(&item.vis) => {
            Some(format!("const {}: {}", item.ident, ty(&item.ty)))
        }
        ImplItem::Fn(item) if is_public(&item.vis) => {
            let arguments: Vec<String> = item.sig.inputs.iter().map(argument).collect();
            let result = match &item.sig.output {
                ReturnType::Default => String::new(),
                ReturnType::Type(_, result) => format!(" -> {}", ty(result)),
            };
            Some(format!(
                "fn {}({}){result}",
                item.sig.ident,
                arguments.join(", ")
            ))
        }
        ImplItem::Const(_) | ImplItem::Fn(_) => None,
        other => panic!(
            "this listing does not support {:?}",
            std::mem::discriminant(other)
        ),
    }
}

fn argument(argument: &FnArg) -> String {
    match argument {
        FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Reference(..)) => {
            "&self".to_owned()
        }
        FnArg::Receiver(_) => "self".to_owned(),
        FnArg::Typed(typed) => {
            let Pat::Ident(name) = &*typed.pat else {
                panic!("an argument without a name")
            };
            format!("{}: {}", name.ident, ty(&typed.ty))
        }
    }
}

fn ty(ty: &Type) -> String {
    match ty {
        Type::Path(it) => path_text(&it.path),
        Type::Tuple(it) => format!(
            "({})",
            it.elems.iter().map(self::ty).collect::<Vec<_>>().join(", ")
        ),
        Type::Reference(it) => format!("&{}", self::ty(&it.elem)),
        Type::ImplTrait(it) => {
            let bounds = it.bounds.iter().map(|bound| match bound {
                TypeParamBound::Trait(bound) => path_text(&bound.path),
                other => panic!(
                    "this listing does not support {:?}",
                    std::mem::discriminant(other)
                ),
            });
            format!("impl {}", bounds.collect::<Vec<_>>().join(" + "))
        }
        other => panic!(
            "this listing does not support {:?}",
            std::mem::discriminant(other)
        ),
    }
}

/// Returns a path with its arguments, without `super`, which is irrelevant to users.
fn path_text(path: &syn::Path) -> String {
    let segments = path
        .segments
        .iter()
        .filter(|segment| segment.ident != "super")
        .map(|segment| {
            let arguments = match &segment.arguments {
                PathArguments::None => return segment.ident.to_string(),
                PathArguments::AngleBracketed(arguments) => {
                    arguments.args.iter().map(|argument| match argument {
                        GenericArgument::Type(it) => ty(it),
                        GenericArgument::AssocType(it) => format!("{} = {}", it.ident, ty(&it.ty)),
                        other => panic!(
                            "this listing does not know what to say of {:?}",
                            std::mem::discriminant(other)
                        ),
                    })
                }
                PathArguments::Parenthesized(_) => panic!("a function's type"),
            };
            format!(
                "{}<{}>",
                segment.ident,
                arguments.collect::<Vec<_>>().join(", ")
            )
        });
    segments.collect::<Vec<_>>().join("::")
}

/// Returns the paths of a `use` tree. Items in the files of a version are listed themselves.
fn exports(tree: &UseTree, prefix: &str) -> Vec<String> {
    match tree {
        UseTree::Path(it) => exports(&it.tree, &format!("{prefix}{}::", it.ident)),
        UseTree::Name(it) => vec![format!("{prefix}{}", it.ident)],
        UseTree::Rename(it) => vec![format!("{prefix}{} as {}", it.ident, it.rename)],
        UseTree::Glob(_) => Vec::new(),
        UseTree::Group(it) => it
            .items
            .iter()
            .flat_map(|tree| exports(tree, prefix))
            .collect(),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
