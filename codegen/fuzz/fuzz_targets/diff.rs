//! Compares two specs; `mutation` defines the properties to check.
#![no_main]

#[path = "../mutation.rs"]
mod mutation;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    mutation::compare(bytes);
});
