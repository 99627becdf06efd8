//! No text makes a session panic, hang or use more memory than it may: random bytes, random tokens, and what is
//! left of real sessions when pieces of them are cut out, doubled and exchanged.
//!
//! The texts are the same in each run.

use super::tokens;
use ndsh::interrupt;
use ndsh::session::Session;
use ndsh::shell::{Manner, Shell};
use std::io::{Seek, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The texts of each kind.
const TEXTS: usize = 20_000;
/// The bytes that the arrays of a session may take.
const MEMORY: usize = 4 << 20;
/// How long one text may run before it is interrupted, and how long until it must have ended then. The second is
/// generous: the machine may be busy.
const PATIENCE: Duration = Duration::from_millis(200);
const LIMIT: Duration = Duration::from_secs(20);

/// A generator of random choices: xorshift64*.
struct Random(u64);

impl Random {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }

    /// One of these.
    fn one_of(&mut self, items: &[&'static str]) -> &'static str {
        items[self.below(items.len())]
    }
}

/// Where the worker writes the text that runs.
fn current(kind: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{kind}.txt"))
}

/// Runs the texts of this kind in a process of its own: an interrupt is for the whole process, and an overflow of
/// the stack ends it.
fn fuzz(kind: &str) {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["fuzz::worker", "--exact", "--ignored", "--nocapture"])
        .env("NDSH_FUZZ", kind)
        .output()
        .unwrap();
    let last = std::fs::read_to_string(current(kind)).unwrap_or_default();
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{} on\n{last:?}\n{told}", run.status);
}

#[test]
fn random_bytes() {
    fuzz("bytes");
}

#[test]
fn random_tokens() {
    fuzz("tokens");
}

#[test]
fn broken_examples() {
    fuzz("examples");
}

#[test]
#[ignore = "the tests above run it"]
fn worker() {
    match std::env::var("NDSH_FUZZ").as_deref() {
        Ok("bytes") => run("bytes", bytes()),
        Ok("tokens") => run("tokens", token_texts()),
        Ok("examples") => run("examples", examples()),
        _ => {}
    }
}

/// Runs every text in a session, a new one now and then; interrupts what takes long.
fn run(kind: &str, texts: impl Iterator<Item = String>) {
    let begin = Instant::now();
    let now = move || begin.elapsed().as_millis() as u64 + 1;
    // When the running text started; 0 where none runs.
    let started = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&started);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(20));
            let start = seen.load(Ordering::Relaxed);
            let taken = Duration::from_millis(if start > 0 { now().saturating_sub(start) } else { 0 });
            if taken > PATIENCE {
                interrupt::raise();
            }
            if taken > LIMIT {
                eprintln!("it does not end");
                std::process::exit(1);
            }
        }
    });
    let mut file = std::fs::File::create(current(kind)).unwrap();
    let mut shell = new_shell();
    for (number, text) in texts.enumerate() {
        if number % 50 == 0 {
            shell = new_shell();
        }
        file.rewind().and_then(|()| file.set_len(0)).and_then(|()| file.write_all(text.as_bytes())).unwrap();
        started.store(now(), Ordering::Relaxed);
        shell.enter_plain(&text);
        // What the prompt does while a line is typed.
        shell.complete(&text);
        shell.signature_hint(&text);
        started.store(0, Ordering::Relaxed);
        interrupt::clear();
    }
}

/// A shell with a few arrays, and little memory.
fn new_shell() -> Shell {
    let mut shell = Shell::new(Manner::prompt(80));
    shell.session.context().runtime.ledger.set_limit(Some(MEMORY));
    shell.session.keep_last(true);
    shell
        .session
        .run("a = np.arange(6); b = a.reshape(2, 3); c = np.ones((2, 2)); l = [a, b, 1]; d = {'a': a}; s = 'abc'");
    shell
}

/// Random bytes, where they are no UTF-8 with the sign for that.
fn bytes() -> impl Iterator<Item = String> {
    let mut random = Random(1);
    (0..TEXTS).map(move |_| {
        let length = random.below(40);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Random tokens.
fn token_texts() -> impl Iterator<Item = String> {
    let mut random = Random(2);
    (0..TEXTS).map(move |_| tokens::text(|n| random.below(n)))
}

/// The examples of the registry, taken apart at their tokens and put together in another way.
fn examples() -> impl Iterator<Item = String> {
    let catalog = std::rc::Rc::clone(&Session::new().context().catalog);
    let functions = catalog.functions().map(|function| function.example);
    let examples: Vec<&str> = functions.chain(catalog.attributes().map(|attribute| attribute.example)).collect();
    let lines: Vec<&'static str> = examples
        .iter()
        .flat_map(|example| example.lines())
        .filter_map(|line| line.strip_prefix(">>> "))
        .filter(|line| line.len() < 200)
        .collect();
    let pieces = |line: &'static str| -> Vec<&'static str> {
        ndsh::syntax::highlight::tokens(line).into_iter().map(|(span, _)| span.of(line)).collect()
    };
    let mut random = Random(3);
    (0..TEXTS).map(move |_| {
        let mut text = pieces(random.one_of(&lines));
        let other = pieces(random.one_of(&lines));
        for _ in 0..1 + random.below(3) {
            if text.is_empty() {
                break;
            }
            let at = random.below(text.len());
            match random.below(4) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, text[at]),
                2 if !other.is_empty() => text[at] = random.one_of(&other),
                _ => text[at] = random.one_of(&tokens::TOKENS),
            }
        }
        text.join(if random.below(8) == 0 { "" } else { " " })
    })
}
