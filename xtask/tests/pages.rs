//! Tests `[[pages]]` of `crate.toml` as a user writes it: what `gen` makes of it, and what `diff` and `release` compare.

mod support;

use std::process::Output;

use support::{Folder, fails, succeeds};

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /v1/pets:
    get:
      operationId: listPets
      parameters:
      - {name: page, in: query, schema: {type: integer}}
      - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: Some pets.
          content: {application/json: {schema: {type: object, properties: {pets: {type: array, items: {type: string}}, next: {type: string}}}}}
";

const PAGES: &str = "[[pages]]\nitems = 'pets'\nnext = 'next'\n";

fn folder(name: &str, settings: &str) -> Folder {
    let folder = Folder::empty(name);
    folder.write("specs/pets.yaml", PETS);
    folder.write("specs/crate.toml", settings);
    folder
}

fn generate(folder: &Folder, options: &[&str]) -> Output {
    folder.run(&[&["gen", "--specs", "specs", "--out", "out"], options].concat())
}

#[test]
fn lists_are_streams_of_their_items() {
    let folder = folder("lists_are_streams_of_their_items", PAGES);
    succeeds(&generate(&folder, &[]));
    let code = folder.read("out/src/pets/v1/pet.rs");
    assert!(
        code.contains("runtime::streamable!(ListPets => String);"),
        "{code}"
    );
    assert!(code.contains("key: &[\"next\"]"), "{code}");
    succeeds(&generate(&folder, &["--check"]));
}

/// `limit` of a list is the number of items of all pages.
#[test]
fn page_sizes_have_a_name_of_their_own() {
    let settings = format!("{PAGES}size = 'limit'\nlargest = 100\n");
    let folder = folder("page_sizes_have_a_name_of_their_own", &settings);
    succeeds(&generate(&folder, &[]));
    let code = folder.read("out/src/pets/v1/pet.rs");
    assert!(
        code.contains("pub fn page_size(mut self, page_size: usize)"),
        "{code}"
    );
    let commands = folder.read("out/src/pets/v1/cli.rs");
    assert!(commands.contains("Argument::query(\"page-size\", \"limit\", Kind::PageSize(100)"));
}

/// Fails to generate with a rule that is not valid, and expects this fault.
#[track_caller]
fn refuses(text: &str, fault: &str) {
    let folder = folder("refuses", &format!("[[pages]]\n{text}\n"));
    let errors = fails(&generate(&folder, &[]), 1);
    assert!(errors.contains("specs/crate.toml: "), "{errors}");
    assert!(errors.contains(fault), "{text}:\n{errors}");
}

#[test]
fn rules_have_one_way() {
    let one_way =
        "must have exactly one of `next`, `link-header = true`, `cursor`, `number` and `offset`";
    for (text, fault) in [
        ("items = 'pets'", one_way),
        ("next = 'next'\nlink-header = true", one_way),
        ("link-header = false", one_way),
        ("nxt = 'next'", "unknown field `nxt`"),
        (
            "cursor = {parameter = 'page'}",
            "must have exactly one of `value` and `last-item` in `cursor`",
        ),
        (
            "cursor = {parameter = 'page', value = 'next', last-item = 'id'}",
            "must have exactly one of `value` and `last-item` in `cursor`",
        ),
        ("cursor = {value = 'next'}", "missing field `parameter`"),
        (
            "number = {parameter = 'page', more = 'a', pages = 'b'}",
            "must have at most one of `more` and `pages` in `number`",
        ),
    ] {
        refuses(text, fault);
    }
}

#[test]
fn contradictions_are_reported() {
    for (text, fault) in [
        (
            "offset = {parameter = 'page', more = 'a', total = 'b'}",
            "must have at most one of `more` and `total` in `offset`",
        ),
        (
            "number = {parameter = 'page', first = -1}",
            "invalid value: integer `-1`",
        ),
        (
            "next = 'next'\nsize = 'limit'",
            "must have a `largest` beside `size`",
        ),
        (
            "next = 'next'\nlargest = 5",
            "must have a `size` beside `largest`",
        ),
        (
            "next = 'next'\nsize = 'limit'\nlargest = 0",
            "must have a `largest` above 0",
        ),
        (
            "next = 'page..next'",
            "must have keys with names between dots: `page..next` is none",
        ),
        (
            "items = 'page'\nnext = 'page.next'",
            "must have different keys: `page.next` is in `page`",
        ),
        (
            "items = 'next'\nnext = 'next'",
            "must have different keys: `next` is in `next`",
        ),
        (
            "number = {parameter = 'page'}\nsize = 'page'\nlargest = 5",
            "must have different parameters for the size and the place of a page: both are `page`",
        ),
    ] {
        refuses(text, fault);
    }
}

