//! What somebody may have meant by a name that there is not.

/// How alike two names are at least, from 0 to 1.
const LIKENESS: f64 = 0.8;

/// Returns the one among `names` that is most like `given`, if there is one that is like it.
pub(super) fn closest<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let given = plain(given);
    let likeness = names.map(|it| (strsim::jaro_winkler(&given, &plain(it)), it));
    let likeness = likeness.filter(|(likeness, _)| *likeness >= LIKENESS);
    likeness
        .reduce(|best, it| if it.0 > best.0 { it } else { best })
        .map(|(_, name)| name)
}

/// Returns the end of a sentence that asks whether that was meant.
pub(super) fn question<'n>(given: &str, names: impl Iterator<Item = &'n str>) -> String {
    closest(given, names).map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

/// A name in whatever case and with whatever signs.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_another_case_is_meant_first() {
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
