//! Which shape do several shapes broadcast to, and how does an array look in it?
//!
//! Shapes are aligned at their last axes; a length of 1 stretches to any other length, everything else must be
//! equal. A stretched axis has stride 0: every index along it is the same element. NumPy words the refusal
//! differently wherever it may happen, so each of its four doors has its function here.

use super::reshape::too_many_dimensions;
use super::shape_text::{array_shape_text, shape_text, tuple_text};
use super::{Layout, MAX_DIMS, Shape, element_count};
use crate::error::{Error, Result, value_error};
use smallvec::SmallVec;

/// Two lengths that do not broadcast.
struct Mismatch {
    /// The shape that set the length, and the one that differs: places in the list.
    args: (usize, usize),
    /// The axis, counted from the end.
    from_end: usize,
    lengths: (usize, usize),
}

impl Mismatch {
    fn label(&self) -> String {
        let (first, second) = self.lengths;
        format!("axis -{}: {first} against {second}", self.from_end + 1)
    }
}

/// The common shape, or the first two lengths that disagree, seen from the first axis on.
fn common_shape(shapes: &[&[usize]]) -> Result<Shape, Mismatch> {
    let ndim = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
    let mut common: Shape = SmallVec::from_elem(1, ndim);
    for axis in 0..ndim {
        let from_end = ndim - 1 - axis;
        let mut source = 0;
        for (arg, shape) in shapes.iter().enumerate() {
            let Some(place) = shape.len().checked_sub(from_end + 1) else { continue };
            let length = shape[place];
            if length == 1 || length == common[axis] {
                continue;
            }
            if common[axis] != 1 {
                return Err(Mismatch { args: (source, arg), from_end, lengths: (common[axis], length) });
            }
            (common[axis], source) = (length, arg);
        }
    }
    Ok(common)
}

/// The shape in which operands with these shapes work together, as a ufunc's iterator finds it
/// (`npyiter_fill_axisdata`).
///
/// # Errors
/// `ValueError: operands could not be broadcast together with shapes ...`, with the lengths that disagree as
/// label; `ValueError: iterator is too large`.
pub fn broadcast_operands(shapes: &[&[usize]]) -> Result<Shape> {
    // by far the commonest case: equal shapes, or a 0-d operand beside another
    if let [first, rest @ ..] = shapes
        && rest.iter().all(|shape| shape == first || shape.is_empty())
    {
        return Ok(Shape::from_slice(first));
    }
    let shape = common_shape(shapes).map_err(|mismatch| {
        let texts: String = shapes.iter().map(|shape| array_shape_text(shape) + " ").collect();
        let mut error = value_error(format!("operands could not be broadcast together with shapes {texts}"))
            .label(mismatch.label());
        if let Some(help) = newaxis_help(shapes) {
            error = error.help(help);
        }
        error
    })?;
    if element_count(&shape).is_none() {
        return Err(value_error("iterator is too large"));
    }
    Ok(shape)
}

/// What would make two operands fit: a new last axis for the one with fewer axes.
fn newaxis_help(shapes: &[&[usize]]) -> Option<String> {
    let [first, second] = shapes else { return None };
    let (few, many) = if first.len() < second.len() { (first, second) } else { (second, first) };
    if few.len() != 1 || many.len() != 2 || many[0] != few[0] {
        return None;
    }
    Some(format!("with [:, np.newaxis] shape {} becomes ({}, 1) and fits", tuple_text(few), few[0]))
}

/// `np.broadcast_shapes(...)` and the shape of `np.broadcast(...)` (`PyArray_Broadcast`).
///
/// # Errors
/// `ValueError: shape mismatch: objects cannot be broadcast to a single shape. ...`, which numbers the arguments as
/// NumPy does: it works through them 64 at a time, with the shape so far as the first of each further lot.
pub fn broadcast_shapes(shapes: &[&[usize]]) -> Result<Shape> {
    let (first, mut rest) = shapes.split_at(shapes.len().min(64));
    let mut common = broadcast_lot(first)?;
    while !rest.is_empty() {
        let (lot, later) = rest.split_at(rest.len().min(63));
        let with_first: Vec<&[usize]> = std::iter::once(&*common).chain(lot.iter().copied()).collect();
        let next = broadcast_lot(&with_first)?;
        (common, rest) = (next, later);
    }
    Ok(common)
}

