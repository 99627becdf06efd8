//! Universal functions of object arrays: each element is worked on by Python's own operators.
//!
//! Whether an array of objects is among the operands is asked here, above the layer of universal functions, which knows
//! no Python values: [`call`], [`reduce`] and their kin stand before those of [`crate::ufunc`].

mod elementwise;
mod operation;
mod products;
pub mod python_functions;
mod reduction;
pub mod statistics;

pub use products::{dot, matmul, sum_of_products};

use crate::array::{ArrayRef, DType, Item, NdArray, Type};
use crate::error::{Error, ErrorClass, Result, type_error};
use crate::registry::Context;
use crate::ufunc::{self, Operand, Options, Outcome, Outcomes, ReduceOptions, Ufunc};
use crate::value::{Int, Value, python_item, python_number};
use operation::{Operation, operation};

/// Whether the elements are references to objects.
#[inline]
pub fn is_objects(array: &NdArray) -> bool {
    array.layout().dtype.ty() == Type::Object
}

#[inline]
fn is_object(operand: &Operand) -> bool {
    matches!(operand, Operand::Array(array) if is_objects(array))
}

/// The value of the element at byte `offset` of an array, as a cast to objects makes it.
pub fn object_at(array: &NdArray, offset: usize) -> Value {
    python_item(&Item::read(&array.buffer_ref(), offset, &array.layout().dtype))
}

/// An operand as Python's objects: an array as it is, a number as itself.
enum Input {
    Array(ArrayRef),
    Value(Value),
}

fn input(operand: &Operand) -> Input {
    Input::Value(match operand {
        Operand::Array(array) => return Input::Array(array.clone()),
        Operand::Scalar(scalar) => python_number(*scalar),
        Operand::Int(int) => Value::Int(Int::from(int.clone())),
        Operand::Float(float) => Value::Float(*float),
        Operand::Complex(complex) => Value::Complex(*complex),
    })
}

/// The operation of a function on objects.
fn found(ufunc: &Ufunc) -> Result<Operation> {
    operation(ufunc.name).ok_or_else(|| {
        type_error(format!(
            "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported \
             types according to the casting rule ''safe''",
            ufunc.name
        ))
    })
}

/// As [`ufunc::call()`], also where an operand is an array of objects or objects are asked for.
///
/// # Errors
/// As there; what Python's operators raise.
#[inline]
pub fn call(
    context: &mut Context,
    ufunc: &'static Ufunc,
    operands: &mut [Operand],
    options: &Options,
) -> Result<Outcomes> {
    let asked = options.dtype.as_ref().is_some_and(|dtype| dtype.ty() == Type::Object);
    if asked || operands.iter().any(is_object) {
        return call_objects(context, ufunc, operands, options);
    }
    ufunc::call(&context.runtime, ufunc, operands, options)
}

#[cold]
fn call_objects(context: &mut Context, ufunc: &Ufunc, operands: &mut [Operand], options: &Options) -> Result<Outcomes> {
    let operation = found(ufunc)?;
    let objects: DType = Type::Object.into();
    if let Some(dtype) = &options.dtype
        && dtype.ty() != Type::Object
        && !(operation.is_comparison() && dtype.ty() == Type::Bool)
    {
        let message = format!(
            "Cannot cast ufunc '{}' input 0 from {} to {} with casting rule '{}'",
            ufunc.name,
            objects.repr(),
            dtype.repr(),
            options.casting.name()
        );
        return Err(Error::new(ErrorClass::UFuncInputCastingError, message));
    }
    let asked = options.dtype.as_ref().map(|dtype| dtype.ty());
    let truths = operation.is_comparison() && asked != Some(Type::Object);
    let result: DType = if truths { Type::Bool.into() } else { objects };
    let inputs: Vec<Input> = operands.iter().map(input).collect();
    let mut apply = |context: &mut Context, values: &[Value]| Ok(vec![operation.apply(context, values)?]);
    let arrays = elementwise::run(context, &inputs, &[result], options, ufunc.name, &mut apply)?;
    let as_outcome = |array: ArrayRef| match array.ndim() {
        0 if options.out.iter().all(Option::is_none) && array.dtype().ty() == Type::Bool => {
            Outcome::Scalar(array.read(array.layout().offset))
        }
        _ => Outcome::Array(array),
    };
    Ok(arrays.into_iter().map(as_outcome).collect())
}

/// As [`fn@ufunc::reduce`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn reduce(
    context: &mut Context,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    options: &ReduceOptions,
) -> Result<Outcome> {
    match working_type(array, options.dtype.as_ref()) {
        Working::Numbers => ufunc::reduce(&context.runtime, ufunc, array, options),
        Working::Cast(dtype) => {
            let array = cast(context, array, &dtype)?;
            ufunc::reduce(&context.runtime, ufunc, &array, options)
        }
        Working::Objects => {
            let operation = found(ufunc)?;
            let fold = reduction::Fold::of(ufunc);
            let mut apply =
                |context: &mut Context, a: &Value, b: &Value| operation.apply(context, &[a.clone(), b.clone()]);
            reduction::reduce_with(context, &fold, array, options, &mut apply).map(Outcome::Array)
        }
    }
}

