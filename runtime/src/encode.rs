//! Encodes the parts of a request as text: path, query, cookies and form body. Nothing is sent or parsed here.

mod segment;
mod spread;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) use self::segment::{NoValue, PathValue};
pub(crate) use self::spread::{fields, simple, texts};
use crate::error::{ConfigurationError, Error, PathParameterError, PathParameterProblem};
use crate::json::Node;
use crate::operation::Operation;
use crate::parameter::{Entry, Fields};
use crate::style::{FieldEncoding, FormField};
use crate::vendor::{AccountRule, Vendor};

/// Everything but the unreserved characters (RFC 3986 §2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The characters to escape where reserved characters (RFC 3986 §2.2) are kept: all others, plus those that would end
/// the value or be read as another character.
const KEPT_RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same for paths, which cannot contain all of them, and where none of them separates values.
const KEPT_RESERVED_IN_PATHS: &AsciiSet = &KEPT_RESERVED
    .add(b'?')
    .add(b'[')
    .add(b']')
    .remove(b'&')
    .remove(b'+');

/// Characters that URLs cannot contain (RFC 3986 §2). URL parsers escape them, drop them, or read a backslash as a
/// slash.
const NOT_IN_URLS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'|');

/// Fills the placeholders of the path template with `values`, in order, each escaped as its style says.
///
/// # Errors
///
/// Returns [`Error::PathParameter`] for a value that would name another resource: an empty one, or one with a segment that
/// URL parsers resolve as a dot segment (RFC 3986 §5.2.4).
pub(crate) fn path(operation: &Operation, values: &[PathValue]) -> Result<String, Error> {
    let mut path = String::with_capacity(operation.path.len() + 40);
    let mut values = values.iter();
    let mut rest = operation.path;
    while let Some((literal, place)) = rest.split_once('{') {
        let (name, after) = place.split_once('}').unwrap_or((place, ""));
        path.extend(utf8_percent_encode(literal, NOT_IN_URLS));
        path.push_str(&segment(operation, name, values.next())?);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, NOT_IN_URLS));
    Ok(path)
}

fn segment(
    operation: &Operation,
    parameter: &'static str,
    value: Option<&PathValue>,
) -> Result<String, Error> {
    let problem = match value.map(|it| it.written(parameter)) {
        None => PathParameterProblem::Missing,
        Some(Err(NoValue::NotJson)) => PathParameterProblem::NotJson,
        Some(Err(NoValue::UnknownAccount(vendor))) => {
            return Err(unknown_account(operation, vendor));
        }
        Some(Ok(written)) => match written.as_str() {
            "" => PathParameterProblem::Empty,
            written if written.split('/').any(is_dot_segment) => PathParameterProblem::DotSegment,
            _ => return Ok(written),
        },
    };
    Err(PathParameterError {
        operation: operation.id,
        parameter,
        problem,
    }
    .into())
}

/// Whether URL parsers resolve a segment (WHATWG URL §4.1). They read escaped dots, too, which values may contain whose
/// reserved characters are kept.
fn is_dot_segment(segment: &str) -> bool {
    let dots = segment.to_ascii_lowercase().replace("%2e", ".");
    dots == "." || dots == ".."
}

/// Returns the error for a client without an account, which says how to set one.
fn unknown_account(operation: &Operation, vendor: &Vendor) -> Error {
    let remedy = match &vendor.account {
        Some(AccountRule {
            variable, method, ..
        }) => format!("call `{method}` on the builder, or set {variable} for `from_env`"),
        None => "pass the account in the path".to_owned(),
    };
    let id = operation.id;
    let problem = format!("{id}: the path needs an account, and the client has none");
    ConfigurationError::new(problem, remedy).into()
}

/// Encodes the members of an object as `application/x-www-form-urlencoded`: those in `encoded` as it says, the others with
/// one field for each item of a list.
pub(crate) fn form_of(object: &Node, encoded: &[FormField]) -> String {
    let members = object.members().unwrap_or_default();
    let entries =
        members.iter().flat_map(
            |(key, value)| match encoded.iter().find(|it| it.name == key) {
                Some(field) => encoded_field(*field, value),
                None => vec![Entry::new(key.clone().into(), texts(value))],
            },
        );
    let mut fields = Fields::default();
    fields.put("", entries.collect());
    form(&fields)
}

