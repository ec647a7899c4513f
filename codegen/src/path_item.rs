//! What a Path Item Object and its path are made of (OpenAPI 3.0.3, "Paths Object"). It knows no document.

/// The methods of a Path Item Object, in the order of the `OpenAPI` specification.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Returns the names of the parameters in a path template; `None` if the braces do not match, or a
/// name is empty or comes twice.
pub(crate) fn template(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains('{') || names.contains(&name) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

/// Returns a sound template without its names: equal for paths that no request can tell apart.
pub(crate) fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|it| it.split_once('}').map_or(it, |(_, after)| after));
    std::iter::once(first)
        .chain(rest)
        .collect::<Vec<_>>()
        .join("{}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read() {
        assert_eq!(template("/a"), Some(vec![]));
        assert_eq!(template("/a/{b}/c-{d}.json"), Some(vec!["b", "d"]));
        for bad in ["/{", "/}", "/{}", "/{a}/{a}", "/{a{b}}", "/a}{b"] {
            assert_eq!(template(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_do_not_tell_paths_apart() {
        assert_eq!(without_names("/a/{b}/c-{d}.json"), "/a/{}/c-{}.json");
        assert_eq!(without_names("/a"), "/a");
    }
}
