use http::HeaderMap;
use http::header::{HeaderValue, LINK};
use url::Url;

use super::*;
use crate::json::{self, Budget, Fault};

const MORE: &[&str] = &["meta", "more"];
const TOTAL: &[&str] = &["meta", "total"];

fn rule(next: NextPage) -> PagingRule {
    PagingRule {
        items: &["data", "pets"],
        requires_items: true,
        next,
        size: None,
    }
}

/// Returns the links of a page: the response to a request for `url`, with a header `Link`.
fn read(rule: &PagingRule, url: &str, link: &str, body: &str) -> Result<Neighbours, String> {
    let told = |fault: Fault| format!("{}: {fault}", fault.path());
    let reader = || json::reader(body.as_bytes(), Budget::new(usize::MAX, None), None).unwrap();
    let mut count = 0;
    let facts = rule.read(&mut reader(), &mut |reader| {
        let items: Vec<serde_json::Value> = reader.list_of()?;
        count = items.len();
        Ok(())
    });
    let facts = facts.map_err(told)?;
    let last = rule.last_item(&mut reader()).map_err(told)?;
    let mut headers = HeaderMap::new();
    headers.insert(LINK, HeaderValue::from_str(link).unwrap());
    rule.neighbours(
        Arrival {
            url: &Url::parse(url).unwrap(),
            headers: &headers,
            count,
            last,
        },
        facts,
    )
}

/// Returns the query of the next page.
fn next(rule: &PagingRule, query: &str, body: &str) -> Result<Option<String>, String> {
    let url = format!("https://a.example/pets{query}");
    let links = read(rule, &url, "", body)?;
    Ok(links
        .next
        .map(|it| it.replace("https://a.example/pets", "")))
}

fn check(rule: &PagingRule, cases: &[(&str, &str, Option<&str>)]) {
    for (query, body, expected) in cases {
        let next = next(rule, query, body);
        assert_eq!(
            next.as_ref().map(Option::as_deref),
            Ok(*expected),
            "{query} {body}"
        );
    }
}

