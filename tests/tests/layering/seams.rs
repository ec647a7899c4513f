//! The table of allowed dependencies between modules.

/// What some modules of a crate, given by the first segment of their path, must never name.
pub(super) struct Seam {
    pub(super) package: &'static str,
    pub(super) modules: &'static [&'static str],
    pub(super) never: &'static [&'static str],
}

/// What would make the result of a function depend on more than its arguments.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "std::io",
];

/// What clients are made of.
const CLIENTS: &[&str] = &[
    "reqwest",
    "runtime",
    "twilio_iot",
    "twilio_runtime",
    "tokio",
];

const fn never_in_all(package: &'static str, never: &'static [&'static str]) -> Seam {
    Seam {
        package,
        modules: &[],
        never,
    }
}

pub(super) const SEAMS: &[Seam] = &[
    // The generator is a pure function.
    never_in_all("codegen/openapi", IMPURE),
    never_in_all("codegen", IMPURE),
    never_in_all("codegen/openapi", CLIENTS),
    never_in_all("codegen", CLIENTS),
    // A report is about locations, whatever the faults.
    Seam {
        package: "codegen/openapi",
        modules: &["report"],
        never: &[
            "crate::api",
            "crate::load",
            "crate::lower",
            "crate::overlay",
            "crate::placement",
            "crate::source",
            "crate::tree",
            "crate::vendor",
            "openapiv3",
        ],
    },
    // A stage knows earlier ones, never later ones.
    Seam {
        package: "codegen/openapi",
        modules: &["bundle", "placement", "pointer", "source", "tree"],
        never: &["crate::api", "crate::load", "crate::lower", "openapiv3"],
    },
    // Only `tree` parses specs and overlays, once.
    Seam {
        package: "codegen/openapi",
        modules: &["bundle", "load", "overlay", "placement", "report", "source"],
        never: &["serde_yaml", "twilio_codegen_yaml"],
    },
    Seam {
        package: "codegen/openapi",
        modules: &["load"],
        never: &["crate::api", "crate::lower", "crate::vendor"],
    },
    Seam {
        package: "codegen/openapi",
        modules: &["api"],
        never: &["crate::load", "crate::lower", "openapiv3"],
    },
    Seam {
        package: "codegen/openapi",
        modules: &["overlay"],
        never: &["crate::api", "crate::lower", "crate::vendor", "openapiv3"],
    },
    // The model contains its vendor, so a vendor describes its conventions in its own types.
    Seam {
        package: "codegen/openapi",
        modules: &["vendor"],
        never: &["crate::api", "crate::load", "crate::lower", "openapiv3"],
    },
    Seam {
        package: "codegen",
        modules: &["plan"],
        never: &["crate::emit", "crate::render"],
    },
    Seam {
        package: "codegen",
        modules: &["emit"],
        never: &["crate::api", "serde_json"],
    },
    Seam {
        package: "codegen",
        modules: &["guide", "naming", "render"],
        never: &["crate::api", "crate::emit", "crate::plan"],
    },
    // A comparison works on models and plans; it neither reads nor writes files.
    Seam {
        package: "codegen",
        modules: &["diff"],
        never: &["crate::emit", "crate::render", "crate::vendor"],
    },
    // Only `emit` and `render` create or parse Rust.
    Seam {
        package: "codegen",
        modules: &["diff", "guide", "naming", "plan", "release"],
        never: &["prettyplease", "proc_macro2", "quote", "syn"],
    },
    Seam {
        package: "generated",
        modules: &[],
        never: &[
            "chrono",
            "http",
            "hyper",
            "reqwest",
            "rust_decimal",
            "serde_json",
            "tokio",
            "twilio_codegen",
            "url",
        ],
    },
    // `gen` must build if `generated` does not.
    Seam {
        package: "xtask",
        modules: &[],
        never: &[
            "hyper",
            "openapiv3",
            "proc_macro2",
            "quote",
            "reqwest",
            "runtime",
            "syn",
            "tokio",
            "twilio_iot",
            "twilio_runtime",
        ],
    },
];
