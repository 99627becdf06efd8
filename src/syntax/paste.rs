//! Pasted sessions: prompts and output are taken away, so that only what was typed is left.

use super::scan::logical_line;
use super::trivia::{continues_name, line_at, newline_length, tail};
use std::borrow::Cow;
use std::ops::Range;

/// A prompt at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prompt {
    /// The blanks before it, in bytes.
    pub(super) start: usize,
    /// Its own length in bytes, with the one blank after it.
    pub(super) length: usize,
    /// Whether a statement starts behind it; otherwise it goes on.
    pub(super) is_first: bool,
}

/// The prompt `line` starts with: `>>> `, `... `, `In [1]: `, `   ...: ` or `nd> `.
pub(super) fn prompt(line: &str) -> Option<Prompt> {
    let trimmed = line.trim_start_matches([' ', '\t']);
    let start = line.len() - trimmed.len();
    let (mark, is_first) = [(">>>", true), ("nd>", true), ("...:", false), ("...", false)]
        .into_iter()
        .find(|(mark, _)| trimmed.starts_with(mark))
        .map(|(mark, is_first)| (mark.len(), is_first))
        .or_else(|| ipython_prompt(trimmed).map(|length| (length, true)))?;
    match trimmed.get(mark..)?.chars().next() {
        None => Some(Prompt { start, length: mark, is_first }),
        Some(' ') => Some(Prompt { start, length: mark + 1, is_first }),
        Some(_) => None,
    }
}

/// The length of `In [12]:`.
fn ipython_prompt(line: &str) -> Option<usize> {
    let number = line.strip_prefix("In [")?;
    let digits = number.find(|c: char| !c.is_ascii_digit())?;
    (digits > 0 && tail(number, digits).starts_with("]:")).then_some("In [".len() + digits + "]:".len())
}

/// A pasted text without what was not typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted<'t> {
    /// What was typed. Lines keep their number.
    pub text: Cow<'t, str>,
    /// The entries whose output shows that they failed: the lines from the prompt up to the next prompt, from 1.
    pub failures: Vec<Range<usize>>,
}

/// What is left of a text without pasted prompts: `>>> ` and `... `, `In [1]: ` and `   ...: `, `nd> `.
///
/// Where one line has a prompt, a line without is output, and becomes blank, unless it goes on with what was typed:
/// in an open bracket or string, under an `In [1]:` that stands alone (a cell of a notebook), or as far indented as
/// what stands behind the `In [1]: ` above it. Indentation that all statements have in common is taken away too. A
/// prompt inside a string stays.
pub fn read(text: &str) -> Pasted<'_> {
    if has_prompts(text) {
        return strip_lines(text);
    }
    let text = match common_indentation(text) {
        Some(starts) => Cow::Owned(strip_indentation(text, &starts)),
        None => Cow::Borrowed(text),
    };
    Pasted { text, failures: Vec::new() }
}

/// The text of [`read`].
pub fn strip_prompts(text: &str) -> Cow<'_, str> {
    read(text).text
}

/// The lines of a text, each with its offset and its line end.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, rest) = rest.split_at(length);
        let end = rest.get(..newline_length(rest)).unwrap_or("");
        let start = at;
        at += length + end.len();
        Some((start, line, end))
    })
}

/// Whether a statement of the text starts with a prompt.
fn has_prompts(text: &str) -> bool {
    let Some((prompted, ..)) = lines(text).find(|(_, line, _)| prompt(line).is_some_and(|found| found.is_first)) else {
        return false;
    };
    starts(text).take_while(|start| *start <= prompted).any(|start| start == prompted)
}

/// Where the logical lines start.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next.filter(|start| *start < text.len())?;
        let line = line_at(text, start);
        let is_command = line.trim_start_matches([' ', '\t']).starts_with('%');
        let end = if is_command { start + line.len() } else { logical_line(text, start).end };
        next = Some(end + newline_length(tail(text, end))).filter(|after| *after > end);
        Some(start)
    })
}

/// An entry of a pasted session, line after line.
struct Entry {
    /// Its first line, from 1.
    line: usize,
    /// Whether all so far was typed: no line of output came.
    is_input: bool,
    /// Whether it stands below its prompt, as a cell of a notebook does.
    is_cell: bool,
    /// The columns in front of what was typed behind IPython's prompt.
    indentation: Option<usize>,
    /// Where the bracket, string or line that is open ends, in bytes of the whole text.
    open_until: usize,
    /// Whether its output shows that it failed.
    fails: bool,
}

