//! Builder methods that only clients of Twilio's APIs have.

use super::kore::KORE;
use crate::builder::ClientBuilder;
use crate::client::ApiClient;
use crate::error::Error;

/// A client of Twilio's APIs.
pub trait TwilioClient: ApiClient {}

impl<C: TwilioClient> ClientBuilder<C> {
    /// Uses KORE's servers instead of Twilio's, and signs in with the id and secret of an API client there, as
    /// [`client_credentials`](Self::client_credentials) does, at KORE's token URL.
    ///
    /// KORE serves `supersim` and `wireless`, with the same paths, parameters and fields. A request for any other
    /// product fails with [`Error::Configuration`], unless the product has a base URL.
    pub fn kore(self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.deployment(&KORE, client_id.into(), client_secret.into())
    }

    /// Sets the account for calls that do not name one: `client.api().messages()` is
    /// `client.api().account(sid).messages()` for this account.
    ///
    /// The default is the username, if it is the SID of an account (`AC…`), or else the value of `TWILIO_ACCOUNT_SID` for
    /// [`credentials_from_env`](Self::credentials_from_env). Without any, as with an API key or a token alone, such a call
    /// fails with [`Error::Configuration`] and is not sent.
    pub fn account_sid(self, account_sid: impl Into<String>) -> Self {
        self.account(account_sid.into())
    }

    /// Enters Twilio's network at the edge location `edge`, such as `sydney`; in the region `us1`, unless another one
    /// is set. It does not affect KORE's servers and base URLs.
    ///
    /// The host becomes `product.edge.region.twilio.com`, as in Twilio's own libraries; this setting wins over the host
    /// in a specification.
    pub fn edge(self, edge: impl Into<String>) -> Self {
        self.host_labels(Some(edge.into()), None)
    }

    /// Uses one of Twilio's regions, such as `au1`: without an [`edge`](Self::edge), the host becomes
    /// `product.region.twilio.com`. It does not affect KORE's servers and base URLs.
    pub fn region(self, region: impl Into<String>) -> Self {
        self.host_labels(None, Some(region.into()))
    }

    /// Sets edge and region from `TWILIO_EDGE` and `TWILIO_REGION`, each if it is set and not empty.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if one of them has white space around it or is not Unicode.
    pub fn region_from_env(self) -> Result<Self, Error> {
        self.host_labels_from_env()
    }
}
