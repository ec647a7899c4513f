//! Streamed bodies: parts, files, and more than fits into memory.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use twilio_runtime::{
    Body, ByteStream, Bytes, Call, Client, ClientBuilder, Error, Method, Operation, Part, Product,
    Resource, Response, SendErrorKind, Stream,
};
use twilio_test_support::{Reply, Request, ScratchFolder, Server, Then};

use crate::retries::skip_wait;
use crate::server::json;

static UPLOAD: Operation = Operation {
    id: "Upload",
    method: Method::Put,
    server: "https://files.example",
    path: "/file",
};
pub(super) static DOWNLOAD: Operation = Operation {
    id: "Download",
    method: Method::Get,
    server: "https://files.example",
    path: "/file",
};

pub(super) fn builder(url: &str) -> ClientBuilder<Client> {
    let builder = Client::builder().basic_auth("AC1", "hunter2").base_url(url);
    builder.on_retry(|retry| skip_wait(retry.wait))
}

pub(super) fn call(client: &Client, operation: &'static Operation) -> Call<Bytes> {
    Call::bytes(&Resource::new(client, Product::new("files")), operation)
}

fn upload(url: &str, body: impl Into<Body>) -> Call<Bytes> {
    let mut call = call(&builder(url).build().unwrap(), &UPLOAD);
    call.content_type("application/octet-stream");
    call.bytes_body(body.into());
    call
}

pub(super) async fn download(url: &str) -> Result<Response<ByteStream>, Error> {
    call(&builder(url).build().unwrap(), &DOWNLOAD)
        .send_stream()
        .await
}

fn busy() -> Reply {
    Reply::new("503 Service Unavailable", &[], "busy")
}

/// Creates a file with a telling name, and the folder that contains it.
fn file(text: &str) -> (ScratchFolder, PathBuf) {
    let folder = ScratchFolder::new("streams");
    let path = folder.write("table.csv", text);
    (folder, path)
}

/// Yields chunks one by one, and counts those that are alive.
struct Pieces {
    left: usize,
    size: usize,
    alive: Arc<Alive>,
}

/// The number of bytes in living chunks, now and at most.
#[derive(Default)]
struct Alive {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A chunk that is counted until it is dropped.
struct Piece(Vec<u8>, Arc<Alive>);

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.1.now.fetch_sub(self.0.len(), Ordering::SeqCst);
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        let (size, alive) = (self.size, &self.alive);
        let now = alive.now.fetch_add(size, Ordering::SeqCst) + size;
        alive.most.fetch_max(now, Ordering::SeqCst);
        let piece = Piece(vec![b'x'; size], Arc::clone(alive));
        Poll::Ready(Some(Ok(Bytes::from_owner(piece))))
    }
}

/// A fixed list of chunks, any of which may be an error.
struct Given(std::vec::IntoIter<io::Result<Bytes>>);

impl Stream for Given {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

fn given(pieces: impl IntoIterator<Item = &'static str>) -> Given {
    let pieces = pieces.into_iter().map(|it| Ok(Bytes::from(it)));
    Given(pieces.collect::<Vec<_>>().into_iter())
}

const MIB: usize = 1 << 20;

/// Reads a request of 200 MiB, sends a response of the same size, and reports how much arrived.
fn mirror() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let received = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&received);
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut buffer = vec![0; 64 * 1024];
        let mut seen = Vec::new();
        let head = loop {
            let length = stream.read(&mut buffer).unwrap();
            seen.extend_from_slice(&buffer[..length]);
            if let Some(end) = seen.windows(4).position(|it| it == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let mut body = seen.len() - head;
        while body < 200 * MIB {
            body += stream.read(&mut buffer).unwrap();
        }
        count.store(body, Ordering::SeqCst);
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 200 * MIB);
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..200 {
            stream.write_all(&vec![b'y'; MIB]).unwrap();
        }
    });
    (url, received)
}

#[tokio::test]
async fn large_bodies_are_streamed_both_ways() {
    let (url, received) = mirror();
    let alive = Arc::<Alive>::default();
    let pieces = Pieces {
        left: 200 * 16,
        size: MIB / 16,
        alive: Arc::clone(&alive),
    };
    let client = builder(&url).max_body_size(MIB).build().unwrap();
    let mut call = call(&client, &UPLOAD);
    call.content_type("application/octet-stream");
    call.bytes_body(Body::stream(pieces).with_length((200 * MIB) as u64));
    let mut answer = call.send_stream().await.unwrap();
    assert_eq!(received.load(Ordering::SeqCst), 200 * MIB);
    assert_eq!(answer.body().length(), Some((200 * MIB) as u64));
    let (mut length, mut largest) = (0, 0);
    while let Some(piece) = answer.chunk().await.unwrap() {
        assert_eq!([piece[0], piece[piece.len() - 1]], *b"yy");
        length += piece.len();
        largest = largest.max(piece.len());
    }
    assert_eq!(length, 200 * MIB);
    let most = alive.most.load(Ordering::SeqCst);
    assert!(most < 4 * MIB, "{most} bytes were sent and alive at once");
    assert!(largest < 4 * MIB, "{largest} bytes came at once");
    assert_eq!(alive.now.load(Ordering::SeqCst), 0);
}

