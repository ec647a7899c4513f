//! Pairs of specs: the fixtures of the rules, and real versions if there are any.

use std::fs;
use std::path::{Path, PathBuf};

use twilio_codegen::Sources;
use twilio_codegen::api::Api;
use twilio_codegen::diff::{self, Comparison};
use twilio_codegen::report::ChangeReport;
use twilio_codegen::source::SourceFile;

/// Two versions of a set of specs.
#[derive(Clone)]
pub struct Pair {
    pub name: String,
    pub old: Vec<SourceFile>,
    pub new: Vec<SourceFile>,
}

impl Pair {
    pub fn models(&self) -> [Vec<Api>; 2] {
        [&self.old, &self.new].map(|sources| {
            twilio_codegen::models(sources_of(sources))
                .unwrap_or_else(|report| panic!("{}:\n{report}", self.name))
        })
    }

    pub fn comparison(&self) -> Comparison {
        let [old, new] = self.models();
        diff::diff(&old, &new)
    }

    pub fn report(&self) -> ChangeReport {
        let [old, new] = self.models();
        diff::report(&diff::diff(&old, &new), &old, &new)
    }
}

/// Returns the sources that a comparison reads: everything that a crate can contain.
pub fn sources_of(files: &[SourceFile]) -> Sources<'_> {
    Sources {
        skips_unsupported: true,
        ..files.into()
    }
}

/// Returns the pairs in the folder `tests/fixtures/diff`, one for each rule, by the rule's id.
///
/// `old.yaml` and `new.yaml` are version 1 of `demo`; `new-other_v2.yaml` is version 2 of `other`, and `new--shop.yaml`
/// a plain document without a vendor.
pub fn fixtures() -> Vec<Pair> {
    of_folders("fixtures/diff")
}

/// Returns the pairs in the folder `tests/fixtures/diff-same`, which are the same to callers.
pub fn same() -> Vec<Pair> {
    of_folders("fixtures/diff-same")
}

fn of_folders(folder: &str) -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    files(&folder).iter().map(|path| of_folder(path)).collect()
}

/// Returns the valid specs in the folder `tests/fixtures/rules`, by name.
pub fn rules() -> Vec<(String, Vec<SourceFile>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let paths = files(&folder).into_iter().filter(|it| it.is_dir());
    let specs = paths.flat_map(|it| files(&it)).map(|path| {
        let source = SourceFile {
            path: "twilio_demo_v1.yaml".to_owned(),
            text: read(&path),
        };
        (name(&path), vec![source])
    });
    let is_spec =
        |(_, sources): &(String, Vec<SourceFile>)| twilio_codegen::models(sources).is_ok();
    specs.filter(is_spec).collect()
}

/// Returns one pair in the folder `tests/fixtures`.
pub fn fixture(name: &str) -> Pair {
    of_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(name),
    )
}

/// Reads a file in the folder `tests/fixtures`.
pub fn read_fixture(path: &str) -> String {
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(path),
    )
}

fn of_folder(folder: &Path) -> Pair {
    let side = |side: &str| {
        let of_side = files(folder).into_iter().filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            // `.overlay.yaml` is an extension, too.
            let (stem, extension) = name.strip_prefix(side)?.split_once('.')?;
            let product = match stem.strip_prefix("--") {
                Some(plain) => plain.to_owned(),
                None => format!("twilio_{}", stem.strip_prefix('-').unwrap_or("demo_v1")),
            };
            Some(SourceFile {
                path: format!("{side}/{product}.{extension}"),
                text: read(&path),
            })
        });
        of_side.collect()
    };
    Pair {
        name: name(folder),
        old: side("old"),
        new: side("new"),
    }
}

/// Returns each real version with the next, by product; none if `SPEC_CORPUS` does not name a folder of real specs.
#[expect(clippy::print_stdout, reason = "reports that a test was skipped")]
pub fn history() -> Vec<Pair> {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("skipped: SPEC_CORPUS does not name a folder of real specs");
        return Vec::new();
    };
    let mut folders = files(&corpus.join("upstream/history"));
    folders.push(corpus.join("upstream/twilio"));
    let mut pairs = Vec::new();
    for file in ["twilio_supersim_v1.yaml", "twilio_wireless_v1.yaml"] {
        for folders in folders.windows(2) {
            let side = |folder: &Path| {
                vec![SourceFile {
                    path: format!("{}/{file}", name(folder)),
                    text: read(&folder.join(file)),
                }]
            };
            pairs.push(Pair {
                name: format!("{file}: {} → {}", name(&folders[0]), name(&folders[1])),
                old: side(&folders[0]),
                new: side(&folders[1]),
            });
        }
    }
    pairs
}

fn name(path: &Path) -> String {
    let name = path.file_name().and_then(|it| it.to_str());
    name.expect("a name in Unicode").to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the entries of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry of the folder").path())
        .collect();
    paths.sort();
    paths
}