fn broadcast_lot(shapes: &[&[usize]]) -> Result<Shape> {
    let shape = common_shape(shapes).map_err(|mismatch| {
        let (first, second) = mismatch.args;
        value_error(format!(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {first} with \
             shape {} and arg {second} with shape {}.",
            tuple_text(shapes[first]),
            tuple_text(shapes[second]),
        ))
        .label(mismatch.label())
    })?;
    if element_count(&shape).is_none() {
        return Err(value_error("broadcast dimensions too large."));
    }
    Ok(shape)
}

/// The layout of `layout` stretched to `shape`, by the bare rule; `None` where it does not stretch. Axes of length
/// 1 and new axes get stride 0.
pub fn stretch(layout: &Layout, shape: &[usize]) -> Option<Layout> {
    let new = shape.len().checked_sub(layout.ndim())?;
    let mut strides = SmallVec::from_elem(0, shape.len());
    for axis in 0..layout.ndim() {
        match (layout.shape[axis], shape[new + axis]) {
            (1, _) => {}
            (length, wanted) if length == wanted => strides[new + axis] = layout.strides[axis],
            _ => return None,
        }
    }
    Some(Layout { dtype: layout.dtype.clone(), shape: shape.into(), strides, offset: layout.offset })
}

/// `np.broadcast_to(a, shape)`: a view in which stretched axes have stride 0. NumPy makes it read-only.
///
/// # Errors
/// NumPy's `ValueError`s: negative lengths, too few axes, lengths that differ, too many elements.
pub fn broadcast_to(layout: &Layout, shape: &[isize]) -> Result<Layout> {
    if shape.len() > MAX_DIMS {
        return Err(too_many_dimensions(shape.len()));
    }
    if shape.is_empty() && layout.ndim() > 0 {
        return Err(value_error("cannot broadcast a non-scalar to a scalar array"));
    }
    let Ok(wanted) = shape.iter().map(|&length| usize::try_from(length)).collect::<Result<Shape, _>>() else {
        return Err(value_error("all elements of broadcast shape must be non-negative"));
    };
    if wanted.len() < layout.ndim() {
        return Err(value_error("input operand has more dimensions than allowed by the axis remapping")
            .label(format!("the array has {} axes, the shape {}", layout.ndim(), wanted.len())));
    }
    let stretched = stretch(layout, &wanted).ok_or_else(|| {
        let error = value_error(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: {}  and requested \
             shape {}",
            array_shape_text(&layout.shape),
            shape_text(shape)
        ));
        match common_shape(&[&layout.shape, &wanted]) {
            Err(mismatch) => error.label(mismatch.label()),
            Ok(_) => error.label("only axes of length 1 stretch"),
        }
    })?;
    if element_count(&wanted).is_none() {
        return Err(value_error("iterator is too large"));
    }
    fits_memory(&wanted, layout.itemsize())?;
    Ok(stretched)
}

/// NumPy's limit for every array, views included: its lengths, those of 0 left out, and the item size have a product
/// below 2**63.
///
/// # Errors
/// `ValueError: array is too big; ...`.
pub fn fits_memory(shape: &[usize], itemsize: usize) -> Result<()> {
    let bytes = (shape.iter().filter(|&&length| length != 0))
        .try_fold(itemsize, |n, &length| n.checked_mul(length).filter(|&n| n <= isize::MAX as usize));
    match bytes {
        Some(_) => Ok(()),
        None => Err(value_error(
            "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
        )),
    }
}

