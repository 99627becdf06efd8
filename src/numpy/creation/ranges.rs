//! New arrays of evenly spaced values: `np.arange`, `np.linspace`, `np.logspace`, `np.geomspace`.
//!
//! `arange` counts by a step and has a length that follows; the others have a length and a step that follows.

use super::{CopyMode, array, check_device_and_like, dtype_argument};
use crate::array::cast::{Casting, promote_types};
use crate::array::layout::transpose::moveaxis;
use crate::array::{ArrayRef, DType, Element, NdArray, Order, Scalar, Type, copy};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::half::F16;
use crate::memory::{Bool, Run as Cells};
use crate::numpy::calls;
use crate::numpy::coercion::{array_from, default_scalar, element_of};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Int, Value, as_bool, as_index, is_true, time_of};
use crate::with_element;
use num_complex::{Complex, Complex32, Complex64};

/// One end or the step of a range, as Python sees the number.
#[derive(Clone)]
enum Bound {
    Whole(Int),
    Real(f64),
    Complex(Complex64),
}

impl Bound {
    fn of(value: &Value) -> Result<Bound> {
        let scalar = match value {
            Value::Bool(truth) => return Ok(Bound::Whole(Int::from(*truth))),
            Value::Int(int) => return Ok(Bound::Whole(int.clone())),
            Value::Float(float) => return Ok(Bound::Real(*float)),
            Value::Complex(complex) => return Ok(Bound::Complex(*complex)),
            Value::Scalar(scalar) => *scalar,
            Value::Array(array) if array.ndim() == 0 => array.read(array.layout().offset),
            Value::Array(_) => return Err(type_error("only 0-dimensional arrays can be converted to Python scalars")),
            Value::Str(_) => {
                return Err(type_error(
                    "arange() not supported for inputs with DType <class 'numpy.dtypes.StrDType'>.",
                ));
            }
            other => {
                return Err(type_error(format!(
                    "unsupported operand type(s) for -: '{}' and 'int'",
                    other.type_name()
                )));
            }
        };
        Ok(match scalar.as_i128() {
            Some(whole) => Bound::Whole(Int::from(whole)),
            None if scalar.ty().is_complex() => Bound::Complex(scalar.as_complex()),
            None => Bound::Real(scalar.as_f64()),
        })
    }

    fn complex(&self) -> Complex64 {
        match self {
            Bound::Whole(int) => Complex::new(int.to_f64(), 0.0),
            Bound::Real(float) => Complex::new(*float, 0.0),
            Bound::Complex(complex) => *complex,
        }
    }

    fn real(&self) -> f64 {
        self.complex().re
    }

    /// What Python's arithmetic gives, as far as ranges need it.
    fn combine(a: &Bound, b: &Bound, whole: fn(i128, i128) -> Option<i128>, real: fn(f64, f64) -> f64) -> Bound {
        match (a, b) {
            (Bound::Whole(x), Bound::Whole(y)) => {
                let exact = x.to_i128().zip(y.to_i128()).and_then(|(x, y)| whole(x, y));
                exact.map_or_else(|| Bound::Real(real(x.to_f64(), y.to_f64())), |n| Bound::Whole(Int::from(n)))
            }
            (Bound::Complex(_), _) | (_, Bound::Complex(_)) => {
                let (x, y) = (a.complex(), b.complex());
                Bound::Complex(Complex::new(real(x.re, y.re), real(x.im, y.im)))
            }
            _ => Bound::Real(real(a.real(), b.real())),
        }
    }

    fn ty(&self) -> Type {
        match self {
            Bound::Whole(int) if int.to_i64().is_some() => Type::Int64,
            Bound::Whole(_) => Type::UInt64,
            Bound::Real(_) => Type::Float64,
            Bound::Complex(_) => Type::Complex128,
        }
    }

    fn value(&self) -> Value {
        match self {
            Bound::Whole(int) => Value::Int(int.clone()),
            Bound::Real(float) => Value::Float(*float),
            Bound::Complex(complex) => Value::Complex(*complex),
        }
    }
}

/// The type of one bound in the promotion: that of Python's number, joined with what its own scalar type is.
fn bound_type(value: &Value, bound: &Bound) -> Type {
    match value {
        Value::Scalar(scalar) => scalar.ty(),
        Value::Array(array) => array.dtype().ty(),
        _ => bound.ty(),
    }
}

