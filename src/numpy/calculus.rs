//! Slopes, areas and interpolation of sampled functions; angles without jumps; vector products.

use super::calls;
use super::coercion::array_from;
use super::running::neighbours;
use crate::array::arrange::require_1d;
use crate::array::cast::{Casting, require_cast};
use crate::array::copy::copy;
use crate::array::index::Index;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::{ArrayRef, Order, Scalar, Type};
use crate::error::{ErrorClass, Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::ReduceOptions;
use crate::value::{Value, as_f64, as_index};
use num_complex::Complex64;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.gradient",
        signature: "(f, *varargs, axis=None, edge_order=1)",
        method: None,
        summary: "The slopes of a sampled function along each axis: central differences, one-sided at the ends.",
        memory: MemoryRule::New,
        notes: "An array as large as `f` for each axis. Integers are converted to float64 first.",
        example: r"
>>> np.gradient([1.0, 2.0, 4.0, 8.0])
array([1. , 1.5, 3. , 4. ])
>>> np.gradient([1.0, 2.0, 4.0], 0.5)
array([2., 3., 4.])
",
        see_also: &["np.diff", "np.trapezoid"],
        run: Run::Call(gradient),
    },
    Function {
        name: "np.trapezoid",
        signature: "(y, x=None, dx=1.0, axis=-1)",
        method: None,
        summary: "The area under samples, by trapezoids.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.trapezoid([1, 2, 3])
np.float64(4.0)
>>> np.trapezoid([1, 2, 3], x=[0, 2, 6])
np.float64(13.0)
",
        see_also: &["np.gradient", "np.cumsum"],
        run: Run::Call(trapezoid),
    },
    Function {
        name: "np.interp",
        signature: "(x, xp, fp, left=None, right=None, period=None)",
        method: None,
        summary: "Values between samples, by straight lines.",
        memory: MemoryRule::New,
        notes: "The sample places `xp` must rise; this is not checked.",
        example: r"
>>> np.interp([0.5, 1.5], [0, 1, 2], [10, 20, 40])
array([15., 30.])
>>> np.interp(5, [0, 1, 2], [10, 20, 40], right=-1)
np.float64(-1.0)
",
        see_also: &["np.searchsorted"],
        run: Run::Call(interp),
    },
    Function {
        name: "np.unwrap",
        signature: "(p, discont=None, axis=-1, *, period=6.283185307179586)",
        method: None,
        summary: "Adds periods so that neighbours differ by no more than half a period.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.unwrap([2, 3, 0, 1], period=4)
array([2, 3, 4, 5])
",
        see_also: &["np.diff", "np.angle"],
        run: Run::Call(unwrap),
    },
    Function {
        name: "np.cross",
        signature: "(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)",
        method: None,
        summary: "The vector product of vectors of three parts.",
        memory: MemoryRule::New,
        notes: "Both arrays are copied once, and one array of products is made beside the result.",
        example: r"
>>> np.cross([1, 0, 0], [0, 1, 0])
array([0, 0, 1])
",
        see_also: &["np.outer", "np.inner"],
        run: Run::Call(cross),
    },
];

/// `a[..., item, ...]` with the item on `axis`.
fn at(context: &mut Context, array: &ArrayRef, axis: usize, item: Index) -> Result<Value> {
    let index = calls::along(array.ndim(), axis, item);
    calls::get(context, array, &index)
}

/// The spacing along each axis: a number, or an array of the distances between places.
fn spacings(context: &mut Context, arguments: &Arguments, f: &ArrayRef, axes: &[usize]) -> Result<Vec<Value>> {
    let given = arguments.rest("varargs");
    match given.as_slice() {
        [] => return Ok(vec![Value::Float(1.0); axes.len()]),
        [one] if calls::as_array(context, one)?.ndim() == 0 => return Ok(vec![one.clone(); axes.len()]),
        many if many.len() != axes.len() => {
            let label = format!("{} spacings for {} axes", many.len(), axes.len());
            return Err(type_error("invalid number of arguments").label(label));
        }
        _ => {}
    }
    let mut spacings = Vec::with_capacity(axes.len());
    for (value, &axis) in given.iter().zip(axes) {
        let places = calls::as_array(context, value)?;
        if places.ndim() == 0 {
            spacings.push(value.clone());
            continue;
        }
        if places.ndim() != 1 {
            return Err(value_error("distances must be either scalars or 1d").at_argument("varargs"));
        }
        if places.size() != f.shape()[axis] {
            let error = value_error("when 1d, distances must match the length of the corresponding dimension");
            let label = format!("{} distances, axis {axis} has length {}", places.size(), f.shape()[axis]);
            return Err(error.at_argument("varargs").label(label));
        }
        let places = if places.dtype().ty().is_integer() {
            calls::astype(context, &places, Type::Float64, true)?
        } else {
            places
        };
        let distances = neighbours(context, places, 1, 0)?;
        let first = calls::get(context, &distances, &[Index::Int(0)])?;
        let same = calls::compare(context, CompareOp::Equal, &Value::Array(distances.clone()), &first)?;
        spacings.push(if calls::all_true(context, &same)? { first } else { Value::Array(distances) });
    }
    Ok(spacings)
}

