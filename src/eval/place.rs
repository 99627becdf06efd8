//! From what an error blames to a place in the text.

use crate::error::{Blame, Error};
use crate::syntax::ast::{Argument, Expr, ExprKind, Span};

/// The error with a place: of the argument, the index or the whole expression it blames. A place that is
/// already known stays.
pub(super) fn locate(error: Error, expr: &Expr) -> Error {
    let place = match &error.details().blame {
        Blame::Place(_) => return error,
        Blame::Whole => expr.span,
        Blame::Argument(parameter) => argument(expr, parameter).unwrap_or(expr.span),
        Blame::Index(n) => index(expr, *n).unwrap_or(expr.span),
    };
    error.at(place)
}

/// The argument that was given for `parameter` by name; else all that were given by place.
fn argument(expr: &Expr, parameter: &str) -> Option<Span> {
    let ExprKind::Call(_, arguments) = &expr.kind else { return None };
    let named = arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(name, span, value) if **name == *parameter => Some(span.to(value.span)),
        _ => None,
    });
    named.or_else(|| {
        let positional = arguments.iter().filter_map(|argument| match argument {
            Argument::Positional(value) | Argument::Star(value) => Some(value.span),
            _ => None,
        });
        positional.reduce(Span::to)
    })
}

/// Item `n` of a subscript.
fn index(expr: &Expr, n: usize) -> Option<Span> {
    let ExprKind::Subscript(_, index) = &expr.kind else { return None };
    match &index.kind {
        ExprKind::Tuple(items) => items.get(n).map(|item| item.span),
        _ => Some(index.span),
    }
}
