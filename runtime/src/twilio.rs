//! What no specification says: the conventions of Twilio, and of KORE, which serves some of its products.

pub(crate) mod environment;
pub(crate) mod kore;
#[cfg(feature = "webhooks")]
pub mod webhooks;

/// The code of an error that says that too many requests came at a time: the request was refused before it began.
pub(crate) const TOO_MANY_REQUESTS: i64 = 20429;

/// What requests call their sender, before its version, in the form of Twilio's own libraries.
pub(crate) const USER_AGENT: &str = "twilio-rust";

/// The variable for the point of presence that requests enter by.
pub(crate) const EDGE: &str = "TWILIO_EDGE";

/// The variable for the region that data is kept and worked on in.
pub(crate) const REGION: &str = "TWILIO_REGION";
