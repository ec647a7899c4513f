//! Chooses examples of calls and responses.
//!
//! Examples are prose in the form of values. One that does not fit its type is left out instead of reported, because no
//! caller depends on it.
//!
//! Specs name their examples, and those with the same name belong together: the parameters of a call, its body and its
//! response. A call uses the name with the most examples.

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, Operation as SpecOperation, ReferenceOr};

use super::content::{Content, ContentKind, body_of};
use super::view::{SchemaPart, View};
use super::{Lowering, resolve, simplify, success};
use crate::api::{
    AnswerExample, Json, Location, Method, Parameter, PartForm, ResponseKind, Type, Use,
};
use crate::load::PathItem;
use crate::pointer::Pointer;

/// The example values of one operation's parameters.
pub(super) struct Samples<'a>(Vec<Sample<'a>>);

struct Sample<'a> {
    location: Location,
    parameter: &'a str,
    /// The example's name; empty if it has none and fits all others.
    scenario: &'a str,
    value: &'a Json,
}

impl<'a> Lowering<'a> {
    /// The value that a schema provides for a parameter: its example, or a default value if the parameter is required.
    pub(super) fn example(&self, value: &Use, is_required: bool) -> Option<Json> {
        let schema = self.schema(value.schema);
        let fitted = |it: &Option<Json>| self.fitted(value, it.as_ref()?);
        let own = fitted(&schema.example);
        if !is_required {
            return own;
        }
        let id = || {
            let innermost = match &schema.ty {
                Type::List(item) => self.schema(item.schema),
                Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => schema,
            };
            let pattern = innermost.bounds.pattern.as_deref();
            pattern.and_then(|it| self.vendor.id(it)).map(Json::String)
        };
        own.or_else(|| fitted(&schema.default)).or_else(id)
    }

    /// Sets the examples of parameters from the most complete scenario.
    pub(super) fn add_examples(
        &self,
        item: &'a PathItem,
        method: Method,
        spec: &'a SpecOperation,
        result: &ResponseKind,
        parameters: &mut [&mut Parameter],
    ) {
        let mut samples = self.samples(item, method, spec);
        if let ResponseKind::Page { paging, .. } = result {
            let is_paging = |name: &str| match paging {
                Some(paging) => paging.selects_by(name),
                None => self.vendor.is_paging(name),
            };
            samples.drop_paging(&is_paging, parameters);
        }
        let all = &samples.0;
        let fits = |sample: &&Sample<'_>| parameters.iter().any(|it| self.fits(it, sample));
        let scenario = scenario(all.iter().filter(fits));
        for parameter in parameters {
            let find = |is_wanted: &dyn Fn(&Sample<'_>) -> bool| {
                let mut wanted = all.iter().filter(|it| is_wanted(it));
                wanted.find_map(|it| self.sampled(parameter, it))
            };
            let value = find(&|it| Some(it.scenario) == scenario)
                .or_else(|| find(&|it| it.scenario.is_empty()))
                .or_else(|| parameter.required.then(|| find(&|_| true)).flatten());
            if let Some(value) = value {
                parameter.example = Some(value);
            }
        }
    }

    /// The value that `sample` provides for `parameter`, if it matches and fits.
    fn sampled(&self, parameter: &Parameter, sample: &Sample<'_>) -> Option<Json> {
        let location = match parameter.location {
            Location::Part(PartForm::File) => return None, // No document contains its bytes.
            Location::Part(PartForm::Text | PartForm::Json) => Location::Form,
            other @ (Location::Path | Location::Query | Location::Header) => other,
            other @ (Location::Cookie | Location::Form) => other,
        };
        let is_meant = sample.parameter == parameter.wire_name && sample.location == location;
        let value = is_meant.then_some(sample.value)?;
        self.fitted(&parameter.value, value)
    }

    fn fits(&self, parameter: &Parameter, sample: &Sample<'_>) -> bool {
        self.sampled(parameter, sample).is_some()
    }

