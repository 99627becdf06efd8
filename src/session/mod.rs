//! A session: text in, steps out. The one door for the prompt, scripts, tests and lessons.
//!
//! [`Session::run`] runs every statement of a text and gives a [`Step`] for each ([`Session::advance`] goes one
//! statement at a time): plain data that says all there is to know (value, printed text, error, arrays made or changed, memory). Whatever a user sees of a
//! step is drawn from it.

pub mod compare;
mod facts;
mod failure;
mod holders;
mod replica;
mod ripple;
mod step;

pub use facts::{ArrayFacts, Origin};
pub use failure::Failure;
pub use holders::{Holder, buffers, holders_of};
pub use ripple::Ripple;
pub use step::{Memory, Release, Shown, Step};

use crate::array::{NdArray, change_count};
use crate::error::Result;
use crate::eval::{Evaluator, Rebinding, Workspace};
use crate::registry::Context;
use crate::syntax::{self, SyntaxError, ast::Stmt, ast::StmtKind};
use crate::value::{Value, repr};
use smallvec::SmallVec;
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

/// A text taken apart into statements: those that can be parsed, and for the others why not.
pub struct Script {
    /// The text, without the prompts of a paste.
    pub text: String,
    /// The statements, in order.
    pub statements: Vec<Result<Stmt, SyntaxError>>,
}

impl Script {
    /// Takes a text apart.
    pub fn read(text: &str) -> Script {
        let text = syntax::strip_prompts(text).into_owned();
        let statements = syntax::parse_each(&text);
        Script { text, statements }
    }
}

/// A workspace and all that belongs to it.
pub struct Session {
    evaluator: Evaluator,
    keeps_last: bool,
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
        Session { evaluator: Evaluator::new(context), keeps_last: false }
    }

    /// Whether the value of an expression statement is bound to `_`, as at a prompt.
    pub fn keep_last(&mut self, keep: bool) {
        self.keeps_last = keep;
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

    /// Runs every statement of `text` up to and including the first that fails. Shell commands are passed over.
    pub fn run(&mut self, text: &str) -> Vec<Step> {
        let script = Script::read(text);
        let mut steps = Vec::new();
        for statement in &script.statements {
            if let Progress::Step(step) = self.advance(&script, statement) {
                let failed = step.failure.is_some();
                steps.push(*step);
                if failed {
                    break;
                }
            }
        }
        steps
    }

    /// The value of an expression, outside any step: for commands that look at a value.
    ///
    /// # Errors
    /// What parsing or evaluating raises.
    pub fn evaluate(&mut self, text: &str) -> Result<Option<Value>> {
        let mut value = None;
        for statement in syntax::parse(text).map_err(|e| Failure::error_of(&e))? {
            value = self.evaluator.run(&statement)?.0;
        }
        Ok(value)
    }

    /// Runs parsed statements one after the other, outside any step: for those who time them. What they print stays
    /// in the context.
    ///
    /// # Errors
    /// What the first that fails raises.
    pub fn execute(&mut self, statements: &[Stmt]) -> Result<()> {
        statements.iter().try_for_each(|statement| self.evaluator.run_only(statement))
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
        let before = change_count();
        let runtime = &self.evaluator.context.runtime;
        runtime.ledger.start_step();
        runtime.warnings.borrow_mut().clear();
        runtime.writes.borrow_mut().clear();
        runtime.copies.borrow_mut().clear();
        self.evaluator.context.notes.clear();
        let source = statement.span.of(text).to_string();
        let mut step = Step { line: statement.line, source, hidden: statement.semicolon, ..Step::default() };
        match self.evaluator.run(statement) {
            Ok((value, rebindings)) => self.tell(&mut step, value, rebindings, before),
            Err(error) => step.failure = Some(Failure::of(&error, text, statement.line)),
        }
        let context = &mut self.evaluator.context;
        step.stdout = std::mem::take(&mut context.stdout);
        step.notes = std::mem::take(&mut context.notes);
        step.warnings = std::mem::take(&mut *context.runtime.warnings.borrow_mut());
        step.memory = Memory::of(&context.runtime.ledger);
        step
    }

    /// Fills in what a statement that went well made, changed and released.
    fn tell(&mut self, step: &mut Step, value: Option<Value>, rebindings: SmallVec<[Rebinding; 1]>, before: u64) {
        let same = |r: &Rebinding| match (&r.old, self.workspace().get(&r.name)) {
            (Some(Value::Array(old)), Some(Value::Array(new))) => Rc::ptr_eq(old, new),
            _ => false,
        };
        let bound: Vec<Rc<str>> = rebindings.iter().filter(|r| !same(r)).map(|r| Rc::clone(&r.name)).collect();
        let released = step::released(rebindings);
        if let Some(value) = value.filter(|value| !value.is_none()) {
            step.value = Some(Shown { repr: repr(&value, &self.evaluator.context.print_options) });
            step.value_array = match &value {
                Value::Array(array) => Some(self.facts(&step.source, array)),
                _ => None,
            };
            if self.keeps_last {
                let last: Rc<str> = "_".into();
                self.evaluator.workspace.begin();
                self.evaluator.workspace.set(&last, value);
                drop(self.evaluator.workspace.commit());
            }
        }
        let workspace = self.workspace();
        let set_in_place: Vec<Rc<str>> = match change_count() == before {
            true => Vec::new(),
            false => workspace
                .entries()
                .into_iter()
                .filter(|(_, value)| matches!(value, Value::Array(array) if array.changed_since(before)))
                .map(|(name, _)| Rc::clone(name))
                .collect(),
        };
        let mut told: Vec<&str> = Vec::new();
        for name in bound.iter().chain(&set_in_place) {
            if let Some(Value::Array(array)) = workspace.get(name).filter(|_| !told.contains(&&**name)) {
                told.push(name);
                step.arrays.push(self.facts(name, array));
            }
        }
        let writes = std::mem::take(&mut *self.context().runtime.writes.borrow_mut());
        step.ripples = ripple::of(&writes, self.workspace());
        let told: Vec<String> = step.arrays.iter().map(|facts| facts.name.clone()).collect();
        for (name, _) in step.ripples.iter().flat_map(|ripple| &ripple.names) {
            if let Some(Value::Array(array)) = self.workspace().get(name).filter(|_| !told.contains(name)) {
                step.written.push(self.facts(name, array));
            }
        }
        step.releases =
            released.into_iter().filter_map(|release| release.finish(self.workspace(), self.context())).collect();
    }

    /// What there is to say of an array under a name.
    pub fn facts(&self, name: &str, array: &Rc<NdArray>) -> ArrayFacts {
        ArrayFacts::of(name, array, self.workspace())
    }
}
