//! The runtime against a real socket: requests on the wire, and the handling of any response. Tests that depend on time
//! or on other hosts use transports without a network.
//!
//! `api` is written by hand as generated code is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answers;
mod api;
mod auth;
mod authority;
mod encoding;
mod endless_lists;
mod events;
mod failures;
mod faults;
mod hosts;
mod keys;
mod limits;
mod long_run;
mod media_types;
mod oauth_clients;
mod outages;
mod paging;
mod payloads;
mod proxies;
mod requests;
mod retries;
mod server;
mod settings;
mod shared_tokens;
mod site;
mod stale;
mod streams;
mod targets;
mod tls;
mod token_faults;
mod transports;
mod vendors;
mod wrong_answers;
