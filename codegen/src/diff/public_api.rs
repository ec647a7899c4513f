//! Lists the public items of a version with their signatures as text.
//!
//! The list is made from the plan, which the emitted crate spells out, so items that are the same here are the same to
//! rustc.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::snapshot::Snapshot;
use crate::naming::RustName;
use crate::plan::{
    AnswerKinds, ArgumentType, Derive, Enumeration, File, Handle, Opening, Request, RustType,
    Struct, Union,
};

/// Signatures by key. A key is a path, or a path with a capability (`…: Default`, `… {..}`).
pub(super) type PublicApi = BTreeMap<String, String>;

/// The new paths of old items that were renamed.
pub(super) type Renames = BTreeMap<String, String>;

/// Lists the public items of a version. Items are keyed by their own path, members and signatures by the renamed path, so
/// that a type that is only renamed differs in one entry.
pub(super) fn public_api(snapshot: &Snapshot<'_>, renames: &Renames) -> PublicApi {
    let mut listing = Listing {
        snapshot,
        renames,
        items: PublicApi::new(),
    };
    let Snapshot {
        product, version, ..
    } = snapshot;
    let root = listing.path(&version.root);
    listing.add(format!("Client::{}", version.accessor), root);
    listing.add(format!("feature {}", product.feature), String::new());
    for method in &version.server_methods {
        listing.add(method_key(method.as_str()), String::new());
    }
    version.files.iter().for_each(|file| listing.file(file));
    listing.items
}

/// Returns the key of the builder's method that sets a variable.
pub(super) fn method_key(name: &str) -> String {
    format!("ClientBuilder::{name}")
}

struct Listing<'a> {
    snapshot: &'a Snapshot<'a>,
    renames: &'a Renames,
    items: PublicApi,
}

