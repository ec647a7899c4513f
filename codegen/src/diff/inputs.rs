//! What requests take: parameters and bodies.

use super::compare::{Comparing, Found, difference};
use super::limits::{Travels, left_out, turned};
use super::operations::Both;
use super::pairs;
use super::rule::Rule;
use super::shift::is_same_json;
use super::side::Side;
use super::wording::{self, code};
use crate::api::{
    self, Api, Body, Bounds, LeftOut, Location, OperationIndex, OtherBody, Parameter, Payload,
    Scalar, Schema, Type,
};
use crate::plan::{BodyForm, BodyWriting, Part, PartForm, Placement, Use};
use crate::pointer::Pointer;

/// The way of every input.
const SENT: Travels = Travels {
    sent: true,
    received: false,
};

/// A parameter or a body.
#[derive(Clone)]
struct Input<'a> {
    name: &'a str,
    place: String,
    /// Where a request carries it, if that is not the path.
    destination: Option<Use>,
    /// Whether it is in the path and callers give it as text.
    is_text_in_path: bool,
    at: &'a Pointer,
    declaration: &'a Pointer,
    doc: &'a Option<String>,
    required: bool,
    value: &'a api::Use,
    said: &'a Schema,
    pii: bool,
    deprecated: bool,
}

impl<'a> Input<'a> {
    fn parameter(api: &'a Api, parameter: &'a Parameter) -> Self {
        let Parameter {
            wire_name,
            doc,
            at,
            declaration,
            location: _, // with how it is written, as the place
            required,
            value,
            media_type: _, // of the part; services that read it say so
            writing: _,
            example: _, // no more than prose
            pii,
            deprecated,
        } = parameter;
        Self {
            name: wire_name,
            place: wording::place(parameter),
            destination: Placement::of(api, parameter).map(Use::Parameter),
            is_text_in_path: parameter.location == Location::Path
                && api.path_scalar(parameter) == Some(Scalar::String),
            at,
            declaration,
            doc,
            required: *required,
            value,
            said: api.schema(value.schema),
            pii: *pii,
            deprecated: *deprecated,
        }
    }

    fn body(api: &'a Api, body: &'a Body) -> Self {
        let Body {
            doc,
            at,
            required,
            payload: Payload { encoding, value },
        } = body;
        let said = api.schema(value.schema);
        Self {
            name: "body",
            place: "body".to_owned(),
            destination: Some(Use::Body(BodyForm::of(*encoding))),
            is_text_in_path: false,
            at,
            declaration: at,
            doc,
            required: *required,
            value,
            said,
            pii: said.pii,
            deprecated: said.deprecated,
        }
    }

    fn other_body(api: &'a Api, body: &'a OtherBody) -> Self {
        let OtherBody {
            at,
            media_type,
            required,
            writing,
            value,
        } = body;
        let said = api.schema(value.schema);
        Self {
            name: media_type,
            place: "body".to_owned(),
            destination: Some(Use::OtherBody(*writing, media_type.clone())),
            is_text_in_path: false,
            at,
            declaration: at,
            doc: &None,
            required: *required,
            value,
            said,
            pii: said.pii,
            deprecated: said.deprecated,
        }
    }

    /// How it is written, if it is a body.
    fn body_form(&self) -> Option<BodyForm> {
        match self.destination {
            Some(Use::Body(form)) => Some(form),
            Some(Use::OtherBody(BodyWriting::Text, _)) => Some(BodyForm::Text),
            Some(Use::OtherBody(BodyWriting::Bytes, _)) => Some(BodyForm::Bytes),
            Some(Use::OtherBody(BodyWriting::Json | BodyWriting::Form, _)) => Some(BodyForm::Json),
            Some(Use::Parameter(_)) | None => None,
        }
    }

    /// Its type in words.
    fn words(&self, side: &Side<'_>) -> String {
        match self.body_form() {
            Some(BodyForm::Text) => "plain text".to_owned(),
            Some(BodyForm::Bytes) => "bytes".to_owned(),
            Some(BodyForm::Json) | None if self.is_file() => "a file".to_owned(),
            Some(BodyForm::Json) | None => wording::ty(side, self.value.schema),
        }
    }

    /// Whether it is sent as a file.
    fn is_file(&self) -> bool {
        match &self.destination {
            Some(Use::Parameter(placement)) => placement.part == Part::Part(PartForm::File),
            Some(Use::Body(_) | Use::OtherBody(..)) | None => false,
        }
    }

