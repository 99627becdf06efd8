//! How are the bytes of a tape spread over columns and rows?
//!
//! All cells of all lanes start and end at multiples of one unit of bytes, so every unit gets the same number of
//! columns, and whatever stands on the same bytes stands below each other.

use crate::array::layout::cells::index_text;
use crate::array::layout::cut::gcd;
use crate::session::{Lane, Tape, TapeCell};
use std::ops::Range;

/// A window of so many rows is drawn whole.
const WHOLE_ROWS: usize = 8;
/// Rows at most, where a window is folded.
const FOLDED_ROWS: usize = 12;
/// The longest text of a value that is shown whole.
const LONGEST_VALUE: usize = 12;
/// The longest text of an index that is shown whole.
const LONGEST_INDEX: usize = 24;
/// Cells of one lane that overlap each other are drawn in so many lines at most.
pub const LAYERS: usize = 4;

/// What the cells of a lane show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The values.
    Values,
    /// The indices.
    Indices,
}

impl Content {
    /// What a lane shows, line by line: values where it is the one that shows them, and indices unless the place says
    /// them.
    pub fn of(lane: &Lane) -> &'static [Content] {
        match (lane.shows_values, lane.is_plain()) {
            (true, true) => &[Content::Values],
            (true, false) => &[Content::Values, Content::Indices],
            (false, _) => &[Content::Indices],
        }
    }

    /// The text in a cell.
    pub fn text(self, cell: &TapeCell) -> String {
        match self {
            Content::Values => cut(cell.value.as_deref().unwrap_or("?"), LONGEST_VALUE),
            Content::Indices if cell.count > 1 || !cell.is_counted => {
                let more = if cell.is_counted { "" } else { "+" };
                cut(&format!("{}×{}{more}", index_text(&cell.index, ","), cell.count), LONGEST_INDEX)
            }
            Content::Indices => cut(&index_text(&cell.index, ","), LONGEST_INDEX),
        }
    }
}

/// The start of the text, with `…` where it is longer than `length`.
pub fn cut(text: &str, length: usize) -> String {
    match text.chars().count() > length {
        true => text.chars().take(length.saturating_sub(1)).chain(['…']).collect(),
        false => text.to_string(),
    }
}

/// A part of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// A row of bytes that is drawn.
    Row(Range<usize>),
    /// Bytes that are not.
    Fold(Range<usize>),
}

/// Where the bytes of a tape are drawn.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Cells start and end at multiples of so many bytes from the start of the window.
    pub unit: usize,
    /// Columns a unit.
    pub columns: usize,
    /// Bytes from one offset in the header to the next.
    pub tick: usize,
    /// The rows and what is left out between them, in order.
    pub stretches: Vec<Stretch>,
}

impl Grid {
    /// The grid of a tape in rows of `room` columns.
    pub fn of(tape: &Tape, room: usize) -> Grid {
        let room = room.max(4);
        let unit = unit(tape);
        let widest = tape.lanes.iter().map(Lane::itemsize).max().unwrap_or(1).max(unit);
        let mut columns = tape.lanes.iter().map(|lane| columns(lane, unit)).max().unwrap_or(4).clamp(1, room);
        if room / columns * unit < widest {
            // the text is cut, so that a row holds at least one whole cell
            columns = (room / widest.div_ceil(unit)).max(1);
        }
        let row = row_bytes(tape, room / columns * unit, widest).max(unit);
        let digits = tape.window.end.to_string().len();
        let mut tick = tape.lanes.first().map_or(unit, Lane::itemsize).max(unit);
        while tick / unit * columns <= digits && tick < row {
            tick *= 2;
        }
        Grid { unit, columns, tick, stretches: stretches(tape, row) }
    }

    /// The column of a byte in the row that starts at byte `start`.
    pub fn column(&self, start: usize, byte: usize) -> usize {
        byte.saturating_sub(start) / self.unit * self.columns
    }

    /// Whether bytes of a lane are left out.
    pub fn is_folded(&self, tape: &Tape) -> bool {
        let is_lanes = |bytes: &Range<usize>| {
            tape.lanes.iter().any(|lane| lane.range.start < bytes.end && bytes.start < lane.range.end)
        };
        self.stretches.iter().any(|stretch| matches!(stretch, Stretch::Fold(bytes) if is_lanes(bytes)))
    }

