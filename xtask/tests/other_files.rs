//! Tests documents of several files: which files the commands of `cargo xtask` read, and what they do with them.

mod support;

use std::fs;
use std::process::Output;

use support::{Folder, fails, succeeds};

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

/// [`PET`] with another field.
fn newer_pet() -> String {
    format!("{PET}  age: {{type: integer}}\n")
}

#[test]
fn other_files_are_read_but_get_no_client() {
    let folder = Folder::empty("other_files_are_read");
    write_all(&folder, "specs");
    let output = succeeds(&generate(&folder));
    for path in ["pets.yaml", "common.json", "schemas/pet.yaml"] {
        assert!(output.contains(&format!("read specs/{path}\n")), "{output}");
    }
    assert!(!output.contains("ignored"), "{output}");
    let code = folder.read("out/src/pets/v1/pet.rs");
    assert!(code.contains("pub mother: Option<Box<Pet>>"), "{code}");

    succeeds(&folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]));
    folder.write("specs/schemas/pet.yaml", newer_pet());
    let errors = fails(
        &folder.run(&["gen", "--check", "--specs", "specs", "--out", "out"]),
        1,
    );
    assert!(errors.contains("stale: out/src/pets/v1/pet.rs"), "{errors}");
}

#[test]
fn unreadable_files_are_reported_at_the_reference() {
    let folder = Folder::empty("unreadable_files");
    write_all(&folder, "specs");
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
            SPEC.replace("common.json#/id", reference),
        );
        let errors = fails(&generate(&folder), 1);
        assert!(errors.starts_with("specs/pets.yaml:6:25: "), "{errors}");
        assert!(errors.contains(message), "{errors}");
    }
    folder.write("specs/pets.yaml", SPEC);
    folder.write(
        "specs/common.json",
        format!("{COMMON}{}", " ".repeat(1 << 20)),
    );
    let small = ["gen", "--specs", "specs", "--out", "out", "--max-size", "1"];
    let errors = fails(&folder.run(&small), 1);
    assert!(
        errors.contains("it is larger than 1 MiB, which is the limit"),
        "{errors}"
    );
    // The limit also holds for their total size.
    folder.write(
        "specs/common.json",
        format!("{COMMON}{}", " ".repeat((1 << 20) - 200)),
    );
    folder.write(
        "specs/schemas/pet.yaml",
        format!("{PET}# {}\n", "x".repeat(500)),
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
    let folder = Folder::empty("links_are_followed");
    write_all(&folder, "specs");
    fs::rename(
        folder.path().join("specs/schemas"),
        folder.path().join("elsewhere"),
    )
    .unwrap();
    symlink("../elsewhere", folder.path().join("specs/schemas")).unwrap();
    succeeds(&generate(&folder));
    // Lines of a file that is not a schema are not shown.
    folder.write("passwords", "alice: &a hunter2\nbob: *b\n");
    fs::remove_file(folder.path().join("specs/common.json")).unwrap();
    symlink("../passwords", folder.path().join("specs/common.json")).unwrap();
    let errors = fails(&generate(&folder), 1);
    assert!(
        errors.contains("`common.json` cannot be read: line "),
        "{errors}"
    );
    assert!(!errors.contains("hunter2"), "{errors}");
}

#[test]
fn each_side_of_a_comparison_has_its_own_files() {
    let folder = Folder::empty("both_sides_of_a_comparison");
    write_all(&folder, "old");
    write_all(&folder, "new");
    folder.write("new/schemas/pet.yaml", newer_pet());
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
            output.contains("the field `age` of `pets::v1::Pet` was added"),
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
fn corpus_counts_only_documents() {
    let folder = Folder::empty("corpus_counts_only_documents");
    write_all(&folder, "specs");
    folder.write("specs/stray.json", "{}");
    let output = folder.run(&["corpus", "specs", "--against", "record.toml"]);
    let output = String::from_utf8(output.stdout).unwrap();
    assert!(output.contains("specs/pets.yaml: generated"), "{output}");
    assert!(output.contains("\n1 of 2 generate"), "{output}");
}

#[test]
fn other_files_are_taken_in_with_a_newer_spec() {
    let folder = Folder::empty("other_files_are_taken_in");
    write_all(&folder, "specs");
    succeeds(&generate(&folder));
    write_all(&folder, "newer");
    folder.write("newer/schemas/pet.yaml", newer_pet());
    folder.write("newer/pets.yaml", SPEC.replace("A pet.", "The pet."));
    let output = succeeds(&folder.update(&["newer", "--dry-run"]));
    assert!(
        output.contains("specs/schemas/pet.yaml: would be written from newer/schemas/pet.yaml\n"),
        "{output}"
    );
    assert_eq!(folder.read("specs/schemas/pet.yaml"), PET);
    let output = succeeds(&folder.update(&["newer/pets.yaml"]));
    assert!(
        output.contains("the field `age` of `pets::v1::Pet` was added"),
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
fn other_files_replace_no_unrelated_file() {
    let folder = Folder::empty("other_files_replace_no_unrelated_file");
    write_all(&folder, "specs");
    folder.write(
        "specs/owners.yaml",
        SPEC.replace("/pets", "/owners")
            .replace("fetchPet", "fetchOwner"),
    );
    succeeds(&generate(&folder));
    write_all(&folder, "newer");
    folder.write("newer/crate.toml", COMMON);
    folder.write("newer/owners.yaml", format!("x: {COMMON}\n{SPEC}"));
    for (file, message) in [
        (
            "crate.toml#/id",
            "newer/crate.toml: a file of this name has another meaning in the folder of specs",
        ),
        (
            "owners.yaml#/x/id",
            "newer/owners.yaml: a newer spec refers to this one: add it to the command line",
        ),
    ] {
        folder.write("newer/pets.yaml", SPEC.replace("common.json#/id", file));
        let errors = fails(&folder.update(&["newer/pets.yaml"]), 2);
        assert!(errors.contains(message), "{errors}");
    }
}

/// Writes a document that consists of several files.
fn write_all(folder: &Folder, path: &str) {
    for (name, text) in [
        ("pets.yaml", SPEC),
        ("common.json", COMMON),
        ("schemas/pet.yaml", PET),
    ] {
        folder.write(&format!("{path}/{name}"), text);
    }
}

fn generate(folder: &Folder) -> Output {
    folder.run(&["gen", "--specs", "specs", "--out", "out"])
}
