//! Tool names that every client accepts.

/// The maximum length of a name, in characters. Some clients accept no more.
const LONGEST: usize = 64;

/// The length of the prefix of a truncated name, before its number.
const KEPT: usize = LONGEST - 9;

/// Returns the name of the tool for a command: its words, without its arguments.
pub(super) fn tool_name(path: &str) -> String {
    let words = path.split(' ').filter(|it| !it.starts_with('{'));
    portable(&words.collect::<Vec<&str>>().join("_"))
}

/// Returns `name` with only ASCII letters, digits and underscores. If that drops characters, or the name is too long, a
/// number that depends only on the whole name is appended.
pub(super) fn portable(name: &str) -> String {
    let plain = name.replace('-', "_");
    let is_kept = |it: char| it.is_ascii_alphanumeric() || it == '_';
    if !plain.is_empty() && plain.len() <= LONGEST && plain.chars().all(is_kept) {
        return plain;
    }
    numbered(name)
}

/// Returns `name` with its number.
pub(super) fn numbered(name: &str) -> String {
    let kept = name.replace('-', "_");
    let kept = kept
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || *it == '_');
    let kept: String = kept.take(KEPT).collect();
    format!("{kept}_{:08x}", number(name))
}

/// FNV-1a of 32 bits: the same in every build.
fn number(text: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_words_of_commands() {
        assert_eq!(
            tool_name("supply sim {sim-sid} billing-periods list"),
            "supply_sim_billing_periods_list"
        );
    }

    #[test]
    fn unsupported_names_get_a_number() {
        let long = "a-".repeat(40);
        let names = [
            portable(&long),
            portable(&format!("{long}b")),
            portable("größe"),
            portable("grüße"),
            portable("大"),
            portable(""),
        ];
        for (index, name) in names.iter().enumerate() {
            assert!(name.len() <= LONGEST, "{name}");
            assert!(
                name.chars()
                    .all(|it| it.is_ascii_alphanumeric() || it == '_')
            );
            assert!(!names[..index].contains(name), "{name}");
        }
        assert!(names[2].starts_with("gre_"), "{}", names[2]);
    }
}
