//! Objects and enumerations.

use super::names::Viewpoint;
use super::{Absent, Decoding, Derive, Doc, Enumeration, Field, RustType, Shown, Struct, doc};
use crate::api::{self, Api, Presence, Shape, Type, TypeDefinition, TypeId};
use crate::naming::{Case, Scope};

/// Plans the struct of an object; `None` if the type is something else.
pub(super) fn structure(at: Viewpoint<'_>, id: TypeId) -> Option<Struct> {
    let definition = at.api.type_definition(id);
    let Shape::Object(fields) = &definition.shape else {
        return None;
    };
    let is_sent = at.usage.sent.contains(&id);
    let is_received = at.usage.received.contains(&id);
    let has_default = is_sent && has_default(at.api, id, &mut Vec::new());
    let redacts = fields.iter().any(|field| field.pii);
    let derives = [
        (Derive::Clone, true),
        (Derive::Debug, !redacts),
        (Derive::Default, has_default),
        (Derive::PartialEq, true),
        (Derive::Deserialize, is_received),
        (Derive::Serialize, is_sent),
    ];
    let mut scope = Scope::new(Case::Snake, &[]);
    let fields = fields.iter().map(|it| {
        let field = field(at, &mut scope, id, it);
        Field {
            skips_none: is_sent && matches!(field.ty, RustType::Option(_)),
            decoding: field.decoding.filter(|_| is_received),
            ..field
        }
    });
    Some(Struct {
        origin: id,
        name: at.type_name(id),
        doc: type_doc(definition),
        derives: derives
            .into_iter()
            .filter_map(|(derive, applies)| applies.then_some(derive))
            .collect(),
        redacts,
        // Callers make what they send, so they rely on its fields being all there are.
        non_exhaustive: !is_sent,
        written_by_mocks: !is_sent,
        fields: fields.collect(),
    })
}

/// Whether an object can be made of nothing: whether each of its fields can.
fn has_default(api: &Api, id: TypeId, outer: &mut Vec<TypeId>) -> bool {
    let Shape::Object(fields) = &api.type_definition(id).shape else {
        return false;
    };
    if outer.contains(&id) {
        return false; // It would hold itself without end.
    }
    outer.push(id);
    let has_default = fields
        .iter()
        .all(|field| match (field.presence, &field.ty) {
            (Presence::Optional | Presence::Default(0), _) => true,
            (Presence::Required, Type::Named(inner)) => has_default(api, *inner, outer),
            (Presence::Required, _) => true,
            (Presence::Default(_), _) => false,
        });
    outer.pop();
    has_default
}

/// Plans an enumeration; `None` if the type is something else.
pub(super) fn enumeration(at: Viewpoint<'_>, id: TypeId) -> Option<Enumeration> {
    let definition = at.api.type_definition(id);
    let Shape::Enumeration(values) = &definition.shape else {
        return None;
    };
    // The runtime's macro adds `Other`, and text that `Self` stands for cannot be a variant.
    let mut scope = Scope::new(Case::Camel, &["Other"]);
    let variants = values
        .iter()
        .map(|value| (scope.claim(value), value.clone()))
        .collect();
    Some(Enumeration {
        origin: id,
        name: at.type_name(id),
        doc: type_doc(definition),
        variants,
    })
}

fn type_doc(definition: &TypeDefinition) -> Doc {
    match &definition.doc {
        Some(text) => doc::paragraphs([Some(text.as_str())]),
        None => doc::line(&doc::name_alone(&definition.name)),
    }
}

