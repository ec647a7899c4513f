//! Plans an example call of each operation for its docs, from the client to the response, with values from the spec.
//!
//! Required arguments without an example get a plain value of their type. The first few optional ones with an example
//! are set. The reader provides a required JSON body, named `body`.

use std::collections::BTreeSet;

use super::{Example, ExampleValue, Reading, Step};
use crate::api::{
    Api, Bounds, Encoding, EnumValue, Json, Location, Operation, OperationIndex, Parameter,
    PartForm, ResourceId, ResponseKind, Scalar, SchemaId, Type, TypeId,
};
use crate::media_type::is_event_stream;
use crate::naming::{Case, RustName, Scope};
use crate::plan::scalar::{Literal, Row, row};
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Leaf, RustType, doc};

/// The maximum number of optional parameters to show.
const MAX_SETTERS: usize = 4;

/// The maximum length of a string in characters, and of a list in values.
const MAX_TEXT: usize = 60;
const MAX_VALUES: usize = 3;

/// Plans the example of an operation.
///
/// Returns `None` if an argument has no value to show.
pub(super) fn example(at: Viewpoint<'_>, index: OperationIndex) -> Option<Example> {
    let operation = at.api.operation(index);
    let mut steps = vec![step(&at.names.accessor, Vec::new())];
    let (links, resource) = at.links(index)?;
    let mut selectors = operation.path_parameters.iter();
    for (id, name) in links {
        let count = at.api.resource(id).parameters.len();
        let selectors = selectors.by_ref().take(count);
        let arguments = selectors.map(|it| path_value(at, it));
        steps.push(step(&name, arguments.collect::<Option<_>>()?));
    }
    let mut openings = at.names.methods(resource).openings.iter();
    let (_, opening) = openings.find(|(it, _)| *it == index)?;
    let required = operation.parameters.iter().filter(|it| it.required);
    let body = operation.body.as_ref().filter(|body| body.required);
    let mut others = operation.other_bodies.iter().filter(|it| it.required);
    let body = body
        .map(|body| match body.payload.encoding {
            Encoding::Json => at.not_null(body.payload.value.schema),
            Encoding::Text => at.payload_type(&body.payload),
            Encoding::Bytes => RustType::Leaf(Leaf::BODY),
        })
        // A required alternative body replaces the usual one.
        .or_else(|| Some(at.not_null(others.next()?.value.schema)));
    let mut arguments: Vec<ExampleValue> = required
        .map(|it| required_value(at, it))
        .collect::<Option<_>>()?;
    arguments.extend(body.iter().map(|_| ExampleValue::Body));
    steps.push(step(opening, arguments));
    steps.extend(setter_steps(at, index));
    let (enumerations, shared) = named(&steps);
    let clashes = enumerations
        .iter()
        .any(|name| shared.contains(&name.as_str()));
    (!clashes).then(|| Example {
        answer: match reading(operation) {
            Reading::Events => Some(Scope::new(Case::Snake, &[]).claim("events")),
            Reading::Whole | Reading::AllPages => answer_name(at.api, operation, resource),
        },
        enumerations,
        shared,
        steps,
        body,
        reading: reading(operation),
    })
}

fn step(method: &RustName, arguments: Vec<ExampleValue>) -> Step {
    Step {
        method: method.clone(),
        arguments,
    }
}

/// The optional parameters with an example, as setter calls.
fn setter_steps(at: Viewpoint<'_>, index: OperationIndex) -> Vec<Step> {
    let parameters = at.api.operation(index).parameters.iter();
    let parameters = parameters.zip(at.names.inputs(index));
    let shown = parameters.filter(|(it, _)| !it.required && !it.deprecated);
    let shown = shown.filter(|(it, _)| !at.api.is_passed_as_value(it));
    shown
        .filter_map(|(parameter, setter)| {
            let value = shown_value(at, parameter.value.schema, parameter.example.as_ref()?)?;
            Some(step(setter, vec![value]))
        })
        .take(MAX_SETTERS)
        .collect()
}