impl Entry {
    /// The entry whose prompt stands on this line.
    fn new(number: usize, line: &str, found: Prompt) -> Entry {
        let behind = found.start + found.length;
        let is_ipython = tail(line, found.start).starts_with("In");
        Entry {
            line: number,
            is_input: true,
            is_cell: is_ipython && tail(line, behind).trim().is_empty(),
            indentation: is_ipython.then_some(behind),
            open_until: 0,
            fails: false,
        }
    }

    /// Whether a line without a prompt, which starts at byte `start`, was typed, and behind how many bytes of it.
    fn goes_on(&self, start: usize, line: &str) -> Option<usize> {
        if !self.is_input {
            return None;
        }
        if start < self.open_until || (self.is_cell && !is_mark(line)) {
            return Some(0);
        }
        let blanks = line.len() - line.trim_start_matches(' ').len();
        self.indentation.filter(|&width| !self.is_cell && blanks >= width && blanks < line.len())
    }
}

/// Whether the line starts the output of a cell: `Out[1]:`, or the rule above a traceback.
fn is_mark(line: &str) -> bool {
    line.starts_with("Out[") || (line.len() >= 20 && line.bytes().all(|byte| byte == b'-')) || shows_failure(line)
}

/// The text with its prompts and its output taken away.
fn strip_lines(text: &str) -> Pasted<'_> {
    let mut stripped = String::with_capacity(text.len());
    let mut failures = Vec::new();
    let mut entry: Option<Entry> = None;
    let mut finish = |entry: Option<Entry>, line| {
        failures.extend(entry.filter(|entry| entry.fails).map(|entry| entry.line..line));
    };
    let firsts = |(start, line, _): (usize, &str, &str)| prompt(line).filter(|found| found.is_first).map(|_| start);
    let mut firsts = lines(text).filter_map(firsts).skip(1);
    let mut limit = text.len();
    let mut number = 0;
    for (start, line, end) in lines(text) {
        number += 1;
        let found = prompt(line);
        if let Some(found) = found.filter(|found| found.is_first) {
            let next = Entry::new(number, line, found);
            finish(entry.replace(next), number);
            limit = firsts.next().unwrap_or(text.len());
        }
        let typed = match (&mut entry, found) {
            (Some(entry), Some(found)) if entry.is_input => {
                let behind = found.start + found.length;
                if start >= entry.open_until {
                    entry.open_until = open_until(text, start + behind, limit);
                }
                Some(behind)
            }
            (Some(entry), _) => {
                let typed = entry.goes_on(start, line);
                entry.is_input = typed.is_some();
                entry.fails |= typed.is_none() && shows_failure(line);
                typed
            }
            (None, _) => None,
        };
        stripped.push_str(typed.map_or("", |behind| tail(line, behind)));
        stripped.push_str(end);
    }
    finish(entry, number + 1);
    Pasted { text: Cow::Owned(stripped), failures }
}

/// Where the logical line that starts at `start` ends, with the prompts in it and before the entry that starts at
/// `limit`. What is never closed there ends with its own line, unless the text ends too: then it may still go on.
fn open_until(text: &str, start: usize, limit: usize) -> usize {
    let entry = text.get(..limit).unwrap_or(text);
    if tail(entry, start).trim_start_matches([' ', '\t']).starts_with('%') {
        return start;
    }
    let line = logical_line(entry, start);
    let is_cut = line.end >= entry.len() && (!line.open.is_empty() || line.fault.is_some());
    if is_cut && limit < text.len() { start } else { line.end }
}

/// Whether a line of output shows a failure: a traceback, or an exception's class and what it says.
fn shows_failure(line: &str) -> bool {
    if line.contains("Traceback (most recent call last)") {
        return true;
    }
    let class = line.split(':').next().unwrap_or(line);
    let name = class.rsplit('.').next().unwrap_or(class).trim_start_matches('_');
    let is_path = class.chars().all(|c| c == '.' || continues_name(c));
    is_path
        && (matches!(name, "KeyboardInterrupt" | "StopIteration")
            || (name.len() > "Error".len() && name.ends_with("Error")))
}

/// Where the logical lines start and how long their common indentation is, if they have one.
fn common_indentation(text: &str) -> Option<(Vec<usize>, usize)> {
    let (_, first, _) = lines(text).find(|(_, line, _)| !line.trim().is_empty())?;
    let indentation = first.strip_suffix(first.trim_start_matches([' ', '\t'])).unwrap_or("");
    if indentation.is_empty() {
        return None;
    }
    let starts: Vec<usize> = starts(text).collect();
    let has_it = |start: &usize| {
        let line = line_at(text, *start);
        line.trim().is_empty() || line.starts_with(indentation)
    };
    starts.iter().all(has_it).then_some((starts, indentation.len()))
}

