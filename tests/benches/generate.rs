//! Measures generating a crate, stage by stage, and comparing two versions of a spec: a small spec, a large one and a
//! JSON document.
//!
//! ```sh
//! cargo bench -p twilio-tests --bench generate
//! ```
//!
//! The large ones are measured if `SPEC_CORPUS` names the folder that contains them.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, diff, plan};

/// The small spec, relative to this package.
const SMALL: &str = "../specs/twilio_supersim_v1.yaml";

/// The large ones, relative to the folder that `SPEC_CORPUS` names.
const LARGE: [&str; 2] = [
    "corpus/twilio/twilio_api_v2010.yaml",
    "corpus/large/stripe.json",
];

fn paths() -> Vec<PathBuf> {
    let mut paths = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(SMALL)];
    if let Some(corpus) = env::var_os("SPEC_CORPUS").map(PathBuf::from) {
        paths.extend(LARGE.map(|it| corpus.join(it)));
    }
    paths
}

fn source(path: &Path) -> SourceFile {
    let name = path.file_name().expect("a file").to_string_lossy();
    SourceFile {
        path: name.into_owned(),
        text: fs::read_to_string(path).expect("a spec"),
    }
}

fn generate(criterion: &mut Criterion) {
    let package = Package::named("bench");
    for path in paths() {
        let sources = [source(&path)];
        let [SourceFile { path: name, text }] = &sources;
        let apis = twilio_codegen::models(&sources).expect("a valid spec");
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        // Values and their locations, overlays, checks, types, the model.
        group.bench_function("read", |bencher| {
            bencher.iter(|| twilio_codegen::models(black_box(&sources)));
        });
        // Names, files and their contents.
        group.bench_function("plan", |bencher| {
            bencher.iter(|| plan::plan(black_box(&apis), None));
        });
        // The same, plus tokens and text of each file.
        group.bench_function("write", |bencher| {
            bencher.iter(|| twilio_codegen::write(black_box(&apis), &package));
        });
        group.bench_function("diff", |bencher| {
            bencher.iter(|| diff::diff(black_box(&apis), black_box(&apis)));
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = generate
}
criterion_main!(benches);
