//! Requests without a usable Tokio runtime.

use std::fmt;

/// A request was made where it cannot run. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RuntimeError {
    /// A future was polled outside of a Tokio runtime. On a runtime that was built without timers or IO (`enable_all()`
    /// adds both), tokio panics instead.
    Missing,
    /// `wait()` was called on a thread of an async runtime, which it would block.
    Blocking,
    /// The runtime for `wait()` could not be started.
    Unavailable(std::io::Error),
}

impl fmt::Display for RuntimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => {
                "a request needs a Tokio runtime: await it inside one, or use `wait()` of the feature `blocking`"
            }
            Self::Blocking => {
                "`wait()` would block the async runtime that its thread belongs to: use `.await` there, or a \
                 thread without a runtime"
            }
            Self::Unavailable(_) => "the runtime for blocking requests could not be started",
        })
    }
}

impl std::error::Error for RuntimeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(error) => Some(error),
            Self::Missing | Self::Blocking => None,
        }
    }
}
