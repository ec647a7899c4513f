//! Defines the conventions of Twilio. KORE Wireless serves the same APIs and spells the extension `x-kore`.

use super::{Account, Conventions, ObjectFormat, Paging, RuntimeModule, TextFormat};

/// The extensions.
pub(super) const EXTENSIONS: [&str; 2] = ["x-twilio", "x-kore"];

/// The conventions.
pub(super) const TWILIO: Conventions = Conventions {
    name: "twilio",
    begins_file_names: true,
    qualifies_names: true,
    extensions: &EXTENSIONS,
    text_formats: &[
        ("currency", TextFormat::Text),
        ("date-time-rfc-2822", TextFormat::Rfc2822),
        ("endpoint", TextFormat::Text),
        ("http-method", TextFormat::Text),
        ("iso-country-code", TextFormat::Text),
        ("phone-number", TextFormat::Text),
        ("twiml", TextFormat::Text),
    ],
    object_formats: &[
        ("ice-server", ObjectFormat::AsItsFields),
        ("phone-number-capabilities", ObjectFormat::AsItsFields),
        ("recording-rule", ObjectFormat::AsItsFields),
        ("subscribe-rule", ObjectFormat::AsItsFields),
        ("uri-map", ObjectFormat::TextByName),
    ],
    format_docs: &[(
        "http-method",
        "HTTP method that the service calls a URL with.",
    )],
    // The older envelope of `api_v2010` has the links beside the items.
    paging: Some(&Paging {
        parameters: &["PageSize", "Page", "PageToken"],
        state: &["Page", "PageToken"],
        size: "PageSize",
        largest_size: 1000,
        next: &["next_page_url", "next_page_uri"],
        meta: "meta",
    }),
    account: Some(&Account {
        parameter: "AccountSid",
        doc: "In the client's own account: see [`account_sid`](crate::ClientBuilder::account_sid).",
    }),
    // Most specs repeat this object in each operation; `ApiError` has fields for it.
    error_keys: &["code", "message", "more_info", "details", "status"],
    id: sid,
    has_whole_seconds: true,
    runtime: Some(&RuntimeModule {
        name: "twilio",
        client: "TwilioClient",
        environment: &[
            "Creates a client with the credentials in the environment: `TWILIO_API_KEY` and `TWILIO_API_SECRET`, or else",
            "`TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`. `TWILIO_EDGE` and `TWILIO_REGION` select the servers.",
        ],
    }),
};

/// A SID that matches `pattern`: two letters for the kind of resource, and 32 hexadecimal digits.
fn sid(pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let kind = inner.strip_suffix("[0-9a-fA-F]{32}")?;
    let is_kind = kind.len() == 2 && kind.bytes().all(|byte| byte.is_ascii_uppercase());
    is_kind.then(|| format!("{kind}0123456789abcdef0123456789abcdef"))
}
