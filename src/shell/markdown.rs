//! Markdown as a script: its fenced blocks of Python, on the lines where they stand.

use crate::syntax::paste::{self, Pasted};

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'t> {
    /// What stands behind the opening fence: `python`, `ndsh report=line`.
    pub info: &'t str,
    /// The line of its first line of text, from 1.
    pub line: usize,
    /// Where its text starts, in bytes.
    pub start: usize,
    /// Its text, with the indentation of its fence.
    pub text: &'t str,
}

/// The languages whose blocks are run.
const LANGUAGES: [&str; 7] = ["python", "python3", "py", "ndsh", "pycon", "ipython", "doctest"];

impl Block<'_> {
    /// The first word of its info: the language, in lower case.
    pub fn language(&self) -> String {
        let word = self.info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or("");
        word.trim_matches(['{', '}', '.']).to_ascii_lowercase()
    }

    /// Whether its text is run.
    pub fn is_run(&self) -> bool {
        LANGUAGES.contains(&self.language().as_str())
    }
}

/// The character and the length of the fence that `line` starts with, and what stands behind it.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let trimmed = line.trim_start_matches([' ', '\t', '>']);
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = trimmed.chars().take_while(|c| *c == mark).count();
    let rest = trimmed[length..].trim();
    // Three backquotes within a line of text are code, not a fence.
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length, rest))
}

/// The fenced blocks of a Markdown text, in order. One that is never closed goes to the end.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(char, usize, Block)> = None;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        match (&mut open, fence(line)) {
            (None, Some((mark, length, info))) => {
                open = Some((mark, length, Block { info, line: number + 2, start: end, text: "" }));
            }
            (Some((mark, length, block)), Some((other, more, ""))) if *mark == other && more >= *length => {
                block.text = &text[block.start..start];
                blocks.extend(open.take().map(|(.., block)| block));
            }
            _ => {}
        }
        start = end;
    }
    if let Some((.., mut block)) = open {
        block.text = &text[block.start..];
        blocks.push(block);
    }
    blocks
}

/// The text of the blocks that are run, each line where it stands, all other lines blank; and the entries that a block
/// itself shows to fail.
pub fn script(text: &str) -> Pasted<'static> {
    let mut script = String::with_capacity(text.len());
    let mut failures = Vec::new();
    let mut line = 1;
    for block in blocks(text).iter().filter(|block| block.is_run()) {
        script.push_str(&"\n".repeat(block.line - line));
        let pasted = paste::read(block.text);
        script.push_str(&pasted.text);
        let before = block.line - 1;
        failures.extend(pasted.failures.into_iter().map(|entry| entry.start + before..entry.end + before));
        line = block.line + block.text.matches('\n').count();
    }
    Pasted { text: script.into(), failures }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_blocks() {
        let text = "# Title\n\n```python\na = 1\n```\ntext ```code``` more\n~~~~ ndsh report=line\n```\n~~~\nb\n~~~~\n\n  ```sh\n  $ ls\n";
        let found: Vec<_> = blocks(text).iter().map(|b| (b.language(), b.line, b.text)).collect();
        assert_eq!(
            found,
            [
                ("python".to_string(), 4, "a = 1\n"),
                ("ndsh".to_string(), 8, "```\n~~~\nb\n"),
                ("sh".to_string(), 14, "  $ ls\n")
            ]
        );
    }

    #[test]
    fn failures_stand_where_their_block_stands() {
        let text = "words\n\n```python\n>>> 1/0\nTraceback (most recent call last):\nZeroDivisionError\n>>> 2\n```\n";
        assert_eq!(script(text).failures, vec![std::ops::Range { start: 4, end: 7 }]);
    }

    #[test]
    fn lines_are_kept() {
        let text = "words\n```pycon\n>>> a = 1\n>>> a\n1\n```\nwords\n```sh\n$ ls\n```\n```python\nb = 2\n```\n";
        assert_eq!(script(text).text, "\n\na = 1\na\n\n\n\n\n\n\n\nb = 2\n");
        assert_eq!(script(text).text.lines().nth(11), Some("b = 2"));
    }
}
