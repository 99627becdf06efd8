//! What stands between the brackets of `a[...]`.

use super::ast::{Expr, ExprKind, Span};
use super::error::{Expected, Failure, fail, stop};
use super::expression::expression;
use super::input::{Input, Parsed};
use super::list::{BRACKETS, bracketed};
use super::trivia::{space, symbol};
use nom::Parser;
use nom::combinator::{cut, opt};

/// `[index]`, `[start:stop:step]`, `[a, b]`
pub(super) fn subscript(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, mut found) = bracketed(BRACKETS, index)(input)?;
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
    let (rest, value) = cut(expression).parse(input.advance(1).count_operator()?)?;
    Ok((rest, Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) }))
}

/// `start:stop:step`, each of them optional, or an expression alone.
fn slice(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, start) = bound(input)?;
    let (rest, colon) = opt(colon).parse(rest)?;
    if colon.is_none() {
        return match start {
            Some(value) => Ok((rest, value)),
            None => fail(input, Expected::EXPRESSION.or(Expected::COLON)),
        };
    }
    let (rest, stop) = bound(rest.with_operators(input.operators))?;
    let (mut rest, colon) = opt(self::colon).parse(rest)?;
    let mut step = None;
    if colon.is_some() {
        (rest, step) = bound(rest.with_operators(input.operators))?;
    }
    let kind = ExprKind::Slice(start.map(Box::new), stop.map(Box::new), step.map(Box::new));
    Ok((rest, Expr { kind, span: rest.span_from(input.start()) }))
}

/// A bound of a slice, if one stands here.
fn bound(input: Input<'_>) -> Parsed<'_, Option<Expr>> {
    let (start, ()) = space(input)?;
    match start.peek() {
        None | Some(':' | ',' | ']') => Ok((input, None)),
        _ => expression.map(Some).parse(start),
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
