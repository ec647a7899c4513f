//! What `cargo xtask help` prints.

/// The commands, each with its options.
pub(crate) const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  gen     Generate the client crate from the specs
  diff    Tell what a change of specs does to users of the crate
  update  Take in newer specs: compare, replace, generate, raise the crate's version, add to its changelog
  release Make a release of specs, settings or a generator that were changed by hand
  ci-diff Tell what a branch does to users, and whether the crate's version says so
  corpus  Generate a crate of each of many documents, and hold that against a record
  help    Print this help

cargo xtask gen [--check] [--specs DIR] [--out DIR] [--only ID,...] [--skip-unsupported] [--runtime RUNTIME]
                [--format FORMAT] [--max-size MIB]
cargo xtask gen --explain ID

  --check      Write nothing: list what is stale, missing or extra, and exit with 1 if there is any
  --specs DIR  Read every .yaml, .yml and .json file of this folder [default: specs]
               A file's name tells its product and version: twilio_supersim_v1.yaml
               What a `$ref` leads to is read, too, from this folder and those in it
               guide.md, if it is there, becomes the guide in the crate's docs, a chapter for each `# ` heading;
               crate.toml says what the crate is called and says of itself
  --out DIR    Write this crate; the folder is made if it is missing [default: generated]
  --only ID,...
               Take these operations alone, with the types that they need: by operationId, by tag, or by what their
               paths begin with: /v1/Sims. `only` in crate.toml says the same for good
  --skip-unsupported
               Leave out operations that cannot be called rightly, and list them, here and in the crate's docs;
               `skip-unsupported` in crate.toml says the same for good
  --runtime RUNTIME
               Where the crate gets its runtime: a folder, seen from the crate, a version, or the URL of a
               repository [default: this workspace]
  --format FORMAT
               How to tell what is wrong with the specs [default: text]
               text: for people, on standard error
               json: one object on standard output, which then holds nothing else; its fields are
               documented at `report::Report::to_json` of twilio-codegen
               github: workflow commands, which become annotations of a pull request
  --max-size MIB
               The largest file that is read, in MiB; only regular files are, and those that links lead to
               [default: 64]
  --explain ID Say why a fault is one, with an example and its fix; without ID, list what there is

cargo xtask diff OLD NEW [--format FORMAT] [--fail-on BUMP] [--docs] [--max-size MIB]

  OLD, NEW         A spec, a folder of specs, or either in a git revision: HEAD~1:specs
                   What is on disk wins. Specs belong together by the product and version of their names;
                   two single files do so whatever they are called. A file that is named is compared as it is,
                   without an overlay
  --format FORMAT  text, markdown, json or github (annotations of a workflow) [default: text]
                   json is documented at `report::ChangeReport::to_json` of twilio-codegen
  --fail-on BUMP   Exit with 1 if the changes call for this bump or a larger one: major, minor or patch
  --docs           List what is reworded, and not only how many texts are
  --max-size MIB   As for gen

cargo xtask update PATH... [--dry-run] [--specs DIR] [--out DIR] [--format FORMAT] [--date DATE]
cargo xtask update --fetch [--revision REVISION] [--repository URL] [...]

  PATH             A newer spec, or a folder of them; each takes the place of the spec with the product and version
                   of its name, under the name that this has, or is added if there is none
  --fetch          Read the two specs, and what else of the vendor's there is, from the vendor's public repository,
                   and record URL, revision and SHA-256;
                   needs the feature `fetch`: cargo run -p xtask --features fetch -- update --fetch
  --revision REVISION
                   The branch, tag or commit of the repository [default: main]
  --repository URL What stands before the revision in a URL
                   [default: https://raw.githubusercontent.com/twilio/twilio-oai]
  --dry-run        Tell everything and write nothing
  --specs, --out   As for gen; releases.json in the folder of specs records the crate's versions
  --format FORMAT  As for diff; with json and markdown, only the comparison is on standard output
  --date DATE      The day of the release: 2026-01-31 [default: today, in UTC]
  --max-size MIB   As for gen

cargo xtask release [--bump BUMP] [--breaking TEXT] [--added TEXT] [--deprecated TEXT] [--changed TEXT] [--dry-run]
                    [--specs DIR] [--out DIR] [--format FORMAT] [--date DATE] [--max-size MIB]

  The specs and the crate are compared with those of the last release, which git has: at the tag v0.1.0, or in the
  commit that added it to releases.json. What has changed goes into releases.json and the changelog, and raises the
  version. What is not committed is refused. Without a record, the first release is made.
  --bump BUMP      Raise the version by more than the changes call for: major, minor or patch
  --breaking TEXT, --added TEXT, --deprecated TEXT, --changed TEXT
                   Tell something more in the changelog, a line of Markdown; each can be given several times
  --dry-run, --specs, --out, --format, --date, --max-size
                   As for update

cargo xtask ci-diff BASE [--max-size MIB]

  BASE             A git revision, such as origin/main. The specs of the current folder are compared with those that
                   it has in common with this branch, as Markdown; exits with 1 unless the version in
                   generated/Cargo.toml is raised as the changes call for
  --max-size MIB   As for gen

cargo xtask corpus PATH... [--check] [--examples] [--sample N] [--jobs N] [--json FILE] [--record]
                   [--against FILE] [--max-size MIB]

  PATH         A folder of documents, each of which becomes a crate of its own with its overlay, or a document
  --check      Compile the crates, too: with all their features, and with warnings denied
  --examples   Build the crates, too, and have their types read each example of a successful answer
  --sample N   Take N documents of each folder, spread evenly
  --jobs N     How many documents are generated at a time [default: as many as there are processors]
  --json FILE  Write what became of each document; the fields are documented at `Tally::to_json` of xtask
  --record     Write what became of the folders to the record, which is what must be reached from then on
  --against FILE
               The record [default: tests/corpus.toml]
  --max-size MIB
               As for gen

Exit codes: 0 for success, 1 for specs with faults, files that are not current, --fail-on, a version that is not
raised and a corpus that falls short of its record, 2 for a command line that cannot be carried out.
";
