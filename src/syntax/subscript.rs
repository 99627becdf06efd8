//! What stands between the brackets of `a[...]`.

use super::ast::{Expr, ExprKind, Span};
use super::error::{Expected, Failure, fail, stop};
use super::expression::expression;
use super::input::{Input, Parsed, attempt, commit};
use super::list::{BRACKETS, bracketed};
use super::trivia::{space, symbol};

/// `[index]`, `[start:stop:step]`, `[a, b]`
pub(super) fn subscript(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, mut found) = bracketed(input, BRACKETS, index)?;
    let is_single = found.items.len() == 1 && !found.has_trailing_comma;
    match (found.items.pop(), is_single) {
        (None, _) => {
            let place = Span::new(rest.start().saturating_sub(1), rest.start());
            let failure = Failure::wrong("invalid syntax", place).instead(Expected::EXPRESSION);
            stop(failure.help("`a[:]` is a view of everything, `a[()]` of everything or the scalar of a 0-d array"))
        }
        (Some(Expr { kind: ExprKind::Starred(value), span }), true) => {
            let item = Expr { kind: ExprKind::Starred(value), span };
            Ok((rest, Expr { kind: ExprKind::Tuple(vec![item]), span }))
        }
        (Some(item), true) => Ok((rest, item)),
        (Some(item), false) => {
            found.items.push(item);
            Ok((rest, Expr { kind: ExprKind::Tuple(found.items), span: found.inside }))
        }
    }
}

/// One item of a subscript: `*indices`, a slice or an expression.
fn index(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    if !input.starts_with("*") || input.starts_with("**") {
        return slice(input);
    }
    let (rest, value) = commit(expression(input.advance(1).count_operator()?))?;
    Ok((rest, Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) }))
}

/// `start:stop:step`, each of them optional, or an expression alone.
fn slice(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let mut bounds: [Option<Box<Expr>>; 3] = [None, None, None];
    let mut rest = input;
    let mut operators = input.operators;
    let mut colons = 0;
    loop {
        (rest, bounds[colons]) = bound(rest.with_operators(input.operators))?;
        operators = operators.max(rest.operators);
        match attempt(colon(rest))? {
            Some((next, _)) if colons < 2 => rest = next,
            _ => break,
        }
        colons += 1;
    }
    let rest = rest.with_operators(operators);
    let [start, stop, step] = bounds;
    match start {
        Some(value) if colons == 0 => Ok((rest, *value)),
        None if colons == 0 => fail(input, Expected::EXPRESSION.or(Expected::COLON)),
        start => Ok((rest, Expr { kind: ExprKind::Slice(start, stop, step), span: rest.span_from(input.start()) })),
    }
}

/// A bound of a slice, if one stands here.
fn bound(input: Input<'_>) -> Parsed<'_, Option<Box<Expr>>> {
    let (start, ()) = space(input)?;
    match start.peek() {
        None | Some(':' | ',' | ']') => Ok((input, None)),
        _ => expression(start).map(|(rest, value)| (rest, Some(Box::new(value)))),
    }
}

/// The `:` of a slice or of a dict, and not of `:=`.
pub(super) fn colon(input: Input<'_>) -> Parsed<'_, Span> {
    let (input, ()) = space(input)?;
    if input.starts_with(":=") {
        return fail(input, Expected::COLON);
    }
    symbol(":", Expected::COLON)(input)
}
