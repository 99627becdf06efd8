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

use super::ast::{BinaryOp, CompareOp, Expr, ExprKind, Span, UnaryOp};
use super::error::{Expected, Failure, fail, stop};
use super::input::{Input, Parsed};
use super::primary::primary;
use super::trivia::{keyword, space, symbol};
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
    let mut operators = rest.operators;
    let mut has_comma = false;
    loop {
        let (next, comma) = opt(symbol(",", Expected::COMMA)).parse(rest)?;
        if comma.is_none() {
            break;
        }
        has_comma = true;
        rest = next.with_operators(operators);
        if !starts_expression(next)? {
            break;
        }
        let (next, item) = cut(starred_or_expression).parse(next.with_operators(input.operators))?;
        operators = operators.max(next.operators);
        items.push(item);
        rest = next.with_operators(operators);
    }
    match items.pop() {
        Some(item) if !has_comma && items.is_empty() => match item.kind {
            ExprKind::Starred(_) => stop(Failure::wrong("can't use starred expression here", item.span)),
            _ => Ok((rest, item)),
        },
        Some(item) => {
            items.push(item);
            Ok((rest, Expr { kind: ExprKind::Tuple(items), span: rest.span_from(input.start()) }))
        }
        None => fail(input, Expected::EXPRESSION),
    }
}

/// Whether what follows a comma is another item, not the end of the list.
fn starts_expression(input: Input<'_>) -> Result<bool, nom::Err<Failure>> {
    let (input, ()) = space(input)?;
    Ok(!matches!(input.peek(), None | Some('\n' | '\r' | '#' | ';' | '=' | ')' | ']' | '}' | ':')))
}

/// An item of a list, a tuple or a set.
pub(super) fn starred_or_expression(input: Input<'_>) -> Parsed<'_, Expr> {
    alt((starred, expression)).parse(input)
}

/// `*values`
pub(super) fn starred(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    if input.starts_with("**") {
        return fail(input, Expected::EXPRESSION);
    }
    let (rest, _) = symbol("*", Expected::EXPRESSION)(input)?;
    let (rest, value) = cut(bitwise).parse(rest.count_operator()?)?;
    Ok((rest, Expr { kind: ExprKind::Starred(Box::new(value)), span: rest.span_from(input.start()) }))
}

/// One expression without commas: `body if test else orelse`, or an operation.
pub(super) fn expression(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let (mut rest, mut value) = operation(input)?;
    // What waits for the value after its `else`: where it starts, the body, the test.
    let mut waiting: Vec<(usize, Expr, Expr)> = Vec::new();
    let mut start = input.start();
    loop {
        let (next, found) = opt(keyword("if", Expected::NOTHING)).parse(rest)?;
        if found.is_none() {
            break;
        }
        let (next, test) = cut(operation).parse(next.count_operator()?)?;
        let (next, found) = opt(keyword("else", Expected::ELSE)).parse(next)?;
        if found.is_none() {
            let span = next.span_from(start);
            let failure = Failure::wrong("expected 'else' after 'if' expression", span).instead(Expected::ELSE);
            let (next, ()) = space(next)?;
            let is_open = next.brackets > 0 && next.rest().is_empty();
            return stop(if is_open { Failure::expected(next, Expected::ELSE) } else { failure });
        }
        waiting.push((start, value, test));
        let (next, ()) = space(next)?;
        start = next.start();
        (rest, value) = cut(operation).parse(next)?;
    }
    while let Some((start, body, test)) = waiting.pop() {
        let kind = ExprKind::Conditional(Box::new(test), Box::new(body), Box::new(value));
        value = Expr { kind, span: rest.span_from(start) };
    }
    Ok((rest, value))
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
                let left = Box::new(left.value);
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
                (ExprKind::Compare(Box::new(first.value), links), first.outer.to(end))
            }
        };
        Operand { value: Expr { kind, span: outer }, outer }
    }
}

/// Operands and the operators whose power is at least `least`.
fn climb(input: Input<'_>, least: u8) -> Parsed<'_, Expr> {
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut rest = input;
    // `not` stands at the start or after `and`, `or`, `not`: nothing that binds tighter takes it.
    let mut may_negate = least <= NOT;
    loop {
        loop {
            let (next, found) = prefix(rest, may_negate)?;
            let Some((operator, span)) = found else { break };
            may_negate = operator == UnaryOp::Not;
            waiting.push(Waiting::Prefix(operator, span));
            rest = next.count_operator()?;
        }
        let (start, ()) = space(rest)?;
        let (next, value) = if waiting.is_empty() { primary(start)? } else { cut(primary).parse(start)? };
        let mut operand = Operand { value, outer: next.span_from(start.start()) };
        let binary = binary_operator.map(|(operator, span)| (Infix::Binary(operator), span));
        let comparison = comparison_operator.map(|(operator, span)| (Infix::Compare(operator), span));
        let (after, found) = opt(alt((binary, comparison, connective))).parse(next)?;
        let found = found.filter(|(operator, _)| operator.power() >= least);
        let power = found.map_or(0, |(operator, _)| operator.power());
        while let Some(top) = waiting.pop_if(|top| binds_first(top, power)) {
            operand = top.complete(operand);
        }
        let Some((operator, span)) = found else {
            return Ok((next, operand.value));
        };
        may_negate = matches!(operator, Infix::Or | Infix::And);
        rest = after.count_operator()?;
        let next = match operator {
            Infix::Compare(operator) => chain(&mut waiting, operand, operator, span),
            operator => Waiting::Infix(operand, operator, span),
        };
        waiting.push(next);
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

/// A comparison that goes on with the chain it stands in, or begins one.
fn chain(waiting: &mut Vec<Waiting>, operand: Operand, operator: CompareOp, span: Span) -> Waiting {
    match waiting.pop_if(|top| matches!(top, Waiting::Chain(..))) {
        Some(Waiting::Chain(first, mut links, last, place)) => {
            links.push((last, place, operand.value));
            Waiting::Chain(first, links, operator, span)
        }
        _ => Waiting::Chain(operand, Vec::new(), operator, span),
    }
}

/// A prefix operator, if one stands here.
fn prefix(input: Input<'_>, may_negate: bool) -> Parsed<'_, Option<(UnaryOp, Span)>> {
    if may_negate { opt(alt((sign, negation))).parse(input) } else { opt(sign).parse(input) }
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
        (Some('<'), second) if second != Some('>') => Some((CompareOp::Less, 1)),
        (Some('>'), _) => Some((CompareOp::Greater, 1)),
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
