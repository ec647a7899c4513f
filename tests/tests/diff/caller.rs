//! A caller that uses everything of a generated crate, written from the crate's plan.
//!
//! It names each type, gives each method arguments that fit only its signature, reads each field with its type, and
//! matches each variant of an enum along with a wildcard. It compiles with another version of the crate only if nothing
//! of that is removed or changed.

use std::fmt::Write as _;

use twilio_codegen::plan::{
    AnswerKinds, ArgumentType, Crate, Derive, EnumVariant, Enumeration, Handle, Leaf,
    OtherResponseMethod, Product, Request, RustType, Struct, Union, Version,
};

/// Writes the caller as a module. The crate that it calls is the module `krate` next to it.
pub fn caller(plan: &Crate) -> String {
    let mut text = String::from(
        "use super::krate;\nuse std::future::IntoFuture;\n\n/// A value of the type that is wanted.\nfn any<T>() -> T { loop {} }\n",
    );
    if !plan.client.builder_methods.is_empty() {
        let methods = plan.client.builder_methods.iter();
        let calls: String = methods.map(|it| format!(".{}(\"\")", it.name)).collect();
        let _ = writeln!(
            text,
            "\nfn builder() {{\n    use krate::ServerVariables as _;\n    let _: krate::ClientBuilder = krate::Client::builder(){calls};\n}}"
        );
    }
    for (index, (product, version)) in plan.client.versions().enumerate() {
        Caller {
            product,
            version,
            text: &mut text,
        }
        .version(index);
    }
    text
}

struct Caller<'a> {
    product: &'a Product,
    version: &'a Version,
    text: &'a mut String,
}

