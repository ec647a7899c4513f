//! Generation is deterministic: the same specs make the same files, whatever their order, line endings and comments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package};

const SPECS: [&str; 2] = ["twilio_supersim_v1.yaml", "twilio_wireless_v1.yaml"];

/// The files that list all products, or name all specs in their first line.
const OF_ALL_PRODUCTS: [&str; 4] = ["Cargo.toml", "src/cli.rs", "src/lib.rs", "src/main.rs"];

#[test]
fn two_runs_give_the_same_files() {
    let sources = SPECS.map(read);
    assert_eq!(generate(&sources), generate(&sources));
}

#[test]
fn paths_are_unique_and_relative() {
    let files = generate(&SPECS.map(read));
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), files.len());
    for path in paths {
        let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
        assert!(
            path.split('/').all(is_name) && !path.contains('\\'),
            "{path}"
        );
    }
}

/// A product does not depend on others: only files that list all products follow the order of the specs.
#[test]
fn order_of_specs_affects_only_lists_of_products() {
    let mut sources = SPECS.map(read);
    let forward = by_path(generate(&sources));
    sources.reverse();
    let backward = by_path(generate(&sources));
    let differing: Vec<&String> = forward
        .keys()
        .filter(|path| forward[*path] != backward[*path])
        .collect();
    assert_eq!(differing, OF_ALL_PRODUCTS);
    assert!(forward.keys().eq(backward.keys()));
}

#[test]
fn spec_alone_makes_the_same_product() {
    let all = by_path(generate(&SPECS.map(read)));
    for spec in SPECS {
        let mut alone = by_path(generate(&[read(spec)]));
        alone.retain(|path, _| !OF_ALL_PRODUCTS.contains(&path.as_str()));
        for (path, text) in alone {
            assert_eq!(all.get(&path), Some(&text), "{path}");
        }
    }
}

#[test]
fn line_ends_and_comments_do_not_matter() {
    let sources = SPECS.map(read);
    let others = SPECS.map(|spec| {
        let SourceFile { path, text } = read(spec);
        SourceFile {
            path,
            text: format!("# A comment\n{text}").replace('\n', "\r\n"),
        }
    });
    assert_eq!(generate(&sources), generate(&others));
}

/// Names are claimed in the order of the spec, so additions at its end change no existing name.
#[test]
fn additions_at_the_end_rename_nothing() {
    let paths =
        "  /v1/sims: {get: {operationId: list_sim, responses: {'204': {description: None.}}}}\n";
    let schemas = "    Sim: {type: object, properties: {Label: {type: integer}}}\n";
    assert_kept(
        &spec("", "", ""),
        &spec(paths, ", Label: {type: integer}", schemas),
    );
}

#[test]
fn names_of_other_scripts_and_signs_at_the_end_rename_nothing() {
    let values = |more: &str| {
        format!(
            ", 'Größe <': {{type: string, enum: ['a b', '*', größer, 男{more}]}}, '+1': {{type: integer}}"
        )
    };
    let paths =
        "  /v1/人: {get: {operationId: List人, responses: {'204': {description: None.}}}}\n";
    let schemas = "    sim_grosse_less_than: {type: string, enum: [up]}\n";
    let fields = values(", a-b, a/b, '**', '', gr\u{6f}\u{308}ßer, grosser, '-1'")
        + ", grosse: {type: string}, größe_less_than: {type: string}, plus_1: {type: string}";
    assert_kept(
        &spec("", &values(""), ""),
        &spec(
            paths,
            &fields,
            &schemas.replace("'sim_größe_'", "sim_grosse"),
        ),
    );
}

/// A component has the name that the document gave it; an inline schema of the same name gets another.
#[test]
fn a_component_has_its_own_name_wherever_it_is() {
    let component = "    sim_status: {type: string, enum: [up]}\n";
    let at_the_end = spec("", "", component);
    let first = at_the_end.replace(component, "");
    let first = first.replace("  schemas:\n", &format!("  schemas:\n{component}"));
    let [at_the_end, first] = [at_the_end, first].map(|it| sorted(declarations(&it)));
    assert_eq!(at_the_end, first);
    assert!(
        first.contains(&"pub enum SimStatus {".to_owned()),
        "{first:#?}"
    );
    assert!(
        first.contains(&"pub enum SimStatusValue {".to_owned()),
        "{first:#?}"
    );
}

