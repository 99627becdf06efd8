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
    let (rest, value) = commit(expression(input.advance(1).deeper(1)?))?;
    Ok((
        rest.at_depth(input.depth),
        Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) },
    ))
}

/// `start:stop:step`, each of them optional, or an expression alone.
fn slice(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let mut bounds: Vec<Option<Box<Expr>>> = Vec::new();
    let mut rest = input;
    loop {
        let (next, found) = bound(rest)?;
        bounds.push(found);
        rest = next;
        match attempt(colon(next))? {
            Some((next, _)) if bounds.len() < 3 => rest = next,
            _ => break,
        }
    }
    let is_slice = bounds.len() > 1;
    let mut bounds = bounds.into_iter();
    let mut next = || bounds.next().flatten();
    match next() {
        Some(value) if !is_slice => Ok((rest, *value)),
        None if !is_slice => fail(input, Expected::EXPRESSION.or(Expected::COLON)),
        start => {
            let kind = ExprKind::Slice(start, next(), next());
            Ok((rest, Expr { kind, span: rest.span_from(input.start()) }))
        }
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
