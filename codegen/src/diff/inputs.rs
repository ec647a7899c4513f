//! Compares the parameters and bodies of requests.

use super::compare::{Comparing, RuleMatch, difference, places};
use super::limits::{Travels, turned};
use super::operations::Both;
use super::pairs;
use super::request_input::{RequestInput, Unpassed};
use super::rule::Rule;
use super::shift::is_same_json;
use super::snapshot::Snapshot;
use super::wording::{self, code};
use crate::api::{Api, Location, OperationIndex, Type};
use crate::plan::{ArgumentUse, Placement, RequestPart};
use crate::pointer::Pointer;

/// An input in both versions.
pub(super) struct Pair<'a> {
    pub(super) old: &'a RequestInput<'a>,
    pub(super) new: &'a RequestInput<'a>,
    item: String,
    /// The keys of its setters and arguments, old and new.
    evidence: Vec<String>,
    /// The subject of messages.
    subject: String,
}

impl<'c> Comparing<'c> {
    /// Compares the inputs of an operation.
    pub(super) fn inputs(&mut self, both: Both<'_>) {
        let Both { from, to, old, new } = both;
        let [before, after] = [self.old.api, self.new.api];
        let count = old.path_parameters.len().min(new.path_parameters.len());
        for index in 0..count {
            let [was, is] = [&old.path_parameters, &new.path_parameters];
            let selectors = [
                self.old.selector_paths(from, was.len() - 1 - index),
                self.new.selector_paths(to, is.len() - 1 - index),
            ];
            let old = RequestInput::parameter(before, &was[index]);
            let new = RequestInput::parameter(after, &is[index]);
            self.path_input(both, &old, &new, selectors);
        }
        let parameters = pairs::parameters(&old.parameters, &new.parameters);
        let lists = [&old.parameters, &new.parameters].map(Vec::as_slice);
        self.listed_inputs(both, lists, &parameters, RequestInput::parameter);
        let lists = [&old.body, &new.body].map(Option::as_slice);
        let bodies: Vec<_> = lists[0].iter().zip(lists[1]).collect();
        self.listed_inputs(both, lists, &bodies, RequestInput::body);
        let lists = [&old.other_bodies, &new.other_bodies].map(Vec::as_slice);
        let bodies: Vec<_> = pairs::in_both(lists[0], lists[1], pairs::is_same_body).collect();
        self.listed_inputs(both, lists, &bodies, RequestInput::other_body);
        self.argument_order(both);
    }

    /// Compares the inputs of one kind, of which `pairs` are in both versions.
    fn listed_inputs<'a, T>(
        &mut self,
        both: Both<'_>,
        [old, new]: [&'a [T]; 2],
        pairs: &[(&'a T, &'a T)],
        input: impl Fn(&'a Api, &'a T) -> RequestInput<'a>,
    ) where
        'c: 'a,
    {
        let [before, after] = [self.old.api, self.new.api];
        for (old, new) in pairs {
            self.input(both, &input(before, old), &input(after, new));
        }
        for item in old {
            if !pairs.iter().any(|(it, _)| std::ptr::eq(*it, item)) {
                self.removed_input(both, &input(before, item));
            }
        }
        for item in new {
            if !pairs.iter().any(|(_, it)| std::ptr::eq(*it, item)) {
                self.added_input(both, &input(after, item));
            }
        }
    }

    fn removed_input(&mut self, both: Both<'_>, input: &RequestInput<'_>) {
        let now = input.unpassed_by(both.new);
        let path = input.member(self.old, both.from);
        let key = self.member_key(&path);
        let reason = match &now {
            Some(Unpassed::ReadOnly(_)) => ": it is read-only now".to_owned(),
            Some(Unpassed::Constant(it)) => {
                format!(": requests always send {} now", code(&it.to_string()))
            }
            None => String::new(),
        };
        self.add(RuleMatch {
            rule: Rule::ParameterRemoved,
            message: format!("{} was removed{reason}", input.subject(self.old, both.from)),
            item: path,
            at: [Some(input.at.clone()), now.map(|it| it.at().clone())],
            evidence: vec![key],
        });
    }

