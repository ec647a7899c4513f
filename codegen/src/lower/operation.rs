//! Operations: what each is called, where it goes and who may call it.

use openapiv3::{Operation as SpecOperation, PathItem, SecurityRequirement};

use super::annotations::text;
use super::content::media_types;
use super::fault::LoweringFault;
use super::operation_name::{OperationName, operation_name};
use super::server::Place;
use super::{Lowering, envelope, example, sorted};
use crate::api::{Method, Operation, Outcome, Requirement, SecurityScheme, Signing};
use crate::path_item::{PathKey, custom_verb};
use crate::pointer::Pointer;
use crate::words;

impl<'a> Lowering<'a> {
    /// Lowers the operations of one path, in the order get, put, post, delete, patch, options, head, trace.
    pub(super) fn path_item(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
    ) -> Vec<Operation> {
        let methods = [
            ("get", Method::Get, &item.get),
            ("put", Method::Put, &item.put),
            ("post", Method::Post, &item.post),
            ("delete", Method::Delete, &item.delete),
            ("patch", Method::Patch, &item.patch),
            ("options", Method::Options, &item.options),
            ("head", Method::Head, &item.head),
            ("trace", Method::Trace, &item.trace),
        ];
        let mut operations = Vec::new();
        for (name, method, operation) in methods {
            if let Some(operation) = operation {
                operations.push(self.operation(&at.key(name), path, item, method, operation));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
        method: Method,
        spec: &'a SpecOperation,
    ) -> Operation {
        let OperationName {
            id,
            mut verb,
            mut noun,
        } = operation_name(spec.operation_id.as_deref(), method, path);
        if let Some(class_name) = self.vendor.path_hints(&item.extensions).class_name {
            noun = class_name;
        }
        if let Some((_, custom)) = custom_verb(PathKey::of(path).path) {
            verb = words::snake(custom);
        }
        let (declared, mut parameters) = self.parameters(at, item, spec, &noun);
        let mut path_parameters = self.path_parameters(at, path, &declared);
        let (fields, body) = self.request_body(at, method, spec, &noun);
        parameters.extend(fields);
        let (mut success, mut result) = self.result(at, spec, &id);
        if method == Method::Head {
            // Whatever the spec says that a `GET` brings (RFC 9110 §9.3.2).
            result = Outcome::Nothing;
            success.iter_mut().for_each(|it| it.value = None);
        }
        if !matches!(result, Outcome::Page { .. })
            && let Some((parameter, at, why)) =
                envelope::missing(self.vendor, self.spec, at, spec, &parameters)
        {
            let parameter = parameter.to_owned();
            self.report(&at, LoweringFault::PartWithoutPage { parameter, why });
        }
        let mut all: Vec<_> = path_parameters.iter_mut().chain(&mut parameters).collect();
        self.add_examples(item, method, spec, &result, &mut all);
        let Place { server, prefix } = self.server(at, item, spec);
        let (summary, doc) = prose(spec);
        Operation {
            verb,
            noun,
            summary,
            doc,
            at: at.clone(),
            method,
            server,
            path: format!("{prefix}{}", PathKey::of(path).target),
            path_parameters,
            parameters,
            left_out: Vec::new(), // `direction` leaves out, once all operations are known.
            body,
            result,
            success,
            examples: example::of_answers(self.spec, at, spec),
            signing: self.signing(at, spec),
            security: self.security(spec),
            media_types: media_types(self.spec, method, spec),
            deprecated: spec.deprecated,
            id,
        }
    }

    /// What a call is signed with: the first alternative that a client can give alone. Nothing is said of documents without
    /// `security`: whoever has credentials gives them.
    fn signing(&mut self, at: &Pointer, spec: &SpecOperation) -> Signing {
        let said = spec.security.as_ref().or(self.spec.security.as_ref());
        let Some(said) = said else {
            return Signing::Usual;
        };
        if said.iter().all(SecurityRequirement::is_empty) {
            return Signing::Nothing; // `security: []`, or no alternative but that.
        }
        let scheme_of = |name: &String| {
            let known = self.security_schemes.iter().find(|(it, _)| it == name);
            known.map(|(_, scheme)| scheme)
        };
        let mut has_usual = false;
        for alternative in said.iter().filter(|it| !it.is_empty()) {
            let schemes: Vec<_> = alternative.keys().filter_map(scheme_of).collect();
            let is_key = |it: &&&SecurityScheme| matches!(it, SecurityScheme::ApiKey { .. });
            match (schemes.as_slice(), schemes.iter().filter(is_key).count()) {
                ([SecurityScheme::ApiKey { location, name }], _) => {
                    let (location, name) = (*location, name.clone());
                    return Signing::Key { location, name };
                }
                (_, 0) => has_usual = true,
                (_, _) => {}
            }
        }
        if !has_usual {
            let what = "an operation that takes several credentials at once";
            self.unsupported(&at.key("security"), what);
        }
        Signing::Usual
    }

    fn security(&self, spec: &SpecOperation) -> Vec<Vec<Requirement>> {
        let alternatives = spec.security.as_ref().or(self.spec.security.as_ref());
        let requirement = |(scheme, scopes): (&String, &Vec<String>)| Requirement {
            scheme: scheme.clone(),
            scopes: sorted(scopes),
        };
        alternatives
            .into_iter()
            .flatten()
            .map(|alternative| alternative.iter().map(requirement).collect())
            .collect()
    }
}

/// The summary of an operation, and its description if that says more.
fn prose(spec: &SpecOperation) -> (Option<String>, Option<String>) {
    let doc = text(spec.description.as_deref());
    let summary = text(spec.summary.as_deref()).or_else(|| doc.clone());
    let more = doc.filter(|doc| Some(doc) != summary.as_ref());
    (summary, more)
}
