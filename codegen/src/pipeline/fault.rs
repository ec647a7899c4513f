//! What can be wrong with the names of specs.

use crate::report::{Description, Explanation, Fault, error, explanations};

/// What can be wrong with the name of a spec.
pub(super) enum NameFault {
    /// It does not tell a product.
    UnnamedProduct,
    /// What was asked for is in no document.
    UnknownSelection {
        /// What was asked for.
        wanted: String,
        /// What is spelled like it.
        similar: Option<String>,
    },
    /// Another vendor's conventions hold for an earlier file.
    SeveralVendors {
        /// Whose hold for this file.
        own: &'static str,
        /// The earlier file.
        first: String,
        /// Whose hold for that.
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
                .of_file("the file's name must tell a product")
                .help("call the file `<product>.yaml` or `<product>_v<N>.yaml`"),
            Self::UnknownSelection { wanted, similar } => {
                let message = format!("no operation, no tag and no path is `{wanted}`");
                let fault = UNKNOWN_SELECTION.of_file(message);
                match similar {
                    Some(similar) => fault.help(format!("did you mean `{similar}`?")),
                    None => fault,
                }
            }
            Self::SeveralVendors { own, first, firsts } => {
                let message = format!(
                    "conventions `{own}` hold for this document, and `{firsts}` for `{first}`"
                );
                SEVERAL_VENDORS
                    .of_file(message)
                    .help("make a crate of each, or say whose conventions hold for both")
            }
            Self::DuplicateProduct { name, first } => {
                let message = format!("`{name}` is described by `{first}` already");
                DUPLICATE_PRODUCT.of_file(message)
            }
        }
    }
}

explanations! {
    UNNAMED_PRODUCT = error("unnamed-product", "this generator",
        "The name of the file does not tell which product it describes: it has a version at most. \
        `twilio_supersim_v1.yaml` becomes the module `supersim::v1`, and `petstore.yaml` becomes `petstore::v1`.");
    UNKNOWN_SELECTION = error("unknown-selection", "this generator",
        "`--only`, or `only` in `crate.toml`, names what a crate is to have: operations by their `operationId`, those \
        with a tag, or those whose path is, or begins with, `/v1/Sims`. Each name must be in one of the documents.");
    SEVERAL_VENDORS = error("several-vendors", "this generator",
        "The client of a crate has the conventions of one vendor: how lists are cut into pages, what errors look like, \
        how times are sent. A document is Twilio's if the first word of its file's name is `twilio` or `kore`, if it \
        has the extension `x-twilio` or `x-kore`, or if one of its servers is below `twilio.com` or \
        `korewireless.com`; all others are plain OpenAPI.");
    DUPLICATE_PRODUCT = error("duplicate-product", "this generator",
        "Two files describe the same version of the same product: `kore_supersim_v1.yaml` and \
        `twilio_supersim_v1.json`, for instance. Only one of them can become `supersim::v1`.");
}
