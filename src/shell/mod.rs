//! The front ends on a terminal: the command line, scripts, the prompt, the `%` commands.
//!
//! [`Shell::enter`] is what every front end does with a text: it runs it and hands out what a user sees, piece by
//! piece. The prompt reads the text from a terminal ([`prompt`]), scripts from a file ([`script`]), tests from a
//! transcript.

mod colour;
mod command_line;
mod commands;
mod completion;
mod editor;
mod history;
mod limit;
pub mod markdown;
mod prompt;
mod script;
mod timeit;

pub use command_line::main;
pub use commands::{COMMANDS, Command};

use crate::report::{self, Level, Markup, Role, View};
use crate::session::{Failure, Progress, Script, Session, Step};

/// Where a piece of output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Values, printed text, reports.
    Out,
    /// Warnings and errors.
    Err,
}

/// What a front end does with a piece of output; `false` where nobody reads on (a closed pipe).
pub type Sink<'s> = &'s mut dyn FnMut(Stream, &Markup) -> bool;

/// How texts are entered.
#[derive(Clone, Debug)]
pub struct Manner {
    /// How the report is drawn.
    pub view: View,
    /// Whether values are echoed, and reports drawn at all.
    pub echo: bool,
    /// Whether each statement is shown before what came of it.
    pub show_source: bool,
    /// Whether a failure ends the text.
    pub stop_at_failure: bool,
    /// One JSON object a statement, and nothing else.
    pub json: bool,
    /// The file's name, for failures: `script.py`.
    pub file: Option<String>,
}

impl Manner {
    /// As at the prompt, so many columns wide.
    pub fn prompt(width: usize) -> Manner {
        Manner {
            view: View { level: Level::Table, width },
            echo: true,
            show_source: false,
            stop_at_failure: true,
            json: false,
            file: None,
        }
    }
}

/// A session, how it is shown, and what was entered.
pub struct Shell {
    /// The session.
    pub session: Session,
    /// How it is shown.
    pub manner: Manner,
    /// What was entered, oldest first.
    pub entries: Vec<String>,
    leaving: bool,
    depth: usize,
}

impl Shell {
    /// A shell over a new session.
    pub fn new(manner: Manner) -> Shell {
        Shell { session: Session::new(), manner, entries: Vec::new(), leaving: false, depth: 0 }
    }

    /// Whether `%quit` was entered.
    pub fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// Runs a text and hands out what a user sees of it. Whether all went well.
    pub fn enter(&mut self, text: &str, sink: Sink) -> bool {
        let script = Script::read(text);
        let mut well = true;
        for statement in &script.statements {
            let (went_well, reads_on) = match self.session.advance(&script, statement) {
                Progress::Step(step) => (step.failure.is_none(), self.show(&step, sink)),
                Progress::Command { name, argument, line } => self.command(&name, &argument, line, sink),
            };
            well &= went_well;
            if !reads_on || self.leaving || (!went_well && self.manner.stop_at_failure) {
                break;
            }
        }
        well
    }

    /// As [`Shell::enter`], into one text: what the prompt would show without colour.
    pub fn enter_plain(&mut self, text: &str) -> String {
        let mut out = String::new();
        self.enter(text, &mut |_, markup| {
            out.push_str(&markup.plain());
            true
        });
        out
    }

    /// Shows a step. Whether somebody reads on.
    fn show(&mut self, step: &Step, sink: Sink) -> bool {
        let manner = &self.manner;
        let mut out = Markup::new();
        if manner.json {
            return sink(Stream::Out, out.add(Role::Plain, format!("{}\n", report::json(step))));
        }
        if manner.show_source {
            out.extend(source(&step.source));
        }
        out.extend(report::python(step, manner.echo));
        if !sink(Stream::Out, &out) {
            return false;
        }
        let complaints = report::complaints(step, self.place(step).as_deref());
        if !complaints.is_empty() && !sink(Stream::Err, &complaints) {
            return false;
        }
        let mut report = if manner.echo { report::report(step, manner.view) } else { Markup::new() };
        if !report.is_empty() && manner.view.level != Level::Line {
            // A blank line keeps the report and the next statement apart.
            report.add(Role::Plain, "\n");
        }
        report.is_empty() || sink(Stream::Out, &report)
    }

    /// Where a step of a file failed: `script.py:3:5`.
    fn place(&self, step: &Step) -> Option<String> {
        let file = self.manner.file.as_ref()?;
        let failure = step.failure.as_ref()?;
        let column = failure.caret.map(|caret| failure.text.get(..caret.start).map_or(0, |t| t.chars().count()) + 1);
        Some(match column {
            Some(column) => format!("{file}:{}:{column}", failure.line),
            None => format!("{file}:{}", failure.line),
        })
    }

    /// Carries out a `%` command. Whether it went well, and whether somebody reads on.
    fn command(&mut self, name: &str, argument: &str, line: usize, sink: Sink) -> (bool, bool) {
        let mut step = Step { line, source: format!("%{name} {argument}").trim_end().to_string(), ..Step::default() };
        let mut out = Markup::new();
        if self.manner.show_source && !self.manner.json {
            out.extend(source(&step.source));
            if !sink(Stream::Out, &out) {
                return (true, false);
            }
        }
        let result = match commands::find(name) {
            Ok(command) => (command.run)(self, argument.trim(), sink),
            Err(error) => Err(error),
        };
        match result {
            Ok(markup) if self.manner.json => {
                step.stdout = markup.plain();
                (true, self.show(&step, sink))
            }
            Ok(markup) => (true, markup.is_empty() || sink(Stream::Out, &markup)),
            Err(error) => {
                step.failure = Some(Failure::of(&error, &step.source, line));
                let shown = std::mem::replace(&mut self.manner.show_source, false);
                let reads_on = self.show(&step, sink);
                self.manner.show_source = shown;
                (false, reads_on)
            }
        }
    }
}

/// A statement as the prompt shows it.
fn source(text: &str) -> Markup {
    let mut out = Markup::new();
    for (i, line) in text.lines().enumerate() {
        out.add(Role::Dim, if i == 0 { PROMPT } else { CONTINUATION });
        out.add(Role::Plain, format!("{line}\n"));
    }
    out
}

/// What stands before an entry.
pub const PROMPT: &str = "nd> ";
/// What stands before the further lines of an entry.
pub const CONTINUATION: &str = "... ";
