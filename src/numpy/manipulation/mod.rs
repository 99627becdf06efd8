//! Arrays made from arrays by moving elements, or only by looking at them in another way. One question a file.

pub mod axes;
pub mod blocks;
pub mod broadcasting;
pub mod conversion;
pub mod elements;
pub mod joining;
pub mod padding;
pub mod repetition;
pub mod resizing;
pub mod shape;
pub mod splitting;

use crate::array::layout::transpose::Axes;
use crate::array::{ArrayRef, NdArray};
use crate::error::{Result, type_error};
use crate::registry::{Arguments, Section};
use crate::value::{Value, as_index, iterate};
use smallvec::SmallVec;

/// The sections of this folder.
pub const SECTIONS: &[Section] = &[
    shape::SECTION,
    axes::SECTION,
    conversion::SECTION,
    broadcasting::SECTION,
    joining::SECTION,
    blocks::SECTION,
    splitting::SECTION,
    repetition::SECTION,
    resizing::SECTION,
    padding::SECTION,
    elements::SECTION,
];

/// An axis or several, as ints.
///
/// # Errors
/// `TypeError: 'float' object cannot be interpreted as an integer`.
pub fn axes_of(value: &Value) -> Result<SmallVec<[isize; 4]>> {
    match value {
        Value::Tuple(_) | Value::List(_) | Value::Range(_) => iterate(value)?.map(|item| as_index(&item?)).collect(),
        Value::Array(array) if array.ndim() > 0 => iterate(value)?.map(|item| as_index(&item?)).collect(),
        single => Ok(smallvec::smallvec![as_index(single)?]),
    }
}

/// The view whose axis `n` is axis `order[n]`.
pub fn permuted(array: &ArrayRef, order: &Axes) -> ArrayRef {
    let layout = crate::array::layout::transpose::permute(&array.layout(), order);
    NdArray::view(array, layout)
}

/// The receiver of a method, which must be an array.
///
/// # Errors
/// `TypeError` where it is none.
pub fn receiver(arguments: &mut Arguments) -> Result<ArrayRef> {
    match arguments.take_receiver() {
        Value::Array(array) => Ok(array),
        other => Err(type_error(format!(
            "descriptor requires a 'numpy.ndarray' object but received a '{}'",
            other.type_name()
        ))),
    }
}
