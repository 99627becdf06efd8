//! `%timeit`: how long a statement takes.

use crate::error::{Result, value_error};
use crate::report::Markup;
use crate::shell::timeit::{Timing, time};
use crate::shell::{Shell, Sink};

/// Times the statement in this workspace.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Result<Markup> {
    let mut timing = Timing { statement: String::new(), setup: String::new(), loops: None, repeat: 5, unit: None };
    let mut rest = argument;
    while let Some((option, after)) = option(rest) {
        let after = after.trim_start();
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        let (number, tail) = after.split_at(end);
        let number = number.parse::<u64>().map_err(|_| value_error(format!("-{option} takes a number")))?;
        match option {
            'n' => timing.loops = Some(number),
            _ => timing.repeat = number as usize,
        }
        rest = tail.trim_start();
    }
    if rest.is_empty() {
        return Err(value_error("%timeit takes a statement"));
    }
    timing.statement = rest.to_string();
    let timed = time(&mut shell.session, &timing)?;
    let mut out = Markup::new();
    out.line(&timed.line(None));
    Ok(out)
}

/// The option a text starts with, and the text after it.
fn option(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix('-')?;
    let option = rest.chars().next().filter(|c| matches!(c, 'n' | 'r'))?;
    let after = &rest[1..];
    after.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit()).then_some((option, after))
}
