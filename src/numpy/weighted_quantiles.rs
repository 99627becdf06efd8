//! Quantiles of elements that count as much as their weights say (`_quantile`, function_base.py).
//!
//! The elements are sorted, and the weights with them; the running sum of the weights says where the parts end.

use super::averages::fitting_weights;
use super::calls;
use super::quantiles::{Parts, merge_axes, reduce_as_one, with_nans};
use super::sorting::flattened;
use crate::array::cast::Casting;
use crate::array::copy::{copy, ravel};
use crate::array::index::Index;
use crate::array::{ArrayRef, Order};
use crate::error::{Result, value_error};
use crate::interrupt;
use crate::registry::{Arguments, Context};
use crate::syntax::ast::CompareOp;
use crate::value::Value;

/// The weights of the elements of `array`, several axes merged into one as the elements' are.
///
/// # Errors
/// `ValueError` for another method than 'inverted_cdf', for weights that do not fit or are negative.
pub(super) fn valid_weights(context: &mut Context, arguments: &Arguments, array: &ArrayRef) -> Result<ArrayRef> {
    let method = arguments.get("method");
    if !matches!(&method, Value::Str(method) if &**method == "inverted_cdf") {
        let method = crate::value::str(&method, &context.print_options);
        let message = format!("Only method 'inverted_cdf' supports weights. Got: {method}.");
        return Err(value_error(message).at_argument("method"));
    }
    let axes = calls::normalized_axes(arguments, array.ndim(), Some("axis"))?;
    let weights = fitting_weights(context, arguments, array, axes.as_deref())?;
    let negative = calls::compare(context, CompareOp::Less, &Value::Array(weights.clone()), &Value::int(0))?;
    if calls::any_true(context, &negative)? {
        return Err(value_error("Weights must be non-negative.").at_argument("weights"));
    }
    match axes.as_deref() {
        Some(axes) if axes.len() != 1 => Ok(merge_axes(context, &weights, axes)?.0),
        _ => Ok(weights),
    }
}

/// `np.quantile(a, q, weights=weights, method='inverted_cdf')`.
///
/// # Errors
/// As [`valid_weights`]; `ValueError` for weights that are not finite, or are all 0.
pub(super) fn quantiles(context: &mut Context, arguments: &Arguments, parts: &Parts) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let weights = valid_weights(context, arguments, &array)?;
    let overwrite = calls::flag(arguments, "overwrite_input")?;
    reduce_as_one(context, arguments, &array, &mut |context, array, axis, out| {
        let (array, weights) = match (axis, overwrite) {
            (None, true) => (ravel(&context.runtime, array)?, ravel(&context.runtime, &weights)?),
            (None, false) => (flattened(context, array)?, flattened(context, &weights)?),
            (Some(_), true) => (array.clone(), weights.clone()),
            (Some(_), false) => (copy(&context.runtime, array, Order::C)?, weights.clone()),
        };
        let axis = axis.unwrap_or(0) as isize;
        let (array, weights) = (calls::moveaxis(&array, axis, 0)?, calls::moveaxis(&weights, axis, 0)?);
        along_first(context, array, weights, parts, out)
    })
}

/// The quantiles along the first axis.
///
/// # Errors
/// As [`quantiles`].
pub(super) fn along_first(
    context: &mut Context,
    array: ArrayRef,
    weights: ArrayRef,
    parts: &Parts,
    out: Option<&ArrayRef>,
) -> Result<Value> {
    let first = || [("axis", Value::int(0))];
    let order = calls::call_array(context, "np.argsort", vec![Value::Array(array.clone())], first())?;
    let in_order = |context: &mut Context, array: &ArrayRef| {
        let values = vec![Value::Array(array.clone()), Value::Array(order.clone())];
        calls::call_array(context, "np.take_along_axis", values, first())
    };
    let sorted = in_order(context, &array)?;
    let weights = if weights.shape() == array.shape() {
        in_order(context, &weights)?
    } else {
        let line = calls::reshape(context, &weights, &[-1])?;
        calls::get_array(context, &line, &[Index::Integers(order.clone())])?
    };
    let is_inexact = sorted.dtype().ty().is_inexact();
    // NumPy looks at the last element here, which an empty axis does not have.
    let last = match is_inexact {
        true => Some(calls::get(context, &sorted, &[Index::Int(-1)])?),
        false => None,
    };
    let sums = running_parts(context, &weights, parts)?;
    let result = found(context, &sorted, &sums, parts, out)?;
    match last {
        Some(last) => with_nans(context, Value::Array(result), last, out.is_some()),
        None => Ok(Value::Array(result)),
    }
}

