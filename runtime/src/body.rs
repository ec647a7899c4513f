//! Request bodies: bytes in memory, or a stream that is read while it is sent.

mod file;
mod progress;
mod reader;
mod stream;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncRead;

pub(crate) use self::file::name_of;
pub(crate) use self::progress::Progress;
pub use self::stream::BodyStream;
use crate::future::BoxFuture;
use crate::media_type;

/// The body of a request: bytes in memory, or a stream that is read while it is sent and never held in memory as a
/// whole.
///
/// A failed request can be retried only if its body can be sent again: bytes can, and so can a body that can be
/// reopened, a [`file`](Body::file) or a [`reopened`](Body::reopened) one. A [`stream`](Body::stream) and a
/// [`reader`](Body::reader) are read once; a request that failed before anything was read from them is retried as well.
///
/// The operation determines its media type. Where it accepts several, such as `image/*`, a file has that of its
/// extension, and [`content_type`](Body::content_type) sets any.
///
/// A body of known length is sent with a `Content-Length`, others in chunks (RFC 9112 §7.1).
///
/// ```
/// # use twilio_runtime::Body;
/// assert_eq!(Body::from("a,b\n1,2\n").length(), Some(8));
/// let body = Body::reader(std::io::repeat(b'x')).with_length(1 << 40);
/// assert_eq!(body.length(), Some(1 << 40));
/// ```
#[derive(Clone)]
pub struct Body {
    kind: Kind,
    media_type: BodyType,
    /// When a stream in progress was last read.
    progress: Option<Progress>,
}

/// The media type of a body.
#[derive(Clone, Default)]
enum BodyType {
    /// That of the operation.
    #[default]
    Usual,
    /// That of a file extension, if the operation accepts it.
    OfFile(&'static str),
    /// The caller's.
    Set(String),
}

#[derive(Clone)]
enum Kind {
    Bytes(Bytes),
    Stream {
        source: Source,
        length: Option<u64>,
    },
    /// Bodies, one after the other.
    Sequence(Arc<[Body]>),
}

/// Where the chunks of a stream come from.
#[derive(Clone)]
enum Source {
    Reopened(Arc<dyn Fn() -> Opening + Send + Sync>),
    /// `None` once it has been read.
    Once(Arc<Mutex<Option<Pieces>>>),
}

/// The chunks of an open stream.
type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A stream that is being opened.
type Opening = Pin<Box<dyn Future<Output = io::Result<Pieces>> + Send>>;

impl Body {
    /// Creates a body from a stream of chunks. They are sent as they arrive, once.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::once(Box::pin(stream::Converted(Box::pin(stream))))
    }

    /// Creates a body that is opened anew for each attempt, so that the request can be retried.
    ///
    /// ```
    /// # use twilio_runtime::Body;
    /// use std::io::Cursor;
    ///
    /// let body = Body::reopened(|| async { Ok(Body::reader(Cursor::new("x")).into_stream()) });
    /// assert!(body.can_be_reopened());
    /// ```
    pub fn reopened<S>(open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Future<Output = io::Result<BodyStream>> + Send + 'static,
    {
        Self::opened_by(move || {
            let opening = open();
            Box::pin(async move { opening.await.map(|it| Box::pin(it) as Pieces) })
        })
    }

    /// Creates a body from a reader, which is read once, on a thread for blocking work.
    pub fn reader(reader: impl io::Read + Send + 'static) -> Self {
        Self::once(Box::pin(reader::Blocking::new(reader)))
    }

    /// Creates a body from an asynchronous reader, which is read once.
    pub fn async_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(Box::pin(reader::Asynchronous::new(reader)))
    }

    /// Checks a file, and creates a body from it, with the media type of its extension. The file is opened for each attempt, so that the request can be
    /// retried, and its size must not change until it is sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::File`](crate::Error::File) if the file cannot be read or is not a regular file.
    pub fn file(path: impl Into<PathBuf>) -> BoxFuture<Self> {
        let path = path.into();
        BoxFuture::new(file::body(path))
    }

    /// Sets the length of a stream in bytes. A stream with fewer or more bytes aborts the request.
    pub fn with_length(mut self, bytes: u64) -> Self {
        match &mut self.kind {
            Kind::Stream { length, .. } => *length = Some(bytes),
            Kind::Bytes(_) | Kind::Sequence(_) => {}
        }
        self
    }

    /// Sets the media type, in place of the operation's. An invalid header value is an `Error::HeaderParameter` when the
    /// request is sent.
    pub fn content_type(self, media_type: impl Into<String>) -> Self {
        Self {
            media_type: BodyType::Set(media_type.into()),
            ..self
        }
    }

