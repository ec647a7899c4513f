//! `crate.toml`, beside the specs: what the crate is called and says of itself.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use twilio_codegen::api::Api;
use twilio_codegen::plan::{ColumnFault, Columns};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, OtherFiles, Sources, Vendor};

use crate::input_file::{self, MaxSize};
use crate::suggestion;

/// The file, which need not be there.
pub(crate) const FILE: &str = "crate.toml";

/// What the names of files with licences begin with, so that none takes the place of another file of the crate.
const LICENSE_NAMES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];

/// Names that a crate cannot have beside those that it depends on, and that Rust has.
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

/// What `crate.toml` says. Each key may be left out.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    /// The crate's name; by default, that of its only product, or of its folder.
    name: Option<String>,
    /// What it is, in a few words; by default, the titles of its specs.
    description: Option<String>,
    /// Its licence, as an SPDX expression.
    pub(crate) license: Option<String>,
    /// The URL of its source.
    pub(crate) repository: Option<String>,
    /// The URL of its docs.
    pub(crate) documentation: Option<String>,
    /// The path of its README, seen from the crate.
    pub(crate) readme: Option<String>,
    /// Words to find it by.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    /// The categories of the registry that it belongs to.
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    /// The texts of its licences: paths, seen from the folder of specs. They are copied into the crate.
    #[serde(default)]
    license_files: Vec<String>,
    /// What these files are called and hold.
    #[serde(skip)]
    pub(crate) licenses: Vec<GeneratedFile>,
    /// Where the runtime comes from: a folder, seen from the crate, a version, or the URL of a repository. By default, it is
    /// that of this workspace.
    pub(crate) runtime: Option<String>,
    /// The features that are on by default beside `rustls`; by default, those of all products.
    pub(crate) default_features: Option<Vec<String>>,
    /// The columns that tables of the command line have by default, by the paths of types; by default, the generator chooses.
    #[serde(default)]
    pub(crate) columns: Columns,
    /// Whose conventions hold for the specs: `twilio` or `plain`. By default, each spec tells.
    vendor: Option<String>,
    /// The operations to take, by their ids, their tags or what their paths begin with; by default, all.
    #[serde(default)]
    pub(crate) only: Vec<String>,
    /// Whether to leave out operations that cannot be called rightly.
    #[serde(default)]
    pub(crate) skip_unsupported: bool,
    /// The products, and so the modules and features, of specs by the names of their files; by default, these names tell.
    #[serde(default)]
    products: BTreeMap<String, String>,
}

