//! Defines what a run reads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::bundle::OtherFiles;
use crate::lower::PageRule;
use crate::source::SourceFile;
use crate::vendor::Vendor;

/// The documents of a crate: one version of a product each, and overlays, which are named after their spec with
/// `.overlay` before the extension.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The files.
    pub files: &'a [SourceFile],
    /// The files that they refer to.
    pub others: &'a OtherFiles,
    /// The vendor whose conventions apply to all of them; if `None`, each document's is detected from its file name,
    /// its extensions or its servers. All must then have the same.
    pub vendor: Option<Vendor>,
    /// How lists are divided into pages, where no vendor's conventions say it.
    pub pages: Pages<'a>,
    /// The operations to take, by id, tag or path prefix; all if it is empty.
    pub only: &'a [String],
    /// Whether to leave out operations that cannot be called correctly, instead of refusing their document.
    pub skips_unsupported: bool,
    /// The products of files by name, where the file name does not give the right one.
    pub products: &'a BTreeMap<String, String>,
}

/// How lists are divided into pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages<'a> {
    /// The rules. The first that fits an operation applies.
    pub rules: &'a [PageRule],
    /// Whether a rule may be of no use.
    pub may_be_unused: bool,
}

/// Derives all products from file names.
static NO_PRODUCTS: BTreeMap<String, String> = BTreeMap::new();

/// For documents that consist of a single file.
static NO_OTHERS: LazyLock<OtherFiles> = LazyLock::new(OtherFiles::default);

impl<'a> From<&'a [SourceFile]> for Sources<'a> {
    fn from(files: &'a [SourceFile]) -> Self {
        Self {
            files,
            others: &NO_OTHERS,
            vendor: None,
            pages: Pages::default(),
            only: &[],
            skips_unsupported: false,
            products: &NO_PRODUCTS,
        }
    }
}

impl<'a> From<&'a Vec<SourceFile>> for Sources<'a> {
    fn from(files: &'a Vec<SourceFile>) -> Self {
        files.as_slice().into()
    }
}

impl<'a, const N: usize> From<&'a [SourceFile; N]> for Sources<'a> {
    fn from(files: &'a [SourceFile; N]) -> Self {
        files.as_slice().into()
    }
}
