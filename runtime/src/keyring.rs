//! What a client has to sign in with, and which of an operation's alternatives that is enough for.

use crate::auth::{Authorization, CredentialSource};
use crate::error::{ConfigurationError, Error};
use crate::signing::{Alternatives, Credential, SignedWith};

/// What a client has to sign in with.
pub(crate) struct Keyring {
    /// What gives `Authorization`.
    pub(crate) source: Option<Box<dyn CredentialSource>>,
    /// Whether the source is the program's own: it may give an API key instead.
    pub(crate) may_give_key: bool,
    pub(crate) keys: Keys,
}

/// The API keys of a client.
#[derive(Default)]
pub(crate) struct Keys {
    /// Those for one name each.
    pub(crate) named: Vec<(String, Authorization)>,
    /// The one for any other name.
    pub(crate) other: Option<Authorization>,
    /// One for all names at once, as no service has it: a mock's.
    pub(crate) stand_in: Option<Authorization>,
}

/// What a source gives, as far as that is known.
#[derive(Clone, Copy)]
struct Gives {
    authorization: bool,
    key: bool,
}

/// What takes the place of a credential.
#[derive(Clone, Copy)]
enum Slot<'k> {
    Key(&'k Authorization),
    /// What the source gives.
    Source,
}

impl Keyring {
    /// Returns the source, if it has to be asked for a call that takes one of `alternatives`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the client has not all of any alternative. It names the builder's methods.
    pub(crate) fn source_for(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
    ) -> Result<Option<&dyn CredentialSource>, Error> {
        let gives = Gives {
            authorization: self.source.is_some(),
            key: self.source.is_some() && self.may_give_key,
        };
        let slots = self.first(operation, alternatives, gives)?;
        let is_asked = slots.iter().any(|(_, it)| matches!(it, Slot::Source));
        Ok(self.source.as_deref().filter(|_| is_asked))
    }

    /// Returns where the credentials go of a call that takes one of `alternatives`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the client has not all of any alternative.
    #[cfg(feature = "cli")]
    pub(crate) fn places(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
    ) -> Result<Vec<Credential>, Error> {
        let gives = Gives {
            authorization: self.source.is_some(),
            key: self.source.is_some() && self.may_give_key,
        };
        let slots = self.first(operation, alternatives, gives)?;
        Ok(slots
            .into_iter()
            .map(|(credential, _)| credential)
            .collect())
    }

    /// Returns what a call is signed with: the first of `alternatives` that the client has all of, given what its source
    /// gave.
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

    fn first(
        &self,
        operation: &'static str,
        alternatives: Alternatives,
        gives: Gives,
    ) -> Result<Vec<(Credential, Slot<'_>)>, Error> {
        let mut ways = Vec::new();
        for wanted in alternatives {
            match self.fill(wanted, gives) {
                Ok(slots) => return Ok(slots),
                Err(missing) => ways.push(methods(wanted, &missing)),
            }
        }
        let problem = format!("{operation} takes credentials that the client does not have");
        let remedy = format!("call {} on the builder", ways.join(", or else "));
        Err(ConfigurationError::new(problem, remedy).into())
    }

    /// Fills the places of one alternative, or returns those for which there is nothing.
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
        // Where two keys are left, nothing says which of them the key without a name is.
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

    /// What is for `credential` and for no other.
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

    /// What is for the only key that has none of its own.
    fn other(&self, credential: Credential, gives: Gives) -> Option<Slot<'_>> {
        let is_authorization = matches!(credential, Credential::Header(name) if name.eq_ignore_ascii_case("authorization"));
        match &self.keys.other {
            Some(key) => Some(Slot::Key(key)),
            None if gives.key || (is_authorization && gives.authorization) => Some(Slot::Source),
            None => None,
        }
    }
}

/// The methods of the builder that set what is missing of `wanted`.
fn methods(wanted: &[Credential], missing: &[Credential]) -> String {
    let is_only_key = wanted.iter().filter(|it| it.name().is_some()).count() == 1;
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
