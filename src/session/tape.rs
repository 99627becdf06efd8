//! Where the elements of arrays stand in their buffers: one tape of bytes a buffer, with one lane an array.
//!
//! Only the ends of each lane are listed, so a tape of 8 GB is as quick as one of 48 bytes. No other element is read.

use crate::array::layout::cells::CellIndex;
use crate::array::layout::{Layout, cells_touched, cells_within};
use crate::array::printing::{PrintOptions, item_text};
use crate::array::{ArrayRef, Item};
use crate::memory::{Buffer, BufferId};
use std::ops::Range;

/// Steps that are spent on listing the cells of a lane.
const EFFORT: usize = 20_000;
/// A buffer of so many bytes or fewer is shown from its start to its end.
const SMALL: usize = 256;
/// With so many lanes or fewer, each says which other it touches; more only say so of the first.
const PAIRED: usize = 6;

/// The bytes of one buffer, and the arrays over them.
#[derive(Clone, Debug)]
pub struct Tape {
    /// The buffer.
    pub buffer: BufferId,
    /// Its length in bytes.
    pub buffer_bytes: usize,
    /// Whether it is a size with no bytes, so that there are no values.
    pub is_planned: bool,
    /// The arrays, in the order they were asked for.
    pub lanes: Vec<Lane>,
    /// From the first byte that a lane reaches to behind the last; the whole buffer where that is small.
    pub window: Range<usize>,
    /// The parts of the window whose cells are listed, in order and apart.
    pub stretches: Vec<Range<usize>>,
}

/// One array on a tape.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What it is called.
    pub name: String,
    /// How it lies in the buffer.
    pub layout: Layout,
    /// Whether the buffer was allocated for it.
    pub is_owner: bool,
    /// Whether it is the lane that shows values: the first owner's, or the first of all where no owner is among them.
    pub shows_values: bool,
    /// The bytes it reaches, from the first to behind the last; empty where it has no elements.
    pub range: Range<usize>,
    /// Its cells in the stretches, in the order of the bytes.
    pub cells: Vec<TapeCell>,
    /// Whether those are all in the stretches; a search that takes too long is given up.
    pub is_complete: bool,
    /// Other lanes, and which of their elements lie on its bytes (`a[0:3]`); `None` where none does.
    pub touches: Vec<(String, Option<String>)>,
}

/// A place for an element in a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TapeCell {
    /// Its first byte.
    pub start: usize,
    /// The index of the first element there; `None` for every index of an axis that does not move.
    pub index: CellIndex,
    /// How many elements stand exactly there, axes that do not move not counted.
    pub count: usize,
    /// Whether there are no more; a search that takes too long is given up.
    pub is_counted: bool,
    /// The value, as NumPy prints a scalar; `None` in a planned buffer.
    pub value: Option<String>,
    /// The bytes; none in a planned buffer.
    pub bytes: Vec<u8>,
}

impl Lane {
    /// Bytes an element.
    pub fn itemsize(&self) -> usize {
        self.layout.itemsize()
    }

    /// Whether its elements follow each other in the order of their indices along a single axis, from the start of
    /// the range to its end: then the place on the tape says the index.
    pub fn is_plain(&self) -> bool {
        self.layout.ndim() == 1 && self.layout.is_c_contiguous()
    }
}

/// The tapes of these arrays, one a buffer, in the order in which the buffers come. At each end of a lane as many
/// bytes are listed as `reach` of the largest elements take, to both sides.
pub fn tapes(arrays: &[(String, ArrayRef)], reach: usize, options: &PrintOptions) -> Vec<Tape> {
    let mut buffers: Vec<BufferId> = Vec::new();
    for (_, array) in arrays {
        let id = array.buffer_ref().id();
        if !buffers.contains(&id) {
            buffers.push(id);
        }
    }
    let of = |id: BufferId| {
        let same: Vec<&(String, ArrayRef)> = arrays.iter().filter(|(_, array)| array.buffer_ref().id() == id).collect();
        tape(&same, reach, options)
    };
    buffers.into_iter().filter_map(of).collect()
}

