//! Tests that documents of several files generate what one file would.

use crate::report::{Finding, Report};
use crate::source::SourceFile;
use crate::{OtherFiles, Package, Sources};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example.com}]
paths:
  /pets: {$ref: './paths/pets.yaml'}
  /pets/{id}:
    parameters:
    - {$ref: 'common.json#/parameters/id'}
    get:
      operationId: getPet
      responses:
        '200': {description: A pet., content: {application/json: {schema: {$ref: ./schemas/pet.yaml}}}}
        default: {$ref: 'common.json#/responses/problem'}
components:
  schemas:
    Owner: {type: object, properties: {name: {type: string}}}
";

/// The other files of [`DOCUMENT`].
const OTHERS: [(&str, &str); 3] = [
    (
        "paths/pets.yaml",
        "\
get:
  operationId: listPets
  parameters: [{$ref: '../common.json#/parameters/limit'}]
  responses:
    '200':
      description: Pets.
      content: {application/json: {schema: {type: array, items: {$ref: ../schemas/pet.yaml}}}}
    default: {$ref: '../common.json#/responses/problem'}
",
    ),
    (
        "schemas/pet.yaml",
        "\
$schema: http://json-schema.org/draft-07/schema#
type: object
required: [id]
properties:
  id: {type: string}
  owner: {$ref: '../specs/../pets.yaml#/components/schemas/Owner'}
  mother: {$ref: pet.yaml}
  status: {$ref: '#/definitions/Status'}
  code: {$ref: '../common.json#/definitions/Co%64e'}
definitions:
  Status: {type: string, enum: [available, sold]}
",
    ),
    (
        "common.json",
        r##"{
  "parameters": {
    "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
    "limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}
  },
  "responses": {"problem": {
    "description": "A problem.",
    "content": {"application/json": {"schema": {"$ref": "#/definitions/Problem"}}}
  }},
  "definitions": {
    "Code": {"type": "integer", "format": "int32"},
    "Problem": {"type": "object", "properties": {"code": {"$ref": "#/definitions/Code"}}}
  }
}"##,
    ),
];

/// The contents of [`DOCUMENT`] and its other files in one file.
const BUNDLED: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://pets.example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{$ref: '#/components/parameters/limit'}]
      responses:
        '200':
          description: Pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/pet'}}}}
        default: {$ref: '#/components/responses/problem'}
  /pets/{id}:
    parameters:
    - {$ref: '#/components/parameters/id'}
    get:
      operationId: getPet
      responses:
        '200': {description: A pet., content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}
        default: {$ref: '#/components/responses/problem'}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string}}
    limit: {name: limit, in: query, schema: {type: integer}}
  responses:
    problem:
      description: A problem.
      content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Owner: {type: object, properties: {name: {type: string}}}
    pet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
        mother: {$ref: '#/components/schemas/pet'}
        status: {$ref: '#/components/schemas/Status'}
        code: {$ref: '#/components/schemas/Code'}
    Status: {type: string, enum: [available, sold]}
    Problem: {type: object, properties: {code: {$ref: '#/components/schemas/Code'}}}
    Code: {type: integer, format: int32}
";

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// Gathers from these files, and also returns their names in the order of the requests.
fn gathered(sources: &[SourceFile], files: &[(&str, &str)]) -> (OtherFiles, Vec<String>) {
    let mut asked = Vec::new();
    let others = OtherFiles::gather(sources, |wanted| {
        asked.push(wanted.name.to_owned());
        let file = files.iter().find(|(name, _)| *name == wanted.name);
        if wanted.name == "folder" {
            return Err("it is not a regular file".to_owned());
        }
        Ok(file.map(|(_, text)| text.as_bytes().to_vec()))
    });
    (others, asked)
}

/// The code that `files` generate, or their faults.
fn generated(sources: &[SourceFile], files: &[(&str, &str)]) -> Result<String, String> {
    let (others, _) = gathered(sources, files);
    let sources = Sources {
        others: &others,
        ..Sources::from(sources)
    };
    let package = Package::named("pets");
    let files = crate::generate(sources, &package).map_err(|report| told(&report))?;
    Ok(files
        .into_iter()
        .map(|it| it.path + "\n" + &it.text)
        .collect())
}

