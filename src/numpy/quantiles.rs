//! Medians and quantiles: what stands at a given part of the sorted elements.
//!
//! Nothing is sorted whole: a copy is partitioned, so that the elements in question stand where sorting would put them
//! (`_ureduce`, `_median` and `_quantile`, function_base.py).

use super::calls;
use super::sorting::flattened;
use super::weighted_quantiles;
use crate::array::arrange;
use crate::array::copy::{copy, ravel};
use crate::array::index::Index;
use crate::array::{ArrayRef, Order, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::Options;
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.median",
        signature: "(a, axis=None, out=None, overwrite_input=False, keepdims=False)",
        method: None,
        summary: "The middle of the sorted elements; the mean of the two in the middle where their number is even.",
        memory: MemoryRule::New,
        notes: "A copy of `a` is partitioned, so this takes as much memory as `a`. `overwrite_input=True` partitions \
                `a` itself and takes none: its elements are then in another order.",
        example: r"
>>> np.median([3, 1, 7, 5])
np.float64(4.0)
>>> np.median([[3, 1, 2], [6, 5, 4]], axis=1)
array([2., 5.])
",
        see_also: &["np.mean", "np.percentile", "np.nanmedian", "np.partition"],
        run: Run::Call(median),
    },
    Function {
        name: "np.percentile",
        signature: "(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)",
        method: None,
        summary: "The value below which `q` percent of the elements lie.",
        memory: MemoryRule::New,
        notes: "A copy of `a` is partitioned. Between two elements the value is interpolated as `method` says.",
        example: r"
>>> a = np.array([10, 20, 30, 40, 50])
>>> np.percentile(a, 50)
np.float64(30.0)
>>> np.percentile(a, [25, 90])
array([20., 46.])
",
        see_also: &["np.quantile", "np.median", "np.nanpercentile"],
        run: Run::Call(|context, arguments| {
            let part = percents(context, arguments)?;
            quantiles(context, arguments, part)
        }),
    },
    Function {
        name: "np.quantile",
        signature: "(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)",
        method: None,
        summary: "The value below which the part `q` (0 to 1) of the elements lies.",
        memory: MemoryRule::New,
        notes: "A copy of `a` is partitioned. Between two elements the value is interpolated as `method` says.",
        example: r"
>>> a = np.array([10, 20, 30, 40, 50])
>>> np.quantile(a, 0.5)
np.float64(30.0)
>>> np.quantile(a, 0.3, method='lower')
np.int64(20)
",
        see_also: &["np.percentile", "np.median", "np.nanquantile"],
        run: Run::Call(|context, arguments| {
            let part = parts(context, arguments)?;
            quantiles(context, arguments, part)
        }),
    },
];

/// What a reduction that is no universal function gets: the array, its one axis (all where there is none), `out`.
pub(super) type Reducer<'a> =
    &'a mut dyn FnMut(&mut Context, &ArrayRef, Option<usize>, Option<&ArrayRef>) -> Result<Value>;

/// Reduces several axes as one, and puts the axes back for `keepdims` (`_ureduce`).
///
/// # Errors
/// `AxisError`, and those of `reducer`.
pub(super) fn reduce_as_one(
    context: &mut Context,
    arguments: &Arguments,
    array: &ArrayRef,
    reducer: Reducer<'_>,
) -> Result<Value> {
    let ndim = array.ndim();
    let axes = calls::normalized_axes(arguments, ndim, None)?;
    let out = calls::out_argument(arguments)?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    let is_reduced = |axis: usize| axes.as_ref().is_none_or(|axes| axes.contains(&axis));
    let inner_out = match &out {
        Some(out) if keepdims => {
            let index: Vec<Index> = std::iter::once(Index::Ellipsis)
                .chain((0..ndim).map(|axis| if is_reduced(axis) { Index::Int(0) } else { calls::slice(None, None) }))
                .collect();
            Some(calls::get_array(context, out, &index)?)
        }
        other => other.clone(),
    };
    let result = match axes.as_deref() {
        None => reducer(context, array, None, inner_out.as_ref())?,
        Some([axis]) => reducer(context, array, Some(*axis), inner_out.as_ref())?,
        Some(_) => {
            let (merged, last) = merge_axes(context, array, axes.as_deref().unwrap_or_default())?;
            reducer(context, &merged, Some(last), inner_out.as_ref())?
        }
    };
    if let Some(out) = out {
        return Ok(Value::Array(out));
    }
    if !keepdims {
        return Ok(result);
    }
    let index: Vec<Index> = std::iter::once(Index::Ellipsis)
        .chain((0..ndim).map(|axis| if is_reduced(axis) { Index::NewAxis } else { calls::slice(None, None) }))
        .collect();
    let result = calls::as_array(context, &result)?;
    calls::get(context, &result, &index)
}

