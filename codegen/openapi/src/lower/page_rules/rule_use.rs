//! Records what becomes of each rule, to report those that are of no use.

use super::{Candidate, PageRule};
use crate::lower::selection;

/// What became of a rule, or of a selector of its `only`.
#[derive(Debug)]
pub(super) struct RuleUse<'r> {
    pub(super) rule: &'r PageRule,
    /// The number of the rule, counted from 1.
    number: usize,
    selector: Option<&'r str>,
    pub(super) has_fit: bool,
    /// Whether it is the first that fits some operation.
    pub(super) is_used: bool,
    closest: Option<Misfit>,
}

/// An operation that a rule does not fit.
#[derive(Debug)]
pub(super) struct Misfit {
    /// How many of the rule's conditions it meets.
    pub(super) met: usize,
    pub(super) operation: String,
    /// What it lacks, as a sentence.
    pub(super) why: String,
}

/// A use for each selector of a rule.
pub(super) fn uses<'r>((index, rule): (usize, &'r PageRule)) -> Vec<RuleUse<'r>> {
    let of = |selector| RuleUse {
        rule,
        number: index + 1,
        selector,
        has_fit: false,
        is_used: false,
        closest: None,
    };
    match rule.only.as_slice() {
        [] => vec![of(None)],
        only => only.iter().map(|it| of(Some(it.as_str()))).collect(),
    }
}

impl RuleUse<'_> {
    /// Whether it is for an operation.
    pub(super) fn selects(&self, candidate: &Candidate<'_>) -> bool {
        let (id, path, tags) = (candidate.id(), candidate.path, &candidate.operation.tags);
        let is_wanted = |it| selection::is_wanted(it, &id, path, tags);
        self.selector.is_none_or(is_wanted)
    }

    /// Keeps the operation that meets most conditions; the first on a tie.
    pub(super) fn approach(&mut self, misfit: Misfit) {
        if self.closest.as_ref().is_none_or(|it| it.met < misfit.met) {
            self.closest = Some(misfit);
        }
    }

    /// Adds what became of it in another document.
    pub(super) fn extend(&mut self, other: Self) {
        self.has_fit |= other.has_fit;
        self.is_used |= other.is_used;
        other.closest.into_iter().for_each(|it| self.approach(it));
    }

    /// Why it is of no use, if it is not.
    pub(super) fn fault(&self) -> Option<String> {
        let number = self.number;
        let of_selector = self
            .selector
            .map_or_else(String::new, |it| format!(" of `{it}`"));
        match (self.has_fit, &self.closest) {
            (false, None) => Some(match self.selector {
                None => format!("`[[pages]]` {number} fits no operation: there is no GET"),
                Some(it) => format!("`[[pages]]` {number}: no GET, no tag and no path is `{it}`"),
            }),
            (false, Some(Misfit { operation, why, .. })) => Some(format!(
                "`[[pages]]` {number} fits no operation{of_selector}; the closest is `{operation}`, but {why}"
            )),
            (true, _) if !self.is_used => Some(format!(
                "`[[pages]]` {number} has no effect, because an earlier one fits every operation{of_selector} that it \
                 fits"
            )),
            (true, _) => None,
        }
    }
}
