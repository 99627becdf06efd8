//! Which views only rename the axes? Transposing, inserting and dropping axes of length 1, and the diagonal.
//!
//! All of these permute, insert or drop pairs of (length, stride); the diagonal adds two strides. None can
//! fail for reasons of memory, so the only errors are axes that do not exist.

use super::reshape::{reshape, too_many_dimensions};
use super::{Layout, MAX_DIMS, Order, Shape};
use crate::error::{Result, axis_error, value_error};
use smallvec::SmallVec;

/// Numbers of axes.
pub type Axes = SmallVec<[usize; 4]>;

/// `axis` counted from the front (`normalize_axis_index`, `check_and_adjust_axis_msg`).
///
/// # Errors
/// NumPy's `AxisError`, which starts with `prefix` and a colon where one is given.
pub fn normalize_axis_index(axis: isize, ndim: usize, prefix: Option<&str>) -> Result<usize> {
    let from_front = if axis < 0 { axis.checked_add_unsigned(ndim) } else { Some(axis) };
    match from_front.and_then(|axis| usize::try_from(axis).ok()) {
        Some(axis) if axis < ndim => Ok(axis),
        _ => {
            let prefix = prefix.map(|text| format!("{text}: ")).unwrap_or_default();
            let message = format!("{prefix}axis {axis} is out of bounds for array of dimension {ndim}");
            let label = match ndim {
                0 => "a 0-d array has no axes".to_string(),
                1 => "the axes are 0 and -1".to_string(),
                _ => format!("the axes are 0 to {}, or -{ndim} to -1", ndim - 1),
            };
            Err(axis_error(message).label(label))
        }
    }
}

/// Several axes, each as [`normalize_axis_index`] (`normalize_axis_tuple`).
///
/// # Errors
/// Its `AxisError`; `ValueError: repeated axis` (`in ... argument` where an argument is named).
pub fn normalize_axis_tuple(axes: &[isize], ndim: usize, argument: Option<&str>, may_repeat: bool) -> Result<Axes> {
    let axes = axes.iter().map(|&axis| normalize_axis_index(axis, ndim, argument)).collect::<Result<Axes>>()?;
    if !may_repeat && has_repeats(&axes) {
        let place = argument.map(|name| format!(" in `{name}` argument")).unwrap_or_default();
        return Err(value_error(format!("repeated axis{place}")));
    }
    Ok(axes)
}

fn has_repeats(axes: &[usize]) -> bool {
    axes.iter().enumerate().any(|(n, axis)| axes[..n].contains(axis))
}

/// The layout whose axis `n` is axis `axes[n]` of `layout`. Axes that are left out are taken at index 0.
pub fn permute(layout: &Layout, axes: &[usize]) -> Layout {
    Layout {
        dtype: layout.dtype.clone(),
        shape: axes.iter().map(|&axis| layout.shape[axis]).collect(),
        strides: axes.iter().map(|&axis| layout.strides[axis]).collect(),
        offset: layout.offset,
    }
}

/// `a.transpose(axes)`; without axes they are reversed (`PyArray_Transpose`).
///
/// # Errors
/// `ValueError: axes don't match array`, `ValueError: repeated axis in transpose`, `AxisError`.
pub fn transpose(layout: &Layout, axes: Option<&[isize]>) -> Result<Layout> {
    let ndim = layout.ndim();
    let Some(axes) = axes else {
        let reversed: Axes = (0..ndim).rev().collect();
        return Ok(permute(layout, &reversed));
    };
    if axes.len() != ndim {
        return Err(value_error("axes don't match array").label(format!("{} axes for {ndim} dimensions", axes.len())));
    }
    let mut permutation = Axes::new();
    for &axis in axes {
        let axis = normalize_axis_index(axis, ndim, None)?;
        if permutation.contains(&axis) {
            return Err(value_error("repeated axis in transpose").label(format!("axis {axis} stands twice")));
        }
        permutation.push(axis);
    }
    Ok(permute(layout, &permutation))
}

