//! What to say when a text does not parse: Python's message, what was expected at the caret, and whether
//! the text is wrong or only not finished.
//!
//! The parser functions fail with a small [`Failure`]: the farthest place reached and the set of what would
//! have fitted there. Where more is known, a [`Fault`] says it in Python's words. [`SyntaxError`] is what
//! the rest of the program sees.

use super::ast::Span;
use super::input::Input;
use nom::error::{ErrorKind, ParseError};
use std::fmt;

/// Why a text is not a program.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxError {
    /// Python's class: `SyntaxError`, or `IndentationError` for a line that starts with blanks.
    pub class: &'static str,
    /// What Python 3.11 says, without the class.
    pub message: String,
    /// Where: the caret's place, in bytes of the text that was parsed.
    pub span: Span,
    /// The line of `span.start`, from 1.
    pub line: usize,
    /// What would have fitted there, in words; empty where the message says it.
    pub expected: Vec<&'static str>,
    /// Whether more text could make it right: a bracket or a triple quote is open, or a backslash ends it.
    pub incomplete: bool,
    /// What to write instead.
    pub help: Option<String>,
}

impl SyntaxError {
    /// What was expected at the caret, as one phrase: `expected a name`, `expected ',' or ')'`.
    pub fn expectation(&self) -> Option<String> {
        let (last, others) = self.expected.split_last()?;
        Some(if others.is_empty() {
            format!("expected {last}")
        } else {
            format!("expected {} or {last}", others.join(", "))
        })
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class, self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// A set of things that would have fitted at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected(u32);

impl Expected {
    pub(super) const NOTHING: Expected = Expected(0);
    pub(super) const EXPRESSION: Expected = Expected(1);
    pub(super) const NAME: Expected = Expected(1 << 1);
    pub(super) const NUMBER: Expected = Expected(1 << 2);
    pub(super) const STRING: Expected = Expected(1 << 3);
    pub(super) const OPERATOR: Expected = Expected(1 << 4);
    pub(super) const EQUAL: Expected = Expected(1 << 5);
    pub(super) const COLON: Expected = Expected(1 << 6);
    pub(super) const COMMA: Expected = Expected(1 << 7);
    pub(super) const PARENTHESIS: Expected = Expected(1 << 8);
    pub(super) const BRACKET: Expected = Expected(1 << 9);
    pub(super) const BRACE: Expected = Expected(1 << 10);
    pub(super) const ELSE: Expected = Expected(1 << 11);
    pub(super) const IN: Expected = Expected(1 << 12);
    pub(super) const IMPORT: Expected = Expected(1 << 13);
    pub(super) const STAR: Expected = Expected(1 << 14);
    pub(super) const SEMICOLON: Expected = Expected(1 << 15);
    pub(super) const END: Expected = Expected(1 << 16);

    const WORDS: [&'static str; 17] = [
        "an expression",
        "a name",
        "a number",
        "a string",
        "an operator",
        "'='",
        "':'",
        "','",
        "')'",
        "']'",
        "'}'",
        "'else'",
        "'in'",
        "'import'",
        "'*'",
        "';'",
        "the end of the line",
    ];

    /// Both sets.
    pub(super) const fn or(self, other: Expected) -> Expected {
        Expected(self.0 | other.0)
    }

    /// The members in words.
    pub(super) fn words(self) -> Vec<&'static str> {
        Expected::WORDS.iter().enumerate().filter(|(bit, _)| self.0 >> bit & 1 == 1).map(|(_, word)| *word).collect()
    }
}

/// What the end of a message says of a line. Lines are counted where the failure is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineOf {
    /// `(detected at line 3)`
    End(usize),
    /// `on line 3`
    Bracket(usize),
}

