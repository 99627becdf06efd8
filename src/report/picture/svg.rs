//! A map as a drawing: large type, strong contrast, light or dark as the reader's screen is.

use super::title;
use super::xml::escape;
use crate::array::layout::density;
use crate::memory::BufferId;
use crate::report::map::grid::{Content, Grid, LAYERS, Stretch, layers};
use crate::report::map::{label, notes, shade};
use crate::report::paragraph::fold;
use crate::report::size::bytes;
use crate::session::{Lane, Tape};
use std::fmt::Write;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The width of a picture.
const WIDTH: usize = 1280;
const MARGIN: usize = 48;
/// A column of the grid: the width of a digit in the type of the cells.
const COLUMN: usize = 16;
/// A column is stretched so far, where there is room.
const WIDEST_COLUMN: usize = 24;
/// A column of a note.
const NOTE_COLUMN: usize = 12;
/// The height of a line of notes.
const NOTE: usize = 32;
/// The height of the row of offsets.
const OFFSETS: usize = 34;
/// The height of a cell with one line, and with a second one below it.
const CELL: [usize; 2] = [52, 80];
/// Between two lanes.
const GAP: usize = 14;
/// The height of the arcs from element to element.
const ARCS: usize = 52;
/// Lanes of so many elements or fewer get arcs.
const VISITED: usize = 16;
/// Parts of a strip.
const PARTS: usize = 96;
/// The height of a strip.
const STRIP: usize = 30;

/// The colours of the buffers, by number: light, dark. In the order of the terminal's.
const COLOURS: [(&str, &str); 6] = [
    ("#00646e", "#5fd3dc"),
    ("#7a1f8c", "#e59cf2"),
    ("#7d4f00", "#f2c35c"),
    ("#1b6936", "#7fdc97"),
    ("#1a4bb5", "#93bbff"),
    ("#b0211a", "#ff9d95"),
];

/// What all pictures look like.
pub(super) fn style() -> String {
    let mut light = String::from("--paper:#ffffff;--ink:#12161b;--dim:#515b66;");
    let mut dark = String::from("--paper:#10151b;--ink:#f4f6f8;--dim:#aab4bf;");
    for (n, (on_light, on_dark)) in COLOURS.iter().enumerate() {
        light.push_str(&format!("--b{n}:{on_light};"));
        dark.push_str(&format!("--b{n}:{on_dark};"));
    }
    let mut style = format!(":root{{color-scheme:light dark;{light}}}\n");
    let _ = writeln!(style, "@media(prefers-color-scheme:dark){{:root{{{dark}}}}}");
    style.push_str(RULES);
    (0..COLOURS.len()).for_each(|n| {
        let _ = writeln!(style, ".b{n}{{--c:var(--b{n})}}");
    });
    style
}

const RULES: &str = "\
.map text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:26px;fill:var(--ink)}
.map .paper{fill:var(--paper)}
.map .buffer{font-size:30px;font-weight:700;fill:var(--c)}
.map .name{font-weight:700;fill:var(--c)}
.map .offset,.map .shape,.map .fold{font-size:20px;fill:var(--dim)}
.map .index{font-size:22px}
.map .second{font-size:20px;fill:var(--dim)}
.map .note{font-size:20px}
.map .mid{text-anchor:middle}
.map .end{text-anchor:end}
.map .cell{fill:var(--c);fill-opacity:.07;stroke:var(--c);stroke-width:2.5}
.map .values{fill-opacity:.24}
.map .split{stroke-dasharray:9 6}
.map .gap{stroke:var(--dim);stroke-width:3;stroke-linecap:round;stroke-dasharray:.1 10}
.map .tick{stroke:var(--dim);stroke-width:1.5}
.map .visit{fill:none;stroke:var(--c);stroke-width:2.5;stroke-opacity:.85}
.map .back{stroke-dasharray:7 6}
.map .arrow{fill:var(--c)}
.map .frame{fill:none;stroke:var(--dim);stroke-width:1.5}
.map .part{fill:var(--c)}
";

/// The maps of these tapes as one SVG file.
pub fn svg(tapes: &[Tape]) -> String {
    let mut out = drawing(tapes, true);
    out.push('\n');
    out
}

/// The drawing; with its own style where it stands alone.
pub(super) fn drawing(tapes: &[Tape], is_alone: bool) -> String {
    let mut body = String::new();
    let mut y = MARGIN;
    for tape in tapes {
        y = draw_tape(&mut body, tape, y) + MARGIN / 2;
    }
    let height = y + MARGIN / 2;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">"
    );
    let _ = writeln!(out, "<title id=\"title\">{}</title>", escape(&title(tapes)));
    let _ = writeln!(out, "<desc id=\"desc\">{}</desc>", escape(&description(tapes)));
    if is_alone {
        let _ = writeln!(out, "<style>\n{}</style>", style());
    }
    let _ = writeln!(out, "<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>");
    out.push_str(&body);
    out.push_str("</svg>");
    out
}

