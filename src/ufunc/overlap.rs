//! Would writing the output change an input that is still to be read?
//!
//! NumPy's `NPY_ITER_COPY_IF_OVERLAP`: where an input shares memory with the output otherwise than element by
//! element, the work is done in a copy of the output, which is written back at the end.

use super::scratch::Scratch;
use crate::array::assign::transfer;
use crate::array::cast::Caster;
use crate::array::layout::broadcast::broadcast_for_assignment;
use crate::array::layout::overlap::{Overlap, solve_may_have_internal_overlap, solve_may_share_memory};
use crate::array::{ArrayRef, Layout, Runtime, Scalar};
use crate::error::Result;
use crate::memory::{AlignedBytes, Buffer};
use smallvec::SmallVec;
use std::rc::Rc;

/// Whether input and output are exactly the same elements, each visited once.
pub fn is_same_elements(input: &ArrayRef, output: &ArrayRef) -> Result<bool> {
    let same = Rc::ptr_eq(input, output)
        || (Rc::ptr_eq(&input.buffer_ref(), &output.buffer_ref()) && *input.layout() == *output.layout());
    Ok(same && solve_may_have_internal_overlap(&output.layout(), 1)? == Overlap::No)
}

/// Whether two arrays may have a byte in common, as far as one try can tell.
///
/// # Errors
/// `KeyboardInterrupt`.
pub fn may_share(a: &ArrayRef, b: &ArrayRef) -> Result<bool> {
    if !Rc::ptr_eq(&a.buffer_ref(), &b.buffer_ref()) {
        return Ok(false);
    }
    Ok(solve_may_share_memory(&a.layout(), &b.layout(), 1)? != Overlap::No)
}

/// Whether a walk over both side by side reads each byte of the input before it writes it, though they overlap: what
/// is read is ahead of what is written (`PyArray_EQUIVALENTLY_ITERABLE_OVERLAP_OK`). For a walk to higher addresses only,
/// which is how arrays of positive strides are visited.
pub fn is_read_ahead(input: &ArrayRef, output: &ArrayRef) -> bool {
    let (from, to) = (input.layout(), output.layout());
    let stride = |layout: &Layout| match layout.ndim() {
        1 => layout.strides[0],
        _ => layout.itemsize() as isize,
    };
    let is_one_walk = from.ndim() == 1
        || (from.is_c_contiguous() && to.is_c_contiguous())
        || (from.is_f_contiguous() && to.is_f_contiguous());
    from.shape == to.shape
        && from.size() > 1
        && is_one_walk
        && stride(&to) > 0
        && stride(&from) >= stride(&to)
        && from.offset >= to.offset
}

/// Copies the elements of a layout in one buffer to those of another, to whose shape it is broadcast, casting as C
/// does. Copies nothing where a buffer is only planned.
///
/// # Errors
/// As [`Caster::cast`].
pub fn copy_between(runtime: &Runtime, source: &Buffer, from: &Layout, target: &Buffer, to: &Layout) -> Result<()> {
    let Some(source) = source.bytes() else { return Ok(()) };
    let caster = Caster::new(&from.dtype, &to.dtype);
    copy_bytes(&caster, source, from, target, to)?;
    caster.finish(runtime)
}

/// The same from bytes that are no buffer.
///
/// # Errors
/// As [`Caster::cast`].
pub fn copy_bytes(caster: &Caster, source: &AlignedBytes, from: &Layout, target: &Buffer, to: &Layout) -> Result<()> {
    transfer(caster, to, target, &broadcast_for_assignment(from, &to.shape)?, source)
}

/// Puts one value into every element of a layout.
///
/// # Errors
/// As [`Caster::cast`].
pub fn fill_elements(value: Scalar, target: &Buffer, to: &Layout) -> Result<()> {
    let scratch = Scratch::take()?;
    scratch.put(0, value);
    let caster = Caster::new(&value.dtype(), &to.dtype);
    let (shape, strides) = (SmallVec::new(), SmallVec::new());
    let place = Layout { dtype: value.dtype(), shape, strides, offset: Scratch::scalar(0) };
    transfer(&caster, to, target, &place, scratch.bytes())
}
