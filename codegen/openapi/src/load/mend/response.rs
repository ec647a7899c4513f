//! Corrects the statuses of responses.

use super::Mender;
use super::fault::MendFault;
use crate::load::check::is_status;
use crate::pointer::Trail;
use crate::tree::Cursor;

impl Mender {
    /// Corrects statuses in another spelling, and removes the responses with other keys.
    pub(super) fn statuses(&mut self, responses: &mut Cursor<'_>, at: &Trail<'_>) {
        for found in responses.keys() {
            if is_status(&found) || found.starts_with("x-") || found == "$ref" {
                continue;
            }
            let taken = taken(&found).filter(|it| !responses.has(it));
            let place = at.key(&found);
            if let Some(taken) = taken {
                responses.respell(&found, &taken);
                let found = found.clone();
                self.report(MendFault::RespelledKey { found, taken }, &place);
            } else {
                responses.drop(&found);
                self.report(
                    MendFault::NoStatus {
                        found: found.clone(),
                    },
                    &place,
                );
            }
        }
    }
}

/// The status that a text means: `Default`, `200 OK`, `2**`.
fn taken(found: &str) -> Option<String> {
    let first = found.split_whitespace().next()?;
    let plain = first.trim_matches(['\'', '"', ':', '-', ',']);
    let plain = plain.to_ascii_lowercase().replace('*', "x");
    let status = match plain.strip_suffix("xx") {
        Some(digit) => format!("{digit}XX"),
        None => plain,
    };
    is_status(&status).then_some(status)
}

#[cfg(test)]
mod tests {
    use super::taken;

    #[test]
    fn statuses_are_recognized() {
        for (found, expected) in [
            ("Default", Some("default")),
            ("default ", Some("default")),
            ("200 OK", Some("200")),
            ("'401'", Some("401")),
            ("2**", Some("2XX")),
            ("5xX", Some("5XX")),
            ("2000", None),
            ("20X", None),
            ("200,201", None),
            ("ok", None),
            ("", None),
        ] {
            assert_eq!(taken(found).as_deref(), expected, "{found}");
        }
    }
}