    fn added_input(&mut self, both: Both<'_>, input: &RequestInput<'_>) {
        let before = input.unpassed_by(both.old);
        let reason = match &before {
            Some(Unpassed::ReadOnly(_)) => ": it was read-only".to_owned(),
            Some(Unpassed::Constant(it)) => {
                format!(": requests always sent {}", code(&it.to_string()))
            }
            None => String::new(),
        };
        let path = input.member(self.new, both.to);
        let mut earlier = both.old.parameters.iter();
        let had_body = both.old.has_other_parts()
            && earlier.any(|it| matches!(it.location, Location::Part(_)));
        let (rule, what) = if input.required {
            (Rule::ParameterAddedRequired, "was added, and is required")
        } else if input.part_required && had_body {
            let what = "was added, and such a body must have it";
            (Rule::PartBecameRequired, what)
        } else {
            (Rule::ParameterAddedOptional, "was added")
        };
        self.add(RuleMatch {
            rule,
            message: format!("{} {what}{reason}", input.subject(self.new, both.to)),
            item: path.clone(),
            at: [before.map(|it| it.at().clone()), Some(input.at.clone())],
            evidence: vec![path],
        });
    }

    /// Compares every property of a path parameter, which the given methods take.
    fn path_input(
        &mut self,
        both: Both<'_>,
        old: &RequestInput<'_>,
        new: &RequestInput<'_>,
        [before, after]: [Vec<String>; 2],
    ) {
        let before = before.iter().map(|it| self.member_key(it));
        self.compare_inputs(both, [old, new], before.chain(after).collect());
    }

    /// Compares every property of a parameter or body.
    fn input(&mut self, both: Both<'_>, old: &RequestInput<'_>, new: &RequestInput<'_>) {
        let before = old.member(self.old, both.from);
        let evidence = vec![self.member_key(&before), new.member(self.new, both.to)];
        self.compare_inputs(both, [old, new], evidence);
    }

