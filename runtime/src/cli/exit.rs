//! Exit statuses and error messages.

use std::error::Error as _;
use std::io::{self, Write as _};

use super::output::visible;
use super::table::{Command, Effect};
use crate::client_credentials::SET_SCOPES;
use crate::error::Error;
use crate::exchange::TIMEOUTS;
use crate::hosts::ALLOW_PLAIN_HTTP;
use crate::json::Node;
use crate::origin::SET_BASE_URL;

/// The status that a process exits with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Exit {
    Success = 0,
    Refused = 1,
    Usage = 2,
    NotSignedIn = 3,
    NoAnswer = 4,
    Unreadable = 5,
    TimedOut = 6,
    Interrupted = 130,
}

impl Exit {
    const ALL: [Self; 8] = [
        Self::Success,
        Self::Refused,
        Self::Usage,
        Self::NotSignedIn,
        Self::NoAnswer,
        Self::Unreadable,
        Self::TimedOut,
        Self::Interrupted,
    ];

    fn meaning(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Refused => "the service returned an error, or the output cannot be written",
            Self::Usage => "the arguments are invalid; nothing was sent",
            Self::NotSignedIn => {
                "not signed in, profiles cannot be read or written, or the service rejects the credentials"
            }
            Self::NoAnswer => "no response",
            Self::Unreadable => "the response cannot be read",
            Self::TimedOut => "--wait-until timed out",
            Self::Interrupted => "interrupted",
        }
    }

    /// Lists the statuses for the help.
    pub(super) fn help() -> String {
        let lines = Self::ALL.map(|it| format!("\n  {:<3}  {}", it as u8, it.meaning()));
        format!("Exit status:{}", lines.concat())
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments are invalid.
    Usage(String),
    /// There are no credentials for the request.
    NotSignedIn(String),
    /// Profiles cannot be read, written or used.
    Profiles(String),
    /// A request failed.
    Call(Error),
    /// A request that changes something failed after it may have been sent.
    Unsure(Error),
    /// A response does not match the specification.
    Unreadable(String),
    /// The wait timed out.
    TimedOut(String),
    /// Standard output cannot be written.
    Output(io::Error),
    /// The user pressed Ctrl-C.
    Interrupted,
    /// The user pressed Ctrl-C while a request that changes something may have been sent.
    InterruptedChange,
}

/// What messages say if the service may have carried a request out.
const UNSURE: &str = "the request may have taken effect";

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Returns the failure of a call of `command`, which may have changed something.
    pub(crate) fn of(self, command: &Command) -> Self {
        if command.effect == Effect::Read {
            return self;
        }
        match self {
            Self::Call(Error::Transport(error)) if !error.is_unsent() => {
                Self::Unsure(Error::Transport(error))
            }
            Self::Interrupted => Self::InterruptedChange,
            Self::Usage(_) | Self::NotSignedIn(_) | Self::Profiles(_) | Self::Call(_) => self,
            Self::Unsure(_) | Self::Unreadable(_) | Self::TimedOut(_) => self,
            Self::Output(_) | Self::InterruptedChange => self,
        }
    }

    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::NotSignedIn(_) | Self::Profiles(_) => Exit::NotSignedIn,
            Self::Call(error) | Self::Unsure(error) => exit(error),
            Self::Unreadable(_) => Exit::Unreadable,
            Self::TimedOut(_) => Exit::TimedOut,
            // The reader has closed the pipe.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
            Self::Output(_) => Exit::Refused,
            Self::Interrupted | Self::InterruptedChange => Exit::Interrupted,
        }
    }

    /// Writes the error to standard error, as JSON if the output is JSON. Failures to write it are ignored.
    pub(super) fn tell(&self, as_json: bool) {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return;
        }
        let _ = match as_json {
            true => writeln!(io::stderr(), "{}", self.json().json()),
            false => writeln!(io::stderr(), "error: {}", self.message()),
        };
    }

    /// Returns the error as a sentence.
    pub(crate) fn message(&self) -> String {
        let message = match self {
            Self::Usage(problem) | Self::Profiles(problem) => problem.clone(),
            Self::Unreadable(problem) | Self::TimedOut(problem) => problem.clone(),
            Self::NotSignedIn(problem) => format!("not signed in: {problem}"),
            Self::Call(error) => sentence(error),
            Self::Unsure(error) => format!("{}; {UNSURE}", sentence(error)),
            Self::Output(error) => format!("cannot write the output: {error}"),
            Self::Interrupted => "interrupted".to_owned(),
            Self::InterruptedChange => format!("interrupted; {UNSURE}"),
        };
        visible(&in_words_of_shells(&message))
    }

    /// Returns the error as an object.
    pub(crate) fn json(&self) -> Node {
        let (error, unsent) = match self {
            Self::Call(error) => (Some(error), unsent(error)),
            Self::Unsure(error) => (Some(error), Some(false)),
            Self::Usage(_) | Self::NotSignedIn(_) | Self::Profiles(_) => (None, None),
            Self::Unreadable(_) | Self::TimedOut(_) | Self::Output(_) => (None, None),
            Self::Interrupted | Self::InterruptedChange => (None, None),
        };
        json(self.message(), error, unsent)
    }
}

