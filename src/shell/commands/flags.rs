//! `%flags ARRAY`: each flag of an array, and why.

use super::Answer;
use super::targets::look_at_array;
use crate::report::{Markup, Role, flag_reasons, wrap};
use crate::shell::{Shell, Sink};

/// Lists the flags of the array that the argument evaluates to.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    const NAMES: usize = 23;
    let facts = look_at_array(shell, "flags", "a.T", argument, |session, array| session.facts(argument, array))?;
    let mut out = Markup::new();
    for (name, set, reason) in flag_reasons(&facts) {
        let mut lines = wrap(&reason, shell.manner.view.width.saturating_sub(NAMES).max(20)).into_iter();
        out.add(Role::Plain, format!("{name:<15} "));
        out.add(if set { Role::Heading } else { Role::Dim }, format!("{:<7}", if set { "True" } else { "False" }));
        out.line(&lines.next().unwrap_or_default());
        lines.for_each(|line| {
            out.line(&format!("{}{line}", " ".repeat(NAMES)));
        });
    }
    Ok(out.into())
}
