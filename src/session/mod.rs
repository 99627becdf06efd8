//! A session: text in, steps out. The one door for the prompt, scripts, tests and lessons.
//!
//! [`Session::run`] runs every statement of a text and gives a [`Step`] for each ([`Session::advance`] goes one
//! statement at a time): plain data that says all there is to know (value, printed text, error, arrays made or changed, memory). Whatever a user sees of a
//! step is drawn from it.

mod account;
pub mod compare;
mod facts;
mod failure;
mod graph;
mod holders;
mod lost;
mod path;
mod place;
mod plan;
mod provenance;
mod reach;
mod refusal;
mod replica;
mod ripple;
mod shared;
mod step;
mod tape;
mod trial;
mod usage;
mod why;

pub use account::{Avoidable, CopyAccount};
pub use facts::{ArrayFacts, Locked, Origin};
pub use failure::Failure;
pub use graph::{ArrayNode, BufferNode, Graph, named_arrays};
pub use holders::{Branch, Deletion, Handle, HoldAt, Holders, Kept, Paths, Pin, Tree, WayOut};
pub use lost::{Lost, LostWrite};
pub use path::Path;
pub use place::{Place, Sharer, place};
pub use plan::{Effort, Part, Plan, Planner, Remark, Size, Unknown, Verdict};
pub use provenance::{Link, Provenance};
pub use ripple::Ripple;
pub use shared::{Common, Sharing, Standing};
pub use step::{CopyFacts, Memory, Release, Shown, Step};
pub use tape::{Lane, Tape, TapeCell, tapes};
pub use usage::{BufferUse, buffer_uses};
pub use why::{Doing, Why, WhyArray, WhyStep};

use crate::array::{ArrayRef, NdArray, ObjectId, reference, take_changes, watch_changes};
use crate::error::Result;
use crate::eval::{Evaluator, Rebinding, Workspace};
use crate::memory::BufferId;
use crate::python::memoryview::MemoryView;
use crate::registry::Context;
use crate::syntax::{self, SyntaxError, ast::Stmt, ast::StmtKind, paste::Pasted};
use crate::value::{Value, repr};
use provenance::Provenances;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::ops::Range;
use std::rc::Rc;

/// What a statement turned out to be.
pub enum Progress {
    /// It ran (or failed): what happened.
    Step(Box<Step>),
    /// It is a shell command, which the front end carries out: its name, its argument, its line.
    Command {
        /// The name, without `%`.
        name: Rc<str>,
        /// The rest of the line.
        argument: Rc<str>,
        /// Its text.
        source: String,
        /// The line it stands on, from 1.
        line: usize,
    },
}

/// What the address in the text of a memoryview does not tell: where the data is.
fn memoryview_note(value: &Value) -> Option<String> {
    value.downcast::<MemoryView>()?;
    let arrays = value.held_arrays();
    let buffer = arrays.first()?.buffer_ref().id();
    Some(format!(
        "that is the address of the memoryview, a new object each time; it shows the bytes of #{buffer}, wherever they are"
    ))
}

/// A text taken apart into statements: those that can be parsed, and for the others why not.
pub struct Script {
    /// The text, without the prompts of a paste.
    pub text: String,
    /// The statements, in order.
    pub statements: Vec<Result<Stmt, SyntaxError>>,
    /// The lines of the entries, from 1, that a pasted session itself shows to fail.
    failures: Vec<Range<usize>>,
}

impl Script {
    /// Takes a text apart.
    pub fn read(text: &str) -> Script {
        Script::of(syntax::paste::read(text))
    }

    /// Takes a text apart from which prompts and output were taken already.
    pub fn of(pasted: Pasted<'_>) -> Script {
        let Pasted { text, failures } = pasted;
        let statements = syntax::parse_each(&text);
        Script { text: text.into_owned(), statements, failures }
    }

    /// Where to go on after statement `index` failed: behind its entry, if the pasted session shows that it fails.
    pub fn after_failure(&self, index: usize) -> Option<usize> {
        let line_of = |statement: &Result<Stmt, SyntaxError>| match statement {
            Ok(statement) => statement.line,
            Err(error) => error.line,
        };
        let line = line_of(self.statements.get(index)?);
        let entry = self.failures.iter().find(|entry| entry.contains(&line))?;
        let behind = self.statements.iter().skip(index).position(|statement| line_of(statement) >= entry.end);
        Some(behind.map_or(self.statements.len(), |more| index + more))
    }
}