/// Returns whether the service has not seen the request, if no complete response arrived.
fn unsent(error: &Error) -> Option<bool> {
    match error {
        Error::Transport(error) => Some(error.is_unsent()),
        // The token did not arrive, so the request was not sent.
        Error::Authentication(_) if exit(error) == Exit::NoAnswer => Some(true),
        Error::Authentication(_) | Error::Api(_) => None,
        Error::Configuration(_) | Error::PathParameter(_) | Error::HeaderParameter(_) => None,
        Error::JsonParameter(_) | Error::PageSize(_) | Error::File(_) => None,
        Error::Runtime(_) | Error::BodyTooLarge(_) | Error::Decode(_) => None,
        Error::DecodeLimit(_) | Error::NextPage(_) => None,
    }
}

/// Returns a message with the options of this program in place of the builder's methods.
fn in_words_of_shells(message: &str) -> String {
    let message = message.replace(ALLOW_PLAIN_HTTP, "pass --allow-plain-http");
    let message = message.replace(SET_BASE_URL, "set one with --base-url");
    let message = TIMEOUTS.iter().fold(message, |message, it| {
        message.replace(it, "the --request-timeout")
    });
    message.replace(
        SET_SCOPES,
        "set the scopes of the client with --oauth-scopes",
    )
}

/// Returns the exit status for the error of a call.
fn exit(error: &Error) -> Exit {
    match error {
        Error::Api(error) if error.status == http::StatusCode::UNAUTHORIZED => Exit::NotSignedIn,
        Error::Api(_) => Exit::Refused,
        Error::Authentication(error) => match error.source().and_then(|it| it.downcast_ref()) {
            Some(Error::Transport(_)) => Exit::NoAnswer,
            Some(_) | None => Exit::NotSignedIn,
        },
        Error::Configuration(_) | Error::PathParameter(_) | Error::HeaderParameter(_) => {
            Exit::Usage
        }
        Error::JsonParameter(_) | Error::PageSize(_) => Exit::Usage,
        Error::File(_) | Error::Runtime(_) => Exit::Usage,
        Error::Transport(_) => Exit::NoAnswer,
        Error::BodyTooLarge(_) | Error::Decode(_) => Exit::Unreadable,
        Error::DecodeLimit(_) | Error::NextPage(_) => Exit::Unreadable,
    }
}

/// Returns the message of an error, its causes, and the URL that explains it.
fn sentence(error: &Error) -> String {
    let mut text = error.to_string();
    let mut outer: &(dyn std::error::Error + 'static) = error;
    while let Some(cause) = outer.source() {
        let of_library = matches!(outer.downcast_ref(), Some(Error::Transport(_)));
        let cause = match of_library {
            true => root(cause),
            false => cause,
        };
        if !is_told(&text, &cause.to_string()) {
            text.push_str(&format!(": {cause}"));
        }
        outer = cause;
    }
    if let Some(url) = more_info(error) {
        text.push_str(&format!("; see {url}"));
    }
    text
}

/// Returns the first cause of an error. Those of the HTTP library above it only say which of its layers it passed.
fn root<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e (dyn std::error::Error + 'static) {
    error.source().map_or(error, root)
}

/// Whether a text already has the last part of a cause, without the number that the system gives it.
fn is_told(text: &str, cause: &str) -> bool {
    let cause = cause.split(" (os error").next().unwrap_or_default();
    let last = cause.rsplit(": ").next().unwrap_or_default();
    text.to_lowercase().contains(&last.to_lowercase())
}

fn more_info(error: &Error) -> Option<&str> {
    error.api()?.more_info.as_deref()
}

/// Returns an error as JSON: its message, the response's status, code, request id and help, and without a response
/// whether the request is unsent.
fn json(message: String, error: Option<&Error>, unsent: Option<bool>) -> Node {
    let mut members = vec![("message".to_owned(), Node::Text(message))];
    let mut add = |name: &str, value: Option<Node>| {
        members.extend(value.map(|it| (name.to_owned(), it)));
    };
    let text = |it: &str| Node::Text(it.to_owned());
    let status = error.and_then(Error::status);
    add(
        "status",
        status.map(|it| Node::Literal(it.as_u16().to_string())),
    );
    let code = error.and_then(Error::code);
    add("code", code.map(|it| Node::Literal(it.to_string())));
    add("more_info", error.and_then(more_info).map(text));
    let wait = error.and_then(Error::retry_after);
    add(
        "retry_after",
        wait.map(|it| Node::Literal(it.as_secs().to_string())),
    );
    add("request_id", error.and_then(Error::request_id).map(text));
    add("unsent", unsent.map(|it| Node::Literal(it.to_string())));
    Node::Object(vec![("error".to_owned(), Node::Object(members))])
}
