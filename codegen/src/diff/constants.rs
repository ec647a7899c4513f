//! Compares parameters that always have the same value.

use super::compare::Comparing;
use super::operations::Both;
use super::rule::Rule;
use crate::api::{Constant, Operation};
use crate::report::code;

impl Comparing<'_> {
    /// Compares the parameters that every request of an operation has, which callers do not pass. That callers had to pass one,
    /// or have to, is a change of its own.
    pub(super) fn constants(&mut self, both: Both<'_>) {
        let [old, new] = [both.old, both.new];
        for before in &old.constants {
            let written = code(&before.to_string());
            match find(&new.constants, before) {
                Some(after) if after.value == before.value => {}
                Some(after) => {
                    let after_written = code(&after.to_string());
                    let what = format!("always sends {after_written}, no longer {written}");
                    self.about_at(both, Rule::ConstantChanged, &what, [&before.at, &after.at]);
                }
                None if is_passed(new, before) => {}
                None => {
                    let what = format!("no longer always sends {written}");
                    let at = [&before.at, &new.at];
                    self.about_at(both, Rule::ConstantRemoved, &what, at);
                }
            }
        }
        for added in &new.constants {
            if find(&old.constants, added).is_none() && !is_passed(old, added) {
                let what = format!("always sends {}", code(&added.to_string()));
                let at = [&old.at, &added.at];
                self.about_at(both, Rule::ConstantAdded, &what, at);
            }
        }
    }
}

/// Returns the constant of another version with the same name in the same part of the request.
fn find<'a>(constants: &'a [Constant], wanted: &Constant) -> Option<&'a Constant> {
    let mut constants = constants.iter();
    constants.find(|it| it.is(wanted.location(), &wanted.name))
}

/// Returns whether callers pass an operation a parameter of this name.
fn is_passed(operation: &Operation, constant: &Constant) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|it| it.wire_name.eq_ignore_ascii_case(&constant.name))
}
