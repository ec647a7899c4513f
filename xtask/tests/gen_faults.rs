//! Tests how `cargo xtask gen` reports faults in each format, and that errors prevent writing the crate.

#[path = "support/folders.rs"]
mod folders;

use std::fs;

use folders::{Folders, SPEC, fails, files, succeeds, xtask};

#[test]
fn faulty_spec_changes_nothing() {
    let folders = Folders::new("faulty_spec_changes_nothing");
    succeeds(&folders.generate());
    let before = files(&folders.out());
    let bad = SPEC.replace(
        "operationId: ListSim",
        "operationId: FetchSim\n      securty: a typing error",
    );
    folders.spec("twilio_demo_v1.yaml", &bad);
    folders.spec(
        "twilio_other_v1.yaml",
        "openapi: 4.0.0\ninfo: {title: Other, version: '1'}\n",
    );
    for output in [folders.generate(), folders.check()] {
        let errors = fails(&output, 1);
        let specs = folders.specs();
        let places = [
            ("twilio_demo_v1.yaml:8:7: error[unknown-field]: "),
            ("twilio_other_v1.yaml:1:10: error[unsupported-version]: "),
        ];
        for place in places {
            let begin = specs.join(place).display().to_string();
            assert!(errors.lines().any(|it| it.starts_with(&begin)), "{errors}");
        }
        let last = errors.lines().last().unwrap();
        assert!(last.contains("unchanged"), "{errors}");
        assert_eq!(files(&folders.out()), before);
    }
}

#[test]
fn outdated_overlay_changes_nothing() {
    let folders = Folders::new("outdated_overlay_changes_nothing");
    let overlay = "\
overlay: 1.0.0
info: {title: Demo, version: '1'}
actions: [{target: $.paths.*.get, update: {summary: Shows SIMs.}}]
";
    folders.spec("twilio_demo_v1.overlay.yaml", overlay);
    let output = succeeds(&folders.generate());
    assert!(output.contains("twilio_demo_v1.overlay.yaml"), "{output}");
    let before = files(&folders.out());
    let sims = String::from_utf8_lossy(&before["src/demo/v1/sim.rs"].1);
    assert!(sims.contains("Shows SIMs."), "{sims}");

    folders.spec("twilio_demo_v1.yaml", &SPEC.replace("get:", "put:"));
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("twilio_demo_v1.overlay.yaml:3:20: error[unmatched-target]"),
        "{errors}"
    );
    assert_eq!(files(&folders.out()), before);
}

#[test]
fn faults_are_shown_with_their_line() {
    let folders = Folders::new("faults_are_shown_with_their_line");
    folders.spec("twilio_demo_v1.yaml", &SPEC.replace("summary", "securty"));
    let errors = fails(&folders.generate(), 1);
    let path = folders.specs().join("twilio_demo_v1.yaml");
    let expected = format!(
        "{}:8:7: error[unknown-field]: an operation has no field `securty` in OpenAPI 3.0
  |
8 |       securty: Lists SIMs.
  |       ^^^^^^^
  = operation: ListSim
  = pointer: /paths/~1v1~1Sims/get/securty
  = help: did you mean `security`?

{}: unchanged, because the specs have 1 error
",
        path.display(),
        folders.out().display()
    );
    assert_eq!(errors, expected);
}

/// A spec with two warnings.
fn spec_with_warnings() -> String {
    let schema = "{type: string, enum: [new, new], default: old}";
    format!("{SPEC}components:\n  schemas:\n    status: {schema}\n")
}

#[test]
fn warnings_do_not_prevent_writing_the_crate() {
    let folders = Folders::new("warnings_do_not_prevent_writing_the_crate");
    folders.spec("twilio_demo_v1.yaml", &spec_with_warnings());
    for (output, printed) in [
        (folders.generate(), " written"),
        (folders.check(), "current"),
    ] {
        assert!(output.status.success());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains(":12:40: warning[duplicate-enum-value]: ")
                && errors.contains(":12:55: warning[default-not-in-enum]: ")
                && !errors.contains('\u{1b}'),
            "{errors}"
        );
        let output = String::from_utf8(output.stdout).unwrap();
        assert!(output.contains(printed), "{output}");
    }
}

