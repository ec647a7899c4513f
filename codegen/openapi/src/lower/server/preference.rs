//! Chooses the server that requests go to when a document lists several.
//!
//! `OpenAPI` gives their order no meaning, and clients use the first. Two kinds of servers are listed first by tools rather
//! than by choice: the unencrypted URL of a server that also has HTTPS, and the mock that an editor of documents runs.

use openapiv3::Server;

use crate::url::host;

/// The hosts of mocks that editors of documents run, or their ends.
const HOSTS_OF_MOCKS: [&str; 3] = [
    "virtserver.swaggerhub.com",
    ".mock.pstmn.io",
    ".apiary-mock.com",
];

/// The index of the server that requests go to: the first, unless it is a mock and another one is not, or a server that
/// follows has the same URL with HTTPS.
pub(in crate::lower) fn preferred(servers: &[Server]) -> usize {
    let first = servers.iter().position(|it| !is_mock(&it.url)).unwrap_or(0);
    let Some(rest) = servers.get(first).and_then(|it| below(&it.url, "http")) else {
        return first;
    };
    let is_encrypted = |it: &Server| below(&it.url, "https") == Some(rest);
    servers.iter().position(is_encrypted).unwrap_or(first)
}

/// Why requests do not go to a server although it is listed before the preferred one, as the end of a sentence about it.
pub(super) fn reason(passed_over: &Server) -> &'static str {
    match is_mock(&passed_over.url) {
        true => "is the mock of an editor",
        false => "does not encrypt requests",
    }
}

/// The part of a URL after its scheme, if this is the scheme, without a slash at its end. Schemes are case-insensitive (RFC
/// 3986 §3.1).
fn below<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (own, rest) = url.split_once("://")?;
    own.eq_ignore_ascii_case(scheme)
        .then(|| rest.trim_end_matches('/'))
}

fn is_mock(url: &str) -> bool {
    host(url).is_some_and(|host| HOSTS_OF_MOCKS.iter().any(|it| host.ends_with(it)))
}

#[cfg(test)]
mod tests {
    use super::preferred;

    #[test]
    fn the_first_server_is_preferred_unless_it_is_a_mock_or_the_next_encrypts() {
        for (urls, expected) in [
            (&["https://a.example", "https://b.example"][..], 0),
            (&["http://a.example/v1", "https://a.example/v1/"], 1),
            (
                &["HTTP://a.example", "http://b.example", "https://a.example"],
                2,
            ),
            (&["http://a.example", "https://b.example"], 0),
            (&["http://a.example/v1", "https://a.example/v2"], 0),
            (&["/v1", "https://a.example/v1"], 0),
            (
                &[
                    "https://virtserver.swaggerhub.com/a/b/1",
                    "https://a.example",
                ],
                1,
            ),
            (
                &[
                    "https://x.mock.pstmn.io",
                    "http://a.example",
                    "https://a.example",
                ],
                2,
            ),
            (&["https://virtserver.swaggerhub.com/a/b/1"], 0),
            (&["https://a.example/virtserver.swaggerhub.com", "/"], 0),
        ] {
            let servers: Vec<_> = urls
                .iter()
                .map(|it| serde_json::from_value(serde_json::json!({ "url": it })).unwrap())
                .collect();
            assert_eq!(preferred(&servers), expected, "{urls:?}");
        }
    }
}
