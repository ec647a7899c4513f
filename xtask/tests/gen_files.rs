//! Tests `cargo xtask gen` and the file system: links, pipes, limits, concurrent runs, and files that cannot be read or
//! written.

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use folders::{Folders, SPEC, fails, files, succeeds, xtask};

#[test]
fn unwritable_paths_are_named() {
    let folders = Folders::new("unwritable_paths_are_named");
    fs::write(folders.out(), "a file where the folder belongs").unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains(&folders.out().display().to_string()),
        "{errors}"
    );
    assert_eq!(
        fs::read_to_string(folders.out()).unwrap(),
        "a file where the folder belongs"
    );
}

#[cfg(unix)]
#[test]
fn unreadable_specs_are_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folders = Folders::new("unreadable_specs_are_named");
    let spec = folders.specs().join("twilio_demo_v1.yaml");
    fs::set_permissions(&spec, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&spec).is_ok() {
        return; // The super-user reads everything.
    }
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains(&format!("{}: cannot be read", spec.display())),
        "{errors}"
    );
}

/// Several specs for the same folder: the crate of the last run is complete.
#[test]
fn concurrent_runs_take_turns() {
    let folders = Folders::new("concurrent_runs_take_turns");
    let specs: Vec<(PathBuf, String)> = (0..4)
        .map(|number| {
            let specs = folders.path().join(format!("specs-{number}"));
            fs::create_dir_all(&specs).unwrap();
            let spec = SPEC.replace("ListSim", &format!("List{number}Sim"));
            for product in 0..6 {
                fs::write(specs.join(format!("twilio_p{product}_v1.yaml")), &spec).unwrap();
            }
            (specs, format!("List{number}Sim"))
        })
        .collect();
    let out = folders.out();
    for _ in 0..5 {
        let runs: Vec<_> = specs.iter().map(|(specs, _)| start(specs, &out)).collect();
        for run in runs {
            succeeds(&run.wait_with_output().unwrap());
        }
        let texts = files(&out)
            .into_iter()
            .filter(|(path, _)| path.ends_with("/sim.rs"));
        let texts: Vec<String> = texts
            .map(|(_, (_, text))| String::from_utf8(text).unwrap())
            .collect();
        let is_of = |name: &String| texts.iter().filter(|it| it.contains(name)).count();
        let counts: Vec<usize> = specs.iter().map(|(_, name)| is_of(name)).collect();
        assert_eq!(texts.len(), 6);
        assert!(
            counts.contains(&6) && counts.iter().sum::<usize>() == 6,
            "{counts:?}"
        );
    }
    assert!(!folders.path().join(".out.new").exists());
}

#[cfg(unix)]
#[test]
fn links_in_the_crate_are_refused_and_not_followed() {
    use std::os::unix::fs::symlink;
    for place in ["", "src", "src/demo", "src/lib.rs", "Cargo.toml", ".new"] {
        let folders = Folders::new("links_in_the_crate_are_refused_and_not_followed");
        succeeds(&folders.generate());
        let (out, outside) = (folders.out(), folders.path().join("outside"));
        let link = match place {
            "" => out.clone(),
            ".new" => folders.path().join(".out.new"),
            inside => out.join(inside),
        };
        if link.exists() {
            fs::rename(&link, &outside).unwrap();
        } else {
            fs::create_dir_all(&outside).unwrap();
            fs::write(outside.join("Cargo.lock"), "somebody's").unwrap();
        }
        symlink(&outside, &link).unwrap();
        folders.spec("twilio_demo_v1.yaml", &SPEC.replace("ListSim", "FetchSim"));
        let before = files(folders.path());
        let errors = fails(&folders.generate(), 1);
        let reason = format!("{}: is a symbolic link", link.display());
        assert!(
            errors.contains(&reason) && errors.contains("unchanged"),
            "{errors}"
        );
        assert_eq!(files(folders.path()), before, "{place}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_beside_the_generated_files_are_left_alone() {
    use std::os::unix::fs::symlink;
    let folders = Folders::new("links_and_pipes_beside_the_generated_files_are_left_alone");
    succeeds(&folders.generate());
    let out = folders.out();
    symlink(folders.path(), out.join("src/folder")).unwrap();
    symlink(out.join("src/lib.rs"), out.join("src/file.rs")).unwrap();
    symlink("nowhere", out.join("src/dangling.rs")).unwrap();
    pipe(&out.join("src/pipe.rs"));
    folders.spec("twilio_demo_v1.yaml", &SPEC.replace("ListSim", "FetchSim"));
    let output = succeeds(&folders.generate());
    for name in ["folder", "file.rs", "dangling.rs", "pipe.rs"] {
        let path = out.join("src").join(name);
        assert!(
            output.contains(&format!("left alone {}", path.display())),
            "{output}"
        );
        assert!(!fs::symlink_metadata(path).unwrap().is_file());
    }
}

#[cfg(unix)]
#[test]
fn read_only_crate_is_not_changed() {
    use std::os::unix::fs::PermissionsExt as _;
    for place in ["", "src", "src/demo"] {
        let folders = Folders::new("read_only_crate_is_not_changed");
        succeeds(&folders.generate());
        fs::write(folders.out().join("Cargo.lock"), "# a lock file\n").unwrap();
        folders.spec("twilio_demo_v1.yaml", &SPEC.replace("ListSim", "FetchSim"));
        let before = files(folders.path());
        let folder = folders.out().join(place);
        let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o555);
        let errors = fails(&folders.generate(), 1);
        allow(0o755);
        assert!(
            errors.contains(": is read-only") && errors.contains("unchanged"),
            "{errors}"
        );
        assert_eq!(files(folders.path()), before, "{place}");
    }
}

/// Another program keeps replacing a spec with another version.
#[test]
fn spec_that_changes_while_read_makes_no_crate() {
    let folders = Folders::new("spec_that_changes_while_read_makes_no_crate");
    let spec = folders.specs().join("twilio_demo_v1.yaml");
    let reason = format!("{}: has changed while it was read", spec.display());
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let texts = [SPEC.replace("ListSim", "FetchSim"), SPEC.to_owned()];
            let staged = folders.path().join("staged");
            for text in texts.iter().cycle() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                fs::write(&staged, text).unwrap();
                fs::rename(&staged, &spec).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let mut runs = (0..100).map(|_| folders.generate());
        let failed = runs.find(|output| !output.status.success());
        is_over.store(true, Ordering::Relaxed);
        let errors = fails(&failed.expect("a run that notices"), 1);
        assert!(errors.contains(&reason), "{errors}");
    });
}