/// `np.gradient` (function_base.py).
fn gradient(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut f = calls::array_argument(context, arguments, "f")?;
    let axes = calls::normalized_axes(arguments, f.ndim(), None)?;
    let axes = axes.unwrap_or_else(|| (0..f.ndim()).collect());
    let spacings = spacings(context, arguments, &f, &axes)?;
    let edge_order = as_index(&arguments.get("edge_order")).map_err(|e| e.at_argument("edge_order"))?;
    if edge_order > 2 {
        return Err(value_error("'edge_order' greater than 2 not supported").at_argument("edge_order"));
    }
    let mut ty = f.dtype().ty();
    if !ty.is_inexact() {
        if ty.is_integer() {
            f = calls::astype(context, &f, Type::Float64, true)?;
        }
        ty = Type::Float64;
    }
    let mut results = Vec::with_capacity(axes.len());
    for (&axis, spacing) in axes.iter().zip(&spacings) {
        let len = f.shape()[axis] as isize;
        if len < edge_order + 1 {
            let error = value_error(
                "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.",
            );
            return Err(error.at_argument("f").label(format!("axis {axis} has length {len}")));
        }
        let out = calls::empty_like(context, &f, ty)?;
        inner_slopes(context, &f, &out, axis, spacing)?;
        for start in [true, false] {
            edge_slope(context, &f, &out, axis, spacing, edge_order, start)?;
        }
        results.push(Value::Array(out));
    }
    Ok(if results.len() == 1 { results.remove(0) } else { Value::tuple(results) })
}

/// An array of numbers along one axis, to be multiplied with arrays of more.
fn along_axis(context: &mut Context, value: Value, ndim: usize, axis: usize) -> Result<Value> {
    let array = calls::as_array(context, &value)?;
    let shape: Vec<isize> = (0..ndim).map(|i| if i == axis { -1 } else { 1 }).collect();
    calls::reshape(context, &array, &shape).map(Value::Array)
}

fn inner_slopes(context: &mut Context, f: &ArrayRef, out: &ArrayRef, axis: usize, spacing: &Value) -> Result<()> {
    let target = calls::along(f.ndim(), axis, calls::slice(1, -1));
    let before = at(context, f, axis, calls::slice(None, -2))?;
    let behind = at(context, f, axis, calls::slice(2, None))?;
    let slopes = match spacing {
        Value::Array(distances) if distances.ndim() > 0 => {
            let dx1 = calls::get(context, distances, &[calls::slice(0, -1)])?;
            let dx2 = calls::get(context, distances, &[calls::slice(1, None)])?;
            let sum = calls::add(context, dx1.clone(), dx2.clone())?;
            let minus = calls::negative(context, dx2.clone())?;
            let product = calls::multiply(context, dx1.clone(), sum.clone())?;
            let a = calls::divide(context, minus, product)?;
            let difference = calls::subtract(context, dx2.clone(), dx1.clone())?;
            let product = calls::multiply(context, dx1.clone(), dx2.clone())?;
            let b = calls::divide(context, difference, product)?;
            let product = calls::multiply(context, dx2, sum)?;
            let c = calls::divide(context, dx1, product)?;
            let middle = at(context, f, axis, calls::slice(1, -1))?;
            weighted(context, [(a, before), (b, middle), (c, behind)], Some((f.ndim(), axis)))?
        }
        step => {
            let difference = calls::subtract(context, behind, before)?;
            let step = calls::multiply(context, Value::Float(2.0), step.clone())?;
            calls::divide(context, difference, step)?
        }
    };
    calls::set(context, out, &target, &slopes)
}

