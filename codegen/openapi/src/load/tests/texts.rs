//! Tests texts that have no values or too many.

use super::*;

#[test]
fn binary_files_are_refused() {
    let fault = |bytes: &[u8]| {
        SourceFile::from_bytes("a.yaml", bytes.to_vec())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        fault(b""),
        "a.yaml:1:1: error[empty-file]: the file is empty"
    );
    assert_eq!(
        fault(
            "a: é\nbß: "
                .as_bytes()
                .iter()
                .chain(b"\xFF")
                .copied()
                .collect::<Vec<_>>()
                .as_slice()
        ),
        "a.yaml:2:5: error[not-utf8]: the file is not UTF-8 text: byte 12 is 0xFF"
    );
    assert_eq!(
        fault(b"\x89PNG\r\n\x1A\n\0"),
        "a.yaml:1:1: error[not-utf8]: the file is not UTF-8 text: byte 1 is 0x89"
    );
    assert_eq!(
        fault(b"\xFF\xFEa\0"),
        "a.yaml:1:1: error[not-utf8]: the file is not UTF-8 text: it is UTF-16"
    );
    assert_eq!(
        fault(b"a: b\nc\0"),
        "a.yaml:2:2: error[nul]: the file holds a NUL character: it is not a text file"
    );
    for text in ["a: b", "\u{feff}a: b"] {
        assert_eq!(
            SourceFile::from_bytes("a.yaml", text.as_bytes().to_vec()).map(|it| it.text),
            Ok("a: b".to_owned())
        );
    }
    let only_a_mark = "a.yaml:1:1: error[empty-file]: the file is empty";
    assert_eq!(fault("\u{feff}".as_bytes()), only_a_mark);
}

#[test]
fn texts_without_values_are_empty() {
    for text in [" \n\n", "# only\n# comments\n", "---\n", "\t"] {
        assert_eq!(
            faults(text),
            "1:1: error[empty-file]: the file is empty",
            "{text:?}"
        );
    }
    assert_eq!(
        faults_of(&source("a.json", "\n")),
        "a.json:1:1: error[empty-file]: the file is empty"
    );
}

#[test]
fn syntax_errors_have_their_location() {
    assert_eq!(
        faults("a: b: c\n"),
        "1:5: error[syntax]: not valid YAML: mapping values are not allowed in this context"
    );
    assert_eq!(
        faults("a:\n\tb: c\n"),
        "2:1: error[syntax]: not valid YAML: found character that cannot start any token, \
         while scanning for the next token"
    );
    assert_eq!(
        faults("a: !thing b\n"),
        "1:4: error[syntax]: not valid YAML: a: tags (`!name`) are not supported"
    );
    assert_eq!(
        faults_of(&source("a.json", "{\"é\": 1,\n \"é\": x}")),
        "a.json:2:7: error[syntax]: not valid JSON: expected value"
    );
    assert!(faults("a: 1\n---\nb: 2\n").contains("more than one document"));
    assert!(faults("a: *b\n").starts_with("1:4: error[syntax]: not valid YAML: unknown anchor"));
}

#[test]
fn duplicate_keys_are_reported_once_at_the_second() {
    let text = format!("{DOCUMENT}    c: {{}}\n    c: {{}}\n    c: {{}}\ninfo: {{}}\n");
    assert_eq!(
        faults(&text),
        "22:5: error[duplicate-key]: duplicate key `c`\n\
         24:1: error[duplicate-key]: duplicate key `info`"
    );
    assert_eq!(
        faults_of(&source("a.json", "{\"openapi\": 1,\n\"openapi\": 2}")),
        "a.json:1:13: error[unsupported-version]: OpenAPI 1 is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are\n\
         a.json:2:1: error[duplicate-key]: duplicate key `openapi`"
    );
}

#[test]
fn numbers_are_finite() {
    assert_eq!(
        changed("{type: string, enum", "{type: string, default: .inf, enum"),
        "20:36: error[not-finite]: infinity, NaN and numbers beyond 1.8e308 are not allowed in a spec"
    );
}

#[test]
fn nesting_is_limited() {
    let deep = 20_000;
    let texts = [
        ("a.yaml", "[".repeat(deep)),
        (
            "a.yaml",
            format!("a: {}{}", "[".repeat(deep), "]".repeat(deep)),
        ),
        (
            "a.yaml",
            format!("{}b{}", "{a: ".repeat(deep), "}".repeat(deep)),
        ),
        (
            "a.yaml",
            format!("{}b{}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        (
            "a.json",
            format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep)),
        ),
        ("a.json", "[".repeat(deep)),
        ("a.yaml", format!("{}a", "- ".repeat(deep))),
        (
            "a.yaml",
            (0..1_000).fold(String::new(), |text, it| text + &" ".repeat(it) + "a:\n"),
        ),
    ];
    for (path, text) in texts {
        let fault = faults_of(&source(path, &text));
        assert!(
            fault.ends_with("values are nested more than 64 levels deep"),
            "{fault}"
        );
    }
    let pairs = "? ".repeat(deep);
    assert!(faults(&pairs).contains("expected a key that is text"));
}

