//! A small HTTP/1.1 server that records requests and sends scripted responses.

use std::io::{self, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use crate::reply::{Reply, Then};
use crate::request::Request;

/// A server on a free port. It runs on threads of its own until the tests end.
pub struct Server {
    /// The URL of the server, such as `http://127.0.0.1:54321`.
    pub url: String,
    log: Arc<Log>,
}

/// What a server has received and sent.
#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    bytes_sent: AtomicUsize,
    connections: AtomicUsize,
}

impl Server {
    /// Starts a server that sends what `answer` returns for each request. It calls `answer` on several threads at a time.
    ///
    /// # Panics
    ///
    /// Panics if there is no free port.
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0");
        Self::on(listener.expect("a free port"), answer)
    }

    /// Does the same on an existing listener.
    ///
    /// # Panics
    ///
    /// Panics if the listener has no address.
    pub fn on(
        listener: TcpListener,
        answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let address = listener.local_addr().expect("the address of a listener");
        let log = Arc::<Log>::default();
        let (own, answer) = (Arc::clone(&log), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a connection");
                let (log, answer) = (Arc::clone(&own), Arc::clone(&answer));
                log.connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || serve(&stream, &log, &*answer));
            }
        });
        Self {
            url: format!("http://{address}"),
            log,
        }
    }

    /// Starts a server that sends what `script` returns for each request, one request at a time.
    pub fn scripted(script: impl FnMut(&Request) -> Reply + Send + 'static) -> Self {
        let script = Mutex::new(script);
        Self::start(move |request| lock(&script)(request))
    }

    /// Starts a server that sends `replies` in order, and then [`Reply::unplanned`].
    pub fn replying(replies: impl IntoIterator<Item = Reply>) -> Self {
        let mut replies = replies.into_iter().collect::<Vec<_>>().into_iter();
        Self::scripted(move |_| replies.next().unwrap_or_else(Reply::unplanned))
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.log.requests).clone()
    }

    /// Returns [`Request::line`] of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        lock(&self.log.requests).iter().map(Request::line).collect()
    }

    /// Returns the only request so far.
    ///
    /// # Panics
    ///
    /// Panics if there were none or several.
    #[track_caller]
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }

    /// Returns how many response bytes the client or the system has accepted so far.
    pub fn bytes_sent(&self) -> usize {
        self.log.bytes_sent.load(Ordering::SeqCst)
    }

    /// Returns the number of connections so far.
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }
}

/// A panic in one script must not hide behind a poisoned lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: &TcpStream, log: &Log, answer: &dyn Fn(&Request) -> Reply) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader) {
        lock(&log.requests).push(request.clone());
        let reply = answer(&request);
        // In some tests the client hangs up early.
        if send(stream, &reply, log).is_err() {
            return;
        }
        match reply.then {
            Then::Next => {}
            Then::NextWithin(time) => stream.set_read_timeout(Some(time)).expect("a socket"),
            Then::Close | Then::Repeat { .. } => return,
            // With a linger of zero, closing resets the connection.
            Then::Reset => {
                let socket = SockRef::from(stream);
                return socket.set_linger(Some(Duration::ZERO)).expect("a socket");
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
    send(&reply.bytes())?;
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
