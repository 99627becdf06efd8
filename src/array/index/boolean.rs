//! `a[mask]` with a mask of the array's own shape.

use super::super::cast::{Caster, Strided, warn_discards_imaginary};
use super::super::layout::Order;
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::scatter::{BLOCK, count_true, each_true, gather, scatter};
use crate::error::{Result, type_error, value_error};
use crate::memory::{AlignedBytes, OutOfMemory};

/// The elements where `mask` is true, in C order, as a new 1-d array (`array_boolean_subscript`).
pub(super) fn get(runtime: &Runtime, array: &ArrayRef, mask: &ArrayRef) -> Result<ArrayRef> {
    let count = runtime.count_selected(mask)?;
    let layout = array.layout();
    let result = NdArray::zeros(runtime, layout.dtype.clone(), &[count], Order::C)?;
    let (source, truths, target) = (array.buffer(), mask.buffer(), result.buffer());
    let (Some(from), Some(truths), Some(to)) = (source.bytes(), truths.bytes(), target.bytes()) else {
        return Ok(result);
    };
    let itemsize = layout.itemsize();
    let mut done = 0;
    each_true(&layout, &mask.layout(), truths, Order::C, |places| {
        let dst = Strided { bytes: to, offset: done * itemsize, stride: itemsize as isize };
        done += places.len();
        gather(from, places, dst, &layout.dtype)
    })?;
    drop(layout);
    Ok(result)
}

/// Puts the values of `source`, 0-d or 1-d, where `mask` is true (`array_assign_boolean_subscript`).
pub(super) fn set(runtime: &Runtime, array: &ArrayRef, mask: &ArrayRef, source: &ArrayRef) -> Result<()> {
    if source.ndim() > 1 {
        return Err(type_error(format!(
            "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {} dimensions",
            source.ndim()
        )));
    }
    if mask.buffer_ref().is_planned() {
        return Ok(());
    }
    let count = count_true(mask)?;
    let (layout, values) = (array.layout(), source.layout().clone());
    let (step, order) = match values.shape.first() {
        Some(&len) if len != 1 => {
            if len != count {
                return Err(value_error(format!(
                    "NumPy boolean array indexing assignment cannot assign {len} input values to the {count} output \
                     values where the mask is true"
                )));
            }
            (values.strides[0], Order::C)
        }
        _ => (0, Order::K),
    };
    warn_if_any(runtime, count, &values.dtype, &layout.dtype);
    let (read, truths, write) = (source.buffer(), mask.buffer(), array.buffer());
    let (Some(from), Some(truths), Some(to)) = (read.bytes(), truths.bytes(), write.bytes()) else { return Ok(()) };
    let caster = Caster::new(&values.dtype, &layout.dtype);
    let same = values.dtype == layout.dtype;
    let size = layout.itemsize();
    let side = AlignedBytes::zeroed(BLOCK * size).ok_or(OutOfMemory { bytes: BLOCK * size })?;
    let mut done = 0;
    each_true(&layout, &mask.layout(), truths, order, |places| {
        let src = Strided { bytes: from, offset: values.offset, stride: step }.from(done);
        done += places.len();
        if same {
            return scatter(src, to, places, &layout.dtype);
        }
        let cast = Strided { bytes: &side, offset: 0, stride: size as isize };
        caster.cast(src, cast, places.len())?;
        scatter(cast, to, places, &layout.dtype)
    })?;
    caster.finish(runtime)
}

/// NumPy makes the casting loop, which warns, only where there is something to cast.
fn warn_if_any(runtime: &Runtime, count: usize, from: &super::super::DType, to: &super::super::DType) {
    if count > 0 {
        warn_discards_imaginary(runtime, from, to);
    }
}