/// `a.swapaxes(axis1, axis2)` (`PyArray_SwapAxes`).
///
/// # Errors
/// `AxisError`, with `axis1: ` or `axis2: ` in front.
pub fn swapaxes(layout: &Layout, axis1: isize, axis2: isize) -> Result<Layout> {
    let axis1 = normalize_axis_index(axis1, layout.ndim(), Some("axis1"))?;
    let axis2 = normalize_axis_index(axis2, layout.ndim(), Some("axis2"))?;
    let mut swapped = layout.clone();
    swapped.shape.swap(axis1, axis2);
    swapped.strides.swap(axis1, axis2);
    Ok(swapped)
}

/// `a.mT` (`PyArray_MatrixTranspose`).
///
/// # Errors
/// `ValueError: matrix transpose with ndim < 2 is undefined`.
pub fn matrix_transpose(layout: &Layout) -> Result<Layout> {
    if layout.ndim() < 2 {
        return Err(value_error("matrix transpose with ndim < 2 is undefined"));
    }
    swapaxes(layout, -2, -1)
}

/// `np.moveaxis(a, source, destination)`.
///
/// # Errors
/// `AxisError` and `ValueError` that name the argument.
pub fn moveaxis(layout: &Layout, source: &[isize], destination: &[isize]) -> Result<Layout> {
    let ndim = layout.ndim();
    let source = normalize_axis_tuple(source, ndim, Some("source"), false)?;
    let destination = normalize_axis_tuple(destination, ndim, Some("destination"), false)?;
    if source.len() != destination.len() {
        return Err(value_error("`source` and `destination` arguments must have the same number of elements"));
    }
    let mut order: Axes = (0..ndim).filter(|axis| !source.contains(axis)).collect();
    let mut moves: SmallVec<[(usize, usize); 4]> = destination.into_iter().zip(source).collect();
    moves.sort_unstable();
    for (to, from) in moves {
        order.insert(to, from);
    }
    Ok(permute(layout, &order))
}

/// `np.rollaxis(a, axis, start)`.
///
/// # Errors
/// `AxisError`, with NumPy's own words for `start`.
pub fn rollaxis(layout: &Layout, axis: isize, start: isize) -> Result<Layout> {
    let ndim = layout.ndim();
    let axis = normalize_axis_index(axis, ndim, None)?;
    let from_front = if start < 0 { start.saturating_add_unsigned(ndim) } else { start };
    let Some(mut to) = usize::try_from(from_front).ok().filter(|&to| to <= ndim) else {
        return Err(axis_error(format!(
            "'start' arg requires {} <= start < {}, but {from_front} was passed in",
            -(ndim as isize),
            ndim + 1
        )));
    };
    if axis < to {
        to -= 1;
    }
    let mut order: Axes = (0..ndim).filter(|&other| other != axis).collect();
    order.insert(to, axis);
    Ok(permute(layout, &order))
}

/// `np.expand_dims(a, axes)`: new axes of length 1 at these places of the result. Made by a reshape, as in
/// NumPy, so the new axes get the strides that a reshape gives.
///
/// # Errors
/// `AxisError`; `ValueError: repeated axis`; too many axes.
pub fn expand_dims(layout: &Layout, axes: &[isize]) -> Result<Layout> {
    let ndim = layout.ndim() + axes.len();
    let axes = normalize_axis_tuple(axes, ndim, None, false)?;
    if ndim > MAX_DIMS {
        return Err(too_many_dimensions(ndim));
    }
    if axes.is_empty() {
        return Ok(layout.clone());
    }
    let mut lengths = layout.shape.iter();
    let shape: Shape =
        (0..ndim).map(|axis| if axes.contains(&axis) { 1 } else { lengths.next().copied().unwrap_or(1) }).collect();
    Ok(reshape(layout, &shape, Order::C)?)
}

/// `a.squeeze(axes)`: without these axes, or without any axis of length 1 (`PyArray_Squeeze`,
/// `PyArray_SqueezeSelected`).
///
/// # Errors
/// `AxisError`; `ValueError` where an axis is repeated or is longer than 1.
pub fn squeeze(layout: &Layout, axes: Option<&[isize]>) -> Result<Layout> {
    let ndim = layout.ndim();
    let dropped: Axes = match axes {
        None => (0..ndim).filter(|&axis| layout.shape[axis] == 1).collect(),
        Some(axes) => {
            let axes = normalize_axis_tuple(axes, ndim, None, true)?;
            if has_repeats(&axes) {
                return Err(value_error("duplicate value in 'axis'"));
            }
            axes
        }
    };
    if let Some(&axis) = dropped.iter().find(|&&axis| layout.shape[axis] != 1) {
        return Err(value_error("cannot select an axis to squeeze out which has size not equal to one")
            .label(format!("axis {axis} has length {}", layout.shape[axis])));
    }
    let kept: Axes = (0..ndim).filter(|axis| !dropped.contains(axis)).collect();
    Ok(permute(layout, &kept))
}

