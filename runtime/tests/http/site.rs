//! A misbehaving server: it responds to each request as the id in it says, so that it can simulate any number of faults
//! at a time and count the requests of each.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use twilio_runtime::{Error, Items, NextPageProblem, SendErrorKind};
use twilio_test_support::{Reply, Request, Server};

use crate::api::{Client, Fleet, next};
use crate::server::json;
use crate::tls;

/// How long a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lasts {
    /// There is no fault.
    Never,
    /// Only the first request meets the fault.
    Once,
    /// Every request meets the fault.
    Always,
}

/// The purpose of a request. It is sent as the SID in a path, the network access profile in a form or the status in the
/// query of a list, and returned as the SID of each fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// The index of the fault in a table.
    pub fault: usize,
    pub lasts: Lasts,
    pub number: usize,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lasts = match self.lasts {
            Lasts::Never => "never",
            Lasts::Once => "once",
            Lasts::Always => "always",
        };
        write!(f, "{}.{lasts}.{}", self.fault, self.number)
    }
}

impl Id {
    /// Returns the id of a request to a [`Site`].
    fn of(request: &Request) -> Self {
        let sent = if request.method == "POST" {
            request.text().strip_prefix("NetworkAccessProfile=")
        } else if let Some((_, status)) = request.target.split_once("Status=") {
            status.split('&').next()
        } else {
            request.target.rsplit('/').next()
        };
        Self::read(sent.unwrap())
    }

    /// Parses an id from its `Display` form.
    pub fn read(text: &str) -> Self {
        let words: Vec<_> = text.split('.').collect();
        let [fault, lasts, number] = words[..] else {
            panic!("not an id: {text}")
        };
        let lasts = match lasts {
            "never" => Lasts::Never,
            "once" => Lasts::Once,
            "always" => Lasts::Always,
            other => panic!("unknown duration `{other}`"),
        };
        Self {
            fault: fault.parse().unwrap(),
            lasts,
            number: number.parse().unwrap(),
        }
    }
}

/// A received request, and the data for its response.
pub struct Visit<'a> {
    pub request: &'a Request,
    pub id: Id,
    /// The URL of this server.
    pub own: &'a str,
    /// The URL of a server that must not receive any request.
    pub other: &'a str,
}

impl Visit<'_> {
    /// Returns whether the request is for the first page of a list.
    pub fn is_first_page(&self) -> bool {
        self.request.target.contains("Status=") && !self.is_second_page()
    }

    fn is_second_page(&self) -> bool {
        self.request.target.contains("Page=1")
    }

    /// Returns a correct response.
    pub fn well(&self) -> Reply {
        json(&self.body())
    }

    /// Returns the body of a correct response.
    pub fn body(&self) -> String {
        if self.is_first_page() {
            self.page(&format!("{}/v1/Fleets?Status={}&Page=1", self.own, self.id))
        } else if self.is_second_page() {
            self.page("")
        } else {
            format!(r#"{{"sid": "{}"}}"#, self.id)
        }
    }

    /// Returns a page of a list with one fleet and a link to the next page.
    pub fn page(&self, next: &str) -> String {
        let fleet = serde_json::json!({ "sid": self.id.to_string() });
        page(&[fleet], next)
    }
}

/// Returns a page of a list with these fleets and a link to the next page.
pub fn page(fleets: &[serde_json::Value], next: &str) -> String {
    let meta = serde_json::json!({ "next_page_url": next });
    serde_json::json!({"fleets": fleets, "meta": meta}).to_string()
}

/// The target of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The misbehaving server.
    Server,
    /// A port that nothing listens on.
    Closed,
    /// A server that resets each connection as soon as it receives anything.
    Resetting,
    /// A server without TLS, called over TLS.
    WithoutTls,
    /// Servers with TLS whose certificates are wrong, and one that requires a client certificate.
    Untrusted,
    Expired,
    OtherHost,
    Wanting,
}

