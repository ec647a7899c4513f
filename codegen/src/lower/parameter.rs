//! Parameters in the path, the query and the headers.

use std::collections::BTreeMap;

use openapiv3::{
    Operation as SpecOperation, Parameter as SpecParameter, ParameterData,
    ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
};

use super::Lowering;
use super::annotations::text;
use super::fault::LoweringFault;
use crate::api::{Delimiter, Location, Parameter, Scalar, Schema, Shape, Type, Use};
use crate::path_item::template;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The parameters of the path and all others; the operation's own replace the path item's.
    pub(super) fn parameters(
        &mut self,
        at: &Pointer,
        item: &'a PathItem,
        spec: &'a SpecOperation,
        noun: &str,
    ) -> (Vec<Parameter>, Vec<Parameter>) {
        let mut lowered: Vec<Parameter> = Vec::new();
        let shared = at.parent().unwrap_or_default();
        for (at, list) in [(shared, &item.parameters), (at.clone(), &spec.parameters)] {
            for (index, parameter) in list.iter().enumerate() {
                let at = at.key("parameters").index(index);
                let Some(parameter) = self
                    .resolved_parameter(&at, parameter)
                    .and_then(|it| self.parameter(&at, declaration(&at, parameter), it, noun))
                else {
                    continue; // Reported where it was found.
                };
                lowered.retain(|it| !it.is_same(&parameter));
                lowered.push(parameter);
            }
        }
        lowered
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path)
    }

    /// The parameters in a path, in its order. One that is not declared is text, and one that is not in the path is left
    /// out; both have been reported.
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
                delimiter: None,
                json: BTreeMap::new(),
                example: None,
                pii: false,
                deprecated: false,
            })
        });
        parameters.collect()
    }

    fn resolved_parameter(
        &mut self,
        at: &Pointer,
        parameter: &'a ReferenceOr<SpecParameter>,
    ) -> Option<&'a SpecParameter> {
        let found = self.find_parameter(parameter);
        if found.is_none() {
            self.unsupported(
                &at.key("$ref"),
                "a `$ref` to a parameter that is a `$ref` itself",
            );
        }
        found
    }

    /// The parameter that stands here or behind one reference.
    pub(super) fn find_parameter(
        &self,
        parameter: &'a ReferenceOr<SpecParameter>,
    ) -> Option<&'a SpecParameter> {
        match parameter {
            ReferenceOr::Item(parameter) => Some(parameter),
            ReferenceOr::Reference { reference } => {
                let name = Pointer::from_fragment(reference)?.tokens().last()?;
                let components = self.spec.components.as_ref()?;
                components.parameters.get(&name)?.as_item()
            }
        }
    }

    fn parameter(
        &mut self,
        at: &Pointer,
        declaration: Pointer,
        parameter: &'a SpecParameter,
        noun: &str,
    ) -> Option<Parameter> {
        let (data, location) = self.located(at, &declaration, parameter)?;
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            self.left_out(
                &declaration.key("content"),
                data,
                "a parameter with `content`",
            );
            return None;
        };
        let value = self.value(&at.key("schema"), schema, &format!("{noun}_{}", data.name));
        let value = self.sent_as_text(value);
        if self.is_structured(&value) {
            let what = "an object or a list of lists in a path, a query or a header";
            self.left_out(&declaration.key("schema"), data, what);
            return None;
        }
        let is_list = self.is_list(&value);
        let value = match location {
            // One segment has one text, which callers make.
            Location::Path if is_list => self.text(value),
            Location::Path | Location::Query | Location::Header => value,
            Location::Form | Location::Part(_) => value,
        };
        let delimiter = delimiter(parameter).filter(|_| is_list);
        let lowered = self.schema(value.schema);
        Some(Parameter {
            wire_name: data.name.clone(),
            doc: text(data.description.as_deref()).or_else(|| lowered.doc.clone()),
            pii: lowered.pii || self.vendor.is_pii(&data.extensions),
            deprecated: lowered.deprecated || data.deprecated == Some(true),
            example: self.example(&value, data.required),
            at: at.clone(),
            declaration,
            location,
            required: data.required,
            value,
            media_type: None,
            delimiter,
            json: BTreeMap::new(),
        })
    }

    /// What a parameter says of itself, and the part of the request that carries it. One that is left out is reported.
    fn located(
        &mut self,
        at: &Pointer,
        declaration: &Pointer,
        parameter: &'a SpecParameter,
    ) -> Option<(&'a ParameterData, Location)> {
        match parameter {
            SpecParameter::Header { parameter_data, .. } if is_ignored(&parameter_data.name) => {
                let name = parameter_data.name.clone();
                self.report(at, LoweringFault::IgnoredHeader { name });
                None
            }
            SpecParameter::Header { parameter_data, .. } => {
                Some((parameter_data, Location::Header))
            }
            SpecParameter::Query { parameter_data, .. } => Some((parameter_data, Location::Query)),
            SpecParameter::Path {
                parameter_data,
                style: PathStyle::Simple,
            } => Some((parameter_data, Location::Path)),
            SpecParameter::Cookie { parameter_data, .. } => {
                let what = "a parameter with `in: cookie`";
                self.left_out(&declaration.key("in"), parameter_data, what);
                None
            }
            SpecParameter::Path { .. } => {
                let what = "a `style` other than the default";
                self.unsupported(&declaration.key("style"), what);
                None
            }
        }
    }

    /// Leaves out a parameter that no request can have, if an operation can be called without it.
    fn left_out(&mut self, at: &Pointer, data: &ParameterData, what: &str) {
        if data.required {
            self.unsupported(at, what);
        } else {
            let (name, what) = (data.name.clone(), what.to_owned());
            self.report(at, LoweringFault::ParameterLeftOut { name, what });
        }
    }

    pub(super) fn is_list(&self, value: &Use) -> bool {
        match self.ty(value) {
            Type::List(_) => true,
            Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => false,
        }
    }

    /// Whether a value has parts with names, or lists in a list: it has no place in one field of text.
    pub(super) fn is_structured(&self, value: &Use) -> bool {
        match self.ty(value) {
            Type::Map(_) => true,
            Type::List(item) => self.is_list(item) || self.is_structured(item),
            Type::Named(id) => match self.types[id.0].shape {
                Shape::Object(_) | Shape::Union(_) => true,
                Shape::Enumeration(_) => false,
            },
            Type::Scalar(_) | Type::Any => false,
        }
    }
}

