//! Plans structs and enumerations.

use super::constructor::{constructor, default_impl};
use super::field_codec::{decimals_inside, decoding, encoding, writing_inside};
use super::value_doc::{ValueDoc, value_doc};
use super::{
    Conversion, DebugPolicy, Derive, EnumVariant, Enumeration, Field, RestField, Struct, conversion,
};
use crate::api::{self, Presence, Shape, TypeDefinition, TypeId};
use crate::naming::RustName;
use crate::plan::mention::Mentions;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Codec, Doc, Named, RustType, WireFunction, doc};

/// Plans the struct of an object; `None` for other types.
pub(super) fn structure(at: Viewpoint<'_>, id: TypeId) -> Option<Struct> {
    let definition = at.api.type_definition(id);
    let api::Object { fields, rest } = match &definition.shape {
        Shape::Object(object) => object,
        Shape::Enumeration(_) | Shape::Union(_) => return None,
    };
    let is_sent = at.usage.sent.contains(&id);
    let is_received = at.usage.received.contains(&id);
    let has_default = is_sent && at.graph.has_default(id);
    let is_exact = at.graph.is_exact(id);
    let values = fields.iter().map(|it| &it.value).chain(rest);
    let redacts = values.clone().any(|it| at.api.schema(it.schema).pii);
    let conversion = conversion(at, id);
    let mentions = Mentions::of_type(at, id, "Self");
    let planned = self::fields(at, id, fields, &mentions);
    let rest = rest.as_ref();
    let rest = rest.map(|it| self::rest(at, &at.names.members(id)[fields.len()], it, is_sent));
    let default_impl = has_default
        .then(|| default_impl(at, fields, &planned, rest.as_ref()))
        .flatten();
    let derives = [
        (Derive::Clone, true),
        (Derive::Debug, !redacts),
        (Derive::Default, has_default && default_impl.is_none()),
        (Derive::PartialEq, true),
        (Derive::Eq, is_exact),
        (Derive::Hash, is_exact),
        (Derive::Deserialize, is_received),
        (Derive::Serialize, is_sent),
    ];
    let constructor = is_sent
        .then(|| constructor(at, has_default, fields, &planned, rest.as_ref()))
        .flatten();
    Some(Struct {
        origin: id,
        gate: at.gates().types(&[id]),
        name: at.names.ty(id).clone(),
        doc: struct_doc(at, definition, &mentions, conversion.is_some()),
        derives: derives
            .into_iter()
            .filter_map(|(derive, applies)| applies.then_some(derive))
            .collect(),
        redacts,
        // Callers construct the types they send, so they rely on knowing all fields.
        non_exhaustive: !is_sent,
        serialize_behind_feature: !is_sent,
        fields: planned,
        rest,
        default_impl,
        constructor,
        conversion,
    })
}

/// Plans the fields of the struct of an object.
fn fields(
    at: Viewpoint<'_>,
    id: TypeId,
    fields: &[api::Field],
    mentions: &Mentions<'_>,
) -> Vec<Field> {
    let is_sent = at.usage.sent.contains(&id);
    let is_received = at.usage.received.contains(&id);
    let fields = fields.iter().zip(at.names.members(id)).map(|(it, name)| {
        let field = field(at, name, id, it, mentions);
        Field {
            // If the service requires the key, it is sent as null.
            skips_none: is_sent && it.presence.is_optional() && !it.is_none_null(),
            decoding: field.decoding.filter(|_| is_received),
            encoding: field
                .encoding
                .or(writing_inside(at, it.value.schema).filter(|_| is_sent)),
            ..field
        }
    });
    fields.collect()
}

/// Plans the field for additional properties.
fn rest(at: Viewpoint<'_>, name: &RustName, value: &api::Use, is_sent: bool) -> RestField {
    let has_decimals = at.api.is_decimals(value.schema);
    let decimals = has_decimals.then_some(WireFunction::WRITE_DECIMALS);
    let schema = at.api.schema(value.schema);
    let text = schema.doc.as_deref().unwrap_or("Additional properties.");
    RestField {
        name: name.clone(),
        doc: doc::paragraphs([Some(text)]),
        ty: RustType::Map(Box::new(at.rust_type(value))),
        codec: has_decimals.then_some(Codec::DECIMALS),
        encoding: decimals.or(writing_inside(at, value.schema).filter(|_| is_sent)),
        is_shown: !schema.pii,
    }
}

/// Plans the conversion from the response type into a request type, if that is complete.
fn conversion(at: Viewpoint<'_>, id: TypeId) -> Option<Conversion> {
    let received = at.api.type_definition(id).received_as?;
    let [from, to] = [received, id].map(|id| at.api.type_definition(id).shape.fields());
    let name = at.named_type(received);
    at.graph.is_convertible(id).then(|| {
        // The conversion takes no docs over.
        let mentions = Mentions::none();
        let [from, to] = [(received, from), (id, to)].map(|(id, it)| fields(at, id, it, &mentions));
        conversion::conversion(name, &from, &to)
    })
}

