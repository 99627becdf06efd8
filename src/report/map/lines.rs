//! What walks over an array cost in cache lines: a table with a row for each axis.

use super::label;
use crate::array::layout::cache_lines::{LINE, lines_of_traversal, lines_of_walk, lines_reached};
use crate::report::markup::{Markup, Role};
use crate::report::paragraph::{fold, wrap};
use crate::report::size::{bytes, count, tuple};
use crate::report::table::{self, Row};
use crate::session::{Lane, Tape};

/// The rule behind the numbers.
const RULE: &str = "a line is loaded when an element lies on it and the element before did not: a cache that keeps \
                    more loads less, down to the lines the array lies on";

/// Draws the table of a lane.
pub(super) fn draw(out: &mut Markup, tape: &Tape, lane: &Lane, width: usize) {
    let layout = &lane.layout;
    let on = match lines_reached(layout) {
        Some(lines) => format!("{} line{} of {LINE} B", count(lines), plural(lines)),
        None => format!("at most {} lines of {LINE} B", count(span_lines(lane))),
    };
    let name = label(&lane.name);
    let facts = format!("{name}: {} {} in #{} · on {on}", layout.dtype, tuple(&layout.shape), tape.buffer);
    fold(&facts, 2, width).iter().for_each(|line| {
        out.line(line);
    });
    if layout.ndim() == 0 || layout.size() == 0 {
        return;
    }
    let row = |axis: usize| {
        let lines = lines_of_traversal(layout, axis);
        let traffic = lines.saturating_mul(LINE as u128);
        let visible = layout.nbytes() as u128;
        let cells = vec![
            axis.to_string(),
            layout.shape.get(axis).map_or_else(String::new, usize::to_string),
            layout.strides.get(axis).map_or_else(String::new, |step| format!("{step} B")),
            count(lines_of_walk(layout, axis)),
            count(lines),
            bytes(usize::try_from(traffic).unwrap_or(usize::MAX)),
            used(visible, traffic),
        ];
        Row { cells, buffer: None }
    };
    let header = ["axis", "length", "step", "one walk", "innermost", "traffic", "used"];
    out.extend(table::draw(&header, (0..layout.ndim()).map(row).collect(), width));
}

/// The rule behind the numbers, in words.
pub(super) fn rule(out: &mut Markup, width: usize) {
    for line in wrap(RULE, width) {
        out.add(Role::Dim, line).add(Role::Plain, "\n");
    }
}

/// How much of the traffic is bytes of elements. Elements that share bytes can make it more than all.
fn used(visible: u128, traffic: u128) -> String {
    match traffic {
        0 => String::new(),
        _ if visible >= traffic.saturating_mul(10) => format!("{} times", count(visible / traffic)),
        _ if visible > traffic => format!("{:.1} times", visible as f64 / traffic as f64),
        _ => {
            let share = format!("{:.1}", visible as f64 * 100.0 / traffic as f64);
            format!("{}%", share.strip_suffix(".0").unwrap_or(&share))
        }
    }
}

/// The lines from the first byte to the last.
fn span_lines(lane: &Lane) -> u128 {
    let span = lane.range.len() as u128;
    (lane.range.start as u128 % LINE as u128 + span).div_ceil(LINE as u128)
}

fn plural(n: u128) -> &'static str {
    if n == 1 { "" } else { "s" }
}
