//! A write on a workspace of very many names: what is told stays short, and is told at once.

use ndsh::report;
use ndsh::session::Session;
use ndsh::value::Value;
use std::rc::Rc;
use std::time::{Duration, Instant};

const NAMES: usize = 10_000;

/// A session with `big` and names `n0`, `n1`, ... for what `view` makes of it.
fn crowded(make: &str, view: impl Fn(usize) -> String) -> Session {
    let mut session = Session::new();
    session.run(make);
    for n in 0..NAMES {
        let value = session.evaluate(&view(n)).unwrap();
        session.restore(&Rc::from(format!("n{n}")), value);
    }
    assert!(matches!(session.workspace().get("n9"), Some(Value::Array(_))));
    session
}

/// The shortest time that a statement took, and what the report says of its writes.
fn told(session: &mut Session, statement: &str) -> (Duration, Vec<String>) {
    let mut shortest = Duration::MAX;
    let mut lines = Vec::new();
    for _ in 0..3 {
        let start = Instant::now();
        let steps = session.run(statement);
        shortest = shortest.min(start.elapsed());
        lines = report::memory_lines(&steps[0]);
    }
    println!("{shortest:?} {statement}\n  {}", lines.join("\n  "));
    (shortest, lines)
}

/// Far more than it takes, even unoptimised and on a busy machine, but for what looks at every pair of names.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn ten_thousand_rows_of_one_array() {
    let mut session = crowded("big = np.zeros((10_000, 1000))", |n| format!("big[{n}]"));
    for (statement, line) in [
        ("big[7, 3] = 1", "wrote 8 B of #1 · n7[3] changed too"),
        (
            "big[:, 3] = 1",
            "wrote 80 kB of #1 · n0[3], n1[3], n2[3], n3[3], n4[3], n5[3] and 9,994 more names changed too",
        ),
        ("big[[5, 9_000], 4] = 1", "wrote 16 B of #1: big[5, 4] and big[9000, 4] · n5[4], n9000[4] changed too"),
    ] {
        let (time, lines) = told(&mut session, statement);
        assert_eq!(lines[0], line);
        assert!(time < SOON, "{statement}: {time:?}");
    }
    let (time, lines) = told(&mut session, "big[::2, :4][big[::2, :4] >= 0] = 3");
    assert!(lines[0].contains("more names"), "{lines:?}");
    assert!(time < SOON, "{time:?}");
}

#[test]
fn ten_thousand_views_between_the_written_cells() {
    let mut session = crowded("big = np.arange(100_000)", |n| format!("big[{}::2]", 2 * n + 1));
    let (time, lines) = told(&mut session, "big[::2] = 1");
    assert_eq!(lines[0], "wrote 400 kB of #1");
    assert!(time < SOON, "{time:?}");
    let (time, lines) = told(&mut session, "big[::2][np.arange(0, 50_000) ** 2 % 7 == 1] = 1");
    assert!(lines[0].starts_with("wrote 114 kB of #1: some of big["), "{lines:?}");
    assert!(time < SOON, "{time:?}");
}
