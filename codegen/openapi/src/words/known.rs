//! Words that are one although a capital is in the middle: `OAuth`, `IPv4`, `URLs`.

use std::borrow::Cow;

use heck::ToUpperCamelCase as _;

/// Names and protocols that are spelled so. Only those that documents often have.
const KNOWN: [&str; 20] = [
    "DynamoDB",
    "DynamoDb",
    "ETag",
    "GitHub",
    "GitLab",
    "GraphQL",
    "GraphQl",
    "IPv4",
    "IPv6",
    "LinkedIn",
    "MySQL",
    "MySql",
    "OAuth",
    "PayPal",
    "PostgreSQL",
    "PostgreSql",
    "WhatsApp",
    "WiFi",
    "YouTube",
    "iOS",
];

/// The letters that these begin with.
const STARTS: [char; 11] = ['D', 'E', 'G', 'I', 'L', 'M', 'O', 'P', 'W', 'Y', 'i'];

/// A word as part of `UpperCamelCase`, if its own capitals stay: `IPv4`, but `MySql`.
pub(super) fn capitalized(word: &str) -> Option<String> {
    let is_known = KNOWN.contains(&word) && word.starts_with(|it: char| it.is_ascii_uppercase());
    is_known.then(|| word.to_upper_camel_case())
}

/// `run` with a single capital, the first letter, in each word that is one: `CallbackUrls`. Its length stays.
pub(super) fn one_capital_each(run: &str) -> Cow<'_, str> {
    let mut spelled = Cow::Borrowed(run);
    for (at, _) in run.match_indices(STARTS) {
        let mut known = KNOWN.into_iter().filter(|it| run[at..].starts_with(it));
        if let Some(known) = known.find(|it| is_word(run.as_bytes(), at, at + it.len())) {
            spelled.to_mut()[at + 1..at + known.len()].make_ascii_lowercase();
        }
    }
    for end in plural_acronyms(run.as_bytes()) {
        let start = run.as_bytes()[..end]
            .iter()
            .rposition(|it| !it.is_ascii_uppercase());
        let start = start.map_or(0, |it| it + 1);
        spelled.to_mut()[start + 1..end].make_ascii_lowercase();
    }
    spelled
}

/// Whether the letters around do not belong to the word.
fn is_word(run: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|it| run[it]);
    let is_start = match run[start].is_ascii_uppercase() {
        true => before.is_none_or(|it| !it.is_ascii_uppercase()),
        false => before.is_none_or(|it| !it.is_ascii_alphabetic()),
    };
    is_start && run.get(end).is_none_or(|it| !it.is_ascii_lowercase())
}

/// Where the `s` of each acronym in the plural is: at least two capitals precede it, and no small letter follows.
fn plural_acronyms(run: &[u8]) -> impl Iterator<Item = usize> + '_ {
    (2..run.len()).filter(|it| {
        let are_capitals = run[it - 2..*it].iter().all(u8::is_ascii_uppercase);
        let is_end = run.get(it + 1).is_none_or(|it| !it.is_ascii_lowercase());
        run[*it] == b's' && are_capitals && is_end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_those_of_the_words() {
        assert!(KNOWN.iter().all(|it| it.starts_with(STARTS)));
    }

    #[test]
    fn words_with_several_capitals_are_one() {
        for (run, expected) in [
            ("OAuth", "Oauth"),
            ("AllowedOAuthFlows", "AllowedOauthFlows"),
            ("GlobalIPv6PrefixLen", "GlobalIpv6PrefixLen"),
            ("linkedToGitHub", "linkedToGithub"),
            ("iOSVersion", "iosVersion"),
            ("CallbackURLs", "CallbackUrls"),
            ("propertyIDsToView", "propertyIdsToView"),
            ("URLs", "Urls"),
            ("IPsec", "IPsec"),
            ("DNSs3", "Dnss3"),
            ("FOAuth", "FOAuth"),
            ("OAuthor", "OAuthor"),
            ("AxiOS", "AxiOS"),
            ("Ms", "Ms"),
        ] {
            assert_eq!(one_capital_each(run), expected);
        }
    }
}
