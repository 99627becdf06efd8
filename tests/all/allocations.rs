//! Every line of `tests/oracle/allocations.jsonl` and `peaks.jsonl`: the bytes that NumPy held at most during a statement and after it,
//! held against the ledger.

use ndsh::session::Session;
use serde_json::Value;

#[test]
fn the_ledger_counts_as_tracemalloc_does() {
    check(include_str!("../oracle/allocations.jsonl"), 24_000, |setup, _| setup.to_string());
}

#[test]
fn the_peak_of_large_arrays_is_numpy_s() {
    // NumPy's iterator has a buffer of 65,536 bytes for each of two operands, which is no array's data.
    check(include_str!("../oracle/peaks.jsonl"), 140_000, needed);
}

/// The lines of the setup that bind names which the statement needs.
fn needed(setup: &str, statement: &str) -> String {
    let names = |text: &str| ndsh::syntax::parse(text).unwrap().iter().flat_map(|one| one.names()).collect::<Vec<_>>();
    let mut wanted = names(statement);
    let mut lines = Vec::new();
    for line in setup.lines().rev() {
        let used = names(line);
        if used.first().is_some_and(|bound| wanted.contains(bound)) {
            wanted.extend(used);
            lines.push(line);
        }
    }
    lines.reverse();
    lines.join("\n")
}

/// Python's own objects are in NumPy's numbers, so they may differ by `tolerance` bytes.
fn check(recorded: &str, tolerance: i64, setup_of: fn(&str, &str) -> String) {
    let mut lines = recorded.lines();
    let head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    let setup = head[1].as_str().unwrap();
    let mut wrong = Vec::new();
    for line in lines {
        let case: Value = serde_json::from_str(line).unwrap();
        let statement = case[0].as_str().unwrap();
        let is_expression = ndsh::syntax::parse(&format!("kept = ({statement})")).is_ok();
        let source = if is_expression { format!("kept = ({statement})") } else { statement.to_string() };
        let mut session = Session::new();
        session.run(&setup_of(setup, &source));
        let before = session.context().runtime.ledger.live() as i64;
        let steps = session.run(&source);
        let step = steps.last().unwrap();
        let failure = step.failure.as_ref().map(|failure| failure.message.clone());
        let got = [step.memory.peak as i64 - before, step.memory.live as i64 - before];
        let close = |got: i64, numpy: &Value| (got - numpy.as_i64().unwrap()).abs() <= tolerance;
        if failure.is_some() || !close(got[0], &case[1]) || !close(got[1], &case[2]) {
            wrong.push(format!("{statement}: numpy {} and {}, ndsh {got:?} {failure:?}", case[1], case[2]));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
