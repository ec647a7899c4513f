//! The effect of overlays on a spec, one rule at a time: the changes, and the faults.
//!
//! Each fixture begins with its rule. It belongs to `demo.yaml`, or to the spec of its own name if there is one. Its
//! snapshot shows the faults, then the lines by which the result differs from the spec. Accept changes with
//! `INSTA_UPDATE=always cargo test -p twilio-codegen --test overlays`, then read the diff.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::{Value, json};
use twilio_codegen::diff;
use twilio_codegen::report::{Colour, Format, Style};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package, Sources, Vendor};

#[test]
fn rules() {
    insta::glob!("fixtures/overlays", "*.overlay.*", |path| {
        let text = read(path);
        let sources = sources(path, &text);
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        if let Some(rule) = text.lines().next().and_then(|line| line.strip_prefix("# ")) {
            settings.set_description(rule);
        }
        settings.bind(|| assert_snapshot!("rule", shown(&sources)));
    });
}

/// The spec and the overlay of a fixture.
fn sources(path: &Path, overlay: &str) -> [SourceFile; 2] {
    let name = path.file_name().and_then(OsStr::to_str).expect("a name");
    let (stem, extension) = name.split_once(".overlay.").expect("an overlay");
    let own = path.with_file_name(format!("{stem}.yaml"));
    let spec = if own.exists() {
        own
    } else {
        path.with_file_name("demo.yaml")
    };
    [
        file("fixture_demo_v1.yaml", &read(&spec)),
        file(&format!("fixture_demo_v1.overlay.{extension}"), overlay),
    ]
}

/// Returns the faults of a spec with its overlay, and the changes if it can be applied.
fn shown(sources: &[SourceFile; 2]) -> String {
    let (files, vendor) = (sources.as_slice(), Some(Vendor::twilio()));
    let (_, report) = twilio_codegen::read(Sources {
        vendor,
        ..Sources::from(files)
    });
    let mut shown = report.to_text(Colour::Plain);
    let [spec, overlay] = sources;
    if let Ok(result) = twilio_codegen::overlaid(spec, overlay) {
        let before: Value = serde_yaml::from_str(&spec.text).expect("YAML");
        shown.push('\n');
        shown.push_str(&difference(&lines(&before), &lines(&result)));
    }
    shown
}

fn lines(value: &Value) -> Vec<String> {
    let text = serde_yaml::to_string(value).expect("YAML");
    text.lines().map(str::to_owned).collect()
}

/// Returns the removed and added lines, with the line before each run of them.
fn difference(before: &[String], after: &[String]) -> String {
    let end = (before.len(), after.len());
    let (mut old, mut new, mut shown) = (0, 0, Vec::new());
    for (next_old, next_new) in common(before, after).into_iter().chain([end]) {
        if old < next_old || new < next_new {
            shown.extend(old.checked_sub(1).map(|last| format!("  {}", before[last])));
        }
        shown.extend(before[old..next_old].iter().map(|it| format!("- {it}")));
        shown.extend(after[new..next_new].iter().map(|it| format!("+ {it}")));
        (old, new) = (next_old + 1, next_new + 1);
    }
    shown.join("\n")
}