/// What the drawing shows, in words.
fn description(tapes: &[Tape]) -> String {
    let mut lines = Vec::new();
    for tape in tapes {
        lines.push(format!("Buffer #{}: {}.", tape.buffer, bytes(tape.buffer_bytes)));
        for lane in &tape.lanes {
            let cells: Vec<String> = (lane.cells.iter().take(64))
                .map(|cell| {
                    let texts: Vec<String> = Content::of(lane).iter().map(|content| content.text(cell)).collect();
                    format!("{} at byte {}", texts.join(" "), cell.start)
                })
                .collect();
            let more = if lane.cells.len() > 64 { ", and more" } else { "" };
            lines.push(format!("{}. Cells: {}{more}.", notes::line(tape, lane), cells.join(", ")));
        }
    }
    lines.join("\n")
}

fn colour(buffer: BufferId) -> usize {
    (buffer as usize).wrapping_sub(1) % COLOURS.len()
}

/// Where a tape's columns are.
struct Frame {
    /// The left edge of the tape.
    left: usize,
    /// The width of a column.
    column: usize,
    grid: Grid,
}

impl Frame {
    fn of(tape: &Tape) -> Frame {
        let names = tape.lanes.iter().map(|lane| label(&lane.name).width()).max().unwrap_or(0).max(4);
        let left = MARGIN + names * COLUMN + 24;
        let room = WIDTH - MARGIN - left;
        let grid = Grid::of(tape, room / COLUMN);
        let columns = grid.rows().map(|row| grid.column(row.start, row.end)).max().unwrap_or(1).max(1);
        Frame { left, column: (room / columns).clamp(COLUMN, WIDEST_COLUMN), grid }
    }

    fn x(&self, row: &Range<usize>, byte: usize) -> usize {
        self.left + self.grid.column(row.start, byte) * self.column
    }
}

/// Draws a tape from `y` down, and gives where it ends.
fn draw_tape(out: &mut String, tape: &Tape, mut y: usize) -> usize {
    let frame = Frame::of(tape);
    let _ = writeln!(out, "<g class=\"b{}\">", colour(tape.buffer));
    let planned = if tape.is_planned { ", planned" } else { "" };
    let heading = format!("#{} · {}{planned}", tape.buffer, bytes(tape.buffer_bytes));
    text(out, MARGIN, y + 24, "buffer", &heading);
    y += 48;
    for stretch in &frame.grid.stretches {
        match stretch {
            Stretch::Fold(left_out) => {
                text(out, frame.left, y + 18, "fold", &format!("⋮ {}", bytes(left_out.len())));
                y += 34;
            }
            Stretch::Row(row) => y = draw_row(out, tape, &frame, row, y),
        }
    }
    if !tape.window.is_empty() && (frame.grid.is_folded(tape) || tape.window.len() < tape.buffer_bytes) {
        y = draw_strips(out, tape, &frame, y);
    }
    y += 12;
    for line in notes::lines(tape).iter().flat_map(|line| fold(line, 2, (WIDTH - 2 * MARGIN) / NOTE_COLUMN)) {
        let indent = line.len() - line.trim_start().len();
        text(out, MARGIN + indent * NOTE_COLUMN, y + 20, "note", line.trim_start());
        y += NOTE;
    }
    out.push_str("</g>\n");
    y
}

fn text(out: &mut String, x: usize, y: usize, class: &str, text: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escape(text));
}

/// Draws a row of bytes with all lanes that reach it.
fn draw_row(out: &mut String, tape: &Tape, frame: &Frame, row: &Range<usize>, mut y: usize) -> usize {
    for byte in row.clone().step_by(frame.grid.tick.max(1)) {
        let x = frame.x(row, byte);
        text(out, x + 2, y + 18, "offset", &byte.to_string());
        let _ = writeln!(out, "<path class=\"tick\" d=\"M{x} {}v8\"/>", y + 24);
    }
    y += OFFSETS;
    for lane in &tape.lanes {
        if lane.range.start < row.end && row.start < lane.range.end {
            y = draw_lane(out, lane, frame, row, y);
        }
    }
    y + GAP
}

fn draw_lane(out: &mut String, lane: &Lane, frame: &Frame, row: &Range<usize>, mut y: usize) -> usize {
    let contents = Content::of(lane);
    let height = CELL[usize::from(contents.len() > 1)];
    let layers = layers(lane);
    let count = layers.iter().max().map_or(1, |last| (last + 1).min(LAYERS));
    text(out, MARGIN, y + height / 2 + 9, "name", &label(&lane.name));
    gap(out, lane, frame, row, y + height / 2);
    for layer in 0..count {
        for (cell, _) in lane.cells.iter().zip(&layers).filter(|&(_, &l)| l == layer) {
            let (start, end) = (cell.start.max(row.start), (cell.start + lane.itemsize()).min(row.end));
            if start >= end {
                continue;
            }
            let (x, right) = (frame.x(row, start), frame.x(row, end));
            let values = if contents.first() == Some(&Content::Values) { " values" } else { "" };
            // a cell that goes on in another row has a dashed frame
            let split = if end - start < lane.itemsize() { " split" } else { "" };
            let _ = writeln!(
                out,
                "<rect class=\"cell{values}{split}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{height}\" rx=\"7\"/>",
                x + 2,
                (right - x).saturating_sub(4)
            );
            let middle = (x + right) / 2;
            let room = (right - x) / COLUMN;
            let mut line = y + if contents.len() > 1 { 36 } else { height / 2 + 9 };
            for (n, content) in contents.iter().enumerate() {
                let class = match (n, content) {
                    (0, Content::Values) => "mid",
                    (0, Content::Indices) => "mid index",
                    _ => "mid second",
                };
                text(out, middle, line, class, &crate::report::map::grid::cut(&content.text(cell), room));
                line += 30;
            }
        }
        y += height + if layer + 1 < count { 6 } else { 0 };
    }
    if let Some(visits) = visits(lane, row) {
        arcs(out, lane, frame, row, &visits, y);
        y += ARCS;
    }
    y + GAP
}

