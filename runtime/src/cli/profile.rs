//! Profiles: saved credentials and servers, by name.

mod commands;
mod folder;
mod kind;
mod store;

use std::fmt;

use clap::ArgMatches;

pub(super) use self::commands::{PROFILE, parser, run};
pub(super) use self::kind::{ProfileKind, kinds};
pub(super) use self::store::Store;
use super::exit::Failure;
use super::location::Location;
use super::{object, texts, variable_of};
use crate::environment::{PROCESS, variable};
use crate::json::Node;
use crate::vendor::{Environment, Vendor};

/// The credentials and servers of a user.
pub(super) struct Profile {
    /// The name of the way to sign in.
    kind: String,
    /// The values by variable name.
    variables: Vec<(String, String)>,
    pub(super) location: Location,
}

/// Redacts the values.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.variables.iter().map(|(name, _)| name).collect();
        f.debug_struct("Profile")
            .field("kind", &self.kind)
            .field("variables", &names)
            .finish_non_exhaustive()
    }
}

impl Profile {
    /// Returns the value of a variable.
    pub(super) fn value(&self, variable: &str) -> Option<String> {
        let found = self.variables.iter().find(|(it, _)| it == variable);
        found.map(|(_, value)| value.clone())
    }

    /// Returns the way to sign in for which the profile has all values.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] if there is none.
    pub(super) fn kind(&self, vendor: &Vendor) -> Result<ProfileKind, Failure> {
        let kind = kinds(vendor).into_iter().find(|it| it.name == self.kind);
        let kind = kind.ok_or_else(|| {
            Failure::Profiles(format!(
                "the profile is of an unknown kind, `{}`",
                self.kind
            ))
        })?;
        let mut variables = kind.variables.iter();
        match variables.find(|it| self.value(it.name).is_none_or(|it| it.is_empty())) {
            Some(missing) => Err(Failure::Profiles(format!(
                "the profile does not have {}",
                missing.name
            ))),
            None => Ok(kind),
        }
    }

    /// Parses the result of [`node`](Self::node).
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the profile, without its values.
    fn of(node: &Node) -> Result<Self, &'static str> {
        let kind = node.member("kind").and_then(Node::text);
        let variables = node.member("variables").and_then(texts);
        Ok(Self {
            kind: kind.ok_or("has no text `kind`")?.to_owned(),
            variables: variables.ok_or("has no object `variables` with texts")?,
            location: Location::of(node).ok_or("has an option that is not a text")?,
        })
    }

    fn node(&self) -> Node {
        let mut members = vec![("kind".to_owned(), Node::Text(self.kind.clone()))];
        members.extend(self.location.members());
        members.push(("variables".to_owned(), object(&self.variables)));
        Node::Object(members)
    }
}

/// All profiles of a user by name, and the default one.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    /// The default that the user chose, or the first profile that was added.
    used: Option<String>,
    profiles: Vec<(String, Profile)>,
}

impl Profiles {
    /// Parses the result of [`node`](Self::node).
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the file, without any value.
    fn of(node: &Node) -> Result<Self, String> {
        let profiles = node.member("profiles").and_then(Node::members);
        let profiles = profiles.ok_or("it has no object `profiles`")?.iter();
        let profiles = profiles.map(|(name, it)| {
            let profile = Profile::of(it);
            let profile = profile.map_err(|problem| format!("the profile `{name}` {problem}"))?;
            Ok((name.clone(), profile))
        });
        Ok(Self {
            used: node.member("used").and_then(Node::text).map(str::to_owned),
            profiles: profiles.collect::<Result<_, String>>()?,
        })
    }

    fn node(&self) -> Node {
        let profiles = self.profiles.iter();
        let profiles = profiles.map(|(name, it)| (name.clone(), it.node()));
        let used = self.used.clone().map_or(Node::Null, Node::Text);
        Node::Object(vec![
            ("used".to_owned(), used),
            ("profiles".to_owned(), Node::Object(profiles.collect())),
        ])
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.profiles.iter().position(|(it, _)| it == name)
    }

    /// Returns the name of the default profile: the one that the user chose, or else the first that is left.
    fn default_name(&self) -> Option<&str> {
        let chosen = self
            .used
            .as_deref()
            .filter(|it| self.position(it).is_some());
        chosen.or_else(|| self.profiles.first().map(|(name, _)| name.as_str()))
    }

    /// Returns the names in a text; `None` if there are no profiles.
    fn names(&self) -> Option<String> {
        let names = self.profiles.iter().map(|(it, _)| format!("`{it}`"));
        let names = names.collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then_some(names)
    }

    fn take(mut self, name: &str) -> Option<Profile> {
        let index = self.position(name)?;
        Some(self.profiles.swap_remove(index).1)
    }

    /// Returns the error for an unknown profile name.
    fn unknown(&self, name: &str) -> String {
        match self.names() {
            None => format!("there is no profile `{name}`, and no other"),
            Some(names) => format!("there is no profile `{name}`; there is {names}"),
        }
    }
}

/// Returns the profile for a call: the one that an option or else a variable names, or the default one if the
/// environment has no credentials. `None` means to use the environment.
///
/// # Errors
///
/// Returns [`Failure::Profiles`] if it cannot be read, or does not exist although it was named.
pub(super) fn chosen(
    program: &str,
    vendor: &Vendor,
    options: &ArgMatches,
) -> Result<Option<Profile>, Failure> {
    let read = |name: &str| variable(name, PROCESS);
    let usage = |error: crate::Error| Failure::Usage(error.to_string());
    let named = match options.get_one::<String>("profile") {
        Some(name) => Some(name.clone()),
        None => read(&variable_of(program, "PROFILE")).map_err(usage)?,
    };
    if let Some(name) = named {
        let profiles = Store::required(program)?.read()?;
        let problem = profiles.unknown(&name);
        let profile = profiles.take(&name);
        return profile.map(Some).ok_or(Failure::Profiles(problem));
    }
    if holds_any(&vendor.environment) {
        return Ok(None);
    }
    let profiles = Store::of(program).map(|it| it.read()).transpose()?;
    let used = profiles.and_then(|it| {
        let name = it.default_name()?.to_owned();
        it.take(&name)
    });
    Ok(used)
}

/// Returns what a user who is not signed in can do: choose one of the profiles, or add the first.
pub(super) fn remedy(program: &str) -> String {
    // A file that cannot be read is not what the message is about.
    let profiles = Store::of(program).and_then(|it| it.read().ok());
    match profiles.and_then(|it| it.names()) {
        Some(names) => format!("choose a profile with --profile: {names}"),
        None => format!("save them with `{program} profile add`"),
    }
}

/// Returns whether any of the environment variables is set. An incomplete set is an error, rather than ignored.
fn holds_any(environment: &Environment) -> bool {
    let credentials = environment.ways.iter().flat_map(|it| it.iter());
    let mut variables = credentials.flat_map(|it| it.variables());
    variables.any(|it| std::env::var_os(it).is_some_and(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_redacts_values() {
        let profile = Profile {
            kind: "api-key".to_owned(),
            variables: vec![("SHOP_TOKEN".to_owned(), "hunter2".to_owned())],
            location: Location::default(),
        };
        let shown = format!("{profile:?} {profile:#?}");
        assert!(shown.contains("SHOP_TOKEN"), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
