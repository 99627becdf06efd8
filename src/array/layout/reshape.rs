//! Is there a view with another shape?
//!
//! A reshape keeps the sequence of elements and cuts it into other axes. The old axes and the new ones are
//! matched in groups whose products agree, from the first axis on: (2, 3, 4) to (6, 2, 2) is {2, 3} to {6} and
//! {4} to {2, 2}. Cutting an axis into smaller ones always works: the strides follow from the axis' own stride.
//! Merging axes works only if they run on into each other, that is if one step along the slower axis is exactly as
//! long as all steps along the faster one. So each group is a merge, which may fail, and then a cut, which may not.
//!
//! Axes of length 1 never move, so their strides mean nothing: they are dropped before the matching. New axes of
//! length 1 get the stride of their faster neighbour, as NumPy gives them. An empty array is contiguous, whatever its
//! strides, so every shape without elements is a view of it.
//!
//! Follows `_reshape_with_copy_arg`, `_attempt_nocopy_reshape`, `_fix_unknown_dimension` and `PyArray_Ravel`
//! (shape.c).

use super::broadcast::fits_memory;
use super::k_order::sorted_stride_order;
use super::reason::Reason;
use super::shape_text::{shape_text, tuple_text};
use super::{Layout, MAX_DIMS, Order, Shape, Strides, contiguous_strides, zeros};
use crate::error::{Result, value_error};
use smallvec::{SmallVec, smallvec};

/// `A` as the order it means for this layout: `F` where it is F-contiguous and not C-contiguous, else `C`. The other
/// orders stay (`PyArray_ISFORTRAN`).
pub fn resolve_order(layout: &Layout, order: Order) -> Order {
    match order {
        Order::A if layout.is_f_contiguous() && !layout.is_c_contiguous() => Order::F,
        Order::A => Order::C,
        other => other,
    }
}

/// The shape that is meant by `shape`, in which one negative length stands for "whatever fits", for an array of
/// `size` elements (`_fix_unknown_dimension`).
///
/// # Errors
/// NumPy's `ValueError` where two lengths are unknown or the sizes differ, with the two sizes as label and
/// [`shapes_that_fit`] as help; and where there are more than 64 axes.
#[inline]
pub fn fix_unknown_dimension(size: usize, shape: &[isize]) -> Result<Shape> {
    if shape.len() > MAX_DIMS {
        return Err(too_many_dimensions(shape.len()));
    }
    let mut unknown = None;
    let mut known = Some(1usize);
    for (axis, &length) in shape.iter().enumerate() {
        match usize::try_from(length) {
            Ok(length) => {
                known = known.and_then(|n| n.checked_mul(length).filter(|&n| n <= isize::MAX as usize));
                if known.is_none() {
                    return Err(size_mismatch(size, shape));
                }
            }
            Err(_) if unknown.is_some() => return Err(value_error("can only specify one unknown dimension")),
            Err(_) => unknown = Some(axis),
        }
    }
    let known = known.unwrap_or(0);
    let mut fixed: Shape = zeros(shape.len());
    for (fixed, &length) in fixed.iter_mut().zip(shape) {
        *fixed = length.max(0) as usize;
    }
    match unknown {
        Some(axis) if known != 0 && size.is_multiple_of(known) => fixed[axis] = size / known,
        None if known == size => {}
        _ => return Err(size_mismatch(size, shape)),
    }
    Ok(fixed)
}

/// NumPy's refusal of an array with `found` axes.
pub(super) fn too_many_dimensions(found: usize) -> crate::error::Error {
    value_error(format!("maximum supported dimension for an ndarray is currently {MAX_DIMS}, found {found}"))
}

