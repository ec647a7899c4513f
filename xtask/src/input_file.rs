//! Reads input files without blocking: only regular files, up to a size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// The largest file to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MaxSize {
    mebibytes: u64,
}

impl Default for MaxSize {
    /// The largest spec of a hundred public ones has 20 MiB.
    fn default() -> Self {
        Self { mebibytes: 64 }
    }
}

impl MaxSize {
    /// Parses a size in MiB, the value of `--max-size`.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a size in range.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mebibytes = text.parse().ok().filter(|it| (1..=MOST).contains(it));
        mebibytes
            .map(|mebibytes| Self { mebibytes })
            .ok_or_else(|| {
                format!("`--max-size` takes a number of MiB from 1 to {MOST}, not `{text}`")
            })
    }

    fn bytes(self) -> u64 {
        self.mebibytes << 20
    }

    /// Checks the size of input that does not come from disk.
    ///
    /// # Errors
    ///
    /// Fails if it is too large, and says how to raise the limit.
    pub(crate) fn check(self, bytes: u64) -> io::Result<()> {
        if bytes <= self.bytes() {
            return Ok(());
        }
        let limit = self.mebibytes;
        Err(io::Error::other(format!(
            "it is larger than {limit} MiB, which is the limit; `--max-size` raises it"
        )))
    }
}

/// The highest limit, in MiB: input is held in memory several times.
const MOST: u64 = 4096;

/// Reads a regular file, or the one that a link leads to.
///
/// # Errors
///
/// Returns an error if the file cannot be read, is a device, a pipe or a folder, or is too large.
pub(crate) fn read(path: &Path, limit: MaxSize) -> io::Result<Vec<u8>> {
    // Checked before opening, because opening a pipe waits for its other end, and again on the handle, because another
    // file may have taken its place.
    let size = regular_size(&fs::metadata(path)?)?;
    limit.check(size)?;
    let file = open(path)?;
    let size = regular_size(&file.metadata()?)?;
    limit.check(size)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // Reads at most one byte past the limit of a file that grows meanwhile.
    file.take(limit.bytes() + 1).read_to_end(&mut bytes)?;
    limit.check(bytes.len() as u64)?;
    Ok(bytes)
}

fn regular_size(metadata: &fs::Metadata) -> io::Result<u64> {
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::other("it is not a regular file"))
    }
}

/// Opens a file without blocking, even if it is a pipe after all.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NONBLOCK.bits();
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.cast_signed())
        .open(path)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use twilio_test_support::ScratchFolder;

    use super::*;

    #[test]
    fn sizes_are_in_mebibytes() {
        assert_eq!(MaxSize::parse("1").unwrap().bytes(), 1 << 20);
        for text in ["", "0", "-1", "64M", "1e3", "99999999999999999999"] {
            assert!(MaxSize::parse(text).unwrap_err().contains(text), "{text}");
        }
    }

    #[test]
    fn files_are_read_up_to_the_limit() {
        let folder = ScratchFolder::new("input_file");
        let limit = MaxSize { mebibytes: 1 };
        let path = folder.write("a", vec![b'a'; 1 << 20]);
        assert_eq!(read(&path, limit).unwrap().len(), 1 << 20);
        folder.write("a", vec![b'a'; (1 << 20) + 1]);
        let error = read(&path, limit).unwrap_err().to_string();
        assert!(
            error.contains("1 MiB") && error.contains("--max-size"),
            "{error}"
        );
        let error = read(folder.path(), limit).unwrap_err().to_string();
        assert_eq!(error, "it is not a regular file");
    }
}
