//! The runtime against a real socket: what goes over the wire, and what becomes of any answer.
//!
//! `api` is written as generated code is, by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answers;
mod api;
mod failures;
mod paging;
mod requests;
mod retries;
mod server;
