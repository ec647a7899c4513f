//! Answers of several kinds: an enum with a variant for each status.

use crate::api::{OperationIndex, Outcome};
use crate::naming::RustName;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Answer, Doc, RustType, doc};

/// The kinds of answers that one request may get.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerKinds {
    /// Its name.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The variants, in the order of the spec. Another one stands for every other status.
    pub variants: Vec<AnswerKind>,
}

/// What comes with one status.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerKind {
    /// The name of the variant.
    pub name: RustName,
    /// Its docs.
    pub doc: Doc,
    /// The status code, or the first of a range.
    pub status: u16,
    /// Whether it is every code of the same hundred.
    pub is_range: bool,
    /// What it holds, if anything.
    pub body: Option<RustType>,
    /// How that is read.
    pub answer: Answer,
}

/// Plans the enum of the answers to an operation, if they are of several kinds.
pub(super) fn kinds(at: Viewpoint<'_>, index: OperationIndex) -> Option<AnswerKinds> {
    let (name, variants) = at.names.answer(index)?;
    let alternatives = match &at.api.operation(index).result {
        Outcome::OneOf(alternatives) => alternatives,
        Outcome::Nothing | Outcome::Value(_) | Outcome::Page { .. } => return None,
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
        answer: it
            .payload
            .as_ref()
            .map_or(Answer::Empty, Answer::of_payload),
    });
    Some(AnswerKinds {
        name: name.clone(),
        doc: doc::line(&format!("What a `{request}` brings, by its status.")),
        variants: variants.collect(),
    })
}