/// An unknown format once stopped the generator.
#[test]
fn notes_do_not_prevent_writing_the_crate() {
    let folders = Folders::new("notes_do_not_prevent_writing_the_crate");
    let schemas = "{a: {type: string, format: int64}, b: {type: boolean, format: int64}}";
    let spec = format!("{SPEC}components:\n  schemas: {schemas}\n");
    folders.spec("twilio_demo_v1.yaml", &spec);
    for output in [folders.generate(), folders.check()] {
        assert!(output.status.success());
        let errors = String::from_utf8(output.stderr).unwrap();
        let count = errors.matches(": note[unknown-format]: `int64`").count();
        assert_eq!(count, 1, "{errors}");
    }
}

#[test]
fn json_is_the_only_output_on_standard_output() {
    let folders = Folders::new("json_is_the_only_output_on_standard_output");
    let arguments = ["gen", "--format", "json"];
    for (spec, code, head) in [
        (SPEC.to_owned(), 0, "\"errors\": 0,\n  \"warnings\": 0,"),
        (
            spec_with_warnings(),
            0,
            "\"errors\": 0,\n  \"warnings\": 2,",
        ),
        (
            "openapi: 4\n".to_owned(),
            1,
            "\"errors\": 1,\n  \"warnings\": 0,",
        ),
    ] {
        folders.spec("twilio_demo_v1.yaml", &spec);
        let output = folders.run(&arguments);
        assert_eq!(output.status.code(), Some(code));
        let json = String::from_utf8(output.stdout).unwrap();
        let begin = format!("{{\n  \"format\": 2,\n  {head}");
        assert!(
            json.starts_with(&begin) && json.ends_with("\n}\n"),
            "{json}"
        );
        assert!(!output.stderr.is_empty(), "what was done is told elsewhere");
    }
}

#[test]
fn github_gets_workflow_commands() {
    let folders = Folders::new("github_gets_workflow_commands");
    folders.spec("twilio_demo_v1.yaml", &spec_with_warnings());
    let output = succeeds(&folders.run(&["gen", "--format=github"]));
    let commands = output.lines().filter(|line| line.starts_with("::"));
    let commands: Vec<&str> = commands.collect();
    let place = "line=12,endLine=12,col=55,endColumn=58";
    assert_eq!(commands.len(), 2, "{output}");
    assert!(
        commands[1].starts_with("::warning file=")
            && commands[1].contains(&format!("{place},title=default-not-in-enum::the default")),
        "{output}"
    );
}

#[test]
fn faults_are_explained() {
    let text = succeeds(&xtask(&["gen", "--explain", "unknown-reference"]));
    for part in [
        "error[unknown-reference]\n",
        "\nSource: OpenAPI 3.0.3, Reference Object",
        "\nThe fault:\n\n    components:\n",
        "\nThe fix:\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let list = succeeds(&xtask(&["gen", "--explain"]));
    assert!(
        list.lines().count() > 40 && list.contains("\nunknown-reference "),
        "{list}"
    );
    let errors = fails(&xtask(&["gen", "--explain", "E0308"]), 2);
    assert!(
        errors.contains("`E0308`") && errors.contains(&list),
        "{errors}"
    );
    let errors = fails(&xtask(&["gen", "--explain", "unknown-refrence"]), 2);
    assert!(
        errors.starts_with(
            "there is no fault `unknown-refrence`; did you mean `unknown-reference`?\n"
        ),
        "{errors}"
    );
}

#[test]
fn faulty_spec_makes_no_crate() {
    let folders = Folders::new("faulty_spec_makes_no_crate");
    folders.spec("twilio_demo_v1.yaml", "swagger: '2.0'\n");
    fails(&folders.generate(), 1);
    assert!(!folders.out().exists());
    assert_eq!(
        files(folders.path()).into_keys().collect::<Vec<_>>(),
        ["specs/twilio_demo_v1.yaml"]
    );
}

#[test]
fn binary_files_are_faults() {
    let folders = Folders::new("binary_files_are_faults");
    fs::write(folders.specs().join("twilio_a_v1.yaml"), b"\xFF\xFEo\0").unwrap();
    fs::write(folders.specs().join("twilio_b_v1.json"), b"").unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("twilio_a_v1.yaml:1:1: error[not-utf8]: ")
            && errors.contains("twilio_b_v1.json:1:1: error[empty-file]: "),
        "{errors}"
    );
}
