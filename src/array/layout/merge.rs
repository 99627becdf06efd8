//! In which order should a kernel visit the elements of its operands, and how long are the runs?
//!
//! A kernel is fast on long runs of evenly spaced elements. So the axes are sorted by stride, an axis that all
//! operands walk backwards is turned round, and neighbouring axes that run on into each other become one:
//! two contiguous (100, 100) arrays are one run of 10,000. What is left is a short list of outer axes and an inner
//! run.
//!
//! Nothing here allocates for up to 4 axes and 4 operands: most arrays that people type have six elements, and for
//! those the set-up is the whole cost. Follows `npyiter_find_best_axis_ordering`, `npyiter_flip_negative_strides`
//! (nditer_constr.c) and `npyiter_coalesce_axes` (nditer_api.c), but drops axes of length 1 first.

use super::k_order::best_axis_order;
use super::{Layout, Order, Shape};
use crate::error::Result;
use crate::interrupt;
use smallvec::SmallVec;

/// Elements between two looks for an interrupt, and the longest run that is handed out at once.
const PATIENCE: usize = 1 << 20;

/// A value for each operand.
pub type PerOperand<T> = SmallVec<[T; 4]>;
/// A stride for each axis and operand: `[axis * operands + operand]`, in bytes.
pub type AxisStrides = SmallVec<[isize; 16]>;

/// How a kernel walks through all its operands at once: outer axes around an inner run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traversal {
    /// Lengths of the outer axes, slowest first.
    pub shape: Shape,
    /// Strides of the outer axes.
    pub strides: AxisStrides,
    /// The byte offset where each operand starts.
    pub offsets: PerOperand<usize>,
    /// The number of elements in each inner run; 0 if there is nothing to visit.
    pub count: usize,
    /// The stride of each operand along the inner run, in bytes. 0 where the run has one element.
    pub inner: PerOperand<isize>,
}

impl Traversal {
    /// The traversal of operands that broadcast to `shape`. `order` C or F visits the elements in that order; K and
    /// A in the order of memory. `flip` allows K to walk backwards where no operand walks forwards: not for kernels
    /// to which the order matters.
    pub fn new(shape: &[usize], operands: &[&Layout], order: Order, flip: bool) -> Traversal {
        let count = operands.len();
        let mut strides: AxisStrides = SmallVec::from_elem(0, shape.len() * count);
        for (op, operand) in operands.iter().enumerate() {
            // aligned at the last axes; an axis of length 1 stretches with stride 0
            for (axis, (&length, &stride)) in operand.shape.iter().zip(&operand.strides).enumerate() {
                debug_assert!(operand.ndim() <= shape.len(), "operands broadcast to the shape");
                let place = (shape.len() + axis).checked_sub(operand.ndim());
                if let Some(place) = place.filter(|_| length != 1) {
                    strides[place * count + op] = stride;
                }
            }
        }
        let offsets = operands.iter().map(|operand| operand.offset).collect();
        Traversal::from_strides(shape, &strides, offsets, order, flip)
    }

    /// The traversal of operands whose strides along each axis of `shape` are known, such as an output that stands
    /// still along a reduced axis: `strides[axis * operands + operand]`.
    pub fn from_strides(
        shape: &[usize],
        strides: &[isize],
        mut offsets: PerOperand<usize>,
        order: Order,
        flip: bool,
    ) -> Traversal {
        let operands = offsets.len();
        let empty = shape.contains(&0);
        // axes that move, slowest first
        let (mut lengths, mut steps) = (Shape::new(), AxisStrides::new());
        if !empty {
            for (axis, &length) in shape.iter().enumerate().filter(|&(_, &length)| length != 1) {
                lengths.push(length);
                steps.extend_from_slice(&strides[axis * operands..(axis + 1) * operands]);
            }
        }
        if lengths.len() > 1 && order != Order::C {
            (lengths, steps) = reorder(&lengths, &steps, operands, order);
        }
        if flip && !matches!(order, Order::C | Order::F) {
            flip_negative_strides(&lengths, &mut steps, &mut offsets);
        }
        coalesce(&mut lengths, &mut steps, operands);
        let count = if empty { 0 } else { lengths.pop().unwrap_or(1) };
        let inner = if steps.is_empty() {
            SmallVec::from_elem(0, operands)
        } else {
            steps.drain(steps.len() - operands..).collect()
        };
        Traversal { shape: lengths, strides: steps, offsets, count, inner }
    }

