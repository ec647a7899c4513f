//! Documents that are too deep or too large, or contain too much.

use super::*;

#[test]
fn documents_that_are_too_deep() {
    const DEPTH: usize = 20_000;
    let flow = format!(
        "openapi: 3.0.1\nx-deep: {}{}\n",
        "[".repeat(DEPTH),
        "]".repeat(DEPTH)
    );
    assert_snapshot!(report(&flow), @"demo_v1.yaml:2:264: error[too-deep]: values are nested more than 64 levels deep");
    let json = format!(
        "{{\"openapi\": \"3.0.1\", \"x-deep\": {}{}}}",
        "{\"a\":".repeat(DEPTH),
        "}".repeat(DEPTH)
    );
    assert_snapshot!(report_of("demo_v1.json", &json), @"demo_v1.json:1:351: error[too-deep]: values are nested more than 64 levels deep");
    assert_snapshot!(report_of("demo_v1.json", &"[".repeat(DEPTH)), @"demo_v1.json:1:65: error[too-deep]: values are nested more than 64 levels deep");
    let mut block = "openapi: 3.0.1\nx-deep:\n".to_owned();
    for depth in 1..2_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    assert_snapshot!(report(&block), @"demo_v1.yaml:67:66: error[too-deep]: values are nested more than 64 levels deep");
    let list = format!("openapi: 3.0.1\nx-deep:\n  {}a\n", "- ".repeat(DEPTH));
    assert_snapshot!(report(&list), @"demo_v1.yaml:3:131: error[too-deep]: values are nested more than 64 levels deep");
}

#[test]
fn exponential_aliases() {
    let mut text = "openapi: 3.0.1\nx-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        let _ = writeln!(text, "x-{level}: &a{level} [{before}]");
    }
    assert_snapshot!(report(&text), @"demo_v1.yaml:1:1: error[too-many-aliases]: aliases (`*name`) make the document many times larger than its text");
}

#[test]
fn aliases_of_long_texts() {
    let long = "a".repeat(100_000);
    let repeated = |anchored: &str| {
        let aliases = "*a, ".repeat(33_000);
        report(&format!(
            "openapi: 3.0.1\nx-0: &a {anchored}\nx-1: [{aliases}]\n"
        ))
    };
    assert_snapshot!(repeated(&long), @"demo_v1.yaml:1:1: error[too-many-aliases]: aliases (`*name`) make the document many times larger than its text");
    assert_snapshot!(repeated(&format!("{{? {long} : 1}}")), @"demo_v1.yaml:1:1: error[too-many-aliases]: aliases (`*name`) make the document many times larger than its text");
}

#[test]
fn overlays_that_repeat_long_texts() {
    let paths: String = (0..700)
        .map(|it| format!("  /v1/A{it}: {{get: {{operationId: A{it}, responses: {{'204': {{description: Done.}}}}}}}}\n"))
        .collect();
    let long = "a".repeat(100_000);
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: Demo, version: '1'}}\nactions:\n- {{target: $.paths.*, update: {{description: {long}}}}}\n"
    );
    let sources = [
        ("demo_v1.yaml", format!("{HEAD}{paths}")),
        ("demo_v1.overlay.yaml", overlay),
    ];
    let sources = sources.map(|(path, text)| SourceFile {
        path: path.to_owned(),
        text,
    });
    assert_snapshot!(generated(&sources), @"demo_v1.overlay.yaml:4:31: error[overlay-limit]: the update makes the texts of the document longer than 64 MiB");
}

/// Oversized documents are rejected before they are processed.
#[test]
fn documents_that_are_too_large() {
    let numbered = |count: usize| -> String { (0..count).map(|it| format!("v{it}, ")).collect() };
    let values = numbered(3_000_000);
    let refused = |path: &str, text: String| {
        let start = Instant::now();
        let source = SourceFile {
            path: path.to_owned(),
            text,
        };
        let report = twilio_codegen::generate(&[source], &package()).expect_err("too large");
        assert!(
            start.elapsed() < LONG_PATIENCE,
            "it took {:?}",
            start.elapsed()
        );
        checked(&report)
    };
    let head = format!(
        "{HEAD}  /v1/Sims: {{delete: {{operationId: DeleteSim, responses: {{'204': {{description: Gone.}}}}}}}}\ncomponents:\n  schemas:\n"
    );
    let enumeration = format!("{head}    kind: {{type: string, enum: [{values}]}}\n");
    assert_snapshot!(refused("demo_v1.yaml", enumeration), @"demo_v1.yaml:1:1: error[too-large]: the document has more than 3,000,000 values, which is the limit");
    let many = format!("openapi: 3.0.1\nx-a: [{}]\n", "a,".repeat(4_000_000));
    assert_snapshot!(refused("demo_v1.yaml", many), @"demo_v1.yaml:1:1: error[too-large]: the document has more than 3,000,000 values, which is the limit");
    let json = format!(
        "{{\"openapi\": \"3.0.1\", \"x-a\": [{}1]}}",
        "1,".repeat(4_000_000)
    );
    assert_snapshot!(refused("demo_v1.json", json), @"demo_v1.json:1:1: error[too-large]: the document has more than 3,000,000 values, which is the limit");
    let paths: String = (0..90_000)
        .map(|it| {
            format!(
                "  /v1/Sims/{it}: {{delete: {{responses: {{'204': {{description: Gone.}}}}}}}}\n"
            )
        })
        .collect();
    assert_snapshot!(refused("demo_v1.yaml", HEAD.to_owned() + &paths), @"demo_v1.yaml:1:1: error[too-large]: the document has types and operations for more than 8,000,000 lines of code, which is the limit");
}

