//! What an array tells of itself: `a.shape`, `a.strides`, `a.base`, ... and which of that can be set.
//!
//! Reading an attribute never touches the elements. Setting one either changes how the same bytes are seen
//! (`shape`, `strides`, `dtype`) or writes into them (`real`, `imag`, `flat`).

mod ctypes;
mod dtype;
mod flags;
mod flat;
mod layout;
mod number;
mod scalar;

pub use flags::FLAGS;
pub use flat::FlatIter;
pub use scalar::scalar_from_text;

use super::coercion::array_like;
use crate::array::layout::transpose::{matrix_transpose, transpose};
use crate::array::{ArrayRef, Base, DType, Layout, NdArray, Order, Scalar, assign};
use crate::error::{Result, type_error};
use crate::registry::{Attribute, Context, MemoryRule, Section};
use crate::value::{Dict, Value};
use std::rc::Rc;

/// The sections of this folder.
pub const SECTIONS: &[Section] = &[
    SECTION,
    layout::SECTION,
    flags::SECTION,
    flat::SECTION,
    ctypes::SECTION,
    dtype::SECTION,
    scalar::SECTION,
    number::SECTION,
];

/// The array that an attribute of arrays was asked of.
///
/// # Errors
/// `TypeError` where it is no array.
pub fn array_of(value: &Value) -> Result<&ArrayRef> {
    match value {
        Value::Array(array) => Ok(array),
        other => Err(type_error(format!("expected an array, got '{}'", other.type_name()))),
    }
}

/// Writes `value`, broadcast and cast, into every element of `array`.
///
/// # Errors
/// `ValueError` where `array` is read-only or the shapes do not fit.
pub fn write_value(context: &mut Context, array: &ArrayRef, value: &Value) -> Result<()> {
    array.require_writeable("assignment destination")?;
    let source = array_like(context, value, &array.dtype())?;
    assign::assign(&context.runtime, array, &source)
}

/// What keeps the data of an array alive, as a value.
pub fn base_value(array: &NdArray) -> Value {
    match array.base() {
        None => Value::None,
        Some(Base::Array(base)) => Value::Array(base),
        Some(Base::Object(object)) => object.downcast_ref::<Value>().cloned().unwrap_or(Value::None),
    }
}

/// The layout of the real or the imaginary parts of a complex array.
fn part_layout(layout: &Layout, imaginary: bool) -> Layout {
    let part = DType::new(layout.dtype.ty().part()).with_swapped(layout.dtype.is_swapped());
    let offset = layout.offset + if imaginary { part.itemsize() } else { 0 };
    Layout { dtype: part, offset, ..layout.clone() }
}

/// `a.real`: a view of the real parts, or the array itself where it is not complex.
pub fn real_part(array: &ArrayRef) -> ArrayRef {
    if !array.dtype().ty().is_complex() {
        return Rc::clone(array);
    }
    let layout = part_layout(&array.layout(), false);
    NdArray::view(array, layout)
}

/// `a.imag`: a view of the imaginary parts, or new read-only zeros where the array is not complex.
///
/// # Errors
/// Those of allocating the zeros.
pub fn imaginary_part(context: &mut Context, array: &ArrayRef) -> Result<ArrayRef> {
    if array.dtype().ty().is_complex() {
        let layout = part_layout(&array.layout(), true);
        return Ok(NdArray::view(array, layout));
    }
    let order = if array.layout().is_f_contiguous() && !array.layout().is_c_contiguous() { Order::F } else { Order::C };
    let zeros = NdArray::zeros(&context.runtime, array.dtype(), &array.shape(), order)?;
    if zeros.layout().dtype.ty() == crate::array::Type::Object {
        assign::fill_new(&context.runtime, &zeros, Scalar::Int64(0))?;
    }
    zeros.set_writeable(false);
    Ok(zeros)
}