    /// The rows that are drawn.
    pub fn rows(&self) -> impl Iterator<Item = &Range<usize>> {
        self.stretches.iter().filter_map(|stretch| match stretch {
            Stretch::Row(row) => Some(row),
            Stretch::Fold(_) => None,
        })
    }
}

/// The greatest number of bytes of which every cell's start and end is a multiple, from the start of the window.
fn unit(tape: &Tape) -> usize {
    let of_lane = |unit: usize, lane: &Lane| {
        if lane.range.is_empty() {
            return unit;
        }
        let steps = lane.layout.shape.iter().zip(&lane.layout.strides).filter(|&(&length, _)| length > 1);
        let unit = gcd(gcd(unit, lane.itemsize()), lane.range.start - tape.window.start);
        steps.fold(unit, |unit, (_, stride)| gcd(unit, stride.unsigned_abs()))
    };
    tape.lanes.iter().fold(tape.window.len(), of_lane).max(1)
}

/// Columns a unit for all of a lane's texts: a bar and a blank before each.
fn columns(lane: &Lane, unit: usize) -> usize {
    let texts = Content::of(lane).iter().flat_map(|content| lane.cells.iter().map(|cell| content.text(cell)));
    let longest = texts.map(|text| text.chars().count()).max().unwrap_or(1);
    (longest + 3).div_ceil((lane.itemsize() / unit).max(1))
}

/// The bytes of a row of at most `most` bytes: whole cells, and whole rows of an array where they fit.
fn row_bytes(tape: &Tape, most: usize, widest: usize) -> usize {
    if tape.window.len() <= most {
        return tape.window.len();
    }
    let steps = tape.lanes.iter().flat_map(|lane| lane.layout.shape.iter().zip(&lane.layout.strides));
    let best = steps
        .filter(|&(&length, _)| length > 1)
        .map(|(_, stride)| stride.unsigned_abs())
        .filter(|&step| step > widest && step <= most && step % widest == 0)
        .max();
    match best {
        Some(step) => most / step * step,
        None => {
            let cells = (most / widest).max(1);
            // round offsets, where that costs few columns
            let round = 1 << cells.ilog2();
            widest * if round * 4 >= cells * 3 { round } else { cells }
        }
    }
}

/// All rows with bytes of a lane where they are few; else for each lane the first and the last that it reaches, of the first lane one more.
fn stretches(tape: &Tape, row: usize) -> Vec<Stretch> {
    let window = &tape.window;
    let count = window.len().div_ceil(row);
    let range = |n: usize| window.start + n * row..(window.start + n * row).saturating_add(row).min(window.end);
    let numbers: Vec<usize> = if count <= WHOLE_ROWS && tape.stretches.len() <= 1 {
        (0..count).collect()
    } else {
        let mut numbers: Vec<usize> = Vec::new();
        for (at, lane) in tape.lanes.iter().enumerate().filter(|(_, lane)| !lane.range.is_empty()) {
            let first = (lane.range.start - window.start) / row;
            let last = (lane.range.end - 1 - window.start) / row;
            numbers.extend([first, last]);
            numbers.extend((at == 0 && first < last).then_some(first + 1));
        }
        numbers.sort_unstable();
        numbers.dedup();
        if let Some(&last) = numbers.last() {
            numbers.truncate(FOLDED_ROWS - 1);
            numbers.push(last);
            numbers.dedup();
        }
        numbers
    };
    let mut stretches = Vec::new();
    let mut next = window.start;
    let is_empty =
        |row: &Range<usize>| !tape.lanes.iter().any(|lane| lane.range.start < row.end && row.start < lane.range.end);
    for row in numbers.into_iter().map(range).filter(|row| !is_empty(row)) {
        if row.start > next {
            stretches.push(Stretch::Fold(next..row.start));
        }
        next = row.end;
        stretches.push(Stretch::Row(row));
    }
    if next < window.end {
        stretches.push(Stretch::Fold(next..window.end));
    }
    stretches
}

/// The line in which each cell of a lane is drawn, so that none lies on another.
pub fn layers(lane: &Lane) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let place = |cell: &TapeCell| {
        let end = cell.start + lane.layout.itemsize();
        match ends.iter().position(|&taken| taken <= cell.start) {
            Some(layer) => {
                ends[layer] = end;
                layer
            }
            None => {
                ends.push(end);
                ends.len() - 1
            }
        }
    };
    lane.cells.iter().map(place).collect()
}
