//! Malicious specs: each string of both specs and of their overlays is replaced by hostile text, one at a time.
//!
//! The result is an error, or a harmless crate whose items are the same except for that name. A spec is poisoned piece
//! by piece: each of its paths, with the components that it refers to.
//!
//! A normal run uses one text for each string. `cargo test -p twilio-codegen --test poison -- --ignored` tries all of
//! them on all strings, which takes a quarter of an hour.

mod pieces;
mod places;
mod shape;

use std::panic::catch_unwind;
use std::thread;

use pieces::{Piece, harmless_crate};
use places::{Role, StringLocation};
use shape::without_names;

const SPECS: [&str; 2] = ["twilio_supersim_v1", "twilio_wireless_v1"];

/// The replacements for strings.
const HOSTILE: [&str; 27] = [
    "\"quotes\" 'and' \\",
    "*/ fn main() {} /*",
    "]] ) } ;",
    "#![allow(x)] #[path = \"/etc/passwd\"]",
    "a line\nand\r\nanother\r/// one",
    "\u{202e}esrever\u{2066}\u{200b}\u{2028}",
    "nul\0 \u{7} \u{1b}[31m",
    "`one` ``two",
    "```\npanic!()\n```",
    "words\n\n~~~rust\npanic!()\n~~~",
    "words\n\n    panic!()",
    "- item\n\n      panic!()",
    "- ```\n  panic!()",
    "> ```\n> panic!()\n> ```",
    "1. 1. ```\n      panic!()",
    "\t```should_panic\n\tpanic!()",
    "<div>\n<script>alert()</script>",
    "[link](javascript:alert) [`Sim`] ![image](file:///x)\n[`Sim`]: <x>",
    "${HOME} $(id) {0} {{}} %s",
    "../..",
    "/etc/passwd",
    LONG,
    "type",
    "Self",
    "crate",
    "\u{1f980}\u{1f469}\u{200d}\u{1f467}",
    "",
];

/// A placeholder for a text of 10,000 characters.
const LONG: &str = "long";

#[test]
fn each_string_once() {
    let outcomes = poison(&of_specs(), 0);
    let is_full = outcomes.strings > 10_000 && outcomes.crates > 1_000;
    assert!(is_full, "{outcomes:?}");
}

#[test]
fn each_string_of_an_overlay_once() {
    let outcomes = poison(&of_overlays(), 0);
    let is_full = outcomes.strings > 400 && outcomes.crates > 60;
    assert!(is_full, "{outcomes:?}");
}

#[test]
#[ignore = "takes a quarter of an hour"]
fn each_string_with_each_text() {
    let [specs, overlays] = [of_specs(), of_overlays()];
    for turn in 0..HOSTILE.len() {
        println!("turn {turn}: {:?}", poison(&specs, turn));
        println!("turn {turn}: {:?}", poison(&overlays, turn));
    }
}

fn of_specs() -> Vec<Piece> {
    SPECS.into_iter().flat_map(pieces::of_spec).collect()
}

fn of_overlays() -> Vec<Piece> {
    SPECS.into_iter().flat_map(pieces::of_overlay).collect()
}

/// The number of cases, and how many of them made a crate.
#[derive(Debug, Default)]
struct CaseCounts {
    strings: usize,
    cases: usize,
    crates: usize,
    wrong: usize,
}

/// The strings of a piece to poison at once, and the text.
struct Case<'a> {
    piece: &'a Piece,
    strings: Vec<(&'a StringLocation, &'static str)>,
}

/// The number of prose strings that are poisoned at once.
const AT_ONCE: usize = 8;

/// Poisons every string with the texts in rotation, starting at another one in each `turn`.
fn poison(pieces: &[Piece], turn: usize) -> CaseCounts {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut texts = HOSTILE.into_iter().cycle().skip(turn);
    for piece in pieces {
        let (prose, others): (Vec<&StringLocation>, Vec<&StringLocation>) =
            piece.places.iter().partition(|it| it.may_say_anything());
        for places in prose.chunks(AT_ONCE).chain(others.chunks(1)) {
            let strings = places.iter().copied().zip(texts.by_ref()).collect();
            cases.push(Case { piece, strings });
        }
    }
    let half = |start: usize| {
        let mut outcomes = CaseCounts::default();
        let mut first = String::new();
        for case in cases.iter().skip(start).step_by(2) {
            outcomes.strings += case.strings.len();
            outcomes.cases += 1;
            match catch_unwind(|| judge(case)) {
                Ok(is_crate) => outcomes.crates += usize::from(is_crate),
                Err(panic) => {
                    let message = panic.downcast_ref::<String>().map_or("", |it| it.as_str());
                    outcomes.wrong += 1;
                    if outcomes.wrong <= 20 {
                        let (path, strings) = (&case.piece.path, &case.strings);
                        first += &format!("{path}: {strings:?}: {message}\n\n");
                    }
                }
            }
        }
        (outcomes, first)
    };
    let [one, two] = thread::scope(|scope| {
        [0, 1]
            .map(|start| scope.spawn(move || half(start)))
            .map(|it| it.join().expect("a thread that does not panic"))
    });
    let (one, two, wrong) = (one.0, two.0, one.1 + &two.1);
    let outcomes = CaseCounts {
        strings: one.strings + two.strings,
        cases: one.cases + two.cases,
        crates: one.crates + two.crates,
        wrong: one.wrong + two.wrong,
    };
    assert!(wrong.is_empty(), "{outcomes:?}\n{wrong}");
    outcomes
}

/// Poisons the strings of a case. Returns whether a crate was generated.
fn judge(case: &Case<'_>) -> bool {
    let Case { piece, strings } = case;
    let long = "x".repeat(10_000);
    let texts = strings.iter().map(|(place, text)| {
        let text = if *text == LONG { &long } else { *text };
        (*place, text)
    });
    let Ok(files) = piece.poisoned(&texts.collect::<Vec<_>>()) else {
        return false;
    };
    let items = harmless_crate(&files, &piece.files);
    let old: Vec<String> = sorted(piece.files.values().flat_map(|it| it.items.clone()));
    let new: Vec<String> = sorted(items.into_iter().flatten());
    match strings[0].0.role {
        Role::Prose => assert!(old == new, "{}", difference(&old, &new)),
        Role::Name | Role::Component => {
            // The conversions between enums depend on the names of their owners.
            let is_kept = |it: &String| !is_conversion(it);
            let [old, new] = [old, new].map(|items| items.into_iter().filter(is_kept).collect());
            let [old, new]: [Vec<String>; 2] = [old, new];
            let [old, new] = [old, new].map(|items| without_names(&items));
            assert!(old == new, "{}", difference(&old, &new));
        }
        Role::Word => {}
    }
    true
}

/// Returns whether an item converts an enum into another, or exports the error of that.
fn is_conversion(item: &str) -> bool {
    ["convert_enum", "EnumConversionError"]
        .iter()
        .any(|it| item.contains(it))
}

fn sorted(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.collect();
    items.sort();
    items
}

/// Returns the items of only one of the two.
fn difference(old: &[String], new: &[String]) -> String {
    let only = |these: &[String], those: &[String]| {
        let mut left = those.to_vec();
        let lost = these
            .iter()
            .filter(|it| match left.iter().position(|o| o == *it) {
                Some(index) => {
                    left.remove(index);
                    false
                }
                None => true,
            });
        lost.cloned().collect::<Vec<_>>()
    };
    format!("{:#?} became {:#?}", only(old, new), only(new, old))
}
