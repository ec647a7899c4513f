//! Files as bodies.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::reader::Blocking;
use super::{Body, BodyType, Pieces};
use crate::error::{Error, FileError, RuntimeError};

/// Media types by file extension, as IANA registers them.
const MEDIA_TYPES: [(&str, &str); 29] = [
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tar", "application/x-tar"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("zip", "application/zip"),
];

/// Returns the media type for a file name; `None` for an unknown extension.
fn media_type_of(path: &Path) -> Option<&'static str> {
    let end = path.extension()?.to_str()?;
    let mut rows = MEDIA_TYPES.iter();
    let row = rows.find(|(known, _)| known.eq_ignore_ascii_case(end));
    row.map(|(_, media_type)| *media_type)
}

/// Returns the type of a body with a file name.
pub(super) fn type_of(path: &Path) -> BodyType {
    media_type_of(path).map_or(BodyType::Usual, BodyType::OfFile)
}

/// Returns a path's file name without its folders.
pub(crate) fn name_of(path: &Path) -> Option<String> {
    let name = path.file_name()?;
    Some(name.to_string_lossy().into_owned())
}

/// Checks a file, and creates a body from it.
pub(super) async fn body(path: PathBuf) -> Result<Body, Error> {
    if Handle::try_current().is_err() {
        return Err(RuntimeError::Missing.into());
    }
    let looked_at = path.clone();
    let length = blocking(move || length(&looked_at)).await;
    let length = length.map_err(|error| FileError::new(path.clone(), error))?;
    let media_type = type_of(&path);
    let body = Body::opened_by(move || {
        let path = path.clone();
        Box::pin(blocking(move || open(&path, length)))
    });
    Ok(Body {
        media_type,
        ..body.with_length(length)
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await?
}

/// Returns the length in bytes of a file, if it can be opened.
fn length(path: &Path) -> io::Result<u64> {
    // Opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        let problem = "it is not a regular file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
    }
    Ok(File::open(path)?.metadata()?.len())
}

fn open(path: &Path, length: u64) -> io::Result<Pieces> {
    let file = File::open(path)?;
    if file.metadata()?.len() != length {
        let problem = "the size of the file has changed since it was checked";
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    Ok(Box::pin(Blocking::new(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_type_follows_from_the_extension() {
        for (path, media_type) in [
            ("a/b.PNG", Some("image/png")),
            ("a.tar.gz", Some("application/gzip")),
            ("a.png/b", None),
            ("a.unknown", None),
            (".png", None),
            ("", None),
        ] {
            assert_eq!(media_type_of(Path::new(path)), media_type, "{path}");
        }
        assert!(MEDIA_TYPES.is_sorted());
    }
}
