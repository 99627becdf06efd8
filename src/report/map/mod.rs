//! The map of a buffer: one tape of bytes, one lane an array, and what the lanes say of each other.

pub mod grid;
pub mod hex;
pub mod lines;
pub mod notes;
mod strip;

pub use strip::{SHADES, shade};

use super::markup::{Markup, Role};
use super::paragraph::fold;
use super::size::{bytes, tuple};
use crate::array::layout::cache_lines::LINE;
use crate::session::{Lane, Tape};
use grid::{Content, Grid, LAYERS, Stretch, cut, layers};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The longest name that is shown whole.
const LONGEST: usize = 16;

/// A name that is not too long; of a long expression the start.
pub fn label(name: &str) -> String {
    cut(name.lines().next().unwrap_or(""), LONGEST)
}

/// A line of a map while it is drawn: each column with its role.
struct Canvas(Vec<(char, Role)>);

impl Canvas {
    fn new(columns: usize) -> Canvas {
        Canvas(vec![(' ', Role::Plain); columns])
    }

    fn put(&mut self, at: usize, c: char, role: Role) {
        if let Some(place) = self.0.get_mut(at) {
            *place = (c, role);
        }
    }

    /// The text, from column `at` to before column `end`, cut where it is longer.
    fn write(&mut self, at: usize, end: usize, text: &str, role: Role) {
        let end = end.min(self.0.len());
        for (n, c) in cut(text, end.saturating_sub(at)).chars().enumerate() {
            self.put(at + n, c, role);
        }
    }

    /// The line, without blanks at its end.
    fn finish(self, out: &mut Markup) {
        let end = self.0.iter().rposition(|(c, _)| *c != ' ').map_or(0, |at| at + 1);
        let mut at = 0;
        while at < end {
            let role = self.0[at].1;
            let run: String = self.0[at..end].iter().take_while(|(_, r)| *r == role).map(|(c, _)| *c).collect();
            at += run.chars().count();
            out.add(role, run);
        }
        out.add(Role::Plain, "\n");
    }
}

/// The columns before the tape: names and shapes.
struct Labels {
    names: usize,
    shapes: usize,
}

impl Labels {
    /// Shapes are left out where they would take too much of the width.
    fn of(tape: &Tape, width: usize) -> Labels {
        let names = tape.lanes.iter().map(|lane| label(&lane.name).width()).max().unwrap_or(0);
        let names = names.max(format!("#{}", tape.buffer).len());
        let shapes = tape.lanes.iter().map(|lane| tuple(&lane.layout.shape).len()).max().unwrap_or(0);
        let shapes = shapes.max(bytes(tape.buffer_bytes).len());
        Labels { names, shapes: if names + shapes + 3 <= width / 3 { shapes } else { 0 } }
    }

    fn width(&self) -> usize {
        self.names + 2 + if self.shapes > 0 { self.shapes + 1 } else { 0 }
    }

    fn add(&self, out: &mut Markup, tape: &Tape, name: &str, shape: &str) {
        let name = label(name);
        let blanks = " ".repeat(self.names.saturating_sub(name.width()) + 2);
        out.add(Role::Buffer(tape.buffer), name).add(Role::Plain, blanks);
        if self.shapes > 0 {
            out.add(Role::Dim, format!("{shape:<0$} ", self.shapes));
        }
    }
}

/// What a map shows beside the cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// A ruler of cache lines, and what walks along each axis cost.
    pub lines: bool,
}

/// How many elements to list at each end of a lane for a map of this width.
pub fn reach(width: usize) -> usize {
    width.max(80) * 3
}

/// Draws the maps of these tapes, `width` columns wide.
pub fn draw(tapes: &[Tape], extras: Extras, width: usize) -> Markup {
    let mut out = Markup::new();
    for (at, tape) in tapes.iter().enumerate() {
        if at > 0 {
            out.add(Role::Plain, "\n");
        }
        draw_tape(&mut out, tape, extras, width);
    }
    if extras.lines {
        lines::rule(&mut out, width);
    }
    out
}