    /// Takes the media type of a file name's extension, unless the body has one.
    pub(crate) fn named(self, file_name: &str) -> Self {
        let media_type = match self.media_type {
            BodyType::Usual => file::type_of(Path::new(file_name)),
            BodyType::Set(_) | BodyType::OfFile(_) => self.media_type,
        };
        Self { media_type, ..self }
    }

    /// Returns the media type to send the body as, of which the operation accepts `accepted`, a media type or a range.
    pub(crate) fn media_type(&self, accepted: &'static str) -> Cow<'static, str> {
        let includes = |it| media_type::range_includes(accepted, it);
        match &self.media_type {
            BodyType::Set(media_type) => media_type.clone().into(),
            BodyType::OfFile(known) if includes(known) == Some(true) => (*known).into(),
            BodyType::OfFile(_) | BodyType::Usual => match includes("") {
                Some(_) => media_type::BYTES.into(),
                None => accepted.into(),
            },
        }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.kind {
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Stream { length, .. } => *length,
            Kind::Sequence(bodies) => bodies
                .iter()
                .try_fold(0_u64, |sum, it| sum.checked_add(it.length()?)),
        }
    }

    /// Returns the bytes, unless the body is a stream.
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream { .. } | Kind::Sequence(_) => None,
        }
    }

    /// Returns whether the body can be sent more than once.
    pub fn can_be_reopened(&self) -> bool {
        match &self.kind {
            Kind::Bytes(_) => true,
            Kind::Stream { source, .. } => match source {
                Source::Reopened(_) => true,
                Source::Once(_) => false,
            },
            Kind::Sequence(bodies) => bodies.iter().all(Self::can_be_reopened),
        }
    }

    /// Returns whether the body can still be sent: it can be reopened, or has not been read yet.
    pub(crate) fn is_available(&self) -> bool {
        match &self.kind {
            Kind::Bytes(_) => true,
            Kind::Stream { source, .. } => match source {
                Source::Reopened(_) => true,
                Source::Once(pieces) => {
                    let pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner);
                    pieces.is_some()
                }
            },
            Kind::Sequence(bodies) => bodies.iter().all(Self::is_available),
        }
    }

    /// Opens the body and returns the stream that a transport sends.
    pub fn into_stream(self) -> BodyStream {
        BodyStream::new(self)
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    ///
    /// Returns the error of its source, or an error if its length is not the declared one.
    pub async fn collect(self) -> io::Result<Bytes> {
        if let Kind::Bytes(bytes) = self.kind {
            return Ok(bytes);
        }
        let mut stream = self.into_stream();
        let mut bytes = Vec::new();
        while let Some(piece) = stream.piece().await {
            bytes.extend_from_slice(&piece?);
        }
        Ok(bytes.into())
    }

    /// Concatenates bodies.
    pub(crate) fn sequence(bodies: Vec<Self>) -> Self {
        Self::of(Kind::Sequence(bodies.into()))
    }

    /// Starts to track when a stream is read; `None` if there is nothing to wait for.
    pub(crate) fn watched(&mut self) -> Option<Progress> {
        match self.kind {
            Kind::Bytes(_) => None,
            Kind::Stream { .. } | Kind::Sequence(_) => {
                Some(self.progress.insert(Progress::start()).clone())
            }
        }
    }

    fn opened_by(open: impl Fn() -> Opening + Send + Sync + 'static) -> Self {
        Self::of(Kind::Stream {
            source: Source::Reopened(Arc::new(open)),
            length: None,
        })
    }

    fn once(pieces: Pieces) -> Self {
        Self::of(Kind::Stream {
            source: Source::Once(Arc::new(Mutex::new(Some(pieces)))),
            length: None,
        })
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            media_type: BodyType::Usual,
            progress: None,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Bytes::new().into()
    }
}

/// Shows the length but not the bytes, which may be personal data.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of(Kind::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_has_the_media_type_of_its_file_within_a_range() {
        let plain = Body::from("x");
        let file = Body::file("README.md").await.unwrap();
        let set = file.clone().content_type("text/x-note");
        for (accepted, of_plain, of_file) in [
            ("image/png", "image/png", "image/png"),
            ("text/*", media_type::BYTES, "text/markdown"),
            ("text/*; charset=utf-8", media_type::BYTES, "text/markdown"),
            ("*/*", media_type::BYTES, "text/markdown"),
            ("image/*", media_type::BYTES, media_type::BYTES),
        ] {
            assert_eq!(plain.media_type(accepted), of_plain, "{accepted}");
            assert_eq!(file.media_type(accepted), of_file, "{accepted}");
            assert_eq!(set.media_type(accepted), "text/x-note", "{accepted}");
        }
        let sized = set.with_length(1);
        assert_eq!(sized.media_type("*/*"), "text/x-note");
    }
}
