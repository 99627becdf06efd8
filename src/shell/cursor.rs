//! What is being typed at the end of a text: for Tab and for the hint. Knows the text alone, not what names stand for.

use super::commands::find;
use crate::syntax::ast::Span;
use crate::syntax::highlight::{Token, tokens};

/// One part of a primary expression, from left to right: `np` `.zeros` `(...)` `.T` `[...]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// The name it starts with.
    Name(&'t str),
    /// A literal it starts with, by the name of its class.
    Literal(&'static str),
    /// `.name`
    Attribute(&'t str),
    /// `(...)`
    Call,
    /// `[...]`
    Item,
}

/// The call that the text ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<'t> {
    /// What is called.
    pub callee: Vec<Part<'t>>,
    /// How many arguments by place are finished.
    pub by_place: usize,
    /// The keywords of the finished arguments.
    pub keywords: Vec<&'t str>,
    /// The keyword of the argument that is being typed.
    pub keyword: Option<&'t str>,
    /// Whether anything of that argument is there yet.
    pub is_started: bool,
}

/// What kind of word is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place<'t> {
    /// The name of a command, after `%`.
    Command,
    /// The argument of a command that takes no code, or an option of one that does.
    Argument(&'static str),
    /// A file that an option of a command names.
    File,
    /// The text of a string.
    Text,
    /// A member of this, after a dot.
    Member(Vec<Part<'t>>),
    /// A module, after `import` or `from`.
    Module,
    /// A name of this module, after `from module import`.
    Imported(&'t str),
    /// A name.
    Name,
    /// Nothing that could be completed: a comment, a number.
    Nothing,
}

/// What is being typed at the end of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor<'t> {
    /// Where the word being typed starts, in bytes.
    pub start: usize,
    /// That word, up to the cursor.
    pub word: &'t str,
    /// What kind of word it is.
    pub place: Place<'t>,
    /// The innermost call it stands in.
    pub call: Option<Call<'t>>,
}

/// A bracket that is open.
struct Open<'t> {
    /// The place of its token.
    at: usize,
    by_place: usize,
    keywords: Vec<&'t str>,
    /// The first token of the argument being typed.
    argument: usize,
}

/// A text and its tokens.
struct Line<'t> {
    text: &'t str,
    tokens: Vec<(Span, Token)>,
}

impl<'t> Line<'t> {
    fn of(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |(span, _)| span.of(self.text))
    }

    fn is(&self, at: usize, token: Token) -> bool {
        self.tokens.get(at).is_some_and(|(_, found)| *found == token)
    }

    /// The keyword of the argument whose first token is at `at`.
    fn keyword(&self, at: usize) -> Option<&'t str> {
        (self.is(at, Token::Name) && self.of(at + 1) == "=").then(|| self.of(at))
    }

    /// The place of the bracket that the closing one at `at` belongs to.
    fn opening(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for place in (0..=at).rev().filter(|&place| self.is(place, Token::Bracket)) {
            match self.of(place) {
                ")" | "]" | "}" => depth += 1,
                _ => depth = depth.saturating_sub(1),
            }
            if depth == 0 {
                return Some(place);
            }
        }
        None
    }

    /// Whether a blank stands before the token at `at`.
    fn is_apart(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(at)) {
            (Some((before, _)), Some((span, _))) => before.end < span.start,
            _ => true,
        }
    }

    /// The primary expression whose last token is at `last`.
    fn primary(&self, last: usize) -> Vec<Part<'t>> {
        let mut parts = Vec::new();
        let mut at = last;
        loop {
            let is_attribute = at > 0 && self.of(at - 1) == "." && self.is(at - 1, Token::Operator);
            match self.tokens.get(at).map(|(_, token)| *token) {
                Some(Token::Name) if is_attribute => {
                    parts.push(Part::Attribute(self.of(at)));
                    let Some(before) = at.checked_sub(2) else { return Vec::new() };
                    at = before;
                    continue;
                }
                Some(Token::Name) => parts.push(Part::Name(self.of(at))),
                Some(Token::String) => parts.push(Part::Literal("str")),
                Some(Token::Bracket) => {
                    let Some(open) = self.opening(at).filter(|&open| open < at) else { return Vec::new() };
                    let is_postfix = open > 0
                        && !self.is_apart(open)
                        && (matches!(self.tokens[open - 1].1, Token::Name | Token::String)
                            || matches!(self.of(open - 1), ")" | "]" | "}"));
                    match self.of(open) {
                        "(" if is_postfix => parts.push(Part::Call),
                        "[" if is_postfix => parts.push(Part::Item),
                        "[" => parts.push(Part::Literal("list")),
                        "{" => parts.push(Part::Literal("dict")),
                        // Whatever stands in parentheses is not looked into.
                        _ => return Vec::new(),
                    }
                    if is_postfix {
                        at = open - 1;
                        continue;
                    }
                }
                _ => return Vec::new(),
            }
            parts.reverse();
            return parts;
        }
    }

    /// The innermost call that is open at the end, where the word being typed is no token of its own if it is empty.
    fn call(&self, from: usize) -> Option<Call<'t>> {
        let mut open: Vec<Open<'t>> = Vec::new();
        for at in from..self.tokens.len() {
            match (self.of(at), self.tokens[at].1) {
                ("(" | "[" | "{", Token::Bracket) => {
                    open.push(Open { at, by_place: 0, keywords: Vec::new(), argument: at + 1 });
                }
                (_, Token::Bracket) => drop(open.pop()),
                (",", Token::Operator) => {
                    if let Some(open) = open.last_mut() {
                        match self.keyword(open.argument) {
                            Some(keyword) => open.keywords.push(keyword),
                            None => open.by_place += 1,
                        }
                        open.argument = at + 1;
                    }
                }
                _ => {}
            }
        }
        open.into_iter().rev().find_map(|open| {
            let callee = open.at.checked_sub(1).filter(|_| self.of(open.at) == "(" && !self.is_apart(open.at))?;
            let callee = self.primary(callee);
            (!callee.is_empty()).then(|| Call {
                callee,
                by_place: open.by_place,
                keyword: self.keyword(open.argument),
                keywords: open.keywords,
                is_started: open.argument < self.tokens.len(),
            })
        })
    }
}

