//! Reads `crate.toml`, beside the specs: the crate's name and metadata.

mod pages;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use twilio_codegen::api::Api;
use twilio_codegen::naming::is_keyword;
use twilio_codegen::plan::{ColumnFault, Columns};
use twilio_codegen::release;
use twilio_codegen::source::SourceFile;
use twilio_codegen::spelling::similar;
use twilio_codegen::{GeneratedFile, OtherFiles, PageRule, Pages, Sources, Vendor};

use self::pages::PagesTable;
use crate::input_file::{self, MaxSize};

/// The name of the file, which is optional.
pub(crate) const FILE: &str = "crate.toml";

/// The files beside specs that only the folder of a crate has.
pub(crate) const OF_CRATE: [&str; 2] = [FILE, release::RECORD];

/// The prefixes allowed for licence files, so that none replaces another file of the crate.
const LICENSE_NAMES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// Names that a crate cannot have because its dependencies or Rust itself use them.
const TAKEN: [&str; 8] = [
    "alloc",
    "core",
    "proc_macro",
    "runtime",
    "self",
    "serde",
    "std",
    "test",
];

/// The contents of `crate.toml`. Every key is optional.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    /// The path of the file in messages; empty without one.
    #[serde(skip)]
    shown: String,
    /// The crate's name; by default, that of its only product, or of its folder.
    name: Option<String>,
    /// A short description; by default, the titles of its specs.
    description: Option<String>,
    /// Its licence, as an SPDX expression.
    pub(crate) license: Option<String>,
    /// The URL of its source.
    pub(crate) repository: Option<String>,
    /// The URL of its docs.
    pub(crate) documentation: Option<String>,
    /// The path of its README, relative to the crate.
    pub(crate) readme: Option<String>,
    /// Its keywords.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    /// Its categories on the registry.
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    /// The paths of its licence files, relative to the folder of specs. They are copied into the crate.
    #[serde(default)]
    license_files: Vec<String>,
    /// The names and contents of these files.
    #[serde(skip)]
    pub(crate) licenses: Vec<GeneratedFile>,
    /// Where the runtime comes from: a folder relative to the crate, a version, or the URL of a repository. By default,
    /// this workspace.
    pub(crate) runtime: Option<String>,
    /// The features that are on by default in addition to `rustls`; by default, those of all products.
    pub(crate) default_features: Option<Vec<String>>,
    /// The default columns of the command line's tables, by type path; by default, chosen by the generator.
    #[serde(default)]
    pub(crate) columns: Columns,
    /// The vendor whose conventions the specs follow: `twilio` or `plain`. By default, detected for each spec.
    vendor: Option<String>,
    /// How lists are divided into pages, where no vendor's conventions say it.
    #[serde(default, deserialize_with = "rules")]
    pub(crate) pages: Vec<PageRule>,
    /// The operations to take, by id, tag or path prefix; by default, all.
    #[serde(default)]
    pub(crate) only: Vec<String>,
    /// Whether to leave out operations that cannot be called correctly.
    #[serde(default)]
    pub(crate) skip_unsupported: bool,
    /// The product, and so the module and feature, of each spec by file name; by default, derived from that name.
    #[serde(default)]
    products: BTreeMap<String, String>,
}

impl Settings {
    /// Reads the file in `folder`, which messages call `shown`. A missing file means no settings.
    ///
    /// # Errors
    ///
    /// Fails if the file is not valid, and says where.
    pub(crate) fn read(folder: &Path, shown: &Path, limit: MaxSize) -> Result<Self, String> {
        let shown = shown.join(FILE).display().to_string();
        let Some(bytes) = bytes(folder, &shown, limit)? else {
            return Ok(Self::default());
        };
        let mut settings = Self::parse(&shown, bytes)?;
        let licenses = settings.license_files.iter();
        let licenses = licenses.map(|path| license(folder, path, limit));
        settings.licenses = licenses
            .collect::<Result<_, _>>()
            .map_err(|fault| format!("{shown}: `license-files`: {fault}"))?;
        settings.shown = shown;
        Ok(settings)
    }

    /// Reads the contents of the file, without the files that it names.
    fn parse(shown: &str, bytes: Vec<u8>) -> Result<Self, String> {
        let text = String::from_utf8(bytes).map_err(|_| format!("{shown}: is not UTF-8"))?;
        let settings: Self = toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
        match settings.fault() {
            Some(fault) => Err(format!("{shown}: {fault}")),
            None => Ok(settings),
        }
    }

    /// Reads how lists are divided into pages, and nothing else, from the file in `folder`, which messages call `shown`.
    ///
    /// # Errors
    ///
    /// Fails if the file is not valid, and says where.
    pub(crate) fn pages_in(
        folder: &Path,
        shown: &Path,
        limit: MaxSize,
    ) -> Result<Vec<PageRule>, String> {
        let shown = shown.join(FILE).display().to_string();
        match bytes(folder, &shown, limit)? {
            Some(bytes) => Self::pages_of(&shown, bytes),
            None => Ok(Vec::new()),
        }
    }

