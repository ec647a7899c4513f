//! Tests `cargo xtask update` as a user runs it: what it prints and writes.

mod support;

use std::fs;

use support::{Folder, OVERLAY, SPEC, fails, files, succeeds, with_addition, with_removal};

#[test]
fn overlays_are_kept_and_updated_like_specs() {
    let folder = Folder::new("an_overlay_stays");
    folder.write("specs/twilio_demo_v1.overlay.yaml", OVERLAY);
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    folder.write("new/twilio_demo_v1.yaml", with_addition());
    let output = succeeds(&folder.update(&["new"]));
    assert!(output.contains("minor: 0 major, 1 minor"), "{output}");
    assert_eq!(folder.read("specs/twilio_demo_v1.overlay.yaml"), OVERLAY);

    let of_text = OVERLAY.replace("integer", "boolean");
    folder.write("new/twilio_demo_v1.overlay.yaml", &of_text);
    let output = succeeds(&folder.update(&["new/twilio_demo_v1.overlay.yaml"]));
    assert!(output.contains("[parameter-type-changed]"), "{output}");
    assert_eq!(folder.read("specs/twilio_demo_v1.overlay.yaml"), of_text);

    // The parameter that the overlay changes is gone.
    folder.write("new/twilio_demo_v1.yaml", with_removal());
    let before = folder.state();
    let output = folder.update(&["new"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("twilio_demo_v1.overlay.yaml:4:"), "{told}");
    assert_eq!(folder.state(), before);
}

#[test]
fn newer_specs_are_taken_in() {
    let folder = Folder::with_crate("newer_specs_are_taken_in");
    folder.write("new/vendor_demo_v1.yaml", with_removal());
    let output = succeeds(&folder.update(&["new/vendor_demo_v1.yaml"]));
    assert_eq!(
        output,
        "\
major: the query parameter `Name` of `GET /v1/Sims` was removed [parameter-removed]
  demo::v1::ListSim::name, breaks callers that compile
  old specs/twilio_demo_v1.yaml:10:9

major: the option `--name` of `demo sims list` was removed [option-removed]
  demo sims list --name, breaks callers at run time
  old specs/twilio_demo_v1.yaml:6:5
  new new/vendor_demo_v1.yaml:6:5

minor: the query parameter `Nickname` of `GET /v1/Sims` was added [parameter-added-optional]
  demo::v1::ListSim::nickname, breaks nobody
  new new/vendor_demo_v1.yaml:10:9

major: 2 major, 1 minor, 0 patch; 1 break callers that compile, 1 break callers at run time

version 0.1.0 -> 0.2.0

## 0.2.0 - 2026-01-31

### Breaking

- the query parameter `Name` of `GET /v1/Sims` was removed: `demo::v1::ListSim::name` (`parameter-removed`)
- the option `--name` of `demo sims list` was removed: `demo sims list --name` (`option-removed`)

### Added

- the query parameter `Nickname` of `GET /v1/Sims` was added: `demo::v1::ListSim::nickname` (`parameter-added-optional`)

specs/twilio_demo_v1.yaml: replaced by new/vendor_demo_v1.yaml
specs/releases.json: written
out/Cargo.toml: written
out/src/demo/v1/sim.rs: written
out/src/demo/v1/cli.rs: written
out/CHANGELOG.md: written
"
    );
    assert_eq!(folder.read("specs/twilio_demo_v1.yaml"), with_removal());
    assert!(
        folder
            .read("out/Cargo.toml")
            .contains("\nversion = \"0.2.0\"\n")
    );
    folder.assert_current();
    assert_eq!(
        folder.names(),
        ["new", "out", "specs"],
        "nothing is left behind"
    );
}

#[test]
fn every_bump_raises_the_version_and_adds_an_entry() {
    let folder = Folder::with_crate("every_bump_raises_the_version_and_adds_an_entry");
    for (spec, version) in [
        (SPEC.replace("SIMs", "SIM cards"), "0.1.1"),
        (with_addition(), "0.1.2"),
        (with_removal(), "0.2.0"),
        (SPEC.to_owned(), "0.3.0"),
    ] {
        folder.write("demo_v1.yaml", &spec);
        let output = succeeds(&folder.update(&["demo_v1.yaml"]));
        assert!(output.contains(&format!(" -> {version}\n")), "{output}");
        let manifest = folder.read("out/Cargo.toml");
        assert!(
            manifest.contains(&format!("\nversion = \"{version}\"\n")),
            "{manifest}"
        );
    }
    let changelog = folder.read("out/CHANGELOG.md");
    let headings = changelog.lines().filter(|line| line.starts_with("## "));
    let versions: Vec<&str> = headings.map(|it| &it[3..8]).collect();
    assert_eq!(versions, ["0.3.0", "0.2.0", "0.1.2", "0.1.1"]);
    assert!(changelog.ends_with("## 0.1.1 - 2026-01-31\n\n### Changed\n\n- 1 text is reworded\n"));
    // The crate can be regenerated from the record.
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    assert_eq!(folder.read("out/CHANGELOG.md"), changelog);
}

#[test]
fn from_1_0_on_every_bump_raises_its_own_number() {
    let folder = Folder::with_crate("from_1_0_on_every_bump_raises_its_own_number");
    let record = r#"{"format": 1, "releases": [{"version": "1.4.2", "date": "2026-01-01"}]}"#;
    for (spec, version) in [
        (SPEC.replace("SIMs", "SIM cards"), "1.4.3"),
        (with_addition(), "1.5.0"),
        (with_removal(), "2.0.0"),
    ] {
        folder.write("specs/releases.json", record);
        folder.write("specs/twilio_demo_v1.yaml", SPEC);
        folder.write("demo_v1.yaml", &spec);
        let output = succeeds(&folder.update(&["demo_v1.yaml"]));
        assert!(
            output.contains(&format!("version 1.4.2 -> {version}\n")),
            "{output}"
        );
    }
}

#[test]
fn no_change_makes_no_release() {
    let folder = Folder::with_crate("no_change_makes_no_release");
    let before = folder.state();
    folder.write("demo_v1.yaml", SPEC);
    let output = succeeds(&folder.update(&["demo_v1.yaml"]));
    assert!(output.ends_with("\nnothing to write\n"), "{output}");
    assert_eq!(folder.state(), before);
    // A spec with other text but the same meaning is still copied.
    let spec = format!("# Of today.\n{SPEC}");
    folder.write("demo_v1.yaml", &spec);
    let output = succeeds(&folder.update(&["demo_v1.yaml"]));
    assert!(output.contains("\nversion 0.1.0 stays\n"), "{output}");
    assert_eq!(folder.read("specs/twilio_demo_v1.yaml"), spec);
    assert!(!folder.path().join("specs/releases.json").exists());
    folder.assert_current();
}

#[test]
fn changed_examples_are_a_patch() {
    let folder = Folder::new("changed_examples_are_a_patch");
    let spec = |name: &str| {
        SPEC.replace(
            "'204': {description: None.}",
            &format!("'200': {{description: A SIM., content: {{application/json: {{schema: {{type: object, properties: {{name: {{type: string}}}}}}, examples: {{one: {{value: {{name: {name}}}}}}}}}}}}}"),
        )
    };
    folder.write("specs/twilio_demo_v1.yaml", spec("a"));
    folder.write("demo_v1.yaml", spec("b"));
    let output = succeeds(&folder.update(&["demo_v1.yaml"]));
    assert!(
        output.starts_with("no change; 1 text reworded\n")
            && output.contains("version 0.1.0 -> 0.1.1\n"),
        "{output}"
    );
}

#[test]
fn dry_run_prints_everything_and_writes_nothing() {
    let folder = Folder::with_crate("dry_run_prints_everything_and_writes_nothing");
    folder.write("demo_v1.yaml", with_removal());
    let before = folder.state();
    let dry = succeeds(&folder.update(&["--dry-run", "demo_v1.yaml"]));
    assert_eq!(folder.state(), before);
    assert_eq!(folder.names(), ["demo_v1.yaml", "out", "specs"]);
    let wet = succeeds(&folder.update(&["demo_v1.yaml"]));
    let dry = dry.replace("would be ", "");
    assert_eq!(
        dry.strip_suffix("nothing was written: --dry-run\n"),
        Some(&*wet)
    );
}

#[test]
fn folders_may_add_products_and_change_formats() {
    let folder = Folder::with_crate("folders_may_add_products_and_change_formats");
    folder.write("specs/guide.md", "# Paging\n\nPage by page.\n");
    folder.write("specs/notes/README.md", "Of a person.");
    let json = r#"{"openapi": "3.0.1", "info": {"title": "Demo", "version": "1"}, "servers": [{"url": "https://a.example"}],
        "paths": {"/v1/A": {"delete": {"operationId": "DeleteA", "responses": {"204": {"description": "Gone."}}}}}}"#;
    folder.write("new/demo_v1.json", json);
    folder.write("new/twilio_other_v1.yml", SPEC);
    let output = succeeds(&folder.update(&["new"]));
    for line in [
        "specs/twilio_demo_v1.json: written from new/demo_v1.json, replacing specs/twilio_demo_v1.yaml, which has another format",
        "specs/twilio_other_v1.yml: added from new/twilio_other_v1.yml",
    ] {
        assert!(output.lines().any(|it| it == line), "{line}: {output}");
    }
    let specs: Vec<String> = files(&folder.path().join("specs")).into_keys().collect();
    assert_eq!(
        specs,
        [
            "guide.md",
            "notes/README.md",
            "releases.json",
            "twilio_demo_v1.json",
            "twilio_other_v1.yml"
        ]
    );
    assert_eq!(folder.read("specs/twilio_demo_v1.json"), json);
    folder.assert_current();
}

