//! A small HTTP/1.1 server on a free port: it records every request and sends scripted responses.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::reply::{Ending, Reply};

/// A request as it arrived, undecoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// The text after the `?`, if there is one.
    pub query: Option<String>,
    /// Names and values, unchanged.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// Returns the value of a header, which must not be repeated.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(it, _): &&(String, String)| it.eq_ignore_ascii_case(name);
        let mut values = self.headers.iter().filter(named);
        let value = values.next().map(|(_, value)| value.as_str());
        assert_eq!(values.next(), None, "`{name}` came twice");
        value
    }

    /// Returns the origin of the server as the client addressed it.
    pub fn origin(&self) -> String {
        format!("http://{}", self.header("host").expect("a `Host` header"))
    }

    /// Returns method, path and query on one line.
    pub fn line(&self) -> String {
        let Self { method, path, .. } = self;
        match &self.query {
            Some(query) => format!("{method} {path}?{query}"),
            None => format!("{method} {path}"),
        }
    }

    /// Reads a request; `None` if the client has closed the connection.
    async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let Some(start) = read_line(stream).await? else {
            return Ok(None);
        };
        let mut words = start.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(broken(format!("request line `{start}`")));
        };
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers: read_headers(stream).await?,
            body: Vec::new(),
        };
        let length = request.header("content-length").unwrap_or("0").parse();
        request.body = vec![0; length.map_err(|error| broken(format!("{error}")))?];
        stream.read_exact(&mut request.body).await?;
        Ok(Some(request))
    }
}

async fn read_headers(
    stream: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(stream).await?;
        match line.as_deref().map(|line| (line, line.split_once(':'))) {
            Some(("", _)) => return Ok(headers),
            Some((_, Some((name, value)))) => {
                headers.push((name.to_owned(), value.trim().to_owned()));
            }
            Some((line, None)) => return Err(broken(format!("header line `{line}`"))),
            None => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// Reads a line without its end; `None` at the end of the stream.
async fn read_line(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = String::new();
    let length = stream.read_line(&mut line).await?;
    Ok((length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn broken(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Creates the response to a request.
type Script = Box<dyn FnMut(&Request) -> Reply + Send>;

/// A server that runs until its test ends.
pub struct Server {
    origin: String,
    record: Arc<Mutex<Record>>,
}

struct Record {
    requests: Vec<Request>,
    script: Script,
}

impl Server {
    /// Sends what `script` returns for each request.
    pub async fn start(script: impl FnMut(&Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port on the loopback interface");
        let address = listener.local_addr().expect("the address of a listener");
        let record = Arc::new(Mutex::new(Record {
            requests: Vec::new(),
            script: Box::new(script),
        }));
        tokio::spawn(accept(listener, Arc::clone(&record)));
        Self {
            origin: format!("http://{address}"),
            record,
        }
    }

    /// Sends `replies` in order, and then [`Reply::unplanned`].
    pub async fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let mut replies = replies.into_iter().collect::<Vec<_>>().into_iter();
        Self::start(move |_| replies.next().unwrap_or_else(Reply::unplanned)).await
    }

    /// Returns the URL of the server, such as `http://127.0.0.1:54321`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.record).requests.clone()
    }

    /// Returns [`Request::line`] of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        lock(&self.record)
            .requests
            .iter()
            .map(Request::line)
            .collect()
    }

    /// Returns the only request so far.
    #[track_caller]
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{:?}", self.lines());
        requests.remove(0)
    }
}

/// A panic in one script must not hide behind a poisoned lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, record: Arc<Mutex<Record>>) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let record = Arc::clone(&record);
        // An error here is also an error of the client, which the test sees.
        tokio::spawn(async move { drop(serve(stream, &record).await) });
    }
}

async fn serve(stream: TcpStream, record: &Mutex<Record>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = Request::read(&mut stream).await? {
        let (bytes, ending) = answer(record, request).into_parts();
        stream.write_all(&bytes).await?;
        match ending {
            Ending::Whole => {}
            Ending::Cut => return stream.shutdown().await,
            // Ends when the client hangs up.
            Ending::Stalled | Ending::Silent => return stream.read_u8().await.map(drop),
        }
    }
    Ok(())
}

fn answer(record: &Mutex<Record>, request: Request) -> Reply {
    let mut record = lock(record);
    let reply = (record.script)(&request);
    record.requests.push(request);
    reply
}
