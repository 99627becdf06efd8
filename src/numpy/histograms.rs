//! Histograms: how many elements fall between edges (`histograms.py`).

use super::calls;
use super::coercion::sequence;
use super::sorting::search;
use crate::array::arrange::{self, Side};
use crate::array::cast::{Casting, can_cast};
use crate::array::copy::{copy, ravel};
use crate::array::index::Index;
use crate::array::{ArrayRef, DType, Kind, Order, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::ufunc::{Options, ReduceOptions};
use crate::value::{Value, as_f64, as_index, is_true, repr};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

static FUNCTIONS: &[Function] = &[
    Function {
        name: "np.histogram",
        signature: "(a, bins=10, range=None, density=None, weights=None)",
        method: None,
        summary: "How many elements fall into each of a row of bins, and the edges of the bins.",
        memory: MemoryRule::New,
        notes: "Elements are taken 65536 at a time, so what is allocated on the way stays small for large arrays. All \
                bins but the last are half-open.",
        example: r"
>>> np.histogram([1, 2, 1, 4], bins=[0, 2, 4])
(array([2, 2]), array([0, 2, 4]))
>>> counts, edges = np.histogram([1, 2, 1, 4], bins=3)
>>> counts
array([2, 1, 1])
>>> edges
array([1., 2., 3., 4.])
",
        see_also: &["np.bincount", "np.digitize", "np.histogram_bin_edges"],
        run: Run::Call(histogram),
    },
    Function {
        name: "np.histogram_bin_edges",
        signature: "(a, bins=10, range=None, weights=None)",
        method: None,
        summary: "The edges of the bins that a histogram would use.",
        memory: MemoryRule::New,
        notes: "",
        example: r"
>>> np.histogram_bin_edges([1, 2, 1, 4], bins=3)
array([1., 2., 3., 4.])
",
        see_also: &["np.histogram"],
        run: Run::Call(|context, arguments| {
            let (array, weights) = flat(context, arguments)?;
            Ok(Value::Array(edges(context, arguments, &array, weights.is_some())?.0))
        }),
    },
];

/// Elements that are worked on at a time.
const BLOCK: usize = 65536;

/// The array and the weights, flattened.
fn flat(context: &mut Context, arguments: &Arguments) -> Result<(ArrayRef, Option<ArrayRef>)> {
    let mut array = calls::array_argument(context, arguments, "a")?;
    if array.dtype().ty() == Type::Bool {
        calls::warn(context, "Converting input from bool to <class 'numpy.uint8'> for compatibility.");
        array = calls::astype(context, &array, Type::UInt8, true)?;
    }
    let weights = match arguments.some("weights").cloned() {
        None => None,
        Some(weights) => {
            let weights = calls::as_array(context, &weights).map_err(|e| e.at_argument("weights"))?;
            if weights.shape() != array.shape() {
                return Err(value_error("weights should have the same shape as a.").at_argument("weights"));
            }
            Some(ravel(&context.runtime, &weights)?)
        }
    };
    Ok((ravel(&context.runtime, &array)?, weights))
}

/// A pair of the lowest and the highest edge (`_get_outer_edges`).
fn outer_edges(context: &mut Context, arguments: &Arguments, array: &ArrayRef) -> Result<(Value, Value)> {
    let show = |context: &Context, value: &Value| crate::value::str(value, &context.print_options);
    let finite = |value: &Value| as_f64(value).is_ok_and(f64::is_finite);
    let (first, last) = match arguments.some("range") {
        Some(range) => {
            let items = sequence(range).map_err(|e| e.at_argument("range"))?;
            let [first, last] = items.as_slice() else {
                let message = if items.len() < 2 {
                    format!("not enough values to unpack (expected 2, got {})", items.len())
                } else {
                    "too many values to unpack (expected 2)".to_string()
                };
                return Err(value_error(message).at_argument("range"));
            };
            let above = calls::compare(context, CompareOp::Greater, first, last)?;
            if is_true(&above)? {
                return Err(value_error("max must be larger than min in range parameter.").at_argument("range"));
            }
            if !(finite(first) && finite(last)) {
                let message =
                    format!("supplied range of [{}, {}] is not finite", show(context, first), show(context, last));
                return Err(value_error(message).at_argument("range"));
            }
            (first.clone(), last.clone())
        }
        None if array.size() == 0 => (Value::int(0), Value::int(1)),
        None => {
            let first = calls::reduce(context, "minimum", array, &ReduceOptions::all())?;
            let last = calls::reduce(context, "maximum", array, &ReduceOptions::all())?;
            if !(finite(&first) && finite(&last)) {
                let message = format!(
                    "autodetected range of [{}, {}] is not finite",
                    show(context, &first),
                    show(context, &last)
                );
                return Err(value_error(message).at_argument("a"));
            }
            (first, last)
        }
    };
    let same = calls::compare(context, CompareOp::Equal, &first, &last)?;
    if !is_true(&same)? {
        return Ok((first, last));
    }
    let first = calls::subtract(context, first, Value::Float(0.5))?;
    let last = calls::add(context, last, Value::Float(0.5))?;
    Ok((first, last))
}

/// `a - b` where a is not below b: signed integers give unsigned ones, which hold every distance.
fn distance(context: &mut Context, a: Value, b: Value) -> Result<Value> {
    let ty = calls::result_type(&[&a, &b])?;
    if ty.kind() != Kind::Signed {
        let options = Options { dtype: Some(ty.into()), ..Options::default() };
        return calls::ufunc_with(context, "subtract", [a, b], &options);
    }
    let unsigned = Type::of(Kind::Unsigned, ty.size()).unwrap_or(ty);
    let dtype: DType = ty.into();
    let a = super::coercion::array_from(context, &a, Some(&dtype))?;
    let b = super::coercion::array_from(context, &b, Some(&dtype))?;
    let options = Options { dtype: Some(unsigned.into()), casting: Casting::Unsafe, ..Options::default() };
    calls::ufunc_with(context, "subtract", [Value::Array(a), Value::Array(b)], &options)
}

/// Bins of one width: where they begin and end, and how many there are.
struct Uniform {
    first: Value,
    last: Value,
    count: usize,
}

/// The edges, and the bins where they are of one width (`_get_bin_edges`).
fn edges(
    context: &mut Context,
    arguments: &Arguments,
    array: &ArrayRef,
    weighted: bool,
) -> Result<(ArrayRef, Option<Uniform>)> {
    let bins = arguments.get("bins");
    let (first, last, count) = match &bins {
        Value::Str(name) => {
            let Some(width) = estimator(name) else {
                let message = format!("{} is not a valid estimator for `bins`", repr(&bins, &Default::default()));
                return Err(value_error(message).at_argument("bins"));
            };
            if weighted {
                let message = "Automated estimation of the number of bins is not supported for weighted data";
                return Err(type_error(message).at_argument("bins"));
            }
            let (first, last) = outer_edges(context, arguments, array)?;
            let part = if arguments.some("range").is_some() {
                inside(context, array, &first, &last)?
                    .map_or(Ok(array.clone()), |keep| calls::get_array(context, array, &[Index::Mask(keep)]))?
            } else {
                array.clone()
            };
            let count = estimated(context, &part, width, &first, &last)?;
            (first, last, count)
        }
        other if calls::as_array(context, other)?.ndim() == 0 => {
            let count = as_index(other)
                .map_err(|_| type_error("`bins` must be an integer, a string, or an array").at_argument("bins"))?;
            if count < 1 {
                return Err(value_error("`bins` must be positive, when an integer").at_argument("bins"));
            }
            let (first, last) = outer_edges(context, arguments, array)?;
            (first, last, count as usize)
        }
        other => {
            let edges = calls::as_array(context, other)?;
            if edges.ndim() != 1 {
                return Err(value_error("`bins` must be 1d, when an array").at_argument("bins"));
            }
            if any_neighbours(context, &edges, CompareOp::Greater)? {
                let message = "`bins` must increase monotonically, when an array";
                return Err(value_error(message).at_argument("bins"));
            }
            return Ok((edges, None));
        }
    };
    let mut ty = calls::result_type(&[&first, &last, &Value::Array(array.clone())])?;
    if ty.is_integer() {
        ty = Type::Float64;
    }
    let keywords = [("endpoint", Value::Bool(true)), ("dtype", Value::dtype(ty))];
    let positional = vec![first.clone(), last.clone(), Value::int(count + 1)];
    let edges = calls::call_array(context, "np.linspace", positional, keywords)?;
    if any_neighbours(context, &edges, CompareOp::GreaterEqual)? {
        let message = format!("Too many bins for data range. Cannot create {count} finite-sized bins.");
        return Err(value_error(message).at_argument("bins"));
    }
    Ok((edges, Some(Uniform { first, last, count })))
}

/// Whether some edge stands in the relation to the next one.
fn any_neighbours(context: &mut Context, edges: &ArrayRef, op: CompareOp) -> Result<bool> {
    let earlier = calls::get(context, edges, &[calls::slice(None, -1)])?;
    let later = calls::get(context, edges, &[calls::slice(1, None)])?;
    let wrong = calls::compare(context, op, &earlier, &later)?;
    calls::any_true(context, &wrong)
}

/// Which elements are between the edges; nothing where all are.
fn inside(context: &mut Context, array: &ArrayRef, first: &Value, last: &Value) -> Result<Option<ArrayRef>> {
    let value = Value::Array(array.clone());
    let keep = calls::compare(context, CompareOp::GreaterEqual, &value, first)?;
    let keep = calls::as_array(context, &keep)?;
    let below = calls::compare(context, CompareOp::LessEqual, &value, last)?;
    calls::ufunc_into(context, "bitwise_and", [Value::Array(keep.clone()), below], &keep, Casting::SameKind)?;
    Ok(if calls::all_true(context, &Value::Array(keep.clone()))? { None } else { Some(keep) })
}

type Estimator = fn(&mut Context, &ArrayRef, f64) -> Result<f64>;

/// The rule of this name for the width of a bin; it gets the elements and the distance from the lowest to the highest.
fn estimator(name: &str) -> Option<Estimator> {
    fn sqrt(_: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        Ok(spread / (x.size() as f64).sqrt())
    }
    fn sturges(_: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        Ok(spread / ((x.size() as f64).log2() + 1.0))
    }
    fn rice(_: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        Ok(spread / (2.0 * (x.size() as f64).powf(1.0 / 3.0)))
    }
    fn scott(context: &mut Context, x: &ArrayRef, _: f64) -> Result<f64> {
        let factor = (24.0 * std::f64::consts::PI.sqrt() / x.size() as f64).powf(1.0 / 3.0);
        Ok(factor * number(context, "np.std", x)?)
    }
    fn stone(context: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        let n = x.size() as f64;
        if n <= 1.0 || spread == 0.0 {
            return Ok(0.0);
        }
        let most = ((n.sqrt()) as usize).max(100);
        let mut best = (f64::INFINITY, 1);
        for bins in 1..=most {
            let width = spread / bins as f64;
            let positional = vec![Value::Array(x.clone()), Value::int(bins)];
            let result = calls::call(context, "np.histogram", positional, [])?;
            let Value::Tuple(parts) = &result else { continue };
            let counts = calls::as_array(context, &parts[0])?;
            let shares: f64 = calls::elements(&counts).map(|count| (count.as_f64() / n).powi(2)).sum();
            let loss = (2.0 - (n + 1.0) * shares) / width;
            if loss < best.0 {
                best = (loss, bins);
            }
        }
        if best.1 == most {
            calls::warn(context, "The number of bins estimated may be suboptimal.");
        }
        Ok(spread / best.1 as f64)
    }
    fn doane(context: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        let n = x.size() as f64;
        if n <= 2.0 {
            return Ok(0.0);
        }
        let deviation = number(context, "np.std", x)?;
        if deviation <= 0.0 {
            return Ok(0.0);
        }
        let mean = number(context, "np.mean", x)?;
        let error = (6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0))).sqrt();
        let skew = calls::elements(x).map(|x| ((x.as_f64() - mean) / deviation).powi(3)).sum::<f64>() / n;
        Ok(spread / (1.0 + n.log2() + (1.0 + skew.abs() / error).log2()))
    }
    fn fd(context: &mut Context, x: &ArrayRef, _: f64) -> Result<f64> {
        let parts = Value::list([Value::int(75), Value::int(25)]);
        let quartiles = calls::call_array(context, "np.percentile", vec![Value::Array(x.clone()), parts], [])?;
        let values: Vec<f64> = calls::elements(&quartiles).map(|quartile| quartile.as_f64()).collect();
        let between = values.first().copied().unwrap_or(0.0) - values.last().copied().unwrap_or(0.0);
        Ok(2.0 * between * (x.size() as f64).powf(-1.0 / 3.0))
    }
    fn auto(context: &mut Context, x: &ArrayRef, spread: f64) -> Result<f64> {
        let quartiles = fd(context, x, spread)?.max(sqrt(context, x, spread)? / 2.0);
        Ok(quartiles.min(sturges(context, x, spread)?))
    }
    Some(match name {
        "auto" => auto,
        "doane" => doane,
        "fd" => fd,
        "rice" => rice,
        "scott" => scott,
        "sqrt" => sqrt,
        "stone" => stone,
        "sturges" => sturges,
        _ => return None,
    })
}

