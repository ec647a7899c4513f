//! Tests `cargo xtask` as a user runs it: what it prints, how it exits, and which files it touches.

#[path = "support/folders.rs"]
mod folders;

use std::fs;

use folders::{Folders, SPEC, fails, files, succeeds, xtask};

/// The files of the crate that [`SPEC`] makes.
const FILES: [&str; 12] = [
    "Cargo.toml",
    "rustfmt.toml",
    "src/cli.rs",
    "src/demo.rs",
    "src/demo/v1.rs",
    "src/demo/v1/cli.rs",
    "src/demo/v1/demo.rs",
    "src/demo/v1/examples.json",
    "src/demo/v1/mock.rs",
    "src/demo/v1/sim.rs",
    "src/lib.rs",
    "src/main.rs",
];

#[test]
fn gen_writes_the_crate() {
    let folders = Folders::new("gen_writes_the_crate");
    let output = succeeds(&folders.generate());
    assert_eq!(files(&folders.out()).into_keys().collect::<Vec<_>>(), FILES);
    assert!(
        output.contains("twilio_demo_v1.yaml") && output.contains("12 written"),
        "{output}"
    );
}

#[test]
fn second_run_writes_nothing() {
    let folders = Folders::new("second_run_writes_nothing");
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
    assert_eq!(touched, ["src/demo/v1/cli.rs", "src/demo/v1/sim.rs"]);
}

