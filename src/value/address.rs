//! The address that a repr shows. CPython shows where the object stands in memory; here the output must be the same
//! in every run, so the first object that is shown gets one fixed address, the next the one after it.

use rustc_hash::FxHashMap;
use std::cell::RefCell;

thread_local! {
    static SHOWN: RefCell<FxHashMap<usize, usize>> = RefCell::default();
}

/// The address to show for the object that stands at `address` in the host's memory.
pub fn shown_address(address: usize) -> usize {
    const FIRST: usize = 0x7f00_0000_0000;
    const STEP: usize = 0x40;
    SHOWN.with(|shown| {
        let mut shown = shown.borrow_mut();
        let next = FIRST + shown.len() * STEP;
        *shown.entry(address).or_insert(next)
    })
}
