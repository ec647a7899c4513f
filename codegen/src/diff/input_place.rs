//! Compares which part of a request carries a parameter, and how its value is written there.

use super::compare::Comparing;
use super::inputs::Pair;
use super::operations::Both;
use super::rule::Rule;
use super::wording::optional;
use crate::media_type::are_same;
use crate::plan::ArgumentType;

impl Comparing<'_> {
    /// Compares where an input is and how it is written. The latter follows from a different type.
    pub(super) fn input_place(&mut self, pair: &Pair<'_>, both: Both<'_>) {
        let Pair { old, new, .. } = pair;
        let is_same_type = self.is_type_kept(pair);
        if old.part == new.part && (old.place == new.place || !is_same_type) {
            return;
        }
        let what = format!("moved: {} → {}", old.place, new.place);
        self.input_found(pair, Rule::ParameterMoved, &what);
        let passed = [
            old.argument(self.old, both.from),
            new.argument(self.new, both.to),
        ];
        let ways = passed.map(|it| it.map(passing));
        if let ([Some(was), Some(is)], true) = (ways, is_same_type)
            && was != is
        {
            let what = format!("takes {is}, and took {was}");
            self.input_found(pair, Rule::ParameterTypeChanged, &what);
        }
    }

    /// Compares the media types of files and texts.
    pub(super) fn file_type(&mut self, pair: &Pair<'_>) {
        let [old, new] = [pair.old, pair.new].map(|it| it.file_type);
        let rule = match (old, new) {
            (Some(old), Some(new)) if are_same(old, new) => return,
            (_, Some(_)) => Rule::ParameterFormatChanged,
            (Some(_), None) => Rule::ParameterFormatWidened,
            (None, None) => return,
        };
        let [old, new] = [old, new].map(optional);
        let what = match pair.new.is_file() {
            true => format!("is a file of a different media type: {old} → {new}"),
            false => format!("is text of a different media type: {old} → {new}"),
        };
        self.input_found(pair, rule, &what);
    }
}

/// Describes what an argument takes for a value of a given type.
fn passing(argument: &ArgumentType) -> &'static str {
    match argument {
        ArgumentType::Into(_) => "anything that converts into its type",
        ArgumentType::Exactly(_) | ArgumentType::Wrapped(..) => "exactly its type",
        ArgumentType::OneOrMany(_) => "one value or many",
        ArgumentType::Each(_) => "any number of values",
    }
}
