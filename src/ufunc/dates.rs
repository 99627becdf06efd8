//! Universal functions of dates and spans of time: their counts are brought to one unit, then computed as integers in
//! which "not a time" is never left.
//!
//! The types are those of NumPy's resolvers (`ufunc_type_resolution.c`), the loops those of `loops.c.src`.

use super::flexible::{dtype_of, refusal};
use super::float_status::{self, Status};
use super::reduce::{ReduceOptions, reduced_axes};
use super::{Operand, Options, Outcome, Outcomes, Ufunc};
use crate::array::assign::{arrays_overlap, copy_into, copyto};
use crate::array::calendar::NAT;
use crate::array::cast::{Casting, Strided, promote_dtypes, truncate_i64};
use crate::array::layout::broadcast::{broadcast_operands, non_broadcastable_output, stretch};
use crate::array::layout::k_order::allocate_output;
use crate::array::layout::transpose::normalize_axis_index;
use crate::array::layout::{Order, Shape, Strides, Traversal};
use crate::array::{ArrayRef, DType, Kind, Layout, NdArray, Runtime, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::memory::{AlignedBytes, Bool, OutOfMemory};
use num_traits::ToPrimitive;
use smallvec::SmallVec;
use std::rc::Rc;

/// The elements of one place of all inputs: counts and ints; floats as their bits.
type Inputs = [i64; 3];

/// What is computed of the inputs.
#[derive(Clone, Copy)]
enum Kernel {
    Count(fn(Inputs) -> (i64, Status)),
    Float(fn(Inputs) -> (f64, Status)),
    Truth(fn(Inputs) -> bool),
}

/// The dtypes that the inputs are cast to, and for each output its dtype and what computes it.
struct Plan {
    inputs: SmallVec<[DType; 3]>,
    outputs: SmallVec<[(DType, Kernel); 2]>,
}

impl Plan {
    fn new(inputs: &[&DType], outputs: &[(DType, Kernel)]) -> Option<Plan> {
        Some(Plan {
            inputs: inputs.iter().map(|dtype| (*dtype).clone()).collect(),
            outputs: outputs.iter().cloned().collect(),
        })
    }
}

fn exact(count: i64) -> (i64, Status) {
    (count, Status::NONE)
}

fn both(a: i64, b: i64, work: fn(i64, i64) -> i64) -> (i64, Status) {
    exact(if a == NAT || b == NAT { NAT } else { work(a, b) })
}

/// A count by a float, cut; what is not finite is no time.
fn scaled(count: i64, by: i64, work: fn(f64, f64) -> f64) -> (i64, Status) {
    let by = f64::from_bits(by as u64);
    if count == NAT {
        return exact(NAT);
    }
    let result = work(count as f64, by);
    (if result.is_finite() { truncate_i64(result) } else { NAT }, Status::NONE)
}

fn multiply(a: i64, by: i64) -> (i64, Status) {
    exact(if a == NAT { NAT } else { a.wrapping_mul(by) })
}

fn divide(a: i64, by: i64) -> (i64, Status) {
    match by {
        _ if a == NAT => exact(NAT),
        0 => (NAT, Status::DIVIDE),
        by => exact(a.wrapping_div(by)),
    }
}

fn divide_float(a: i64, by: i64) -> (i64, Status) {
    let (count, _) = scaled(a, by, |a, b| a / b);
    let is_zero = f64::from_bits(by as u64) == 0.0;
    (count, Status::when(a != NAT && is_zero, if a == 0 { Status::INVALID } else { Status::DIVIDE }))
}

fn ratio(a: i64, b: i64) -> (f64, Status) {
    if a == NAT || b == NAT {
        return (f64::NAN, Status::NONE);
    }
    (a as f64 / b as f64, Status::when(b == 0, if a == 0 { Status::INVALID } else { Status::DIVIDE }))
}

fn floor_divide(a: i64, b: i64) -> (i64, Status) {
    if a == NAT || b == NAT {
        return (0, Status::INVALID);
    }
    if b == 0 {
        return (0, Status::DIVIDE);
    }
    let quotient = a.wrapping_div(b);
    exact(if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

fn remainder(a: i64, b: i64) -> (i64, Status) {
    match b {
        _ if a == NAT || b == NAT => exact(NAT),
        0 => (NAT, Status::DIVIDE),
        b => {
            let rest = a.wrapping_rem(b);
            exact(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
        }
    }
}

fn larger(a: i64, b: i64) -> (i64, Status) {
    both(a, b, i64::max)
}

fn smaller(a: i64, b: i64) -> (i64, Status) {
    both(a, b, i64::min)
}

/// The one that is a time where the other is none.
fn known(a: i64, b: i64, work: fn(i64, i64) -> i64) -> (i64, Status) {
    exact(match (a, b) {
        (NAT, other) | (other, NAT) => other,
        (a, b) => work(a, b),
    })
}

fn ordered([a, b, _]: Inputs) -> bool {
    a != NAT && b != NAT
}

/// What a function of one date or span computes.
fn plan_one(name: &str, own: &DType) -> Option<Plan> {
    let count = |kernel| Plan::new(&[own], &[(own.clone(), Kernel::Count(kernel))]);
    let truth = |kernel| Plan::new(&[own], &[(Type::Bool.into(), Kernel::Truth(kernel))]);
    let is_span = own.ty() == Type::TimeDelta64;
    match name {
        "isnat" | "isnan" => truth(|[a, ..]| a == NAT),
        "isfinite" => truth(|[a, ..]| a != NAT),
        "isinf" => truth(|_| false),
        "negative" if is_span => count(|[a, ..]| exact(a.wrapping_neg())),
        "absolute" if is_span => count(|[a, ..]| exact(a.wrapping_abs())),
        "positive" if is_span => count(|[a, ..]| exact(a)),
        "sign" if is_span => count(|[a, ..]| exact(a.signum())),
        _ => None,
    }
}

/// What a function of two operands computes; nothing where NumPy has no loop.
///
/// # Errors
/// Those of units that have none in common.
fn plan_two(name: &str, a: &DType, b: &DType) -> Result<Option<Plan>> {
    use Kind::{DateTime, TimeDelta};
    let is_count = |dtype: &DType| dtype.ty() == Type::Bool || dtype.ty().is_integer();
    let is_float = |dtype: &DType| dtype.kind() == Kind::Float;
    let span = |of: &DType| DType::time(true, of.resolution());
    let (int, float): (DType, DType) = (Type::Int64.into(), Type::Float64.into());
    let (left, right) = (a.kind(), b.kind());
    let common = || promote_dtypes(a, b);
    Ok(match (name, left, right) {
        ("add", DateTime | TimeDelta, DateTime | TimeDelta) if (left, right) != (DateTime, DateTime) => {
            let result = common()?;
            let as_span = span(&result);
            let place = |kind| if kind == DateTime { &result } else { &as_span };
            let sum = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_add));
            Plan::new(&[place(left), place(right)], &[(result.clone(), sum)])
        }
        ("add", DateTime | TimeDelta, _) if is_count(b) => {
            let own = a.native();
            let sum = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_add));
            Plan::new(&[&own, &span(a)], &[(own.clone(), sum)])
        }
        ("add", _, DateTime | TimeDelta) if is_count(a) => {
            let own = b.native();
            let sum = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_add));
            Plan::new(&[&span(b), &own], &[(own.clone(), sum)])
        }
        ("subtract", DateTime, DateTime) | ("subtract", TimeDelta, TimeDelta) => {
            let result = common()?;
            let rest = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_sub));
            Plan::new(&[&result, &result], &[(span(&result), rest)])
        }
        ("subtract", DateTime, TimeDelta) => {
            let result = common()?;
            let rest = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_sub));
            Plan::new(&[&result, &span(&result)], &[(result.clone(), rest)])
        }
        ("subtract", DateTime | TimeDelta, _) if is_count(b) => {
            let own = a.native();
            let rest = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_sub));
            Plan::new(&[&own, &span(a)], &[(own.clone(), rest)])
        }
        ("subtract", _, TimeDelta) if is_count(a) => {
            let own = b.native();
            let rest = Kernel::Count(|[a, b, _]| both(a, b, i64::wrapping_sub));
            Plan::new(&[&own, &own], &[(own.clone(), rest)])
        }
        ("multiply", TimeDelta, _) if is_count(b) => {
            Plan::new(&[&span(a), &int], &[(span(a), Kernel::Count(|[a, b, _]| multiply(a, b)))])
        }
        ("multiply", _, TimeDelta) if is_count(a) => {
            Plan::new(&[&int, &span(b)], &[(span(b), Kernel::Count(|[a, b, _]| multiply(b, a)))])
        }
        ("multiply", TimeDelta, _) if is_float(b) => {
            Plan::new(&[&span(a), &float], &[(span(a), Kernel::Count(|[a, b, _]| scaled(a, b, |a, b| a * b)))])
        }
        ("multiply", _, TimeDelta) if is_float(a) => {
            Plan::new(&[&float, &span(b)], &[(span(b), Kernel::Count(|[a, b, _]| scaled(b, a, |a, b| a * b)))])
        }
        ("divide", TimeDelta, TimeDelta) => {
            let shared = common()?;
            Plan::new(&[&shared, &shared], &[(float, Kernel::Float(|[a, b, _]| ratio(a, b)))])
        }
        ("divide" | "floor_divide", TimeDelta, _) if b.ty().is_integer() => {
            Plan::new(&[&span(a), &int], &[(span(a), Kernel::Count(|[a, b, _]| divide(a, b)))])
        }
        ("divide" | "floor_divide", TimeDelta, _) if is_float(b) => {
            Plan::new(&[&span(a), &float], &[(span(a), Kernel::Count(|[a, b, _]| divide_float(a, b)))])
        }
        ("floor_divide" | "remainder" | "divmod", TimeDelta, TimeDelta) => {
            let shared = common()?;
            let quotient = (int, Kernel::Count(|[a, b, _]| floor_divide(a, b)));
            let rest = (shared.clone(), Kernel::Count(|[a, b, _]| remainder(a, b)));
            let outputs: &[_] = match name {
                "floor_divide" => &[quotient],
                "remainder" => &[rest],
                _ => &[quotient, rest],
            };
            Plan::new(&[&shared, &shared], outputs)
        }
        _ => {
            let has_common = left == right || (left == TimeDelta && is_count(b)) || (right == TimeDelta && is_count(a));
            if !has_common || promote_dtypes(a, b).is_err() && left != right {
                return Ok(None);
            }
            let kernel = match name {
                "equal" => Kernel::Truth(|pair| ordered(pair) && pair[0] == pair[1]),
                "not_equal" => Kernel::Truth(|pair| !(ordered(pair) && pair[0] == pair[1])),
                "less" => Kernel::Truth(|pair| ordered(pair) && pair[0] < pair[1]),
                "less_equal" => Kernel::Truth(|pair| ordered(pair) && pair[0] <= pair[1]),
                "greater" => Kernel::Truth(|pair| ordered(pair) && pair[0] > pair[1]),
                "greater_equal" => Kernel::Truth(|pair| ordered(pair) && pair[0] >= pair[1]),
                "maximum" => Kernel::Count(|[a, b, _]| larger(a, b)),
                "minimum" => Kernel::Count(|[a, b, _]| smaller(a, b)),
                "fmax" => Kernel::Count(|[a, b, _]| known(a, b, i64::max)),
                "fmin" => Kernel::Count(|[a, b, _]| known(a, b, i64::min)),
                _ => return Ok(None),
            };
            let shared = common()?;
            let result = if matches!(kernel, Kernel::Truth(_)) { Type::Bool.into() } else { shared.clone() };
            Plan::new(&[&shared, &shared], &[(result, kernel)])
        }
    })
}

