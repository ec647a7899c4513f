//! `cargo xtask`.

use std::process::ExitCode;

/// With the allocator of glibc, 38 % of the time of `gen` went into memory: tokens are many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xtask::run()
}