/// The array with these axes as one, which is the last, and its number.
///
/// # Errors
/// Those of moving and reshaping.
pub(super) fn merge_axes(context: &mut Context, array: &ArrayRef, axes: &[usize]) -> Result<(ArrayRef, usize)> {
    let kept: Vec<isize> = (0..array.ndim()).filter(|axis| !axes.contains(axis)).map(|axis| axis as isize).collect();
    let front: Vec<isize> = (0..kept.len() as isize).collect();
    let moved = crate::array::layout::transpose::moveaxis(&array.layout(), &kept, &front)?;
    let moved = calls::view(array, moved);
    let mut shape: Vec<isize> = moved.shape().iter().take(kept.len()).map(|&len| len as isize).collect();
    shape.push(if moved.size() == 0 { 0 } else { -1 });
    Ok((calls::reshape(context, &moved, &shape)?, kept.len()))
}

fn median(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let overwrite = calls::flag(arguments, "overwrite_input")?;
    reduce_as_one(context, arguments, &array, &mut |context, array, axis, out| {
        median_along(context, array, axis, out, overwrite)
    })
}

/// A 1-d array of places for a partition; NumPy's own list of them is no array either, but becomes one.
fn places(context: &mut Context, places: &[isize]) -> Result<ArrayRef> {
    let list = Value::list(places.iter().map(|&place| Value::int(place)));
    calls::as_array(context, &list)
}

/// The median along one axis (`_median`).
///
/// # Errors
/// Those of partitioning and of the mean.
pub(super) fn median_along(
    context: &mut Context,
    array: &ArrayRef,
    axis: Option<usize>,
    out: Option<&ArrayRef>,
    overwrite: bool,
) -> Result<Value> {
    let len = axis.map_or(array.size(), |axis| array.shape()[axis]);
    let mut kth =
        if len.is_multiple_of(2) { vec![len as isize / 2 - 1, len as isize / 2] } else { vec![(len as isize - 1) / 2] };
    let inexact = array.dtype().ty().is_inexact();
    if inexact {
        kth.push(-1);
    }
    let kth = places(context, &kth)?;
    let part = match (overwrite, axis) {
        (true, None) => ravel(&context.runtime, array)?,
        (true, Some(_)) => array.clone(),
        (false, None) => flattened(context, array)?,
        (false, Some(_)) => copy(&context.runtime, array, Order::K)?,
    };
    let axis = axis.unwrap_or(0);
    if part.size() > 0 {
        arrange::partition(&context.runtime, &part, &kth, axis as isize)?;
    }
    let middle = part.shape()[axis] as isize / 2;
    let first = if part.shape()[axis] % 2 == 1 { middle } else { middle - 1 };
    let index = calls::along(part.ndim(), axis, calls::slice(first, middle + 1));
    let middle = calls::get(context, &part, &index)?;
    let out_value = out.map_or(Value::None, |out| Value::Array(out.clone()));
    let result = calls::call(context, "np.mean", vec![middle], [("axis", Value::int(axis)), ("out", out_value)])?;
    if inexact && len > 0 {
        let last = calls::get(context, &part, &calls::along(part.ndim(), axis, Index::Int(-1)))?;
        return with_nans(context, result, last, out.is_some());
    }
    Ok(result)
}

