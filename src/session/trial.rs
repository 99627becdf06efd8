//! Expressions that are evaluated to be looked at, and of which nothing is left.

use super::{Failure, Session};
use crate::array::{next_id, reference, renumber_from};
use crate::error::{Error, Result, runtime_error, value_error};
use crate::syntax::ast::{Stmt, StmtKind};
use crate::syntax::parse;
use crate::value::Value;
use std::rc::Rc;

/// An expression that needs no more memory is evaluated for real.
const LITTLE: usize = 16 << 20;

impl Session {
    /// Evaluates expressions so that nothing is left of it, and looks at their values: first with buffers that are only
    /// planned; if values decide, or little memory is needed, then with real ones. Writes to what is there are refused,
    /// and the numbers of the session are as before. `command` is who asks, as messages call it. Where an error has no
    /// text of its own, it stands below the first expression.
    ///
    /// # Errors
    /// What parsing or evaluating raises; `ValueError` for a statement; what `look` raises.
    pub fn look_at<T>(
        &mut self,
        command: &str,
        texts: &[&str],
        look: impl Fn(&Session, &[Value]) -> Result<T, Box<Failure>>,
    ) -> Result<T, Box<Failure>> {
        let mut expressions = Vec::with_capacity(texts.len());
        for &text in texts {
            let parsed = parse(text).map_err(|error| Box::new(Failure::of_syntax(&error, text)))?;
            match <[Stmt; 1]>::try_from(parsed) {
                Ok([statement]) if matches!(statement.kind, StmtKind::Expr(_)) => expressions.push((statement, text)),
                _ => return Err(value_error(format!("{command} takes an expression, not a statement")).into()),
            }
        }
        self.look_at_parsed(command, &expressions, look)
    }

    /// As [`Session::look_at`], at parsed expressions, each with its text.
    pub(super) fn look_at_parsed<T>(
        &mut self,
        command: &str,
        expressions: &[(Stmt, &str)],
        look: impl Fn(&Session, &[Value]) -> Result<T, Box<Failure>>,
    ) -> Result<T, Box<Failure>> {
        match self.try_once(command, expressions, true, &look)? {
            Some(seen) => Ok(seen),
            None => {
                let seen = self.try_once(command, expressions, false, &look)?;
                seen.ok_or_else(|| runtime_error(format!("{command} cannot look at this")).into())
            }
        }
    }

    /// Evaluates and looks; gives nothing where buffers were only planned and real ones serve better.
    fn try_once<T>(
        &mut self,
        command: &str,
        expressions: &[(Stmt, &str)],
        planning: bool,
        look: impl Fn(&Session, &[Value]) -> Result<T, Box<Failure>>,
    ) -> Result<Option<T>, Box<Failure>> {
        let context = self.context();
        let (printed, noted, number) = (context.stdout.len(), context.notes.len(), next_id());
        let (options, errors) = (context.print_options.clone(), context.runtime.error_state.get());
        let ledger = Rc::clone(&context.runtime.ledger);
        context.runtime.clear_records();
        let mark = ledger.mark();
        let guesses = ledger.guesses();
        ledger.lock(true);
        ledger.set_planning(planning);
        let mut values = Vec::with_capacity(expressions.len());
        let mut failed: Option<(Error, &str)> = None;
        for (statement, text) in expressions {
            match self.evaluator.run(statement) {
                Ok((value, _)) => values.push(value.unwrap_or(Value::None)),
                Err(error) => {
                    failed = Some((error, text));
                    break;
                }
            }
        }
        let needed = ledger.allocated();
        let unknown = match self.context().runtime.bounds.borrow().is_empty() {
            false => Some("how many elements are selected"),
            true => (ledger.guesses() > guesses).then_some("what is selected"),
        };
        let has_bytes = |value: &Value| matches!(value, Value::Array(array) if !array.buffer_ref().is_planned());
        let is_settled = failed.is_none() && unknown.is_none() && values.iter().all(has_bytes);
        let help = format!("bind it to a name, and ask {command} of that");
        let seen = match failed {
            _ if planning && needed <= LITTLE && !(needed == 0 && is_settled) => Ok(None),
            Some((error, text)) => {
                let error = if planning { error.help(help) } else { error };
                Err(Box::new(Failure::of(&error, text, 1)))
            }
            None => match unknown.filter(|_| planning) {
                Some(what) => {
                    let error = runtime_error(format!("{what} depends on values, which a plan does not compute"));
                    Err(error.help(help).into())
                }
                None => look(self, &values).map(Some),
            },
        };
        drop(values);
        reference::settle();
        ledger.set_planning(false);
        ledger.lock(false);
        ledger.return_to(mark);
        renumber_from(number);
        let context = self.context_mut();
        context.runtime.clear_records();
        context.runtime.error_state.set(errors);
        context.print_options = options;
        context.stdout.truncate(printed);
        context.notes.truncate(noted);
        seen
    }
}
