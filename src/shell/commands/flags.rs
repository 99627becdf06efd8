//! `%flags NAME`: each flag of an array, and why.

use crate::error::{Result, type_error, value_error};
use crate::report::{Markup, flag_reasons};
use crate::shell::{Shell, Sink};
use crate::value::Value;

/// Lists the flags of the array that the argument evaluates to.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Result<Markup> {
    if argument.is_empty() {
        return Err(value_error("%flags takes the name of an array"));
    }
    let Some(Value::Array(array)) = shell.session.evaluate(argument)? else {
        return Err(type_error(format!("{argument} is no array")));
    };
    let facts = shell.session.facts(argument, &array);
    let mut out = Markup::new();
    for (name, set, reason) in flag_reasons(&facts) {
        out.line(&format!("{name:<15} {:<5}  {reason}", if set { "True" } else { "False" }));
    }
    Ok(out)
}
