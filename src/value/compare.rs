//! Python's equality, order, hash and truth of values.

use super::{Int, Record, Value, element_at, length, plain};
use crate::array::Scalar;
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use num_complex::Complex64;
use std::cell::Cell;
use std::cmp::Ordering;

/// A number, as comparisons see it.
pub(super) enum Number {
    Int(Int),
    Float(f64),
    Complex(Complex64),
}

pub(super) fn number(value: &Value) -> Option<Number> {
    Some(match value {
        Value::Bool(v) => Number::Int(Int::from(*v)),
        Value::Int(v) => Number::Int(v.clone()),
        Value::Float(v) => Number::Float(*v),
        Value::Complex(v) => Number::Complex(*v),
        Value::Scalar(v) => match v.as_i128() {
            Some(whole) => Number::Int(Int::from(whole)),
            None if v.ty().is_complex() => Number::Complex(v.as_complex()),
            None => Number::Float(v.as_f64()),
        },
        _ => return None,
    })
}

fn order_int_float(int: &Int, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float.is_infinite() {
        return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = Int::from_f64(float.trunc())?;
    Some(int.cmp(&whole).then_with(|| 0.0f64.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal)))
}

/// Python's `==` between values that are no arrays (an array equals only itself here; the evaluator compares
/// arrays element by element).
///
/// # Errors
/// `ValueError` where a container holds arrays whose truth is ambiguous.
pub fn equal(a: &Value, b: &Value) -> Result<bool> {
    deeper(|| equal_values(a, b))
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// One level further into values that may hold themselves.
///
/// # Errors
/// `RecursionError`, as CPython's.
fn deeper<T>(compare: impl FnOnce() -> Result<T>) -> Result<T> {
    const MAX_DEPTH: usize = 500;
    let depth = DEPTH.with(|depth| depth.replace(depth.get() + 1));
    let result = if depth < MAX_DEPTH {
        compare()
    } else {
        Err(Error::new(ErrorClass::RecursionError, "maximum recursion depth exceeded in comparison"))
    };
    DEPTH.with(|current| current.set(depth));
    result
}

fn equal_values(a: &Value, b: &Value) -> Result<bool> {
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return Ok(match (x, y) {
            (Number::Int(x), Number::Int(y)) => x == y,
            (Number::Float(x), Number::Float(y)) => x == y,
            (Number::Complex(x), Number::Complex(y)) => x == y,
            (Number::Int(x), Number::Float(y)) | (Number::Float(y), Number::Int(x)) => {
                order_int_float(&x, y) == Some(Ordering::Equal)
            }
            (Number::Int(x), Number::Complex(y)) | (Number::Complex(y), Number::Int(x)) => {
                y.im == 0.0 && order_int_float(&x, y.re) == Some(Ordering::Equal)
            }
            (Number::Float(x), Number::Complex(y)) | (Number::Complex(y), Number::Float(x)) => y.im == 0.0 && x == y.re,
        });
    }
    let all_equal = |x: &[Value], y: &[Value]| -> Result<bool> {
        if x.len() != y.len() {
            return Ok(false);
        }
        for (a, b) in x.iter().zip(y) {
            if !a.is(b) && !equal(a, b)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => Ok(x == y),
        (Value::Bytes(x), Value::Bytes(y)) => Ok(x == y),
        (Value::Tuple(x), Value::Tuple(y)) => all_equal(x, y),
        (Value::List(x), Value::List(y)) => all_equal(&x.to_vec(), &y.to_vec()),
        (Value::Range(x), Value::Range(y)) => {
            Ok(x.len() == y.len() && (x.is_empty() || (x.start == y.start && (x.len() == 1 || x.step == y.step))))
        }
        (Value::Slice(x), Value::Slice(y)) => {
            Ok(equal(&x.start, &y.start)? && equal(&x.stop, &y.stop)? && equal(&x.step, &y.step)?)
        }
        (Value::Dict(x), Value::Dict(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            for (key, value) in x.entries() {
                match y.get(&key)? {
                    Some(other) if value.is(&other) || equal(&value, &other)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
        (Value::Set(x), Value::Set(y)) => {
            if x.len() != y.len() {
                return Ok(false);
            }
            for key in x.keys() {
                if !y.contains(&key)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::DType(x), Value::DType(y)) => Ok(x == y),
        (Value::Array(x), Value::Array(y)) if !std::rc::Rc::ptr_eq(x, y) => {
            if x.size() == 1 && y.size() == 1 {
                let (x, y) = (element_at(x, x.layout().offset), element_at(y, y.layout().offset));
                return equal(&x, &y);
            }
            Err(ambiguous())
        }
        (Value::Array(x), y) | (y, Value::Array(x)) if number(y).is_some() => {
            if x.size() == 1 {
                return equal(&element_at(x, x.layout().offset), y);
            }
            Err(ambiguous())
        }
        (Value::Object(x), other) | (other, Value::Object(x)) => Ok(x.equal(other).unwrap_or_else(|| a.is(b))),
        _ => Ok(a.is(b)),
    }
}

fn ambiguous() -> crate::error::Error {
    value_error("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
}

/// Python's order of two values; `None` where one is nan, so that every comparison is false.
///
/// # Errors
/// `TypeError` where the two have no order.
pub fn order(a: &Value, b: &Value, symbol: &str) -> Result<Option<Ordering>> {
    deeper(|| order_values(a, b, symbol))
}

fn order_values(a: &Value, b: &Value, symbol: &str) -> Result<Option<Ordering>> {
    let unordered = || {
        type_error(format!("'{symbol}' not supported between instances of '{}' and '{}'", a.type_name(), b.type_name()))
    };
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return Ok(match (x, y) {
            (Number::Int(x), Number::Int(y)) => Some(x.cmp(&y)),
            (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
            (Number::Int(x), Number::Float(y)) => order_int_float(&x, y),
            (Number::Float(x), Number::Int(y)) => order_int_float(&y, x).map(Ordering::reverse),
            _ => return Err(unordered()),
        });
    }
    let first_difference = |x: &[Value], y: &[Value]| -> Result<Option<Ordering>> {
        for (a, b) in x.iter().zip(y) {
            if !a.is(b) && !equal(a, b)? {
                return order(a, b, symbol);
            }
        }
        Ok(Some(x.len().cmp(&y.len())))
    };
    match (plain(a), plain(b)) {
        (Value::Str(x), Value::Str(y)) => Ok(Some(x.chars().cmp(y.chars()))),
        (Value::Bytes(x), Value::Bytes(y)) => Ok(Some(x.cmp(y))),
        (Value::Tuple(x), Value::Tuple(y)) => first_difference(x, y),
        (Value::List(x), Value::List(y)) => first_difference(&x.to_vec(), &y.to_vec()),
        _ => Err(unordered()),
    }
}

/// Python's truth of a value.
///
/// # Errors
/// `ValueError` for an array of more than one element, or of none.
pub fn is_true(value: &Value) -> Result<bool> {
    match value {
        Value::None => Ok(false),
        Value::Bool(v) => Ok(*v),
        Value::Int(v) => Ok(!v.is_zero()),
        Value::Float(v) => Ok(*v != 0.0),
        Value::Complex(v) => Ok(*v != Complex64::new(0.0, 0.0)),
        Value::Scalar(v) => Ok(Scalar::is_true(v)),
        Value::Array(array) => match array.size() {
            1 => Ok(array.read(array.layout().offset).is_true()),
            0 => Err(value_error(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
            )),
            _ => Err(ambiguous().help("a.any(), a.all() or a.size > 0")),
        },
        Value::DType(_) => Ok(true),
        Value::Object(object) if let Some(record) = object.as_any().downcast_ref::<Record>() => Ok(record.is_true()),
        Value::Object(object) if let Some(truth) = object.truth() => Ok(truth),
        other => Ok(length(other).is_none_or(|n| n > 0)),
    }
}
