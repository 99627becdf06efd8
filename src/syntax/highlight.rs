//! Which colour each stretch of a text gets: a scan that never fails, for text that is still being typed.

use super::ast::Span;
use super::paste::{Prompt, prompt};
use super::scan::{Lexeme, lexeme};
use super::trivia::{KEYWORDS, line_at, tail};

/// What a stretch of text is, to a highlighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// One of Python's keywords.
    Keyword,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string literal, prefix and quotes included, closed or not.
    String,
    /// An operator or another symbol.
    Operator,
    /// An opening or closing bracket.
    Bracket,
    /// `#` and the rest of the line.
    Comment,
    /// `%name` at the start of a line, and the `?` of a help line.
    Command,
    /// A pasted prompt: `>>> `, `In [1]: `, ...
    Prompt,
    /// A character that has no place in the language.
    Unknown,
}

/// The tokens of `text` from left to right. What lies between them is blank.
pub fn tokens(text: &str) -> Vec<(Span, Token)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut depth = 0usize;
    let mut is_line_start = true;
    let mut is_pasted = false;
    loop {
        if is_line_start {
            let found = prompt(line_at(text, at)).filter(|found| found.is_first || is_pasted);
            is_pasted = found.is_some();
            if let Some(Prompt { start, length, .. }) = found {
                tokens.push((Span::new(at + start, at + start + length), Token::Prompt));
                at += start + length;
            }
        }
        let Some((span, lexeme)) = lexeme(text, at) else { return tokens };
        let starts_line = std::mem::replace(&mut is_line_start, false);
        at = span.end;
        let token = match lexeme {
            Lexeme::Newline => {
                is_line_start = true;
                continue;
            }
            Lexeme::Blank => {
                // Blanks at the start of a line do not hide what stands there.
                if starts_line && depth == 0 && tail(text, at).starts_with('%') {
                    tokens.push(command(text, at));
                    at = tokens.last().map_or(at, |(span, _)| span.end);
                }
                continue;
            }
            Lexeme::Continuation => continue,
            Lexeme::Operator if starts_line && depth == 0 && tail(text, span.start).starts_with('%') => {
                let found = command(text, span.start);
                at = found.0.end;
                tokens.push(found);
                continue;
            }
            Lexeme::Comment => Token::Comment,
            Lexeme::Word if KEYWORDS.contains(&span.of(text)) => Token::Keyword,
            Lexeme::Word => Token::Name,
            Lexeme::Number => Token::Number,
            Lexeme::String(_) => Token::String,
            Lexeme::Open(_) => {
                depth += 1;
                Token::Bracket
            }
            Lexeme::Close(_) => {
                depth = depth.saturating_sub(1);
                Token::Bracket
            }
            Lexeme::Operator => Token::Operator,
            Lexeme::Unknown('?') => Token::Command,
            Lexeme::Unknown(_) => Token::Unknown,
        };
        tokens.push((span, token));
    }
}

/// The `%name` at `at`.
fn command(text: &str, at: usize) -> (Span, Token) {
    let rest = tail(text, at);
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (Span::new(at, at + length), Token::Command)
}