    /// The number of inner runs.
    pub fn run_count(&self) -> usize {
        if self.count == 0 { 0 } else { self.shape.iter().product() }
    }

    /// Walks over the inner runs.
    pub fn runs(&self) -> Runs<'_> {
        Runs {
            traversal: self,
            index: SmallVec::from_elem(0, self.shape.len()),
            offsets: self.offsets.clone(),
            left: self.run_count(),
            started: false,
        }
    }

    /// Calls `visit` for each inner run, in order, with the byte offset of each operand at its start, the strides and the
    /// number of elements. A very long run comes in parts, and between them interrupts are looked for.
    ///
    /// # Errors
    /// The first error of `visit`; `KeyboardInterrupt`.
    #[inline]
    pub fn for_each_run(&self, mut visit: impl FnMut(&[usize], &[isize], usize) -> Result<()>) -> Result<()> {
        if self.shape.is_empty() && (1..=PATIENCE).contains(&self.count) {
            return visit(&self.offsets, &self.inner, self.count);
        }
        let mut runs = self.runs();
        let mut since = 0;
        while let Some(offsets) = runs.next_run() {
            if self.count <= PATIENCE {
                visit(offsets, &self.inner, self.count)?;
                since += self.count;
                if since >= PATIENCE {
                    interrupt::check()?;
                    since = 0;
                }
                continue;
            }
            let mut starts = PerOperand::from_slice(offsets);
            for first in (0..self.count).step_by(PATIENCE) {
                let count = PATIENCE.min(self.count - first);
                visit(&starts, &self.inner, count)?;
                interrupt::check()?;
                for (start, &step) in starts.iter_mut().zip(&self.inner) {
                    *start = start.wrapping_add_signed(step.wrapping_mul(count as isize));
                }
            }
        }
        Ok(())
    }

    /// Turns the inner run round: it is walked from its end.
    pub fn reverse_inner(&mut self) {
        for (offset, step) in self.offsets.iter_mut().zip(&mut self.inner) {
            let reach = step.wrapping_mul((self.count as isize).saturating_sub(1));
            *offset = offset.wrapping_add_signed(reach);
            *step = step.wrapping_neg();
        }
    }
}

/// The axes from slowest to fastest in this order: F reversed, K and A by stride.
fn reorder(lengths: &[usize], steps: &[isize], operands: usize, order: Order) -> (Shape, AxisStrides) {
    let slowest_first: SmallVec<[usize; 4]> = match order {
        Order::F => (0..lengths.len()).rev().collect(),
        _ => best_axis_order(lengths.len(), operands, steps).into_iter().rev().collect(),
    };
    let mut sorted = AxisStrides::new();
    for &axis in &slowest_first {
        sorted.extend_from_slice(&steps[axis * operands..(axis + 1) * operands]);
    }
    (slowest_first.iter().map(|&axis| lengths[axis]).collect(), sorted)
}

/// Turns round each axis along which some operand walks backwards and none forwards.
fn flip_negative_strides(lengths: &[usize], steps: &mut [isize], offsets: &mut [usize]) {
    let operands = offsets.len();
    for (axis, &length) in lengths.iter().enumerate() {
        let steps = &mut steps[axis * operands..(axis + 1) * operands];
        if steps.iter().all(|&step| step <= 0) && steps.iter().any(|&step| step < 0) {
            for (step, offset) in steps.iter_mut().zip(offsets.iter_mut()) {
                *offset = offset.wrapping_add_signed(step.wrapping_mul(length as isize - 1));
                *step = -*step;
            }
        }
    }
}

/// Makes one axis of neighbours that run on into each other for every operand.
fn coalesce(lengths: &mut Shape, steps: &mut AxisStrides, operands: usize) {
    if lengths.len() < 2 {
        return;
    }
    // `last` is the axis that grows; slower axes are kept in front of it, so the walk goes from slowest to fastest
    let mut last = 0;
    for axis in 1..lengths.len() {
        let length = lengths[axis];
        let runs_on = (0..operands)
            .all(|op| steps[last * operands + op] == steps[axis * operands + op].wrapping_mul(length as isize));
        if runs_on {
            lengths[last] *= length;
        } else {
            last += 1;
            lengths[last] = length;
        }
        steps.copy_within(axis * operands..(axis + 1) * operands, last * operands);
    }
    lengths.truncate(last + 1);
    steps.truncate((last + 1) * operands);
}

