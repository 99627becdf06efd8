//! Reductions that look past nan.
//!
//! Most copy the array first and put a number that does not matter in the place of each nan (`_replace_nan`,
//! nanfunctions.py): an array of integers, which has no nan, is not copied.

use super::apply::each_line;
use super::averages::degrees_of_freedom;
use super::calls;
use super::dtypes::as_dtype;
use super::quantiles::{self, Parts};
use super::reductions::reduce_options;
use super::weighted_quantiles;
use crate::array::copy::{copy, ravel};
use crate::array::index::Index;
use crate::array::{ArrayRef, Order, Type};
use crate::error::{Result, type_error, value_error};
use crate::interrupt;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::CompareOp;
use crate::ufunc::{Axes, ReduceOptions, accumulate};
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.nansum",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: None,
        summary: "The sum with every nan taken for 0.",
        memory: MemoryRule::New,
        notes: "A float array is copied first, and a mask of one byte an element is made. `np.sum(a, where=~np.isnan(a))` \
                needs the mask alone.",
        example: r"
>>> np.nansum([1, np.nan, 2])
np.float64(3.0)
",
        see_also: &["np.sum", "np.isnan", "np.nanmean"],
        run: Run::Call(|context, arguments| replaced_reduction(context, arguments, "add", 0)),
    },
    Function {
        name: "np.nanprod",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: None,
        summary: "The product with every nan taken for 1.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nanprod([2, np.nan, 3])
np.float64(6.0)
",
        see_also: &["np.prod"],
        run: Run::Call(|context, arguments| replaced_reduction(context, arguments, "multiply", 1)),
    },
    Function {
        name: "np.nancumsum",
        signature: "(a, axis=None, dtype=None, out=None)",
        method: None,
        summary: "Running sums with every nan taken for 0.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nancumsum([1, np.nan, 2])
array([1., 1., 3.])
",
        see_also: &["np.cumsum"],
        run: Run::Call(|context, arguments| running(context, arguments, "add", 0)),
    },
    Function {
        name: "np.nancumprod",
        signature: "(a, axis=None, dtype=None, out=None)",
        method: None,
        summary: "Running products with every nan taken for 1.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nancumprod([2, np.nan, 3])
array([2., 2., 6.])
",
        see_also: &["np.cumprod"],
        run: Run::Call(|context, arguments| running(context, arguments, "multiply", 1)),
    },
    Function {
        name: "np.nanmax",
        signature: "(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: None,
        summary: "The largest element that is no nan.",
        memory: MemoryRule::New,
        notes: "Nothing is copied: `np.fmax` passes nan by.",
        example: r"
>>> np.nanmax([1, np.nan, 3])
np.float64(3.0)
",
        see_also: &["np.max", "np.fmax", "np.nanargmax"],
        run: Run::Call(|context, arguments| extreme(context, arguments, "fmax")),
    },
    Function {
        name: "np.nanmin",
        signature: "(a, axis=None, out=None, keepdims=<no value>, initial=<no value>, where=<no value>)",
        method: None,
        summary: "The smallest element that is no nan.",
        memory: MemoryRule::New,
        notes: "Nothing is copied: `np.fmin` passes nan by.",
        example: r"
>>> np.nanmin([[1, np.nan], [3, 2]], axis=0)
array([1., 2.])
",
        see_also: &["np.min", "np.fmin", "np.nanargmin"],
        run: Run::Call(|context, arguments| extreme(context, arguments, "fmin")),
    },
    Function {
        name: "np.nanargmax",
        signature: "(a, axis=None, out=None, *, keepdims=<no value>)",
        method: None,
        summary: "The index of the largest element that is no nan.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nanargmax([np.nan, 2, 5])
np.int64(2)
",
        see_also: &["np.argmax", "np.nanmax"],
        run: Run::Call(|context, arguments| arg_extreme(context, arguments, "np.argmax", f64::NEG_INFINITY)),
    },
    Function {
        name: "np.nanargmin",
        signature: "(a, axis=None, out=None, *, keepdims=<no value>)",
        method: None,
        summary: "The index of the smallest element that is no nan.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nanargmin([np.nan, 2, 5])
np.int64(1)
",
        see_also: &["np.argmin", "np.nanmin"],
        run: Run::Call(|context, arguments| arg_extreme(context, arguments, "np.argmin", f64::INFINITY)),
    },
    Function {
        name: "np.nanmean",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, *, where=<no value>)",
        method: None,
        summary: "The mean of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nanmean([[1, np.nan], [3, 4]], axis=0)
