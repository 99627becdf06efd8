//! Means, variances and extremes: numbers that stand for many elements.

use super::calls;
use super::coercion::operand;
use super::dtypes::as_dtype;
use super::objects;
use crate::array::cast::{Casting, Operand as Promoted, result_type};
use crate::array::{ArrayRef, Type, reference};
use crate::error::{Result, type_error, value_error, zero_division_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Method, Reader, Run, Section};
use crate::ufunc::statistics::{self, StatisticsOptions};
use crate::ufunc::{Axes, Operand, Options, ReduceOptions};
use crate::value::{Value, as_f64, is_true};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.mean",
        signature: "(a, axis=None, dtype=None, out=None, keepdims=<no value>, *, where=<no value>)",
        method: Some(Method {
            name: "ndarray.mean",
            signature: "(axis=None, dtype=None, out=None, keepdims=False, *, where=True)",
            reader: Reader::Helper("_mean"),
        }),
        summary: "The sum divided by the count, of all elements or along axes.",
        memory: MemoryRule::New,
        notes: "The sum is divided in place, so only the result is allocated. Integers are summed as float64, float16 as \
                float32; float32 stays float32, and may lose digits over many elements: `dtype=np.float64` helps.",
        example: r"
>>> a = np.array([[1, 2], [3, 4]])
>>> a.mean()
np.float64(2.5)
>>> np.mean(a, axis=0)
array([2., 3.])
",
        see_also: &["np.average", "np.median", "np.std", "np.nanmean"],
        run: Run::Call(mean),
    },
    Function {
        name: "np.var",
        signature: "(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>)",
        method: Some(Method {
            name: "ndarray.var",
            signature: "(axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>)",
            reader: Reader::Helper("_var"),
        }),
        summary: "The mean of the squared distances from the mean.",
        memory: MemoryRule::New,
        notes: "Unlike the mean this needs an array as large as `a` on the way: the distances. `ddof=1` divides by one \
                less than the count, as an estimate from a sample does.",
        example: r"
>>> a = np.array([1, 2, 3, 4])
>>> a.var()
np.float64(1.25)
>>> np.var(a, ddof=1)
np.float64(1.6666666666666667)
",
        see_also: &["np.std", "np.mean", "np.nanvar", "np.cov"],
        run: Run::Call(|context, arguments| spread(context, arguments, statistics::var, false)),
    },
    Function {
        name: "np.std",
        signature: "(a, axis=None, dtype=None, out=None, ddof=0, keepdims=<no value>, *, where=<no value>, mean=<no value>, correction=<no value>)",
        method: Some(Method {
            name: "ndarray.std",
            signature: "(axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>)",
            reader: Reader::Helper("_std"),
        }),
        summary: "The square root of the variance.",
        memory: MemoryRule::New,
        notes: "An array as large as `a` is made on the way: the distances from the mean.",
        example: r"
>>> np.std([2, 4, 4, 4, 5, 5, 7, 9])
np.float64(2.0)
>>> np.array([[1, 3], [5, 5]]).std(axis=1)
array([1., 0.])
",
        see_also: &["np.var", "np.mean", "np.nanstd"],
        run: Run::Call(|context, arguments| spread(context, arguments, statistics::std, true)),
    },
    Function {
        name: "np.ptp",
        signature: "(a, axis=None, out=None, keepdims=<no value>)",
        method: None,
        summary: "Peak to peak: the largest less the smallest.",
        memory: MemoryRule::New,
        notes: "Small integers can wrap: the difference has the dtype of `a`.",
        example: r"
>>> np.ptp([[3, 10], [1, 4]], axis=1)
array([7, 3])
>>> np.ptp(np.array([-100, 100], dtype=np.int8))
np.int8(-56)
",
        see_also: &["np.max", "np.min"],
        run: Run::Call(ptp),
    },
    Function {
        name: "np.argmax",
        signature: "(a, axis=None, out=None, *, keepdims=<no value>)",
        method: Some(Method {
            name: "ndarray.argmax",
            signature: "(axis=None, out=None, *, keepdims=False)",
            reader: Reader::NumPy,
        }),
        summary: "The index of the largest element; the first of equal ones.",
        memory: MemoryRule::New,
        notes: "Without an axis the index counts the elements in C order: `np.unravel_index` gives it an index for each \
                axis. Along an axis that is not the last one NumPy works on a copy of `a`.",
        example: r"
>>> a = np.array([[3, 9, 1], [7, 2, 8]])
>>> a.argmax()
np.int64(1)
>>> np.argmax(a, axis=1)
array([1, 2])
",
        see_also: &["np.argmin", "np.max", "np.nanargmax", "np.argsort"],
        run: Run::Call(|context, arguments| arg_extreme(context, arguments, true)),
    },
    Function {
        name: "np.argmin",
        signature: "(a, axis=None, out=None, *, keepdims=<no value>)",
        method: Some(Method {
            name: "ndarray.argmin",
            signature: "(axis=None, out=None, *, keepdims=False)",
            reader: Reader::NumPy,
        }),
        summary: "The index of the smallest element; the first of equal ones.",
        memory: MemoryRule::New,
        notes: "Without an axis the index counts the elements in C order. Along an axis that is not the last one NumPy \
                works on a copy of `a`.",
        example: r"
>>> a = np.array([[3, 9, 1], [7, 2, 8]])
>>> a.argmin()
np.int64(2)
>>> np.argmin(a, axis=0)
array([0, 1, 0])
",
        see_also: &["np.argmax", "np.min", "np.nanargmin"],
        run: Run::Call(|context, arguments| arg_extreme(context, arguments, false)),
    },
    Function {
        name: "np.average",
        signature: "(a, axis=None, weights=None, returned=False, *, keepdims=<no value>)",
        method: None,
        summary: "The mean in which elements count as much as their weights say.",
        memory: MemoryRule::New,
        notes: "Without weights it is the mean. With weights the products are an array as large as `a`.",
        example: r"
>>> np.average([1, 2, 3], weights=[3, 1, 1])
np.float64(1.6)
>>> np.average([[1, 2], [3, 4]], axis=0, weights=[1, 3])
array([2.5, 3.5])
",
        see_also: &["np.mean", "np.median"],
        run: Run::Call(average),
    },
];

