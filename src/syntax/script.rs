//! Whole texts: line after line, going on after a line that is wrong.

use super::advice::advice;
use super::ast::{Span, Stmt};
use super::error::{Failure, LineOf, SyntaxError};
use super::foreign::{continues_block, foreign_statement};
use super::input::{Input, Parsed};
use super::scan::{Lexeme, LogicalLine, lexeme, logical_line};
use super::statement::line;
use super::trivia::{line_at, newline_length, tail};

/// The lines of a text: the statements of each, or why it has none. It never fails itself.
pub(super) fn script(input: Input<'_>) -> Parsed<'_, Vec<Result<Stmt, SyntaxError>>> {
    let mut found = Vec::new();
    let mut rest = if input.starts_with("\u{feff}") { input.advance('\u{feff}'.len_utf8()) } else { input };
    let mut lines = Lines { text: input.text(), at: 0, line: 1 };
    while !rest.rest().is_empty() {
        let start = rest.start();
        let parsed = unindented(rest).and_then(|()| line(rest));
        match parsed {
            Ok((next, statements)) => {
                for statement in statements {
                    let line = lines.line_at(statement.span.start);
                    found.push(Ok(Stmt { line, ..statement }));
                }
                rest = next;
            }
            Err(nom::Err::Error(failure) | nom::Err::Failure(failure)) => {
                let scanned = logical_line(input.text(), start);
                let next = resume(input.text(), start, &scanned);
                let line = lines.line_at(start);
                found.push(Err(syntax_error(input.text(), start, line, failure, scanned)));
                rest = input.at(next);
            }
            Err(nom::Err::Incomplete(_)) => break,
        }
    }
    Ok((input.at(input.end()), found))
}

/// A statement starts at the start of its line.
fn unindented(input: Input<'_>) -> Result<(), nom::Err<Failure>> {
    let line = line_at(input.rest(), 0);
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    let first = line.get(blanks..).and_then(|line| line.chars().next());
    match first {
        None | Some('#' | '\u{c}' | '\\') => Ok(()),
        Some(_) if blanks == 0 => Ok(()),
        Some(_) => Err(nom::Err::Failure(Failure::indented(Span::new(input.start(), input.start() + blanks)))),
    }
}

/// The line, from 1, on which byte `at` of `text` stands.
fn line_of(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let ends = |index: usize| match bytes.get(index) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    1 + (0..at.min(bytes.len())).filter(|index| ends(*index)).count()
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of byte `at`, which lies at or behind every place asked for before.
    fn line_at(&mut self, at: usize) -> usize {
        let part = tail(self.text, self.at);
        self.line += line_of(part, at.saturating_sub(self.at)) - 1;
        self.at = at.max(self.at);
        self.line
    }
}

/// Where to go on after a logical line that is wrong: behind it, and behind the indented lines that belong
/// to it. Where a bracket or a triple quote is never closed, behind the line that opens it.
fn resume(text: &str, start: usize, scanned: &LogicalLine) -> usize {
    let is_open_string = scanned.end == text.len() && scanned.fault.as_ref().is_some_and(is_incomplete);
    let open = match (scanned.open.first(), &scanned.fault) {
        (Some((at, _)), _) => Some(*at),
        (None, Some(fault)) if is_open_string => Some(fault.at),
        _ => None,
    };
    let mut at = match open {
        Some(at) => at + line_at(text, at).len(),
        None => scanned.end,
    };
    let is_block = foreign_statement(Input::new(text).at(start)).is_some();
    loop {
        at += newline_length(tail(text, at));
        let line = line_at(text, at);
        let belongs = line.starts_with([' ', '\t'])
            || (open.is_some() && line.starts_with([')', ']', '}']))
            || (is_block && continues_block(line));
        let is_blank_before_more = line.is_empty() && !tail(text, at).is_empty();
        if !belongs && !is_blank_before_more {
            return at;
        }
        at += line.len();
    }
}

fn is_incomplete(failure: &Failure) -> bool {
    failure.fault.as_ref().is_some_and(|fault| fault.incomplete)
}

/// What to report for a failure in the logical line that starts at `start`, on line `first_line`.
///
/// As in CPython a broken token of the line goes before any rule of the grammar, and a bracket that is
/// never closed before what stands on the lines behind it.
fn syntax_error(text: &str, start: usize, first_line: usize, failure: Failure, scanned: LogicalLine) -> SyntaxError {
    let is_lexical = failure.fault.as_ref().is_some_and(|fault| fault.lexical);
    let line_number = |at: usize| first_line + line_of(tail(text, start), at.saturating_sub(start)) - 1;
    let never_closed = scanned.open.last().filter(|(at, _)| {
        let at_end = failure.fault.is_none() && failure.at >= text.len();
        at_end || line_number(failure.at) > line_number(*at)
    });
    let failure = match (scanned.fault, never_closed) {
        // Wrong before its last token, the line stays wrong however that goes on.
        (Some(fault), _) if !is_lexical => fault.complete(),
        (_, Some((at, bracket))) if !is_lexical => {
            let is_end = failure.fault.is_none() && failure.at >= text.len();
            let expected = failure.expected;
            let closed = Failure::wrong(format!("'{bracket}' was never closed"), Span::new(*at, at + 1));
            if is_end { closed.incomplete().instead(expected) } else { closed }
        }
        _ => failure,
    };
    let at = failure.at;
    let expected = failure.expected;
    match failure.fault {
        Some(fault) => SyntaxError {
            class: fault.class,
            message: match fault.line_of {
                None => fault.message,
                Some(LineOf::End(at)) => format!("{} (detected at line {})", fault.message, line_number(at)),
                Some(LineOf::Bracket(at)) => format!("{} on line {}", fault.message, line_number(at)),
            },
            line: line_number(fault.span.start),
            span: fault.span,
            expected: expected.words(),
            incomplete: fault.incomplete,
            help: fault.help,
        },
        None => SyntaxError {
            class: "SyntaxError",
            message: "invalid syntax".into(),
            span: token_at(text, at),
            line: line_number(at),
            expected: expected.words(),
            incomplete: false,
            help: advice(text, at).map(str::to_owned),
        },
    }
}

/// The token at `at`, or the empty span at the end of a line.
fn token_at(text: &str, at: usize) -> Span {
    match lexeme(text, at) {
        None | Some((_, Lexeme::Newline | Lexeme::Comment | Lexeme::Blank)) => Span::new(at, at),
        Some((span, _)) => span,
    }
}
