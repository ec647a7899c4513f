//! Security: how callers sign in, and what each operation wants of them.

use super::compare::{Comparing, Found};
use super::operations::Both;
use super::rule::Rule;
use super::servers::is_same_url;
use super::wording::{code, list};
use crate::api::{Operation, Requirement, SecurityScheme};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares what an operation wants of those who call it.
    pub(super) fn security(&mut self, both: Both<'_>) {
        let [old, new] = [self.old.api, self.new.api].map(|it| &it.security_schemes);
        let pairs = pairs(old, new);
        let now = |name: &String| {
            let pair = pairs.iter().find(|it| it.old.0 == *name);
            pair.map_or_else(|| name.clone(), |it| it.new.0.clone())
        };
        let old = alternatives(both.old, now);
        let new = alternatives(both.new, String::clone);
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
        let pairs = pairs(old, new);
        for scheme in &pairs {
            let (was, is) = scheme.names();
            if was != is {
                let message = format!("the security scheme {} is called {}", code(was), code(is));
                self.scheme_found(
                    item,
                    (Some(was), Some(is)),
                    Rule::SecuritySchemeRenamed,
                    message,
                );
            }
            self.security_scheme(item, scheme);
        }
        for (name, _) in old {
            if pairs.iter().all(|it| it.old.0 != *name) {
                let message = format!("the security scheme {} is gone", code(name));
                self.scheme_found(
                    item,
                    (Some(name), None),
                    Rule::SecuritySchemeRemoved,
                    message,
                );
            }
        }
        for (name, _) in new {
            if pairs.iter().all(|it| it.new.0 != *name) {
                let message = format!("there is a security scheme {}", code(name));
                self.scheme_found(item, (None, Some(name)), Rule::SecuritySchemeAdded, message);
            }
        }
    }

    /// Tells of a scheme that differs, and of scopes that are all that does.
    fn security_scheme(&mut self, item: &str, pair: &Pair<'_>) {
        let (was, is) = pair.names();
        let names = (Some(was), Some(is));
        let subject = format!("the security scheme {}", code(is));
        if !is_alike(pair.old, pair.new) {
            let message = format!("{subject} works in another way");
            return self.scheme_found(item, names, Rule::SecuritySchemeChanged, message);
        }
        if token_url(&pair.old.1) != token_url(&pair.new.1) {
            let message = format!("{subject} writes the URL of its tokens in another way");
            self.scheme_found(item, names, Rule::ServerRespelled, message);
        }
        self.token_sources(item, pair, &subject);
        let [had, has] = [pair.old, pair.new].map(|it| scopes(&it.1));
        for scope in had.iter().filter(|it| !has.contains(it)) {
            let message = format!("{subject} no longer has the scope {}", code(scope));
            self.scheme_found(item, names, Rule::SecuritySchemeChanged, message);
        }
        for scope in has.iter().filter(|it| !had.contains(it)) {
            let message = format!("{subject} has the scope {}", code(scope));
            self.scheme_found(item, names, Rule::SecuritySchemeWidened, message);
        }
    }

    /// Compares the URLs where callers get the tokens that they bring.
    fn token_sources(&mut self, item: &str, pair: &Pair<'_>, subject: &str) {
        let [had, has] = [pair.old, pair.new].map(|it| token_sources(&it.1));
        let (was, is) = pair.names();
        let names = (Some(was), Some(is));
        for (what, url) in had {
            let now = has.iter().find(|(it, _)| it == what);
            let (rule, message) = match now {
                Some((_, now)) if now == url => continue,
                Some((_, now)) if is_same_url(url, now) => {
                    let message = format!("{subject} writes its {what} in another way");
                    (Rule::ServerRespelled, message)
                }
                Some((_, now)) => {
                    let [url, now] = [url, now].map(|it| code(it));
                    let message = format!("{subject} has another {what}: {url} → {now}");
                    (Rule::SecuritySchemeChanged, message)
                }
                None => {
                    let message = format!("{subject} no longer has the {what}");
                    (Rule::SecuritySchemeChanged, message)
                }
            };
            self.scheme_found(item, names, rule, message);
        }
        for (what, _) in has {
            if had.iter().all(|(it, _)| it != what) {
                let message = format!("{subject} has the {what}");
                self.scheme_found(item, names, Rule::SecuritySchemeWidened, message);
            }
        }
    }

    /// Adds a finding about a scheme, given what the old and the new document call it.
    fn scheme_found(
        &mut self,
        item: &str,
        (was, is): (Option<&str>, Option<&str>),
        rule: Rule,
        message: String,
    ) {
        let at = Pointer::root().key("components").key("securitySchemes");
        self.add(Found {
            rule,
            item: item.to_owned(),
            old: was.map(|name| at.key(name)),
            new: is.map(|name| at.key(name)),
            message,
            evidence: Vec::new(),
        });
    }
}