#[test]
fn check_writes_nothing_and_lists_stale_files() {
    let folders = Folders::new("check_writes_nothing_and_lists_stale_files");
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
fn missing_crate_is_not_current() {
    let folders = Folders::new("missing_crate_is_not_current");
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
fn files_of_removed_specs_are_removed_and_others_kept() {
    let folders = Folders::new("files_of_removed_specs_are_removed_and_others_kept");
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
fn crate_name_comes_from_the_document_or_crate_toml() {
    let folders = Folders::new("crate_name_comes_from_the_document_or_crate_toml");
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
    // A spec of no vendor is named after its whole file name.
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

#[test]
fn crate_toml_chooses_the_columns_of_tables() {
    let folders = Folders::new("crate_toml_chooses_the_columns_of_tables");
    folders.spec(
        "twilio_demo_v1.yaml",
        &SPEC.replace(
            "{'204': {description: None.}}\n",
            "{'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/sim'}}}}}
components:
  schemas:
    sim:
      type: object
      properties:
        sid: {type: string}
        iccid: {type: string}
        period: {type: object, properties: {start: {type: string}}}
        labels: {type: object, additionalProperties: {type: string}}
",
        ),
    );
    let table = || fs::read_to_string(folders.out().join("src/demo/v1/cli.rs")).unwrap();
    succeeds(&folders.generate());
    let own = table();
    assert!(
        own.contains("Shape::new(&[\"sid\", \"iccid\", \"period.start\"], "),
        "{own}"
    );

    folders.spec(
        "crate.toml",
        "columns = { 'demo::v1::Sim' = ['period.start', 'labels.site', 'period', 'sid'] }\n",
    );
    succeeds(&folders.generate());
    let chosen = table();
    let columns = "Shape::new(&[\"period.start\", \"labels.site\", \"period\", \"sid\"], &[\"sid\", \"iccid\", ";
    assert!(chosen.contains(columns), "{chosen}");

    folders.spec(
        "crate.toml",
        "[columns]\n'demo::v1::Simm' = ['sid']\n'demo::v1::Sim' = ['icid', 'sid', 'sid.x', 'period.']\n",
    );
    let errors = fails(&folders.generate(), 1);
    for fault in [
        "crate.toml: `columns`: no command shows a type `demo::v1::Simm`; did you mean `demo::v1::Sim`?\n",
        "crate.toml: `columns`: `demo::v1::Sim` has no field `icid`; did you mean `iccid`?\n",
        "crate.toml: `columns`: `demo::v1::Sim` has no field `sid.x`",
        "crate.toml: `columns`: `demo::v1::Sim` has no field `period.`",
    ] {
        assert!(errors.contains(fault), "{fault} is not in {errors}");
    }
    assert_eq!(table(), chosen);

    // A crate of a part need not have the type.
    folders.spec("crate.toml", "[columns]\n'demo::v1::Fleet' = ['sid']\n");
    fails(&folders.generate(), 1);
    succeeds(&folders.run(&["gen", "--only", "ListSim"]));

    folders.spec("crate.toml", "[columns]\n'demo::v1::Sim' = []\n");
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("`demo::v1::Sim` needs at least one column"),
        "{errors}"
    );
}

#[test]
fn default_features_are_those_of_the_crate() {
    let folders = Folders::new("default_features_are_those_of_the_crate");
    folders.spec("crate.toml", "default-features = ['demo', 'blokcing']\n");
    let errors = fails(&folders.generate(), 1);
    let file = folders.specs().join("crate.toml");
    let fault =
        "`default-features`: the crate has no feature `blokcing`; did you mean `blocking`?\n";
    assert_eq!(errors, format!("{}: {fault}", file.display()));
    assert!(!folders.out().exists());
    folders.spec(
        "crate.toml",
        "default-features = ['blocking', 'runtime/gzip']\n",
    );
    succeeds(&folders.generate());
}

#[test]
fn specs_are_a_folder() {
    let folders = Folders::new("specs_are_a_folder");
    let spec = folders.specs().join("twilio_demo_v1.yaml");
    let spec = spec.to_str().unwrap();
    let errors = fails(&xtask(&["gen", "--specs", spec]), 1);
    assert_eq!(
        errors,
        format!("{spec}: is a file: name the folder that holds it\n")
    );
}

/// Where folders cannot be swapped in one step, a run may be killed between the steps.
#[test]
fn crate_is_restored_after_an_interrupted_swap_in_steps() {
    let folders = Folders::new("crate_is_restored_after_an_interrupted_swap_in_steps");
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

    // After the first step: the old crate is moved aside.
    fs::rename(&out, &aside).unwrap();
    succeeds(&folders.generate());
    assert!(texts() == whole, "{:?}", files(&out).keys());

    // After the second: the new crate is in place, without the entries kept from the old one.
    fs::rename(&out, &aside).unwrap();
    fs::create_dir_all(out.join("src")).unwrap();
    fs::copy(aside.join("Cargo.toml"), out.join("Cargo.toml")).unwrap();
    succeeds(&folders.generate());
    assert!(texts() == whole, "{:?}", files(&out).keys());
    assert!(!aside.exists() && !out.with_file_name(".out.new").exists());
}

#[test]
fn faults_of_specs_and_companion_files_are_reported_together() {
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
        "releases.json:3:13: error[unordered-releases]: 0.2.0 is listed after 0.1.0, ",
        "twilio_other_v1.yaml:2:1: error[syntax]: ",
        "unchanged, because the specs have 5 errors",
    ] {
        assert!(errors.contains(fault), "{fault} is not in {errors}");
    }
    assert!(!folders.out().exists());
}

#[test]
fn entries_beside_the_sources_survive() {
    let folders = Folders::new("entries_beside_the_sources_survive");
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
    let beside: Vec<String> = files(folders.path())
        .into_keys()
        .filter(|path| path.starts_with('.'))
        .collect();
    assert_eq!(beside, [""; 0], "nothing is left behind");
}

#[test]
fn folders_without_specs_are_named() {
    let folders = Folders::new("folders_without_specs_are_named");
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
fn json_specs_are_read() {
    let folders = Folders::new("json_specs_are_read");
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
fn only_the_selected_operations_are_generated() {
    let folders = Folders::new("only_the_selected_operations_are_generated");
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

    // A check reads crate.toml, too.
    folders.spec("crate.toml", "only = ['/v1/Fleets']");
    fails(&folders.check(), 1);
    succeeds(&folders.generate());
    assert!(!has("sim.rs") && has("fleet.rs"));
    succeeds(&folders.check());
}

#[test]
fn unrelated_files_beside_the_specs_are_ignored() {
    let folders = Folders::new("unrelated_files_beside_the_specs_are_ignored");
    folders.spec("package.json", "{\"name\": \"x\"}");
    folders.spec("README.md", "openapi: 3.0.1");
    folders.spec("ci.yml", "on: push\n");
    let output = succeeds(&folders.generate());
    assert_eq!(output.matches("read ").count(), 1, "{output}");
    assert_eq!(output.matches("ignored ").count(), 2, "{output}");
    fs::remove_file(folders.specs().join("twilio_demo_v1.yaml")).unwrap();
    let errors = fails(&folders.generate(), 1);
    assert!(
        errors.contains("none of its files has a top-level `openapi` key"),
        "{errors}"
    );
}

#[test]
fn settings_name_products() {
    let folders = Folders::new("settings_name_products");
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
fn unsupported_operations_are_skipped_on_request() {
    let folders = Folders::new("unsupported_operations_are_skipped_on_request");
    let body = "    post:\n      requestBody: {content: {'?': {schema: {type: object}}}}\n      \
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
fn invalid_arguments_exit_with_2() {
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

/// The committed crate is generated from the committed specs.
#[test]
fn committed_crate_is_current() {
    assert_eq!(
        succeeds(&xtask(&["gen", "--check"])),
        "generated: current\n"
    );
}
