//! Limits of values beyond their types, and the ways that values may travel: what has moved, and whom that hurts.

use super::bounds::Shifts;
use super::compare::Comparing;
use super::levels::Level;
use super::listed::Values;
use super::rule::Rule;
use super::shift::Shift;
use super::wording::{limits, optional};
use crate::api::{Bounds, Direction, LeftOut, SchemaId, Type};

/// Which way the values of a type travel.
#[derive(Clone, Copy)]
pub(super) struct Travels {
    pub(super) sent: bool,
    pub(super) received: bool,
}

impl Comparing<'_> {
    /// What has moved of the limits of values of one type, old and new, level by level: the rule, and the end of a
    /// sentence that begins with the value.
    pub(super) fn moved(&self, travels: Travels, values: [SchemaId; 2]) -> Vec<(Rule, String)> {
        let mut moves = Vec::new();
        let mut next = Some(values);
        let mut holder = "has";
        while let Some([from, to]) = next {
            let [old, new] = [Level::of(self.old.api, from), Level::of(self.new.api, to)];
            next = old.next.zip(new.next).map(<[_; 2]>::from);
            // As nearly all are; to list the values of an enumeration takes a walk over all types.
            if !old.is_same(&new) {
                let innermost = self.new.api.ty(self.new.api.innermost(to));
                let listed = self.listed(innermost);
                let [old, new] = [old, new].map(|it| it.bounds());
                let shifts = Shifts::of(innermost, [&old, &new], listed.as_ref());
                moves.extend(told(travels, holder, &shifts, [&old, &new]));
            }
            holder = "holds values with";
        }
        moves
    }

    /// The values that either version lists for a type, if it is an enumeration.
    fn listed(&self, ty: &Type) -> Option<Values<'_>> {
        let to = ty.named()?;
        let types = &self.pairs.types;
        let before = types.iter().filter(|(_, is)| **is == to);
        let before =
            before.filter_map(|(from, _)| self.old.api.type_definition(*from).shape.values());
        let listed = self.new.api.type_definition(to).shape.values()?;
        let texts = before.chain([listed]).flatten();
        Some(texts.map(|it| it.text.as_str()).collect())
    }
}

/// What has moved of one value: the rules, and the ends of sentences that begin with what `holder` says of it.
fn told(
    travels: Travels,
    holder: &str,
    shifts: &Shifts,
    [old, new]: [&Bounds; 2],
) -> Vec<(Rule, String)> {
    let texts = |of: &dyn Fn(&Bounds) -> String| format!("{} → {}", of(old), of(new));
    let mut moves = Vec::new();
    if let Some(shift) = shifts.format {
        let formats = texts(&|it| optional(it.format.as_deref()));
        let what = format!("{holder} another format: {formats}");
        moves.push((rule(travels, shift, FORMAT), what));
    }
    if let Some(shift) = shifts.limits {
        let what = format!("{holder} other limits: {}", texts(&limits));
        moves.push((rule(travels, shift, LIMITS), what));
    }
    if let Some(shift) = shifts.pattern {
        let patterns = texts(&|it| optional(it.pattern.as_deref()));
        let what = format!("{holder} another pattern: {patterns}");
        moves.push((rule(travels, shift, PATTERN), what));
    }
    moves
}

/// The end of a sentence, if a value may travel other ways than it did, though what holds it travels as before.
pub(super) fn turned(old: Direction, new: Direction) -> Option<String> {
    let [from, to] = [old, new].map(|it| match it {
        Direction::Both => "requests and answers",
        Direction::Received => "answers only",
        Direction::Sent => "requests only",
    });
    (old != new).then(|| format!("is for {to}, and was for {from}"))
}

/// The property of this name, if it is left out because it only travels the other way.
pub(super) fn left_out<'a>(list: &'a [LeftOut], wire_name: &str) -> Option<&'a LeftOut> {
    list.iter().find(|it| it.wire_name == wire_name)
}

/// The rules for a move in what a value may be: what hurts those who send it, what does not, and the same for
/// those who receive it.
#[derive(Clone, Copy)]
struct Rules {
    sent: [Rule; 2],
    received: [Rule; 2],
}

const FORMAT: Rules = Rules {
    sent: [Rule::ParameterFormatChanged, Rule::ParameterFormatWidened],
    received: [Rule::FieldFormatChanged, Rule::FieldFormatNarrowed],
};

const LIMITS: Rules = Rules {
    sent: [Rule::ParameterBoundsNarrowed, Rule::ParameterBoundsWidened],
    received: [Rule::FieldBoundsWidened, Rule::FieldBoundsNarrowed],
};

const PATTERN: Rules = Rules {
    sent: [Rule::ParameterPatternChanged, Rule::ParameterPatternWidened],
    received: [Rule::FieldPatternChanged, Rule::FieldPatternNarrowed],
};

/// The rule for a move: fewer values hurt those who send them, more values those who receive them.
fn rule(travels: Travels, shift: Shift, rules: Rules) -> Rule {
    let Rules {
        sent: [sent_hurts, sent_harmless],
        received: [received_hurts, received_harmless],
    } = rules;
    match (shift, travels.sent, travels.received) {
        (Shift::Narrowed | Shift::Other, true, _) => sent_hurts,
        (Shift::Widened | Shift::Same, true, false) => sent_harmless,
        (Shift::Widened | Shift::Other, _, _) => received_hurts,
        (Shift::Narrowed, false, _) | (Shift::Same, _, _) => received_harmless,
    }
}