    /// Reads how lists are divided into pages from the contents of the file.
    ///
    /// # Errors
    ///
    /// Fails if the file is not valid, and says where.
    pub(crate) fn pages_of(shown: &str, bytes: Vec<u8>) -> Result<Vec<PageRule>, String> {
        Self::parse(shown, bytes).map(|it| it.pages)
    }

    fn fault(&self) -> Option<String> {
        let name = self.name.as_deref().filter(|it| !is_crate_name(it));
        let name = name.map(|it| match is_taken(it) {
            true => format!(
                "`name`: Rust or a dependency of the crate has the name `{it}`: use another"
            ),
            false => format!(
                "`name`: `{it}` is not a valid crate name: use letters, digits, `-` and `_`, a letter first"
            ),
        });
        let vendor = self.vendor.as_deref();
        let vendor = vendor.filter(|it| Vendor::named(it).is_none());
        name.or_else(|| {
            Some(format!(
                "`vendor`: `{}` is neither `twilio` nor `plain`",
                vendor?
            ))
        })
    }

    /// The vendor of the specs, if set.
    fn vendor(&self) -> Option<Vendor> {
        self.vendor.as_deref().and_then(Vendor::named)
    }

    /// The specs, and the selection of them that goes into the crate.
    pub(crate) fn sources<'a>(
        &'a self,
        files: &'a [SourceFile],
        others: &'a OtherFiles,
    ) -> Sources<'a> {
        Sources {
            files,
            others,
            vendor: self.vendor(),
            pages: Pages {
                rules: &self.pages,
                may_be_unused: false,
            },
            only: &self.only,
            skips_unsupported: self.skip_unsupported,
            products: &self.products,
        }
    }

    /// Checks that `products` names only specs.
    ///
    /// # Errors
    ///
    /// Fails with the file that is not a spec.
    pub(crate) fn expect_files(&self, files: &[SourceFile]) -> Result<(), String> {
        let is_there = |name: &str| files.iter().any(|it| Path::new(&it.path).ends_with(name));
        match self.products.keys().find(|it| !is_there(it)) {
            Some(name) => Err(format!(
                "{}: `products`: there is no spec `{name}`",
                self.shown
            )),
            None => Ok(()),
        }
    }

    /// Checks that the generator found what `columns` names. A selection of operations may leave out a type.
    ///
    /// # Errors
    ///
    /// Names each type that no command shows and each field that a type does not have.
    pub(crate) fn expect_columns(&self, faults: &[ColumnFault]) -> Result<(), String> {
        let is_left_out = |it: &ColumnFault| {
            matches!(it, ColumnFault::UnknownType { .. }) && !self.only.is_empty()
        };
        let faults = faults.iter().filter(|it| !is_left_out(it));
        let lines: Vec<String> = faults
            .map(|it| format!("{}: `columns`: {}", self.shown, column_fault(it)))
            .collect();
        if lines.is_empty() {
            Ok(())
        } else {
            Err(lines.join("\n"))
        }
    }

    /// Checks that the manifest in `files` has each feature that `default-features` names. Features of dependencies,
    /// `runtime/gzip`, are left to cargo.
    ///
    /// # Errors
    ///
    /// Names a feature that the crate does not have.
    pub(crate) fn expect_default_features(&self, files: &[GeneratedFile]) -> Result<(), String> {
        let chosen = self.default_features.iter().flatten();
        let manifest = files.iter().find(|it| it.path == "Cargo.toml");
        let manifest = manifest.map_or("", |it| &it.text);
        let Manifest { features } = toml::from_str(manifest)
            .unwrap_or_else(|error| panic!("the generator writes a valid manifest: {error}"));
        let is_unknown = |it: &&String| !it.contains(['/', ':']) && !features.contains_key(*it);
        match chosen.into_iter().find(is_unknown) {
            None => Ok(()),
            Some(name) => {
                let help = suggestion(name, features.keys().map(String::as_str));
                Err(format!(
                    "{}: `default-features`: the crate has no feature `{name}`{help}",
                    self.shown
                ))
            }
        }
    }

    /// The crate's name; `out` is its folder.
    pub(crate) fn name(&self, apis: &[Api], out: &Path) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let folder = out.file_name().and_then(|it| it.to_str());
        let product = apis.first().map(|it| it.product.as_str());
        let is_only = apis.iter().all(|it| Some(it.product.as_str()) == product);
        let name = kebab(product.filter(|_| is_only).or(folder).unwrap_or_default());
        if is_crate_name(&name) {
            name
        } else {
            format!("client-{name}").trim_end_matches('-').to_owned()
        }
    }

    /// The crate's description.
    pub(crate) fn description(&self, apis: &[Api]) -> String {
        if let Some(description) = &self.description {
            return description.clone();
        }
        let mut titles: Vec<&str> = Vec::new();
        for api in apis {
            if !titles.contains(&api.title.trim()) {
                titles.push(api.title.trim());
            }
        }
        format!("Client of {}", titles.join(", "))
    }
}

