//! The comma list: what all brackets share.
//!
//! It is written by hand, once: the list combinators of parser libraries take a failure inside an item for
//! the end of the list, and then report the wrong place.

use super::ast::{Expr, ExprKind, Span};
use super::error::{Expected, Failure};
use super::expression::expression;
use super::foreign::{foreign_in_brackets, reject};
use super::input::{Input, Parsed, attempt, commit};
use super::target::describe;
use super::trivia::{space, starts_name, symbol};

/// The items between two brackets.
pub(super) struct Items<T> {
    pub(super) items: Vec<T>,
    /// Whether a comma follows the last item.
    pub(super) has_trailing_comma: bool,
    /// From the first item to the last, with the comma behind it.
    pub(super) inside: Span,
}

/// A pair of brackets.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    open: &'static str,
    close: &'static str,
    expected: Expected,
}

pub(super) const PARENTHESES: Pair = Pair { open: "(", close: ")", expected: Expected::PARENTHESIS };
pub(super) const BRACKETS: Pair = Pair { open: "[", close: "]", expected: Expected::BRACKET };
pub(super) const BRACES: Pair = Pair { open: "{", close: "}", expected: Expected::BRACE };

/// `open`, items with commas between them, perhaps one comma more, `close`. Once the bracket is open,
/// every failure is final.
pub(super) fn bracketed<'a, T>(
    input: Input<'a>,
    pair: Pair,
    item: impl Fn(Input<'a>) -> Parsed<'a, T>,
) -> Parsed<'a, Items<T>> {
    let mut list = CommaList::open(input, pair)?;
    while let Some(start) = list.next()? {
        list.push(start, item(start))?;
    }
    Ok(list.close())
}

/// A comma list under way.
struct CommaList<'a, T> {
    pair: Pair,
    /// The place behind what was read last.
    rest: Input<'a>,
    /// The place before the opening bracket.
    outside: Input<'a>,
    items: Items<T>,
}

impl<'a, T> CommaList<'a, T> {
    /// Takes the opening bracket.
    fn open(input: Input<'a>, pair: Pair) -> Result<CommaList<'a, T>, nom::Err<Failure>> {
        let (outside, _) = symbol(pair.open, Expected::EXPRESSION)(input)?;
        let inside = outside.open_bracket()?;
        let items = Items { items: Vec::new(), has_trailing_comma: false, inside: inside.span_from(inside.start()) };
        Ok(CommaList { pair, rest: inside, outside, items })
    }

    /// Where the next item starts, if there is one; otherwise takes the closing bracket.
    fn next(&mut self) -> Result<Option<Input<'a>>, nom::Err<Failure>> {
        if let Some((rest, _)) = attempt(symbol(self.pair.close, self.pair.expected)(self.rest))? {
            self.rest = rest;
            return Ok(None);
        }
        let (start, ()) = space(self.rest)?;
        Ok(Some(start))
    }

    /// Takes the item that was parsed at `start`, and the comma behind it.
    fn push(&mut self, start: Input<'a>, parsed: Parsed<'a, T>) -> Result<(), nom::Err<Failure>> {
        let (rest, item) = commit(parsed)?;
        let first = if self.items.items.is_empty() { start.start() } else { self.items.inside.start };
        self.items.items.push(item);
        let comma = attempt(symbol(",", Expected::COMMA)(rest))?;
        self.items.has_trailing_comma = comma.is_some();
        let rest = comma.map_or(rest, |(rest, _)| rest);
        self.items.inside = rest.span_from(first);
        let (next, ()) = space(rest)?;
        if comma.is_none() && !next.starts_with(self.pair.close) {
            return Err(nom::Err::Failure(after_item(start, next, Expected::COMMA.or(self.pair.expected))));
        }
        self.rest = rest;
        Ok(())
    }

    /// The items, and the place behind the closing bracket.
    fn close(self) -> (Input<'a>, Items<T>) {
        (self.outside.at(self.rest.start()), self.items)
    }
}

/// Why the text at `rest` does not follow the item that begins at `start`.
pub(super) fn after_item(start: Input<'_>, rest: Input<'_>, expected: Expected) -> Failure {
    if let Some(failure) = foreign_in_brackets(rest) {
        return failure;
    }
    let plain = Failure::expected(rest, expected);
    let Some((value_start, item)) = expression_before(start, rest) else { return plain };
    if rest.starts_with("=") && !rest.starts_with("==") {
        return if value_start.start() == start.start() { assigned(start, &item, rest) } else { plain };
    }
    // A name before a string is more likely a mistyped prefix than a missing comma.
    let is_prefix = matches!(item.kind, ExprKind::Name(_)) && rest.peek().is_some_and(|c| matches!(c, '\'' | '"'));
    let starts_value = rest.peek().is_some_and(|c| starts_name(c) || c.is_ascii_digit() || "'\"([{.".contains(c));
    if is_prefix || !starts_value {
        return plain;
    }
    match expression(rest) {
        Ok((end, _)) => {
            let span = Span::new(value_start.start(), end.start());
            Failure::wrong("invalid syntax. Perhaps you forgot a comma?", span).instead(expected).reached(rest)
        }
        Err(_) => plain,
    }
}

/// The expression that ends at `rest`: the item that begins at `start`, or what follows its `=`, `:` or stars.
fn expression_before<'a>(start: Input<'a>, rest: Input<'_>) -> Option<(Input<'a>, Expr)> {
    let mut start = start;
    loop {
        let (item, ()) = space(start).ok()?;
        let stars = item.rest().len() - item.rest().trim_start_matches('*').len();
        let (item, ()) = space(item.advance(stars)).ok()?;
        let found = if matches!(item.peek(), Some(':')) { None } else { Some(expression(item).ok()?) };
        let end = found.as_ref().map_or(item, |(end, _)| *end);
        let (end, ()) = space(end).ok()?;
        match found {
            Some((_, value)) if end.start() == rest.start() => return Some((item, value)),
            _ if end.start() < rest.start() && matches!(end.peek(), Some('=' | ':')) => start = end.advance(1),
            _ => return None,
        }
    }
}

/// An `=` inside brackets that is no keyword argument.
fn assigned(start: Input<'_>, item: &Expr, equal: Input<'_>) -> Failure {
    let help = "`=` names a value at the start of a statement; `==` compares";
    match &item.kind {
        ExprKind::Name(_) => {
            let end = expression(equal.advance(1)).map_or(equal.start() + 1, |(end, _)| end.start());
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            Failure::wrong(message, Span::new(start.start(), end)).help(help)
        }
        ExprKind::None | ExprKind::Bool(_) | ExprKind::List(_) | ExprKind::Tuple(_) => {
            Failure::expected(equal, Expected::COMMA)
        }
        _ => {
            let what = describe(item);
            let message = format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?");
            Failure::wrong(message, item.span).help(help)
        }
    }
}

/// A failure for what ndsh leaves out of Python, if that is what stands at `input`.
pub(super) fn check_foreign(input: Input<'_>) -> Result<(), nom::Err<Failure>> {
    match reject(input) {
        Some(failure) => Err(nom::Err::Failure(failure)),
        None => Ok(()),
    }
}
