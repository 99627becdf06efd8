//! Joining arrays along an axis.

use super::super::assign::copy_into;
use super::super::cast::{Casting, Operand, require_cast, result_dtype};
use super::super::copied::{CopyReason, Rearranged};
use super::super::copy::ravel;
use super::super::dtype::DType;
use super::super::layout::k_order::like;
use super::super::layout::transpose::normalize_axis_index;
use super::super::layout::{Layout, Order, Shape, Strides, reshape};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use crate::error::{Result, value_error};
use smallvec::SmallVec;
use std::rc::Rc;

/// `np.concatenate(arrays, axis, out, dtype, casting)`. `axis=None` joins the flattened arrays. Without `out` the
/// result is of `dtype`, or of the arrays' common type, and its memory order follows theirs
/// (`PyArray_ConcatenateInto`, multiarraymodule.c).
///
/// # Errors
/// `ValueError: need at least one array to concatenate`, `zero-dimensional arrays cannot be concatenated`, and NumPy's
/// words for axes that differ or an `out` that does not fit; `AxisError`; `TypeError` where `casting` forbids the cast;
/// `MemoryError`.
pub fn concatenate(
    runtime: &Runtime,
    arrays: &[ArrayRef],
    axis: Option<isize>,
    dtype: Option<&DType>,
    casting: Casting,
    out: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    let Some(first) = arrays.first() else { return Err(value_error("need at least one array to concatenate")) };
    let joined = match axis {
        None => concatenate_flattened(runtime, arrays, dtype, casting, out)?,
        Some(axis) => {
            if first.ndim() == 0 {
                return Err(value_error("zero-dimensional arrays cannot be concatenated"));
            }
            let axis = normalize_axis_index(axis, first.ndim(), None)?;
            concatenate_along(runtime, arrays, axis, dtype, casting, out)?
        }
    };
    if out.is_none() {
        runtime.record_copy(first, &joined, CopyReason::Joined { count: arrays.len() });
    }
    Ok(joined)
}

/// The dtype of the result: in native byte order (`PyArray_FindConcatenationDescriptor`).
fn common_dtype(arrays: &[ArrayRef], dtype: Option<&DType>) -> Result<DType> {
    if let Some(dtype) = dtype {
        return Ok(dtype.clone());
    }
    let dtypes: SmallVec<[DType; 8]> = arrays.iter().map(|array| array.dtype()).collect();
    let operands: SmallVec<[Operand; 8]> = dtypes.iter().map(|dtype| dtype.ty().into()).collect();
    let common = result_dtype(&operands, &dtypes)?;
    Ok(if common.is_native() { common } else { common.native() })
}

fn concatenate_along(
    runtime: &Runtime,
    arrays: &[ArrayRef],
    axis: usize,
    dtype: Option<&DType>,
    casting: Casting,
    out: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    let mut shape = arrays[0].shape();
    let ndim = shape.len();
    for (i, array) in arrays.iter().enumerate().skip(1) {
        if array.ndim() != ndim {
            return Err(value_error(format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {ndim} \
                 dimension(s) and the array at index {i} has {} dimension(s)",
                array.ndim()
            )));
        }
        for (dim, &len) in array.shape().iter().enumerate() {
            if dim == axis {
                shape[dim] = shape[dim].saturating_add(len);
            } else if shape[dim] != len {
                return Err(value_error(format!(
                    "all the input array dimensions except for the concatenation axis must match exactly, but along \
                     dimension {dim}, the array at index 0 has size {} and the array at index {i} has size {len}",
                    shape[dim]
                )));
            }
        }
    }
    let target = match out {
        Some(out) => {
            if out.ndim() != ndim {
                return Err(value_error("Output array has wrong dimensionality"));
            }
            if out.shape() != shape {
                return Err(value_error("Output array is the wrong shape"));
            }
            Rc::clone(out)
        }
        None => {
            let dtype = common_dtype(arrays, dtype)?;
            let strides = follow_strides(arrays, &shape, dtype.itemsize());
            NdArray::allocate(runtime, Layout::fresh(dtype, shape, strides))?
        }
    };
    let whole = target.layout().clone();
    let mut at = whole.offset;
    for array in arrays {
        let len = array.layout().shape[axis];
        let mut window = Layout { offset: at, ..whole.clone() };
        window.shape[axis] = len;
        let window = NdArray::view(&target, window);
        window.require_writeable("assignment destination")?;
        copy_into(runtime, &window, array, None, casting)?;
        at = at.wrapping_add_signed(whole.strides[axis].wrapping_mul(len as isize));
    }
    if out.is_some() {
        runtime.record_write(&target, None);
    }
    Ok(target)
}

