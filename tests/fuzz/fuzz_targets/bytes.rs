//! Any bytes, as a text: no panic, no hang, no more memory than a session may use.
#![no_main]

mod session;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| session::run(&String::from_utf8_lossy(bytes)));
