//! Security: how callers sign in, and what each operation wants of them.

use super::compare::{Comparing, Found};
use super::operations::Both;
use super::rule::Rule;
use super::wording::{code, list};
use crate::api::{Operation, Requirement, SecurityScheme};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares what an operation wants of those who call it.
    pub(super) fn security(&mut self, both: Both<'_>) {
        let [old, new] = [both.old, both.new].map(alternatives);
        if old == new {
            return;
        }
        let is_enough = |had: &[Requirement]| new.iter().any(|wanted| is_met(wanted, had));
        let rule = if old.iter().all(|had| is_enough(had)) {
            Rule::SecurityWidened
        } else {
            Rule::SecurityChanged
        };
        let [old, new] =
            [old, new].map(|it| list(&it.iter().map(|it| words(it)).collect::<Vec<_>>()));
        let what = format!("accepts other ways to sign in: {old} → {new}");
        self.about(both, rule, &what, Vec::new());
    }

    /// Compares the ways to sign in that the document knows. `item` is what they are said of.
    pub(super) fn security_schemes(&mut self, item: &str) {
        let [old, new] = [self.old.api, self.new.api].map(|it| &it.security_schemes);
        let find = |list: &[(String, SecurityScheme)], name: &str| {
            let found = list.iter().find(|it| it.0 == name);
            found.map(|it| it.1.clone())
        };
        for (name, scheme) in old {
            match find(new, name) {
                None => {
                    let message = format!("the security scheme {} is gone", code(name));
                    self.scheme_found(item, name, Rule::SecuritySchemeRemoved, message);
                }
                Some(now) if now != *scheme => self.security_scheme(item, name, [scheme, &now]),
                Some(_) => {}
            }
        }
        for (name, _) in new {
            if find(old, name).is_none() {
                let message = format!("there is a security scheme {}", code(name));
                self.scheme_found(item, name, Rule::SecuritySchemeAdded, message);
            }
        }
    }

    /// Tells of a scheme that differs, and of scopes that are all that does.
    fn security_scheme(&mut self, item: &str, name: &str, [old, new]: [&SecurityScheme; 2]) {
        let subject = format!("the security scheme {}", code(name));
        let Some([had, has]) = scopes(old, new) else {
            let message = format!("{subject} works in another way");
            return self.scheme_found(item, name, Rule::SecuritySchemeChanged, message);
        };
        for scope in had.iter().filter(|it| !has.contains(it)) {
            let message = format!("{subject} no longer has the scope {}", code(scope));
            self.scheme_found(item, name, Rule::SecuritySchemeChanged, message);
        }
        for scope in has.iter().filter(|it| !had.contains(it)) {
            let message = format!("{subject} has the scope {}", code(scope));
            self.scheme_found(item, name, Rule::SecuritySchemeWidened, message);
        }
    }

    fn scheme_found(&mut self, item: &str, name: &str, rule: Rule, message: String) {
        let at = Pointer::root().key("components").key("securitySchemes");
        let at = Some(at.key(name));
        self.add(Found {
            rule,
            item: item.to_owned(),
            old: at.clone().filter(|_| rule != Rule::SecuritySchemeAdded),
            new: at.filter(|_| rule != Rule::SecuritySchemeRemoved),
            message,
            evidence: Vec::new(),
        });
    }
}

/// The ways to sign in to an operation, in an order of their own. To want nothing is one of them.
fn alternatives(operation: &Operation) -> Vec<Vec<Requirement>> {
    let mut alternatives = operation.security.clone();
    if alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    alternatives.iter_mut().for_each(|it| it.sort());
    alternatives.sort();
    alternatives
}

/// Whether those who have done `had` have done all that is `wanted`.
fn is_met(wanted: &[Requirement], had: &[Requirement]) -> bool {
    wanted.iter().all(|wanted| {
        let is_part = |had: &Requirement| wanted.scopes.iter().all(|it| had.scopes.contains(it));
        had.iter()
            .any(|had| had.scheme == wanted.scheme && is_part(had))
    })
}

/// A way to sign in: `oauth (read, write) and basic`.
fn words(alternative: &[Requirement]) -> String {
    let words = alternative.iter().map(|Requirement { scheme, scopes }| {
        if scopes.is_empty() {
            scheme.clone()
        } else {
            format!("{scheme} ({})", scopes.join(", "))
        }
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(" and ")
    }
}

/// The scopes of two schemes that are the same but for them; `None` if they are not.
fn scopes<'a>(old: &'a SecurityScheme, new: &'a SecurityScheme) -> Option<[&'a [String]; 2]> {
    match (old, new) {
        (
            SecurityScheme::ClientCredentials {
                token_url: was,
                scopes: had,
            },
            SecurityScheme::ClientCredentials {
                token_url: is,
                scopes: has,
            },
        ) => (was == is).then_some([had, has]),
        (
            SecurityScheme::Basic
            | SecurityScheme::Bearer
            | SecurityScheme::ClientCredentials { .. },
            _,
        ) => None,
    }
}