/// The entries of this file.
const SECTION: Section = Section {
    functions: &[],
    attributes: &[
        Attribute {
            name: "ndarray.size",
            summary: "The number of elements: the product of the shape.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.zeros((3, 5)).size
15
>>> np.broadcast_to(7, (1000, 1000)).size
1000000
",
            get: |_, value| Ok(array_of(value)?.size().into()),
            set: None,
        },
        Attribute {
            name: "ndarray.itemsize",
            summary: "Bytes that one element takes.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.array([1, 2]).itemsize
8
>>> np.array([1, 2], dtype=np.int8).itemsize
1
",
            get: |_, value| Ok(array_of(value)?.layout().itemsize().into()),
            set: None,
        },
        Attribute {
            name: "ndarray.nbytes",
            summary: "size * itemsize: the bytes one sees through the array, not those it keeps alive.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.zeros(1000)
>>> a.nbytes
8000
>>> a[:10].nbytes
80
>>> np.broadcast_to(a, (1000, 1000)).nbytes
8000000
",
            get: |_, value| Ok(array_of(value)?.layout().nbytes().into()),
            set: None,
        },
        Attribute {
            name: "ndarray.ndim",
            summary: "The number of axes.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.zeros((2, 3, 4)).ndim
3
>>> np.array(5).ndim
0
",
            get: |_, value| Ok(array_of(value)?.ndim().into()),
            set: None,
        },
        Attribute {
            name: "ndarray.base",
            summary: "The array (or other object) whose memory this one uses; None where it owns its memory.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.arange(12)
>>> b = a.reshape(3, 4)
>>> b[1:].base is a
True
>>> a.base is None
True
>>> np.arange(12).reshape(3, 4).base is None
False
",
            get: |_, value| Ok(base_value(array_of(value)?)),
            set: None,
        },
        Attribute {
            name: "ndarray.real",
            summary: "The real parts: a view into a complex array, or the array itself.",
            memory: MemoryRule::ViewIfPossible,
            example: "\
>>> z = np.array([1+2j, 3+4j])
>>> z.real
array([1., 3.])
>>> z.real.base is z
True
>>> z.real = 0
>>> z
array([0.+2.j, 0.+4.j])
>>> a = np.arange(3)
>>> a.real is a
True
",
            get: |_, value| Ok(real_part(array_of(value)?).into()),
            set: Some(|context, value, new| {
                let real = real_part(array_of(value)?);
                write_value(context, &real, new)
            }),
        },
        Attribute {
            name: "ndarray.imag",
            summary: "The imaginary parts: a view into a complex array, or new read-only zeros.",
            memory: MemoryRule::ViewIfPossible,
            example: "\
>>> z = np.array([1+2j, 3+4j])
>>> z.imag
array([2., 4.])
>>> z.imag.strides
(16,)
>>> a = np.arange(3)
>>> a.imag
array([0, 0, 0])
>>> a.imag.flags.writeable
False
",
            get: |context, value| Ok(imaginary_part(context, array_of(value)?)?.into()),
            set: Some(|context, value, new| {
                let array = array_of(value)?;
                if !array.dtype().ty().is_complex() {
                    return Err(type_error("array does not have imaginary part to set"));
                }
                let imaginary = imaginary_part(context, array)?;
                write_value(context, &imaginary, new)
            }),
        },
        Attribute {
            name: "ndarray.T",
            summary: "The array with its axes in reverse order.",
            memory: MemoryRule::View,
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.T
array([[0, 3],
       [1, 4],
       [2, 5]])
>>> a.strides, a.T.strides
((24, 8), (8, 24))
>>> np.shares_memory(a, a.T)
True
",
            get: |_, value| {
                let array = array_of(value)?;
                let layout = transpose(&array.layout(), None)?;
                Ok(NdArray::view(array, layout).into())
            },
            set: None,
        },
        Attribute {
            name: "ndarray.mT",
            summary: "The array with its last two axes exchanged: each matrix of a stack transposed.",
            memory: MemoryRule::View,
            example: "\
>>> a = np.arange(8).reshape(2, 2, 2)
>>> a.mT
array([[[0, 2],
        [1, 3]],

       [[4, 6],
        [5, 7]]])
>>> a.mT.strides
(32, 8, 16)
",
            get: |_, value| {
                let array = array_of(value)?;
                let layout = matrix_transpose(&array.layout())?;
                Ok(NdArray::view(array, layout).into())
            },
            set: None,
        },
        Attribute {
            name: "ndarray.data",
            summary: "The array's memory as a memoryview; what it prints says nothing of the array's address.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.arange(6).reshape(2, 3)
>>> a.data.shape, a.data.format, a.data.nbytes
((2, 3), 'l', 48)
>>> a.data[0, 1] = 9
>>> a
array([[0, 9, 2],
       [3, 4, 5]])
>>> a.data.obj is a
True
",
            get: |context, value| crate::python::memoryview::of(context, value),
            set: None,
        },
        Attribute {
            name: "ndarray.device",
            summary: "Where the array lives: always 'cpu'.",
            memory: MemoryRule::NoArray,
            example: "\
>>> np.arange(3).device
'cpu'
",
            get: |_, value| array_of(value).map(|_| Value::str("cpu")),
            set: None,
        },
        Attribute {
            name: "ndarray.__array_interface__",
            summary: "Address, shape, strides and type of the data, for other programs.",
            memory: MemoryRule::NoArray,
            example: "\
>>> a = np.arange(4)
>>> a.__array_interface__['shape'], a.__array_interface__['typestr']
((4,), '<i8')
>>> a[1:].__array_interface__['data'][0] - a.__array_interface__['data'][0]
8
",
            get: |_, value| {
                let array = array_of(value)?;
                let layout = array.layout();
                let strides =
                    if layout.is_c_contiguous() { Value::None } else { Value::ints(layout.strides.iter().copied()) };
                let entries = [
                    ("data", Value::tuple([array.address().into(), Value::Bool(!array.is_writeable())])),
                    ("strides", strides),
                    ("descr", Value::list([Value::tuple(["".into(), layout.dtype.str().into()])])),
                    ("typestr", layout.dtype.str().into()),
                    ("shape", Value::ints(layout.shape.iter().copied())),
                    ("version", Value::int(3)),
                ];
                let dict = Dict::new(entries.into_iter().map(|(key, value)| (key.into(), value)))?;
                Ok(Value::Dict(Rc::new(dict)))
            },
            set: None,
        },
    ],
    constants: &[],
    aliases: &[],
    classes: &[],
};
