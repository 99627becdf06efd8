//! Ctrl-C: a flag that the front end raises and that long-running work polls between blocks of elements.

use crate::error::{Error, ErrorClass, Result};
use std::sync::atomic::{AtomicBool, Ordering};

static RAISED: AtomicBool = AtomicBool::new(false);

/// Asks the running statement to stop. Safe in a signal handler.
pub fn raise() {
    RAISED.store(true, Ordering::Relaxed);
}

/// Forgets an interrupt that no statement took.
pub fn clear() {
    RAISED.store(false, Ordering::Relaxed);
}

/// Polled by loops: `KeyboardInterrupt` where an interrupt came, which it takes.
///
/// # Errors
/// `KeyboardInterrupt`.
#[inline]
pub fn check() -> Result<()> {
    if RAISED.load(Ordering::Relaxed) {
        clear();
        return Err(Error::new(ErrorClass::KeyboardInterrupt, ""));
    }
    Ok(())
}
