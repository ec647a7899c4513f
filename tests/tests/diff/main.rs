//! `twilio_codegen::diff`: every rule has a fixture, rustc agrees with its verdict on callers, and equivalent documents
//! have no changes.

mod caller;
#[path = "../support/crates.rs"]
mod crates;
mod edits;
mod features;
mod pair;
mod reality;
mod spelling;
mod structure;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use twilio_codegen::diff::{self, Breaks, Change, Comparison, Place, Rule};
use twilio_codegen::report::{Colour, Format, Style};
use twilio_codegen::source::SourceFile;

use self::pair::{Pair, fixtures, history};

/// Each fixture is named after a rule, and shows the effect that the rule declares. A suffix after a dot is a variant,
/// whose effect on callers may differ.
#[test]
fn every_rule_has_a_fixture() {
    let fixtures = fixtures();
    for rule in Rule::ALL {
        assert!(
            fixtures.iter().any(|it| it.name == rule.id()),
            "there is no fixture for {}",
            rule.id()
        );
    }
    for fixture in &fixtures {
        let (id, variant) = match fixture.name.split_once('.') {
            Some((id, variant)) => (id, Some(variant)),
            None => (fixture.name.as_str(), None),
        };
        let comparison = fixture.comparison();
        let changes = comparison.changes.iter().filter(|it| it.rule.id() == id);
        let changes: Vec<_> = changes.collect();
        assert!(!changes.is_empty(), "{}: {comparison:#?}", fixture.name);
        for change in changes {
            assert_eq!(change.bump, change.rule.bump(), "{}", fixture.name);
            if variant.is_none() {
                assert_eq!(change.breaks, change.rule.breaks(), "{}", fixture.name);
            }
        }
    }
}

const PLAIN: Style = Style {
    colour: Colour::Plain,
    docs: false,
};

/// Snapshots the report of each fixture, for reviewers of a rule.
#[test]
fn fixtures_are_reported() {
    let mut text = String::new();
    for fixture in fixtures() {
        let report = fixture.report().render(Format::Text, PLAIN);
        text.push_str(&format!("== {}\n{report}\n", fixture.name));
    }
    assert_snapshot("fixtures", &text);
}

/// Snapshots every rule with its effect on callers, its bump and its description.
#[test]
fn rules_are_listed() {
    let lines = Rule::ALL.iter().map(|rule| {
        let (id, breaks, bump) = (rule.id(), rule.breaks(), rule.bump());
        let breaks = format!("{breaks:?}").to_lowercase();
        format!(
            "{id:30} {breaks:8} {:6} {}\n",
            bump.name(),
            rule.explanation()
        )
    });
    assert_snapshot("rules", &lines.collect::<String>());
}

/// The order of keys, `$ref` instead of inline schemas, prose and examples.
#[test]
fn equivalent_documents_have_no_changes() {
    let pair = pair::fixture("diff-none");
    let comparison = pair.comparison();
    assert_eq!(comparison.changes, []);
    let items: Vec<&str> = comparison.prose.iter().map(|it| it.item.as_str()).collect();
    assert_eq!(
        items,
        [
            "demo::v1",
            "demo::v1::ListSim",
            "demo::v1::SimsHandle::create",
            "demo::v1::FetchFleet",
            "demo::v1::Sim::sid",
            "demo::v1::Fleet",
        ]
    );
}

/// What the service sends by itself, what callers cannot send, OpenAPI 3.1 keywords, and what no crate contains.
#[test]
fn changes_invisible_to_callers_are_not_reported() {
    for pair in pair::same() {
        assert_eq!(pair.comparison().changes, [], "{}", pair.name);
    }
    assert_agreement("diff-same", &pair::same());
}

/// Operations that no crate can have are named, and the others are compared.
#[test]
fn skipped_operations_are_named() {
    let pair = pair::same().into_iter().find(|it| it.name == "refused");
    let report = pair.expect("a pair").report();
    assert_eq!(report.verdict(), "no change; 1 operation not compared");
    for (format, name) in [
        (Format::Text, "text"),
        (Format::Markdown, "markdown"),
        (Format::Json, "json"),
        (Format::Github, "github"),
    ] {
        assert_snapshot(
            &format!("not_compared_{name}"),
            &report.render(format, PLAIN),
        );
    }
}