/// A statistic of all elements.
fn number(context: &mut Context, name: &str, array: &ArrayRef) -> Result<f64> {
    let value = calls::call(context, name, vec![Value::Array(array.clone())], [])?;
    as_f64(&value)
}

/// How many bins of the estimated width there are.
fn estimated(
    context: &mut Context,
    array: &ArrayRef,
    estimator: Estimator,
    first: &Value,
    last: &Value,
) -> Result<usize> {
    if array.size() == 0 {
        return Ok(1);
    }
    let least = calls::reduce(context, "minimum", array, &ReduceOptions::all())?;
    let most = calls::reduce(context, "maximum", array, &ReduceOptions::all())?;
    let spread = distance(context, most, least)?;
    let spread = as_f64(&spread)?;
    let mut width = estimator(context, array, spread)?;
    if width == 0.0 || !width.is_finite() {
        return Ok(1);
    }
    if array.dtype().ty().is_integer() && width < 1.0 {
        width = 1.0;
    }
    let whole = distance(context, last.clone(), first.clone())?;
    Ok((as_f64(&whole)? / width).ceil() as usize)
}

/// One block of a 1-d array.
fn block(context: &mut Context, array: &ArrayRef, start: usize) -> Result<ArrayRef> {
    let stop = (start + BLOCK).min(array.size());
    calls::get_array(context, array, &[calls::slice(start as isize, stop as isize)])
}

