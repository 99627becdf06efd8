//! Every line of `tests/oracle/allocations.jsonl`: the bytes that NumPy held at most during a statement and after it,
//! held against the ledger.

use ndsh::session::Session;
use serde_json::Value;

#[test]
fn the_ledger_counts_as_tracemalloc_does() {
    let mut lines = include_str!("../oracle/allocations.jsonl").lines();
    let head: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    let setup = head[1].as_str().unwrap();
    // a hundredth of a large array: Python's own objects are in NumPy's numbers
    const TOLERANCE: i64 = 24_000;
    let mut wrong = Vec::new();
    for line in lines {
        let case: Value = serde_json::from_str(line).unwrap();
        let statement = case[0].as_str().unwrap();
        let is_expression = ndsh::syntax::parse(&format!("kept = ({statement})")).is_ok();
        let source = if is_expression { format!("kept = ({statement})") } else { statement.to_string() };
        let mut session = Session::new();
        session.run(setup);
        let before = session.context().runtime.ledger.live() as i64;
        let steps = session.run(&source);
        let step = steps.last().unwrap();
        let failure = step.failure.as_ref().map(|failure| failure.message.clone());
        let got = [step.memory.peak as i64 - before, step.memory.live as i64 - before];
        let close = |got: i64, numpy: &Value| (got - numpy.as_i64().unwrap()).abs() <= TOLERANCE;
        if failure.is_some() || !close(got[0], &case[1]) || !close(got[1], &case[2]) {
            wrong.push(format!("{statement}: numpy {} and {}, ndsh {got:?} {failure:?}", case[1], case[2]));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
