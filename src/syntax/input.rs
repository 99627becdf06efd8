//! What the parser functions read: the rest of a text that knows where it stands in the whole.
//!
//! An [`Input`] is a `Copy` window into the text. Spans are the difference of two of its offsets, so no
//! position is ever counted twice. It also carries the three facts a Python parser needs about the place
//! it stands at: how many brackets are open (there a newline is a space), how deep in its statement's tree it
//! is (which bounds the stack of whoever walks the tree), and whether it reads inside an f-string. A parser
//! function gives the place behind what it read with these facts as it got them.

use super::ast::Span;
use super::error::Failure;
use nom::{Compare, CompareResult, IResult, Needed, Offset};
use std::str::{CharIndices, Chars};

/// What every parser function gives: the rest of the input and the value, or where and why it failed.
/// `Err::Error` lets an alternative try, `Err::Failure` is final.
pub(super) type Parsed<'a, T> = IResult<Input<'a>, T, Failure>;

/// What an alternative gives that need not be there.
pub(super) type Attempted<'a, T> = Result<Option<(Input<'a>, T)>, nom::Err<Failure>>;

/// Makes a failure final: no other alternative is tried.
pub(super) fn commit<T>(parsed: Parsed<'_, T>) -> Parsed<'_, T> {
    parsed.map_err(|error| match error {
        nom::Err::Error(failure) => nom::Err::Failure(failure),
        error => error,
    })
}

/// What was parsed, or nothing where it failed and another alternative may be tried.
pub(super) fn attempt<T>(parsed: Parsed<'_, T>) -> Attempted<'_, T> {
    match parsed {
        Ok(found) => Ok(Some(found)),
        Err(nom::Err::Error(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Brackets that may be open at once, f-string fields included: the parser recurses at brackets only, so
/// this bounds its stack. (CPython's limit is 200.)
pub(super) const MAX_BRACKETS: u8 = 100;

/// How deep operators and brackets may nest: this bounds the stack of everyone who walks the tree. What stands in
/// front of an operator, a call, a subscript or an attribute is no deeper than what it makes: it is walked in a loop.
pub(super) const MAX_DEPTH: u16 = 500;

/// The rest of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// How many brackets are open here.
    pub(super) brackets: u8,
    /// How many operators and brackets stand around this place.
    pub(super) depth: u16,
    /// How many f-string fields enclose this place.
    pub(super) fields: u8,
    /// How many format specs of one f-string enclose this place.
    pub(super) specs: u8,
    /// Whether this is the body of a raw string.
    pub(super) raw: bool,
}

impl<'a> Input<'a> {
    /// The whole of `text`.
    pub(super) fn new(text: &'a str) -> Input<'a> {
        Input { text, start: 0, end: text.len(), brackets: 0, depth: 0, fields: 0, specs: 0, raw: false }
    }

    /// What is left.
    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.start..self.end).unwrap_or("")
    }

    /// The whole text this is a part of.
    pub(super) fn text(self) -> &'a str {
        self.text
    }

    /// Where the rest starts in the whole text, in bytes.
    pub(super) fn start(self) -> usize {
        self.start
    }

    /// Where the rest ends in the whole text, in bytes.
    pub(super) fn end(self) -> usize {
        self.end
    }

    /// The next character.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next.
    pub(super) fn peek_second(self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Whether the rest starts with `prefix`.
    pub(super) fn starts_with(self, prefix: &str) -> bool {
        self.rest().starts_with(prefix)
    }

    /// The input without its first `bytes`.
    pub(super) fn advance(self, bytes: usize) -> Input<'a> {
        Input { start: (self.start + bytes).min(self.end), ..self }
    }

    /// The same place, with the text ending at `end`.
    pub(super) fn until(self, end: usize) -> Input<'a> {
        Input { end: end.clamp(self.start, self.end), ..self }
    }

    /// The same text and end, at another place.
    pub(super) fn at(self, start: usize) -> Input<'a> {
        Input { start: start.min(self.end), ..self }
    }

    /// The span from `start` to here.
    pub(super) fn span_from(self, start: usize) -> Span {
        Span::new(start, self.start)
    }

    /// The same place, so deep.
    pub(super) fn at_depth(self, depth: u16) -> Input<'a> {
        Input { depth, ..self }
    }

    /// The same place, inside so many operators more.
    pub(super) fn deeper(self, operators: usize) -> Result<Input<'a>, nom::Err<Failure>> {
        let depth = usize::from(self.depth) + operators;
        match u16::try_from(depth) {
            Ok(depth) if depth <= MAX_DEPTH => Ok(Input { depth, ..self }),
            _ => {
                let message = format!("too many nested operators: they nest at most {MAX_DEPTH} deep");
                let failure = Failure::wrong(message, Span::new(self.start, self.start))
                    .help("give a part of the expression a name, and use the name");
                Err(nom::Err::Failure(failure))
            }
        }
    }

    /// One bracket more is open.
    pub(super) fn open_bracket(self) -> Result<Input<'a>, nom::Err<Failure>> {
        if self.brackets >= MAX_BRACKETS {
            let at = self.start.saturating_sub(1);
            return Err(nom::Err::Failure(Failure::wrong("too many nested parentheses", Span::new(at, self.start))));
        }
        Input { brackets: self.brackets + 1, ..self }.deeper(1)
    }
}

impl<'a> nom::Input for Input<'a> {
    type Item = char;
    type Iter = Chars<'a>;
    type IterIndices = CharIndices<'a>;

    fn input_len(&self) -> usize {
        self.end - self.start
    }

    fn take(&self, index: usize) -> Self {
        self.until(self.start + index)
    }

    fn take_from(&self, index: usize) -> Self {
        self.advance(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(char) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest().find(predicate)
    }

    fn iter_elements(&self) -> Chars<'a> {
        self.rest().chars()
    }

    fn iter_indices(&self) -> CharIndices<'a> {
        self.rest().char_indices()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        nom::Input::slice_index(&self.rest(), count)
    }
}

impl Offset for Input<'_> {
    fn offset(&self, second: &Self) -> usize {
        second.start.saturating_sub(self.start)
    }
}

impl Compare<&str> for Input<'_> {
    fn compare(&self, other: &str) -> CompareResult {
        self.rest().compare(other)
    }

    fn compare_no_case(&self, other: &str) -> CompareResult {
        self.rest().compare_no_case(other)
    }
}