/// What stands between the values of a list in the query, if they are one field (OpenAPI 3.0.3, Style Values).
fn delimiter(parameter: &SpecParameter) -> Option<Delimiter> {
    let SpecParameter::Query {
        parameter_data,
        style,
        ..
    } = parameter
    else {
        return None;
    };
    let explode = parameter_data.explode;
    match style {
        QueryStyle::Form => (explode == Some(false)).then_some(Delimiter::Comma),
        QueryStyle::SpaceDelimited => (explode != Some(true)).then_some(Delimiter::Space),
        QueryStyle::PipeDelimited => (explode != Some(true)).then_some(Delimiter::Pipe),
        QueryStyle::DeepObject => None,
    }
}

/// Where a parameter stands that is here or behind one reference.
fn declaration(at: &Pointer, parameter: &ReferenceOr<SpecParameter>) -> Pointer {
    match parameter {
        ReferenceOr::Item(_) => at.clone(),
        ReferenceOr::Reference { reference } => {
            Pointer::from_fragment(reference).unwrap_or_else(|| at.clone())
        }
    }
}

/// Whether tools are told to ignore a header parameter of this name, because the operation says it otherwise
/// (OpenAPI 3.0.3, Parameter Object, `name`).
fn is_ignored(name: &str) -> bool {
    ["accept", "authorization", "content-type"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}
