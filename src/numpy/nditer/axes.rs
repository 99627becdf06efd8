//! In which order does an iterator go through the axes of its operands? (`nditer_constr.c`)

use crate::array::Order;
use crate::array::layout::{Layout, Shape};
use smallvec::SmallVec;

/// One axis of an iteration: its length, the bytes from one element to the next in each operand, and which axis of the
/// broadcast shape it is, where that is still one; whether it is walked from its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The number of places.
    pub length: usize,
    /// Bytes from one place to the next, for each operand.
    pub strides: SmallVec<[isize; 4]>,
    /// The axis of the broadcast shape.
    pub number: usize,
    /// Whether it is walked from its end.
    pub is_reversed: bool,
}

/// The axes in the order in which they are walked, the slowest first, and where each operand starts, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The axes, the slowest first.
    pub axes: Vec<Axis>,
    /// The bytes where the first elements stand.
    pub starts: Vec<usize>,
}

impl Walk {
    /// The walk over operands that were all stretched to `shape`.
    pub fn new(shape: &[usize], layouts: &[Layout], order: Order) -> Walk {
        let axis = |number: usize| Axis {
            length: shape[number],
            strides: layouts.iter().map(|layout| layout.strides[number]).collect(),
            number,
            is_reversed: false,
        };
        let mut axes: Vec<Axis> = (0..shape.len()).map(axis).collect();
        let mut starts: Vec<usize> = layouts.iter().map(|layout| layout.offset).collect();
        let fortran = match order {
            Order::F => true,
            Order::A => layouts.iter().all(|layout| layout.is_f_contiguous() && !layout.is_c_contiguous()),
            Order::C | Order::K => false,
        };
        if fortran {
            axes.reverse();
        }
        if order == Order::K {
            sort(&mut axes);
            flip(&mut axes, &mut starts);
        }
        Walk { axes, starts }
    }

    /// The number of places.
    pub fn size(&self) -> usize {
        self.axes.iter().fold(1, |size, axis| size.saturating_mul(axis.length))
    }

    /// Makes one axis of two wherever every operand goes on evenly from one to the other.
    pub fn coalesce(&mut self) {
        let mut joined: Vec<Axis> = Vec::new();
        for inner in std::mem::take(&mut self.axes) {
            let Some(outer) = joined.last_mut() else {
                joined.push(inner);
                continue;
            };
            let runs_on = |k: usize| {
                let (a, b) = (outer.strides[k], inner.strides[k]);
                let still = |axis: &Axis, stride: isize| axis.length == 1 && stride == 0;
                still(outer, a) || still(&inner, b) || b.wrapping_mul(inner.length as isize) == a
            };
            let all = (0..inner.strides.len()).all(runs_on) || outer.length == 1 || inner.length == 1;
            if all {
                if inner.length != 1 {
                    outer.strides = inner.strides;
                }
                outer.length = outer.length.saturating_mul(inner.length);
            } else {
                joined.push(inner);
            }
        }
        self.axes = joined;
    }

    /// The bytes where operand `k` stands at place number `number`.
    pub fn offset(&self, k: usize, mut number: usize) -> usize {
        let mut offset = self.starts[k];
        for axis in self.axes.iter().rev() {
            let length = axis.length.max(1);
            offset = offset.wrapping_add_signed(axis.strides[k].wrapping_mul((number % length) as isize));
            number /= length;
        }
        offset
    }

    /// The index of place `number` in the broadcast shape of `ndim` axes.
    pub fn index(&self, mut number: usize, ndim: usize) -> Shape {
        let mut index = Shape::from_elem(0, ndim);
        for axis in self.axes.iter().rev() {
            let length = axis.length.max(1);
            let place = number % length;
            if let Some(slot) = index.get_mut(axis.number) {
                *slot = if axis.is_reversed { length - 1 - place } else { place };
            }
            number /= length;
        }
        index
    }

    /// The number of the place with this index.
    pub fn number(&self, index: &[usize]) -> usize {
        self.axes.iter().fold(0, |number, axis| {
            let place = index.get(axis.number).copied().unwrap_or(0);
            let place = if axis.is_reversed { axis.length.saturating_sub(1 + place) } else { place };
            number * axis.length + place
        })
    }
}

/// Sorts axes so that memory is gone through as it lies (`npyiter_find_best_axis_ordering`): insertion by the operands'
/// strides, C order where they do not decide.
fn sort(axes: &mut Vec<Axis>) {
    axes.reverse();
    for at in 1..axes.len() {
        let mut place = at;
        for other in (0..at).rev() {
            let (mut is_decided, mut swaps) = (false, false);
            for (mine, theirs) in axes[at].strides.iter().zip(&axes[other].strides) {
                if *mine != 0 && *theirs != 0 {
                    if theirs.unsigned_abs() <= mine.unsigned_abs() {
                        swaps = false;
                    } else if !is_decided {
                        swaps = true;
                    }
                    is_decided = true;
                }
            }
            if is_decided {
                if !swaps {
                    break;
                }
                place = other;
            }
        }
        let axis = axes.remove(at);
        axes.insert(place, axis);
    }
    axes.reverse();
}

/// Walks axes from their ends where no operand goes up (`npyiter_flip_negative_strides`).
fn flip(axes: &mut [Axis], starts: &mut [usize]) {
    for axis in axes {
        let never_up = axis.strides.iter().all(|&stride| stride <= 0);
        if never_up && axis.strides.iter().any(|&stride| stride < 0) {
            for (start, stride) in starts.iter_mut().zip(&mut axis.strides) {
                let reach = stride.wrapping_mul(axis.length.saturating_sub(1) as isize);
                *start = start.wrapping_add_signed(reach);
                *stride = -*stride;
            }
            axis.is_reversed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Type;

    #[test]
    fn memory_is_gone_through_as_it_lies() {
        let layout = Layout::contiguous(Type::Int64.into(), &[2, 3], Order::C);
        let turned = crate::array::layout::transpose::permute(&layout, &[1, 0]);
        let mut walk = Walk::new(&turned.shape, std::slice::from_ref(&turned), Order::K);
        assert_eq!((0..6).map(|n| walk.offset(0, n)).collect::<Vec<_>>(), [0, 8, 16, 24, 32, 40]);
        assert_eq!(walk.index(1, 2).as_slice(), [1, 0]);
        assert_eq!(walk.number(&[1, 0]), 1);
        walk.coalesce();
        assert_eq!((walk.axes.len(), walk.size()), (1, 6));
        let c = Walk::new(&turned.shape, std::slice::from_ref(&turned), Order::C);
        assert_eq!((0..3).map(|n| c.offset(0, n)).collect::<Vec<_>>(), [0, 24, 8]);
    }
}
