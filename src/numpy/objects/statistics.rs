//! Means and variances of objects, by Python's operators (`_mean` and `_var`, numpy/_core/_methods.py).

use super::reduce;
use crate::array::{ArrayRef, Scalar};
use crate::error::Result;
use crate::numpy::calls;
use crate::registry::Context;
use crate::ufunc::statistics::StatisticsOptions;
use crate::ufunc::{ReduceOptions, named, reduced_axes};
use crate::value::Value;

/// How many elements each result is made of.
fn count(array: &ArrayRef, options: &StatisticsOptions) -> Result<usize> {
    let reduced = reduced_axes(&options.axes, array.ndim())?;
    let shape = array.shape();
    Ok(shape.iter().zip(&reduced).filter(|(_, reduced)| **reduced).map(|(&length, _)| length).product())
}

fn sum(context: &mut Context, array: &ArrayRef, options: &StatisticsOptions, keepdims: bool) -> Result<Value> {
    let options = ReduceOptions {
        axes: options.axes.clone(),
        out: None,
        keepdims,
        initial: None,
        dtype: options.dtype.clone(),
        where_: options.where_.clone(),
    };
    reduce(context, const { named("add") }, array, &options).map(calls::outcome)
}

/// A result goes to `out`, or is itself the result.
fn delivered(context: &mut Context, value: Value, options: &StatisticsOptions) -> Result<Value> {
    let Some(out) = &options.out else { return Ok(value) };
    calls::copyto(context, out, &value, None)?;
    Ok(Value::Array(out.clone()))
}

/// The mean of objects: their sum by their number.
///
/// # Errors
/// What Python's operators raise; axes that are not there.
pub fn mean(context: &mut Context, array: &ArrayRef, options: &StatisticsOptions) -> Result<Value> {
    let items = Scalar::Int64(count(array, options)? as i64);
    let total = sum(context, array, options, options.keepdims)?;
    let mean = calls::divide(context, total, Value::Scalar(items))?;
    delivered(context, mean, options)
}

/// The variance of objects.
///
/// # Errors
/// As [`mean`].
pub fn variance(context: &mut Context, array: &ArrayRef, options: &StatisticsOptions, ddof: Value) -> Result<Value> {
    let items = Value::Scalar(Scalar::Int64(count(array, options)? as i64));
    let total = sum(context, array, options, true)?;
    let mean = calls::divide(context, total, items.clone())?;
    let difference = calls::subtract(context, Value::Array(array.clone()), mean)?;
    let conjugate = calls::ufunc(context, "conjugate", [difference.clone()])?;
    let squares = calls::ufunc(context, "multiply", [difference, conjugate])?;
    let squares = calls::as_array(context, &squares)?;
    let total = sum(context, &squares, options, options.keepdims)?;
    let left = calls::subtract(context, items, ddof)?;
    let left = calls::ufunc(context, "maximum", [left, Value::int(0)])?;
    let variance = calls::divide(context, total, left)?;
    delivered(context, variance, options)
}

/// The standard deviation of objects.
///
/// # Errors
/// As [`mean`].
pub fn deviation(context: &mut Context, array: &ArrayRef, options: &StatisticsOptions, ddof: Value) -> Result<Value> {
    let aside = StatisticsOptions { out: None, ..options.clone() };
    let variance = variance(context, array, &aside, ddof)?;
    let root = calls::ufunc(context, "sqrt", [variance])?;
    delivered(context, root, options)
}