/// The error where NumPy has no loop for a date or a span with what it meets.
fn unlike(ufunc: &Ufunc, operands: &[Operand], dtypes: &[DType]) -> Error {
    let cannot_use = |class| {
        let [a, b] = [0, 1].map(|k| dtypes.get(k).map(DType::repr).unwrap_or_default());
        Error::new(class, format!("ufunc '{}' cannot use operands with types {a} and {b}", ufunc.name))
    };
    match ufunc.name {
        "isnat" => type_error("ufunc 'isnat' is only defined for np.datetime64 and np.timedelta64."),
        "add" | "subtract" | "multiply" | "divide" | "floor_divide" | "remainder" | "divmod" => {
            cannot_use(ErrorClass::UFuncBinaryResolutionError)
        }
        "equal" | "not_equal" if dtypes.iter().all(|dtype| dtype.ty().is_time()) => {
            cannot_use(ErrorClass::UFuncNoLoopError)
        }
        "less" | "less_equal" | "greater" | "greater_equal" if dtypes.iter().all(|dtype| dtype.ty().is_time()) => {
            cannot_use(ErrorClass::UFuncBinaryResolutionError)
        }
        _ => refusal(ufunc, operands),
    }
}

/// A number as an array of no axes that nobody sees.
fn scratch_scalar(runtime: &Runtime, scalar: Scalar) -> Result<ArrayRef> {
    let dtype = scalar.dtype();
    let bytes = AlignedBytes::copied(&scalar.to_bytes(&dtype)[..dtype.itemsize()]);
    let bytes = Rc::new(bytes.ok_or(OutOfMemory { bytes: dtype.itemsize() })?);
    let buffer = runtime.ledger.scratch(Rc::clone(&bytes));
    Ok(NdArray::over(Layout::contiguous(dtype, &[], Order::C), buffer, bytes, false))
}

