//! Activates a Super SIM, and waits until the change has been applied.
//!
//! `cargo run -p twilio-tests --example activate_sim -- HS0123456789abcdef0123456789abcdef`
//!
//! The service returns 200 if the SIM is active at once, and 202 if the activation has only begun: the SIM is then
//! `scheduled`, and this program polls it with growing pauses.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints to the terminal"
)]

use std::error::Error as StdError;
use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

use twilio_iot::supersim::v1::{Sim, SimStatus, SimStatusUpdate};
use twilio_iot::{Client, Error};

const HELP: &str = "\
Usage: activate_sim SIM [--wait SECONDS] [--base-url URL]

  SIM              The SID of a Super SIM, or its unique name
  --wait SECONDS   How long to wait for the end of the change [default: 300]
  --base-url URL   A server to use in place of Twilio's, such as a mock

TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, are the credentials.";

/// How often to poll a SIM, and for how long.
#[derive(Clone, Copy)]
pub struct Patience {
    /// The pause before the first poll. It doubles each time.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// The total time.
    pub in_all: Duration,
}

/// Why a SIM is not known to be active.
#[derive(Debug)]
pub enum Failure {
    /// The service rejected the change.
    Refused(Error),
    /// The service accepted the change, but then the SIM could not be fetched.
    Lost(Error),
    /// The service accepted the change, but did not finish it in time.
    Late(Duration),
    /// The change has finished, but the SIM is not active.
    Ended(Option<SimStatus>),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn StdError>> {
    use lexopt::prelude::*;
    let mut sim = None;
    let mut in_all = Duration::from_secs(300);
    let mut builder = Client::builder();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Long("wait") => {
                in_all = Duration::from_secs(arguments.value()?.parse()?);
            }
            Long("base-url") => {
                builder = builder.base_url(arguments.value()?.string()?);
            }
            Value(value) if sim.is_none() => sim = Some(value.string()?),
            Short(_) | Long(_) | Value(_) => {
                return Err(argument.unexpected().into());
            }
        }
    }
    let sim = sim.ok_or_else(|| format!("SIM is missing\n\n{HELP}"))?;
    let client = builder.credentials_from_env()?.region_from_env()?.build()?;
    let patience = Patience {
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(30),
        in_all,
    };
    let sim = run(&client, &sim, patience).await?;
    println!("{} is active", sim.sid);
    Ok(())
}

/// Activates `sim`, prints its progress, and returns the SIM when it is active.
pub async fn run(client: &Client, sim: &str, patience: Patience) -> Result<Sim, Failure> {
    let handle = client.supersim().sim(sim);
    let update = handle.update().status(SimStatusUpdate::Active);
    let response = update.send().await.map_err(Failure::Refused)?;
    println!("the service responded with {}", response.status());
    let mut sim = response.into_body();
    let start = tokio::time::Instant::now();
    let mut pause = patience.first_pause;
    while sim.status == Some(SimStatus::Scheduled) {
        let left = patience.in_all.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(Failure::Late(patience.in_all));
        }
        tokio::time::sleep(pause.min(left)).await;
        pause = (pause * 2).min(patience.longest_pause);
        // The client itself retries a failed poll, so an error here is permanent.
        sim = handle.fetch().await.map_err(Failure::Lost)?;
        let seconds = start.elapsed().as_secs();
        println!("after {seconds} s: {}", shown(sim.status.as_ref()));
    }
    match sim.status {
        Some(SimStatus::Active) => Ok(sim),
        status => Err(Failure::Ended(status)),
    }
}

fn shown(status: Option<&SimStatus>) -> &str {
    status.map_or("without a status", SimStatus::as_str)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Requesting the same status twice does no harm, so the advice is simple.
            Self::Refused(Error::Transport(error)) if !error.is_unsent() => {
                write!(f, "{error}; the SIM may have been activated: try again")
            }
            Self::Refused(error) => write!(f, "the SIM was not activated: {error}"),
            Self::Lost(error) => write!(f, "the change is under way, but: {error}"),
            Self::Late(time) => {
                let seconds = time.as_secs();
                write!(f, "the change is still under way after {seconds} s")
            }
            Self::Ended(status) => {
                let status = shown(status.as_ref());
                write!(f, "the change has failed: the SIM is {status}")
            }
        }
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Refused(error) | Self::Lost(error) => error.source(),
            Self::Late(_) | Self::Ended(_) => None,
        }
    }
}