/// Returns the parts in the format of RFC 7578, with a fixed boundary.
fn parts_of(request: &Request) -> String {
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    request.text().replace(boundary, "B").replace("\r\n", "\n")
}

fn parts(url: &str, file: Part) -> Call<Bytes> {
    let mut call = call(&builder(url).build().unwrap(), &UPLOAD);
    call.content_type("multipart/form-data");
    call.part("name", None, "a b");
    call.file("file", None, file);
    call.part("last", None, true);
    call
}

const PARTS: &str = "--B\nContent-Disposition: form-data; name=\"name\"\n\na b\n\
    --B\nContent-Disposition: form-data; name=\"file\"; filename=\"table.csv\"\nContent-Type: text/csv\n\na,b\n1,2\n\n\
    --B\nContent-Disposition: form-data; name=\"last\"\n\ntrue\n--B--\n";

#[tokio::test]
async fn parts_can_be_made_from_every_source() {
    let (_folder, path) = file("a,b\n1,2\n");
    let named = |part: Part| part.file_name("table.csv").content_type("text/csv");
    let length = Body::stream(given(["a,b\n", "1,2\n"])).with_length(8);
    for (part, has_length) in [
        (named(Part::from("a,b\n1,2\n")), true),
        (Part::file(&path).await.unwrap(), true),
        (named(Part::new(length)), true),
        (named(Part::stream(given(["a,b\n", "1,2\n"]))), false),
        (named(Part::reader(io::Cursor::new("a,b\n1,2\n"))), false),
    ] {
        let server = Server::replying([json("{}")]);
        parts(&server.url, part).fetch().await.unwrap();
        let request = server.request();
        assert_eq!(parts_of(&request), PARTS);
        let length = request.body.len().to_string();
        let sent = request.header("content-length");
        assert_eq!(sent, has_length.then_some(&*length));
        let coding = request.header("transfer-encoding");
        assert_eq!(coding, (!has_length).then_some("chunked"));
    }
}

#[tokio::test]
async fn reopenable_body_is_retried() {
    let (_folder, path) = file("x");
    let reopened =
        || Body::reopened(|| async { Ok(Body::reader(io::Cursor::new("x")).into_stream()) });
    for body in [
        Body::file(&path).await.unwrap(),
        reopened(),
        Body::from("x"),
    ] {
        let limited = Reply::new("429 Too Many Requests", &[], "{}");
        let server = Server::replying([limited, json("{}")]);
        upload(&server.url, body).fetch().await.unwrap();
        let bodies: Vec<String> = server
            .requests()
            .iter()
            .map(|it| it.text().to_owned())
            .collect();
        assert_eq!(bodies, ["x", "x"]);
    }
    let server = Server::replying([Reply::new("429 Too Many Requests", &[], "{}"), json("{}")]);
    let part = Part::file(&path).await.unwrap();
    parts(&server.url, part).fetch().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn body_that_can_be_read_once_is_not_retried() {
    for body in [
        Body::stream(given(["x"])),
        Body::reader(io::Cursor::new("x")),
        Body::async_reader(&b"x"[..]),
    ] {
        let limited = Reply::new("429 Too Many Requests", &[], "{}");
        let server = Server::replying([limited, json("{}")]);
        let call = upload(&server.url, body);
        let error = call.clone().fetch().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 429);
        assert_eq!(server.request().text(), "x");
        // A clone of the call does not send it either.
        let error = call.fetch().await.unwrap_err();
        assert_eq!(error.to_string(), "Upload: the request cannot be sent");
        assert_eq!(server.requests().len(), 1);
    }
}

/// If the request could not be sent at all, nothing was read.
#[tokio::test]
async fn unread_stream_is_retried() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Arc::new(Mutex::new(None));
    let own = Arc::clone(&server);
    let client = Client::builder().basic_auth("AC1", "hunter2");
    let client = client
        .base_url(format!("http://{address}"))
        .on_retry(move |_| {
            let listener = TcpListener::bind(address).unwrap();
            *own.lock().unwrap() = Some(Server::on(listener, |_| json("{}")));
        });
    let mut call = call(&client.build().unwrap(), &UPLOAD);
    call.bytes_body(Body::stream(given(["x"])));
    call.fetch().await.unwrap();
    assert_eq!(
        server.lock().unwrap().as_ref().unwrap().request().text(),
        "x"
    );
}