fn told(report: &Report) -> String {
    let line = |it: &Finding| {
        let location = &it.site.location;
        let start = location.span.start;
        let help = it.help.as_ref().map(|it| format!(" ({it})"));
        format!(
            "{}:{}:{}: {}: {}{}\n",
            location.file,
            start.line,
            start.column,
            it.id(),
            it.message,
            help.unwrap_or_default()
        )
    };
    report.iter().map(line).collect()
}

/// The faults of a document with this schema, beside these files.
fn faults(schema: &str, files: &[(&str, &str)]) -> String {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://x.example'}}]\n\
         paths:\n  /pets: {{get: {{responses: {{'204': {{description: None.}}}}}}}}\n\
         components: {{schemas: {{A: {schema}}}}}\n"
    );
    let sources = [source("specs/pets.yaml", &text)];
    let (others, _) = gathered(&sources, files);
    let (_, report) = crate::read(Sources {
        others: &others,
        ..Sources::from(&sources)
    });
    told(&report)
}

#[test]
fn several_files_generate_the_same_as_one() {
    let several = generated(&[source("specs/pets.yaml", DOCUMENT)], &OTHERS).unwrap();
    let one = generated(&[source("specs/pets.yaml", BUNDLED)], &[]).unwrap();
    // Names are claimed in component order, which differs: compare without it.
    let sorted = |it: &str| {
        let mut lines: Vec<String> = it.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&several), sorted(&one));
}

#[test]
fn files_are_read_once_and_only_if_referenced() {
    let one = [source("specs/pets.yaml", BUNDLED)];
    assert_eq!(gathered(&one, &OTHERS), (OtherFiles::default(), Vec::new()));
    let several = [source("specs/pets.yaml", DOCUMENT)];
    let (others, mut asked) = gathered(&several, &OTHERS);
    asked.sort();
    assert_eq!(
        asked,
        ["common.json", "paths/pets.yaml", "schemas/pet.yaml"]
    );
    let paths: Vec<&str> = others.sources().map(|it| it.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "specs/common.json",
            "specs/paths/pets.yaml",
            "specs/schemas/pet.yaml"
        ]
    );
    // Neither files outside of the folder nor the network are read.
    let text = "a: {$ref: ../x.yaml}\nb: {$ref: 'https://x.example/y.yaml'}\nc: {$ref: /etc/passwd}\nd: {$ref: //x/y}\n";
    let (_, asked) = gathered(&[source("HEAD:pets.yaml", text)], &[]);
    assert_eq!(asked, Vec::<String>::new());
}

#[test]
fn faults_are_reported_at_the_reference() {
    let files = [
        (
            "a.yaml",
            "Parrot: {type: string}\nC: {$ref: 'd.yaml#/D'}\nE: {$ref: '#/Parot'}\n",
        ),
        ("bad.yaml", "a: [\n"),
        ("text.yaml", "hello\n"),
    ];
    for (schema, expected) in [
        (
            "{$ref: b.yaml}",
            "specs/pets.yaml:6:34: unknown-file: the document's folder has no file `b.yaml`\n",
        ),
        (
            "{$ref: 'a.yaml#/Parot'}",
            "specs/pets.yaml:6:34: unknown-reference: `a.yaml#/Parot` does not exist (did you mean `a.yaml#/Parrot`?)\n",
        ),
        (
            "{$ref: 'a.yaml#/C'}",
            "specs/a.yaml:2:11: unknown-file: the document's folder has no file `d.yaml`\n",
        ),
        (
            "{$ref: 'a.yaml#/E'}",
            "specs/a.yaml:3:11: unknown-reference: `a.yaml#/Parot` does not exist (did you mean `a.yaml#/Parrot`?)\n",
        ),
        (
            "{$ref: ../pets.yaml}",
            "specs/pets.yaml:6:34: outside-reference: `../pets.yaml` leads to a file outside of the document's folder \
             (put the file, or a link to it, into the document's folder)\n",
        ),
        (
            "{$ref: 'a.yaml#Bird'}",
            "specs/pets.yaml:6:34: unsupported: `a.yaml#Bird`, a reference to an `$anchor`, is not supported\n",
        ),
        (
            "{$ref: bad.yaml}",
            "specs/pets.yaml:6:34: unreadable-file: `bad.yaml` cannot be read: line 2, column 1: not valid YAML: \
             did not find expected node content, while parsing a flow node\n",
        ),
        (
            "{$ref: text.yaml}",
            "specs/pets.yaml:6:34: unreadable-file: `text.yaml` cannot be read: it contains a single value\n",
        ),
        (
            "{$ref: folder}",
            "specs/pets.yaml:6:34: unreadable-file: `folder` cannot be read: it is not a regular file\n",
        ),
        ("{example: {$ref: nowhere.yaml}}", ""),
    ] {
        assert_eq!(faults(schema, &files), expected, "{schema}");
    }
    let remote = faults("{$ref: 'https://x.example/y.yaml#/a'}", &files);
    assert!(
        remote.contains("remote-reference") && remote.contains("cli bundle"),
        "{remote}"
    );
}

