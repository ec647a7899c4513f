//! `cargo xtask` as a user runs it: what it prints, how it exits, and which files it touches.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

const SPEC: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      summary: Lists SIMs.
      responses: {'204': {description: None.}}
";

/// The files of the crate that [`SPEC`] makes.
const FILES: [&str; 9] = [
    "Cargo.toml",
    "rustfmt.toml",
    "src/demo.rs",
    "src/demo/v1.rs",
    "src/demo/v1/demo.rs",
    "src/demo/v1/examples.json",
    "src/demo/v1/mock.rs",
    "src/demo/v1/sim.rs",
    "src/lib.rs",
];

#[test]
fn gen_writes_the_crate() {
    let folders = Folders::new("gen_writes_the_crate");
    let output = succeeds(&folders.generate());
    assert_eq!(files(&folders.out()).into_keys().collect::<Vec<_>>(), FILES);
    assert!(
        output.contains("twilio_demo_v1.yaml") && output.contains("9 written"),
        "{output}"
    );
}

#[test]
fn a_second_run_writes_nothing() {
    let folders = Folders::new("a_second_run_writes_nothing");
    succeeds(&folders.generate());
    let before = files(&folders.out());
    let output = succeeds(&folders.generate());
    assert_eq!(files(&folders.out()), before);
    assert!(output.contains("0 written"), "{output}");
}

#[test]
fn unchanged_files_keep_their_times() {
    let folders = Folders::new("unchanged_files_keep_their_times");
    succeeds(&folders.generate());
    let before = files(&folders.out());
    folders.spec(
        "twilio_demo_v1.yaml",
        &SPEC.replace("Lists SIMs", "Lists every SIM"),
    );
    succeeds(&folders.generate());
    let after = files(&folders.out());
    let touched: Vec<&String> = after
        .keys()
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    assert_eq!(touched, ["src/demo/v1/sim.rs"]);
}

#[test]
fn check_writes_nothing_and_lists_what_is_not_current() {
    let folders = Folders::new("check_writes_nothing_and_lists_what_is_not_current");
    succeeds(&folders.generate());
    let output = succeeds(&folders.check());
    assert!(output.ends_with("out: current\n"), "{output}");

    let out = folders.out();
    fs::write(out.join("src/demo/v1/sim.rs"), "// changed by hand\n").unwrap();
    fs::remove_file(out.join("src/demo.rs")).unwrap();
    fs::copy(out.join("src/lib.rs"), out.join("src/old.rs")).unwrap();
    fs::write(out.join("src/mine.rs"), "// written by hand\n").unwrap();
    let before = files(&out);
    let errors = fails(&folders.check(), 1);
    assert_eq!(files(&out), before);
    let shown = out.display();
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(
        lines[..4],
        [
            format!("stale: {shown}/src/demo/v1/sim.rs"),
            format!("missing: {shown}/src/demo.rs"),
            format!("extra: {shown}/src/old.rs"),
            format!("not generated: {shown}/src/mine.rs"),
        ]
    );
    assert!(lines[4].contains("cargo xtask gen"), "{errors}");
}

#[test]
fn a_missing_crate_is_not_current() {
    let folders = Folders::new("a_missing_crate_is_not_current");
    let errors = fails(&folders.check(), 1);
    assert_eq!(
        errors
            .lines()
            .filter(|line| line.starts_with("missing: "))
            .count(),
        FILES.len(),
        "{errors}"
    );
    assert!(!folders.out().exists());
}

#[test]
fn files_of_former_specs_are_removed_and_others_are_left() {
    let folders = Folders::new("files_of_former_specs_are_removed_and_others_are_left");
    folders.spec("twilio_other_v1.yaml", SPEC);
    succeeds(&folders.generate());
    let out = folders.out();
    fs::write(out.join("src/demo/mine.rs"), "// written by hand\n").unwrap();
    fs::remove_file(folders.specs().join("twilio_other_v1.yaml")).unwrap();
    let output = succeeds(&folders.generate());
    let mut expected: Vec<&str> = FILES.into_iter().chain(["src/demo/mine.rs"]).collect();
    expected.sort_unstable();
    assert_eq!(files(&out).into_keys().collect::<Vec<_>>(), expected);
    assert!(!out.join("src/other").exists(), "an empty folder is left");
    assert!(
        output.contains("removed ") && output.contains("src/other/v1/sim.rs"),
        "{output}"
    );
    assert!(
        output.contains("left alone") && output.contains("src/demo/mine.rs"),
        "{output}"
    );
}