/// The variable for the response: its noun, or that of the list's items.
fn answer_name(api: &Api, operation: &Operation, resource: ResourceId) -> Option<RustName> {
    let words = match operation.result {
        ResponseKind::Nothing => return None,
        ResponseKind::Value(_) | ResponseKind::OneOf(_) => &operation.noun,
        ResponseKind::Page { .. } => &api.resource(resource).noun,
    };
    let words = if words.is_empty() { "answer" } else { words };
    Some(Scope::new(Case::Snake, &["body", "client"]).claim(words))
}

/// What the example reads of the response.
fn reading(operation: &Operation) -> Reading {
    let mut media_types = operation.media_types.read.iter();
    match &operation.result {
        ResponseKind::Page { .. } => Reading::AllPages,
        ResponseKind::Value(payload)
            if payload.encoding == Encoding::Bytes && media_types.all(|it| is_event_stream(it)) =>
        {
            Reading::Events
        }
        ResponseKind::Value(_) | ResponseKind::OneOf(_) | ResponseKind::Nothing => Reading::Whole,
    }
}

/// The enumerations and the shared types in the values, sorted, without duplicates.
fn named(steps: &[Step]) -> (Vec<RustName>, Vec<&'static str>) {
    let (mut enumerations, mut shared) = (BTreeSet::new(), BTreeSet::new());
    let mut values: Vec<&ExampleValue> = steps.iter().flat_map(|it| &it.arguments).collect();
    while let Some(value) = values.pop() {
        match value {
            ExampleValue::Variant(name, _) => {
                enumerations.insert(name.clone());
            }
            ExampleValue::Json(_) => shared.extend([Leaf::JSON.name]),
            ExampleValue::Parsed(_, leaf) => {
                shared.extend([leaf.name].into_iter().chain(leaf.argument));
            }
            ExampleValue::File(_) => shared.extend([Leaf::PART.name]),
            ExampleValue::List(inner) => values.extend(inner),
            ExampleValue::Text(_) | ExampleValue::Boolean(_) => {}
            ExampleValue::Integer(..) | ExampleValue::Float(_) | ExampleValue::Body => {}
        }
    }
    let sorted = enumerations.into_iter().collect();
    (sorted, shared.into_iter().collect())
}

/// The value of a path parameter: a scalar, an enumeration, or a list of one. `None` for anything else.
fn path_value(at: Viewpoint<'_>, parameter: &Parameter) -> Option<ExampleValue> {
    let api = at.api;
    if api.is_passed_as_value(parameter) {
        return None;
    }
    if let Type::Scalar(scalar) = api.ty(parameter.value.schema)
        && *scalar != Scalar::String
    {
        return required_value(at, parameter);
    }
    let example = parameter.example.as_ref().and_then(path_text);
    let first = match api.ty(parameter.value.schema) {
        Type::Named(id) => {
            let values = api.type_definition(*id).shape.values();
            values.and_then(|it| text(&it.first()?.text))
        }
        Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) => None,
    };
    let shown = example.or(first);
    let shown = shown.map_or_else(|| neutral(&parameter.wire_name), ExampleValue::Text);
    Some(match api.ty(parameter.value.schema) {
        Type::List(_) => ExampleValue::List(vec![shown]),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => shown,
    })
}