fn concatenate_flattened(
    runtime: &Runtime,
    arrays: &[ArrayRef],
    dtype: Option<&DType>,
    casting: Casting,
    out: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    let size = arrays
        .iter()
        .try_fold(0usize, |sum, array| sum.checked_add(array.size()))
        .filter(|&n| n <= isize::MAX as usize);
    let Some(size) = size else { return Err(value_error("total number of elements too large to concatenate")) };
    let target = match out {
        Some(out) => {
            if out.ndim() != 1 {
                return Err(value_error("Output array must be 1D"));
            }
            if out.size() != size {
                return Err(value_error("Output array is the wrong size"));
            }
            out.require_writeable("assignment destination")?;
            Rc::clone(out)
        }
        None => NdArray::zeros(runtime, common_dtype(arrays, dtype)?, &[size], Order::C)?,
    };
    let whole = target.layout().clone();
    let mut at = whole.offset;
    for array in arrays {
        require_cast(&array.dtype(), &whole.dtype, casting, array.ndim() == 0)?;
        let len = array.size();
        // the window takes the array's own shape: walking both in C order is what flattening does
        let mut step = whole.strides[0];
        let mut window =
            Layout { dtype: whole.dtype.clone(), shape: array.shape(), strides: Strides::new(), offset: at };
        window.strides = SmallVec::from_elem(0, window.ndim());
        for dim in (0..window.ndim()).rev() {
            window.strides[dim] = step;
            step = step.wrapping_mul(window.shape[dim] as isize);
        }
        let casting = if casting == Casting::SameValue { casting } else { Casting::Unsafe };
        copy_into(runtime, &NdArray::view(&target, window), array, None, casting)?;
        at = at.wrapping_add_signed(whole.strides[0].wrapping_mul(len as isize));
    }
    if out.is_some() {
        runtime.record_write(&target, None);
    }
    Ok(target)
}

/// Strides without gaps, in the order in which most of the arrays have them (`PyArray_CreateMultiSortedStridePerm`,
/// shape.c). Unlike a ufunc's operands, an axis of stride 0 has a vote here, and one of length 1 has none.
fn follow_strides(arrays: &[ArrayRef], shape: &Shape, itemsize: usize) -> Strides {
    let layouts: SmallVec<[Layout; 8]> = arrays.iter().map(|array| array.layout().clone()).collect();
    let mut order: SmallVec<[usize; 4]> = (0..shape.len()).collect();
    for from in 1..order.len() {
        let axis = order[from];
        let mut to = from;
        for place in (0..from).rev() {
            let other = order[place];
            let mut votes = layouts
                .iter()
                .filter(|layout| layout.shape[axis] != 1 && layout.shape[other] != 1)
                .map(|layout| layout.strides[axis].unsigned_abs() > layout.strides[other].unsigned_abs());
            match votes.next() {
                None => {}
                Some(first) if first && votes.all(|vote| vote) => to = place,
                Some(_) => break,
            }
        }
        order[to..=from].rotate_right(1);
    }
    let mut strides: Strides = SmallVec::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for &axis in order.iter().rev() {
        strides[axis] = step;
        step = step.wrapping_mul(shape[axis] as isize);
    }
    strides
}

/// `np.roll(array, shifts, axes)`: elements move on by their axis' shift, and those pushed over the end come in at the
/// front. Without axes the flattened array is rolled by the one shift, and the result is a view of that. Shifts of an axis
/// that is named twice add up (`roll`, numeric.py).
///
/// # Errors
/// `AxisError`; `MemoryError`.
pub fn roll(runtime: &Runtime, array: &ArrayRef, shifts: &[(isize, Option<isize>)]) -> Result<ArrayRef> {
    if let [(shift, None)] = *shifts {
        let flat = ravel(runtime, array)?;
        let rolled = roll(runtime, &flat, &[(shift, Some(0))])?;
        let layout = reshape(&rolled.layout(), &array.shape(), Order::C)?;
        return Ok(NdArray::view(&rolled, layout));
    }
    let source = array.layout().clone();
    let mut sums: SmallVec<[i128; 4]> = SmallVec::from_elem(0, source.ndim());
    for &(shift, axis) in shifts {
        let axis = normalize_axis_index(axis.unwrap_or(0), source.ndim(), None)?;
        sums[axis] += shift as i128;
    }
    let result = NdArray::allocate(runtime, like(&source, source.dtype.clone(), Order::K))?;
    // each axis in one part, or in two that change places
    let mut parts: Vec<(Layout, Layout)> = vec![(source, result.layout().clone())];
    for (axis, shift) in sums.into_iter().enumerate() {
        let len = array.layout().shape[axis];
        let shift = shift.rem_euclid(len.max(1) as i128) as usize;
        if shift == 0 {
            continue;
        }
        parts = parts
            .into_iter()
            .flat_map(|(from, to)| {
                [
                    (range(&from, axis, 0, len - shift), range(&to, axis, shift, len - shift)),
                    (range(&from, axis, len - shift, shift), range(&to, axis, 0, shift)),
                ]
            })
            .collect();
    }
    runtime.record_copy(array, &result, CopyReason::Rearranged(Rearranged::Rolled));
    for (from, to) in parts {
        copy_into(runtime, &NdArray::view(&result, to), &NdArray::view(array, from), None, Casting::Unsafe)?;
    }
    Ok(result)
}

/// `count` places of an axis from `first` on.
fn range(layout: &Layout, axis: usize, first: usize, count: usize) -> Layout {
    let mut part = layout.clone();
    part.offset = part.offset.wrapping_add_signed(part.strides[axis].wrapping_mul(first as isize));
    part.shape[axis] = count;
    part
}
