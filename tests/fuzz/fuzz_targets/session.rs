//! What every target does with a text.

use ndsh::interrupt;
use ndsh::session::Session;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The bytes that the arrays of a session may take.
const MEMORY: usize = 4 << 20;
/// How often a running text is looked at: one that is seen twice is interrupted, as by Ctrl-C. Whether it ends then is
/// for libFuzzer to watch (`-timeout`).
const PATIENCE: Duration = Duration::from_millis(500);
/// The texts that were begun.
static BEGUN: AtomicU64 = AtomicU64::new(0);
/// The texts that ended.
static ENDED: AtomicU64 = AtomicU64::new(0);

/// Runs a text in a new session that has a few names.
pub fn run(text: &str) {
    watch();
    interrupt::clear();
    let mut session = Session::new();
    session.context().runtime.ledger.set_limit(Some(MEMORY));
    session.keep_last(true);
    session.run("a = np.arange(6); b = a.reshape(2, 3); c = np.ones((2, 2)); l = [a, b, 1]; d = {'a': a}; s = 'abc'");
    let number = BEGUN.fetch_add(1, Ordering::Relaxed) + 1;
    session.run(text);
    ENDED.store(number, Ordering::Relaxed);
}

/// Starts, once, the thread that interrupts what takes long.
fn watch() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        std::thread::spawn(|| {
            let mut seen = 0;
            loop {
                std::thread::sleep(PATIENCE);
                let begun = BEGUN.load(Ordering::Relaxed);
                if begun == seen && ENDED.load(Ordering::Relaxed) < begun {
                    interrupt::raise();
                }
                seen = begun;
            }
        });
    });
}
