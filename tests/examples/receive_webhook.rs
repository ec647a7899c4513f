//! Receives webhooks from Twilio or KORE: verifies their signatures, and prints them without personal data.
//!
//! ```sh
//! TWILIO_AUTH_TOKEN=… cargo run -p twilio-tests --example receive_webhook -- --public-url https://hooks.example.com
//! ```
//!
//! It listens without TLS, behind a proxy. It responds with 204 to a genuine request and with 403 to any other. A
//! repeated delivery gets a response, but is otherwise ignored.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints to the terminal"
)]

use std::collections::{BTreeSet, VecDeque};
use std::error::Error as StdError;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use twilio_iot::http::request::Parts;
use twilio_iot::webhooks::{
    Event, KoreSignature, SignatureError, TwilioSignature, idempotency_token,
};

const HELP: &str = "\
Usage: receive_webhook --public-url URL [--kore] [--listen ADDRESS]

  --public-url URL   What the service sees before the path: https://hooks.example.com
  --kore             Expect the webhooks of KORE, not those of Twilio
  --listen ADDRESS   Where to listen [default: 127.0.0.1:8080]

TWILIO_AUTH_TOKEN holds the account's auth token; with --kore, KORE_WEBHOOK_SECRET the webhook's signing secret.";

/// The maximum body size, in bytes. Webhooks have some hundred.
const BODY_LIMIT: usize = 64 * 1024;

/// The number of deliveries to remember. They are repeated soon, or not at all.
const REMEMBERED: usize = 10_000;

/// The signer of the webhooks.
pub enum Signature {
    /// Twilio, with the auth token of the account.
    Twilio(TwilioSignature),
    /// KORE, with the secret of the webhook.
    Kore(KoreSignature),
}

impl Signature {
    fn verify(&self, public_url: &str, parts: &Parts, body: &[u8]) -> Result<(), SignatureError> {
        match self {
            Self::Twilio(signature) => signature.verify_request(public_url, parts, body),
            Self::Kore(signature) => signature.verify_request(public_url, parts, body),
        }
    }
}

/// State that all requests share.
struct Receiver {
    signature: Signature,
    public_url: String,
    deliveries: Mutex<Deliveries>,
    act: Box<dyn Fn(&Event) + Send + Sync>,
}

/// The idempotency tokens of the last deliveries.
#[derive(Default)]
struct Deliveries {
    known: BTreeSet<String>,
    /// The same, the oldest first.
    in_order: VecDeque<String>,
}

impl Deliveries {
    /// Remembers a delivery, and returns whether it is new.
    fn is_new(&mut self, token: &str) -> bool {
        if !self.known.insert(token.to_owned()) {
            return false;
        }
        self.in_order.push_back(token.to_owned());
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> Result<(), Box<dyn StdError>> {
    use lexopt::prelude::*;
    let (mut public_url, mut is_kore) = (None, false);
    let mut address = "127.0.0.1:8080".to_owned();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Long("public-url") => public_url = Some(arguments.value()?.string()?),
            Long("kore") => is_kore = true,
            Long("listen") => address = arguments.value()?.string()?,
            Short(_) | Long(_) | Value(_) => {
                return Err(argument.unexpected().into());
            }
        }
    }
    let public_url = public_url.ok_or_else(|| format!("--public-url is missing\n\n{HELP}"))?;
    let signature = if is_kore {
        Signature::Kore(KoreSignature::new(secret("KORE_WEBHOOK_SECRET")?))
    } else {
        Signature::Twilio(TwilioSignature::new(secret("TWILIO_AUTH_TOKEN")?))
    };
    let listener = tokio::net::TcpListener::bind(&address)
        .await
        .map_err(|error| format!("{address}: cannot be listened at: {error}"))?;
    println!("listening at {}", listener.local_addr()?);
    let app = app(signature, &public_url, |event| {
        // `Debug` of an event shows no value that may be personal data.
        println!("{:?}: {event:?}", event.kind());
    });
    axum::serve(listener, app).await?;
    Ok(())
}

fn secret(name: &str) -> Result<String, String> {
    match std::env::var(name) {
        Ok(secret) if !secret.is_empty() => Ok(secret),
        Ok(_) | Err(_) => Err(format!(
            "{name} must be set to the secret of the signatures"
        )),
    }
}

/// Returns a service that calls `act` with each genuine and new webhook, whatever its path.
///
/// `public_url` is the part of the URL before the path as the sender sees it. `act` must be fast: the sender waits for
/// the response.
pub fn app(
    signature: Signature,
    public_url: &str,
    act: impl Fn(&Event) + Send + Sync + 'static,
) -> Router {
    let receiver = Receiver {
        signature,
        public_url: public_url.to_owned(),
        deliveries: Mutex::default(),
        act: Box::new(act),
    };
    Router::new()
        .fallback(receive)
        .with_state(Arc::new(receiver))
}

/// Responds to one request.
async fn receive(State(receiver): State<Arc<Receiver>>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    // The signature covers these bytes: nothing may parse the form before it is verified.
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let Receiver {
        signature,
        public_url,
        deliveries,
        act,
    } = &*receiver;
    if let Err(error) = signature.verify(public_url, &parts, &body) {
        eprintln!("refused: {error}");
        return StatusCode::FORBIDDEN;
    }
    // Only now: the token is not signed, so a forger could otherwise suppress a delivery. A program that must not act
    // twice even after a restart stores the token with its data, in the same transaction.
    let is_new = idempotency_token(&parts.headers).is_none_or(|token| {
        let deliveries = deliveries.lock();
        deliveries
            .unwrap_or_else(PoisonError::into_inner)
            .is_new(token)
    });
    if is_new {
        act(&Event::from_request(&parts, &body));
    }
    StatusCode::NO_CONTENT
}
