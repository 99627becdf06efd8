//! What can be assigned to, and deleted.

use super::ast::{Expr, ExprKind, UnaryOp};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{augmented_operator, expression, expression_list, starred, starred_or_expression};
use super::input::{Input, Parsed};
use super::trivia::{equal, space};

/// What CPython calls an expression that cannot be assigned to.
pub(super) fn describe(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::None => "None",
        ExprKind::Bool(true) => "True",
        ExprKind::Bool(false) => "False",
        ExprKind::Ellipsis => "ellipsis",
        ExprKind::Int(_)
        | ExprKind::BigInt(_)
        | ExprKind::Float(_)
        | ExprKind::Imaginary(_)
        | ExprKind::Str(_)
        | ExprKind::Bytes(_) => "literal",
        ExprKind::FString(_) => "f-string expression",
        ExprKind::Name(_) => "name",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::List(_) => "list",
        ExprKind::Dict(_) => "dict literal",
        ExprKind::Set(_) => "set display",
        ExprKind::Starred(_) => "starred",
        ExprKind::Attribute(..) => "attribute",
        ExprKind::Subscript(..) => "subscript",
        ExprKind::Slice(..) => "slice",
        ExprKind::Call(..) => "function call",
        ExprKind::Unary(..) | ExprKind::Binary(..) | ExprKind::And(..) | ExprKind::Or(..) => "expression",
        ExprKind::Compare(..) => "comparison",
        ExprKind::Conditional(..) => "conditional expression",
    }
}

/// What stands before the `=` of an assignment: targets with commas between them.
pub(super) fn target_list(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, value) = match expression_list(input) {
        // `*a = b`: the list says that a star alone is no value; as a target it has its own message.
        Err(nom::Err::Failure(failure)) => return stop(lone_star(input, failure)),
        parsed => parsed?,
    };
    if equal(rest).is_err() {
        return fail(rest, Expected::EQUAL);
    }
    if let Some(failure) = unassignable(&value, true) {
        return stop(failure);
    }
    Ok((rest, value))
}

/// The failure of `*a = b`.
fn lone_star(input: Input<'_>, failure: Failure) -> Failure {
    let Ok((rest, value)) = starred(input) else { return failure };
    if equal(rest).is_ok() {
        let message = "starred assignment target must be in a list or tuple";
        return Failure::wrong(message, value.span).help("`*a, = b` is a list of all of b");
    }
    failure
}

/// Why an expression is no target of an assignment.
fn unassignable(expr: &Expr, is_whole: bool) -> Option<Failure> {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => None,
        ExprKind::Starred(value) => unassignable(value, false),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            let mut stars = items.iter().filter(|item| matches!(item.kind, ExprKind::Starred(_)));
            items.iter().find_map(|item| unassignable(item, false)).or_else(|| {
                stars.nth(1).map(|_| Failure::wrong("multiple starred expressions in assignment", expr.span))
            })
        }
        kind => {
            let what = describe(expr);
            let is_short = !matches!(
                kind,
                ExprKind::None
                    | ExprKind::Bool(_)
                    | ExprKind::Compare(..)
                    | ExprKind::And(..)
                    | ExprKind::Or(..)
                    | ExprKind::Conditional(..)
                    | ExprKind::Unary(UnaryOp::Not, _)
            );
            Some(if is_whole && is_short {
                let message = format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?");
                Failure::wrong(message, expr.span)
            } else {
                Failure::wrong(format!("cannot assign to {what}"), expr.span)
            })
        }
    }
}

/// The target of an augmented assignment: a name, an attribute or a subscript.
pub(super) fn single_target(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, value) = expression_list(input)?;
    if augmented_operator(rest).is_err() {
        return fail(rest, Expected::EQUAL);
    }
    match value.kind {
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => Ok((rest, value)),
        _ => {
            let message = format!("'{}' is an illegal expression for augmented assignment", describe(&value));
            stop(Failure::wrong(message, value.span))
        }
    }
}

/// What `del` takes: a name, an attribute, a subscript, or several of them in brackets.
pub(super) fn deletion(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    if input.peek() == Some('*') {
        let (_, value) = starred_or_expression(input)?;
        return stop(Failure::wrong("cannot delete starred", value.span));
    }
    let (rest, value) = expression(input)?;
    match undeletable(&value) {
        Some(failure) => stop(failure),
        None => Ok((rest, value)),
    }
}

/// Why an expression cannot be deleted.
fn undeletable(expr: &Expr) -> Option<Failure> {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => None,
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().find_map(undeletable),
        _ => Some(Failure::wrong(format!("cannot delete {}", describe(expr)), expr.span)),
    }
}