    /// Where the spec says what it holds: in its declaration, or behind a `$ref` there.
    fn definition(&self) -> &'a Pointer {
        let is_inline = self.said.at == self.value.at;
        if is_inline || self.body_form().is_some() {
            self.declaration
        } else {
            &self.said.at
        }
    }
}

/// An input of both versions.
struct Pair<'a> {
    old: &'a Input<'a>,
    new: &'a Input<'a>,
    item: String,
    /// The keys of the setters and arguments that it is, before and after.
    evidence: Vec<String>,
    /// What sentences begin with.
    subject: String,
}

impl Comparing<'_> {
    /// Compares what an operation takes.
    pub(super) fn inputs(&mut self, both: Both<'_>) {
        let Both { from, to, old, new } = both;
        let [before, after] = [self.old.api, self.new.api];
        let count = old.path_parameters.len().min(new.path_parameters.len());
        for index in 0..count {
            let [was, is] = [&old.path_parameters, &new.path_parameters];
            let selectors = [
                self.old.selector_path(from, was.len() - 1 - index),
                self.new.selector_path(to, is.len() - 1 - index),
            ];
            let old = Input::parameter(before, &was[index]);
            let new = Input::parameter(after, &is[index]);
            self.path_input(both, &old, &new, selectors);
        }
        let paired = pairs::parameters(&old.parameters, &new.parameters);
        for &(old, new) in &paired {
            let (old, new) = (Input::parameter(before, old), Input::parameter(after, new));
            self.input(both, &old, &new);
        }
        for parameter in &old.parameters {
            if !paired.iter().any(|&(it, _)| std::ptr::eq(it, parameter)) {
                let now = left_out(&new.left_out, &parameter.wire_name);
                self.removed_input(from, &Input::parameter(before, parameter), now);
            }
        }
        for parameter in &new.parameters {
            if !paired.iter().any(|&(_, it)| std::ptr::eq(it, parameter)) {
                let was = left_out(&old.left_out, &parameter.wire_name);
                self.added_input(to, &Input::parameter(after, parameter), was);
            }
        }
        match (&old.body, &new.body) {
            (None, None) => {}
            (Some(old), None) => self.removed_input(from, &Input::body(before, old), None),
            (None, Some(new)) => self.added_input(to, &Input::body(after, new), None),
            (Some(old), Some(new)) => {
                self.input(both, &Input::body(before, old), &Input::body(after, new));
            }
        }
        self.other_bodies(both);
        self.argument_order(both);
    }

    /// Compares the bodies that callers may send in the place of the usual one.
    fn other_bodies(&mut self, both: Both<'_>) {
        let Both { from, to, old, new } = both;
        let [before, after] = [self.old.api, self.new.api];
        let [old, new] = [&old.other_bodies, &new.other_bodies];
        let pairs: Vec<_> = pairs::other_bodies(old, new).collect();
        for &(old, new) in &pairs {
            let (old, new) = (
                Input::other_body(before, old),
                Input::other_body(after, new),
            );
            self.input(both, &old, &new);
        }
        for body in old {
            if !pairs.iter().any(|&(it, _)| std::ptr::eq(it, body)) {
                self.removed_input(from, &Input::other_body(before, body), None);
            }
        }
        for body in new {
            if !pairs.iter().any(|&(_, it)| std::ptr::eq(it, body)) {
                self.added_input(to, &Input::other_body(after, body), None);
            }
        }
    }

    /// Adds what callers no longer give; it may be read-only now.
    fn removed_input(&mut self, from: OperationIndex, input: &Input<'_>, now: Option<&LeftOut>) {
        let path = member(self.old, from, input);
        let key = self.member_key(&path);
        let reason = now.map_or("", |_| ": it is read-only now");
        self.add(Found {
            rule: Rule::ParameterRemoved,
            message: format!("{} is gone{reason}", subject(self.old, from, input)),
            item: path,
            old: Some(input.at.clone()),
            new: now.map(|it| it.at.clone()),
            evidence: vec![key],
        });
    }

    /// Adds what callers may give now; it may have been read-only.
    fn added_input(&mut self, to: OperationIndex, input: &Input<'_>, before: Option<&LeftOut>) {
        let reason = before.map_or("", |_| ": it was read-only");
        let path = member(self.new, to, input);
        let (rule, what) = if input.required {
            (Rule::ParameterAddedRequired, "is new and required")
        } else {
            (Rule::ParameterAddedOptional, "is new")
        };
        self.add(Found {
            rule,
            message: format!("{} {what}{reason}", subject(self.new, to, input)),
            item: path.clone(),
            old: before.map(|it| it.at.clone()),
            new: Some(input.at.clone()),
            evidence: vec![path],
        });
    }

    /// Compares every fact of a parameter in a path, which the methods `selectors` take.
    fn path_input(
        &mut self,
        both: Both<'_>,
        old: &Input<'_>,
        new: &Input<'_>,
        [before, after]: [Option<String>; 2],
    ) {
        let before = before.map(|it| self.member_key(&it));
        self.compare_inputs(both, [old, new], before.into_iter().chain(after).collect());
    }

    /// Compares every fact of a parameter or body.
    fn input(&mut self, both: Both<'_>, old: &Input<'_>, new: &Input<'_>) {
        let before = member(self.old, both.from, old);
        let evidence = vec![self.member_key(&before), member(self.new, both.to, new)];
        self.compare_inputs(both, [old, new], evidence);
    }

    fn compare_inputs(
        &mut self,
        both: Both<'_>,
        [old, new]: [&Input<'_>; 2],
        evidence: Vec<String>,
    ) {
        let [before, after] = [
            member(self.old, both.from, old),
            member(self.new, both.to, new),
        ];
        let pair = Pair {
            old,
            new,
            evidence,
            subject: subject(self.new, both.to, new),
            item: after.clone(),
        };
        let at = difference([old.at, old.declaration], [new.at, new.declaration]);
        self.prose(&after, [old.doc, new.doc], at);
        if old.destination.is_none() && old.name != new.name {
            let [old, new] = [old.name, new.name].map(code);
            let what = format!("has another name: {old} → {new}");
            self.input_found(&pair, Rule::PathParameterRenamed, &what);
        }
        if old.place != new.place {
            let what = format!("travels elsewhere: {} → {}", old.place, new.place);
            self.input_found(&pair, Rule::ParameterMoved, &what);
        }
        match (old.required, new.required) {
            (false, true) => {
                self.input_found(&pair, Rule::ParameterBecameRequired, "is now required");
            }
            (true, false) => {
                self.input_found(&pair, Rule::ParameterBecameOptional, "is now optional");
            }
            (true, true) => {}
            (false, false) => self.renamed_member(&before, &after, [old.at, new.at]),
        }
        self.input_type(&pair);
        self.input_marks(&pair);
    }

    /// Adds a finding about how a parameter is declared.
    fn input_found(&mut self, pair: &Pair<'_>, rule: Rule, what: &str) {
        let [old, new] = [pair.old, pair.new].map(|it| [it.at, it.declaration]);
        self.input_found_at(pair, rule, what, difference(old, new));
    }

    /// Adds a finding about what a parameter holds.
    fn value_found(&mut self, pair: &Pair<'_>, rule: Rule, what: &str) {
        let [old, new] = [pair.old, pair.new].map(|it| [it.at, it.definition()]);
        self.input_found_at(pair, rule, what, difference(old, new));
    }

    fn input_found_at(&mut self, pair: &Pair<'_>, rule: Rule, what: &str, at: [&Pointer; 2]) {
        self.add(Found {
            rule,
            item: pair.item.clone(),
            old: Some(at[0].clone()),
            new: Some(at[1].clone()),
            message: format!("{} {what}", pair.subject),
            evidence: pair.evidence.clone(),
        });
    }

    fn input_type(&mut self, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        let values = [old.value.schema, new.value.schema];
        let is_as_before = old.body_form() == new.body_form() && old.is_file() == new.is_file();
        if !is_as_before || !self.is_same_type(values[0], values[1]) {
            let before = old.words(self.old);
            let after = new.words(self.new);
            let what = format!("takes another type: {before} → {after}");
            let are_texts = [old, new].iter().all(|it| it.is_text_in_path);
            let rule = if are_texts && is_any_text(new) {
                Rule::ParameterTypeWidened
            } else {
                Rule::ParameterTypeChanged
            };
            self.value_found(pair, rule, &what);
            return;
        }
        for (rule, what) in self.moved(SENT, values) {
            self.value_found(pair, rule, &what);
        }
    }

    fn input_marks(&mut self, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        if let Some(what) = turned(old.said.marks.direction(), new.said.marks.direction()) {
            self.value_found(pair, Rule::DirectionWidened, &what);
        }
        let defaults = [old, new].map(|it| it.said.default.as_ref());
        if !is_same_json(defaults[0], defaults[1]) {
            let [old, new] = defaults.map(wording::json);
            let what = format!("has another default: {old} → {new}");
            self.value_found(pair, Rule::ParameterDefaultChanged, &what);
        }
        if old.value.nullable != new.value.nullable {
            let what = if new.value.nullable {
                "may be null"
            } else {
                "may no longer be null"
            };
            // Of bodies, only any JSON lets callers say null.
            let could_say_null = old.body_form().is_some() && old.said.ty == Type::Any;
            let rule = if could_say_null && !new.value.nullable {
                Rule::ParameterBoundsNarrowed
            } else {
                Rule::ParameterNullabilityChanged
            };
            self.value_found(pair, rule, what);
        }
        if old.pii != new.pii {
            let what = if new.pii {
                "is marked as personal data"
            } else {
                "is no longer marked as personal data"
            };
            self.input_found(pair, Rule::ParameterPiiChanged, what);
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.input_found(pair, Rule::ParameterDeprecated, "is deprecated"),
            (true, false) => {
                self.input_found(pair, Rule::ParameterUndeprecated, "is no longer deprecated");
            }
            (false, false) | (true, true) => {}
        }
    }

    /// Notes that arguments which both versions have come in another order: rustc may take one for the other.
    fn argument_order(&mut self, both: Both<'_>) {
        let [old, new] = [arguments(self.old, both.from), arguments(self.new, both.to)];
        let common = |list: &[String], other: &[String]| -> Vec<String> {
            list.iter()
                .filter(|it| other.contains(it))
                .cloned()
                .collect()
        };
        let [before, after] = [common(&old, &new), common(&new, &old)];
        if before != after {
            let path = self.new.opening_path(both.to);
            let key = self.member_key(&self.old.opening_path(both.from));
            self.add(Found {
                rule: Rule::ArgumentsReordered,
                message: format!(
                    "the arguments of `{path}` come in another order: {} → {}",
                    wording::list(&before),
                    wording::list(&after)
                ),
                item: path,
                old: Some(both.old.at.clone()),
                new: Some(both.new.at.clone()),
                evidence: vec![key],
            });
        }
    }
}

