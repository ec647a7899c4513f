//! Crates of selected operations, and of those that can be called correctly.

use twilio_codegen::report::{Colour, Report};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Sources};

/// Pets and shops; a pet has a tag, and `Orphan` is unused.
const STORE: &str = "\
openapi: 3.0.3
info: {title: Store, version: '1'}
servers: [{url: https://store.example.com}]
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pets'}}}
    post:
      operationId: createPet
      tags: [pets, admin]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Done.}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {$ref: '#/components/responses/Pet'}}}
  /shops:
    get:
      operationId: listShops
      tags: [shops]
      responses:
        '200':
          description: All.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Shop'}}}}
  /petshops:
    delete:
      operationId: close
      responses:
        '204': {description: Done.}
        default: {description: No., content: {application/json: {schema: {$ref: '#/components/schemas/Refusal'}}}}
components:
  responses:
    Pet: {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
    Pets:
      description: All.
      content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
  schemas:
    Pet: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}
    Tag: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}, owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {type: object, properties: {name: {type: string}}}
    Refusal: {type: object, properties: {reason: {$ref: '#/components/schemas/Reason'}}}
    Reason: {type: object, properties: {name: {type: string}}}
    Orphan: {type: object, properties: {name: {type: string}}}
";

#[test]
fn operations_are_selected_by_id_tag_and_path() {
    for (only, expected) in [
        (vec!["listPets"], vec!["listPets", "Pet", "Tag"]),
        (vec!["GetPetsById"], vec!["GetPetsById", "Pet", "Tag"]),
        (vec!["admin"], vec!["createPet", "Pet", "Tag"]),
        (
            vec!["/pets"],
            vec!["listPets", "createPet", "GetPetsById", "Pet", "Tag"],
        ),
        (vec!["/pets/{id}"], vec!["GetPetsById", "Pet", "Tag"]),
        (
            vec!["close", "shops"],
            vec![
                "listShops",
                "close",
                "Tag",
                "Shop",
                "Owner",
                "Refusal",
                "Reason",
            ],
        ),
        (
            vec!["/"],
            vec![
                "listPets",
                "createPet",
                "GetPetsById",
                "listShops",
                "close",
                "Pet",
                "Tag",
                "Shop",
                "Owner",
                "Refusal",
                "Reason",
            ],
        ),
    ] {
        let (items, report) = items(&[STORE], &only, false);
        assert!(report.is_empty(), "{report}");
        assert_eq!(items, expected, "{only:?}");
    }
}

#[test]
fn everything_is_selected_by_default() {
    let (items, _) = items(&[STORE], &[], false);
    assert_eq!(items.len(), 12, "{items:?}");
    assert!(items.contains(&"Orphan".to_owned()));
}

#[test]
fn each_selector_must_match() {
    let other = STORE
        .replace("listShops", "listStalls")
        .replace("shops", "stalls");
    let (items, report) = items(&[STORE, &other], &["shops"], false);
    assert!(report.is_empty(), "{report}");
    assert_eq!(items, ["listShops", "Tag", "Shop", "Owner"]);
    let (_, report) = self::items(&[STORE, &other], &["listStall", "/pets", "zebra"], false);
    let texts: Vec<_> = report
        .iter()
        .map(|it| (it.message.as_str(), it.help.as_deref()))
        .collect();
    assert_eq!(
        texts,
        [
            (
                "no operation, no tag and no path is `listStall`",
                Some("did you mean `listStalls`?")
            ),
            ("no operation, no tag and no path is `zebra`", None),
        ]
    );
}

