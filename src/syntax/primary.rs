//! Operands: atoms, and the calls, subscripts and attributes that follow them.

use super::arguments::arguments;
use super::ast::{Argument, Expr, ExprKind, Span};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{bitwise, expression, starred_or_expression};
use super::input::{Input, Parsed};
use super::list::{BRACES, BRACKETS, PARENTHESES, bracketed, check_foreign};
use super::number::number;
use super::string::strings;
use super::subscript::{colon, subscript};
use super::trivia::{keyword, name, space, symbol};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use std::cell::Cell;
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
    Element(Expr),
}

/// `{}`, `{key: value, **more}` or `{a, *b}`. The first item decides whether it is a dict or a set.
fn braces(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let is_dict = Cell::new(None);
    let entry = |input| {
        let (rest, entry) = entry(input, is_dict.get())?;
        is_dict.set(Some(matches!(entry, Entry::Pair(..))));
        Ok((rest, entry))
    };
    let (rest, found) = bracketed(BRACES, entry)(input)?;
    let mut pairs = Vec::new();
    let mut elements = Vec::new();
    for entry in found.items {
        match entry {
            Entry::Pair(key, value) => pairs.push((key, value)),
            Entry::Element(element) => elements.push(element),
        }
    }
    let kind = if elements.is_empty() { ExprKind::Dict(pairs) } else { ExprKind::Set(elements) };
    Ok((rest, Expr { kind, span: rest.span_from(input.start()) }))
}

/// One item between braces, of a dict, of a set, or of what it makes them: the first is a pair where a `:`
/// follows the key.
fn entry(input: Input<'_>, is_dict: Option<bool>) -> Parsed<'_, Entry> {
    let (input, ()) = space(input)?;
    match is_dict {
        Some(false) => return starred_or_expression.map(Entry::Element).parse(input),
        None if !input.starts_with("**") => {}
        _ => return pair.map(|(key, value)| Entry::Pair(key, value)).parse(input),
    }
    let (rest, key) = starred_or_expression(input)?;
    let (after, colon) = opt(colon).parse(rest)?;
    match colon {
        Some(colon) if !matches!(key.kind, ExprKind::Starred(_)) => {
            let (end, value) = value_of(after.with_operators(input.operators), colon)?;
            Ok((end.with_operators(end.operators.max(rest.operators)), Entry::Pair(Some(key), value)))
        }
        _ => Ok((rest, Entry::Element(key))),
    }
}

/// `key: value` or `**mapping`
fn pair(input: Input<'_>) -> Parsed<'_, (Option<Expr>, Expr)> {
    let (input, ()) = space(input)?;
    if input.starts_with("**") {
        return cut(bitwise).map(|value| (None, value)).parse(input.advance(2).count_operator()?);
    }
    let (rest, key) = expression(input)?;
    let (after, colon) = opt(colon).parse(rest)?;
    let Some(colon) = colon else {
        let (next, ()) = space(rest)?;
        let is_open = next.rest().is_empty();
        let failure = Failure::wrong("':' expected after dictionary key", key.span).instead(Expected::COLON);
        return stop(if is_open { Failure::expected(next, Expected::COLON) } else { failure });
    };
    let (end, value) = value_of(after.with_operators(input.operators), colon)?;
    Ok((end.with_operators(end.operators.max(rest.operators)), (Some(key), value)))
}

/// The value of a pair, behind its `:`.
fn value_of(input: Input<'_>, colon: Span) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    match input.peek() {
        Some('*') if !input.starts_with("**") => {
            let (_, value) = starred_or_expression(input)?;
            stop(Failure::wrong("cannot use a starred expression in a dictionary value", value.span))
        }
        Some('}' | ',') => {
            let failure = Failure::wrong("expression expected after dictionary key and ':'", colon);
            stop(failure.instead(Expected::EXPRESSION))
        }
        _ => cut(expression).parse(input),
    }
}
