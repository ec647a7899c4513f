//! Compiles the crates of a corpus in batches, each as one workspace, with all features and with warnings denied.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde::Deserialize;

use super::document::{CorpusDocument, DocumentResult};
use super::examples;
use super::scratch::Scratch;
use crate::report;

/// How many crates one run of cargo compiles. Build artifacts are removed after each batch.
const BATCH: usize = 24;

/// Compiles the generated crates and records whether each compiles.
///
/// # Errors
///
/// Fails if something cannot be read or written, or with cargo's message if cargo fails for another reason than an
/// error in a crate.
pub(super) fn check(
    scratch: &Scratch,
    documents: &[CorpusDocument],
    results: &mut [DocumentResult],
    jobs: Option<usize>,
) -> Result<(), String> {
    let is_written = |result: &DocumentResult| matches!(result.compiled, Some(Ok(())));
    let written = (0..results.len()).filter(|index| is_written(&results[*index]));
    let (large, written): (Vec<usize>, Vec<usize>) =
        written.partition(|index| results[*index].is_large());
    let (mut done, total) = (0, large.len() + written.len());
    for batch in written.chunks(BATCH).chain(large.chunks(1)) {
        let names = batch.iter().map(|it| documents[*it].crate_name());
        let names: Vec<String> = names.collect();
        let features = match batch {
            [only] if results[*only].is_large() => scratch.tags(&names[0])?,
            _ => vec![None],
        };
        let mut faults = BTreeMap::new();
        for feature in features {
            faults.extend(compiled(scratch, &names, feature.as_deref(), jobs)?);
        }
        for (index, name) in batch.iter().zip(&names) {
            if let Some(fault) = faults.get(name) {
                results[*index].compiled = Some(Err(fault.clone()));
            }
        }
        if scratch.has_examples {
            for (index, name) in batch.iter().zip(&names) {
                if let Some(Ok(())) = results[*index].compiled
                    && !results[*index].is_large()
                {
                    results[*index].examples = Some(examples::read(scratch, name)?);
                }
            }
        }
        clear(scratch, &names)?;
        done += batch.len();
        report::on_standard_output(&format!("compiled {done} of {total}\n"))?;
    }
    Ok(())
}

/// Compiles some crates, with all their features or with one, and returns the first error of each that has one.
fn compiled(
    scratch: &Scratch,
    names: &[String],
    feature: Option<&str>,
    jobs: Option<usize>,
) -> Result<BTreeMap<String, String>, String> {
    let members: Vec<String> = names.iter().map(|it| format!("{it:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    let path = scratch.folder.join("Cargo.toml");
    fs::write(&path, manifest).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // The examples need the whole crate, so a crate that is compiled tag by tag does not read them.
    let command = match scratch.has_examples && feature.is_none() {
        true => ["build", "--lib", "--examples"].as_slice(),
        false => ["check"].as_slice(),
    };
    cargo
        .args(command)
        .args(["--workspace", "--keep-going"])
        .args(match feature {
            None => vec!["--all-features"],
            Some(feature) => vec!["--no-default-features", "--features", feature],
        })
        .args(["--quiet", "--message-format=json"])
        .args(jobs.map(|it| format!("--jobs={it}")))
        .current_dir(&scratch.folder)
        .env("CARGO_TARGET_DIR", scratch.folder.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0");
    let output = cargo.output().map_err(|error| format!("cargo: {error}"))?;
    let faults = faults(&output.stdout);
    if output.status.success() || !faults.is_empty() {
        return Ok(faults);
    }
    Err(format!(
        "cargo: {}",
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// A line of cargo's output (The Cargo Book, "External tools").
#[derive(Deserialize)]
struct CargoMessage {
    reason: String,
    #[serde(default)]
    manifest_path: String,
    message: Option<CompilerMessage>,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    rendered: Option<String>,
}

/// The first error of each crate, by crate name.
fn faults(stdout: &[u8]) -> BTreeMap<String, String> {
    let mut faults = BTreeMap::new();
    for line in stdout.split(|it| *it == b'\n') {
        let Ok(line) = serde_json::from_slice::<CargoMessage>(line) else {
            continue; // A blank line, or a message that is not the compiler's.
        };
        let Some(message) = line.message.filter(|_| line.reason == "compiler-message") else {
            continue;
        };
        let folder = std::path::Path::new(&line.manifest_path).parent();
        let name = folder.and_then(|it| it.file_name()).unwrap_or_default();
        if message.level.starts_with("error") {
            let text = message.rendered.unwrap_or_default();
            faults.entry(name.display().to_string()).or_insert(text);
        }
    }
    faults
}

/// Removes crates and their build artifacts.
fn clear(scratch: &Scratch, names: &[String]) -> Result<(), String> {
    let remove = |path: &std::path::Path| {
        fs::remove_dir_all(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    for name in names {
        remove(&scratch.folder.join(name))?;
    }
    let debug = scratch.folder.join("target/debug");
    for (folder, prefix) in [
        ("", "libcorpus_"),
        ("deps", "libcorpus_"),
        (".fingerprint", "corpus-"),
        ("examples", "corpus"),
    ] {
        let folder = debug.join(folder);
        if !folder.exists() {
            continue;
        }
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.file_name().unwrap_or_default().display().to_string();
            if !name.starts_with(prefix) {
                continue;
            }
            if path.is_dir() {
                remove(&path)?;
            } else {
                fs::remove_file(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
    }
    Ok(())
}
