//! String literals: where they end, what their prefixes mean, and how neighbours join.

use super::ast::{Expr, ExprKind, FPart, Span};
use super::error::{Expected, Failure, LineOf, fail, stop};
use super::escape::{EscapeFault, decode_bytes, decode_text};
use super::fstring::f_body;
use super::input::{Input, Parsed, attempt};
use super::trivia::space;
use nom::Parser;
use nom::branch::alt;

/// Where a literal's parts stand, found without looking at what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    /// The bytes of the prefix: 0 to 2.
    pub(super) prefix: usize,
    /// The bytes of a quote: 1 or 3.
    pub(super) quote: usize,
    /// The bytes of the body.
    pub(super) body: usize,
    /// Whether the closing quote is there.
    pub(super) closed: bool,
}

impl Literal {
    /// The bytes of the whole literal.
    pub(super) fn length(self) -> usize {
        self.prefix + self.quote + self.body + if self.closed { self.quote } else { 0 }
    }
}

/// The string literal `text` starts with. A literal that is not closed reaches to the end of its line, and a
/// triple-quoted one to the end of the text.
pub(super) fn scan_literal(text: &str) -> Option<Literal> {
    let bytes = text.as_bytes();
    let prefix = bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len());
    let letters = text.get(..prefix)?.to_ascii_lowercase();
    if prefix > 2 || !["", "r", "u", "b", "f", "br", "rb", "fr", "rf"].contains(&letters.as_str()) {
        return None;
    }
    let mark = *bytes.get(prefix).filter(|byte| matches!(byte, b'\'' | b'"'))?;
    let is_triple = bytes.get(prefix + 1) == Some(&mark) && bytes.get(prefix + 2) == Some(&mark);
    let quote = if is_triple { 3 } else { 1 };
    let start = prefix + quote;
    let mut at = start;
    loop {
        let body = at.min(bytes.len()) - start;
        match bytes.get(at) {
            None => return Some(Literal { prefix, quote, body, closed: false }),
            Some(b'\\') => {
                let is_crlf = bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n');
                at += if is_crlf { 3 } else { 2 };
            }
            Some(b'\n' | b'\r') if !is_triple => return Some(Literal { prefix, quote, body, closed: false }),
            Some(byte) if *byte == mark && bytes.get(at..at + quote).is_some_and(|q| q.iter().all(|b| *b == mark)) => {
                return Some(Literal { prefix, quote, body, closed: true });
            }
            Some(_) => at += 1,
        }
    }
}

/// One literal, decoded.
enum Piece {
    Text(String),
    Bytes(Vec<u8>),
    Parts(Vec<FPart>),
}

/// One or more literals side by side, which are one value.
pub(super) fn strings(input: Input<'_>) -> Parsed<'_, Expr> {
    let (input, ()) = space(input)?;
    let string = |input| alt((plain_string, bytes_string, f_string)).parse(input);
    let (mut rest, first) = string(input)?;
    let is_bytes = matches!(first, Piece::Bytes(_));
    let mut pieces = vec![first];
    loop {
        let (start, ()) = space(rest)?;
        let Some((next, piece)) = attempt(string(start))? else { break };
        if matches!(piece, Piece::Bytes(_)) != is_bytes {
            return stop(Failure::wrong("cannot mix bytes and nonbytes literals", next.span_from(start.start())));
        }
        pieces.push(piece);
        rest = next;
    }
    Ok((rest, Expr { kind: join(pieces), span: rest.span_from(input.start()) }))
}

/// The value of literals side by side: bytes where they are bytes, an f-string where one of them is one.
fn join(pieces: Vec<Piece>) -> ExprKind {
    let is_f_string = pieces.iter().any(|piece| matches!(piece, Piece::Parts(_)));
    let mut bytes: Option<Vec<u8>> = None;
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => parts.push(FPart::Text(text.into())),
            Piece::Bytes(more) => bytes.get_or_insert_default().extend(more),
            Piece::Parts(more) => parts.extend(more),
        }
    }
    if let Some(bytes) = bytes {
        return ExprKind::Bytes(bytes.into());
    }
    let mut parts = merge(parts);
    match (is_f_string, parts.pop()) {
        (false, None) => ExprKind::Str("".into()),
        (false, Some(FPart::Text(text))) => ExprKind::Str(text),
        (_, last) => {
            parts.extend(last);
            ExprKind::FString(parts)
        }
    }
}

/// The parts, with texts side by side as one text, and without empty texts.
pub(super) fn merge(parts: Vec<FPart>) -> Vec<FPart> {
    let mut merged = Vec::new();
    let mut text = String::new();
    for part in parts {
        match part {
            FPart::Text(more) => text.push_str(&more),
            value => {
                if !text.is_empty() {
                    merged.push(FPart::Text(std::mem::take(&mut text).into()));
                }
                merged.push(value);
            }
        }
    }
    if !text.is_empty() {
        merged.push(FPart::Text(text.into()));
    }
    merged
}

