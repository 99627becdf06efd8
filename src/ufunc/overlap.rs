//! Would writing the output change an input that is still to be read?
//!
//! NumPy's `NPY_ITER_COPY_IF_OVERLAP`: where an input shares memory with the output otherwise than element by
//! element, the work is done in a copy of the output, which is written back at the end.

use super::scratch::Scratch;
use super::visit::for_each_run;
use crate::array::cast::{Caster, Strided};
use crate::array::layout::Traversal;
use crate::array::{ArrayRef, Layout, Order, Runtime, Scalar};
use crate::error::Result;
use crate::memory::{AlignedBytes, Buffer};
use std::rc::Rc;

/// Whether input and output are exactly the same elements, each visited once.
pub fn is_same_elements(input: &ArrayRef, output: &ArrayRef) -> bool {
    if Rc::ptr_eq(input, output) {
        return !overlaps_itself(&output.layout());
    }
    if !Rc::ptr_eq(&input.buffer_ref(), &output.buffer_ref()) {
        return false;
    }
    let (a, b) = (input.layout(), output.layout());
    *a == *b && !overlaps_itself(&a)
}

/// Whether an element may be reached by more than one index; cautious.
pub fn overlaps_itself(layout: &Layout) -> bool {
    let mut axes: smallvec::SmallVec<[(usize, usize); 4]> = layout
        .shape
        .iter()
        .zip(&layout.strides)
        .filter(|(len, _)| **len > 1)
        .map(|(&len, &stride)| (stride.unsigned_abs(), len))
        .collect();
    axes.sort_unstable();
    let mut reach = layout.itemsize();
    layout.size() > 0
        && axes.into_iter().any(|(stride, len)| {
            let overlaps = stride < reach;
            reach = reach.saturating_add(stride.saturating_mul(len - 1));
            overlaps
        })
}

/// Whether two arrays may have a byte in common: by their bounds, and by the steps they make.
pub fn may_share(a: &ArrayRef, b: &ArrayRef) -> bool {
    if !Rc::ptr_eq(&a.buffer_ref(), &b.buffer_ref()) {
        return false;
    }
    let (a, b) = (a.layout(), b.layout());
    let (Some((a_low, a_high)), Some((b_low, b_high))) = (a.byte_range(), b.byte_range()) else { return true };
    if a_high <= b_low || b_high <= a_low {
        return false;
    }
    // Every element starts a multiple of the steps' common divisor after the first of its array.
    let steps = [&*a, &*b].into_iter().flat_map(|layout| {
        layout.shape.iter().zip(&layout.strides).filter(|(len, _)| **len > 1).map(|(_, stride)| stride.unsigned_abs())
    });
    let step = steps.fold(0usize, gcd);
    if step == 0 {
        return true;
    }
    let apart = (b.offset as isize - a.offset as isize).rem_euclid(step as isize) as usize;
    apart < a.itemsize() || step - apart < b.itemsize()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Copies elements from one array to another, to whose shape it is broadcast, casting as C does.
///
/// # Errors
/// As [`Caster::cast`].
pub fn copy_elements(runtime: &Runtime, from: &ArrayRef, to: &ArrayRef) -> Result<()> {
    copy_between(runtime, &from.buffer(), &from.layout(), &to.buffer(), &to.layout())
}

/// Copies the elements of a layout in one buffer to those of another, to whose shape it is broadcast.
///
/// # Errors
/// As [`Caster::cast`].
pub fn copy_between(runtime: &Runtime, source: &Buffer, from: &Layout, target: &Buffer, to: &Layout) -> Result<()> {
    let (Some(source), Some(target)) = (source.bytes(), target.bytes()) else { return Ok(()) };
    let caster = Caster::new(&from.dtype, &to.dtype);
    move_elements(&caster, source, from, target, to)?;
    caster.finish(runtime)
}

/// The same between bytes, of one dtype.
///
/// # Errors
/// As [`Caster::cast`].
pub fn copy_bytes(source: &AlignedBytes, from: &Layout, target: &AlignedBytes, to: &Layout) -> Result<()> {
    move_elements(&Caster::new(&from.dtype, &to.dtype), source, from, target, to)
}

fn move_elements(
    caster: &Caster,
    source: &AlignedBytes,
    from: &Layout,
    target: &AlignedBytes,
    to: &Layout,
) -> Result<()> {
    for_each_run(&Traversal::new(&to.shape, &[to, from], Order::K, true), |offsets, strides, count| {
        let dst = Strided { bytes: target, offset: offsets[0], stride: strides[0] };
        let src = Strided { bytes: source, offset: offsets[1], stride: strides[1] };
        caster.cast(src, dst, count)
    })
}

/// Puts one value into every element of a layout.
///
/// # Errors
/// As [`Caster::cast`].
pub fn fill_elements(value: Scalar, target: &Buffer, to: &Layout) -> Result<()> {
    let Some(target) = target.bytes() else { return Ok(()) };
    let scratch = Scratch::take()?;
    scratch.put(0, value);
    let caster = Caster::new(&value.dtype(), &to.dtype);
    for_each_run(&Traversal::new(&to.shape, &[to], Order::K, true), |offsets, strides, count| {
        let dst = Strided { bytes: target, offset: offsets[0], stride: strides[0] };
        caster.cast(Strided { bytes: scratch.bytes(), offset: Scratch::scalar(0), stride: 0 }, dst, count)
    })
}
