//! Runs the stages from load to emit; `mutation` defines the properties to check.
#![no_main]

#[path = "../mutation.rs"]
mod mutation;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    mutation::generate(bytes);
});
