//! What can be assigned to, and deleted.

use super::ast::{Expr, ExprKind, UnaryOp};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{expression, starred_or_expression};
use super::input::{Input, Parsed};
use super::primary::primary;
use super::trivia::{space, symbol};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;

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
    let mut items = Vec::new();
    let mut rest = input;
    let mut has_comma = false;
    while let (next, Some(item)) = opt(alt((starred_target, target))).parse(rest)? {
        items.push(item);
        let (next, comma) = opt(symbol(",", Expected::COMMA)).parse(next)?;
        rest = next;
        has_comma = comma.is_some();
        if !has_comma {
            break;
        }
    }
    let span = rest.span_from(input.start());
    match items.pop() {
        None => fail(rest, Expected::EXPRESSION),
        Some(item) if items.is_empty() && !has_comma => Ok((rest, item)),
        Some(item) => {
            items.push(item);
            Ok((rest, Expr { kind: ExprKind::Tuple(items), span }))
        }
    }
}

/// `*rest`: takes what the other targets leave.
fn starred_target(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, _) = symbol("*", Expected::EXPRESSION)(input)?;
    let (rest, value) = target(rest.deeper(1)?)?;
    Ok((
        rest.at_depth(input.depth),
        Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) },
    ))
}

/// A name, an attribute, a subscript, or targets in brackets.
fn target(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, value) = primary(input)?;
    match unassignable(&value) {
        None => Ok((rest, value)),
        Some(_) => fail(input, Expected::EXPRESSION),
    }
}

/// The target of an augmented assignment: a name, an attribute or a subscript.
pub(super) fn single_target(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, value) = primary(input)?;
    match value.kind {
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => Ok((rest, value)),
        _ => fail(input, Expected::EXPRESSION),
    }
}

/// The part of an expression that is no target of an assignment.
fn unassignable(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => None,
        ExprKind::Starred(value) => unassignable(value),
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().find_map(unassignable),
        _ => Some(expr),
    }
}

/// Why `expr`, which an `=` follows, is no target. `may_compare` says that `==` would make sense in its place:
/// no other `=` comes before it, and a value after it.
pub(super) fn misassigned(expr: &Expr, may_compare: bool) -> Failure {
    let Some(part) = unassignable(expr) else {
        return match multiple_stars(expr) {
            Some(failure) => failure,
            None => Failure::wrong("invalid syntax", expr.span),
        };
    };
    let what = describe(part);
    let is_comparable = !matches!(
        part.kind,
        ExprKind::None
            | ExprKind::Bool(_)
            | ExprKind::Compare(..)
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Conditional(..)
            | ExprKind::Unary(UnaryOp::Not, _)
    );
    let is_bare = std::ptr::eq(part, expr) || is_last_of_bare_tuple(expr, part);
    if may_compare && is_comparable && is_bare {
        Failure::wrong(format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"), part.span)
    } else {
        Failure::wrong(format!("cannot assign to {what}"), part.span)
    }
}

/// Whether `part` is the last item of the tuple without parentheses `expr`.
fn is_last_of_bare_tuple(expr: &Expr, part: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Tuple(items) => {
            expr.span.end == part.span.end && items.last().is_some_and(|last| std::ptr::eq(last, part))
        }
        _ => false,
    }
}

/// Why several targets cannot be assigned to at once: two of them take the rest.
pub(super) fn multiple_stars(expr: &Expr) -> Option<Failure> {
    match &expr.kind {
        ExprKind::Starred(value) => multiple_stars(value),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            let stars = items.iter().filter(|item| matches!(item.kind, ExprKind::Starred(_))).count();
            if stars > 1 {
                return Some(Failure::wrong("multiple starred expressions in assignment", expr.span));
            }
            items.iter().find_map(multiple_stars)
        }
        _ => None,
    }
}

/// Why `expr` takes no augmented assignment.
pub(super) fn misaugmented(expr: &Expr) -> Failure {
    let message = format!("'{}' is an illegal expression for augmented assignment", describe(expr));
    Failure::wrong(message, expr.span)
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