fn too_large() -> Error {
    value_error("Maximum allowed size exceeded")
}

/// A quotient rounded up to a length (`_arange_safe_ceil_to_intp`).
fn ceil(quotient: f64) -> Result<usize> {
    let length = quotient.ceil();
    if length.is_nan() {
        return Err(value_error("arange: cannot compute length"));
    }
    if !(-9.3e18..9.2e18).contains(&length) {
        return Err(too_large());
    }
    Ok(length.max(0.0) as usize)
}

/// The number of elements of a range (`_calc_length`, ctors.c): the distance over the step, as Python divides,
/// rounded up.
fn range_length(start: &Bound, stop: &Bound, step: &Bound) -> Result<usize> {
    let distance = Bound::combine(stop, start, i128::checked_sub, |a, b| a - b);
    if let (Bound::Complex(_), _) | (_, Bound::Complex(_)) = (&distance, step) {
        let quotient = distance.complex() / step.complex();
        if step.complex() == Complex::new(0.0, 0.0) {
            return Err(Error::new(ErrorClass::ZeroDivisionError, "complex division by zero").at_argument("step"));
        }
        return Ok(ceil(quotient.re)?.min(ceil(quotient.im)?));
    }
    if step.real() == 0.0 {
        let both_whole = matches!((&distance, step), (Bound::Whole(_), Bound::Whole(_)));
        let message = if both_whole { "division by zero" } else { "float division by zero" };
        return Err(Error::new(ErrorClass::ZeroDivisionError, message).at_argument("step"));
    }
    let quotient = match (&distance, step) {
        (Bound::Whole(a), Bound::Whole(b)) => {
            // exact where doubles are not: the true quotient, rounded once
            match (a.to_i128(), b.to_i128()) {
                (Some(a), Some(b)) if a % b == 0 => (a / b) as f64,
                _ => a.to_f64() / b.to_f64(),
            }
        }
        _ => distance.real() / step.real(),
    };
    if quotient == 0.0 && distance.real() != 0.0 {
        return Ok(if quotient.is_sign_negative() { 0 } else { 1 });
    }
    ceil(quotient)
}

/// Elements that a range can be counted in, as NumPy's fill loops count (arraytypes.c.src).
trait Count: Element {
    /// `first + i * (second - first)`, in the type's own arithmetic.
    fn nth(first: Self, second: Self, i: usize) -> Self;
}

macro_rules! count {
    (wrapping: $($ty:ty),*; plain: $($float:ty),*) => {
        $( impl Count for $ty {
            #[inline(always)]
            fn nth(first: $ty, second: $ty, i: usize) -> $ty {
                first.wrapping_add(second.wrapping_sub(first).wrapping_mul(i as $ty))
            }
        } )*
        $( impl Count for $float {
            #[inline(always)]
            fn nth(first: $float, second: $float, i: usize) -> $float { first + (second - first) * i as $float }
        } )*
    };
}
count!(wrapping: i8, u8, i16, u16, i32, u32, i64, u64; plain: f32, f64);

impl Count for Bool {
    fn nth(first: Bool, second: Bool, i: usize) -> Bool {
        if i == 0 { first } else { second }
    }
}
impl Count for F16 {
    #[inline(always)]
    fn nth(first: F16, second: F16, i: usize) -> F16 {
        F16::from_f32(f32::nth(first.to_f32(), second.to_f32(), i))
    }
}
impl Count for Complex32 {
    #[inline(always)]
    fn nth(first: Complex32, second: Complex32, i: usize) -> Complex32 {
        Complex::new(f32::nth(first.re, second.re, i), f32::nth(first.im, second.im, i))
    }
}
impl Count for Complex64 {
    #[inline(always)]
    fn nth(first: Complex64, second: Complex64, i: usize) -> Complex64 {
        Complex::new(f64::nth(first.re, second.re, i), f64::nth(first.im, second.im, i))
    }
}

/// Elements between two looks at Ctrl-C.
const POLL: usize = 1 << 16;

fn count_up<T: Count>(cells: Cells<'_, T>, swapped: bool) -> Result<()> {
    let native = |value: T| if swapped { value.swap_bytes() } else { value };
    if cells.len() < 3 {
        return Ok(());
    }
    let (first, second) = (native(cells.get(0)), native(cells.get(1)));
    for start in (2..cells.len()).step_by(POLL) {
        crate::interrupt::check()?;
        for i in start..cells.len().min(start + POLL) {
            cells.set(i, native(T::nth(first, second, i)));
        }
    }
    Ok(())
}