impl Target {
    /// Returns the number of attempts if no request is ever seen.
    pub fn attempts(self) -> Option<usize> {
        match self {
            Self::Server | Self::Resetting => None,
            Self::Closed | Self::WithoutTls => Some(3),
            Self::Untrusted | Self::Expired | Self::OtherHost | Self::Wanting => Some(1),
        }
    }
}

/// A method, or a list, which takes two `GET`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Get,
    Delete,
    Post,
    List,
}

/// The servers, and a client for each target.
pub struct Site {
    pub server: Server,
    /// Must not receive any request.
    pub other: Server,
    /// The number of reset connections.
    resets: Arc<AtomicUsize>,
    /// The number of requests by id.
    seen: Arc<Mutex<BTreeMap<Id, usize>>>,
    clients: Vec<(Target, Client)>,
}

impl Site {
    /// Starts the servers. Requests that `gate` responds to do not reach the service and are not counted. `answer`
    /// responds to a request while its fault lasts, and `client` creates the client for a URL.
    pub fn start(
        gate: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static,
        answer: impl Fn(&Visit) -> Reply + Send + Sync + 'static,
        client: impl Fn(&str) -> Client,
    ) -> Self {
        let other = Server::replying([]);
        let seen = Arc::<Mutex<BTreeMap<Id, usize>>>::default();
        let (counts, other_url) = (Arc::clone(&seen), other.url.clone());
        let server = Server::start(move |request| {
            if let Some(reply) = gate(request) {
                return reply;
            }
            let visit = Visit {
                request,
                id: Id::of(request),
                own: &format!("http://{}", request.header("host").unwrap()),
                other: &other_url,
            };
            let before = count(&counts, visit.id);
            // The fault of a list is on its second page, unless `answer` puts it on the first.
            let is_wrong = match visit.id.lasts {
                Lasts::Never => false,
                Lasts::Once => before == usize::from(visit.is_second_page()),
                Lasts::Always => true,
            };
            if is_wrong {
                answer(&visit)
            } else {
                visit.well()
            }
        });
        let (resetting_url, resets) = resetting();
        let targets = [
            (Target::Server, server.url.clone()),
            (Target::Closed, closed()),
            (Target::Resetting, resetting_url),
            (Target::WithoutTls, server.url.replace("http:", "https:")),
        ];
        let targets = targets.into_iter().chain(tls::misfits());
        let clients = targets.map(|(target, url)| (target, client(&url)));
        Self {
            server,
            other,
            resets,
            seen,
            clients: clients.collect(),
        }
    }

    /// Returns how often a request was received.
    pub fn seen(&self, id: Id) -> usize {
        self.seen.lock().unwrap().get(&id).copied().unwrap_or(0)
    }

    /// Returns how often a connection was reset before its request was read.
    pub fn resets(&self) -> usize {
        self.resets.load(Ordering::SeqCst)
    }

    /// Returns the client for a target.
    pub fn client(&self, target: Target) -> &Client {
        let client = self.clients.iter().find(|(it, _)| *it == target);
        &client.unwrap().1
    }
}

/// Sends a request of this kind, and describes the result.
///
/// # Panics
///
/// Panics if a response is for another request, or if an error shows a secret or is endless.
pub async fn outcome(client: &Client, kind: Kind, id: Id) -> String {
    let sid = id.to_string();
    let (fleets, error) = match kind {
        Kind::Get => one(client.fleet(&sid).fetch().await),
        Kind::Post => one(client.fleets().create(&sid).await),
        Kind::Delete => {
            let error = client.fleet(&sid).delete().await.err();
            return error.map_or_else(|| ANSWER.to_owned(), |error| named(&error));
        }
        Kind::List => drain(client.fleets().list().status(sid.as_str()).stream()).await,
    };
    let own = fleets
        .iter()
        .all(|it| it.sid.is_none() || it.sid.as_ref() == Some(&sid));
    assert!(own, "{sid} got {fleets:?}");
    let whole = if kind == Kind::List { 2 } else { 1 };
    match error {
        Some(error) if fleets.is_empty() => named(&error),
        Some(error) if fleets.len() == 1 => format!("1 item, then {}", named(&error)),
        Some(error) => format!("{} items, then {}", fleets.len(), named(&error)),
        None if fleets.len() == whole && fleets.iter().all(|it| it.sid.is_some()) => {
            ANSWER.to_owned()
        }
        None => format!("{fleets:?}"),
    }
}

