//! What stands between the brackets of `a[...]`, as the items of an index.

use super::coercion::array_from;
use crate::array::index::Index;
use crate::array::{NdArray, Order, Type};
use crate::error::{Result, index_error, type_error};
use crate::registry::Context;
use crate::value::{Int, Slice, Value, as_index};
use smallvec::SmallVec;

/// The items of an array's subscript.
///
/// # Errors
/// NumPy's `IndexError` for what is no index.
pub fn indices(context: &mut Context, index: &Value) -> Result<SmallVec<[Index; 4]>> {
    match index {
        Value::Tuple(items) => {
            items.iter().enumerate().map(|(n, item)| item_of(context, item).map_err(|e| e.at_index(n))).collect()
        }
        single => Ok(smallvec::smallvec![item_of(context, single)?]),
    }
}

/// A slice as an item of an array's subscript.
///
/// # Errors
/// `TypeError` where a bound is no integer.
pub fn slice_of(slice: &Slice) -> Result<Index> {
    let part = |value: &Value| match value {
        Value::None => Ok(None),
        Value::Int(Int::Small(v)) => Ok(Some(*v as isize)),
        Value::Int(v) => Ok(Some(if v.signum() < 0 { isize::MIN } else { isize::MAX })),
        other => as_index(other)
            .map(Some)
            .map_err(|_| type_error("slice indices must be integers or None or have an __index__ method")),
    };
    Ok(Index::Slice { start: part(&slice.start)?, stop: part(&slice.stop)?, step: part(&slice.step)? })
}

/// One item of an array's subscript.
///
/// # Errors
/// As [`indices`].
pub fn item_of(context: &mut Context, item: &Value) -> Result<Index> {
    Ok(match item {
        Value::Int(v) => {
            Index::Int(v.to_i64().ok_or_else(|| index_error("cannot fit 'int' into an index-sized integer"))? as isize)
        }
        Value::Slice(slice) => slice_of(slice)?,
        Value::None => Index::NewAxis,
        Value::Ellipsis => Index::Ellipsis,
        Value::Bool(truth) => Index::MaskScalar(*truth),
        Value::Scalar(scalar) => match scalar.as_i128() {
            Some(_) if scalar.ty() == Type::Bool => Index::MaskScalar(scalar.is_true()),
            Some(whole) => Index::Int(whole as isize),
            None => return Err(no_index()),
        },
        Value::Array(array) => from_array(array)?,
        Value::List(list) if list.items().is_empty() => {
            Index::Integers(NdArray::zeros(&context.runtime, Type::Int64.into(), &[0], Order::C)?)
        }
        Value::List(_) | Value::Range(_) | Value::Tuple(_) => {
            let array = array_from(context, item, None).map_err(|_| no_index())?;
            from_array(&array)?
        }
        Value::Object(_) => {
            let array = array_from(context, item, None).map_err(|_| no_index())?;
            from_array(&array)?
        }
        _ => return Err(no_index()),
    })
}

fn from_array(array: &crate::array::ArrayRef) -> Result<Index> {
    let ty = array.dtype().ty();
    if ty == Type::Bool {
        return Ok(if array.ndim() == 0 {
            Index::MaskScalar(array.read(array.layout().offset).is_true())
        } else {
            Index::Mask(std::rc::Rc::clone(array))
        });
    }
    if !ty.is_integer() {
        return Err(index_error("arrays used as indices must be of integer (or boolean) type"));
    }
    Ok(Index::Integers(std::rc::Rc::clone(array)))
}

fn no_index() -> crate::error::Error {
    index_error(
        "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices",
    )
}