fn draw_tape(out: &mut Markup, tape: &Tape, extras: Extras, width: usize) {
    let labels = Labels::of(tape, width);
    let room = width.saturating_sub(labels.width() + 1).max(8);
    let grid = Grid::of(tape, room);
    let mut is_first = true;
    if tape.window.is_empty() {
        labels.add(out, tape, &format!("#{}", tape.buffer), &bytes(tape.buffer_bytes));
        out.add(Role::Plain, "\n");
        for lane in &tape.lanes {
            labels.add(out, tape, &lane.name, &tuple(&lane.layout.shape));
            out.add(Role::Dim, "no elements").add(Role::Plain, "\n");
        }
    }
    for stretch in &grid.stretches {
        match stretch {
            Stretch::Fold(left_out) => {
                out.add(Role::Dim, format!("{}⋮ {}", " ".repeat(labels.width()), bytes(left_out.len())));
                out.add(Role::Plain, "\n");
            }
            Stretch::Row(row) => {
                match is_first {
                    true => labels.add(out, tape, &format!("#{}", tape.buffer), &bytes(tape.buffer_bytes)),
                    false => {
                        out.add(Role::Plain, " ".repeat(labels.width()));
                    }
                }
                header(out, &grid, row, width.saturating_sub(labels.width()));
                if extras.lines {
                    out.add(Role::Plain, " ".repeat(labels.width()));
                    ruler(out, &grid, row);
                }
                let is_here = |lane: &&Lane| lane.range.start < row.end && row.start < lane.range.end;
                for lane in tape.lanes.iter().filter(|lane| is_first || is_here(lane)) {
                    draw_lane(out, tape, lane, &labels, &grid, row);
                }
                is_first = false;
            }
        }
    }
    if !tape.window.is_empty() && (grid.is_folded(tape) || tape.window.len() < tape.buffer_bytes) {
        strip::draw(out, tape, labels.names + 2, width);
    }
    match extras.lines {
        true => tape.lanes.iter().for_each(|lane| lines::draw(out, tape, lane, width)),
        false => {
            for line in notes::lines(tape).iter().flat_map(|line| fold(line, 2, width)) {
                out.line(&line);
            }
        }
    }
}

/// The offsets above a row.
fn header(out: &mut Markup, grid: &Grid, row: &Range<usize>, room: usize) {
    let mut canvas = Canvas::new((grid.column(row.start, row.end) + row.end.to_string().len()).min(room));
    for byte in row.clone().step_by(grid.tick.max(1)) {
        let (at, text) = (grid.column(row.start, byte), byte.to_string());
        if at + text.len() <= room {
            canvas.write(at, usize::MAX, &text, Role::Dim);
        }
    }
    canvas.finish(out);
}

/// The cache lines above a row: where each starts, and its number.
fn ruler(out: &mut Markup, grid: &Grid, row: &Range<usize>) {
    let columns = grid.column(row.start, row.end);
    let mut canvas = Canvas::new(columns + 1);
    (0..columns).for_each(|at| canvas.put(at, '─', Role::Dim));
    let mut line = row.start / LINE;
    while line * LINE < row.end {
        let start = (line * LINE).max(row.start);
        // a line that starts within a unit is marked at the unit
        let at = (start - row.start) * grid.columns / grid.unit;
        let end = ((line + 1) * LINE).min(row.end);
        let end = (end - row.start) * grid.columns / grid.unit;
        if start == line * LINE {
            canvas.put(at, '├', Role::Dim);
        }
        let text = format!(" line {line} ");
        if text.len() + 2 <= end.saturating_sub(at) {
            canvas.write(at + 2, end, &text, Role::Heading);
        }
        line += 1;
    }
    if row.end.is_multiple_of(LINE) {
        canvas.put(columns, '┤', Role::Dim);
    }
    canvas.finish(out);
}

/// The lines of a lane in a row.
fn draw_lane(out: &mut Markup, tape: &Tape, lane: &Lane, labels: &Labels, grid: &Grid, row: &Range<usize>) {
    let layers = layers(lane);
    let count = layers.iter().max().map_or(1, |last| (last + 1).min(LAYERS));
    let mut is_first = true;
    for content in Content::of(lane) {
        for layer in 0..count {
            match is_first {
                true => labels.add(out, tape, &lane.name, &tuple(&lane.layout.shape)),
                false => {
                    out.add(Role::Plain, " ".repeat(labels.width()));
                }
            }
            is_first = false;
            let mut canvas = Canvas::new(grid.column(row.start, row.end) + 1);
            if layer == 0 {
                gap(&mut canvas, lane, grid, row);
            }
            let here = lane.cells.iter().zip(&layers).filter(|&(_, &l)| l == layer);
            for (cell, _) in here {
                draw_cell(&mut canvas, cell.start..cell.start + lane.itemsize(), &content.text(cell), grid, row);
            }
            canvas.finish(out);
        }
    }
}

/// Dots where the lane may have bytes; cells are drawn over them.
fn gap(canvas: &mut Canvas, lane: &Lane, grid: &Grid, row: &Range<usize>) {
    let (start, end) = (lane.range.start.max(row.start), lane.range.end.min(row.end));
    if start < end {
        for at in grid.column(row.start, start)..grid.column(row.start, end) {
            canvas.put(at, '·', Role::Dim);
        }
    }
}

/// A cell; a dashed bar where it goes on in another row.
fn draw_cell(canvas: &mut Canvas, cell: Range<usize>, text: &str, grid: &Grid, row: &Range<usize>) {
    let (start, end) = (cell.start.max(row.start), cell.end.min(row.end));
    if start >= end {
        return;
    }
    let (left, right) = (grid.column(row.start, start), grid.column(row.start, end));
    let bar = |is_edge: bool| if is_edge { '│' } else { '┆' };
    (left..right).for_each(|at| canvas.put(at, ' ', Role::Plain));
    canvas.put(left, bar(start == cell.start), Role::Dim);
    canvas.put(right, bar(end == cell.end), Role::Dim);
    let blank = usize::from(right - left > text.chars().count() + 2);
    canvas.write(left + 1 + blank, right, text, Role::Plain);
}