/// A workspace and all that belongs to it.
pub struct Session {
    evaluator: Evaluator,
    keeps_last: bool,
    tells: bool,
    provenances: Provenances,
    copies: CopyAccount,
}

impl Default for Session {
    fn default() -> Session {
        Session::new()
    }
}

impl Session {
    /// An empty workspace.
    pub fn new() -> Session {
        let context = Context::new(crate::eval::catalog());
        Session {
            evaluator: Evaluator::new(context),
            keeps_last: false,
            tells: true,
            provenances: Provenances::default(),
            copies: CopyAccount::default(),
        }
    }

    /// Whether the value of an expression statement is bound to `_`, as at a prompt.
    pub fn keep_last(&mut self, keep: bool) {
        self.keeps_last = keep;
    }

    /// Whether steps tell which arrays they made and changed, what they wrote and what holds what they let go of:
    /// where nobody sees that, nobody need look for it.
    pub fn set_telling(&mut self, tells: bool) {
        self.tells = tells;
    }

    /// The named values.
    pub fn workspace(&self) -> &Workspace {
        &self.evaluator.workspace
    }

    /// What running functions may touch.
    pub fn context(&self) -> &Context {
        &self.evaluator.context
    }

    /// What running functions may touch, to set it.
    pub fn context_mut(&mut self) -> &mut Context {
        &mut self.evaluator.context
    }

    /// The copies of all steps.
    pub fn copies(&self) -> &CopyAccount {
        &self.copies
    }

    /// Binds a name to what it was bound to before, outside any step; unbinds it where it was not.
    pub fn restore(&mut self, name: &Rc<str>, value: Option<Value>) {
        match value {
            Some(value) => self.evaluator.workspace.set(name, value),
            None => drop(self.evaluator.workspace.remove(name)),
        }
    }

    /// Forgets every name.
    pub fn reset(&mut self) {
        self.evaluator.workspace.clear();
        self.provenances.clear();
    }

    /// Runs one statement of a script.
    pub fn advance(&mut self, script: &Script, statement: &Result<Stmt, SyntaxError>) -> Progress {
        match statement {
            Ok(Stmt { kind: StmtKind::Command(name, argument), line, span, .. }) => {
                let source = span.of(&script.text).to_string();
                Progress::Command { name: Rc::clone(name), argument: Rc::clone(argument), source, line: *line }
            }
            Ok(statement) => Progress::Step(Box::new(self.step(statement, &script.text))),
            Err(error) => Progress::Step(Box::new(self.refused(error, &script.text))),
        }
    }

    /// Runs every statement of `text` up to and including the first that fails, unless `text` is a pasted session that
    /// shows this failure. Shell commands are passed over.
    pub fn run(&mut self, text: &str) -> Vec<Step> {
        let script = Script::read(text);
        let mut steps = Vec::new();
        let mut next = 0;
        while let Some(statement) = script.statements.get(next) {
            next += 1;
            if let Progress::Step(step) = self.advance(&script, statement) {
                let failed = step.failure.is_some();
                steps.push(*step);
                if failed {
                    let Some(after) = script.after_failure(next - 1) else { break };
                    next = after;
                }
            }
        }
        steps
    }

    /// The value of an expression, outside any step: for those who keep it. [`Session::look_at`] leaves nothing behind.
    ///
    /// # Errors
    /// What parsing or evaluating raises.
    pub fn evaluate(&mut self, text: &str) -> Result<Option<Value>> {
        let mut value = None;
        for statement in syntax::parse(text).map_err(|e| Failure::error_of(&e))? {
            value = self.evaluator.run(&statement)?.0;
            reference::settle();
        }
        Ok(value)
    }

    /// Runs parsed statements one after the other, outside any step: for those who time them. What they print stays
    /// in the context.
    ///
    /// # Errors
    /// What the first that fails raises.
    pub fn execute(&mut self, statements: &[Stmt]) -> Result<()> {
        let result = statements.iter().try_for_each(|statement| self.evaluator.run_only(statement));
        reference::settle();
        result
    }