/// Encodes a member of an object. Null is left out.
fn encoded_field(field: FormField, value: &Node) -> Vec<Entry> {
    match field.encoding {
        FieldEncoding::Styled(style) => fields(field.name, value, style),
        FieldEncoding::Json if *value == Node::Null => Vec::new(),
        FieldEncoding::Json => vec![Entry::new(field.name.into(), vec![value.json()])],
    }
}

/// Encodes `fields` as a query, like [`form`], but with `%20` for a space (RFC 6570 §3.2.8): only a form says that `+` is
/// one, and services that do not read queries as forms take it for a plus.
pub(crate) fn query(fields: &Fields) -> String {
    // The pluses of values are escaped.
    form(fields).replace('+', "%20")
}

/// Encodes `fields` as `application/x-www-form-urlencoded` (WHATWG URL §5.2). The values of a list in one field are
/// separated by its unescaped delimiter (OpenAPI 3.0.3, Style Values).
pub(crate) fn form(fields: &Fields) -> String {
    let escaped =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let mut form = String::new();
    for (name, value) in fields.entries().flat_map(|it| {
        let escaped: fn(&str) -> String = if it.keeps_reserved {
            |text: &str| keeping_reserved(text, KEPT_RESERVED)
        } else {
            escaped
        };
        written(it, escaped).map(|value| (&it.name, value))
    }) {
        if !form.is_empty() {
            form.push('&');
        }
        form.extend([&escaped(name), "=", &value]);
    }
    form
}

/// Encodes `fields` as the header `Cookie` (RFC 6265 §4.2.1). Names and values are escaped, so that none ends another.
pub(crate) fn cookies(fields: &Fields) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
    let cookies = fields.entries().flat_map(|it| {
        let name = escaped(&it.name);
        written(it, escaped).map(move |value| format!("{name}={value}"))
    });
    cookies.collect::<Vec<String>>().join("; ")
}

/// The values of a field: each in its own field, or all in one.
fn written(entry: &Entry, escaped: fn(&str) -> String) -> impl Iterator<Item = String> {
    let values = entry.values.iter().map(|it| escaped(it));
    let values: Vec<String> = match entry.delimiter {
        Some(delimiter) if !entry.values.is_empty() => {
            vec![values.collect::<Vec<String>>().join(delimiter)]
        }
        Some(_) | None => values.collect(),
    };
    values.into_iter()
}

