//! Who plans: two evaluators over twins, which guess differently where only the data would tell.

use super::{Effort, Plan, Unknown, part};
use crate::array::{ArrayRef, Copied, Gives, Layout, Runtime, next_id, renumber_from};
use crate::error::Result;
use crate::eval::{Evaluator, Node, Trace, Workspace};
use crate::interrupt::Budget;
use crate::memory::{BufferId, Event, EventKind};
use crate::registry::Context;
use crate::session::holders::Holders;
use crate::session::step::{self, CopyFacts, Memory, Pending, Release};
use crate::session::{Session, lost, ripple};
use crate::syntax::ast::Stmt;
use crate::text::lines::one_line;
use crate::value::{Twins, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::Cell;
use std::rc::Rc;

/// Plans one statement after the other; what they bind is bound for those that follow.
pub struct Planner {
    /// The one whose plans are told, and one that guesses otherwise, to see whether that matters.
    courses: Vec<Course>,
}

impl Planner {
    /// A planner over the values of these names.
    ///
    /// # Errors
    /// `RuntimeError` where a value cannot be planned with, or there are too many.
    pub fn new(session: &Session, names: &[Rc<str>], effort: Effort) -> Result<Planner> {
        let courses = [0, 1].into_iter().map(|guess| Course::new(session, names, effort, guess));
        Ok(Planner { courses: courses.collect::<Result<_>>()? })
    }

    /// The plan of one statement of `text`, after those planned before in this session.
    ///
    /// # Errors
    /// What running it would raise, as far as shapes and dtypes tell; `RuntimeError` where it costs too much.
    pub fn plan(&mut self, session: &Session, statement: &Stmt, text: &str) -> Result<Plan> {
        let number = next_id();
        let mut ends = Vec::new();
        let mut plans = Vec::new();
        for course in &mut self.courses {
            renumber_from(number);
            plans.push(course.plan(session, statement, text));
            ends.push(next_id());
        }
        renumber_from(ends.iter().copied().max().unwrap_or(number));
        // Other arrays were made on the way: another path was taken.
        let is_one_path = ends.iter().all(|end| Some(end) == ends.first());
        let other = if plans.len() > 1 { plans.pop() } else { None };
        let Some(plan) = plans.pop() else { return Err(crate::error::runtime_error("nothing plans")) };
        match (plan, other) {
            (Ok(mut plan), Some(Ok(other))) => {
                if is_one_path && plan.is_like(&other) {
                    plan.unknown = None;
                } else {
                    plan.unknown = plan.unknown.or(other.unknown);
                    let is_condition = plan.unknown.as_ref().is_some_and(|unknown| unknown.is_condition);
                    plan.otherwise = is_condition.then_some((other.peak, other.stays));
                }
                Ok(plan)
            }
            // A guess with which it fails was a wrong one.
            (Err(_), Some(Ok(other))) => {
                self.courses.remove(0);
                Ok(other)
            }
            (Ok(plan), Some(Err(_))) => {
                self.courses.truncate(1);
                Ok(plan)
            }
            (plan, _) => plan,
        }
    }
}

/// What follows from one guess.
struct Course {
    evaluator: Evaluator,
    effort: Effort,
    guess: u8,
    /// Whether the data decided a size before.
    at_most: bool,
    /// The session's names that have a twin, or had one.
    names: FxHashSet<Rc<str>>,
    /// The names whose values hang on a guess, and what was guessed.
    carried: FxHashMap<Rc<str>, Unknown>,
    /// The last guess.
    last: Option<Unknown>,
    /// What stands for the holders of arrays that no planned name holds.
    _held: Vec<ArrayRef>,
}

impl Course {
    fn new(session: &Session, names: &[Rc<str>], effort: Effort, guess: u8) -> Result<Course> {
        let real = session.context();
        let ledger = real.runtime.ledger.plan();
        ledger.set_guess(guess);
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
            random_state: crate::numpy::shared_random_state(real),
        };
        Ok(Course {
            evaluator: Evaluator { workspace, ..Evaluator::new(context) },
            effort,
            guess,
            at_most: false,
            names: names.iter().cloned().collect(),
            carried: FxHashMap::default(),
            last: None,
            _held: twins.finish(),
        })
    }

    fn plan(&mut self, session: &Session, statement: &Stmt, text: &str) -> Result<Plan> {
        let _budget = Budget::new(self.effort.steps);
        let context = &mut self.evaluator.context;
        context.runtime.ledger.start_step();
        context.runtime.clear_records();
        let live = context.runtime.ledger.live();
        let names = statement.names();
        let layouts = layouts(&self.evaluator.workspace, &names);
        let unsure = self.unsure();
        self.evaluator.trace = Some(Trace::new(&self.evaluator.context, statement.span, unsure, self.effort.careful));
        let result = self.evaluator.run(statement);
        let trace = self.evaluator.trace.take();
        self.evaluator.context.stdout.clear();
        self.evaluator.context.notes.clear();
        let (value, rebindings) = result?;
        let bound: Vec<Rc<str>> = rebindings.iter().map(|rebinding| Rc::clone(&rebinding.name)).collect();
        let mut released = step::released(rebindings);
        let Evaluator { context, workspace, .. } = &self.evaluator;
        released.retain(|pending| !pending.is_bound_again(workspace));
        let node = trace.map(|trace| trace.finish(context, value.as_ref())).unwrap_or_default();
        let memory = Memory::of(&context.runtime.ledger);
        let lost = self.lost(session, (statement, text), &memory.events, &released, value.as_ref());
        drop(value);
        self.at_most |= !context.runtime.bounds.borrow().is_empty();
        let (stays, freed) = balance(&memory.events);
        let unknown = self.unknown(&node, &names, text);
        self.carry(&bound, &node, unknown.as_ref());
        let Evaluator { context, workspace, .. } = &self.evaluator;
        Ok(Plan {
            line: statement.line,
            source: one_line(statement.span.of(text)),
            root: part::root(statement, &node, text),
            peak: memory.peak.saturating_sub(live),
            stays,
            freed,
            held: self.held(session, released, &memory.events),
            lost,
            changed: changed(workspace, layouts),
            at_most: self.at_most,
            unknown,
            otherwise: None,
            cures: cures(&context.runtime.copies.borrow(), text),
            memory,
        })
    }

    /// The names that hang on a guess with more than the elements of an array, which are never known.
    fn unsure(&self) -> Rc<FxHashSet<Rc<str>>> {
        let is_array = |name: &Rc<str>| matches!(self.evaluator.workspace.get(name), Some(Value::Array(_)));
        Rc::new(self.carried.keys().filter(|name| !is_array(name)).cloned().collect())
    }

    /// What was guessed for a statement with these names, or for one before it.
    fn unknown(&self, node: &Node, names: &[Rc<str>], text: &str) -> Option<Unknown> {
        let own = guess_in(node, text).map(|mut unknown| {
            if let Some(origin) = self.carried.get(unknown.of.as_str()).filter(|_| !unknown.is_condition) {
                unknown.of.clone_from(&origin.of);
                unknown.is_condition = origin.is_condition;
            }
            unknown
        });
        let carried = || {
            let (name, origin) = names.iter().find_map(|name| Some((name, self.carried.get(name)?)))?;
            Some(Unknown { decides: name.to_string(), ..origin.clone() })
        };
        let unknown = own.or_else(carried).or_else(|| self.last.clone())?;
        Some(Unknown { guess: self.guess, ..unknown })
    }

    /// Remembers what the names that were bound hang on.
    fn carry(&mut self, bound: &[Rc<str>], node: &Node, unknown: Option<&Unknown>) {
        let hangs = guessed(node).is_some()
            || unknown.is_some_and(|unknown| self.carried.contains_key(unknown.decides.as_str()));
        for name in bound {
            match unknown.filter(|_| hangs) {
                Some(unknown) => drop(self.carried.insert(Rc::clone(name), unknown.clone())),
                None => drop(self.carried.remove(name)),
            }
        }
        if hangs {
            self.last = unknown.cloned();
        }
    }

    /// What the statement would write that nobody will see.
    fn lost(
        &self,
        session: &Session,
        (statement, text): (&Stmt, &str),
        events: &[Event],
        released: &[Pending],
        value: Option<&Value>,
    ) -> Vec<lost::LostWrite> {
        let Evaluator { context, workspace, .. } = &self.evaluator;
        let runtime = &context.runtime;
        let writes = runtime.writes.borrow();
        let scene = lost::Scene {
            statement,
            text,
            seen: &runtime.seen.borrow(),
            copies: &runtime.copies.borrow(),
            events,
            workspace,
            others: Some(session.workspace()),
            released,
            shown: match value {
                Some(Value::Array(array)) => Some(array.buffer_ref().id()),
                _ => None,
            },
            hidden: None,
        };
        ripple::groups(&writes, workspace).iter().filter_map(|group| scene.lost(group)).collect()
    }

    /// What becomes of the buffers that names let go of, where others hold them.
    fn held(&self, session: &Session, released: Vec<Pending>, events: &[Event]) -> Vec<Release> {
        let freed = step::freed_buffers(events);
        let mut told = FxHashSet::default();
        let is_held = |pending: &Pending| !freed.contains(&pending.buffer()) && pending.bytes() > 0;
        let held: Vec<Pending> =
            released.into_iter().filter(is_held).filter(|pending| told.insert(pending.buffer())).collect();
        if held.is_empty() {
            return Vec::new();
        }
        let buffers: Vec<BufferId> = held.iter().map(Pending::buffer).collect();
        let whole = self.whole(session);
        let holders = Holders::among(&whole, [], &buffers);
        held.into_iter().map(|pending| pending.finish(&holders, &freed)).collect()
    }

    /// The session's names, those that are planned with as the plan leaves them.
    fn whole(&self, session: &Session) -> Workspace {
        let planned = &self.evaluator.workspace;
        let mut whole = Workspace::default();
        for (name, value) in session.workspace().entries() {
            match planned.get(name) {
                Some(twin) => whole.set(name, twin.clone()),
                None if self.names.contains(name) => {}
                None => whole.set(name, value.clone()),
            }
        }
        for (name, twin) in planned.entries() {
            whole.set(name, twin.clone());
        }
        whole
    }
}

