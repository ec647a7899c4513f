//! Tests `cargo xtask diff` as a user runs it: what it reads, what it prints and how it exits.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use support::{Folder, SPEC, fails, succeeds, with_addition, with_removal};

#[test]
fn two_files_are_compared() {
    let folder = Folder::empty("two_files_are_compared");
    folder.write("a/twilio_demo_v1.yaml", SPEC);
    folder.write("b/twilio_demo_v1.yaml", with_addition());
    let output = succeeds(&diff(
        &folder,
        &["a/twilio_demo_v1.yaml", "b/twilio_demo_v1.yaml"],
    ));
    assert_eq!(
        output,
        "\
minor: the query parameter `Label` of `GET /v1/Sims` was added [parameter-added-optional]
  demo::v1::ListSim::label, breaks nobody
  new b/twilio_demo_v1.yaml:11:9

minor: 0 major, 1 minor, 0 patch; 0 break callers that compile, 0 break callers at run time; 1 text reworded
"
    );
    let output = succeeds(&diff(
        &folder,
        &["a/twilio_demo_v1.yaml", "a/twilio_demo_v1.yaml"],
    ));
    assert_eq!(output, "no change\n");
}

#[test]
fn two_files_are_compared_whatever_their_names() {
    let folder = Folder::empty("two_files_are_compared_whatever_their_names");
    folder.write("twilio_demo_v1.yaml", SPEC);
    folder.write("newer.yaml", with_addition());
    for sides in [
        ["twilio_demo_v1.yaml", "newer.yaml"],
        ["newer.yaml", "twilio_demo_v1.yaml"],
    ] {
        let output = succeeds(&diff(&folder, &sides));
        assert!(output.contains("demo::v1::ListSim::label"), "{output}");
    }
    folder.write("older.yaml", SPEC);
    let output = succeeds(&diff(&folder, &["older.yaml", "newer.yaml"]));
    assert!(output.contains("older::v1::ListSim::label"), "{output}");
}

#[test]
fn folders_are_compared_by_product() {
    let folder = Folder::empty("folders_are_compared_by_product");
    folder.write("a/twilio_demo_v1.yaml", SPEC);
    folder.write("a/twilio_other_v1.yaml", SPEC);
    folder.write("b/twilio_other_v1.json.yaml", SPEC);
    fs::rename(
        folder.path().join("b/twilio_other_v1.json.yaml"),
        folder.path().join("b/kore_other_v1.yml"),
    )
    .unwrap();
    let output = succeeds(&diff(&folder, &["a", "b"]));
    assert!(
        output.contains("`demo::v1` was removed [product-removed]"),
        "{output}"
    );
    assert!(!output.contains("other::v1"), "{output}");
    // A file is compared with its counterpart in the folder.
    let output = succeeds(&diff(&folder, &["a", "b/kore_other_v1.yml"]));
    assert_eq!(output, "no change\n");
}

#[test]
fn fail_on_refuses_large_bumps() {
    let folder = Folder::empty("fail_on_refuses_large_bumps");
    folder.write("old_demo_v1.yaml", SPEC);
    folder.write("minor_demo_v1.yaml", with_addition());
    folder.write("major_demo_v1.yaml", with_removal());
    let run =
        |new: &str, limit: &str| diff(&folder, &["old_demo_v1.yaml", new, "--fail-on", limit]);
    succeeds(&run("minor_demo_v1.yaml", "major"));
    succeeds(&run("old_demo_v1.yaml", "patch"));
    for (new, limit) in [
        ("minor_demo_v1.yaml", "minor"),
        ("minor_demo_v1.yaml", "patch"),
        ("major_demo_v1.yaml", "major"),
    ] {
        let output = run(new, limit);
        let errors = fails(&output, 1);
        assert!(errors.contains(&format!("--fail-on {limit}")), "{errors}");
        assert!(
            !output.stdout.is_empty(),
            "the report is printed all the same"
        );
    }
}