#[cold]
fn size_mismatch(size: usize, shape: &[isize]) -> crate::error::Error {
    let known: SmallVec<[isize; 4]> = shape.iter().copied().filter(|&length| length >= 0).collect();
    let product = known.iter().try_fold(1isize, |n, &length| n.checked_mul(length));
    let factors = known.iter().map(isize::to_string).collect::<Vec<_>>().join(" * ");
    let label = match product {
        None => format!("{factors} items are more than any array has"),
        Some(n) if known.len() < shape.len() => format!("{size} items do not divide into lots of {n}"),
        Some(n) if known.len() > 1 => format!("{factors} = {n} items wanted, the array has {size}"),
        Some(n) => format!("{n} wanted, the array has {size}"),
    };
    let message = format!("cannot reshape array of size {size} into shape {}", shape_text(shape));
    let error = value_error(message).label(label);
    let fits: Vec<String> = shapes_that_fit(size, shape).iter().map(|fit| tuple_text(fit)).collect();
    match fits.as_slice() {
        [] => error,
        [one] => error.help(format!("shape {one} would fit")),
        [some @ .., last] => error.help(format!("shapes {} or {last} would fit", some.join(", "))),
    }
}

/// Shapes near `wanted` that an array of `size` elements can take: at most three, the last with a -1. Empty where
/// there is none worth saying.
pub fn shapes_that_fit(size: usize, wanted: &[isize]) -> Vec<SmallVec<[isize; 4]>> {
    let mut fits: Vec<SmallVec<[isize; 4]>> = Vec::new();
    let Ok(total) = isize::try_from(size) else { return fits };
    if total == 0 || wanted.is_empty() || wanted.len() > 8 {
        return fits;
    }
    // Each axis in turn takes the largest divisor of what is left that it wanted at most; the last takes the rest.
    let mut rest = total;
    let mut near: SmallVec<[isize; 4]> = SmallVec::new();
    for &length in &wanted[..wanted.len() - 1] {
        let divisor = largest_divisor(rest, if length < 0 { rest } else { length });
        near.push(divisor);
        rest /= divisor;
    }
    near.push(rest);
    let mut reversed = near.clone();
    reversed.reverse();
    let mut unknown = near.clone();
    unknown[0] = -1;
    for fit in [near, reversed, unknown] {
        if !fits.contains(&fit) && fit.as_slice() != wanted {
            fits.push(fit);
        }
    }
    fits
}

/// The largest divisor of `n` that is at most `limit`; 1 if there is none or the search would be long.
fn largest_divisor(n: isize, limit: isize) -> isize {
    if limit >= n {
        return n;
    }
    (1..=limit.clamp(1, 10_000)).rev().find(|&d| n % d == 0).unwrap_or(1)
}

/// All that `a.reshape(shape, order=order)` asks of the layout: the view with the shape that is meant, or that shape
/// and why there is none (`_reshape_with_copy_arg`). A shape that stands as the array's own gives the array's
/// own strides.
///
/// # Errors
/// Those of [`fix_unknown_dimension`]; `ValueError: order 'K' is not permitted for reshaping`; `ValueError: array
/// is too big` for an empty array with a huge axis.
#[inline]
pub fn newshape(layout: &Layout, shape: &[isize], order: Order) -> Result<Result<Layout, (Shape, Reason)>> {
    if order == Order::K {
        return Err(value_error("order 'K' is not permitted for reshaping"));
    }
    let same = layout.ndim() == shape.len() && layout.shape.iter().zip(shape).all(|(&a, &b)| a as isize == b);
    if same {
        return Ok(Ok(layout.clone()));
    }
    let size = layout.size();
    let shape = fix_unknown_dimension(size, shape)?;
    if size == 0 {
        fits_memory(&shape, layout.itemsize())?;
    }
    let order = resolve_order(layout, order);
    Ok(if is_contiguous_in(layout, order) {
        Ok(contiguous_view(layout, shape, order))
    } else {
        attempt_nocopy_reshape(layout, &shape, order).map_err(|reason| (shape, reason))
    })
}

/// The layout of the view of `layout` with the lengths `shape`, which have as many elements: what [`newshape`]
/// gives for a shape that is not the array's own. A contiguous array has the view with the strides of a contiguous
/// array. `order` is C, F or A.
///
/// # Errors
/// The axes that do not merge. NumPy then copies to a new array in this order and returns a view of that.
pub fn reshape(layout: &Layout, shape: &[usize], order: Order) -> Result<Layout, Reason> {
    let order = resolve_order(layout, order);
    if is_contiguous_in(layout, order) {
        Ok(contiguous_view(layout, shape.into(), order))
    } else {
        attempt_nocopy_reshape(layout, shape, order)
    }
}