/// The description of a successful request.
pub const ANSWER: &str = "its answer";

fn one(result: Result<Fleet, Error>) -> (Vec<Fleet>, Option<Error>) {
    match result {
        Ok(fleet) => (vec![fleet], None),
        Err(error) => (Vec::new(), Some(error)),
    }
}

async fn drain(mut items: Items<Fleet>) -> (Vec<Fleet>, Option<Error>) {
    let mut fleets = Vec::new();
    loop {
        match next(&mut items).await {
            Some(Ok(fleet)) => fleets.push(fleet),
            Some(Err(error)) => return (fleets, Some(error)),
            None => return (fleets, None),
        }
    }
}

/// Describes the kind of an error, with the facts that a caller can query.
fn named(error: &Error) -> String {
    let shown = format!("{error} {error:?}");
    assert!(shown.len() < 4000, "{shown}");
    for secret in ["hunter2", "QUMxOmh1bnRlcjI"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let status = error.status().map_or(0, |it| it.as_u16());
    if let Error::Transport(fault) = error {
        match (fault.is_connect(), error.is_timeout()) {
            (true, _) if fault.kind() == SendErrorKind::Certificate => {
                "`Transport`: certificate".to_owned()
            }
            (true, _) => "`Transport`: no connection".to_owned(),
            (false, true) => "`Transport`: timeout".to_owned(),
            (false, false) => "`Transport`".to_owned(),
        }
    } else if let Error::Api(fault) = error {
        match fault.code {
            Some(code) => format!("`Api` {status}, code {code}"),
            None => format!("`Api` {status}"),
        }
    } else if let Error::BodyTooLarge(_) = error {
        format!("`BodyTooLarge`, {status}")
    } else if let Error::Authentication(_) = error {
        "`Authentication`".to_owned()
    } else if let Error::Decode(_) = error {
        format!("`Decode` of a {status}")
    } else if let Error::NextPage(fault) = error {
        let problem = match &fault.problem {
            NextPageProblem::OtherOrigin { .. } => "other origin",
            NextPageProblem::Userinfo { .. } => "userinfo",
            NextPageProblem::NotAUrl => "no URL",
            NextPageProblem::Loop => "loop",
            NextPageProblem::Empty { .. } => "empty pages",
            problem => panic!("{problem:?}"),
        };
        format!("`NextPage`: {problem}")
    } else {
        panic!("{error:?}")
    }
}

/// Increments a count, and returns its previous value.
pub fn count(seen: &Mutex<BTreeMap<Id, usize>>, id: Id) -> usize {
    let mut seen = seen.lock().unwrap();
    let count = seen.entry(id).or_default();
    *count += 1;
    *count - 1
}

/// Returns the URL of a port that nothing listens on. Its socket stays bound for as long as the tests run.
pub fn closed() -> String {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    std::mem::forget(socket);
    url
}

/// Returns the URL of a server that resets each connection on a request, and the number of resets.
fn resetting() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let resets = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&resets);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let count = Arc::clone(&count);
            thread::spawn(move || reset(&stream.unwrap(), &count).unwrap());
        }
    });
    (url, resets)
}

fn reset(stream: &TcpStream, count: &AtomicUsize) -> io::Result<()> {
    // If the reset came any earlier, the client might not see a connection at all.
    if stream.peek(&mut [0])? > 0 {
        count.fetch_add(1, Ordering::SeqCst);
    }
    // Closing a socket with unread bytes resets the connection (RFC 1122 §4.2.2.13).
    Ok(())
}
