//! What only clients of Twilio's APIs are configured with.

use super::kore::KORE;
use crate::builder::ClientBuilder;
use crate::client::ApiClient;
use crate::error::Error;

/// A client of Twilio's APIs.
pub trait TwilioClient: ApiClient {}

impl<C: TwilioClient> ClientBuilder<C> {
    /// Uses KORE's servers instead of Twilio's, and signs in with the client id and the secret of an API client
    /// there, as [`client_credentials`](Self::client_credentials) does at KORE's token URL.
    ///
    /// KORE serves `supersim` and `wireless`, with the same paths, parameters and fields. A request of any other product
    /// is an [`Error::Configuration`], unless that has a base URL.
    pub fn kore(self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.deployment(&KORE, client_id.into(), client_secret.into())
    }

    /// Enters Twilio's network by the point of presence `edge`, such as `sydney`; in the region `us1`, unless
    /// another one is set. KORE's servers and base URLs stay as they are.
    ///
    /// The host becomes `product.edge.region.twilio.com`, as Twilio's own libraries have it; what is set here wins over
    /// what the host of a specification says.
    pub fn edge(self, edge: impl Into<String>) -> Self {
        self.host_labels(Some(edge.into()), None)
    }

    /// Keeps data in one of Twilio's regions, such as `au1`: without an [`edge`](Self::edge), the host becomes
    /// `product.region.twilio.com`. KORE's servers and base URLs stay as they are.
    pub fn region(self, region: impl Into<String>) -> Self {
        self.host_labels(None, Some(region.into()))
    }

    /// Sets edge and region to what `TWILIO_EDGE` and `TWILIO_REGION` hold, each if it is set and not empty.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if one of them has white space around it or is not Unicode.
    pub fn region_from_env(self) -> Result<Self, Error> {
        self.host_labels_from_env()
    }
}