#[tokio::test]
async fn error_of_a_body_is_not_retried() {
    let broken = || {
        let pieces = vec![Ok("x".into()), Err(io::Error::other("hunter2"))];
        Body::stream(Given(pieces.into_iter()))
    };
    let longer = || Body::stream(given(["xx", "xx"]));
    let (_folder, path) = file("x");
    let gone = Body::file(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    for body in [
        broken(),
        broken().with_length(5),
        longer().with_length(3),
        longer().with_length(5),
        gone,
    ] {
        let server = Server::replying([json("{}")]);
        let error = upload(&server.url, body).fetch().await.unwrap_err();
        let Error::Transport(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.kind(), SendErrorKind::Body, "{error}");
        assert!(!error.is_unsent() && error.attempts() == 1);
        assert!(!error.to_string().contains("hunter2"), "{error}");
        assert_eq!(server.requests().len(), 0);
    }
}

#[tokio::test]
async fn invalid_file_is_an_error() {
    let folder = ScratchFolder::new("invalid_file");
    for path in [folder.path().to_owned(), folder.path().join("none")] {
        let error = Part::file(&path).await.unwrap_err();
        let Error::File(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.path(), path);
    }
}

#[tokio::test]
async fn download_arrives_in_chunks() {
    let pieces = Then::Repeat {
        piece: b"3\r\nabc\r\n",
        times: 5,
        pause: Duration::from_millis(1),
    };
    let end =
        Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n").then(pieces);
    let server = Server::replying([end]);
    let mut answer = download(&server.url).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.body().length()),
        (200, None)
    );
    assert_eq!(answer.headers()["x-a"], "b");
    let mut text = Vec::new();
    let error = loop {
        match answer.chunk().await {
            Ok(Some(piece)) => text.extend_from_slice(&piece),
            Ok(None) => panic!("the end was never sent"),
            Err(error) => break error,
        }
    };
    assert_eq!(text, b"abcabcabcabcabc");
    // The connection closed without the last chunk.
    let Error::Transport(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.kind(), SendErrorKind::Disconnect);
    assert!(
        error
            .to_string()
            .starts_with("Download: incomplete response from 127.0.0.1:")
    );
    assert!(answer.chunk().await.unwrap().is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn incomplete_download_is_an_error() {
    let server = Server::replying([Reply::raw(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
    )]);
    let mut answer = download(&server.url).await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    assert!(matches!(answer.chunk().await, Err(Error::Transport(_))));
}

/// Until the body begins, the rules of any call apply.
#[tokio::test]
async fn download_that_fails_at_once_is_retried_or_an_error() {
    let server = Server::replying([busy(), Reply::new("200 OK", &[], "abc")]);
    let mut answer = download(&server.url).await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    assert!(answer.chunk().await.unwrap().is_none());
    let body = r#"{"message": "no such file"}"#;
    let server = Server::replying([Reply::new("404 Not Found", &[], body)]);
    let error = download(&server.url).await.unwrap_err();
    assert_eq!(error.to_string(), "Download: 404 Not Found: no such file");
}

/// Each wait is limited, but not the total, so that a long download takes as long as it takes.
#[tokio::test]
async fn download_may_exceed_the_timeout_of_a_call() {
    let pieces = |times, pause| Then::Repeat {
        piece: b"abc",
        times,
        pause,
    };
    let client = |url: &str| {
        let builder = builder(url).timeout(Duration::from_millis(400));
        builder
            .attempt_timeout(Duration::from_millis(300))
            .build()
            .unwrap()
    };
    let slow = Reply::raw("HTTP/1.1 200 OK\r\n\r\n").then(pieces(20, Duration::from_millis(50)));
    let server = Server::replying([slow]);
    let mut answer = call(&client(&server.url), &DOWNLOAD)
        .send_stream()
        .await
        .unwrap();
    let mut length = 0;
    while let Some(piece) = answer.chunk().await.unwrap() {
        length += piece.len();
    }
    assert_eq!(length, 60);
    let still = Reply::raw("HTTP/1.1 200 OK\r\n\r\nabc").then(Then::Silence);
    let server = Server::replying([still]);
    let mut answer = call(&client(&server.url), &DOWNLOAD)
        .send_stream()
        .await
        .unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "abc");
    let error = answer.chunk().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(
        error
            .to_string()
            .contains("the `attempt_timeout` of 300ms was exceeded"),
        "{error}"
    );
}

/// Yields a chunk this many times, each after a pause.
fn slow_reader(times: usize) -> impl Read + Send + 'static {
    struct Slow(usize);
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(left) = self.0.checked_sub(1) else {
                return Ok(0);
            };
            self.0 = left;
            thread::sleep(Duration::from_millis(50));
            buffer[..3].copy_from_slice(b"abc");
            Ok(3)
        }
    }
    Slow(times)
}

