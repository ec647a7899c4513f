//! Compares the values that objects hold under keys that are not fields.

use super::compare::{Comparing, RuleMatch, places};
use super::public_api::{constructor, literal};
use super::rule::Rule;
use super::types::Both;
use super::wording;
use crate::api::Use;

impl Comparing<'_> {
    /// Compares the additional properties of an object.
    pub(super) fn rest(&mut self, both: Both<'_>, values: [Option<&Use>; 2]) {
        let path = self.new.type_path(both.to);
        let [before, after] = [self.old.structs[&both.from], self.new.structs[&both.to]];
        let name = after.rest.as_ref().or(before.rest.as_ref());
        let Some(name) = name.map(|it| it.name.clone()) else {
            return;
        };
        let at = [&both.old.at, &both.new.at];
        let at = [0, 1].map(|it| values[it].map_or(at[it], |it| &it.at));
        for (rule, what) in self.rest_moved(both, values) {
            let item = format!("{path}::{name}");
            self.add(RuleMatch {
                rule,
                message: format!("what `{path}` holds under other keys {what}"),
                evidence: vec![item.clone(), literal(&path), constructor(&path)],
                item,
                at: places(at),
            });
        }
    }

    fn rest_moved(&self, both: Both<'_>, values: [Option<&Use>; 2]) -> Vec<(Rule, String)> {
        let after = self.new.structs[&both.to];
        match values {
            [None, None] => Vec::new(),
            [Some(_), None] => vec![(Rule::FieldRemoved, "is no longer kept".to_owned())],
            [None, Some(_)] => {
                let rule = if after.non_exhaustive {
                    Rule::ResponseFieldAdded
                } else {
                    Rule::RequestFieldAdded
                };
                vec![(rule, "is kept now".to_owned())]
            }
            [Some(old), Some(new)] if !self.is_same_value(old, new) => {
                let [was, is] = [wording::value(self.old, old), wording::value(self.new, new)];
                let what = format!("has a different type: {was} → {is}");
                vec![(Rule::FieldTypeChanged, what)]
            }
            [Some(old), Some(new)] => self.moved(self.travels(both), [old.schema, new.schema]),
        }
    }
}
