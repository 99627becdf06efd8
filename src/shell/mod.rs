//! The front ends on a terminal: the command line, scripts, the prompt, the `%` commands.
//!
//! [`Shell::enter`] is what every front end does with a text: it runs it and hands out what a user sees, piece by
//! piece. The prompt reads the text from a terminal ([`prompt`]), scripts from a file ([`script`]), tests from a
//! transcript.

mod command_line;
mod commands;
mod completion;
mod cursor;
mod editor;
mod history;
mod limit;
pub mod markdown;
mod picture_file;
mod plan;
mod prompt;
mod resident;
mod script;
mod terminal;
mod timeit;

pub use command_line::main;
pub use commands::{COMMANDS, Command, Outcome};

use crate::error::ErrorClass;
use crate::interrupt;
use crate::report::{self, Level, Markup, Role, View};
use crate::session::{Failure, Memory, Progress, Script, Session, Step};

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

/// How a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At its end, all well.
    Well,
    /// A statement failed.
    Failed,
    /// By Ctrl-C.
    Interrupted,
}

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
    /// Whether nothing runs, and what each statement would do is told instead.
    pub plans: bool,
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
            plans: false,
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

    /// Runs a text and hands out what a user sees of it.
    pub fn enter(&mut self, text: &str, sink: Sink) -> Ending {
        self.enter_script(&Script::read(text), sink)
    }

    /// As [`Shell::enter`], for a text that was taken apart already.
    pub fn enter_script(&mut self, script: &Script, sink: Sink) -> Ending {
        if self.manner.plans {
            return self.plan(script, sink);
        }
        let mut ending = Ending::Well;
        let mut next = 0;
        while let Some(statement) = script.statements.get(next) {
            next += 1;
            let Manner { json, echo, view, .. } = &self.manner;
            self.session.set_telling(*json || (*echo && view.level != Level::Off));
            let (came, reads_on) = match self.session.advance(script, statement) {
                Progress::Step(step) => (ending_of(&step), self.show(&step, sink)),
                Progress::Command { name, argument, source, line } => {
                    let step = Step { line, source, ..Step::default() };
                    self.command(&name, &argument, step, sink)
                }
            };
            let (came, reads_on) = match interrupt::check() {
                // Ctrl-C during a statement that did not look for it: it ended by itself, and is the last.
                Err(stop) if came != Ending::Interrupted => {
                    let failure = Some(Failure::placeless(&stop));
                    (Ending::Interrupted, self.complain(&Step { failure, ..Step::default() }, sink))
                }
                _ => (came, reads_on),
            };
            let came = match script.after_failure(next - 1) {
                // The pasted session shows this failure, and goes on behind it.
                Some(after) if came == Ending::Failed => {
                    next = after;
                    Ending::Well
                }
                _ => came,
            };
            if came != Ending::Well {
                ending = came;
            }
            let goes_on = match came {
                Ending::Well => true,
                Ending::Failed => !self.manner.stop_at_failure,
                Ending::Interrupted => false,
            };
            if !goes_on || !reads_on || self.leaving {
                break;
            }
        }
        ending
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

    /// The words that Tab offers at the end of `text`.
    pub fn complete(&mut self, text: &str) -> Vec<String> {
        completion::complete(self, text).words
    }

    /// The signature that is shown behind `text` while it is typed.
    pub fn signature_hint(&mut self, text: &str) -> Option<String> {
        completion::signature_hint(self, text)
    }

    /// Shows a step. Whether somebody reads on.
    fn show(&mut self, step: &Step, sink: Sink) -> bool {
        let manner = &self.manner;
        if manner.json {
            return sink(Stream::Out, Markup::new().add(Role::Plain, format!("{}\n", report::json(step))));
        }
        let mut out = if manner.show_source { source(step) } else { Markup::new() };
        out.extend(report::printed(step));
        if !out.is_empty() && !sink(Stream::Out, &out) {
            return false;
        }
        if !self.complain(step, sink) {
            return false;
        }
        if !self.manner.echo {
            return true;
        }
        let mut out = report::echoed(step);
        let report = report::report(step, self.manner.view);
        let is_apart = !report.is_empty() && self.manner.view.level != Level::Line;
        out.extend(report);
        if is_apart {
            // A blank line keeps the report and the next statement apart.
            out.add(Role::Plain, "\n");
        }
        out.is_empty() || sink(Stream::Out, &out)
    }

    /// Shows the warnings and the failure of a step. Whether somebody reads on.
    fn complain(&self, step: &Step, sink: Sink) -> bool {
        let complaints = report::complaints(step, self.place(step).as_deref(), self.manner.view.width);
        complaints.is_empty() || sink(Stream::Err, &complaints)
    }

    /// Where a step of a file failed or warned: `script.py:3:5`, `script.py:3`.
    fn place(&self, step: &Step) -> Option<String> {
        let file = self.manner.file.as_ref()?;
        let Some(failure) = &step.failure else { return Some(format!("{file}:{}", step.line)) };
        let column = failure.caret.map(|caret| failure.text.get(..caret.start).map_or(0, |t| t.chars().count()) + 1);
        Some(match column {
            Some(column) => format!("{file}:{}:{column}", failure.line),
            None if failure.line > 0 => format!("{file}:{}", failure.line),
            None => file.clone(),
        })
    }

    /// Carries out a `%` command, which is a step of its own. How it ended, and whether somebody reads on.
    fn command(&mut self, name: &str, argument: &str, mut step: Step, sink: Sink) -> (Ending, bool) {
        if self.manner.show_source && !self.manner.json && !sink(Stream::Out, &source(&step)) {
            return (Ending::Well, false);
        }
        let result = match commands::find(name) {
            Ok(command) => (command.run)(self, argument.trim(), sink),
            Err(error) => Err(error.into()),
        };
        step.memory = Memory::of(&self.session.context().runtime.ledger);
        match result {
            Ok(Outcome::Shown(markup)) if self.manner.json => {
                step.stdout = markup.plain();
                (Ending::Well, self.show(&step, sink))
            }
            Ok(Outcome::Shown(mut markup)) => {
                // As behind a report.
                if self.manner.view.level != Level::Line && markup.plain().lines().nth(1).is_some() {
                    markup.add(Role::Plain, "\n");
                }
                (Ending::Well, markup.is_empty() || sink(Stream::Out, &markup))
            }
            Ok(Outcome::Ran(ending)) => (ending, true),
            Err(failure) => {
                step.failure = Some(Failure { line: step.line, ..*failure });
                let reads_on = if self.manner.json { self.show(&step, sink) } else { self.complain(&step, sink) };
                (ending_of(&step), reads_on)
            }
        }
    }
}

fn ending_of(step: &Step) -> Ending {
    match &step.failure {
        None => Ending::Well,
        Some(failure) if failure.class == ErrorClass::KeyboardInterrupt.name() => Ending::Interrupted,
        Some(_) => Ending::Failed,
    }
}

/// A step's statement as the prompt shows it.
fn source(step: &Step) -> Markup {
    let mut out = Markup::new();
    let mut prompt = PROMPT;
    for line in step.source.lines() {
        out.add(Role::Prompt, prompt).extend(report::code(line)).add(Role::Plain, "\n");
        prompt = CONTINUATION;
    }
    out
}

/// What stands before an entry.
pub const PROMPT: &str = "nd> ";
/// What stands before the further lines of an entry.
pub const CONTINUATION: &str = "... ";
