//! Reads the header `Link` (RFC 8288 §3).

/// Returns the target of the first link with one of `relations`, in any of the values of the header. A link about
/// another resource than the response (`anchor`) does not count.
pub(super) fn target<'v>(
    values: impl Iterator<Item = &'v str>,
    relations: &[&str],
) -> Option<String> {
    let mut links = values.flat_map(links);
    let found = links.find(|it| !it.is_elsewhere && it.has_any(relations));
    found
        .map(|it| it.target.trim().to_owned())
        .filter(|it| !it.is_empty())
}

/// A link of the header.
#[derive(Default)]
struct Link<'v> {
    target: &'v str,
    /// The value of its first `rel`; further ones are ignored (RFC 8288 §3.3).
    relations: Option<String>,
    is_elsewhere: bool,
}

impl Link<'_> {
    fn has_any(&self, relations: &[&str]) -> bool {
        let own = self.relations.as_deref().unwrap_or_default();
        let mut own = own.split_ascii_whitespace();
        own.any(|it| {
            relations
                .iter()
                .any(|wanted| it.eq_ignore_ascii_case(wanted))
        })
    }
}

/// Returns the links of one value, up to the first that is malformed.
fn links(mut rest: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some(opened) = rest.strip_prefix('<') else {
            return links;
        };
        let Some((target, after)) = opened.split_once('>') else {
            return links;
        };
        let mut link = Link {
            target,
            ..Link::default()
        };
        rest = parameters(after, &mut link);
        links.push(link);
    }
}

/// Reads the parameters of a link, and returns what follows it.
fn parameters<'v>(mut rest: &'v str, link: &mut Link<'v>) -> &'v str {
    loop {
        rest = rest.trim_start();
        let Some(after) = rest.strip_prefix(';') else {
            return rest;
        };
        let after = after.trim_start();
        let end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let name = after[..end].trim_end();
        rest = &after[end..];
        let mut value = String::new();
        if let Some(text) = rest.strip_prefix('=') {
            (value, rest) = self::value(text.trim_start());
        }
        match name.to_ascii_lowercase().as_str() {
            "rel" if link.relations.is_none() => link.relations = Some(value),
            "anchor" => link.is_elsewhere = true,
            _ => {}
        }
    }
}

/// Reads the value of a parameter, a token or a quoted string (RFC 9110 §5.6), and returns it with what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim_end().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn link_of_a_relation_is_found() {
        for (header, next) in [
            (
                r#"<https://a.example/?page=2>; rel="next""#,
                Some("https://a.example/?page=2"),
            ),
            ("</x?page=2>;rel=next", Some("/x?page=2")),
            (
                r#"<a>; rel="prev", <b,c;d>; title="x, <y>; rel=next"; rel="last NEXT", <e>; rel=next"#,
                Some("b,c;d"),
            ),
            (r#"<a>; rel="start http://x.example/next""#, None),
            (r#"<a>; REL = "next" ; x"#, Some("a")),
            (r#"<a>; rel=prev; rel=next"#, None),
            (r##"<a>; rel=next; anchor="#x", <b>; rel=next"##, Some("b")),
            (r#"<a>; title="say \"hi\""; rel="next""#, Some("a")),
            ("< >; rel=next", None),
            ("<a; rel=next", None),
            ("a; rel=next", None),
            (r#"<a>; rel="next"#, Some("a")),
            ("", None),
        ] {
            assert_eq!(
                target([header].into_iter(), &["next"]).as_deref(),
                next,
                "{header}"
            );
        }
    }

    #[test]
    fn header_may_have_several_values() {
        let values = ["<a>; rel=prev", "<b>; rel=next"];
        assert_eq!(target(values.into_iter(), &["next"]).as_deref(), Some("b"));
        let previous = target(values.into_iter(), &["prev", "previous"]);
        assert_eq!(previous.as_deref(), Some("a"));
    }
}
