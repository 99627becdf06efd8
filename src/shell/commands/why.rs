//! `%why NAME-or-EXPRESSION`: why it is a view or a copy.

use super::Answer;
use crate::error::value_error;
use crate::report;
use crate::shell::{Shell, Sink};

/// Tells how the value came about, what to write instead of a copy, and why each flag is set or not.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    if argument.is_empty() {
        return Err(value_error("%why takes a name or an expression").help("%why a.T.reshape(-1)").into());
    }
    let why = shell.session.why(argument)?;
    Ok(report::why(&why, shell.manner.view.width).into())
}
