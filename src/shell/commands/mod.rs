//! The `%` commands of the shell: one table; what each does stands in a file of its own where it is more than a line.

mod compare;
mod entries;
mod files;
mod flags;
mod help;
mod mem;
mod names;
mod order;
mod recover;
mod time;

use super::{Ending, Shell, Sink};
use crate::array::ArrayRef;
use crate::error::{Error, ErrorClass, type_error, value_error};
use crate::report::{Level, Markup};
use crate::session::Failure;
use crate::value::Value;

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
        argument: "",
        summary: "The names with their facts; every buffer counts once",
        run: names::whos,
    },
    Command {
        name: "mem",
        aliases: &[],
        argument: "",
        summary: "Every buffer, who holds it, live and peak bytes",
        run: mem::run,
    },
    Command {
        name: "flags",
        aliases: &[],
        argument: "ARRAY",
        summary: "Each flag of an array, and why it is set or not",
        run: flags::run,
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

/// The array that a command's argument evaluates to; `example` is an argument that would do.
fn array_of(shell: &mut Shell, command: &str, example: &str, argument: &str) -> Result<ArrayRef, Box<Failure>> {
    if argument.is_empty() {
        return Err(value_error(format!("%{command} takes an array")).help(format!("%{command} {example}")).into());
    }
    match shell.session.evaluate(argument)? {
        Some(Value::Array(array)) => Ok(array),
        Some(Value::Scalar(scalar)) => {
            let class = scalar.dtype();
            let error = type_error(format!("%{command} takes an array, and this is a scalar of class {class}"));
            let help = "a scalar has bytes of its own: integers for all axes copy one out, an `...` behind them keeps a \
                        view, a[0, ...]";
            Err(error.help(help).into())
        }
        other => {
            let class = other.as_ref().map_or("statement", |value| value.class().name);
            let article = if class.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            Err(type_error(format!("%{command} takes an array, not {article} {class}")).into())
        }
    }
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