array([2., 4.])
",
        see_also: &["np.mean", "np.nanmedian", "np.nanstd"],
        run: Run::Call(mean),
    },
    Function {
        name: "np.nanvar",
        signature: "(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>)",
        method: None,
        summary: "The variance of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "A float array is copied first; the distances from the mean are put into that copy.",
        example: r"
>>> np.nanvar([1, np.nan, 3])
np.float64(1.0)
",
        see_also: &["np.var", "np.nanstd"],
        run: Run::Call(var),
    },
    Function {
        name: "np.nanstd",
        signature: "(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>)",
        method: None,
        summary: "The standard deviation of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "A float array is copied first.",
        example: r"
>>> np.nanstd([1, np.nan, 3])
np.float64(1.0)
",
        see_also: &["np.std", "np.nanvar"],
        run: Run::Call(|context, arguments| match var(context, arguments)? {
            Value::Array(var) => {
                let value = Value::Array(var.clone());
                calls::ufunc_into(context, "sqrt", [value], &var, crate::array::cast::Casting::SameKind)
            }
            other => calls::ufunc(context, "sqrt", [other]),
        }),
    },
    Function {
        name: "np.nanmedian",
        signature: "(a, axis=None, out=None, overwrite_input=False, keepdims=<no value>)",
        method: None,
        summary: "The median of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.nanmedian([1, np.nan, 3, 10])
np.float64(3.0)
",
        see_also: &["np.median", "np.nanpercentile"],
        run: Run::Call(median),
    },
    Function {
        name: "np.nanpercentile",
        signature: "(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=<no value>, *, weights=None)",
        method: None,
        summary: "The percentile of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.nanpercentile([1, np.nan, 3], 50)
np.float64(2.0)
",
        see_also: &["np.percentile", "np.nanquantile"],
        run: Run::Call(|context, arguments| {
            let parts = quantiles::percents(context, arguments)?;
            quantile(context, arguments, &parts)
        }),
    },
    Function {
        name: "np.nanquantile",
        signature: "(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=<no value>, *, weights=None)",
        method: None,
        summary: "The quantile of the elements that are no nan.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.nanquantile([1, np.nan, 3], [0.25, 1])
array([1.5, 3. ])
>>> np.nanquantile([1, np.nan, 2], 0.5, weights=[1, 5, 2], method='inverted_cdf')
array(2.)
",
        see_also: &["np.quantile", "np.nanpercentile"],
        run: Run::Call(|context, arguments| {
            let parts = quantiles::parts(context, arguments)?;
            quantile(context, arguments, &parts)
        }),
    },
];

/// A copy with `value` for every nan, and where they were; the array itself where it can hold none.
fn replace_nan(context: &mut Context, array: ArrayRef, value: Value) -> Result<(ArrayRef, Option<ArrayRef>)> {
    if !array.dtype().ty().is_inexact() {
        return Ok((array, None));
    }
    let mask = calls::ufunc(context, "isnan", [Value::Array(array.clone())])?;
    let mask = calls::as_array(context, &mask)?;
    let copied = copy(&context.runtime, &array, Order::K)?;
    calls::copyto(context, &copied, &value, Some(&mask))?;
    Ok((copied, Some(mask)))
}