#[test]
fn unknown_selection_is_reported_at_a_document() {
    let only = ["zebra".to_owned()];
    let file = |path: &str, text: &str| SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let overlay = "overlay: 1.0.0\ninfo: {title: Shop, version: '1'}\nactions:\n\
                   - {target: $.info, update: {description: Sells pets.}}\n";
    let files = [file("shop.overlay.yaml", overlay), file("shop.yaml", STORE)];
    let sources = Sources {
        only: &only,
        ..Sources::from(&files[..])
    };
    let (_, report) = twilio_codegen::read(sources);
    let text = report.to_text(Colour::Plain);
    assert!(
        text.starts_with("shop.yaml:1:1: error[unknown-selection]"),
        "{text}"
    );
}

/// Faults of operations that are not selected do not count.
#[test]
fn faults_of_unselected_operations_are_ignored() {
    let (_, report) = items(&[&unsupported()], &[], false);
    assert!(report.has_errors());
    let (items, report) = items(&[&unsupported()], &["shops"], false);
    assert!(report.is_empty(), "{report}");
    assert_eq!(items, ["listShops", "Tag", "Shop", "Owner"]);
}

#[test]
fn unsupported_operations_are_skipped_and_listed() {
    let (items, report) = items(&[&unsupported()], &[], true);
    assert!(!report.has_errors(), "{report}");
    let left_out = report.iter().filter(|it| it.id() == "operation-left-out");
    let left_out: Vec<&str> = left_out.filter_map(|it| it.operation.as_deref()).collect();
    assert_eq!(left_out, ["createPet", "GET /pets/{id}"]);
    assert!(items.contains(&"listPets".to_owned()) && items.contains(&"Pet".to_owned()));
    assert!(!items.contains(&"createPet".to_owned()));

    let sources = sources(&[&unsupported()]);
    let sources = Sources {
        skips_unsupported: true,
        ..Sources::from(&sources)
    };
    let package = Package::named("store");
    let files = twilio_codegen::generate(sources, &package).unwrap();
    let docs = files
        .iter()
        .find(|it| it.path == "src/store0/v1.rs")
        .unwrap();
    let lines: Vec<&str> = docs
        .text
        .lines()
        .filter(|it| it.starts_with("//! - "))
        .collect();
    assert_eq!(lines.len(), 2, "{}", docs.text);
    assert!(
        lines[0].starts_with("//! - `createPet`, `POST /pets`: "),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].starts_with("//! - `GetPetsById`, `GET /pets/{id}`: "),
        "{}",
        lines[1]
    );
}

/// Returns the store with an operation whose body has an unknown media type, and with a parameter behind a reference
/// that paths cannot have.
fn unsupported() -> String {
    let text = STORE
        .replace(
            "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}",
            "requestBody: {$ref: '#/components/requestBodies/form'}",
        )
        .replace(
            "    get: {responses: {'200': {$ref: '#/components/responses/Pet'}}}",
            "    get:\n      servers: [{url: 'ftp://store.example.com'}]\n      responses: {'200': {$ref: '#/components/responses/Pet'}}",
        );
    format!(
        "{text}  requestBodies:\n    form: {{content: {{'?': {{schema: {{type: object}}}}}}}}\n"
    )
}

/// Returns the ids of the operations and the names of the types.
fn items(texts: &[&str], only: &[&str], skips_unsupported: bool) -> (Vec<String>, Report) {
    let files = sources(texts);
    let only: Vec<String> = only.iter().map(ToString::to_string).collect();
    let (apis, report) = twilio_codegen::read(Sources {
        only: &only,
        skips_unsupported,
        ..Sources::from(&files)
    });
    let operations = apis
        .iter()
        .flat_map(|it| &it.operations)
        .map(|it| it.id.clone());
    let types = apis.iter().flat_map(|api| {
        let items = api.items();
        items.map(|it| api.type_definition(it).name.clone())
    });
    (operations.chain(types).collect(), report)
}

fn sources(texts: &[&str]) -> Vec<SourceFile> {
    let texts = texts.iter().enumerate();
    let files = texts.map(|(index, text)| SourceFile {
        path: format!("store{index}.yaml"),
        text: (*text).to_owned(),
    });
    files.collect()
}