#[tokio::test]
async fn upload_may_exceed_the_timeout_of_a_call() {
    let server = Server::replying([json("{}")]);
    let client = builder(&server.url).timeout(Duration::from_millis(400));
    let client = client
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let mut call = call(&client, &UPLOAD);
    call.bytes_body(Body::reader(slow_reader(20)).with_length(60));
    call.fetch().await.unwrap();
    assert_eq!(server.request().body.len(), 60);
    // The server does not respond.
    let server = Server::replying([Reply::raw("").then(Then::Silence)]);
    let client = builder(&server.url).attempt_timeout(Duration::from_millis(300));
    let mut call = self::call(&client.build().unwrap(), &UPLOAD);
    call.bytes_body(Body::reader(slow_reader(2)));
    let error = call.fetch().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

/// The server notices, and other calls get the permit.
#[tokio::test]
async fn dropped_download_is_cancelled() {
    let endless = Then::Repeat {
        piece: &[b'x'; 65536],
        times: usize::MAX,
        pause: Duration::ZERO,
    };
    let server = Server::start(move |request| match request.method.as_str() {
        "GET" => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").then(endless),
        _ => json("{}"),
    });
    let client = builder(&server.url).max_in_flight(1).build().unwrap();
    let mut answer = call(&client, &DOWNLOAD).send_stream().await.unwrap();
    answer.chunk().await.unwrap().unwrap();
    let mut other = call(&client, &UPLOAD);
    other.timeout(Duration::from_millis(200));
    let error = other.clone().fetch().await.unwrap_err();
    assert!(
        error.to_string().contains("before the request was sent"),
        "{error}"
    );
    drop(answer);
    other.fetch().await.unwrap();
    let sent = loop {
        let before = server.bytes_sent();
        tokio::time::sleep(Duration::from_millis(100)).await;
        if server.bytes_sent() == before {
            break before;
        }
    };
    assert!(sent > 0);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_programs_have_files_and_readers() {
    let (folder, path) = file("a,b\n1,2\n");
    let server = Server::replying([json("{}"), Reply::new("200 OK", &[], "abc".repeat(100_000))]);
    let part = Part::file(&path).wait().unwrap();
    parts(&server.url, part).fetch().wait().unwrap();
    assert_eq!(parts_of(&server.request()), PARTS);
    let call = call(&builder(&server.url).build().unwrap(), &DOWNLOAD);
    let mut answer = call.send_stream().wait().unwrap().into_reader();
    let copy = folder.path().join("copy");
    let length = io::copy(&mut answer, &mut std::fs::File::create(&copy).unwrap()).unwrap();
    assert_eq!(length, 300_000);
    assert_eq!(
        std::fs::read_to_string(copy).unwrap(),
        "abc".repeat(100_000)
    );
    let server = Server::replying([Reply::raw(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
    )]);
    let call = self::call(&builder(&server.url).build().unwrap(), &DOWNLOAD);
    let mut answer = call.send_stream().wait().unwrap().into_reader();
    let mut text = String::new();
    let error = answer.read_to_string(&mut text).unwrap_err();
    assert!(error.get_ref().unwrap().is::<Error>() && text == "abc");
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn mock_supports_streams_both_ways() {
    use twilio_runtime::mock::{AnswerSpec, Content, Mock, Mocked};

    struct Up;
    impl Mocked for Up {
        type Body = Vec<u8>;
        const ANSWER: &'static AnswerSpec = &AnswerSpec {
            operation: &UPLOAD,
            status: 200,
            content: Content::Bytes,
            examples: "{}",
        };
    }
    let mock = Mock::new();
    mock.on::<Up>().answer(vec![7; 50_000]);
    let (_folder, path) = file("a,b\n1,2\n");
    let mut call = call(&mock.client(), &UPLOAD);
    call.content_type("multipart/form-data");
    call.file("file", None, Part::file(&path).await.unwrap());
    let mut answer = call.send_stream().await.unwrap();
    let mut sizes = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        sizes.push(piece.len());
    }
    assert_eq!(sizes.iter().sum::<usize>(), 50_000);
    assert!(sizes.len() > 1, "{sizes:?}");
    let request = &mock.requests()[0];
    let part = request.part("file").unwrap();
    assert_eq!(part.bytes(), b"a,b\n1,2\n");
    assert_eq!(
        (part.file_name(), part.content_type()),
        (Some("table.csv"), Some("text/csv"))
    );
    // A body that cannot be read is not recorded.
    let mut call = self::call(&mock.client(), &UPLOAD);
    call.bytes_body(Body::stream(Given(
        vec![Err(io::Error::other("x"))].into_iter(),
    )));
    let Err(Error::Transport(error)) = call.fetch().await else {
        panic!("sent")
    };
    assert_eq!(
        (error.kind(), mock.requests().len()),
        (SendErrorKind::Body, 1)
    );
}