    fn compare_inputs(
        &mut self,
        both: Both<'_>,
        [old, new]: [&RequestInput<'_>; 2],
        evidence: Vec<String>,
    ) {
        let [before, after] = [
            old.member(self.old, both.from),
            new.member(self.new, both.to),
        ];
        let pair = Pair {
            old,
            new,
            evidence,
            subject: new.subject(self.new, both.to),
            item: after.clone(),
        };
        let at = difference([old.at, old.declaration], [new.at, new.declaration]);
        self.prose(&after, [old.doc, new.doc], at);
        if old.destination.is_none() && old.name != new.name {
            let [old, new] = [old.name, new.name].map(code);
            let what = format!("was renamed: {old} → {new}");
            self.input_found(&pair, Rule::PathParameterRenamed, &what);
        }
        self.input_place(&pair, both);
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
        match (old.part_required, new.part_required) {
            (false, true) if !new.required && !old.required => {
                self.input_found(&pair, Rule::PartBecameRequired, "is now required");
            }
            (true, false) if !new.required && !old.required => {
                self.input_found(&pair, Rule::PartBecameOptional, "is now optional");
            }
            (false | true, _) => {}
        }
        self.input_type(&pair);
        self.input_marks(&pair);
    }

    /// Adds a change of an input's declaration.
    pub(super) fn input_found(&mut self, pair: &Pair<'_>, rule: Rule, what: &str) {
        let [old, new] = [pair.old, pair.new].map(|it| [it.at, it.declaration]);
        self.input_found_at(pair, rule, what, difference(old, new));
    }

    /// Adds a change of an input's value.
    pub(super) fn value_found(&mut self, pair: &Pair<'_>, rule: Rule, what: &str) {
        let [old, new] = [pair.old, pair.new].map(|it| [it.at, it.definition()]);
        self.input_found_at(pair, rule, what, difference(old, new));
    }

    fn input_found_at(&mut self, pair: &Pair<'_>, rule: Rule, what: &str, at: [&Pointer; 2]) {
        self.add(RuleMatch {
            rule,
            item: pair.item.clone(),
            at: places(at),
            message: format!("{} {what}", pair.subject),
            evidence: pair.evidence.clone(),
        });
    }

    /// Returns whether callers pass values of the same type.
    pub(super) fn is_type_kept(&self, pair: &Pair<'_>) -> bool {
        let Pair { old, new, .. } = pair;
        let is_as_before =
            old.body_encoding() == new.body_encoding() && old.is_file() == new.is_file();
        // Whatever integers the document has, callers pass the same type.
        let are_page_sizes =
            [old, new].map(|it| it.destination == Some(ArgumentUse::PageSize)) == [true; 2];
        is_as_before && (are_page_sizes || self.is_same_type(old.value.schema, new.value.schema))
    }

    fn input_type(&mut self, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        let values = [old.value.schema, new.value.schema];
        if !self.is_type_kept(pair) {
            let before = old.words(self.old);
            let after = new.words(self.new);
            let what = format!("takes a different type: {before} → {after}");
            let are_texts = [old, new].iter().all(|it| it.is_text_in_path);
            let rule = if are_texts && new.is_any_text() {
                Rule::ParameterTypeWidened
            } else {
                Rule::ParameterTypeChanged
            };
            self.value_found(pair, rule, &what);
            return;
        }
        for (rule, what) in self.moved(Travels::SENT, values) {
            self.value_found(pair, rule, &what);
        }
        self.file_type(pair);
    }

    fn input_marks(&mut self, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        if let Some(what) = turned(old.said.marks.direction(), new.said.marks.direction()) {
            self.value_found(pair, Rule::DirectionWidened, &what);
        }
        let defaults = [old, new].map(|it| it.said.default.as_ref());
        // What callers must pass, and had to, is never left out.
        let may_be_omitted = !old.required && !new.required;
        if may_be_omitted && !is_same_json(defaults[0], defaults[1]) {
            let [old, new] = defaults.map(wording::json);
            let what = format!("has a different default: {old} → {new}");
            self.value_found(pair, Rule::ParameterDefaultChanged, &what);
        }
        let is_any = [old, new].iter().all(|it| it.said.is_unrestricted());
        if old.value.nullable != new.value.nullable && !is_any {
            let what = if new.value.nullable {
                "may be null"
            } else {
                "may no longer be null"
            };
            // Callers can only send a null body if it is any JSON.
            let could_say_null = old.body_encoding().is_some() && old.said.ty == Type::Any;
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

    /// Notes that arguments which both versions have changed their order: rustc may take one for the other.
    fn argument_order(&mut self, both: Both<'_>) {
        let [old, new] = [arguments(self.old, both.from), arguments(self.new, both.to)];
        if let Some(change) = wording::reordering(&old, &new) {
            let path = self.new.opening_path(both.to);
            let key = self.member_key(&self.old.opening_path(both.from));
            self.add(RuleMatch {
                rule: Rule::ArgumentsReordered,
                message: format!("the arguments of `{path}` {change}"),
                item: path,
                at: places([&both.old.at, &both.new.at]),
                evidence: vec![key],
            });
        }
    }
}

/// Returns the arguments of the method that starts an operation, by their names in the request.
fn arguments(snapshot: &Snapshot<'_>, index: OperationIndex) -> Vec<String> {
    let (_, opening) = snapshot.openings[&index];
    let names = opening
        .arguments
        .iter()
        .map(|(_, destination)| match destination {
            ArgumentUse::Parameter(Placement {
                part: RequestPart::Header,
                wire_name,
                ..
            }) => wire_name.to_ascii_lowercase(),
            ArgumentUse::Parameter(placement) => placement.wire_name.clone(),
            ArgumentUse::PageSize => "page_size".to_owned(),
            ArgumentUse::Body(_) | ArgumentUse::OtherBody(..) => "body".to_owned(),
        });
    names.collect()
}
