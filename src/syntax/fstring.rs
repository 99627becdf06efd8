//! F-strings: text, and fields with a value, a conversion and a format spec.
//!
//! As in CPython 3.11 the literal ends at its quote first, whatever stands in its fields. A field's
//! expression therefore holds no backslash, no `#` and not the quote of the literal, and its end is found
//! before it is parsed.

use super::ast::{Expr, FPart, Span};
use super::error::{Expected, Failure, fail, stop};
use super::escape::decode_text;
use super::expression::expression_list;
use super::input::{Input, Parsed};
use super::list::after_item;
use super::string::{escape_failure, merge};
use super::trivia::space;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{opt, value};

/// Format specs may nest this deep: `{a:{b}}`.
const MAX_SPECS: u8 = 1;

/// All of a body, to its end.
pub(super) fn f_body(input: Input<'_>) -> Parsed<'_, Vec<FPart>> {
    let mut parts = Vec::new();
    let mut rest = input;
    while !rest.rest().is_empty() {
        if rest.starts_with("}") && !rest.starts_with("}}") {
            let place = Span::new(rest.start(), rest.start() + 1);
            return stop(Failure::wrong("f-string: single '}' is not allowed", place).help("write }} for one brace"));
        }
        let (next, found) = alt((doubled_brace, f_text, field)).parse(rest)?;
        parts.extend(found);
        rest = next;
    }
    Ok((rest, merge(parts)))
}

/// `{{` and `}}`, which stand for one brace.
fn doubled_brace(input: Input<'_>) -> Parsed<'_, Vec<FPart>> {
    let text = |text: &str| vec![FPart::Text(text.into())];
    alt((value(text("{"), tag("{{")), value(text("}"), tag("}}")))).parse(input)
}

/// Text up to the next brace, escapes resolved.
fn f_text(input: Input<'_>) -> Parsed<'_, Vec<FPart>> {
    let text = input.rest();
    let mut end = 0;
    while let Some(c) = text.get(end..).and_then(|text| text.chars().next()) {
        let next = text.as_bytes().get(end + 1);
        end += match c {
            '{' | '}' => break,
            '\\' if input.raw || matches!(next, Some(b'{' | b'}') | None) => 1,
            '\\' if next == Some(&b'N') && text.get(end + 2..).is_some_and(|text| text.starts_with('{')) => {
                text.get(end..).and_then(|text| text.find('}')).map_or(2, |length| length + 1)
            }
            '\\' => 1 + text.get(end + 1..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
    }
    if end == 0 {
        return fail(input, Expected::NOTHING);
    }
    let chunk = input.until(input.start() + end);
    let text = decode_text(chunk.rest(), input.raw).map_err(|fault| escape_failure(chunk, fault))?;
    Ok((input.advance(end), vec![FPart::Text(text.into())]))
}

/// `{value = !r :spec}`
fn field(input: Input<'_>) -> Parsed<'_, Vec<FPart>> {
    let (open, _) = tag("{").parse(input)?;
    if input.specs > MAX_SPECS {
        return stop(Failure::wrong("f-string: expressions nested too deeply", open.span_from(input.start())));
    }
    let (rest, value) = field_value(open)?;
    let (rest, has_equal) = opt((tag("="), blank)).parse(rest)?;
    let shown = open.until(rest.start()).rest();
    let (rest, conversion) = opt(conversion).parse(rest)?;
    let (rest, spec) = opt(format_spec).parse(rest)?;
    if !rest.starts_with("}") {
        return stop(Failure::wrong("f-string: expecting '}'", Span::new(rest.start(), rest.start())));
    }
    let rest = rest.advance(1);
    let mut parts = Vec::new();
    let mut conversion = conversion;
    if has_equal.is_some() {
        parts.push(FPart::Text(shown.into()));
        if conversion.is_none() && spec.is_none() {
            conversion = Some('r');
        }
    }
    parts.push(FPart::Value(Box::new(value), conversion, spec.unwrap_or_default()));
    Ok((rest, parts))
}

/// The blanks after the `=` of a field.
fn blank(input: Input<'_>) -> Parsed<'_, ()> {
    let text = input.rest();
    Ok((input.advance(text.len() - text.trim_start_matches([' ', '\t', '\n', '\u{c}', '\r']).len()), ()))
}

/// The expression of a field, from behind the `{`.
fn field_value(input: Input<'_>) -> Parsed<'_, Expr> {
    let end = field_end(input)?;
    let mut inside = input.until(end).open_bracket()?;
    inside.fields = inside.fields.saturating_add(1);
    let (start, ()) = space(inside)?;
    if start.rest().is_empty() {
        let place = Span::new(input.start() - 1, (end + 1).min(input.end()));
        let next = input.at(end).peek().filter(|next| *next != '}');
        let message = match next {
            Some(next) => format!("f-string: expression required before '{next}'"),
            None => "f-string: empty expression not allowed".into(),
        };
        return stop(Failure::wrong(message, place));
    }
    let parsed = expression_list(start).and_then(|(rest, value)| {
        let (rest, ()) = space(rest)?;
        if rest.rest().is_empty() {
            Ok((rest, value))
        } else {
            stop(after_item(start, rest, Expected::OPERATOR.or(Expected::BRACE)))
        }
    });
    match parsed {
        Ok((_, value)) => Ok((input.at(end), value)),
        Err(nom::Err::Error(failure) | nom::Err::Failure(failure)) => stop(in_field(start, failure)),
        Err(error) => Err(error),
    }
}

/// The failure of a field's expression, in CPython's words for f-strings.
fn in_field(inside: Input<'_>, mut failure: Failure) -> Failure {
    match &mut failure.fault {
        Some(fault) if fault.message.starts_with("f-string") => {}
        Some(fault) => fault.message.insert_str(0, "f-string: "),
        None => {
            let at = failure.at.clamp(inside.start(), inside.end());
            let width = inside.at(at).peek().map_or(0, char::len_utf8);
            let expected = failure.expected;
            failure = Failure::wrong("f-string: invalid syntax", Span::new(at, at + width)).instead(expected);
        }
    }
    failure
}

/// Where the expression of a field ends: before its `=`, `!`, `:` or `}`.
fn field_end(input: Input<'_>) -> Result<usize, nom::Err<Failure>> {
    let text = input.rest();
    let bytes = text.as_bytes();
    let wrong = |message: String, at: usize| {
        let width = text.get(at..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
        nom::Err::Failure(Failure::wrong(message, Span::new(input.start() + at, input.start() + at + width)))
    };
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut quote: Option<(u8, usize, usize)> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let repeats = |byte: u8| if bytes.get(at..at + 3) == Some(&[byte; 3]) { 3 } else { 1 };
        let mut width = 1;
        match (byte, quote) {
            (b'\\', _) => return Err(wrong("f-string expression part cannot include a backslash".into(), at)),
            (_, Some((mark, length, _))) if byte == mark && repeats(mark) >= length => {
                quote = None;
                width = length;
            }
            (_, Some(_)) => {}
            (b'\'' | b'"', None) => {
                width = repeats(byte);
                quote = Some((byte, width, at));
            }
            (b'#', None) => return Err(wrong("f-string expression part cannot include '#'".into(), at)),
            (b'(' | b'[' | b'{', None) => open.push((byte, at)),
            (b'!' | b'=' | b'<' | b'>', None) if open.is_empty() => {
                if bytes.get(at + 1) == Some(&b'=') {
                    width = 2;
                } else if matches!(byte, b'!' | b'=') {
                    break;
                }
            }
            (b':' | b'}', None) if open.is_empty() => break,
            (b')' | b']' | b'}', None) => match open.pop() {
                None => return Err(wrong(format!("f-string: unmatched '{}'", char::from(byte)), at)),
                Some((opening, _)) if closing(opening) != byte => {
                    let message = format!(
                        "f-string: closing parenthesis '{}' does not match opening parenthesis '{}'",
                        char::from(byte),
                        char::from(opening)
                    );
                    return Err(wrong(message, at));
                }
                Some(_) => {}
            },
            _ => {}
        }
        at += width;
    }
    if let Some((_, _, start)) = quote {
        return Err(wrong("f-string: unterminated string".into(), start));
    }
    if let Some((opening, start)) = open.pop() {
        return Err(wrong(format!("f-string: unmatched '{}'", char::from(opening)), start));
    }
    if at >= bytes.len() {
        return Err(wrong("f-string: expecting '}'".into(), at));
    }
    Ok(input.start() + at)
}

/// The bracket that closes `opening`.
fn closing(opening: u8) -> u8 {
    match opening {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// `!r`
fn conversion(input: Input<'_>) -> Parsed<'_, char> {
    let (after, _) = tag("!").parse(input)?;
    match after.peek() {
        Some(letter @ ('s' | 'r' | 'a')) => Ok((after.advance(1), letter)),
        other => {
            let width = other.map_or(0, char::len_utf8);
            let place = Span::new(after.start(), after.start() + width);
            let message = match other {
                None => "f-string: expecting '}'",
                Some(_) => "f-string: invalid conversion character: expected 's', 'r', or 'a'",
            };
            stop(Failure::wrong(message, place))
        }
    }
}

/// `:` and what follows, up to the `}` of the field: text and fields.
fn format_spec(input: Input<'_>) -> Parsed<'_, Vec<FPart>> {
    let (after, _) = tag(":").parse(input)?;
    let mut rest = after;
    rest.specs += 1;
    let mut parts = Vec::new();
    while !rest.rest().is_empty() && !rest.starts_with("}") {
        let (next, found) = alt((f_text, field)).parse(rest)?;
        parts.extend(found);
        rest = next;
    }
    rest.specs = input.specs;
    Ok((rest, merge(parts)))
}
