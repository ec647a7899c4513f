//! Reads, writes and checks the record of earlier results: a folder may improve but not get worse.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::document::{CorpusDocument, DocumentResult, Verdict};

/// Expected results by folder name. All documents of a folder that is not recorded must generate.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct CorpusRecord {
    folders: BTreeMap<String, FolderRecord>,
}

/// Expected results of a folder.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FolderRecord {
    /// How many of its documents generate.
    generate: usize,
    /// How many examples of their responses decode, if that was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    decode: Option<usize>,
    /// Why the other documents are refused, by name.
    #[serde(default)]
    refused: BTreeMap<String, String>,
    /// Why examples do not decode, by document, operation and name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    unfit: BTreeMap<String, String>,
}

/// The header of the file.
const HEADER: &str = "# What `cargo xtask corpus` must reach: how many documents of a folder generate, and why the \
                      others do not;\n# how many examples decode, and why others do not.\n# `cargo xtask corpus DIR… --record` writes it.\n\n";

impl CorpusRecord {
    /// Reads the record; a missing file is an empty record.
    ///
    /// # Errors
    ///
    /// Fails if the file is not a record.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        match fs::read_to_string(path) {
            Ok(text) => {
                toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// Writes the record.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub(super) fn write(&self, path: &Path) -> Result<(), String> {
        let text = toml::to_string(self).map_err(|error| error.to_string())?;
        fs::write(path, format!("{HEADER}{text}"))
            .map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Records the results of the documents. Folders without a document in this run stay as they are, and a panic is
    /// never recorded.
    pub(super) fn take(&mut self, documents: &[CorpusDocument], results: &[DocumentResult]) {
        for document in documents {
            if let Some(folder) = self.folders.get_mut(&document.folder) {
                folder.generate = 0;
                folder.refused.clear();
            }
        }
        if results.iter().any(|it| it.examples.is_some()) {
            for document in documents {
                let folder = self.folders.entry(document.folder.clone()).or_default();
                folder.decode = Some(0);
                folder.unfit.clear();
            }
        }
        for (document, result) in documents.iter().zip(results) {
            let folder = self.folders.entry(document.folder.clone()).or_default();
            match &result.verdict {
                Verdict::Generated => folder.generate += 1,
                Verdict::Refused(counts, first) => {
                    let ids: Vec<&str> = counts.keys().copied().collect();
                    let reason = format!("{}: {first}", ids.join(", "));
                    folder.refused.insert(document.file.clone(), reason);
                }
                Verdict::Panicked(_) => {}
            }
            if let Some(examples) = &result.examples {
                folder.decode = folder.decode.map(|it| it + examples.decoded);
                let unfit = examples.unfit.iter();
                let unfit = unfit.map(|(it, why)| (format!("{} {it}", document.file), why.clone()));
                folder.unfit.extend(unfit);
            }
        }
    }

    /// Lists the documents that fall short of the record and those that exceed it.
    pub(super) fn compare(
        &self,
        documents: &[CorpusDocument],
        results: &[DocumentResult],
    ) -> (Vec<String>, Vec<String>) {
        let (mut shortfalls, mut surpluses) = (self.missing(documents), Vec::new());
        for (document, result) in documents.iter().zip(results) {
            let CorpusDocument { folder, file, .. } = document;
            let known = self.folders.get(folder);
            let known = known.and_then(|it| it.refused.get(file));
            let name = format!("{folder}/{file}");
            match (&result.verdict, known) {
                (Verdict::Generated, Some(_)) => surpluses.push(format!("{name}: generates")),
                (Verdict::Refused(..), Some(_)) | (Verdict::Generated, None) => {}
                (Verdict::Refused(_, first), None) => {
                    shortfalls.push(format!("{name}: is refused: {first}"));
                }
                (Verdict::Panicked(message), _) => {
                    shortfalls.push(format!("{name}: the generator panics: {message}"));
                }
            }
            if let Some(Err(_)) = result.compiled {
                shortfalls.push(format!("{name}: does not compile"));
            }
            for (example, fault) in result.examples.iter().flat_map(|it| &it.unfit) {
                let key = format!("{file} {example}");
                let known = self.folders.get(folder);
                if known.is_none_or(|it| !it.unfit.contains_key(&key)) {
                    shortfalls.push(format!("{name}: {example}: does not decode: {fault}"));
                }
            }
        }
        (shortfalls, surpluses)
    }

    /// The folders that hold fewer documents than before.
    fn missing(&self, documents: &[CorpusDocument]) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for document in documents.iter().filter(|it| it.is_of_whole_folder) {
            *counts.entry(&document.folder).or_default() += 1;
        }
        let missing = counts.into_iter().filter_map(|(folder, count)| {
            let known = self.folders.get(folder)?;
            let known = known.generate + known.refused.len();
            (count < known).then(|| format!("{folder}: holds {count} of {known} documents"))
        });
        missing.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::ExampleResults;
    use super::*;

    #[test]
    fn example_that_no_longer_decodes_falls_short() {
        let documents = [CorpusDocument::new(
            Path::new("x"),
            Path::new("a.yaml"),
            &[],
        )];
        let results = [DocumentResult {
            verdict: Verdict::Generated,
            seconds: 0.0,
            lines: 1,
            compiled: Some(Ok(())),
            examples: Some(ExampleResults {
                decoded: 2,
                unfit: [("ListSim text".to_owned(), "[1]: no number".to_owned())].into(),
            }),
        }];
        let mut record = CorpusRecord::default();
        let (shortfalls, _) = record.compare(&documents, &results);
        let shortfall = "x/a.yaml: ListSim text: does not decode: [1]: no number";
        assert_eq!(shortfalls, [shortfall]);
        record.take(&documents, &results);
        assert_eq!(record.folders["x"].decode, Some(2));
        let text = toml::to_string(&record).unwrap();
        assert_eq!(toml::from_str::<CorpusRecord>(&text).unwrap(), record);
        let (shortfalls, _) = record.compare(&documents, &results);
        assert_eq!(shortfalls, [""; 0]);
    }
}
