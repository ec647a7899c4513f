//! Lowers parameters in the path, the query, headers and cookies.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{
    MediaType, Operation as SpecOperation, Parameter as SpecParameter, ParameterData,
    ParameterSchemaOrContent, ReferenceOr,
};

use super::Lowering;
use super::annotations::text;
use super::constant;
use super::context::Context;
use super::fault::LoweringFault;
use super::resolve::{self, Resolved};
use super::security;
use super::style::DeclaredStyle;
use crate::api::{
    Constant, Layout, Location, Operation, Parameter, ParameterEncoding, Prefix, Scalar, Schema,
    Signing, Style, Type, Use,
};
use crate::load::{self, PathItem};
use crate::path_item::template;
use crate::pointer::Pointer;
use crate::words;

/// The parameters of an operation outside of its body.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) of_path: Vec<Parameter>,
    /// All others that callers pass.
    pub(super) others: Vec<Parameter>,
    pub(super) constants: Vec<Constant>,
    /// The names of the headers with which no call can be sent.
    pub(super) headers_of_client: Vec<String>,
    /// The names of the API keys that the client sends with each call.
    pub(super) keys_of_client: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// The parameters of an operation. They replace those of the path item.
    pub(super) fn parameters(
        &mut self,
        at: &Pointer,
        item: &'a PathItem,
        spec: &'a SpecOperation,
        owner: &Context<'_>,
    ) -> Parameters {
        let mut all = Parameters::default();
        let signing = self.signing(spec);
        let shared = at.parent().unwrap_or_default();
        for (at, list) in [(shared, &item.parameters), (at.clone(), &spec.parameters)] {
            for (index, parameter) in list.iter().enumerate() {
                let at = at.key("parameters").index(index);
                let Some(found) = resolve::parameter(self.spec, &at, parameter) else {
                    continue; // Already reported.
                };
                let (data, location) = located(found.item);
                if let Some(why) = why_left_out(data, location, &signing) {
                    let name = data.name.clone();
                    self.report(&at, why.fault(name.clone()));
                    match why {
                        WhyLeftOut::Described => (),
                        WhyLeftOut::OfClient | WhyLeftOut::NoHeader => {
                            all.headers_of_client.push(name);
                        }
                        WhyLeftOut::Key => all.keys_of_client.push(name),
                    }
                    continue;
                }
                if location == Location::Header && !security::is_token(&data.name) {
                    let what = format!("a required header with the invalid name `{}`", data.name);
                    self.unsupported(&found.at.key("name"), what);
                    continue;
                }
                let lowered = match location {
                    Location::Path => &mut all.of_path,
                    Location::Query | Location::Header | Location::Cookie => &mut all.others,
                    Location::Form | Location::Part(_) => &mut all.others,
                };
                lowered.retain(|it| !it.is(location, &data.name));
                all.constants.retain(|it| !it.is(location, &data.name));
                match constant::of_parameter(self.spec, &at, data, location) {
                    Some(constant) => all.constants.push(constant),
                    None => lowered.push(self.parameter(&at, &found, (data, location), owner)),
                }
            }
        }
        all
    }

    /// The path parameters, in the order of the path. An undeclared one is a string, and one that the path lacks is
    /// left out; both have been reported.
    pub(super) fn path_parameters(
        &mut self,
        at: &Pointer,
        path: &str,
        declared: &[Parameter],
    ) -> Vec<Parameter> {
        let names = template(path).unwrap_or_default().into_iter();
        let parameters = names.map(|name| {
            let known = declared.iter().find(|it| it.wire_name == name);
            known.cloned().unwrap_or_else(|| Parameter {
                wire_name: name.to_owned(),
                doc: None,
                at: at.clone(),
                declaration: at.clone(),
                location: Location::Path,
                required: true,
                value: self.add(Schema::of(Type::Scalar(Scalar::String), at), false),
                media_type: None,
                writing: ParameterEncoding::Styled(Style::of(Layout::Path {
                    prefix: Prefix::Nothing,
                    explodes: false,
                })),
                example: None,
                pii: false,
                deprecated: false,
                part_required: false,
                largest_page: None,
            })
        });
        parameters.collect()
    }

    /// Resolves a parameter, through any number of references.
    pub(super) fn find_parameter(
        &self,
        parameter: &'a ReferenceOr<SpecParameter>,
    ) -> Option<&'a SpecParameter> {
        resolve::parameter(self.spec, &Pointer::root(), parameter).map(|it| it.item)
    }

    fn parameter(
        &mut self,
        at: &Pointer,
        found: &Resolved<'a, SpecParameter>,
        (data, location): (&'a ParameterData, Location),
        owner: &Context<'_>,
    ) -> Parameter {
        let (declaration, parameter) = (found.at.clone(), found.item);
        let component = found.component.map(|it| component_names(it, &data.name));
        let context = match &component {
            Some(names) => Context::Names(names),
            None => owner.part(&data.name),
        };
        let (value, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let value = self.value_once(&declaration.key("schema"), schema, &context);
                (value, DeclaredStyle::of(parameter))
            }
            ParameterSchemaOrContent::Content(content) => {
                self.content_of_parameter(&declaration.key("content"), content, &context)
            }
        };
        let (value, writing) = match (location, style) {
            // A segment is a single string, which callers create.
            (Location::Path, DeclaredStyle::Json) => self.written(at, value, DeclaredStyle::Text),
            (_, style) => self.written(at, value, style),
        };
        let lowered = self.schema(value.schema);
        Parameter {
            wire_name: data.name.clone(),
            doc: text(data.description.as_deref()).or_else(|| lowered.doc.clone()),
            pii: lowered.pii || self.vendor.is_pii(&data.extensions),
            deprecated: lowered.deprecated || data.deprecated == Some(true),
            example: self.example(&value, data.required),
            at: at.clone(),
            declaration,
            location,
            required: data.required,
            writing: in_place(location, self.ty(&value), writing),
            value,
            media_type: None,
            part_required: false,
            largest_page: None, // Set once the response is known.
        }
    }

    /// The value of a parameter with `content`, and how it is serialized. It has one media type (OpenAPI 3.0.3,
    /// Parameter Object).
    fn content_of_parameter(
        &mut self,
        at: &Pointer,
        content: &'a IndexMap<String, MediaType>,
        context: &Context<'_>,
    ) -> (Use, DeclaredStyle) {
        let Some((name, media_type)) = content.first() else {
            return (self.any(at), DeclaredStyle::Json); // Refused by `load`.
        };
        let at = at.key(name);
        let value = match &media_type.schema {
            Some(schema) => self.value_once(&at.key("schema"), schema, context),
            None => self.any(&at),
        };
        (value, DeclaredStyle::of_media_type(name))
    }
}