fn replaced_reduction(context: &mut Context, arguments: &mut Arguments, name: &str, value: i32) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let (array, _) = replace_nan(context, array, Value::int(value))?;
    let options = reduce_options(context, arguments)?;
    calls::reduce(context, name, &array, &options).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn running(context: &mut Context, arguments: &mut Arguments, name: &str, value: i32) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let (array, _) = replace_nan(context, array, Value::int(value))?;
    let dtype = arguments.some("dtype").cloned();
    let dtype = dtype.map(|dtype| as_dtype(context, &dtype)).transpose().map_err(|e| e.at_argument("dtype"))?;
    let out = calls::out_argument(arguments)?;
    let (array, axis) = match calls::axis_argument(arguments, "axis")? {
        Some(axis) if array.ndim() > 0 => (array, axis),
        _ => (ravel(&context.runtime, &array)?, 0),
    };
    let found = calls::find(name)?;
    let result = accumulate(&context.runtime, found, &array, axis, dtype.as_ref(), out.as_ref());
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn extreme(context: &mut Context, arguments: &mut Arguments, name: &str) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let options = reduce_options(context, arguments)?;
    let result = calls::reduce(context, name, &array, &options).map_err(|e| calls::blame_axis(e, array.ndim()))?;
    let nans = calls::ufunc(context, "isnan", [result.clone()])?;
    if calls::any_true(context, &nans)? {
        calls::warn(context, "All-NaN slice encountered");
    }
    Ok(result)
}

fn arg_extreme(context: &mut Context, arguments: &mut Arguments, name: &str, value: f64) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let ndim = array.ndim();
    let (array, mask) = replace_nan(context, array, Value::Float(value))?;
    if let Some(mask) = mask.filter(|mask| mask.size() > 0) {
        let options = ReduceOptions { axes: calls::axes_argument(arguments)?, ..ReduceOptions::default() };
        let all = calls::reduce(context, "logical_and", &mask, &options).map_err(|e| calls::blame_axis(e, ndim))?;
        if calls::any_true(context, &all)? {
            return Err(value_error("All-NaN slice encountered"));
        }
    }
    let keepdims = Value::Bool(calls::flag(arguments, "keepdims")?);
    let keywords = [("axis", arguments.get("axis")), ("out", arguments.get("out")), ("keepdims", keepdims)];
    calls::call(context, name, vec![Value::Array(array)], keywords)
}

/// `a / b` in the place of `a`, without complaints about 0 (`_divide_by_count`).
fn divide_by_count(context: &mut Context, a: Value, b: Value, out: Option<&ArrayRef>) -> Result<Value> {
    let ty = calls::type_of(&a);
    calls::quietly(context, |context| match (&a, out) {
        (_, Some(out)) => calls::ufunc_into(context, "divide", [a, b], out, crate::array::cast::Casting::Unsafe),
        (Value::Array(array), None) => {
            let array = array.clone();
            calls::ufunc_into(context, "divide", [a, b], &array, crate::array::cast::Casting::Unsafe)
        }
        _ => Ok(match calls::divide(context, a, b)? {
            Value::Scalar(quotient) => Value::Scalar(quotient.cast(ty)),
            other => other,
        }),
    })
}

fn inexact_only(options: &ReduceOptions) -> Result<()> {
    if options.dtype.as_ref().is_some_and(|dtype| !dtype.ty().is_inexact()) {
        return Err(type_error("If a is inexact, then dtype must be inexact").at_argument("dtype"));
    }
    if options.out.as_ref().is_some_and(|out| !out.dtype().ty().is_inexact()) {
        return Err(type_error("If a is inexact, then out must be inexact").at_argument("out"));
    }
    Ok(())
}

/// How many elements that are no nan each result is made of.
fn count(context: &mut Context, mask: ArrayRef, options: &ReduceOptions, keepdims: bool) -> Result<Value> {
    let ndim = mask.ndim();
    let kept = calls::ufunc(context, "invert", [Value::Array(mask)])?;
    let kept = calls::as_array(context, &kept)?;
    let options =
        ReduceOptions { dtype: Some(Type::Int64.into()), out: None, keepdims, initial: None, ..options.clone() };
    calls::reduce(context, "add", &kept, &options).map_err(|e| calls::blame_axis(e, ndim))
}

