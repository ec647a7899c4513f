//! Has a crate decode the examples of its document.

use std::process::Command;

use serde::Deserialize;

use super::document::ExampleResults;
use super::scratch::Scratch;

/// A line of the program's output.
#[derive(Deserialize)]
struct DecodedExample {
    operation: String,
    name: String,
    fault: Option<String>,
}

/// Runs the example program of the crate with this name, which must be built. A document without examples has none.
///
/// # Errors
///
/// Fails if the program cannot be run or exits with an error.
pub(super) fn read(scratch: &Scratch, name: &str) -> Result<ExampleResults, String> {
    let mut examples = ExampleResults::default();
    let source = scratch.folder.join(name).join("examples");
    if !source.exists() {
        return Ok(examples);
    }
    let folder = scratch.folder.join("target/debug/examples");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let failed = |why: String| format!("{}: {why}", program.display());
    let output = Command::new(&program).output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    for line in output
        .stdout
        .split(|it| *it == b'\n')
        .filter(|it| !it.is_empty())
    {
        let line: DecodedExample =
            serde_json::from_slice(line).map_err(|it| failed(it.to_string()))?;
        match line.fault {
            None => examples.decoded += 1,
            Some(fault) => {
                let key = format!("{} {}", line.operation, line.name);
                examples.unfit.insert(key.trim_end().to_owned(), fault);
            }
        }
    }
    Ok(examples)
}
