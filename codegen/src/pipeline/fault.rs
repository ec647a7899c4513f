//! What can be wrong with the names of specs.

use crate::report::{Description, Explanation, Fault, error, explanations};

/// What can be wrong with the name of a spec.
pub(super) enum NameFault {
    /// It does not tell a product and a version.
    UnnamedProduct,
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
                .of_file("the file's name must tell a product and a version")
                .help("call the file `twilio_<product>_v<N>.yaml`, as `twilio_supersim_v1.yaml`"),
            Self::DuplicateProduct { name, first } => {
                let message = format!("`{name}` is described by `{first}` already");
                DUPLICATE_PRODUCT.of_file(message)
            }
        }
    }
}

explanations! {
    UNNAMED_PRODUCT = error("unnamed-product", "this generator",
        "The name of the file does not tell which product and version it describes. \
        `twilio_supersim_v1.yaml` becomes the module `supersim::v1`.");
    DUPLICATE_PRODUCT = error("duplicate-product", "this generator",
        "Two files describe the same version of the same product: `kore_supersim_v1.yaml` and \
        `twilio_supersim_v1.json`, for instance. Only one of them can become `supersim::v1`.");
}
