//! A bounded run of the fuzz targets in `fuzz`, with the same bytes each time.
//!
//! `cargo test --release -p twilio-codegen --test fuzz -- --ignored` runs longer, where cargo-fuzz is not available.

#[path = "../fuzz/mutation.rs"]
mod mutation;

use std::time::{Duration, Instant};

/// The time limit of a case: more than any needs on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn mutated_specs_make_a_report_or_a_crate() {
    let crates = run(1_500, mutation::generate);
    assert!(crates > 100, "only {crates} crates");
}

#[test]
fn mutated_specs_can_be_compared() {
    let pairs = run(800, mutation::compare);
    assert!(pairs > 100, "only {pairs} pairs");
}

#[test]
fn mutated_specs_and_overlays_make_a_report_or_a_crate() {
    let crates = run(300, mutation::overlay);
    assert!(crates > 30, "only {crates} crates");
}

#[test]
#[ignore = "takes as long as it is given"]
fn for_longer() {
    for (name, target) in [
        ("generate", mutation::generate as fn(&[u8]) -> bool),
        ("overlay", mutation::overlay),
        ("diff", mutation::compare),
    ] {
        println!("{name}: {} of 200000", run(200_000, target));
    }
}

/// Runs a target on this many inputs; returns how many were useful.
fn run(count: u64, target: fn(&[u8]) -> bool) -> usize {
    let is_done = |number: &u64| {
        let bytes = bytes(*number);
        let begin = Instant::now();
        let outcome = std::panic::catch_unwind(|| target(&bytes));
        let took = begin.elapsed();
        assert!(took < PATIENCE, "input {number} took {took:?}");
        outcome.unwrap_or_else(|_| panic!("input {number}"))
    };
    (0..count).filter(is_done).count()
}

/// Returns the input with a number: up to 200 bytes of `SplitMix64`.
fn bytes(number: u64) -> Vec<u8> {
    let mut state = number;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = state;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    };
    let words = 2 + next() % 24;
    (0..words).flat_map(|_| next().to_le_bytes()).collect()
}
