//! Documents of several files: which files the commands of `cargo xtask` read, and what becomes of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{id}:
    parameters: [{$ref: 'common.json#/id'}]
    get:
      operationId: fetchPet
      responses:
        '200': {description: A pet., content: {application/json: {schema: {$ref: schemas/pet.yaml}}}}
";

const COMMON: &str =
    r#"{"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}}"#;

const PET: &str = "\
type: object
properties:
  name: {type: string}
  mother: {$ref: ../schemas/pet.yaml}
";

/// [`PET`] with a further field.
fn newer_pet() -> String {
    format!("{PET}  age: {{type: integer}}\n")
}

#[test]
fn other_files_are_read_and_make_no_client_of_their_own() {
    let folder = Folder::new("other_files_are_read");
    folder.write_all("specs");
    let output = succeeds(&folder.generate());
    for path in ["pets.yaml", "common.json", "schemas/pet.yaml"] {
        assert!(output.contains(&format!("read specs/{path}\n")), "{output}");
    }
    assert!(!output.contains("passed over"), "{output}");
    let code = folder.read("out/src/pets/v1/pet.rs");
    assert!(code.contains("pub mother: Option<Box<Pet>>"), "{code}");

    succeeds(&folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]));
    folder.write("specs/schemas/pet.yaml", &newer_pet());
    let errors = fails(
        &folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]),
        1,
    );
    assert!(errors.contains("stale: out/src/pets/v1/pet.rs"), "{errors}");
}

#[test]
fn what_cannot_be_read_is_told_at_the_reference() {
    let folder = Folder::new("what_cannot_be_read");
    folder.write_all("specs");
    folder.write("secret.json", COMMON);
    for (reference, message) in [
        (
            "absent.yaml",
            "error[unknown-file]: the document's folder has no file `absent.yaml`",
        ),
        ("../secret.json#/id", "error[outside-reference]: "),
        (
            "schemas",
            "error[unreadable-file]: `schemas` cannot be read: it is not a regular file",
        ),
        (
            "https://example.com/x.yaml#/id",
            "error[remote-reference]: ",
        ),
    ] {
        folder.write(
            "specs/pets.yaml",
            &SPEC.replace("common.json#/id", reference),
        );
        let errors = fails(&folder.generate(), 1);
        assert!(errors.starts_with("specs/pets.yaml:6:25: "), "{errors}");
        assert!(errors.contains(message), "{errors}");
    }
    folder.write("specs/pets.yaml", SPEC);
    folder.write(
        "specs/common.json",
        &format!("{COMMON}{}", " ".repeat(1 << 20)),
    );
    let small = ["gen", "--specs", "specs", "--out", "out", "--max-size", "1"];
    let errors = fails(&folder.run(&small), 1);
    assert!(
        errors.contains("it is larger than 1 MiB, which is the limit"),
        "{errors}"
    );
    // Together, they may be no larger either.
    folder.write(
        "specs/common.json",
        &format!("{COMMON}{}", " ".repeat((1 << 20) - 200)),
    );
    folder.write(
        "specs/schemas/pet.yaml",
        &format!("{PET}# {}\n", "x".repeat(500)),
    );
    let errors = fails(&folder.run(&small), 1);
    assert!(
        errors.contains("with the other files, it is larger than 1 MiB"),
        "{errors}"
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_for_specs() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links_are_followed");
    folder.write_all("specs");
    fs::rename(folder.path("specs/schemas"), folder.path("elsewhere")).unwrap();
    symlink("../elsewhere", folder.path("specs/schemas")).unwrap();
    succeeds(&folder.generate());
    // A line of what is no schema is not shown.
    folder.write("passwords", "alice: &a hunter2\nbob: *b\n");
    fs::remove_file(folder.path("specs/common.json")).unwrap();
    symlink("../passwords", folder.path("specs/common.json")).unwrap();
    let errors = fails(&folder.generate(), 1);
    assert!(
        errors.contains("`common.json` cannot be read: line "),
        "{errors}"
    );
    assert!(!errors.contains("hunter2"), "{errors}");
}

#[test]
fn both_sides_of_a_comparison_have_their_own() {
    let folder = Folder::new("both_sides_of_a_comparison");
    folder.write_all("old");
    folder.write_all("new");
    folder.write("new/schemas/pet.yaml", &newer_pet());
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "--all"]);
    folder.git(&[
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "--quiet",
        "-m",
        "x",
    ]);
    for sides in [
        ["old", "new"],
        ["old/pets.yaml", "new/pets.yaml"],
        ["HEAD:old", "HEAD:new"],
        ["HEAD:old/pets.yaml", "HEAD:new/pets.yaml"],
        ["HEAD:old/pets.yaml", "new"],
    ] {
        let output = succeeds(&folder.run(&["diff", sides[0], sides[1]]));
        assert!(
            output.contains("the field `age` of `pets::v1::Pet` is new"),
            "{sides:?}: {output}"
        );
        assert!(
            output.contains("new/schemas/pet.yaml:5:3\n"),
            "{sides:?}: {output}"
        );
    }
    folder.git(&["rm", "--quiet", "-r", "new/schemas"]);
    folder.git(&[
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "commit",
        "--quiet",
        "-m",
        "y",
    ]);
    let errors = fails(&folder.run(&["diff", "HEAD:old", "HEAD:new"]), 1);
    assert!(errors.contains("no file `schemas/pet.yaml`"), "{errors}");
}