impl Caller<'_> {
    fn version(&mut self, index: usize) {
        let Version { accessor, root, .. } = self.version;
        let root = self.path(root);
        let _ = writeln!(
            self.text,
            "\nmod version{index} {{\nuse super::*;\n\nfn client(client: &krate::Client) {{\n    let _: {root} = client.{accessor}();\n}}"
        );
        for file in &self.version.files {
            file.structs.iter().for_each(|it| self.structure(it));
            file.enumerations.iter().for_each(|it| self.enumeration(it));
            file.unions.iter().for_each(|it| self.union(it));
            file.handles.iter().for_each(|it| self.handle(it));
            file.requests.iter().for_each(|it| self.request(it));
        }
        self.text.push_str("}\n");
    }

    /// Returns the path of an item of this version.
    fn path(&self, name: impl std::fmt::Display) -> String {
        let Self {
            product, version, ..
        } = self;
        format!("krate::{}::{}::{name}", product.module, version.module)
    }

    /// Begins a function that takes a value of `path`.
    fn begin(&mut self, what: &str, path: &str) {
        let name = path.rsplit("::").next().unwrap_or_default();
        let _ = writeln!(
            self.text,
            "\n#[allow(non_snake_case)]\nfn {what}_{name}(value: {path}) {{"
        );
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "    {line}");
    }

    fn end(&mut self) {
        self.text.push_str("}\n");
    }

    fn structure(&mut self, structure: &Struct) {
        let path = self.path(&structure.name);
        self.begin("read", &path);
        for field in &structure.fields {
            let ty = self.ty(&field.ty);
            self.line(&format!("let _: &{ty} = &value.{};", field.name));
        }
        let bounds: Vec<&str> = structure.derives.iter().map(|it| bound(*it)).collect();
        self.line(&format!("fn can<T: {}>() {{}}", bounds.join(" + ")));
        self.line(&format!("can::<{path}>();"));
        if let Some(conversion) = &structure.conversion {
            let from = self.path(&conversion.from.name);
            self.line(&format!("let _: {path} = any::<{from}>().into();"));
        }
        if let Some(rest) = &structure.rest {
            let ty = self.ty(&rest.ty);
            self.line(&format!("let _: &{ty} = &value.{};", rest.name));
        }
        if let Some(constructor) = &structure.constructor {
            let arguments = constructor.arguments.iter();
            let arguments: Vec<&ArgumentType> = arguments.map(|it| &it.argument.ty).collect();
            self.call(&format!("let _: {path} = {path}::new"), &arguments);
        }
        let fields = structure.fields.iter().map(|it| it.name.as_str());
        let names = fields.chain(structure.rest.iter().map(|it| it.name.as_str()));
        let names: Vec<&str> = names.collect();
        if structure.non_exhaustive {
            self.line(&format!(
                "let {path} {{ {}, .. }} = value;",
                names.join(", ")
            ));
        } else {
            let values: Vec<String> = names.iter().map(|it| format!("{it}: any()")).collect();
            self.line(&format!("let made = {path} {{ {} }};", values.join(", ")));
            self.line(&format!("let {path} {{ {} }} = made;", names.join(", ")));
        }
        self.end();
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        let path = self.path(&enumeration.name);
        self.begin("tell", &path);
        self.line("match &value {");
        for EnumVariant { name, .. } in &enumeration.variants {
            self.line(&format!("    {path}::{name} => {{}}"));
        }
        self.line(&format!("    {path}::Other(_) => {{}}"));
        self.line("    _ => {}");
        self.line("}");
        self.line(&format!("let _: &str = {path}::from(\"text\").as_str();"));
        for from in &enumeration.conversions {
            let from = self.path(&from.name);
            self.line(&format!("let _ = {path}::try_from(any::<{from}>());"));
        }
        self.end();
    }

    fn union(&mut self, union: &Union) {
        let path = self.path(&union.name);
        self.begin("choose", &path);
        self.line("match &value {");
        for variant in &union.variants {
            let ty = self.ty(&variant.ty);
            let arm = format!(
                "    {path}::{}(held) => {{ let _: &{ty} = held; }}",
                variant.name
            );
            self.line(&arm);
        }
        self.line(&format!("    {path}::Other(_) => {{}}"));
        self.line("    _ => {}");
        self.line("}");
        for variant in &union.variants {
            self.line(&format!("let _ = {path}::{}(any());", variant.name));
            if variant.converts {
                let ty = self.ty(variant.ty.unboxed());
                self.line(&format!("let _ = {path}::from(any::<{ty}>());"));
            }
        }
        let mut bounds: Vec<&str> = union.derives.iter().map(|it| bound(*it)).collect();
        if union.reading.is_some() {
            bounds.push(bound(Derive::Deserialize));
        }
        self.line(&format!("fn can<T: {}>() {{}}", bounds.join(" + ")));
        self.line(&format!("can::<{path}>();"));
        self.end();
    }

    fn handle(&mut self, handle: &Handle) {
        let path = self.path(&handle.name);
        self.begin("open", &path);
        for link in handle.links.iter().chain(&handle.shortcuts) {
            let target = self.path(&link.target.name);
            let arguments: Vec<&ArgumentType> =
                link.arguments.iter().map(|it| &it.argument.ty).collect();
            self.call(
                &format!("let _: {target} = value.{}", link.name),
                &arguments,
            );
        }
        for opening in &handle.openings {
            let target = self.path(&opening.target);
            let arguments: Vec<&ArgumentType> =
                opening.arguments.iter().map(|(it, _)| &it.ty).collect();
            self.call(
                &format!("let _: {target} = value.{}", opening.name),
                &arguments,
            );
        }
        self.end();
    }

    fn request(&mut self, request: &Request) {
        let path = self.path(&request.name);
        self.begin("send", &path);
        for setter in &request.setters {
            let name = &setter.argument.name;
            self.call(
                &format!("let value: {path} = value.{name}"),
                &[&setter.argument.ty],
            );
        }
        for method in &request.other_responses {
            let OtherResponseMethod { name, output, .. } = method;
            let output = self.ty(output);
            self.line(&format!(
                "let _: krate::ResponseAs<{output}> = value.clone().{name}();"
            ));
        }
        let output = self.ty(&request.output);
        self.line(&format!(
            "let _: krate::BoxFuture<krate::Response<{output}>> = value.clone().send();"
        ));
        self.line(&format!(
            "let _: krate::BoxFuture<{output}> = value.clone().into_future();"
        ));
        if let Some(item) = &request.item {
            let item = self.ty(item);
            self.line("let value = value.limit(1).resume(\"\");");
            self.line(&format!(
                "let _: krate::Items<{item}> = value.clone().stream();"
            ));
            self.line(&format!(
                "let _: krate::BoxFuture<Vec<{item}>> = value.all();"
            ));
        }
        self.line(&format!("let _: krate::Operation = {path}::OPERATION;"));
        self.end();
        if let Some(kinds) = &request.kinds {
            self.answer_kinds(kinds);
        }
    }

    fn answer_kinds(&mut self, kinds: &AnswerKinds) {
        let path = self.path(&kinds.name);
        self.begin("answer", &path);
        self.line("match &value {");
        for kind in &kinds.variants {
            let variant = format!("{path}::{}", kind.name);
            let arm = match &kind.body {
                None => format!("    {variant} => {{}}"),
                Some(body) => {
                    let ty = self.ty(body);
                    format!("    {variant}(held) => {{ let _: &{ty} = held; }}")
                }
            };
            self.line(&arm);
        }
        self.line(&format!("    {path}::Other(_) => {{}}"));
        self.line("    _ => {}");
        self.line("}");
        self.end();
    }

    /// Calls a method twice: with arguments of its parameter types, and with arguments whose types are inferred, which
    /// fails if a parameter becomes generic. Arguments to be converted have a type that converts to nothing else.
    fn call(&mut self, start: &str, arguments: &[&ArgumentType]) {
        let (binding, method) = start.split_once(" = ").unwrap_or(("let _", start));
        let (mut typed, mut inferred, mut made) = (Vec::new(), Vec::new(), String::new());
        for (index, argument) in arguments.iter().enumerate() {
            let (value, loose) = match argument {
                ArgumentType::Exactly(ty) | ArgumentType::Wrapped(ty, _) => {
                    (format!("any::<{}>()", self.ty(ty)), "any()".to_owned())
                }
                ArgumentType::Into(ty) => {
                    made.push_str(&self.convertible(index, ty));
                    (format!("Mine{index}"), format!("Mine{index}"))
                }
                ArgumentType::OneOrMany(ty) | ArgumentType::Each(ty) => {
                    made.push_str(&self.convertible(index, ty));
                    (format!("[Mine{index}]"), format!("[Mine{index}]"))
                }
            };
            typed.push(value);
            inferred.push(loose);
        }
        for values in [typed, inferred] {
            let values = values.join(", ");
            self.line(&format!("{binding} = {{ {made}{method}({values}) }};"));
        }
    }

    /// Declares a type that converts only to `ty`.
    fn convertible(&self, index: usize, ty: &RustType) -> String {
        let ty = self.ty(ty);
        format!(
            "struct Mine{index}; impl From<Mine{index}> for {ty} {{ fn from(_: Mine{index}) -> Self {{ loop {{}} }} }} "
        )
    }

    fn ty(&self, ty: &RustType) -> String {
        match ty {
            RustType::Unit => "()".to_owned(),
            RustType::Leaf(Leaf {
                name,
                argument,
                is_shared,
            }) => {
                let path = if *is_shared { "krate::" } else { "" };
                let argument = argument.map(|it| format!("<{path}{it}>"));
                format!("{path}{name}{}", argument.unwrap_or_default())
            }
            RustType::Vec(item) => format!("Vec<{}>", self.ty(item)),
            RustType::Map(item) => {
                format!("std::collections::BTreeMap<String, {}>", self.ty(item))
            }
            RustType::Option(item) => format!("Option<{}>", self.ty(item)),
            RustType::Box(item) => format!("Box<{}>", self.ty(item)),
            RustType::Page(item) => format!("krate::Page<{}>", self.ty(item)),
            RustType::Named(named) => self.path(&named.name),
        }
    }
}

fn bound(derive: Derive) -> &'static str {
    match derive {
        Derive::Clone => "Clone",
        Derive::Debug => "std::fmt::Debug",
        Derive::Default => "Default",
        Derive::PartialEq => "PartialEq",
        Derive::Eq => "Eq",
        Derive::Hash => "std::hash::Hash",
        Derive::Deserialize => "for<'de> serde::Deserialize<'de>",
        Derive::Serialize => "serde::Serialize",
    }
}