/// The text with `length` blanks less at each of `starts`.
fn strip_indentation(text: &str, (starts, length): &(Vec<usize>, usize)) -> String {
    let mut stripped = String::with_capacity(text.len());
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let part = text.get(*start..end).unwrap_or("");
        let blanks = part.len() - part.trim_start_matches([' ', '\t']).len();
        stripped.push_str(tail(part, blanks.min(*length)));
    }
    stripped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_session() {
        let pasted = ">>> a = [1,\n...      2]\n>>> a\n[1, 2]\n>>>\n>>> b = 1";
        assert_eq!(strip_prompts(pasted), "a = [1,\n     2]\na\n\n\nb = 1");
    }

    #[test]
    fn ipython_session() {
        let pasted = "In [1]: a = (1,\n   ...:      2)\n\nIn [12]: a\nOut[12]: (1, 2)\n";
        assert_eq!(strip_prompts(pasted), "a = (1,\n     2)\n\na\n\n");
    }

    #[test]
    fn own_session_with_output_first() {
        assert_eq!(strip_prompts("array([0, 1])\r\n  nd> a\r\nit's\r\n"), "\r\na\r\n\r\n");
    }

    #[test]
    fn input_goes_on_without_a_prompt() {
        let typed = |pasted| strip_prompts(pasted).into_owned();
        assert_eq!(typed(">>> a = [[1, 2],\n         [3, 4]]\n>>> a\n[[1, 2]"), "a = [[1, 2],\n         [3, 4]]\na\n");
        assert_eq!(typed("In [1]: s = \"\"\"x\ny\"\"\"\nIn [2]: s\nOut[2]: 'x\\ny'"), "s = \"\"\"x\ny\"\"\"\ns\n");
        let cell = "In [1]:\nimport numpy as np\n\na = 1\nIn [2]:\na\nb = 2\nOut[2]:\n1\nIn [3]: b\n";
        assert_eq!(typed(cell), "\nimport numpy as np\n\na = 1\n\na\nb = 2\n\n\nb\n");
        let indented = "In [10]: a = 1\n         b = 2\n   ...: c = 3\nOut[10]: 1\n         2\n";
        assert_eq!(typed(indented), "a = 1\nb = 2\nc = 3\n\n\n");
        assert_eq!(typed("In [1]: print(a)\n[[1 2]\n [3 4]]\n\nIn [2]: b"), "print(a)\n\n\n\nb");
    }

    #[test]
    fn output_shows_failures() {
        let failures = |pasted| read(pasted).failures.iter().map(|lines| (lines.start, lines.end)).collect::<Vec<_>>();
        let doctest =
            ">>> a\n1\n>>> a.b\nTraceback (most recent call last):\n  ...\nAttributeError: no\n>>> c\nErrors: 0\n";
        assert_eq!(failures(doctest), [(3, 7)]);
        let ipython = "In [1]: 1/0\n-------\nZeroDivisionError        Traceback (most recent call last)\n\nIn [2]: 1\n";
        assert_eq!(failures(ipython), [(1, 5)]);
        assert_eq!(failures("nd> a.b\nnumpy.exceptions.AxisError: axis 2\n  a.b\n"), [(1, 4)]);
        assert_eq!(failures(">>> a\n'ValueError: no'\n>>> b\nError\n"), []);
    }

    #[test]
    fn dots_in_output_are_output() {
        assert_eq!(strip_prompts(">>> a\n[0\n... 9]\n>>> b"), "a\n\n\nb");
    }

    #[test]
    fn prompts_in_strings_stay() {
        let script = "s = '''\n>>> a\n1\n'''\nb = 1\n";
        assert!(matches!(strip_prompts(script), Cow::Borrowed(_)));
        assert_eq!(strip_prompts("a >>> b\nc\n"), "a >>> b\nc\n");
        assert_eq!(strip_prompts(">>>a\nb"), ">>>a\nb");
    }

    #[test]
    fn common_indentation_goes() {
        assert_eq!(strip_prompts("    a = 1\n\n    b = [\n  1]\n"), "a = 1\n\nb = [\n  1]\n");
        assert_eq!(strip_prompts("  a\nb\n"), "  a\nb\n");
        assert_eq!(strip_prompts("  s = '''\n  x'''\n"), "s = '''\n  x'''\n");
    }
}
