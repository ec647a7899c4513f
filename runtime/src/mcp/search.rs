//! Three tools in place of many: to search for operations, to describe them, and to call them.

use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde_json::{Value, json};

use super::catalog::{Catalog, Tool};
use super::definition::{description, input_schema, shortened};
use super::tool_result::ToolResult;
use crate::cli::Effect;
use crate::vendor::Vendor;

/// The maximum number of operations that are tools of their own.
pub(super) const MOST_TOOLS: usize = 60;

/// The number of results of a search, by default and at most.
const USUAL_COUNT: usize = 10;
const MOST: usize = 50;

/// The minimum length of a word that may match as a prefix, in bytes: shorter ones match too much.
const SHORTEST: usize = 3;

/// The names of the tools.
pub(super) const SEARCH: &str = "search";
pub(super) const DESCRIBE: &str = "describe";
pub(super) const CALL: &str = "call";

/// Returns the definitions of the three tools.
pub(super) fn definitions(catalog: &Catalog) -> [Definition; 3] {
    let count = catalog.offered().count();
    let of_this_server = ToolAnnotations::new().read_only(true).open_world(false);
    let name =
        json!({"type": "string", "description": "Name of the operation, as returned by `search`"});
    [
        Definition::new(
            SEARCH,
            format!("Searches the {count} operations of the API by words in their names and descriptions."),
            schema(
                json!({
                    "query": {"type": "string", "description": "Words, such as: list messages"},
                    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL_COUNT},
                }),
                &["query"],
            ),
        )
        .with_title("Search operations")
        .with_annotations(of_this_server.clone()),
        Definition::new(
            DESCRIBE,
            "Describes an operation: what it does, and the JSON Schema of its arguments for `call`.",
            schema(json!({"name": name}), &["name"]),
        )
        .with_title("Describe an operation")
        .with_annotations(of_this_server),
        Definition::new(
            CALL,
            "Calls an operation. `describe` returns its arguments, and whether it changes anything.",
            schema(
                json!({
                    "name": name,
                    "arguments": {"type": "object", "description": "Arguments of the operation"},
                }),
                &["name"],
            ),
        )
        .with_title("Call an operation")
        .with_annotations(of_all(catalog)),
    ]
}

fn schema(properties: Value, required: &[&str]) -> JsonObject {
    let members = [
        ("type", "object".into()),
        ("properties", properties),
        ("required", required.into()),
        ("additionalProperties", false.into()),
    ];
    let members = members.into_iter();
    members.map(|(name, it)| (name.to_owned(), it)).collect()
}

/// Returns the effects that a call of any operation may have.
fn of_all(catalog: &Catalog) -> ToolAnnotations {
    let effects = || catalog.offered().map(|it| it.command.effect);
    let annotations = ToolAnnotations::new().open_world(true);
    match effects().all(|it| it == Effect::Read) {
        true => annotations.read_only(true),
        false => annotations
            .read_only(false)
            .destructive(effects().any(|it| matches!(it, Effect::Change | Effect::Delete))),
    }
}

/// Runs a search.
///
/// # Errors
///
/// Returns what is wrong with the arguments.
pub(super) fn search(catalog: &Catalog, given: &JsonObject) -> Result<ToolResult, String> {
    refuse_others(given, &["query", "limit"])?;
    let query = text(given, "query")?;
    let limit = match given.get("limit").filter(|it| !it.is_null()) {
        None => USUAL_COUNT,
        Some(limit) => {
            let limit = limit.as_u64().filter(|it| *it > 0);
            let limit = limit.ok_or("`limit` must be a whole number of at least 1")?;
            usize::try_from(limit).unwrap_or(MOST).min(MOST)
        }
    };
    let words = words(query);
    let mut found: Vec<(usize, &Tool)> = catalog
        .offered()
        .map(|it| (likeness(it, &words), it))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    // Equally good matches stay in the order of the specification.
    found.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let total = found.len();
    let found = found.into_iter().take(limit).map(|(_, it)| it);
    let lines = found
        .clone()
        .map(|it| format!("{}: {}", it.name, it.command.about));
    let heading = match total {
        0 => format!("There is no match. There are: {}.", products(catalog)),
        _ => format!("{total} operations, the best matches first:"),
    };
    let text = [heading].into_iter().chain(lines);
    let text = text.collect::<Vec<String>>().join("\n");
    let operations = found.map(|it| {
        json!({
            "name": it.name,
            "description": shortened(&description(it.command), 200),
            "effect": effect(it.command.effect),
        })
    });
    let operations = Value::Array(operations.collect());
    let members = [("operations", operations), ("total", total.into())];
    Ok(ToolResult::new(members, text))
}