fn as_array(runtime: &Runtime, operand: &Operand) -> Result<ArrayRef> {
    let too_large = || Error::new(ErrorClass::OverflowError, "Python int too large to convert to C long");
    match operand {
        Operand::Array(array) => Ok(Rc::clone(array)),
        Operand::Scalar(scalar) => scratch_scalar(runtime, *scalar),
        Operand::Int(int) => scratch_scalar(runtime, Scalar::Int64(int.to_i64().ok_or_else(too_large)?)),
        Operand::Float(float) => scratch_scalar(runtime, Scalar::Float64(*float)),
        Operand::Complex(complex) => scratch_scalar(runtime, Scalar::Complex128(*complex)),
    }
}

/// A new array that nobody sees.
fn scratch_array(runtime: &Runtime, dtype: &DType, shape: &[usize]) -> Result<ArrayRef> {
    let layout = Layout::contiguous(dtype.clone(), shape, Order::C);
    let bytes = layout.nbytes();
    let side = Rc::new(AlignedBytes::zeroed(bytes).ok_or(OutOfMemory { bytes })?);
    let buffer = runtime.ledger.scratch(Rc::clone(&side));
    Ok(NdArray::over(layout, buffer, side, true))
}

/// The array in `dtype`, native and aligned: itself, or a copy that nobody sees.
fn cast(runtime: &Runtime, array: &ArrayRef, dtype: &DType) -> Result<ArrayRef> {
    if array.buffer_ref().is_planned() || (array.dtype() == *dtype && array.is_aligned()) {
        return Ok(Rc::clone(array));
    }
    let made = scratch_array(runtime, dtype, &array.shape())?;
    copy_into(runtime, &made, array, None, Casting::Unsafe)?;
    Ok(made)
}