/// `'..'`, `r'..'`, `u'..'`
fn plain_string(input: Input<'_>) -> Parsed<'_, Piece> {
    let (rest, literal) = literal(input, &["", "r", "u"])?;
    let text = decode_text(literal.body.rest(), literal.raw).map_err(|fault| escape_failure(literal.body, fault))?;
    Ok((rest, Piece::Text(text)))
}

/// `b'..'`, `rb'..'`
fn bytes_string(input: Input<'_>) -> Parsed<'_, Piece> {
    let (rest, literal) = literal(input, &["b", "br", "rb"])?;
    if let Some((at, c)) = literal.body.rest().char_indices().find(|(_, c)| !c.is_ascii()) {
        let start = literal.body.start() + at;
        let failure =
            Failure::wrong("bytes can only contain ASCII literal characters", Span::new(start, start + c.len_utf8()));
        return stop(failure.help("write the bytes as \\xXX, or encode a string: 'é'.encode()"));
    }
    let bytes = decode_bytes(literal.body.rest(), literal.raw).map_err(|fault| escape_failure(literal.body, fault))?;
    Ok((rest, Piece::Bytes(bytes)))
}

/// `f'..'`, `rf'..'`
fn f_string(input: Input<'_>) -> Parsed<'_, Piece> {
    let (rest, literal) = literal(input, &["f", "fr", "rf"])?;
    let mut body = literal.body;
    body.raw = literal.raw;
    body.specs = 0;
    let (_, parts) = f_body(body)?;
    Ok((rest, Piece::Parts(parts)))
}

/// The body of a literal, and whether backslashes in it are plain characters.
#[derive(Clone, Copy)]
struct Body<'a> {
    body: Input<'a>,
    raw: bool,
}

/// A literal with one of these prefixes.
fn literal<'a>(input: Input<'a>, prefixes: &[&str]) -> Parsed<'a, Body<'a>> {
    let (input, ()) = space(input)?;
    let (rest, prefix) = string_prefix(input)?;
    if !prefixes.iter().any(|known| known.eq_ignore_ascii_case(prefix)) {
        return fail(input, Expected::STRING);
    }
    match quoted(rest) {
        Ok((rest, body)) => Ok((rest, Body { body, raw: prefix.contains(['r', 'R']) })),
        Err(nom::Err::Failure(failure)) => stop(failure.from(input.start())),
        Err(error) => Err(error),
    }
}

/// `r`, `b`, `f`, ...: the letters before a quote, or none.
fn string_prefix(input: Input<'_>) -> Parsed<'_, &str> {
    let Some(found) = scan_literal(input.rest()) else { return fail(input, Expected::STRING) };
    let rest = input.advance(found.prefix);
    Ok((rest, input.until(rest.start()).rest()))
}

/// A body between quotes, which ends at the first quote of its kind without a backslash before it.
fn quoted(input: Input<'_>) -> Parsed<'_, Input<'_>> {
    let Some(found) = scan_literal(input.rest()).filter(|found| found.prefix == 0) else {
        return fail(input, Expected::STRING);
    };
    if !found.closed {
        return stop(unterminated(input, found));
    }
    let body = input.advance(found.quote);
    Ok((input.advance(found.length()), body.until(body.start() + found.body)))
}

/// What CPython says of a literal without an end.
pub(super) fn unterminated(input: Input<'_>, literal: Literal) -> Failure {
    let span = Span::new(input.start(), input.start() + literal.prefix + literal.quote);
    let end = (input.start() + literal.length()).min(input.end());
    let rest = input.until(end).rest();
    if literal.quote == 3 {
        // A line end that is the last character of the text opens no further line.
        let last = end - usize::from(rest.ends_with(['\n', '\r'])) - usize::from(rest.ends_with("\r\n"));
        let failure = Failure::lexical("unterminated triple-quoted string literal", span);
        return failure.line_of(LineOf::End(last)).incomplete();
    }
    let failure = Failure::lexical("unterminated string literal", span).line_of(LineOf::End(end));
    // After a backslash the next line would go on with the string.
    if end == input.text().len() && rest.ends_with('\\') && !rest.ends_with("\\\\") {
        failure.incomplete()
    } else {
        failure
    }
}

/// An escape's fault as a failure of the parser.
pub(super) fn escape_failure(body: Input<'_>, fault: EscapeFault) -> nom::Err<Failure> {
    let span = Span::new(body.start() + fault.start, body.start() + fault.end);
    let failure = Failure::wrong(fault.message, span);
    nom::Err::Failure(match fault.help {
        Some(help) => failure.help(help),
        None => failure,
    })
}
