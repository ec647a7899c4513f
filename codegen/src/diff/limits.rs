//! Compares the limits of values, and whether values are sent or received.

use super::bounds::Shifts;
use super::compare::Comparing;
use super::levels::Level;
use super::listed::Values;
use super::rule::Rule;
use super::said::Referenced;
use super::shift::Shift;
use super::types::Both;
use super::wording::{limits, optional};
use crate::api::usage::Usage;
use crate::api::{Bounds, Direction, LeftOut, SchemaId, Type};

/// Whether the values of a type are sent, received or both.
#[derive(Clone, Copy)]
pub(super) struct Travels {
    pub(super) sent: bool,
    pub(super) received: bool,
}

impl Travels {
    /// As inputs do.
    pub(super) const SENT: Self = Self {
        sent: true,
        received: false,
    };

    /// As responses do.
    pub(super) const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };

    /// Returns whether callers send or receive the values at all.
    pub(super) fn is_any(self) -> bool {
        self.sent || self.received
    }
}

impl Comparing<'_> {
    /// Returns in which directions values of a type travel in the old version, which callers were written for.
    pub(super) fn travels(&self, both: Both<'_>) -> Travels {
        let Usage { sent, received } = &self.old.traffic;
        Travels {
            sent: sent.contains(&both.from),
            received: received.contains(&both.from),
        }
    }

    /// Compares the limits of a value level by level. Returns each rule with a message that lacks its subject, the value.
    /// Those of a value that does not travel concern nobody.
    pub(super) fn moved(&self, travels: Travels, values: [SchemaId; 2]) -> Vec<(Rule, String)> {
        let mut moves = Vec::new();
        let mut next = travels.is_any().then_some(values);
        let mut holder = "has";
        while let Some([from, to]) = next {
            let [old, new] = [Level::of(self.old.api, from), Level::of(self.new.api, to)];
            next = old.next.zip(new.next).map(<[_; 2]>::from);
            // The common case, before the values of an enumeration are collected from all types.
            // What a condition refers to may differ although it is written the same.
            if !old.is_same(&new) || old.has_conditions() {
                let innermost = self.new.api.ty(self.new.api.innermost(to));
                let listed = self.listed(innermost);
                let referenced = Referenced::of([self.old.api, self.new.api]);
                let [old, new] = [old, new].map(|it| it.bounds());
                let shifts = Shifts::of(innermost, [&old, &new], listed.as_ref(), referenced);
                moves.extend(told(travels, holder, &shifts, [&old, &new]));
            }
            holder = "holds values with";
        }
        moves
    }

    /// Returns the values that either version lists for a type, if it is an enumeration.
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

/// Returns the shifts of one value: each rule with a message that begins with `holder`.
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
        let what = format!("{holder} a different format: {formats}");
        moves.push((rule(travels, shift, FORMAT), what));
    }
    if let Some(shift) = shifts.limits {
        let [was, is] = [limits(old), limits(new)];
        let what = match was == is {
            true => format!("{holder} different limits, in a schema that {is} refers to"),
            false => format!("{holder} different limits: {was} → {is}"),
        };
        moves.push((rule(travels, shift, LIMITS), what));
    }
    if let Some(shift) = shifts.pattern {
        let patterns = texts(&|it| optional(it.pattern.as_deref()));
        let what = format!("{holder} a different pattern: {patterns}");
        moves.push((rule(travels, shift, PATTERN), what));
    }
    moves
}

/// Returns a message without subject if a value may now also be sent, or received, while its container is as before.
pub(super) fn turned(old: Direction, new: Direction) -> Option<String> {
    let [from, to] = [old, new].map(|it| match it {
        Direction::Both => "requests and answers",
        Direction::Received => "answers only",
        Direction::Sent => "requests only",
    });
    (old != new).then(|| format!("is for {to}, and was for {from}"))
}

/// Returns the property of this name, if it is left out because it is read-only or write-only.
pub(super) fn left_out<'a>(list: &'a [LeftOut], wire_name: &str) -> Option<&'a LeftOut> {
    list.iter().find(|it| it.wire_name == wire_name)
}

/// The rules for a shift in the allowed values: breaking and harmless for senders, and the same for receivers.
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

/// Returns the rule for a shift: fewer values break senders, more values break receivers.
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