/// A dotted line where the lane has no bytes between its first and its last; cells are drawn over it.
fn gap(out: &mut String, lane: &Lane, frame: &Frame, row: &Range<usize>, y: usize) {
    let mut at = lane.range.start.max(row.start);
    let stop = lane.range.end.min(row.end);
    let mut line = |from: usize, to: usize| {
        if from < to {
            let (x, right) = (frame.x(row, from) + 10, frame.x(row, to).saturating_sub(8));
            let _ = writeln!(out, "<path class=\"gap\" d=\"M{x} {y}H{right}\"/>");
        }
    };
    for cell in &lane.cells {
        line(at, cell.start.min(stop));
        at = at.max(cell.start + lane.itemsize());
    }
    line(at, stop);
}

/// The offsets in the order of the visit, where the row holds all of a few elements and the order is not that of
/// the bytes.
fn visits(lane: &Lane, row: &Range<usize>) -> Option<Vec<usize>> {
    let count = lane.layout.size();
    let is_whole = row.start <= lane.range.start && lane.range.end <= row.end;
    if !is_whole || !(2..=VISITED).contains(&count) || lane.range.len() == lane.itemsize() {
        return None;
    }
    let offsets: Vec<usize> = (0..count).map(|n| lane.layout.offset_of(n)).collect();
    offsets.windows(2).any(|pair| pair[0] >= pair[1]).then_some(offsets)
}

/// An arc from each element to the next.
fn arcs(out: &mut String, lane: &Lane, frame: &Frame, row: &Range<usize>, visits: &[usize], y: usize) {
    let middle = |byte: usize| (frame.x(row, byte) + frame.x(row, byte + lane.itemsize())) / 2;
    let farthest = visits.windows(2).map(|pair| pair[0].abs_diff(pair[1])).max().unwrap_or(1).max(1);
    if let Some(&first) = visits.first() {
        let (x, y) = (middle(first) + 10, y + 8);
        let _ = writeln!(out, "<circle class=\"arrow\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>");
    }
    for pair in visits.windows(2) {
        let (from, to) = (middle(pair[0]), middle(pair[1]));
        if from == to {
            continue;
        }
        // arrives before the middle and leaves behind it, so that the two are told apart
        let class = if to > from { "visit" } else { "visit back" };
        let (from, to) = (from + 10, to.saturating_sub(10));
        let depth = 20 + (ARCS - 24) * pair[0].abs_diff(pair[1]) / farthest;
        let (top, bottom) = (y + 3, y + 3 + depth * 4 / 3);
        let _ = writeln!(
            out,
            "<path class=\"{class}\" d=\"M{from} {top}C{from} {bottom} {to} {bottom} {to} {}\"/>",
            y + 12
        );
        let _ = writeln!(out, "<path class=\"arrow\" d=\"M{} {}l6 -11l6 11z\"/>", to - 6, y + 13);
    }
}

/// A strip for each lane: where in the whole buffer it has bytes.
fn draw_strips(out: &mut String, tape: &Tape, frame: &Frame, mut y: usize) -> usize {
    let width = WIDTH - MARGIN - frame.left;
    text(out, frame.left, y + 20, "offset", &format!("the whole buffer: {}", bytes(tape.buffer_bytes)));
    y += 34;
    for lane in &tape.lanes {
        text(out, MARGIN, y + 22, "name", &label(&lane.name));
        let parts = density(&lane.layout, 0..tape.buffer_bytes, PARTS);
        let count = parts.len().max(1);
        for (n, part) in parts.iter().enumerate() {
            let (x, right) = (frame.left + width * n / count, frame.left + width * (n + 1) / count);
            let opacity = match shade(part) {
                Some(0) => continue,
                Some(shade) => [".3", ".5", ".75", "1"][shade.clamp(1, 4) - 1],
                None => ".15",
            };
            let _ = writeln!(
                out,
                "<rect class=\"part\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{STRIP}\" fill-opacity=\"{opacity}\"/>",
                right - x
            );
        }
        let left = frame.left;
        let _ = writeln!(
            out,
            "<rect class=\"frame\" x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{STRIP}\" rx=\"3\"/>"
        );
        y += STRIP + GAP;
    }
    y
}
