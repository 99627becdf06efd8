//! Operands: atoms, and the calls, subscripts and attributes that follow them.

use super::arguments::arguments;
use super::ast::{Argument, Expr, ExprKind, Front, Span};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{bitwise, expression, starred_or_expression};
use super::input::{Input, Parsed, attempt, commit};
use super::list::{BRACES, BRACKETS, PARENTHESES, bracketed, check_foreign};
use super::number::number;
use super::string::strings;
use super::subscript::{colon, subscript};
use super::trivia::{keyword, name, space, symbol};
use nom::Parser;
use nom::branch::alt;
use std::cell::Cell;
use std::rc::Rc;

/// An atom and what follows it.
pub(super) fn primary(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (mut rest, mut value) = atom(input)?;
    while let Some(next) = trailing(rest, input.start(), &mut value)? {
        rest = next;
    }
    Ok((rest, value))
}

/// Makes `value`, which starts at `start`, what it is together with the trailer at `input`, if there is one.
fn trailing<'a>(input: Input<'a>, start: usize, value: &mut Expr) -> Result<Option<Input<'a>>, nom::Err<Failure>> {
    let Some((rest, trailer)) = attempt(trailer(input))? else { return Ok(None) };
    let before = std::mem::replace(value, Expr { kind: ExprKind::None, span: Span::default() });
    *value = trailer.of(before, rest.span_from(start));
    Ok(Some(rest))
}

/// What may follow an operand.
enum Trailer {
    Attribute(Rc<str>, Span),
    Call(Vec<Argument>),
    Subscript(Expr),
}

impl Trailer {
    /// The expression that `value` and what follows it are together.
    fn of(self, value: Expr, span: Span) -> Expr {
        let value = Front::new(value);
        let kind = match self {
            Trailer::Attribute(name, span) => ExprKind::Attribute(value, name, span),
            Trailer::Call(arguments) => ExprKind::Call(value, arguments),
            Trailer::Subscript(index) => ExprKind::Subscript(value, Box::new(index)),
        };
        Expr { kind, span }
    }
}

/// `.name`, `(arguments)` or `[index]`.
fn trailer(input: Input<'_>) -> Parsed<'_, Trailer> {
    let (input, ()) = space(input)?;
    match input.peek() {
        Some('.') => attribute(input).map(|(rest, (name, span))| (rest, Trailer::Attribute(name, span))),
        Some('(') => arguments(input).map(|(rest, arguments)| (rest, Trailer::Call(arguments))),
        Some('[') => subscript(input).map(|(rest, index)| (rest, Trailer::Subscript(index))),
        _ => fail(input, Expected::OPERATOR),
    }
}

/// `.name`
fn attribute(input: Input<'_>) -> Parsed<'_, (Rc<str>, Span)> {
    let (rest, _) = symbol(".", Expected::OPERATOR)(input)?;
    let (rest, (name, span)) = commit(name(rest))?;
    Ok((rest, (name.into(), span)))
}

/// A number, a string, a name, a constant or something in brackets.
fn atom(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    match input.peek() {
        Some('(') => group(input),
        Some('[') => list(input),
        Some('{') => braces(input),
        _ => unbracketed(input, input.peek()),
    }
}

/// The atoms without brackets, of which `first` is the first character.
fn unbracketed(input: Input<'_>, first: Option<char>) -> Parsed<'_, Expr> {
    check_foreign(input)?;
    let parsed = match first {
        Some('0'..='9') => number(input),
        Some('\'' | '"') => strings(input),
        Some('.') => alt((ellipsis, number)).parse(input),
        _ => alt((strings, constant, variable)).parse(input),
    };
    match parsed {
        Err(nom::Err::Error(_)) => fail(input, Expected::EXPRESSION),
        parsed => parsed,
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
    let (rest, mut found) = bracketed(input, PARENTHESES, starred_or_expression)?;
    let span = rest.span_from(input.start());
    match found.items.pop() {
        Some(Expr { kind: ExprKind::Starred(_), span }) if found.items.is_empty() && !found.has_trailing_comma => {
            stop(Failure::wrong("cannot use starred expression here", span))
        }
        Some(item) if found.items.is_empty() && !found.has_trailing_comma => Ok((rest, item)),
        last => {
            found.items.extend(last);
            Ok((rest, Expr { kind: ExprKind::Tuple(found.items), span }))
        }
    }
}

/// `[a, *b]`
fn list(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, found) = bracketed(input, BRACKETS, starred_or_expression)?;
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
    let (rest, found) = bracketed(input, BRACES, entry)?;
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
        Some(false) => return starred_or_expression(input).map(|(rest, element)| (rest, Entry::Element(element))),
        None if !input.starts_with("**") => {}
        _ => return pair(input).map(|(rest, (key, value))| (rest, Entry::Pair(key, value))),
    }
    let (rest, key) = starred_or_expression(input)?;
    match attempt(colon(rest))? {
        Some((after, colon)) if !matches!(key.kind, ExprKind::Starred(_)) => {
            let (end, value) = value_of(after, colon)?;
            Ok((end, Entry::Pair(Some(key), value)))
        }
        _ => Ok((rest, Entry::Element(key))),
    }
}

/// `key: value` or `**mapping`
fn pair(input: Input<'_>) -> Parsed<'_, (Option<Expr>, Expr)> {
    let (input, ()) = space(input)?;
    if input.starts_with("**") {
        let (rest, value) = commit(bitwise(input.advance(2).deeper(1)?))?;
        return Ok((rest.at_depth(input.depth), (None, value)));
    }
    let (rest, key) = expression(input)?;
    let Some((after, colon)) = attempt(colon(rest))? else {
        let (next, ()) = space(rest)?;
        let is_open = next.rest().is_empty();
        let failure = Failure::wrong("':' expected after dictionary key", key.span).instead(Expected::COLON);
        return stop(if is_open { Failure::expected(next, Expected::COLON) } else { failure });
    };
    let (end, value) = value_of(after, colon)?;
    Ok((end, (Some(key), value)))
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
        _ => commit(expression(input)),
    }
}
