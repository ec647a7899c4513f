//! Compares security schemes, and the security requirements of operations.

use super::compare::{Comparing, RuleMatch};
use super::operations::Both;
use super::repeated::CommonChange;
use super::rule::Rule;
use super::servers::is_same_url;
use super::wording::{code, list};
use crate::api::{KeyLocation, Operation, Requirement, SecurityScheme};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares the security requirements of an operation.
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
        let change = CommonChange {
            rule,
            field: "security",
            verbs: ["accepts", "accept"],
        };
        let what = format!("other ways to sign in: {old} → {new}");
        self.about_common(both, change, what);
    }

    /// Compares the security schemes of the document.
    pub(super) fn security_schemes(&mut self) {
        let [old, new] = [self.old.api, self.new.api].map(|it| &it.security_schemes);
        let pairs = pairs(old, new);
        for scheme in &pairs {
            let [was, is] = [&scheme.old.0, &scheme.new.0];
            if was != is {
                let [was, is] = [was, is].map(|it| code(it));
                let message = format!("the security scheme {was} was renamed to {is}");
                self.scheme_found(scheme.names(), Rule::SecuritySchemeRenamed, message);
            }
            self.security_scheme(scheme);
        }
        for (name, _) in old {
            if pairs.iter().all(|it| it.old.0 != *name) {
                let message = format!("the security scheme {} was removed", code(name));
                self.scheme_found([Some(name), None], Rule::SecuritySchemeRemoved, message);
            }
        }
        for (name, _) in new {
            if pairs.iter().all(|it| it.new.0 != *name) {
                let message = format!("the security scheme {} was added", code(name));
                self.scheme_found([None, Some(name)], Rule::SecuritySchemeAdded, message);
            }
        }
    }

    /// Adds the differences of a scheme, or else those of its scopes.
    fn security_scheme(&mut self, pair: &Pair<'_>) {
        let names = pair.names();
        let subject = format!("the security scheme {}", code(&pair.new.0));
        if !is_alike(pair.old, pair.new) {
            let [was, is] = [pair.old, pair.new].map(|it| token_url(&it.1).map(code));
            let message = match was.zip(is) {
                Some((was, is)) => format!("{subject} has a different token URL: {was} → {is}"),
                None => format!("{subject} works differently"),
            };
            return self.scheme_found(names, Rule::SecuritySchemeChanged, message);
        }
        if token_url(&pair.old.1) != token_url(&pair.new.1) {
            let message = format!("{subject} spells its token URL differently");
            self.scheme_found(names, Rule::ServerRespelled, message);
        }
        self.token_sources(pair, &subject);
        let [had, has] = [pair.old, pair.new].map(|it| scopes(&it.1));
        for scope in had.iter().filter(|it| !has.contains(it)) {
            let message = format!("{subject} no longer has the scope {}", code(scope));
            self.scheme_found(names, Rule::SecuritySchemeChanged, message);
        }
        for scope in has.iter().filter(|it| !had.contains(it)) {
            let message = format!("{subject} now has the scope {}", code(scope));
            self.scheme_found(names, Rule::SecuritySchemeWidened, message);
        }
    }

    /// Compares the URLs where callers obtain tokens themselves.
    fn token_sources(&mut self, pair: &Pair<'_>, subject: &str) {
        let [had, has] = [pair.old, pair.new].map(|it| token_sources(&it.1));
        let names = pair.names();
        for (what, url) in had {
            let now = has.iter().find(|(it, _)| it == what);
            let (rule, message) = match now {
                Some((_, now)) if now == url => continue,
                Some((_, now)) if is_same_url(url, now) => {
                    let message = format!("{subject} spells its {what} differently");
                    (Rule::ServerRespelled, message)
                }
                Some((_, now)) => {
                    let [url, now] = [url, now].map(|it| code(it));
                    let message = format!("{subject} has a different {what}: {url} → {now}");
                    (Rule::SecuritySchemeChanged, message)
                }
                None => {
                    let message = format!("{subject} no longer has the {what}");
                    (Rule::SecuritySchemeChanged, message)
                }
            };
            self.scheme_found(names, rule, message);
        }
        for (what, _) in has {
            if had.iter().all(|(it, _)| it != what) {
                let message = format!("{subject} now has the {what}");
                self.scheme_found(names, Rule::SecuritySchemeWidened, message);
            }
        }
    }

    /// Adds a change of a scheme, given its old and new names.
    fn scheme_found(&mut self, names: [Option<&str>; 2], rule: Rule, message: String) {
        let at = Pointer::root().key("components").key("securitySchemes");
        self.add(RuleMatch {
            rule,
            item: self.new.module_path(),
            at: names.map(|it| it.map(|name| at.key(name))),
            message,
            evidence: Vec::new(),
        });
    }
}

