//! Guesses what a misspelled name was meant to be.

/// Returns the one of `names` that is spelled most like `word`, if one is spelled alike: a third of
/// its characters may differ.
pub(super) fn similar<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (name, distance) = names
        .map(|name| (name, distance(word, name)))
        .min_by_key(|(_, distance)| *distance)?;
    (distance * 3 <= name.len()).then_some(name)
}

/// Counts the characters to add, remove or replace to make `b` of `a`, upper and lower case alike.
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
    fn slips_are_recognized() {
        let names = ["operationId", "parameters", "responses", "in"];
        let guess = |word| similar(word, names.into_iter());
        assert_eq!(guess("operationID"), Some("operationId"));
        assert_eq!(guess("paramters"), Some("parameters"));
        assert_eq!(guess("response"), Some("responses"));
        assert_eq!(guess("id"), None);
        assert_eq!(guess(""), None);
    }

    #[test]
    fn distances_count_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ABC", "abc"), 0);
    }
}
