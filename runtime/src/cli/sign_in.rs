//! From what the environment and the arguments say to a client.

use clap::ArgMatches;

use super::exit::Failure;
use super::table::Command;
use crate::builder::ClientBuilder;
use crate::client::{ApiClient, Client};
use crate::error::Error;
use crate::finished_request::{FinishedRequest, LogRequest};
use crate::vendor::Vendor;

/// What is known of the client that a command line is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conventions {
    pub(crate) vendor: &'static Vendor,
    log: LogRequest,
    /// Signs in with what the environment holds.
    from_env: fn(ClientBuilder) -> Result<ClientBuilder, Error>,
}

impl Conventions {
    pub(crate) fn of<C: ApiClient>() -> Self {
        Self {
            vendor: C::VENDOR,
            log: C::LOG,
            from_env: |builder| {
                let builder = builder.of_client::<C>();
                Ok(builder
                    .credentials_from_env()?
                    .host_labels_from_env()?
                    .of_client())
            },
        }
    }

    /// Makes the client for commands, of which it can call one at least.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::NotSignedIn`] without credentials that the commands need, and [`Failure::Usage`] for settings
    /// that cannot be.
    pub(crate) fn client(
        &self,
        commands: &[&Command],
        options: &ArgMatches,
        program: &str,
    ) -> Result<Client, Failure> {
        let builder = ClientBuilder::new();
        let is_dry = options.get_flag("dry-run");
        let builder = match (self.from_env)(builder.clone()) {
            Ok(builder) => builder,
            // Some calls need none.
            Err(_) if commands.iter().any(|it| self.needs_nothing(it)) => builder,
            // Nor does what is not sent.
            Err(_) if is_dry => builder.bearer_token("none"),
            Err(error) => return Err(Failure::NotSignedIn(error.to_string())),
        };
        let mut builder = builder.user_agent(program);
        if let Some(url) = options.get_one::<String>("base-url") {
            builder = builder.base_url(url);
        }
        let log = match options.get_flag("verbose") {
            true => tell_of,
            false => self.log,
        };
        let client = builder.build_for(self.vendor, log);
        let client = client.map_err(|error| Failure::Usage(error.to_string()))?;
        let signed_in = commands.iter().map(|it| self.check(&client, it));
        match signed_in.reduce(Result::or) {
            Some(Err(error)) if !is_dry => Err(error),
            Some(Ok(()) | Err(_)) | None => Ok(client),
        }
    }

    /// Checks whether a client has the credentials that a command needs.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::NotSignedIn`] if it has not.
    pub(crate) fn check(&self, client: &Client, command: &Command) -> Result<(), Failure> {
        let keyring = &client.shared().keyring;
        match keyring.places(command.operation.id, command.alternatives()) {
            Err(error) if !self.needs_nothing(command) => {
                Err(Failure::NotSignedIn(error.to_string()))
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Whether a command can be called without credentials.
    fn needs_nothing(&self, command: &Command) -> bool {
        let is_enough = command.alternatives().iter().any(|it| it.is_empty());
        !self.vendor.needs_credentials && (is_enough || command.credentials.is_none())
    }
}

/// Tells a person of a request.
fn tell_of(request: &FinishedRequest<'_>) {
    use std::io::Write as _;

    let FinishedRequest {
        operation,
        method,
        host,
        status,
        request_id,
        attempts,
        elapsed,
    } = *request;
    let status = status.map_or("no answer".to_owned(), |it| it.to_string());
    let attempts = match attempts {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    let id = request_id.map_or(String::new(), |it| format!(", request {it}"));
    // What cannot be written there is lost.
    let _ = writeln!(
        std::io::stderr(),
        "{method} {host}{}: {status} after {attempts} in {} ms{id}",
        operation.path,
        elapsed.as_millis(),
    );
}
