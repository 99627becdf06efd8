//! How big is an array? Three answers that differ, and two that its buffer gives.
//!
//! `nbytes` counts what can be seen: it is large for a broadcast view of one element. The span is the stretch
//! of memory from the first byte to the last: it is large for a column. What is reached lies within both. What an
//! array owns, and what it keeps alive, is none of these: it is the whole buffer, or nothing of it.

use super::Layout;
use super::footprint::Footprint;

/// The sizes of an array, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sizes {
    /// `a.nbytes`: elements times item size.
    pub visible: usize,
    /// From the first byte to the last; 0 without elements.
    pub span: usize,
    /// The different bytes it reaches; `None` where elements interlock and only a search could count them.
    pub reached: Option<usize>,
    /// The bytes that were allocated for it: its buffer's, where it is the owner.
    pub owned: usize,
    /// The bytes that it keeps alive: its buffer's, whoever owns them.
    pub pinned: usize,
}

/// The sizes of an array with this layout, over a buffer of so many bytes, which it owns or not.
pub fn sizes(layout: &Layout, buffer: usize, owns: bool) -> Sizes {
    let footprint = Footprint::of(layout);
    Sizes {
        visible: layout.nbytes(),
        span: footprint.as_ref().map_or(0, |footprint| footprint.span() as usize),
        reached: footprint.map_or(Some(0), |footprint| footprint.distinct().map(|bytes| bytes as usize)),
        owned: if owns { buffer } else { 0 },
        pinned: buffer,
    }
}

/// The offsets from the start of the buffer that `np.lib.array_utils.byte_bounds` gives as addresses: of the first
/// byte and past the last. Follows its arithmetic for empty arrays too, where the numbers mean nothing.
pub fn byte_bounds(layout: &Layout) -> (isize, isize) {
    let start = layout.offset as isize;
    if layout.is_c_contiguous() {
        return (start, start.wrapping_add(layout.nbytes() as isize));
    }
    let (mut low, mut high) = (start, start);
    for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
        let reach = stride.wrapping_mul(length as isize - 1);
        if stride < 0 {
            low = low.wrapping_add(reach);
        } else {
            high = high.wrapping_add(reach);
        }
    }
    (low, high.wrapping_add(layout.itemsize() as isize))
}

#[cfg(test)]
mod tests {
    use super::super::broadcast::broadcast_to;
    use super::super::{BasicIndex, Order, Slice, basic_index};
    use super::*;
    use crate::array::Type;

    #[test]
    fn a_column_spans_what_it_does_not_show() {
        let q = Layout::contiguous(Type::Float64.into(), &[1000, 1000], Order::C);
        let first = Slice { stop: Some(1), ..Slice::default() };
        let column = basic_index(&q, &[BasicIndex::Slice(Slice::default()), BasicIndex::Slice(first)]).unwrap();
        let (all, some) = (8_000_000, Some(8000));
        let expected = Sizes { visible: 8000, span: 7_992_008, reached: some, owned: 0, pinned: all };
        assert_eq!(sizes(&column, all, false), expected);
        let one = Layout::contiguous(Type::Int64.into(), &[], Order::C);
        let wide = broadcast_to(&one, &[10, 1_000_000_000_000]).unwrap();
        let expected = Sizes { visible: 80_000_000_000_000, span: 8, reached: Some(8), owned: 0, pinned: 8 };
        assert_eq!(sizes(&wide, 8, false), expected);
    }
}
