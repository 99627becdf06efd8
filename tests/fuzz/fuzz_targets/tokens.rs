//! Texts of tokens, each byte a choice: no panic, no hang, no more memory than a session may use.
#![no_main]

mod session;
#[path = "../../all/tokens.rs"]
mod tokens;

libfuzzer_sys::fuzz_target!(|choices: &[u8]| {
    let mut choices = choices.iter().copied();
    session::run(&tokens::text(|n| usize::from(choices.next().unwrap_or(0)) % n.max(1)));
});
