//! Variables of servers: the methods of the builder that set them, and what they may be set to.

use super::compare::{Comparing, Found};
use super::rule::Rule;
use super::side::Side;
use super::surface::method_key;
use super::wording::{code, list};
use crate::api::{Operation, ServerPiece, ServerVariable};

impl Comparing<'_> {
    /// Compares the variables that the URLs of servers have.
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
                let message = format!("there is a server variable {}", code(&variable.name));
                self.variable_found(Rule::ServerVariableAdded, [None, Some(index)], message);
            }
        }
    }

    /// Tells of a variable that this product's servers no longer have. Those of another may have it.
    fn lost_variable(&mut self, index: usize, name: &str) {
        let method = &self.old.version.server_methods[index];
        let mut methods = self.new.builder_methods.iter();
        let (rule, message) = match methods.any(|it| it.name == *method) {
            true => (
                Rule::ServerVariableUnused,
                format!(
                    "the server variable {name} is gone; the servers of another product have it"
                ),
            ),
            false => (
                Rule::ServerVariableRemoved,
                format!("the server variable {name} is gone"),
            ),
        };
        self.variable_found(rule, [Some(index), None], message);
    }

    /// Compares what a variable may be.
    fn server_variable(&mut self, [was, is]: [usize; 2]) {
        let (old, new) = (
            &self.old.api.server_variables[was],
            &self.new.api.server_variables[is],
        );
        let places = [Some(was), Some(is)];
        let name = code(&new.name);
        if old.default != new.default {
            let (was, is) = (code(&old.default), code(&new.default));
            let message = format!("the server variable {name} has another default: {was} → {is}");
            self.variable_found(Rule::ServerVariableDefaultChanged, places, message);
        }
        let lost = missing(&old.values, &new.values);
        // Without a list, any value will do.
        if !new.values.is_empty() && (old.values.is_empty() || !lost.is_empty()) {
            let what = match lost.is_empty() {
                true => "is one of a few values now".to_owned(),
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
            let message = format!("the server variable {name} can be {what} now");
            self.variable_found(Rule::ServerVariableWidened, places, message);
        }
    }

    fn variable_found(&mut self, rule: Rule, [old, new]: [Option<usize>; 2], message: String) {
        let key =
            |side: &Side<'_>, index: usize| method_key(side.version.server_methods[index].as_str());
        let was = old.map(|it| key(self.old, it));
        let is = new.map(|it| key(self.new, it));
        let place = |variables: &[ServerVariable], index: Option<usize>| {
            index.map(|it| variables[it].at.clone())
        };
        let found = Found {
            rule,
            item: was.clone().or(is.clone()).unwrap_or_default(),
            old: place(&self.old.api.server_variables, old),
            new: place(&self.new.api.server_variables, new),
            message,
            evidence: was.into_iter().chain(is).collect(),
        };
        self.add(found);
    }
}

/// The values that `others` do not have.
fn missing(values: &[String], others: &[String]) -> Vec<String> {
    let missing = values.iter().filter(|it| !others.contains(it));
    missing.cloned().collect()
}

/// The variables of both versions that belong together: those of the same words, and then those of the same name.
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

/// What an operation's server is without the values of its variables, if it has some.
pub(super) fn pattern(operation: &Operation, variables: &[ServerVariable]) -> Option<String> {
    let template = operation.template.as_ref()?;
    let pieces = template.pieces.iter().map(|piece| match piece {
        ServerPiece::Text(text) => text.clone(),
        ServerPiece::Variable(id) => format!("{{{}}}", variables[id.0].name),
    });
    Some(pieces.collect())
}

/// The path of an operation below a server that is called the same in both versions.
pub(super) fn path_below(operation: &Operation) -> &str {
    let prefix = operation.template.as_ref().map_or(0, |it| it.prefix);
    &operation.path[prefix..]
}
