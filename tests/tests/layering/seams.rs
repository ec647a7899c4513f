//! The table of allowed dependencies between modules.

/// What some modules of a crate, given by the first segment of their path, must never name.
pub(super) struct Seam {
    pub(super) package: &'static str,
    pub(super) modules: &'static [&'static str],
    pub(super) never: &'static [&'static str],
}

pub(super) const SEAMS: &[Seam] = &[
    // The generator is a pure function: its result depends only on its arguments.
    Seam {
        package: "codegen",
        modules: &[],
        never: &[
            "std::env",
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "std::io",
        ],
    },
    Seam {
        package: "codegen",
        modules: &[],
        never: &[
            "reqwest",
            "runtime",
            "twilio_iot",
            "twilio_runtime",
            "tokio",
        ],
    },
    // A report is about locations, whatever the faults.
    Seam {
        package: "codegen",
        modules: &["report"],
        never: &[
            "crate::api",
            "crate::diff",
            "crate::emit",
            "crate::guide",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::overlay",
            "crate::placement",
            "crate::plan",
            "crate::release",
            "crate::render",
            "crate::source",
            "crate::tree",
            "crate::vendor",
            "openapiv3",
        ],
    },
    // A stage knows earlier ones, never later ones.
    Seam {
        package: "codegen",
        modules: &["bundle", "placement", "pointer", "source", "tree"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "openapiv3",
        ],
    },
    // Only `tree` parses specs and overlays, once.
    Seam {
        package: "codegen",
        modules: &["bundle", "load", "overlay", "placement", "report", "source"],
        never: &["serde_yaml", "twilio_codegen_yaml"],
    },
    Seam {
        package: "codegen",
        modules: &["load"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "crate::vendor",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["api"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["lower"],
        never: &[
            "crate::emit",
            "crate::naming",
            "crate::plan",
            "crate::render",
        ],
    },
    // The model holds examples as JSON, so the plan reads JSON, too.
    Seam {
        package: "codegen",
        modules: &["plan"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::render",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["emit"],
        never: &[
            "crate::api",
            "crate::load",
            "crate::lower",
            "openapiv3",
            "serde_json",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["guide", "naming", "render"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::plan",
            "openapiv3",
        ],
    },
    // The model contains its vendor, so a vendor describes its conventions in its own types.
    Seam {
        package: "codegen",
        modules: &["vendor"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::plan",
            "openapiv3",
        ],
    },
    // A comparison works on models and plans; it neither reads nor writes files.
    Seam {
        package: "codegen",
        modules: &["overlay"],
        never: &[
            "crate::api",
            "crate::diff",
            "crate::emit",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "crate::vendor",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["diff"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::render",
            "crate::vendor",
            "openapiv3",
        ],
    },
    // Only `emit` and `render` create or parse Rust.
    Seam {
        package: "codegen",
        modules: &[
            "api",
            "bundle",
            "diff",
            "guide",
            "load",
            "lower",
            "naming",
            "overlay",
            "placement",
            "plan",
            "pointer",
            "report",
            "source",
            "tree",
            "vendor",
        ],
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