fn histogram(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let (array, weights) = flat(context, arguments)?;
    let (edges, uniform) = edges(context, arguments, &array, weights.is_some())?;
    let ty = weights.as_ref().map_or(Type::Int64, |weights| weights.dtype().ty());
    let simple = weights.as_ref().is_none_or(|weights| {
        let to = |ty: Type| can_cast(&weights.dtype(), &ty.into(), Casting::Safe);
        to(Type::Float64) || to(Type::Complex128)
    });
    let counts = match uniform {
        Some(uniform) if simple => in_equal_bins(context, &array, weights.as_ref(), &edges, &uniform, ty)?,
        _ => by_searching(context, &array, weights.as_ref(), &edges, ty)?,
    };
    let density = arguments.some("density").map(is_true).transpose()?.unwrap_or(false);
    if !density {
        return Ok(Value::tuple([counts, Value::Array(edges)]));
    }
    let widths = super::running::neighbours(context, edges.clone(), 1, 0)?;
    let widths = calls::astype(context, &widths, Type::Float64, true)?;
    let total = calls::as_array(context, &counts)?;
    let total = calls::reduce(context, "add", &total, &ReduceOptions::all())?;
    let shares = calls::divide(context, counts, Value::Array(widths))?;
    let density = calls::divide(context, shares, total)?;
    Ok(Value::tuple([density, Value::Array(edges)]))
}