#[test]
fn urls_are_read_below_their_key() {
    let rule = rule(NextPage::Url {
        key: &["links", "next"],
    });
    let all = r#"{"data": {"pets": [1]}, "links": {"next": "/x?page=2"}}"#;
    check(
        &rule,
        &[
            ("", all, Some("/x?page=2")),
            (
                "",
                r#"{"links": {"next": null}, "data": {"pets": []}}"#,
                None,
            ),
            ("", r#"{"links": {"next": ""}, "data": {"pets": []}}"#, None),
            ("", r#"{"links": null, "data": {"pets": null}}"#, None),
            ("", r#"{"data": {"pets": [1, 2], "next": "/y"}}"#, None),
        ],
    );
    for (body, fault) in [
        (r#"{"data": {}}"#, "missing field `data.pets`"),
        (r#"{"data": null}"#, "missing field `data.pets`"),
        (
            r#"{"data": {"pets": {}}}"#,
            "data.pets: invalid type: an object, expected a list",
        ),
        (
            r#"[]"#,
            "invalid type: a list, expected an object with `data.pets` and `links.next`",
        ),
        (
            r#"{"links": {"next": {}}}"#,
            "links.next: invalid type: an object, expected a string or a number",
        ),
        (
            r#"{"links": [], "data": {"pets": []}}"#,
            "links: invalid type: a list, expected an object with `next`",
        ),
    ] {
        let error = next(&rule, "", body).unwrap_err();
        assert!(error.contains(fault), "{body}: {error}");
    }
}

#[test]
fn optional_list_may_be_absent() {
    let rule = PagingRule {
        requires_items: false,
        ..rule(NextPage::Url { key: &["next"] })
    };
    check(
        &rule,
        &[
            ("", "{}", None),
            ("", r#"{"data": null, "next": "/x"}"#, Some("/x")),
        ],
    );
}

#[test]
fn whole_response_may_be_the_list() {
    let rule = PagingRule {
        items: &[],
        ..rule(NextPage::LinkHeader)
    };
    let link = r#"<https://a.example/pets?page=3>; rel="next", </pets>; rel=prev"#;
    let links = read(&rule, "https://a.example/pets?page=2", link, "[1]").unwrap();
    assert_eq!(links.next.as_deref(), Some("https://a.example/pets?page=3"));
    assert_eq!(links.previous.as_deref(), Some("/pets"));
    assert_eq!(
        read(&rule, "https://a.example", "", "null"),
        Ok(Neighbours::default())
    );
}

#[test]
fn cursors_replace_their_parameter() {
    let rule = rule(NextPage::Cursor {
        parameter: "after",
        value: &["meta", "cursor"],
        more: Some(MORE),
    });
    let page = |meta: &str| format!(r#"{{"data": {{"pets": [1]}}, "meta": {meta}}}"#);
    check(
        &rule,
        &[
            (
                "",
                &page(r#"{"cursor": "a b&c="}"#),
                Some("?after=a%20b%26c%3D"),
            ),
            (
                "?q=a+b%20c&after=1&size=2&after=3&x",
                &page(r#"{"cursor": 12345678901234567890, "more": true}"#),
                Some("?q=a+b%20c&size=2&x&after=12345678901234567890"),
            ),
            ("", &page(r#"{"cursor": "a", "more": false}"#), None),
            ("", &page(r#"{"cursor": null, "more": null}"#), None),
            ("", &page(r#"{"cursor": "", "more": false}"#), None),
        ],
    );
    let error = next(&rule, "", &page(r#"{"more": true}"#));
    assert_eq!(
        error,
        Err("there are more pages, but it has no cursor".to_owned())
    );
    let error = next(&rule, "", &page(r#"{"more": "yes"}"#)).unwrap_err();
    assert!(error.starts_with("meta.more: invalid type"), "{error}");
}

#[test]
fn last_item_is_a_cursor() {
    let rule = rule(NextPage::LastItem {
        parameter: "after",
        key: &["ids", "own"],
        more: Some(MORE),
    });
    let page = |pets: &str, more: &str| {
        format!(r#"{{"meta": {{"more": {more}}}, "data": {{"pets": {pets}}}}}"#)
    };
    let two = r#"[{"ids": {"own": "a"}}, {"ids": {"own": 7}, "own": "x"}]"#;
    check(
        &rule,
        &[
            ("?after=1", &page(two, "true"), Some("?after=7")),
            ("", &page(two, "null"), Some("?after=7")),
            ("", &page(two, "false"), None),
            ("", &page("[]", "null"), None),
            ("", &page("[{}]", "false"), None),
        ],
    );
    for (body, fault) in [
        (
            page("[]", "true"),
            "there are more pages, but it has no items",
        ),
        (
            page(r#"[{"ids": {"own": 1}}, {"ids": null}]"#, "null"),
            "its last item has no `ids.own`",
        ),
        (page("[1]", "true"), "data.pets[0]: invalid type"),
    ] {
        let error = next(&rule, "", &body).unwrap_err();
        assert!(error.contains(fault), "{body}: {error}");
    }
}

#[test]
fn numbers_count_pages() {
    let numbered = |first, end| {
        rule(NextPage::Number {
            parameter: "page",
            first,
            end,
        })
    };
    let page =
        |pets: &str, meta: &str| format!(r#"{{"data": {{"pets": {pets}}}, "meta": {meta}}}"#);
    check(
        &numbered(1, ListEnd::EmptyPage),
        &[
            ("?size=5", &page("[1]", "{}"), Some("?size=5&page=2")),
            ("?page=7", &page("[1]", "{}"), Some("?page=8")),
            ("?page=7", &page("[]", "{}"), None),
        ],
    );
    check(
        &numbered(0, ListEnd::More(MORE)),
        &[
            ("", &page("[]", r#"{"more": true}"#), Some("?page=1")),
            ("", &page("[1]", r#"{"more": false}"#), None),
            ("", &page("[1]", "{}"), Some("?page=1")),
            ("", &page("[]", "{}"), None),
        ],
    );
    check(
        &numbered(0, ListEnd::Total(TOTAL)),
        &[
            ("", &page("[1]", r#"{"total": 2}"#), Some("?page=1")),
            ("?page=1", &page("[1]", r#"{"total": 2}"#), None),
            ("?page=1", &page("[]", r#"{"total": 9}"#), None),
            ("?page=1", &page("[1]", "{}"), Some("?page=2")),
        ],
    );
    let rule = numbered(1, ListEnd::EmptyPage);
    let error = next(&rule, "?page=x", &page("[1]", "{}"));
    assert_eq!(
        error,
        Err("the parameter `page` of the request is not a number".to_owned())
    );
}

#[test]
fn offsets_count_items() {
    let rule = |first, end| {
        rule(NextPage::Offset {
            parameter: "offset",
            first,
            end,
        })
    };
    let page = |pets: &str, total: &str| {
        format!(r#"{{"data": {{"pets": {pets}}}, "meta": {{"total": {total}}}}}"#)
    };
    check(
        &rule(0, ListEnd::Total(TOTAL)),
        &[
            ("", &page("[1, 2]", "5"), Some("?offset=2")),
            ("?offset=2", &page("[1, 2]", "5"), Some("?offset=4")),
            ("?offset=4", &page("[1]", "5"), None),
            ("?offset=4", &page("[]", "9"), None),
        ],
    );
    check(
        &rule(1, ListEnd::Total(TOTAL)),
        &[
            ("", &page("[1, 2]", "3"), Some("?offset=3")),
            ("?offset=3", &page("[1]", "3"), None),
        ],
    );
    check(
        &rule(0, ListEnd::EmptyPage),
        &[("?offset=4", &page("[1]", "1"), Some("?offset=5"))],
    );
}