/// A download that failed leaves such files.
#[test]
fn files_in_the_place_of_specs_are_faults() {
    let folder = Folder::with_crate("files_in_the_place_of_specs_are_faults");
    let before = folder.state();
    for text in ["404: Not Found\n", "<html></html>\n", "{message: none}\n"] {
        folder.write("new/demo_v1.yaml", text);
        let errors = fails(&folder.update(&["new"]), 1);
        let fault = "new/demo_v1.yaml:1:1: error[not-openapi]: ";
        assert!(errors.starts_with(fault), "{errors}");
    }
    folder.write("other/notes.yaml", "{message: none}\n");
    assert_eq!(
        fails(&folder.update(&["other"]), 2),
        "other: none of its files has a top-level `openapi` key\n"
    );
    // Another file of the folder is the spec.
    folder.write("both/demo_v1.yaml", with_addition());
    folder.write("both/vendor_demo_v1.json", "{}");
    succeeds(&folder.update(&["both", "--dry-run"]));
    fs::remove_dir_all(folder.path().join("new")).unwrap();
    fs::remove_dir_all(folder.path().join("other")).unwrap();
    fs::remove_dir_all(folder.path().join("both")).unwrap();
    assert_eq!(folder.state(), before);
}

#[test]
fn all_faults_are_reported_and_nothing_is_changed() {
    let folder = Folder::with_crate("all_faults_are_reported_and_nothing_is_changed");
    folder.write("a/demo_v1.yaml", SPEC.replace("summary", "securty"));
    folder.write("b/other_v1.yaml", "swagger: '2.0'\n");
    folder.write("b/v1.yaml", SPEC);
    folder.write("b/x_other_v1.yaml", SPEC);
    let before = folder.state();
    let errors = fails(&folder.update(&["a/demo_v1.yaml", "b"]), 1);
    for place in [
        "a/demo_v1.yaml:8:7: error[unknown-field]: ",
        "b/other_v1.yaml:1:10: error[",
        "b/v1.yaml:1:1: error[",
        "b/x_other_v1.yaml:1:1: error[",
        "nothing has changed on disk, because the newer specs have 4 errors",
    ] {
        assert!(
            errors.lines().any(|it| it.starts_with(place)),
            "{place}: {errors}"
        );
    }
    assert_eq!(folder.state(), before);
    let output = folder.update(&["a/demo_v1.yaml", "--format", "json"]);
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("\"errors\": 1,")
    );
}

