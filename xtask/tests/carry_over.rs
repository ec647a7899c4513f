//! Tests that `cargo xtask diff` compares a vendor's newer documents with the overlays and pages of the old ones.

mod support;

use std::fs;

use support::{Folder, OVERLAY, SPEC, fails, succeeds, succeeds_loudly, with_addition};

const NOTE: &str = "specs/twilio_demo_v1.overlay.yaml: also applied to ";

/// A folder whose spec has an overlay, and a folder `newer` with the spec alone.
fn folder(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("specs/twilio_demo_v1.overlay.yaml", OVERLAY);
    folder.write("newer/twilio_demo_v1.yaml", SPEC);
    folder
}

fn diff(folder: &Folder, old: &str, new: &str) -> std::process::Output {
    folder.run(&["diff", old, new])
}

#[test]
fn overlays_apply_to_newer_documents() {
    let folder = folder("overlays_apply_to_newer_documents");
    folder.commit();
    for (old, new, path) in [
        ("specs", "newer", "newer/"),
        ("specs", "newer/twilio_demo_v1.yaml", "newer/"),
        ("HEAD:specs", "newer", "newer/"),
        ("specs", "HEAD:newer", "HEAD:newer/"),
        ("specs", "HEAD:newer/twilio_demo_v1.yaml", "HEAD:newer/"),
    ] {
        let output = diff(&folder, old, new);
        assert_eq!(succeeds_loudly(&output), "no change\n", "{old} {new}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(NOTE), "{old} {new}: {told}");
        assert!(
            told.ends_with(&format!("to {path}twilio_demo_v1.yaml\n")),
            "{told}"
        );
    }
    // What the newer document changes is still reported.
    folder.write("newer/twilio_demo_v1.yaml", with_addition());
    let report = succeeds_loudly(&diff(&folder, "specs", "newer"));
    assert!(report.contains("minor: 0 major, 1 minor"), "{report}");
}

#[test]
fn own_overlays_take_precedence() {
    let folder = folder("own_overlays_take_precedence");
    let changed = "[parameter-type-changed]";
    let own = OVERLAY.replace("integer", "boolean");
    folder.write("newer/twilio_demo_v1.overlay.yml", own);
    let report = succeeds(&diff(&folder, "specs", "newer"));
    assert!(report.contains(changed), "{report}");
    // An old side without overlays has none to apply, and a file is compared without those beside it.
    folder.write("plain/twilio_demo_v1.yaml", SPEC);
    let report = succeeds(&diff(&folder, "plain", "specs"));
    assert!(report.contains(changed), "{report}");
    for new in ["specs", "specs/twilio_demo_v1.yaml"] {
        let output = diff(&folder, "plain/twilio_demo_v1.yaml", new);
        assert_eq!(succeeds(&output), "no change\n");
    }
    // Documents are judged one by one.
    folder.write("specs/twilio_other_v1.yaml", SPEC);
    let overlay = OVERLAY.replace("Demo", "Other");
    folder.write("specs/twilio_other_v1.overlay.yaml", overlay);
    folder.write("newer/twilio_other_v1.yaml", SPEC);
    let output = diff(&folder, "specs", "newer");
    let report = succeeds_loudly(&output);
    assert!(report.contains("major: 1 major"), "{report}");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "specs/twilio_other_v1.overlay.yaml: also applied to newer/twilio_other_v1.yaml\n"
    );
}

#[test]
fn removed_overlays_are_changes() {
    let folder = folder("removed_overlays_are_changes");
    folder.commit();
    for file in ["crate.toml", "releases.json"] {
        folder.write(&format!("newer/{file}"), "");
        let report = succeeds(&diff(&folder, "specs", "newer"));
        assert!(report.contains("[parameter-type-changed]"), "{report}");
        folder.commit();
        let report = succeeds(&diff(&folder, "specs", "HEAD:newer"));
        assert!(report.contains("[parameter-type-changed]"), "{report}");
        fs::remove_file(folder.path().join("newer").join(file)).expect("the file");
        folder.commit();
    }
    let overlay = folder.path().join("specs/twilio_demo_v1.overlay.yaml");
    fs::remove_file(overlay).expect("the overlay");
    for old in ["HEAD:specs", "HEAD:./specs/"] {
        let report = succeeds(&diff(&folder, old, "specs"));
        assert!(report.contains("[parameter-type-changed]"), "{report}");
    }
}

#[test]
fn json_stays_one_object() {
    let folder = folder("json_stays_one_object");
    let output = folder.run(&["diff", "specs", "newer", "--format", "json"]);
    let report = succeeds_loudly(&output);
    let report: serde_json::Value = serde_json::from_str(&report).expect("one object");
    assert_eq!(report["changes"], serde_json::json!([]));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with(NOTE));
}

#[test]
fn outdated_overlays_are_reported() {
    let folder = folder("outdated_overlays_are_reported");
    folder.write("newer/twilio_demo_v1.yaml", SPEC.replace("Name", "Label"));
    let errors = fails(&diff(&folder, "specs", "newer"), 1);
    let told = "specs/twilio_demo_v1.overlay.yaml:4:11: error[unmatched-target]";
    assert!(
        errors.starts_with(NOTE) && errors.contains(told),
        "{errors}"
    );
    assert!(errors.contains("nothing compared"), "{errors}");

    // `update` refuses it as well, because an overlay is found by the name of its document.
    folder.write("named/kore_demo_v1.yaml", SPEC);
    let errors = fails(&diff(&folder, "specs", "named"), 2);
    assert_eq!(
        errors,
        "named/kore_demo_v1.yaml: needs the name of the document that it replaces, so that \
         specs/twilio_demo_v1.overlay.yaml applies to it\n"
    );
}