/// Whether a string literal is still open at its end.
fn is_open(literal: &str) -> bool {
    let body = literal.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let Some(quote) = body.chars().next() else { return false };
    let triple: String = [quote; 3].iter().collect();
    let (open, body) = match body.strip_prefix(&triple) {
        Some(rest) => (triple, rest),
        None => (quote.to_string(), &body[quote.len_utf8()..]),
    };
    let escapes = body.strip_suffix(&open).map(|text| text.len() - text.trim_end_matches('\\').len());
    escapes.is_none_or(|escapes| escapes % 2 == 1)
}

/// Where the text of a string literal starts: behind its prefix and its quotes.
fn text_start(literal: &str) -> usize {
    let prefix = literal.len() - literal.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let quotes = literal[prefix..].chars().take_while(|c| matches!(c, '\'' | '"')).take(3).count();
    prefix + if quotes == 3 { 3 } else { 1 }
}

/// What is being typed at the end of `text`.
pub fn cursor(text: &str) -> Cursor<'_> {
    let line = Line { text, tokens: tokens(text) };
    let end = text.len();
    let nowhere = |place| Cursor { start: end, word: "", place, call: None };
    let line_start = text.rfind('\n').map_or(0, |at| at + 1);
    let last = line.tokens.len().checked_sub(1);
    // The tokens of the statement that stands behind `%timeit`.
    let command = line.tokens.iter().rposition(|(span, token)| *token == Token::Command && span.start >= line_start);
    let from = command.map_or(0, |at| at + 1);
    if let Some(at) = command {
        let (span, name) = (line.tokens[at].0, line.of(at).trim_start_matches('%'));
        if span.end == end {
            return Cursor { start: end - name.len(), word: name, place: Place::Command, call: None };
        }
        if line.of(at).starts_with('%')
            && let Ok(command) = find(name)
        {
            let argument = text[span.end..].trim_start();
            if !command.takes_code() {
                return Cursor {
                    start: end - argument.len(),
                    word: argument,
                    place: Place::Argument(command.name),
                    call: None,
                };
            }
            let (before, word) = argument.rsplit_once(' ').unwrap_or(("", argument));
            let start = end - word.len();
            if before.trim_end().ends_with("--save") {
                return Cursor { start, word, place: Place::File, call: None };
            }
            if let Some(file) = word.strip_prefix("--save=") {
                return Cursor { start: end - file.len(), word: file, place: Place::File, call: None };
            }
            if word.starts_with('-') && before.split(' ').all(|word| word.is_empty() || word.starts_with('-')) {
                return Cursor { start, word, place: Place::Argument(command.name), call: None };
            }
        }
    }
    let touches = last.filter(|&at| line.tokens[at].0.end == end);
    let call = line.call(from);
    let (start, word, before) = match touches.map(|at| (at, line.tokens[at].1)) {
        Some((_, Token::Comment)) => return nowhere(Place::Nothing),
        Some((_, Token::Number)) => return Cursor { call, ..nowhere(Place::Nothing) },
        Some((at, Token::String)) => {
            let literal = line.of(at);
            if !is_open(literal) {
                return Cursor { call, ..nowhere(Place::Nothing) };
            }
            let start = line.tokens[at].0.start + text_start(literal);
            return Cursor { start, word: text.get(start..).unwrap_or(""), place: Place::Text, call };
        }
        Some((at, Token::Name | Token::Keyword)) => (line.tokens[at].0.start, line.of(at), at.checked_sub(1)),
        _ => (end, "", last),
    };
    let place = match before {
        Some(dot) if line.of(dot) == "." && dot > from => Place::Member(line.primary(dot - 1)),
        _ => match statement(&line, from, line_start) {
            Some(place) if call.is_none() => place,
            _ => Place::Name,
        },
    };
    Cursor { start, word, place, call }
}