fn field(at: Viewpoint<'_>, scope: &mut Scope, owner: TypeId, field: &api::Field) -> Field {
    let name = scope.claim(&field.wire_name);
    let bare = at.rust_type(&field.ty);
    let boxed = if holds_directly(at.api, &field.ty, owner) {
        RustType::Box(Box::new(bare))
    } else {
        bare
    };
    let ty = match field.presence {
        Presence::Required | Presence::Default(_) => boxed,
        Presence::Optional => RustType::Option(Box::new(boxed)),
    };
    Field {
        rename: (name.unraw() != field.wire_name).then(|| field.wire_name.clone()),
        doc: value_doc(
            at.api,
            field.doc.as_deref(),
            &field.ty,
            &format!("`{}`.", field.wire_name),
            field.deprecated,
        ),
        skips_none: false,
        shown: match (field.pii, field.presence) {
            (false, _) => Shown::Value,
            (true, Presence::Optional) => Shown::Presence,
            (true, Presence::Required | Presence::Default(_)) => Shown::Nothing,
        },
        decoding: decoding(&field.ty, field.presence),
        encoding: encoding(&field.ty, field.presence),
        name,
        ty,
    }
}

/// The docs of a value: its own, else its type's, else what is better than nothing.
pub(super) fn value_doc(
    api: &Api,
    own: Option<&str>,
    ty: &Type,
    fallback: &str,
    deprecated: bool,
) -> Doc {
    let inherited = match ty {
        Type::Named(id) => api.type_definition(*id).doc.as_deref(),
        Type::Array(_)
        | Type::Map(_)
        | Type::String
        | Type::Boolean
        | Type::Integer
        | Type::Decimal
        | Type::DateTime => None,
        Type::DateTimeRfc2822 | Type::Date | Type::Any => None,
    };
    let text = own.or(inherited).unwrap_or(fallback);
    doc::paragraphs([Some(text), deprecated.then_some("**Deprecated.**")])
}

/// How the runtime reads a field whose type services send in more than one way.
fn decoding(ty: &Type, presence: Presence) -> Option<Decoding> {
    let (required, optional) = match ty {
        Type::Integer => ("integer", "optional_integer"),
        Type::Decimal => ("decimal", "optional_decimal"),
        Type::DateTime => ("date_time", "optional_date_time"),
        Type::DateTimeRfc2822 => ("date_time_rfc2822", "optional_date_time_rfc2822"),
        Type::Date => ("date", "optional_date"),
        Type::String
        | Type::Boolean
        | Type::Any
        | Type::Array(_)
        | Type::Map(_)
        | Type::Named(_) => return None,
    };
    Some(match presence {
        Presence::Required => Decoding {
            absent: Absent::Error,
            function: required,
        },
        Presence::Optional => Decoding {
            absent: Absent::Default,
            function: optional,
        },
        Presence::Default(0) => Decoding {
            absent: Absent::Default,
            function: "integer_or_default",
        },
        Presence::Default(number) => Decoding {
            absent: Absent::Number(number),
            function: "integer_or",
        },
    })
}

/// How the runtime writes a field whose type serde writes in another way.
fn encoding(ty: &Type, presence: Presence) -> Option<&'static str> {
    match (ty, presence) {
        (Type::DateTimeRfc2822, Presence::Optional) => Some("write_optional_date_time_rfc2822"),
        (Type::DateTimeRfc2822, Presence::Required | Presence::Default(_)) => {
            Some("write_date_time_rfc2822")
        }
        (Type::Integer | Type::Decimal | Type::DateTime | Type::Date | Type::String, _) => None,
        (Type::Boolean | Type::Any | Type::Array(_) | Type::Map(_) | Type::Named(_), _) => None,
    }
}

/// Whether a value of `ty` holds a value of `owner` without a list or a map between them.
fn holds_directly(api: &Api, ty: &Type, owner: TypeId) -> bool {
    let mut seen = Vec::new();
    let mut next = direct(ty).into_iter().collect::<Vec<_>>();
    while let Some(id) = next.pop() {
        if id == owner {
            return true;
        }
        if !seen.contains(&id) {
            seen.push(id);
            if let Shape::Object(fields) = &api.type_definition(id).shape {
                next.extend(fields.iter().filter_map(|field| direct(&field.ty)));
            }
        }
    }
    false
}

fn direct(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(_)
        | Type::Map(_)
        | Type::String
        | Type::Boolean
        | Type::Integer
        | Type::Decimal => None,
        Type::DateTime | Type::DateTimeRfc2822 | Type::Date | Type::Any => None,
    }
}