/// A security scheme with its name.
type Named = (String, SecurityScheme);

/// A security scheme in both versions.
struct Pair<'a> {
    old: &'a Named,
    new: &'a Named,
}

impl<'a> Pair<'a> {
    fn names(&self) -> [Option<&'a str>; 2] {
        [Some(&self.old.0), Some(&self.new.0)]
    }
}

/// Returns the alternatives of an operation in a fixed order, with schemes renamed by `name`. No credentials at all is one
/// of them.
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

/// Returns whether callers that satisfy `had` satisfy `wanted`.
fn is_met(wanted: &[Requirement], had: &[Requirement]) -> bool {
    wanted.iter().all(|wanted| {
        let is_part = |had: &Requirement| wanted.scopes.iter().all(|it| had.scopes.contains(it));
        had.iter()
            .any(|had| had.scheme == wanted.scheme && is_part(had))
    })
}

/// Describes an alternative: `oauth (read, write) and basic`.
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

/// Pairs schemes: first those with the same name that work alike, then those of any name that work alike, then those with
/// the same name. Several may have become one.
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

/// Returns whether two schemes are the same except for their names and scopes.
fn is_alike((_, old): &Named, (_, new): &Named) -> bool {
    match old {
        SecurityScheme::Basic | SecurityScheme::ClientCertificate => old == new,
        SecurityScheme::Bearer { .. } => matches!(new, SecurityScheme::Bearer { .. }),
        SecurityScheme::Http(was) => {
            matches!(new, SecurityScheme::Http(is) if was.eq_ignore_ascii_case(is))
        }
        SecurityScheme::ClientCredentials { token_url: was, .. } => {
            token_url(new).is_some_and(|is| is_same_url(was, is))
        }
        SecurityScheme::ApiKey {
            location,
            name: was,
        } => matches!(
            new,
            SecurityScheme::ApiKey { location: new_location, name: is }
                if location == new_location && is_same_key(*location, [was, is])
        ),
    }
}

/// Returns whether two names of API keys in the same part of a request are one. Header names are case-insensitive
/// (RFC 9110 §5.1).
fn is_same_key(location: KeyLocation, [was, is]: [&str; 2]) -> bool {
    match location {
        KeyLocation::Header => was.eq_ignore_ascii_case(is),
        KeyLocation::Query | KeyLocation::Cookie => was == is,
    }
}

/// Returns the token URL of a scheme.
fn token_url(scheme: &SecurityScheme) -> Option<&str> {
    if let SecurityScheme::ClientCredentials { token_url, .. } = scheme {
        Some(token_url)
    } else {
        None
    }
}

/// Returns the URLs where callers obtain tokens themselves, each with its purpose.
fn token_sources(scheme: &SecurityScheme) -> &[(String, String)] {
    if let SecurityScheme::Bearer { urls } = scheme {
        urls
    } else {
        &[]
    }
}

/// Returns the scopes of a scheme.
fn scopes(scheme: &SecurityScheme) -> &[String] {
    if let SecurityScheme::ClientCredentials { scopes, .. } = scheme {
        scopes
    } else {
        &[]
    }
}