/// `a * x + b * y + c * z`; the weights along an axis, where one is named.
fn weighted(context: &mut Context, terms: [(Value, Value); 3], axis: Option<(usize, usize)>) -> Result<Value> {
    let mut sum: Option<Value> = None;
    for (weight, value) in terms {
        let weight = match axis {
            Some((ndim, axis)) => along_axis(context, weight, ndim, axis)?,
            None => weight,
        };
        let product = calls::multiply(context, weight, value)?;
        sum = Some(match sum {
            Some(sum) => calls::add(context, sum, product)?,
            None => product,
        });
    }
    Ok(sum.unwrap_or(Value::None))
}

/// The slope at the first or last place along the axis.
fn edge_slope(
    context: &mut Context,
    f: &ArrayRef,
    out: &ArrayRef,
    axis: usize,
    spacing: &Value,
    order: isize,
    start: bool,
) -> Result<()> {
    let step = |context: &mut Context, place: isize| match spacing {
        Value::Array(distances) if distances.ndim() > 0 => calls::get(context, distances, &[Index::Int(place)]),
        number => Ok(number.clone()),
    };
    let uniform = !matches!(spacing, Value::Array(distances) if distances.ndim() > 0);
    let target = calls::along(f.ndim(), axis, Index::Int(if start { 0 } else { -1 }));
    let slope = if order == 1 {
        let (upper, lower) = if start { (1, 0) } else { (-1, -2) };
        let upper = at(context, f, axis, Index::Int(upper))?;
        let lower = at(context, f, axis, Index::Int(lower))?;
        let difference = calls::subtract(context, upper, lower)?;
        let step = step(context, if start { 0 } else { -1 })?;
        calls::divide(context, difference, step)?
    } else {
        let places: [isize; 3] = if start { [0, 1, 2] } else { [-3, -2, -1] };
        let weights = if uniform {
            let factors = if start { [-1.5, 2.0, -0.5] } else { [0.5, -2.0, 1.5] };
            let mut weights = Vec::with_capacity(3);
            for factor in factors {
                weights.push(calls::divide(context, Value::Float(factor), spacing.clone())?);
            }
            weights
        } else {
            let dx1 = step(context, if start { 0 } else { -2 })?;
            let dx2 = step(context, if start { 1 } else { -1 })?;
            edge_weights(context, dx1, dx2, start)?
        };
        let mut terms = Vec::with_capacity(3);
        for (weight, place) in weights.into_iter().zip(places) {
            terms.push((weight, at(context, f, axis, Index::Int(place))?));
        }
        match <[(Value, Value); 3]>::try_from(terms) {
            Ok(terms) => weighted(context, terms, None)?,
            Err(_) => return Ok(()),
        }
    };
    calls::set(context, out, &target, &slope)
}

/// The weights of the three places at an end whose distances differ.
fn edge_weights(context: &mut Context, dx1: Value, dx2: Value, start: bool) -> Result<Vec<Value>> {
    let sum = calls::add(context, dx1.clone(), dx2.clone())?;
    let by_first = calls::multiply(context, dx1.clone(), sum.clone())?;
    let by_both = calls::multiply(context, dx1.clone(), dx2.clone())?;
    let by_second = calls::multiply(context, dx2.clone(), sum.clone())?;
    let (near, far) = if start { (dx1.clone(), dx2.clone()) } else { (dx2.clone(), dx1.clone()) };
    let twice = calls::multiply(context, Value::Float(2.0), near.clone())?;
    let long = calls::add(context, twice, far)?;
    if start {
        let long = calls::negative(context, long)?;
        let short = calls::negative(context, near)?;
        Ok(vec![
            calls::divide(context, long, by_first)?,
            calls::divide(context, sum, by_both)?,
            calls::divide(context, short, by_second)?,
        ])
    } else {
        let middle = calls::negative(context, sum)?;
        Ok(vec![
            calls::divide(context, near, by_first)?,
            calls::divide(context, middle, by_both)?,
            calls::divide(context, long, by_second)?,
        ])
    }
}

fn trapezoid(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let y = calls::array_argument(context, arguments, "y")?;
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let axis = calls::normalize_axis(axis, y.ndim())?;
    let widths = match arguments.some("x").cloned() {
        None => arguments.get("dx"),
        Some(x) => {
            let x = calls::as_array(context, &x).map_err(|e| e.at_argument("x"))?;
            if x.ndim() == 1 {
                let widths = neighbours(context, x, 1, 0)?;
                along_axis(context, Value::Array(widths), y.ndim(), axis)?
            } else {
                Value::Array(neighbours(context, x, 1, axis)?)
            }
        }
    };
    let later = at(context, &y, axis, calls::slice(1, None))?;
    let earlier = at(context, &y, axis, calls::slice(None, -1))?;
    let heights = calls::add(context, later, earlier)?;
    let areas = calls::multiply(context, widths, heights)?;
    let areas = calls::divide(context, areas, Value::Float(2.0))?;
    let areas = calls::as_array(context, &areas)?;
    calls::reduce(context, "add", &areas, &ReduceOptions::axis(axis as isize))
}

