//! Separates the properties of requests from those of responses (OpenAPI 3.0.3, Schema Object, `readOnly` and
//! `writeOnly`).
//!
//! A request has no read-only properties, and a response has no write-only ones. Where a schema describes different
//! objects in requests and in responses, it becomes two types, so that a request's contents depend only on its type.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::fault::LoweringFault;
use super::update;
use crate::api::schema::innermost;
use crate::api::usage::{self, Usage};
use crate::api::{
    Api, Direction, LeftOut, Location, Operation, OperationIndex, Schema, SchemaId, Type,
    TypeDefinition, TypeId, Use,
};
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Whether the property at `at` is required, given whether it is listed as such. A property with both marks, which
    /// is invalid, is optional.
    pub(super) fn is_required(&mut self, at: &Pointer, is_listed: bool, schema: SchemaId) -> bool {
        let marks = self.schema(schema).marks;
        let is_contradiction = marks.read_only && marks.write_only;
        if is_contradiction {
            self.report(at, LoweringFault::ReadOnlyAndWriteOnly);
        }
        is_listed && !is_contradiction
    }
}

/// Removes properties that are only sent in the other direction.
pub(super) fn separate(api: &mut Api) {
    let usage = Usage::by_operations(api);
    let inputs = inputs(api, &usage);
    separate_types(api, &usage, &inputs);
    let Api {
        schemas,
        operations,
        resources,
        ..
    } = &mut *api;
    for operation in operations {
        leave_out_of_form(schemas, operation);
        let bodies = operation.body.iter_mut().map(|it| &mut it.payload.value);
        let others = operation.other_bodies.iter_mut().map(|it| &mut it.value);
        let parameters = operation.path_parameters.iter_mut();
        let parameters = parameters.chain(&mut operation.parameters);
        let parameters = parameters.map(|it| &mut it.value);
        for value in parameters.chain(bodies).chain(others) {
            *value = retargeted(schemas, value.clone(), &inputs);
        }
    }
    for selector in resources.iter_mut().flat_map(|it| &mut it.parameters) {
        selector.value = retargeted(schemas, selector.value.clone(), &inputs);
    }
    mark_items(api);
}

/// The types that become two, each with the id of the one for requests: types in both directions that contain a
/// property of one direction, or such a type; and bodies in which null has a meaning of its own.
fn inputs(api: &Api, usage: &Usage) -> BTreeMap<TypeId, TypeId> {
    let mut owners: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut next = Vec::new();
    for &id in usage.sent.intersection(&usage.received) {
        for (child, direction) in usage::directed(api, &api.type_definition(id).shape) {
            let part = api.ty(api.innermost(child.schema)).named();
            match (direction, part) {
                (Direction::Received | Direction::Sent, _) => next.push(id),
                (Direction::Both, Some(part)) => owners.entry(part).or_default().push(id),
                (Direction::Both, None) => {}
            }
        }
    }
    let mut divided = BTreeSet::new();
    while let Some(id) = next.pop() {
        if divided.insert(id) {
            next.extend(owners.remove(&id).into_iter().flatten());
        }
    }
    divided.extend(update::shared_bodies(api, usage));
    let ids = (api.types.len()..).map(TypeId);
    divided.into_iter().zip(ids).collect()
}

/// Gives every type the fields of its direction, and adds the types of `inputs`.
fn separate_types(api: &mut Api, usage: &Usage, inputs: &BTreeMap<TypeId, TypeId>) {
    let mut added = Vec::new();
    let Api { types, schemas, .. } = api;
    for (index, definition) in types.iter_mut().enumerate() {
        let id = TypeId(index);
        if inputs.contains_key(&id) {
            let longer = definition.longer_names.iter();
            let mut input = TypeDefinition {
                name: format!("{}_input", definition.name),
                longer_names: longer.map(|it| format!("{it}_input")).collect(),
                received_as: Some(id),
                ..definition.clone()
            };
            make_input(schemas, &mut input, inputs);
            added.push(input);
            keep(schemas, definition, Direction::is_received);
        } else if usage.sent.contains(&id) && !usage.received.contains(&id) {
            make_input(schemas, definition, inputs);
        } else {
            keep(schemas, definition, Direction::is_received);
        }
    }
    api.types.extend(added);
}

