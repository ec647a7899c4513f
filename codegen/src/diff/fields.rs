//! Compares the fields of objects: their types and their presence.

use super::compare::{Comparing, RuleMatch, difference, places};
use super::limits::{Travels, left_out, turned};
use super::pairs::{in_both, is_same_field, only_in};
use super::public_api::{constructor, literal};
use super::repeated::{FieldChange, SharedChange};
use super::rule::Rule;
use super::shift::is_same_json;
use super::types::Both;
use super::wording;
use crate::api::{Field, Presence, Schema, Type};
use crate::pointer::Pointer;

/// A field in both versions.
struct Pair<'a> {
    old: &'a Field,
    new: &'a Field,
    /// The schema of the value in each version.
    said: [&'a Schema; 2],
    travels: Travels,
    item: String,
    evidence: Vec<String>,
    /// The path of the type.
    owner: String,
}

impl Comparing<'_> {
    pub(super) fn fields(&mut self, both: Both<'_>, old: &[Field], new: &[Field]) {
        let travels = self.travels(both);
        for (old, new) in in_both(old, new, is_same_field) {
            self.field(both, travels, old, new);
        }
        for field in only_in(old, new, is_same_field) {
            self.removed_field(both, field);
        }
        for field in only_in(new, old, is_same_field) {
            self.added_field(both, field);
        }
        self.field_order(both);
    }

    /// Notes that the required fields which both versions have changed their order: `new` takes them in that order.
    fn field_order(&mut self, both: Both<'_>) {
        let [old, new] = [(self.old, both.from), (self.new, both.to)].map(|(side, id)| {
            let constructor = side.structs[&id].constructor.iter();
            let arguments = constructor.flat_map(|it| &it.arguments);
            let names = arguments.map(|it| it.argument.name.unraw().to_owned());
            names.collect::<Vec<String>>()
        });
        if let Some(change) = wording::reordering(&old, &new) {
            let path = self.new.type_path(both.to);
            self.add(RuleMatch {
                rule: Rule::ArgumentsReordered,
                message: format!("the arguments of `{path}::new` {change}"),
                at: places([&both.old.at, &both.new.at]),
                evidence: vec![constructor(&path)],
                item: path,
            });
        }
    }

    fn removed_field(&mut self, both: Both<'_>, field: &Field) {
        let path = self.new.type_path(both.to);
        let name = self.old.field_name(both.from, &field.wire_name);
        let item = format!("{path}::{name}");
        let now = left_out(&both.new.left_out, &field.wire_name);
        let reason = match (now, self.new.structs[&both.to].non_exhaustive) {
            (None, _) => "",
            (Some(_), true) => ": it is write-only now",
            (Some(_), false) => ": it is read-only now",
        };
        let shared = SharedChange {
            rule: Rule::FieldRemoved,
            name: field.wire_name.clone(),
            what: format!("was removed{reason}"),
            at: [Some(field.value.at.clone()), None],
        };
        let change = FieldChange {
            evidence: vec![item.clone(), literal(&path), constructor(&path)],
            owner: path,
            item,
            at: [&field.value.at, now.map_or(&both.new.at, |it| &it.at)].map(Pointer::clone),
        };
        self.about_field(shared, change);
    }

    fn added_field(&mut self, both: Both<'_>, field: &Field) {
        let path = self.new.type_path(both.to);
        let name = self.new.field_name(both.to, &field.wire_name);
        let item = format!("{path}::{name}");
        let before = left_out(&both.old.left_out, &field.wire_name);
        let was_received = self.old.structs[&both.from].non_exhaustive;
        let reason = match (before, was_received) {
            (None, _) => "",
            (Some(_), true) => ": it was write-only",
            (Some(_), false) => ": it was read-only",
        };
        let shared = SharedChange {
            rule: if was_received {
                Rule::ResponseFieldAdded
            } else {
                Rule::RequestFieldAdded
            },
            name: field.wire_name.clone(),
            what: format!("was added{reason}"),
            at: [None, Some(field.value.at.clone())],
        };
        let change = FieldChange {
            evidence: vec![item.clone(), literal(&path), constructor(&path)],
            owner: path,
            item,
            at: [before.map_or(&both.old.at, |it| &it.at), &field.value.at].map(Pointer::clone),
        };
        self.about_field(shared, change);
    }

    /// Compares every property of a field.
    fn field(&mut self, both: Both<'_>, travels: Travels, old: &Field, new: &Field) {
        let Field {
            wire_name,
            value,
            presence: _,   // below
            listed: _,     // below
            tells_null: _, // below
            initial: _,    // below
        } = old;
        let at = [&value.at, &new.value.at];
        let said = [
            self.old.api.schema(value.schema),
            self.new.api.schema(new.value.schema),
        ];
        let path = self.new.type_path(both.to);
        let was = self.old.field_name(both.from, wire_name);
        let before = format!("{}::{was}", self.old.type_path(both.from));
        let item = format!("{path}::{}", self.new.field_name(both.to, wire_name));
        self.prose(&item, said.map(|it| &it.doc), at);
        self.renamed_member(&before, &item, at);
        let mut evidence = vec![self.member_key(&before), literal(&path)];
        if [old, new]
            .iter()
            .any(|it| it.presence == Presence::Required)
        {
            evidence.push(constructor(&path));
        }
        let pair = Pair {
            old,
            new,
            said,
            travels,
            evidence,
            item,
            owner: path,
        };
        self.field_presence(&pair);
        self.field_type(&pair);
        self.field_marks(&pair);
        if travels.sent && old.initial != new.initial {
            self.initial_value(both, &pair);
        }
    }

    /// Notes that new objects have a different value in a field.
    fn initial_value(&mut self, both: Both<'_>, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        let is_argument =
            [old, new].map(|it| it.presence == Presence::Required && it.initial.is_none());
        let have_new = [
            &self.old.structs[&both.from].constructor,
            &self.new.structs[&both.to].constructor,
        ];
        let is_added = is_argument[0] != is_argument[1];
        let rule = if is_added && have_new.iter().all(|it| it.is_some()) {
            Rule::ConstructorArgumentChanged
        } else {
            Rule::InitialValueChanged
        };
        let [was, is] = [old, new].map(|it| wording::optional(it.initial.as_deref()));
        let what = format!("has a different value in new objects: {was} → {is}");
        self.field_found_at(pair, rule, &what, [&both.old.at, &both.new.at]);
    }

    /// Adds a change of a field's value.
    fn field_found(&mut self, pair: &Pair<'_>, rule: Rule, what: &str) {
        let Pair { old, new, said, .. } = pair;
        let old = [&old.value.at, &said[0].at];
        let new = [&new.value.at, &said[1].at];
        self.field_found_at(pair, rule, what, difference(old, new));
    }

    fn field_found_at(&mut self, pair: &Pair<'_>, rule: Rule, what: &str, at: [&Pointer; 2]) {
        let shared = SharedChange {
            rule,
            name: pair.old.wire_name.clone(),
            what: what.to_owned(),
            at: places(at),
        };
        let change = FieldChange {
            owner: pair.owner.clone(),
            item: pair.item.clone(),
            at: at.map(Pointer::clone),
            evidence: pair.evidence.clone(),
        };
        self.about_field(shared, change);
    }

    fn field_presence(&mut self, pair: &Pair<'_>) {
        let Pair { old, new, .. } = pair;
        let rule = match (old.presence, new.presence) {
            (Presence::Optional | Presence::OptionalWithDefault, Presence::Required) => {
                Rule::FieldBecameRequired
            }
            (Presence::Required, Presence::Optional | Presence::OptionalWithDefault) => {
                Rule::FieldBecameOptional
            }
            (
                Presence::Optional | Presence::OptionalWithDefault | Presence::Required,
                Presence::Default(_),
            ) => Rule::FieldDefaultGained,
            (
                Presence::Default(_),
                Presence::Optional | Presence::OptionalWithDefault | Presence::Required,
            ) => Rule::FieldDefaultLost,
            // The type is the same.
            (
                Presence::Optional | Presence::OptionalWithDefault,
                Presence::Optional | Presence::OptionalWithDefault,
            )
            | (Presence::Required, Presence::Required)
            | (Presence::Default(_), Presence::Default(_)) => return self.field_silence(pair),
        };
        let what = format!("was {} and is {}", presence(old), presence(new));
        if old.listed == new.listed {
            self.field_found(pair, rule, &what);
        } else {
            self.field_found_at(pair, rule, &what, [&old.value.at, &new.value.at]);
        }
    }

    /// Compares what the absence of a field means, where its Rust type is the same.
    fn field_silence(&mut self, pair: &Pair<'_>) {
        let Pair {
            old, new, travels, ..
        } = pair;
        let defaults = pair.said.map(|it| it.default.as_ref());
        if travels.is_any() && !is_same_json(defaults[0], defaults[1]) {
            // A value that readers do not fill in is always sent.
            let is_filled = [old, new].map(|it| it.presence == Presence::OptionalWithDefault);
            let is_promise = defaults[0].is_none() && is_filled == [false, false];
            let [old, new] = defaults.map(wording::json);
            let (rule, what) = if is_promise && !travels.sent {
                (Rule::FieldDefaultAdded, "has a default")
            } else {
                (Rule::FieldDefaultChanged, "has a different default")
            };
            self.field_found(pair, rule, &format!("{what}: {old} → {new}"));
        }
        if old.tells_null != new.tells_null {
            let what = match new.tells_null {
                true => {
                    "may be null, which requests tell from its absence: `Some(None)` sends null"
                }
                false => "may no longer be null beside its absence",
            };
            self.field_found(pair, Rule::FieldTypeChanged, what);
        } else if let [was, is] = [old, new].map(|it| it.value.nullable)
            && was != is
            && !pair.said.iter().all(|it| it.is_unrestricted())
        {
            // Other requests leave out what is not there.
            let could_say_null = old.is_none_null() || pair.said[0].ty == Type::Any;
            let (rule, what) = match (is, travels.sent && could_say_null) {
                (true, _) => (Rule::FieldNullabilityChanged, "may be null"),
                (false, false) => (Rule::FieldNullabilityChanged, "may no longer be null"),
                (false, true) => (Rule::RequestFieldNullRefused, "may no longer be null"),
            };
            self.field_found(pair, rule, what);
        }
        let at = [&old.value.at, &new.value.at];
        let is_demanded = new.listed && !old.listed;
        if travels.sent && (is_demanded || old.is_none_null() != new.is_none_null()) {
            let what = match (old.is_none_null(), new.is_none_null()) {
                (_, true) => "is sent as null when absent, and was left out",
                (true, false) => "is left out when absent, and was sent as null",
                (false, false) => "has a key that is now required",
            };
            self.field_found_at(pair, Rule::RequestFieldAbsenceChanged, what, at);
        } else if old.listed != new.listed {
            let what = if new.listed {
                "has a key that is always present"
            } else {
                "has a key that may be missing"
            };
            self.field_found_at(pair, Rule::FieldPromiseChanged, what, at);
        }
    }

    fn field_type(&mut self, pair: &Pair<'_>) {
        let Pair {
            old, new, travels, ..
        } = pair;
        let values = [old.value.schema, new.value.schema];
        if !self.is_same_type(values[0], values[1]) {
            let before = wording::ty(self.old, values[0]);
            let after = wording::ty(self.new, values[1]);
            let what = format!("holds a different type: {before} → {after}");
            return self.field_found(pair, Rule::FieldTypeChanged, &what);
        }
        for (rule, what) in self.moved(*travels, values) {
            self.field_found(pair, rule, &what);
        }
    }

    fn field_marks(&mut self, pair: &Pair<'_>) {
        let [old, new] = pair.said;
        if let Some(what) = turned(old.marks.direction(), new.marks.direction()) {
            self.field_found(pair, Rule::DirectionWidened, &what);
        }
        match (old.pii, new.pii) {
            (false, true) => {
                self.field_found(pair, Rule::FieldPiiAdded, "is marked as personal data");
            }
            (true, false) => self.field_found(
                pair,
                Rule::FieldPiiRemoved,
                "is no longer marked as personal data",
            ),
            (false, false) | (true, true) => {}
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => self.field_found(pair, Rule::FieldDeprecated, "is deprecated"),
            (true, false) => {
                self.field_found(pair, Rule::FieldUndeprecated, "is no longer deprecated");
            }
            (false, false) | (true, true) => {}
        }
    }
}

/// Describes the presence of a field in words.
fn presence(field: &Field) -> String {
    match field.presence {
        Presence::Required => "always present".to_owned(),
        Presence::OptionalWithDefault | Presence::Optional if field.value.nullable => {
            "possibly null".to_owned()
        }
        Presence::OptionalWithDefault | Presence::Optional => "possibly missing".to_owned(),
        Presence::Default(number) => format!("{number} if missing"),
    }
}
