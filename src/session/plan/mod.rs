//! What a statement would do: the same evaluator over twins of the values, with a ledger that only plans.
//!
//! Nothing of the session changes, and no data is read but single elements. So a plan works at any size.

mod part;
mod planner;

pub use part::{Part, Remark, Size, Verdict};
pub use planner::Planner;

use super::failure::Failure;
use super::lost::LostWrite;
use super::step::{Memory, Release};
use super::{Script, Session};
use crate::array::{Gives, Layout, next_id, renumber_from};
use crate::error::Result;
use crate::memory::BufferId;
use crate::syntax::ast::Stmt;
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
    /// What became of the buffers that names let go of and that others hold.
    pub held: Vec<Release>,
    /// What it writes that nobody will see.
    pub lost: Vec<LostWrite>,
    /// The names whose arrays change in place to another layout, and that.
    pub changed: Vec<(Rc<str>, Layout)>,
    /// Whether the data decides some size, so that the sums are upper bounds.
    pub at_most: bool,
    /// A value that the data decides, where it matters.
    pub unknown: Option<Unknown>,
    /// The peak and what stays where a condition that the data decides turns out the other way.
    pub otherwise: Option<(usize, usize)>,
    /// What to write instead of copies that can be avoided: the text, and what it gives.
    pub cures: Vec<(String, Gives)>,
    /// The account.
    pub memory: Memory,
}

impl Plan {
    /// Whether another plan of the same statement says the same.
    fn is_like(&self, other: &Plan) -> bool {
        let sums = |plan: &Plan| (plan.peak, plan.stays, plan.freed.len(), plan.held.len(), plan.lost.len());
        sums(self) == sums(other)
            && self.memory.allocated == other.memory.allocated
            && self.changed == other.changed
            && self.root.is_like(&other.root)
    }
}

/// A value that only the data decides, and that decides what happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The expression that decides.
    pub decides: String,
    /// The expression in it, or in an earlier statement, that was guessed.
    pub of: String,
    /// What it was taken for: 0 or 1.
    pub guess: u8,
    /// Whether it is a condition, which is guessed to be false or true.
    pub is_condition: bool,
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

impl Session {
    /// What the statements of `text` would do, one after the other.
    ///
    /// # Errors
    /// Why the first that fails would.
    pub fn plan(&self, text: &str, effort: Effort) -> Result<Vec<Plan>, Box<Failure>> {
        let number = next_id();
        let plans = self.plan_each(text, effort);
        renumber_from(number);
        plans
    }

    fn plan_each(&self, text: &str, effort: Effort) -> Result<Vec<Plan>, Box<Failure>> {
        let script = Script::read(text);
        let mut statements = Vec::new();
        let mut names = Vec::new();
        for statement in &script.statements {
            let statement = statement.as_ref().map_err(|error| Failure::of_syntax(error, &script.text))?;
            names.extend(statement.names());
            statements.push(statement);
        }
        let mut planner = Planner::new(self, &names, effort)?;
        let plan = |statement: &&Stmt| {
            let plan = planner.plan(self, statement, &script.text);
            plan.map_err(|error| Box::new(Failure::of(&error, &script.text, statement.line)))
        };
        statements.iter().map(plan).collect()
    }
}