fn path_text(example: &Json) -> Option<String> {
    match example {
        Json::String(it) => text(it),
        Json::Number(it) => Some(it.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// The example of a required parameter, or a plain value of its type.
fn required_value(at: Viewpoint<'_>, parameter: &Parameter) -> Option<ExampleValue> {
    if at.api.is_passed_as_value(parameter) {
        return None; // Provided by the reader.
    }
    if parameter.location == Location::Part(PartForm::File) {
        let file = ExampleValue::File(placeholder(&parameter.wire_name));
        return Some(match at.api.ty(parameter.value.schema) {
            Type::List(_) => ExampleValue::List(vec![file]),
            Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => file,
        });
    }
    let shown = parameter.example.as_ref();
    let shown = shown.and_then(|it| shown_value(at, parameter.value.schema, it));
    shown.or_else(|| plain_value(at, parameter.value.schema, &parameter.wire_name))
}

/// A value that only indicates its parameter.
fn plain_value(at: Viewpoint<'_>, id: SchemaId, wire_name: &str) -> Option<ExampleValue> {
    let schema = at.api.schema(id);
    Some(match &schema.ty {
        Type::Scalar(scalar) => {
            let Row { leaf, literal, .. } = row(*scalar);
            match literal {
                Literal::Text => neutral(wire_name),
                Literal::Boolean => ExampleValue::Boolean(true),
                Literal::Integer => {
                    ExampleValue::Integer(within(*scalar, least(&schema.bounds)), leaf)
                }
                Literal::Float => ExampleValue::Float(1.5),
                Literal::Parsed(plain) => ExampleValue::Parsed(plain.to_owned(), leaf),
            }
        }
        Type::Any => ExampleValue::Json("{}".to_owned()),
        Type::Named(id) => variant(at, *id, |_| true)?,
        Type::List(item) => ExampleValue::List(vec![plain_value(at, item.schema, wire_name)?]),
        Type::Map(_) => return None,
    })
}

/// The variant for the first value of an enumeration that `fits`.
fn variant(
    at: Viewpoint<'_>,
    id: TypeId,
    fits: impl Fn(&EnumValue) -> bool,
) -> Option<ExampleValue> {
    let variant = at.variant(id, fits)?;
    Some(ExampleValue::Variant(
        at.names.ty(id).clone(),
        variant.clone(),
    ))
}

/// The smallest whole number within limits, or 1.
fn least(bounds: &Bounds) -> i64 {
    let Some(minimum) = &bounds.minimum else {
        return 1;
    };
    let least = minimum.value.ceil();
    let is_excluded = minimum.exclusive && minimum.value.is_whole();
    least.saturating_add(i64::from(is_excluded))
}

/// The number in a scalar's range that is nearest to `number`.
fn within(scalar: Scalar, number: i64) -> i64 {
    let (low, high) = scalar
        .whole_range()
        .unwrap_or((number.into(), number.into()));
    i64::try_from(i128::from(number).clamp(low, high)).unwrap_or(number)
}

/// An example of a value, if it can be shown.
fn shown_value(at: Viewpoint<'_>, schema: SchemaId, example: &Json) -> Option<ExampleValue> {
    match at.api.ty(schema) {
        Type::Scalar(scalar) => {
            let Row { leaf, literal, .. } = row(*scalar);
            match literal {
                Literal::Text => text(example.as_str()?).map(ExampleValue::Text),
                Literal::Boolean => example.as_bool().map(ExampleValue::Boolean),
                Literal::Integer => example.as_i64().map(|it| ExampleValue::Integer(it, leaf)),
                Literal::Float => example.as_f64().map(ExampleValue::Float),
                Literal::Parsed(_) => {
                    let text = text(example.as_str()?)?;
                    Some(ExampleValue::Parsed(text, leaf))
                }
            }
        }
        Type::Any => match example {
            Json::String(it) => text(it).map(ExampleValue::Json),
            Json::Bool(_) | Json::Number(_) => Some(ExampleValue::Json(example.to_string())),
            Json::Null | Json::Array(_) | Json::Object(_) => None,
        },
        Type::Named(id) => variant(at, *id, |it| Some(it.text.as_str()) == example.as_str()),
        Type::List(item) => {
            let values = example.as_array()?.iter().take(MAX_VALUES);
            let values = values.map(|it| shown_value(at, item.schema, it));
            values.collect::<Option<_>>().map(ExampleValue::List)
        }
        Type::Map(_) => None,
    }
}

/// A string that can be in a doc comment unchanged: short, visible and without code fences.
fn text(example: &str) -> Option<String> {
    let is_short = (1..=MAX_TEXT).contains(&example.chars().count());
    let is_plain = !example.contains(['`', '\t']) && doc::printable(example) == example;
    (is_short && is_plain).then(|| example.to_owned())
}

/// A placeholder string.
fn neutral(wire_name: &str) -> ExampleValue {
    ExampleValue::Text(placeholder(wire_name))
}

fn placeholder(wire_name: &str) -> String {
    let name = Scope::new(Case::Snake, &[]).claim(wire_name);
    name.unraw().to_owned()
}
