//! Which elements have a byte in a stretch of the buffer? The way back from a byte offset to indices.
//!
//! An element starts at `offset + Σ sᵢ xᵢ`. With negative strides turned round and the axes sorted by stride, each
//! axis can only take those indices from which the rest still reaches the stretch. Where an axis steps over all
//! that lies within it, that is one index or two, so the way down is as short as the list of axes. Axes of stride 0
//! are left out: all their indices show the same bytes.

use super::Layout;
use smallvec::SmallVec;
use std::ops::Range;

/// The index of an element along each axis; `None` for every index of an axis of stride 0.
pub type CellIndex = SmallVec<[Option<usize>; 4]>;

/// An element, or all elements that differ only along axes of stride 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Its first byte in the buffer.
    pub start: usize,
    /// Where it stands in the array.
    pub index: CellIndex,
}

/// The elements in a stretch of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// In the order of their first bytes, then of their indices.
    pub found: Vec<Cell>,
    /// Whether these are all; a search that takes too long is given up.
    pub is_complete: bool,
}

/// An axis that moves.
struct Axis {
    number: usize,
    /// Bytes; positive.
    stride: i128,
    /// The last index.
    last: i128,
    is_reversed: bool,
}

/// The elements of a layout that have at least one byte in `bytes`, found in at most `effort` steps.
pub fn cells_within(layout: &Layout, bytes: Range<usize>, effort: usize) -> Cells {
    if layout.size() == 0 || layout.itemsize() == 0 || bytes.is_empty() {
        return Cells { found: Vec::new(), is_complete: true };
    }
    let mut low = layout.offset as i128;
    let mut index: CellIndex = SmallVec::from_elem(Some(0), layout.ndim());
    let mut axes: SmallVec<[Axis; 4]> = SmallVec::new();
    for (number, (&length, &stride)) in layout.shape.iter().zip(&layout.strides).enumerate() {
        if length < 2 {
            continue;
        }
        if stride == 0 {
            index[number] = None;
            continue;
        }
        let last = length as i128 - 1;
        low += (stride as i128).min(0) * last;
        axes.push(Axis { number, stride: (stride as i128).abs(), last, is_reversed: stride < 0 });
    }
    axes.sort_by_key(|axis| std::cmp::Reverse(axis.stride));
    let mut reaches: SmallVec<[i128; 5]> = SmallVec::from_elem(0, axes.len() + 1);
    for (at, axis) in axes.iter().enumerate().rev() {
        reaches[at] = reaches[at + 1] + axis.stride * axis.last;
    }
    let from = bytes.start as i128 - low - layout.itemsize() as i128 + 1;
    let to = bytes.end as i128 - low - 1;
    let mut search = Search { axes, reaches, low, index, effort, found: Vec::new() };
    let is_complete = search.descend(0, from, to, 0);
    search.found.sort_unstable();
    Cells { found: search.found, is_complete }
}

struct Search {
    axes: SmallVec<[Axis; 4]>,
    /// How far the axes from each on can reach, in bytes.
    reaches: SmallVec<[i128; 5]>,
    low: i128,
    index: CellIndex,
    effort: usize,
    found: Vec<Cell>,
}

impl Search {
    /// Takes each index of axis `at` from which the later axes can reach a distance in `from..=to`; `done` is the
    /// distance so far. Whether the search came to its end.
    fn descend(&mut self, at: usize, from: i128, to: i128, done: i128) -> bool {
        let Some(axis) = self.axes.get(at) else {
            if from <= 0 && 0 <= to {
                let start = (self.low + done) as usize;
                self.found.push(Cell { start, index: self.index.clone() });
            }
            return true;
        };
        let Axis { number, stride, last, is_reversed } = *axis;
        let rest = self.reaches[at + 1];
        let first = (from - rest).max(0).div_euclid(stride) + i128::from((from - rest).max(0) % stride != 0);
        let end = if to < 0 { -1 } else { (to / stride).min(last) };
        let mut x = first;
        while x <= end {
            if self.effort == 0 {
                return false;
            }
            self.effort -= 1;
            self.index[number] = Some((if is_reversed { last - x } else { x }) as usize);
            let step = x * stride;
            if !self.descend(at + 1, from - step, to - step, done + step) {
                return false;
            }
            x += 1;
        }
        true
    }
}

/// Places in subscripts as one writes them: `[1,2]`, `[:,0]`, `[()]` without axes.
pub fn index_text(index: &[Option<usize>], between: &str) -> String {
    if index.is_empty() {
        return "[()]".to_string();
    }
    let items: Vec<String> = index.iter().map(|item| item.map_or_else(|| ":".into(), |n| n.to_string())).collect();
    format!("[{}]", items.join(between))
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Shape, Strides};
    use super::*;
    use crate::array::Type;

    fn layout(shape: &[usize], strides: &[isize], offset: usize) -> Layout {
        let contiguous = Layout::contiguous(Type::Int64.into(), shape, Order::C);
        Layout { strides: Strides::from_slice(strides), shape: Shape::from_slice(shape), offset, ..contiguous }
    }

    fn texts(layout: &Layout, bytes: Range<usize>) -> Vec<String> {
        let cells = cells_within(layout, bytes, 1000);
        assert!(cells.is_complete);
        cells.found.iter().map(|cell| format!("{}{}", cell.start, index_text(&cell.index, ","))).collect()
    }

    #[test]
    fn a_byte_leads_back_to_the_index() {
        assert_eq!(texts(&layout(&[3, 2], &[8, 24], 0), 40..41), ["40[2,1]"]);
        assert_eq!(texts(&layout(&[6], &[-8], 40), 0..9), ["0[5]", "8[4]"]);
        assert_eq!(texts(&layout(&[3, 3], &[8, 8], 0), 16..17), ["16[0,2]", "16[1,1]", "16[2,0]"]);
        assert_eq!(texts(&layout(&[10, 1_000_000_000], &[0, 0], 8), 0..16), ["8[:,:]"]);
        assert_eq!(texts(&layout(&[], &[], 3), 10..11), ["3[()]"]);
        assert!(texts(&layout(&[2], &[16], 0), 8..16).is_empty());
    }

    #[test]
    fn large_arrays_are_answered_at_once_and_long_searches_given_up() {
        let big = layout(&[30_000, 30_000], &[8, 240_000], 0);
        assert_eq!(texts(&big, 7_199_999_999..7_200_000_000), ["7199999992[29999,29999]"]);
        let crossed = layout(&[1_000_000, 1_000_000], &[8, 8], 0);
        let cells = cells_within(&crossed, 4_000_000..4_000_001, 1000);
        assert!(!cells.is_complete && !cells.found.is_empty());
    }
}