    fn refused(&mut self, error: &SyntaxError, text: &str) -> Step {
        let ledger = &self.context().runtime.ledger;
        ledger.start_step();
        Step {
            line: error.line,
            source: text.lines().nth(error.line.saturating_sub(1)).unwrap_or("").to_string(),
            failure: Some(Failure::of_syntax(error, text)),
            memory: Memory::of(ledger),
            ..Step::default()
        }
    }

    /// Runs one parsed statement of `text`.
    pub fn step(&mut self, statement: &Stmt, text: &str) -> Step {
        watch_changes();
        let runtime = &self.evaluator.context.runtime;
        runtime.ledger.start_step();
        self.context().runtime.clear_records();
        self.evaluator.context.notes.clear();
        let source = statement.span.of(text).to_string();
        let mut step = Step { line: statement.line, source, hidden: statement.semicolon, ..Step::default() };
        let result = self.evaluator.run(statement);
        reference::settle();
        let changed = take_changes();
        match result {
            Ok((value, rebindings)) => self.tell(&mut step, (statement, text), value, rebindings, &changed),
            Err(error) => {
                let mut failure = Failure::of(&error, text, statement.line);
                failure.label = failure.label.or_else(|| self.refusal(&error, statement, text));
                step.failure = Some(failure);
            }
        }
        self.copies.enter(&step.copies, &step.source);
        let context = &mut self.evaluator.context;
        step.stdout = std::mem::take(&mut context.stdout);
        step.notes.append(&mut context.notes);
        reference::settle();
        step.warnings = std::mem::take(&mut *context.runtime.warnings.borrow_mut());
        step.memory = Memory::of(&context.runtime.ledger);
        step
    }

    /// Fills in what a statement that went well made, changed and released.
    fn tell(
        &mut self,
        step: &mut Step,
        ran: (&Stmt, &str),
        value: Option<Value>,
        rebindings: SmallVec<[Rebinding; 1]>,
        changed: &[ObjectId],
    ) {
        let same = |r: &Rebinding| match (&r.old, self.workspace().get(&r.name)) {
            (Some(Value::Array(old)), Some(Value::Array(new))) => Rc::ptr_eq(old, new),
            _ => false,
        };
        let bound: Vec<Rc<str>> = rebindings.iter().filter(|r| !same(r)).map(|r| Rc::clone(&r.name)).collect();
        self.remember(&bound, &step.source, ran.1);
        let copies = self.context().runtime.copies.borrow();
        step.copies = copies.iter().map(|copied| CopyFacts::of(copied, ran.1)).collect();
        drop(copies);
        step.notes.extend(self.context().runtime.changed.borrow().map(|changed| changed.to_string()));
        if let Some(Value::Object(_)) = &value {
            step.notes.extend(value.as_ref().and_then(memoryview_note));
        }
        let released = step::released(rebindings);
        reference::settle();
        let (mut value_array, mut last_bound) = (None, None);
        if let Some(value) = value.filter(|value| !value.is_none()) {
            step.value = Some(Shown { repr: repr(&value, &self.evaluator.context.print_options) });
            if let Value::Array(array) = &value {
                value_array = Some(Rc::clone(array));
            }
            if self.keeps_last {
                let last: Rc<str> = "_".into();
                self.evaluator.workspace.begin();
                self.evaluator.workspace.set(&last, value);
                drop(self.evaluator.workspace.commit());
                last_bound = Some("_");
            }
        }
        if !self.tells {
            return;
        }
        let workspace = self.workspace();
        let set_in_place = if changed.is_empty() { Vec::new() } else { workspace.names_of(changed) };
        let mut told: FxHashSet<&str> = FxHashSet::default();
        let mut arrays: Vec<(&str, &ArrayRef)> = Vec::new();
        for name in bound.iter().chain(set_in_place) {
            if let Some(Value::Array(array)) = workspace.get(name)
                && told.insert(name)
            {
                arrays.push((name, array));
            }
        }
        let released: Vec<_> = released.into_iter().filter(|pending| !pending.is_bound_again(workspace)).collect();
        let seen = self.tell_writes(step, ran, &released, value_array.as_ref(), last_bound);
        let mut written: Vec<(&str, &ArrayRef)> = Vec::new();
        for (name, array) in &seen {
            if !told.contains(name.as_str()) {
                written.push((name, array));
            }
        }
        let shown = arrays.iter().chain(&written).map(|(_, array)| *array).chain(&value_array);
        let buffers: Vec<BufferId> = released.iter().map(|pending| pending.buffer()).collect();
        if buffers.is_empty() && shown.clone().next().is_none() {
            return;
        }
        let holders = Holders::among(workspace, shown, &buffers);
        for (name, array) in &arrays {
            if array.layout().dtype.has_object() {
                step.notes.push(format!("{name}: 8 B a reference; the objects are not counted"));
            }
        }
        let facts = |(name, array): &(&str, &ArrayRef)| ArrayFacts::of(name, array, &holders);
        step.arrays = arrays.iter().map(facts).collect();
        let written = written.iter().map(facts).collect();
        step.value_array = value_array.map(|array| ArrayFacts::of(&step.source, &array, &holders));
        let freed = step::freed_buffers(&self.context().runtime.ledger.events());
        step.releases = released.into_iter().map(|release| release.finish(&holders, &freed)).collect();
        step.written = written;
    }

