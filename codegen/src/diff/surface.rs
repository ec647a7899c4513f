//! The public items of a version, flat: what a caller can name, and its signature as text.
//!
//! It is read off the plan, which the emitted crate spells out, so what is the same here is the same to
//! rustc. A difference that no rule explains is still a difference.

use std::collections::BTreeMap;

use super::side::Side;
use crate::naming::RustName;
use crate::plan::{
    AnswerKinds, ArgumentType, Derive, Enumeration, File, Handle, Named, Opening, Request,
    RustType, Struct, Union,
};

/// Signatures by key. A key is a path, or a path with what can be done with it (`…: Default`, `… {..}`).
pub(super) type Surface = BTreeMap<String, String>;

/// The paths that items of the old version have in the new one, where they differ.
pub(super) type Renames = BTreeMap<String, String>;

/// Lists the public items of `side`. Items are keyed by their own path, members and signatures by the
/// paths that `renames` gives, so that a type that is only renamed differs in one entry.
pub(super) fn surface(side: &Side<'_>, renames: &Renames) -> Surface {
    let mut listing = Listing {
        side,
        renames,
        items: Surface::new(),
    };
    let Side {
        product, version, ..
    } = side;
    let root = listing.path(&version.root);
    listing.add(format!("Client::{}", version.accessor), root);
    listing.add(format!("feature {}", product.feature), String::new());
    for method in &version.server_methods {
        listing.add(method_key(method.as_str()), String::new());
    }
    version.files.iter().for_each(|file| listing.file(file));
    listing.items
}

/// How the list of public items calls the method that sets a variable.
pub(super) fn method_key(name: &str) -> String {
    format!("ClientBuilder::{name}")
}

struct Listing<'a> {
    side: &'a Side<'a>,
    renames: &'a Renames,
    items: Surface,
}

impl Listing<'_> {
    fn add(&mut self, key: String, signature: String) {
        self.items.insert(key, signature);
    }

    /// The path that an item has in the new version.
    fn path(&self, name: &RustName) -> String {
        let path = self.side.path(name);
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
        self.add(self.side.path(&structure.name), "struct".to_owned());
        let path = self.path(&structure.name);
        for derive in &structure.derives {
            // Without the derive, `Debug` is written by hand.
            if *derive != Derive::Debug {
                self.add(format!("{path}: {}", derive.as_str()), String::new());
            }
        }
        if let Some(conversion) = &structure.conversion {
            let from = self.path(&conversion.from.name);
            // What has become one type again needs no conversion.
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
        if !structure.non_exhaustive {
            let fields = structure.fields.iter().map(|it| &it.name);
            let names = fields.chain(structure.rest.as_ref().map(|it| &it.name));
            let mut names: Vec<&str> = names.map(RustName::as_str).collect();
            names.sort_unstable();
            self.add(literal(&path), names.join(", "));
        }
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        self.add(self.side.path(&enumeration.name), "enum".to_owned());
        let path = self.path(&enumeration.name);
        for (name, _) in &enumeration.variants {
            self.add(format!("{path}::{name}"), "variant".to_owned());
        }
        for from in &enumeration.conversions {
            let from = self.path(&from.name);
            // What has become one type again needs no conversion.
            if from != path {
                self.add(format!("{path}: TryFrom<{from}>"), String::new());
            }
        }
    }

    fn union(&mut self, union: &Union) {
        self.add(self.side.path(&union.name), "enum".to_owned());
        let path = self.path(&union.name);
        // A trait that is implemented by hand is not among the derives.
        let is_read = union.reading.is_some().then_some(Derive::Deserialize);
        for derive in union.derives.iter().copied().chain(is_read) {
            if derive != Derive::Debug {
                self.add(format!("{path}: {}", derive.as_str()), String::new());
            }
        }
        for variant in &union.variants {
            self.add(format!("{path}::{}", variant.name), self.ty(&variant.ty));
        }
    }

    fn handle(&mut self, handle: &Handle) {
        self.add(self.side.path(&handle.name), "handle".to_owned());
        let path = self.path(&handle.name);
        for link in &handle.links {
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
        self.add(self.side.path(&request.name), "request".to_owned());
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
    }

    fn answer_kinds(&mut self, kinds: &AnswerKinds) {
        self.add(self.side.path(&kinds.name), "enum".to_owned());
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
            ArgumentType::Exactly(ty)
            | ArgumentType::Decimals(ty)
            | ArgumentType::Times(ty)
            | ArgumentType::Floats(ty) => self.ty(ty),
            ArgumentType::OneOrMany(ty) => format!("impl OneOrMany<{}>", self.ty(ty)),
            ArgumentType::Each(ty) => {
                format!("impl IntoIterator<Item = impl Into<{}>>", self.ty(ty))
            }
        }
    }

    fn ty(&self, ty: &RustType) -> String {
        match ty {
            RustType::Unit => "()".to_owned(),
            RustType::Leaf(leaf) => leaf.to_string(),
            RustType::Vec(item) => format!("Vec<{}>", self.ty(item)),
            RustType::Map(item) => format!("BTreeMap<String, {}>", self.ty(item)),
            RustType::Option(item) => format!("Option<{}>", self.ty(item)),
            RustType::Box(item) => format!("Box<{}>", self.ty(item)),
            RustType::Page(item) => format!("Page<{}>", self.ty(item)),
            RustType::Named(Named { name, .. }) => self.path(name),
        }
    }
}

/// Whether callers of a function with the old signature compile against the new one: an argument may come to take many
/// values as well as one.
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

/// The key of the ability to write a value of a struct, field by field.
pub(super) fn literal(path: &str) -> String {
    format!("{path} {{..}}")
}

/// Whether `key` is about the item at `path` or a member of it.
pub(super) fn is_of(key: &str, path: &str) -> bool {
    key.strip_prefix(path).is_some_and(|rest| {
        rest.is_empty() || [":", " "].iter().any(|start| rest.starts_with(start))
    })
}
