//! Lines for the shell itself: `%name rest` and `name?`.

use super::ast::{Stmt, StmtKind};
use super::error::{Expected, fail};
use super::input::{Input, Parsed};
use super::trivia::{dotted_name, space};
use nom::Parser;
use nom::bytes::complete::{tag, take_till};
use nom::combinator::opt;

/// `%name rest of the line`
pub(super) fn command(input: Input<'_>) -> Parsed<'_, Stmt> {
    let (input, ()) = space(input)?;
    if !input.starts_with("%") {
        return fail(input, Expected::EXPRESSION);
    }
    let (after, line) = rest_of_line(input)?;
    let text = line.rest().trim_end();
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let name = name.strip_prefix('%').unwrap_or(name);
    let kind = match name.strip_suffix('?') {
        Some(name) if rest.is_empty() => {
            StmtKind::Command("help".into(), format!("%{}", name.trim_end_matches('?')).into())
        }
        _ => StmtKind::Command(name.into(), rest.trim().into()),
    };
    let span = input.advance(text.len()).span_from(input.start());
    Ok((after, Stmt { kind, span, line: 0, semicolon: false }))
}

/// `name?`, `name??`, `?name`
pub(super) fn help(input: Input<'_>) -> Parsed<'_, Stmt> {
    let (input, ()) = space(input)?;
    let (rest, before) = opt(tag("?")).parse(input)?;
    let (rest, _) = opt(tag("?")).parse(rest)?;
    let (mut rest, (name, _)) = dotted_name(rest)?;
    if before.is_none() {
        (rest, _) = tag("?").parse(rest)?;
        (rest, _) = opt(tag("?")).parse(rest)?;
    }
    let (end, ()) = space(rest)?;
    if !matches!(end.peek(), None | Some('\n' | '\r' | '#')) {
        return fail(end, Expected::END);
    }
    let kind = StmtKind::Command("help".into(), name.into());
    Ok((rest, Stmt { kind, span: rest.span_from(input.start()), line: 0, semicolon: false }))
}

/// Everything up to the end of the line.
fn rest_of_line(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    take_till(|c| c == '\n' || c == '\r').parse(input)
}
