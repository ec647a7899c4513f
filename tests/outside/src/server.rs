//! A service on this machine that answers a few requests.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// Answers one request after the other, none of which may have a body. Returns the URL of the service, and what gives the
/// heads of the requests once all are answered.
pub fn serve(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heads = move || {
        let heads = answers.into_iter().map(|answer| {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() > 0 {
                head.extend(byte);
            }
            stream.write_all(&answer).unwrap();
            String::from_utf8(head).unwrap()
        });
        heads.collect()
    };
    (url, thread::spawn(heads))
}

/// An answer as it is.
pub fn plain(json: &str) -> Vec<u8> {
    answer("200 OK", "", json.as_bytes())
}

/// An answer that tells to wait.
pub fn too_many(seconds: u32) -> Vec<u8> {
    let header = format!("Retry-After: {seconds}\r\n");
    answer("429 Too Many Requests", &header, b"{}")
}

/// An answer in the format of gzip (RFC 1952), in one block that is not compressed (RFC 1951 §3.2.4).
pub fn gzipped(json: &str) -> Vec<u8> {
    let size = u16::try_from(json.len()).unwrap();
    let mut body = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1];
    body.extend(size.to_le_bytes());
    body.extend((!size).to_le_bytes());
    body.extend(json.as_bytes());
    body.extend(crc32(json.as_bytes()).to_le_bytes());
    body.extend(u32::from(size).to_le_bytes());
    answer("200 OK", "Content-Encoding: gzip\r\n", &body)
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1));
    let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    !bytes.iter().fold(!0, byte)
}

fn answer(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{header}Content-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}
