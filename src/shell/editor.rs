//! The line being typed: whether it is finished, its colours, the hint after it, what Tab offers.

use super::completion::{Completion, complete, signature_hint};
use super::{PROMPT, Shell};
use crate::report::{self, Markup, Role, code};
use crate::session::Effort;
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Cmd, ConditionalEventHandler, Context, Event, EventContext, Helper, RepeatCount};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What rustyline asks while a line is typed.
pub struct Editor {
    shell: Rc<RefCell<Shell>>,
    earlier: HistoryHinter,
    colour: bool,
}

impl Editor {
    /// For this shell, with or without colour.
    pub fn new(shell: Rc<RefCell<Shell>>, colour: bool) -> Editor {
        Editor { shell, earlier: HistoryHinter::new(), colour }
    }
}

impl Helper for Editor {}

impl Validator for Editor {
    /// An entry is finished unless the grammar says that more text could make it right.
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let statements = crate::syntax::parse_each(context.input());
        let is_incomplete = statements.iter().any(|statement| matches!(statement, Err(error) if error.incomplete));
        Ok(if is_incomplete { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Completer for Editor {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let Ok(mut shell) = self.shell.try_borrow_mut() else { return Ok((pos, Vec::new())) };
        let Completion { start, words } = complete(&mut shell, line.get(..pos).unwrap_or(line));
        let pair = |word: String| Pair { display: word.clone(), replacement: word };
        Ok((start, words.into_iter().map(pair).collect()))
    }
}

/// What stands behind the line in grey, or behind a mark where there is no colour: a signature, which is only read, or
/// the end of an earlier entry, which the right arrow takes over.
pub struct Grey {
    text: String,
    /// What the right arrow takes over.
    end: Option<String>,
}

/// What tells a hint from what is typed, without colour.
const MARK: &str = "  · ";

impl Hint for Grey {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        self.end.as_deref()
    }
}

impl Hinter for Editor {
    type Hint = Grey;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<Grey> {
        if pos < line.len() {
            return None;
        }
        let mut shell = self.shell.try_borrow_mut().ok()?;
        let last = line.rsplit('\n').next().unwrap_or(line);
        let prompt = if last.len() == line.len() { PROMPT.len() } else { 0 };
        let room = shell.manner.view.width.saturating_sub(prompt + last.width() + 1);
        let apart = if self.colour { "   " } else { "" };
        let said =
            signature_hint(&mut shell, line).or_else(|| preview(&shell, line).map(|said| format!("{apart}{said}")));
        let earlier = || self.earlier.hint(line, pos, context).filter(|text| !text.contains('\n'));
        let (text, end) = match said {
            Some(said) => (said, None),
            None => {
                let end = earlier()?;
                // Behind a mark the end alone would not tell how the line goes on.
                (if self.colour { end.clone() } else { format!("{line}{end}") }, Some(end))
            }
        };
        let text = if self.colour { text } else { format!("{MARK}{text}") };
        match text.width() <= room {
            true => Some(Grey { text, end }),
            false => Some(Grey { text: cut(&text, room), end: None }).filter(|grey| !grey.text.is_empty()),
        }
    }
}

/// What the line would do, if it can be told at once; nothing where it is not finished, or has nothing to do with arrays.
fn preview(shell: &Shell, line: &str) -> Option<String> {
    const LONGEST: usize = 500;
    let is_statement = !line.trim().is_empty() && line.len() <= LONGEST && !line.trim_start().starts_with(['%', '?']);
    if !is_statement {
        return None;
    }
    let session = &shell.session;
    match session.plan(line, Effort::UNASKED) {
        Ok(plans) => report::preview(plans.last()?, |buffer| session.owner_name(buffer)),
        Err(failure) => report::preview_failure(&failure),
    }
}

/// The text, no wider than `room`, with `…` at its end.
fn cut(text: &str, room: usize) -> String {
    const SHORTEST: usize = 6;
    if room < SHORTEST {
        return String::new();
    }
    let mut width = 1;
    let fits = |c: &char| {
        width += c.width().unwrap_or(0);
        width <= room
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

impl Highlighter for Editor {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.colour { Cow::Owned(code(line).ansi()) } else { Cow::Borrowed(line) }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colour && kind != CmdKind::MoveCursor
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        self.coloured(Role::Prompt, prompt)
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        self.coloured(Role::Dim, hint)
    }
}

impl Editor {
    fn coloured<'t>(&self, role: Role, text: &'t str) -> Cow<'t, str> {
        match self.colour {
            true => Cow::Owned(Markup::new().add(role, text).ansi()),
            false => Cow::Borrowed(text),
        }
    }
}

