//! Why an array refused a write: which array that was, and what made it read-only.

use super::Session;
use super::facts::Locked;
use crate::array::{Derived, ObjectId, Seen};
use crate::error::{Blame, Error};
use crate::syntax::ast::{Argument, Expr, ExprKind, Span, Stmt, StmtKind};
use crate::value::Value;

/// What NumPy's messages about a write that was refused end with.
const WORDS: &str = "is read-only";

/// What a call is to write its result to: `out=`.
fn out(expr: &Expr) -> Option<&Expr> {
    let ExprKind::Call(_, arguments) = &expr.kind else { return None };
    arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(name, _, value) if &**name == "out" => Some(value),
        _ => None,
    })
}

impl Session {
    /// What made the array read-only that a statement of `text` was to write, where that is what it failed with.
    pub(super) fn refusal(&self, error: &Error, statement: &Stmt, text: &str) -> Option<String> {
        let details = error.details();
        let Blame::Place(place) = details.blame else { return None };
        if details.label.is_some() || !details.message.ends_with(WORDS) {
            return None;
        }
        let expr = match &statement.kind {
            StmtKind::AugAssign(target, ..) if place == statement.span => target,
            _ => statement.find(place)?,
        };
        let read = match &expr.kind {
            ExprKind::Subscript(of, _) | ExprKind::Attribute(of, ..) => Some(&**of),
            ExprKind::Call(callee, _) => match &callee.kind {
                ExprKind::Attribute(of, ..) => Some(&**of),
                _ => None,
            },
            _ => None,
        };
        let locked = [Some(expr), read, out(expr)].into_iter().flatten().find_map(|expr| self.locked_at(expr))?;
        self.named_lock(locked).or_else(|| self.lock_on_the_way(locked, text))
    }

    /// The array that an expression of the last statement gave, where it is read-only.
    fn locked_at(&self, expr: &Expr) -> Option<ObjectId> {
        if let ExprKind::Name(name) = &expr.kind {
            return match self.workspace().get(name) {
                Some(Value::Array(array)) if !array.is_writeable() => Some(array.id()),
                _ => None,
            };
        }
        let seen = self.context().runtime.seen.borrow();
        let is_it = |(span, seen): &&(Span, Seen)| *span == expr.span && !seen.writeable;
        seen.iter().rev().find(is_it).map(|(_, seen)| seen.id)
    }

    /// Why an array with a name is read-only.
    fn named_lock(&self, id: ObjectId) -> Option<String> {
        let name = self.workspace().names_of(&[id]).first().map(|name| name.to_string())?;
        match self.workspace().get(&name) {
            Some(Value::Array(array)) if array.id() == id => Some(self.facts(&name, array).why_writeable()),
            _ => None,
        }
    }

    /// Which expression made an array read-only that has no name, or which name it has that from.
    fn lock_on_the_way(&self, mut id: ObjectId, text: &str) -> Option<String> {
        let derived = self.context().runtime.derived.borrow();
        for Derived { source, result, places, .. } in derived.iter().rev() {
            if result.id != id {
                continue;
            }
            if source.writeable {
                return places.map(|(whole, _)| Locked::at_birth(&crate::text::lines::one_line(whole.of(text))));
            }
            if let Some(reason) = self.named_lock(source.id) {
                let name = places.map_or("", |(_, of)| of.of(text));
                return Some(format!("{name} is read-only: {reason}"));
            }
            id = source.id;
        }
        None
    }
}
