//! Tests `cargo xtask release` as a user runs it: what it compares with, what it writes, and what it refuses.

mod support;

use std::process::Output;

use support::{Folder, SPEC, fails, succeeds, with_addition, with_removal};

/// A paged list, for which the generator once emitted other code.
const PAGED: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com'}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      parameters:
      - {name: Page, in: query, schema: {type: integer}}
      - {name: PageToken, in: query, schema: {type: string}}
      responses:
        '200':
          description: Some.
          content: {application/json: {schema: {type: object, properties: {sims: {type: array, items: {type: string}}, next_page_uri: {type: string}}}}}
";

/// A repository whose crate has been released as 0.1.0.
fn released(name: &str) -> Folder {
    let folder = Folder::with_crate(name);
    folder.commit();
    succeeds(&release(&folder, &[]));
    folder.commit();
    folder
}

fn release(folder: &Folder, arguments: &[&str]) -> Output {
    let own = ["--specs", "specs", "--out", "out", "--date", "2026-02-01"];
    folder.run(&[&["release"], arguments, &own].concat())
}

/// Writes the spec, generates its crate and commits both.
fn edit(folder: &Folder, spec: &str) {
    folder.write("specs/twilio_demo_v1.yaml", spec);
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    folder.commit();
}

#[test]
fn first_release_starts_the_record() {
    let folder = released("the_first_release");
    let record = folder.read("specs/releases.json");
    assert!(record.contains("\"version\": \"0.1.0\""), "{record}");
    assert!(record.contains("the first release"), "{record}");
    assert!(
        folder
            .read("out/CHANGELOG.md")
            .contains("\n## 0.1.0 - 2026-02-01\n")
    );
    folder.assert_current();
}

#[test]
fn manual_edits_are_released() {
    let folder = released("an_edit_by_hand");
    edit(&folder, &with_removal());
    // Only the last edit matters.
    edit(
        &folder,
        &with_removal().replace("Lists SIMs", "Lists all SIMs"),
    );
    let before = folder.state();
    let told = succeeds(&release(&folder, &["--dry-run"]));
    assert!(told.contains("nothing was written: --dry-run"), "{told}");
    assert_eq!(folder.state(), before);

    let told = succeeds(&release(&folder, &["--added", "a better `README.md`"]));
    assert!(told.contains("[parameter-removed]"), "{told}");
    assert!(told.contains("version 0.1.0 -> 0.2.0\n"), "{told}");
    let changelog = folder.read("out/CHANGELOG.md");
    for line in [
        "## 0.2.0 - 2026-02-01",
        "### Breaking",
        "- the query parameter `Name` of `GET /v1/Sims` was removed",
        "- a better `README.md`",
        "- 1 text is reworded",
    ] {
        assert!(changelog.contains(line), "{line}:\n{changelog}");
    }
    assert!(
        folder
            .read("out/Cargo.toml")
            .contains("\nversion = \"0.2.0\"\n")
    );
    folder.assert_current();
    assert_eq!(
        folder.names(),
        [".git", "out", "specs"],
        "nothing is left behind"
    );
}

/// Paths are resolved internally; messages show them as given.
#[test]
fn paths_are_shown_as_given() {
    let folder = released("paths_are_named");
    let manifest = folder.read("out/Cargo.toml");
    let name = manifest.lines().find(|it| it.starts_with("name = "));
    let name = name.expect("a name");
    let lock_file = format!("version = 4\n\n[[package]]\n{name}\nversion = \"0.1.0\"\n");
    folder.write("Cargo.lock", &lock_file);
    let root = folder.path().display().to_string();
    edit(&folder, &with_removal());
    let told = succeeds(&release(&folder, &[]));
    assert!(told.contains("\nCargo.lock: written\n"), "{told}");
    assert!(!told.contains(&root), "{told}");
    folder.commit();

    // From another folder, with a file that must not be overwritten.
    folder.write("elsewhere/note.txt", "");
    folder.write("specs/twilio_demo_v1.yaml", with_addition());
    folder.write("out/src/lib.rs", "// mine\n");
    let mut command = folder.command(&["gen", "--specs", "../specs", "--out", "../out"]);
    let output = command
        .current_dir(folder.path().join("elsewhere"))
        .output();
    let errors = fails(&output.expect("xtask"), 1);
    assert!(
        errors.starts_with("../out/src/lib.rs: was not written by the generator"),
        "{errors}"
    );
    assert!(!errors.contains(&root), "{errors}");
}

#[test]
fn releases_are_found_by_tag() {
    let folder = released("releases_are_found_by_tag");
    edit(&folder, &with_addition());
    folder.git(&["tag", "v0.1.0"]);
    edit(
        &folder,
        &with_addition().replace("Lists every", "Lists each"),
    );
    let told = succeeds(&release(&folder, &[]));
    assert!(told.contains("no change; 1 text reworded"), "{told}");
    assert!(told.contains("version 0.1.0 -> 0.1.1\n"), "{told}");
}

#[test]
fn bump_may_exceed_what_the_changes_require() {
    let folder = released("a_bump_may_be_larger");
    edit(&folder, &with_removal());
    let errors = fails(&release(&folder, &["--bump", "minor"]), 1);
    assert_eq!(
        errors,
        "the changes require a major bump, which is more than `--bump minor`\n"
    );
    edit(&folder, &with_addition());
    let told = succeeds(&release(&folder, &["--bump", "major"]));
    assert!(told.contains("version 0.1.0 -> 0.2.0\n"), "{told}");
}