/// A new one-dimensional array `first, second, ...` of `length` elements: the difference of the first two, in the
/// array's dtype, is the step of all.
///
/// # Errors
/// `MemoryError`.
pub fn counted(context: &Context, length: usize, dtype: &DType, first: Scalar, second: Scalar) -> Result<ArrayRef> {
    let array = NdArray::zeros(&context.runtime, dtype.clone(), &[length], Order::C)?;
    for (i, value) in [first, second].into_iter().enumerate().take(length) {
        array.write(i * dtype.itemsize(), &value);
    }
    let buffer = array.buffer();
    if !buffer.is_planned() {
        with_element!(dtype.ty(), T => {
            count_up(buffer.run::<T>(0, dtype.itemsize() as isize, length)?, dtype.is_swapped())?;
        });
    }
    Ok(array)
}

/// A range of objects, each counted up by Python's operators.
fn object_range(context: &mut Context, start: &Value, step: &Value, length: usize) -> Result<Value> {
    let array = NdArray::zeros(&context.runtime, Type::Object.into(), &[length], Order::C)?;
    if !array.buffer_ref().is_planned() {
        for number in 0..length {
            crate::interrupt::check()?;
            let reach = calls::multiply(context, Value::int(number), step.clone())?;
            let value = calls::add(context, start.clone(), reach)?;
            let offset = array.layout().offset_of(number);
            crate::value::object_item(&value).write(&array.buffer_ref(), offset, &array.dtype())?;
        }
    }
    Ok(array.into())
}

fn run_arange(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let given = |name: &str| arguments.some(name).cloned();
    let (start_value, stop_value) = match (given("start"), given("stop")) {
        (start, Some(stop)) => (start.unwrap_or(Value::int(0)), stop),
        // one argument by place is the stop
        (Some(stop), None) if arguments.is_by_place("start") => (Value::int(0), stop),
        (None, None) if arguments.is_by_place("start") => (Value::int(0), Value::None),
        _ => return Err(type_error("arange() requires stop to be specified.")),
    };
    let step_value = given("step").unwrap_or(Value::int(1));
    let dtype = dtype_argument(context, arguments)?;
    let is_time = |value: &Value| match value {
        Value::Array(array) => array.dtype().ty().is_time(),
        other => time_of(other).is_some(),
    };
    if dtype.as_ref().is_some_and(|dtype| dtype.ty().is_time())
        || [&start_value, &stop_value, &step_value].into_iter().any(is_time)
    {
        let has_start = !(arguments.some("stop").is_none() || arguments.some("start").is_none());
        let start = has_start.then_some(&start_value);
        return super::date_ranges::arange(context, start, &stop_value, &step_value, dtype.as_ref());
    }
    let (start, stop, step) = (Bound::of(&start_value)?, Bound::of(&stop_value)?, Bound::of(&step_value)?);
    let dtype = match dtype {
        Some(dtype) => dtype,
        None => {
            let pairs = [(&start_value, &start), (&stop_value, &stop), (&step_value, &step)];
            pairs.into_iter().map(|(value, bound)| bound_type(value, bound)).fold(Type::Int64, promote_types).into()
        }
    };
    let length = range_length(&start, &stop, &step)?;
    if dtype.ty() == Type::Bool && length > 2 {
        return Err(type_error("arange() is only supported for booleans when the result has at most length 2."));
    }
    if dtype.ty() == Type::Object {
        return object_range(context, &start_value, &step_value, length);
    }
    let next = Bound::combine(&start, &step, i128::checked_add, |a, b| a + b);
    let element = |bound: &Bound| match element_of(context, &bound.value(), dtype.ty()) {
        Some(element) => element,
        None => Ok(dtype.zero()),
    };
    let first = if length > 0 { element(&start)? } else { dtype.zero() };
    let second = if length > 1 { element(&next)? } else { dtype.zero() };
    counted(context, length, &dtype, first, second).map(Value::Array)
}

/// What `np.linspace` gives: the values, and the step between them.
pub struct Spaced {
    /// The values.
    pub values: ArrayRef,
    /// The step between them.
    pub step: Value,
}