/// Creates a type that only requests have.
fn make_input(
    schemas: &mut Vec<Schema>,
    definition: &mut TypeDefinition,
    inputs: &BTreeMap<TypeId, TypeId>,
) {
    keep(schemas, definition, Direction::is_sent);
    for child in definition.shape.children_mut() {
        *child = retargeted(schemas, child.clone(), inputs);
    }
}

/// Keeps the fields of one direction.
fn keep(schemas: &[Schema], definition: &mut TypeDefinition, travels: fn(Direction) -> bool) {
    let Some(fields) = definition.shape.fields_mut() else {
        return;
    };
    let travels = |it: &Use| travels(schemas[it.schema.0].marks.direction());
    let left_out = fields.extract_if(.., |field| !travels(&field.value));
    definition.left_out = left_out
        .map(|it| LeftOut {
            wire_name: it.wire_name,
            at: it.value.at,
        })
        .collect();
}

fn leave_out_of_form(schemas: &[Schema], operation: &mut Operation) {
    let left_out = operation.parameters.extract_if(.., |parameter| {
        let marks = schemas[parameter.value.schema.0].marks;
        let is_in_body = match parameter.location {
            Location::Form | Location::Part(_) => true,
            Location::Path | Location::Query | Location::Header | Location::Cookie => false,
        };
        is_in_body && !marks.direction().is_sent()
    });
    operation.left_out = left_out
        .map(|it| LeftOut {
            wire_name: it.wire_name,
            at: it.at,
        })
        .collect();
}

/// The same value with the request types instead of the types that were split.
fn retargeted(schemas: &mut Vec<Schema>, value: Use, inputs: &BTreeMap<TypeId, TypeId>) -> Use {
    let part = schemas[innermost(schemas, value.schema).0].ty.named();
    if part.is_none_or(|it| !inputs.contains_key(&it)) {
        return value;
    }
    let mut schema = schemas[value.schema.0].clone();
    schema.ty = match schema.ty {
        Type::Named(id) => Type::Named(inputs[&id]),
        Type::List(item) => Type::List(retargeted(schemas, item, inputs)),
        Type::Map(item) => Type::Map(retargeted(schemas, item, inputs)),
        Type::Scalar(_) | Type::Any => schema.ty,
    };
    schemas.push(schema);
    Use {
        schema: SchemaId(schemas.len() - 1),
        ..value
    }
}