/// A scheme with its name.
type Named = (String, SecurityScheme);

/// A scheme of both versions.
struct Pair<'a> {
    old: &'a Named,
    new: &'a Named,
}

impl<'a> Pair<'a> {
    fn names(&self) -> (&'a str, &'a str) {
        (&self.old.0, &self.new.0)
    }
}

/// The ways to sign in to an operation, in an order of their own, their schemes called as `name` says. To want nothing
/// is one of them.
fn alternatives(operation: &Operation, name: impl Fn(&String) -> String) -> Vec<Vec<Requirement>> {
    let mut alternatives = operation.security.clone();
    if alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    for requirements in &mut alternatives {
        requirements
            .iter_mut()
            .for_each(|it| it.scheme = name(&it.scheme));
        requirements.sort();
        requirements.dedup();
    }
    alternatives.sort();
    alternatives.dedup();
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

/// The schemes that belong together: of one name, if they work in the same way, else of any name if they do, else of
/// one name. Several may have become one.
fn pairs<'a>(old: &'a [Named], new: &'a [Named]) -> Vec<Pair<'a>> {
    let is_kept = |new: &Named| old.iter().any(|it| it.0 == new.0 && is_alike(it, new));
    let pair = |scheme: &Named| -> Option<&'a Named> {
        let find = |is_it: &dyn Fn(&Named) -> bool| new.iter().find(|it| is_it(it));
        find(&|it| it.0 == scheme.0 && is_alike(scheme, it))
            .or_else(|| find(&|it| is_alike(scheme, it) && !is_kept(it)))
            .or_else(|| find(&|it| is_alike(scheme, it)))
            .or_else(|| find(&|it| it.0 == scheme.0 && !is_kept(it)))
    };
    let pairs = old.iter().filter_map(|old| {
        let new = pair(old)?;
        Some(Pair { old, new })
    });
    pairs.collect()
}

/// Whether two schemes are the same but for their names and their scopes.
fn is_alike(old: &Named, new: &Named) -> bool {
    match (&old.1, &new.1) {
        (SecurityScheme::Basic, SecurityScheme::Basic)
        | (SecurityScheme::Bearer { .. }, SecurityScheme::Bearer { .. }) => true,
        (SecurityScheme::Http(was), SecurityScheme::Http(is)) => was.eq_ignore_ascii_case(is),
        (
            SecurityScheme::ClientCredentials { token_url: was, .. },
            SecurityScheme::ClientCredentials { token_url: is, .. },
        ) => is_same_url(was, is),
        (
            SecurityScheme::ApiKey {
                location: was,
                name: was_called,
            },
            SecurityScheme::ApiKey {
                location: is,
                name: is_called,
            },
        ) => was == is && was_called == is_called,
        (
            SecurityScheme::Basic
            | SecurityScheme::Bearer { .. }
            | SecurityScheme::ClientCredentials { .. }
            | SecurityScheme::ApiKey { .. }
            | SecurityScheme::Http(_),
            _,
        ) => false,
    }
}

/// Where the tokens of a scheme are issued.
fn token_url(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::ClientCredentials { token_url, .. } => Some(token_url),
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ApiKey { .. }
        | SecurityScheme::Http(_) => None,
    }
}

/// The URLs where callers get the tokens that they bring, each with what it is for.
fn token_sources(scheme: &SecurityScheme) -> &[(String, String)] {
    match scheme {
        SecurityScheme::Bearer { urls } => urls,
        SecurityScheme::Basic
        | SecurityScheme::ClientCredentials { .. }
        | SecurityScheme::ApiKey { .. }
        | SecurityScheme::Http(_) => &[],
    }
}

/// The scopes that a scheme knows.
fn scopes(scheme: &SecurityScheme) -> &[String] {
    match scheme {
        SecurityScheme::ClientCredentials { scopes, .. } => scopes,
        SecurityScheme::Basic
        | SecurityScheme::Bearer { .. }
        | SecurityScheme::ApiKey { .. }
        | SecurityScheme::Http(_) => &[],
    }
}
