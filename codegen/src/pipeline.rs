//! Runs the stages in order, from documents to files.

mod explanations;

pub use self::explanations::{explanation, explanations};
use crate::api::Api;
use crate::package::{self, GeneratedFile, Package};
use crate::plan::ColumnFault;
use crate::report::Report;
use crate::workers::{OneByOne, Workers};
use crate::{emit, plan};
use twilio_codegen_openapi::{Sources, models};

/// Generates the crate for `sources`.
///
/// # Errors
///
/// Returns every fault of every source, with its place. Warnings do not make it fail; [`read`](crate::read) returns them.
pub fn generate<'a>(
    sources: impl Into<Sources<'a>>,
    package: &Package,
) -> Result<Vec<GeneratedFile>, Report> {
    Ok(write(&models(sources)?, package))
}

/// Generates the crate from API models that were read without errors.
///
/// Ignores columns of the package that name something missing.
pub fn write(apis: &[Api], package: &Package) -> Vec<GeneratedFile> {
    write_with(apis, package, &OneByOne).0
}

/// Generates the crate like [`write()`], and lets `workers` plan and create the files. Also returns the faults of the
/// package's columns.
pub fn write_with(
    apis: &[Api],
    package: &Package,
    workers: &impl Workers,
) -> (Vec<GeneratedFile>, Vec<ColumnFault>) {
    let mut plan = plan::plan_with(apis, package.guide.as_ref(), workers);
    let faults = plan.choose_columns(apis, &package.columns);
    let files = package::finish(emit::emit(&plan, package), workers);
    (files, faults)
}

/// Generates a program for the crate of these models that checks for each example of a response whether the crate's
/// types decode it. It prints a line of JSON for each: `operation`, `name` and `fault`. It needs the feature `mock`.
/// `None` if there are no examples.
pub fn examples_program(apis: &[Api], package: &Package) -> Option<GeneratedFile> {
    let plan = plan::plan(apis, None);
    let program = emit::examples_program(&plan, package);
    package::finish(program.into_iter().collect(), &OneByOne).pop()
}

#[cfg(test)]
mod tests;
