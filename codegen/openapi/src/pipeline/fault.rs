//! Defines the faults of spec names and selections.

use crate::report::{Description, Fault, error, explanations};

/// A fault of a spec's name or of a selection.
pub(super) enum NameFault {
    /// It does not contain a product.
    UnnamedProduct,
    /// A selector matches nothing in any document.
    UnknownSelection {
        /// The selector.
        wanted: String,
        /// The most similar selector.
        similar: Option<String>,
    },
    /// A rule for pages is of no use.
    UnusedPages {
        /// The reason, as a sentence.
        why: String,
    },
    /// An earlier file has another vendor.
    SeveralVendors {
        /// The vendor of this file.
        own: &'static str,
        /// The earlier file.
        first: String,
        /// The vendor of the earlier file.
        firsts: &'static str,
    },
    /// An earlier file describes the same version of the same product.
    DuplicateProduct {
        /// The product and the version.
        name: String,
        /// The earlier file.
        first: String,
    },
}

impl Fault for NameFault {
    fn describe(self) -> Description {
        match self {
            Self::UnnamedProduct => UNNAMED_PRODUCT
                .of_file("the file name must contain a product")
                .help("name the file `<product>.yaml` or `<product>_v<N>.yaml`"),
            Self::UnknownSelection { wanted, similar } => {
                let message = format!("no operation, no tag and no path is `{wanted}`");
                let fault = UNKNOWN_SELECTION.of_file(message);
                match similar {
                    Some(similar) => fault.help(format!("did you mean `{similar}`?")),
                    None => fault,
                }
            }
            Self::UnusedPages { why } => UNUSED_PAGES.of_file(why).help(
                "correct the rule in `crate.toml`, or add what the spec lacks with an overlay",
            ),
            Self::SeveralVendors { own, first, firsts } => {
                let message = format!(
                    "this document follows the conventions of `{own}`, but `{first}` those of `{firsts}`"
                );
                SEVERAL_VENDORS
                    .of_file(message)
                    .help("make a crate for each, or set `vendor` for both")
            }
            Self::DuplicateProduct { name, first } => {
                let message = format!("`{name}` is already described by `{first}`");
                DUPLICATE_PRODUCT.of_file(message)
            }
        }
    }
}

explanations! {
    UNNAMED_PRODUCT = error("unnamed-product", "this generator",
        "The file name does not contain a product, at most a version. `twilio_supersim_v1.yaml` becomes the module \
        `supersim::v1`, and `petstore.yaml` becomes `petstore::v1`.");
    UNKNOWN_SELECTION = error("unknown-selection", "this generator",
        "`--only`, or `only` in `crate.toml`, selects the operations of a crate: by `operationId`, by tag, or by path \
        prefix such as `/v1/Sims`. Each selector must match something in one of the documents.");
    UNUSED_PAGES = error("unused-pages", "this generator",
        "`[[pages]]` in `crate.toml` says how lists are divided into pages. It fits a `GET` whose response is JSON that \
        has, according to its schema, the list and every other key that it names, and whose query parameters include \
        the one that it sets. The first that fits an operation applies. Each must be of use for some operation, and so \
        must each selector of its `only`; the message names the operation that comes closest.");
    SEVERAL_VENDORS = error("several-vendors", "this generator",
        "The client of a crate follows the conventions of one vendor: how lists are divided into pages, the format of \
        errors, the format of times. A document is Twilio's if the first word of its file name is `twilio` or \
        `kore`, if it has the extension `x-twilio` or `x-kore`, or if one of its servers is below `twilio.com` or \
        `korewireless.com`; all others are plain OpenAPI.");
    DUPLICATE_PRODUCT = error("duplicate-product", "this generator",
        "Two files describe the same version of the same product: `kore_supersim_v1.yaml` and \
        `twilio_supersim_v1.json`, for instance. Only one of them can become `supersim::v1`.");
}
