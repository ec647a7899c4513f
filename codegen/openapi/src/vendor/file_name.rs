//! Derives product and version from file names.

use super::Vendor;

/// The first words of file names of Twilio and KORE.
const FIRST_WORDS: [&str; 2] = ["twilio", "kore"];

/// The version of a product whose file name has none.
const ONLY_VERSION: &str = "v1";

/// The product and version in a spec's file name, under the conventions of the vendor in that name:
/// `twilio_supersim_v1.yaml` is version `v1` of `supersim`, `petstore.yaml` is version `v1` of `petstore`.
///
/// Returns `None` if nothing is left for the product.
pub fn product_and_version(path: &str) -> Option<(String, String)> {
    Vendor::of(path, None).product_and_version(path)
}

impl Vendor {
    /// The product and version in a spec's file name: the version is the numbers at the end, or `v1`, and the product
    /// is the rest, without the vendor's name at the start.
    ///
    /// Returns `None` if nothing is left for the product.
    pub fn product_and_version(self, path: &str) -> Option<(String, String)> {
        if stem(path).ends_with(".overlay") {
            return None; // It is an overlay.
        }
        let words = words(path);
        let is_version = |it: &String| is_number(it.strip_prefix('v').unwrap_or(it));
        let name_end = words.iter().rposition(|it| !is_version(it))? + 1;
        let (name, version) = words.split_at(name_end);
        let is_vendors = self.0.begins_file_names && (name.len() > 1 || is_twilios(path));
        let product = &name[usize::from(is_vendors)..];
        let version = match version {
            [] => ONLY_VERSION.to_owned(),
            [..] => format!("v{}", version.join("_").trim_start_matches('v')),
        };
        (!product.is_empty()).then(|| (product.join("_"), version))
    }
}

/// Whether a file name starts with the name of Twilio or KORE.
pub(super) fn is_twilios(path: &str) -> bool {
    let words = words(path);
    let first = words.first().map(String::as_str);
    first.is_some_and(|it| FIRST_WORDS.contains(&it))
}

/// The words of a file name, in lower case, without folder and extension.
fn words(path: &str) -> Vec<String> {
    stem(path)
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|it| !it.is_empty())
        .collect()
}

/// A file name without folder and extension.
fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Whether a path segment is a version: `v1`, `2010-04-01`.
pub(crate) fn is_version(segment: &str) -> bool {
    let is_date = segment.len() == 10
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_date || segment.strip_prefix('v').is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_contain_product_and_version() {
        for (path, told) in [
            ("specs/twilio_supersim_v1.yaml", Some("supersim::v1")),
            (
                "kore-programmable-wireless-v1.yaml",
                Some("programmable_wireless::v1"),
            ),
            ("twilio_api_v2010.json", Some("api::v2010")),
            ("twilio_preview.yaml", Some("preview::v1")),
            ("wireless_v1.yaml", Some("wireless::v1")),
            ("petstore.yaml", Some("petstore::v1")),
            ("pet-store.v3.yaml", Some("pet_store::v3")),
            ("events_1.2.0.yaml", Some("events::v1_2_0")),
            ("2captcha.json", Some("2captcha::v1")),
            ("v1.yaml", None),
            ("2024-01-31.yaml", None),
            ("twilio_v1.yaml", None),
            (".yaml", None),
            ("twilio_supersim_v1.overlay.yaml", None),
        ] {
            let found = product_and_version(path);
            let found = found.map(|(product, version)| format!("{product}::{version}"));
            assert_eq!(found.as_deref(), told, "{path}");
        }
    }

    #[test]
    fn first_word_is_dropped_if_it_is_the_vendors() {
        let path = "fixture_demo_v1.yaml";
        let product = |vendor: Vendor| vendor.product_and_version(path).unwrap().0;
        assert_eq!(product(Vendor::twilio()), "demo");
        assert_eq!(product(Vendor::plain()), "fixture_demo");
    }
}