/// The result with nan where the last element of the partitioned line is nan.
///
/// # Errors
/// Those of looking and of copying.
pub(super) fn with_nans(context: &mut Context, result: Value, last: Value, has_out: bool) -> Result<Value> {
    let nans = calls::ufunc(context, "isnan", [last.clone()])?;
    if !calls::any_true(context, &nans)? {
        return Ok(result);
    }
    match result {
        Value::Array(array) if array.ndim() > 0 || has_out => {
            let nans = calls::as_array(context, &nans)?;
            calls::copyto(context, &array, &last, Some(&nans))?;
            Ok(Value::Array(array))
        }
        _ => Ok(last),
    }
}

/// The parts that are asked for, and whether they are Python's number, whose dtype is weak.
pub(super) struct Parts {
    q: ArrayRef,
    weak: bool,
}

impl Parts {
    /// What was asked for.
    pub(super) fn q(&self) -> &ArrayRef {
        &self.q
    }

    /// The shape of what was asked for.
    pub(super) fn shape(&self) -> crate::array::Shape {
        self.q.shape()
    }
}

/// `q` in percent, as parts.
///
/// # Errors
/// `TypeError` for complex elements, `ValueError` for parts outside the range.
pub(super) fn percents(context: &mut Context, arguments: &Arguments) -> Result<Parts> {
    real_only(context, arguments)?;
    let q = arguments.get("q");
    let weak = matches!(q, Value::Int(_) | Value::Float(_));
    let q = calls::ufunc(context, "divide", [q, Value::int(100)]).map_err(|e| e.at_argument("q"))?;
    let q = calls::as_array(context, &q)?;
    valid(&q, "Percentiles must be in the range [0, 100]")?;
    Ok(Parts { q, weak })
}

/// `q` as parts.
///
/// # Errors
/// As [`percents`].
pub(super) fn parts(context: &mut Context, arguments: &Arguments) -> Result<Parts> {
    real_only(context, arguments)?;
    let weak = matches!(arguments.get("q"), Value::Int(_) | Value::Float(_));
    let q = calls::array_argument(context, arguments, "q")?;
    valid(&q, "Quantiles must be in the range [0, 1]")?;
    Ok(Parts { q, weak })
}

fn real_only(context: &mut Context, arguments: &Arguments) -> Result<()> {
    let array = calls::array_argument(context, arguments, "a")?;
    if array.dtype().ty().is_complex() {
        return Err(type_error("a must be an array of real numbers").at_argument("a"));
    }
    Ok(())
}

fn valid(q: &ArrayRef, message: &str) -> Result<()> {
    if calls::elements(q).any(|part| !(0.0..=1.0).contains(&part.as_f64())) {
        return Err(value_error(message).at_argument("q"));
    }
    Ok(())
}

fn quantiles(context: &mut Context, arguments: &mut Arguments, parts: Parts) -> Result<Value> {
    if arguments.some("weights").is_some() {
        return weighted_quantiles::quantiles(context, arguments, &parts);
    }
    let array = calls::array_argument(context, arguments, "a")?;
    let method = method_of(arguments)?;
    let overwrite = calls::flag(arguments, "overwrite_input")?;
    reduce_as_one(context, arguments, &array, &mut |context, array, axis, out| {
        quantile_along(context, array, &parts, axis, out, overwrite, &method)
    })
}

const METHODS: [&str; 13] = [
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
    "lower",
    "higher",
    "midpoint",
    "nearest",
];

/// `method=`.
///
/// # Errors
/// NumPy's `ValueError` that lists the methods.
pub(super) fn method_of(arguments: &Arguments) -> Result<String> {
    let method = arguments.get("method");
    let text = match &method {
        Value::Str(text) => text.to_string(),
        other => crate::value::repr(other, &Default::default()),
    };
    if METHODS.contains(&text.as_str()) {
        return Ok(text);
    }
    let list: Vec<String> = METHODS.iter().map(|name| format!("'{name}'")).collect();
    let shown = crate::value::repr(&method, &Default::default());
    let error = value_error(format!("{shown} is not a valid method. Use one of: dict_keys([{}])", list.join(", ")));
    let error = error.at_argument("method");
    Err(match crate::text::closest::closest(&text, METHODS) {
        Some(near) => error.help(format!("did you mean '{near}'?")),
        None => error,
    })
}

