//! Parameters of every type in every style round-trip.
//!
//! A pseudo-random document is generated, and a program with its crate calls each operation with random values. A
//! decoder that follows only OpenAPI reads the requests back.

#[path = "../support/crates.rs"]
mod crates;
mod decode;
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;
use twilio_codegen::plan::{
    ArgumentType, ArgumentUse, Handle, Leaf, Link, Opening, RustType, Version,
};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime};

use self::decode::Received;
use self::random::{Document, Operation, Parameter, Type};

/// Another seed makes another document.
const SEED: u64 = 0x5eed_0f57_71e5;

/// The number of operations in the document.
const OPERATIONS: usize = 60;

const PROGRAM_START: &str = "
use std::collections::BTreeMap;
use demo::demo::v1::*;
use demo::{Body, Client, Error, Transport, TransportFuture, http};

/// Prints each request as a line of JSON.
struct Printer;

impl Transport for Printer {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, it)| (name.to_string(), it.to_str().unwrap_or_default().to_owned()));
        let headers: BTreeMap<String, String> = headers.collect();
        let body = request.body().bytes().expect(\"no stream\");
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        println!(\"{}\", serde_json::json!({
            \"path\": path, \"query\": query, \"headers\": headers, \"body\": String::from_utf8_lossy(body),
        }));
        let mut answer = http::Response::new(\"\".into());
        *answer.status_mut() = http::StatusCode::NO_CONTENT;
        Box::pin(async { Ok(answer) })
    }
}

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), Error> {
    let client = Client::builder().transport(Printer).build()?;
    let client = client.CLIENT();
";

/// Every location occurs with every style that it allows.
#[test]
fn every_style_is_in_the_document() {
    let document = Document::new(SEED, OPERATIONS);
    let all = document.operations.iter().flat_map(|it| &it.parameters);
    let styles = all.map(|it| format!("{:?} {:?}", it.place, it.style));
    let styles: BTreeSet<String> = styles.collect();
    assert_eq!(styles.len(), 6 + 8 + 8 + 2 + 2, "{styles:#?}");
}

#[test]
fn parameters_round_trip() {
    let document = Document::new(SEED, OPERATIONS);
    let sent = sent(&document);
    assert_eq!(sent.len(), OPERATIONS);
    let mut faults = String::new();
    for (number, (operation, received)) in document.operations.iter().zip(&sent).enumerate() {
        for parameter in &operation.parameters {
            let read = decode::value(received, parameter);
            if read.as_ref() != Ok(&parameter.value) {
                let Parameter {
                    name,
                    place,
                    style,
                    value,
                    ..
                } = parameter;
                let _ = writeln!(
                    faults,
                    "operation {number}: {name} in the {place:?}, {style:?}: {value} was decoded as {read:?}\n  {} ? {} | {} | {}",
                    received.path, received.query, received.cookie, received.body
                );
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Returns the requests of the program.
fn sent(document: &Document) -> Vec<Received> {
    let sources = [SourceFile {
        path: "demo.json".to_owned(),
        text: document.text(),
    }];
    let files = twilio_codegen::generate(&sources, &package())
        .unwrap_or_else(|report| panic!("{report}\n{}", document.text()));
    let folder = crates::write_crate("styles", &files, crates::MANIFEST_END);
    let program = program(document, &sources);
    crates::write(&folder.join(crates::PROGRAM), &program);
    let text = crates::run(&folder, "demo");
    text.lines().map(received).collect()
}

fn received(line: &str) -> Received {
    let request: Value = serde_json::from_str(line).expect("JSON");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    Received {
        path: text(&request["path"]),
        query: text(&request["query"]),
        cookie: text(&request["headers"]["cookie"]),
        headers: request["headers"].as_object().expect("an object").clone(),
        body: text(&request["body"]),
    }
}

/// Returns the program: a call of each operation, in order.
fn program(document: &Document, sources: &[SourceFile]) -> String {
    let models = twilio_codegen::models(sources).expect("models");
    let plan = twilio_codegen::plan::plan(&models, None);
    let (_, version) = plan.client.versions().next().expect("a version");
    let mut text = PROGRAM_START.replace("CLIENT", version.accessor.as_str());
    for (number, operation) in document.operations.iter().enumerate() {
        let call = call(version, number, operation);
        let _ = writeln!(text, "    client{call}.await?;");
    }
    text.push_str("    Ok(())\n}\n");
    text
}

/// Returns the methods from the root to the request, each with its arguments.
fn call(version: &Version, number: usize, operation: &Operation) -> String {
    let handles = version.files.iter().flat_map(|it| &it.handles);
    let handles: BTreeMap<String, &Handle> = handles.map(|it| (it.name.to_string(), it)).collect();
    let (links, opening) = way(&handles, version.root.as_str(), number).expect("a way");
    let mut in_path = operation
        .parameters
        .iter()
        .filter(|it| it.place == random::ParameterLocation::Path);
    let mut text = String::new();
    for link in links {
        let arguments = link.arguments.iter().map(|it| {
            let parameter = in_path.next().expect("a parameter");
            expression(&it.argument.ty, &parameter.ty, &parameter.value)
        });
        let arguments: Vec<String> = arguments.collect();
        let _ = write!(text, ".{}({})", link.name, arguments.join(", "));
    }
    let given = |destination: &ArgumentUse, ty: &ArgumentType| {
        let ArgumentUse::Parameter(placement) = destination else {
            panic!("a body")
        };
        let mut all = operation.parameters.iter();
        let parameter = all
            .find(|it| it.name == placement.wire_name)
            .expect("a parameter");
        expression(ty, &parameter.ty, &parameter.value)
    };
    let arguments = opening.arguments.iter();
    let arguments: Vec<String> = arguments
        .map(|(it, destination)| given(destination, &it.ty))
        .collect();
    let _ = write!(text, ".{}({})", opening.name, arguments.join(", "));
    let requests = version.files.iter().flat_map(|it| &it.requests);
    let request = requests
        .into_iter()
        .find(|it| it.origin == opening.origin)
        .expect("a request");
    for setter in &request.setters {
        let value = given(&setter.destination, &setter.argument.ty);
        let _ = write!(text, ".{}({value})", setter.argument.name);
    }
    text
}

/// Returns the path from a handle to the method for an operation.
fn way<'p>(
    handles: &BTreeMap<String, &'p Handle>,
    from: &str,
    operation: usize,
) -> Option<(Vec<&'p Link>, &'p Opening)> {
    let handle = handles[from];
    if let Some(opening) = handle.openings.iter().find(|it| it.origin.0 == operation) {
        return Some((Vec::new(), opening));
    }
    handle.links.iter().find_map(|link| {
        let (mut links, opening) = way(handles, link.target.name.as_str(), operation)?;
        links.insert(0, link);
        Some((links, opening))
    })
}

/// Returns an argument as Rust code.
fn expression(argument: &ArgumentType, ty: &Type, value: &Value) -> String {
    let string = RustType::Leaf(Leaf::STRING);
    let is_text = match argument {
        ArgumentType::Into(ty) | ArgumentType::OneOrMany(ty) | ArgumentType::Each(ty) => {
            *ty == string
        }
        ArgumentType::Exactly(_) | ArgumentType::Wrapped(..) => false,
    };
    match (ty, value) {
        // Paths only contain text.
        (Type::Integer | Type::Boolean, value) if is_text => format!("\"{value}\""),
        (Type::List(item), Value::Array(values)) if is_text => {
            let argument = ArgumentType::Into(string);
            let values = values.iter().map(|it| expression(&argument, item, it));
            format!("[{}]", values.collect::<Vec<_>>().join(", "))
        }
        (ty, value) => literal(ty, value),
    }
}

fn literal(ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::Text, Value::String(text)) => format!("{text:?}.to_owned()"),
        (Type::Integer, value) => format!("{value}_i64"),
        (Type::Boolean, value) => value.to_string(),
        (Type::List(item), Value::Array(values)) => {
            let values = values.iter().map(|it| literal(item, it));
            format!("vec![{}]", values.collect::<Vec<_>>().join(", "))
        }
        (Type::Map, Value::Object(members)) => {
            let members = members.iter();
            let members = members
                .map(|(key, it)| format!("({key:?}.to_owned(), {})", literal(&Type::Text, it)));
            format!(
                "BTreeMap::from([{}])",
                members.collect::<Vec<_>>().join(", ")
            )
        }
        (Type::Object(number, fields), Value::Object(members)) => {
            let fields = fields.iter().map(|(name, ty, required)| {
                let value = members.get(name).map(|it| literal(ty, it));
                match (value, required) {
                    (Some(value), true) => format!("{name}: {value}"),
                    (Some(value), false) => format!("{name}: Some({value})"),
                    (None, _) => format!("{name}: None"),
                }
            });
            format!("O{number} {{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        (_, value) => panic!("{value} is of another type"),
    }
}

fn package() -> Package {
    Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("demo")
    }
}