/// Keeps the reserved characters of path parameters where the template says so, or one of the operations of the path:
/// they address the same resource.
pub(super) fn keep_reserved(item: &PathItem, operations: &mut [Operation]) {
    let kept = operations.iter().flat_map(|it| &it.path_parameters);
    let kept = kept.filter(|it| it.writing.style().keeps_reserved);
    let kept = kept.map(|it| it.wire_name.as_str());
    let kept = kept.chain(load::keeping_reserved(item));
    let kept: BTreeSet<String> = kept.map(str::to_owned).collect();
    let all = operations.iter_mut().flat_map(|it| &mut it.path_parameters);
    for parameter in all.filter(|it| kept.contains(&it.wire_name)) {
        if let ParameterEncoding::Styled(style) = &mut parameter.writing {
            style.keeps_reserved = true;
        }
    }
}

/// The annotations of a parameter and its location.
fn located(parameter: &SpecParameter) -> (&ParameterData, Location) {
    let location = match parameter {
        SpecParameter::Header { .. } => Location::Header,
        SpecParameter::Query { .. } => Location::Query,
        SpecParameter::Path { .. } => Location::Path,
        SpecParameter::Cookie { .. } => Location::Cookie,
    };
    (parameter.parameter_data_ref(), location)
}

/// Why callers do not pass a parameter.
#[derive(Clone, Copy)]
enum WhyLeftOut {
    /// The operation describes the header in another way.
    Described,
    /// Only the client may set the header.
    OfClient,
    /// No header has this name.
    NoHeader,
    /// It is an API key that each call has.
    Key,
}

impl WhyLeftOut {
    fn fault(self, name: String) -> LoweringFault {
        match self {
            Self::Described | Self::OfClient => LoweringFault::IgnoredHeader { name },
            Self::NoHeader => LoweringFault::InvalidHeader { name },
            Self::Key => LoweringFault::KeyAsParameter { name },
        }
    }
}

/// Why callers do not pass this parameter, or nothing if they do. A required header with an invalid name is refused.
fn why_left_out(data: &ParameterData, location: Location, signing: &Signing) -> Option<WhyLeftOut> {
    let name = &data.name;
    let is_header = location == Location::Header;
    if is_header && is_ignored(name) {
        Some(WhyLeftOut::Described)
    } else if is_header && is_of_client(name) {
        Some(WhyLeftOut::OfClient)
    } else if is_header && !security::is_token(name) && !data.required {
        Some(WhyLeftOut::NoHeader)
    } else if signing.always_has_key(location, name) {
        Some(WhyLeftOut::Key)
    } else {
        None
    }
}

/// The names of a type inside of a component parameter, which are the same whichever operation refers to it first.
fn component_names(component: &str, parameter: &str) -> [String; 2] {
    let component = words::snake(component);
    let ends = ["_query", "_parameter", "_param"];
    let short = ends.iter().find_map(|it| component.strip_suffix(it));
    let short = short.unwrap_or(&component).to_owned();
    let longer = format!("{short}_{parameter}");
    [short, longer]
}

/// Adjusts a style to its location: list items in a header are always separated by commas.
fn in_place(location: Location, ty: &Type, writing: ParameterEncoding) -> ParameterEncoding {
    match (location, ty, writing) {
        (Location::Header, Type::List(_), ParameterEncoding::Styled(style)) => {
            ParameterEncoding::Styled(Style {
                layout: Layout::Commas,
                ..style
            })
        }
        (Location::Header | Location::Cookie, _, ParameterEncoding::JsonItems) => {
            ParameterEncoding::Json
        }
        (_, _, writing) => writing,
    }
}

/// Whether tools must ignore a header parameter of this name, because the operation describes it in another way
/// (OpenAPI 3.0.3, Parameter Object, `name`).
fn is_ignored(name: &str) -> bool {
    ["accept", "authorization", "content-type"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// Whether a header says how a message travels, so that only the client may set it (RFC 9110 §7.2, §7.6.1, §7.8, §8.6;
/// RFC 9112 §6.1).
fn is_of_client(name: &str) -> bool {
    [
        "connection",
        "content-length",
        "host",
        "transfer-encoding",
        "upgrade",
    ]
    .iter()
    .any(|own| name.eq_ignore_ascii_case(own))
}
