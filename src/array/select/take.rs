//! `take` and `compress`: whole slices along an axis, by index.

use super::super::arrange::check_axis;
use super::super::assign::{arrays_overlap, copyto};
use super::super::cast::{Casting, require_cast};
use super::super::copied::CopyReason;
use super::super::copy::{Requirements, from_array};
use super::super::dtype::Type;
use super::super::index::Gathered;
use super::super::layout::basic_index::normalize_index;
use super::super::layout::{Order, Shape};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::ClipMode;
use super::nonzero::nonzero;
use crate::error::{Result, index_error, value_error};
use crate::memory::{AlignedBytes, Plain};
use crate::{interrupt, with_unit};

/// `np.take(array, indices, axis, out, mode)`: the slices of `array` along the axis that `indices` (of any shape)
/// name. `axis=None` takes from the flattened array (`PyArray_TakeFrom`).
///
/// # Errors
/// `AxisError`; `IndexError: index 7 is out of bounds for axis 0 with size 5`, `cannot do a non-empty take from an empty
/// axes.`; `TypeError` for indices or an `out` that do not cast; `ValueError: output array does not match result of
/// ndarray.take`; `MemoryError`.
pub fn take(
    runtime: &Runtime,
    array: &ArrayRef,
    indices: &ArrayRef,
    axis: Option<isize>,
    out: Option<&ArrayRef>,
    mode: ClipMode,
) -> Result<ArrayRef> {
    take_because(runtime, array, indices, axis, out, mode, |axis, indices| {
        Gathered::along(axis, indices, &array.layout())
    })
}

/// [`take`], with what gathers the elements.
fn take_because(
    runtime: &Runtime,
    array: &ArrayRef,
    indices: &ArrayRef,
    axis: Option<isize>,
    out: Option<&ArrayRef>,
    mode: ClipMode,
    gathered: impl FnOnce(usize, &ArrayRef) -> Gathered,
) -> Result<ArrayRef> {
    let (source, axis) = check_axis(runtime, array, axis)?;
    let source = from_array(runtime, &source, &source.dtype(), Requirements::CARRAY, Casting::Safe)?;
    let writeable = Requirements { writeable: true, ..Requirements::CARRAY };
    let indices = from_array(runtime, indices, &Type::Int64.into(), writeable, Casting::SameKind)?;
    let (shape, places) = (source.shape(), indices.shape());
    let result_shape: Shape = shape[..axis].iter().chain(&places).chain(&shape[axis + 1..]).copied().collect();
    let dtype = source.dtype();
    // what is written: the result itself, or a buffer for `out` where it must not change before all went well
    let target = match out {
        None => {
            let result = NdArray::zeros(runtime, dtype.clone(), &result_shape, Order::C)?;
            if runtime.ledger.is_recording() {
                let reason = CopyReason::Gathered(gathered(axis, &indices));
                runtime.record_copy(array, &result, reason);
            }
            result
        }
        Some(out) => {
            if out.shape() != result_shape {
                return Err(value_error("output array does not match result of ndarray.take"));
            }
            require_cast(&out.dtype(), &dtype, Casting::Safe, out.ndim() == 0)?;
            let copy = mode == ClipMode::Raise || arrays_overlap(out, &source);
            let target = from_array(runtime, out, &dtype, Requirements { copy, ..writeable }, Casting::Safe)?;
            out.require_writeable("WRITEBACKIFCOPY base")?;
            target
        }
    };
    let len = shape[axis];
    if len == 0 && target.size() != 0 {
        return Err(index_error("cannot do a non-empty take from an empty axes."));
    }
    let count = |lens: &[usize]| lens.iter().product::<usize>();
    let slices = Slices { outer: count(&shape[..axis]), len, chunk: count(&shape[axis + 1..]), axis, mode };
    let (read, index, write) = (source.buffer(), indices.buffer(), target.buffer());
    if let (Some(from), Some(index), Some(to)) = (read.bytes(), index.bytes(), write.bytes()) {
        let (from_start, to_start) = (source.layout().offset, target.layout().offset);
        let index = index.run::<i64>(indices.layout().offset, 8, indices.size())?;
        let places: Vec<i64> = (0..index.len()).map(|i| index.get(i)).collect();
        // What is no number is moved as its bytes.
        let (ty, unit) = if dtype.is_number() { (dtype.ty(), 1) } else { (Type::UInt8, dtype.itemsize()) };
        let slices = Slices { chunk: slices.chunk * unit, ..slices };
        with_unit!(ty, T => slices.copy::<T>((from, from_start), (to, to_start), &places)?);
    }
    let Some(out) = out else { return Ok(target) };
    if std::rc::Rc::ptr_eq(out, &target) {
        runtime.record_write(out, None);
    } else {
        copyto(runtime, out, &target, Casting::Unsafe, None)?;
    }
    Ok(std::rc::Rc::clone(out))
}

/// A C-contiguous array seen as `outer` blocks of `len` slices of `chunk` elements.
struct Slices {
    outer: usize,
    len: usize,
    chunk: usize,
    axis: usize,
    mode: ClipMode,
}

impl Slices {
    /// Copies the slices at `places` of every block, one after the other.
    fn copy<T: Plain>(
        &self,
        (from, from_start): (&AlignedBytes, usize),
        (to, to_start): (&AlignedBytes, usize),
        places: &[i64],
    ) -> Result<()> {
        let (chunk, size) = (self.chunk, size_of::<T>() as isize);
        let from = from.run::<T>(from_start, size, self.outer * self.len * chunk)?;
        let to = to.run::<T>(to_start, size, self.outer * places.len() * chunk)?;
        let (Some(from), Some(to)) = (from.cells(), to.cells()) else { return Ok(()) };
        if self.outer == 0 {
            return Ok(());
        }
        if to.is_empty() {
            return places.iter().try_for_each(|&place| self.place(place).map(drop));
        }
        let mut targets = to.chunks_exact(chunk);
        for block in from.chunks_exact(self.len * chunk) {
            for (i, &place) in places.iter().enumerate() {
                let first = self.place(place)? * chunk;
                let (Some(slice), Some(target)) = (block.get(first..first + chunk), targets.next()) else { break };
                for (to, from) in target.iter().zip(slice) {
                    to.set(from.get());
                }
                if i % (1 << 16) == 0 {
                    interrupt::check()?;
                }
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn place(&self, index: i64) -> Result<usize> {
        match self.mode.adjust(index, self.len) {
            Some(place) => Ok(place),
            None => normalize_index(index as isize, self.len, self.axis),
        }
    }
}

/// `np.compress(condition, array, axis, out)`: the slices for which the 1-d condition is true (`PyArray_Compress`).
///
/// # Errors
/// `ValueError: condition must be a 1-d array`; as [`take`].
pub fn compress(
    runtime: &Runtime,
    array: &ArrayRef,
    condition: &ArrayRef,
    axis: Option<isize>,
    out: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    if condition.ndim() != 1 {
        return Err(value_error("condition must be a 1-d array"));
    }
    let places = nonzero(runtime, condition)?;
    match places.first() {
        Some(places) => {
            take_because(runtime, array, places, axis, out, ClipMode::Raise, |axis, _| Gathered::by_mask(axis))
        }
        None => Err(value_error("condition must be a 1-d array")),
    }
}