/// Tab where nothing stands before the cursor on its line: four blanks.
struct Indentation;

impl ConditionalEventHandler for Indentation {
    fn handle(&self, _: &Event, count: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let before = context.line().get(..context.pos())?;
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.trim().is_empty().then(|| Cmd::Insert(count, "    ".into()))
    }
}

/// What Tab does where it does not complete.
pub fn indentation() -> Box<dyn ConditionalEventHandler> {
    Box::new(Indentation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Manner;
    use std::time::{Duration, Instant};

    fn shell() -> Shell {
        let mut shell = Shell::new(Manner::prompt(80));
        shell.enter_plain(
            "a = np.arange(6).reshape(2, 3); v = a[0]; big = np.broadcast_to(1.0, (10**5, 10**5)); n = 10**9",
        );
        shell
    }

    #[test]
    fn a_line_is_told_before_it_is_entered() {
        let shell = shell();
        let said = |line: &str| preview(&shell, line);
        let is = |line: &str, wanted: &str| assert_eq!(said(line).as_deref(), Some(wanted), "{line}");
        is("a.T", "view of a, nothing allocated");
        is("b = v[::2]", "view of a, nothing allocated");
        is("np.asarray(a)", "a itself, nothing allocated");
        is("a.T.reshape(-1)", "copy, +48 B: axes 0 and 1 do not merge");
        is("a + 1", "new, +48 B · (2, 3) int64");
        is("a += 1", "in place in a");
        is("big + big + big", "new, +80 GB · (100000, 100000) float64");
        is("del a", "nothing freed: #1 is held by v");
        is("a.shape = (3, 2)", "nothing allocated, a becomes (3, 2) int64");
        is("a.reshape(5)", "ValueError: cannot reshape array of size 6 into shape (5,)");
        is("a[0, 0] = 3.9", "in place in a, cast from float64 to int64");
        is("a[[0, 1]][0] = 9", "lost write: goes into a copy of a that nobody holds · a[0] = 9 writes a");
        is("a[a > 0]", "copy, at most +48 B, peak at most +54 B: the index is a mask, which gathers");
        for nothing in ["a", "1 + 1", "a.", "a +", "nowhere", "a.resha", "", "%who", "print(1)"] {
            assert_eq!(said(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_would_take_long_is_not_tried() {
        let shell = shell();
        let lines = [
            "list(range(n))",
            "2**n",
            "n**n",
            "1 << n",
            "[0] * n",
            "a.sum() + sum(range(n))",
            "big.tolist()",
            "[*range(n)]",
        ];
        for line in lines {
            let start = Instant::now();
            preview(&shell, line);
            assert!(start.elapsed() < Duration::from_millis(500), "{line}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn previews_change_nothing() {
        let mut shell = shell();
        let before = shell.enter_plain("%whos") + &shell.enter_plain("%mem");
        for line in [
            "a[0] = 9",
            "del a",
            "a = 5",
            "v.sort()",
            "b = a.copy()",
            "a.shape = (6,)",
            "print(a)",
            "np.seterr(all='raise')",
        ] {
            preview(&shell, line);
        }
        assert_eq!(shell.enter_plain("%whos") + &shell.enter_plain("%mem"), before);
    }
}
