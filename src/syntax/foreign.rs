//! What Python has and ndsh has not, and what to write instead.
//!
//! ndsh is an expression language: no functions, classes, loops, comprehensions or blocks. Whoever types
//! one is told so by its name, not that the syntax is invalid.

use super::ast::Span;
use super::error::Failure;
use super::input::Input;
use super::trivia::{continues_name, space, word};

/// Statements, by their first word: the word, what it is, and what to do instead.
const STATEMENTS: [(&str, &str, &str); 20] = [
    ("def", "functions", "write the expression itself, or give its parts names with `=`"),
    ("class", "classes", "a structured dtype describes records: np.dtype([('x', 'f8'), ('y', 'f8')])"),
    ("for", "loops", "operate on whole arrays: `a * 2`, `a.sum(axis=0)`, `np.arange(10) ** 2`"),
    ("while", "loops", "operate on whole arrays: `a * 2`, `a.cumsum()`, `np.where(a > 0, a, 0)`"),
    ("if", "blocks", "choose a value with `x if condition else y`, or item by item with `np.where(condition, x, y)`"),
    ("elif", "blocks", "choose a value with `x if condition else y`"),
    ("else", "blocks", "choose a value with `x if condition else y`"),
    ("with", "blocks", "write the statements one after the other"),
    ("try", "blocks", "a failed statement changes no name and the next one runs"),
    ("except", "blocks", "a failed statement changes no name and the next one runs"),
    ("finally", "blocks", "write the statements one after the other"),
    ("async", "coroutines", "write the statements one after the other"),
    ("global", "functions", "every name is global already"),
    ("nonlocal", "functions", "every name is global already"),
    ("assert", "assertions", "write the condition itself: its value is shown"),
    ("raise", "exceptions of its own", "print a message with `print(...)`"),
    ("return", "functions", "write the expression itself: its value is shown, and kept in `_`"),
    ("break", "loops", "operate on whole arrays: `a * 2`, `np.where(a > 0, a, 0)`"),
    ("continue", "loops", "operate on whole arrays: `a * 2`, `np.where(a > 0, a, 0)`"),
    ("@", "decorators", "`@` between two arrays is the matrix product"),
];

/// Expressions, by their first word.
const EXPRESSIONS: [(&str, &str, &str); 3] = [
    ("lambda", "functions", "write the expression itself, or use a function of NumPy"),
    ("await", "coroutines", "write the call alone"),
    ("yield", "generators", "write the expression itself"),
];

/// Why the statement at `input` is not in the language, where its first word says so.
pub(super) fn foreign_statement(input: Input<'_>) -> Option<Failure> {
    found(input, &STATEMENTS).or_else(|| reject(input))
}

/// Whether a line that starts here goes on with what a block before it began.
pub(super) fn continues_block(line: &str) -> bool {
    ["else", "elif", "except", "finally"]
        .iter()
        .any(|word| line.strip_prefix(word).is_some_and(|rest| !rest.starts_with(continues_name)))
}

/// Why the expression at `input` is not in the language, where its first word says so.
pub(super) fn reject(input: Input<'_>) -> Option<Failure> {
    found(input, &EXPRESSIONS)
}

/// Comprehensions and the walrus, which show only after an item.
pub(super) fn foreign_in_brackets(rest: Input<'_>) -> Option<Failure> {
    if rest.starts_with(":=") {
        let place = Span::new(rest.start(), rest.start() + 2);
        let help = "assign in a statement of its own, before this one: `name = value`";
        return Some(Failure::wrong(sentence("':='", "assignment expressions"), place).help(help));
    }
    let (_, word) = word(rest).ok()?;
    if !matches!(word, "for" | "async") {
        return None;
    }
    let place = Span::new(rest.start(), rest.start() + word.len());
    let help = "operate on whole arrays: `np.arange(10) ** 2` for `[i ** 2 for i in range(10)]`";
    Some(Failure::wrong(sentence("'for'", "comprehensions"), place).help(help))
}

/// `match value:`, which begins with a word that is no keyword.
pub(super) fn block(place: Span) -> Failure {
    Failure::wrong(sentence("'match'", "blocks"), place).help("choose a value with `x if condition else y`")
}

/// `name: type`
pub(super) fn annotation(place: Span) -> Failure {
    Failure::wrong(sentence("':'", "annotations"), place)
        .help("write `name = value`: an array's type is its dtype, as in `np.zeros(3, dtype='f4')`")
}

/// The row of `table` whose word stands at `input`.
fn found(input: Input<'_>, table: &[(&str, &str, &str)]) -> Option<Failure> {
    let (input, ()) = space(input).ok()?;
    let first = if input.starts_with("@") { "@" } else { word(input).ok()?.1 };
    let (_, what, help) = table.iter().find(|(word, ..)| *word == first)?;
    let place = Span::new(input.start(), input.start() + first.len());
    Some(Failure::wrong(sentence(&format!("'{first}'"), what), place).help(*help))
}

fn sentence(word: &str, what: &str) -> String {
    format!("invalid syntax: {word} is Python's, but ndsh is an expression language and has no {what}")
}
