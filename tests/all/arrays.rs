//! Every session of `tests/oracle/arrays.jsonl` and its kin, which NumPy wrote, held again: attributes, creation,
//! manipulation, sharing and printing of arrays; random numbers; Fourier transforms, polynomials and linear algebra; dates.

use ndsh::session::Session;
use serde_json::Value;

#[test]
fn arrays_answer_as_numpys() {
    compare(include_str!("../oracle/arrays.jsonl"));
}

#[test]
fn random_numbers_are_numpys() {
    compare(include_str!("../oracle/random.jsonl"));
}

#[test]
fn files_say_what_numpy_reads() {
    compare(include_str!("../oracle/files.jsonl"));
}

#[test]
fn transforms_and_factors_are_numpys() {
    compare(include_str!("../oracle/numerics.jsonl"));
}

#[test]
fn dates_are_numpys() {
    compare(include_str!("../oracle/dates.jsonl"));
}

/// Holds each session again, and compares every answer.
fn compare(sessions: &str) {
    let mut wrong = Vec::new();
    for line in sessions.lines().skip(1) {
        let mut session = Session::new();
        for case in serde_json::from_str::<Vec<Value>>(line).unwrap() {
            let source = case[0].as_str().unwrap();
            for step in session.run(source) {
                let value = step.value.as_ref().map(|value| value.repr.clone());
                let error = step.failure.as_ref().map(|f| vec![f.class.clone(), f.message.clone()]);
                let got = serde_json::json!([source, value, step.stdout, error]);
                if got != case {
                    wrong.push(format!("numpy {case}\n ndsh {got}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
