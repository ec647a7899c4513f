//! A spec with an overlay, load to emit: `mutation` says what must hold.
#![no_main]

#[path = "../mutation.rs"]
mod mutation;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    mutation::overlay(bytes);
});
