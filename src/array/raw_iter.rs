//! In which order elements are moved between arrays: NumPy's raw array iteration.
//!
//! Assignments and copies walk all operands together, in the order of the first one's memory, since that is the one
//! that is written: its axes are sorted by stride, negative strides are turned round, and axes that are one line in
//! every operand become one (`PyArray_PrepareTwoRawArrayIter`, array_assign.c).

use super::layout::{Shape, Strides};
use crate::error::Result;
use crate::interrupt;
use smallvec::SmallVec;

/// Elements between two looks for an interrupt, and the longest run that is handed out at once.
const PATIENCE: usize = 1 << 20;

/// A prepared walk over `N` operands of one shape. Axis 0 is the innermost; there is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawIter<const N: usize> {
    /// The lengths of the merged axes.
    pub shape: Shape,
    /// The strides in bytes of each operand.
    pub strides: [Strides; N],
    /// The byte where each operand starts.
    pub offsets: [usize; N],
}

/// One run of the innermost axis.
#[derive(Clone, Copy, Debug)]
pub struct RawRun<const N: usize> {
    /// The byte where each operand's run starts.
    pub offsets: [usize; N],
    /// The bytes from one element to the next in each operand.
    pub strides: [isize; N],
    /// The number of elements.
    pub count: usize,
}

impl<const N: usize> RawIter<N> {
    /// Prepares the walk over operands that start at `offsets`, with `strides` for the axes of `shape`.
    pub fn new(shape: &[usize], offsets: [usize; N], strides: [&[isize]; N]) -> RawIter<N> {
        let mut iter = RawIter { shape: Shape::new(), strides: [(); N].map(|_| Strides::new()), offsets };
        if shape.contains(&0) {
            iter.push(0, [0; N]);
            return iter;
        }
        let lead = strides[0];
        let mut order: SmallVec<[usize; 4]> = (0..shape.len()).filter(|&axis| shape[axis] != 1).collect();
        // the largest stride outermost, equal ones as they stand
        order.sort_by(|&a, &b| lead[b].unsigned_abs().cmp(&lead[a].unsigned_abs()));
        for &axis in order.iter().rev() {
            let len = shape[axis];
            let mut step: [isize; N] = std::array::from_fn(|i| strides[i][axis]);
            if step[0] < 0 {
                for (stride, offset) in step.iter_mut().zip(&mut iter.offsets) {
                    *offset = offset.wrapping_add_signed(stride.wrapping_mul(len as isize - 1));
                    *stride = stride.wrapping_neg();
                }
            }
            iter.push(len, step);
        }
        if iter.shape.is_empty() {
            iter.push(1, [0; N]);
        }
        iter
    }

    /// Adds an axis outside the others, or makes the outermost one longer where both are one line.
    fn push(&mut self, len: usize, step: [isize; N]) {
        if let Some(last) = self.shape.len().checked_sub(1) {
            let inner = self.shape[last] as isize;
            if self.strides.iter().zip(step).all(|(strides, step)| strides[last].wrapping_mul(inner) == step) {
                self.shape[last] *= len;
                return;
            }
        }
        self.shape.push(len);
        for (strides, step) in self.strides.iter_mut().zip(step) {
            strides.push(step);
        }
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Turns the innermost axis round, so that it is walked from its last element to its first.
    pub fn reverse_inner(&mut self) {
        let Some(&len) = self.shape.first() else { return };
        for (strides, offset) in self.strides.iter_mut().zip(&mut self.offsets) {
            *offset = offset.wrapping_add_signed(strides[0].wrapping_mul(len as isize - 1));
            strides[0] = strides[0].wrapping_neg();
        }
    }

    /// Calls `visit` for every run, the innermost axis at a time (long ones in parts), and looks for interrupts.
    ///
    /// # Errors
    /// The first error of `visit`; `KeyboardInterrupt`.
    pub fn for_each(&self, mut visit: impl FnMut(RawRun<N>) -> Result<()>) -> Result<()> {
        let (Some(&inner), outer) = (self.shape.first(), &self.shape[1..]) else { return Ok(()) };
        if self.size() == 0 {
            return Ok(());
        }
        let strides: [isize; N] = std::array::from_fn(|i| self.strides[i][0]);
        let mut offsets = self.offsets;
        let mut counter: Shape = SmallVec::from_elem(0, outer.len());
        let mut patience = PATIENCE;
        loop {
            let mut first = 0;
            while first < inner {
                let count = (inner - first).min(PATIENCE);
                let start =
                    std::array::from_fn(|i| offsets[i].wrapping_add_signed(strides[i].wrapping_mul(first as isize)));
                visit(RawRun { offsets: start, strides, count })?;
                first += count;
                if count >= patience {
                    interrupt::check()?;
                    patience = PATIENCE;
                } else {
                    patience -= count;
                }
            }
            let mut axis = 0;
            loop {
                if axis == outer.len() {
                    return Ok(());
                }
                counter[axis] += 1;
                let step = if counter[axis] < outer[axis] {
                    1
                } else {
                    counter[axis] = 0;
                    1 - outer[axis] as isize
                };
                for (offset, strides) in offsets.iter_mut().zip(&self.strides) {
                    *offset = offset.wrapping_add_signed(step.wrapping_mul(strides[axis + 1]));
                }
                if step == 1 {
                    break;
                }
                axis += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_in_every_operand_is_one_run() {
        let iter = RawIter::new(&[2, 3, 4], [0, 8], [&[96, 32, 8], &[96, 32, 8]]);
        assert_eq!((iter.shape.as_slice(), iter.offsets), ([24].as_slice(), [0, 8]));
        let iter = RawIter::new(&[2, 3], [16, 0], [&[24, -8], &[24, 8]]);
        assert_eq!((iter.shape.as_slice(), iter.offsets), ([3, 2].as_slice(), [0, 16]));
        assert_eq!(iter.strides[1].as_slice(), [-8, 24]);
        assert_eq!(RawIter::new(&[], [5], [&[]]).shape.as_slice(), [1]);
        assert_eq!(RawIter::new(&[4, 0], [5], [&[0, 8]]).size(), 0);
    }

    #[test]
    fn every_element_is_visited_once_in_the_first_operands_order() {
        let iter = RawIter::new(&[3, 2, 2], [0, 0], [&[8, 24, 48], &[32, 16, 8]]);
        let mut seen = Vec::new();
        iter.for_each(|run| {
            seen.extend((0..run.count as isize).map(|i| {
                run.offsets.map(|o| o as isize).iter().zip(run.strides).map(|(o, s)| o + i * s).collect::<Vec<_>>()
            }));
            Ok(())
        })
        .unwrap();
        let first: Vec<isize> = seen.iter().map(|s| s[0]).collect();
        assert_eq!(first, (0..12).map(|i| 8 * i).collect::<Vec<_>>());
        let mut second: Vec<isize> = seen.iter().map(|s| s[1]).collect();
        second.sort();
        assert_eq!(second, (0..12).map(|i| 8 * i).collect::<Vec<_>>());
    }
}
