//! Parses the keys and templates of a Paths Object (OpenAPI 3.0.3, "Paths Object").

/// The methods of a Path Item Object, in the order of the `OpenAPI` specification.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Returns the names of the parameters in a path template, including duplicates; `None` if the braces are unbalanced or
/// a name is empty.
pub(crate) fn template(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains('{') {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

/// Returns a valid template without its names: equal for paths that no request can tell apart.
pub fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|it| it.split_once('}').map_or(it, |(_, after)| after));
    std::iter::once(first)
        .chain(rest)
        .collect::<Vec<_>>()
        .join("{}")
}

/// Returns an `operationId` without the path and the method at its end, which FastAPI appends:
/// `read_item_items__item_id__get` is `read_item`.
pub fn without_path<'a>(id: &'a str, method: &str, path: &str) -> &'a str {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let path = path.chars().map(|it| if is_word(it) { it } else { '_' });
    let end = path.collect::<String>() + "_" + &method.to_ascii_lowercase();
    id.strip_suffix(&end)
        .filter(|it| !it.is_empty())
        .unwrap_or(id)
}

/// A key of a Paths Object, split into the parts of a URL (RFC 3986 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathKey<'a> {
    /// The path without a query.
    pub path: &'a str,
    /// The path with the query: the target of requests.
    pub(crate) target: &'a str,
    /// The text after `#`, which no request carries (RFC 9110 §7.1).
    pub(crate) fragment: Option<&'a str>,
}

impl<'a> PathKey<'a> {
    /// Splits a key. Text in braces is a parameter name, whatever characters it contains.
    pub fn of(key: &'a str) -> Self {
        let (target, fragment) = split_outside_braces(key, '#');
        let (path, _) = split_outside_braces(target, '?');
        Self {
            path,
            target,
            fragment,
        }
    }
}

/// Splits a path before the custom verb that ends it: `/v1/{name}:cancel` (Google AIP-136).
pub(crate) fn custom_verb(path: &str) -> Option<(&str, &str)> {
    let (before, verb) = path.rsplit_once(':')?;
    let is_verb = verb.starts_with(|it: char| it.is_ascii_alphabetic())
        && verb.bytes().all(|it| it.is_ascii_alphanumeric());
    (is_verb && !before.ends_with('/')).then_some((before, verb))
}

/// Splits at the first `separator` that is not in braces.
fn split_outside_braces(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut depth: usize = 0;
    for (index, it) in text.char_indices() {
        match it {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            it if it == separator && depth == 0 => {
                return (&text[..index], Some(&text[index + it.len_utf8()..]));
            }
            _ => {}
        }
    }
    (text, None)
}

/// Returns the first segment of a path that URL parsers resolve: `.` or `..`, escaped or not (RFC 3986 §5.2.4; WHATWG
/// URL, "single-dot" and "double-dot URL path segment").
pub(crate) fn dot_segment(path: &str) -> Option<&str> {
    let is_dots = |segment: &&str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        matches!(plain.as_str(), "." | "..")
    };
    path.split('/').find(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_split_into_url_parts() {
        let parts = |key| {
            let PathKey {
                path,
                target,
                fragment,
            } = PathKey::of(key);
            (path, target, fragment)
        };
        assert_eq!(parts("/a/{b}"), ("/a/{b}", "/a/{b}", None));
        assert_eq!(parts("/a?b=c?d"), ("/a", "/a?b=c?d", None));
        assert_eq!(parts("/a?b#c#?d"), ("/a", "/a?b", Some("c#?d")));
        assert_eq!(parts("/a#b?c"), ("/a", "/a", Some("b?c")));
        assert_eq!(parts("/a/{b?#}?c"), ("/a/{b?#}", "/a/{b?#}?c", None));
        assert_eq!(parts("/a?#"), ("/a", "/a?", Some("")));
    }

    #[test]
    fn custom_verbs_end_a_path() {
        assert_eq!(custom_verb("/v1/{a}:run"), Some(("/v1/{a}", "run")));
        assert_eq!(custom_verb("/a:findAll"), Some(("/a", "findAll")));
        for none in [
            "/a", "/:run", "/a:", "/a:{b}", "/{a:b}", "/a:run/b", "/a:8080",
        ] {
            assert_eq!(custom_verb(none), None, "{none}");
        }
    }

    #[test]
    fn dot_segments_are_found_in_every_form() {
        for found in ["/.", "/a/..", "/a/../b", "/%2E/", "/.%2e", "/%2e%2E/a"] {
            assert!(dot_segment(found).is_some(), "{found}");
        }
        for sound in ["/", "//", "/...", "/a.", "/.a/", "/a..b", "/%252e", "/{.}"] {
            assert_eq!(dot_segment(sound), None, "{sound}");
        }
    }

    #[test]
    fn templates_are_read() {
        assert_eq!(template("/a"), Some(vec![]));
        assert_eq!(template("/a/{b}/c-{d}.json"), Some(vec!["b", "d"]));
        assert_eq!(template("/{a}/{a}"), Some(vec!["a", "a"]));
        for bad in ["/{", "/}", "/{}", "/{a{b}}", "/a}{b"] {
            assert_eq!(template(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_do_not_distinguish_paths() {
        assert_eq!(without_names("/a/{b}/c-{d}.json"), "/a/{}/c-{}.json");
        assert_eq!(without_names("/a"), "/a");
    }
}