impl Listing<'_> {
    fn add(&mut self, key: String, signature: String) {
        self.items.insert(key, signature);
    }

    /// Returns the path of an item in the new version.
    fn path(&self, name: &RustName) -> String {
        let path = self.snapshot.path(name);
        self.renames.get(&path).cloned().unwrap_or(path)
    }

    fn file(&mut self, file: &File) {
        file.structs.iter().for_each(|it| self.structure(it));
        file.enumerations.iter().for_each(|it| self.enumeration(it));
        file.unions.iter().for_each(|it| self.union(it));
        file.handles.iter().for_each(|it| self.handle(it));
        file.requests.iter().for_each(|it| self.request(it));
    }

    fn structure(&mut self, structure: &Struct) {
        self.add(self.snapshot.path(&structure.name), "struct".to_owned());
        let path = self.path(&structure.name);
        // A trait that is implemented by hand is not a derive.
        let default = structure.default_impl.is_some().then_some(Derive::Default);
        for derive in structure.derives.iter().copied().chain(default) {
            // Without the derive, `Debug` is implemented by hand.
            if derive != Derive::Debug {
                self.add(format!("{path}: {}", derive.as_str()), String::new());
            }
        }
        if let Some(conversion) = &structure.conversion {
            let from = self.path(&conversion.from.name);
            // Types that were merged need no conversion.
            if from != path {
                self.add(format!("{path}: From<{from}>"), String::new());
            }
        }
        for field in &structure.fields {
            self.add(format!("{path}::{}", field.name), self.ty(&field.ty));
        }
        if let Some(rest) = &structure.rest {
            self.add(format!("{path}::{}", rest.name), self.ty(&rest.ty));
        }
        if let Some(it) = &structure.constructor {
            let arguments = it.arguments.iter();
            let arguments = arguments.map(|it| self.argument(&it.argument.ty));
            let arguments: Vec<String> = arguments.collect();
            self.add(constructor(&path), format!("fn({})", arguments.join(", ")));
        }
        if !structure.non_exhaustive {
            let fields = structure.fields.iter().map(|it| &it.name);
            let names = fields.chain(structure.rest.as_ref().map(|it| &it.name));
            let mut names: Vec<&str> = names.map(RustName::as_str).collect();
            names.sort_unstable();
            self.add(literal(&path), names.join(", "));
        }
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        self.add(self.snapshot.path(&enumeration.name), "enum".to_owned());
        let path = self.path(&enumeration.name);
        for variant in &enumeration.variants {
            self.add(format!("{path}::{}", variant.name), "variant".to_owned());
        }
        for from in &enumeration.conversions {
            let from = self.path(&from.name);
            // Types that were merged need no conversion.
            if from != path {
                self.add(format!("{path}: TryFrom<{from}>"), String::new());
            }
        }
    }

    fn union(&mut self, union: &Union) {
        self.add(self.snapshot.path(&union.name), "enum".to_owned());
        let path = self.path(&union.name);
        // A trait that is implemented by hand is not a derive.
        let is_read = union.reading.is_some().then_some(Derive::Deserialize);
        for derive in union.derives.iter().copied().chain(is_read) {
            if derive != Derive::Debug {
                self.add(format!("{path}: {}", derive.as_str()), String::new());
            }
        }
        for variant in &union.variants {
            let item = format!("{path}::{}", variant.name);
            let ty = self.ty(&variant.ty);
            if variant.converts {
                self.add(conversion(&item), ty.clone());
            }
            self.add(item, ty);
        }
    }

    fn handle(&mut self, handle: &Handle) {
        self.add(self.snapshot.path(&handle.name), "handle".to_owned());
        let path = self.path(&handle.name);
        for link in handle.links.iter().chain(&handle.shortcuts) {
            let arguments = link
                .arguments
                .iter()
                .map(|it| self.argument(&it.argument.ty));
            let arguments: Vec<String> = arguments.collect();
            let target = self.path(&link.target.name);
            let signature = format!("fn({}) -> {target}", arguments.join(", "));
            self.add(format!("{path}::{}", link.name), signature);
        }
        for opening in &handle.openings {
            let signature = self.opening(opening);
            self.add(format!("{path}::{}", opening.name), signature);
        }
    }

    fn opening(&self, opening: &Opening) -> String {
        let arguments: Vec<String> = opening
            .arguments
            .iter()
            .map(|(argument, _)| self.argument(&argument.ty))
            .collect();
        format!(
            "fn({}) -> {}",
            arguments.join(", "),
            self.path(&opening.target)
        )
    }

    fn request(&mut self, request: &Request) {
        self.add(self.snapshot.path(&request.name), "request".to_owned());
        let path = self.path(&request.name);
        self.add(format!("{path}::await"), self.ty(&request.output));
        if let Some(item) = &request.item {
            // With it come `all`, `limit` and `resume`.
            self.add(format!("{path}::stream"), self.ty(item));
        }
        if let Some(kinds) = &request.kinds {
            self.answer_kinds(kinds);
        }
        for setter in &request.setters {
            let signature = format!("fn({})", self.argument(&setter.argument.ty));
            self.add(format!("{path}::{}", setter.argument.name), signature);
        }
        for method in &request.other_responses {
            let signature = format!("fn() -> {}", self.ty(&method.output));
            self.add(format!("{path}::{}", method.name), signature);
        }
    }

    fn answer_kinds(&mut self, kinds: &AnswerKinds) {
        self.add(self.snapshot.path(&kinds.name), "enum".to_owned());
        let path = self.path(&kinds.name);
        for variant in &kinds.variants {
            let body = variant.body.as_ref().map(|it| self.ty(it));
            let signature = format!("variant({})", body.unwrap_or_default());
            self.add(format!("{path}::{}", variant.name), signature);
        }
    }

    fn argument(&self, ty: &ArgumentType) -> String {
        match ty {
            ArgumentType::Into(ty) => format!("impl Into<{}>", self.ty(ty)),
            ArgumentType::Exactly(ty) | ArgumentType::Wrapped(ty, _) => self.ty(ty),
            ArgumentType::OneOrMany(ty) => format!("impl OneOrMany<{}>", self.ty(ty)),
            ArgumentType::Each(ty) => {
                format!("impl IntoIterator<Item = impl Into<{}>>", self.ty(ty))
            }
        }
    }

    fn ty(&self, ty: &RustType) -> String {
        ty.spelled(&|it| self.path(&it.name))
    }
}

/// Returns whether callers of a function with the old signature compile against the new one: an argument of one value may
/// become one of one or many.
pub(super) fn is_kept(old: &str, new: &str) -> bool {
    let (mut old, mut new) = (old.split("impl "), new.split("impl "));
    loop {
        match (old.next(), new.next()) {
            (None, None) => return true,
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => {
                let one = old.strip_prefix("Into<");
                let one_or_many = new.strip_prefix("OneOrMany<");
                if one.is_none() || one != one_or_many {
                    return false;
                }
            }
            (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

/// Returns the key of the struct literal of a type.
pub(super) fn literal(path: &str) -> String {
    format!("{path} {{..}}")
}

/// Returns the key of the conversion from the type of a variant into its union.
pub(super) fn conversion(variant: &str) -> String {
    format!("{variant}: From")
}

/// Returns the key of the function `new` of a type. A field may have that name, too.
pub(super) fn constructor(path: &str) -> String {
    format!("{path}::new()")
}

/// Returns the keys of the item at `path` and all its members.
pub(super) fn keys_of<'a>(items: &'a PublicApi, path: &'a str) -> impl Iterator<Item = &'a String> {
    let from = (Bound::Included(path), Bound::Unbounded);
    let keys = items.range::<str, _>(from).map(|(key, _)| key);
    keys.take_while(move |key| key.starts_with(path))
        .filter(move |key| is_of(key, path))
}

/// Returns whether `key` belongs to the item at `path` or one of its members.
fn is_of(key: &str, path: &str) -> bool {
    key.strip_prefix(path).is_some_and(|rest| {
        rest.is_empty() || [":", " "].iter().any(|start| rest.starts_with(start))
    })
}
