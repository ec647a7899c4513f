//! Holds the text of `cargo xtask help`.

/// The commands, each with its options.
pub(crate) const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  gen     Generate the client crate from the specs
  diff    Report what a change of the specs means for users of the crate
  update  Take in newer specs: compare, replace, generate, raise the crate's version, update its changelog
  release Make a release after specs, settings or the generator were changed by hand
  ci-diff Compare a branch with its base, and check that the crate's version is raised accordingly
  corpus  Generate a crate from each of many documents, and check the results against a record
  help    Print this help

cargo xtask gen [--check] [--specs DIR] [--out DIR] [--only ID,...] [--skip-unsupported] [--runtime RUNTIME]
                [--format FORMAT] [--max-size MIB]
cargo xtask gen --explain ID

  --check      Write nothing: list what is stale, missing or extra, and exit with 1 if there are any
  --specs DIR  Read every .yaml, .yml and .json file of this folder [default: specs]
               The file name gives the product and version: twilio_supersim_v1.yaml
               Files that a `$ref` names are read, too, from this folder and its subfolders
               guide.md, if present, becomes the guide in the crate's docs, with a chapter for each `# ` heading;
               crate.toml sets the crate's name and metadata
  --out DIR    Write the crate here; the folder is created if it is missing [default: generated]
  --only ID,...
               Take only these operations and the types that they need: by operationId, by tag, or by path
               prefix: /v1/Sims. `only` in crate.toml makes this permanent
  --skip-unsupported
               Leave out operations that cannot be called correctly, and list them here and in the crate's docs;
               `skip-unsupported` in crate.toml makes this permanent
  --runtime RUNTIME
               Where the crate gets its runtime: a folder relative to the crate, a version, or the URL of a
               repository [default: this workspace]
  --format FORMAT
               The format for faults in the specs [default: text]
               text: for people, on standard error
               json: one object on standard output, which then holds nothing else; its fields are
               documented at `report::Report::to_json` of twilio-codegen
               github: workflow commands, which become annotations of a pull request
  --max-size MIB
               The largest file to read, in MiB; only regular files, and links to them, are read [default: 64]
               It does not raise the other limit of a document, which is 3,000,000 values
  --explain ID Explain a kind of fault, with an example and its fix; without ID, list the kinds

cargo xtask diff OLD NEW [--format FORMAT] [--fail-on BUMP] [--docs] [--max-size MIB]

  OLD, NEW         A spec, a folder of specs, or either in a git revision: HEAD~1:specs
                   A path on disk takes precedence. Specs are paired by the product and version in their names;
                   two single files are compared whatever their names. A file that is named is compared as it
                   is, without the overlay beside it
                   If OLD is a folder, its overlays also apply to the specs of NEW that have none, as in update;
                   and if NEW has no crate.toml, it has the `[[pages]]` of OLD. Standard error says so. The folder
                   of a crate (with crate.toml or releases.json) and another revision of OLD are left as they are
  --format FORMAT  text, markdown, json or github (workflow annotations) [default: text]
                   json is documented at `report::ChangeReport::to_json` of twilio-codegen
  --fail-on BUMP   Exit with 1 if the changes require this bump or a larger one: major, minor or patch
  --docs           List each reworded text instead of counting them
  --max-size MIB   As for gen

cargo xtask update PATH... [--dry-run] [--specs DIR] [--out DIR] [--format FORMAT] [--date DATE]
cargo xtask update --fetch [--revision REVISION] [--repository URL] [...]

  PATH             A newer spec, or a folder of them; each replaces the spec with the same product and version in
                   its name, and takes over that name, or is added if there is none
  --fetch          Read the two specs, and any other spec of the vendor's in the folder, from the vendor's public
                   repository, and record URL, revision and SHA-256;
                   needs the feature `fetch`: cargo run -p xtask --features fetch -- update --fetch
  --revision REVISION
                   The branch, tag or commit of the repository [default: main]
  --repository URL The part of the URLs before the revision
                   [default: https://raw.githubusercontent.com/twilio/twilio-oai]
  --dry-run        Print everything and write nothing
  --specs, --out   As for gen; releases.json in the folder of specs records the crate's versions
  --format FORMAT  As for diff; with json and markdown, only the comparison is on standard output
  --date DATE      The day of the release: 2026-01-31 [default: today, in UTC]
  --max-size MIB   As for gen

cargo xtask release [--bump BUMP] [--breaking TEXT] [--added TEXT] [--deprecated TEXT] [--changed TEXT] [--dry-run]
                    [--specs DIR] [--out DIR] [--format FORMAT] [--date DATE] [--max-size MIB]

  Compares the specs and the crate with the last release, which it finds in git: at the tag v0.1.0, or in the commit
  that added it to releases.json. The changes go into releases.json and the changelog, and raise the version.
  Uncommitted changes are refused. Without a record, the first release is made.
  --bump BUMP      Raise the version by more than the changes require: major, minor or patch
  --breaking TEXT, --added TEXT, --deprecated TEXT, --changed TEXT
                   Add a line of Markdown to the changelog; each can be given several times
  --dry-run, --specs, --out, --format, --date, --max-size
                   As for update

cargo xtask ci-diff BASE [--max-size MIB]

  BASE             A git revision, such as origin/main. Compares the specs of the current folder with those of the merge
                   base, as Markdown; exits with 1 unless the version in generated/Cargo.toml is raised as far
                   as the changes require
  --max-size MIB   As for gen

cargo xtask corpus PATH... [--check] [--examples] [--sample N] [--jobs N] [--json FILE] [--record]
                   [--against FILE] [--max-size MIB]

  PATH         A folder of documents, each of which becomes its own crate, with its overlay, or a document
  --check      Also compile the crates, with all their features and with warnings denied
  --examples   Also build the crates, and decode each example of a successful response with their types
  --sample N   Take N documents of each folder, spread evenly
  --jobs N     How many documents are generated at a time [default: as many as there are processors]
  --json FILE  Write the result of each document; the fields are documented at `Tally::to_json` of xtask
  --record     Write the results to the record, which later runs must reach
  --against FILE
               The record [default: tests/corpus.toml]
  --max-size MIB
               As for gen

Exit codes: 0 for success; 1 for specs with faults, files that are not current, --fail-on, a version that is not
raised, or a corpus that falls short of its record; 2 for a command that cannot be carried out.
";

/// Returns the options that a help text names.
pub(crate) fn options(help: &str) -> impl Iterator<Item = &str> {
    let words = help.split(|it: char| !(it.is_ascii_alphanumeric() || it == '-'));
    words.filter(|it| it.len() > 2 && it.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_from_the_help() {
        let help = "gen [--check] [--max-size MIB]\n\n  --out DIR  A folder - or two; -h";
        assert!(options(help).eq(["--check", "--max-size", "--out"]));
    }
}