/// `a op= b` for an array, `a op b` for a scalar.
fn in_place(context: &mut Context, name: &'static str, a: Value, b: Value) -> Result<Value> {
    match &a {
        Value::Array(array) => {
            let out = array.clone();
            calls::ufunc_into(context, name, [a, b], &out, Casting::SameKind)
        }
        _ => calls::ufunc(context, name, [a, b]),
    }
}

fn number_of_samples(value: &Value) -> Result<usize> {
    let num = as_index(value).map_err(|e| e.at_argument("num"))?;
    usize::try_from(num)
        .map_err(|_| value_error(format!("Number of samples, {num}, must be non-negative.")).at_argument("num"))
}

/// A 0-d array as the scalar it holds; NumPy's results of no axes are scalars.
fn unwrapped(array: ArrayRef) -> Value {
    if array.ndim() == 0 { Value::Scalar(array.read(array.layout().offset)) } else { array.into() }
}

/// `np.linspace` (function_base.py), step by step as NumPy goes, so that rounding and temporaries are the same.
pub fn linspace(
    context: &mut Context,
    ends: (&Value, &Value),
    num: usize,
    endpoint: bool,
    dtype: Option<DType>,
    axis: isize,
) -> Result<Spaced> {
    let div = if endpoint { num.saturating_sub(1) } else { num };
    let no_step = endpoint && num == 0;
    let weak = |value: &Value| matches!(value, Value::Int(_) | Value::Bool(_) | Value::Float(_) | Value::Complex(_));
    let start = array_from(context, ends.0, None).map_err(|e| e.at_argument("start"))?;
    let stop = array_from(context, ends.1, None).map_err(|e| e.at_argument("stop"))?;
    // Python's numbers take the type of the other end; two of them are doubles, or complex.
    let mut operands = vec![crate::array::cast::Operand::Float];
    for (value, array) in [(ends.0, &start), (ends.1, &stop)] {
        operands.push(match value {
            Value::Complex(_) => crate::array::cast::Operand::Complex,
            _ if weak(value) => crate::array::cast::Operand::Float,
            _ => array.dtype().ty().into(),
        });
    }
    let inexact: DType = crate::array::cast::result_type(&operands)?.into();
    let start = copy::astype(&context.runtime, &start, &inexact, Order::K, Casting::Unsafe, false)?;
    let stop = copy::astype(&context.runtime, &stop, &inexact, Order::K, Casting::Unsafe, false)?;
    let (integral, dtype) = match dtype {
        Some(dtype) => (dtype.ty().is_integer(), dtype),
        None => (false, inexact.clone()),
    };
    let (start, stop) = (unwrapped(start), unwrapped(stop));
    let delta = calls::ufunc(context, "subtract", [stop.clone(), start.clone()])?;
    let delta_axes = match &delta {
        Value::Array(array) => array.ndim(),
        _ => 0,
    };
    let one = Scalar::Int8(1);
    let ramp = counted(context, num, &inexact, Scalar::Int8(0), one)?;
    let mut y = {
        let mut layout = ramp.layout().clone();
        let stride = layout.itemsize() as isize;
        layout.shape.extend(std::iter::repeat_n(1, delta_axes));
        layout.strides.extend(std::iter::repeat_n(stride, delta_axes));
        Value::Array(NdArray::view(&ramp, layout))
    };
    drop(ramp);
    let scalar_delta = matches!(delta, Value::Scalar(_));
    let mut step = Value::Float(f64::NAN);
    if div > 0 && !no_step {
        step = calls::ufunc(context, "divide", [delta.clone(), Value::from(div)])?;
        let zero = calls::ufunc(context, "equal", [step.clone(), Value::int(0)])?;
        let any_zero = match &zero {
            Value::Array(zero) => calls::elements(zero).any(|truth| truth.is_true()),
            other => is_true(other)?,
        };
        let factor = if any_zero {
            // steps below the smallest double: divide first
            y = in_place(context, "divide", y, Value::from(div))?;
            delta
        } else {
            step.clone()
        };
        y = if scalar_delta {
            in_place(context, "multiply", y, factor)?
        } else {
            calls::ufunc(context, "multiply", [y, factor])?
        };
    } else {
        y = calls::ufunc(context, "multiply", [y, delta])?;
    }
    y = in_place(context, "add", y, start)?;
    let Value::Array(mut y) = y else { return Err(type_error("linspace needs numbers")) };
    if endpoint && num > 1 {
        let mut last = y.layout().clone();
        last.offset = last.offset.wrapping_add_signed(last.strides[0].wrapping_mul(num as isize - 1));
        last.shape.remove(0);
        last.strides.remove(0);
        super::filled::fill_with(context, &NdArray::view(&y, last), &stop)?;
    }
    if axis != 0 {
        let moved = moveaxis(&y.layout(), &[0], &[axis])?;
        y = NdArray::view(&y, moved);
    }
    if integral {
        calls::ufunc_into(context, "floor", [Value::Array(y.clone())], &y, Casting::SameKind)?;
    }
    let values = copy::astype(&context.runtime, &y, &dtype, Order::K, Casting::Unsafe, false)?;
    Ok(Spaced { values, step })
}

