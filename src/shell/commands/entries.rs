//! `%hist`: what was entered.

use crate::error::Result;
use crate::report::Markup;
use crate::shell::{Shell, Sink};

/// Lists the entries, numbered from 1.
pub fn run(shell: &mut Shell, _: &str, _: Sink) -> Result<Markup> {
    let mut out = Markup::new();
    for (i, entry) in shell.entries.iter().enumerate() {
        for (n, line) in entry.lines().enumerate() {
            let number = if n == 0 { format!("{:>4}", i + 1) } else { " ".repeat(4) };
            out.line(&format!("{number}  {line}"));
        }
    }
    Ok(out)
}
