//! Converts nouns between singular and plural.

/// The singular of a plural noun, in words: `sim_ip_addresses` is `sim_ip_address`, and `simCauses` is `simCause`.
///
/// Words that do not look like a plural stay unchanged.
pub fn singular(words: &str) -> String {
    if let Some((one, _, start)) = irregular(words, |(_, many)| many) {
        return joined(start, one);
    }
    if irregular(words, |(one, _)| one).is_some() {
        return words.to_owned();
    }
    for (plural, singular) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("auses", "ause"),
        ("ouses", "ouse"),
        ("uses", "us"),
    ] {
        if let Some(stem) = words.strip_suffix(plural) {
            return format!("{stem}{singular}");
        }
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| words.ends_with(end)) || is_uncountable(words);
    match words.strip_suffix('s') {
        Some(stem) if !keeps && !stem.is_empty() && !stem.ends_with('_') => stem.to_owned(),
        Some(_) | None => words.to_owned(),
    }
}

/// Nouns whose plural does not follow a rule, each with its plural.
const IRREGULAR: [(&str, &str); 13] = [
    ("alias", "aliases"),
    ("analysis", "analyses"),
    ("axis", "axes"),
    ("cache", "caches"),
    ("child", "children"),
    ("cookie", "cookies"),
    ("half", "halves"),
    ("leaf", "leaves"),
    ("movie", "movies"),
    ("person", "people"),
    ("series", "series"),
    ("shelf", "shelves"),
    ("use", "uses"),
];

/// The irregular noun that is the last word, its plural, and what precedes it.
fn irregular(
    words: &str,
    form: fn((&'static str, &'static str)) -> &'static str,
) -> Option<(&'static str, &'static str, &str)> {
    let last = last(words);
    let is_it = |it: &(_, _)| form(*it).eq_ignore_ascii_case(last);
    let (one, many) = IRREGULAR.into_iter().find(is_it)?;
    Some((one, many, &words[..words.len() - last.len()]))
}

/// A noun after other words, in their case: `sim_` or `sim`.
fn joined(start: &str, noun: &str) -> String {
    match start.ends_with(|it: char| it != '_') {
        true => format!("{start}{}{}", noun[..1].to_ascii_uppercase(), &noun[1..]),
        false => format!("{start}{noun}"),
    }
}

/// The last word, after an underscore or in the case of `simCauses`.
fn last(words: &str) -> &str {
    let last = words.rsplit('_').next().unwrap_or(words);
    let before = last.bytes().rev().skip(1).zip(last.bytes().rev());
    let is_start = |(before, it): (u8, u8)| before.is_ascii_lowercase() && it.is_ascii_uppercase();
    let from_end = before.map(is_start).position(|it| it);
    from_end.map_or(last, |it| &last[last.len() - it - 1..])
}

/// Whether the last word has the same singular and plural.
fn is_uncountable(words: &str) -> bool {
    let last = last(words).to_ascii_lowercase();
    let is_known = UNCOUNTABLE.contains(&last.as_str());
    // `blocked` and `starred` stand for a noun, but `feed` is one.
    let is_participle = last.len() > 4 && last.ends_with("ed") && !last.ends_with("eed");
    is_known || is_participle
}

/// Nouns, mostly acronyms, that have no other form.
const UNCOUNTABLE: [&str; 18] = [
    "analytics",
    "aws",
    "canvas",
    "content",
    "cors",
    "css",
    "data",
    "dns",
    "feedback",
    "gas",
    "gps",
    "https",
    "ios",
    "lens",
    "media",
    "news",
    "sms",
    "tls",
];

/// Whether words look like a plural, or have the same singular and plural.
pub fn is_plural(words: &str) -> bool {
    singular(words) != words || is_uncountable(words)
}

/// The plural of a singular noun, in words. A word that already looks like a plural stays unchanged.
pub fn plural(words: &str) -> String {
    if let Some((head, rest)) = words.split_once("_of_") {
        return format!("{}_of_{rest}", plural(head));
    }
    if is_plural(words) {
        return words.to_owned();
    }
    if let Some((_, many, start)) = irregular(words, |(one, _)| one) {
        return joined(start, many);
    }
    let before_y = words
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|end| words.ends_with(end)) =>
        {
            format!("{words}es")
        }
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_converted_between_singular_and_plural() {
        for (one, many) in [
            ("sim", "sims"),
            ("sim_ip_address", "sim_ip_addresses"),
            ("entity", "entities"),
            ("key", "keys"),
            ("status", "statuses"),
            ("child", "children"),
            ("team_child", "team_children"),
            ("house", "houses"),
            ("movie", "movies"),
            ("code_of_conduct", "codes_of_conduct"),
            ("blocked", "blocked"),
            ("feed", "feeds"),
            ("cache", "caches"),
            ("alias", "aliases"),
            ("news", "news"),
            ("dns", "dns"),
            ("series", "series"),
            ("clause", "clauses"),
            ("warehouse", "warehouses"),
            ("leaf", "leaves"),
            ("yAxis", "yAxes"),
            ("errorCause", "errorCauses"),
            ("sourceDNS", "sourceDNS"),
            ("teamChild", "teamChildren"),
        ] {
            assert_eq!(plural(one), many);
            let is_composed = one.contains("_of_");
            assert!(is_composed || singular(many) == one, "{many}");
        }
        assert_eq!(singular("data"), "data");
        assert_eq!(singular("access"), "access");
    }
}