/// Escapes these characters of a text, except for existing escapes (RFC 6570 §3.2.3).
fn keeping_reserved(text: &str, escaped: &'static AsciiSet) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        written.extend(utf8_percent_encode(before, escaped));
        let digits = after.as_bytes().first_chunk::<2>();
        let is_escape = digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        written.push_str(if is_escape { "%" } else { "%25" });
        rest = after;
    }
    written.extend(utf8_percent_encode(rest, escaped));
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::Method;
    use crate::style::Style;

    const FETCH: Operation = Operation {
        id: "FetchCall",
        method: Method::Get,
        server: "https://api.example.com",
        path: "/v1/Accounts/{AccountSid}/Calls/{Sid}.json",
    };

    fn fetch(values: &[&str]) -> Result<String, Error> {
        let text = |it: &&str| PathValue::Text((*it).to_owned());
        let values: Vec<PathValue> = values.iter().map(text).collect();
        path(&FETCH, &values)
    }

    #[test]
    fn placeholders_are_filled_in_order() {
        assert_eq!(
            fetch(&["AC1", "CA2"]).unwrap(),
            "/v1/Accounts/AC1/Calls/CA2.json"
        );
    }

    #[test]
    fn list_delimiters_are_not_escaped() {
        let values = |values: &[&str]| values.iter().map(|&it| it.to_owned()).collect();
        let mut fields = Fields::default();
        fields.set("a b", values(&["x&y", "z"]));
        let mut put = |name, style, texts: &[&str]| {
            let items = texts.iter().map(|&it| Node::Text(it.to_owned()));
            fields.put(
                name,
                super::fields(name, &Node::List(items.collect()), style),
            );
        };
        put("ids", Style::COMMAS, &["1,2", "ü", "3"]);
        put("words", Style::SPACES, &["one", "t wo"]);
        put("none", Style::COMMAS, &[]);
        assert_eq!(
            form(&fields),
            "a+b=x%26y&a+b=z&ids=1%2C2,%C3%BC,3&words=one%20t+wo"
        );
    }

    #[test]
    fn values_stay_in_one_segment() {
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
    fn dot_segments_are_rejected() {
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
    fn dot_segments_are_rejected_where_slashes_are_kept() {
        let style = crate::PathStyle::SIMPLE.keeping_reserved();
        let value = |text: &str| PathValue::styled(Node::Text(text.to_owned()), style);
        let fetch = |text: &str| path(&FETCH, &[value("a/b"), value(text)]);
        assert_eq!(fetch("c/..d").unwrap(), "/v1/Accounts/a/b/Calls/c/..d.json");
        for text in ["../x", "x/..", "x/%2e%2E/y", "x/.%2e", "./x"] {
            let error = fetch(text).unwrap_err().to_string();
            assert!(error.contains("`.` and `..`"), "{text}: {error}");
        }
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

    #[test]
    fn spaces_in_queries_are_escaped() {
        let mut fields = Fields::default();
        fields.set("a b", vec!["c d+e".to_owned()]);
        let kept = Style::EXPLODED.keeping_reserved();
        let text = Node::Text("f +".to_owned());
        fields.put("kept", super::fields("kept", &text, kept));
        assert_eq!(query(&fields), "a%20b=c%20d%2Be&kept=f%20%2B");
        assert_eq!(form(&fields), "a+b=c+d%2Be&kept=f%20%2B");
    }

    #[test]
    fn members_of_forms_are_encoded_as_the_document_says() {
        // In alphabetical order, which `serde_json` only keeps with one of its features.
        let object = json!({
            "filter": {"kind": ["a"]},
            "gone": null,
            "list": ["a", "b&"],
            "motto": "a",
            "none": null,
            "place": {"city": "Oslo"},
            "site": "x:/&",
            "tags": ["a", "b"],
        });
        let encoded = &[
            FormField::styled("tags", Style::PIPES),
            FormField::styled("filter", Style::BRACKETS),
            FormField::styled("site", Style::EXPLODED.keeping_reserved()),
            FormField::styled("gone", Style::COMMAS),
            FormField::json("motto"),
            FormField::json("none"),
            FormField::json("absent"),
        ];
        let all = "filter%5Bkind%5D%5B%5D=a&list=a&list=b%26&motto=%22a%22\
            &place=%7B%22city%22%3A%22Oslo%22%7D&site=x:/%26&tags=a%7Cb";
        assert_eq!(form_of(&Node::of(&object).unwrap(), encoded), all);
        assert_eq!(form_of(&Node::Null, encoded), "");
    }

    #[test]
    fn reserved_characters_are_kept_unless_they_end_the_value() {
        for (text, kept) in [
            (":/?[]@!$'()*,;=", ":/?[]@!$'()*,;="),
            ("a#b&c+d e", "a%23b%26c%2Bd%20e"),
            ("%41%4%zz%", "%41%254%25zz%25"),
            ("\r\n\"\\ü", "%0D%0A%22%5C%C3%BC"),
        ] {
            assert_eq!(keeping_reserved(text, KEPT_RESERVED), kept);
        }
    }

    #[test]
    fn cookies_are_escaped() {
        let mut fields = Fields::default();
        fields.set("session", vec!["a; b=c\r\nX: y".to_owned()]);
        fields.set("é=", vec!["1".to_owned(), "2,3".to_owned()]);
        fields.set("none", Vec::new());
        assert_eq!(
            cookies(&fields),
            "session=a%3B%20b%3Dc%0D%0AX%3A%20y; %C3%A9%3D=1; %C3%A9%3D=2%2C3"
        );
    }
}
