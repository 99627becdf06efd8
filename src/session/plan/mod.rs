//! What a statement would do: the same evaluator over twins of the values, with a ledger that only plans.
//!
//! Nothing of the session changes, and no data is read but single elements. So a plan works at any size.

mod part;

pub use part::{Part, Remark, Size, Verdict};

use super::failure::Failure;
use super::step::{CopyFacts, Memory};
use super::{Script, Session};
use crate::array::{ArrayRef, Copied, ObjectId, Runtime, next_id, renumber_from};
use crate::error::Result;
use crate::eval::{Evaluator, Node, Rebinding, Trace, Workspace};
use crate::interrupt::Budget;
use crate::memory::{BufferId, Event, EventKind};
use crate::registry::Context;
use crate::syntax::ast::Stmt;
use crate::value::{Twins, Value};
use std::cell::Cell;
use std::rc::Rc;

/// What a statement would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The line it starts on, from 1.
    pub line: usize,
    /// Its text.
    pub source: String,
    /// What it does, expression by expression.
    pub root: Part,
    /// The bytes that live at once in addition to what lives before it, at most.
    pub peak: usize,
    /// The bytes it allocates that still live after it.
    pub stays: usize,
    /// The buffers that were there and are freed, with their bytes.
    pub freed: Vec<(BufferId, usize)>,
    /// The buffers that names let go of and that others hold.
    pub held: Vec<BufferId>,
    /// Whether the data decides some size, so that the sums are upper bounds.
    pub at_most: bool,
    /// A value that the data decides, where it matters.
    pub unknown: Option<Unknown>,
    /// What to write instead of copies that can be avoided: the text, and what it gives.
    pub cures: Vec<(String, &'static str)>,
    /// The account.
    pub memory: Memory,
}

/// A value that only the data decides, and that decides what happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The expression that decides.
    pub decides: String,
    /// The expression in it that was guessed.
    pub of: String,
    /// What it was taken for.
    pub guess: u8,
    /// Whether a condition is what decides, so that another guess need not show it.
    is_condition: bool,
}

/// How much a plan may cost.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// The values that are copied, at most.
    pub values: usize,
    /// The steps of loops, at most.
    pub steps: usize,
    /// Whether nobody asked for it, so that what may take long is refused.
    pub careful: bool,
}

impl Effort {
    /// For a plan that somebody asked for.
    pub const ASKED: Effort = Effort { values: 10_000_000, steps: 1_000_000, careful: false };
    /// For one that is made while a line is typed.
    pub const UNASKED: Effort = Effort { values: 10_000, steps: 1000, careful: true };
}

/// Plans one statement after the other; what they bind is bound for those that follow.
pub struct Planner {
    evaluator: Evaluator,
    effort: Effort,
    /// Whether the data decided a size before.
    at_most: bool,
    /// What stands for the holders of arrays that no planned name holds.
    _held: Vec<ArrayRef>,
}

impl Planner {
    /// A planner over the values of these names.
    ///
    /// # Errors
    /// `RuntimeError` where a value cannot be planned with, or there are too many.
    pub fn new(session: &Session, names: &[Rc<str>], effort: Effort) -> Result<Planner> {
        let real = session.context();
        let ledger = real.runtime.ledger.plan();
        let mut twins = Twins::new(Rc::clone(&ledger), effort.values);
        let mut workspace = Workspace::default();
        for name in names {
            if let Some(value) = session.workspace().get(name) {
                workspace.set(name, twins.of(value)?);
            }
        }
        let error_state = Cell::new(real.runtime.error_state.get());
        let context = Context {
            runtime: Runtime { ledger, error_state, ..Runtime::default() },
            stdout: String::new(),
            print_options: real.print_options.clone(),
            catalog: Rc::clone(&real.catalog),
            notes: Vec::new(),
        };
        let evaluator = Evaluator { workspace, ..Evaluator::new(context) };
        Ok(Planner { evaluator, effort, at_most: false, _held: twins.finish() })
    }

    /// The plan of one statement of `text`.
    ///
    /// # Errors
    /// What running it would raise, as far as shapes and dtypes tell; `RuntimeError` where it costs too much.
    pub fn plan(&mut self, statement: &Stmt, text: &str) -> Result<Plan> {
        let _budget = Budget::new(self.effort.steps);
        let runtime = &self.evaluator.context.runtime;
        runtime.ledger.start_step();
        runtime.warnings.borrow_mut().clear();
        runtime.writes.borrow_mut().clear();
        runtime.copies.borrow_mut().clear();
        runtime.bounds.borrow_mut().clear();
        let live = runtime.ledger.live();
        self.evaluator.trace = Some(Trace::new(&self.evaluator.context, statement.span, self.effort.careful));
        let result = self.evaluator.run(statement);
        let trace = self.evaluator.trace.take();
        self.evaluator.context.stdout.clear();
        self.evaluator.context.notes.clear();
        let (value, rebindings) = result?;
        let let_go = let_go(&rebindings, &self.evaluator.workspace);
        drop(rebindings);
        let context = &self.evaluator.context;
        let node = trace.map(|trace| trace.finish(context, value.as_ref())).unwrap_or_default();
        let memory = Memory::of(&context.runtime.ledger);
        drop(value);
        self.at_most |= !context.runtime.bounds.borrow().is_empty();
        let (stays, freed) = balance(&memory.events);
        let held = let_go.into_iter().filter(|buffer| !freed.iter().any(|(other, _)| other == buffer)).collect();
        Ok(Plan {
            line: statement.line,
            source: one_line(statement.span.of(text)),
            root: part::root(statement, &node, text),
            peak: memory.peak.saturating_sub(live),
            stays,
            freed,
            held,
            at_most: self.at_most,
            unknown: unknown(&node, text),
            cures: cures(&context.runtime.copies.borrow(), text),
            memory,
        })
    }
}

