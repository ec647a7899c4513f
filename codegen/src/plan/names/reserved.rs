//! Lists the names that generated code has already, so that no other name of the same scope may be one of them.

/// Modules of the crate root, features that products cannot have, and crates that generated code names.
pub(super) const ROOT_MODULES: [&str; 20] = [
    "cli",
    "default",
    "main",
    "rustls",
    "rustls_aws_lc_rs",
    "native_tls",
    "gzip",
    "reqwest",
    "serialize",
    "chrono",
    "rust_decimal",
    "blocking",
    "mock",
    "webhooks",
    "guide",
    "http",
    "runtime",
    "serde",
    "std",
    "core",
];

/// Methods that the client always has.
pub(super) const CLIENT_METHODS: [&str; 5] = ["builder", "from_env", "clone", "from", "into"];

/// Methods that the client's builder always has. A test reads them from the runtime.
pub(super) const BUILDER_METHODS: [&str; 40] = [
    "allow_plain_http",
    "api_key",
    "api_key_named",
    "attempt_timeout",
    "base_url",
    "basic_auth",
    "bearer_token",
    "build",
    "client_credentials",
    "connect_timeout",
    "credential_source",
    "credentials_from_env",
    "default_header",
    "identity",
    "max_body_size",
    "max_in_flight",
    "new",
    "no_proxy",
    "oauth_client",
    "on_retry",
    "pool_idle_timeout",
    "product_base_url",
    "proxy",
    "reqwest_builder",
    "retry_policy",
    "root_certificate",
    "scopes",
    "server_variable",
    "timeout",
    "transport",
    "user_agent",
    "wrap_transport",
    "clone",
    "clone_from",
    "into",
    "try_into",
    "type_id",
    "to_owned",
    "borrow",
    "borrow_mut",
];

/// Methods that it has for a vendor with conventions.
pub(super) const VENDOR_METHODS: [&str; 5] =
    ["account_sid", "edge", "kore", "region", "region_from_env"];

/// Functions that a handle always has: from a derive, and to create the root.
pub(super) const HANDLE_FUNCTIONS: [&str; 2] = ["clone", "new"];

/// Methods that every request has.
pub(crate) const REQUEST_METHODS: [&str; 8] = [
    "header",
    "into_future",
    "maybe",
    "retry_policy",
    "send",
    "send_raw",
    "timeout",
    "wait",
];

/// Methods that every request of a page has, besides.
pub(crate) const LIST_METHODS: [&str; 5] = ["all", "iter", "limit", "resume", "stream"];

/// The method that every request of bytes has, besides.
pub(super) const DOWNLOAD_METHODS: [&str; 1] = ["send_stream"];

/// Names that generated code writes without a path: a type with such a name would shadow them.
pub(super) const WRITTEN_BARE: [&str; 12] = [
    "Box",
    "Clone",
    "Debug",
    "Deserialize",
    "Default",
    "Serialize",
    "Into",
    "IntoIterator",
    "Option",
    "PartialEq",
    "String",
    "Vec",
];

/// Modules that would shadow crates in generated code, and the module of the feature with its name.
pub(super) const VERSION_MODULES: [&str; 7] =
    ["cli", "core", "runtime", "self", "serde", "std", "mock"];