/// `n * q + (alpha + q * (1 - alpha - beta)) - 1`
fn interpolated(context: &mut Context, n: Value, q: Value, alpha: f64, beta: f64) -> Result<Value> {
    let slope = calls::multiply(context, q.clone(), Value::Float(1.0 - alpha - beta))?;
    let shift = calls::add(context, Value::Float(alpha), slope)?;
    let places = calls::multiply(context, n, q)?;
    let places = calls::add(context, places, shift)?;
    calls::subtract(context, places, Value::int(1))
}

/// One of two values, as a mask says (`_get_gamma_mask`).
fn masked(context: &mut Context, default: &Value, conditioned: &Value, mask: &Value) -> Result<ArrayRef> {
    let mask = calls::as_array(context, mask)?;
    let ty = match default {
        Value::Array(array) => array.dtype().ty(),
        Value::Scalar(scalar) => scalar.ty(),
        _ => Type::Float64,
    };
    let result = calls::empty(context, ty, &mask.shape())?;
    calls::copyto(context, &result, default, None)?;
    calls::copyto(context, &result, conditioned, Some(&mask))?;
    Ok(result)
}

/// The integer places of a method that does not interpolate (`_discrete_interpolation_to_boundaries`).
fn discrete(context: &mut Context, index: Value, even_only: bool) -> Result<Value> {
    let previous = calls::ufunc(context, "floor", [index.clone()])?;
    let next = calls::add(context, previous.clone(), Value::int(1))?;
    let gamma = calls::subtract(context, index, previous.clone())?;
    let mut exact = calls::compare(context, CompareOp::Equal, &gamma, &Value::int(0))?;
    if even_only {
        let parity = calls::binary(context, BinaryOp::Remainder, previous.clone(), Value::int(2))?;
        let odd = calls::compare(context, CompareOp::Equal, &parity, &Value::int(1))?;
        exact = calls::binary(context, BinaryOp::And, exact, odd)?;
    }
    let places = masked(context, &next, &previous, &exact)?;
    let places = calls::astype(context, &places, Type::Int64, true)?;
    let value = Value::Array(places.clone());
    let below = calls::compare(context, CompareOp::Less, &value, &Value::int(0))?;
    let below = calls::as_array(context, &below)?;
    calls::copyto(context, &places, &Value::int(0), Some(&below))?;
    Ok(Value::Array(places))
}

/// Where the quantiles lie among `len` sorted elements: integers, or places between them.
fn virtual_indexes(context: &mut Context, method: &str, len: usize, q: &ArrayRef) -> Result<ArrayRef> {
    let q = Value::Array(q.clone());
    let (n, before) = (Value::int(len), Value::int(len as isize - 1));
    let rounded = |context: &mut Context, name: &str, q: Value| -> Result<Value> {
        let place = calls::multiply(context, before.clone(), q)?;
        calls::ufunc(context, name, [place])
    };
    let integers = |context: &mut Context, value: Value| -> Result<Value> {
        let array = calls::as_array(context, &value)?;
        calls::astype(context, &array, Type::Int64, true).map(Value::Array)
    };
    let indexes = match method {
        "inverted_cdf" | "closest_observation" => {
            let place = calls::multiply(context, n, q)?;
            let place = calls::subtract(context, place, Value::int(1))?;
            if method == "inverted_cdf" {
                discrete(context, place, false)?
            } else {
                let place = calls::subtract(context, place, Value::Float(0.5))?;
                discrete(context, place, true)?
            }
        }
        "averaged_inverted_cdf" => {
            let place = calls::multiply(context, n, q)?;
            calls::subtract(context, place, Value::int(1))?
        }
        "interpolated_inverted_cdf" => interpolated(context, n, q, 0.0, 1.0)?,
        "hazen" => interpolated(context, n, q, 0.5, 0.5)?,
        "weibull" => interpolated(context, n, q, 0.0, 0.0)?,
        "median_unbiased" => interpolated(context, n, q, 1.0 / 3.0, 1.0 / 3.0)?,
        "normal_unbiased" => interpolated(context, n, q, 3.0 / 8.0, 3.0 / 8.0)?,
        "lower" => {
            let place = rounded(context, "floor", q)?;
            integers(context, place)?
        }
        "higher" => {
            let place = rounded(context, "ceil", q)?;
            integers(context, place)?
        }
        "nearest" => {
            let place = rounded(context, "rint", q)?;
            integers(context, place)?
        }
        "midpoint" => {
            let low = rounded(context, "floor", q.clone())?;
            let high = rounded(context, "ceil", q)?;
            let sum = calls::add(context, low, high)?;
            calls::multiply(context, Value::Float(0.5), sum)?
        }
        _ => calls::multiply(context, before, q)?,
    };
    calls::as_array(context, &indexes)
}

