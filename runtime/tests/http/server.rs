//! A small HTTP/1.1 server that records requests and sends scripted responses.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use socket2::SockRef;
use twilio_runtime::RetryPolicy;

use crate::api::Client;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Recorded {
    /// Returns the value of a header that was sent once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(it, _)| it == name)
            .map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "`{name}` was sent twice");
        value
    }
}

/// A scripted response.
#[derive(Clone)]
pub struct Reply {
    bytes: Vec<u8>,
    then: Then,
    on_sent: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// What a server does after sending a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Reads the next request on the same connection.
    Next,
    /// Does the same, and closes the connection if no request arrives in time.
    NextWithin(Duration),
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
    /// Sends nothing more until the client hangs up.
    Silence,
    /// Sends `piece` this many times, with a pause after each, unless the client hangs up; then closes the connection.
    Repeat {
        piece: &'static [u8],
        times: usize,
        pause: Duration,
    },
}

impl Reply {
    /// Sets what follows the response.
    pub fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }

    /// Returns whether the response continues until the client hangs up.
    pub fn is_endless(&self) -> bool {
        matches!(
            self.then,
            Then::Silence
                | Then::Repeat {
                    times: usize::MAX,
                    ..
                }
        )
    }

    /// Sets a hook that is called when the bytes have been sent, and a few pieces if they follow.
    pub fn on_sent(mut self, hook: impl Fn() + Send + Sync + 'static) -> Self {
        self.on_sent = Some(Arc::new(hook));
        self
    }
}

/// Returns a response with a status line such as `200 OK`, header lines and a body.
pub fn reply(status: &str, headers: &[&str], body: &str) -> Reply {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    if !status.starts_with("204") {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    for header in headers {
        head.push_str(&format!("{header}\r\n"));
    }
    raw(format!("{head}\r\n{body}")).then(Then::Next)
}

/// Returns `200 OK` with JSON.
pub fn json(body: &str) -> Reply {
    reply(
        "200 OK",
        &["Content-Type: application/json", "Twilio-Request-Id: RQ1"],
        body,
    )
}

/// Returns a response of raw bytes, after which the connection closes.
pub fn raw(bytes: impl Into<Vec<u8>>) -> Reply {
    Reply {
        bytes: bytes.into(),
        then: Then::Close,
        on_sent: None,
    }
}

/// Returns no response, for as long as the client waits.
pub fn silence() -> Reply {
    raw("").then(Then::Silence)
}

pub struct Server {
    pub url: String,
    log: Arc<Log>,
}

/// What a server has received and sent.
#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Recorded>>,
    bytes_sent: AtomicUsize,
    connections: AtomicUsize,
}

impl Server {
    /// Sends the responses in order; further requests get a 418.
    pub fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<Vec<_>>().into_iter());
        Self::start(move |_| {
            let next = replies.lock().unwrap().next();
            next.unwrap_or_else(|| reply("418 I'm a teapot", &[], "not expected"))
        })
    }

    /// Sends what `answer` returns for each request.
    pub fn start(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), answer)
    }

    /// Does the same on an existing listener.
    pub fn on(
        listener: TcpListener,
        answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::<Log>::default();
        let (own, answer) = (Arc::clone(&log), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, answer) = (Arc::clone(&own), Arc::clone(&answer));
                log.connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || serve(&stream.unwrap(), &log, &*answer));
            }
        });
        Self { url, log }
    }

    /// Returns a client of this server.
    pub fn client(&self) -> Client {
        Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&self.url)
            .build()
            .unwrap()
    }

    /// Returns a client of this server that does not retry.
    pub fn client_without_retries(&self) -> Client {
        Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&self.url)
            .retry_policy(RetryPolicy::off())
            .build()
            .unwrap()
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.log.requests.lock().unwrap().clone()
    }

    /// Returns how many response bytes the client or the system has accepted so far.
    pub fn bytes_sent(&self) -> usize {
        self.log.bytes_sent.load(Ordering::SeqCst)
    }

    /// Returns the number of connections so far.
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// Returns the only request so far.
    pub fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    /// Returns method and target of the requests so far.
    pub fn targets(&self) -> Vec<String> {
        self.requests()
            .iter()
            .map(|it| format!("{} {}", it.method, it.target))
            .collect()
    }
}

fn serve(stream: &TcpStream, log: &Log, answer: &dyn Fn(&Recorded) -> Reply) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        log.requests.lock().unwrap().push(request.clone());
        let reply = answer(&request);
        // In some tests the client hangs up early.
        if send(stream, &reply, log).is_err() {
            return;
        }
        match reply.then {
            Then::Next => {}
            Then::NextWithin(time) => stream.set_read_timeout(Some(time)).unwrap(),
            Then::Close | Then::Repeat { .. } => return,
            // With a linger of zero, closing resets the connection.
            Then::Reset => {
                let socket = SockRef::from(stream);
                return socket.set_linger(Some(Duration::ZERO)).unwrap();
            }
            Then::Silence => return drop(io::copy(&mut reader, &mut io::sink())),
        }
    }
}

fn send(mut stream: &TcpStream, reply: &Reply, log: &Log) -> io::Result<()> {
    let mut send = |bytes: &[u8]| {
        stream.write_all(bytes)?;
        log.bytes_sent.fetch_add(bytes.len(), Ordering::SeqCst);
        Ok::<(), io::Error>(())
    };
    let sent = || reply.on_sent.iter().for_each(|hook| hook());
    send(&reply.bytes)?;
    let Then::Repeat {
        piece,
        times,
        pause,
    } = reply.then
    else {
        sent();
        return Ok(());
    };
    for number in 0..times {
        send(piece)?;
        thread::sleep(pause);
        if number == 3 {
            sent();
        }
    }
    Ok(())
}

/// Reads a request; `None` if the client has closed the connection.
pub fn read(reader: &mut impl BufRead) -> Option<Recorded> {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        Some(line.trim_end().to_owned())
    };
    let start = line()?;
    let (method, target) = start.split_once(' ')?;
    let (target, _version) = target.rsplit_once(' ')?;
    let mut headers = Vec::new();
    while let Some((name, value)) = line()?.split_once(':') {
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let header = |wanted| headers.iter().find(|(name, _)| name == wanted);
    let length = header("content-length").map_or(0, |(_, it)| it.parse().unwrap());
    let mut body = vec![0; length];
    if header("transfer-encoding").is_some() {
        body = chunks(reader)?;
    }
    reader.read_exact(&mut body[..length]).ok()?;
    Some(Recorded {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}

/// Reads a chunked body (RFC 9112 §7.1); `None` if it is incomplete.
fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim_end(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}