/// `np.interp` (function_base.py, `arr_interp`).
fn interp(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let fp = calls::array_argument(context, arguments, "fp")?;
    let ty = if fp.dtype().ty().is_complex() { Type::Complex128 } else { Type::Float64 };
    let converted = |context: &mut Context, name: &str, ty: Type| {
        let value = arguments.get(name);
        if let Value::Array(array) = &value {
            require_cast(&array.dtype(), &ty.into(), Casting::Safe, false).map_err(|e| e.at_argument(name))?;
        }
        array_from(context, &value, Some(&ty.into())).map_err(|e| e.at_argument(name))
    };
    let mut x = converted(context, "x", Type::Float64)?;
    let mut xp = converted(context, "xp", Type::Float64)?;
    let mut fp = calls::astype(context, &fp, ty, false)?;
    let (mut left, mut right) = (arguments.some("left").cloned(), arguments.some("right").cloned());
    if let Some(period) = arguments.some("period").cloned() {
        let period = as_f64(&period).map_err(|e| e.at_argument("period"))?.abs();
        if period == 0.0 {
            return Err(value_error("period must be a non-zero value").at_argument("period"));
        }
        (left, right) = (None, None);
        if xp.ndim() != 1 || fp.ndim() != 1 {
            return Err(value_error("Data points must be 1-D sequences"));
        }
        if xp.size() != fp.size() {
            return Err(value_error("fp and xp are not of the same length"));
        }
        (x, xp, fp) = periodic(context, x, xp, fp, Value::Float(period))?;
    }
    require_1d(&xp).map_err(|e| e.at_argument("xp"))?;
    require_1d(&fp).map_err(|e| e.at_argument("fp"))?;
    if xp.size() == 0 {
        return Err(value_error("array of sample points is empty").at_argument("xp"));
    }
    if xp.size() != fp.size() {
        let label = format!("{} values for {} places", fp.size(), xp.size());
        return Err(value_error("fp and xp are not of the same length.").at_argument("fp").label(label));
    }
    let result = calls::empty(context, ty, &x.shape())?;
    let places: Vec<f64> = calls::elements(&xp).map(|place| place.as_f64()).collect();
    let values: Vec<Complex64> = calls::elements(&fp).map(|value| value.as_complex()).collect();
    let outside = |context: &mut Context, value: Option<Value>, default: Option<&Complex64>| match value {
        Some(value) => calls::scalar(context, &value).map(|value| value.as_complex()),
        None => Ok(default.copied().unwrap_or_default()),
    };
    let left = outside(context, left, values.first())?;
    let right = outside(context, right, values.last())?;
    for (i, at) in calls::elements(&x).enumerate() {
        let value = interpolated(at.as_f64(), &places, &values, left, right, ty.is_complex());
        result.write(i * ty.size(), &Scalar::Complex128(value));
    }
    Ok(calls::unwrapped(Value::Array(result)))
}

/// The samples brought into one period, with one more at each end.
fn periodic(
    context: &mut Context,
    x: ArrayRef,
    xp: ArrayRef,
    fp: ArrayRef,
    period: Value,
) -> Result<(ArrayRef, ArrayRef, ArrayRef)> {
    let wrap = |context: &mut Context, array: ArrayRef| {
        let rest = calls::binary(context, BinaryOp::Remainder, Value::Array(array), period.clone())?;
        calls::as_array(context, &rest)
    };
    let x = wrap(context, x)?;
    let xp = wrap(context, xp)?;
    let order = crate::array::arrange::argsort(&context.runtime, &xp, Some(-1), Default::default())?;
    let order = [Index::Integers(order)];
    let xp = calls::get_array(context, &xp, &order)?;
    let fp = calls::get_array(context, &fp, &order)?;
    let last = calls::get(context, &xp, &[calls::slice(-1, None)])?;
    let before = calls::subtract(context, last, period.clone())?;
    let first = calls::get(context, &xp, &[calls::slice(0, 1)])?;
    let behind = calls::add(context, first, period)?;
    let xp = calls::concatenate(context, vec![before, Value::Array(xp), behind], Some(0))?;
    let last = calls::get(context, &fp, &[calls::slice(-1, None)])?;
    let first = calls::get(context, &fp, &[calls::slice(0, 1)])?;
    let fp = calls::concatenate(context, vec![last, Value::Array(fp), first], Some(0))?;
    Ok((x, xp, fp))
}

