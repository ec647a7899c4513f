//! Reads the requests that the server receives.

use std::io::BufRead;

/// A request as it arrived, undecoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names and values, unchanged.
    pub headers: Vec<(String, String)>,
    /// The body, without the framing of chunks.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a request; `None` if the client has closed the connection, or if it is incomplete.
    ///
    /// # Panics
    ///
    /// Panics if the `Content-Length` is not a number.
    pub fn read(reader: &mut impl BufRead) -> Option<Self> {
        let start = line(reader)?;
        let (method, target) = start.split_once(' ')?;
        let (target, _version) = target.rsplit_once(' ')?;
        let mut request = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        while let Some((name, value)) = line(reader)?.split_once(':') {
            let value = value.trim().to_owned();
            request.headers.push((name.to_owned(), value));
        }
        request.body = if request.header("transfer-encoding").is_some() {
            chunks(reader)?
        } else {
            let length = request.header("content-length");
            let length = length.map_or(0, |it| it.parse().expect("a length"));
            bytes(reader, length)?
        };
        Some(request)
    }

    /// Returns the value of a header, whose name is in any case.
    ///
    /// # Panics
    ///
    /// Panics if the header was sent twice.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(it, _): &&(String, String)| it.eq_ignore_ascii_case(name);
        let mut values = self.headers.iter().filter(named);
        let value = values.next().map(|(_, value)| value.as_str());
        assert_eq!(values.next(), None, "`{name}` was sent twice");
        value
    }

    /// Returns the target before its `?`.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(&self.target, |(path, _)| path)
    }

    /// Returns the target after its `?`, if it has one.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Returns the body as text.
    ///
    /// # Panics
    ///
    /// Panics if the body is not UTF-8.
    #[track_caller]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// Returns method and target on one line.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Returns the origin of the server as the client addressed it, over plain HTTP.
    ///
    /// # Panics
    ///
    /// Panics if there is no `Host` header.
    #[track_caller]
    pub fn origin(&self) -> String {
        format!("http://{}", self.header("host").expect("a `Host` header"))
    }
}

/// Reads a line without its end.
fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    Some(line.trim_end().to_owned())
}

/// Reads a chunked body (RFC 9112 §7.1).
fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&line(reader)?, 16).ok()?;
        // Each chunk ends with CRLF.
        let chunk = bytes(reader, length + 2)?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

fn bytes(reader: &mut impl BufRead, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
