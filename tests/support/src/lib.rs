//! What the tests of several crates share: an HTTP server and scratch folders.
//!
//! Nothing here may call a crate that is tested, so expectations are written by hand.

mod reply;
mod request;
mod scratch;
mod server;

pub use self::reply::{Reply, Then};
pub use self::request::Request;
pub use self::scratch::{ScratchFolder, files};
pub use self::server::Server;
