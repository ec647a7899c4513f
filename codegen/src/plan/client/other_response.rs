//! Plans methods that ask for a response of another media type, and the docs of streams.

use super::OtherResponseMethod;
use crate::api::{Encoding, OperationIndex, OtherResponse, Payload, StreamItem};
use crate::plan::mention::linked;
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, ResponseDecoding, doc};
use crate::report::code;

/// A method for each alternative response, in order.
pub(super) fn methods(at: Viewpoint<'_>, index: OperationIndex) -> Vec<OtherResponseMethod> {
    let responses = &at.api.operation(index).other_responses;
    let names = at.basis.names.other_responses(index);
    let methods = responses.iter().zip(names);
    let methods = methods.map(|(response, name)| OtherResponseMethod {
        name: name.clone(),
        doc: method_doc(at, response),
        media_type: response.media_type.clone(),
        output: at.payload_type(&response.payload),
        answer: ResponseDecoding::of_payload(at, &response.payload),
    });
    methods.collect()
}

fn method_doc(at: Viewpoint<'_>, response: &OtherResponse) -> Doc {
    let OtherResponse {
        media_type,
        payload,
    } = response;
    let media_type = code(media_type);
    let how = match payload.encoding {
        Encoding::Bytes => ", whole or as a stream",
        Encoding::Json | Encoding::Text => "",
    };
    let text =
        format!("Asks for the response as {media_type}{how}. Setters come before this method.");
    doc::join([Some(doc::line(&text)), stream_doc(at, payload)])
}

/// What the stream of a response consists of, if that is known.
pub(super) fn stream_doc(at: Viewpoint<'_>, payload: &Payload) -> Option<Doc> {
    let item = payload.item.as_ref()?;
    let ty = linked(&at.rust_type(item.value()));
    Some(vec![match item {
        StreamItem::Event(_) => format!("The data of each event is JSON: {ty}."),
        StreamItem::Line(_) => format!("Each line is JSON: {ty}."),
    }])
}
