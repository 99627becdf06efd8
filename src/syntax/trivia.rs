//! The smallest parts: space, comments, names, keywords and symbols.
//!
//! Every token skips the space before it and none after it, so that a node ends where its last token ends.

use super::ast::Span;
use super::error::{Expected, Failure, fail, stop};
use super::input::{Input, Parsed};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while};
use nom::combinator::{cut, opt, value, verify};

/// Python's keywords: none of them is a name.
pub(super) const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether `c` may start a name.
pub(super) fn starts_name(c: char) -> bool {
    c == '_' || c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic() && !matches!(c, 'Ⓐ'..='ⓩ'))
}

/// Whether `c` may stand in a name. Numbers that are no digits (`²`, `₀`, `½`) may not.
pub(super) fn continues_name(c: char) -> bool {
    starts_name(c)
        || c.is_ascii_digit()
        || matches!(c, '\u{300}'..='\u{36f}')
        || (!c.is_ascii()
            && c.is_numeric()
            && !matches!(c, '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{215f}' | '\u{2460}'..='\u{2bff}'))
}

/// The text from byte `at` on; nothing where that is no place in it.
pub(super) fn tail(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// The line that starts at byte `at`, without its end.
pub(super) fn line_at(text: &str, at: usize) -> &str {
    tail(text, at).split(['\n', '\r']).next().unwrap_or("")
}

/// How many bytes of a line end `text` starts with: 0 where it starts with none.
pub(super) fn newline_length(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Space: blanks, and a backslash at the end of a line. Inside brackets also newlines and comments.
pub(super) fn space(input: Input<'_>) -> Parsed<'_, ()> {
    let mut input = input;
    loop {
        match input.peek() {
            Some(' ' | '\t' | '\u{c}') => (input, _) = blanks(input)?,
            Some('\\') => (input, _) = continuation(input)?,
            Some('\n' | '\r') if input.brackets > 0 => (input, _) = newline(input)?,
            Some('#') if input.brackets > 0 => (input, _) = comment(input)?,
            _ => return Ok((input, ())),
        }
    }
}

/// Spaces, tabs and form feeds.
fn blanks(input: Input<'_>) -> Parsed<'_, ()> {
    value((), take_while(|c| matches!(c, ' ' | '\t' | '\u{c}'))).parse(input)
}

/// A backslash and the end of the line.
fn continuation(input: Input<'_>) -> Parsed<'_, ()> {
    let (after, _) = tag("\\").parse(input)?;
    let length = newline_length(after.rest());
    let rest = after.advance(length);
    if length == 0 && !after.rest().is_empty() {
        let place = Span::new(after.start(), after.start() + after.peek().map_or(0, char::len_utf8));
        return stop(Failure::lexical("unexpected character after line continuation character", place));
    }
    if rest.rest().is_empty() {
        let failure = Failure::lexical("unexpected EOF while parsing", input.span_from(input.start()));
        return stop(if length == 0 { failure.incomplete() } else { failure });
    }
    Ok((rest, ()))
}

/// The end of a line.
pub(super) fn newline(input: Input<'_>) -> Parsed<'_, ()> {
    value((), alt((tag("\r\n"), tag("\n"), tag("\r")))).parse(input)
}

/// `#` and the rest of the line.
pub(super) fn comment(input: Input<'_>) -> Parsed<'_, ()> {
    value((), (tag("#"), take_till(|c| c == '\n' || c == '\r'))).parse(input)
}

/// A symbol: exactly these characters, whatever follows.
pub(super) fn symbol<'a>(text: &'static str, expected: Expected) -> impl Fn(Input<'a>) -> Parsed<'a, Span> {
    move |input| {
        let (input, ()) = space(input)?;
        if !input.starts_with(text) {
            return fail(input, expected);
        }
        let rest = input.advance(text.len());
        Ok((rest, rest.span_from(input.start())))
    }
}

/// The `=` of an assignment or of a keyword argument: not `==`.
pub(super) fn equal(input: Input<'_>) -> Parsed<'_, Span> {
    let (input, ()) = space(input)?;
    if input.peek() != Some('=') || input.peek_second() == Some('=') {
        return fail(input, Expected::EQUAL);
    }
    let rest = input.advance(1);
    Ok((rest, rest.span_from(input.start())))
}

/// This keyword, as a whole word.
pub(super) fn keyword<'a>(text: &'static str, expected: Expected) -> impl Fn(Input<'a>) -> Parsed<'a, Span> {
    move |input| {
        let (input, ()) = space(input)?;
        if !input.starts_with(text) || input.advance(text.len()).peek().is_some_and(continues_name) {
            return fail(input, expected);
        }
        let rest = input.advance(text.len());
        Ok((rest, rest.span_from(input.start())))
    }
}

/// A word: what a name or a keyword looks like.
pub(super) fn word(input: Input<'_>) -> Parsed<'_, &str> {
    let (input, ()) = space(input)?;
    if !input.peek().is_some_and(starts_name) {
        return fail(input, Expected::NAME);
    }
    let (rest, word) = take_while(continues_name).parse(input)?;
    Ok((rest, word.rest()))
}

/// A name: a word that is no keyword.
pub(super) fn name(input: Input<'_>) -> Parsed<'_, (&str, Span)> {
    let (input, ()) = space(input)?;
    match verify(word, |word: &str| !KEYWORDS.contains(&word)).parse(input) {
        Ok((rest, word)) => Ok((rest, (word, rest.span_from(input.start())))),
        Err(_) => fail(input, Expected::NAME),
    }
}

/// `a.b.c`, with its span. The text may hold space around the points; the name given does not.
pub(super) fn dotted_name(input: Input<'_>) -> Parsed<'_, (String, Span)> {
    let (mut rest, (first, span)) = name(input)?;
    let mut dotted = first.to_owned();
    while let (next, Some(_)) = opt(symbol(".", Expected::NOTHING)).parse(rest)? {
        let (next, (part, _)) = cut(name).parse(next)?;
        dotted.push('.');
        dotted.push_str(part);
        rest = next;
    }
    Ok((rest, (dotted, rest.span_from(span.start))))
}