/// Returns the longest common subsequence, as pairs of indices.
fn common(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let mut length = vec![vec![0; after.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            length[old][new] = if before[old] == after[new] {
                length[old + 1][new + 1] + 1
            } else {
                length[old + 1][new].max(length[old][new + 1])
            };
        }
    }
    let (mut old, mut new, mut pairs) = (0, 0, Vec::new());
    while old < before.len() && new < after.len() {
        if before[old] == after[new] {
            pairs.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if length[old + 1][new] >= length[old][new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    pairs
}

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
  /v1/Sims: {delete: {operationId: DeleteSim, responses: {'204': {description: Gone.}}}}
";

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Test, version: '1'}
actions: [{target: \"$.paths.*.delete\", update: {summary: Removes SIMs.}}]
";

/// An overlay belongs to the spec of its name, whatever their extensions and order.
#[test]
fn overlays_and_specs_are_paired_by_name() {
    let other = SPEC.replace("Sim", "Fleet");
    let mut generated = Vec::new();
    for (spec, overlay) in [("yaml", "yaml"), ("yml", "json"), ("json", "yml")] {
        let spec = file(
            &format!("specs/twilio_demo_v1.{spec}"),
            &json_if(spec, SPEC),
        );
        let overlay = file(
            &format!("specs/twilio_demo_v1.overlay.{overlay}"),
            &json_if(overlay, OVERLAY),
        );
        let other = file("specs/twilio_other_v1.yaml", &other);
        for sources in [
            [&spec, &overlay, &other],
            [&overlay, &spec, &other],
            [&spec, &other, &overlay],
        ] {
            let sources = sources.map(Clone::clone);
            generated.push(twilio_codegen::generate(&sources, &package()).unwrap());
        }
    }
    let first = &generated[0];
    let texts = |name: &str| {
        first
            .iter()
            .filter(|it| it.path.contains(name))
            .map(|it| it.text.as_str())
            .collect::<String>()
    };
    assert!(texts("demo").contains("Removes SIMs."));
    assert!(!texts("other").contains("Removes"));
    // The first lines name the files.
    let below_headers = |files: &[GeneratedFile]| -> Vec<(String, String)> {
        let files = files.iter().map(|GeneratedFile { path, text }| {
            let text = text.split_once("; changes to this file are lost.");
            (path.clone(), text.expect("a header").1.to_owned())
        });
        files.collect()
    };
    let first = below_headers(first);
    assert!(generated.iter().all(|it| below_headers(it) == first));
}

#[test]
fn overlay_needs_a_spec_and_a_spec_has_one_overlay() {
    let sources = [
        file(
            "specs/twilio_demo_v1.overlay.json",
            &json_if("json", OVERLAY),
        ),
        file("specs/twilio_demo_v1.overlay.yaml", OVERLAY),
        file("specs/twilio_demo_v1.yaml", SPEC),
        file("specs/twilio_demo_v2.overlay.yaml", OVERLAY),
        file("other/twilio_demo_v1.overlay.yml", OVERLAY),
    ];
    let (apis, report) = twilio_codegen::read(&sources);
    assert_eq!(apis.len(), 1);
    assert_snapshot!(report.to_text(Colour::Plain), @"
    other/twilio_demo_v1.overlay.yml:1:1: error[duplicate-overlay]: the spec already has an overlay: `specs/twilio_demo_v1.overlay.json`
      = help: move its actions there

    specs/twilio_demo_v1.overlay.yaml:1:1: error[duplicate-overlay]: the spec already has an overlay: `specs/twilio_demo_v1.overlay.json`
      = help: move its actions there

    specs/twilio_demo_v2.overlay.yaml:1:1: error[overlay-without-spec]: this is an overlay, but no spec has its name
      = help: name it after its spec, or add `specs/twilio_demo_v2.yaml`
    ");
}

/// An unreadable overlay is reported, and the spec is checked without it.
#[test]
fn spec_is_checked_even_if_its_overlay_is_unreadable() {
    let sources = [
        file(
            "twilio_demo_v1.yaml",
            &SPEC.replace("operationId", "operationIdd"),
        ),
        file("twilio_demo_v1.overlay.yaml", "overlay: [1.0.0\n"),
    ];
    assert_snapshot!(twilio_codegen::generate(&sources, &package()).unwrap_err().to_string(), @"
    twilio_demo_v1.overlay.yaml:2:1: error[syntax]: not valid YAML: did not find expected ',' or ']', while parsing a flow sequence at line 1 column 10
    twilio_demo_v1.yaml:5:23: error[unknown-field]: an operation has no field `operationIdd` in OpenAPI 3.0
    ");
}

/// Following the help for a single value has the intended effect.
#[test]
fn help_for_single_values_works() {
    let spec = file("twilio_demo_v1.yaml", SPEC);
    let outcome = |version: &str, actions: &str| {
        let text = format!(
            "overlay: {version}\ninfo: {{title: Test, version: '1'}}\nactions: [{actions}]\n"
        );
        twilio_codegen::overlaid(&spec, &file("twilio_demo_v1.overlay.yaml", &text))
    };
    let operation = "$.paths['/v1/Sims'].delete";
    let responses = "responses: {'204': {description: Gone.}}";
    for (wanted, holder, proposed) in [
        (
            format!("{{target: \"{operation}.operationId\", remove: true}}"),
            operation,
            format!(
                "{{target: \"{operation}\", remove: true}}, {{target: \"$.paths['/v1/Sims']\", update: {{delete: {{{responses}}}}}}}"
            ),
        ),
        (
            format!("{{target: \"{operation}.responses['204'].description\", remove: true}}"),
            "$.paths['/v1/Sims'].delete.responses['204']",
            format!(
                "{{target: \"{operation}.responses['204']\", remove: true}}, {{target: \"{operation}.responses\", update: {{'204': {{}}}}}}"
            ),
        ),
        (
            "{target: $.info.title, update: Other}".to_owned(),
            "$.info",
            "{target: $.info, update: {title: Other}}".to_owned(),
        ),
    ] {
        let report = outcome("1.0.0", &wanted).unwrap_err();
        let help = report.iter().next().and_then(|it| it.help.clone());
        let help = help.expect("help");
        assert!(help.contains(&format!("`{holder}`")), "{help}");
        let [newer, anew] = [outcome("1.1.0", &wanted), outcome("1.0.0", &proposed)];
        assert_eq!(newer.unwrap(), anew.unwrap(), "{help}");
    }
}

/// Every update of the fixtures at every one of these targets is applied or rejected, at an existing location.
#[test]
fn any_update_of_any_target_is_applied_or_rejected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/overlays");
    let mut updates = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let overlay: Value = serde_yaml::from_str(&read(&path)).unwrap();
        let actions = overlay["actions"].as_array().cloned().unwrap_or_default();
        updates.extend(
            actions
                .into_iter()
                .filter_map(|it| it.get("update").cloned()),
        );
    }
    updates.sort_by_key(Value::to_string);
    updates.dedup();
    assert!(updates.len() > 30, "{}", updates.len());
    let spec = file("twilio_demo_v1.yaml", &read(&folder.join("demo.yaml")));
    let mut outcomes = [0, 0];
    for target in [
        "$",
        "$.*",
        "$..*",
        "$.paths..[?@.*]",
        "$..[?@[0]]",
        "$..parameters[0, -1, 0]",
        "$..['schemas', 'demo.v1.sim', 'properties']",
    ] {
        for update in &updates {
            let update = json!({"target": target, "update": update});
            let actions = [
                update.clone(),
                json!({"target": "$.paths.*.*.parameters[0]", "remove": true}),
                update,
            ];
            let overlay = json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": actions});
            let overlay = file("twilio_demo_v1.overlay.json", &format!("{overlay:#}"));
            let (_, report) = twilio_codegen::read(&[spec.clone(), overlay.clone()]);
            for fault in report.iter() {
                let location = &fault.site.location;
                let file = if location.file == spec.path {
                    &spec
                } else {
                    &overlay
                };
                let line = file
                    .text
                    .lines()
                    .nth(location.span.start.line - 1)
                    .expect("a line");
                assert!(
                    location.span.start.column <= line.chars().count() + 1,
                    "{fault:?}"
                );
            }
            let is_refused = twilio_codegen::overlaid(&spec, &overlay).is_err();
            outcomes[usize::from(is_refused)] += 1;
        }
    }
    assert!(outcomes.iter().all(|it| *it > 10), "{outcomes:?}");
}

/// A comparison shows a change by an overlay in the overlay. Files are sorted as in a folder, overlays first.
#[test]
fn differences_are_shown_in_their_overlay() {
    let side = |summary: &str, sims: &str| {
        let other = SPEC.replace("delete: {", &format!("delete: {{summary: {summary}, "));
        [
            file(
                "specs/twilio_demo_v1.overlay.yaml",
                &OVERLAY.replace("{summary: Removes SIMs.}", sims),
            ),
            file("specs/twilio_demo_v1.yaml", SPEC),
            file("specs/twilio_other_v1.yaml", &other),
        ]
    };
    let old = side("Old.", "{summary: Old.}");
    let new = side(
        "New.",
        "{summary: New., parameters: [{name: Force, in: query, schema: {type: boolean}}]}",
    );
    let models = |it: &[SourceFile]| twilio_codegen::models(it).unwrap_or_else(|it| panic!("{it}"));
    let (old, new) = (models(&old), models(&new));
    let report = diff::report(&diff::diff(&old, &new), &old, &new);
    let style = Style {
        colour: Colour::Plain,
        docs: true,
    };
    assert_snapshot!(report.render(Format::Text, style), @"
    minor: the query parameter `Force` of `DELETE /v1/Sims` was added [parameter-added-optional]
      demo::v1::DeleteSim::force, breaks nobody
      new specs/twilio_demo_v1.overlay.yaml:3:77

    reworded: demo::v1::DeleteSim
      old specs/twilio_demo_v1.yaml:5:14
      new specs/twilio_demo_v1.yaml:5:14

    reworded: other::v1::DeleteSim
      old specs/twilio_other_v1.yaml:5:14
      new specs/twilio_other_v1.yaml:5:14

    minor: 0 major, 1 minor, 0 patch; 0 break callers that compile, 0 break callers at run time; 2 texts reworded
    ");
}

/// The example in `specs/README.md` fits the spec and has an effect.
#[test]
fn overlay_in_the_readme_fits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = read(&root.join("specs/README.md"));
    let shown = readme
        .split("```yaml\noverlay: ")
        .nth(1)
        .and_then(|it| it.split("```").next());
    let overlay = format!("overlay: {}", shown.expect("an overlay in specs/README.md"));
    let sources = [
        file(
            "twilio_supersim_v1.yaml",
            &read(&root.join("specs/twilio_supersim_v1.yaml")),
        ),
        file("twilio_supersim_v1.overlay.yaml", &overlay),
    ];
    let (_, report) = twilio_codegen::read(&sources);
    assert!(report.is_empty(), "{report}");
}

fn json_if(extension: &str, yaml: &str) -> String {
    if extension == "json" {
        let value: Value = serde_yaml::from_str(yaml).expect("YAML");
        value.to_string()
    } else {
        yaml.to_owned()
    }
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn package() -> Package {
    Package::named("demo")
}