/// Calls a ufunc of which an operand is a date or a span.
///
/// # Errors
/// As [`super::call()`].
pub fn call(runtime: &Runtime, ufunc: &'static Ufunc, operands: &[Operand], options: &Options) -> Result<Outcomes> {
    let dtypes: SmallVec<[DType; 3]> = operands.iter().map(|operand| dtype_of(operand).0).collect();
    let plan = match dtypes.as_slice() {
        [own] if own.ty().is_time() => plan_one(ufunc.name, &own.native()),
        [a, b] => plan_two(ufunc.name, a, b)?,
        [a, b, c] if ufunc.name == "clip" => {
            let shared = promote_dtypes(&promote_dtypes(a, b)?, c)?;
            let clipped = Kernel::Count(|[a, low, high]| smaller(larger(a, low).0, high));
            Plan::new(&[&shared, &shared, &shared], &[(shared.clone(), clipped)])
        }
        _ => None,
    };
    let Some(plan) = plan else { return Err(unlike(ufunc, operands, &dtypes)) };
    let mut inputs: SmallVec<[ArrayRef; 3]> = SmallVec::new();
    for (operand, dtype) in operands.iter().zip(&plan.inputs) {
        let array = as_array(runtime, operand)?;
        inputs.push(cast(runtime, &array, dtype)?);
    }
    let mut outcomes = Outcomes::new();
    let mut status = Status::NONE;
    for (number, (dtype, kernel)) in plan.outputs.iter().enumerate() {
        let out = options.out.get(number).cloned().flatten();
        let (outcome, met) = each(runtime, ufunc.name, &inputs, (dtype, *kernel), out, options)?;
        outcomes.push(outcome);
        status |= met;
    }
    float_status::report(runtime, status, ufunc.name)?;
    Ok(outcomes)
}

