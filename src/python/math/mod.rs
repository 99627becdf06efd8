//! Python's module `math`.

pub mod integer;
pub mod real;
mod special;
pub mod sums;

use crate::array::Type;
use crate::error::{Error, Result, overflow_error, type_error, value_error};
use crate::python::integer as int;
use crate::value::Value;

/// An argument as a float.
///
/// # Errors
/// `TypeError: must be real number, not str`; `OverflowError` for too large an int.
fn to_real(value: &Value) -> Result<f64> {
    let refused = || type_error(format!("must be real number, not {}", value.class().qualified()));
    match value {
        Value::Float(v) => Ok(*v),
        Value::Int(v) => int::to_float(v),
        Value::Bool(v) => Ok(f64::from(u8::from(*v))),
        Value::Scalar(v) if !v.ty().is_complex() || v.ty() == Type::Complex64 => Ok(v.as_f64()),
        Value::Array(array) if array.ndim() == 0 => Ok(array.read(array.layout().offset).as_f64()),
        Value::Array(_) => Err(type_error("only 0-dimensional arrays can be converted to Python scalars")),
        _ => Err(refused()),
    }
}

fn domain_error() -> Error {
    value_error("math domain error")
}

fn range_error() -> Error {
    overflow_error("math range error")
}
