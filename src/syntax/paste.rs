//! Pasted sessions: prompts and output are taken away, so that only what was typed is left.

use super::scan::logical_line;
use super::trivia::{line_at, newline_length, tail};
use std::borrow::Cow;

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

/// The text without pasted prompts: `>>> ` and `... `, `In [1]: ` and `   ...: `, `nd> `.
///
/// Where one line has a prompt, the lines without are output, and become blank. Indentation that all
/// statements have in common is taken away too. Lines keep their number. A prompt inside a string stays.
pub fn strip_prompts(text: &str) -> Cow<'_, str> {
    if has_prompts(text) {
        return Cow::Owned(strip_lines(text));
    }
    match common_indentation(text) {
        Some(starts) => Cow::Owned(strip_indentation(text, &starts)),
        None => Cow::Borrowed(text),
    }
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

/// The text with its prompts and its output taken away.
fn strip_lines(text: &str) -> String {
    let mut stripped = String::with_capacity(text.len());
    let mut is_input = false;
    for (_, line, end) in lines(text) {
        let found = prompt(line).filter(|found| found.is_first || is_input);
        is_input = found.is_some();
        stripped.push_str(found.and_then(|found| line.get(found.start + found.length..)).unwrap_or(""));
        stripped.push_str(end);
    }
    stripped
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
