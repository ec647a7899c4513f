//! An OAuth client, and who issues its tokens.

use super::ClientCredentials;
use super::endpoint::{Authentication, TokenEndpoint};
use super::token_request::TokenRequests;
use crate::auth::{CredentialSource, refuse_padded};
use crate::error::{ConfigurationError, Error};
use crate::hosts::Hosts;
use crate::origin;
use crate::vendor::{ClientCredentialsFlow, Vendor};

/// The id and the secret of an OAuth client as they were given, unchecked, and who issues its tokens.
#[derive(Clone)]
pub(crate) struct OAuthClient {
    id: String,
    secret: String,
    issuer: Issuer,
    authentications: &'static [Authentication],
    /// [`ClientCredentials::of`]. Because it is a pointer, programs that have no OAuth client do not contain it.
    source: NewSource,
}

/// What replaces the flow of a specification.
#[derive(Clone, Default)]
pub(crate) struct TokenSettings {
    pub(crate) token_url: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
}

/// [`OAuthClient::new`]. Because it is a pointer, programs without OAuth clients do not contain it.
pub(crate) type NewOAuthClient = fn(Issuer, String, String) -> OAuthClient;

type NewSource = fn(TokenEndpoint, TokenRequests) -> Box<dyn CredentialSource>;

/// Who issues the tokens of an OAuth client.
#[derive(Clone)]
pub(crate) enum Issuer {
    /// The token URL that the program gave.
    Url(String),
    /// A flow of the specification.
    Flow(&'static ClientCredentialsFlow),
    /// The only flow of the specification.
    OnlyFlow,
}

impl OAuthClient {
    /// Every endpoint must support HTTP Basic authentication (RFC 6749 §2.3.1), but some only know the other way.
    pub(crate) fn new(issuer: Issuer, id: String, secret: String) -> Self {
        Self {
            id,
            secret,
            issuer,
            authentications: &[Authentication::Basic, Authentication::Body],
            source: ClientCredentials::of,
        }
    }

    /// Sends the id and the secret only in the body.
    pub(crate) fn in_body(self) -> Self {
        Self {
            authentications: &[Authentication::Body],
            ..self
        }
    }

    /// Returns the source of its tokens. `scopes` replace those of the specification.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an id, a secret, a scope or a URL that cannot be sent or used.
    pub(crate) fn source(
        &self,
        settings: &TokenSettings,
        hosts: &Hosts,
        requests: TokenRequests,
    ) -> Result<Box<dyn CredentialSource>, Error> {
        self.check()?;
        let of_flow = |flow: &'static ClientCredentialsFlow| {
            let url = match &settings.token_url {
                Some(url) => origin::token_url(url)?,
                None => hosts.token_url(flow)?,
            };
            Ok::<_, Error>((url, flow.scopes))
        };
        let (url, own_scopes) = match &self.issuer {
            Issuer::Url(url) => (origin::token_url(url)?, [].as_slice()),
            Issuer::Flow(flow) => of_flow(flow)?,
            Issuer::OnlyFlow => of_flow(only_flow(requests.vendor)?)?,
        };
        hosts.check_scheme(&url)?;
        let endpoint = TokenEndpoint {
            url,
            client_id: self.id.clone(),
            client_secret: self.secret.clone(),
            scope: match &settings.scopes {
                Some(scopes) => joined(scopes)?,
                None => own_scopes.join(" "),
            },
            authentications: self.authentications,
        };
        Ok((self.source)(endpoint, requests))
    }

    /// Checks the id and the secret.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if one of them is empty, has white space around it or contains a control
    /// character.
    fn check(&self) -> Result<(), Error> {
        for (what, value) in [("client id", &self.id), ("client secret", &self.secret)] {
            refuse_padded(what, value)?;
            if value.is_empty() || value.contains(char::is_control) {
                let problem = format!("the {what} is empty or contains a control character");
                let remedy = "give it as it was issued";
                return Err(ConfigurationError::new(problem, remedy).into());
            }
        }
        Ok(())
    }
}

/// Returns the only client credentials flow of the specification.
fn only_flow(vendor: &Vendor) -> Result<&'static ClientCredentialsFlow, Error> {
    let flows = vendor.environment.flows();
    let problem = match flows.as_slice() {
        [only] => return Ok(only),
        [] => "the specification has no token URL",
        [..] => "the specification has several token URLs",
    };
    let remedy = "call `client_credentials` with one";
    Err(ConfigurationError::new(problem.to_owned(), remedy).into())
}

/// Joins scopes (RFC 6749 §3.3).
fn joined(scopes: &[String]) -> Result<String, Error> {
    let fits = |it: u8| it.is_ascii_graphic() && !matches!(it, b'"' | b'\\');
    if scopes
        .iter()
        .all(|it| !it.is_empty() && it.bytes().all(fits))
    {
        return Ok(scopes.join(" "));
    }
    let problem = "a scope is empty or contains a character that no scope has".to_owned();
    Err(ConfigurationError::new(problem, "give each scope on its own").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_id_and_secret_is_rejected_and_not_shown() {
        let client = |id: &str, secret: &str| {
            OAuthClient::new(Issuer::OnlyFlow, id.to_owned(), secret.to_owned())
        };
        for padded in [
            "hunter2\n",
            "hunter2\r\n",
            " hunter2",
            "hunter2\t",
            "hunter2\u{a0}",
            "\u{feff}hunter2",
            " ",
        ] {
            for (what, client) in [
                ("client id", client(padded, "s")),
                ("client secret", client("id", padded)),
            ] {
                let text = client.check().unwrap_err().to_string();
                let expected = format!("the {what} has white space around it");
                assert!(
                    text.contains(&expected) && !text.contains("hunter2"),
                    "{text}"
                );
            }
        }
    }
}