#[test]
fn notes_from_the_command_line_are_changes() {
    let folder = released("what_people_tell");
    let told = succeeds(&release(&folder, &["--breaking", "`Client` needs a name"]));
    assert!(told.contains("version 0.1.0 -> 0.2.0\n"), "{told}");
    assert!(
        folder
            .read("out/CHANGELOG.md")
            .contains("- `Client` needs a name\n")
    );
    let errors = fails(&release(&folder, &["--changed", ""]), 2);
    assert!(
        errors.contains("a line of the changelog must not be empty"),
        "{errors}"
    );
}

/// Settings of the crate do not change the API.
#[test]
fn changed_settings_are_released() {
    let folder = released("another_crate");
    folder.write("specs/crate.toml", "keywords = [\"sim\"]\n");
    folder.commit();
    let told = succeeds(&release(&folder, &[]));
    assert!(told.contains("version 0.1.0 -> 0.1.1\n"), "{told}");
    assert!(
        folder
            .read("out/Cargo.toml")
            .contains("keywords = [\"sim\"]")
    );
}

/// With a record older than a generator change, the release mentions the change once, with a line on how to migrate.
#[test]
fn generator_changes_are_released() {
    let folder = released("a_change_of_the_generator");
    edit(&folder, PAGED);
    succeeds(&release(&folder, &[]));
    let record = folder.read("specs/releases.json");
    assert!(record.contains("\"generator\": 38"), "{record}");
    folder.write(
        "specs/releases.json",
        record.replace("  \"generator\": 38\n", "  \"generator\": 0\n"),
    );
    folder.commit();
    let told = succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    assert!(
        told.contains("`cargo xtask release` makes a new release"),
        "{told}"
    );
    let told = succeeds(&release(&folder, &[]));
    assert!(told.contains("no change\n"), "{told}");
    assert!(told.contains("version 0.2.0 -> 0.3.0\n"), "{told}");
    let changelog = folder.read("out/CHANGELOG.md");
    assert!(
        changelog.contains("lists no longer have the setters `page` and `page_token`"),
        "{changelog}"
    );
    folder.commit();
    let errors = fails(&release(&folder, &[]), 1);
    assert!(
        errors.contains("nothing has changed since the release 0.3.0"),
        "{errors}"
    );
}

#[test]
fn updates_mention_generator_changes() {
    let folder = released("an_update_tells");
    edit(&folder, PAGED);
    succeeds(&release(&folder, &[]));
    let record = folder.read("specs/releases.json");
    folder.write(
        "specs/releases.json",
        record.replace("  \"generator\": 38\n", "  \"generator\": 0\n"),
    );
    folder.write("twilio_demo_v1.yaml", PAGED);
    let told = succeeds(&folder.update(&["twilio_demo_v1.yaml"]));
    assert!(told.contains("version 0.2.0 -> 0.3.0\n"), "{told}");
}

#[test]
fn failed_releases_are_reported_and_change_nothing() {
    let folder = released("what_cannot_be_released");
    let errors = fails(&release(&folder, &[]), 1);
    let start = "nothing has changed since the release 0.1.0, which is the commit ";
    assert!(errors.starts_with(start), "{errors}");

    folder.write("specs/twilio_demo_v1.yaml", with_addition());
    folder.write("out/src/note.txt", "mine");
    let before = folder.state();
    let errors = fails(&release(&folder, &[]), 1);
    assert_eq!(
        errors,
        "not committed: specs/twilio_demo_v1.yaml, out/src/note.txt\n\
         commit them first; `--dry-run` shows what the release would be\n"
    );
    assert_eq!(folder.state(), before);
}

#[test]
fn releases_unknown_to_git_are_named() {
    let folder = Folder::with_crate("a_release_that_git_does_not_know");
    let record = r#"{"format": 1, "releases": [{"version": "0.4.0", "date": "2026-01-01"}]}"#;
    folder.write("specs/releases.json", record);
    let errors = fails(&release(&folder, &[]), 2);
    assert_eq!(
        errors,
        "specs: is not in a git repository, which is needed to find the last release\n"
    );
    folder.git(&["init", "--quiet"]);
    folder.git(&["commit", "--quiet", "--allow-empty", "--message", "Begin"]);
    let errors = fails(&release(&folder, &["--dry-run"]), 1);
    assert!(
        errors.starts_with(
            "specs/releases.json: git has no commit and no tag `v0.4.0` with the release 0.4.0"
        ),
        "{errors}"
    );
    let errors = fails(
        folder
            .command(&["release", "--specs", "specs", "--out", "out"])
            .env("PATH", "")
            .output()
            .as_ref()
            .expect("xtask"),
        2,
    );
    assert!(
        errors.contains("cannot run git, which is needed to read revisions"),
        "{errors}"
    );
}

/// The header names the spec as git has it, not the file it was updated from.
#[test]
fn header_names_the_spec() {
    let folder = released("header_names_the_spec");
    let text = folder.read("out/src/demo/v1/sim.rs");
    let line = "// @generated by `cargo xtask gen` from `twilio_demo_v1.yaml`; changes to this file are lost.\n";
    assert!(text.starts_with(line), "{text}");
    let changelog = folder.read("out/CHANGELOG.md");
    assert!(
        changelog.starts_with("<!-- @generated by `cargo xtask gen` from `releases.json`; "),
        "{changelog}"
    );
    assert_eq!(folder.read("specs/twilio_demo_v1.yaml"), SPEC);
}
