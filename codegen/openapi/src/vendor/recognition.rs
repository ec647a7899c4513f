//! Detects the vendor of a document.

use serde_json::Value;

use super::Vendor;
use super::file_name::is_twilios;
use super::twilio::EXTENSIONS;
use crate::url::host;

/// The domains of Twilio and KORE.
const DOMAINS: [&str; 2] = ["twilio.com", "korewireless.com"];

impl Vendor {
    /// Detects the vendor: Twilio if the first word of the file name is `twilio` or `kore`, if the document, its
    /// `info`, a path item or an operation has the extension `x-twilio` or `x-kore`, or if one of its `servers` is
    /// below `twilio.com` or `korewireless.com`. All others are plain.
    ///
    /// The title and the description are prose, which may mention anyone.
    pub(crate) fn of(path: &str, document: Option<&Value>) -> Self {
        let is_twilio = is_twilios(path) || document.is_some_and(says_twilio);
        if is_twilio {
            Self::twilio()
        } else {
            Self::plain()
        }
    }
}

fn says_twilio(document: &Value) -> bool {
    let items = document.get("paths").and_then(Value::as_object);
    let items: Vec<&Value> = items.into_iter().flat_map(|it| it.values()).collect();
    let operations = items
        .iter()
        .filter_map(|it| it.as_object())
        .flat_map(|it| it.values());
    let with_extensions = [Some(document), document.get("info")];
    let mut with_extensions = with_extensions
        .into_iter()
        .flatten()
        .chain(items.iter().copied())
        .chain(operations.clone());
    let has_extension = |it: &Value| EXTENSIONS.iter().any(|name| it.get(name).is_some());
    let mut with_servers = [document].into_iter().chain(items.iter().copied());
    with_extensions.any(has_extension) || with_servers.any(has_server) || {
        let mut operations = operations;
        operations.any(has_server)
    }
}

fn has_server(owner: &Value) -> bool {
    let servers = owner.get("servers").and_then(Value::as_array);
    let urls = servers
        .into_iter()
        .flatten()
        .filter_map(|it| it.get("url")?.as_str());
    urls.filter_map(host).any(|host| {
        DOMAINS.iter().any(|domain| {
            let below = host.strip_suffix(domain);
            below.is_some_and(|it| it.is_empty() || it.ends_with('.'))
        })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn first_word_of_a_name_identifies_twilio() {
        for (path, is_twilio) in [
            ("specs/twilio_supersim_v1.yaml", true),
            ("Twilio-preview.json", true),
            ("kore_programmable_wireless_v1.yaml", true),
            ("twilioish_v1.yaml", false),
            ("my_twilio_v1.yaml", false),
            ("petstore.yaml", false),
        ] {
            let expected = if is_twilio { "twilio" } else { "plain" };
            assert_eq!(Vendor::of(path, None).name(), expected, "{path}");
        }
    }

    #[test]
    fn extensions_and_servers_identify_twilio() {
        for (document, is_twilio) in [
            (json!({"x-twilio": {}}), true),
            (json!({"info": {"x-kore": {}}}), true),
            (json!({"paths": {"/a": {"x-twilio": {}}}}), true),
            (json!({"paths": {"/a": {"get": {"x-twilio": {}}}}}), true),
            (
                json!({"servers": [{"url": "https://supersim.twilio.com"}]}),
                true,
            ),
            (
                json!({"paths": {"/a": {"servers": [{"url": "https://Twilio.com:443/x"}]}}}),
                true,
            ),
            (
                json!({"paths": {"/a": {"get": {"servers": [{"url": "https://a.korewireless.com"}]}}}}),
                true,
            ),
            (
                json!({"servers": [{"url": "https://nottwilio.com"}]}),
                false,
            ),
            (
                json!({"servers": [{"url": "https://twilio.com.example"}]}),
                false,
            ),
            (
                json!({"servers": [{"url": "https://a.example/twilio.com"}]}),
                false,
            ),
            (
                json!({"info": {"title": "Twilio"}, "x-twilio-like": {}}),
                false,
            ),
            (json!({"paths": {"/a": {"get": 5}}, "servers": {}}), false),
            (json!(null), false),
        ] {
            let expected = if is_twilio { "twilio" } else { "plain" };
            let found = Vendor::of("a.yaml", Some(&document));
            assert_eq!(found.name(), expected, "{document}");
        }
    }
}
