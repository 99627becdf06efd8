//! A plan and the real run use the same code: every example of the registry and every statement of the allocation
//! oracle is planned and then run, and shapes, strides, dtypes, allocations and peak must be the same. Where the data
//! decides a size, the plan's must be bounds.

use ndsh::array::{ArrayRef, Layout};
use ndsh::memory::{Event, EventKind};
use ndsh::session::{Effort, Plan, Session, Step};
use ndsh::value::Value;
use std::rc::Rc;

/// The name that keeps the value of an expression.
const KEPT: &str = "_kept";

/// The bytes that were allocated, in order.
fn allocations(events: &[Event]) -> Vec<usize> {
    let of = |event: &&Event| event.kind == EventKind::Allocated && event.bytes > 0;
    events.iter().filter(of).map(|event| event.bytes).collect()
}

/// The arrays in a value as a plan sees them.
fn arrays(value: &Value) -> Vec<ArrayRef> {
    match value {
        Value::Tuple(items) => items.iter().flat_map(Value::held_arrays).collect(),
        Value::List(list) => list.to_vec().iter().flat_map(Value::held_arrays).collect(),
        other => other.held_arrays(),
    }
}

/// What differs between a plan and what happened.
fn difference(plan: &Plan, step: &Step, live: usize, kept: Option<&Value>) -> Option<String> {
    let peak = step.memory.peak - live;
    let (planned, real) = (allocations(&plan.memory.events), allocations(&step.memory.events));
    if plan.unknown.is_some() {
        return None;
    }
    if plan.at_most {
        let total = |bytes: &[usize]| bytes.iter().sum::<usize>();
        return (plan.peak < peak || total(&planned) < total(&real))
            .then(|| format!("bounds: peak {} for {peak}, allocated {planned:?} for {real:?}", plan.peak));
    }
    if plan.peak != peak || planned != real {
        return Some(format!("peak {} for {peak}, allocated {planned:?} for {real:?}", plan.peak));
    }
    let kept = arrays(kept?);
    let layouts: Vec<Layout> = kept.iter().map(|array| array.layout().clone()).take(64).collect();
    let sights: Vec<Layout> = plan.root.value.arrays().iter().map(|sight| sight.layout.clone()).collect();
    (layouts != sights).then(|| format!("{sights:?} for {layouts:?}"))
}

/// Plans and runs one entry in a session; what differs.
fn compare(session: &mut Session, entry: &str, planned: &mut usize) -> Option<String> {
    let is_expression = ndsh::syntax::parse(&format!("{KEPT} = ({entry})")).is_ok();
    let source = if is_expression { format!("{KEPT} = ({entry})") } else { entry.to_string() };
    let before = everything(session);
    let plans = session.plan(&source, Effort::ASKED);
    if everything(session) != before {
        return Some(format!("{entry}\n  the plan changed the session: {before} became {}", everything(session)));
    }
    let ledger = Rc::clone(&session.context().runtime.ledger);
    let live = ledger.live();
    let steps = session.run(&source);
    let step = steps.last().filter(|_| steps.len() == 1)?;
    if step.failure.is_some() {
        return None;
    }
    let wrong = match plans {
        // An iterator moves on when it is used, and cannot be copied: there is no plan, and that is said.
        Err(failure) if failure.message.starts_with("a plan cannot use a") => None,
        Err(failure) => Some(format!("the plan fails: {}: {}", failure.class, failure.message)),
        Ok(plans) => {
            *planned += 1;
            let kept = session.workspace().get(KEPT).filter(|_| is_expression);
            plans.first().and_then(|plan| difference(plan, step, live, kept))
        }
    };
    wrong.map(|wrong| format!("{entry}\n  {wrong}"))
}

/// Names, values and numbers of a session, as text.
fn everything(session: &Session) -> String {
    let context = session.context();
    let ledger = &context.runtime.ledger;
    let values: Vec<String> = session
        .workspace()
        .entries()
        .iter()
        .filter(|(_, value)| !matches!(value, Value::Object(_)))
        .map(|(name, value)| format!("{name}={}", ndsh::value::repr(value, &context.print_options)))
        .collect();
    format!("{} {} {} {} {values:?}", ledger.newest(), ledger.live(), ledger.peak(), ndsh::array::next_id())
}

#[test]
fn examples_of_the_registry_do_what_is_planned() {
    let catalog = Rc::clone(&Session::new().context().catalog);
    let functions = catalog.functions().map(|function| (function.name, function.example));
    let attributes = catalog.attributes().map(|attribute| (attribute.name, attribute.example));
    let (mut wrong, mut planned) = (Vec::new(), 0);
    for (name, example) in functions.chain(attributes) {
        let mut session = Session::new();
        for entry in crate::registry::entries(example) {
            wrong.extend(compare(&mut session, &entry, &mut planned).map(|wrong| format!("{name}: {wrong}")));
        }
    }
    assert!(wrong.is_empty(), "{} of {planned} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(planned > 1000, "{planned}");
}

#[test]
fn statements_of_the_oracle_do_what_is_planned() {
    check(include_str!("../oracle/allocations.jsonl"));
}

fn check(recorded: &str) {
    let mut lines = recorded.lines();
    let head: serde_json::Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    let (mut wrong, mut planned) = (Vec::new(), 0);
    for line in lines {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut session = Session::new();
        session.run(head[1].as_str().unwrap());
        wrong.extend(compare(&mut session, case[0].as_str().unwrap(), &mut planned));
    }
    assert!(wrong.is_empty(), "{} of {planned} differ:\n{}", wrong.len(), wrong.join("\n"));
}