    /// Remembers how the arrays came about that the last statement bound to these names, or put into a container that
    /// it bound to one.
    fn remember(&mut self, names: &[Rc<str>], statement: &str, text: &str) {
        const ITEMS: usize = 64;
        let Evaluator { workspace, context, .. } = &self.evaluator;
        let provenances = &mut self.provenances;
        let mut add = |value: &Value| {
            if let Value::Array(array) = value {
                let provenance = || Provenance::of(array, statement, text, &context.runtime, workspace);
                provenances.add(array.id(), workspace, provenance);
            }
        };
        for value in names.iter().filter_map(|name| workspace.get(name)) {
            add(value);
            // the first items of a container, too
            let mut left = ITEMS;
            value.visit_held(&mut |_, held| {
                if left > 0 {
                    left -= 1;
                    add(held);
                }
            });
        }
    }

    /// The name of an array that owns this buffer; else of the first that uses it.
    pub fn owner_name(&self, buffer: BufferId) -> Option<String> {
        let mut user = None;
        for (name, value) in self.workspace().users(&[buffer], &[]) {
            if let Value::Array(array) = value
                && array.buffer_ref().id() == buffer
            {
                if array.owns_data() {
                    return Some(name.to_string());
                }
                user = user.or_else(|| Some(name.to_string()));
            }
        }
        user
    }

    /// Fills in what was written, who sees it, and what nobody will see; gives the arrays that see it, by their paths.
    fn tell_writes(
        &self,
        step: &mut Step,
        ran: (&Stmt, &str),
        released: &[step::Pending],
        value: Option<&ArrayRef>,
        last_bound: Option<&str>,
    ) -> Vec<(String, ArrayRef)> {
        let runtime = &self.context().runtime;
        let writes = std::mem::take(&mut *runtime.writes.borrow_mut());
        let groups = ripple::groups(&writes, self.workspace());
        let mut written = Vec::new();
        if groups.is_empty() {
            return written;
        }
        let (statement, text) = ran;
        let (copies, events, seen) = (runtime.copies.borrow(), runtime.ledger.events(), runtime.seen.borrow());
        let scene = lost::Scene {
            statement,
            text,
            seen: &seen,
            copies: &copies,
            events: &events,
            workspace: self.workspace(),
            others: None,
            released,
            shown: value.map(|array| array.buffer_ref().id()),
            hidden: last_bound,
        };
        for group in &groups {
            if let Some(lost) = scene.lost(group) {
                step.lost.push(lost);
                continue;
            }
            let (ripple, arrays) = group.ripple(ran, last_bound);
            step.ripples.push(ripple);
            step.notes.extend(lost::repeated_places(group, statement, text));
            written.extend(arrays);
        }
        written
    }

    /// What there is to say of an array under a name.
    pub fn facts(&self, name: &str, array: &Rc<NdArray>) -> ArrayFacts {
        let holders = Holders::among(self.workspace(), [array], &[]);
        let mut facts = ArrayFacts::of(name, array, &holders);
        if facts.locked == Some(Locked::Itself)
            && let Some(birth) = self.provenances.get(array.id()).and_then(|provenance| provenance.lock_at_birth())
        {
            facts.locked = Some(Locked::AtBirth(birth));
        }
        facts
    }

    /// Who holds what now. Not to be kept over a statement, since it holds all of it too.
    pub fn holders(&self) -> Holders {
        Holders::of(self.workspace())
    }
}