    /// The examples of an operation's parameters and form, in the order of the spec.
    fn samples(&self, item: &'a PathItem, method: Method, spec: &'a SpecOperation) -> Samples<'a> {
        let mut samples = Vec::new();
        let parameters = spec.parameters.iter().chain(&item.parameters);
        for parameter in parameters.filter_map(|it| self.find_parameter(it)) {
            let data = parameter.parameter_data_ref();
            let location = match parameter {
                openapiv3::Parameter::Path { .. } => Location::Path,
                openapiv3::Parameter::Query { .. } => Location::Query,
                openapiv3::Parameter::Header { .. } => Location::Header,
                openapiv3::Parameter::Cookie { .. } => Location::Cookie,
            };
            samples.extend(named(data.example.as_ref(), &data.examples).map(
                |(scenario, value)| Sample {
                    location,
                    parameter: &data.name,
                    scenario,
                    value,
                },
            ));
        }
        let sent = body_of(self.spec, method, spec).and_then(Content::sent);
        let form = sent.filter(|it| [ContentKind::Form, ContentKind::Multipart].contains(&it.kind));
        let form = form.map(|it| it.media_type);
        for (scenario, fields) in form.into_iter().flat_map(of_content) {
            samples.extend(
                fields
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, value)| Sample {
                        location: Location::Form,
                        parameter: name,
                        scenario,
                        value,
                    }),
            );
        }
        Samples(samples)
    }

    /// Converts JSON to the form of a value, if it fits.
    fn fitted(&self, value: &Use, json: &Json) -> Option<Json> {
        let fits = match self.ty(value) {
            Type::Scalar(scalar) => return scalar.fitted(json),
            Type::Any => json.is_string() || json.is_boolean() || json.is_i64(),
            Type::Named(id) => {
                let mut values = self.types[id.0].shape.values().into_iter().flatten();
                values.any(|it| Some(it.text.as_str()) == json.as_str())
            }
            Type::List(item) => {
                let alone = std::slice::from_ref(json);
                let values = json.as_array().map_or(alone, Vec::as_slice);
                let fitted: Option<Vec<Json>> =
                    values.iter().map(|it| self.fitted(item, it)).collect();
                return fitted.filter(|it| !it.is_empty()).map(Json::Array);
            }
            Type::Map(_) => false, // Examples do not show maps.
        };
        fits.then(|| json.clone())
    }
}

impl Samples<'_> {
    /// Removes examples of paging parameters.
    fn drop_paging(
        &mut self,
        is_paging: &impl Fn(&str) -> bool,
        parameters: &mut [&mut Parameter],
    ) {
        for parameter in parameters {
            if is_paging(&parameter.wire_name) {
                parameter.example = None;
            }
        }
        self.0.retain(|it| !is_paging(it.parameter));
    }
}

/// The name with the most `samples`; the first one on a tie.
fn scenario<'s>(samples: impl Iterator<Item = &'s Sample<'s>>) -> Option<&'s str> {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for sample in samples.filter(|it| !it.scenario.is_empty()) {
        *counts.entry(sample.scenario).or_default() += 1;
    }
    // `max_by_key` returns the last maximum, so reverse the order.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(name, _)| name)
}

impl<'a> Lowering<'a> {
    /// The examples of the successful responses of the operation at `at`.
    pub(super) fn examples_of_answers(
        &self,
        at: &Pointer,
        operation: &'a SpecOperation,
    ) -> Vec<AnswerExample> {
        let at = at.key("responses");
        let mut examples = Vec::new();
        for declared in success::declared(operation) {
            let status = declared.status;
            let found = resolve::response(self.spec, &at.key(&declared.key), declared.response);
            let Some(found) = found else {
                continue; // Refused by `load`.
            };
            let content = Content::read_json(found.item);
            if let Some(content) = content {
                let at = found.at.key("content").key(content.name);
                let has_parts = self.has_parts(&at, content.media_type);
                let place = |name: &str| match name {
                    "" => at.key("example"),
                    name => at.key("examples").key(name),
                };
                let example = |(name, body): (&str, &Json)| {
                    let inside = parsed(body).filter(|_| has_parts);
                    AnswerExample {
                        name: name.to_owned(),
                        at: place(name),
                        status,
                        is_text: inside.is_some(),
                        body: inside.unwrap_or_else(|| body.clone()),
                    }
                };
                examples.extend(of_content(content.media_type).map(example));
            }
        }
        examples
    }

    /// Whether the values of a content are objects or lists.
    fn has_parts(&self, at: &Pointer, content: &'a MediaType) -> bool {
        let schema = content.schema.as_ref();
        let part = schema.map(|it| SchemaPart::new(at.key("schema"), it));
        let view = part.map(|it| simplify::resolved(self.described(), vec![it]));
        matches!(view, Some(View::Object(_) | View::Array { .. }))
    }
}

/// The object or the list in a text of JSON, as which some tools export examples. `None` for anything else.
fn parsed(body: &Json) -> Option<Json> {
    match serde_json::from_str(body.as_str()?) {
        Ok(json @ (Json::Object(_) | Json::Array(_))) => Some(json),
        Ok(_) | Err(_) => None,
    }
}

fn of_content(content: &MediaType) -> impl Iterator<Item = (&str, &Json)> {
    named(content.example.as_ref(), &content.examples)
}

/// The unnamed example and the named ones. Examples behind a reference or a URL are skipped.
fn named<'a>(
    example: Option<&'a Json>,
    examples: &'a IndexMap<String, ReferenceOr<Example>>,
) -> impl Iterator<Item = (&'a str, &'a Json)> {
    let value =
        |example: &'a ReferenceOr<Example>| example.as_item().and_then(|it| it.value.as_ref());
    let named = examples
        .iter()
        .filter_map(move |(name, it)| Some((name.as_str(), value(it)?)));
    example.map(|it| ("", it)).into_iter().chain(named)
}