/// Reads the file in `folder`, if there is one.
fn bytes(folder: &Path, shown: &str, limit: MaxSize) -> Result<Option<Vec<u8>>, String> {
    match input_file::read(&folder.join(FILE), limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{shown}: cannot be read: {error}")),
    }
}

/// Reads the rules for pages. An error is reported where the first begins.
fn rules<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PageRule>, D::Error> {
    let tables = Vec::<PagesTable>::deserialize(deserializer)?;
    let rules = tables.into_iter().enumerate().map(|(index, table)| {
        let number = index + 1;
        let fault = |why: String| D::Error::custom(format!("`[[pages]]` {number} must {why}"));
        table.rule().map_err(fault)
    });
    rules.collect()
}

/// The part of the generated manifest that settings refer to.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
}

/// Describes a fault of the chosen columns, with a suggestion.
fn column_fault(fault: &ColumnFault) -> String {
    let (word, known): (&str, &[String]) = match fault {
        ColumnFault::UnknownType { path, known } => (path, known),
        ColumnFault::UnknownField { field, known, .. } => (field, known),
        ColumnFault::Empty(path) => (path, &[]),
    };
    let help = suggestion(word, known.iter().map(String::as_str));
    format!("{fault}{help}")
}

/// Returns the end of a message that suggests a similar name, if there is one.
fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let guess = similar(name, known);
    guess.map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

/// Reads a licence file, which keeps its name.
fn license(folder: &Path, path: &str, limit: MaxSize) -> Result<GeneratedFile, String> {
    let name = Path::new(path).file_name().and_then(|it| it.to_str());
    let named_so = |it: &&str| {
        let stem = it.to_ascii_uppercase();
        LICENSE_NAMES.iter().any(|name| stem.starts_with(name))
    };
    let name = name.filter(named_so).ok_or_else(|| {
        format!(
            "`{path}` is not named like a licence: {}",
            LICENSE_NAMES.join("…, ") + "…"
        )
    })?;
    let bytes = input_file::read(&folder.join(path), limit);
    let bytes = bytes.map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8"))?;
    Ok(GeneratedFile {
        path: name.to_owned(),
        text,
    })
}

/// Whether cargo accepts a name ("The `name` field") and it does not clash with a dependency.
fn is_crate_name(name: &str) -> bool {
    let is_known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name.chars().all(is_known)
        && !is_taken(name)
}

fn is_taken(name: &str) -> bool {
    let name = name.replace('-', "_");
    TAKEN.contains(&name.as_str()) || is_keyword(&name)
}

/// Words with hyphens between them.
fn kebab(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-").chars().take(57).collect()
}

#[cfg(test)]
mod tests {
    use twilio_test_support::ScratchFolder;

    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = ScratchFolder::new("settings");
        folder.write(FILE, text);
        Settings::read(folder.path(), Path::new("specs"), MaxSize::default())
    }

    #[test]
    fn every_key_may_be_left_out() {
        let expected = Settings {
            shown: "specs/crate.toml".to_owned(),
            ..Settings::default()
        };
        assert_eq!(read("").unwrap(), expected);
        let folder = ScratchFolder::new("settings");
        let settings = Settings::read(folder.path(), Path::new("x"), MaxSize::default());
        assert_eq!(settings.unwrap(), Settings::default());
    }

    #[test]
    fn faults_are_reported_with_their_location() {
        for (text, fault) in [
            ("nam = 'x'", "unknown field `nam`"),
            ("name = 1", "specs/crate.toml: TOML parse error at line 1"),
            ("name = '../x'", "`../x` is not a valid crate name"),
            (
                "name = 'serde'",
                "Rust or a dependency of the crate has the name `serde`",
            ),
            ("vendor = 'acme'", "`acme` is neither `twilio` nor `plain`"),
            (
                "license-files = ['x/LICENSE']",
                "`x/LICENSE` cannot be read",
            ),
            (
                "license-files = ['Cargo.toml']",
                "is not named like a licence",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(fault), "{error}");
        }
    }

    #[test]
    fn names_come_from_the_folder_without_a_product() {
        let name = |out: &str| Settings::default().name(&[], Path::new(out));
        assert_eq!(name("out/My Client"), "my-client");
        assert_eq!(name("out/core"), "client-core");
        assert_eq!(name("out/box"), "client-box");
        assert_eq!(name("out/crate"), "client-crate");
        assert_eq!(name("out/2"), "client-2");
        assert_eq!(name("/"), "client");
    }
}