fn options(context: &mut Context, arguments: &Arguments) -> Result<StatisticsOptions> {
    let dtype = match arguments.some("dtype").cloned() {
        Some(dtype) => Some(as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))?),
        None => None,
    };
    Ok(StatisticsOptions {
        axes: calls::axes_argument(arguments)?,
        dtype,
        out: calls::out_argument(arguments)?,
        keepdims: calls::flag(arguments, "keepdims")?,
        where_: calls::where_argument(context, arguments)?,
        mean: None,
    })
}

fn mean(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let options = options(context, arguments)?;
    if objects::is_objects(&array) {
        return objects::statistics::mean(context, &array, &options).map_err(|e| calls::blame_axis(e, array.ndim()));
    }
    let result = statistics::mean(&context.runtime, &array, &options);
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// `ddof`, or `correction`, its name in the array API.
///
/// # Errors
/// `ValueError` where both are given.
pub(super) fn degrees_of_freedom(context: &mut Context, arguments: &Arguments) -> Result<Operand> {
    let ddof = arguments.get("ddof");
    let Some(correction) = arguments.given("correction").cloned() else {
        return operand(context, ddof).map_err(|e| e.at_argument("ddof"));
    };
    if as_f64(&ddof) != Ok(0.0) {
        return Err(value_error("ddof and correction can't be provided simultaneously.").at_argument("correction"));
    }
    operand(context, correction).map_err(|e| e.at_argument("correction"))
}

type Spread = fn(&crate::array::Runtime, &ArrayRef, &StatisticsOptions, &Operand) -> Result<crate::ufunc::Outcome>;

fn spread(context: &mut Context, arguments: &mut Arguments, compute: Spread, is_root: bool) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let mut options = options(context, arguments)?;
    if let Some(mean) = arguments.some("mean").cloned() {
        options.mean = Some(operand(context, mean).map_err(|e| e.at_argument("mean"))?);
    }
    if objects::is_objects(&array) {
        let ddof = arguments.given("correction").cloned().unwrap_or_else(|| arguments.get("ddof"));
        let work = if is_root { objects::statistics::deviation } else { objects::statistics::variance };
        return work(context, &array, &options, ddof).map_err(|e| calls::blame_axis(e, array.ndim()));
    }
    let ddof = degrees_of_freedom(context, arguments)?;
    let result = compute(&context.runtime, &array, &options, &ddof);
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn ptp(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let axes = calls::axes_argument(arguments)?;
    let out = calls::out_argument(arguments)?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    if objects::is_objects(&array) {
        let options = ReduceOptions { axes, keepdims, ..ReduceOptions::default() };
        let most = calls::reduce(context, "maximum", &array, &options)?;
        let least = calls::reduce(context, "minimum", &array, &options)?;
        return match &out {
            Some(out) => calls::ufunc_into(context, "subtract", [most, least], out, Casting::Unsafe),
            None => calls::ufunc(context, "subtract", [most, least]),
        };
    }
    let result = statistics::ptp(&context.runtime, &array, &axes, out.as_ref(), keepdims);
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

fn arg_extreme(context: &mut Context, arguments: &mut Arguments, largest: bool) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let axis = calls::axis_argument(arguments, "axis")?;
    let out = calls::out_argument(arguments)?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    let result = statistics::arg_extreme(&context.runtime, &array, largest, axis, out.as_ref(), keepdims);
    reference::raise_failure()?;
    result.map(calls::outcome).map_err(|e| calls::blame_axis(e, array.ndim()))
}

/// The weights in a shape that meets the array's (`_weights_are_valid`).
///
/// # Errors
/// `TypeError` where the shapes differ and no axis is named, `ValueError` where they do not fit along it.
pub(super) fn fitting_weights(
    context: &mut Context,
    arguments: &Arguments,
    array: &ArrayRef,
    axes: Option<&[usize]>,
) -> Result<ArrayRef> {
    let weights = calls::array_argument(context, arguments, "weights")?;
    let (shape, found) = (array.shape(), weights.shape());
    if shape == found {
        return Ok(weights);
    }
    let Some(axes) = axes else {
        let error = type_error("Axis must be specified when shapes of a and weights differ.").at_argument("weights");
        let text = crate::array::layout::shape_text::array_shape_text;
        return Err(error.label(format!("shape {}, a has {}", text(&found), text(&shape))));
    };
    if !axes.iter().map(|&axis| shape[axis]).eq(found.iter().copied()) {
        return Err(value_error("Shape of weights must be consistent with shape of a along specified axis.")
            .at_argument("weights"));
    }
    let mut order: Vec<usize> = (0..axes.len()).collect();
    order.sort_by_key(|&i| axes[i]);
    let turned = calls::view(&weights, crate::array::layout::transpose::permute(&weights.layout(), &order));
    let wanted: Vec<isize> =
        shape.iter().enumerate().map(|(axis, &len)| if axes.contains(&axis) { len as isize } else { 1 }).collect();
    calls::reshape(context, &turned, &wanted)
}

/// `np.average` (function_base.py).
fn average(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "a")?;
    let axes = calls::normalized_axes(arguments, array.ndim(), Some("axis"))?;
    let keepdims = calls::flag(arguments, "keepdims")?;
    let reduced = match &axes {
        None => Axes::All,
        Some(axes) => Axes::Some(axes.iter().map(|&axis| axis as isize).collect()),
    };
    let returned = is_true(&arguments.get("returned"))?;
    let (mean, total) = if arguments.some("weights").is_none() {
        let options = StatisticsOptions { axes: reduced, keepdims, ..StatisticsOptions::default() };
        let mean = match objects::is_objects(&array) {
            true => objects::statistics::mean(context, &array, &options)?,
            false => calls::outcome(statistics::mean(&context.runtime, &array, &options)?),
        };
        let (ty, parts) = match &mean {
            Value::Array(mean) => (mean.dtype().ty(), mean.size()),
            Value::Scalar(mean) => (mean.ty(), 1),
            _ => (Type::Float64, 1),
        };
        let count = crate::array::Scalar::Float64(array.size() as f64 / parts as f64).cast(ty);
        (mean, Value::Scalar(count))
    } else {
        let weights = fitting_weights(context, arguments, &array, axes.as_deref())?;
        let (ty, other) = (array.dtype().ty(), weights.dtype().ty());
        let mut types = vec![Promoted::Strong(ty), Promoted::Strong(other)];
        if !ty.is_inexact() {
            types.push(Promoted::Strong(Type::Float64));
        }
        let ty = result_type(&types)?;
        let options = ReduceOptions { axes: reduced, keepdims, dtype: Some(ty.into()), ..ReduceOptions::default() };
        let total = calls::reduce(context, "add", &weights, &options)?;
        let zero = calls::compare(context, crate::syntax::ast::CompareOp::Equal, &total, &Value::Float(0.0))?;
        if calls::any_true(context, &zero)? {
            return Err(zero_division_error("Weights sum to zero, can't be normalized").at_argument("weights"));
        }
        let product = Options { dtype: Some(ty.into()), ..Options::default() };
        let products = calls::ufunc_with(context, "multiply", [Value::Array(array), Value::Array(weights)], &product)?;
        let products = calls::as_array(context, &products)?;
        let sum = calls::reduce(context, "add", &products, &ReduceOptions { dtype: None, ..options })?;
        (calls::divide(context, sum, total.clone())?, total)
    };
    if !returned {
        return Ok(mean);
    }
    let shape = calls::shape_of(&mean);
    if shape == calls::shape_of(&total) {
        return Ok(Value::tuple([mean, total]));
    }
    let wide = calls::empty(context, calls::type_of(&total), &shape)?;
    calls::copyto(context, &wide, &total, None)?;
    Ok(Value::tuple([mean, Value::Array(wide)]))
}