#[test]
fn faults_of_current_specs_are_reported_as_such() {
    let folder = Folder::new("faults_of_current_specs_are_reported_as_such");
    folder.write("specs/twilio_demo_v1.yaml", "openapi: 4\n");
    folder.write("demo_v1.yaml", SPEC);
    let errors = fails(&folder.update(&["demo_v1.yaml"]), 1);
    assert!(
        errors.starts_with("specs/twilio_demo_v1.yaml:1:10: error[")
            && errors.contains("the current specs have 1 error"),
        "{errors}"
    );
}

#[test]
fn machine_formats_print_only_the_comparison() {
    let folder = Folder::with_crate("machine_formats_print_only_the_comparison");
    folder.write("demo_v1.yaml", with_addition());
    for (format, begin) in [("json", "{\n  \"format\": 2,"), ("markdown", "**minor: ")] {
        let output = folder.update(&["demo_v1.yaml", "--dry-run", "--format", format]);
        let told = String::from_utf8(output.stderr).unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(
            printed.starts_with(begin) && !printed.contains("0.1.1"),
            "{printed}"
        );
        assert!(told.contains("version 0.1.0 -> 0.1.1"), "{told}");
    }
}

#[test]
fn invalid_command_lines_are_refused() {
    let folder = Folder::with_crate("invalid_command_lines_are_refused");
    folder.write("demo_v1.yaml", SPEC);
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (arguments, what) in [
        (&[][..], "needs newer specs"),
        (&["lost_v1.yaml"], "lost_v1.yaml: cannot be read"),
        (&["empty"], "empty: holds no "),
        (&["demo_v1.yaml", "--format", "xml"], "no format `xml`"),
        (&["demo_v1.yaml", "--date", "2026-02-29"], "2026-02-29"),
        (&["demo_v1.yaml", "--force"], "--force"),
        (&["demo_v1.yaml", "--revision", "main"], "go with `--fetch`"),
    ] {
        let errors = fails(&folder.update(arguments), 2);
        assert!(errors.contains(what), "{arguments:?}: {errors}");
    }
    let arguments = [
        "update",
        "demo_v1.yaml",
        "--specs",
        "specs",
        "--out",
        "specs/out",
    ];
    let errors = fails(&folder.run(&arguments), 2);
    assert!(errors.contains("one contains the other"), "{errors}");
}