#[test]
fn faults_in_other_files_are_shown_there() {
    let files = [("a.yaml", "type: object\nproperties:\n  b: {type: strin}\n")];
    assert_eq!(
        faults("{properties: {a: {$ref: a.yaml}}}", &files),
        "specs/a.yaml:3:13: unknown-type: `strin` is not a type: expected `string`, `number`, `integer`, `boolean`, \
         `array` or `object`\n"
    );
    let files = [("a.yaml", "A: {type: string}\nA: {type: string}\n")];
    assert_eq!(
        faults("{$ref: 'a.yaml#/A'}", &files),
        "specs/a.yaml:2:1: duplicate-key: duplicate key `A` (remove one of the two)\n"
    );
}

#[test]
fn files_may_refer_to_each_other() {
    let files = [("a.yaml", "$ref: b.yaml\n"), ("b.yaml", "$ref: a.yaml\n")];
    let found = faults("{properties: {a: {$ref: a.yaml}}}", &files);
    assert!(found.contains("cyclic-reference"), "{found}");
    // A cycle through a property is allowed.
    let files = [
        ("a.yaml", "properties: {b: {$ref: b.yaml}}\n"),
        ("b.yaml", "properties: {a: {$ref: a.yaml}}\n"),
    ];
    assert_eq!(faults("{properties: {a: {$ref: a.yaml}}}", &files), "");
    let files = [("a.yaml", "get: {responses: {'204': {$ref: a.yaml}}}\n")];
    let text = DOCUMENT.replace("./paths/pets.yaml", "a.yaml");
    assert!(generated(&[source("pets.yaml", &text)], &files).is_err());
}

#[test]
fn sections_may_be_files() {
    let text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://x.example'}]\n\
        paths: {$ref: 'paths/all.yaml'}\ncomponents:\n  schemas:\n    $ref: schemas/all.yaml\n    Own: {type: string}\n";
    let files = [
        (
            "paths/all.yaml",
            "/pets: {get: {operationId: getPet, responses: {'200': {$ref: '../responses.yaml#/pet'}}}}\n",
        ),
        (
            "responses.yaml",
            "pet: {description: A pet., content: {application/json: {schema: {$ref: 'pets.yaml#/components/schemas/Pet'}}}}\n",
        ),
        (
            "schemas/all.yaml",
            "Pet: {$ref: pet.yaml}\nOwn: {type: integer}\n",
        ),
        (
            "schemas/pet.yaml",
            "properties: {own: {$ref: '../pets.yaml#/components/schemas/Own'}}\n",
        ),
    ];
    let code = generated(&[source("specs/pets.yaml", text)], &files).unwrap();
    assert!(code.contains("pub struct Pet"), "{code}");
    // The document's own definition takes precedence.
    assert!(code.contains("pub own: Option<String>"), "{code}");
    let told = generated(&[source("specs/pets.yaml", text)], &files[1..]).unwrap_err();
    assert_eq!(
        told,
        "specs/pets.yaml:4:15: unknown-file: the document's folder has no file `paths/all.yaml`\n"
    );
}