#[test]
fn reports_have_formats() {
    let folder = Folder::empty("reports_have_formats");
    folder.write("a_demo_v1.yaml", SPEC);
    folder.write("b_demo_v1.yaml", with_addition());
    let run = |options: &[&str]| {
        let mut arguments = vec!["a_demo_v1.yaml", "b_demo_v1.yaml"];
        arguments.extend(options);
        succeeds(&diff(&folder, &arguments))
    };
    assert!(run(&["--format", "markdown"]).starts_with("**minor: "));
    assert!(run(&["--format=json"]).starts_with("{\n  \"format\": 2,"));
    assert!(run(&["--format", "github"]).starts_with("::warning file=b_demo_v1.yaml,line=11,"));
    folder.write("c_demo_v1.yaml", with_removal());
    let removal = ["a_demo_v1.yaml", "c_demo_v1.yaml", "--format", "github"];
    let output = succeeds(&diff(&folder, &removal));
    assert!(
        output.starts_with("::error title=parameter-removed::"),
        "{output}"
    );
    assert!(
        output.contains(", was at a_demo_v1.yaml:10:9\n"),
        "{output}"
    );
    assert!(run(&["--docs"]).contains("\nreworded: a_demo::v1::ListSim\n"));
    assert!(
        !run(&[]).contains('\u{1b}'),
        "a pipe is no terminal, so it has no colour"
    );
}

#[test]
fn faults_of_both_sides_are_reported() {
    let folder = Folder::empty("faults_of_both_sides_are_reported");
    folder.write("a_demo_v1.yaml", SPEC.replace("summary", "securty"));
    folder.write("b_demo_v1.yaml", "swagger: '2.0'\n");
    folder.write("c_demo_v1.yaml", "");
    let errors = fails(&diff(&folder, &["a_demo_v1.yaml", "b_demo_v1.yaml"]), 1);
    assert!(errors.starts_with("a_demo_v1.yaml:8:7: error["), "{errors}");
    assert!(errors.contains("\nb_demo_v1.yaml:1:10: error["), "{errors}");
    let sides = ["c_demo_v1.yaml", "b_demo_v1.yaml"];
    let errors = fails(&diff(&folder, &sides), 1);
    assert!(
        errors.starts_with("b_demo_v1.yaml:1:10: error["),
        "{errors}"
    );
    assert!(errors.contains("\nc_demo_v1.yaml:1:1: error["), "{errors}");

    // In other formats, faults go where the comparison goes.
    for (format, start) in [
        ("json", "{\n  \"format\": 2,\n  \"errors\": 2,"),
        ("github", "::error file=b_demo_v1.yaml,line=1,"),
    ] {
        let output = diff(&folder, &[&sides[..], &["--format", format]].concat());
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.starts_with(start), "{told}");
    }
}

#[test]
fn invalid_command_lines_are_refused() {
    let folder = Folder::empty("invalid_command_lines_are_refused");
    folder.write("a_demo_v1.yaml", SPEC);
    let a = "a_demo_v1.yaml";
    for (arguments, what) in [
        (&[][..], "OLD and NEW"),
        (&[a], "OLD and NEW"),
        (&[a, a, a], a),
        (&[a, a, "--format", "xml"], "no format `xml`"),
        (&[a, a, "--fail-on", "none"], "no bump `none`"),
        (&[a, a, "--fail-on"], "--fail-on"),
        (&[a, a, "--quick"], "--quick"),
        (&[a, "b.yaml"], "b.yaml: cannot be read"),
        (&["b.yaml", a], "b.yaml: cannot be read"),
    ] {
        let errors = fails(&diff(&folder, arguments), 2);
        assert!(errors.contains(what), "{arguments:?}: {errors}");
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    let errors = fails(&diff(&folder, &["empty", "empty"]), 2);
    assert!(errors.starts_with("empty: holds no "), "{errors}");
    assert!(succeeds(&diff(&folder, &["--help"])).contains("cargo xtask diff OLD NEW"));
}

#[test]
fn revisions_are_read() {
    let folder = Folder::empty("revisions_are_read");
    commit(&folder, SPEC);
    commit(&folder, &with_addition());
    folder.write("specs/twilio_demo_v1.yaml", with_removal());
    for sides in [
        ["HEAD~1:specs", "HEAD:specs"],
        ["HEAD~1:specs/", "HEAD:specs/"],
        [
            "HEAD~1:specs/twilio_demo_v1.yaml",
            "HEAD:specs/twilio_demo_v1.yaml",
        ],
        ["HEAD~1:specs/twilio_demo_v1.yaml", "HEAD:specs"],
    ] {
        let output = succeeds(&diff(&folder, &sides));
        assert!(
            output.contains("  new HEAD:specs/twilio_demo_v1.yaml:11:9\n"),
            "{sides:?}: {output}"
        );
        assert!(output.contains("\nminor: 0 major, 1 minor"), "{output}");
    }
    let output = succeeds(&diff(&folder, &["HEAD:specs", "specs"]));
    assert!(output.contains("[parameter-removed]"), "{output}");
    // Inside a folder, git resolves paths from the root, and those with a dot from the current folder.
    let inside = diff_in(&folder.path().join("specs"), &["HEAD~1:./", "HEAD:specs"]);
    assert!(succeeds(&inside).contains("\nminor: "));
}

/// As links on disk are.
#[cfg(unix)]
#[test]
fn links_in_revisions_are_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::empty("links_in_revisions_are_followed");
    folder.write("vendor/demo.yaml", with_addition());
    commit(&folder, SPEC);
    let spec = folder.path().join("specs/twilio_demo_v1.yaml");
    fs::remove_file(&spec).unwrap();
    symlink("../vendor/demo.yaml", &spec).unwrap();
    symlink("specs", folder.path().join("current")).unwrap();
    folder.commit();
    for new in [
        "HEAD:specs",
        "HEAD:specs/twilio_demo_v1.yaml",
        "HEAD:current",
    ] {
        let output = succeeds(&diff(&folder, &["HEAD~1:specs", new]));
        assert!(
            output.contains("[parameter-added-optional]"),
            "{new}: {output}"
        );
    }
    fs::remove_file(&spec).unwrap();
    symlink("/etc/hostname", &spec).unwrap();
    folder.commit();
    let errors = fails(&diff(&folder, &["HEAD~1:specs", "HEAD:specs"]), 2);
    assert!(
        errors.starts_with("HEAD:specs/twilio_demo_v1.yaml: git cannot read it"),
        "{errors}"
    );
}

