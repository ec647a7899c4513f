//! Tests that `cargo xtask update` changes everything or nothing, whatever write fails and whenever it is killed.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{
    Folder, SPEC, fails, releases, succeeds, succeeds_loudly, with_addition, with_removal,
};

#[test]
fn entries_beside_the_sources_survive() {
    let folder = Folder::with_crate("entries_beside_the_sources_survive");
    folder.write("out/target/debug/big", "an artefact");
    folder.write("demo_v1.yaml", with_addition());
    succeeds(&folder.update(&["demo_v1.yaml"]));
    assert_eq!(folder.read("out/target/debug/big"), "an artefact");
    // A changelog that somebody else wrote is kept.
    folder.write("out/CHANGELOG.md", "# By hand\n");
    folder.write("demo_v1.yaml", with_removal());
    let before = folder.state();
    let errors = fails(&folder.update(&["demo_v1.yaml"]), 1);
    assert!(
        errors.contains("CHANGELOG.md: was not written by the generator"),
        "{errors}"
    );
    assert_eq!(folder.state(), before);
    // The generator's changelog is removed together with the record.
    fs::remove_file(folder.path().join("out/CHANGELOG.md")).unwrap();
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    fs::remove_file(folder.path().join("specs/releases.json")).unwrap();
    succeeds(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    assert!(!folder.path().join("out/CHANGELOG.md").exists());
}

#[test]
fn unwritable_paths_change_nothing() {
    let folder = Folder::with_crate("unwritable_paths_change_nothing");
    folder.write("demo_v1.yaml", with_removal());
    folder.write(
        "Cargo.lock",
        "[[package]]\nname = \"demo\"\nversion = \"0.1.0\"\n",
    );
    for (obstacle, is_folder) in [
        (".specs.new", false),
        (".out.new", false),
        (".Cargo.lock.new", true),
        ("..specs.journal.new", true),
        (".specs.journal", true),
    ] {
        let path = folder.path().join(obstacle);
        if is_folder {
            folder.write(&format!("{obstacle}/full"), "in the way");
        } else {
            folder.write(obstacle, "in the way");
        }
        let before = folder.state();
        let errors = fails(&folder.update(&["demo_v1.yaml"]), 1);
        assert!(errors.contains(obstacle), "{obstacle}: {errors}");
        assert_eq!(folder.state(), before, "{obstacle}");
        let removed = if is_folder {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.unwrap();
        let names = folder.names();
        assert_eq!(
            names,
            ["Cargo.lock", "demo_v1.yaml", "out", "specs"],
            "{obstacle}"
        );
    }
    // A file at the path of the crate's folder.
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    folder.write("out", "a file");
    fails(&folder.update(&["demo_v1.yaml"]), 1);
    assert_eq!(folder.read("out"), "a file");
    assert_eq!(folder.read("specs/twilio_demo_v1.yaml"), SPEC);
}

/// A file size limit makes writes fail where a full disk would: in the middle of any file.
#[cfg(unix)]
#[test]
fn failed_writes_change_nothing() {
    let folder = Folder::with_crate("failed_writes_change_nothing");
    folder.write("demo_v1.yaml", with_removal());
    let before = folder.state();
    let mut failures = 0;
    // The limit is in blocks of 512 or 1,024 bytes.
    for limit in 0..200 {
        let script = format!("trap '' XFSZ; ulimit -f {limit} && exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_xtask"), "update"])
            .args(["demo_v1.yaml", "--specs", "specs", "--out", "out"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        if output.status.success() {
            break;
        }
        failures += 1;
        assert_eq!(folder.state(), before, "limit {limit}");
        assert_eq!(
            folder.names(),
            ["demo_v1.yaml", "out", "specs"],
            "limit {limit}"
        );
    }
    assert!((1..200).contains(&failures), "{failures} runs failed");
    assert_ne!(folder.state(), before);
    folder.assert_current();
}

#[cfg(unix)]
#[test]
fn unwritable_folders_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with_crate("unwritable_folders_are_named");
    folder.write("demo_v1.yaml", with_removal());
    let before = folder.state();
    let allow =
        |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    let is_super_user = fs::write(folder.path().join("probe"), "").is_ok();
    if !is_super_user {
        let errors = fails(&folder.update(&["demo_v1.yaml"]), 1);
        assert!(
            errors.contains("specs: its new version is built in `"),
            "{errors}"
        );
        assert!(
            errors.contains("which cannot be created: Permission denied"),
            "{errors}"
        );
        assert_eq!(folder.state(), before);
    }
    allow(0o755);
}

#[cfg(unix)]
#[test]
fn read_only_folders_are_not_changed() {
    use std::os::unix::fs::PermissionsExt as _;
    for place in ["specs", "out", "out/src/demo"] {
        let folder = Folder::with_crate("read_only_folders_are_not_changed");
        folder.write("demo_v1.yaml", with_removal());
        let before = folder.state();
        let path = folder.path().join(place);
        let allow = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o555);
        let errors = fails(&folder.update(&["demo_v1.yaml"]), 1);
        allow(0o755);
        assert!(
            errors.contains(&format!("{place}: is read-only")) && errors.contains("not updated"),
            "{errors}"
        );
        assert_eq!(folder.state(), before, "{place}");
        assert_eq!(folder.names(), ["demo_v1.yaml", "out", "specs"]);
    }
}

