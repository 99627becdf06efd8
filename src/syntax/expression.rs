//! Expressions: one loop over operators and their binding powers.
//!
//! | power | operators | |
//! |---|---|---|
//! | 1 | `or` | left |
//! | 2 | `and` | left |
//! | 3 | `not` | prefix |
//! | 4 | `< <= == != > >= is in` and their negations | a chain |
//! | 5 | `\|` | left |
//! | 6 | `^` | left |
//! | 7 | `&` | left |
//! | 8 | `<< >>` | left |
//! | 9 | `+ -` | left |
//! | 10 | `* @ / // %` | left |
//! | 11 | `+ - ~` | prefix |
//! | 12 | `**` | right, and binds its left side tighter than a prefix |
//!
//! The loop keeps the operators that wait for their right side on a stack of its own. The parser's stack
//! grows at brackets only.

use super::ast::{BinaryOp, CompareOp, Expr, ExprKind, Front, Span, UnaryOp};
use super::error::{Expected, Failure, fail, stop};
use super::input::{Attempted, Input, Parsed, attempt, commit};
use super::primary::primary;
use super::trivia::{equal, keyword, space, symbol};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

/// The binding power of `not`.
const NOT: u8 = 3;
/// The binding power of comparisons.
const COMPARISON: u8 = 4;
/// The least binding power of operators that compute with bits and numbers.
const BITWISE: u8 = 5;
/// The binding power of the signs.
const SIGN: u8 = 11;
/// The binding power of `**`.
const POWER: u8 = 12;

/// One or more expressions with commas: with a comma it is a tuple.
pub(super) fn expression_list(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (mut rest, first) = starred_or_expression(input)?;
    let mut items = vec![first];
    let mut has_comma = false;
    loop {
        let (next, comma) = opt(symbol(",", Expected::COMMA)).parse(rest)?;
        if comma.is_none() {
            break;
        }
        has_comma = true;
        rest = next;
        if !starts_expression(next)? {
            break;
        }
        let (next, item) = cut(starred_or_expression).parse(next)?;
        items.push(item);
        rest = next;
    }
    match items.pop() {
        Some(item) if !has_comma && items.is_empty() => match item.kind {
            ExprKind::Starred(_) => stop(lone_star(item.span, rest)),
            _ => Ok((rest, item)),
        },
        Some(item) => {
            items.push(item);
            Ok((rest, Expr { kind: ExprKind::Tuple(items), span: rest.span_from(input.start()) }))
        }
        None => fail(input, Expected::EXPRESSION),
    }
}

/// Why `*a` is no list by itself.
fn lone_star(span: Span, rest: Input<'_>) -> Failure {
    if equal(rest).is_ok() {
        let failure = Failure::wrong("starred assignment target must be in a list or tuple", span);
        return failure.help("`*a, = b` makes a list of all of b");
    }
    Failure::wrong("can't use starred expression here", span)
}

/// Whether what follows a comma is another item, not the end of the list.
fn starts_expression(input: Input<'_>) -> Result<bool, nom::Err<Failure>> {
    let (input, ()) = space(input)?;
    Ok(!matches!(input.peek(), None | Some('\n' | '\r' | '#' | ';' | '=' | ')' | ']' | '}' | ':')))
}

/// An item of a list, a tuple or a set.
pub(super) fn starred_or_expression(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    if input.peek() == Some('*') { starred(input) } else { expression(input) }
}

/// `*values`
pub(super) fn starred(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    if input.starts_with("**") {
        return fail(input, Expected::EXPRESSION);
    }
    let (rest, _) = symbol("*", Expected::EXPRESSION)(input)?;
    let (rest, value) = commit(bitwise(rest.deeper(1)?))?;
    Ok((
        rest.at_depth(input.depth),
        Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) },
    ))
}

/// One expression without commas: `body if test else orelse`, or an operation.
pub(super) fn expression(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (rest, value) = operation(input)?;
    match attempt(keyword("if", Expected::NOTHING)(rest))? {
        None => Ok((rest, value)),
        Some((next, _)) => conditional(next, input.start(), value),
    }
}

