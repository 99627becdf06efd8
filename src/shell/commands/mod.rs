//! The `%` commands of the shell: one table; what each does stands in a file of its own where it is more than a line.

mod entries;
mod flags;
mod help;
mod mem;
mod names;
mod time;

use super::{Shell, Sink, script};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::report::{Level, Markup};

/// One command.
pub struct Command {
    /// Its name, without `%`.
    pub name: &'static str,
    /// What it takes, as help shows it.
    pub argument: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// Does it.
    pub run: fn(&mut Shell, &str, Sink) -> Result<Markup>,
}

/// Every command.
pub static COMMANDS: &[Command] = &[
    Command { name: "help", argument: "[NAME]", summary: "The commands, or what NAME is", run: help::run },
    Command { name: "who", argument: "", summary: "The names", run: names::who },
    Command {
        name: "whos",
        argument: "",
        summary: "The names with their facts; every buffer counts once",
        run: names::whos,
    },
    Command { name: "mem", argument: "", summary: "Every buffer, who holds it, live and peak bytes", run: mem::run },
    Command {
        name: "flags",
        argument: "NAME",
        summary: "Each flag of an array, and why it is set or not",
        run: flags::run,
    },
    Command {
        name: "report",
        argument: "[table|line|full|off]",
        summary: "How much is said after each step",
        run: level,
    },
    Command { name: "run", argument: "FILE", summary: "Run a script in this workspace", run: file },
    Command { name: "timeit", argument: "[-n N] [-r R] STATEMENT", summary: "Time a statement", run: time::run },
    Command { name: "reset", argument: "", summary: "Forget every name", run: reset },
    Command { name: "hist", argument: "", summary: "What was entered", run: entries::run },
    Command { name: "quit", argument: "", summary: "Leave", run: quit },
];

/// Other names of commands.
const ALIASES: &[(&str, &str)] =
    &[("exit", "quit"), ("lsmagic", "help"), ("history", "hist"), ("ls", "whos"), ("del", "reset")];

/// The command with this name.
///
/// # Errors
/// `NameError`, in IPython's manner, with the nearest name.
pub fn find(name: &str) -> Result<&'static Command> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, target)| *target);
    COMMANDS.iter().find(|command| command.name == name).ok_or_else(|| {
        let error = Error::new(ErrorClass::NameError, format!("there is no command %{name}"));
        match crate::text::closest::closest(name, COMMANDS.iter().map(|command| command.name)) {
            Some(near) => error.help(format!("did you mean %{near}?")),
            None => error.help("%help lists the commands"),
        }
    })
}

fn level(shell: &mut Shell, argument: &str, _: Sink) -> Result<Markup> {
    let mut out = Markup::new();
    if argument.is_empty() {
        out.line(&format!("report is {}", shell.manner.view.level.name()));
        return Ok(out);
    }
    let names = Level::ALL.map(|(name, _)| name).join(", ");
    shell.manner.view.level =
        Level::parse(argument).ok_or_else(|| value_error(format!("the levels are {names}, not '{argument}'")))?;
    Ok(out)
}

fn file(shell: &mut Shell, argument: &str, sink: Sink) -> Result<Markup> {
    let path = argument.trim_matches(['"', '\'']);
    if path.is_empty() {
        return Err(value_error("%run takes a file"));
    }
    let text = script::read(path).map_err(|reason| Error::new(ErrorClass::OSError, format!("{path}: {reason}")))?;
    let text = if path.ends_with(".md") { super::markdown::script(&text) } else { text };
    if shell.depth >= MAX_DEPTH {
        return Err(Error::new(ErrorClass::RecursionError, format!("{path}: scripts run each other without end")));
    }
    let before = shell.manner.clone();
    shell.manner.file = Some(path.to_string());
    shell.manner.echo = false;
    shell.depth += 1;
    let well = shell.enter(&text, sink);
    shell.depth -= 1;
    let level = shell.manner.view.level;
    shell.manner = before;
    shell.manner.view.level = level;
    if well { Ok(Markup::new()) } else { Err(value_error(format!("{path} ended with an error"))) }
}

/// Scripts run scripts at most this deep.
const MAX_DEPTH: usize = 20;

fn reset(shell: &mut Shell, _: &str, _: Sink) -> Result<Markup> {
    let before = shell.session.context().runtime.ledger.live();
    shell.session.reset();
    let freed = before.saturating_sub(shell.session.context().runtime.ledger.live());
    let mut out = Markup::new();
    out.line(&format!("every name is forgotten · freed {}", crate::report::size::bytes(freed)));
    Ok(out)
}

fn quit(shell: &mut Shell, _: &str, _: Sink) -> Result<Markup> {
    shell.leaving = true;
    Ok(Markup::new())
}