/// The update completes even if its reader closes the pipe.
#[cfg(unix)]
#[test]
fn closed_pipes_are_not_failures() {
    let folder = Folder::with_crate("closed_pipes_are_not_failures");
    folder.write("demo_v1.yaml", with_removal());
    let mut child = folder
        .command(&["update", "demo_v1.yaml", "--specs", "specs", "--out", "out"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.read("specs/twilio_demo_v1.yaml"), with_removal());
    folder.assert_current();
}

#[test]
fn concurrent_runs_take_turns() {
    let folder = Folder::with_crate("concurrent_runs_take_turns");
    folder.write("old/demo_v1.yaml", SPEC);
    folder.write("new/demo_v1.yaml", with_removal());
    let start = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.args(["--specs", "specs", "--out", "out"]);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let mut runs = Vec::new();
    for _ in 0..4 {
        runs.push(start(&["update", "new"]));
        runs.push(start(&["gen"]));
        runs.push(start(&["update", "old"]));
    }
    let outputs: Vec<String> = runs
        .into_iter()
        .map(|run| succeeds(&run.wait_with_output().unwrap()))
        .collect();
    let told = outputs.iter().filter(|it| it.contains(" -> ")).count();
    assert!(told > 0 && folder.releases() == told, "{told}");
    folder.assert_current();
    assert_eq!(folder.names(), ["new", "old", "out", "specs"]);
}

/// Kills runs that switch back and forth between two versions, at moments spread over their duration.
#[test]
fn killed_runs_leave_the_old_or_the_new_state() {
    let folder = Folder::with_crate("killed_runs_leave_the_old_or_the_new_state");
    folder.write("old/demo_v1.yaml", SPEC);
    folder.write("new/demo_v1.yaml", with_removal());
    let start = Instant::now();
    succeeds(&folder.update(&["new"]));
    let whole = start.elapsed();
    let mut ends = BTreeMap::new();
    for step in 0..60_u32 {
        let before = folder.state();
        let is_old = folder.read("specs/twilio_demo_v1.yaml") == SPEC;
        let mut child = folder
            .command(&["update", if is_old { "new" } else { "old" }])
            .args(["--specs", "specs", "--out", "out", "--date", "2026-01-31"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole.max(Duration::from_millis(6)) * step / 60);
        child.kill().unwrap();
        child.wait().unwrap();
        // The next command, whichever it is, recovers first.
        succeeds_loudly(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
        let after = folder.state();
        let is_changed = folder.read("specs/twilio_demo_v1.yaml") == SPEC;
        let end = if is_changed == is_old { "old" } else { "new" };
        *ends.entry(end).or_insert(0) += 1;
        if end == "old" {
            assert_eq!(after, before, "step {step}");
        } else {
            assert_eq!(folder.releases(), releases(&before) + 1, "step {step}");
        }
        folder.assert_current();
        let names = folder.names();
        let left: Vec<&String> = names.iter().filter(|it| it.starts_with('.')).collect();
        assert_eq!(left, [""; 0], "step {step}");
    }
    assert!(ends["old"] > 0, "{ends:?}");
}

#[test]
fn read_only_commands_refuse_a_half_done_update() {
    let folder = Folder::with_crate("read_only_commands_refuse_a_half_done_update");
    folder.write("demo_v1.yaml", SPEC);
    folder.write(".specs.journal", "cargo xtask update 1\n");
    for output in [
        folder.update(&["demo_v1.yaml", "--dry-run"]),
        folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]),
    ] {
        let errors = fails(&output, 1);
        assert!(errors.contains("`cargo xtask gen` finishes it"), "{errors}");
    }
    assert!(folder.path().join(".specs.journal").exists());
    succeeds_loudly(&folder.run(&["gen", "--specs", "specs", "--out", "out"]));
    assert!(!folder.path().join(".specs.journal").exists());
}
