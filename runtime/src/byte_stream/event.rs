//! Events of a `text/event-stream`.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::{DecodeError, Error};
use crate::json::{self, Budget};

/// An event of a `text/event-stream` (WHATWG HTML, server-sent events), as [`ByteStream::event`](super::ByteStream::event)
/// reads it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerSentEvent {
    /// Its type, which is `message` unless the service names another.
    pub event: String,
    /// Its data. Several lines are separated by line feeds.
    pub data: String,
    /// The id of this event, or else of the last one that had any. To continue after it, many services take it in the
    /// header `Last-Event-ID`.
    pub id: Option<String>,
    /// How long to wait before the next connection, if the service says so with this event.
    pub retry: Option<Duration>,
    operation: &'static str,
    memory: usize,
}

impl ServerSentEvent {
    /// Reads the data as JSON.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Decode`] if it is not JSON, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json::read(&self.data, Budget::new(self.memory, None)).map_err(|fault| {
            let data = self.data.clone().into();
            DecodeError::new(self.operation, StatusCode::OK, None, data, &fault).into()
        })
    }
}

/// Shows only the type and the id: the data may be personal.
impl fmt::Debug for ServerSentEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerSentEvent")
            .field("event", &self.event)
            .field("id", &self.id)
            .field("data_len", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// The fields of an event whose end has not arrived.
#[derive(Debug, Default)]
pub(super) struct Fields {
    event: String,
    data: String,
    id: Option<String>,
    retry: Option<Duration>,
    has_line: bool,
}

impl Fields {
    /// Returns the number of bytes that are kept.
    pub(super) fn len(&self) -> usize {
        self.data.len()
    }

    /// Adds a line. Returns the event if the line is empty and ends one with data.
    pub(super) fn add(
        &mut self,
        line: &[u8],
        operation: &'static str,
        memory: usize,
    ) -> Option<ServerSentEvent> {
        let line = String::from_utf8_lossy(line);
        // A byte order mark is only a mark at the start of the stream.
        let line = match self.has_line {
            true => line.as_ref(),
            false => line.strip_prefix('\u{feff}').unwrap_or(&line),
        };
        self.has_line = true;
        if line.is_empty() {
            return self.end(operation, memory);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|it| it.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or a field that the standard does not have.
            _ => {}
        }
        None
    }

    fn end(&mut self, operation: &'static str, memory: usize) -> Option<ServerSentEvent> {
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        let retry = self.retry.take();
        // The line feed after the last line is not part of the data, and an event needs data.
        data.pop()?;
        Some(ServerSentEvent {
            event: match event.is_empty() {
                true => "message".to_owned(),
                false => event,
            },
            data,
            id: self.id.clone().filter(|it| !it.is_empty()),
            retry,
            operation,
            memory,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Vec<ServerSentEvent> {
        let mut fields = Fields::default();
        let lines = text.lines();
        lines
            .filter_map(|it| fields.add(it.as_bytes(), "follow", 1 << 20))
            .collect()
    }

    #[test]
    fn fields_are_read_as_the_standard_says() {
        let text = "\u{feff}: welcome\nid: 7\nevent: scan\ndata: a\ndata:  b\ndata\nretry: 1500\nother: x\n\n\
                    event: nothing\n\ndata:{\"n\": 1}\nretry: soon\n\nid\ndata: c\n\ndata: unfinished\n";
        let events = events(text);
        let facts = |it: &ServerSentEvent| (it.event.clone(), it.data.clone(), it.id.clone());
        let fact = |event: &str, data: &str, id: Option<&str>| {
            (event.to_owned(), data.to_owned(), id.map(str::to_owned))
        };
        let facts: Vec<_> = events.iter().map(facts).collect();
        assert_eq!(
            facts,
            [
                fact("scan", "a\n b\n", Some("7")),
                fact("message", "{\"n\": 1}", Some("7")),
                fact("message", "c", None),
            ]
        );
        assert_eq!(events[0].retry, Some(Duration::from_millis(1500)));
        assert_eq!(events[1].retry, None);
    }

    #[test]
    fn data_is_read_as_json() {
        let events = events("data: [1, 2]\n\ndata: [DONE]\n\n");
        assert_eq!(events[0].json::<Vec<u8>>().unwrap(), [1, 2]);
        let error = events[1].json::<Vec<u8>>().unwrap_err().to_string();
        assert!(error.starts_with("follow: cannot decode"), "{error}");
    }

    #[test]
    fn debug_shows_no_data() {
        let events = events("data: hunter2\n\n");
        assert!(!format!("{events:?}").contains("hunter2"));
    }
}