fn mean(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let (array, mask) = replace_nan(context, array, Value::int(0))?;
    let options = reduce_options(context, arguments)?;
    let Some(mask) = mask else {
        let mut keywords = vec![("axis", arguments.get("axis")), ("dtype", arguments.get("dtype"))];
        keywords.push(("out", arguments.get("out")));
        keywords.push(("keepdims", Value::Bool(options.keepdims)));
        let mask = options.where_.map_or(Value::Bool(true), Value::Array);
        let [axis, dtype, out, keepdims] = [0, 1, 2, 3].map(|i: usize| keywords[i].clone());
        return calls::call(
            context,
            "np.mean",
            vec![Value::Array(array)],
            [axis, dtype, out, keepdims, ("where", mask)],
        );
    };
    inexact_only(&options)?;
    let count = count(context, mask, &options, options.keepdims)?;
    let total = calls::reduce(context, "add", &array, &options)?;
    let mean = divide_by_count(context, total, count.clone(), options.out.as_ref())?;
    let none = calls::compare(context, CompareOp::Equal, &count, &Value::int(0))?;
    if calls::any_true(context, &none)? {
        calls::warn(context, "Mean of empty slice");
    }
    Ok(mean)
}

fn var(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let (array, mask) = replace_nan(context, array, Value::int(0))?;
    let options = reduce_options(context, arguments)?;
    let ddof = match arguments.given("correction").cloned() {
        Some(correction) => {
            degrees_of_freedom(context, arguments)?;
            correction
        }
        None => arguments.get("ddof"),
    };
    let Some(mask) = mask else {
        let mask = options.where_.map_or(Value::Bool(true), Value::Array);
        let keepdims = Value::Bool(options.keepdims);
        let keywords = [
            ("axis", arguments.get("axis")),
            ("dtype", arguments.get("dtype")),
            ("out", arguments.get("out")),
            ("ddof", ddof),
            ("keepdims", keepdims),
            ("where", mask),
        ];
        return calls::call(context, "np.var", vec![Value::Array(array)], keywords);
    };
    inexact_only(&options)?;
    let unsafely = crate::array::cast::Casting::Unsafe;
    let count = count(context, mask.clone(), &options, true)?;
    let mean = match arguments.given("mean").cloned() {
        Some(mean) => mean,
        None => {
            let sums = ReduceOptions { keepdims: true, out: None, ..options.clone() };
            let total = calls::reduce(context, "add", &array, &sums)?;
            divide_by_count(context, total, count.clone(), None)?
        }
    };
    let value = Value::Array(array.clone());
    calls::ufunc_into(context, "subtract", [value.clone(), mean], &array, unsafely)?;
    calls::copyto(context, &array, &Value::int(0), Some(&mask))?;
    if array.dtype().ty().is_complex() {
        let conjugate = calls::ufunc(context, "conjugate", [value.clone()])?;
        calls::ufunc_into(context, "multiply", [value.clone(), conjugate], &array, unsafely)?;
    } else {
        calls::ufunc_into(context, "multiply", [value.clone(), value.clone()], &array, unsafely)?;
    }
    let squares =
        if array.dtype().ty().is_complex() { calls::call_array(context, "np.real", vec![value], [])? } else { array };
    let total = calls::reduce(context, "add", &squares, &options)?;
    let count = if options.keepdims { count } else { squeezed(context, &count, &options.axes)? };
    let freedom = calls::subtract(context, count, ddof)?;
    let var = divide_by_count(context, total, freedom.clone(), None)?;
    let bad = calls::compare(context, CompareOp::LessEqual, &freedom, &Value::int(0))?;
    if !calls::any_true(context, &bad)? {
        return Ok(var);
    }
    calls::warn(context, "Degrees of freedom <= 0 for slice.");
    match var {
        Value::Array(var) => {
            let bad = calls::as_array(context, &bad)?;
            calls::copyto(context, &var, &Value::Float(f64::NAN), Some(&bad))?;
            Ok(Value::Array(var))
        }
        Value::Scalar(var) => Ok(Value::Scalar(crate::array::Scalar::Float64(f64::NAN).cast(var.ty()))),
        other => Ok(other),
    }
}