/// Counts by arithmetic: the bin of an element follows from its distance to the first edge.
fn in_equal_bins(
    context: &mut Context,
    array: &ArrayRef,
    weights: Option<&ArrayRef>,
    edges: &ArrayRef,
    bins: &Uniform,
    ty: Type,
) -> Result<Value> {
    let counts = calls::empty(context, ty, &[bins.count])?;
    let whole = distance(context, bins.last.clone(), bins.first.clone())?;
    for start in (0..array.size()).step_by(BLOCK) {
        crate::interrupt::check()?;
        let mut part = block(context, array, start)?;
        let mut weight = weights.map(|weights| block(context, weights, start)).transpose()?;
        if let Some(keep) = inside(context, &part, &bins.first, &bins.last)? {
            part = calls::get_array(context, &part, &[Index::Mask(keep.clone())])?;
            if let Some(weights) = weight {
                weight = Some(calls::get_array(context, &weights, &[Index::Mask(keep)])?);
            }
        }
        part = calls::astype(context, &part, edges.dtype().ty(), false)?;
        let value = Value::Array(part);
        let places = distance(context, value.clone(), bins.first.clone())?;
        let places = calls::divide(context, places, whole.clone())?;
        let places = calls::multiply(context, places, Value::int(bins.count))?;
        let places = calls::as_array(context, &places)?;
        let indices = calls::astype(context, &places, Type::Int64, true)?;
        correct(context, &indices, &value, edges, bins.count)?;
        count_into(context, &counts, &indices, weight.as_ref(), bins.count)?;
    }
    Ok(Value::Array(counts))
}

