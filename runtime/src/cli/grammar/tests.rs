//! Parsers of commands that the generated crate does not have.

use super::*;
use crate::cli::{Group, Version};
use crate::operation::{Method, Operation};
use crate::product::Product;

const PRODUCT: Product = Product::new("store");

const fn operation(id: &'static str, method: Method, path: &'static str) -> Operation {
    Operation {
        id,
        method,
        server: "https://store.example.com",
        path,
    }
}

static NOTES: Operation = operation("listNotes", Method::Get, "/orders/{id}/notes");
static FETCH: Operation = operation("getOrder", Method::Get, "/orders/{id}");
static CHANGE: Operation = operation("changeOrder", Method::Patch, "/orders/{id}");

const fn id(about: &'static str) -> Argument {
    Argument::path("order-id", "OrderId", Kind::Text, about).required()
}

static VERSION: Version = Version {
    about: "Store",
    groups: &[Group::new("store order", "One order.")],
    commands: &[
        Command::new(
            "store order {order-id} notes list",
            "Lists notes.",
            &NOTES,
            PRODUCT,
            Answer::Json,
            Effect::Read,
        )
        .arguments(&[
            id("Order whose notes to list."),
            Argument::query("author", "Author", Kind::Text, "").required(),
        ]),
        Command::new(
            "store order {order-id} fetch",
            "Gets an order.",
            &FETCH,
            PRODUCT,
            Answer::Json,
            Effect::Read,
        )
        .arguments(&[id("Order to get.")])
        .other_responses(&[
            ("application/pdf", Answer::Bytes),
            ("application/hal+json", Answer::Json),
        ]),
        Command::new(
            "store order {order-id} change",
            "Changes an order.",
            &CHANGE,
            PRODUCT,
            Answer::Json,
            Effect::Change,
        )
        .details("`CallbackUrl` is called with `OrderId` once it is `price`d; see `Author`.")
        .arguments(&[
            id("Order to change."),
            Argument::member("price", "price", Kind::Number, ""),
            Argument::member("callback-url", "CallbackUrl", Kind::Text, "Not `OrderId`."),
            Argument::json_body("body", "body", Kind::Value, "").required(),
        ]),
    ],
};

static LINE: CommandLine = CommandLine {
    name: "shop",
    version: "1.0.0",
    about: "A store",
    versions: &[&VERSION],
};

/// Parses a line, and returns the error if it is not accepted.
fn parsed(words: &str) -> Result<(), String> {
    let context = ParserContext {
        vendor: const { &Vendor::plain("shop") },
        now: DateTime::UNIX_EPOCH,
    };
    let matches = parser(&LINE, &[], context).try_get_matches_from(words.split(' '));
    matches.map(drop).map_err(|error| error.to_string())
}

#[test]
fn one_optional_member_makes_a_required_body() {
    for given in ["--price 1", "--callback-url x", "--body {}"] {
        assert_eq!(
            parsed(&format!("shop store order 7 change {given}")),
            Ok(())
        );
    }
    let error = parsed("shop store order 7 change").unwrap_err();
    assert!(error.contains("--body <JSON|@FILE>"), "{error}");
}

#[test]
fn usage_has_the_arguments_of_all_words() {
    for (words, usage) in [
        ("", " [OPTIONS] <COMMAND>"),
        (" notes", " notes [OPTIONS] <COMMAND>"),
        (" notes list", " notes list [OPTIONS] --author <TEXT>"),
        (" change", " change [OPTIONS]"),
    ] {
        let help = parsed(&format!("shop store order 7{words} --help")).unwrap_err();
        let line = format!("Usage: shop store order <order-id>{usage}\n");
        assert!(help.contains(&line), "{help}");
    }
}

#[test]
fn the_nearest_command_describes_the_argument_of_a_word() {
    let help = parsed("shop store order --help").unwrap_err();
    assert!(help.contains("Order to get."), "{help}");
}

#[test]
fn descriptions_mention_options() {
    let help = parsed("shop store order 7 change --help").unwrap_err();
    let text = "`--callback-url` is called with `<order-id>` once it is `price`d; see `Author`.";
    assert!(help.contains(text), "{help}");
    assert!(help.contains("Not `<order-id>`."), "{help}");
}

#[test]
fn a_response_of_another_media_type_takes_its_option() {
    let fetch = "shop store order 7 fetch --response-as";
    assert_eq!(parsed(&format!("{fetch} application/pdf")), Ok(()));
    let error = parsed(&format!("{fetch} text/csv")).unwrap_err();
    assert!(
        error.contains("application/pdf, application/hal+json"),
        "{error}"
    );
    let error = parsed(&format!("{fetch} application/pdf --wait-until a=b")).unwrap_err();
    assert!(error.contains("cannot be used with"), "{error}");
    let notes = parsed("shop store order 7 notes list --author a --response-as x").unwrap_err();
    assert!(notes.contains("unexpected argument"), "{notes}");
}

#[test]
fn json_of_another_media_type_has_no_columns() {
    let context = ParserContext {
        vendor: const { &Vendor::plain("shop") },
        now: DateTime::UNIX_EPOCH,
    };
    for (given, wanted) in [
        ("application/pdf", Answer::Bytes),
        ("application/hal+json", Answer::Any),
    ] {
        let words = format!("shop store order 7 fetch --response-as {given}");
        let parser = parser(&LINE, &[], context);
        let matches = parser.try_get_matches_from(words.split(' ')).unwrap();
        let chosen = chosen(&LINE, &matches).unwrap();
        let asked = response_as::wanted(chosen.command, chosen.options);
        assert_eq!(asked, Some((given, wanted)));
    }
}