/// The counts without the axes that were reduced.
fn squeezed(context: &mut Context, count: &Value, axes: &Axes) -> Result<Value> {
    let count = calls::as_array(context, count)?;
    let axes = match axes {
        Axes::All => None,
        Axes::Some(axes) => Some(axes.as_slice()),
    };
    let layout = crate::array::layout::transpose::squeeze(&count.layout(), axes)?;
    Ok(Value::Array(calls::view(&count, layout)))
}

/// The elements of a line that are no nan, and what stands at their places in another line (`_remove_nan_1d`): the lines
/// themselves where none is.
fn without_nan(
    context: &mut Context,
    line: &ArrayRef,
    others: Option<&ArrayRef>,
) -> Result<(ArrayRef, Option<ArrayRef>)> {
    let nans = calls::ufunc(context, "isnan", [Value::Array(line.clone())])?;
    let nans = calls::as_array(context, &nans)?;
    let places: Vec<usize> =
        calls::elements(&nans).enumerate().filter(|(_, nan)| nan.is_true()).map(|(i, _)| i).collect();
    if nans.buffer_ref().is_planned() {
        // Without any, it stays as it is; with some, it is copied.
        context.runtime.record_bounds(0, line.size());
        let copied = |array: &ArrayRef| copy(&context.runtime, array, Order::C);
        return Ok((copied(line)?, others.map(copied).transpose()?));
    }
    let (count, len) = (places.len(), line.size());
    if count == len {
        calls::warn(context, "All-NaN slice encountered");
        let mut none = |array: &ArrayRef| calls::get_array(context, array, &[calls::slice(None, 0)]);
        return Ok((none(line)?, others.map(none).transpose()?));
    }
    if count == 0 {
        return Ok((line.clone(), others.cloned()));
    }
    let tail: Vec<usize> = (len - count..len).filter(|i| !places.contains(i)).collect();
    let mut kept = |array: &ArrayRef| {
        let array = copy(&context.runtime, array, Order::C)?;
        let step = array.layout().itemsize();
        for (place, from) in places.iter().zip(&tail) {
            array.write(place * step, &array.read(from * step));
        }
        calls::get_array(context, &array, &[calls::slice(None, (len - count) as isize)])
    };
    Ok((kept(line)?, others.map(kept).transpose()?))
}

fn median(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    if array.size() == 0 {
        return mean_of_none(context, arguments);
    }
    quantiles::reduce_as_one(context, arguments, &array, &mut |context, array, axis, out| {
        along_lines(context, array, axis, out, &mut |context, line| {
            let (kept, _) = without_nan(context, line, None)?;
            if kept.size() == 0 {
                let index = [Index::Int(-1)];
                return calls::get(context, line, &index);
            }
            quantiles::median_along(context, &kept, None, None, false)
        })
    })
}

fn quantile(context: &mut Context, arguments: &mut Arguments, parts: &Parts) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    if arguments.some("weights").is_some() {
        return weighted_quantile(context, arguments, &array, parts);
    }
    let method = quantiles::method_of(arguments)?;
    if array.size() == 0 {
        return mean_of_none(context, arguments);
    }
    quantiles::reduce_as_one(context, arguments, &array, &mut |context, array, axis, out| {
        let lines = axis.is_some() && array.ndim() > 1;
        let result = along_lines(context, array, axis, out, &mut |context, line| {
            let (kept, _) = without_nan(context, line, None)?;
            if kept.size() == 0 {
                return all_nan(context, line, parts);
            }
            quantiles::quantile_along(context, &kept, parts, None, None, false, &method)
        })?;
        match (&result, axis) {
            (Value::Array(result), Some(axis)) if lines && out.is_none() && parts.shape().len() == 1 => {
                Ok(Value::Array(calls::moveaxis(result, axis as isize, 0)?))
            }
            _ => Ok(result),
        }
    })
}

