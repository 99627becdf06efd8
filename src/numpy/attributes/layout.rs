//! `a.shape`, `a.strides`, `a.dtype`: how the bytes of an array are seen, and setting that in place.

use super::array_of;
use crate::array::layout::{newshape, view_cast};
use crate::array::{ArrayRef, Layout, Order, Strides};
use crate::error::{ErrorClass, Result, attribute_error, type_error, value_error};
use crate::numpy::dtypes::as_dtype;
use crate::registry::{Attribute, Context, MemoryRule, Section};
use crate::value::{Value, as_index, shape_of};

fn set_shape(_: &mut Context, value: &Value, new: &Value) -> Result<()> {
    let array = array_of(value)?;
    if new.is_none() {
        return Err(type_error("Use () not None as shape arguments"));
    }
    let wanted = shape_of(new).map_err(|error| match new {
        Value::Str(_) | Value::Float(_) => as_index(new).err().unwrap_or(error),
        _ => error,
    })?;
    let old = array.layout().clone();
    let layout = newshape(&old, &wanted, Order::C)?.map_err(|(_, reason)| {
        attribute_error(
            "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
        )
        .label(reason.to_string())
    })?;
    array.set_layout(layout);
    Ok(())
}

/// The layout, if every element of it lies in the memory of the array's owner (`PyArray_CheckStrides`).
fn inside_owner(array: &ArrayRef, layout: &Layout) -> bool {
    let owner = crate::array::NdArray::owner(array);
    let bytes = owner.buffer_ref().len();
    layout.byte_range().is_some_and(|(low, high)| low >= 0 && usize::try_from(high).is_ok_and(|high| high <= bytes))
}

fn set_strides(context: &mut Context, value: &Value, new: &Value) -> Result<()> {
    let array = array_of(value)?;
    context.runtime.warn(
        ErrorClass::DeprecationWarning,
        "Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\nAs an alternative, you can create a \
         new view using np.lib.stride_tricks.as_strided.",
    );
    if new.is_none() {
        return Err(type_error("invalid strides"));
    }
    let strides: Strides = shape_of(new)?;
    let old = array.layout().clone();
    if strides.len() != old.ndim() {
        return Err(value_error(format!("strides must be  same length as shape ({})", old.ndim())));
    }
    let layout = Layout { strides, ..old };
    if !inside_owner(array, &layout) {
        let bytes = array.buffer_ref().len();
        let error = value_error("strides is not compatible with available memory");
        return Err(match layout.byte_range() {
            Some((low, high)) => error.label(format!("bytes {low} to {high} of a buffer of {bytes} wanted")),
            None => error,
        });
    }
    array.set_layout(layout);
    Ok(())
}

fn set_dtype(context: &mut Context, value: &Value, new: &Value) -> Result<()> {
    let array = array_of(value)?;
    let dtype = as_dtype(context, new).map_err(|error| match error.class() {
        ErrorClass::TypeError => type_error("invalid data-type for array"),
        _ => error,
    })?;
    crate::numpy::manipulation::conversion::require_no_references(&array.dtype(), &dtype)?;
    let layout = view_cast(&array.layout(), &dtype)?;
    array.set_layout(layout);
    Ok(())
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[],
    attributes: &[
        Attribute {
            name: "ndarray.shape",
            summary: "The length of each axis, in elements. Setting it reshapes in place, where that needs no copy.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.arange(6)
>>> a.shape = (2, -1)
>>> a
array([[0, 1, 2],
       [3, 4, 5]])
>>> a.T.shape
(3, 2)
>>> t = a.T
>>> t.shape = 6
AttributeError: Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.
",
            get: |_, value| Ok(Value::ints(array_of(value)?.shape())),
            set: Some(set_shape),
        },
        Attribute {
            name: "ndarray.strides",
            summary: "Bytes from one element to the next along each axis.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.zeros((3, 4))
>>> a.strides, a.T.strides
((32, 8), (8, 32))
>>> a[:, ::2].strides, a[::-1].strides
((32, 16), (-32, 8))
>>> np.broadcast_to(a, (5, 3, 4)).strides
(0, 32, 8)
",
            get: |_, value| Ok(Value::ints(array_of(value)?.layout().strides.iter().copied())),
            set: Some(set_strides),
        },
        Attribute {
            name: "ndarray.dtype",
            summary: "What an element is. Setting it reads the same bytes as other elements.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.array([1.0, 2.0])
>>> a.dtype
dtype('float64')
>>> a.dtype = 'i8'
>>> a
array([4607182418800017408, 4611686018427387904])
>>> a.dtype = np.uint8
>>> a.shape
(16,)
",
            get: |_, value| Ok(Value::dtype(array_of(value)?.dtype())),
            set: Some(set_dtype),
        },
    ],
    constants: &[],
    aliases: &[],
    classes: &[],
};