#[test]
fn discriminators_may_name_files() {
    let files = [
        (
            "pet.yaml",
            "oneOf: [{$ref: cat.yaml}, {$ref: dog.yaml}]\n\
             discriminator: {propertyName: kind, mapping: {meow: cat.yaml, bark: './dog.yaml', other: Own.json}}\n",
        ),
        (
            "cat.yaml",
            "type: object\nproperties: {kind: {type: string}}\n",
        ),
        (
            "dog.yaml",
            "type: object\nproperties: {kind: {type: string}}\n",
        ),
    ];
    let text = DOCUMENT
        .replace("./schemas/pet.yaml", "pet.yaml")
        .replace("  /pets: {$ref: './paths/pets.yaml'}\n", "")
        .replace(
            "        default: {$ref: 'common.json#/responses/problem'}\n",
            "",
        )
        .replace(
            "    Owner:",
            "    Own.json: {type: object, properties: {kind: {type: string}}}\n    Owner:",
        );
    let files: Vec<_> = files.into_iter().chain([OTHERS[2]]).collect();
    let code = generated(&[source("specs/pets.yaml", &text)], &files).unwrap();
    for tag in ["\"meow\"", "\"bark\""] {
        assert!(code.contains(tag), "{tag}: {code}");
    }
}

#[test]
fn documents_that_only_serve_others_get_no_client() {
    let text = DOCUMENT.replace(
        "common.json#/responses",
        "common.yaml#/components/responses",
    );
    let common = "openapi: 3.0.3\ninfo: {title: Common, version: '1'}\npaths: {}\n\
        components: {responses: {problem: {description: A problem.}}}\n";
    let files: Vec<_> = OTHERS
        .into_iter()
        .chain([("common.yaml", common)])
        .collect();
    let sources = [
        source("specs/common.yaml", common),
        source("specs/pets.yaml", &text),
    ];
    let (others, _) = gathered(&sources, &files);
    let models = crate::models(Sources {
        others: &others,
        ..Sources::from(&sources)
    });
    let products: Vec<String> = models.unwrap().into_iter().map(|it| it.product).collect();
    assert_eq!(products, ["pets"]);
}

#[test]
fn overlays_change_the_document_and_may_refer_to_files() {
    let overlay = "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n\
        - target: $.components.schemas\n  update: {Extra: {$ref: 'extra.yaml'}, Owner: {properties: {extra: {$ref: '#/components/schemas/Extra'}}}}\n";
    let sources = [
        source("specs/pets.yaml", DOCUMENT),
        source("specs/pets.overlay.yaml", overlay),
    ];
    let files: Vec<_> = OTHERS
        .into_iter()
        .chain([(
            "extra.yaml",
            "type: object\nproperties: {since: {type: string, format: date}}\n",
        )])
        .collect();
    let code = generated(&sources, &files).unwrap();
    assert!(code.contains("pub extra: Option<Extra>"), "{code}");
    let told = generated(&sources, &files[..3]).unwrap_err();
    assert!(
        told.starts_with("specs/pets.overlay.yaml:5:26: unknown-file: "),
        "{told}"
    );
}

#[test]
fn equal_names_of_the_same_kind_are_numbered() {
    let files = [
        (
            "a/error.yaml",
            "type: object\nproperties: {a: {type: string}}\n",
        ),
        (
            "b/error.yaml",
            "type: object\nproperties: {b: {type: string}}\n",
        ),
    ];
    let text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://x.example'}]\n\
        paths:\n  /pets:\n    get:\n      operationId: getPet\n      responses:\n        '200':\n          description: A pet.\n\
        \x20         content: {application/json: {schema: {properties: {x: {$ref: a/error.yaml}, y: {$ref: b/error.yaml}, z: {$ref: ./a/../a/error.yaml}}}}}\n";
    let code = generated(&[source("pets.yaml", text)], &files).unwrap();
    assert!(code.contains("pub x: Option<Error>"), "{code}");
    assert!(code.contains("pub y: Option<Error2>"), "{code}");
    assert!(code.contains("pub z: Option<Error>"), "{code}");
}