/// What the quantiles are of a line in which all is nan.
fn all_nan(context: &mut Context, line: &ArrayRef, parts: &Parts) -> Result<Value> {
    let full = calls::empty(context, line.dtype().ty(), &parts.shape())?;
    calls::copyto(context, &full, &Value::Float(f64::NAN), None)?;
    calls::get(context, &full, &[])
}

/// `np.nanquantile(a, q, weights=weights, method='inverted_cdf')`, line by line.
fn weighted_quantile(context: &mut Context, arguments: &Arguments, array: &ArrayRef, parts: &Parts) -> Result<Value> {
    let weights = weighted_quantiles::valid_weights(context, arguments, array)?;
    if array.size() == 0 {
        return mean_of_none(context, arguments);
    }
    let line = |context: &mut Context, line: &ArrayRef, weights: &ArrayRef| {
        let (kept, weights) = without_nan(context, line, Some(weights))?;
        match weights {
            Some(weights) if kept.size() > 0 => weighted_quantiles::along_first(context, kept, weights, parts, None),
            _ => all_nan(context, line, parts),
        }
    };
    quantiles::reduce_as_one(context, arguments, array, &mut |context, array, axis, out| {
        let Some(axis) = axis.filter(|_| array.ndim() > 1) else {
            let (array, weights) = (ravel(&context.runtime, array)?, ravel(&context.runtime, &weights)?);
            let result = line(context, &array, &weights)?;
            let Some(out) = out else { return Ok(result) };
            calls::copyto(context, out, &result, None)?;
            return Ok(Value::Array(out.clone()));
        };
        let (array, weights) =
            (calls::moveaxis(array, axis as isize, -1)?, calls::moveaxis(&weights, axis as isize, -1)?);
        let shape = array.shape();
        let outer = &shape[..shape.len() - 1];
        let wanted: Vec<usize> = parts.shape().iter().chain(outer).copied().collect();
        let result = match out {
            Some(out) => out.clone(),
            None => calls::empty(context, array.dtype().ty(), &wanted)?,
        };
        for number in 0..outer.iter().product() {
            interrupt::check()?;
            let mut at = Vec::with_capacity(outer.len());
            let mut rest: usize = number;
            for &length in outer.iter().rev() {
                at.insert(0, Index::Int((rest % length) as isize));
                rest /= length;
            }
            let (elements, theirs) =
                (calls::get_array(context, &array, &at)?, calls::get_array(context, &weights, &at)?);
            let found = line(context, &elements, &theirs)?;
            at.insert(0, Index::Ellipsis);
            calls::set(context, &result, &at, &found)?;
            if calls::is_planning(context) {
                break;
            }
        }
        Ok(Value::Array(result))
    })
}

/// What a function gives for an array without elements.
fn mean_of_none(context: &mut Context, arguments: &Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let keepdims = Value::Bool(calls::flag(arguments, "keepdims")?);
    let keywords = [("axis", arguments.get("axis")), ("out", arguments.get("out")), ("keepdims", keepdims)];
    calls::call(context, "np.nanmean", vec![Value::Array(array)], keywords)
}

/// What a function of a line gives for the flattened array, or for every line along an axis.
fn along_lines(
    context: &mut Context,
    array: &ArrayRef,
    axis: Option<usize>,
    out: Option<&ArrayRef>,
    function: &mut dyn FnMut(&mut Context, &ArrayRef) -> Result<Value>,
) -> Result<Value> {
    let result = match axis {
        Some(axis) if array.ndim() > 1 => each_line(context, array, axis, function)?,
        _ => {
            let line = ravel(&context.runtime, array)?;
            function(context, &line)?
        }
    };
    let Some(out) = out else { return Ok(result) };
    calls::copyto(context, out, &result, None)?;
    Ok(Value::Array(out.clone()))
}