#[inline]
fn is_contiguous_in(layout: &Layout, order: Order) -> bool {
    if order == Order::F { layout.is_f_contiguous() } else { layout.is_c_contiguous() }
}

#[inline]
fn contiguous_view(layout: &Layout, shape: Shape, order: Order) -> Layout {
    let strides = contiguous_strides(&shape, layout.itemsize(), order);
    Layout { dtype: layout.dtype.clone(), shape, strides, offset: layout.offset }
}

/// The strides for `newshape` over the same elements in the same sequence, where the axes merge
/// (`_attempt_nocopy_reshape`). The sizes must agree and not be 0. `order` F takes the first axis as the fastest;
/// every other order the last.
///
/// # Errors
/// The first two axes that have to merge and do not.
pub fn attempt_nocopy_reshape(layout: &Layout, newshape: &[usize], order: Order) -> Result<Layout, Reason> {
    let first_fastest = order == Order::F;
    // the axes that move, with their numbers
    let old: SmallVec<[(usize, usize, isize); 4]> = (0..layout.ndim())
        .filter(|&axis| layout.shape[axis] != 1)
        .map(|axis| (axis, layout.shape[axis], layout.strides[axis]))
        .collect();
    let mut strides: Strides = smallvec![0; newshape.len()];
    let (mut old_start, mut new_start) = (0, 0);
    while old_start < old.len() && new_start < newshape.len() {
        // the smallest groups of old and new axes with equal products
        let (mut old_end, mut new_end) = (old_start + 1, new_start + 1);
        let (mut old_product, mut new_product) = (old[old_start].1, newshape[new_start]);
        while old_product != new_product {
            if new_product < old_product {
                let Some(&length) = newshape.get(new_end) else { break };
                new_product = new_product.saturating_mul(length);
                new_end += 1;
            } else {
                let Some(&(_, length, _)) = old.get(old_end) else { break };
                old_product = old_product.saturating_mul(length);
                old_end += 1;
            }
        }
        for pair in old[old_start..old_end].windows(2) {
            let [(axis, _, _), (next, _, _)] = *pair else { continue };
            let (slow, fast) = if first_fastest { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            if slow.2 != fast.2.wrapping_mul(fast.1 as isize) {
                let order = if first_fastest { Order::F } else { Order::C };
                return Err(Reason::AxesDoNotMerge { axis, next, stride: slow.2, length: fast.1, step: fast.2, order });
            }
        }
        if first_fastest {
            let mut step = old[old_start].2;
            for axis in new_start..new_end {
                strides[axis] = step;
                step = step.wrapping_mul(newshape[axis] as isize);
            }
        } else {
            let mut step = old[old_end - 1].2;
            for axis in (new_start..new_end).rev() {
                strides[axis] = step;
                step = step.wrapping_mul(newshape[axis] as isize);
            }
        }
        (old_start, new_start) = (old_end, new_end);
    }
    // what is left of the new axes has length 1
    let last = match new_start.checked_sub(1) {
        Some(axis) if first_fastest => strides[axis].wrapping_mul(newshape[axis] as isize),
        Some(axis) => strides[axis],
        None => layout.itemsize() as isize,
    };
    strides[new_start..].fill(last);
    Ok(Layout { dtype: layout.dtype.clone(), shape: newshape.into(), strides, offset: layout.offset })
}

/// The layout of `a.ravel(order)` where that is a view: always contiguous, unlike `a.reshape(-1)`
/// (`PyArray_Ravel`).
///
/// # Errors
/// The axis whose stride leaves the contiguous pattern. NumPy then copies.
pub fn ravel(layout: &Layout, order: Order) -> Result<Layout, Reason> {
    let order = match order {
        Order::K if layout.is_c_contiguous() => Order::C,
        Order::K if layout.is_f_contiguous() => Order::F,
        other => resolve_order(layout, other),
    };
    let size = layout.size();
    let axes: SmallVec<[usize; 4]> = match order {
        Order::F => (0..layout.ndim()).collect(),
        Order::K => sorted_stride_order(&layout.strides).into_iter().rev().collect(),
        _ => (0..layout.ndim()).rev().collect(),
    };
    if let Some(reason) = contiguity_reason(layout, &axes, order) {
        return Err(reason);
    }
    let strides = smallvec![layout.itemsize() as isize];
    Ok(Layout { dtype: layout.dtype.clone(), shape: smallvec![size], strides, offset: layout.offset })
}

/// Why the elements, taken with `axes` from the fastest to the slowest, are not neighbours. `None` if they are.
fn contiguity_reason(layout: &Layout, axes: &[usize], order: Order) -> Option<Reason> {
    if layout.shape.contains(&0) {
        return None;
    }
    let mut wanted = layout.itemsize() as isize;
    for &axis in axes {
        let (length, stride) = (layout.shape[axis], layout.strides[axis]);
        if length == 1 {
            continue;
        }
        if stride != wanted {
            return Some(Reason::NotContiguous { axis, stride, wanted, order });
        }
        wanted = wanted.wrapping_mul(length as isize);
    }
    None
}

/// Why a layout is not contiguous in `order` (C or F): the axis whose stride leaves the pattern, counted from the
/// fastest. `None` if it is contiguous.
pub fn why_not_contiguous(layout: &Layout, order: Order) -> Option<Reason> {
    let axes: SmallVec<[usize; 4]> =
        if order == Order::F { (0..layout.ndim()).collect() } else { (0..layout.ndim()).rev().collect() };
    contiguity_reason(layout, &axes, if order == Order::F { Order::F } else { Order::C })
}

#[cfg(test)]
mod tests {
    use super::super::transpose::transpose;
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    #[test]
    fn a_transposed_array_does_not_flatten() {
        let t = transpose(&arange(&[2, 3]), None).unwrap();
        let reason = reshape(&t, &[6], Order::C).unwrap_err();
        assert_eq!(reason.to_string(), "axes 0 and 1 do not merge: stride 8 is not 2 * 24");
        assert_eq!(reshape(&t, &[6], Order::F).unwrap().strides.as_slice(), [8]);
        assert_eq!(ravel(&t, Order::K).unwrap().strides.as_slice(), [8]);
        assert_eq!(ravel(&t, Order::C).unwrap_err().to_string(), "not C-contiguous: axis 1 has stride 24, not 8");
    }

    #[test]
    fn sizes_that_differ_are_refused_with_what_fits() {
        let error = fix_unknown_dimension(6, &[4, 2]).unwrap_err();
        assert_eq!(error.message(), "cannot reshape array of size 6 into shape (4,2)");
        assert_eq!(error.details().label.as_deref(), Some("4 * 2 = 8 items wanted, the array has 6"));
        let fits: Vec<Vec<isize>> = shapes_that_fit(6, &[4, 2]).iter().map(|fit| fit.to_vec()).collect();
        assert_eq!(fits, [[3, 2], [2, 3], [-1, 2]]);
        let error = fix_unknown_dimension(6, &[-1, 4]).unwrap_err();
        assert_eq!(error.details().label.as_deref(), Some("6 items do not divide into lots of 4"));
        assert_eq!(fix_unknown_dimension(6, &[-2, 3]).unwrap().as_slice(), [2, 3]);
        assert!(fix_unknown_dimension(0, &[-1, 0]).is_err());
        assert_eq!(fix_unknown_dimension(0, &[-1, 2]).unwrap().as_slice(), [0, 2]);
        let huge = newshape(&arange(&[0]), &[1 << 62, 0], Order::C).unwrap_err();
        assert!(huge.message().starts_with("array is too big;"));
    }

    #[test]
    fn new_axes_of_length_one_take_their_neighbours_stride() {
        let mut a = arange(&[4, 6]);
        a.shape = SmallVec::from_slice(&[4, 3]);
        a.strides = SmallVec::from_slice(&[48, 16]);
        assert_eq!(reshape(&a, &[1, 2, 2, 3, 1], Order::C).unwrap().strides.as_slice(), [192, 96, 48, 16, 16]);
        assert_eq!(reshape(&a, &[1, 2, 2, 3, 1], Order::F).unwrap().strides.as_slice(), [48, 48, 96, 16, 48]);
    }
}
