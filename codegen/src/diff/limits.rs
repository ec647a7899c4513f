//! Limits of values beyond their types, and the ways that values may travel: what has moved, and whom that hurts.

use super::bounds::{Shifts, scalar};
use super::compare::Comparing;
use super::listed::Values;
use super::rule::Rule;
use super::shift::Shift;
use super::wording::{limits, optional};
use crate::api::{Api, Bounds, Direction, EnumValue, LeftOut, Shape, Type, TypeId};

/// Which way the values of a type travel.
#[derive(Clone, Copy)]
pub(super) struct Travels {
    pub(super) sent: bool,
    pub(super) received: bool,
}

/// A value, or what it holds without a name of its own.
struct Level<'a> {
    ty: &'a Type,
    old: &'a Bounds,
    new: &'a Bounds,
}

impl Comparing<'_> {
    /// What has moved of the limits of a value of type `ty`, old and new, level by level: the rule, and the end of a
    /// sentence that begins with the value.
    pub(super) fn moved(
        &self,
        travels: Travels,
        ty: &Type,
        [old, new]: [&Bounds; 2],
    ) -> Vec<(Rule, String)> {
        let mut moves = Vec::new();
        if old == new {
            return moves; // As nearly all are; to list the values of an enumeration takes a walk over all types.
        }
        let unlimited = Bounds::default();
        let mut next = Some(Level { ty, old, new });
        let mut holder = "has";
        while let Some(Level { ty, old, new }) = next {
            let listed = self.listed(ty);
            let shifts = Shifts::of(ty, [old, new], listed.as_ref());
            let texts = |of: &dyn Fn(&Bounds) -> String| format!("{} → {}", of(old), of(new));
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
            next = (old.inner.is_some() || new.inner.is_some()).then(|| Level {
                ty: held(ty),
                old: old.inner.as_deref().unwrap_or(&unlimited),
                new: new.inner.as_deref().unwrap_or(&unlimited),
            });
            holder = "holds values with";
        }
        moves
    }

    /// The values that either version lists for a type, or for its items, if it is an enumeration.
    fn listed(&self, ty: &Type) -> Option<Values<'_>> {
        let Type::Named(to) = scalar(ty) else {
            return None;
        };
        let types = &self.pairs.types;
        let before = types.iter().filter(|(_, is)| *is == to);
        let before = before.filter_map(|(from, _)| values(self.old.api, *from));
        let listed = values(self.new.api, *to)?;
        let texts = before.chain([listed]).flatten();
        Some(texts.map(|it| it.text.as_str()).collect())
    }
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

/// The values of an enumeration.
fn values(api: &Api, id: TypeId) -> Option<&[EnumValue]> {
    match &api.type_definition(id).shape {
        Shape::Enumeration(values) => Some(values),
        Shape::Object(_) => None,
    }
}

/// What a list or a map holds.
fn held(ty: &Type) -> &Type {
    if let Type::Array(item) | Type::Map(item) = ty.not_null() {
        item.not_null()
    } else {
        ty
    }
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
