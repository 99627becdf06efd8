//! An error as a user sees it: NumPy's words, the place, the numbers, the advice.

use super::markup::{Markup, Role};
use super::paragraph::wrap;
use crate::session::Failure;
use crate::syntax::ast::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The blanks before everything below the message.
const INDENT: &str = "  ";
const HELP: &str = "help: ";

/// Draws a failure. `place` comes before the class where the text is a file (`script.py:3:5`). The message is one
/// line, however long; all else fits `width` columns.
pub fn draw(failure: &Failure, place: Option<&str>, width: usize) -> Markup {
    let mut out = Markup::new();
    let room = width.saturating_sub(INDENT.len()).max(20);
    if let Some(place) = place {
        out.add(Role::Dim, format!("{place}: "));
    }
    out.add(Role::Error, failure.qualified.clone());
    if !failure.message.is_empty() {
        out.add(Role::Plain, format!(": {}", failure.message));
    }
    out.add(Role::Plain, "\n");
    let mut label = failure.label.as_deref();
    if let Some(caret) = failure.caret {
        let excerpt = Excerpt::of(&failure.text, caret, room);
        out.add(Role::Plain, format!("{INDENT}{}\n{INDENT}{}", excerpt.text, " ".repeat(excerpt.start)));
        out.add(Role::Caret, "^".repeat(excerpt.length));
        if let Some(text) = label.filter(|text| excerpt.start + excerpt.length + 1 + text.width() <= room) {
            out.add(Role::Caret, format!(" {text}"));
            label = None;
        }
        out.add(Role::Plain, "\n");
    }
    for line in label.iter().flat_map(|label| wrap(label, room)) {
        out.add(Role::Plain, INDENT).add(Role::Caret, line).add(Role::Plain, "\n");
    }
    for help in &failure.help {
        let mut role = Role::Help;
        let mut head = HELP.to_string();
        for line in wrap(help, room.saturating_sub(HELP.len())) {
            out.add(Role::Plain, INDENT).add(role, head).add(Role::Plain, format!("{line}\n"));
            (role, head) = (Role::Plain, " ".repeat(HELP.len()));
        }
    }
    out
}

/// The part of a line around its caret, in columns.
struct Excerpt {
    text: String,
    start: usize,
    length: usize,
}

impl Excerpt {
    /// Of `line`, as much as fits `room` columns. Tabs become blanks and other control characters question marks,
    /// so that columns can be counted and nothing reaches the terminal but text.
    fn of(line: &str, caret: Span, room: usize) -> Excerpt {
        let shown = |text: &str| -> String {
            let visible = |c: char| match c {
                '\t' => ' ',
                c if c.is_control() => '?',
                c => c,
            };
            text.chars().map(visible).collect()
        };
        let before = shown(line.get(..caret.start).unwrap_or(line));
        let under = shown(line.get(caret.start..caret.end).unwrap_or(""));
        let after = shown(line.get(caret.end..).unwrap_or(""));
        let (start, length) = (before.width(), under.width().max(1));
        if start + length + after.width() <= room {
            return Excerpt { text: before + &under + &after, start, length };
        }
        // What stands before gets what is left over, and a third of the room in any case; all of it where the caret
        // can be seen then.
        let spare = room.saturating_sub(length + after.width()).max(room / 3);
        let left = if start + length < room { start } else { spare.min(start) };
        let head = tail_of(&before, left);
        let start = head.width();
        let rest = head_of(&(under + &after), room - start);
        let length = length.min(rest.width().max(1));
        Excerpt { text: head + &rest, start, length }
    }
}

/// The end of the text in `room` columns, behind `…` where it is cut.
fn tail_of(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_string();
    }
    let reversed: String = text.chars().rev().collect();
    head_of(&reversed, room).chars().rev().collect()
}

/// The start of the text in `room` columns, before `…` where it is cut.
fn head_of(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_string();
    }
    let mut left = room.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= left;
        left = left.saturating_sub(width);
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(line: &str, start: usize, end: usize, room: usize) -> (String, usize, usize) {
        let Excerpt { text, start, length } = Excerpt::of(line, Span::new(start, end), room);
        (text, start, length)
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        assert_eq!(excerpt("a + b", 4, 5, 20), ("a + b".into(), 4, 1));
        assert_eq!(excerpt("abcdefghijklmnopqrstuvwxyz", 2, 4, 20), ("abcdefghijklmnopqrs…".into(), 2, 2));
        assert_eq!(excerpt("abcdefghijklmnopqrstuvwxyz", 22, 24, 20), ("…hijklmnopqrstuvwxyz".into(), 16, 2));
        assert_eq!(excerpt("abcdefghijklmnopqrstuvwxyz", 20, 26, 12), ("…pqrstuvwxyz".into(), 6, 6));
        assert_eq!(excerpt("abcdefghijklmnopqrstuvwxyz", 13, 15, 12), ("…klmnopqrst…".into(), 4, 2));
        assert_eq!(excerpt("", 0, 0, 20), ("".into(), 0, 1));
    }

    #[test]
    fn columns_are_those_of_the_terminal() {
        assert_eq!(excerpt("'日本' + x", 11, 12, 40), ("'日本' + x".into(), 9, 1));
        assert_eq!(excerpt("\ta\x1b[2J", 1, 2, 40), (" a?[2J".into(), 1, 1));
    }
}