/// Marks the types that become items: components and all used types. After the split, some inline types are no longer
/// mentioned.
fn mark_items(api: &mut Api) {
    let mut items: BTreeSet<TypeId> = BTreeSet::new();
    let operations: Vec<OperationIndex> = (0..api.operations.len()).map(OperationIndex).collect();
    usage::walk_types(api, &operations, &mut |id| items.insert(id));
    for (index, definition) in api.types.iter().enumerate() {
        if definition.is_component() {
            usage::walk_type(api, TypeId(index), &mut |id| items.insert(id));
        }
    }
    for (index, definition) in api.types.iter_mut().enumerate() {
        definition.is_item = items.contains(&TypeId(index));
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{Api, Shape};
    use crate::report::Finding;
    use crate::source::SourceFile;

    /// The model of an operation that sends and returns the component `it`, or one with it inside, and the ids of the
    /// warnings.
    fn read(sent: &str, received: &str, schemas: &str) -> (Api, Vec<&'static str>) {
        let text = format!(
            "openapi: 3.0.3\n\
             info: {{title: Demo, version: '1'}}\n\
             servers: [{{url: https://demo.example.com}}]\n\
             paths:\n  /v1/Its:\n    post:\n      operationId: CreateIt\n      \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{sent}'}}}}}}}}\n      \
             responses: {{'200': {{description: One., content: {{application/json: {{schema: {{$ref: '#/components/schemas/{received}'}}}}}}}}}}\n\
             components:\n  schemas:\n{schemas}"
        );
        let path = "twilio_demo_v1.yaml".to_owned();
        let (mut apis, report) = crate::read(&[SourceFile { path, text }]);
        let ids = report.iter().map(Finding::id).collect();
        (apis.remove(0), ids)
    }

    /// Each type with its fields; required fields are marked.
    fn types(api: &Api) -> Vec<String> {
        let items = api.items().map(|id| api.type_definition(id));
        let types = items.map(|it| match &it.shape {
            Shape::Object(crate::api::Object { fields, .. }) => {
                let mark = |listed| if listed { "!" } else { "" };
                let fields = fields
                    .iter()
                    .map(|field| format!(" {}{}", field.wire_name, mark(field.listed)));
                format!("{}:{}", it.name, fields.collect::<String>())
            }
            Shape::Enumeration(_) => format!("{}: values", it.name),
            Shape::Union(_) => format!("{}: types", it.name),
        });
        types.collect()
    }

    #[test]
    fn types_containing_a_split_type_are_split() {
        let schemas = "    it: {type: object, properties: {more: {type: array, items: {$ref: '#/components/schemas/part'}}}}
    part: {type: object, properties: {id: {type: string, readOnly: true}, whole: {$ref: '#/components/schemas/it'}}}
    other: {type: object, properties: {name: {type: string}}}
";
        let (api, warnings) = read("it", "it", schemas);
        let expected = [
            "it: more",
            "part: id whole",
            "other: name",
            "it_input: more",
            "part_input: whole",
        ];
        assert_eq!(types(&api), expected);
        assert_eq!(warnings, [""; 0]);
    }

    #[test]
    fn types_used_in_one_direction_only_are_removed_from_the_other() {
        let schemas = "    it:
      type: object
      properties:
        made: {allOf: [{$ref: '#/components/schemas/part'}], readOnly: true}
        state: {type: string, enum: [a, b], readOnly: true}
        list: {type: array, readOnly: true, items: {type: object, properties: {x: {type: string, enum: [c]}}}}
    part: {type: object, properties: {secret: {type: string, writeOnly: true}, name: {type: string}}}
    answer: {type: object, properties: {name: {type: string}}}
";
        // Read-only properties are not in requests, and an unused inline type is removed.
        let (api, _) = read("it", "answer", schemas);
        assert_eq!(types(&api), ["it:", "part: name", "answer: name"]);
    }

    #[test]
    fn unused_types_split_no_others() {
        let schemas = "    it: {type: object, properties: {id: {type: string, readOnly: true}, name: {type: string}}}
    answer: {type: object, properties: {name: {type: string}}}
    unused: {type: object, properties: {it: {$ref: '#/components/schemas/it'}}}
";
        let (api, _) = read("it", "answer", schemas);
        assert_eq!(types(&api), ["it: name", "answer: name", "unused: it"]);
    }

    #[test]
    fn marks_of_alternatives_and_additional_properties_have_no_effect() {
        let schemas = "    it:
      anyOf:
      - {type: object, title: One, readOnly: true, properties: {a: {type: string}}}
      - {type: object, title: Map, additionalProperties: {type: object, title: Rest, readOnly: true, properties: {b: {type: string}}}}
      - {type: string}
";
        for received in ["it", "answer"] {
            let answer = "    answer: {type: object, properties: {name: {type: string}}}\n";
            let (api, _) = read("it", received, &format!("{schemas}{answer}"));
            let types = types(&api);
            assert_eq!(types.len(), 4, "{types:?}");
            assert!(types.contains(&"One: a".to_owned()), "{types:?}");
            assert!(types.contains(&"Rest: b".to_owned()), "{types:?}");
        }
    }

    #[test]
    fn properties_with_both_marks_are_optional_in_both_directions() {
        let schemas = "    it:
      type: object
      required: [plain, marked, inherited]
      properties:
        plain: {type: string}
        marked: {type: string, readOnly: true, writeOnly: true}
        inherited: {allOf: [{$ref: '#/components/schemas/secret'}], readOnly: true}
    secret: {type: string, writeOnly: true}
";
        let (api, warnings) = read("it", "it", schemas);
        assert_eq!(types(&api), ["it: plain! marked inherited"]);
        assert_eq!(warnings, ["read-only-and-write-only"; 2]);
    }

    #[test]
    fn long_chains_of_types_do_not_exhaust_the_stack() {
        let count = 20_000;
        let row = (0..count).map(|it| {
            let next = it + 1;
            format!("    it{it}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/it{next}'}}}}}}\n")
        });
        let end = format!(
            "    it{count}: {{type: object, properties: {{id: {{type: string, readOnly: true}}}}}}\n"
        );
        let schemas: String = row.chain([end]).collect();
        let (api, _) = read("it0", "it0", &schemas);
        assert_eq!(api.types.len(), 2 * (count + 1));
    }
}