/// A failure about which more is known than its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) class: &'static str,
    pub(super) message: String,
    pub(super) span: Span,
    pub(super) incomplete: bool,
    pub(super) help: Option<String>,
    /// A place whose line the message ends with.
    pub(super) line_of: Option<LineOf>,
    /// Whether CPython finds it while it splits the text into tokens, before any rule of the grammar.
    pub(super) lexical: bool,
}

/// How a parser function fails.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Failure {
    /// The farthest place reached.
    pub(super) at: usize,
    /// What would have fitted there.
    pub(super) expected: Expected,
    /// What is known about it, if anything.
    pub(super) fault: Option<Box<Fault>>,
}

impl Failure {
    /// A plain `invalid syntax` at `input`.
    pub(super) fn expected(input: Input<'_>, expected: Expected) -> Failure {
        Failure { at: input.start(), expected, fault: None }
    }

    /// A failure with its own message.
    pub(super) fn wrong(message: impl Into<String>, span: Span) -> Failure {
        let fault = Fault {
            class: "SyntaxError",
            message: message.into(),
            span,
            incomplete: false,
            help: None,
            line_of: None,
            lexical: false,
        };
        Failure { at: span.start, expected: Expected::NOTHING, fault: Some(Box::new(fault)) }
    }

    /// A failure of the lexical rules, with its own message.
    pub(super) fn lexical(message: impl Into<String>, span: Span) -> Failure {
        let mut failure = Failure::wrong(message, span);
        if let Some(fault) = &mut failure.fault {
            fault.lexical = true;
        }
        failure
    }

    /// A line that starts with blanks.
    pub(super) fn indented(span: Span) -> Failure {
        let mut failure = Failure::wrong("unexpected indent", span);
        if let Some(fault) = &mut failure.fault {
            fault.class = "IndentationError";
        }
        failure
    }

    /// The same failure, from an earlier place on.
    pub(super) fn from(mut self, start: usize) -> Failure {
        self.at = start;
        if let Some(fault) = &mut self.fault {
            fault.span.start = start;
        }
        self
    }

    /// The same failure, with a line at the end of its message.
    pub(super) fn line_of(mut self, place: LineOf) -> Failure {
        if let Some(fault) = &mut self.fault {
            fault.line_of = Some(place);
        }
        self
    }

    /// The same failure, with advice.
    pub(super) fn help(mut self, help: impl Into<String>) -> Failure {
        if let Some(fault) = &mut self.fault {
            fault.help = Some(help.into());
        }
        self
    }

    /// The same failure, which more text could mend.
    pub(super) fn incomplete(mut self) -> Failure {
        if let Some(fault) = &mut self.fault {
            fault.incomplete = true;
        }
        self
    }

    /// The same failure, where the parser got as far as `input`.
    pub(super) fn reached(mut self, input: Input<'_>) -> Failure {
        self.at = input.start();
        self
    }

    /// The same failure, which no more text could mend.
    pub(super) fn complete(mut self) -> Failure {
        if let Some(fault) = &mut self.fault {
            fault.incomplete = false;
        }
        self
    }

    /// The same failure, with what would have fitted.
    pub(super) fn instead(mut self, expected: Expected) -> Failure {
        self.expected = expected;
        self
    }
}

impl<'a> ParseError<Input<'a>> for Failure {
    fn from_error_kind(input: Input<'a>, _: ErrorKind) -> Failure {
        Failure::expected(input, Expected::NOTHING)
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Failure) -> Failure {
        other
    }

    fn or(self, other: Failure) -> Failure {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal if self.fault.is_some() => self,
            std::cmp::Ordering::Equal => Failure { expected: self.expected.or(other.expected), ..other },
        }
    }
}

/// A failure another alternative may still mend.
pub(super) fn fail<T>(input: Input<'_>, expected: Expected) -> super::input::Parsed<'_, T> {
    Err(nom::Err::Error(Failure::expected(input, expected)))
}

/// A failure that is final.
pub(super) fn stop<'a, T>(failure: Failure) -> super::input::Parsed<'a, T> {
    Err(nom::Err::Failure(failure))
}
