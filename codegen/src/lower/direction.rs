//! Which properties travel with requests and which with answers (OpenAPI 3.0.3, Schema Object, `readOnly` and
//! `writeOnly`).
//!
//! A request has no property that only comes back, and an answer none that is only sent. Where one schema describes
//! other objects in requests than in answers, it becomes two types. So what goes out depends on the type that the
//! request takes, and on nothing else.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Schema;

use super::Lowering;
use crate::api::usage::{self, Usage};
use crate::api::{
    Api, Direction, Field, LeftOut, Location, Operation, OperationIndex, Outcome, Shape, Type,
    TypeDefinition, TypeId,
};
use crate::diagnostic::Problem;
use crate::pointer::Pointer;

/// What a schema says of the ways that a property may travel.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

impl Marks {
    /// What a schema itself says.
    pub(super) fn of(schema: &Schema) -> Self {
        let data = &schema.schema_data;
        Self {
            read_only: data.read_only,
            write_only: data.write_only,
        }
    }

    /// What two schemas say of a value that fits both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            write_only: self.write_only || other.write_only,
        }
    }

    pub(super) fn direction(self) -> Direction {
        match (self.read_only, self.write_only) {
            (true, false) => Direction::Received,
            (false, true) => Direction::Sent,
            (false, false) | (true, true) => Direction::Both,
        }
    }
}

impl Lowering<'_> {
    /// Whether the property at `at` is required, and which way it may travel. One that is marked as both read-only and
    /// write-only, which no property may be, is taken for neither, but nobody has to give it.
    pub(super) fn required_way(
        &mut self,
        at: &Pointer,
        is_listed: bool,
        marks: Marks,
    ) -> (bool, Direction) {
        let is_contradiction = marks.read_only && marks.write_only;
        if is_contradiction {
            self.report(at, Problem::ReadOnlyAndWriteOnly);
        }
        (is_listed && !is_contradiction, marks.direction())
    }
}

/// Leaves out of requests and answers what only travels the other way.
pub(super) fn separate(api: &mut Api) {
    let usage = Usage::by_operations(api);
    let inputs = inputs(api, &usage);
    separate_types(api, &usage, &inputs);
    for operation in &mut api.operations {
        leave_out_of_form(operation);
        if let Some(body) = &mut operation.body {
            retarget(&mut body.ty, &inputs);
        }
    }
    drop_orphans(api);
}

