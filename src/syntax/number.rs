//! Numbers: ints of any size in four bases, floats and imaginaries, with underscores between digits.

use super::ast::{Expr, ExprKind, Span};
use super::error::{Expected, Failure, fail, stop};
use super::input::{Input, Parsed};
use super::trivia::{continues_name, space, starts_name};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::one_of;
use nom::combinator::{opt, recognize};
use num_bigint::BigInt;
use std::rc::Rc;

/// The decimal digits CPython converts at most (`sys.int_info.default_max_str_digits`).
const MAX_DIGITS: usize = 4300;

/// A number.
pub(super) fn number(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    match (input.peek(), input.peek_second()) {
        (Some('0'), Some('x' | 'X' | 'o' | 'O' | 'b' | 'B')) => alt((hexadecimal, octal, binary)).parse(input),
        (Some('0'..='9'), _) | (Some('.'), Some('0'..='9')) => alt((floating, integer)).parse(input),
        _ => fail(input, Expected::NUMBER),
    }
}

/// `0x1f`
fn hexadecimal(input: Input<'_>) -> Parsed<'_, Expr> {
    radix(input, ['x', 'X'], 16, "hexadecimal")
}

/// `0o17`
fn octal(input: Input<'_>) -> Parsed<'_, Expr> {
    radix(input, ['o', 'O'], 8, "octal")
}

/// `0b101`
fn binary(input: Input<'_>) -> Parsed<'_, Expr> {
    radix(input, ['b', 'B'], 2, "binary")
}

/// `0`, one of `letters`, and digits of `base`, each with an underscore before it or not.
fn radix<'a>(input: Input<'a>, letters: [char; 2], base: u32, kind: &str) -> Parsed<'a, Expr> {
    let is_letter = input.peek_second().is_some_and(|c| letters.contains(&c));
    if input.peek() != Some('0') || !is_letter {
        return fail(input, Expected::NUMBER);
    }
    let body = input.advance(2);
    let mut rest = body;
    loop {
        let after = if rest.peek() == Some('_') { rest.advance(1) } else { rest };
        match after.peek() {
            Some(c) if c.is_digit(base) => {
                rest = after.advance(after.rest().find(|c: char| !c.is_digit(base)).unwrap_or(after.rest().len()));
            }
            Some(c) if c.is_ascii_digit() => {
                let place = Span::new(after.start(), after.start() + 1);
                return stop(Failure::lexical(format!("invalid digit '{c}' in {kind} literal"), place));
            }
            _ if after.start() > rest.start() || rest.start() == body.start() => {
                return stop(invalid(kind, after));
            }
            _ => break,
        }
    }
    end_of_number(rest, kind)?;
    let digits = body.until(rest.start()).rest().replace('_', "");
    let kind = match i64::from_str_radix(&digits, base) {
        Ok(value) => ExprKind::Int(value),
        Err(_) => big(BigInt::parse_bytes(digits.as_bytes(), base)),
    };
    Ok((rest, Expr { kind, span: rest.span_from(input.start()) }))
}

/// `12`: decimal digits, which start with 0 only where they are all 0.
fn integer(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, text) = digits(input)?;
    end_of_number(rest, "decimal")?;
    let span = rest.span_from(input.start());
    let digits = text.replace('_', "");
    if digits.starts_with('0') && digits.bytes().any(|digit| digit != b'0') {
        let message =
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
        return stop(Failure::lexical(message, span));
    }
    if digits.len() > MAX_DIGITS {
        let message = format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
             literals to avoid decimal conversion limits.",
            digits.len()
        );
        return stop(Failure::wrong(message, span));
    }
    let kind = match digits.parse::<i64>() {
        Ok(value) => ExprKind::Int(value),
        Err(_) => big(BigInt::parse_bytes(digits.as_bytes(), 10)),
    };
    Ok((rest, Expr { kind, span }))
}

/// `1.5`, `.5`, `1.`, `1e5`, or any decimal number with `j` after it.
fn floating(input: Input<'_>) -> Parsed<'_, Expr> {
    let (rest, whole) = opt(digits).parse(input)?;
    let (rest, fraction) = opt(fraction).parse(rest)?;
    let (rest, exponent) = opt(exponent).parse(rest)?;
    let text = input.until(rest.start()).rest().replace('_', "");
    let (rest, imaginary) = opt(one_of("jJ")).parse(rest)?;
    if (fraction.is_none() && exponent.is_none() && imaginary.is_none()) || (whole.is_none() && fraction.is_none()) {
        return fail(input, Expected::NUMBER);
    }
    end_of_number(rest, if imaginary.is_some() { "imaginary" } else { "decimal" })?;
    let Ok(value) = text.parse::<f64>() else { return fail(input, Expected::NUMBER) };
    let kind = if imaginary.is_some() { ExprKind::Imaginary(value) } else { ExprKind::Float(value) };
    Ok((rest, Expr { kind, span: rest.span_from(input.start()) }))
}

/// `.5`, or the point alone where digits stand before it.
fn fraction(input: Input<'_>) -> Parsed<'_, &str> {
    let (rest, text) = recognize((one_of("."), opt(digits))).parse(input)?;
    Ok((rest, text.rest()))
}

/// `e-5`
fn exponent(input: Input<'_>) -> Parsed<'_, &str> {
    let (after, _) = (one_of("eE"), opt(one_of("+-"))).parse(input)?;
    if after.start() > input.start() + 1 && !after.peek().is_some_and(|c| c.is_ascii_digit()) {
        return stop(invalid("decimal", after));
    }
    let (rest, text) = digits(after)?;
    Ok((rest, text))
}

/// Decimal digits with single underscores between them.
fn digits(input: Input<'_>) -> Parsed<'_, &str> {
    let (mut rest, _) = take_while1(|c: char| c.is_ascii_digit()).parse(input)?;
    while rest.peek() == Some('_') {
        let after = rest.advance(1);
        if !after.peek().is_some_and(|c| c.is_ascii_digit()) {
            return stop(invalid("decimal", after));
        }
        (rest, _) = take_while1(|c: char| c.is_ascii_digit()).parse(after)?;
    }
    Ok((rest, input.until(rest.start()).rest()))
}

/// A letter after a number is an error, but for the keywords that may follow a value at once (`1if x else y`).
fn end_of_number<'a>(rest: Input<'a>, kind: &str) -> Result<(), nom::Err<Failure>> {
    if !rest.peek().is_some_and(starts_name) {
        return Ok(());
    }
    if ["and", "else", "for", "if", "in", "is", "not", "or"].iter().any(|word| rest.starts_with(word)) {
        return Ok(());
    }
    Err(nom::Err::Failure(invalid(kind, rest)))
}

/// `invalid decimal literal`, on the last character before `rest` and the word after it.
fn invalid(kind: &str, rest: Input<'_>) -> Failure {
    let word = rest.rest().find(|c: char| !continues_name(c)).unwrap_or(rest.rest().len());
    let place = Span::new(rest.start().saturating_sub(1), rest.start() + word);
    let failure = Failure::lexical(format!("invalid {kind} literal"), place);
    let is_exponent = matches!(rest.rest().get(..word), Some("e" | "E"));
    if kind == "decimal" && !is_exponent && rest.peek().is_some_and(char::is_alphabetic) {
        failure.help("a name does not start with a digit, and a product needs its `*`")
    } else {
        failure
    }
}

fn big(value: Option<BigInt>) -> ExprKind {
    value.map_or(ExprKind::Int(0), |value| ExprKind::BigInt(Rc::new(value)))
}
