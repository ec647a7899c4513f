//! Multipart bodies, `multipart/form-data` (RFC 7578): fields and files.

use std::error::Error as StdError;
use std::fmt;
use std::io::Read;
use std::path::PathBuf;

use bytes::Bytes;
use futures_core::Stream;

use crate::body::{self, Body};
use crate::encode;
use crate::future::BoxFuture;
use crate::json::Node;
use crate::media_type;

/// The characters that file names and field names must escape (WHATWG HTML, "multipart/form-data encoding algorithm").
const ESCAPED: [(char, &str); 3] = [('"', "%22"), ('\r', "%0D"), ('\n', "%0A")];

/// The name of the additional properties, which have names of their own.
pub(crate) const OTHERS: &str = "*";

/// The name of the files among them.
pub(crate) const OTHER_FILES: &str = "*files";

/// A part of a request: a file, or content that is sent as one.
///
/// A part without a file name is sent under the name of its field, because services treat a part without one as text.
///
/// ```
/// # use twilio_runtime::Part;
/// let part = Part::from("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// assert_eq!(part.body().length(), Some(8));
/// ```
#[derive(Clone)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
}

impl Part {
    /// Creates a part from bytes, or from a stream as [`Body`] does.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            file_name: None,
        }
    }

    /// Checks a file, and creates a part with its name. The file extension determines the media type, unless the
    /// operation sets one. The file is read while it is sent, like [`Body::file`].
    ///
    /// # Errors
    ///
    /// Returns [`Error::File`](crate::Error::File) if the file cannot be read or is not a regular file.
    pub fn file(path: impl Into<PathBuf>) -> BoxFuture<Self> {
        let path = path.into();
        BoxFuture::new(async move {
            Ok(Self {
                file_name: body::name_of(&path),
                ..Self::new(Body::file(path).await?)
            })
        })
    }

    /// Creates a part from a stream of chunks, which is read once, while it is sent.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::new(Body::stream(stream))
    }

    /// Creates a part from a reader, which is read once, while it is sent.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Body::reader(reader))
    }

    /// Sets the file name. If nothing else says what the media type is, it is that of the extension (RFC 7578 §4.4).
    pub fn file_name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            body: self.body.named(&name),
            file_name: Some(name),
        }
    }

    /// Sets the media type, in place of the operation's or of `application/octet-stream`. An invalid header value is an
    /// `Error::HeaderParameter` when the request is sent.
    pub fn content_type(self, media_type: impl Into<String>) -> Self {
        Self {
            body: self.body.content_type(media_type),
            ..self
        }
    }

    /// Returns the content.
    pub fn body(&self) -> &Body {
        &self.body
    }
}

