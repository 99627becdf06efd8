//! The arguments of a call, and the order Python asks of them.

use super::ast::{Argument, Expr, ExprKind, Span};
use super::error::{Expected, Failure, stop};
use super::expression::expression;
use super::input::{Input, Parsed, commit};
use super::list::{PARENTHESES, bracketed};
use super::target::describe;
use super::trivia::{equal, name, space, symbol};
use nom::Parser;

/// `(a, *b, key=c, **d)`
pub(super) fn arguments(input: Input<'_>) -> Parsed<'_, Vec<Argument>> {
    let (rest, found) = bracketed(input, PARENTHESES, |input| {
        if input.starts_with("**") {
            return unpacked_argument(input);
        }
        match keyword_argument(input) {
            Err(nom::Err::Error(_)) => positional_argument(input),
            parsed => parsed,
        }
    })?;
    check_order(&found.items)?;
    Ok((rest, found.items))
}

/// `value` or `*values`
fn positional_argument(input: Input<'_>) -> Parsed<'_, Argument> {
    let (input, ()) = space(input)?;
    if input.starts_with("*") {
        return starred_argument(input);
    }
    let (rest, value) = expression(input)?;
    match equal(rest) {
        Ok((_, sign)) => stop(misplaced_equal(input.start(), &value, sign)),
        Err(_) => Ok((rest, Argument::Positional(value))),
    }
}

/// `*values`
fn starred_argument(input: Input<'_>) -> Parsed<'_, Argument> {
    let (rest, _) = symbol("*", Expected::EXPRESSION)(input)?;
    commit(expression(rest.deeper(1)?)).map(|(rest, value)| (rest.at_depth(input.depth), Argument::Star(value)))
}

/// `name=value`
fn keyword_argument(input: Input<'_>) -> Parsed<'_, Argument> {
    let (rest, ((name, span), _)) = (name, equal).parse(input)?;
    commit(expression(rest)).map(|(rest, value)| (rest, Argument::Keyword(name.into(), span, value)))
}

/// `**mapping`
fn unpacked_argument(input: Input<'_>) -> Parsed<'_, Argument> {
    let (rest, _) = symbol("**", Expected::EXPRESSION)(input)?;
    commit(expression(rest.deeper(1)?)).map(|(rest, value)| (rest.at_depth(input.depth), Argument::StarStar(value)))
}

/// `f(True=1)`, `f(a.b=1)`
fn misplaced_equal(start: usize, value: &Expr, sign: Span) -> Failure {
    let span = Span::new(start, sign.end);
    match value.kind {
        ExprKind::None | ExprKind::Bool(_) => Failure::wrong(format!("cannot assign to {}", describe(value)), span),
        _ => Failure::wrong("expression cannot contain assignment, perhaps you meant \"==\"?", span),
    }
}

/// Positional arguments come first, and no keyword comes twice.
fn check_order(arguments: &[Argument]) -> Result<(), nom::Err<Failure>> {
    let mut has_keyword = false;
    let mut has_unpacked = false;
    let mut seen = std::collections::HashSet::new();
    let wrong = |message: String, span: Span| Err(nom::Err::Failure(Failure::wrong(message, span)));
    for argument in arguments {
        match argument {
            Argument::Positional(value) if has_unpacked => {
                return wrong("positional argument follows keyword argument unpacking".into(), value.span);
            }
            Argument::Positional(value) if has_keyword => {
                return wrong("positional argument follows keyword argument".into(), value.span);
            }
            Argument::Star(value) if has_unpacked => {
                let message = "iterable argument unpacking follows keyword argument unpacking";
                return wrong(message.into(), value.span);
            }
            Argument::Keyword(name, span, value) => {
                if !seen.insert(name.as_ref()) {
                    return wrong(format!("keyword argument repeated: {name}"), span.to(value.span));
                }
                has_keyword = true;
            }
            Argument::StarStar(_) => has_unpacked = true,
            Argument::Positional(_) | Argument::Star(_) => {}
        }
    }
    Ok(())
}
