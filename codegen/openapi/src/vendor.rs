//! Describes vendor conventions beyond OpenAPI as a value: file names, schema names, extensions, formats, paging,
//! times, and the vendor's runtime module.
//!
//! A convention interprets names and values. What a document *means* is up to `lower`.

mod file_name;
mod recognition;
mod twilio;

use std::fmt;

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use self::file_name::is_version;
pub use self::file_name::product_and_version;
use self::twilio::TWILIO;

/// The vendor whose conventions apply to a document.
#[derive(Clone, Copy)]
pub struct Vendor(&'static Conventions);

/// The conventions of a vendor.
struct Conventions {
    name: &'static str,
    /// Whether file names start with the vendor's name.
    begins_file_names: bool,
    /// Whether schema names are qualified: `supersim.v1.sim` and `sim_enum_status`.
    qualifies_names: bool,
    /// The extensions with hints on path items, parameters and schemas.
    extensions: &'static [&'static str],
    text_formats: &'static [(&'static str, TextFormat)],
    object_formats: &'static [(&'static str, ObjectFormat)],
    /// The docs of enumerations with a format, wherever they are used.
    format_docs: &'static [(&'static str, &'static str)],
    paging: Option<&'static Paging>,
    account: Option<&'static Account>,
    /// The keys of errors that the runtime reads into its `ApiError`.
    error_keys: &'static [&'static str],
    /// Creates an example id that matches a pattern.
    id: fn(&str) -> Option<String>,
    /// Whether times are sent without fractions of a second.
    has_whole_seconds: bool,
    runtime: Option<&'static RuntimeModule>,
}

const PLAIN: Conventions = Conventions {
    name: "plain",
    begins_file_names: false,
    qualifies_names: false,
    extensions: &[],
    text_formats: &[],
    object_formats: &[],
    format_docs: &[],
    paging: None,
    account: None,
    error_keys: &[],
    id: |_| None,
    has_whole_seconds: false,
    runtime: None,
};

/// The meaning of a vendor-specific format of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextFormat {
    Text,
    /// A time in the format of e-mail (RFC 2822 §3.3).
    Rfc2822,
}

/// The meaning of a format of an object. OpenAPI has none; all are vendor-specific.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectFormat {
    /// A map of strings, although the schema does not say so.
    TextByName,
    /// The fields of its schema.
    AsItsFields,
}

/// How lists are divided into pages.
pub struct Paging {
    /// The parameters that select a part of a list.
    pub parameters: &'static [&'static str],
    /// Those that only the links between pages carry: the service's own state.
    pub state: &'static [&'static str],
    /// The parameter for the page size.
    pub size: &'static str,
    /// The maximum page size, unless the spec states another. The vendor's runtime module has the same.
    pub largest_size: usize,
    /// The keys that hold the URL of the next page: in `meta`, or beside the items.
    pub next: &'static [&'static str],
    /// The key of the object that describes the page.
    pub meta: &'static str,
}

/// The caller's account, for APIs that have it in their paths.
pub struct Account {
    /// The path parameter.
    pub parameter: &'static str,
    /// The docs of methods that take it from the client, as Markdown.
    pub doc: &'static str,
}

/// The runtime's module for the vendor.
pub struct RuntimeModule {
    /// Its name; it has a constant `VENDOR`.
    pub name: &'static str,
    /// Its trait for clients of the vendor.
    pub client: &'static str,
    /// What `from_env` of a client reads, as lines of docs.
    pub environment: &'static [&'static str],
}

/// The contents of a path item's extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathHints {
    /// The collection's name on its parent, if it differs from the last path segment.
    pub(crate) mount_name: Option<String>,
    /// The noun of the resource, if it differs from that in the operation ids.
    pub(crate) class_name: Option<String>,
    /// Whether the path is an instance instead of a collection.
    pub(crate) is_instance: Option<bool>,
}

impl Vendor {
    /// Twilio, and KORE Wireless, which serves the same APIs.
    pub const fn twilio() -> Self {
        Self(&TWILIO)
    }

    /// No vendor: only OpenAPI.
    pub const fn plain() -> Self {
        Self(&PLAIN)
    }

    /// The vendor with this name, as returned by [`name`](Self::name).
    pub fn named(name: &str) -> Option<Self> {
        [Self::twilio(), Self::plain()]
            .into_iter()
            .find(|it| it.name() == name)
    }

    /// The name of the vendor in settings: `twilio` or `plain`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The type name in a schema name, in words.
    pub(crate) fn type_name(self, schema: &str) -> String {
        if !self.0.qualifies_names {
            return schema.to_owned();
        }
        let last = schema.rsplit('.').next().unwrap_or(schema);
        last.replacen("_enum_", "_", 1)
    }

    /// Reads the extension of a path item.
    pub(crate) fn path_hints(self, extensions: &IndexMap<String, Value>) -> PathHints {
        let Some(extension) = self.extension(extensions) else {
            return PathHints::default();
        };
        let text = |key: &str| {
            let text = extension.get(key).and_then(Value::as_str);
            text.map(str::to_owned)
        };
        PathHints {
            mount_name: text("mountName"),
            class_name: text("className"),
            is_instance: text("pathType").map(|kind| kind == "instance"),
        }
    }

