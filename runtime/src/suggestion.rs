//! Suggestions for unknown names.

/// The minimum similarity of two names, from 0 to 1.
const LIKENESS: f64 = 0.8;

/// Returns the most similar of `names` to `given`, if it is similar enough.
pub(crate) fn closest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let given = plain(given);
    let likeness = names.map(|it| (strsim::jaro_winkler(&given, &plain(it)), it));
    let likeness = likeness.filter(|(likeness, _)| *likeness >= LIKENESS);
    likeness
        .reduce(|best, it| if it.0 > best.0 { it } else { best })
        .map(|(_, name)| name)
}

/// Returns the suggestion as the end of a sentence.
#[cfg(feature = "mcp")]
pub(crate) fn question<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> String {
    closest(given, names).map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

/// Normalizes case and punctuation of a name.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_in_another_case_is_suggested_first() {
        let names = ["sim_sids", "sim_sid", "status"];
        for (given, meant) in [
            ("SimSid", Some("sim_sid")),
            ("sim-sids", Some("sim_sids")),
            ("stats", Some("status")),
            ("fleet", None),
            ("", None),
        ] {
            assert_eq!(closest(given, names.into_iter()), meant, "{given}");
        }
    }
}
