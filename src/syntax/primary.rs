//! Operands: atoms, and the calls, subscripts and attributes that follow them.

use super::arguments::arguments;
use super::ast::{Argument, Expr, ExprKind, Span};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{expression, starred_or_expression};
use super::input::{Input, Parsed};
use super::list::{BRACES, BRACKETS, PARENTHESES, bracketed, check_foreign};
use super::number::number;
use super::string::strings;
use super::subscript::subscript;
use super::trivia::{keyword, name, space, symbol};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use std::rc::Rc;

/// An atom and what follows it.
pub(super) fn primary(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (mut rest, mut value) = atom(input)?;
    while let (next, Some(trailer)) = opt(trailer).parse(rest)? {
        rest = next.count_operator()?;
        let of = Box::new(value);
        let kind = match trailer {
            Trailer::Attribute(name, span) => ExprKind::Attribute(of, name, span),
            Trailer::Call(arguments) => ExprKind::Call(of, arguments),
            Trailer::Subscript(index) => ExprKind::Subscript(of, Box::new(index)),
        };
        value = Expr { kind, span: rest.span_from(input.start()) };
    }
    Ok((rest, value))
}

/// What may follow an operand.
enum Trailer {
    Attribute(Rc<str>, Span),
    Call(Vec<Argument>),
    Subscript(Expr),
}

/// `.name`, `(arguments)` or `[index]`.
fn trailer(input: Input<'_>) -> Parsed<'_, Trailer> {
    let (input, ()) = space(input)?;
    match input.peek() {
        Some('.') => attribute.map(|(name, span)| Trailer::Attribute(name, span)).parse(input),
        Some('(') => arguments.map(Trailer::Call).parse(input),
        Some('[') => subscript.map(Trailer::Subscript).parse(input),
        _ => fail(input, Expected::OPERATOR),
    }
}

/// `.name`
fn attribute(input: Input<'_>) -> Parsed<'_, (Rc<str>, Span)> {
    let (rest, _) = symbol(".", Expected::OPERATOR)(input)?;
    let (rest, (name, span)) = cut(name).parse(rest)?;
    Ok((rest, (name.into(), span)))
}

/// A number, a string, a name, a constant or something in brackets.
fn atom(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    match input.peek() {
        Some('0'..='9') => number(input),
        Some('\'' | '"') => strings(input),
        Some('(') => group(input),
        Some('[') => list(input),
        Some('{') => braces(input),
        Some('.') => match alt((ellipsis, number)).parse(input) {
            Err(nom::Err::Error(_)) => fail(input, Expected::EXPRESSION),
            parsed => parsed,
        },
        _ => {
            check_foreign(input)?;
            match alt((strings, constant, variable)).parse(input) {
                Err(nom::Err::Error(_)) => fail(input, Expected::EXPRESSION),
                parsed => parsed,
            }
        }
    }
}

/// A name that stands for a value.
fn variable(input: Input<'_>) -> Parsed<'_, Expr> {
    name.map(|(name, span)| Expr { kind: ExprKind::Name(name.into()), span }).parse(input)
}

/// `None`, `True`, `False`
fn constant(input: Input<'_>) -> Parsed<'_, Expr> {
    let of = |kind: ExprKind| move |span: Span| Expr { kind: kind.clone(), span };
    alt((
        keyword("None", Expected::EXPRESSION).map(of(ExprKind::None)),
        keyword("True", Expected::EXPRESSION).map(of(ExprKind::Bool(true))),
        keyword("False", Expected::EXPRESSION).map(of(ExprKind::Bool(false))),
    ))
    .parse(input)
}

/// `...`
fn ellipsis(input: Input<'_>) -> Parsed<'_, Expr> {
    symbol("...", Expected::EXPRESSION).map(|span| Expr { kind: ExprKind::Ellipsis, span }).parse(input)
}

/// `()`, `(a)`, `(a,)`, `(a, *b)`: a tuple, or one expression in parentheses.
fn group(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, mut found) = bracketed(PARENTHESES, starred_or_expression)(input)?;
    let span = rest.span_from(input.start());
    if found.items.len() == 1 && !found.has_trailing_comma {
        if let Some(item) = found.items.pop() {
            return match item.kind {
                ExprKind::Starred(_) => stop(Failure::wrong("cannot use starred expression here", item.span)),
                _ => Ok((rest, item)),
            };
        }
    }
    Ok((rest, Expr { kind: ExprKind::Tuple(found.items), span }))
}

/// `[a, *b]`
fn list(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, found) = bracketed(BRACKETS, starred_or_expression)(input)?;
    Ok((rest, Expr { kind: ExprKind::List(found.items), span: rest.span_from(input.start()) }))
}

/// One item between braces.
enum Entry {
    /// `key: value`, or `**value`.
    Pair(Option<Expr>, Expr),
    /// `value`, or `*values`.
    Item(Expr),
}

/// `{}`, `{key: value, **more}` or `{a, *b}`.
fn braces(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, found) = bracketed(BRACES, entry)(input)?;
    let span = rest.span_from(input.start());
    let is_dict = !matches!(found.items.first(), Some(Entry::Item(_)));
    let mut pairs = Vec::new();
    let mut items = Vec::new();
    for entry in found.items {
        match entry {
            Entry::Pair(key, value) if is_dict => pairs.push((key, value)),
            Entry::Item(item) if !is_dict => items.push(item),
            Entry::Item(item) => {
                let failure = Failure::wrong("':' expected after dictionary key", item.span);
                return stop(failure.instead(Expected::COLON));
            }
            Entry::Pair(key, value) => {
                let place = key.map_or(value.span, |key| key.span);
                return stop(Failure::wrong("invalid syntax", place).help("a set holds values, a dict `key: value`"));
            }
        }
    }
    let kind = if is_dict { ExprKind::Dict(pairs) } else { ExprKind::Set(items) };
    Ok((rest, Expr { kind, span }))
}

/// An item of a dict or a set.
fn entry(input: Input<'_>) -> Parsed<'_, Entry> {
    let (input, ()) = space(input)?;
    let (rest, stars) = opt(symbol("**", Expected::EXPRESSION)).parse(input)?;
    if stars.is_some() {
        let (rest, value) = cut(expression).parse(rest.count_operator()?)?;
        return Ok((rest, Entry::Pair(None, value)));
    }
    let (after_key, key) = starred_or_expression(input)?;
    let (rest, colon) = opt(symbol(":", Expected::COLON)).parse(after_key)?;
    let Some(colon) = colon.filter(|_| !matches!(key.kind, ExprKind::Starred(_)) && !rest.starts_with("=")) else {
        return Ok((after_key, Entry::Item(key)));
    };
    let (rest, ()) = space(rest)?;
    match rest.peek() {
        Some('*') if !rest.starts_with("**") => {
            let (_, value) = starred_or_expression(rest)?;
            stop(Failure::wrong("cannot use a starred expression in a dictionary value", value.span))
        }
        Some('}' | ',') => {
            let failure = Failure::wrong("expression expected after dictionary key and ':'", colon);
            stop(failure.instead(Expected::EXPRESSION))
        }
        _ => {
            let operators = after_key.operators;
            let (rest, value) = cut(expression).parse(rest.with_operators(input.operators))?;
            Ok((rest.with_operators(operators.max(rest.operators)), Entry::Pair(Some(key), value)))
        }
    }
}