impl Session {
    /// What the statements of `text` would do, one after the other.
    ///
    /// # Errors
    /// Why the first that fails would.
    pub fn plan(&self, text: &str, effort: Effort) -> Result<Vec<Plan>, Box<Failure>> {
        let number = next_id();
        let plans = self.plan_each(text, effort, number);
        renumber_from(number);
        plans
    }

    fn plan_each(&self, text: &str, effort: Effort, number: ObjectId) -> Result<Vec<Plan>, Box<Failure>> {
        let script = Script::read(text);
        let mut statements = Vec::new();
        let mut names = Vec::new();
        for statement in &script.statements {
            let statement = statement.as_ref().map_err(|error| Failure::of_syntax(error, &script.text))?;
            names.extend(statement.names());
            statements.push(statement);
        }
        let with = |guess: u8| {
            renumber_from(number);
            let mut planner = Planner::new(self, &names, effort)?;
            let ledger = Rc::clone(&planner.evaluator.context.runtime.ledger);
            ledger.set_guess(guess);
            let plan = |statement: &&Stmt| {
                let plan = planner.plan(statement, &script.text);
                plan.map_err(|error| Box::new(Failure::of(&error, &script.text, statement.line)))
            };
            let plans = statements.iter().map(plan).collect::<Result<Vec<_>, Box<Failure>>>();
            Ok::<_, Box<Failure>>((plans, ledger.guesses() > 0))
        };
        let (plans, has_guessed) = with(0)?;
        if !has_guessed {
            return plans;
        }
        // Another guess tells whether what cannot be known matters.
        match (plans, with(1)?.0) {
            (Ok(mut plans), Ok(others)) => {
                for (plan, other) in plans.iter_mut().zip(&others) {
                    let is_same = plan.root == other.root && plan.peak == other.peak;
                    plan.unknown.take_if(|unknown| is_same && !unknown.is_condition);
                }
                Ok(plans)
            }
            (Err(_), Ok(mut plans)) => {
                plans.iter_mut().flat_map(|plan| &mut plan.unknown).for_each(|unknown| unknown.guess = 1);
                Ok(plans)
            }
            (plans, Err(_)) => plans,
        }
    }
}

/// The bytes of the events that were allocated and stay, and the older buffers that were freed.
fn balance(events: &[Event]) -> (usize, Vec<(BufferId, usize)>) {
    let of = |kind: EventKind| events.iter().filter(move |event| event.kind == kind && event.bytes > 0);
    let is_in = |kind: EventKind, buffer: BufferId| of(kind).any(|event| event.buffer == buffer);
    let stays = of(EventKind::Allocated).filter(|event| !is_in(EventKind::Freed, event.buffer)).map(|e| e.bytes).sum();
    let freed = of(EventKind::Freed).filter(|event| !is_in(EventKind::Allocated, event.buffer));
    (stays, freed.map(|event| (event.buffer, event.bytes)).collect())
}

/// The buffers of the arrays that names were bound to and are no more.
fn let_go(rebindings: &[Rebinding], workspace: &Workspace) -> Vec<BufferId> {
    let buffer_of = |value: Option<&Value>| match value {
        Some(Value::Array(array)) => Some(array.buffer_ref().id()).filter(|_| !array.buffer_ref().is_empty()),
        _ => None,
    };
    let mut buffers = Vec::new();
    for rebinding in rebindings {
        let old = buffer_of(rebinding.old.as_ref());
        let is_new = old.is_some() && old != buffer_of(workspace.get(&rebinding.name));
        buffers.extend(old.filter(|buffer| is_new && !buffers.contains(buffer)));
    }
    buffers
}

/// Text without its line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first condition that hangs on a guess; else the first guess.
fn unknown(node: &Node, text: &str) -> Option<Unknown> {
    let guess = guessed(node)?;
    let of = one_line(guess.span.of(text));
    let condition =
        node.find(&|node| node.is_choice() && node.parts.first().is_some_and(|test| guessed(test).is_some()));
    let test = condition.and_then(|choice| choice.parts.first());
    let of = test.and_then(guessed).map_or(of, |guess| one_line(guess.span.of(text)));
    let decides = test.map_or_else(|| of.clone(), |test| one_line(test.span.of(text)));
    Some(Unknown { decides, of, guess: 0, is_condition: test.is_some() })
}

/// The first expression whose value was guessed.
fn guessed(node: &Node) -> Option<&Node> {
    node.find(&|node| node.guesses > 0)
}

/// What to write instead of the copies that can be avoided, each once.
fn cures(copies: &[Copied], text: &str) -> Vec<(String, &'static str)> {
    let mut cures = Vec::new();
    for cure in copies.iter().filter_map(|copied| CopyFacts::of(copied, text).cure) {
        if !cures.contains(&cure) {
            cures.push(cure);
        }
    }
    cures
}
