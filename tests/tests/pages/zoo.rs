//! Serves the animals of a zoo. Each kind is divided into pages in a way of its own.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use twilio_test_support::{Reply, Request, Server};

/// The number of animals of a kind.
pub const COUNT: usize = 7;

/// The number of animals on a page, unless the request says it.
const USUAL_SIZE: usize = 3;

/// Starts the service.
pub fn serve() -> Server {
    let url: Arc<OnceLock<String>> = Arc::default();
    let own = Arc::clone(&url);
    let server = Server::start(move |request| Part::of(request, own.get().expect("a URL")).reply());
    url.set(server.url.clone()).expect("no URL yet");
    server
}

/// The part of a list that a request asks for.
struct Part<'r> {
    path: &'r str,
    query: &'r str,
    /// The animals, by the last segment of the path.
    kind: &'r str,
    /// The number of animals before the page.
    start: usize,
    size: usize,
    /// The server of the links.
    origin: &'r str,
}

impl<'r> Part<'r> {
    fn of(request: &'r Request, own: &'r str) -> Self {
        let target = request.target.as_str();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut part = Self {
            path,
            query,
            kind: path.rsplit('/').next().unwrap_or_default(),
            start: 0,
            size: USUAL_SIZE,
            origin: own,
        };
        let sizes = ["limit", "per_page"].map(|it| part.number(it));
        part.size = sizes.into_iter().flatten().next().unwrap_or(USUAL_SIZE);
        part.start = part.first_item();
        if part.value("kind") == Some("elsewhere") || part.number("per_page") == Some(1) {
            part.origin = "https://evil.example";
        }
        part
    }

    fn value(&self, name: &str) -> Option<&'r str> {
        let mut pairs = self.query.split('&').filter_map(|it| it.split_once('='));
        pairs.find(|(it, _)| *it == name).map(|(_, value)| value)
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.value(name)?.parse().ok()
    }

    fn first_item(&self) -> usize {
        let of_page = |first: usize| (self.number("page").unwrap_or(first) - first) * self.size;
        let after = |name: &str| self.number(name).unwrap_or(0);
        match self.kind {
            "birds" => after("after"),
            "cats" => after("$skip"),
            "fish" => {
                let cursor = self
                    .value("cursor")
                    .and_then(|it| it.strip_prefix("after-"));
                cursor.map_or(0, |it| it.parse().expect("a cursor of this service"))
            }
            "goats" => after("starting_after"),
            "ibexes" => of_page(0),
            "jays" => after("offset"),
            // Five hares on a page are always the first.
            "hares" if self.size == 5 => 0,
            _ => of_page(1),
        }
    }

    fn end(&self) -> usize {
        (self.start + self.size).min(COUNT)
    }

    fn has_more(&self) -> bool {
        self.end() < COUNT
    }

    fn reply(&self) -> Reply {
        let (end, has_more) = (self.end(), self.has_more());
        let animals: Vec<Value> = (self.start + 1..=end).map(|id| json!({"id": id})).collect();
        let body = match self.kind {
            "birds" => json!({"data": animals, "links": {"next": self.url(end)}}),
            "cats" if has_more => {
                json!({"@odata.nextLink": format!("cats?$skip={end}"), "value": animals})
            }
            "cats" => json!({"value": animals}),
            "dogs" => return self.linked(&json!(animals)),
            "eels" => return self.linked(&json!({"total": COUNT, "eels": animals})),
            "fish" => json!({"fish": animals, "response_metadata": {"next_cursor": self.cursor()}}),
            "goats" => json!({"has_more": has_more, "goats": animals}),
            "hares" => json!({"hares": animals}),
            "ibexes" => json!({"ibexes": animals, "page_count": COUNT.div_ceil(self.size)}),
            "jays" => json!({"page": {"jays": animals, "total": COUNT}}),
            _ => return Reply::json(404, &json!({"message": "There is no such animal."})),
        };
        Reply::json(200, &body)
    }

    /// Returns the URL of the next page.
    fn url(&self, end: usize) -> Option<String> {
        let (origin, path, kept) = (self.origin, self.path, self.query_without("after="));
        let url = format!("{origin}{path}?{kept}&after={end}");
        self.has_more().then_some(url)
    }

    /// Returns the cursor of the next page. One kind of fish is endless.
    fn cursor(&self) -> String {
        match (self.value("kind"), self.has_more()) {
            (Some("endless"), _) => "after-1".to_owned(),
            (_, true) => format!("after-{}", self.end()),
            (_, false) => String::new(),
        }
    }

    /// Returns a page with its links in a header.
    fn linked(&self, body: &Value) -> Reply {
        let (origin, path, kept) = (self.origin, self.path, self.query_without("page="));
        let number = self.number("page").unwrap_or(1);
        let next = format!(r#"<{origin}{path}?{kept}&page={}>; rel="next""#, number + 1);
        let next = self.has_more().then_some(next);
        let previous = number.checked_sub(1).filter(|it| *it > 0);
        let previous = previous.map(|it| format!("<{path}?{kept}&page={it}>; rel=prev"));
        let links: Vec<String> = next.into_iter().chain(previous).collect();
        let links = format!("Link: {}", links.join(", "));
        Reply::new(
            "200 OK",
            &["Content-Type: application/json", &links],
            body.to_string(),
        )
    }

    /// Returns the query of the request, with its API key: like some services, this one repeats it in its links.
    fn query_without(&self, name: &str) -> String {
        let pairs = self.query.split('&');
        let pairs: Vec<&str> = pairs.filter(|it| !it.starts_with(name)).collect();
        pairs.join("&")
    }
}