/// The tape of arrays that share a buffer.
fn tape(arrays: &[&(String, ArrayRef)], reach: usize, options: &PrintOptions) -> Option<Tape> {
    let buffer = arrays.first()?.1.buffer();
    let ranges: Vec<Range<usize>> = arrays.iter().map(|(_, array)| range_of(&array.layout())).collect();
    let reached = || ranges.iter().filter(|range| !range.is_empty());
    let is_small = buffer.len() <= SMALL && reached().next().is_some();
    let low = reached().map(|range| range.start).min().filter(|_| !is_small).unwrap_or(0);
    let high = if is_small { buffer.len() } else { reached().map(|range| range.end).max().unwrap_or(0) };
    let widest = arrays.iter().map(|(_, array)| array.layout().itemsize()).max().unwrap_or(1);
    let stretches = stretches(&ranges, &(low..high), reach.saturating_mul(widest));
    let values = arrays.iter().position(|(_, array)| array.owns_data()).unwrap_or(0);
    let lane = |(at, (name, array)): (usize, &&(String, ArrayRef))| {
        let layout = array.layout().clone();
        let (cells, is_complete) = cells(&layout, &buffer, &stretches, options);
        Lane {
            name: name.clone(),
            is_owner: array.owns_data(),
            shows_values: at == values && !buffer.is_planned(),
            range: ranges.get(at).cloned().unwrap_or_default(),
            touches: touches(arrays, at),
            layout,
            cells,
            is_complete,
        }
    };
    Some(Tape {
        buffer: buffer.id(),
        buffer_bytes: buffer.len(),
        is_planned: buffer.is_planned(),
        lanes: arrays.iter().enumerate().map(lane).collect(),
        window: low..high,
        stretches,
    })
}

/// The bytes that a layout reaches, from the first to behind the last.
fn range_of(layout: &Layout) -> Range<usize> {
    match layout.byte_range() {
        Some((low, high)) if low >= 0 && high > low => low as usize..high as usize,
        _ => 0..0,
    }
}

/// `reach` bytes around both ends of each range, within the window, joined where they meet.
fn stretches(ranges: &[Range<usize>], window: &Range<usize>, reach: usize) -> Vec<Range<usize>> {
    let around = |at: usize| at.saturating_sub(reach).max(window.start)..at.saturating_add(reach).min(window.end);
    let mut all: Vec<Range<usize>> = ranges
        .iter()
        .filter(|range| !range.is_empty())
        .flat_map(|range| [around(range.start), around(range.end)])
        .collect();
    all.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in all {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The cells of a layout in the stretches, and whether those are all.
fn cells(
    layout: &Layout,
    buffer: &Buffer,
    stretches: &[Range<usize>],
    options: &PrintOptions,
) -> (Vec<TapeCell>, bool) {
    let mut cells: Vec<TapeCell> = Vec::new();
    let mut is_complete = true;
    for stretch in stretches {
        let within = cells_within(layout, stretch.clone(), EFFORT / stretches.len());
        is_complete &= within.is_complete;
        let first = cells.len();
        for cell in within.found {
            match cells.last_mut() {
                Some(last) if last.start == cell.start => last.count += usize::from(last.index != cell.index),
                // listed with the stretch before
                Some(last) if last.start > cell.start => {}
                _ => cells.push(tape_cell(cell.start, cell.index, layout, buffer, options)),
            }
        }
        cells.iter_mut().skip(first).for_each(|cell| cell.is_counted = within.is_complete);
    }
    (cells, is_complete)
}

/// The cell of the element that starts at byte `start`.
pub(super) fn tape_cell(
    start: usize,
    index: CellIndex,
    layout: &Layout,
    buffer: &Buffer,
    options: &PrintOptions,
) -> TapeCell {
    let bytes: Vec<u8> = buffer.cells().iter().skip(start).take(layout.itemsize()).map(|byte| byte.get()).collect();
    let value = (!buffer.is_planned()).then(|| item_text(&Item::read(buffer, start, &layout.dtype), options));
    TapeCell { start, index, count: 1, is_counted: true, value, bytes }
}

/// What the lane at `at` says of the lanes before it.
fn touches(arrays: &[&(String, ArrayRef)], at: usize) -> Vec<(String, Option<String>)> {
    let Some((_, array)) = arrays.get(at) else { return Vec::new() };
    let told = if arrays.len() <= PAIRED { at } else { at.min(1) };
    let touched = |(name, other): &(String, ArrayRef)| {
        let layout = other.layout();
        (name.clone(), cells_touched(&layout, &array.layout()).text(name, &layout.shape))
    };
    arrays.iter().take(told).map(|pair| touched(pair)).collect()
}
