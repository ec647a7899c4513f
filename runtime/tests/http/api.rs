//! A small API, written by hand as generated code is.

use std::pin::Pin;

use twilio_runtime::twilio::{self, TwilioClient};
use twilio_runtime::{
    ApiClient, Call, ClientBuilder, DateTime, Decimal, Error, Items, Method, NaiveDate, Operation,
    Page, Product, Resource, Stream as _, Utc, Value, Vendor, awaitable, deserialize, open_enum,
    streamable,
};

/// Returns the next item of a list.
pub async fn next<T: 'static>(items: &mut Items<T>) -> Option<Result<T, Error>> {
    std::future::poll_fn(|context| Pin::new(&mut *items).poll_next(context)).await
}

pub const SUPERSIM: Product = Product::new("supersim");

#[derive(Clone, Debug)]
pub struct Client {
    pub core: twilio_runtime::Client,
}

impl From<twilio_runtime::Client> for Client {
    fn from(core: twilio_runtime::Client) -> Self {
        Self { core }
    }
}

impl ApiClient for Client {
    const VENDOR: &'static Vendor = &twilio::VENDOR;
}

impl TwilioClient for Client {}

impl Client {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    #[expect(
        dead_code,
        reason = "the environment is not for tests to set; it must compile"
    )]
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().credentials_from_env()?.build()
    }

    pub fn fleets(&self) -> FleetsHandle {
        FleetsHandle {
            resource: Resource::new(&self.core, SUPERSIM),
        }
    }

    pub fn fleet(&self, sid: impl Into<String>) -> FleetHandle {
        FleetHandle {
            resource: Resource::new(&self.core, SUPERSIM).with(sid),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fleet {
    pub sid: Option<String>,
    pub size: Option<i64>,
    pub data_limit: i64,
    pub other: i64,
    pub total: Option<Decimal>,
    pub date_created: Option<DateTime<Utc>>,
    pub status: Option<SimStatus>,
    pub anything: Option<Value>,
}

deserialize!(Fleet {
    sid,
    size: Integer,
    data_limit: IntegerOr(0),
    other: IntegerOr(250),
    total: Decimal,
    date_created: DateTime,
    status,
    anything,
});

open_enum! {
    /// What a SIM may do.
    pub enum SimStatus {
        New = "new",
        Active = "active",
    }
}

#[derive(Clone, Debug)]
pub struct FleetsHandle {
    resource: Resource,
}

impl FleetsHandle {
    pub fn list(&self) -> ListFleet {
        ListFleet {
            call: Call::page(&self.resource, &ListFleet::OPERATION, "fleets"),
        }
    }

    pub fn create(&self, network_access_profile: impl Into<String>) -> CreateFleet {
        let mut call = Call::json(&self.resource, &CreateFleet::OPERATION);
        call.form("NetworkAccessProfile", network_access_profile.into());
        CreateFleet { call }
    }
}

#[derive(Clone, Debug)]
pub struct FleetHandle {
    resource: Resource,
}

impl FleetHandle {
    pub fn fetch(&self) -> FetchFleet {
        FetchFleet {
            call: Call::json(&self.resource, &FetchFleet::OPERATION),
        }
    }

    pub fn delete(&self) -> DeleteFleet {
        DeleteFleet {
            call: Call::empty(&self.resource, &DeleteFleet::OPERATION),
        }
    }
}

#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct CreateFleet {
    call: Call<Fleet>,
}

impl CreateFleet {
    /// `POST /v1/Fleets`.
    pub const OPERATION: Operation = Operation {
        id: "CreateFleet",
        method: Method::Post,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets",
    };

    pub fn data_limit(mut self, data_limit: i64) -> Self {
        self.call.form("DataLimit", data_limit);
        self
    }

    pub fn data_enabled(mut self, data_enabled: bool) -> Self {
        self.call.form("DataEnabled", data_enabled);
        self
    }

    pub fn networks(mut self, networks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.call
            .form_all("Networks", networks.into_iter().map(Into::into));
        self
    }

    pub fn statuses(mut self, statuses: impl IntoIterator<Item = impl Into<SimStatus>>) -> Self {
        self.call
            .form_all("Statuses", statuses.into_iter().map(Into::into));
        self
    }

    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.call.header("I-Idempotency-Key", key.into());
        self
    }
}

awaitable!(CreateFleet => Fleet);

#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct ListFleet {
    call: Call<Page<Fleet>>,
}

impl ListFleet {
    /// `GET /v1/Fleets`.
    pub const OPERATION: Operation = Operation {
        id: "ListFleet",
        method: Method::Get,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets",
    };

    pub fn status(mut self, status: impl Into<SimStatus>) -> Self {
        self.call.query("Status", status.into());
        self
    }

    pub fn start(mut self, start: impl Into<DateTime<Utc>>) -> Self {
        self.call.query("Start", start.into());
        self
    }

    pub fn day(mut self, day: impl Into<NaiveDate>) -> Self {
        self.call.query("Day", day.into());
        self
    }

    pub fn page_size(mut self, page_size: usize) -> Self {
        self.call.page_size(page_size);
        self
    }

    pub fn largest_page(mut self, size: usize) -> Self {
        self.call.largest_page(size);
        self
    }

    pub fn request_header(mut self, value: impl Into<String>) -> Self {
        self.call.header("X-Trace", value.into());
        self
    }
}

streamable!(ListFleet => Fleet);

#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct FetchFleet {
    call: Call<Fleet>,
}

impl FetchFleet {
    /// `GET /v1/Fleets/{Sid}`.
    pub const OPERATION: Operation = Operation {
        id: "FetchFleet",
        method: Method::Get,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets/{Sid}",
    };
}

awaitable!(FetchFleet => Fleet);

#[must_use = "a request does nothing until it is awaited"]
#[derive(Clone, Debug)]
pub struct DeleteFleet {
    call: Call<()>,
}

impl DeleteFleet {
    /// `DELETE /v1/Fleets/{Sid}`.
    pub const OPERATION: Operation = Operation {
        id: "DeleteFleet",
        method: Method::Delete,
        server: "https://supersim.twilio.com",
        path: "/v1/Fleets/{Sid}",
    };
}

awaitable!(DeleteFleet => ());
