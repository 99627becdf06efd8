//! `value[index]`: to read, to assign, to delete.

use crate::array::NdArray;
use crate::array::index::{self, Selected};
use crate::error::{Result, index_error, type_error, value_error};
use crate::numpy::coercion::{array_like, element_of};
use crate::numpy::subscript::indices;
use crate::python;
use crate::registry::Context;
use crate::value::Value;

/// `value[index]`.
///
/// # Errors
/// `IndexError`, `KeyError`, `TypeError`, as the value's class says.
pub fn get_item(context: &mut Context, value: &Value, index: &Value) -> Result<Value> {
    match value {
        Value::Array(array) => {
            let items = indices(context, index)?;
            let before = context.runtime.ledger.set_cause("advanced indexing");
            let selected = index::get(&context.runtime, array, &items);
            context.runtime.ledger.set_cause(before);
            Ok(match selected? {
                Selected::View(view) => Value::Array(view),
                Selected::Copy(copy) => Value::Array(copy),
                Selected::Element(scalar) => Value::Scalar(scalar),
            })
        }
        Value::Scalar(scalar) => {
            let array = Value::Array(NdArray::from_scalar(&context.runtime, *scalar)?);
            match index {
                Value::Tuple(items) if items.is_empty() => Ok(value.clone()),
                Value::Ellipsis | Value::None | Value::Tuple(_) => get_item(context, &array, index),
                _ => Err(index_error("invalid index to scalar variable.")),
            }
        }
        Value::Object(object) => std::rc::Rc::clone(object).item(context, value, index),
        other => python::get_item(context, other, index),
    }
}

/// `value[index] = new`.
///
/// # Errors
/// As [`get_item`]; `ValueError` where an array is read-only or the shapes do not fit.
pub fn set_item(context: &mut Context, value: &Value, index: &Value, new: Value) -> Result<()> {
    match value {
        Value::Array(array) => {
            array.require_writeable("assignment destination")?;
            let items = indices(context, index)?;
            let ty = array.layout().dtype.ty();
            // One Python number into one element, where no cast is left to do: no array in between.
            if let Value::Int(_) | Value::Float(_) = new
                && let Some(offset) = index::element_offset(&array.layout(), &items)?
                && let Some(scalar) = element_of(context, &new, ty)
                && let Ok(scalar) = scalar
                && scalar.ty() == ty
            {
                array.write(offset, &scalar);
                context.runtime.record_write_element(array, offset);
                return Ok(());
            }
            let source = array_like(context, &new, &array.dtype())?;
            let before = context.runtime.ledger.set_cause("assignment");
            let result = index::set(&context.runtime, array, &items, &source);
            context.runtime.ledger.set_cause(before);
            result
        }
        Value::Scalar(_) => {
            Err(type_error(format!("'{}' object does not support item assignment", value.class().qualified())))
        }
        Value::Object(object) => std::rc::Rc::clone(object).set_item(context, index, &new),
        other => python::set_item(context, other, index, new),
    }
}

/// `del value[index]`.
///
/// # Errors
/// As [`get_item`].
pub fn delete_item(context: &mut Context, value: &Value, index: &Value) -> Result<()> {
    match value {
        Value::Array(_) => {
            Err(value_error("cannot delete array elements").help("np.delete(a, index) makes a new array without them"))
        }
        other => python::delete_item(context, other, index),
    }
}