/// Moves the elements that rounding put one bin too far.
fn correct(context: &mut Context, indices: &ArrayRef, value: &Value, edges: &ArrayRef, count: usize) -> Result<()> {
    let places = Value::Array(indices.clone());
    let shift = |context: &mut Context, mask: Value, name: &str| -> Result<()> {
        let options = Options {
            out: smallvec::smallvec![Some(indices.clone())],
            where_: Some(calls::as_array(context, &mask)?),
            ..Options::default()
        };
        calls::ufunc_with(context, name, [Value::Array(indices.clone()), Value::int(1)], &options).map(drop)
    };
    let at_end = calls::compare(context, CompareOp::Equal, &places, &Value::int(count))?;
    shift(context, at_end, "subtract")?;
    let lower = calls::get(context, edges, &[Index::Integers(indices.clone())])?;
    let below = calls::compare(context, CompareOp::Less, value, &lower)?;
    shift(context, below, "subtract")?;
    let next = calls::add(context, places.clone(), Value::int(1))?;
    let next = calls::as_array(context, &next)?;
    let upper = calls::get(context, edges, &[Index::Integers(next)])?;
    let above = calls::compare(context, CompareOp::GreaterEqual, value, &upper)?;
    let not_last = calls::compare(context, CompareOp::NotEqual, &places, &Value::int(count as isize - 1))?;
    let above = calls::binary(context, BinaryOp::And, above, not_last)?;
    shift(context, above, "add")
}

/// Adds to the counts what a block has in each bin.
fn count_into(
    context: &mut Context,
    counts: &ArrayRef,
    indices: &ArrayRef,
    weights: Option<&ArrayRef>,
    bins: usize,
) -> Result<()> {
    let whole = Value::Array(counts.clone());
    let parts: Vec<(Value, Option<ArrayRef>)> = match weights {
        Some(weights) if weights.dtype().ty().is_complex() => {
            let mut parts = Vec::with_capacity(2);
            for name in ["real", "imag"] {
                let target = calls::attribute(context, &whole, name)?;
                let part = calls::attribute(context, &Value::Array(weights.clone()), name)?;
                parts.push((target, Some(calls::as_array(context, &part)?)));
            }
            parts
        }
        other => vec![(whole, other.cloned())],
    };
    for (target, weights) in parts {
        let found = arrange::bincount(&context.runtime, indices, weights.as_ref(), bins as isize)?;
        let target = calls::as_array(context, &target)?;
        let found = calls::astype(context, &found, target.dtype().ty(), false)?;
        let values = [Value::Array(target.clone()), Value::Array(found)];
        calls::ufunc_into(context, "add", values, &target, Casting::SameKind)?;
    }
    Ok(())
}

/// Where the edges stand among sorted elements, the last edge behind its equals.
fn places_of_edges(context: &mut Context, sorted: &ArrayRef, edges: &ArrayRef) -> Result<ArrayRef> {
    let inner = calls::get_array(context, edges, &[calls::slice(None, -1)])?;
    let last = calls::get_array(context, edges, &[calls::slice(-1, None)])?;
    let left = search(context, sorted, &inner, Side::Left, None)?;
    let right = search(context, sorted, &last, Side::Right, None)?;
    calls::concatenate(context, vec![left, right], Some(0))
}

/// Counts by sorting the elements and searching the edges among them.
fn by_searching(
    context: &mut Context,
    array: &ArrayRef,
    weights: Option<&ArrayRef>,
    edges: &ArrayRef,
    ty: Type,
) -> Result<Value> {
    let running = calls::empty(context, ty, &edges.shape())?;
    for start in (0..array.size()).step_by(BLOCK) {
        crate::interrupt::check()?;
        let part = block(context, array, start)?;
        let found = match weights {
            None => {
                let sorted = copy(&context.runtime, &part, Order::K)?;
                arrange::sort(&context.runtime, &sorted, -1, Default::default())?;
                places_of_edges(context, &sorted, edges)?
            }
            Some(weights) => {
                let weights = block(context, weights, start)?;
                let order = arrange::argsort(&context.runtime, &part, Some(-1), Default::default())?;
                let sorted = calls::get_array(context, &part, &[Index::Integers(order.clone())])?;
                let weights = calls::get_array(context, &weights, &[Index::Integers(order)])?;
                let sums = crate::ufunc::accumulate(&context.runtime, calls::find("add")?, &weights, 0, None, None)?;
                let zero = calls::empty(context, ty, &[1])?;
                let sums = calls::concatenate(context, vec![Value::Array(zero), calls::outcome(sums)], Some(0))?;
                let places = places_of_edges(context, &sorted, edges)?;
                calls::get_array(context, &sums, &[Index::Integers(places)])?
            }
        };
        let values = [Value::Array(running.clone()), Value::Array(found)];
        calls::ufunc_into(context, "add", values, &running, Casting::SameKind)?;
    }
    super::running::neighbours(context, running, 1, 0).map(Value::Array)
}
