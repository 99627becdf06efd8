//! Statements: assignments, `del`, imports, `pass` and expressions, and the line they stand on.

use super::ast::{ExprKind, ImportName, Span, Stmt, StmtKind};
use super::command::{command, help};
use super::error::{Expected, Failure, fail, stop};
use super::expression::{augmented_operator, bitwise, expression_list};
use super::foreign::{annotation, block, foreign_in_brackets, foreign_statement};
use super::input::{Input, Parsed, attempt, commit};
use super::list::{PARENTHESES, bracketed};
use super::target::{deletion, describe, misassigned, misaugmented, multiple_stars, single_target, target_list};
use super::trivia::{comment, dotted_name, equal, keyword, name, newline, space, starts_name, symbol};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use std::rc::Rc;

/// One logical line: a shell command, or statements with `;` between them; then a comment; then its end.
pub(super) fn line(input: Input<'_>) -> Parsed<'_, Vec<Stmt>> {
    let (input, ()) = space(input)?;
    let (rest, statements) = match alt((command, help)).parse(input) {
        Ok((rest, statement)) => (rest, vec![statement]),
        Err(nom::Err::Error(_)) if at_end(input) => (input, Vec::new()),
        Err(nom::Err::Error(_)) => statement_list(input)?,
        Err(error) => return Err(error),
    };
    let (rest, ()) = space(rest)?;
    let (rest, _) = opt(comment).parse(rest)?;
    if rest.rest().is_empty() {
        return Ok((rest, statements));
    }
    match newline(rest) {
        Ok((rest, ())) => Ok((rest, statements)),
        Err(_) => stop(after_statement(&statements, rest)),
    }
}

/// Whether the line ends here, or only a comment follows.
fn at_end(input: Input<'_>) -> bool {
    matches!(input.peek(), None | Some('\n' | '\r' | '#'))
}

/// Statements with `;` between them, and perhaps after the last.
fn statement_list(input: Input<'_>) -> Parsed<'_, Vec<Stmt>> {
    let (mut rest, first) = statement(input)?;
    let mut statements = vec![first];
    while let (next, Some(_)) = opt(symbol(";", Expected::SEMICOLON)).parse(rest)? {
        if let Some(last) = statements.last_mut() {
            last.semicolon = true;
        }
        let (next, ()) = space(next)?;
        rest = next;
        if at_end(next) {
            break;
        }
        let (next, statement) = cut(statement).parse(next)?;
        statements.push(statement);
        rest = next;
    }
    Ok((rest, statements))
}

/// Why the text at `rest` does not follow the last statement of its line.
fn after_statement(statements: &[Stmt], rest: Input<'_>) -> Failure {
    if let Some(failure) = foreign_in_brackets(rest) {
        return failure;
    }
    let plain = Failure::expected(rest, Expected::OPERATOR.or(Expected::END));
    let Some(Stmt { kind: StmtKind::Expr(value), span, semicolon: false, .. }) = statements.last() else {
        return plain;
    };
    if rest.peek() == Some(':') {
        return match &value.kind {
            ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Subscript(..) => {
                annotation(Span::new(rest.start(), rest.start() + 1))
            }
            ExprKind::List(_) | ExprKind::Tuple(_) => {
                Failure::wrong(format!("only single target (not {}) can be annotated", describe(value)), value.span)
            }
            _ => Failure::wrong("illegal target for annotation", value.span),
        };
    }
    let starts_value = rest.peek().is_some_and(|c| starts_name(c) || c.is_ascii_digit() || "'\"([{".contains(c));
    match &value.kind {
        ExprKind::Name(name) if starts_value && name.as_ref() == "match" => {
            let line = rest.rest().split(['\n', '\r']).next().unwrap_or("");
            if line.trim_end().ends_with(':') { block(*span) } else { plain }
        }
        ExprKind::Name(name) if starts_value && matches!(name.as_ref(), "print" | "exec") => {
            let Ok((end, _)) = expression_list(rest) else { return plain };
            let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
            Failure::wrong(message, Span::new(span.start, end.start()))
        }
        _ => plain,
    }
}

/// One statement.
fn statement(input: Input<'_>) -> Parsed<'_, Stmt> {
    let (input, ()) = space(input)?;
    if let Some(failure) = foreign_statement(input) {
        return stop(failure);
    }
    let mut special = alt((import_statement, from_statement, del_statement, pass_statement));
    let (rest, kind) = match attempt(special.parse(input))? {
        Some(found) => found,
        None => {
            let found = expression_statement(input)?;
            if equal(found.0).is_ok() {
                assignment(input)?
            } else if augmented_operator(found.0).is_ok() {
                augmented_assignment(input)?
            } else {
                found
            }
        }
    };
    Ok((rest, Stmt { kind, span: rest.span_from(input.start()), line: 0, semicolon: false }))
}

/// `import numpy as np, sys`
fn import_statement(input: Input<'_>) -> Parsed<'_, StmtKind> {
    let (rest, _) = keyword("import", Expected::EXPRESSION)(input)?;
    let (mut rest, first) = cut(imported_module).parse(rest)?;
    let mut names = vec![first];
    while let (next, Some(_)) = opt(symbol(",", Expected::COMMA)).parse(rest)? {
        let (next, module) = cut(imported_module).parse(next)?;
        names.push(module);
        rest = next;
    }
    Ok((rest, StmtKind::Import(names)))
}

/// `numpy.linalg as la`
fn imported_module(input: Input<'_>) -> Parsed<'_, ImportName> {
    let (rest, (name, span)) = dotted_name(input)?;
    let (rest, alias) = alias(rest)?;
    Ok((rest, ImportName { name: name.into(), alias, span }))
}

/// `view as v`
fn imported_name(input: Input<'_>) -> Parsed<'_, ImportName> {
    let (rest, (name, span)) = name(input)?;
    let (rest, alias) = alias(rest)?;
    Ok((rest, ImportName { name: name.into(), alias, span }))
}

/// `as np`, or nothing.
fn alias(input: Input<'_>) -> Parsed<'_, Option<Rc<str>>> {
    let (rest, found) = opt(keyword("as", Expected::NOTHING)).parse(input)?;
    if found.is_none() {
        return Ok((rest, None));
    }
    let (rest, (name, _)) = cut(name).parse(rest)?;
    Ok((rest, Some(name.into())))
}

/// `from numpy import linalg as la, fft`, `from numpy import (linalg, fft)`, `from numpy import *`
fn from_statement(input: Input<'_>) -> Parsed<'_, StmtKind> {
    let (rest, _) = keyword("from", Expected::EXPRESSION)(input)?;
    let (rest, (module, _)) = cut(dotted_name).parse(rest)?;
    let (rest, _) = cut(keyword("import", Expected::IMPORT)).parse(rest)?;
    let (rest, names) = cut(alt((imported_all, imported_in_parentheses, imported_names))).parse(rest)?;
    Ok((rest, StmtKind::FromImport(module.into(), names)))
}

/// `*`
fn imported_all(input: Input<'_>) -> Parsed<'_, Vec<ImportName>> {
    symbol("*", Expected::STAR).map(|_| Vec::new()).parse(input)
}

/// `(a, b as c,)`
fn imported_in_parentheses(input: Input<'_>) -> Parsed<'_, Vec<ImportName>> {
    let (input, ()) = space(input)?;
    if !input.starts_with("(") {
        return fail(input, Expected::NAME);
    }
    let (rest, found) = bracketed(input, PARENTHESES, imported_name)?;
    if found.items.is_empty() {
        let place = Span::new(rest.start().saturating_sub(1), rest.start());
        return stop(Failure::wrong("invalid syntax", place).instead(Expected::NAME));
    }
    Ok((rest, found.items))
}

/// `a, b as c`
fn imported_names(input: Input<'_>) -> Parsed<'_, Vec<ImportName>> {
    let (mut rest, first) = imported_name(input)?;
    let mut names = vec![first];
    while let (next, Some(comma)) = opt(symbol(",", Expected::COMMA)).parse(rest)? {
        let (start, ()) = space(next)?;
        if at_end(start) {
            return stop(Failure::wrong("trailing comma not allowed without surrounding parentheses", comma));
        }
        let (next, found) = cut(imported_name).parse(next)?;
        names.push(found);
        rest = next;
    }
    Ok((rest, names))
}

/// `del a, b[0]`
fn del_statement(input: Input<'_>) -> Parsed<'_, StmtKind> {
    let (rest, _) = keyword("del", Expected::EXPRESSION)(input)?;
    let (mut rest, first) = cut(deletion).parse(rest)?;
    let mut targets = vec![first];
    while let (next, Some(_)) = opt(symbol(",", Expected::COMMA)).parse(rest)? {
        let (start, ()) = space(next)?;
        rest = start;
        if at_end(start) || start.peek() == Some(';') {
            break;
        }
        let (next, target) = cut(deletion).parse(start)?;
        targets.push(target);
        rest = next;
    }
    Ok((rest, StmtKind::Del(targets)))
}

/// `pass`
fn pass_statement(input: Input<'_>) -> Parsed<'_, StmtKind> {
    keyword("pass", Expected::EXPRESSION).map(|_| StmtKind::Pass).parse(input)
}

/// `a = b, c = value`
fn assignment(input: Input<'_>) -> Parsed<'_, StmtKind> {
    let mut rest = input;
    let mut targets = Vec::new();
    loop {
        let (next, value) = commit(expression_list(rest))?;
        let Some((after, _)) = attempt(equal(next))? else {
            return match targets.iter().find_map(multiple_stars) {
                Some(failure) => stop(failure),
                None if targets.is_empty() => fail(next, Expected::EQUAL),
                None => Ok((next, StmtKind::Assign(targets, value))),
            };
        };
        match attempt((target_list, equal).parse(rest))? {
            Some((next, (target, _))) => {
                targets.push(target);
                rest = next;
            }
            None => return stop(misassigned(&value, targets.is_empty() && bitwise(after).is_ok())),
        }
    }
}

/// `a += value`
fn augmented_assignment(input: Input<'_>) -> Parsed<'_, StmtKind> {
    let Some((rest, (target, (operator, span)))) = attempt((single_target, augmented_operator).parse(input))? else {
        let (_, value) = expression_list(input)?;
        return stop(misaugmented(&value));
    };
    let (rest, value) = commit(expression_list(rest))?;
    Ok((rest, StmtKind::AugAssign(target, operator, span, value)))
}

/// An expression whose value is shown.
fn expression_statement(input: Input<'_>) -> Parsed<'_, StmtKind> {
    expression_list(input).map(|(rest, value)| (rest, StmtKind::Expr(value)))
}
