//! Identifies sources: the product, version and vendor of each.

use std::collections::BTreeMap;

use super::fault::NameFault;
use crate::source::{SourceFile, file_name};
use crate::vendor::Vendor;
use crate::words;

/// The identity of a source.
#[derive(Clone)]
pub(super) struct Identity<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) vendor: Vendor,
    pub(super) product: String,
    pub(super) version: String,
}

/// The product and version of a source, which no other source may share, and its vendor, which must be the same for
/// all.
pub(super) fn identity<'a>(
    source: &'a SourceFile,
    vendor: Vendor,
    products: &BTreeMap<String, String>,
    known: &[Identity<'_>],
) -> Result<Identity<'a>, NameFault> {
    let own = vendor.product_and_version(&source.path);
    let (product, version) = match products.get(file_name(&source.path)) {
        // The version still comes from the name.
        Some(product) => {
            let version = own.map_or_else(|| "v1".to_owned(), |(_, version)| version);
            (words::snake(product), version)
        }
        None => own.ok_or(NameFault::UnnamedProduct)?,
    };
    if let Some(first) = known.first().filter(|it| it.vendor != vendor) {
        return Err(NameFault::SeveralVendors {
            own: vendor.name(),
            first: first.source.path.clone(),
            firsts: first.vendor.name(),
        });
    }
    let same = known
        .iter()
        .find(|it| it.product == product && it.version == version);
    if let Some(first) = same {
        return Err(NameFault::DuplicateProduct {
            name: format!("{product}::{version}"),
            first: first.source.path.clone(),
        });
    }
    Ok(Identity {
        source,
        vendor,
        product,
        version,
    })
}
