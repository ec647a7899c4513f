//! rustc's errors for calls with unsupported arguments.

#[path = "support/crates.rs"]
mod crates;

use serde_json::Value;

/// Compiles a function that makes a call, and returns rustc's error with its notes.
fn error_of(call: &str) -> String {
    let folder = crates::empty_crate("compile-errors");
    let manifest = format!(
        "[package]\nname = \"compile-errors\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ntwilio-iot = {{ path = {:?}, default-features = false, features = [\"supersim\", \"wireless\"] }}\n",
        crates::workspace().join("generated")
    );
    crates::write(&folder.join("Cargo.toml"), &manifest);
    let program = format!(
        "pub fn call(client: twilio_iot::Client, id: Option<String>) {{\n    let _ = client.{call};\n    drop(id);\n}}\n"
    );
    crates::write(&folder.join("src/lib.rs"), &program);
    let output = crates::cargo(&folder, "check")
        .args(["--message-format", "json"])
        .output()
        .expect("cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text
        .lines()
        .map(|line| -> Value { serde_json::from_str(line).expect("a message of cargo") });
    let mut messages = messages.filter(|it| it["message"]["level"] == "error");
    let error = messages.next().map(|it| it["message"]["rendered"].clone());
    let error = error.map_or_else(
        || String::from_utf8_lossy(&output.stderr).into_owned(),
        |it| it.as_str().expect("a text").to_owned(),
    );
    // Some compilers write the whole path.
    error.replace("std::string::String", "String")
}

/// Asserts that the error about a call contains these lines.
fn assert_explained(call: &str, expected: &[&str]) {
    let error = error_of(call);
    for line in expected {
        assert!(error.contains(line), "`{line}` is not in:\n{error}");
    }
}

#[test]
fn invalid_calls_are_explained() {
    // Valid calls are distinguished from invalid ones.
    let ids = [
        "\"HS1\"",
        "id.clone().unwrap()",
        "&id.clone().unwrap()",
        "std::borrow::Cow::Borrowed(\"HS1\")",
    ];
    for id in ids {
        assert_eq!(error_of(&format!("supersim().sim({id})")), "");
    }
    assert_explained(
        "supersim().sim(id.clone())",
        &[
            "`Option<String>` cannot be an id",
            "expected `String`, or a type that implements `Into<String>`",
            "take the id out first: `if let Some(id) = id { … }`",
        ],
    );
    assert_explained("supersim().sim(5)", &["`{integer}` cannot be an id"]);
    let list = "supersim().network_access_profiles().create()";
    assert_eq!(error_of(&format!("{list}.networks(\"HW1\")")), "");
    assert_eq!(error_of(&format!("{list}.networks(id.clone())")), "");
    assert_explained(
        &format!("{list}.networks(5)"),
        &[
            "`{integer}` is neither a `String` nor a list of them",
            "expected `String` or what turns into it, or a list of such values",
        ],
    );
    assert_explained(
        &format!("{list}.networks([id.clone()])"),
        &["`[Option<String>; 1]` is neither a `String` nor a list of them"],
    );
}
