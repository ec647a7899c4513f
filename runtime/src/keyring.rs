//! The credentials of a client, and which of an operation's alternatives they satisfy.

use std::collections::BTreeSet;

use crate::auth::{Authorization, CredentialSource};
use crate::error::{ConfigurationError, Error};
use crate::signing::{Alternatives, Credential, SignedWith};

/// The credentials of a client.
pub(crate) struct Keyring {
    /// The source of `Authorization`.
    pub(crate) source: Option<Box<dyn CredentialSource>>,
    /// Whether the source is the program's own: it may then return an API key instead.
    pub(crate) may_give_key: bool,
    pub(crate) keys: Keys,
}

/// The API keys of a client.
#[derive(Default)]
pub(crate) struct Keys {
    /// Keys by name.
    pub(crate) named: Vec<(String, Authorization)>,
    /// The key for any other name.
    pub(crate) other: Option<Authorization>,
    /// One key for every name, which only a mock has.
    pub(crate) stand_in: Option<Authorization>,
}

/// The kind of credentials that a source returns, as far as it is known.
#[derive(Clone, Copy)]
struct Gives {
    authorization: bool,
    key: bool,
}

/// The value for a credential.
#[derive(Clone, Copy)]
enum Slot<'k> {
    Key(&'k Authorization),
    /// The credentials from the source.
    Source,
}

impl Keyring {
    /// Returns the source, if a call that takes one of `alternatives` must ask it.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the client has no complete alternative. It names the builder's methods.
    pub(crate) fn source_for(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
    ) -> Result<Option<&dyn CredentialSource>, Error> {
        let slots = self.first(operation, alternatives, self.gives())?;
        let is_asked = slots.iter().any(|(_, it)| matches!(it, Slot::Source));
        Ok(self.source.as_deref().filter(|_| is_asked))
    }

    /// Returns where a call that takes one of `alternatives` sends the credentials.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the client has no complete alternative.
    #[cfg(feature = "cli")]
    pub(crate) fn places(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
    ) -> Result<Vec<Credential>, Error> {
        let slots = self.first(operation, alternatives, self.gives())?;
        Ok(slots
            .into_iter()
            .map(|(credential, _)| credential)
            .collect())
    }

    /// Returns the credentials to sign a call with: the first of `alternatives` that the client has completely, given
    /// what its source returned.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if there is none. It names the builder's methods.
    pub(crate) fn signed_with(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
        given: Option<&Authorization>,
    ) -> Result<SignedWith, Error> {
        let gives = Gives {
            authorization: given.is_some_and(|it| it.key().is_none()),
            key: given.is_some_and(|it| it.key().is_some()),
        };
        let slots = self.first(operation, alternatives, gives)?.into_iter();
        let credentials = slots.filter_map(|(credential, slot)| match slot {
            Slot::Key(key) => Some((credential, key.clone())),
            Slot::Source => given.map(|it| (credential, it.clone())),
        });
        Ok(SignedWith {
            credentials: credentials.collect(),
        })
    }

    /// What the source may return, before it is asked.
    fn gives(&self) -> Gives {
        Gives {
            authorization: self.source.is_some(),
            key: self.source.is_some() && self.may_give_key,
        }
    }

    /// Returns the credentials of the first of `alternatives` that is complete, each with its value.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if there is none. It names the builder's methods.
    fn first(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
        gives: Gives,
    ) -> Result<Vec<(Credential, Slot<'_>)>, Error> {
        let credentials = alternatives.iter().copied().flatten();
        let names: BTreeSet<&str> = credentials.filter_map(|it| it.name()).collect();
        let mut ways = Vec::new();
        for wanted in alternatives {
            match self.fill(wanted, gives) {
                Ok(slots) => return Ok(slots),
                Err(missing) => ways.push(methods(names.len() == 1, &missing)),
            }
        }
        ways.dedup();
        let problem = format!("{operation} requires credentials that the client does not have");
        let remedy = format!("call {} on the builder", ways.join(", or else "));
        Err(ConfigurationError::new(problem, remedy).into())
    }

    /// Finds the values for one alternative, or returns the credentials without one.
    fn fill(
        &self,
        wanted: &[Credential],
        gives: Gives,
    ) -> Result<Vec<(Credential, Slot<'_>)>, Vec<Credential>> {
        let (mut slots, mut missing) = (Vec::new(), Vec::new());
        for credential in wanted {
            match self.own(*credential, gives) {
                Some(slot) => slots.push((*credential, slot)),
                None => missing.push(*credential),
            }
        }
        // If two keys are missing, it is unclear which of them the unnamed key is for.
        let mut keys = missing.iter().filter(|it| it.name().is_some());
        if let (Some(only), None) = (keys.next().copied(), keys.next())
            && let Some(slot) = self.other(only, gives)
        {
            slots.push((only, slot));
            missing.retain(|it| *it != only);
        }
        match missing.is_empty() {
            true => Ok(slots),
            false => Err(missing),
        }
    }

    /// Returns the value for `credential` only.
    fn own(&self, credential: Credential, gives: Gives) -> Option<Slot<'_>> {
        let Some(name) = credential.name() else {
            return gives.authorization.then_some(Slot::Source);
        };
        let is_it = |other: &str| match credential {
            Credential::Header(_) => other.eq_ignore_ascii_case(name),
            Credential::Authorization | Credential::Query(_) | Credential::Cookie(_) => {
                other == name
            }
        };
        let named = self.keys.named.iter().find(|(it, _)| is_it(it));
        let key = named.map(|(_, key)| key).or(self.keys.stand_in.as_ref());
        key.map(Slot::Key)
    }

    /// Returns the value for the only key without its own.
    fn other(&self, credential: Credential, gives: Gives) -> Option<Slot<'_>> {
        let is_authorization = matches!(credential, Credential::Header(name) if name.eq_ignore_ascii_case("authorization"));
        match &self.keys.other {
            Some(key) => Some(Slot::Key(key)),
            None if gives.key || (is_authorization && gives.authorization) => Some(Slot::Source),
            None => None,
        }
    }
}

/// Lists the builder methods that set the missing credentials. Without `is_only_key`, the operation takes several.
fn methods(is_only_key: bool, missing: &[Credential]) -> String {
    let methods: Vec<String> = missing
        .iter()
        .map(|it| match it.name() {
            None => "`basic_auth`, `bearer_token` or `credential_source`".to_owned(),
            Some(_) if is_only_key => "`api_key`".to_owned(),
            Some(name) => format!("`api_key_named({name:?}, …)`"),
        })
        .collect();
    methods.join(" and ")
}
