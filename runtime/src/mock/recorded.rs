//! The requests that a mock received.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Request, header};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::recorded_part::{self, RecordedPart};
use crate::media_type;
use crate::operation::Operation;
use crate::signing::{self, Credential, SignedWith};

/// A request that a [`Mock`](super::Mock) received. Its credentials are not recorded.
#[derive(Clone)]
pub struct RecordedRequest {
    operation: Option<&'static Operation>,
    path: String,
    path_values: Pairs,
    query: Pairs,
    form: Pairs,
    json: Option<Value>,
    parts: Vec<RecordedPart>,
    body: Bytes,
    headers: HeaderMap,
}

/// Names and values, in the order in which they were sent.
type Pairs = Vec<(String, String)>;

impl RecordedRequest {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        let operation = request.extensions().get::<&'static Operation>().copied();
        let mut headers = request.headers().clone();
        headers.remove(header::AUTHORIZATION);
        let mut query = pairs(request.uri().query().unwrap_or_default().as_bytes());
        let signed_with = SignedWith::of(request);
        for (credential, _) in signed_with.iter().flat_map(|it| &it.credentials) {
            match credential {
                Credential::Authorization => {}
                Credential::Header(name) => drop(headers.remove(*name)),
                Credential::Cookie(_) => signing::remove_last_cookie(&mut headers),
                Credential::Query(_) => drop(query.pop()), // Keys come last.
            }
        }
        let body = request.body();
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
        let json = media_type::is_json(kind).then(|| serde_json::from_slice(body).ok());
        let form = media_type::is_form(kind).then(|| pairs(body));
        let path = request.uri().path();
        Self {
            operation,
            path: path.to_owned(),
            path_values: operation.map_or_else(Vec::new, |it| {
                path_values(without_query(it.path), path, it.server)
            }),
            query,
            form: form.unwrap_or_default(),
            json: json.flatten(),
            parts: recorded_part::parts(kind, body),
            body: body.clone(),
            headers,
        }
    }

    /// Returns the operation; `None` for a request that does not come from a client.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// Returns the escaped path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value of a path parameter, by its name in the specification: `Id`.
    pub fn path_value(&self, name: &str) -> Option<&str> {
        first(&self.path_values, name)
    }

    /// Returns the first value of a query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// Returns every query parameter with its value, in the order in which they were sent.
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// Returns the first value of a form field.
    pub fn form(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }

    /// Returns every form field with its value, in the order in which they were sent.
    pub fn form_pairs(&self) -> &[(String, String)] {
        &self.form
    }

    /// Returns the JSON body, if there is one.
    pub fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// Returns the first part with a name, of a multipart body.
    pub fn part(&self, name: &str) -> Option<&RecordedPart> {
        self.parts.iter().find(|it| it.name() == name)
    }

    /// Returns every part of the body, in the order in which they were sent.
    pub fn parts(&self) -> &[RecordedPart] {
        &self.parts
    }

    /// Returns the body as it was sent.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Describes the request: the method and the path, and only the names of everything else.
    pub(super) fn asked_for(&self) -> String {
        let method = self.operation.map_or("", |it| it.method.as_str());
        let mut asked = format!("{method} {}", self.path);
        for (what, pairs) in [("query", &self.query), ("form", &self.form)] {
            if !pairs.is_empty() {
                asked.push_str(&format!(", {what} {}", names(pairs).join(", ")));
            }
        }
        if self.json.is_some() {
            asked.push_str(", a JSON body");
        } else if self.form.is_empty() && !self.body.is_empty() {
            asked.push_str(", a body");
        }
        asked
    }

    /// Returns the headers, without `Authorization`.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

/// Shows no values, which may be personal data.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation.map(|it| it.id))
            .field("path_values", &names(&self.path_values))
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .field("has_json", &self.json.is_some())
            .finish_non_exhaustive()
    }
}

fn names(pairs: &Pairs) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

fn first<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    let found = pairs.iter().find(|(it, _)| it == name);
    found.map(|(_, value)| value.as_str())
}

fn pairs(text: &[u8]) -> Pairs {
    let pairs = form_urlencoded::parse(text);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// Returns a path template without its fixed query, which contains no parameters.
fn without_query(template: &str) -> &str {
    let parameters_end = template.rfind('}').unwrap_or_default();
    let query = template[parameters_end..].find('?');
    query.map_or(template, |start| &template[..parameters_end + start])
}

/// Returns the parameters of `template` in `path`, which begins with the path of the server or of another base URL. A
/// value may have several segments: it begins after the nearest segment that the template has before it.
fn path_values(template: &str, path: &str, server: &str) -> Pairs {
    let host = server.split_once("://").map_or(server, |(_, host)| host);
    let base = host.find('/').map_or("", |start| &host[start..]);
    let below = path.strip_prefix(base.trim_end_matches('/'));
    // Where the path of another base URL ends is not known.
    let is_known = |it: &&&str| !it.contains('{') && (below.is_some() || !it.is_empty());
    let mut path: Vec<&str> = below.unwrap_or(path).split('/').collect();
    let mut values: Vec<Pairs> = Vec::new();
    let mut places = template.rsplit('/').peekable();
    while let (Some(place), Some(mut start)) = (places.next(), path.len().checked_sub(1)) {
        if let Some(before) = places.peek().filter(is_known)
            && place.contains('{')
            && let Some(index) = path[..start].iter().rposition(|it| it == before)
        {
            start = index + 1;
        }
        let value = path.split_off(start).join("/");
        values.extend(segment_values(place, &value));
    }
    values.reverse();
    values.concat()
}

/// Returns the parameters of one segment. A value ends where the literal text after its placeholder begins.
fn segment_values(place: &str, value: &str) -> Option<Pairs> {
    let (before, mut place) = place.split_once('{')?;
    let mut value = value.strip_prefix(before)?;
    let mut values = Pairs::new();
    loop {
        let (name, after) = place.split_once('}')?;
        let next = after.split_once('{');
        let (text, rest) = match next {
            Some((between, _)) => value.split_once(between)?,
            None => (value.strip_suffix(after)?, ""),
        };
        let text = percent_decode_str(text).decode_utf8_lossy();
        values.push((name.to_owned(), text.into_owned()));
        match next {
            Some((_, next)) => (place, value) = (next, rest),
            None => return Some(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_within_segments() {
        let found = |template, path| {
            let server = "https://x.example.com/base";
            let values = path_values(template, path, server).into_iter();
            let values: Vec<String> = values.map(|(name, it)| format!("{name}={it}")).collect();
            values.join(" ")
        };
        assert_eq!(found("/a/{b}/{c}", "/base/a/1/2%2F3"), "b=1 c=2/3");
        assert_eq!(found("/{a}-{b}.x/c", "/1-2-3.x/c"), "a=1 b=2-3");
        assert_eq!(found("/v1/{a}:run", "/v1/x%3Ay:run"), "a=x:y");
        assert_eq!(found("/s({a})/{b}", "/t(1)/2"), "b=2");
        assert_eq!(found("/v1/{a}:run", "/base/v1/x/y:run"), "a=x/y");
        assert_eq!(found("/{a}/b/{c}", "/base/x/y/b/1/2"), "a=x/y c=1/2");
        assert_eq!(found("/{a}/b/{c}", "/other/x/b/1/2"), "a=x c=1/2");
        assert_eq!(found("/v1/{a}/{b}", "/v1/1/2"), "a=1 b=2");
    }
}