#[test]
fn comparison_with_itself_is_empty() {
    let of_rules = pair::rules();
    assert!(of_rules.len() > 50, "only {} specs", of_rules.len());
    let both_sides = |Pair { name, old, new }: Pair| [(name.clone(), old), (name, new)];
    let sides = fixtures().into_iter().flat_map(both_sides);
    for (name, old) in sides.chain(of_rules) {
        let pair = Pair {
            new: old.clone(),
            name,
            old,
        };
        assert_eq!(pair.comparison().changes, [], "{}", pair.name);
        assert_eq!(pair.comparison().prose, [], "{}", pair.name);
    }
}

/// The plan groups the versions of a product, wherever their specs are in the list.
#[test]
fn each_version_is_compared_with_its_own_model() {
    let sources = |marks: [&str; 3]| {
        let names = ["demo_v1", "other_v1", "demo_v2"];
        let sources = names.iter().zip(marks).map(|(name, mark)| SourceFile {
            path: format!("twilio_{name}.yaml"),
            text: format!(
                "openapi: 3.0.1\n\
                 info: {{title: {name}, version: '1'}}\n\
                 servers: [{{url: https://demo.example.com}}]\n\
                 paths:\n  /Sims:\n    delete: {{operationId: Delete{mark}, responses: {{'204': {{description: Gone.}}}}}}\n"
            ),
        });
        twilio_codegen::models(&sources.collect::<Vec<_>>()).expect("models")
    };
    let comparison = diff::diff(
        &sources(["Sim", "Plan", "Fleet"]),
        &sources(["Sim", "Plan", "Card"]),
    );
    let file = |place: &Option<Place>| place.as_ref().map(|it| it.file);
    let changes = comparison.changes.iter();
    let changes: Vec<_> = changes
        .map(|it| {
            (
                it.item.split("::").take(2).collect::<Vec<_>>(),
                file(&it.old),
                file(&it.new),
            )
        })
        .collect();
    assert!(!changes.is_empty());
    for change in changes {
        assert_eq!(change, (vec!["demo", "v2"], Some(2), Some(2)));
    }
}

/// One pair in every format, converted from YAML to JSON, with a name that could break each format.
#[test]
fn reports_are_written_in_every_format() {
    let report = pair::fixture("diff-formats").report();
    let plain = Style {
        colour: Colour::Plain,
        docs: true,
    };
    let coloured = Style {
        colour: Colour::Ansi,
        docs: true,
    };
    assert_snapshot("text", &report.render(Format::Text, plain));
    let coloured = report.render(Format::Text, coloured);
    assert_snapshot("text_in_colour", &coloured.replace('\u{1b}', "␛"));
    assert_snapshot("markdown", &report.render(Format::Markdown, plain));
    assert_snapshot("json", &report.render(Format::Json, plain));
    assert_snapshot("github", &report.render(Format::Github, plain));
}

fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn rustc_agrees_about_the_fixtures() {
    let others = fixtures().into_iter();
    let others = others.filter(|it| !features::is_about_features(it));
    assert_agreement("diff-fixtures", &others.collect::<Vec<_>>());
}

#[test]
fn cargo_agrees_about_features() {
    let pairs = fixtures().into_iter();
    let pairs: Vec<Pair> = pairs.filter(features::is_about_features).collect();
    assert!(pairs.len() > 3, "only {} pairs", pairs.len());
    for pair in pairs {
        let changes = pair.comparison().changes;
        let said = changes.iter().any(|it| it.breaks == Breaks::Compile);
        assert_eq!(features::breaks_callers(&pair), said, "{}", pair.name);
    }
}

#[test]
fn rustc_agrees_about_real_updates() {
    assert_agreement("diff-history", &history());
}