fn interpolated(
    x: f64,
    places: &[f64],
    values: &[Complex64],
    left: Complex64,
    right: Complex64,
    complex: bool,
) -> Complex64 {
    if x.is_nan() {
        return Complex64::new(x, 0.0);
    }
    let Some(j) = places.partition_point(|&place| place <= x).checked_sub(1) else { return left };
    if j + 1 >= places.len() {
        return if places[j] < x { right } else { values[j] };
    }
    if places[j] == x {
        return values[j];
    }
    let (low, high) = (places[j], places[j + 1]);
    let line = |a: f64, b: f64| {
        let slope = if complex { (b - a) * (1.0 / (high - low)) } else { (b - a) / (high - low) };
        let value = slope * (x - low) + a;
        if !value.is_nan() {
            return value;
        }
        let value = slope * (x - high) + b;
        if value.is_nan() && a == b { a } else { value }
    };
    let (a, b) = (values[j], values[j + 1]);
    Complex64::new(line(a.re, b.re), if complex { line(a.im, b.im) } else { 0.0 })
}

/// `np.unwrap` (function_base.py).
fn unwrap(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let array = calls::array_argument(context, arguments, "p")?;
    if array.ndim() == 0 {
        return Err(value_error("diff requires input that is at least one dimensional").at_argument("p"));
    }
    let axis = as_index(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))?;
    let axis = calls::normalize_axis(axis, array.ndim())?;
    let period = arguments.get("period");
    let differences = neighbours(context, array.clone(), 1, axis)?;
    let dd = Value::Array(differences);
    let half = calls::divide(context, period.clone(), Value::int(2))?;
    let limit = arguments.some("discont").cloned().unwrap_or(half.clone());
    let ty = calls::result_type(&[&dd, &period])?;
    let (high, ambiguous) = if ty.is_integer() {
        let high = calls::binary(context, BinaryOp::FloorDivide, period.clone(), Value::int(2))?;
        let rest = calls::binary(context, BinaryOp::Remainder, period.clone(), Value::int(2))?;
        (high, as_f64(&rest)? == 0.0)
    } else {
        (half, true)
    };
    let low = calls::negative(context, high.clone())?;
    let shifted = calls::subtract(context, dd.clone(), low.clone())?;
    let rest = calls::binary(context, BinaryOp::Remainder, shifted, period)?;
    let wrapped = calls::add(context, rest, low.clone())?;
    if ambiguous {
        let at_low = calls::compare(context, CompareOp::Equal, &wrapped, &low)?;
        let rising = calls::compare(context, CompareOp::Greater, &dd, &Value::int(0))?;
        let mask = calls::binary(context, BinaryOp::And, at_low, rising)?;
        let mask = calls::as_array(context, &mask)?;
        let target = calls::as_array(context, &wrapped)?;
        calls::copyto(context, &target, &high, Some(&mask))?;
    }
    let correction = calls::subtract(context, wrapped, dd.clone())?;
    let size = calls::ufunc(context, "absolute", [dd])?;
    let small = calls::compare(context, CompareOp::Less, &size, &limit)?;
    let small = calls::as_array(context, &small)?;
    let correction = calls::as_array(context, &correction)?;
    calls::copyto(context, &correction, &Value::int(0), Some(&small))?;
    let result = calls::astype(context, &array, ty, true)?;
    let tail = calls::along(array.ndim(), axis, calls::slice(1, None));
    let later = calls::get(context, &array, &tail)?;
    let found = calls::find("add")?;
    let sums = crate::ufunc::accumulate(&context.runtime, found, &correction, axis as isize, None, None)?;
    let corrected = calls::add(context, later, calls::outcome(sums))?;
    calls::set(context, &result, &tail, &corrected)?;
    Ok(Value::Array(result))
}