/// Names tell what they are in, so that sorting the paths and the schemas of a document renames nothing.
#[test]
fn the_order_of_a_document_renames_nothing() {
    let path = |path: &str, id: &str, values: &str| {
        format!(
            "  {path}:\n    get:\n      operationId: {id}\n      \
             parameters: [{{name: order, in: query, schema: {{type: string, enum: [{values}]}}}}]\n      \
             responses: {{'200': {{description: One., content: {{application/json: {{schema: {{$ref: '#/components/schemas/sim'}}}}}}}}}}\n"
        )
    };
    let paths = [
        path("/v1/Sims/List", "ListSims", "up, down"),
        path("/v1/Fleets/{Sid}/Sims", "ListSimsOfFleet", "up, off"),
        path("/v1/Sims/All", "ListAllSims", "on, off"),
        path("/v1/Orders", "ListOrders", "on, off"),
    ];
    let fields = ", home: {title: Place, type: object, properties: {x: {type: string}}}, \
                  work: {title: Place, type: object, properties: {x: {type: string}}}, \
                  fun: {title: Place, type: object, properties: {y: {type: string}}}";
    let forwards = spec(&paths.concat(), fields, "");
    let mut paths = paths;
    paths.reverse();
    let backwards = spec(&paths.concat(), fields, "");
    let [forwards, backwards] = [forwards, backwards].map(|it| sorted(declarations(&it)));
    assert_eq!(forwards, backwards);
    assert!(
        !forwards
            .iter()
            .any(|it| it.contains("Order2") || it.contains("Place2"))
    );
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

/// Returns a small spec with more paths, fields and schemas appended.
fn spec(paths: &str, fields: &str, schemas: &str) -> String {
    format!(
        "\
openapi: 3.0.1
info: {{title: Demo, version: '1'}}
servers: [{{url: https://demo.example.com}}]
paths:
  /v1/Sims: {{get: {{operationId: ListSim, responses: {{'204': {{description: None.}}}}}}}}
{paths}components:
  schemas:
    sim:
      type: object
      properties: {{label: {{type: string}}, status: {{type: string, enum: [up, down]}}{fields}}}
{schemas}"
    )
}

/// Asserts that `new` declares everything that `old` does, and more.
fn assert_kept(old: &str, new: &str) {
    let [old, new] = [old, new].map(declarations);
    let lost: Vec<&String> = old.iter().filter(|line| !new.contains(line)).collect();
    assert!(
        lost.is_empty() && new.len() > old.len(),
        "{lost:#?} in {new:#?}"
    );
}

/// Returns the lines that declare an item, or its name on the wire.
fn declarations(spec: &str) -> Vec<String> {
    let files = generate(&[SourceFile {
        path: "twilio_demo_v1.yaml".to_owned(),
        text: spec.to_owned(),
    }]);
    let lines = files
        .iter()
        .flat_map(|file| file.text.lines())
        .map(str::trim);
    let entries = lines.flat_map(|line| match line.starts_with("pub ") {
        true => vec![line],
        false => line.split(", ").collect(), // A list of fields has several in a line.
    });
    entries
        .filter(|line| line.starts_with("pub ") || line.contains(" = \""))
        .map(|line| line.trim_end_matches(','))
        .map(|line| match line.split_once(" = ") {
            // Without its contents: a list of everything gets longer.
            Some((declared, _)) if line.starts_with("pub static ") => declared.to_owned(),
            Some(_) | None => line.to_owned(),
        })
        .collect()
}

fn by_path(files: Vec<GeneratedFile>) -> BTreeMap<String, String> {
    files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}

fn generate(sources: &[SourceFile]) -> Vec<GeneratedFile> {
    let package = Package::named("demo");
    twilio_codegen::generate(sources, &package).unwrap_or_else(|report| panic!("{report}"))
}

fn read(spec: &str) -> SourceFile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../specs")
        .join(spec);
    SourceFile {
        path: spec.to_owned(),
        text: fs::read_to_string(path).expect("a file that can be read"),
    }
}