fn run_linspace(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    check_device_and_like(arguments)?;
    let num = number_of_samples(&arguments.get("num"))?;
    let endpoint = as_bool(&arguments.get("endpoint"))?;
    let dtype = dtype_argument(context, arguments)?;
    let axis = as_index(&arguments.get("axis"))?;
    let ends = (arguments.get("start"), arguments.get("stop"));
    let spaced = linspace(context, (&ends.0, &ends.1), num, endpoint, dtype, axis)?;
    if as_bool(&arguments.get("retstep"))? {
        return Ok(Value::tuple([spaced.values.into(), spaced.step]));
    }
    Ok(spaced.values.into())
}

fn cast_result(context: &mut Context, value: Value, dtype: Option<&DType>) -> Result<Value> {
    match (value, dtype) {
        (Value::Array(array), Some(dtype)) => {
            copy::astype(&context.runtime, &array, dtype, Order::K, Casting::Unsafe, false).map(Value::Array)
        }
        (other, _) => Ok(other),
    }
}

fn run_logspace(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let num = number_of_samples(&arguments.get("num"))?;
    let endpoint = as_bool(&arguments.get("endpoint"))?;
    let dtype = dtype_argument(context, arguments)?;
    let axis = as_index(&arguments.get("axis"))?;
    let (mut start, mut stop, mut base) = (arguments.get("start"), arguments.get("stop"), arguments.get("base"));
    if default_scalar(&base).is_none() {
        let arrays = [&start, &stop, &base].map(|value| array_from(context, value, None));
        let [a, b, c] = arrays;
        let (a, b, c) = (a?, b?, c?);
        let axes = a.ndim().max(b.ndim()).max(c.ndim());
        let widen = |context: &mut Context, array_: ArrayRef| {
            array(context, &Value::Array(array_), None, CopyMode::IfNeeded, Order::K, axes).map(Value::Array)
        };
        (start, stop) = (widen(context, a)?, widen(context, b)?);
        base = widen(context, c)?;
        if let Value::Array(wide) = &base {
            let layout = crate::array::layout::transpose::expand_dims(&wide.layout(), &[axis])?;
            base = Value::Array(NdArray::view(wide, layout));
        }
    }
    let exponents = linspace(context, (&start, &stop), num, endpoint, None, axis)?.values;
    let powers = calls::ufunc(context, "power", [base, Value::Array(exponents)])?;
    cast_result(context, powers, dtype.as_ref())
}

