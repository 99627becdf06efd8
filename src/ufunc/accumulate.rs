//! Running results: `accumulate`, and reductions over many stretches of one axis: `reduceat`.

use super::dates;
use super::flexible;
use super::reduce::{Folding, check_results, reduction_loop};
use super::scratch::Scratch;
use super::visit::for_each_run;
use super::{Outcome, Resolver, Ufunc, execute::Execution, float_status, overlap};
use crate::array::assign::copy_into;
use crate::array::cast::Casting;
use crate::array::copy::{Requirements, from_array};
use crate::array::layout::broadcast::broadcast_operands;
use crate::array::layout::k_order::best_axis_order;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::layout::{Shape, Strides, Traversal};
use crate::array::{ArrayRef, CopyReason, DType, Layout, NdArray, Order, Runtime, Type};
use crate::error::{Error, ErrorClass, Result, type_error};
use smallvec::SmallVec;
use std::rc::Rc;

/// The array as a native, aligned one of type `ty`: itself, or a copy.
pub(super) fn of_type(runtime: &Runtime, array: &ArrayRef, ty: Type) -> Result<ArrayRef> {
    let aligned = Requirements { aligned: true, ..Requirements::default() };
    from_array(runtime, array, &ty.into(), aligned, Casting::Unsafe)
}

/// A new layout without gaps with the axes in the order they have in `layout`.
fn ordered_like(layout: &Layout, shape: &[usize], ty: Type) -> Layout {
    let votes = layout.shape.iter().zip(&layout.strides).map(|(&len, &stride)| if len == 1 { 0 } else { stride });
    let mut strides: Strides = SmallVec::from_elem(0, shape.len());
    let mut step = ty.size();
    for axis in best_axis_order(shape.len(), 1, &votes.collect::<Strides>()) {
        strides[axis] = step as isize;
        step = step.saturating_mul(shape[axis].max(1));
    }
    Layout { dtype: ty.into(), shape: shape.into(), strides, offset: 0 }
}

/// The part of a layout with indices `first..first + count` along an axis.
fn slice(layout: &Layout, axis: usize, first: usize, count: usize) -> Layout {
    let mut part = layout.clone();
    part.offset = part.offset.wrapping_add_signed(first as isize * part.strides[axis]);
    part.shape[axis] = count;
    part
}

/// The output of the call: `out` itself where results can go there directly, else a new array.
fn output(runtime: &Runtime, out: Option<&ArrayRef>, array: &ArrayRef, layout: Layout) -> Result<ArrayRef> {
    if let Some(out) = out {
        out.require_writeable("output array")?;
        let shape = out.shape();
        if shape != layout.shape {
            let remapped = |shape: &[usize]| {
                let text = crate::array::layout::shape_text::array_shape_text(shape);
                format!("{text}->({})", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(","))
            };
            let message = match broadcast_operands(&[&shape, &layout.shape]) {
                Ok(_) => "provided out is the wrong size for the accumulation.".to_string(),
                Err(_) => format!(
                    "operands could not be broadcast together with remapped shapes [original->remapped]: {} {} ",
                    remapped(&shape),
                    remapped(&array.shape())
                ),
            };
            return Err(Error::new(ErrorClass::ValueError, message));
        }
        let apart = overlap::is_same_elements(array, out)? || !overlap::may_share(array, out)?;
        if out.dtype() == layout.dtype && out.is_aligned() && apart {
            return Ok(Rc::clone(out));
        }
        if !apart {
            let result = NdArray::allocate(runtime, layout)?;
            runtime.record_copy(out, &result, CopyReason::Overlap);
            return Ok(result);
        }
    }
    NdArray::allocate(runtime, layout)
}

/// Gives the results to `out`, where one was given.
fn deliver(runtime: &Runtime, result: ArrayRef, out: Option<&ArrayRef>) -> Result<Outcome> {
    let Some(out) = out else { return Ok(Outcome::Array(result)) };
    if !Rc::ptr_eq(out, &result) {
        copy_into(runtime, out, &result, None, Casting::Unsafe)?;
    }
    runtime.record_write(out, None);
    Ok(Outcome::Array(Rc::clone(out)))
}