impl Settings {
    /// Reads the file in `folder`, which messages call `shown`. Without one, nothing is said.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the file, and where.
    pub(crate) fn read(folder: &Path, shown: &Path, limit: MaxSize) -> Result<Self, String> {
        let shown = shown.join(FILE).display().to_string();
        let bytes = match input_file::read(&folder.join(FILE), limit) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(format!("{shown}: cannot be read: {error}")),
        };
        let text = String::from_utf8(bytes).map_err(|_| format!("{shown}: is not UTF-8"))?;
        let mut settings: Self =
            toml::from_str(&text).map_err(|error| format!("{shown}: {error}"))?;
        if let Some(fault) = settings.fault() {
            return Err(format!("{shown}: {fault}"));
        }
        let licenses = settings.license_files.iter();
        let licenses = licenses.map(|path| license(folder, path, limit));
        settings.licenses = licenses
            .collect::<Result<_, _>>()
            .map_err(|fault| format!("{shown}: `license-files`: {fault}"))?;
        Ok(settings)
    }

    fn fault(&self) -> Option<String> {
        let name = self.name.as_deref().filter(|it| !is_crate_name(it));
        let name = name.map(|it| {
            format!(
                "`name`: a crate cannot be called `{it}`: use letters, digits, `-` and `_`, a letter first"
            )
        });
        let vendor = self.vendor.as_deref();
        let vendor = vendor.filter(|it| Vendor::named(it).is_none());
        name.or_else(|| {
            Some(format!(
                "`vendor`: `{}` is none of `twilio` and `plain`",
                vendor?
            ))
        })
    }

    /// Whose conventions hold for the specs, if that is said.
    fn vendor(&self) -> Option<Vendor> {
        self.vendor.as_deref().and_then(Vendor::named)
    }

    /// The specs and what of them the crate is to have.
    pub(crate) fn sources<'a>(
        &'a self,
        files: &'a [SourceFile],
        others: &'a OtherFiles,
    ) -> Sources<'a> {
        Sources {
            files,
            others,
            vendor: self.vendor(),
            only: &self.only,
            skips_unsupported: self.skip_unsupported,
            products: &self.products,
        }
    }

    /// Says that `products` names a file that is no spec.
    ///
    /// # Errors
    ///
    /// Names the file.
    pub(crate) fn expect_files(&self, files: &[SourceFile]) -> Result<(), String> {
        let is_there = |name: &str| files.iter().any(|it| Path::new(&it.path).ends_with(name));
        match self.products.keys().find(|it| !is_there(it)) {
            Some(name) => Err(format!("{FILE}: `products`: there is no spec `{name}`")),
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
        let lines: Vec<String> = faults.map(column_line).collect();
        if lines.is_empty() {
            Ok(())
        } else {
            Err(lines.join("\n"))
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

    /// What the crate is, in a few words.
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

/// What is wrong with a choice of columns, and what may have been meant.
fn column_line(fault: &ColumnFault) -> String {
    let (word, known): (&str, &[String]) = match fault {
        ColumnFault::UnknownType { path, known } => (path, known),
        ColumnFault::UnknownField { field, known, .. } => (field, known),
        ColumnFault::Empty(path) => (path, &[]),
    };
    let guess = suggestion::for_word(word, known.iter().map(String::as_str));
    let help = guess.map_or_else(String::new, |it| format!("; did you mean `{it}`?"));
    format!("{FILE}: `columns`: {fault}{help}")
}

/// Reads the text of a licence, which keeps the name of its file.
fn license(folder: &Path, path: &str, limit: MaxSize) -> Result<GeneratedFile, String> {
    let name = Path::new(path).file_name().and_then(|it| it.to_str());
    let named_so = |it: &&str| {
        let stem = it.to_ascii_uppercase();
        LICENSE_NAMES.iter().any(|name| stem.starts_with(name))
    };
    let name = name.filter(named_so).ok_or_else(|| {
        format!(
            "`{path}` is not called like a licence: {}",
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

/// Whether a package can have a name (cargo, "The `name` field") without getting in the way of its dependencies.
fn is_crate_name(name: &str) -> bool {
    let is_known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name.chars().all(is_known)
        && !TAKEN.contains(&name.replace('-', "_").as_str())
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
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Settings::read(folder.path(), Path::new("specs"), MaxSize::default())
    }

    #[test]
    fn every_key_may_be_left_out() {
        assert_eq!(read("").unwrap(), Settings::default());
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::read(folder.path(), Path::new("x"), MaxSize::default());
        assert_eq!(settings.unwrap(), Settings::default());
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, fault) in [
            ("nam = 'x'", "unknown field `nam`"),
            ("name = 1", "specs/crate.toml: TOML parse error at line 1"),
            ("name = '../x'", "a crate cannot be called `../x`"),
            ("name = 'serde'", "a crate cannot be called `serde`"),
            ("vendor = 'acme'", "`acme` is none of `twilio` and `plain`"),
            (
                "license-files = ['x/LICENSE']",
                "`x/LICENSE` cannot be read",
            ),
            (
                "license-files = ['Cargo.toml']",
                "is not called like a licence",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(fault), "{error}");
        }
    }

    #[test]
    fn names_are_made_of_the_folder_without_a_product() {
        let name = |out: &str| Settings::default().name(&[], Path::new(out));
        assert_eq!(name("out/My Client"), "my-client");
        assert_eq!(name("out/core"), "client-core");
        assert_eq!(name("out/2"), "client-2");
        assert_eq!(name("/"), "client");
    }
}