/// Every difference between real versions of an operation has a change that is about it, or about something that it
/// refers to.
#[test]
fn no_difference_of_real_operations_is_missed() {
    let mut missed = String::new();
    for pair in history() {
        let [old, new] = [&pair.old, &pair.new].map(|it| structure::operations(&it[0].text));
        let comparison = pair.comparison();
        let places = |change: &Change| {
            let places =
                [&change.old, &change.new].map(|it| it.as_ref().map(|it| it.at.to_string()));
            places.into_iter().flatten().collect::<Vec<_>>()
        };
        let reported: Vec<String> = comparison.changes.iter().flat_map(places).collect();
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let both = [old.get(name), new.get(name)];
            let [was, is] = both.map(|it| it.map(|it| &it.said));
            let own: Vec<&String> = both.iter().flatten().flat_map(|it| &it.places).collect();
            let is_about = |at: &String| own.iter().any(|own| at.starts_with(own.as_str()));
            if was != is && !reported.iter().any(is_about) {
                missed.push_str(&format!("{}: {name}\n", pair.name));
            }
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

/// One small edit at every place of a spec, with the reported changes.
static EDITS: LazyLock<Vec<(Pair, Comparison)>> = LazyLock::new(|| {
    let edits = edits::compared();
    assert!(edits.len() > 500, "only {} edits are specs", edits.len());
    edits
});

/// One edit for each set of rules that an edit triggers.
#[test]
fn rustc_agrees_about_small_edits() {
    let mut seen = BTreeSet::new();
    let is_another = |(edit, comparison): &(Pair, Comparison)| {
        let changes = comparison.changes.iter();
        let rules: BTreeSet<_> = changes.map(|it| (it.rule, it.breaks)).collect();
        seen.insert(rules).then(|| edit.clone())
    };
    let edits: Vec<Pair> = EDITS.iter().filter_map(is_another).collect();
    assert!(edits.len() > 50, "only {} sets of rules", edits.len());
    assert_agreement("diff-edits", &edits);
}

/// If the emitted code differs, apart from docs, there is a change.
#[test]
fn no_difference_of_the_code_is_missed() {
    let code = |sources: &[SourceFile]| {
        let files = twilio_codegen::generate(sources, &reality::package()).expect("a crate");
        // Tables of commands repeat the same, with docs as texts and in another order.
        let files = files.iter().filter(|it| !it.path.ends_with("/cli.rs"));
        let lines = files.flat_map(|it| it.text.lines());
        let describes = |line: &&str| {
            ["//", "description = "]
                .iter()
                .any(|it| line.starts_with(it))
        };
        let is_code = |line: &&str| !describes(&line.trim_start());
        // A list of fields has several in a line.
        let entries = lines.filter(is_code).flat_map(|line| line.split(", "));
        let entries = entries.map(|it| it.trim_matches([' ', ',']).to_owned());
        let mut entries: Vec<String> = entries.collect();
        entries.sort(); // The order of items and fields is irrelevant to callers.
        entries
    };
    let base = code(&EDITS[0].0.old);
    let unchanged = EDITS.iter().filter(|(_, it)| it.changes.is_empty());
    let missed: Vec<&str> = unchanged
        .filter(|(edit, _)| code(&edit.new) != base)
        .map(|(edit, _)| edit.name.as_str())
        .collect();
    assert_eq!(missed, [""; 0]);
}

/// Asserts that a caller of the old version compiles with the new one if and only if no change claims to break such
/// callers.
#[expect(clippy::print_stdout, reason = "reports what was compared")]
fn assert_agreement(crate_name: &str, pairs: &[Pair]) {
    let mut faults = String::new();
    let broken = reality::broken(crate_name, pairs);
    for (number, pair) in pairs.iter().enumerate() {
        let [old, new] = pair.models();
        let comparison = diff::diff(&old, &new);
        let said = comparison
            .changes
            .iter()
            .any(|it| it.breaks == Breaks::Compile);
        let is = broken.contains(&number);
        let verdict = diff::report(&comparison, &old, &new).verdict();
        println!(
            "{}: {verdict}; callers {}",
            pair.name,
            if is { "break" } else { "compile" }
        );
        if said != is {
            faults.push_str(&format!("{}: said {said}, is {is}\n", pair.name));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
