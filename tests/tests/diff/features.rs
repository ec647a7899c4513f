//! Checks with cargo and rustc for callers that enable the feature of a single tag.

use std::collections::BTreeMap;
use std::path::Path;

use twilio_codegen::plan::{Client, TagFeature};
use twilio_codegen::{Package, Runtime, api::Api};

use super::crates;
use super::pair::Pair;
use super::reality;

/// Returns whether a pair is only about features, which a crate with all features enabled does not show.
pub fn is_about_features(pair: &Pair) -> bool {
    pair.name.contains("feature-") // `feature-removed`, `item-feature-lost`
}

/// Returns whether a caller of the old version that enables the feature of one tag and uses its requests breaks.
pub fn breaks_callers(pair: &Pair) -> bool {
    let [old, new] = pair.models();
    let plan = twilio_codegen::plan::plan(&old, None);
    let package = Package {
        name: "shop".to_owned(),
        is_workspace: true,
        runtime: Runtime::at(crates::runtime()),
        ..reality::package()
    };
    let files = twilio_codegen::write(&new, &package);
    let folder = crates::write_crate("diff-features", &files, "");
    let callers = requests_by_feature(&old, &plan.client).into_iter();
    let mut outcomes = callers.map(|(feature, requests)| {
        let uses = requests
            .iter()
            .map(|it| format!("use shop::shop::v1::{it} as _;\n"));
        let text = format!("#![allow(unused_imports)]\n{}", uses.collect::<String>());
        is_built(&folder, &feature, &text)
    });
    !outcomes.all(|is_built| is_built)
}

/// Returns the requests that each feature enables, according to the tags of the operations.
fn requests_by_feature(apis: &[Api], client: &Client) -> BTreeMap<String, Vec<String>> {
    let mut requests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (product, version) in client.versions() {
        for request in version.files.iter().flat_map(|it| &it.requests) {
            let tags = &apis[version.origin].operation(request.origin).tags;
            let is_on = |it: &&TagFeature| match &it.tag {
                Some(tag) => tags.contains(tag),
                None => tags.is_empty(),
            };
            for feature in product.tags.iter().filter(is_on) {
                let of_feature = requests.entry(feature.name.clone()).or_default();
                of_feature.push(request.name.to_string());
            }
        }
    }
    requests
}

/// Returns whether a program builds that depends on the crate in `folder` with one feature.
fn is_built(folder: &Path, feature: &str, text: &str) -> bool {
    crates::write(&folder.join("tests/caller.rs"), text);
    let output = crates::cargo(folder, "check")
        .args(["--test", "caller", "--no-default-features"])
        .args(["--features", feature])
        .output()
        .expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_expected = [
        "unresolved import",
        "does not contain this feature",
        "none of the selected",
    ];
    assert!(
        output.status.success() || is_expected.iter().any(|it| errors.contains(it)),
        "with {feature}:\n{errors}"
    );
    output.status.success()
}
