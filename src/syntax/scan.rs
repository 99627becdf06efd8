//! Text to tokens without a grammar: total, for highlighting, and for what CPython's tokenizer would say.
//!
//! The parser reads characters and needs no tokens. Two others do: the highlighter, which must never fail,
//! and the error report, which asks where a logical line ends and whether a token in it is broken.

use super::ast::Span;
use super::error::{Failure, LineOf};
use super::input::{Input, MAX_BRACKETS};
use super::number::number;
use super::string::{Literal, scan_literal, unterminated};
use super::trivia::{continues_name, newline_length, starts_name, tail};

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lexeme {
    Blank,
    Newline,
    /// A backslash and the end of a line.
    Continuation,
    Comment,
    Word,
    Number,
    String(Literal),
    Open(char),
    Close(char),
    Operator,
    /// A character that has no place in the language.
    Unknown(char),
}

/// The lexeme that starts at `at`, and where it ends. Nothing at the end of the text.
pub(super) fn lexeme(text: &str, at: usize) -> Option<(Span, Lexeme)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let run = |of: fn(char) -> bool| rest.find(|c: char| !of(c)).unwrap_or(rest.len());
    let (length, lexeme) = match first {
        ' ' | '\t' | '\u{c}' => (run(|c| matches!(c, ' ' | '\t' | '\u{c}')), Lexeme::Blank),
        '\n' | '\r' => (newline_length(rest), Lexeme::Newline),
        '\\' => match newline_length(tail(rest, 1)) {
            0 if rest.len() > 1 => (1, Lexeme::Unknown('\\')),
            length => (1 + length, Lexeme::Continuation),
        },
        '#' => (run(|c| c != '\n' && c != '\r'), Lexeme::Comment),
        '(' | '[' | '{' => (1, Lexeme::Open(first)),
        ')' | ']' | '}' => (1, Lexeme::Close(first)),
        c if starts_name(c) || matches!(c, '\'' | '"') => match scan_literal(rest) {
            Some(literal) => (literal.length().min(rest.len()), Lexeme::String(literal)),
            None => (run(continues_name), Lexeme::Word),
        },
        c if c.is_ascii_digit() || (c == '.' && tail(rest, 1).starts_with(|c: char| c.is_ascii_digit())) => {
            let length = match number(Input::new(rest)) {
                Ok((after, _)) => after.start(),
                // A broken number reaches as far as its characters do.
                Err(_) => run(|c| continues_name(c) || c == '.'),
            };
            (length, Lexeme::Number)
        }
        c if c.is_ascii_punctuation() && !matches!(c, '$' | '?' | '!' | '`') => {
            let length = ["**=", "//=", ">>=", "<<=", "...", "!="].iter().find(|symbol| rest.starts_with(**symbol));
            let pair = || {
                [
                    "**", "//", ">>", "<<", "<=", ">=", "==", "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=",
                    ":=", "<>", "->",
                ]
                .iter()
                .find(|symbol| rest.starts_with(**symbol))
            };
            (length.or_else(pair).map_or(1, |symbol| symbol.len()), Lexeme::Operator)
        }
        '!' if rest.starts_with("!=") => (2, Lexeme::Operator),
        c => (c.len_utf8(), Lexeme::Unknown(c)),
    };
    Some((Span::new(at, at + length), lexeme))
}

/// A logical line, as its tokens alone show it.
pub(super) struct LogicalLine {
    /// Where it ends: at its newline, or at the end of the text.
    pub(super) end: usize,
    /// The first broken token, as CPython reports it.
    pub(super) fault: Option<Failure>,
    /// The brackets that are open at its end: only the end of the text can leave some.
    pub(super) open: Vec<(usize, char)>,
}

/// The logical line that starts at `start`. A broken token does not end it, but after an unmatched bracket
/// it ends with its physical line.
pub(super) fn logical_line(text: &str, start: usize) -> LogicalLine {
    let mut line = LogicalLine { end: text.len(), fault: None, open: Vec::new() };
    let mut at = start;
    let mut is_unmatched = false;
    while let Some((span, lexeme)) = lexeme(text, at) {
        let fault = match lexeme {
            Lexeme::Newline if line.open.is_empty() || is_unmatched => {
                line.end = span.start;
                break;
            }
            Lexeme::Open(_) if line.open.len() >= usize::from(MAX_BRACKETS) => {
                is_unmatched = true;
                Some(Failure::lexical("too many nested parentheses", span))
            }
            Lexeme::Open(bracket) => {
                line.open.push((span.start, bracket));
                None
            }
            Lexeme::Close(bracket) => {
                let fault = unmatched(text, line.open.pop(), bracket, span);
                is_unmatched |= fault.is_some();
                fault
            }
            Lexeme::String(literal) if !literal.closed => Some(unterminated(Input::new(text).at(span.start), literal)),
            Lexeme::Number => match number(Input::new(text).at(span.start)) {
                Err(nom::Err::Failure(failure)) => Some(failure),
                _ => None,
            },
            Lexeme::Unknown(c) => unknown(text, c, span),
            _ => None,
        };
        line.fault = line.fault.or(fault);
        at = span.end;
    }
    if is_unmatched {
        line.open.clear();
    }
    line
}

/// Why a closing bracket does not fit the one that is open.
fn unmatched(text: &str, open: Option<(usize, char)>, close: char, span: Span) -> Option<Failure> {
    let (at, open) = match open {
        None => return Some(Failure::lexical(format!("unmatched '{close}'"), span)),
        Some((_, '(')) if close == ')' => return None,
        Some((_, '[')) if close == ']' => return None,
        Some((_, '{')) if close == '}' => return None,
        Some(open) => open,
    };
    let message = format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
    let failure = Failure::lexical(message, span);
    let is_other_line = text.get(at..span.start).is_some_and(|between| between.contains(['\n', '\r']));
    Some(if is_other_line { failure.line_of(LineOf::Bracket(at)) } else { failure })
}

/// What CPython says of a character outside the language, where it says more than "invalid syntax".
fn unknown(text: &str, c: char, span: Span) -> Option<Failure> {
    let code = u32::from(c);
    let failure = match c {
        '\\' => {
            let width = tail(text, span.end).chars().next().map_or(0, char::len_utf8);
            let place = Span::new(span.end, span.end + width);
            return Some(Failure::lexical("unexpected character after line continuation character", place));
        }
        '\0' => Failure::lexical("source code cannot contain null bytes", span),
        c if c.is_ascii() && !c.is_ascii_control() => return None,
        c if c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}') =>
        {
            Failure::lexical(format!("invalid non-printable character U+{code:04X}"), span)
        }
        c => Failure::lexical(format!("invalid character '{c}' (U+{code:04X})"), span),
    };
    Some(match c {
        '“' | '”' | '„' | '«' | '»' => failure.help("a string has straight quotes: \"...\""),
        '‘' | '’' | '‚' => failure.help("a string has straight quotes: '...'"),
        '−' | '–' | '—' => failure.help("the minus sign is `-`"),
        '×' | '·' | '∗' => failure.help("the product is `*`, the matrix product `@`"),
        '÷' => failure.help("the quotient is `/`"),
        '²' => failure.help("the square is `** 2`"),
        '≤' => failure.help("less or equal is `<=`"),
        '≥' => failure.help("greater or equal is `>=`"),
        '≠' => failure.help("not equal is `!=`"),
        '…' => failure.help("the ellipsis is three points: `...`"),
        c if c.is_whitespace() => failure.help("replace it with a plain space"),
        _ => failure,
    })
}