/// The quantiles along one axis, which must not be empty where it is asked for (`_quantile`).
///
/// # Errors
/// Those of partitioning.
pub(super) fn quantile_along(
    context: &mut Context,
    array: &ArrayRef,
    parts: &Parts,
    axis: Option<usize>,
    out: Option<&ArrayRef>,
    overwrite: bool,
    method: &str,
) -> Result<Value> {
    if parts.q.ndim() > 2 {
        return Err(value_error("q must be a scalar or 1d").at_argument("q"));
    }
    let work = match (overwrite, axis) {
        (true, None) => ravel(&context.runtime, array)?,
        (true, Some(_)) => array.clone(),
        (false, None) => flattened(context, array)?,
        (false, Some(_)) => copy(&context.runtime, array, Order::C)?,
    };
    let work = match axis {
        Some(axis) if axis != 0 => calls::moveaxis(&work, axis as isize, 0)?,
        _ => work,
    };
    let len = work.shape()[0];
    let inexact = work.dtype().ty().is_inexact();
    let virtual_indexes = virtual_indexes(context, method, len, &parts.q)?;
    let discrete = !virtual_indexes.dtype().ty().is_inexact();
    let out_value = out.map_or(Value::None, |out| Value::Array(out.clone()));
    let result = if discrete {
        let mut kth: Vec<isize> = calls::elements(&virtual_indexes).map(|place| place.as_f64() as isize).collect();
        if inexact {
            kth.push(-1);
        }
        partition_at(context, &work, kth)?;
        let indexes = Value::Array(virtual_indexes);
        calls::call(
            context,
            "np.take",
            vec![Value::Array(work.clone()), indexes],
            [("axis", Value::int(0)), ("out", out_value)],
        )?
    } else {
        let (previous, next) = neighbours(context, &virtual_indexes, len, inexact)?;
        let mut kth: Vec<isize> = vec![0, -1];
        for places in [&previous, &next] {
            kth.extend(calls::elements(places).map(|place| place.as_f64() as isize));
        }
        partition_at(context, &work, kth)?;
        let low = calls::get(context, &work, &[index_of(&previous)])?;
        let high = calls::get(context, &work, &[index_of(&next)])?;
        let gamma = gamma(context, method, &virtual_indexes, previous)?;
        let gamma = if parts.weak {
            Value::Float(calls::scalar(context, &Value::Array(gamma))?.as_f64())
        } else {
            let mut shape: Vec<isize> = virtual_indexes.shape().iter().map(|&len| len as isize).collect();
            shape.extend(std::iter::repeat_n(1, work.ndim() - 1));
            Value::Array(calls::reshape(context, &gamma, &shape)?)
        };
        lerp(context, low, high, gamma, out)?
    };
    if inexact && len > 0 {
        let index: Vec<Index> = vec![Index::Int(-1)];
        let last = calls::get(context, &work, &index)?;
        return with_nans(context, result, last, out.is_some());
    }
    Ok(result)
}

fn index_of(places: &ArrayRef) -> Index {
    if places.ndim() == 0 {
        let place = places.read(places.layout().offset).as_f64();
        Index::Int(place as isize)
    } else {
        Index::Integers(places.clone())
    }
}