#[test]
fn a_guide_beside_the_specs_becomes_docs() {
    let folders = Folders::new("a_guide_beside_the_specs_becomes_docs");
    folders.spec("guide.md", "Read on.\n\n# Paging\n\nPage by page.\n");
    succeeds(&folders.generate());
    let chapter = fs::read_to_string(folders.out().join("src/guide/paging.rs")).unwrap();
    assert!(chapter.ends_with("\n\n//! Page by page.\n"), "{chapter}");

    let before = files(&folders.out());
    folders.spec("guide.md", "# Paging\n\n```\nlet open = 1;\n");
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("guide.md:3:1: error[unclosed-code-block]: "),
        "{errors}"
    );
    assert_eq!(files(&folders.out()), before);

    fs::remove_file(folders.specs().join("guide.md")).unwrap();
    succeeds(&folders.generate());
    assert_eq!(files(&folders.out()).into_keys().collect::<Vec<_>>(), FILES);
}

#[test]
fn the_crate_is_called_after_its_document_or_as_crate_toml_says() {
    let folders = Folders::new("the_crate_is_called_after_its_document_or_as_crate_toml_says");
    let manifest = || fs::read_to_string(folders.out().join("Cargo.toml")).unwrap();
    succeeds(&folders.generate());
    let own = manifest();
    assert!(
        own.contains("name = \"demo\"\ndescription = \"Client of Demo\"\n"),
        "{own}"
    );
    assert!(!own.contains("license"), "{own}");

    folders.spec(
        "crate.toml",
        "name = 'pets'\nlicense = 'MIT'\nkeywords = ['a\"b']\ndefault-features = []\nvendor = 'plain'\n",
    );
    succeeds(&folders.generate());
    let told = manifest();
    for line in [
        "name = \"pets\"\n",
        "license = \"MIT\"\nkeywords = [\"a\\\"b\"]\npublish = false\n",
        "default = [\"rustls\"]\n",
    ] {
        assert!(told.contains(line), "{told}");
    }
    // What is no vendor's is called by the whole name of its file.
    assert!(folders.out().join("src/twilio_demo/v1.rs").exists());

    let before = files(&folders.out());
    folders.spec("crate.toml", "name = 1\n");
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("crate.toml: TOML parse error at line 1, column 8"),
        "{errors}"
    );
    assert_eq!(files(&folders.out()), before);
}

/// Where folders cannot be swapped in one step, a run may be killed between the steps.
#[test]
fn a_crate_that_was_being_swapped_in_steps_comes_back() {
    let folders = Folders::new("a_crate_that_was_being_swapped_in_steps_comes_back");
    succeeds(&folders.generate());
    let out = folders.out();
    let aside = out.with_file_name("..out.new.new");
    let kept = out.join("target/kept");
    fs::create_dir(out.join("target")).unwrap();
    fs::write(&kept, "").unwrap();
    let texts = || -> Vec<(String, Vec<u8>)> {
        let files = files(&out).into_iter();
        files.map(|(path, (_, text))| (path, text)).collect()
    };
    let whole = texts();

    // After the first step: the old crate has made room.
    fs::rename(&out, &aside).unwrap();
    succeeds(&folders.generate());
    assert!(texts() == whole, "{:?}", files(&out).keys());

    // After the second: the new crate is there, and what stood beside the old one is not.
    fs::rename(&out, &aside).unwrap();
    fs::create_dir_all(out.join("src")).unwrap();
    fs::copy(aside.join("Cargo.toml"), out.join("Cargo.toml")).unwrap();
    succeeds(&folders.generate());
    assert!(texts() == whole, "{:?}", files(&out).keys());
    assert!(!aside.exists() && !out.with_file_name(".out.new").exists());
}

