//! Unifies the types of path parameters: a handle has one method, whichever operation is called on it.

use crate::api::{Api, OperationIndex, Resource, ResourceId, Scalar, Schema, SchemaId, Type, Use};

/// A parameter of a resource, by its index there.
#[derive(Clone, Copy)]
struct ParameterIndex {
    resource: ResourceId,
    index: usize,
}

/// Gives each path parameter a type that fits all operations below it: the wider of different numbers, else a string.
/// Lists and objects keep the type of the first operation.
pub(super) fn agree(api: &mut Api) {
    let places = places(&api.resources);
    let calls = api.resources.iter().zip(&places);
    let calls = calls.flat_map(|(resource, places)| {
        let operations = resource.operations.iter();
        operations.map(|it| (*it, places.as_slice()))
    });
    let calls =
        calls.filter(|(id, places)| api.operation(*id).path_parameters.len() == places.len());
    let calls: Vec<(OperationIndex, &[ParameterIndex])> = calls.collect();
    for (id, places) in &calls {
        for (index, place) in places.iter().enumerate() {
            let own = api.path_scalar(&api.operation(*id).path_parameters[index]);
            let known = &api.resource(place.resource).parameters[place.index];
            if let Some(scalar) = api.path_scalar(known) {
                let wider = own.and_then(|it| scalar.wider(it));
                if let Some(schema) = other(api, &known.value, wider.unwrap_or(Scalar::String)) {
                    api.resources[place.resource.0].parameters[place.index]
                        .value
                        .schema = add(api, schema);
                }
            }
        }
    }
    for (id, places) in &calls {
        for (index, place) in places.iter().enumerate() {
            let known = &api.resource(place.resource).parameters[place.index];
            let own = &api.operation(*id).path_parameters[index].value;
            if let Some(schema) = api.path_scalar(known).and_then(|it| other(api, own, it)) {
                api.operations[id.0].path_parameters[index].value.schema = add(api, schema);
            }
        }
    }
}

/// A schema with `scalar` instead of another scalar type.
fn other(api: &Api, value: &Use, scalar: Scalar) -> Option<Schema> {
    match api.ty(value.schema) {
        Type::Scalar(own) if *own != scalar => Some(Schema::of(Type::Scalar(scalar), &value.at)),
        Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => None,
    }
}

fn add(api: &mut Api, schema: Schema) -> SchemaId {
    api.schemas.push(schema);
    SchemaId(api.schemas.len() - 1)
}

/// The parameters of each resource's path.
fn places(resources: &[Resource]) -> Vec<Vec<ParameterIndex>> {
    let mut places: Vec<Vec<ParameterIndex>> = vec![Vec::new(); resources.len()];
    // Resources come after their parents.
    for (parent, resource) in resources.iter().enumerate() {
        for child in &resource.children {
            let own = 0..resources[child.0].parameters.len();
            let own = own.map(|index| ParameterIndex {
                resource: *child,
                index,
            });
            places[child.0] = places[parent].iter().copied().chain(own).collect();
        }
    }
    places
}