/// The test of a conditional expression and what follows it, behind the `if`. `start` is where its body stands.
fn conditional(input: Input<'_>, start: usize, body: Expr) -> Parsed<'_, Expr> {
    // What waits for the value after its `else`: where it starts, the body, the test.
    let mut waiting: Vec<(usize, Expr, Expr)> = Vec::new();
    let (mut next, mut start, mut value) = (input, start, body);
    loop {
        let (after, test) = commit(operation(next.deeper(1)?))?;
        let orelse = after_test(after, start)?;
        waiting.push((start, value, test));
        start = orelse.start();
        let parsed = commit(operation(orelse))?;
        value = parsed.1;
        match attempt(keyword("if", Expected::NOTHING)(parsed.0))? {
            Some((after, _)) => next = after,
            None => {
                let rest = parsed.0.at_depth(input.depth);
                return Ok((rest, conditionals(waiting, value, rest.start())));
            }
        }
    }
}

/// The place behind the `else` that follows a test.
fn after_test(input: Input<'_>, start: usize) -> Result<Input<'_>, nom::Err<Failure>> {
    if let Some((rest, _)) = attempt(keyword("else", Expected::ELSE)(input))? {
        return Ok(space(rest)?.0);
    }
    let failure = Failure::wrong("expected 'else' after 'if' expression", input.span_from(start));
    let (next, ()) = space(input)?;
    let is_open = next.brackets > 0 && next.rest().is_empty();
    let failure = if is_open { Failure::expected(next, Expected::ELSE) } else { failure.instead(Expected::ELSE) };
    Err(nom::Err::Failure(failure))
}

/// Conditional expressions from the inside out: the last `else` is the innermost.
fn conditionals(waiting: Vec<(usize, Expr, Expr)>, last: Expr, end: usize) -> Expr {
    waiting.into_iter().rev().fold(last, |value, (start, body, test)| {
        let kind = ExprKind::Conditional(Box::new(test), Box::new(body), Box::new(value));
        Expr { kind, span: Span::new(start, end) }
    })
}

/// Operands and operators of every power.
fn operation(input: Input<'_>) -> Parsed<'_, Expr> {
    climb(input, 0)
}

/// Operands and the operators that bind tighter than comparisons.
pub(super) fn bitwise(input: Input<'_>) -> Parsed<'_, Expr> {
    climb(input, BITWISE)
}

/// An operator between two operands.
#[derive(Clone, Copy)]
enum Infix {
    Or,
    And,
    Compare(CompareOp),
    Binary(BinaryOp),
}

impl Infix {
    fn power(self) -> u8 {
        match self {
            Infix::Or => 1,
            Infix::And => 2,
            Infix::Compare(_) => COMPARISON,
            Infix::Binary(operator) => match operator {
                BinaryOp::Or => BITWISE,
                BinaryOp::Xor => 6,
                BinaryOp::And => 7,
                BinaryOp::LeftShift | BinaryOp::RightShift => 8,
                BinaryOp::Add | BinaryOp::Subtract => 9,
                BinaryOp::Multiply
                | BinaryOp::MatMul
                | BinaryOp::TrueDivide
                | BinaryOp::FloorDivide
                | BinaryOp::Remainder => 10,
                BinaryOp::Power => POWER,
            },
        }
    }
}

/// An operand with the span of its text, parentheses included.
struct Operand {
    value: Expr,
    outer: Span,
}

/// An operator that waits for its right side.
enum Waiting {
    Prefix(UnaryOp, Span),
    Infix(Operand, Infix, Span),
    /// A chain of comparisons: the first operand, what is complete, and the last operator.
    Chain(Operand, Vec<(CompareOp, Span, Expr)>, CompareOp, Span),
}

impl Waiting {
    fn power(&self) -> u8 {
        match self {
            Waiting::Prefix(UnaryOp::Not, _) => NOT,
            Waiting::Prefix(..) => SIGN,
            Waiting::Infix(_, operator, _) => operator.power(),
            Waiting::Chain(..) => COMPARISON,
        }
    }

    /// The expression, now that its right side is there.
    fn complete(self, right: Operand) -> Operand {
        let end = right.outer;
        let boxed = Box::new(right.value);
        let (kind, outer) = match self {
            Waiting::Prefix(operator, span) => (ExprKind::Unary(operator, boxed), span.to(end)),
            Waiting::Infix(left, operator, span) => {
                let outer = left.outer.to(end);
                let left = Front::new(left.value);
                let kind = match operator {
                    Infix::Or => ExprKind::Or(left, boxed),
                    Infix::And => ExprKind::And(left, boxed),
                    Infix::Compare(operator) => ExprKind::Compare(left, vec![(operator, span, *boxed)]),
                    Infix::Binary(operator) => ExprKind::Binary(operator, span, left, boxed),
                };
                (kind, outer)
            }
            Waiting::Chain(first, mut links, operator, span) => {
                links.push((operator, span, *boxed));
                (ExprKind::Compare(Front::new(first.value), links), first.outer.to(end))
            }
        };
        Operand { value: Expr { kind, span: outer }, outer }
    }
}

/// Operands and the operators whose power is at least `least`.
fn climb(input: Input<'_>, least: u8) -> Parsed<'_, Expr> {
    let mut tower = Tower { waiting: Vec::new(), depth: input.depth, least, may_negate: least <= NOT };
    let mut rest = input;
    loop {
        let start = tower.prefixes(rest)?;
        let parsed = primary(start);
        match tower.operand(start, parsed)? {
            (next, Some(value)) => return Ok((next, value)),
            (next, None) => rest = next,
        }
    }
}

/// The operators that wait for their right side; each binds tighter than those below it.
struct Tower {
    waiting: Vec<Waiting>,
    /// How deep the whole of it stands.
    depth: u16,
    /// The least power of an operator that belongs here.
    least: u8,
    /// Whether `not` may come next: it stands at the start or after `and`, `or`, `not`, and nothing that
    /// binds tighter takes it.
    may_negate: bool,
}

impl Tower {
    /// Takes the prefix operators at `input`, and gives the place of the operand behind them.
    fn prefixes<'a>(&mut self, input: Input<'a>) -> Result<Input<'a>, nom::Err<Failure>> {
        let mut rest = input;
        loop {
            let found =
                if self.may_negate { attempt(alt((sign, negation)).parse(rest))? } else { attempt(sign(rest))? };
            let Some((next, (operator, span))) = found else { return Ok(space(rest)?.0) };
            self.may_negate = operator == UnaryOp::Not;
            self.waiting.push(Waiting::Prefix(operator, span));
            rest = self.inside(next)?;
        }
    }

    /// Takes the operand that was parsed at `start`, and the operator behind it. Without one, the
    /// expression is complete.
    fn operand<'a>(&mut self, start: Input<'a>, parsed: Parsed<'a, Expr>) -> Parsed<'a, Option<Expr>> {
        let (rest, value) = if self.waiting.is_empty() { parsed? } else { commit(parsed)? };
        let operand = Operand { value, outer: rest.span_from(start.start()) };
        let Some((next, (operator, span))) = self.infix(rest)? else {
            return Ok((rest.at_depth(self.depth), Some(self.complete(operand, 0).value)));
        };
        let operand = self.complete(operand, operator.power());
        self.may_negate = matches!(operator, Infix::Or | Infix::And);
        self.push(operand, operator, span);
        Ok((self.inside(next)?, None))
    }

    /// The place of the next operand: as deep as there are operators that wait for it. What stands in front of an
    /// operator is no deeper than the operator, so that a flat chain may be of any length.
    fn inside<'a>(&self, input: Input<'a>) -> Result<Input<'a>, nom::Err<Failure>> {
        input.at_depth(self.depth).deeper(self.waiting.len())
    }

    /// The operator at `input`, if it belongs here.
    fn infix<'a>(&self, input: Input<'a>) -> Attempted<'a, (Infix, Span)> {
        // Most operands end what they stand in: look before three alternatives are tried.
        let (input, ()) = space(input)?;
        if !input.peek().is_some_and(|c| c.is_ascii_punctuation() || matches!(c, 'a' | 'i' | 'n' | 'o')) {
            return Ok(None);
        }
        let binary = binary_operator.map(|(operator, span)| (Infix::Binary(operator), span));
        let comparison = comparison_operator.map(|(operator, span)| (Infix::Compare(operator), span));
        let found = attempt(alt((binary, comparison, connective)).parse(input))?;
        Ok(found.filter(|(_, (operator, _))| operator.power() >= self.least))
    }

    /// Gives `operand` to all operators that bind it before one of `power` does.
    fn complete(&mut self, mut operand: Operand, power: u8) -> Operand {
        while let Some(top) = self.waiting.pop_if(|top| binds_first(top, power)) {
            operand = top.complete(operand);
        }
        operand
    }

    /// Lets an operator wait for its right side. A comparison after a comparison goes on with its chain.
    fn push(&mut self, operand: Operand, operator: Infix, span: Span) {
        let Infix::Compare(operator) = operator else {
            return self.waiting.push(Waiting::Infix(operand, operator, span));
        };
        let chain = match self.waiting.pop_if(|top| matches!(top, Waiting::Chain(..))) {
            Some(Waiting::Chain(first, mut links, last, place)) => {
                links.push((last, place, operand.value));
                Waiting::Chain(first, links, operator, span)
            }
            _ => Waiting::Chain(operand, Vec::new(), operator, span),
        };
        self.waiting.push(chain);
    }
}

