//! A small HTTP/1.1 server that records what it is asked and answers as it is told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use twilio_runtime::RetryPolicy;

use crate::api::Client;

/// A request as it came.
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

/// The bytes of an answer; `None` says nothing until the client gives up.
pub type Reply = Option<Vec<u8>>;

/// Returns an answer with a status line such as `200 OK`, header lines and a body.
pub fn reply(status: &str, headers: &[&str], body: &str) -> Reply {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    if !status.starts_with("204") {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    for header in headers {
        head.push_str(&format!("{header}\r\n"));
    }
    Some(format!("{head}\r\n{body}").into_bytes())
}

/// Returns `200 OK` with JSON.
pub fn json(body: &str) -> Reply {
    reply(
        "200 OK",
        &["Content-Type: application/json", "Twilio-Request-Id: RQ1"],
        body,
    )
}

pub struct Server {
    pub url: String,
    recorded: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Serves the answers in order; a request beyond them is answered with 418.
    pub fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<Vec<_>>().into_iter());
        Self::start(move |_| {
            let next = replies.lock().unwrap().next();
            next.unwrap_or_else(|| reply("418 I'm a teapot", &[], "not expected"))
        })
    }

    /// Serves what `answer` makes of each request.
    pub fn start(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), answer)
    }

    /// Does the same behind a listener that is there already.
    pub fn on(
        listener: TcpListener,
        answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let (records, answer) = (Arc::clone(&recorded), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (records, answer) = (Arc::clone(&records), Arc::clone(&answer));
                thread::spawn(move || serve(stream.unwrap(), &records, &*answer));
            }
        });
        Self { url, recorded }
    }

    /// Returns a client of this server.
    pub fn client(&self) -> Client {
        Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&self.url)
            .build()
            .unwrap()
    }

    /// Returns a client of this server that repeats nothing.
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
        self.recorded.lock().unwrap().clone()
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

fn serve(
    mut stream: TcpStream,
    records: &Mutex<Vec<Recorded>>,
    answer: &dyn Fn(&Recorded) -> Reply,
) {
    let request = read(&mut BufReader::new(&stream));
    records.lock().unwrap().push(request.clone());
    match answer(&request) {
        // A client that hangs up early is a part of some tests.
        Some(bytes) => drop(stream.write_all(&bytes)),
        None => thread::sleep(Duration::from_secs(5)),
    }
}

fn read(reader: &mut impl BufRead) -> Recorded {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let start = line();
    let mut start = start.split(' ');
    let (method, target) = (
        start.next().unwrap().to_owned(),
        start.next().unwrap_or_default().to_owned(),
    );
    let mut headers = Vec::new();
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, it)| it.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Recorded {
        method,
        target,
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}
