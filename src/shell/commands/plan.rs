//! `%plan`: what a statement would do, without doing it.

use super::Answer;
use crate::error::value_error;
use crate::report::{self, Markup};
use crate::session::Effort;
use crate::shell::{Shell, Sink};

/// The plan of the statement, or of each of the statements.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    if argument.is_empty() {
        return Err(value_error("%plan takes an expression or a statement").help("%plan a.T.reshape(-1) + 1").into());
    }
    let mut out = Markup::new();
    for plan in shell.session.plan(argument, Effort::ASKED)? {
        out.extend(report::plan(&plan, shell.manner.view.width));
    }
    Ok(out.into())
}
