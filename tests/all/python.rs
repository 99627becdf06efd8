//! Every line of `tests/oracle/python.jsonl`, which CPython wrote, evaluated again.

use ndsh::eval::{Evaluator, catalog};
use ndsh::registry::Context;
use ndsh::value::repr;
use serde_json::{Value, json};

/// What the source gives here, in the form of a line of the oracle.
fn answer(source: &str) -> Value {
    let mut evaluator = Evaluator::new(Context::new(catalog()));
    let imports = ndsh::syntax::parse("import numpy as np, math, sys").unwrap();
    evaluator.run(&imports[0]).unwrap();
    let mut value = None;
    let mut failure = None;
    match ndsh::syntax::parse(source) {
        Err(error) => failure = Some(json!(["SyntaxError", format!("{error:?}")])),
        Ok(statements) => {
            for statement in &statements {
                match evaluator.run(statement) {
                    Ok((result, _)) => value = result.map(|value| repr(&value, &evaluator.context.print_options)),
                    Err(error) => {
                        failure = Some(json!([error.class().name(), error.message()]));
                        break;
                    }
                }
            }
        }
    }
    let printed = std::mem::take(&mut evaluator.context.stdout);
    match failure {
        Some(failure) => json!([source, printed, failure[0], failure[1]]),
        None => json!([source, printed, value]),
    }
}

#[test]
fn expressions_give_what_cpython_gives() {
    let (mut count, mut failures) = (0, Vec::new());
    for line in include_str!("../oracle/python.jsonl").lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        count += 1;
        let got = answer(expected[0].as_str().unwrap());
        if got != expected {
            failures.push(format!("{expected}\n{got}\n"));
        }
    }
    assert!(count > 1500, "only {count} lines compared");
    let most = std::env::var("SHOWN").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let shown = failures.iter().take(most).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {count} answers differ\n{shown}", failures.len());
}