/// Whether every text is one of an input that callers give as text.
fn is_any_text(input: &Input<'_>) -> bool {
    match input.said.ty {
        Type::Scalar(_) | Type::Any => input.said.bounds == Bounds::default(),
        Type::List(_) | Type::Map(_) | Type::Named(_) => false,
    }
}

/// The method that takes an input: a setter, or the one that opens the request.
fn member(side: &Side<'_>, index: OperationIndex, input: &Input<'_>) -> String {
    let setter = input
        .destination
        .as_ref()
        .and_then(|it| side.setter(index, it));
    match setter {
        Some(setter) => format!("{}::{}", side.request_path(index), setter.argument.name),
        None if input.destination.is_none() => side.request_path(index),
        None => side.opening_path(index),
    }
}

/// What sentences about an input begin with.
fn subject(side: &Side<'_>, index: OperationIndex, input: &Input<'_>) -> String {
    let operation = wording::operation(side.api.operation(index));
    match input.destination {
        Some(Use::Body(_)) => format!("the body of {operation}"),
        Some(Use::OtherBody(..)) => format!("the body of {operation} as {}", code(input.name)),
        Some(Use::Parameter(_)) | None => format!(
            "the {} parameter {} of {operation}",
            input.place,
            code(input.name)
        ),
    }
}

/// The arguments of the method that opens an operation, by their names in the request.
fn arguments(side: &Side<'_>, index: OperationIndex) -> Vec<String> {
    let (_, opening) = side.openings[&index];
    let names = opening
        .arguments
        .iter()
        .map(|(_, destination)| match destination {
            Use::Parameter(Placement {
                part: Part::Header,
                wire_name,
                ..
            }) => wire_name.to_ascii_lowercase(),
            Use::Parameter(placement) => placement.wire_name.clone(),
            Use::Body(_) | Use::OtherBody(..) => "body".to_owned(),
        });
    names.collect()
}
