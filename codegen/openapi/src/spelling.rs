//! Guesses what a misspelled name was meant to be.

/// The longest word to guess for, in characters.
const MAX_LENGTH: usize = 64;

/// How many pairs of characters to compare for all guesses of a document: about a second in a debug build. A hundred
/// typos with a hundred names of ten letters each take a tenth of it.
const MAX_COMPARISONS: usize = 10_000_000;

/// The guesses for one document. They stop at the limit; faults are then reported without one.
pub(crate) struct Guesses {
    comparisons_left: usize,
}

impl Default for Guesses {
    fn default() -> Self {
        Self {
            comparisons_left: MAX_COMPARISONS,
        }
    }
}

/// Returns the most similar of `names`, if one is similar to `word`: up to a third of its characters may differ.
pub fn similar<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    Guesses::default().similar(word, names)
}

impl Guesses {
    /// Returns the most similar of `names`, if one is similar to `word`: up to a third of its characters may differ.
    pub(crate) fn similar<'a>(
        &mut self,
        word: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let length = word.chars().count();
        if length > MAX_LENGTH {
            return None;
        }
        let mut best = None;
        for name in names {
            let other = name.chars().count();
            // Skip names whose length alone differs too much.
            let is_near = other <= MAX_LENGTH && length.abs_diff(other) * 3 <= name.len();
            let comparisons = if is_near { length * other } else { 1 };
            self.comparisons_left = self.comparisons_left.checked_sub(comparisons)?;
            if is_near {
                let distance = distance(word, name);
                if best.is_none_or(|(_, least)| distance < least) {
                    best = Some((name, distance));
                }
            }
        }
        let (name, distance) = best?;
        (distance * 3 <= name.len()).then_some(name)
    }
}

/// Returns the edit distance between `a` and `b`, ignoring case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().map(|it| it.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, from) in a.chars().map(|it| it.to_ascii_lowercase()).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_recognized() {
        let names = ["operationId", "parameters", "responses", "in"];
        let guess = |word| Guesses::default().similar(word, names.into_iter());
        assert_eq!(guess("operationID"), Some("operationId"));
        assert_eq!(guess("paramters"), Some("parameters"));
        assert_eq!(guess("response"), Some("responses"));
        assert_eq!(guess("id"), None);
        assert_eq!(guess(""), None);
    }

    #[test]
    fn commands_are_recognized() {
        let commands = ["gen", "diff", "update", "ci-diff", "corpus", "help"];
        let guess = |word| similar(word, commands.into_iter());
        assert_eq!(guess("genn"), Some("gen"));
        assert_eq!(guess("updte"), Some("update"));
        assert_eq!(guess("cidiff"), Some("ci-diff"));
        assert_eq!(guess("frobnicate"), None);
    }

    #[test]
    fn guesses_end() {
        let mut guesses = Guesses::default();
        let long = "x".repeat(1_000);
        assert_eq!(guesses.similar(&long, [long.as_str()].into_iter()), None);
        let names: Vec<String> = (0..10_000).map(|it| format!("property{it:04}")).collect();
        let mut similar = |word| guesses.similar(word, names.iter().map(String::as_str));
        assert_eq!(similar("propertyy0000"), Some("property0000"));
        for _ in 0..100_000 {
            similar("required0000");
        }
        assert_eq!(similar("propertyy0000"), None);
    }

    #[test]
    fn distances_count_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ABC", "abc"), 0);
    }
}
