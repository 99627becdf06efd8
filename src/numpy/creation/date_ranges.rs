//! `np.arange` over dates and spans of time (`datetime_arange`, datetime.c).

use crate::array::calendar::{NAT, Resolution};
use crate::array::{ArrayRef, DType, NdArray, Order, Time, Type};
use crate::error::{Result, type_error, value_error};
use crate::numpy::coercion::time_item;
use crate::registry::Context;
use crate::value::{Value, element_at, time_of};

/// An end or the step: a date or span as it is, an int as a span without a unit, a text as what is asked for.
fn bound(value: &Value, is_span: bool, dtype: Option<&DType>) -> Result<Time> {
    let value = match value {
        Value::Array(array) if array.ndim() == 0 => element_at(array, array.layout().offset),
        other => other.clone(),
    };
    if let Some(time) = time_of(&value) {
        return Ok(time);
    }
    let is_text = matches!(value, Value::Str(_) | Value::Bytes(_));
    let resolution = dtype.map_or(Resolution::GENERIC, DType::resolution);
    let wanted = if is_text { DType::time(is_span, resolution) } else { Type::TimeDelta64.into() };
    time_item(&value, &wanted)?.ok_or_else(|| value_error("Could not convert object to NumPy timedelta"))
}

/// `np.arange(start, stop, step, dtype)`, where one of them is a date or a span.
///
/// # Errors
/// `ValueError` for a range of dates without a start, a step of 0 and what is not a time; those of joining units.
pub fn arange(
    context: &mut Context,
    start: Option<&Value>,
    stop: &Value,
    step: &Value,
    dtype: Option<&DType>,
) -> Result<Value> {
    let is_date = |value: &Value| match value {
        Value::Array(array) => array.dtype().ty() == Type::DateTime64,
        other => time_of(other).is_some_and(|time| !time.is_span),
    };
    let is_span = match dtype {
        Some(dtype) => dtype.ty() == Type::TimeDelta64,
        None => !(start.is_some_and(is_date) || is_date(stop)),
    };
    let Some(start) = start.cloned().or(is_span.then(|| Value::int(0))) else {
        return Err(value_error("arange requires both a start and a stop for NumPy datetime64 ranges"));
    };
    let step = bound(step, true, None)?;
    if !step.is_span {
        return Err(value_error("cannot use a datetime as a step in arange").at_argument("step"));
    }
    let (start, stop) = (bound(&start, is_span, dtype)?, bound(stop, is_span, dtype)?);
    if !is_span && start.is_span {
        return Err(value_error("arange requires both a start and a stop for NumPy datetime64 ranges"));
    }
    if is_span && !(start.is_span && stop.is_span) {
        return Err(type_error("Could not convert object to NumPy timedelta"));
    }
    let resolution = match dtype.map(DType::resolution).filter(|resolution| !resolution.is_generic()) {
        Some(resolution) => resolution,
        None => {
            let both = start.resolution.common(stop.resolution, (start.is_span, stop.is_span))?;
            both.common(step.resolution, (is_span, true))?
        }
    };
    let count = |time: Time| time.resolution.convert(time.count, resolution, time.is_span);
    let (first, end, step) = (count(start)?, count(stop)?, count(step)?);
    if [first, end, step].contains(&NAT) {
        return Err(value_error("arange: cannot use NaT (not-a-time) datetime values"));
    }
    if step == 0 {
        return Err(value_error("arange: step cannot be zero").at_argument("step"));
    }
    // a span as the end of dates is how far they go
    let end = if !is_span && stop.is_span { first.wrapping_add(end) } else { end };
    let distance = (i128::from(end) - i128::from(first)) * i128::from(step.signum());
    let length = if distance <= 0 { 0 } else { (distance - 1) / i128::from(step.unsigned_abs()) + 1 };
    let length = usize::try_from(length).map_err(|_| value_error("Maximum allowed size exceeded"))?;
    let swapped = dtype.is_some_and(DType::is_swapped);
    let array =
        NdArray::zeros(&context.runtime, DType::time(is_span, resolution).with_swapped(swapped), &[length], Order::C)?;
    fill(&array, first, step, swapped)?;
    Ok(Value::Array(array))
}

fn fill(array: &ArrayRef, first: i64, step: i64, swapped: bool) -> Result<()> {
    let buffer = array.buffer();
    if buffer.is_planned() {
        return Ok(());
    }
    let cells = buffer.run::<i64>(0, 8, array.size())?;
    for i in 0..cells.len() {
        if i % (1 << 16) == 0 {
            crate::interrupt::check()?;
        }
        let count = first.wrapping_add(step.wrapping_mul(i as i64));
        cells.set(i, if swapped { count.swap_bytes() } else { count });
    }
    Ok(())
}
