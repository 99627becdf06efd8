//! From the syntax tree to values: the evaluator. It binds names, calls what the registry knows, and never prints.
//!
//! A statement either happens or does not: when it fails, every name is bound as it was before.

mod assign;
mod expression;
mod format;
mod import;
mod operator;
mod place;
mod sharing;
mod subscript;
mod trace;
mod users;
mod watch;
mod workspace;

pub use operator::{binary, compare, ufunc_of, unary};
pub use sharing::{Rule, Sharing, duplicate};
pub use subscript::{delete_item, get_item, set_item};
pub use trace::{Node, Seen, Shape, Sight, Trace};
pub use workspace::{Rebinding, Workspace};

use crate::error::{Error, ErrorClass, Result};
use crate::registry::{Catalog, Context, Operators};
use crate::syntax::ast::{Expr, ExprKind, Stmt, StmtKind};
use crate::value::Value;
use smallvec::SmallVec;
use std::rc::Rc;

/// Everything that can be called, with the evaluator's operators.
pub fn catalog() -> Rc<Catalog> {
    crate::numpy::catalog(Operators { binary, unary, compare, get_item, set_item })
}

/// What evaluation works on: the named values, and what running functions may touch.
pub struct Evaluator {
    /// The named values.
    pub workspace: Workspace,
    /// What running functions may touch.
    pub context: Context,
    /// What each expression did, while somebody wants to know.
    pub trace: Option<Trace>,
    /// Another rule than NumPy's for who sees a write, to compare.
    pub sharing: Option<Box<Sharing>>,
}

/// Whether a target binds several names, one after the other.
fn is_many(target: &Expr) -> bool {
    matches!(target.kind, ExprKind::Tuple(_) | ExprKind::List(_))
}

impl Evaluator {
    /// An evaluator without names, under NumPy's rule.
    pub fn new(context: Context) -> Evaluator {
        Evaluator { workspace: Workspace::default(), context, trace: None, sharing: None }
    }

    /// Runs one statement: the value of an expression statement, and the names that were bound or deleted.
    ///
    /// # Errors
    /// What the statement raises, with the place in the statement's text to blame. The names are then as before.
    pub fn run(&mut self, statement: &Stmt) -> Result<(Option<Value>, SmallVec<[Rebinding; 1]>)> {
        self.workspace.begin();
        self.context.runtime.begin_operation();
        match self.execute(statement) {
            Ok(value) => Ok((value, self.workspace.commit())),
            Err(error) => {
                self.workspace.roll_back();
                Err(error)
            }
        }
    }

    /// As [`Evaluator::run`], for those who do not ask what came of it: a timing loop.
    ///
    /// # Errors
    /// As [`Evaluator::run`].
    #[inline]
    pub fn run_only(&mut self, statement: &Stmt) -> Result<()> {
        match &statement.kind {
            StmtKind::Expr(expr) => return self.value(expr).map(drop),
            // One target: it is bound last of all, so that there is nothing to take back.
            StmtKind::Assign(targets, expr)
                if let [target] = targets.as_slice()
                    && !is_many(target) =>
            {
                let value = self.value(expr)?;
                if let ExprKind::Name(name) = &target.kind {
                    self.workspace.set(name, value);
                    return Ok(());
                }
                return self.assign(target, value);
            }
            _ => {}
        }
        self.workspace.begin();
        let result = self.execute(statement);
        match &result {
            Ok(_) => self.workspace.settle(),
            Err(_) => self.workspace.roll_back(),
        }
        result.map(drop)
    }

    #[inline(never)]
    fn execute(&mut self, statement: &Stmt) -> Result<Option<Value>> {
        match &statement.kind {
            StmtKind::Expr(expr) => return self.value(expr).map(Some),
            StmtKind::Assign(targets, expr) => {
                let value = self.value(expr)?;
                let (last, others) = match targets.split_last() {
                    Some(split) => split,
                    None => return Ok(None),
                };
                for target in others {
                    self.assign(target, value.clone())?;
                }
                self.assign(last, value)?;
            }
            StmtKind::AugAssign(target, op, span, expr) => self.augment(target, *op, *span, expr)?,
            StmtKind::Del(targets) => targets.iter().try_for_each(|target| self.delete(target))?,
            StmtKind::Import(names) => names.iter().try_for_each(|name| self.import(name))?,
            StmtKind::FromImport(module, names) => self.import_from(module, names, statement.span)?,
            StmtKind::Pass => {}
            StmtKind::Command(name, _) => {
                return Err(Error::new(
                    ErrorClass::SyntaxError,
                    format!("%{name} is a command of the prompt, not of the language"),
                ));
            }
        }
        Ok(None)
    }
}
