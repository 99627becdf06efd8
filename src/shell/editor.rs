//! The line being typed: whether it is finished, its colours, the hint after it, what Tab offers.

use super::Shell;
use super::completion::{Completion, complete, open_call};
use crate::registry::Kind;
use crate::syntax::highlight::{Token, tokens};
use crate::value::Value;
use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// What rustyline asks while a line is typed.
pub struct Editor {
    shell: Rc<RefCell<Shell>>,
    files: FilenameCompleter,
    colour: bool,
}

impl Editor {
    /// For this shell, with or without colour.
    pub fn new(shell: Rc<RefCell<Shell>>, colour: bool) -> Editor {
        Editor { shell, files: FilenameCompleter::new(), colour }
    }
}

impl Helper for Editor {}

impl Validator for Editor {
    /// An entry is finished unless the grammar says that it is incomplete. An empty last line finishes any entry.
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        let incomplete = crate::syntax::parse(text).is_err_and(|error| error.incomplete);
        Ok(if incomplete && !text.ends_with('\n') {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}

impl Completer for Editor {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let Ok(mut shell) = self.shell.try_borrow_mut() else { return Ok((pos, Vec::new())) };
        match complete(&mut shell, line, pos) {
            Completion::Files => self.files.complete_path(line, pos),
            Completion::Words { start, words } => {
                let pair = |word: String| Pair { display: word.clone(), replacement: word };
                Ok((start, words.into_iter().map(pair).collect()))
            }
        }
    }
}

impl Hinter for Editor {
    type Hint = String;

    /// Inside a call: the signature of what is called.
    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<String> {
        if pos < line.len() {
            return None;
        }
        let callee = open_call(line)?;
        let mut shell = self.shell.try_borrow_mut().ok()?;
        let function = super::completion::function_of(&mut shell, &callee)?;
        let text = match (&function.method, callee.contains('.') && !callee.starts_with("np.")) {
            (Some(method), true) => method.signature,
            _ => function.signature,
        };
        let used = line.rsplit('(').next().unwrap_or("").chars().count() + callee.chars().count();
        let room = shell.manner.view.width.saturating_sub(used + 12);
        let hint = format!("   {}{text}", function.short_name());
        Some(if hint.chars().count() > room { hint.chars().take(room.max(8)).collect() } else { hint })
    }
}

impl Highlighter for Editor {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.colour {
            return Cow::Borrowed(line);
        }
        let mut out = String::with_capacity(line.len() * 2);
        let mut at = 0;
        for (span, token) in tokens(line) {
            let code = match token {
                Token::Keyword => "35",
                Token::Number => "36",
                Token::String => "32",
                Token::Comment | Token::Prompt => "2",
                Token::Command => "1;33",
                _ => continue,
            };
            out.push_str(line.get(at..span.start).unwrap_or(""));
            out.push_str(&format!("\x1b[{code}m{}\x1b[0m", span.of(line)));
            at = span.end;
        }
        out.push_str(line.get(at..).unwrap_or(""));
        Cow::Owned(out)
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.colour
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour { Cow::Owned(format!("\x1b[1;34m{prompt}\x1b[0m")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour { Cow::Owned(format!("\x1b[2m{hint}\x1b[0m")) } else { Cow::Borrowed(hint) }
    }
}

/// The keywords that a call of this function takes, each with `=`.
pub(super) fn keywords(shell: &Shell, callee: &Value) -> Vec<String> {
    let (text, catalog) = match callee {
        Value::Function(function) => (function.signature, &shell.session.context().catalog),
        Value::Method(method) => {
            let function = method.1;
            let text = function.method.as_ref().map_or(function.signature, |method| method.signature);
            (text, &shell.session.context().catalog)
        }
        _ => return Vec::new(),
    };
    let signature = catalog.signature(text);
    let by_name = signature.parameters.iter().filter(|p| matches!(p.kind, Kind::Either | Kind::KeywordOnly));
    by_name.map(|parameter| format!("{}=", parameter.name)).collect()
}
