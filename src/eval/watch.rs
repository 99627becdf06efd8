//! What is made of an array by a call, an attribute or a subscript, noted for those who ask why.
//!
//! Timing loops, which record nothing, do not come here.

use super::Evaluator;
use super::expression::evaluated_first;
use crate::array::{ArrayRef, Derived, Seen};
use crate::error::Result;
use crate::syntax::ast::{Argument, Expr, ExprKind};
use crate::value::Value;
use smallvec::SmallVec;

/// The expression that a call, an attribute or a subscript reads: what stands before the dot or the bracket, or the
/// first argument of a function.
fn operands(expr: &Expr) -> [Option<&Expr>; 2] {
    match &expr.kind {
        ExprKind::Attribute(of, ..) | ExprKind::Subscript(of, _) => [Some(of), None],
        ExprKind::Call(callee, arguments) => {
            let first = match arguments.first() {
                Some(Argument::Positional(first)) => Some(first),
                _ => None,
            };
            match &callee.kind {
                ExprKind::Attribute(of, ..) => [Some(of), first],
                _ => [first, None],
            }
        }
        _ => [None, None],
    }
}

/// The most arrays that are noted of a statement.
const MANY: usize = 1 << 14;

impl Evaluator {
    /// As [`Evaluator::evaluate`]; notes what comes of it, and of each link of the chain in front of it.
    #[inline(never)]
    pub(super) fn watched(&mut self, expr: &Expr) -> Result<Value> {
        let mut outer: SmallVec<[&Expr; 6]> = SmallVec::new();
        let mut inner = expr;
        self.enter(inner);
        while let Some(front) = evaluated_first(inner) {
            outer.push(inner);
            inner = front;
            self.enter(inner);
        }
        let mut result = self.observed(inner, None);
        while let Some(expr) = outer.pop() {
            result = match result {
                Ok(front) => self.observed(expr, Some(front)),
                Err(error) => {
                    self.leave(None);
                    Err(error)
                }
            };
        }
        result
    }

    /// The value of `expr`, where `front` is that of what stands in front of it; notes what comes of it.
    fn observed(&mut self, expr: &Expr, front: Option<Value>) -> Result<Value> {
        let (copies, derived) =
            (self.context.runtime.copies.borrow().len(), self.context.runtime.derived.borrow().len());
        let result = self.require_quick(expr).and_then(|()| match front {
            Some(front) => self.behind(front, expr),
            None => self.evaluate(expr),
        });
        let result = result.and_then(|value| self.unshared(expr, value));
        if let Ok(Value::Array(array)) = &result {
            self.note(expr, array, copies, derived);
        }
        self.leave(result.as_ref().ok());
        result
    }

    /// Notes that `result` is the value of `expr`: that it was made of the array which that reads, and which of the
    /// copies since number `copies` it is or looks at.
    #[inline(never)]
    fn note(&self, expr: &Expr, result: &ArrayRef, copies: usize, derived: usize) {
        let runtime = &self.context.runtime;
        let result = Seen::of(result);
        if let Some((read, source)) = operands(expr).into_iter().flatten().find_map(|of| Some((of, self.seen(of)?))) {
            for copied in runtime.copies.borrow_mut().iter_mut().skip(copies) {
                let is_known = copied.expression.is_some();
                if !is_known && copied.source == source.buffer && copied.copy == result.buffer {
                    copied.expression = Some(read.span);
                    copied.direct = copied.array == source.id;
                }
            }
            let places = Some((expr.span, read.span));
            let mut derivations = runtime.derived.borrow_mut();
            let is_known = |known: &&mut Derived| known.source.id == source.id && known.result.id == result.id;
            match derivations.iter_mut().skip(derived).find(is_known) {
                Some(known) => known.places = places,
                None => derivations.push(Derived { source, result: result.clone(), index: None, places }),
            }
        }
        let mut seen = runtime.seen.borrow_mut();
        if seen.len() < MANY {
            seen.push((expr.span, result));
        }
    }

    /// The array that an expression gave in this statement, or the one that a name is bound to.
    fn seen(&self, expr: &Expr) -> Option<Seen> {
        match &expr.kind {
            ExprKind::Name(name) => match self.workspace.look_up(name) {
                Some(Value::Array(array)) => Some(Seen::of(array)),
                _ => None,
            },
            _ => {
                let seen = self.context.runtime.seen.borrow();
                seen.iter().rev().find(|(span, _)| *span == expr.span).map(|(_, seen)| seen.clone())
            }
        }
    }
}
