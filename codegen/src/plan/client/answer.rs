//! Plans response enums: a variant for each status, if the responses are of several kinds.

use crate::api::{OperationIndex, ResponseKind};
use crate::naming::RustName;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, ResponseDecoding, RustType, doc};

/// The kinds of responses to one request.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerKinds {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The variants, in the order of the spec. One more stands for every other status.
    pub variants: Vec<AnswerKind>,
}

/// The response with one status.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerKind {
    /// The name of the variant.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it stands for the whole hundred.
    pub is_range: bool,
    /// Its contents, if any.
    pub body: Option<RustType>,
    /// How they are decoded.
    pub answer: ResponseDecoding,
}

/// Plans the enum of an operation's responses, if they are of several kinds.
pub(super) fn kinds(at: Viewpoint<'_>, index: OperationIndex) -> Option<AnswerKinds> {
    let (name, variants) = at.names.answer(index)?;
    let alternatives = match &at.api.operation(index).result {
        ResponseKind::OneOf(alternatives) => alternatives,
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. } => return None,
    };
    let request = at.names.request(index);
    let variants = alternatives.iter().zip(variants);
    let variants = variants.map(|(it, name)| AnswerKind {
        name: name.clone(),
        doc: doc::line(&if it.is_range {
            format!("Any other `{}XX`.", it.status / 100)
        } else {
            format!("`{}`", it.status)
        }),
        status: it.status,
        is_range: it.is_range,
        body: it.payload.as_ref().map(|it| at.payload_type(it)),
        answer: it.payload.as_ref().map_or(ResponseDecoding::Empty, |it| {
            ResponseDecoding::of_payload(at, it)
        }),
    });
    Some(AnswerKinds {
        name: name.clone(),
        doc: doc::line(&format!("The response to a `{request}`, by its status.")),
        variants: variants.collect(),
    })
}