#[test]
fn a_corpus_counts_documents_alone() {
    let folder = Folder::new("a_corpus_counts_documents_alone");
    folder.write_all("specs");
    folder.write("specs/stray.json", "{}");
    let output = folder.run(&["corpus", "specs", "--against", "record.toml"]);
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("specs/pets.yaml: generated"), "{output}");
    assert!(output.contains("\n1 of 2 generate"), "{output}");
}

#[test]
fn other_files_are_taken_in_with_a_newer_spec() {
    let folder = Folder::new("other_files_are_taken_in");
    folder.write_all("specs");
    succeeds(&folder.generate());
    folder.write_all("newer");
    folder.write("newer/schemas/pet.yaml", &newer_pet());
    folder.write("newer/pets.yaml", &SPEC.replace("A pet.", "The pet."));
    let output = succeeds(&folder.update(&["newer", "--dry-run"]));
    assert!(
        output.contains("specs/schemas/pet.yaml: would be written from newer/schemas/pet.yaml\n"),
        "{output}"
    );
    assert_eq!(folder.read("specs/schemas/pet.yaml"), PET);
    let output = succeeds(&folder.update(&["newer/pets.yaml"]));
    assert!(
        output.contains("the field `age` of `pets::v1::Pet` is new"),
        "{output}"
    );
    assert!(!output.contains("common.json"), "{output}");
    assert_eq!(folder.read("specs/schemas/pet.yaml"), newer_pet());
    assert_eq!(folder.read("specs/common.json"), COMMON);
    succeeds(&folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]));
    let output = succeeds(&folder.update(&["newer"]));
    assert!(output.contains("nothing to write"), "{output}");
}

#[test]
fn other_files_take_the_place_of_nothing_else() {
    let folder = Folder::new("other_files_take_the_place_of_nothing_else");
    folder.write_all("specs");
    folder.write(
        "specs/owners.yaml",
        &SPEC
            .replace("/pets", "/owners")
            .replace("fetchPet", "fetchOwner"),
    );
    succeeds(&folder.generate());
    folder.write_all("newer");
    folder.write("newer/crate.toml", COMMON);
    folder.write("newer/owners.yaml", &format!("x: {COMMON}\n{SPEC}"));
    for (file, message) in [
        (
            "crate.toml#/id",
            "newer/crate.toml: a file of this name has another meaning beside specs",
        ),
        (
            "owners.yaml#/x/id",
            "newer/owners.yaml: a newer spec refers to this one: name it, too",
        ),
    ] {
        folder.write("newer/pets.yaml", &SPEC.replace("common.json#/id", file));
        let errors = fails(&folder.update(&["newer/pets.yaml"]), 2);
        assert!(errors.contains(message), "{errors}");
    }
}

/// A folder to run in.
struct Folder {
    root: PathBuf,
}

impl Folder {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("other_files")
            .join(name);
        let _ = fs::remove_dir_all(&root); // of an earlier run
        fs::create_dir_all(&root).expect("a folder that can be made");
        Self { root }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder around it"))
            .expect("a folder that can be made");
        fs::write(path, text).expect("a file that can be written");
    }

    /// Writes a document of several files.
    fn write_all(&self, folder: &str) {
        for (path, text) in [
            ("pets.yaml", SPEC),
            ("common.json", COMMON),
            ("schemas/pet.yaml", PET),
        ] {
            self.write(&format!("{folder}/{path}"), text);
        }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text")
    }

    fn generate(&self) -> Output {
        self.run(&["gen", "--specs", "specs", "--out", "out"])
    }

    fn update(&self, arguments: &[&str]) -> Output {
        let folders = ["--specs", "specs", "--out", "out", "--date", "2026-01-31"];
        self.run(&[&["update"], arguments, &folders].concat())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .expect("a program that runs")
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .expect("a program that runs");
        assert!(output.status.success(), "{output:?}");
    }
}

fn succeeds(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn fails(output: &Output, code: i32) -> String {
    let errors = String::from_utf8(output.stderr.clone()).expect("text");
    assert_eq!(output.status.code(), Some(code), "{errors}");
    errors
}