/// As [`fn@ufunc::accumulate`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn accumulate(
    context: &mut Context,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    axis: isize,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
) -> Result<Outcome> {
    match working_type(array, dtype) {
        Working::Numbers => ufunc::accumulate(&context.runtime, ufunc, array, axis, dtype, out),
        Working::Cast(to) => {
            let array = cast(context, array, &to)?;
            ufunc::accumulate(&context.runtime, ufunc, &array, axis, dtype, out)
        }
        Working::Objects => {
            let operation = found(ufunc)?;
            let mut apply =
                |context: &mut Context, a: &Value, b: &Value| operation.apply(context, &[a.clone(), b.clone()]);
            reduction::accumulate_with(context, array, axis, out, &mut apply).map(Outcome::Array)
        }
    }
}

/// As [`fn@ufunc::reduceat`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn reduceat(
    context: &mut Context,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    indices: &[i64],
    axis: isize,
    dtype: Option<&DType>,
    out: Option<&ArrayRef>,
) -> Result<Outcome> {
    match working_type(array, dtype) {
        Working::Numbers => ufunc::reduceat(&context.runtime, ufunc, array, indices, axis, dtype, out),
        Working::Cast(to) => {
            let array = cast(context, array, &to)?;
            ufunc::reduceat(&context.runtime, ufunc, &array, indices, axis, dtype, out)
        }
        Working::Objects => {
            let operation = found(ufunc)?;
            let mut apply =
                |context: &mut Context, a: &Value, b: &Value| operation.apply(context, &[a.clone(), b.clone()]);
            reduction::reduceat_with(context, ufunc.name, array, indices, axis, out, &mut apply).map(Outcome::Array)
        }
    }
}

/// As [`ufunc::outer`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn outer(
    context: &mut Context,
    ufunc: &'static Ufunc,
    a: Operand,
    b: Operand,
    options: &Options,
) -> Result<Outcome> {
    if !is_object(&a) && !is_object(&b) {
        return ufunc::outer(&context.runtime, ufunc, a, b, options);
    }
    let extra = match &b {
        Operand::Array(array) => array.ndim(),
        _ => 0,
    };
    let a = match a {
        Operand::Array(array) if extra > 0 => Operand::Array(with_axes(&array, extra)),
        other => other,
    };
    let outcomes = call(context, ufunc, &mut [a, b], options)?;
    outcomes.into_iter().next().ok_or_else(|| type_error("no result"))
}

/// A view with `extra` more axes of length 1 at its end.
pub fn with_axes(array: &ArrayRef, extra: usize) -> ArrayRef {
    let mut layout = array.layout().clone();
    layout.shape.extend(std::iter::repeat_n(1, extra));
    layout.strides.extend(std::iter::repeat_n(0, extra));
    NdArray::view(array, layout)
}

/// As [`ufunc::at`], also of objects.
///
/// # Errors
/// As there; what Python's operators raise.
pub fn at(
    context: &mut Context,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    offsets: &[usize],
    shape: &[usize],
    second: Option<Operand>,
) -> Result<()> {
    if !is_objects(array) && !second.as_ref().is_some_and(is_object) {
        return ufunc::at(&context.runtime, ufunc, array, offsets, shape, second);
    }
    let operation = found(ufunc)?;
    array.require_writeable("output array")?;
    reduction::at_with(context, array, offsets, shape, second.as_ref().map(input), &operation)
}

/// What a reduction works in.
enum Working {
    Numbers,
    Objects,
    Cast(DType),
}

fn working_type(array: &ArrayRef, dtype: Option<&DType>) -> Working {
    match dtype {
        Some(dtype) if dtype.ty() == Type::Object => Working::Objects,
        Some(dtype) if is_objects(array) => Working::Cast(dtype.clone()),
        None if is_objects(array) => Working::Objects,
        _ => Working::Numbers,
    }
}

fn cast(context: &Context, array: &ArrayRef, dtype: &DType) -> Result<ArrayRef> {
    use crate::array::Order;
    use crate::array::cast::Casting;
    crate::array::copy::astype(&context.runtime, array, dtype, Order::K, Casting::Unsafe, false)
}

/// The loops that a function has for objects, as letters: `OO->O`.
pub fn object_types(ufunc: &Ufunc) -> Vec<String> {
    let Some(operation) = operation(ufunc.name) else { return Vec::new() };
    let inputs = "O".repeat(ufunc.nin);
    let truths = operation.is_comparison().then(|| format!("{inputs}->?"));
    truths.into_iter().chain([format!("{inputs}->O")]).collect()
}
