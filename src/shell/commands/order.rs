//! `%order ARRAY`: the order in which elements are counted against the order in which memory holds them.

use super::Answer;
use super::targets::array_of;
use crate::report::order::draw;
use crate::shell::{Shell, Sink};

/// Draws both orders of the array that the argument evaluates to.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let array = array_of(shell, "order", "a.T", argument)?;
    let layout = array.layout();
    let buffer = array.buffer_ref().id();
    Ok(draw(argument, &layout, buffer, shell.manner.view.width).into())
}