/// `a.diagonal(offset, axis1, axis2)`: the diagonal is the last axis, its stride the sum of the two
/// (`PyArray_Diagonal`). NumPy makes the view read-only.
///
/// # Errors
/// `ValueError` for fewer than two axes or equal ones; `AxisError` with `axis1: ` or `axis2: ` in front.
pub fn diagonal(layout: &Layout, offset: isize, axis1: isize, axis2: isize) -> Result<Layout> {
    let ndim = layout.ndim();
    if ndim < 2 {
        return Err(value_error("diag requires an array of at least two dimensions"));
    }
    let axis1 = normalize_axis_index(axis1, ndim, Some("axis1"))?;
    let axis2 = normalize_axis_index(axis2, ndim, Some("axis2"))?;
    if axis1 == axis2 {
        return Err(value_error("axis1 and axis2 cannot be the same"));
    }
    let skip = offset.unsigned_abs();
    let (mut length1, mut length2) = (layout.shape[axis1] as i128, layout.shape[axis2] as i128);
    let skipped = if offset >= 0 {
        length2 -= skip as i128;
        axis2
    } else {
        length1 -= skip as i128;
        axis1
    };
    let length = length1.min(length2);
    let kept: Axes = (0..ndim).filter(|&axis| axis != axis1 && axis != axis2).collect();
    let mut view = permute(layout, &kept);
    if length >= 0 {
        view.offset = view.offset.wrapping_add_signed(layout.strides[skipped].wrapping_mul(skip as isize));
    }
    view.shape.push(length.max(0) as usize);
    view.strides.push(layout.strides[axis1].wrapping_add(layout.strides[axis2]));
    Ok(view)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    #[test]
    fn axes_that_do_not_exist() {
        let a = arange(&[2, 3]);
        let message = |result: Result<Layout>| result.unwrap_err().to_string();
        assert_eq!(
            message(transpose(&a, Some(&[0, -3]))),
            "numpy.exceptions.AxisError: axis -3 is out of bounds for array of dimension 2"
        );
        assert_eq!(message(transpose(&a, Some(&[0]))), "ValueError: axes don't match array");
        assert_eq!(message(transpose(&a, Some(&[1, -1]))), "ValueError: repeated axis in transpose");
        assert_eq!(message(moveaxis(&a, &[0, 0], &[1, 0])), "ValueError: repeated axis in `source` argument");
        assert_eq!(
            message(rollaxis(&a, 0, 5)),
            "numpy.exceptions.AxisError: 'start' arg requires -2 <= start < 3, but 5 was passed in"
        );
        assert_eq!(
            message(squeeze(&a, Some(&[1]))),
            "ValueError: cannot select an axis to squeeze out which has size not equal to one"
        );
        assert_eq!(message(diagonal(&a, 0, -2, 0)), "ValueError: axis1 and axis2 cannot be the same");
    }

    #[test]
    fn inserted_axes_get_a_reshapes_strides() {
        let a = arange(&[2, 3]);
        assert_eq!(expand_dims(&a, &[0]).unwrap().strides.as_slice(), [48, 24, 8]);
        let t = transpose(&a, None).unwrap();
        assert_eq!(expand_dims(&t, &[0, 2, 4]).unwrap().strides.as_slice(), [24, 8, 48, 24, 24]);
    }

    #[test]
    fn a_diagonal_past_the_corner_is_empty_where_the_array_starts() {
        let a = arange(&[2, 3]);
        let below = diagonal(&a, -1, 0, 1).unwrap();
        assert_eq!((below.shape[0], below.strides[0], below.offset), (1, 32, 24));
        let past = diagonal(&a, 5, 0, 1).unwrap();
        assert_eq!((past.shape[0], past.strides[0], past.offset), (0, 32, 0));
    }
}