/// Shows no bytes, which may be personal data.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl From<Body> for Part {
    fn from(body: Body) -> Self {
        Self::new(body)
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for Part {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static str> for Part {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// A file, and the name of its part, in a request whose API description does not list the names.
///
/// ```
/// # use twilio_runtime::NamedPart;
/// let part = NamedPart::from(("logo", "<svg/>"));
/// assert_eq!(part.name(), "logo");
/// ```
#[derive(Clone, Debug)]
pub struct NamedPart {
    name: String,
    part: Part,
}

impl NamedPart {
    /// Creates a part with this name.
    pub fn new(name: impl Into<String>, part: impl Into<Part>) -> Self {
        Self {
            name: name.into(),
            part: part.into(),
        }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the content.
    pub fn part(&self) -> &Part {
        &self.part
    }
}

impl<N: Into<String>, P: Into<Part>> From<(N, P)> for NamedPart {
    fn from((name, part): (N, P)) -> Self {
        Self::new(name, part)
    }
}

/// The parts by name, in the order in which the names were first set.
#[derive(Clone, Default)]
pub(crate) struct Parts(Vec<(&'static str, Vec<Entry>)>);

/// One part, as it is sent.
#[derive(Clone)]
struct Entry {
    /// Its own name, if it is an additional property.
    name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    body: Body,
}

impl Parts {
    /// Sets text parts. A media type is written only if the operation sets one: the default of a part is text (RFC 7578
    /// §4.4).
    pub(crate) fn set_texts(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        texts: Vec<String>,
    ) {
        let entries = texts.into_iter().map(|text| Entry {
            name: None,
            file_name: None,
            content_type: media_type.map(str::to_owned),
            body: text.into(),
        });
        self.set(name, entries.collect());
    }

    /// Sets files.
    pub(crate) fn set_files(
        &mut self,
        name: &'static str,
        media_type: Option<&'static str>,
        files: impl Iterator<Item = Part>,
    ) {
        let entries = files.map(|file| Entry::file(name, media_type, file));
        self.set(name, entries.collect());
    }

    /// Sets files with names of their own.
    pub(crate) fn set_other_files(&mut self, files: impl Iterator<Item = NamedPart>) {
        let entries = files.map(|NamedPart { name, part }| Entry {
            name: Some(name.clone()),
            ..Entry::file(&name, None, part)
        });
        self.set(OTHER_FILES, entries.collect());
    }

    /// Sets a part for each member of an object. A list of strings has a part for each; other values that are
    /// not strings are JSON.
    pub(crate) fn set_others(&mut self, object: &Node) {
        let members = object.members().unwrap_or_default();
        let entries = members.iter().flat_map(|(name, value)| {
            let media_type = value.is_nested().then_some(media_type::JSON);
            let texts = encode::texts(value).into_iter();
            texts.map(move |text| Entry {
                name: Some(name.clone()),
                file_name: None,
                content_type: media_type.map(str::to_owned),
                body: text.into(),
            })
        });
        self.set(OTHERS, entries.collect());
    }

    fn set(&mut self, name: &'static str, entries: Vec<Entry>) {
        match self.0.iter_mut().find(|(other, _)| *other == name) {
            Some((_, known)) => *known = entries,
            None => self.0.push((name, entries)),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, entries)| entries.is_empty())
    }

    /// Returns the names of the parts.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }

    /// Returns the name of a part whose media type is not a valid header value (RFC 9110 §5.5).
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let is_broken = |it: &Entry| {
            let media_type = it.content_type.as_deref().unwrap_or_default();
            !media_type::is_header_value(media_type)
        };
        let mut broken = self
            .0
            .iter()
            .filter(|(_, entries)| entries.iter().any(is_broken));
        broken.next().map(|(name, _)| *name)
    }

    /// Encodes the body: bytes, or a stream if a part is one. No part may contain `boundary`.
    pub(crate) fn write(&self, boundary: &str) -> Body {
        let mut bodies = Vec::new();
        let mut bytes = Vec::new();
        for (name, entry) in self.entries() {
            bytes.extend_from_slice(entry.head(name, boundary).as_bytes());
            match entry.body.bytes() {
                Some(held) => bytes.extend_from_slice(held),
                None => bodies.extend([std::mem::take(&mut bytes).into(), entry.body.clone()]),
            }
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        if bodies.is_empty() {
            return bytes.into();
        }
        bodies.push(bytes.into());
        Body::sequence(bodies)
    }

    /// Returns each part with its name.
    fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        let parts = self.0.iter();
        parts.flat_map(|(name, entries)| {
            entries
                .iter()
                .map(move |it| (it.name.as_deref().unwrap_or(name), it))
        })
    }
}

impl Entry {
    /// A file in the part `name`, with this media type unless it has its own.
    fn file(name: &str, media_type: Option<&'static str>, file: Part) -> Self {
        // Of a part without a media type, every one is accepted.
        let content_type = file.body.media_type(media_type.unwrap_or("*/*"));
        Self {
            name: None,
            file_name: Some(file.file_name.unwrap_or_else(|| name.to_owned())),
            content_type: Some(content_type.into_owned()),
            body: file.body,
        }
    }

    /// Returns the boundary and the headers before the part `name`.
    fn head(&self, name: &str, boundary: &str) -> String {
        let name = escaped(name);
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
        }
        if let Some(content_type) = &self.content_type {
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        head.push_str("\r\n\r\n");
        head
    }
}

/// Returns an unguessable boundary, so that no part contains it (RFC 2046 §5.1.1).
pub(crate) fn boundary() -> String {
    let [first, second] = [(); 2].map(|()| crate::retry::random());
    format!("{first:016x}{second:016x}")
}

/// Escapes a name for quotes: UTF-8, without the characters that would end it.
fn escaped(name: &str) -> String {
    let mut escaped = name.to_owned();
    for (character, replacement) in ESCAPED {
        escaped = escaped.replace(character, replacement);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_in_order() {
        let mut parts = Parts::default();
        parts.set_texts("a", None, vec!["1".to_owned(), "2".to_owned()]);
        parts.set_files("f", Some("text/csv"), [Part::from("x\r\n")].into_iter());
        parts.set_texts("j", Some("application/json"), vec!["{}".to_owned()]);
        parts.set_texts("a", None, vec!["3".to_owned()]);
        let body = parts.write("B");
        assert_eq!(
            String::from_utf8_lossy(body.bytes().unwrap()),
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n3\r\n\
            --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\nContent-Type: text/csv\r\n\r\nx\r\n\r\n\
            --B\r\nContent-Disposition: form-data; name=\"j\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
            --B--\r\n"
        );
    }

    #[test]
    fn other_parts_have_names_of_their_own() {
        let mut parts = Parts::default();
        let object = serde_json::json!({"a": "x", "b": ["y", 1], "c": {"d": 2}, "e": null});
        parts.set_others(&Node::of(&object).unwrap());
        let body = parts.write("B");
        assert_eq!(
            String::from_utf8_lossy(body.bytes().unwrap()),
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\ny\r\n\
            --B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: application/json\r\n\r\n{\"d\":2}\r\n\
            --B--\r\n"
        );
    }

    #[test]
    fn other_files_have_names_of_their_own() {
        let mut parts = Parts::default();
        let files = [
            NamedPart::from(("a", "x")),
            NamedPart::new("b", Part::from("y").file_name("c.txt")),
            NamedPart::new(
                "b",
                Part::from("z").content_type("text/csv").file_name("d.txt"),
            ),
        ];
        parts.set_other_files(files.into_iter());
        let body = parts.write("B");
        let octets = "Content-Type: application/octet-stream";
        assert_eq!(
            String::from_utf8_lossy(body.bytes().unwrap()),
            format!(
                "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n{octets}\r\n\r\nx\r\n\
                --B\r\nContent-Disposition: form-data; name=\"b\"; filename=\"c.txt\"\r\nContent-Type: text/plain\r\n\r\ny\r\n\
                --B\r\nContent-Disposition: form-data; name=\"b\"; filename=\"d.txt\"\r\nContent-Type: text/csv\r\n\r\nz\r\n\
                --B--\r\n"
            )
        );
    }

    #[test]
    fn names_cannot_end_a_header() {
        assert_eq!(escaped("a\"; x=\"\r\nb\u{e9}"), "a%22; x=%22%0D%0Ab\u{e9}");
        let mut parts = Parts::default();
        let file = |media_type: &str| [Part::from("x").content_type(media_type)].into_iter();
        parts.set_files("f", None, file("a/b\r\nX-Evil: 1"));
        assert_eq!(parts.fault(), Some("f"));
        parts.set_files("f", None, file("a/b; c=\"d\""));
        assert_eq!(parts.fault(), None);
    }

    #[test]
    fn boundaries_differ() {
        assert_ne!(boundary(), boundary());
        assert_eq!(boundary().len(), 32);
    }

    #[test]
    fn debug_omits_the_content() {
        let part = Part::from("secret").file_name("private.txt");
        assert_eq!(
            format!("{part:?}"),
            "Part { body: Body { length: Some(6), .. }, .. }"
        );
    }
}
