//! May an array have any strides one likes? Only those that stay inside its buffer.
//!
//! `np.lib.stride_tricks.as_strided` asks nothing and reads foreign memory where the strides leave the buffer. Here
//! that is an error, which names the index that would leave first. A sliding window is the well-behaved case: it
//! repeats strides that the array has, so it can only reach what the array reaches.

use super::broadcast::fits_memory;
use super::reshape::too_many_dimensions;
use super::shape_text::tuple_text;
use super::transpose::normalize_axis_tuple;
use super::{Layout, MAX_DIMS, Order, Shape, Strides, contiguous_strides, element_count};
use crate::error::{Result, value_error};

/// The layout of `as_strided(a, shape, strides)` over a buffer of `bytes` bytes. Without strides a C-contiguous
/// array gets those of a contiguous array of the new shape, and any other keeps its own.
///
/// # Errors
/// NumPy's `ValueError`s for negative lengths and for lists that differ in length; our own where an element would lie
/// outside the buffer.
pub fn as_strided(layout: &Layout, shape: Option<&[isize]>, strides: Option<&[isize]>, bytes: usize) -> Result<Layout> {
    let shape: Shape = match shape {
        None => layout.shape.clone(),
        Some(shape) => (shape.iter().map(|&length| usize::try_from(length)).collect::<Result<_, _>>())
            .map_err(|_| value_error("negative dimensions are not allowed"))?,
    };
    let strides: Strides = match strides {
        Some(strides) => Strides::from_slice(strides),
        None if layout.is_c_contiguous() => contiguous_strides(&shape, layout.itemsize(), Order::C),
        None => layout.strides.clone(),
    };
    if shape.len() > MAX_DIMS {
        return Err(too_many_dimensions(shape.len()));
    }
    if shape.len() != strides.len() {
        return Err(value_error("mismatch in length of strides and shape").label(format!(
            "{} strides for {} axes",
            strides.len(),
            shape.len()
        )));
    }
    fits_memory(&shape, layout.itemsize())?;
    let view = Layout { dtype: layout.dtype.clone(), shape, strides, offset: layout.offset };
    fits_buffer(&view, bytes)?;
    Ok(view)
}

/// Whether every element of a layout lies inside a buffer of `bytes` bytes.
///
/// # Errors
/// `ValueError` with the index that lies farthest outside.
pub fn fits_buffer(layout: &Layout, bytes: usize) -> Result<()> {
    if element_count(&layout.shape) == Some(0) {
        return Ok(());
    }
    let range = layout.byte_range();
    let inside = |(low, high): (isize, isize)| low >= 0 && high as usize <= bytes;
    if range.is_some_and(inside) {
        return Ok(());
    }
    let below = range.is_some_and(|(low, _)| low < 0);
    // the corner of the array on that side
    let farthest = |(&length, &stride): (&usize, &isize)| if (stride < 0) == below { length - 1 } else { 0 };
    let corner: Shape = layout.shape.iter().zip(&layout.strides).map(farthest).collect();
    let place = match range {
        Some((low, _)) if below => format!("starts {} bytes before the buffer", low.unsigned_abs()),
        Some((_, high)) => format!("ends at byte {high} of a buffer of {bytes}"),
        None => "lies beyond every address".to_string(),
    };
    Err(value_error(format!("strides would leave the buffer: index {} {place}", tuple_text(&corner))).label(format!(
        "strides {} with shape {}",
        tuple_text(&layout.strides),
        tuple_text(&layout.shape)
    )))
}

/// The layout of `sliding_window_view(a, window_shape, axis)`. NumPy makes it read-only.
///
/// # Errors
/// NumPy's `ValueError`s and `AxisError`.
pub fn sliding_window_view(layout: &Layout, window_shape: &[isize], axis: Option<&[isize]>) -> Result<Layout> {
    let Ok(window) = window_shape.iter().map(|&length| usize::try_from(length)).collect::<Result<Shape, _>>() else {
        return Err(value_error("`window_shape` cannot contain negative values"));
    };
    let ndim = layout.ndim();
    let axes = match axis {
        None if window.len() != ndim => {
            return Err(value_error(format!(
                "Since axis is `None`, must provide window_shape for all dimensions of `x`; got {} window_shape \
                 elements and `x.ndim` is {ndim}.",
                window.len()
            )));
        }
        None => (0..ndim).collect(),
        Some(axes) => normalize_axis_tuple(axes, ndim, None, true)?,
    };
    if axes.len() != window.len() {
        return Err(value_error(format!(
            "Must provide matching length window_shape and axis; got {} window_shape elements and {} axes elements.",
            window.len(),
            axes.len()
        )));
    }
    let mut view = layout.clone();
    for (&axis, &length) in axes.iter().zip(&window) {
        let left = (view.shape[axis] + 1).checked_sub(length);
        view.shape[axis] = left.filter(|&left| left > 0 || length == 0).ok_or_else(|| {
            value_error("window shape cannot be larger than input array shape")
                .label(format!("a window of {length} along axis {axis}, which has {} left", view.shape[axis]))
        })?;
    }
    view.shape.extend_from_slice(&window);
    view.strides.extend(axes.iter().map(|&axis| layout.strides[axis]));
    if view.ndim() > MAX_DIMS {
        return Err(too_many_dimensions(view.ndim()));
    }
    fits_memory(&view.shape, view.itemsize())?;
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
    fn strides_that_leave_the_buffer_are_refused() {
        let refuse = |shape: &[isize], strides: &[isize]| {
            as_strided(&arange(&[6]), Some(shape), Some(strides), 48).unwrap_err().message().to_string()
        };
        assert_eq!(
            refuse(&[4, 3], &[8, 24]),
            "strides would leave the buffer: index (3, 2) ends at byte 80 of a buffer of 48"
        );
        assert_eq!(refuse(&[2], &[-8]), "strides would leave the buffer: index (1,) starts 8 bytes before the buffer");
        assert_eq!(refuse(&[-2], &[8]), "negative dimensions are not allowed");
        assert_eq!(refuse(&[2, 2], &[8]), "mismatch in length of strides and shape");
        assert!(refuse(&[isize::MAX, 2], &[0, 0]).starts_with("array is too big;"));
        assert!(refuse(&[1 << 59], &[isize::MAX]).contains("beyond every address"));
        assert!(as_strided(&arange(&[6]), Some(&[0, 9]), Some(&[800, 800]), 48).is_ok());
    }

    #[test]
    fn windows_repeat_strides() {
        let view = sliding_window_view(&arange(&[2, 3]), &[2, 2], Some(&[1, 1])).unwrap();
        assert_eq!((view.shape.as_slice(), view.strides.as_slice()), (&[2, 1, 2, 2][..], &[24, 8, 8, 8][..]));
        let message = |window: &[isize], axis| {
            sliding_window_view(&arange(&[6]), window, axis).unwrap_err().message().to_string()
        };
        assert_eq!(message(&[7], None), "window shape cannot be larger than input array shape");
        assert_eq!(message(&[-1], None), "`window_shape` cannot contain negative values");
        assert_eq!(
            message(&[2, 2], None),
            "Since axis is `None`, must provide window_shape for all dimensions of `x`; got 2 window_shape elements \
             and `x.ndim` is 1."
        );
        assert_eq!(sliding_window_view(&arange(&[6]), &[0], None).unwrap().shape.as_slice(), [7, 0]);
    }
}