/// Computes one output for every place.
fn each(
    runtime: &Runtime,
    name: &str,
    inputs: &[ArrayRef],
    (dtype, kernel): (&DType, Kernel),
    out: Option<ArrayRef>,
    options: &Options,
) -> Result<(Outcome, Status)> {
    let layouts: SmallVec<[Layout; 3]> = inputs.iter().map(|input| input.layout().clone()).collect();
    let given = out.as_ref().map(|out| out.shape());
    let mut shapes: SmallVec<[&[usize]; 4]> = layouts.iter().map(|layout| layout.shape.as_slice()).collect();
    shapes.extend(given.as_ref().map(|shape| shape.as_slice()));
    let shape = broadcast_operands(&shapes)?;
    if let Some(given) = &given
        && *given != shape
    {
        return Err(non_broadcastable_output(given, &shape));
    }
    if let Some(out) = &out {
        out.require_writeable("output array")?;
        crate::array::cast::require_cast(dtype, &out.dtype(), options.casting, false).map_err(|_| {
            let (from, to) = (dtype.repr(), out.dtype().repr());
            let rule = options.casting.name();
            let message = format!("Cannot cast ufunc '{name}' output from {from} to {to} with casting rule '{rule}'");
            Error::new(ErrorClass::UFuncOutputCastingError, message)
        })?;
    }
    let whole: SmallVec<[&Layout; 3]> = layouts.iter().collect();
    let direct = out.as_ref().filter(|out| {
        // an input that is exactly the output is read before it is written
        let overlaps = inputs.iter().any(|input| arrays_overlap(out, input) && *input.layout() != *out.layout());
        out.dtype() == *dtype && out.is_aligned() && options.where_.is_none() && !overlaps
    });
    let result = match direct {
        Some(out) => Rc::clone(out),
        // NumPy's scalars are no arrays
        None if shape.is_empty() && out.is_none() => scratch_array(runtime, dtype, &shape)?,
        None => NdArray::allocate(runtime, allocate_output(&whole, &shape, dtype, options.order))?,
    };
    let mut status = Status::NONE;
    let target = result.layout().clone();
    let to = result.buffer();
    let buffers: SmallVec<[_; 3]> = inputs.iter().map(|input| input.buffer()).collect();
    let sources: Option<SmallVec<[_; 3]>> = buffers.iter().map(|buffer| buffer.bytes()).collect();
    if let (Some(to), Some(sources)) = (to.bytes(), sources) {
        let mut visited: SmallVec<[&Layout; 4]> = smallvec::smallvec![&target];
        visited.extend(whole.iter().copied());
        Traversal::new(&shape, &visited, Order::K, false).for_each_run(|starts, steps, count| {
            crate::interrupt::check()?;
            let place = |bytes, op: usize| Strided { bytes, offset: starts[op], stride: steps[op] };
            let runs: Result<SmallVec<[_; 3]>, _> =
                sources.iter().enumerate().map(|(k, bytes)| place(*bytes, k + 1).run::<i64>(count)).collect();
            let runs = runs?;
            let at = |i: usize| -> Inputs { std::array::from_fn(|k| runs.get(k).map_or(0, |run| run.get(i))) };
            match kernel {
                Kernel::Count(work) => {
                    let cells = place(to, 0).run::<i64>(count)?;
                    for i in 0..count {
                        let (value, met) = work(at(i));
                        cells.set(i, value);
                        status |= met;
                    }
                }
                Kernel::Float(work) => {
                    let cells = place(to, 0).run::<f64>(count)?;
                    for i in 0..count {
                        let (value, met) = work(at(i));
                        cells.set(i, value);
                        status |= met;
                    }
                }
                Kernel::Truth(work) => {
                    let cells = place(to, 0).run::<Bool>(count)?;
                    (0..count).for_each(|i| cells.set(i, Bool::from(work(at(i)))));
                }
            }
            Ok(())
        })?;
    }
    let Some(out) = out else {
        let is_scalar = shape.is_empty() && dtype.is_number();
        return Ok((if is_scalar { Outcome::Scalar(result.read(0)) } else { Outcome::Array(result) }, status));
    };
    if Rc::ptr_eq(&out, &result) {
        runtime.record_write(&out, None);
    } else {
        copyto(runtime, &out, &result, Casting::Unsafe, options.where_.as_ref())?;
    }
    Ok((Outcome::Array(out), status))
}

