//! Compares the media types that operations accept and respond with.

use super::compare::Comparing;
use super::operations::Both;
use super::rule::Rule;
use super::wording::code;
use crate::api::Operation;
use crate::media_type::{are_same, includes};

/// The rules and the words for one direction.
struct Direction {
    added: Rule,
    removed: Rule,
    /// The verb of messages, now and before.
    verbs: [&'static str; 2],
    /// What the client never did with a media type that it does not use.
    unused: &'static str,
}

const REQUEST: Direction = Direction {
    added: Rule::RequestMediaTypeAdded,
    removed: Rule::RequestMediaTypeRemoved,
    verbs: ["accepts", "accepted"],
    unused: "which the client never sent",
};

const RESPONSE: Direction = Direction {
    added: Rule::ResponseMediaTypeAdded,
    removed: Rule::ResponseMediaTypeRemoved,
    verbs: ["responds with", "responded with"],
    unused: "which the client never asked for",
};

impl Comparing<'_> {
    pub(super) fn media_types(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.media_types, &both.new.media_types];
        let sends_same = match [&old.sent, &new.sent] {
            [Some(old), Some(new)] => are_same(old, new),
            [old, new] => old == new,
        };
        let others = both.old.other_bodies.iter().map(|it| &it.media_type);
        let sent: Vec<&String> = old.sent.iter().chain(others).collect();
        let read: Vec<&String> = old.read.iter().collect();
        // Those that a method asks for are compared with the methods.
        let asked = |operation: &Operation, name: &String| {
            let mut others = operation.other_responses.iter();
            others.any(|it| are_same(&it.media_type, name))
        };
        let responses = [both.old, both.new].map(|operation| {
            let names = operation.media_types.response.iter();
            names.filter(|it| !asked(operation, it)).cloned().collect()
        });
        let [responses, new_responses]: [Vec<String>; 2] = responses;
        self.declared(
            both,
            &REQUEST,
            [&old.request, &new.request],
            &sent,
            sends_same,
        );
        self.declared(both, &RESPONSE, [&responses, &new_responses], &read, true);
    }

    /// Compares the media types of one direction, of which the old client used `used`. If `is_same_use`, the client uses what is
    /// common to a range and its member.
    fn declared(
        &mut self,
        both: Both<'_>,
        direction: &Direction,
        [old, new]: [&[String]; 2],
        used: &[&String],
        is_same_use: bool,
    ) {
        let Direction {
            added,
            removed,
            verbs: [verb, verb_before],
            unused,
        } = direction;
        let has = |list: &[String], name: &str| list.iter().any(|it| are_same(it, name));
        let overlaps = |one: &str, other: &str| includes(one, other) || includes(other, one);
        let gone = old.iter().filter(|it| !has(new, it));
        let gone = gone.map(|name| {
            let replacement = new.iter().find(|it| is_same_use && overlaps(it, name));
            (name, replacement)
        });
        let gone: Vec<(&String, Option<&String>)> = gone.collect();
        for name in new.iter().filter(|it| !has(old, it)) {
            if gone.iter().all(|(_, it)| *it != Some(name)) {
                let what = format!("{verb} {}", code(name));
                self.about(both, *added, &what, Vec::new());
            }
        }
        for (name, replacement) in gone {
            let was = code(name);
            let (rule, what) = match replacement {
                Some(it) => (
                    Rule::MediaTypeRangeChanged,
                    format!("{verb} {}, and {verb_before} {was}", code(it)),
                ),
                None if used
                    .iter()
                    .any(|it| are_same(it, name) || overlaps(it, name)) =>
                {
                    (*removed, format!("no longer {verb} {was}"))
                }
                None => (
                    Rule::UnusedMediaTypeRemoved,
                    format!("no longer {verb} {was}, {unused}"),
                ),
            };
            self.about(both, rule, &what, Vec::new());
        }
    }
}