/// `ufunc.accumulate(array, axis, dtype, out)`: element `i` along the axis is the reduction of the elements up to `i`
/// (`PyUFunc_Accumulate`).
///
/// # Errors
/// As [`super::reduce()`].
pub fn accumulate(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    axis: isize,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
) -> Result<Outcome> {
    if array.layout().dtype.ty().is_time() && ufunc.resolver != Resolver::Logical {
        return dates::accumulate(runtime, ufunc, array, axis, out);
    }
    if !array.layout().dtype.is_number() {
        let array = flexible::reduced(runtime, ufunc, array, "accumulate")?;
        return accumulate(runtime, ufunc, &array, axis, dtype, out);
    }
    let row = reduction_loop(ufunc, array, dtype, out, "accumulate")?;
    if array.ndim() == 0 {
        return Err(type_error("cannot accumulate on a scalar"));
    }
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    let ty = row.types[0];
    let shape = array.shape();
    let layout = ordered_like(&array.layout(), &shape, ty);
    let source = of_type(runtime, array, row.types[1])?;
    let result = output(runtime, out, &source, layout)?;
    let count = shape[axis];
    if count > 0 && !runtime.ledger.is_planning() {
        let (items, results) = (source.layout().clone(), result.layout().clone());
        let (source_buffer, target_buffer) = (source.buffer(), result.buffer());
        overlap::copy_between(
            runtime,
            &source_buffer,
            &slice(&items, axis, 0, 1),
            &target_buffer,
            &slice(&results, axis, 0, 1),
        )?;
        if let (Some(from), Some(to)) = (source_buffer.bytes(), target_buffer.bytes()) {
            let scratch = Scratch::take()?;
            let mut execution = Execution::new(runtime, ufunc, row.types, row.kernel, &scratch).unchecked();
            execution.add(to);
            execution.add(from);
            execution.add(to);
            let innermost = results.strides.iter().all(|stride| stride.abs() >= results.strides[axis].abs());
            let mut run = |before: &Layout, item: &Layout, after: &Layout, order| {
                let traversal = Traversal::new(&item.shape, &[before, item, after], order, false);
                for_each_run(&traversal, |offsets, strides, count| execution.run(offsets, strides, count))
            };
            if innermost || results.size() == count {
                // Lane by lane along the axis, which comes last so that it stays in its order.
                let lane = |layout: Layout| {
                    let mut layout = layout;
                    let (len, stride) = (layout.shape.remove(axis), layout.strides.remove(axis));
                    layout.shape.push(len);
                    layout.strides.push(stride);
                    layout
                };
                let before = lane(slice(&results, axis, 0, count - 1));
                let after = lane(slice(&results, axis, 1, count - 1));
                run(&before, &lane(slice(&items, axis, 1, count - 1)), &after, Order::C)?;
            } else {
                for i in 1..count {
                    let part = |layout: &Layout, i: usize| slice(layout, axis, i, 1);
                    run(&part(&results, i - 1), &part(&items, i), &part(&results, i), Order::K)?;
                }
            }
            let status = execution.finish() | check_results(ufunc, ty, array, &result);
            float_status::report(runtime, status, "accumulate")?;
        }
    }
    deliver(runtime, result, out)
}

/// `ufunc.reduceat(array, indices, axis, dtype, out)`: result `i` reduces the stretch from index `i` to the next one;
/// where that does not come later, it is the single element (`PyUFunc_Reduceat`).
///
/// # Errors
/// `IndexError: index 8 out-of-bounds in add.reduceat [0, 8)`, and as [`super::reduce()`].
pub fn reduceat(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    indices: &[i64],
    axis: isize,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
) -> Result<Outcome> {
    if !array.layout().dtype.is_number() {
        let array = flexible::reduced(runtime, ufunc, array, "reduceat")?;
        return reduceat(runtime, ufunc, &array, indices, axis, dtype, out);
    }
    if array.ndim() == 0 {
        return Err(type_error("cannot reduceat on a scalar"));
    }
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    let mut shape: Shape = array.shape();
    let length = shape[axis];
    if let Some(wrong) = indices.iter().find(|&&index| index < 0 || index >= length as i64) {
        let message = format!("index {wrong} out-of-bounds in {}.reduceat [0, {length})", ufunc.name);
        return Err(Error::new(ErrorClass::IndexError, message));
    }
    shape[axis] = indices.len();
    let row = reduction_loop(ufunc, array, dtype, out, "reduceat")?;
    let ty = row.types[0];
    let layout = Layout::contiguous(ty.into(), &shape, Order::C);
    let result = output(runtime, out, array, layout)?;
    let (items, results) = (array.layout().clone(), result.layout().clone());
    let (source, target) = (array.buffer(), result.buffer());
    let mut status = float_status::Status::NONE;
    for (i, &index) in indices.iter().enumerate() {
        let first = index as usize;
        let end = indices.get(i + 1).map_or(length, |&next| next as usize);
        let accumulator = slice(&results, axis, i, 1);
        if runtime.ledger.is_planning() {
            break;
        }
        overlap::copy_between(runtime, &source, &slice(&items, axis, first, 1), &target, &accumulator)?;
        if end > first + 1 {
            let items = slice(&items, axis, first + 1, end - first - 1);
            let mut accumulator = accumulator;
            accumulator.strides[axis] = 0;
            let folding = Folding { runtime, ufunc, row, source: &source, target: &target, mask: None };
            status |= folding.run(&items, &accumulator)?;
        }
    }
    float_status::report(runtime, status | check_results(ufunc, ty, array, &result), "reduceat")?;
    deliver(runtime, result, out)
}
