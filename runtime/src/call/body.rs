//! Sets the body of a request: a form, parts, JSON, text or bytes.

use serde::Serialize;

use super::Call;
use crate::body::Body;
use crate::encode;
use crate::json::Node;
use crate::media_type;
use crate::multipart::{self, NamedPart, Part};
use crate::parameter::Parameter;
use crate::style::{FormField, Location};

impl<T> Call<T> {
    /// Sets a field of the form body.
    pub fn form(&mut self, name: &'static str, value: impl Parameter) {
        self.request.note(Location::Form, name, value.fault());
        let text = value.into_text_for(self.request.vendor());
        self.request.set_form(name, text);
    }

    /// Sets a form field that is repeated for each value; without values it is left out.
    pub fn form_all<P: Parameter>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Form, name, values);
        self.request.form.set(name, texts);
    }

    /// Sets a form field of any type from its JSON: a single string is text, a list repeats the field, and an object is
    /// JSON. Null is left out. A value that JSON cannot represent is an
    /// [`Error::JsonParameter`](crate::Error::JsonParameter) when the request is sent.
    pub fn form_value(&mut self, name: &'static str, value: &impl Serialize) {
        let node = self.node_of(Location::Form, name, value);
        let texts = encode::texts(&node.unwrap_or(Node::Null));
        self.request.form.set(name, texts);
    }

    /// Sets the whole body as JSON. A value that JSON cannot represent, because a number in it is not finite, is an
    /// [`Error::JsonParameter`](crate::Error::JsonParameter) when the request is sent.
    pub fn body(&mut self, body: &impl Serialize) {
        let json = serde_json::to_vec(body);
        let fault = json.as_ref().err().map(ToString::to_string);
        // A call has either a form or a whole body.
        self.request.note(Location::Form, "body", fault.as_deref());
        self.request.body = json.ok().map(Into::into);
    }

    /// Sets the whole body as UTF-8 text. [`Call::content_type`] sets its media type.
    pub fn text_body(&mut self, body: String) {
        self.request.body = Some(body.into());
    }

    /// Sets the whole body as bytes. [`Call::content_type`] sets its media type.
    pub fn bytes_body(&mut self, body: Body) {
        self.request.body = Some(body);
    }

    /// Sets a JSON body of another media type, which replaces any other body.
    pub fn other_json(&mut self, media_type: &'static str, body: &impl Serialize) {
        let json = serde_json::to_vec(body);
        let fault = json.as_ref().err().map(ToString::to_string);
        self.request.note(Location::Form, "body", fault.as_deref());
        self.request.other_body = json.ok().map(|it| (media_type, it.into()));
    }

    /// Sets a form body of another media type, with a field for each member of an object: those in `encoded` as it says,
    /// the others as by [`Call::form_value`].
    pub fn other_form(
        &mut self,
        media_type: &'static str,
        encoded: &[FormField],
        body: &impl Serialize,
    ) {
        let node = self.node_of(Location::Form, "body", body);
        let form = node.map(|it| encode::form_of(&it, encoded));
        self.request.other_body = form.map(|it| (media_type, it.into()));
    }

    /// Sets a UTF-8 text body of another media type.
    pub fn other_text(&mut self, media_type: &'static str, body: String) {
        self.request.other_body = Some((media_type, body.into()));
    }

    /// Sets a body of bytes of another media type.
    pub fn other_bytes(&mut self, media_type: &'static str, body: Body) {
        self.request.other_body = Some((media_type, body));
    }

    /// Sets a text part of the body; `media_type` is its media type, if it has one.
    pub fn part(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        value: impl Parameter,
    ) {
        self.part_all(name, media_type, [value]);
    }

    /// Sets several parts of the same name; without values there is none.
    pub fn part_all<P: Parameter>(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        values: impl IntoIterator<Item = P>,
    ) {
        let texts = self.texts(Location::Form, name, values);
        self.request.parts_mut().set_texts(name, media_type, texts);
    }

    /// Sets a part of any type from its JSON, like [`Call::form_value`]; what is JSON has that media type, if no other
    /// is given.
    pub fn part_value(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        value: &impl Serialize,
    ) {
        let node = self.node_of(Location::Form, name, value);
        let node = node.unwrap_or(Node::Null);
        let media_type = media_type.or(node.is_nested().then_some(media_type::JSON));
        let texts = encode::texts(&node);
        self.request.parts_mut().set_texts(name, media_type, texts);
    }

    /// Sets a text or JSON part for each member of an object, under its key.
    pub fn other_parts(&mut self, value: &impl Serialize) {
        let node = self.node_of(Location::Form, multipart::OTHERS, value);
        self.request
            .parts_mut()
            .set_others(&node.unwrap_or(Node::Null));
    }

    /// Sets a file part of the body, with this media type unless the file has its own.
    pub fn file(&mut self, name: &'static str, media_type: Option<&'static str>, file: Part) {
        self.file_all(name, media_type, [file]);
    }

    /// Sets several files of the same name; without files there is no such part.
    pub fn file_all(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        files: impl IntoIterator<Item = Part>,
    ) {
        let files = files.into_iter();
        self.request.parts_mut().set_files(name, media_type, files);
    }

    /// Sets file parts with names of their own.
    pub fn other_files(&mut self, files: impl IntoIterator<Item = NamedPart>) {
        self.request.parts_mut().set_other_files(files.into_iter());
    }
}
