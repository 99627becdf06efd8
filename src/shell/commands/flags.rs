//! `%flags ARRAY`: each flag of an array, and why.

use super::Answer;
use crate::error::{type_error, value_error};
use crate::report::{Markup, Role, flag_reasons, wrap};
use crate::shell::{Shell, Sink};
use crate::value::Value;

/// Lists the flags of the array that the argument evaluates to.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    const NAMES: usize = 23;
    if argument.is_empty() {
        return Err(value_error("%flags takes an array").help("%flags a.T").into());
    }
    let array = match shell.session.evaluate(argument)? {
        Some(Value::Array(array)) => array,
        other => {
            let class = other.as_ref().map_or("statement", |value| value.class().name);
            return Err(type_error(format!("%flags takes an array, not a {class}")).into());
        }
    };
    let facts = shell.session.facts(argument, &array);
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