/// The arrays of these names, with their layouts.
fn layouts(workspace: &Workspace, names: &[Rc<str>]) -> Vec<(Rc<str>, u64, Layout)> {
    let array = |name: &Rc<str>| match workspace.get(name) {
        Some(Value::Array(array)) => Some((Rc::clone(name), array.id(), array.layout().clone())),
        _ => None,
    };
    names.iter().filter_map(array).collect()
}

/// Those of these names whose arrays are the same and have other layouts now.
fn changed(workspace: &Workspace, before: Vec<(Rc<str>, u64, Layout)>) -> Vec<(Rc<str>, Layout)> {
    let other = |(name, id, old): (Rc<str>, u64, Layout)| match workspace.get(&name) {
        Some(Value::Array(array)) if array.id() == id && *array.layout() != old => {
            Some((Rc::clone(&name), array.layout().clone()))
        }
        _ => None,
    };
    before.into_iter().filter_map(other).collect()
}

/// The bytes of the events that were allocated and stay, and the older buffers that were freed.
fn balance(events: &[Event]) -> (usize, Vec<(BufferId, usize)>) {
    let of = |kind: EventKind| events.iter().filter(move |event| event.kind == kind && event.bytes > 0);
    let is_in = |kind: EventKind, buffer: BufferId| of(kind).any(|event| event.buffer == buffer);
    let stays = of(EventKind::Allocated).filter(|event| !is_in(EventKind::Freed, event.buffer)).map(|e| e.bytes).sum();
    let freed = of(EventKind::Freed).filter(|event| !is_in(EventKind::Allocated, event.buffer));
    (stays, freed.map(|event| (event.buffer, event.bytes)).collect())
}

/// The first condition that hangs on a guess; else the first guess.
fn guess_in(node: &Node, text: &str) -> Option<Unknown> {
    let guess = guessed(node)?;
    let is_guessed = |node: &Node, test: &Node| node.guesses > 0 || guessed(test).is_some();
    let condition =
        node.find(&|node| node.is_choice() && node.parts.first().is_some_and(|test| is_guessed(node, test)));
    let test = condition.and_then(|choice| choice.parts.first());
    let of = one_line(test.unwrap_or(guess).span.of(text));
    Some(Unknown { decides: of.clone(), of, guess: 0, is_condition: test.is_some() })
}

/// The first expression whose value was guessed.
fn guessed(node: &Node) -> Option<&Node> {
    node.find(&|node| node.guesses > 0)
}

/// What to write instead of the copies that can be avoided, each once.
fn cures(copies: &[Copied], text: &str) -> Vec<(String, Gives)> {
    let mut cures = Vec::new();
    for cure in copies.iter().filter_map(|copied| CopyFacts::of(copied, text).cure) {
        if !cures.contains(&cure) {
            cures.push(cure);
        }
    }
    cures
}