#[test]
fn faults_of_specs_and_of_what_stands_beside_them_are_told_in_one_run() {
    let folders = Folders::new("faults_of_specs_and_of_what_stands_beside_them");
    folders.spec("guide.md", "# Paging\n\n# Errors\n\nNone.\n\n# Paging\n");
    folders.spec(
        "releases.json",
        "{\"format\": 1, \"releases\": [\n{\"version\": \"0.1.0\", \"date\": \"2026-01-31\"},\n{\"version\": \"0.2.0\", \"date\": \"2026-02-28\"}]}\n",
    );
    folders.spec("twilio_other_v1.yaml", "openapi: [3.0.3\n");
    let errors = fails(&folders.generate(), 1);
    for fault in [
        "guide.md:1:1: error[empty-chapter]: ",
        "guide.md:7:1: error[empty-chapter]: ",
        "guide.md:7:3: error[duplicate-heading]: the chapter at line 1 ",
        "releases.json:3:13: error[unordered-releases]: 0.2.0 stands below 0.1.0, ",
        "twilio_other_v1.yaml:2:1: error[syntax]: ",
        "unchanged, because the specs have 5 errors",
    ] {
        assert!(errors.contains(fault), "{fault} is not in {errors}");
    }
    assert!(!folders.out().exists());
}

#[test]
fn what_stands_beside_the_sources_survives() {
    let folders = Folders::new("what_stands_beside_the_sources_survives");
    succeeds(&folders.generate());
    let out = folders.out();
    fs::write(out.join("Cargo.lock"), "# a lock file\n").unwrap();
    fs::create_dir_all(out.join("target/debug")).unwrap();
    fs::write(out.join("target/debug/big"), "an artefact").unwrap();
    folders.spec("twilio_demo_v1.yaml", &SPEC.replace("ListSim", "FetchSim"));
    succeeds(&folders.generate());
    assert_eq!(
        fs::read_to_string(out.join("Cargo.lock")).unwrap(),
        "# a lock file\n"
    );
    assert_eq!(
        fs::read_to_string(out.join("target/debug/big")).unwrap(),
        "an artefact"
    );
    assert!(
        fs::read_to_string(out.join("src/demo/v1/sim.rs"))
            .unwrap()
            .contains("FetchSim")
    );
    let beside: Vec<String> = files(&folders.root)
        .into_keys()
        .filter(|path| path.starts_with('.'))
        .collect();
    assert_eq!(beside, [""; 0], "nothing is left behind");
}