#[test]
fn paths_on_disk_take_precedence_over_revisions() {
    let folder = Folder::empty("paths_on_disk_take_precedence_over_revisions");
    commit(&folder, SPEC);
    folder.write("HEAD:specs/twilio_demo_v1.yaml", with_addition());
    let output = succeeds(&diff(&folder, &["specs", "HEAD:specs"]));
    assert!(output.contains("[parameter-added-optional]"), "{output}");
}

#[test]
fn unknown_revisions_and_paths_are_named() {
    let folder = Folder::empty("unknown_revisions_and_paths_are_named");
    commit(&folder, SPEC);
    for (side, what) in [
        ("v9:specs", "git knows no revision `v9`"),
        (
            "HEAD:lost",
            "the revision `HEAD` has no file or folder `lost`",
        ),
        (
            "HEAD:specs/lost.yaml",
            "has no file or folder `specs/lost.yaml`",
        ),
        (":specs", "there is no such file or folder"),
        ("HEAD~5:specs", "git knows no revision `HEAD~5`"),
    ] {
        let errors = fails(&diff(&folder, &[side, "specs"]), 2);
        assert!(
            errors.starts_with(side) && errors.contains(what),
            "{side}: {errors}"
        );
    }
    let errors = fails(&diff(&folder, &["--", "--version:specs", "specs"]), 2);
    assert!(
        errors.contains("there is no such file or folder"),
        "{errors}"
    );
    folder.write("notes/README.md", "no spec");
    folder.commit();
    let errors = fails(&diff(&folder, &["HEAD:notes", "specs"]), 2);
    assert!(errors.starts_with("HEAD:notes: holds no "), "{errors}");
}

#[test]
fn missing_git_is_reported() {
    let folder = Folder::empty("missing_git_is_reported");
    folder.write("specs/twilio_demo_v1.yaml", SPEC);
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "HEAD:specs", "specs"])
        .current_dir(folder.path())
        .env("PATH", "")
        .output()
        .unwrap();
    let errors = fails(&output, 2);
    assert!(
        errors.starts_with("cannot run git, which is needed to read revisions"),
        "{errors}"
    );
}

/// Commits the only spec of `specs`.
fn commit(folder: &Folder, spec: &str) {
    folder.write("specs/twilio_demo_v1.yaml", spec);
    folder.commit();
}

fn diff(folder: &Folder, arguments: &[&str]) -> Output {
    diff_in(folder.path(), arguments)
}

fn diff_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("diff").args(arguments).current_dir(folder);
    command.env_remove("GIT_DIR").output().expect("the command")
}