/// What two elements become in a reduction of dates or spans, and what it starts from.
///
/// # Errors
/// Where NumPy has no loop for them.
fn folding(ufunc: &Ufunc, array: &ArrayRef) -> Result<(Folding, Option<i64>)> {
    let is_span = array.dtype().ty() == Type::TimeDelta64;
    match ufunc.name {
        "add" if is_span => Ok((|a, b| both(a, b, i64::wrapping_add).0, Some(0))),
        "subtract" if is_span => Ok((|a, b| both(a, b, i64::wrapping_sub).0, None)),
        "maximum" => Ok((|a, b| larger(a, b).0, None)),
        "minimum" => Ok((|a, b| smaller(a, b).0, None)),
        "fmax" => Ok((|a, b| known(a, b, i64::max).0, None)),
        "fmin" => Ok((|a, b| known(a, b, i64::min).0, None)),
        _ => {
            let pair = [Operand::Array(Rc::clone(array)), Operand::Array(Rc::clone(array))];
            Err(unlike(ufunc, &pair[..ufunc.nin.min(2)], &[array.dtype(), array.dtype()]))
        }
    }
}

type Folding = fn(i64, i64) -> i64;

/// Reduces an array of dates or spans along axes.
///
/// # Errors
/// As [`super::reduce()`].
pub fn reduce(runtime: &Runtime, ufunc: &'static Ufunc, array: &ArrayRef, options: &ReduceOptions) -> Result<Outcome> {
    let (fold, identity) = folding(ufunc, array)?;
    let dtype = array.dtype().native();
    let reduced = reduced_axes(&options.axes, array.ndim())?;
    let shape = array.shape();
    let start = match &options.initial {
        Some(None) => None,
        Some(Some(operand)) => {
            let initial = cast(runtime, &as_array(runtime, operand)?, &dtype)?;
            initial
                .buffer()
                .bytes()
                .and_then(|bytes| Some(bytes.run::<i64>(initial.layout().offset, 8, 1).ok()?.get(0)))
        }
        None => identity,
    };
    let empty = shape.iter().zip(&reduced).any(|(&len, &reduced)| reduced && len == 0);
    let no_results = shape.iter().zip(&reduced).any(|(&len, &reduced)| !reduced && len == 0);
    if start.is_none() && empty && !no_results {
        let message = format!("zero-size array to reduction operation {} which has no identity", ufunc.name);
        return Err(value_error(message));
    }
    if start.is_none() && options.where_.is_some() {
        return Err(value_error(format!(
            "reduction operation '{}' does not have an identity, so to use a where mask one has to specify 'initial'",
            ufunc.name
        )));
    }
    // The accumulators side by side: each index of a kept axis has its own, each of a reduced one the same.
    let mut strides: Strides = SmallVec::from_elem(0, shape.len());
    let mut count = 1usize;
    for axis in (0..shape.len()).rev().filter(|&axis| !reduced[axis]) {
        strides[axis] = 8 * count as isize;
        count = count.saturating_mul(shape[axis]);
    }
    let kept = shape.iter().zip(&reduced);
    let result_shape: Shape = if options.keepdims {
        kept.map(|(&len, &reduced)| if reduced { 1 } else { len }).collect()
    } else {
        kept.filter(|(_, reduced)| !**reduced).map(|(&len, _)| len).collect()
    };
    if let Some(out) = &options.out {
        out.require_writeable("output array")?;
        if out.shape() != result_shape {
            return Err(non_broadcastable_output(&out.shape(), &result_shape));
        }
    }
    let is_planned = |array: &ArrayRef| array.buffer_ref().is_planned();
    let is_known = !is_planned(array) && !options.where_.as_ref().is_some_and(is_planned);
    let new = || NdArray::allocate(runtime, Layout::contiguous(dtype.clone(), &result_shape, Order::C));
    let result = runtime.ledger.with_constants(is_known, new)?;
    let source = cast(runtime, array, &dtype)?;
    let layout = source.layout().clone();
    let accumulators = Layout { dtype: dtype.clone(), shape: shape.clone(), strides, offset: 0 };
    let mask = match &options.where_ {
        Some(mask) => {
            let mask = super::flexible::truths(runtime, mask)?;
            let wide = stretch(&mask.layout(), &shape).ok_or_else(|| value_error("the mask does not fit"))?;
            Some(NdArray::view(&mask, wide))
        }
        None => None,
    };
    let (from, to) = (source.buffer(), result.buffer());
    if let (Some(from), Some(to)) = (from.bytes(), to.bytes()) {
        let totals = to.run::<i64>(0, 8, count)?;
        let mut begun = vec![start.is_some(); count];
        if let Some(start) = start {
            (0..count).for_each(|i| totals.set(i, start));
        }
        let mask_layout = mask.as_ref().map(|mask| mask.layout().clone());
        let mask_buffer = mask.as_ref().map(|mask| mask.buffer());
        let mut visited: SmallVec<[&Layout; 3]> = smallvec::smallvec![&accumulators, &layout];
        visited.extend(mask_layout.as_ref());
        Traversal::new(&shape, &visited, Order::C, false).for_each_run(|starts, steps, length| {
            crate::interrupt::check()?;
            let items = Strided { bytes: from, offset: starts[1], stride: steps[1] }.run::<i64>(length)?;
            let chosen = match mask_buffer.as_ref().and_then(|buffer| buffer.bytes()) {
                Some(bytes) => Some(Strided { bytes, offset: starts[2], stride: steps[2] }.run::<Bool>(length)?),
                None => None,
            };
            for i in 0..length {
                if chosen.as_ref().is_some_and(|chosen| chosen.get(i).0 == 0) {
                    continue;
                }
                let at = starts[0].wrapping_add_signed(steps[0].wrapping_mul(i as isize)) / 8;
                let item = items.get(i);
                let total = if begun[at] { fold(totals.get(at), item) } else { item };
                begun[at] = true;
                totals.set(at, total);
            }
            Ok(())
        })?;
    }
    match &options.out {
        Some(out) => {
            copy_into(runtime, out, &result, None, Casting::Unsafe)?;
            runtime.record_write(out, None);
            Ok(Outcome::Array(Rc::clone(out)))
        }
        None => Ok(Outcome::Array(result)),
    }
}

