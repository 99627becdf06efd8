//! Which bytes does a layout reach, as a set?
//!
//! The sign of a stride, the order of the axes and repeated elements do not matter for that, so a layout boils down
//! to less: a run of bytes, repeated along a few axes with positive strides, the largest first. An axis that steps no
//! farther than the run is long makes the run longer. Two layouts with equal footprints reach the same bytes, however
//! they look; for most arrays the repeats are disjoint, and then counting bytes is a product.

use super::Layout;
use smallvec::SmallVec;

/// Repeats of a block of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Repeat {
    /// Bytes from one to the next; positive.
    pub stride: i64,
    /// How many; more than 1.
    pub count: i64,
}

/// The bytes that a layout reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Footprint {
    /// The first byte.
    pub start: i64,
    /// The axes, from the largest stride to the smallest.
    pub repeats: SmallVec<[Repeat; 4]>,
    /// The length of the innermost run, in bytes.
    pub run: i64,
}

impl Footprint {
    /// The footprint of a layout; `None` for one without elements, or one whose bytes no machine could address.
    pub fn of(layout: &Layout) -> Option<Footprint> {
        if layout.size() == 0 {
            return None;
        }
        let (start, _) = layout.byte_range()?;
        let mut repeats: SmallVec<[Repeat; 4]> = (layout.shape.iter().zip(&layout.strides))
            .filter(|&(&length, &stride)| length > 1 && stride != 0)
            .map(|(&length, &stride)| Repeat { stride: stride.unsigned_abs() as i64, count: length as i64 })
            .collect();
        repeats.sort_by_key(|repeat| repeat.stride);
        let mut run = layout.itemsize() as i64;
        let mut kept: SmallVec<[Repeat; 4]> = SmallVec::new();
        for repeat in repeats {
            match kept.last_mut() {
                None if repeat.stride <= run => run += repeat.stride * (repeat.count - 1),
                // the axis carries the previous one on
                Some(last) if repeat.stride % last.stride == 0 && repeat.stride <= last.stride * last.count => {
                    last.count += repeat.stride / last.stride * (repeat.count - 1);
                }
                _ => kept.push(repeat),
            }
        }
        kept.reverse();
        Some(Footprint { start: start as i64, repeats: kept, run })
    }

    /// Bytes from the first to the last, both counted.
    pub fn span(&self) -> i64 {
        span(&self.repeats, self.run)
    }

    /// Whether the repeats are disjoint because each steps over all that lies within it.
    pub fn is_nested(&self) -> bool {
        is_nested(&self.repeats, self.run)
    }

    /// How many different bytes it has; `None` where the repeats interlock and only a search could tell.
    pub fn distinct(&self) -> Option<i64> {
        if !self.is_nested() {
            return None;
        }
        self.repeats.iter().try_fold(self.run, |n, repeat| n.checked_mul(repeat.count))
    }
}

/// Bytes from the first to the last of a run repeated along these axes.
pub(super) fn span(repeats: &[Repeat], run: i64) -> i64 {
    repeats.iter().fold(run, |n, repeat| n.saturating_add(repeat.stride.saturating_mul(repeat.count - 1)))
}

/// Whether each axis, from the largest stride to the smallest, steps over all that lies within it.
pub(super) fn is_nested(repeats: &[Repeat], run: i64) -> bool {
    (0..repeats.len()).all(|axis| span(&repeats[axis + 1..], run) <= repeats[axis].stride)
}

#[cfg(test)]
mod tests {
    use super::super::{Layout, Order, Shape, Strides};
    use super::*;
    use crate::array::Type;

    fn layout(shape: &[usize], strides: &[isize], offset: usize) -> Layout {
        let contiguous = Layout::contiguous(Type::Int64.into(), shape, Order::C);
        Layout { strides: Strides::from_slice(strides), shape: Shape::from_slice(shape), offset, ..contiguous }
    }

    #[test]
    fn transposed_reversed_and_windowed_arrays_are_one_run() {
        for (shape, strides, offset) in
            [(&[3, 2][..], &[8, 24][..], 0), (&[6], &[-8], 40), (&[4, 3], &[8, 8], 0), (&[5, 6], &[0, 8], 0)]
        {
            let footprint = Footprint::of(&layout(shape, strides, offset)).unwrap();
            assert_eq!((footprint.start, footprint.repeats.len(), footprint.run), (0, 0, 48));
        }
        assert_eq!(Footprint::of(&layout(&[1000, 1], &[8000, 8], 0)).unwrap().distinct(), Some(8000));
    }
}
