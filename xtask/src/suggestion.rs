//! Suggests corrections for mistyped words on the command line.

/// How similar two words must be, from 0 to 1. Below this, suggestions are more often wrong than right.
const THRESHOLD: f64 = 0.8;

/// Returns the most similar word of `known`, if one is similar enough.
pub(crate) fn for_word<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let rated = known.map(|it| (strsim::jaro_winkler(word, it), it));
    let alike = rated.filter(|(likeness, _)| *likeness >= THRESHOLD);
    let best = alike.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.map(|(_, known)| known)
}

/// Returns the options that a help text names.
pub(crate) fn options(help: &str) -> impl Iterator<Item = &str> {
    let words = help.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
    words.filter(|it| it.len() > 2 && it.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_words_are_suggested() {
        let commands = ["gen", "diff", "update", "ci-diff", "corpus", "help"];
        for (word, guess) in [
            ("genn", Some("gen")),
            ("dif", Some("diff")),
            ("updte", Some("update")),
            ("cidiff", Some("ci-diff")),
            ("generate", Some("gen")),
            ("frobnicate", None),
            ("", None),
        ] {
            assert_eq!(for_word(word, commands.into_iter()), guess, "{word}");
        }
    }

    #[test]
    fn options_are_read_from_the_help() {
        let help = "gen [--check] [--max-size MIB]\n\n  --out DIR  A folder - or two; -h";
        assert!(options(help).eq(["--check", "--max-size", "--out"]));
    }
}
