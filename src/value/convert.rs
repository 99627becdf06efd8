//! What a function makes of the values it is given: an index, a float, a shape.

use super::{Int, Value, is_true};
use crate::array::Scalar;
use crate::array::layout::Shape;
use crate::error::{Result, overflow_error, type_error, value_error};

/// As an int, where Python's `operator.index` gives one (`__index__`): ints, bools, integer scalars and
/// integer arrays of no axes.
///
/// # Errors
/// `TypeError: 'float' object cannot be interpreted as an integer`.
pub fn as_int(value: &Value) -> Result<Int> {
    match value {
        Value::Int(v) => Ok(v.clone()),
        Value::Bool(v) => Ok(Int::from(*v)),
        Value::Scalar(v) if v.ty().is_integer() => Ok(Int::from(v.as_i128().unwrap_or(0))),
        Value::Array(array) if array.ndim() == 0 && array.dtype().ty().is_integer() => {
            Ok(Int::from(array.read(array.layout().offset).as_i128().unwrap_or(0)))
        }
        Value::Array(_) => Err(type_error("only integer scalar arrays can be converted to a scalar index")),
        Value::Scalar(v) => {
            Err(type_error(format!("'numpy.{}' object cannot be interpreted as an integer", v.ty().name())))
        }
        other => Err(type_error(format!("'{}' object cannot be interpreted as an integer", other.type_name()))),
    }
}

/// As a machine-sized index.
///
/// # Errors
/// As [`as_int`]; `OverflowError` where it does not fit.
pub fn as_index(value: &Value) -> Result<isize> {
    let int = as_int(value)?;
    int.to_i64().map(|n| n as isize).ok_or_else(|| overflow_error("Python int too large to convert to C ssize_t"))
}

/// As a count: an index that is not negative.
///
/// # Errors
/// As [`as_index`]; `ValueError` where it is negative.
pub fn as_usize(value: &Value) -> Result<usize> {
    usize::try_from(as_index(value)?).map_err(|_| value_error("negative dimensions are not allowed"))
}

/// As a float.
///
/// # Errors
/// `TypeError: must be real number, not str`.
pub fn as_f64(value: &Value) -> Result<f64> {
    match value {
        Value::Float(v) => Ok(*v),
        Value::Int(v) => Ok(v.to_f64()),
        Value::Bool(v) => Ok(*v as u8 as f64),
        Value::Scalar(v) => Ok(v.as_f64()),
        Value::Array(array) if array.size() == 1 => Ok(array.read(array.layout().offset).as_f64()),
        Value::Array(_) => Err(type_error("only 0-dimensional arrays can be converted to Python scalars")),
        other => Err(type_error(format!("must be real number, not {}", other.type_name()))),
    }
}

/// Python's truth of an argument.
///
/// # Errors
/// As [`is_true`].
pub fn as_bool(value: &Value) -> Result<bool> {
    is_true(value)
}

/// As a str.
///
/// # Errors
/// `TypeError` that names the parameter.
pub fn as_str<'v>(value: &'v Value, parameter: &str) -> Result<&'v str> {
    match super::plain(value) {
        Value::Str(text) => Ok(text),
        other => Err(type_error(format!("{parameter} must be str, not {}", other.type_name()))),
    }
}

/// As a shape: an int or a sequence of ints. Lengths may be -1 where the caller allows it, so they are signed.
///
/// # Errors
/// NumPy's `TypeError` ("expected a sequence of integers or a single integer, got ...").
pub fn shape_of(value: &Value) -> Result<smallvec::SmallVec<[isize; 4]>> {
    let collected: Vec<Value>;
    let items: &[Value] = match value {
        Value::Tuple(items) => items,
        Value::List(list) => {
            collected = list.to_vec();
            &collected
        }
        Value::Array(array) if array.ndim() == 1 => {
            collected = super::iterate(value)?.collect::<Result<_>>()?;
            &collected
        }
        Value::Range(_) => {
            collected = super::iterate(value)?.collect::<Result<_>>()?;
            &collected
        }
        Value::None => return Err(type_error("Use () not None as shape arguments")),
        // a str is a sequence, of strs
        Value::Str(_) => return Err(type_error("'str' object cannot be interpreted as an integer")),
        single => {
            return match as_index(single) {
                Ok(n) => Ok(smallvec::smallvec![n]),
                Err(e) if e.class() == crate::error::ErrorClass::OverflowError => {
                    Err(value_error("Maximum allowed dimension exceeded"))
                }
                Err(_) => Err(type_error(format!(
                    "expected a sequence of integers or a single integer, got '{}'",
                    super::repr(single, &Default::default())
                ))),
            };
        }
    };
    shape_from(items)
}

/// As a shape: several ints.
///
/// # Errors
/// `TypeError: 'float' object cannot be interpreted as an integer`.
#[inline]
pub fn shape_from(items: &[Value]) -> Result<smallvec::SmallVec<[isize; 4]>> {
    let length = |item: &Value| match as_index(item) {
        Err(e) if e.class() == crate::error::ErrorClass::OverflowError => {
            Err(value_error("Maximum allowed dimension exceeded"))
        }
        other => other,
    };
    let mut shape = smallvec::SmallVec::new();
    for item in items {
        shape.push(match item {
            Value::Int(Int::Small(n)) => *n as isize,
            other => length(other)?,
        });
    }
    Ok(shape)
}

/// Refuses negative lengths.
///
/// # Errors
/// `ValueError: negative dimensions are not allowed`.
pub fn lengths(shape: &[isize]) -> Result<Shape> {
    shape.iter().map(|&n| usize::try_from(n).map_err(|_| value_error("negative dimensions are not allowed"))).collect()
}

/// The Python number that an element stands for: what `a.item()` and `a.tolist()` give.
pub fn python_number(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool(truth) => Value::Bool(truth),
        Scalar::Float16(_) | Scalar::Float32(_) | Scalar::Float64(_) => Value::Float(scalar.as_f64()),
        Scalar::Complex64(_) | Scalar::Complex128(_) => Value::Complex(scalar.as_complex()),
        whole => Value::int(whole.as_i128().unwrap_or(0)),
    }
}