/// A walk over the inner runs of a [`Traversal`].
pub struct Runs<'a> {
    traversal: &'a Traversal,
    index: Shape,
    offsets: PerOperand<usize>,
    left: usize,
    started: bool,
}

impl Runs<'_> {
    /// The byte offset of each operand at the start of the next run.
    #[inline]
    pub fn next_run(&mut self) -> Option<&[usize]> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        if self.started {
            self.advance();
        }
        self.started = true;
        Some(&self.offsets)
    }

    /// The index along the outer axes of the run that was handed out last.
    pub fn index(&self) -> &[usize] {
        &self.index
    }

    #[inline]
    fn advance(&mut self) {
        let operands = self.offsets.len();
        for axis in (0..self.index.len()).rev() {
            let steps = &self.traversal.strides[axis * operands..(axis + 1) * operands];
            self.index[axis] += 1;
            if self.index[axis] < self.traversal.shape[axis] {
                for (offset, &step) in self.offsets.iter_mut().zip(steps) {
                    *offset = offset.wrapping_add_signed(step);
                }
                return;
            }
            self.index[axis] = 0;
            let back = self.traversal.shape[axis] as isize - 1;
            for (offset, &step) in self.offsets.iter_mut().zip(steps) {
                *offset = offset.wrapping_sub(step.wrapping_mul(back) as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::transpose::transpose;
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn offsets(traversal: &Traversal) -> Vec<Vec<usize>> {
        let mut all = Vec::new();
        let visit = |starts: &[usize], steps: &[isize], count: usize| {
            for n in 0..count {
                let at = |op: usize| starts[op].wrapping_add_signed(steps[op] * n as isize);
                all.push((0..starts.len()).map(at).collect());
            }
            Ok(())
        };
        traversal.for_each_run(visit).unwrap();
        all
    }

    #[test]
    fn contiguous_operands_are_one_run() {
        let (a, b) = (arange(&[10, 20, 30]), arange(&[10, 20, 30]));
        let t = Traversal::new(&[10, 20, 30], &[&a, &b], Order::K, true);
        assert_eq!((t.shape.len(), t.count, t.inner.as_slice()), (0, 6000, &[8, 8][..]));
        let (a, b) = (transpose(&a, None).unwrap(), transpose(&b, None).unwrap());
        let t = Traversal::new(&[30, 20, 10], &[&a, &b], Order::K, true);
        assert_eq!((t.shape.len(), t.count), (0, 6000));
        let t = Traversal::new(&[30, 20, 10], &[&a, &b], Order::C, true);
        assert_eq!((t.shape.as_slice(), t.count), (&[30, 20][..], 10));
    }

    #[test]
    fn backward_axes_turn_round_only_together() {
        let mut a = arange(&[4]);
        (a.offset, a.strides[0]) = (24, -8);
        let one = Traversal::new(&[4], &[&a], Order::K, true);
        assert_eq!((one.offsets.as_slice(), one.inner.as_slice()), (&[0][..], &[8][..]));
        let two = Traversal::new(&[4], &[&a, &arange(&[4])], Order::K, true);
        assert_eq!(two.inner.as_slice(), [-8, 8]);
        assert_eq!(offsets(&two)[1], [16, 8]);
    }

    #[test]
    fn a_very_long_run_comes_in_parts() {
        let layout = arange(&[PATIENCE * 2 + 5]);
        let (mut walk, mut parts) = (Traversal::new(&layout.shape, &[&layout], Order::K, true), Vec::new());
        walk.reverse_inner();
        walk.for_each_run(|starts, steps, count| {
            parts.push((starts[0], steps[0], count));
            Ok(())
        })
        .unwrap();
        let last = 8 * (PATIENCE * 2 + 4);
        assert_eq!(parts, [(last, -8, PATIENCE), (last - 8 * PATIENCE, -8, PATIENCE), (32, -8, 5)]);
    }

    #[test]
    fn a_row_and_a_column_broadcast() {
        let (row, column) = (arange(&[3]), arange(&[2, 1]));
        let t = Traversal::new(&[2, 3], &[&row, &column], Order::C, true);
        assert_eq!(offsets(&t), [[0, 0], [8, 0], [16, 0], [0, 8], [8, 8], [16, 8]]);
    }

    #[test]
    fn nothing_and_one() {
        assert_eq!(offsets(&Traversal::new(&[3, 0], &[&arange(&[3, 0])], Order::K, true)).len(), 0);
        assert_eq!(offsets(&Traversal::new(&[], &[&arange(&[])], Order::K, true)), [[0]]);
    }
}
