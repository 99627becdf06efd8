//! `%hist`: what was entered.

use super::Answer;
use crate::report::{Markup, Role, code};
use crate::shell::{Shell, Sink};

/// Lists the entries, numbered from 1.
pub fn run(shell: &mut Shell, _: &str, _: Sink) -> Answer {
    let mut out = Markup::new();
    for (i, entry) in shell.entries.iter().enumerate() {
        for (n, line) in entry.lines().enumerate() {
            let number = if n == 0 { format!("{:>4}  ", i + 1) } else { " ".repeat(6) };
            out.add(Role::Dim, number).extend(code(line)).add(Role::Plain, "\n");
        }
    }
    Ok(out.into())
}