/// Whether `top` takes the operand before an operator of `power` does. Powers group from the right and
/// comparisons form a chain; all others group from the left.
fn binds_first(top: &Waiting, power: u8) -> bool {
    match top.power() {
        top if top == power => !matches!(power, POWER | COMPARISON),
        top => top > power,
    }
}

/// `not`
fn negation(input: Input<'_>) -> Parsed<'_, (UnaryOp, Span)> {
    keyword("not", Expected::EXPRESSION).map(|span| (UnaryOp::Not, span)).parse(input)
}

/// `+`, `-`, `~` before an operand.
fn sign(input: Input<'_>) -> Parsed<'_, (UnaryOp, Span)> {
    let (input, ()) = space(input)?;
    let operator = match input.peek() {
        Some('-') => UnaryOp::Negative,
        Some('+') => UnaryOp::Positive,
        Some('~') => UnaryOp::Invert,
        _ => return fail(input, Expected::EXPRESSION),
    };
    let rest = input.advance(1);
    Ok((rest, (operator, rest.span_from(input.start()))))
}

/// `and`, `or`
fn connective(input: Input<'_>) -> Parsed<'_, (Infix, Span)> {
    alt((
        keyword("and", Expected::OPERATOR).map(|span| (Infix::And, span)),
        keyword("or", Expected::OPERATOR).map(|span| (Infix::Or, span)),
    ))
    .parse(input)
}

/// `<`, `is not`, ...
fn comparison_operator(input: Input<'_>) -> Parsed<'_, (CompareOp, Span)> {
    let (input, ()) = space(input)?;
    let symbol = match (input.peek(), input.peek_second()) {
        (Some('<'), Some('=')) => Some((CompareOp::LessEqual, 2)),
        (Some('>'), Some('=')) => Some((CompareOp::GreaterEqual, 2)),
        (Some('='), Some('=')) => Some((CompareOp::Equal, 2)),
        (Some('!'), Some('=')) => Some((CompareOp::NotEqual, 2)),
        (Some('<'), second) if !matches!(second, Some('<' | '>')) => Some((CompareOp::Less, 1)),
        (Some('>'), second) if second != Some('>') => Some((CompareOp::Greater, 1)),
        _ => None,
    };
    if let Some((operator, length)) = symbol {
        let rest = input.advance(length);
        return Ok((rest, (operator, rest.span_from(input.start()))));
    }
    let operator = |operator| move |span: Span| (operator, span);
    alt((
        (keyword("is", Expected::OPERATOR), keyword("not", Expected::OPERATOR))
            .map(|(is, not)| (CompareOp::IsNot, is.to(not))),
        keyword("is", Expected::OPERATOR).map(operator(CompareOp::Is)),
        keyword("in", Expected::OPERATOR).map(operator(CompareOp::In)),
        (keyword("not", Expected::OPERATOR), cut(keyword("in", Expected::IN)))
            .map(|(not, r#in)| (CompareOp::NotIn, not.to(r#in))),
    ))
    .parse(input)
}

/// `+`, `**`, ... between two operands, and not the start of `+=`.
pub(super) fn binary_operator(input: Input<'_>) -> Parsed<'_, (BinaryOp, Span)> {
    let (input, ()) = space(input)?;
    let Some((operator, length)) = operator_at(input) else { return fail(input, Expected::OPERATOR) };
    let rest = input.advance(length);
    if rest.peek() == Some('=') {
        return fail(input, Expected::OPERATOR);
    }
    Ok((rest, (operator, rest.span_from(input.start()))))
}

/// `+=`, `**=`, ...
pub(super) fn augmented_operator(input: Input<'_>) -> Parsed<'_, (BinaryOp, Span)> {
    let (input, ()) = space(input)?;
    let Some((operator, length)) = operator_at(input) else { return fail(input, Expected::EQUAL) };
    let rest = input.advance(length);
    if rest.peek() != Some('=') {
        return fail(input, Expected::EQUAL);
    }
    let rest = rest.advance(1);
    Ok((rest, (operator, rest.span_from(input.start()))))
}

/// The binary operator the input starts with, and its length.
fn operator_at(input: Input<'_>) -> Option<(BinaryOp, usize)> {
    let second = input.peek_second();
    Some(match input.peek()? {
        '+' => (BinaryOp::Add, 1),
        '-' if second != Some('>') => (BinaryOp::Subtract, 1),
        '*' if second == Some('*') => (BinaryOp::Power, 2),
        '*' => (BinaryOp::Multiply, 1),
        '/' if second == Some('/') => (BinaryOp::FloorDivide, 2),
        '/' => (BinaryOp::TrueDivide, 1),
        '%' => (BinaryOp::Remainder, 1),
        '@' => (BinaryOp::MatMul, 1),
        '<' if second == Some('<') => (BinaryOp::LeftShift, 2),
        '>' if second == Some('>') => (BinaryOp::RightShift, 2),
        '&' => (BinaryOp::And, 1),
        '|' => (BinaryOp::Or, 1),
        '^' => (BinaryOp::Xor, 1),
        _ => return None,
    })
}