fn partition_at(context: &mut Context, work: &ArrayRef, mut kth: Vec<isize>) -> Result<()> {
    kth.sort_unstable();
    kth.dedup();
    let kth = places(context, &kth)?;
    arrange::partition(&context.runtime, work, &kth, 0)
}

/// The elements below and above each place (`_get_indexes`).
fn neighbours(context: &mut Context, places: &ArrayRef, len: usize, inexact: bool) -> Result<(ArrayRef, ArrayRef)> {
    let value = Value::Array(places.clone());
    let previous = calls::ufunc(context, "floor", [value.clone()])?;
    let next = calls::ufunc(context, "add", [previous.clone(), Value::int(1)])?;
    let previous = calls::as_array(context, &previous)?;
    let next = calls::as_array(context, &next)?;
    let put = |context: &mut Context, mask: Value, place: isize| -> Result<()> {
        if calls::any_true(context, &mask)? {
            let mask = calls::as_array(context, &mask)?;
            calls::copyto(context, &previous, &Value::int(place), Some(&mask))?;
            calls::copyto(context, &next, &Value::int(place), Some(&mask))?;
        }
        Ok(())
    };
    let above = calls::compare(context, CompareOp::GreaterEqual, &value, &Value::int(len as isize - 1))?;
    put(context, above, -1)?;
    let below = calls::compare(context, CompareOp::Less, &value, &Value::int(0))?;
    put(context, below, 0)?;
    if inexact {
        let nans = calls::ufunc(context, "isnan", [value])?;
        put(context, nans, -1)?;
    }
    Ok((calls::astype(context, &previous, Type::Int64, true)?, calls::astype(context, &next, Type::Int64, true)?))
}

/// How far between its neighbours each place lies (`_get_gamma`).
fn gamma(context: &mut Context, method: &str, places: &ArrayRef, previous: ArrayRef) -> Result<ArrayRef> {
    let places_value = Value::Array(places.clone());
    let gamma = calls::subtract(context, places_value.clone(), Value::Array(previous))?;
    let gamma = match method {
        "averaged_inverted_cdf" => {
            let exact = calls::compare(context, CompareOp::Equal, &gamma, &Value::int(0))?;
            masked(context, &Value::Float(1.0), &Value::Float(0.5), &exact)?
        }
        "midpoint" => {
            let rest = calls::binary(context, BinaryOp::Remainder, places_value, Value::int(1))?;
            let whole = calls::compare(context, CompareOp::Equal, &rest, &Value::int(0))?;
            masked(context, &Value::Float(0.5), &Value::Float(0.0), &whole)?
        }
        _ => calls::as_array(context, &gamma)?,
    };
    calls::astype(context, &gamma, places.dtype().ty(), false)
}

/// `a + (b - a) * t`, from the nearer end (`_lerp`).
fn lerp(context: &mut Context, a: Value, b: Value, t: Value, out: Option<&ArrayRef>) -> Result<Value> {
    let step = calls::subtract(context, b.clone(), a.clone())?;
    let part = calls::multiply(context, step.clone(), t.clone())?;
    let options = Options {
        out: out.cloned().map_or_else(Default::default, |out| smallvec::smallvec![Some(out)]),
        ..Options::default()
    };
    let result = calls::ufunc_with(context, "add", [a, part], &options)?;
    let result = calls::as_array(context, &result)?;
    let rest = calls::subtract(context, Value::int(1), t.clone())?;
    let part = calls::multiply(context, step, rest)?;
    let far = calls::compare(context, CompareOp::GreaterEqual, &t, &Value::Float(0.5))?;
    let options = Options {
        out: smallvec::smallvec![Some(result.clone())],
        where_: Some(calls::as_array(context, &far)?),
        casting: crate::array::cast::Casting::Unsafe,
        dtype: Some(result.dtype()),
        ..Options::default()
    };
    calls::ufunc_with(context, "subtract", [b, part], &options)?;
    if result.ndim() == 0 && out.is_none() {
        return Ok(Value::Scalar(result.read(0)));
    }
    Ok(Value::Array(result))
}
