//! Where elements are not zero, and how many are not.

use super::super::arrange::Lines;
use super::super::cast::{Caster, Strided};
use super::super::dtype::Type;
use super::super::index::{BLOCK, count_true};
use super::super::layout::{Layout, Order, Shape, Strides, Traversal};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use crate::error::{Result, value_error};
use crate::interrupt;
use crate::memory::{AlignedBytes, Buffer, OutOfMemory, Run};
use smallvec::{SmallVec, smallvec};

/// Reads elements of any dtype as truth values, at most [`BLOCK`] at a time.
pub(super) struct Truths {
    cast: Option<(Caster, AlignedBytes)>,
}

impl Truths {
    /// A reader of the truth of the elements of `layout`.
    pub(super) fn new(layout: &Layout) -> Result<Truths> {
        if layout.dtype.ty() == Type::Bool {
            return Ok(Truths { cast: None });
        }
        let side = AlignedBytes::zeroed(BLOCK).ok_or(OutOfMemory { bytes: BLOCK })?;
        Ok(Truths { cast: Some((Caster::new(&layout.dtype, &Type::Bool.into()), side)) })
    }

    /// The truth of `count` elements: bytes that are 0 or not.
    #[inline]
    pub(super) fn read<'a>(&'a self, elements: Strided<'a>, count: usize) -> Result<Run<'a, u8>> {
        let elements = match &self.cast {
            None => elements,
            Some((caster, side)) => {
                let to = Strided { bytes: side, offset: 0, stride: 1 };
                caster.cast(elements, to, count)?;
                to
            }
        };
        Ok(elements.run::<u8>(count)?)
    }
}

/// `np.count_nonzero(array)`: the number of elements that are not zero; NaN is not (`PyArray_CountNonzero`).
///
/// # Errors
/// `KeyboardInterrupt`.
pub fn count_nonzero(array: &NdArray) -> Result<usize> {
    let layout = array.layout();
    if layout.dtype.ty() == Type::Bool {
        return count_true(array);
    }
    let buffer = array.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(0) };
    let truths = Truths::new(&layout)?;
    let walk = Traversal::new(&layout.shape, &[&layout], Order::K, true);
    let mut found = 0;
    walk.for_each_run(|starts, steps, count| {
        let line = Strided { bytes, offset: starts[0], stride: steps[0] };
        for first in (0..count).step_by(BLOCK) {
            let part = (count - first).min(BLOCK);
            let run = truths.read(line.from(first), part)?;
            found += (0..part).filter(|&i| run.get(i) != 0).count();
        }
        Ok(())
    })?;
    Ok(found)
}

/// `array.nonzero()`: for each axis an `int64` array with the indices of the elements that are not zero, in C order.
/// All of them are views of the columns of one hidden array of shape (count, ndim) (`PyArray_Nonzero`).
///
/// # Errors
/// `ValueError` for a 0-d array; `MemoryError`; as [`count_nonzero`].
pub fn nonzero(runtime: &Runtime, array: &ArrayRef) -> Result<SmallVec<[ArrayRef; 4]>> {
    let layout = array.layout().clone();
    let ndim = layout.ndim();
    if ndim == 0 {
        let advice = if layout.dtype.ty() == Type::Bool {
            " If the context of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`."
        } else {
            ""
        };
        return Err(value_error(format!(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.{advice}"
        )));
    }
    let count = runtime.planned_count(array, 0).map_or_else(|| count_nonzero(array), Ok)?;
    let places = NdArray::zeros(runtime, Type::Int64.into(), &[count, ndim], Order::C)?;
    fill_places(&layout, &array.buffer(), &places.buffer(), count)?;
    let view = |axis: usize| {
        let shape: Shape = smallvec![count];
        let strides: Strides = smallvec![8 * ndim as isize];
        let offset = if count == 0 { 0 } else { 8 * axis };
        NdArray::view(&places, Layout { dtype: Type::Int64.into(), shape, strides, offset })
    };
    Ok((0..ndim).map(view).collect())
}

fn fill_places(layout: &Layout, source: &Buffer, places: &Buffer, count: usize) -> Result<()> {
    let ndim = layout.ndim();
    let (Some(bytes), Some(to)) = (source.bytes(), places.bytes()) else { return Ok(()) };
    let to = to.run::<i64>(0, 8, count * ndim)?;
    let truths = Truths::new(layout)?;
    let last = ndim - 1;
    let (len, stride) = (layout.shape[last], layout.strides[last]);
    let mut index: Shape = SmallVec::from_elem(0, last);
    let mut filled = 0;
    for [start] in Lines::new([layout], last) {
        for first in (0..len).step_by(BLOCK) {
            let n = (len - first).min(BLOCK);
            let run = truths.read(Strided { bytes, offset: start, stride }.from(first), n)?;
            for i in 0..n {
                if run.get(i) != 0 && filled < to.len() {
                    for (axis, &place) in index.iter().enumerate() {
                        to.set(filled + axis, place as i64);
                    }
                    to.set(filled + last, (first + i) as i64);
                    filled += ndim;
                }
            }
        }
        for axis in (0..last).rev() {
            index[axis] += 1;
            if index[axis] < layout.shape[axis] {
                break;
            }
            index[axis] = 0;
        }
        interrupt::check()?;
    }
    Ok(())
}