/// The types that become two, each with the id of the one for requests: what travels both ways with a property that
/// does not, or with such a type.
fn inputs(api: &Api, usage: &Usage) -> BTreeMap<TypeId, TypeId> {
    let mut owners: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut next = Vec::new();
    for &id in usage.sent.intersection(&usage.received) {
        let Shape::Object(fields) = &api.type_definition(id).shape else {
            continue;
        };
        for field in fields {
            match (field.direction, field.ty.named()) {
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
    let ids = (api.types.len()..).map(TypeId);
    divided.into_iter().zip(ids).collect()
}

/// Gives every type the fields that travel its way, and adds the types of `inputs`.
fn separate_types(api: &mut Api, usage: &Usage, inputs: &BTreeMap<TypeId, TypeId>) {
    let mut added = Vec::new();
    for (index, definition) in api.types.iter_mut().enumerate() {
        let id = TypeId(index);
        if inputs.contains_key(&id) {
            let mut input = TypeDefinition {
                name: format!("{}_input", definition.name),
                received_as: Some(id),
                ..definition.clone()
            };
            make_input(&mut input, inputs);
            added.push(input);
            keep(definition, Direction::is_received);
        } else if usage.sent.contains(&id) && !usage.received.contains(&id) {
            make_input(definition, inputs);
        } else {
            keep(definition, Direction::is_received);
        }
    }
    api.types.extend(added);
}

/// Makes a type that only requests send.
fn make_input(definition: &mut TypeDefinition, inputs: &BTreeMap<TypeId, TypeId>) {
    keep(definition, Direction::is_sent);
    for field in fields_mut(definition) {
        retarget(&mut field.ty, inputs);
    }
}

/// Keeps the fields that travel one way.
fn keep(definition: &mut TypeDefinition, travels: fn(Direction) -> bool) {
    let Shape::Object(fields) = &mut definition.shape else {
        return;
    };
    let left_out = fields.extract_if(.., |field| !travels(field.direction));
    definition.left_out = left_out
        .map(|Field { wire_name, at, .. }| LeftOut { wire_name, at })
        .collect();
}

fn leave_out_of_form(operation: &mut Operation) {
    let left_out = operation.parameters.extract_if(.., |parameter| {
        parameter.location == Location::Form && !parameter.direction.is_sent()
    });
    operation.left_out = left_out
        .map(|it| LeftOut {
            wire_name: it.wire_name,
            at: it.at,
        })
        .collect();
}

/// Makes a mention of a type that became two one of the type for requests.
fn retarget(ty: &mut Type, inputs: &BTreeMap<TypeId, TypeId>) {
    if let Some(id) = ty.named_mut()
        && let Some(input) = inputs.get(id)
    {
        *id = *input;
    }
}

/// Drops the types that nothing uses any more, unless the spec itself names them.
fn drop_orphans(api: &mut Api) {
    let mut kept: BTreeSet<TypeId> = BTreeSet::new();
    let operations: Vec<OperationIndex> = (0..api.operations.len()).map(OperationIndex).collect();
    usage::walk_types(api, &operations, &mut |id| kept.insert(id));
    for (index, definition) in api.types.iter().enumerate() {
        let is_component = definition.at.tokens().count() == 3;
        if is_component {
            usage::walk_type(api, TypeId(index), &mut |id| kept.insert(id));
        }
    }
    let ids: BTreeMap<TypeId, TypeId> = kept.iter().copied().zip((0..).map(TypeId)).collect();
    let mut index = 0..;
    api.types
        .retain(|_| index.next().is_some_and(|it| kept.contains(&TypeId(it))));
    for_each_mention(api, &mut |id| *id = ids[id]);
}

/// Goes through all that mentions a type.
fn for_each_mention(api: &mut Api, visit: &mut impl FnMut(&mut TypeId)) {
    for definition in &mut api.types {
        definition.received_as.iter_mut().for_each(&mut *visit);
        let types = fields_mut(definition).map(|it| &mut it.ty);
        types.filter_map(Type::named_mut).for_each(&mut *visit);
    }
    for operation in &mut api.operations {
        let result = match &mut operation.result {
            Outcome::Nothing => None,
            Outcome::Value(ty) | Outcome::Page { item: ty, .. } => Some(ty),
        };
        let body = operation.body.as_mut().map(|it| &mut it.ty);
        let parameters = operation.path_parameters.iter_mut();
        let parameters = parameters.chain(&mut operation.parameters);
        let types = parameters.map(|it| &mut it.ty).chain(body).chain(result);
        types.filter_map(Type::named_mut).for_each(&mut *visit);
    }
    let parameters = api
        .resources
        .iter_mut()
        .filter_map(|it| it.parameter.as_mut());
    let types = parameters.map(|it| &mut it.ty);
    types.filter_map(Type::named_mut).for_each(visit);
}

fn fields_mut(definition: &mut TypeDefinition) -> impl Iterator<Item = &mut Field> {
    let fields = match &mut definition.shape {
        Shape::Object(fields) => Some(fields),
        Shape::Enumeration(_) => None,
    };
    fields.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use crate::api::{Api, Shape};
    use crate::source::SourceFile;

    /// The model of an operation that sends and brings the component `it`, or one inside of it, and the ids of the
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
        let ids = report.iter().map(|it| it.problem.id()).collect();
        (apis.remove(0), ids)
    }

    /// Each type with its fields, those that must be there marked.
    fn types(api: &Api) -> Vec<String> {
        let types = api.types.iter().map(|it| match &it.shape {
            Shape::Object(fields) => {
                let mark = |listed| if listed { "!" } else { "" };
                let fields = fields
                    .iter()
                    .map(|field| format!(" {}{}", field.wire_name, mark(field.listed)));
                format!("{}:{}", it.name, fields.collect::<String>())
            }
            Shape::Enumeration(_) => format!("{}: values", it.name),
        });
        types.collect()
    }

    #[test]
    fn what_holds_a_divided_type_is_divided() {
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
    fn a_property_of_one_direction_takes_its_type_along() {
        let schemas = "    it:
      type: object
      properties:
        made: {allOf: [{$ref: '#/components/schemas/part'}], readOnly: true}
        state: {type: string, enum: [a, b], readOnly: true}
        list: {type: array, readOnly: true, items: {type: object, properties: {x: {type: string, enum: [c]}}}}
    part: {type: object, properties: {secret: {type: string, writeOnly: true}, name: {type: string}}}
    answer: {type: object, properties: {name: {type: string}}}
";
        // What only answers have is no part of a request, and an inline type that is in neither is gone.
        let (api, _) = read("it", "answer", schemas);
        assert_eq!(types(&api), ["it:", "part: name", "answer: name"]);
    }

    #[test]
    fn a_type_that_nothing_uses_divides_no_other() {
        let schemas = "    it: {type: object, properties: {id: {type: string, readOnly: true}, name: {type: string}}}
    answer: {type: object, properties: {name: {type: string}}}
    unused: {type: object, properties: {it: {$ref: '#/components/schemas/it'}}}
";
        let (api, _) = read("it", "answer", schemas);
        assert_eq!(types(&api), ["it: name", "answer: name", "unused: it"]);
    }

    #[test]
    fn a_property_marked_both_ways_travels_both_ways_and_is_optional() {
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
    fn long_rows_of_types_take_no_stack() {
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
