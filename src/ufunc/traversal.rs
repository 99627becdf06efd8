//! In which order, and in how few straight runs, are the elements of several operands visited?
//!
//! NumPy's iterator: axes are sorted by the operands' strides (`npyiter_find_best_axis_ordering`), axes on which
//! every operand goes backwards are turned (`npyiter_flip_negative_strides`), and neighbouring axes that every
//! operand walks evenly become one (`npyiter_coalesce_axes`). A new output is laid out in the order found.

use super::scratch::MAX_OPERANDS;
use crate::array::layout::Strides;
use crate::array::{DType, Layout, Order};
use crate::error::Result;
use crate::interrupt;
use smallvec::SmallVec;

/// The most elements between two looks at the interrupt flag.
const PATIENCE: usize = 1 << 20;

/// One axis, as every operand walks it.
#[derive(Clone, Copy)]
struct Axis {
    /// Its number in the broadcast shape.
    number: usize,
    len: usize,
    strides: [isize; MAX_OPERANDS],
}

/// The visit of a broadcast shape.
#[derive(Clone)]
pub struct Traversal {
    /// The fastest first.
    axes: SmallVec<[Axis; 4]>,
    /// The byte where each operand starts.
    starts: SmallVec<[usize; MAX_OPERANDS]>,
}

impl Traversal {
    /// A visit of `shape`, without operands yet, in C order.
    #[inline]
    pub fn new(shape: &[usize]) -> Traversal {
        let axis = |(number, &len)| Axis { number, len, strides: [0; MAX_OPERANDS] };
        Traversal { axes: shape.iter().enumerate().rev().map(axis).collect(), starts: SmallVec::new() }
    }

    /// Adds an operand that is broadcast to the shape: its last axes are the shape's last axes, and axes of
    /// length 1 stay where they are.
    #[inline]
    pub fn add(&mut self, layout: &Layout) {
        self.add_strides(layout.offset, &layout.shape, &layout.strides);
    }

    /// Adds an operand that stays at one element.
    #[inline]
    pub fn add_fixed(&mut self, offset: usize) {
        self.starts.push(offset);
    }

    /// Adds an operand by its parts.
    pub fn add_strides(&mut self, offset: usize, shape: &[usize], strides: &[isize]) {
        let operand = self.starts.len();
        let missing = self.axes.len() - shape.len();
        for axis in &mut self.axes {
            if axis.number >= missing && shape[axis.number - missing] != 1 {
                axis.strides[operand] = strides[axis.number - missing];
            }
        }
        self.starts.push(offset);
    }

    /// Sorts the axes so that the operands' elements are visited in the order asked for; `A` is decided by the
    /// caller.
    pub fn sort(&mut self, order: Order) {
        match order {
            Order::C | Order::A => {}
            Order::F => self.axes.reverse(),
            Order::K => {
                for i in 1..self.axes.len() {
                    let axis = self.axes[i];
                    let mut to = i;
                    for j in (0..i).rev() {
                        match self.goes_before(&axis, &self.axes[j]) {
                            Some(true) => to = j,
                            Some(false) => break,
                            None => {}
                        }
                    }
                    self.axes[to..=i].rotate_right(1);
                }
            }
        }
    }

    /// Whether the outer axis `outer` belongs inside `inner`, by the first operands that tell; where operands
    /// disagree, C order wins.
    fn goes_before(&self, outer: &Axis, inner: &Axis) -> Option<bool> {
        let mut found = None;
        for k in 0..self.starts.len() {
            let (o, i) = (outer.strides[k].unsigned_abs(), inner.strides[k].unsigned_abs());
            if o != 0 && i != 0 {
                if i <= o {
                    return Some(false);
                }
                found = Some(true);
            }
        }
        found
    }

    /// The numbers of the axes, the fastest first.
    pub fn axis_numbers(&self) -> SmallVec<[usize; 8]> {
        self.axes.iter().map(|axis| axis.number).collect()
    }

    /// Takes over the order of the axes of another visit of the same shape.
    pub fn take_order(&mut self, other: &Traversal) {
        let old = self.axes.clone();
        for (axis, like) in self.axes.iter_mut().zip(&other.axes) {
            if let Some(found) = old.iter().find(|axis| axis.number == like.number) {
                *axis = *found;
            }
        }
    }

    /// A layout for a new output: contiguous in the order of the axes.
    pub fn output_layout(&self, dtype: DType) -> Layout {
        let mut strides: Strides = SmallVec::from_elem(0, self.axes.len());
        let mut shape = SmallVec::from_elem(0, self.axes.len());
        let mut step = dtype.itemsize();
        for axis in &self.axes {
            strides[axis.number] = step as isize;
            shape[axis.number] = axis.len;
            step = step.saturating_mul(axis.len.max(1));
        }
        Layout { dtype, shape, strides, offset: 0 }
    }

    /// Turns axes on which every operand goes backwards, and joins axes that every operand walks evenly. `turn`
    /// is false where the order was asked for.
    pub fn coalesce(&mut self, turn: bool) {
        let operands = self.starts.len();
        self.axes.retain(|axis| axis.len != 1);
        for axis in &mut self.axes {
            let strides = &mut axis.strides[..operands];
            if turn && axis.len > 0 && strides.iter().all(|&s| s <= 0) && strides.iter().any(|&s| s < 0) {
                for (start, stride) in self.starts.iter_mut().zip(strides) {
                    *start = start.wrapping_add_signed((axis.len as isize - 1) * *stride);
                    *stride = -*stride;
                }
            }
        }
        let mut joined = 0;
        for i in 1..self.axes.len() {
            let (inner, outer) = (self.axes[joined], self.axes[i]);
            let even = (0..operands).all(|k| outer.strides[k] == inner.strides[k].wrapping_mul(inner.len as isize));
            if even {
                self.axes[joined].len = inner.len.saturating_mul(outer.len);
            } else {
                joined += 1;
                self.axes[joined] = outer;
            }
        }
        self.axes.truncate(joined + 1);
    }

    /// Visits every run: the byte where each operand starts, the strides, and the number of elements. Looks at
    /// the interrupt flag now and then.
    ///
    /// # Errors
    /// What `visit` gives, and `KeyboardInterrupt`.
    pub fn for_each(&self, mut visit: impl FnMut(&[usize], &[isize], usize) -> Result<()>) -> Result<()> {
        let operands = self.starts.len();
        if self.axes.iter().any(|axis| axis.len == 0) {
            return Ok(());
        }
        let Some((inner, outer)) = self.axes.split_first() else {
            return visit(&self.starts, &[0; MAX_OPERANDS][..operands], 1);
        };
        let mut offsets = self.starts.clone();
        let mut index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, outer.len());
        let mut since = 0usize;
        loop {
            visit(&offsets, &inner.strides[..operands], inner.len)?;
            since = since.saturating_add(inner.len);
            if since >= PATIENCE {
                interrupt::check()?;
                since = 0;
            }
            let mut level = 0;
            loop {
                let Some(axis) = outer.get(level) else { return Ok(()) };
                index[level] += 1;
                if index[level] < axis.len {
                    for (offset, stride) in offsets.iter_mut().zip(&axis.strides) {
                        *offset = offset.wrapping_add_signed(*stride);
                    }
                    break;
                }
                index[level] = 0;
                for (offset, stride) in offsets.iter_mut().zip(&axis.strides) {
                    *offset = offset.wrapping_add_signed(-(*stride * (axis.len as isize - 1)));
                }
                level += 1;
            }
        }
    }
}
