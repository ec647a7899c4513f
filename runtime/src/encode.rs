//! Makes the text of a request: its path, its query and its form body. Nothing is sent or parsed here.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, PathParameterError, PathParameterProblem};
use crate::operation::Operation;
use crate::parameter::Fields;

/// Everything but the unreserved characters (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What stands in no URL (RFC 3986 §2). URL parsers escape it, drop it, or take a backslash for a slash.
const NOT_IN_URLS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'|');

/// Fills the places of the path template with `values`, in order, each escaped for one segment.
///
/// # Errors
///
/// Returns [`Error::PathParameter`] for a value that would name another resource than its place says: an empty
/// one, or one that URL parsers resolve as a step in the hierarchy (RFC 3986 §5.2.4).
pub(crate) fn path(operation: &Operation, values: &[String]) -> Result<String, Error> {
    let mut path = String::with_capacity(operation.path.len() + 40);
    let mut values = values.iter();
    let mut rest = operation.path;
    while let Some((literal, place)) = rest.split_once('{') {
        let (name, after) = place.split_once('}').unwrap_or((place, ""));
        let value = values.next().map(String::as_str);
        path.extend(utf8_percent_encode(literal, NOT_IN_URLS));
        path.extend(utf8_percent_encode(
            segment(operation, name, value)?,
            RESERVED,
        ));
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, NOT_IN_URLS));
    Ok(path)
}

fn segment<'v>(
    operation: &Operation,
    parameter: &'static str,
    value: Option<&'v str>,
) -> Result<&'v str, Error> {
    let problem = match value {
        None => PathParameterProblem::Missing,
        Some("") => PathParameterProblem::Empty,
        Some("." | "..") => PathParameterProblem::DotSegment,
        Some(value) => return Ok(value),
    };
    Err(PathParameterError {
        operation: operation.id,
        parameter,
        problem,
    }
    .into())
}

/// Writes `fields` as `application/x-www-form-urlencoded` (WHATWG URL §5.2), for queries and for bodies. The values of a
/// list that is one field have its delimiter between them, as it is (OpenAPI 3.0.3, Style Values).
pub(crate) fn form(fields: &Fields) -> String {
    let escaped =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let mut form = String::new();
    for (name, values, delimiter) in fields.lists().filter(|it| !it.1.is_empty()) {
        let values: Vec<String> = values.iter().map(|it| escaped(it)).collect();
        let values = match delimiter {
            Some(delimiter) => vec![values.join(delimiter)],
            None => values,
        };
        for value in values {
            if !form.is_empty() {
                form.push('&');
            }
            form.extend([&escaped(name), "=", &value]);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;

    const FETCH: Operation = Operation {
        id: "FetchCall",
        method: Method::Get,
        server: "https://api.example.com",
        path: "/v1/Accounts/{AccountSid}/Calls/{Sid}.json",
    };

    fn fetch(values: &[&str]) -> Result<String, Error> {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        path(&FETCH, &values)
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(
            fetch(&["AC1", "CA2"]).unwrap(),
            "/v1/Accounts/AC1/Calls/CA2.json"
        );
    }

    #[test]
    fn delimiters_of_lists_stay_as_they_are() {
        let values = |values: &[&str]| values.iter().map(|&it| it.to_owned()).collect();
        let mut fields = Fields::default();
        fields.set("a b", values(&["x&y", "z"]));
        fields.set_joined("ids", ",", values(&["1,2", "ü", "3"]));
        fields.set_joined("words", "%20", values(&["one", "t wo"]));
        fields.set_joined("none", ",", Vec::new());
        assert_eq!(
            form(&fields),
            "a+b=x%26y&a+b=z&ids=1%2C2,%C3%BC,3&words=one%20t+wo"
        );
    }

    #[test]
    fn values_stay_one_segment() {
        let cases = [
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            ("../x", "..%2Fx"),
            ("%2e%2e", "%252e%252e"),
            ("%2E", "%252E"),
            ("...", "..."),
            ("a?b#c", "a%3Fb%23c"),
            ("a b+c", "a%20b%2Bc"),
            ("{Sid}", "%7BSid%7D"),
            ("-._~", "-._~"),
            ("café", "caf%C3%A9"),
            ("\u{1f4f6}", "%F0%9F%93%B6"),
            ("a\r\nb\0", "a%0D%0Ab%00"),
            ("user:pw@evil", "user%3Apw%40evil"),
        ];
        for (value, escaped) in cases {
            assert_eq!(
                fetch(&[value, "x"]).unwrap(),
                format!("/v1/Accounts/{escaped}/Calls/x.json")
            );
        }
    }

    #[test]
    fn escaped_values_survive_a_url_parser() {
        for value in ["%2e%2e", "../../x", "..%2f", "\\..\\", "a\tb"] {
            let path = fetch(&[value, value]).unwrap();
            let url = url::Url::parse(&format!("https://api.example.com{path}")).unwrap();
            assert_eq!(url.path(), path);
            assert_eq!(url.path_segments().unwrap().count(), 5);
        }
    }

    #[test]
    fn values_that_step_elsewhere_are_refused() {
        let cases = [
            ("", "it is empty"),
            (".", "`.` and `..`"),
            ("..", "`.` and `..`"),
        ];
        for (value, why) in cases {
            let text = fetch(&["AC1", value]).unwrap_err().to_string();
            assert!(
                text.starts_with("FetchCall: ") && text.contains("`Sid`") && text.contains(why),
                "{text}"
            );
        }
        assert!(fetch(&["AC1"]).unwrap_err().to_string().contains("`Sid`"));
    }

    #[test]
    fn forms_are_urlencoded() {
        let mut fields = Fields::default();
        fields.set("Name", vec!["a b&c=d+é".to_owned()]);
        fields.set("Networks", vec!["HW1".to_owned(), "HW2".to_owned()]);
        fields.set("Url", vec![String::new()]);
        assert_eq!(
            form(&fields),
            "Name=a+b%26c%3Dd%2B%C3%A9&Networks=HW1&Networks=HW2&Url="
        );
        assert_eq!(form(&Fields::default()), "");
    }
}