/// Checks of thousands of names must not compare each with every other.
#[test]
fn thousands_of_names() {
    let numbered = |word: &str, end: &str| -> String {
        let numbers = 0..8_000;
        numbers.map(|it| format!("{word}{it:05}{end}, ")).collect()
    };
    let names = numbered("name", "").repeat(2);
    let report = schema(&format!("type: strin\n      required: [{names}]"));
    assert_eq!(report.matches("[duplicate-required]").count(), 8_000);
    let (required, properties) = (numbered("required", ""), numbered("property", ": {}"));
    let text = format!(
        "{HEAD}  {{}}\ncomponents:\n  schemas:\n    sim: {{type: object, required: [{required}], properties: {{{properties}}}}}\n"
    );
    let (_, report) = twilio_codegen::read(&[source(text)]);
    let is_unknown = |it: &&Finding| it.id() == "unknown-required";
    assert_eq!(report.iter().filter(is_unknown).count(), 8_000);
}

/// The types of a document may form a chain as long as the document.
#[test]
fn chains_of_references() {
    let list = |to: &str| format!("{{type: array, items: {to}}}");
    let map = |to: &str| format!("{{type: object, additionalProperties: {to}}}");
    let alias = |to: &str| to.to_owned();
    let inline =
        |to: &str| format!("{{type: array, items: {{type: object, properties: {{a: {to}}}}}}}");
    let many: [String; 5] = [
        row(5_000, list, false),
        row(5_000, list, true),
        row(5_000, map, false),
        row(5_000, alias, false),
        row(5_000, inline, false),
    ];
    for text in many {
        let report = on_a_thread(text).expect_err("there are too many");
        let sentence = "error[too-many-levels]: references, lists and maps lead into each other more than 32 levels deep";
        assert!(report.contains(sentence), "{report}");
    }
    // Types that are read can also be written, and a named type ends a chain.
    let object = |to: &str| format!("{{type: object, required: [a], properties: {{a: {to}}}}}");
    let optional = |to: &str| format!("{{type: object, properties: {{a: {to}}}}}");
    for text in [
        row(31, list, true),
        row(3_000, object, false),
        row(3_000, optional, true),
    ] {
        assert_eq!(on_a_thread(text), Ok(()));
    }
}

/// Returns a document of `count` schemas, `s0` and so on, each of which is a `link` to the next; the last is a string.
/// They are in this order or reversed, and the only operation takes and returns the first.
fn row(count: usize, link: impl Fn(&str) -> String, is_reversed: bool) -> String {
    let reference = |it: usize| format!("{{$ref: '#/components/schemas/s{it}'}}");
    let links = (0..count).map(|it| format!("    s{it}: {}\n", link(&reference(it + 1))));
    let mut schemas: Vec<String> = links.collect();
    schemas.push(format!("    s{count}: {{type: string}}\n"));
    if is_reversed {
        schemas.reverse();
    }
    let content = format!(
        "content: {{application/json: {{schema: {}}}}}",
        reference(0)
    );
    format!(
        "{HEAD}  /v1/Sims: {{post: {{operationId: CreateSim, requestBody: {{{content}}}, responses: {{'200': {{description: Done., {content}}}}}}}}}\ncomponents:\n  schemas:\n{}",
        schemas.concat()
    )
}

/// Generates a crate from a YAML text on a thread's default stack, or returns the error.
fn on_a_thread(text: String) -> Result<(), String> {
    let generate = move || twilio_codegen::generate(&[source(text)], &package());
    let thread = Builder::new().stack_size(2 << 20).spawn(generate);
    let outcome = thread.expect("a thread").join().expect("no panic");
    outcome.map(|_| ()).map_err(|report| checked(&report))
}

#[test]
fn alternatives_that_multiply() {
    let mut text = format!(
        "{HEAD}  /v1/Sims: {{delete: {{operationId: DeleteSim, responses: {{'204': {{description: Gone.}}}}}}}}\ncomponents:\n  schemas:\n    a24: {{type: object}}\n    b24: {{type: object}}\n"
    );
    for level in 0..24 {
        let below =
            ["a", "b"].map(|it| format!("{{$ref: '#/components/schemas/{it}{}'}}", level + 1));
        let choice = format!("{{oneOf: [{}]}}", below.join(", "));
        for name in ["a", "b"] {
            let own = format!("{{properties: {{{name}{level}: {{type: string}}}}}}");
            let _ = writeln!(text, "    {name}{level}: {{allOf: [{own}, {choice}]}}");
        }
    }
    let source = SourceFile::from_bytes("demo_v1.yaml", text.into_bytes()).expect("it is text");
    let start = Instant::now();
    let (_, report) = twilio_codegen::read(&[source]);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    assert!(!report.has_errors(), "{report}");
    let message = "an `allOf` with more than 1000 alternatives has no type of its own";
    assert!(report.to_string().contains(message), "{report}");
}