#[test]
fn a_bad_spec_changes_nothing() {
    let folders = Folders::new("a_bad_spec_changes_nothing");
    succeeds(&folders.generate());
    let before = files(&folders.out());
    let bad = SPEC.replace(
        "operationId: ListSim",
        "operationId: FetchSim\n      sumary: a typing error",
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
fn an_overlay_that_its_spec_has_left_behind_changes_nothing() {
    let folders = Folders::new("an_overlay_that_its_spec_has_left_behind_changes_nothing");
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
    folders.spec("twilio_demo_v1.yaml", &SPEC.replace("summary", "sumary"));
    let errors = fails(&folders.generate(), 1);
    let path = folders.specs().join("twilio_demo_v1.yaml");
    let expected = format!(
        "{}:8:7: error[unknown-field]: an operation has no field `sumary` in OpenAPI 3.0
  |
8 |       sumary: Lists SIMs.
  |       ^^^^^^
  = operation: ListSim
  = pointer: /paths/~1v1~1Sims/get/sumary
  = help: did you mean `summary`?

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
fn warnings_do_not_keep_a_crate_from_being_written() {
    let folders = Folders::new("warnings_do_not_keep_a_crate_from_being_written");
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

/// A format that is not known stopped the generator.
#[test]
fn notes_do_not_keep_a_crate_from_being_written() {
    let folders = Folders::new("notes_do_not_keep_a_crate_from_being_written");
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
fn json_is_all_that_is_on_standard_output() {
    let folders = Folders::new("json_is_all_that_is_on_standard_output");
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
}

#[test]
fn a_bad_spec_makes_no_crate() {
    let folders = Folders::new("a_bad_spec_makes_no_crate");
    folders.spec("twilio_demo_v1.yaml", "swagger: '2.0'\n");
    fails(&folders.generate(), 1);
    assert!(!folders.out().exists());
    assert_eq!(
        files(&folders.root).into_keys().collect::<Vec<_>>(),
        ["specs/twilio_demo_v1.yaml"]
    );
}

#[test]
fn files_that_are_no_text_are_faults() {
    let folders = Folders::new("files_that_are_no_text_are_faults");
    fs::write(folders.specs().join("twilio_a_v1.yaml"), b"\xFF\xFEo\0").unwrap();
    fs::write(folders.specs().join("twilio_b_v1.json"), b"").unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("twilio_a_v1.yaml:1:1: error[not-utf8]: ")
            && errors.contains("twilio_b_v1.json:1:1: error[empty-file]: "),
        "{errors}"
    );
}

#[test]
fn a_folder_without_specs_is_named() {
    let folders = Folders::new("a_folder_without_specs_is_named");
    fs::remove_file(folders.specs().join("twilio_demo_v1.yaml")).unwrap();
    fs::write(folders.specs().join("README.md"), "no spec").unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains(&format!("{}: holds no ", folders.specs().display())),
        "{errors}"
    );
    fs::remove_dir_all(folders.specs()).unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains(&format!("{}: cannot be read", folders.specs().display())),
        "{errors}"
    );
    assert!(!folders.out().exists());
}

#[test]
fn what_cannot_be_written_is_named() {
    let folders = Folders::new("what_cannot_be_written_is_named");
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

/// Several crates for the same folder: whichever run is the last, its crate is whole.
#[test]
fn runs_at_once_take_turns() {
    let folders = Folders::new("runs_at_once_take_turns");
    let specs: Vec<(PathBuf, String)> = (0..4)
        .map(|number| {
            let specs = folders.root.join(format!("specs-{number}"));
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
    assert!(!folders.root.join(".out.new").exists());
}

#[cfg(unix)]
#[test]
fn links_in_the_crate_are_refused_and_not_followed() {
    use std::os::unix::fs::symlink;
    for place in ["", "src", "src/demo", "src/lib.rs", "Cargo.toml", ".new"] {
        let folders = Folders::new("links_in_the_crate_are_refused_and_not_followed");
        succeeds(&folders.generate());
        let (out, outside) = (folders.out(), folders.root.join("outside"));
        let link = match place {
            "" => out.clone(),
            ".new" => folders.root.join(".out.new"),
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
        let before = files(&folders.root);
        let errors = fails(&folders.generate(), 1);
        let reason = format!("{}: is a symbolic link", link.display());
        assert!(
            errors.contains(&reason) && errors.contains("unchanged"),
            "{errors}"
        );
        assert_eq!(files(&folders.root), before, "{place}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_beside_the_generated_files_are_left_alone() {
    use std::os::unix::fs::symlink;
    let folders = Folders::new("links_and_pipes_beside_the_generated_files_are_left_alone");
    succeeds(&folders.generate());
    let out = folders.out();
    symlink(&folders.root, out.join("src/folder")).unwrap();
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
fn a_read_only_crate_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    for place in ["", "src", "src/demo"] {
        let folders = Folders::new("a_read_only_crate_stays_as_it_is");
        succeeds(&folders.generate());
        fs::write(folders.out().join("Cargo.lock"), "# a lock file\n").unwrap();
        folders.spec("twilio_demo_v1.yaml", &SPEC.replace("ListSim", "FetchSim"));
        let before = files(&folders.root);
        let folder = folders.out().join(place);
        let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o555);
        let errors = fails(&folders.generate(), 1);
        allow(0o755);
        assert!(
            errors.contains(": is read-only") && errors.contains("unchanged"),
            "{errors}"
        );
        assert_eq!(files(&folders.root), before, "{place}");
    }
}

/// Another program puts one of two specs in the place of the other, again and again.
#[test]
fn a_spec_that_changes_while_it_is_read_makes_no_crate() {
    let folders = Folders::new("a_spec_that_changes_while_it_is_read_makes_no_crate");
    let spec = folders.specs().join("twilio_demo_v1.yaml");
    let reason = format!("{}: has changed while it was read", spec.display());
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let texts = [SPEC.replace("ListSim", "FetchSim"), SPEC.to_owned()];
            let staged = folders.root.join("staged");
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

/// What would never end, or block, is not opened; and nothing waits for it.
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
                    pipe(&folders.root.join("pipe"));
                    symlink(folders.root.join("pipe"), &path).unwrap();
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
    let elsewhere = folders.root.join("elsewhere");
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

/// A file that was taken for a spec by a link is told about, and not shown.
#[cfg(unix)]
#[test]
fn no_line_of_another_file_is_shown() {
    use std::os::unix::fs::symlink;
    const SECRET: &str = "root:x:0:0:s3cret:/root:/bin/sh\n";
    // What is no document is passed over.
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
        let folders = Folders::new("no_line_of_another_file_is_shown");
        let secret = folders.root.join("passwd");
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

/// A run of `gen` that goes on while the test does.
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

#[test]
fn json_is_read_too() {
    let folders = Folders::new("json_is_read_too");
    fs::remove_file(folders.specs().join("twilio_demo_v1.yaml")).unwrap();
    folders.spec(
        "twilio_demo_v1.json",
        r#"{"openapi": "3.0.1", "info": {"title": "Demo", "version": "1"}, "servers": [{"url": "https://a.example"}],
            "paths": {"/v1/A": {"delete": {"operationId": "DeleteA", "responses": {"204": {"description": "Gone."}}}}}}"#,
    );
    succeeds(&folders.generate());
    assert!(folders.out().join("src/demo/v1.rs").exists());
}

#[test]
fn a_part_of_the_specs_is_taken() {
    let folders = Folders::new("a_part_of_the_specs_is_taken");
    let fleets = SPEC
        .replace("Sim", "Fleet")
        .split_once("paths:\n")
        .unwrap()
        .1
        .to_owned();
    folders.spec("twilio_demo_v1.yaml", &format!("{SPEC}{fleets}"));
    let has = |file: &str| folders.out().join("src/demo/v1").join(file).exists();
    succeeds(&folders.generate());
    assert!(has("sim.rs") && has("fleet.rs"));
    succeeds(&folders.run(&["gen", "--only", "ListSim"]));
    assert!(has("sim.rs") && !has("fleet.rs"));
    let errors = fails(&folders.run(&["gen", "--only", "/v1/Sims,ListFlet"]), 1);
    assert!(errors.contains("did you mean `ListFleet`?"), "{errors}");

    // What crate.toml says, a check finds again.
    folders.spec("crate.toml", "only = ['/v1/Fleets']");
    fails(&folders.check(), 1);
    succeeds(&folders.generate());
    assert!(!has("sim.rs") && has("fleet.rs"));
    succeeds(&folders.check());
}

#[test]
fn other_files_beside_the_specs_are_passed_over() {
    let folders = Folders::new("other_files_beside_the_specs_are_passed_over");
    folders.spec("package.json", "{\"name\": \"x\"}");
    folders.spec("README.md", "openapi: 3.0.1");
    folders.spec("ci.yml", "on: push\n");
    let output = succeeds(&folders.generate());
    assert_eq!(output.matches("read ").count(), 1, "{output}");
    assert_eq!(output.matches("passed over ").count(), 2, "{output}");
    fs::remove_file(folders.specs().join("twilio_demo_v1.yaml")).unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("none of its files has `openapi` at its top"),
        "{errors}"
    );
}

#[test]
fn products_are_named_by_the_settings() {
    let folders = Folders::new("products_are_named_by_the_settings");
    folders.spec("twilio_demo_v1.yaml", "on: push\n");
    folders.spec("API (final).yaml", SPEC);
    folders.spec("crate.toml", "[products]\n'API (final).yaml' = 'SIM cards'");
    succeeds(&folders.generate());
    assert!(folders.out().join("src/sim_cards/v1.rs").exists());
    folders.spec("crate.toml", "[products]\n'API.yaml' = 'SIM cards'");
    let errors = fails(&folders.generate(), 1);
    assert!(errors.contains("there is no spec `API.yaml`"), "{errors}");
}

#[test]
fn what_cannot_be_called_is_left_out_if_that_is_asked_for() {
    let folders = Folders::new("what_cannot_be_called_is_left_out_if_that_is_asked_for");
    let body = "    post:\n      requestBody: {content: {application/x-www-form-urlencoded: {}}}\n      \
                responses: {'204': {description: None.}}\n";
    folders.spec("twilio_demo_v1.yaml", &format!("{SPEC}{body}"));
    fails(&folders.generate(), 1);
    let output = folders.run(&["gen", "--skip-unsupported"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(errors.contains("warning[operation-left-out]"), "{errors}");
    folders.spec("crate.toml", "skip-unsupported = true");
    assert!(folders.check().status.success());
}

#[test]
fn help_is_printed() {
    let help = succeeds(&xtask(&["help"]));
    assert!(
        help.contains("gen")
            && help.contains("--check")
            && help.contains("--specs")
            && help.contains("--out"),
        "{help}"
    );
    for arguments in [&[][..], &["--help"], &["-h"], &["gen", "--help"]] {
        assert_eq!(succeeds(&xtask(arguments)), help, "{arguments:?}");
    }
}

#[test]
fn mistaken_arguments_exit_with_2() {
    for (arguments, named) in [
        (&["generate"][..], "generate"),
        (&["--check"], "--check"),
        (&["gen", "--chekc"], "--chekc"),
        (&["gen", "specs"], "specs"),
        (&["gen", "--out"], "--out"),
        (&["gen", "--check=yes"], "yes"),
        (&["gen", "--format", "xml"], "xml"),
    ] {
        let errors = fails(&xtask(arguments), 2);
        assert!(
            errors.contains(named) && errors.contains("cargo xtask help"),
            "{arguments:?}: {errors}"
        );
    }
}

/// The committed client is what the committed specs make.
#[test]
fn the_generated_crate_of_this_workspace_is_current() {
    assert_eq!(
        succeeds(&xtask(&["gen", "--check"])),
        "generated: current\n"
    );
}

/// A folder of specs and one for the crate.
struct Folders {
    root: PathBuf,
}

impl Folders {
    /// An empty place for `test`, with [`SPEC`] as the only spec.
    fn new(test: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        if root.exists() {
            fs::remove_dir_all(&root).expect("a folder that can be removed");
        }
        let folders = Self { root };
        fs::create_dir_all(folders.specs()).expect("a folder that can be made");
        folders.spec("twilio_demo_v1.yaml", SPEC);
        folders
    }

    fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    fn spec(&self, name: &str, text: &str) {
        fs::write(self.specs().join(name), text).expect("a file that can be written");
    }

    fn generate(&self) -> Output {
        self.run(&["gen"])
    }

    fn check(&self) -> Output {
        self.run(&["gen", "--check"])
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let (specs, out) = (self.specs(), self.out());
        let folders = [
            "--specs",
            specs.to_str().expect("a path in Unicode"),
            "--out",
            out.to_str().expect("a path in Unicode"),
        ];
        xtask(&[arguments, &folders].concat())
    }
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .expect("the command")
}

/// What a command printed that went well.
#[track_caller]
fn succeeds(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What a command complained about that exits with `code`.
#[track_caller]
fn fails(output: &Output, code: i32) -> String {
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{printed}");
    assert_eq!(printed, "", "errors belong on standard error");
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The files below a folder by their path, with the time of the last change and the text.
fn files(root: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("a path below the folder")
                    .to_str()
                    .expect("a path in Unicode")
                    .replace('\\', "/");
                let changed = fs::metadata(&path)
                    .and_then(|it| it.modified())
                    .expect("the time of the last change");
                found.insert(
                    name,
                    (changed, fs::read(&path).expect("a file that can be read")),
                );
            }
        }
    }
    found
}
