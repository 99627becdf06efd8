//! Why a statement failed, and where: plain data.

use crate::error::{Blame, Error, ErrorClass};
use crate::syntax::SyntaxError;
use crate::syntax::ast::Span;

/// Why a statement failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `type(error).__name__`.
    pub class: String,
    /// The class as a traceback's last line names it.
    pub qualified: String,
    /// `str(error)`.
    pub message: String,
    /// The line of the text where the blame lies, from 1.
    pub line: usize,
    /// That line.
    pub text: String,
    /// The part of the line to underline, in bytes; nothing where no place is known.
    pub caret: Option<Span>,
    /// What stands beside the caret.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
}

/// The line of `text` that holds byte `at`: its number, where it starts, its text.
fn line_at(text: &str, at: usize) -> (usize, usize, &str) {
    let at = at.min(text.len());
    let start = text.as_bytes()[..at].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let end = text.as_bytes()[at..].iter().position(|&b| b == b'\n').map_or(text.len(), |i| at + i);
    let number = text.as_bytes()[..start].iter().filter(|&&b| b == b'\n').count() + 1;
    (number, start, text.get(start..end).unwrap_or(""))
}

impl Failure {
    /// The failure of a statement on `line` of `text`.
    pub fn of(error: &Error, text: &str, line: usize) -> Failure {
        let details = error.details();
        let mut failure = Failure {
            class: details.class.name(),
            qualified: details.class.qualified(),
            message: details.message.clone(),
            line,
            text: text.lines().nth(line.saturating_sub(1)).unwrap_or("").to_string(),
            caret: None,
            label: details.label.clone(),
            help: details.help.clone(),
        };
        // No part of the text is to blame for Ctrl-C.
        if let (Blame::Place(span), true) = (&details.blame, details.class != ErrorClass::KeyboardInterrupt) {
            failure.point(*span, text);
        }
        failure
    }

    /// A failure without a place in a text.
    pub fn placeless(error: &Error) -> Failure {
        Failure { caret: None, ..Failure::of(error, "", 0) }
    }

    /// A text that cannot be parsed.
    pub fn of_syntax(error: &SyntaxError, text: &str) -> Failure {
        let mut failure = Failure {
            class: error.class.into(),
            qualified: error.class.into(),
            message: error.message.clone(),
            line: error.line,
            text: String::new(),
            caret: None,
            label: error.expectation(),
            help: error.help.iter().cloned().collect(),
        };
        failure.point(error.span, text);
        failure
    }

    fn point(&mut self, span: Span, text: &str) {
        let (number, start, line) = line_at(text, span.start);
        self.line = number;
        self.text = line.to_string();
        self.caret = Some(Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start).min(line.len())));
    }

    /// As an exception, for those who evaluate outside a step.
    pub(super) fn error_of(error: &SyntaxError) -> Error {
        Error::new(ErrorClass::SyntaxError, error.message.clone()).at(error.span)
    }
}

impl From<Error> for Box<Failure> {
    /// Where the text is not at hand that the error's place belongs to.
    fn from(error: Error) -> Box<Failure> {
        Box::new(Failure::placeless(&error))
    }
}