    /// Whether the extension marks a value as personal data.
    pub(crate) fn is_pii(self, extensions: &IndexMap<String, Value>) -> bool {
        let extension = self.extension(extensions);
        extension.is_some_and(|it| it.get("pii").is_some())
    }

    fn extension(self, extensions: &IndexMap<String, Value>) -> Option<&Value> {
        let mut names = self.0.extensions.iter();
        names.find_map(|name| extensions.get(*name))
    }

    /// Reads a vendor-specific format of a string. `None` if it is not one.
    pub(crate) fn text_format(self, format: &str) -> Option<TextFormat> {
        of_name(self.0.text_formats, format)
    }

    /// Reads a vendor-specific format of an object. `None` if it is not one.
    pub(crate) fn object_format(self, format: &str) -> Option<ObjectFormat> {
        of_name(self.0.object_formats, format)
    }

    /// The docs of an enumeration with this format, wherever it is used.
    pub(crate) fn format_doc(self, format: &str) -> Option<&'static str> {
        of_name(self.0.format_docs, format)
    }

    /// How lists are divided into pages, if they are.
    pub fn paging(self) -> Option<&'static Paging> {
        self.0.paging
    }

    /// Whether a parameter selects a part of a list.
    pub(crate) fn is_paging(self, parameter: &str) -> bool {
        self.0
            .paging
            .is_some_and(|it| it.parameters.contains(&parameter))
    }

    /// Whether an object with these keys is the vendor's usual error, which the runtime reads.
    pub(crate) fn is_standard_error<'a>(self, mut keys: impl Iterator<Item = &'a str>) -> bool {
        let known = self.0.error_keys;
        !known.is_empty() && keys.all(|it| known.contains(&it))
    }

    /// Whether a parameter is state that only the links between pages carry.
    pub(crate) fn is_page_state(self, parameter: &str) -> bool {
        self.0
            .paging
            .is_some_and(|it| it.state.contains(&parameter))
    }

    /// How paths have the account that a caller signs in with, if they do.
    pub fn account(self) -> Option<&'static Account> {
        self.0.account
    }

    /// An id that matches `pattern`, if the vendor has such ids.
    pub(crate) fn id(self, pattern: &str) -> Option<String> {
        (self.0.id)(pattern)
    }

    /// Whether times are sent without fractions of a second.
    pub(crate) fn has_whole_seconds(self) -> bool {
        self.0.has_whole_seconds
    }

    /// The runtime's module for the vendor, if there is one.
    pub fn runtime(self) -> Option<&'static RuntimeModule> {
        self.0.runtime
    }
}

/// Finds the value of `name`.
fn of_name<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    let row = table.iter().find(|(it, _)| *it == name);
    row.map(|(_, value)| *value)
}

/// Vendors are equal if their names are.
impl PartialEq for Vendor {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Vendor {}

impl fmt::Debug for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Vendor").field(&self.name()).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn type_names_drop_the_vendors_namespaces_and_enum() {
        for (name, twilios) in [
            ("supersim.v1.sim.billing_period", "billing_period"),
            ("billing_period_enum_bp_type", "billing_period_bp_type"),
            ("Pet", "Pet"),
        ] {
            assert_eq!(Vendor::twilio().type_name(name), twilios);
            assert_eq!(Vendor::plain().type_name(name), name);
        }
    }

    #[test]
    fn plain_documents_have_no_conventions() {
        let (twilio, plain) = (Vendor::twilio(), Vendor::plain());
        assert!(twilio.is_paging("PageSize") && !plain.is_paging("PageSize"));
        assert!(twilio.paging().is_some() && plain.paging().is_none());
        assert!(twilio.account().is_some() && plain.account().is_none());
        assert!(twilio.has_whole_seconds() && !plain.has_whole_seconds());
        assert!(twilio.object_format("uri-map").is_some());
        assert!(plain.object_format("uri-map").is_none());
        assert!(twilio.text_format("currency").is_some());
        assert!(plain.text_format("currency").is_none());
        let pattern = "^HS[0-9a-fA-F]{32}$";
        assert!(twilio.id(pattern).is_some() && plain.id(pattern).is_none());
        let value = json!({"pii": {}, "className": "x", "pathType": "instance"});
        let extensions = IndexMap::from([("x-twilio".to_owned(), value)]);
        assert!(twilio.is_pii(&extensions) && !plain.is_pii(&extensions));
        assert_eq!(twilio.path_hints(&extensions).is_instance, Some(true));
        assert_eq!(plain.path_hints(&extensions), PathHints::default());
    }

    #[test]
    fn vendors_have_names() {
        for vendor in [Vendor::twilio(), Vendor::plain()] {
            assert_eq!(Vendor::named(vendor.name()), Some(vendor));
        }
        assert_eq!(Vendor::named("x"), None);
        assert_ne!(Vendor::twilio(), Vendor::plain());
    }
}