#[test]
fn deepest_schema_is_typed_without_overflow() {
    for (open, close) in [
        ("{additionalProperties: ", "}"),
        ("{items: ", ", type: array}"),
    ] {
        let schema = format!("{}{{}}{}", open.repeat(61), close.repeat(61));
        assert_eq!(
            changed(
                "{type: string, enum: [x, y]}\n",
                &format!("{{}}\n    c: {schema}\n")
            ),
            ""
        );
    }
}

#[test]
fn aliases_cannot_explode() {
    let mut lists = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut maps = "a: &a {x: y}\n".to_owned();
    for (before, name) in "abcdefghijkl".chars().zip("bcdefghijklm".chars()) {
        let alias = format!("*{before}, ");
        writeln!(lists, "{name}: &{name} [{}]", alias.repeat(9)).unwrap();
        writeln!(
            maps,
            "{name}: &{name} {{p: *{before}, q: *{before}, r: *{before}, s: *{before}}}"
        )
        .unwrap();
    }
    let wide = format!(
        "a: &a [{}]\nb: [{}]\n",
        "x, ".repeat(20_000),
        "*a, ".repeat(20_000)
    );
    for text in [lists, maps, wide] {
        assert_eq!(
            faults(&text),
            "1:1: error[too-many-aliases]: aliases (`*name`) make the document many times larger than its text"
        );
    }
    assert_eq!(
        faults("a: &a [*a]\n"),
        "1:4: error[too-deep]: values are nested more than 64 levels deep"
    );
}

#[test]
fn other_documents_are_identified() {
    let none =
        "1:1: error[not-openapi]: this is not an OpenAPI document: it has no `openapi: 3.x.y`";
    for text in [
        "just text\n",
        "[1, 2]\n",
        "a: b\n",
        "7\n",
        "{}\n",
        "'openapi'\n",
    ] {
        assert_eq!(faults(text), none, "{text}");
    }
    for (text, what) in [
        (
            "openapi: 4.0.0\n",
            "1:10: error[unsupported-version]: OpenAPI 4.0.0",
        ),
        (
            "openapi: 3\n",
            "1:10: error[unsupported-version]: OpenAPI 3",
        ),
        (
            "swagger: '2.0'\ninfo: {}\n",
            "1:10: error[unsupported-version]: Swagger 2.0",
        ),
        (
            "swagger: 2.0\n",
            "1:10: error[unsupported-version]: Swagger 2.0",
        ),
    ] {
        assert_eq!(
            faults(text),
            format!("{what} is not supported: only OpenAPI 3.0.x, 3.1.x and 3.2.x are")
        );
    }
    assert_eq!(
        faults("openapi: 3.0.0\n"),
        "1:1: error[missing-field]: an OpenAPI document must have `info`\n\
         1:1: error[missing-field]: an OpenAPI document must have `paths`"
    );
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    let text = format!(
        "{DOCUMENT}    c: &c {{type: string, nullable: true}}\n    d: {{<<: *c, nullable: false, title: D}}\n    \
         e: {{<<: [*c, {{title: E, type: integer}}]}}\n    f: *c\n"
    );
    let item = |name| match schema(&text, name) {
        ReferenceOr::Item(item) => item,
        ReferenceOr::Reference { .. } => panic!("no reference"),
    };
    assert_eq!(item("d").schema_kind, item("c").schema_kind);
    assert_eq!(
        (
            item("d").schema_data.nullable,
            item("d").schema_data.title.as_deref()
        ),
        (false, Some("D"))
    );
    assert_eq!(
        (
            item("e").schema_data.nullable,
            item("e").schema_data.title.as_deref()
        ),
        (true, Some("E"))
    );
    assert_eq!(item("e").schema_kind, item("c").schema_kind);
    assert_eq!(item("f"), item("c"));
}

/// The parser's time doubles with each list around a schema that it refuses.
#[test]
fn deeply_nested_faults_are_found_quickly() {
    let lists = |inner: &str| {
        let lists = (0..24).fold(inner.to_owned(), |it, _| {
            format!("{{type: array, items: {it}}}")
        });
        faults(&format!("{DOCUMENT}    deep: {lists}\n"))
    };
    assert!(lists("{type: 5}").contains("error[wrong-kind]"));
    assert!(lists("5").contains("error[wrong-kind]"));
    assert!(lists("{type: string, uniqueItems: maybe}").contains("error["));
}

#[test]
fn numbers_beyond_all_floats_are_reported() {
    let expected =
        "error[not-finite]: infinity, NaN and numbers beyond 1.8e308 are not allowed in a spec";
    let yaml = format!("{DOCUMENT}    n: {{type: number, multipleOf: 1e400}}\n");
    assert_eq!(faults(&yaml), format!("21:35: {expected}"));
    let json = source("a.json", "{\"openapi\": \"3.0.1\",\n\"x-a\": 1e400}");
    assert!(faults_of(&json).ends_with(expected), "{}", faults_of(&json));
}
