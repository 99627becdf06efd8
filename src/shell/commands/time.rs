//! `%timeit`: how long a statement takes; `%time`: how long it takes once.

use crate::error::{Error, value_error};
use crate::report::{Markup, Role};
use crate::session::Failure;
use crate::shell::timeit::{Program, Timing};
use crate::shell::{Outcome, Shell, Sink, Stream};
use crate::value::Value;

/// Times the statement in this workspace. The names it binds are as before when it is done.
pub fn timeit(shell: &mut Shell, argument: &str, sink: Sink) -> Result<Outcome, Box<Failure>> {
    let (timing, statement) = options(argument)?;
    if statement.is_empty() {
        return Err(value_error("%timeit takes a statement").help("%timeit a + b").into());
    }
    let program = Program::parse(statement)?;
    let session = &mut shell.session;
    let names = program.bound_names();
    let before: Vec<Option<Value>> = names.iter().map(|name| session.workspace().get(name).cloned()).collect();
    let mut out = Markup::new();
    let result = timing.measure(
        |loops| program.time(session, loops),
        |text| {
            out.add(Role::Plain, text);
        },
    );
    for (name, old) in names.iter().zip(before) {
        shell.session.restore(name, old);
    }
    let printed = std::mem::take(&mut shell.session.context_mut().stdout);
    if !printed.is_empty() && !shell.manner.json {
        sink(Stream::Out, Markup::new().add(Role::Plain, printed));
    }
    if let Some(warning) = result? {
        out.add(Role::Warning, warning);
    }
    Ok(Outcome::Shown(out))
}

/// The options that stand before the statement, and the statement.
fn options(argument: &str) -> Result<(Timing, &str), Error> {
    let mut timing = Timing { loops: None, repeat: 5, unit: None, verbose: 0 };
    let mut rest = argument.trim_start();
    // `-n5` and `-n 5` are options, `-n` before anything else is the statement's own minus.
    while let Some((option, after)) = rest.strip_prefix('-').and_then(|rest| rest.split_at_checked(1)) {
        let after = after.trim_start();
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, tail) = after.split_at(digits);
        if !matches!(option, "n" | "r") || number.is_empty() {
            break;
        }
        let number = number.parse().map_err(|_| value_error(format!("-{option} {number} is too large")))?;
        match option {
            "n" => timing.loops = Some(number),
            _ => timing.repeat = number,
        }
        rest = tail.trim_start();
    }
    Ok((timing, rest))
}

/// Runs the statement once, as if it stood alone, and tells how long that took.
pub fn time(shell: &mut Shell, argument: &str, sink: Sink) -> Result<Outcome, Box<Failure>> {
    if argument.is_empty() {
        return Err(value_error("%time takes a statement").help("%time a.sort()").into());
    }
    let show_source = std::mem::replace(&mut shell.manner.show_source, false);
    let start = std::time::Instant::now();
    let ending = shell.enter(argument, sink);
    let taken = start.elapsed();
    shell.manner.show_source = show_source;
    if !shell.manner.json {
        let text = crate::shell::timeit::format_time(taken.as_secs_f64(), None, 3);
        sink(Stream::Out, Markup::new().add(Role::Plain, format!("took {text}\n")));
    }
    Ok(Outcome::Ran(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_before_the_statement() {
        let read = |text| options(text).map(|(timing, rest)| (timing.loops, timing.repeat, rest)).unwrap();
        assert_eq!(read("-n 10 -r3 a + b"), (Some(10), 3, "a + b"));
        assert_eq!(read("-n * 2"), (None, 5, "-n * 2"));
        assert_eq!(read("-a"), (None, 5, "-a"));
        assert_eq!(read(""), (None, 5, ""));
    }
}