/// `ufunc.accumulate` of dates or spans.
///
/// # Errors
/// As [`super::accumulate()`].
pub fn accumulate(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    axis: isize,
    out: Option<&ArrayRef>,
) -> Result<Outcome> {
    let (fold, _) = folding(ufunc, array)?;
    if array.ndim() == 0 {
        return Err(type_error("cannot accumulate on a scalar"));
    }
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    let dtype = array.dtype().native();
    let result = NdArray::allocate(runtime, Layout::contiguous(dtype, &array.shape(), Order::C))?;
    let layout = result.layout().clone();
    let (len, stride) = (layout.shape[axis], layout.strides[axis]);
    if !result.buffer_ref().is_planned() && !array.buffer_ref().is_planned() {
        copy_into(runtime, &result, array, None, Casting::Unsafe)?;
        let mut first = layout.clone();
        first.shape[axis] = len.min(1);
        let buffer = result.buffer();
        if let Some(bytes) = buffer.bytes() {
            Traversal::new(&first.shape, &[&first], Order::C, false).for_each_run(|starts, steps, count| {
                crate::interrupt::check()?;
                for lane in 0..count {
                    let offset = starts[0].wrapping_add_signed(steps[0].wrapping_mul(lane as isize));
                    let cells = bytes.run::<i64>(offset, stride, len)?;
                    (1..len).for_each(|i| cells.set(i, fold(cells.get(i - 1), cells.get(i))));
                }
                Ok(())
            })?;
        }
    }
    let Some(out) = out else { return Ok(Outcome::Array(result)) };
    out.require_writeable("output array")?;
    if out.shape() != layout.shape {
        return Err(value_error("provided out is the wrong size for the accumulation."));
    }
    copy_into(runtime, out, &result, None, Casting::Unsafe)?;
    runtime.record_write(out, None);
    Ok(Outcome::Array(Rc::clone(out)))
}
