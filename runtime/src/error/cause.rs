//! Finds the relevant cause in a chain of errors, in words that contain nothing of a request.

use std::error::Error as StdError;
use std::io;
use std::iter::successors;

/// The socket errors with a description of their own.
const NAMED: [(io::ErrorKind, &str); 7] = [
    (io::ErrorKind::ConnectionRefused, "connection refused"),
    (io::ErrorKind::ConnectionReset, "connection reset"),
    (io::ErrorKind::ConnectionAborted, "connection aborted"),
    (io::ErrorKind::BrokenPipe, "connection reset"),
    (io::ErrorKind::UnexpectedEof, "the connection closed early"),
    (io::ErrorKind::HostUnreachable, "host unreachable"),
    (io::ErrorKind::NetworkUnreachable, "network unreachable"),
];

/// Describes the socket error in the chain of `error`, if there is one.
pub(crate) fn of(error: &(dyn StdError + 'static)) -> Option<String> {
    chain(error)
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .find_map(|error| {
            let named = NAMED.iter().find(|(kind, _)| *kind == error.kind());
            match named {
                Some((_, name)) => Some((*name).to_owned()),
                // Such as `Too many open files (os error 24)`: the system's own text.
                None => error.raw_os_error().map(|_| error.to_string()),
            }
        })
}

/// Returns an error and its sources, including those that an [`io::Error`] wraps.
pub(crate) fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    successors(Some(error), |error| {
        let wrapped = error.downcast_ref::<io::Error>();
        match wrapped.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
            None => (*error).source(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_errors_are_described() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert_eq!(of(&refused).unwrap(), "connection refused");
        let wrapped = io::Error::other(io::Error::other(refused));
        assert_eq!(of(&wrapped).unwrap(), "connection refused");
        let full = io::Error::from_raw_os_error(24);
        assert_eq!(of(&full), Some(full.to_string()));
    }

    #[test]
    fn other_errors_are_not_shown() {
        for kind in [io::ErrorKind::Other, io::ErrorKind::TimedOut] {
            assert_eq!(of(&io::Error::new(kind, "hunter2")), None);
        }
        let refused = io::Error::new(io::ErrorKind::ConnectionRefused, "hunter2");
        assert_eq!(of(&refused).unwrap(), "connection refused");
    }
}