/// What an `import` or `from` at the start of the line asks for.
fn statement<'t>(line: &Line<'t>, from: usize, line_start: usize) -> Option<Place<'t>> {
    let first = (from..line.tokens.len()).find(|&at| line.tokens[at].0.start >= line_start)?;
    let module = line.of(first + 1);
    match (line.of(first), line.of(first + 2)) {
        ("import", _) => Some(Place::Module),
        ("from", "import") => Some(Place::Imported(module)),
        ("from", _) => Some(Place::Module),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> (&str, Place<'_>) {
        let cursor = cursor(text);
        assert_eq!(&text[cursor.start..], cursor.word, "{text}");
        (cursor.word, cursor.place)
    }

    #[test]
    fn words() {
        use Part::*;
        assert_eq!(place("a + re"), ("re", Place::Name));
        assert_eq!(place("a + "), ("", Place::Name));
        assert_eq!(place("np.ar"), ("ar", Place::Member(vec![Name("np")])));
        assert_eq!(place("a.T."), ("", Place::Member(vec![Name("a"), Attribute("T")])));
        assert_eq!(place("f(1)[2]. x"), ("x", Place::Member(vec![Name("f"), Call, Item])));
        assert_eq!(place("'a'.up"), ("up", Place::Member(vec![Literal("str")])));
        assert_eq!(place("b + [1].app"), ("app", Place::Member(vec![Literal("list")])));
        assert_eq!(place("(a + b).s"), ("s", Place::Member(vec![])));
        assert_eq!(place("# np.ar").1, Place::Nothing);
        assert_eq!(place("12").1, Place::Nothing);
        assert_eq!(place("open('da"), ("da", Place::Text));
        assert_eq!(place("r'''x\ny"), ("x\ny", Place::Text));
        assert_eq!(place("'it\\'s"), ("it\\'s", Place::Text));
        assert_eq!(place("'done'").1, Place::Nothing);
    }

    #[test]
    fn commands() {
        assert_eq!(place("%ti"), ("ti", Place::Command));
        assert_eq!(place("%"), ("", Place::Command));
        assert_eq!(place("%run my scr"), ("my scr", Place::Argument("run")));
        assert_eq!(place("%map --sa"), ("--sa", Place::Argument("map")));
        assert_eq!(place("%map --save my"), ("my", Place::File));
        assert_eq!(place("%map --save=my"), ("my", Place::File));
        assert_eq!(place("%map a b"), ("b", Place::Name));
        assert_eq!(place("%why a.res"), ("res", Place::Member(vec![Part::Name("a")])));
        assert_eq!(place("%timeit np.a"), ("a", Place::Member(vec![Part::Name("np")])));
        assert_eq!(place("a = 1\n%wh"), ("wh", Place::Command));
        assert_eq!(place("a %wh"), ("wh", Place::Name));
    }

    #[test]
    fn imports() {
        assert_eq!(place("import nu"), ("nu", Place::Module));
        assert_eq!(place("from nu"), ("nu", Place::Module));
        assert_eq!(place("from numpy import ar"), ("ar", Place::Imported("numpy")));
    }

    #[test]
    fn calls() {
        let call = |text| cursor(text).call.map(|c| (c.callee.len(), c.by_place, c.keywords, c.keyword, c.is_started));
        assert_eq!(call("np.zeros("), Some((2, 0, vec![], None, false)));
        assert_eq!(call("np.zeros(3, "), Some((2, 1, vec![], None, false)));
        assert_eq!(call("np.zeros((3, 4), dtype=np.f"), Some((2, 1, vec![], Some("dtype"), true)));
        assert_eq!(call("f(a, order='C', [1, 2"), Some((1, 1, vec!["order"], None, true)));
        assert_eq!(call("f(g(1), h(2)"), Some((1, 1, vec![], None, true)));
        assert_eq!(call("(1, 2"), None);
        assert_eq!(call("f (1"), None);
        assert_eq!(call("f(1) + "), None);
        assert_eq!(call("%timeit f("), Some((1, 0, vec![], None, false)));
    }
}
