//! Compares the variables of server URLs: their setters in the client's builder, and their values.

use super::compare::{Comparing, RuleMatch};
use super::public_api::method_key;
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::wording::{code, list};
use crate::api::{Operation, ServerVariable};

impl Comparing<'_> {
    /// Compares the variables of server URLs.
    pub(super) fn server_variables(&mut self) {
        let [old, new] = [self.old.api, self.new.api].map(|it| &it.server_variables);
        let pairs = pairs(old, new);
        for (index, variable) in old.iter().enumerate() {
            match pairs.iter().find(|(it, _)| *it == index) {
                Some((_, other)) => self.server_variable([index, *other]),
                None => self.lost_variable(index, &code(&variable.name)),
            }
        }
        for (index, variable) in new.iter().enumerate() {
            if pairs.iter().all(|(_, it)| *it != index) {
                let message = format!("the server variable {} was added", code(&variable.name));
                self.variable_found(Rule::ServerVariableAdded, [None, Some(index)], message);
            }
        }
    }

    /// Adds that this product's servers lost a variable, which those of another product may still have.
    fn lost_variable(&mut self, index: usize, name: &str) {
        let method = &self.old.version.server_methods[index];
        let mut methods = self.new.builder_methods.iter();
        let (rule, message) = match methods.any(|it| it.name == *method) {
            true => (
                Rule::ServerVariableUnused,
                format!(
                    "the server variable {name} was removed; the servers of another product have it"
                ),
            ),
            false => (
                Rule::ServerVariableRemoved,
                format!("the server variable {name} was removed"),
            ),
        };
        self.variable_found(rule, [Some(index), None], message);
    }

    /// Compares the values of a variable.
    fn server_variable(&mut self, [was, is]: [usize; 2]) {
        let (old, new) = (
            &self.old.api.server_variables[was],
            &self.new.api.server_variables[is],
        );
        let places = [Some(was), Some(is)];
        let name = code(&new.name);
        if old.default != new.default {
            let (was, is) = (code(&old.default), code(&new.default));
            let message =
                format!("the server variable {name} has a different default: {was} → {is}");
            self.variable_found(Rule::ServerVariableDefaultChanged, places, message);
        }
        let lost = missing(&old.values, &new.values);
        // Without a list, any value is allowed.
        if !new.values.is_empty() && (old.values.is_empty() || !lost.is_empty()) {
            let what = match lost.is_empty() {
                true => "now takes only listed values".to_owned(),
                false => format!("can no longer be {}", list(&lost)),
            };
            let message = format!("the server variable {name} {what}");
            self.variable_found(Rule::ServerVariableNarrowed, places, message);
        }
        let gained = missing(&new.values, &old.values);
        if !old.values.is_empty() && (new.values.is_empty() || !gained.is_empty()) {
            let what = match gained.is_empty() {
                true => "anything".to_owned(),
                false => list(&gained),
            };
            let message = format!("the server variable {name} can now be {what}");
            self.variable_found(Rule::ServerVariableWidened, places, message);
        }
    }

    fn variable_found(&mut self, rule: Rule, [old, new]: [Option<usize>; 2], message: String) {
        let key = |snapshot: &Snapshot<'_>, index: usize| {
            method_key(snapshot.version.server_methods[index].as_str())
        };
        let was = old.map(|it| key(self.old, it));
        let is = new.map(|it| key(self.new, it));
        let place = |variables: &[ServerVariable], index: Option<usize>| {
            index.map(|it| variables[it].at.clone())
        };
        let found = RuleMatch {
            rule,
            item: was.clone().or(is.clone()).unwrap_or_default(),
            at: [
                place(&self.old.api.server_variables, old),
                place(&self.new.api.server_variables, new),
            ],
            message,
            evidence: was.into_iter().chain(is).collect(),
        };
        self.add(found);
    }
}

/// Returns the values that `others` lacks.
fn missing(values: &[String], others: &[String]) -> Vec<String> {
    let missing = values.iter().filter(|it| !others.contains(it));
    missing.cloned().collect()
}

/// Pairs variables: first those whose names have the same words, then those with the same name.
fn pairs(old: &[ServerVariable], new: &[ServerVariable]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let same_words = |old: &ServerVariable, new: &ServerVariable| old.is_same(new);
    let same_name = |old: &ServerVariable, new: &ServerVariable| old.name == new.name;
    for is_pair in [
        &same_words as &dyn Fn(&ServerVariable, &ServerVariable) -> bool,
        &same_name,
    ] {
        for (was, variable) in old.iter().enumerate() {
            let mut others = new.iter().enumerate();
            let other = others.find(|(is, it)| {
                is_pair(variable, it) && pairs.iter().all(|(a, b)| *a != was && b != is)
            });
            pairs.extend(other.map(|(is, _)| (was, is)));
        }
    }
    pairs
}

/// Returns the server of an operation without the values of its variables, if it has variables.
pub(super) fn pattern(operation: &Operation, variables: &[ServerVariable]) -> Option<String> {
    let template = operation.template.as_ref()?;
    Some(template.url(|id| &variables[id.0].name))
}
