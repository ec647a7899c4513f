//! Builds the client from options, a profile and the environment.

use clap::ArgMatches;

use super::exit::Failure;
use super::location::Location;
use super::profile::{self, Profile, ProfileKind};
use super::stderr;
use super::table::{Command, CommandLine};
use super::{request_header, request_limits};
use crate::builder::ClientBuilder;
use crate::client::{ApiClient, Client};
use crate::client_credentials::OAuthClient;
use crate::environment::PROCESS;
use crate::error::Error;
use crate::finished_request::{FinishedRequest, LogRequest};
use crate::vendor::Vendor;

/// The name and value of a key that no operation takes: a client without any credentials cannot be built.
const NO_KEY: &str = "none";

/// The conventions of the command line's client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conventions {
    pub(crate) vendor: &'static Vendor,
    log: LogRequest,
}

impl Conventions {
    pub(crate) fn of<C: ApiClient>() -> Self {
        Self {
            vendor: C::VENDOR,
            log: C::LOG,
        }
    }

    /// Builds the client for commands, at least one of which it must be able to call.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::NotSignedIn`] without credentials that the commands require, [`Failure::Profiles`] for an
    /// unusable profile, and [`Failure::Usage`] for invalid settings.
    pub(crate) fn client(
        &self,
        line: &CommandLine,
        commands: &[&Command],
        options: &ArgMatches,
    ) -> Result<Client, Failure> {
        let profile = profile::chosen(line.name, self.vendor, options)?;
        let kind = profile
            .as_ref()
            .map(|it| it.kind(self.vendor))
            .transpose()?;
        let is_dry = options.get_flag("dry-run");
        let builder = ClientBuilder::new();
        let signed_in = self.signed_in(builder.clone(), profile.as_ref().zip(kind.as_ref()));
        let mut problem = None;
        let builder = match signed_in {
            Ok(builder) => builder,
            // Some calls need no credentials.
            Err(_) if commands.iter().any(|it| self.needs_nothing(it)) => builder,
            // Neither does a dry run.
            Err(error) if is_dry => {
                problem = Some(not_signed_in(line, &error));
                builder.api_key_named(NO_KEY, NO_KEY)
            }
            Err(error) => return Err(not_signed_in(line, &error)),
        };
        let given = Location::given(options, self.vendor)?;
        let kept = profile.map(|it| it.location).unwrap_or_default();
        let base_url = given.base_url.as_ref().or(kept.base_url.as_ref());
        given.warn(
            kind.and_then(|it| it.company()),
            base_url.map(String::as_str),
        );
        let usage = |error: Error| Failure::Usage(error.to_string());
        let environment = Location::of_environment(self.vendor).map_err(usage)?;
        let builder = given.or(kept).or(environment).set(builder, self.vendor);
        let headers = request_header::given(options);
        let builder = headers.fold(builder, |it, (name, value)| it.default_header(name, value));
        let builder = request_limits::set(builder, options);
        let log = match options.get_flag("verbose") {
            true => tell_of,
            false => self.log,
        };
        let builder = builder.user_agent(format!("{}/{}", line.name, line.version));
        let client = builder.build_for(self.vendor, log).map_err(usage)?;
        let signed_in = commands.iter().map(|it| self.check(&client, it));
        match signed_in.reduce(Result::or) {
            Some(Err(error)) if is_dry => {
                let problem = problem.unwrap_or(error);
                stderr::tell(format_args!("warning: {}", problem.message()));
            }
            Some(Err(error)) => return Err(error),
            Some(Ok(())) | None => {}
        }
        Ok(client)
    }

    /// Checks whether a client has the credentials that a command requires.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::NotSignedIn`] if it does not.
    pub(crate) fn check(&self, client: &Client, command: &Command) -> Result<(), Failure> {
        let keyring = &client.shared().keyring;
        match keyring.places(command.operation.id, command.alternatives()) {
            Err(error) if !self.needs_nothing(command) => {
                Err(Failure::NotSignedIn(error.to_string()))
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Signs in with a profile, or with the environment.
    fn signed_in(
        &self,
        builder: ClientBuilder,
        profile: Option<(&Profile, &ProfileKind)>,
    ) -> Result<ClientBuilder, Error> {
        match profile {
            Some((profile, kind)) => kind.sign_in(builder, self.vendor, |it| profile.value(it)),
            None => {
                let environment = &self.vendor.environment;
                builder.credentials_from(environment, Some(OAuthClient::new), PROCESS)
            }
        }
    }

    /// Returns whether a command can be called without credentials.
    fn needs_nothing(&self, command: &Command) -> bool {
        let is_enough = command.alternatives().iter().any(|it| it.is_empty());
        is_enough || (!self.vendor.needs_credentials && command.credentials.is_none())
    }
}

fn not_signed_in(line: &CommandLine, error: &Error) -> Failure {
    let remedy = profile::remedy(line.name);
    Failure::NotSignedIn(format!("{error}, or {remedy}"))
}

/// Reports a request to the user.
fn tell_of(request: &FinishedRequest<'_>) {
    let FinishedRequest {
        operation,
        method,
        host,
        status,
        request_id,
        attempts,
        elapsed,
    } = *request;
    let status = status.map_or("no response".to_owned(), |it| it.to_string());
    let attempts = match attempts {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    let id = request_id.map_or(String::new(), |it| format!(", request {it}"));
    stderr::tell(format_args!(
        "{method} {host}{}: {status} after {attempts} in {} ms{id}",
        operation.path,
        elapsed.as_millis(),
    ));
}