/// Describes an operation.
///
/// # Errors
///
/// Returns what is wrong with the arguments, or that the operation is not offered.
pub(super) fn describe(
    catalog: &Catalog,
    vendor: &Vendor,
    given: &JsonObject,
) -> Result<ToolResult, String> {
    refuse_others(given, &["name"])?;
    let tool = catalog.find(text(given, "name")?)?;
    let command = tool.command;
    let schema = Value::Object(input_schema(command, vendor));
    let text = format!("{}\n{schema}", description(command));
    let members = [
        ("name", tool.name.as_str().into()),
        (
            "title",
            format!("{}: {}", tool.product, command.about).into(),
        ),
        ("description", description(command).into()),
        ("effect", effect(command.effect).into()),
        ("input_schema", schema),
    ];
    Ok(ToolResult::new(members, text))
}

/// Returns the tool to call, and its arguments.
///
/// # Errors
///
/// Returns what is wrong with the arguments, or that the operation is not offered.
pub(super) fn called<'c>(
    catalog: &'c Catalog,
    given: &JsonObject,
) -> Result<(&'c Tool, JsonObject), String> {
    refuse_others(given, &["name", "arguments"])?;
    let tool = catalog.find(text(given, "name")?)?;
    match given.get("arguments") {
        None | Some(Value::Null) => Ok((tool, JsonObject::new())),
        Some(Value::Object(arguments)) => Ok((tool, arguments.clone())),
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Err("`arguments` must be an object with the arguments of the operation".to_owned())
        }
    }
}

fn text<'g>(given: &'g JsonObject, name: &str) -> Result<&'g str, String> {
    let text = given.get(name).and_then(Value::as_str);
    text.ok_or_else(|| format!("`{name}` is required, and must be a string"))
}

fn refuse_others(given: &JsonObject, known: &[&str]) -> Result<(), String> {
    match given.keys().find(|it| !known.contains(&it.as_str())) {
        None => Ok(()),
        Some(name) => Err(format!(
            "there is no parameter `{name}`; the tool takes: {}",
            known.join(", ")
        )),
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "reads",
        Effect::Create => "creates",
        Effect::Change => "changes",
        Effect::Delete => "deletes",
    }
}

/// Lists the products, each with the number of its operations.
fn products(catalog: &Catalog) -> String {
    let mut products: Vec<(&str, usize)> = Vec::new();
    for tool in catalog.offered() {
        match products.iter_mut().find(|(it, _)| *it == tool.product) {
            Some((_, count)) => *count += 1,
            None => products.push((tool.product, 1)),
        }
    }
    let products = products.into_iter();
    let products = products.map(|(name, count)| format!("{name} ({count} operations)"));
    products.collect::<Vec<String>>().join(", ")
}

/// Returns the words of a query in lower case, with plural endings removed.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|it: char| !it.is_alphanumeric());
    let words = words.filter(|it| !it.is_empty());
    words
        .map(|it| {
            let word = it.to_lowercase();
            word.strip_suffix('s').unwrap_or(&word).to_owned()
        })
        .collect()
}

/// Returns how well an operation matches a query: words in its name count most, then those in its product and
/// description.
fn likeness(tool: &Tool, query: &[String]) -> usize {
    let command = tool.command;
    let parts = [
        (6, words(&tool.name.replace('_', " "))),
        (3, words(command.operation.id)),
        (3, words(tool.product)),
        (3, words(command.about)),
        (1, words(command.details.unwrap_or_default())),
    ];
    let weight = |word: &String| {
        let weights = parts.iter().map(|(weight, words)| {
            let is_available = words.contains(word);
            let begins =
                || word.len() >= SHORTEST && words.iter().any(|it| it.starts_with(word.as_str()));
            match is_available {
                true => 2 * weight,
                false if begins() => *weight,
                false => 0,
            }
        });
        weights.sum::<usize>()
    };
    query.iter().map(weight).sum()
}