fn run_geomspace(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let num = number_of_samples(&arguments.get("num"))?;
    let endpoint = as_bool(&arguments.get("endpoint"))?;
    let dtype = dtype_argument(context, arguments)?;
    let axis = as_index(&arguments.get("axis"))?;
    let ends = [arguments.get("start"), arguments.get("stop")];
    let mut arrays = Vec::new();
    for end in &ends {
        let array = array_from(context, end, None)?;
        if calls::elements(&array).any(|element| !element.is_true()) {
            return Err(value_error("Geometric sequence cannot include zero"));
        }
        arrays.push(array);
    }
    let common = arrays.iter().map(|a| a.dtype().ty()).fold(Type::Float64, promote_types);
    let working: DType = dtype.as_ref().map_or(common, |dtype| promote_types(common, dtype.ty())).into();
    let mut cast = Vec::new();
    for array in &arrays {
        cast.push(unwrapped(copy::astype(&context.runtime, array, &working, Order::K, Casting::Unsafe, true)?));
    }
    let [start, stop] = [cast[0].clone(), cast[1].clone()];
    drop((arrays, cast));
    let sign = calls::ufunc(context, "sign", [start.clone()])?;
    let first = calls::ufunc(context, "divide", [start, sign.clone()])?;
    let last = calls::ufunc(context, "divide", [stop, sign.clone()])?;
    let log_first = calls::ufunc(context, "log10", [first.clone()])?;
    let log_last = calls::ufunc(context, "log10", [last.clone()])?;
    let exponents = linspace(context, (&log_first, &log_last), num, endpoint, None, 0)?.values;
    let powers = calls::ufunc(context, "power", [Value::Float(10.0), Value::Array(exponents)])?;
    let mut result = cast_result(context, powers, Some(&working))?;
    if let Value::Array(array) = &result {
        let entry = |i: usize| {
            let mut layout = array.layout().clone();
            layout.offset = layout.offset.wrapping_add_signed(layout.strides[0].wrapping_mul(i as isize));
            layout.shape.remove(0);
            layout.strides.remove(0);
            NdArray::view(array, layout)
        };
        if num > 0 {
            super::filled::fill_with(context, &entry(0), &first)?;
        }
        if num > 1 && endpoint {
            super::filled::fill_with(context, &entry(num - 1), &last)?;
        }
    }
    result = in_place(context, "multiply", result, sign)?;
    if axis != 0
        && let Value::Array(array) = &result
    {
        let moved = moveaxis(&array.layout(), &[0], &[axis])?;
        result = Value::Array(NdArray::view(array, moved));
    }
    cast_result(context, result, dtype.as_ref().or(Some(&working)))
}

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: &[
        Function {
            name: "np.arange",
            signature: "(start=<no value>, stop=<no value>, step=<no value>, dtype=None, *, device=None, like=None)",
            method: None,
            summary: "A new array start, start + step, ... up to but without stop.",
            memory: MemoryRule::New,
            notes: "The length is ceil((stop - start) / step): with a step such as 0.1 rounding may add an element. \
                    np.linspace says the length instead.",
            example: "\
>>> np.arange(5)
array([0, 1, 2, 3, 4])
>>> np.arange(2, 10, 3)
array([2, 5, 8])
>>> np.arange(0, 1, 0.25)
array([0.  , 0.25, 0.5 , 0.75])
>>> np.arange(3).base is None
True
>>> np.arange(6).reshape(2, 3).base
array([0, 1, 2, 3, 4, 5])
",
            see_also: &["np.linspace", "np.indices", "range"],
            run: Run::Read(Reader::NumPy, run_arange),
        },
        Function {
            name: "np.linspace",
            signature: "(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None)",
            method: None,
            summary: "A new array of num values from start to stop, evenly spaced.",
            memory: MemoryRule::New,
            notes: "The result is a view of a hidden array that NumPy makes on the way, so its base is not None, \
                    though nobody else holds its memory.",
            example: "\
>>> np.linspace(0, 1, 5)
array([0.  , 0.25, 0.5 , 0.75, 1.  ])
>>> np.linspace(0, 1, 4, endpoint=False)
array([0.  , 0.25, 0.5 , 0.75])
>>> np.linspace(0, 1, 5, retstep=True)
(array([0.  , 0.25, 0.5 , 0.75, 1.  ]), np.float64(0.25))
>>> np.linspace(0, 1, 5).base is None
False
",
            see_also: &["np.arange", "np.logspace", "np.geomspace"],
            run: Run::Call(run_linspace),
        },
        Function {
            name: "np.logspace",
            signature: "(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)",
            method: None,
            summary: "A new array of num values whose exponents are evenly spaced: base**start to base**stop.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.logspace(0, 3, 4)
array([   1.,   10.,  100., 1000.])
>>> np.logspace(0, 3, 4, base=2)
array([1., 2., 4., 8.])
",
            see_also: &["np.linspace", "np.geomspace"],
            run: Run::Call(run_logspace),
        },
        Function {
            name: "np.geomspace",
            signature: "(start, stop, num=50, endpoint=True, dtype=None, axis=0)",
            method: None,
            summary: "A new array of num values, each the one before times a constant.",
            memory: MemoryRule::New,
            notes: "",
            example: "\
>>> np.geomspace(1, 1000, 4)
array([   1.,   10.,  100., 1000.])
>>> np.geomspace(1, 256, 9)
array([  1.,   2.,   4.,   8.,  16.,  32.,  64., 128., 256.])
",
            see_also: &["np.linspace", "np.logspace"],
            run: Run::Call(run_geomspace),
        },
    ],
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[],
};