/// `np.cross` (numeric.py).
fn cross(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let axis = arguments.some("axis").map(as_index).transpose().map_err(|e| e.at_argument("axis"))?;
    let mut vectors = Vec::with_capacity(2);
    let mut axes = Vec::with_capacity(3);
    for name in ["axisa", "axisb", "axisc"] {
        let own = as_index(&arguments.get(name)).map_err(|e| e.at_argument(name))?;
        axes.push(axis.unwrap_or(own));
    }
    for name in ["a", "b"] {
        vectors.push(calls::array_argument(context, arguments, name)?);
    }
    if vectors.iter().any(|vector| vector.ndim() < 1) {
        return Err(value_error("At least one array has zero dimension"));
    }
    for (i, name) in ["axisa", "axisb"].into_iter().enumerate() {
        let axis = normalize_axis_index(axes[i], vectors[i].ndim(), Some(name)).map_err(|e| e.at_argument(name))?;
        vectors[i] = calls::moveaxis(&vectors[i], axis as isize, -1)?;
    }
    let parts: Vec<usize> = vectors.iter().map(|vector| vector.shape()[vector.ndim() - 1]).collect();
    if parts.iter().any(|parts| !(2..=3).contains(parts)) {
        let error = value_error("incompatible dimensions for cross product\n(dimension must be 2 or 3)");
        return Err(error.label(format!("vectors of {} and {} parts", parts[0], parts[1])));
    }
    if parts.contains(&2) {
        let message = "Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors instead. (deprecated in NumPy 2.0)";
        context.runtime.warn(ErrorClass::DeprecationWarning, message);
    }
    let flat = parts == [2, 2];
    let firsts = [first_part(context, &vectors[0])?, first_part(context, &vectors[1])?];
    let mut shape = calls::broadcast_arrays(&firsts)?[0].shape();
    let mut last_axis = 0;
    if !flat {
        shape.push(3);
        last_axis = normalize_axis_index(axes[2], shape.len(), Some("axisc")).map_err(|e| e.at_argument("axisc"))?;
    }
    let ty = calls::result_type(&[&Value::Array(vectors[0].clone()), &Value::Array(vectors[1].clone())])?;
    let result = calls::empty(context, ty, &shape)?;
    for vector in &mut vectors {
        *vector = if vector.dtype().ty() == ty {
            copy(&context.runtime, vector, Order::K)?
        } else {
            calls::astype(context, vector, ty, true)?
        };
    }
    let part = |context: &mut Context, vector: usize, i: usize| -> Result<Option<Value>> {
        if i >= parts[vector] {
            return Ok(None);
        }
        calls::get(context, &vectors[vector], &[Index::Ellipsis, Index::Int(i as isize)]).map(Some)
    };
    let places = if flat { vec![(2, result.clone())] } else { component_views(&result) };
    for (i, target) in places {
        let (j, k) = ((i + 1) % 3, (i + 2) % 3);
        let plus = pair(part(context, 0, j)?, part(context, 1, k)?);
        let minus = pair(part(context, 0, k)?, part(context, 1, j)?);
        match (plus, minus) {
            (Some([x, y]), minus) => {
                calls::ufunc_into(context, "multiply", [x, y], &target, Casting::SameKind)?;
                if let Some([x, y]) = minus {
                    let product = calls::ufunc(context, "multiply", [x, y])?;
                    let before = Value::Array(target.clone());
                    calls::ufunc_into(context, "subtract", [before, product], &target, Casting::SameKind)?;
                }
            }
            (None, Some([x, y])) => {
                calls::ufunc_into(context, "multiply", [x, y], &target, Casting::SameKind)?;
                let value = Value::Array(target.clone());
                calls::ufunc_into(context, "negative", [value], &target, Casting::SameKind)?;
            }
            (None, None) => {}
        }
    }
    if flat {
        return Ok(Value::Array(result));
    }
    calls::moveaxis(&result, -1, last_axis as isize).map(Value::Array)
}

fn pair(a: Option<Value>, b: Option<Value>) -> Option<[Value; 2]> {
    Some([a?, b?])
}

fn first_part(context: &mut Context, vector: &ArrayRef) -> Result<ArrayRef> {
    calls::get_array(context, vector, &[Index::Ellipsis, Index::Int(0)])
}

/// The three parts of each vector of the result, as views.
fn component_views(result: &ArrayRef) -> Vec<(usize, ArrayRef)> {
    let mut views = Vec::with_capacity(3);
    for i in 0..3 {
        let layout = {
            let whole = result.layout();
            let last = whole.ndim() - 1;
            crate::array::Layout {
                dtype: whole.dtype.clone(),
                shape: whole.shape[..last].into(),
                strides: whole.strides[..last].into(),
                offset: whole.offset.wrapping_add_signed(whole.strides[last].wrapping_mul(i as isize)),
            }
        };
        views.push((i, calls::view(result, layout)));
    }
    views
}
