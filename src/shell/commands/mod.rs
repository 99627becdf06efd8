//! The `%` commands of the shell: one table; what each does stands in a file of its own where it is more than a line.

mod at;
mod compare;
mod entries;
mod files;
mod flags;
mod help;
mod holders;
mod map;
mod mem;
mod names;
mod order;
mod plan;
mod recover;
mod targets;
mod time;
mod why;

use super::{Ending, Shell, Sink};
use crate::error::{Error, ErrorClass, value_error};
use crate::report::{Level, Markup};
use crate::session::Failure;

/// What came of a command.
pub enum Outcome {
    /// Something to show.
    Shown(Markup),
    /// Statements were run and shown, and ended so.
    Ran(Ending),
}

impl From<Markup> for Outcome {
    fn from(markup: Markup) -> Outcome {
        Outcome::Shown(markup)
    }
}

/// What a command gives: its outcome, or why it was not carried out.
pub type Answer = Result<Outcome, Box<Failure>>;

/// One command.
pub struct Command {
    /// Its name, without `%`.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it takes, as help shows it.
    pub argument: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// Does it.
    pub run: fn(&mut Shell, &str, Sink) -> Answer,
}

impl Command {
    /// Whether its argument is an expression or a statement.
    pub fn takes_code(&self) -> bool {
        const CODE: [&str; 5] = ["ARRAY", "EXPRESSION", "NAME", "STATEMENT", "VIEW"];
        CODE.iter().any(|code| self.argument.contains(code))
    }

    /// The words that its argument can be or begin with: options, and the choices where they are few.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.argument.split(['[', ']', '|', ' ']);
        parts.filter(|part| !part.is_empty() && !part.contains(|c: char| c.is_uppercase() || c == '.' || c == ';'))
    }
}

/// Every command.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "help",
        aliases: &["lsmagic"],
        argument: "[NAME]",
        summary: "The commands, or what NAME is; NAME? is the same",
        run: help::run,
    },
    Command { name: "who", aliases: &[], argument: "", summary: "The names", run: names::who },
    Command {
        name: "whos",
        aliases: &[],
        argument: "[all]",
        summary: "The names with their facts; every buffer counts once",
        run: names::whos,
    },
    Command {
        name: "mem",
        aliases: &[],
        argument: "[all]",
        summary: "Every buffer, who holds it, live and peak bytes, the copies so far",
        run: mem::run,
    },
    Command {
        name: "holders",
        aliases: &[],
        argument: "NAME",
        summary: "Who keeps a buffer alive, as a tree: names, views, items",
        run: holders::run,
    },
    Command {
        name: "del?",
        aliases: &[],
        argument: "NAME...",
        summary: "What deleting would free, and what it takes to free more",
        run: holders::deletion,
    },
    Command {
        name: "map",
        aliases: &[],
        argument: "[--hex|--lines] [--save FILE] ARRAY...",
        summary: "Where each element stands in its buffer",
        run: map::run,
    },
    Command {
        name: "at",
        aliases: &[],
        argument: "ARRAY[INDEX]",
        summary: "The byte where an element stands, what is there, and who else sees it",
        run: at::run,
    },
    Command {
        name: "flags",
        aliases: &[],
        argument: "ARRAY",
        summary: "Each flag of an array, and why it is set or not",
        run: flags::run,
    },
    Command {
        name: "why",
        aliases: &[],
        argument: "NAME-or-EXPRESSION",
        summary: "Why it is a view or a copy, and what to write instead",
        run: why::run,
    },
    Command {
        name: "order",
        aliases: &[],
        argument: "ARRAY",
        summary: "The order in which elements are counted, and the order in memory",
        run: order::run,
    },
    Command {
        name: "compare",
        aliases: &[],
        argument: "[STATEMENT; ...]",
        summary: "The same statements under aliasing (NumPy), copy-on-write (pandas) and always-copy (JAX) rules",
        run: compare::run,
    },
    Command {
        name: "recover",
        aliases: &[],
        argument: "VIEW [from BASE]",
        summary: "The expression that makes this view of that array",
        run: recover::run,
    },
    Command {
        name: "report",
        aliases: &[],
        argument: "[table|line|full|off]",
        summary: "How much is said after each statement",
        run: level,
    },
    Command {
        name: "plan",
        aliases: &[],
        argument: "STATEMENT",
        summary: "What a statement would do to memory, without doing it",
        run: plan::run,
    },
    Command { name: "run", aliases: &[], argument: "FILE", summary: "Run a script in this workspace", run: files::run },
    Command {
        name: "timeit",
        aliases: &[],
        argument: "[-n N] [-r R] STATEMENT",
        summary: "How long a statement takes, run many times",
        run: time::timeit,
    },
    Command {
        name: "time",
        aliases: &[],
        argument: "STATEMENT",
        summary: "Run a statement, and tell how long it took",
        run: time::time,
    },
    Command { name: "hist", aliases: &["history"], argument: "", summary: "What was entered", run: entries::run },
    Command { name: "reset", aliases: &[], argument: "", summary: "Forget every name", run: names::reset },
    Command { name: "quit", aliases: &["exit"], argument: "", summary: "Leave; Ctrl-D does the same", run: quit },
];

/// The command with this name.
///
/// # Errors
/// `NameError` with the nearest name.
pub fn find(name: &str) -> Result<&'static Command, Error> {
    let known = |command: &&Command| command.name == name || command.aliases.contains(&name);
    COMMANDS.iter().find(known).ok_or_else(|| {
        let error = Error::new(ErrorClass::NameError, format!("there is no command %{name}"));
        let names = COMMANDS.iter().flat_map(|command| command.aliases.iter().chain([&command.name]));
        match crate::text::closest::closest(name, names.copied()) {
            Some(near) => error.help(format!("did you mean %{near}?")),
            None => error.help("%help lists the commands"),
        }
    })
}

fn level(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let mut out = Markup::new();
    if argument.is_empty() {
        out.line(&format!("the report is {}", shell.manner.view.level.name()));
        return Ok(out.into());
    }
    let names = Level::ALL.map(|(name, _)| name).join(", ");
    let found = Level::parse(argument).ok_or_else(|| value_error(format!("'{argument}' is no level")).help(names))?;
    shell.manner.view.level = found;
    Ok(out.into())
}

fn quit(shell: &mut Shell, _: &str, _: Sink) -> Answer {
    shell.leaving = true;
    Ok(Markup::new().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        let mut names: Vec<&str> = COMMANDS.iter().flat_map(|c| c.aliases.iter().copied().chain([c.name])).collect();
        assert!(names.iter().all(|name| find(name).is_ok()));
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn the_nearest_is_suggested() {
        let help = |name| find(name).err().map(|error| error.details().help.clone());
        assert_eq!(help("tiemit"), Some(vec!["did you mean %timeit?".into()]));
        assert_eq!(help("bananas"), Some(vec!["%help lists the commands".into()]));
    }
}