/// The source of an assignment, stretched to the destination's shape. Leading axes of length 1 that the
/// destination does not have are dropped (`PyArray_AssignArray`).
///
/// # Errors
/// `ValueError: could not broadcast input array from shape ... into shape ...`.
pub fn broadcast_for_assignment(source: &Layout, shape: &[usize]) -> Result<Layout> {
    let excess = source.ndim().saturating_sub(shape.len());
    let ones = source.shape.iter().take(excess).take_while(|&&length| length == 1).count();
    let trimmed = Layout {
        dtype: source.dtype.clone(),
        shape: Shape::from_slice(&source.shape[ones..]),
        strides: SmallVec::from_slice(&source.strides[ones..]),
        offset: source.offset,
    };
    stretch(&trimmed, shape).ok_or_else(|| {
        let error = value_error(format!(
            "could not broadcast input array from shape {} into shape {}",
            array_shape_text(&trimmed.shape),
            array_shape_text(shape)
        ));
        match common_shape(&[&trimmed.shape, shape]) {
            Err(mismatch) => error.label(mismatch.label()),
            Ok(_) => error,
        }
    })
}

/// NumPy's refusal of an `out` that would have to stretch itself.
#[cold]
pub fn non_broadcastable_output(out: &[usize], shape: &[usize]) -> Error {
    value_error(format!(
        "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
        array_shape_text(out),
        array_shape_text(shape)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::Order;
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Float64.into(), shape, Order::C)
    }

    #[test]
    fn each_refusal_has_numpys_words() {
        let error = broadcast_operands(&[&[2, 3], &[2]]).unwrap_err();
        assert_eq!(error.message(), "operands could not be broadcast together with shapes (2,3) (2,) ");
        assert_eq!(error.details().label.as_deref(), Some("axis -1: 3 against 2"));
        assert_eq!(error.details().help, ["with [:, np.newaxis] shape (2,) becomes (2, 1) and fits"]);
        assert_eq!(
            broadcast_shapes(&[&[2, 3], &[1, 3], &[4]]).unwrap_err().message(),
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape \
             (2, 3) and arg 2 with shape (4,)."
        );
        let many: Vec<&[usize]> = std::iter::repeat_n(&[2][..], 70).chain([&[3][..]]).collect();
        assert!(broadcast_shapes(&many).unwrap_err().message().contains("arg 0 with shape (2,) and arg 7 with"));
        let message = |array: &[usize], shape: &[isize]| broadcast_to(&arange(array), shape).unwrap_err();
        assert_eq!(message(&[3], &[]).message(), "cannot broadcast a non-scalar to a scalar array");
        assert_eq!(message(&[3, 2], &[-1]).message(), "all elements of broadcast shape must be non-negative");
        assert_eq!(message(&[], &[1 << 62, 1 << 62]).message(), "iterator is too large");
        assert!(message(&[], &[1 << 60]).message().starts_with("array is too big;"));
        assert_eq!(
            message(&[2, 1, 3], &[2, 4, 4]).message(),
            "operands could not be broadcast together with remapped shapes [original->remapped]: (2,1,3)  and \
             requested shape (2,4,4)"
        );
        assert_eq!(
            broadcast_for_assignment(&arange(&[1, 4]), &[3]).unwrap_err().message(),
            "could not broadcast input array from shape (4,) into shape (3,)"
        );
    }

    #[test]
    fn stretched_axes_have_stride_zero() {
        assert_eq!(broadcast_to(&arange(&[1, 3]), &[1, 3]).unwrap().strides.as_slice(), [0, 8]);
        assert_eq!(broadcast_to(&arange(&[3, 1]), &[3, 0]).unwrap().strides.as_slice(), [8, 0]);
        assert_eq!(broadcast_for_assignment(&arange(&[1, 1, 3]), &[2, 3]).unwrap().strides.as_slice(), [0, 8]);
    }
}
