//! Plans servers: their docs, the builder's methods that set their variables, and the URLs of operations.

pub use crate::api::ServerPart;
use crate::api::{Operation, Server, ServerVariable, ServerVariableId};
use crate::naming::RustName;
use crate::plan::names::Names;
use crate::plan::viewpoint::Basis;
use crate::plan::{Doc, doc};
use crate::report::code;

/// A method of the client's builder that sets a server variable.
#[derive(Clone, Debug, PartialEq)]
pub struct BuilderMethod {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The value of the variable if the method is not called.
    pub default: String,
    /// The allowed values; empty if any value is allowed.
    pub values: Vec<String>,
    /// The parts of URLs that the variable replaces.
    pub parts: Vec<ServerPart>,
}

/// The methods for the variables of all versions.
pub(super) fn methods(bases: &[Basis<'_>]) -> Vec<BuilderMethod> {
    let mut methods: Vec<BuilderMethod> = Vec::new();
    for Basis { api, names, .. } in bases {
        for (index, variable) in api.server_variables.iter().enumerate() {
            let name = names.server_variable(ServerVariableId(index));
            match methods.iter_mut().find(|it| it.name == *name) {
                None => methods.push(method(name, variable)),
                Some(known) => {
                    known.parts.extend(&variable.parts);
                    known.parts.sort();
                    known.parts.dedup();
                }
            }
        }
    }
    methods
}

fn method(name: &RustName, variable: &ServerVariable) -> BuilderMethod {
    let ServerVariable {
        name: own,
        default,
        values,
        doc: prose,
        parts,
        urls,
        at: _,
    } = variable;
    let urls: Vec<String> = urls.iter().map(|it| code(it)).collect();
    let first = format!(
        "Sets `{own}` in the URL of the server: {}.",
        urls.join(", ")
    );
    let takes = if values.is_empty() {
        format!("The default is {}.", code(default))
    } else {
        let values: Vec<String> = values.iter().map(|it| code(it)).collect();
        format!(
            "It is one of {}; the default is {}.",
            values.join(", "),
            code(default)
        )
    };
    BuilderMethod {
        name: name.clone(),
        doc: doc::paragraphs([Some(first.as_str()), prose.as_deref(), Some(&takes)]),
        default: default.clone(),
        values: values.clone(),
        parts: parts.clone(),
    }
}

/// The chapter on servers, if the document has several.
pub(super) fn chapter(servers: &[Server]) -> Doc {
    if servers.len() < 2 {
        return Doc::new();
    }
    let lines = "
# Servers

Requests go to the first, unless the operation has a server of its own or the client's builder another
[`base_url`](crate::ClientBuilder::base_url):
";
    let mut doc: Doc = lines.lines().map(str::to_owned).collect();
    doc.push(String::new());
    for Server {
        url, doc: prose, ..
    } in servers
    {
        doc.extend(match prose {
            Some(prose) => doc::list_item(&format!("{}:", code(url)), &doc::line(prose)),
            None => vec![format!("- {}", code(url))],
        });
    }
    doc
}

/// The URL of an operation's server.
pub(super) fn url(names: &Names, operation: &Operation) -> String {
    match &operation.template {
        Some(template) => template.url(|id| names.server_variable(id).unraw()),
        None => operation.server.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_servers_are_a_chapter() {
        let server = |url: &str, doc: Option<&str>| Server {
            url: url.to_owned(),
            doc: doc.map(str::to_owned),
            is_passed_over: false,
        };
        let first = server("https://a.example", Some("Production."));
        assert_eq!(chapter(std::slice::from_ref(&first)), Doc::new());
        let doc = chapter(&[first, server("https://b.example", None)]);
        let end = [
            "",
            "- `https://a.example`: Production.",
            "- `https://b.example`",
        ];
        assert_eq!(doc[doc.len() - 3..], end);
        assert!(doc.contains(&"# Servers".to_owned()), "{doc:?}");
    }
}