/// For each element the part of the weight that lies at it or before it.
fn running_parts(context: &mut Context, weights: &ArrayRef, parts: &Parts) -> Result<ArrayRef> {
    let keywords = [("axis", Value::int(0)), ("dtype", Value::str("f8"))];
    let sums = calls::call_array(context, "np.cumsum", vec![Value::Array(weights.clone())], keywords)?;
    let total = calls::get(context, &sums, &[Index::Int(-1), Index::Ellipsis])?;
    calls::ufunc_into(context, "divide", [Value::Array(sums.clone()), total], &sums, Casting::SameKind)?;
    let total = calls::get(context, &sums, &[Index::Int(-1)])?;
    let nans = calls::ufunc(context, "isnan", [total])?;
    if calls::any_true(context, &nans)? {
        return Err(value_error("Weights included NaN, inf or were all zero.").at_argument("weights"));
    }
    let ty = parts.q().dtype().ty();
    let sums = if ty.is_inexact() { calls::astype(context, &sums, ty, true)? } else { sums };
    // Elements without weight in front of all others are never the answer.
    let none = calls::compare(context, CompareOp::Equal, &Value::Array(sums.clone()), &Value::int(0))?;
    if calls::any_true(context, &none)? {
        let none = calls::as_array(context, &none)?;
        calls::copyto(context, &sums, &Value::int(-1), Some(&none))?;
    }
    Ok(sums)
}

/// The elements at which the parts end, line by line.
fn found(
    context: &mut Context,
    sorted: &ArrayRef,
    sums: &ArrayRef,
    parts: &Parts,
    out: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    let (q, shape) = (parts.q(), sorted.shape());
    let lines: Vec<usize> = shape[1..].to_vec();
    let wanted: Vec<usize> = q.shape().iter().copied().chain(lines.iter().copied()).collect();
    let result = match out {
        None => calls::empty(context, sorted.dtype().ty(), &wanted)?,
        Some(out) if *out.shape() == *wanted => out.clone(),
        Some(out) => {
            let text = crate::array::layout::shape_text::tuple_text;
            let (wanted, got) = (text(&wanted), text(&out.shape()));
            let message = format!("Wrong shape of argument 'out', shape={wanted} is required; got shape={got}.");
            return Err(value_error(message).at_argument("out"));
        }
    };
    let last = Value::int(shape[0] as isize - 1);
    for number in 0..lines.iter().product() {
        interrupt::check()?;
        let mut line = Vec::with_capacity(lines.len());
        let mut rest: usize = number;
        for &length in lines.iter().rev() {
            line.insert(0, Index::Int((rest % length) as isize));
            rest /= length;
        }
        let column: Vec<Index> = std::iter::once(calls::slice(None, None)).chain(line.iter().cloned()).collect();
        let sum = calls::get(context, sums, &column)?;
        let places = calls::call(context, "np.searchsorted", vec![sum, Value::Array(q.clone())], [])?;
        let places = calls::ufunc(context, "minimum", [places, last.clone()])?;
        let elements = calls::get(context, sorted, &column)?;
        let taken = calls::call(context, "np.take", vec![elements, places], [("axis", Value::int(0))])?;
        let at: Vec<Index> = std::iter::once(Index::Ellipsis).chain(line).collect();
        calls::set(context, &result, &at, &taken)?;
        if calls::is_planning(context) {
            break;
        }
    }
    Ok(result)
}
