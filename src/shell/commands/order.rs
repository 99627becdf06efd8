//! `%order ARRAY`: the order in which elements are counted against the order in which memory holds them.

use super::Answer;
use super::targets::look_at_array;
use crate::report::order::draw;
use crate::shell::{Shell, Sink};

/// Draws both orders of the array that the argument evaluates to.
pub fn run(shell: &mut Shell, argument: &str, _: Sink) -> Answer {
    let width = shell.manner.view.width;
    let drawn = look_at_array(shell, "order", "a.T", argument, |_, array| {
        draw(argument, &array.layout(), array.buffer_ref().id(), width)
    })?;
    Ok(drawn.into())
}