/// Files that never end or that block are not opened, and nothing waits for them.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    use std::os::unix::fs::symlink;
    for name in ["twilio_demo_v1.yaml", "guide.md", "releases.json"] {
        for kind in ["device", "pipe", "link to a pipe"] {
            let folders = Folders::new("only_regular_files_are_read");
            let path = folders.specs().join(name);
            let _ = fs::remove_file(&path);
            match kind {
                "device" => symlink("/dev/zero", &path).unwrap(),
                "pipe" => pipe(&path),
                _ => {
                    pipe(&folders.path().join("pipe"));
                    symlink(folders.path().join("pipe"), &path).unwrap();
                }
            }
            let errors = fails(&folders.generate(), 1);
            let reason = format!(
                "{}: cannot be read: it is not a regular file",
                path.display()
            );
            assert_eq!(errors.trim_end(), reason, "{kind}");
            assert!(!folders.out().exists());
        }
    }
    let folders = Folders::new("only_regular_files_are_read");
    let elsewhere = folders.path().join("elsewhere");
    fs::rename(folders.specs().join("twilio_demo_v1.yaml"), &elsewhere).unwrap();
    symlink(&elsewhere, folders.specs().join("twilio_demo_v1.yaml")).unwrap();
    succeeds(&folders.generate());
    for command in ["diff", "update"] {
        let errors = fails(&xtask(&[command, "/dev/zero", "/dev/zero"]), 2);
        let reason = "/dev/zero: cannot be read: it is not a regular file";
        assert!(errors.contains(reason), "{command}: {errors}");
    }
}

#[test]
fn files_over_the_limit_are_not_read() {
    let folders = Folders::new("files_over_the_limit_are_not_read");
    let path = folders.specs().join("twilio_large_v1.yaml");
    let file = fs::File::create(&path).unwrap();
    file.set_len((64 << 20) + 1).unwrap(); // It takes no room on disk.
    let errors = fails(&folders.generate(), 1);
    assert_eq!(
        errors.trim_end(),
        format!(
            "{}: cannot be read: it is larger than 64 MiB, which is the limit; `--max-size` raises it",
            path.display()
        )
    );
    let errors = fails(&folders.run(&["gen", "--max-size", "65"]), 1);
    assert!(errors.contains("error[nul]"), "{errors}");
    let text = path.to_str().unwrap();
    let errors = fails(&xtask(&["diff", text, text]), 2);
    assert!(errors.contains("larger than 64 MiB"), "{errors}");
    for wrong in ["0", "64M", "-1"] {
        let errors = fails(&folders.run(&["gen", "--max-size", wrong]), 2);
        assert!(errors.contains("a number of MiB"), "{errors}");
    }
}

/// A file that a link passes off as a spec is reported, but its contents are not shown.
#[cfg(unix)]
#[test]
fn lines_of_linked_files_are_not_shown() {
    use std::os::unix::fs::symlink;
    const SECRET: &str = "root:x:0:0:s3cret:/root:/bin/sh\n";
    // A file that is not a document is ignored.
    for (name, text, code) in [
        ("twilio_secret_v1.yaml", SECRET.repeat(3), 0),
        ("twilio_secret_v1.yaml", format!("a: {SECRET}b: [\n"), 0),
        (
            "twilio_secret_v1.yaml",
            format!("openapi: {SECRET}b: [\n"),
            1,
        ),
        (
            "twilio_secret_v1.json",
            format!("{{\"openapi-key\": \"{}\"}}", SECRET.trim()),
            0,
        ),
        ("twilio_secret_v1.json", SECRET.to_owned(), 0),
        ("twilio_demo_v1.overlay.yaml", SECRET.to_owned(), 1),
        ("guide.md", SECRET.to_owned(), 1),
        ("releases.json", SECRET.to_owned(), 1),
    ] {
        let folders = Folders::new("lines_of_linked_files_are_not_shown");
        let secret = folders.path().join("passwd");
        fs::write(&secret, text).unwrap();
        symlink(&secret, folders.specs().join(name)).unwrap();
        for format in ["text", "json", "github"] {
            let output = folders.run(&["gen", "--format", format]);
            assert_eq!(output.status.code(), Some(code), "{name}");
            let told = [output.stdout, output.stderr].concat();
            let told = String::from_utf8_lossy(&told);
            assert!(told.contains(name) && !told.contains("s3cret"), "{told}");
        }
    }
}

#[cfg(unix)]
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("the command").success());
}

/// A run of `gen` in the background.
fn start(specs: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["gen", "--specs"])
        .arg(specs)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command")
}