#[cfg(not(feature = "fetch"))]
#[test]
fn missing_feature_is_named() {
    let folder = Folder::with_crate("missing_feature_is_named");
    let errors = fails(&folder.update(&["--fetch"]), 2);
    assert!(
        errors.contains("cargo run -p xtask --features fetch"),
        "{errors}"
    );
}

#[test]
fn faulty_records_are_named() {
    let folder = Folder::with_crate("faulty_records_are_named");
    folder.write("demo_v1.yaml", with_addition());
    let release = |version: &str| format!(r#"{{"version": "{version}", "date": "2026-01-01"}}"#);
    for (record, what) in [
        ("{\n".to_owned(), ":2:1: error[invalid-record]: not a record of releases: EOF"),
        ("{\"für\": 1}".to_owned(), ":1:6: error[invalid-record]: not a record of releases: unknown field `für`"),
        (r#"{"format": 2, "releases": []}"#.to_owned(), ":1:12: error[unsupported-record]: the format is 2"),
        (r#"{"format": 1, "releases": []}"#.to_owned(), ":1:27: error[record-without-release]: "),
        (
            format!("{{\"format\": 1, \"releases\": [{}]}}", release("1.0")),
            "error[invalid-record]: not a record of releases: \"1.0\" is not a version",
        ),
        (
            format!(
                "{{\"format\": 1, \"releases\": [{}, {}]}}",
                release("0.1.0"),
                release("0.1.0")
            ),
            ":1:84: error[unordered-releases]: 0.1.0 is listed after 0.1.0",
        ),
        (
            r#"{"format": 1, "releases": [{"version": "1.0.0", "date": "2026-01-01", "changes": {"added": ["a\nb"]}}]}"#
                .to_owned(),
            "a line of the changelog must be a single line",
        ),
    ] {
        folder.write("specs/releases.json", &record);
        let before = folder.state();
        for output in [
            folder.update(&["demo_v1.yaml"]),
            folder.run(&["gen", "--specs", "specs", "--out", "out"]),
        ] {
            let errors = fails(&output, 1);
            assert!(
                errors.starts_with("specs/releases.json:") && errors.contains(what),
                "{record}: {errors}"
            );
        }
        assert_eq!(folder.state(), before);
    }
}

#[test]
fn lock_file_around_the_crate_is_updated() {
    let folder = Folder::with_crate("lock_file_around_the_crate_is_updated");
    let lock = "version = 4\n\n[[package]]\nname = \"demo\"\nversion = \"0.1.0\"\n";
    folder.write("Cargo.lock", lock);
    folder.write("demo_v1.yaml", with_removal());
    let dry = succeeds(&folder.update(&["demo_v1.yaml", "--dry-run"]));
    assert!(dry.contains("Cargo.lock: would be written\n"), "{dry}");
    assert_eq!(folder.read("Cargo.lock"), lock);
    succeeds(&folder.update(&["demo_v1.yaml"]));
    assert_eq!(folder.read("Cargo.lock"), lock.replace("0.1.0", "0.2.0"));
    folder.write("Cargo.lock", lock);
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    assert_eq!(folder.read("Cargo.lock"), lock.replace("0.1.0", "0.2.0"));
}