#[test]
fn rules_without_use_are_reported() {
    let text = format!("{PAGES}\n[[pages]]\nitems = 'pet'\nnext = 'next'\n");
    let folder = folder("rules_without_use_are_reported", &text);
    let errors = fails(&generate(&folder, &[]), 1);
    let told = "error[unused-pages]: `[[pages]]` 2 fits no operation; the closest is `listPets`, but its response has \
                no `pet` (did you mean `pets`?)";
    assert!(errors.contains(told), "{errors}");
    assert!(
        errors.contains("correct the rule in `crate.toml`"),
        "{errors}"
    );
}

#[test]
fn each_side_is_compared_with_its_own_pages() {
    let folder = folder("each_side_is_compared_with_its_own_pages", "");
    folder.commit();
    folder.write("newer/pets.yaml", PETS);
    folder.write("newer/crate.toml", PAGES);
    folder.write("other/pets.yaml", PETS);
    folder.write(
        "other/crate.toml",
        "[[pages]]\nitems = 'pets'\nnumber = {parameter = 'page'}\n",
    );
    folder.write("unfit/pets.yaml", PETS);
    folder.write(
        "unfit/crate.toml",
        "[[pages]]\nitems = 'toys'\nnext = 'next'\n",
    );
    folder.commit();
    let gained = "returns pages, with their items under `pets` [paging-gained]";
    let lost = "returns everything at once, and returned pages before [paging-lost]";
    let changed = "finds its pages in a different way [paging-key-changed]";
    for (old, new, told) in [
        ("specs", "newer", gained),
        ("newer", "specs", lost),
        ("HEAD:specs", "HEAD:newer", gained),
        ("HEAD:newer", "specs", lost),
        ("specs/pets.yaml", "newer/pets.yaml", gained),
        ("HEAD:newer/pets.yaml", "specs/pets.yaml", lost),
        ("newer", "other", changed),
        ("newer", "newer", "no change"),
        // A comparison leaves it to `gen` to report rules without use.
        ("specs", "unfit", "no change"),
    ] {
        let report = succeeds(&folder.run(&["diff", old, new]));
        assert!(report.contains(told), "{old} {new}:\n{report}");
    }
}

#[test]
fn newer_documents_have_the_old_pages() {
    let folder = folder("newer_documents_have_the_old_pages", PAGES);
    folder.commit();
    folder.write("newer/pets.yaml", PETS);
    for (old, new) in [
        ("specs", "newer"),
        ("HEAD:specs", "newer"),
        ("specs/pets.yaml", "newer/pets.yaml"),
        ("specs", "newer/pets.yaml"),
    ] {
        let output = folder.run(&["diff", old, new]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            errors,
            format!(
                "{new}: compared with the `[[pages]]` of {old}, because there is no crate.toml\n"
            )
        );
        assert_eq!(String::from_utf8_lossy(&output.stdout), "no change\n");
    }
}

#[test]
fn release_tells_that_lists_have_pages() {
    let folder = folder("release_tells_that_lists_have_pages", "");
    let release = || {
        succeeds(&generate(&folder, &[]));
        folder.commit();
        let own = ["--specs", "specs", "--out", "out", "--date", "2026-02-01"];
        let report = succeeds(&folder.run(&[&["release"], own.as_slice()].concat()));
        folder.commit();
        report
    };
    release();
    folder.write("specs/crate.toml", PAGES);
    let report = release();
    assert!(report.contains("[paging-gained]"), "{report}");
    assert!(report.contains("version 0.1.0 -> 0.2.0"), "{report}");
}

/// All are valid, and one of them fits the list.
#[test]
fn rules_in_the_readme_are_valid() {
    let readme = include_str!("../../specs/README.md");
    let (_, chapter) = readme
        .split_once("\n### Pages of lists\n")
        .expect("the chapter");
    let (_, block) = chapter.split_once("```toml\n").expect("an example");
    let (rules, _) = block.split_once("```").expect("its end");
    let folder = folder("rules_in_the_readme_are_valid", rules);
    let errors = fails(&generate(&folder, &[]), 1);
    let unused = (1..=6).map(|it| format!("error[unused-pages]: `[[pages]]` {it} "));
    let unused: Vec<String> = unused.filter(|it| errors.contains(it)).collect();
    assert_eq!(unused.len(), 5, "{errors}");
    assert!(!errors.contains("specs/crate.toml: "), "{errors}");
}
