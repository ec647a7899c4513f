//! Invalid responses.

use std::time::Duration;

use tokio::runtime::Handle;

use crate::retries::skip_wait;
use twilio_test_support::{Reply, Then};

/// Returns the same response. If it is endless, the runtime's clock skips the time that the client waits for it, as
/// soon as nothing new arrives.
pub fn with_skipped_wait(reply: Reply, clock: &Handle, time: Duration) -> Reply {
    if !reply.is_endless() {
        return reply;
    }
    let clock = clock.clone();
    reply.on_sent(move || {
        clock.spawn(async move {
            // Each turn polls for what has arrived, and lets the client read it.
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            skip_wait(time);
        });
    })
}

/// `{"sid": "x"}`.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xabV*\xceLQ\xb2RP\xaaP\xaa\x05\x00 D?\xac\x0c\x00\x00\x00";

/// Returns the start of a response.
pub fn cut() -> Reply {
    length("100")
}

/// Returns a response with 12 bytes of JSON that declares more or fewer, after which the connection closes.
pub fn length(length: &str) -> Reply {
    Reply::raw(format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{{\"sid\": \"x\"}}"
    ))
}

/// Returns a chunked response, after which the connection closes.
pub fn chunked(chunks: &str) -> Reply {
    Reply::raw(format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"
    ))
}

/// Sends one piece after another, without end.
pub fn drip(piece: &'static [u8]) -> Then {
    Then::Repeat {
        piece,
        times: usize::MAX,
        pause: Duration::from_millis(5),
    }
}

/// A piece of a body, and the same as a chunk with its size in front (RFC 9112 §7.1).
static PIECE: [u8; 0x10000] = [b' '; 0x10000];
static CHUNK: [u8; 0x10009] = {
    let mut chunk = [b' '; 0x10009];
    let (size, end) = (*b"10000\r\n", *b"\r\n");
    let mut at = 0;
    while at < size.len() {
        chunk[at] = size[at];
        at += 1;
    }
    [chunk[0x10007], chunk[0x10008]] = end;
    chunk
};

/// Returns a body of 1 GiB, generated while it is sent.
pub fn gibibyte(status: &str) -> Reply {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", 1 << 30);
    Reply::raw(head).then(Then::Repeat {
        piece: &PIECE,
        times: 0x4000,
        pause: Duration::ZERO,
    })
}

/// Returns the same, chunked.
pub fn gibibyte_in_chunks() -> Reply {
    chunked("").then(Then::Repeat {
        piece: &CHUNK,
        times: 0x4000,
        pause: Duration::ZERO,
    })
}

/// Returns a proxy's response.
pub fn html(status: &str) -> Reply {
    Reply::new(
        status,
        &["Content-Type: text/html"],
        "<html>\n<h1>hello</h1>",
    )
}

/// Returns the service's own 429.
pub fn limited(headers: &[&str]) -> Reply {
    let body = r#"{"code": 20429, "message": "Too Many Requests", "status": 429}"#;
    Reply::new("429 Too Many Requests", headers, body)
}

/// Returns a body of raw bytes.
pub fn bytes(status: &str, body: &[u8]) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n");
    Reply::raw([head.as_bytes(), body].concat()).then(Then::Next)
}

/// Returns compressed JSON.
pub fn gzip() -> Reply {
    let length = GZIP.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    Reply::raw([head.as_bytes(), GZIP].concat()).then(Then::Next)
}
