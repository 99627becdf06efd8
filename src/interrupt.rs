//! Ctrl-C: a flag that the front end raises and that long-running work polls between blocks of elements. A plan, which
//! must come to an end by itself, is stopped at the same places.

use crate::error::{Error, ErrorClass, Result, runtime_error};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The lowest bit: Ctrl-C came. The others count the budgets in force.
static STATE: AtomicUsize = AtomicUsize::new(0);
const RAISED: usize = 1;
const BUDGET: usize = 2;

thread_local! {
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Asks the running statement to stop. Safe in a signal handler.
pub fn raise() {
    STATE.fetch_or(RAISED, Ordering::Relaxed);
}

/// Forgets an interrupt that no statement took.
pub fn clear() {
    STATE.fetch_and(!RAISED, Ordering::Relaxed);
}

/// Polled by loops: `KeyboardInterrupt` where an interrupt came, which it takes.
///
/// # Errors
/// `KeyboardInterrupt`; `RuntimeError` where a [`Budget`] is used up.
#[inline]
pub fn check() -> Result<()> {
    match STATE.load(Ordering::Relaxed) {
        0 => Ok(()),
        state => checked(state),
    }
}

#[cold]
fn checked(state: usize) -> Result<()> {
    if state & RAISED != 0 {
        clear();
        return Err(Error::new(ErrorClass::KeyboardInterrupt, ""));
    }
    match LEFT.with(Cell::get) {
        None => Ok(()),
        Some(0) => Err(runtime_error("that takes too many steps to plan")),
        Some(left) => {
            LEFT.with(|cell| cell.set(Some(left - 1)));
            Ok(())
        }
    }
}

/// While it lives, this thread's loops may poll so many times.
pub struct Budget {
    before: Option<usize>,
}

impl Budget {
    /// A budget of so many polls.
    pub fn new(polls: usize) -> Budget {
        STATE.fetch_add(BUDGET, Ordering::Relaxed);
        Budget { before: LEFT.with(|left| left.replace(Some(polls))) }
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        LEFT.with(|left| left.set(self.before));
        STATE.fetch_sub(BUDGET, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_ends_loops() {
        let budget = Budget::new(2);
        assert!(check().is_ok() && check().is_ok() && check().is_err());
        drop(budget);
        assert!(check().is_ok());
    }
}