/// Plans an enumeration; `None` for other types.
pub(super) fn enumeration(at: Viewpoint<'_>, id: TypeId) -> Option<Enumeration> {
    let definition = at.api.type_definition(id);
    let values = match &definition.shape {
        Shape::Enumeration(values) => values,
        Shape::Object(_) | Shape::Union(_) => return None,
    };
    let variants = at.names.members(id).iter().zip(values);
    let variants = variants.map(|(name, value)| EnumVariant {
        name: name.clone(),
        wire: value.text.clone(),
        doc: doc::paragraphs([value.doc.as_deref()]),
    });
    let sources = at.counterparts.sources(id).map(|it| at.named_type(it));
    let conversions: Vec<Named> = sources.collect();
    Some(Enumeration {
        origin: id,
        gate: at.gates().types(&[id]),
        name: at.names.ty(id).clone(),
        doc: enumeration_doc(definition, &conversions),
        variants: variants.collect(),
        conversions,
    })
}

/// The docs of an enumeration, including what converts into it.
fn enumeration_doc(definition: &TypeDefinition, conversions: &[Named]) -> Doc {
    let mut doc = type_doc(definition, &Mentions::none());
    if !conversions.is_empty() {
        let names = conversions
            .iter()
            .map(|it| format!("`{}`", it.name.as_str()));
        let names: Vec<String> = names.collect();
        doc.push(String::new());
        doc.extend(doc::line(&format!(
            "A {} converts into this with `try_from`, if it is one of these values.",
            names.join(" or a ")
        )));
    }
    doc
}

/// The docs of a struct. A request type mentions its response type.
fn struct_doc(
    at: Viewpoint<'_>,
    definition: &TypeDefinition,
    mentions: &Mentions<'_>,
    is_convertible: bool,
) -> Doc {
    let mut doc = type_doc(definition, mentions);
    if let Some(received) = definition.received_as {
        let name = at.names.ty(received);
        doc.push(String::new());
        let end = if is_convertible {
            ", which converts into this"
        } else {
            ""
        };
        doc.extend(doc::line(&format!(
            "The type in requests; responses contain a `{name}`{end}."
        )));
    }
    doc
}

pub(super) fn type_doc(definition: &TypeDefinition, mentions: &Mentions<'_>) -> Doc {
    match &definition.doc {
        Some(text) => mentions.prose(text),
        None => doc::line(&doc::name_alone(&definition.name)),
    }
}

fn field(
    at: Viewpoint<'_>,
    name: &RustName,
    owner: TypeId,
    field: &api::Field,
    mentions: &Mentions<'_>,
) -> Field {
    let schema = at.api.schema(field.value.schema);
    let bare = at.not_null(field.value.schema);
    let boxed = if at.graph.is_circular(owner, &schema.ty) {
        RustType::Box(Box::new(bare))
    } else {
        bare
    };
    let ty = match field.presence {
        Presence::Required | Presence::Default(_) => boxed,
        Presence::OptionalWithDefault | Presence::Optional => RustType::Option(Box::new(boxed)),
    };
    let ty = match field.tells_null {
        true => RustType::Option(Box::new(ty)),
        false => ty,
    };
    Field {
        rename: (name.unraw() != field.wire_name).then(|| field.wire_name.clone()),
        doc: field_doc(at, owner, (name, field), mentions),
        deprecated: schema.deprecated,
        skips_none: false,
        shown: match (schema.pii, field.presence) {
            (false, _) => DebugPolicy::Value,
            (true, Presence::OptionalWithDefault | Presence::Optional) => DebugPolicy::Presence,
            (true, Presence::Required | Presence::Default(_)) => DebugPolicy::Nothing,
        },
        decoding: decoding(at, field),
        encoding: encoding(&schema.ty, field).or_else(|| decimals_inside(at, field.value.schema)),
        name: name.clone(),
        ty,
    }
}

/// The docs of a field, and how it is set to null.
fn field_doc(
    at: Viewpoint<'_>,
    owner: TypeId,
    (name, field): (&RustName, &api::Field),
    mentions: &Mentions<'_>,
) -> Doc {
    let schema = at.api.schema(field.value.schema);
    let fallback = format!("`{}`.", field.wire_name);
    let value = ValueDoc {
        name,
        mentions,
        own: schema.doc.as_deref(),
        schema,
        fallback: &fallback,
        is_json_text: false,
        deprecated: schema.deprecated,
        presence: field.presence,
        is_input: at.usage.sent.contains(&owner),
    };
    let null = "`None` leaves it out, and `Some(None)` sends null.";
    // What is always the same is documented as such.
    let says = value.is_input && schema.bounds.values.is_empty();
    let initial = field
        .initial
        .as_ref()
        .filter(|it| says && !it.contains('`'));
    doc::join([
        Some(value_doc(at, &value)),
        initial.map(|it| doc::line(&format!("Initially `{it}`."))),
        field.tells_null.then(|| doc::line(null)),
    ])
}
