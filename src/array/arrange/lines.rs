//! The one-dimensional lines of arrays along an axis: what sorting, searching and cumulating work on.

use super::super::layout::{Layout, Shape, Strides};
use smallvec::SmallVec;

/// Visits the lines along an axis of `N` layouts that have the same shape but for the length of that axis, in C
/// order of the other axes (`PyArray_IterAllButAxis`). Yields the byte where each layout's line starts.
pub struct Lines<const N: usize> {
    shape: Shape,
    strides: [Strides; N],
    counter: Shape,
    offsets: [usize; N],
    left: usize,
}

impl<const N: usize> Lines<N> {
    /// The lines of `layouts` along `axis`, which is an axis of each.
    pub fn new(layouts: [&Layout; N], axis: usize) -> Lines<N> {
        fn others<T: Copy>(items: &[T], axis: usize) -> SmallVec<[T; 4]> {
            items.iter().enumerate().filter(|&(i, _)| i != axis).map(|(_, &item)| item).collect()
        }
        let shape = layouts.first().map(|layout| others(&layout.shape, axis)).unwrap_or_default();
        Lines {
            counter: SmallVec::from_elem(0, shape.len()),
            strides: layouts.map(|layout| others(&layout.strides, axis)),
            offsets: layouts.map(|layout| layout.offset),
            left: shape.iter().product(),
            shape,
        }
    }
}

impl<const N: usize> Iterator for Lines<N> {
    type Item = [usize; N];

    fn next(&mut self) -> Option<[usize; N]> {
        self.left = self.left.checked_sub(1)?;
        let line = self.offsets;
        for axis in (0..self.shape.len()).rev() {
            self.counter[axis] += 1;
            let back = if self.counter[axis] < self.shape[axis] {
                1
            } else {
                self.counter[axis] = 0;
                1 - self.shape[axis] as isize
            };
            for (offset, strides) in self.offsets.iter_mut().zip(&self.strides) {
                *offset = offset.wrapping_add_signed(back.wrapping_mul(strides[axis]));
            }
            if back == 1 {
                break;
            }
        }
        Some(line)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::dtype::Type;
    use super::super::super::layout::Order;
    use super::*;

    #[test]
    fn lines_along_every_axis() {
        let c = Layout::contiguous(Type::Int16.into(), &[2, 3, 2], Order::C);
        let f = Layout::contiguous(Type::Int16.into(), &[2, 3, 2], Order::F);
        let lines: Vec<_> = Lines::new([&c, &f], 1).collect();
        assert_eq!(lines, [[0, 0], [2, 12], [12, 2], [14, 14]]);
        assert_eq!(Lines::new([&c], 0).count(), 6);
        let line = Layout::contiguous(Type::Int16.into(), &[5], Order::C);
        assert_eq!(Lines::new([&line], 0).collect::<Vec<_>>(), [[0]]);
        let empty = Layout::contiguous(Type::Int16.into(), &[0, 5], Order::C);
        assert_eq!(Lines::new([&empty], 1).count(), 0);
    }
}
