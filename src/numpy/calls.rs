//! How one function of NumPy calls others: the steps that NumPy's functions written in Python are made of.
//!
//! Each step does to memory what the same line of NumPy's Python does: an operator may reuse a large temporary that
//! is moved into it, a function makes its result, a call by name goes through the registry.

use super::coercion::{array_from, operand};
use crate::array::cast::{self, Casting, require_cast};
use crate::array::copy::copy_because;
use crate::array::index::{self, Index, Selected};
use crate::array::layout::{self, Layout, Shape};
use crate::array::select;
use crate::array::{ArrayRef, CopyReason, DType, NdArray, Order, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, type_error};
use crate::registry::{self, Arguments, Context};
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::ufunc::{self, Axes, Operand, Options, Outcome, ReduceOptions, Ufunc};
use crate::value::{Value, as_bool, as_index, element_at, iterate, unwrap_scalar};
use std::rc::Rc;

/// A result as a value.
pub fn outcome(outcome: Outcome) -> Value {
    match outcome {
        // a text of no axes
        Outcome::Array(array) if !array.layout().dtype.is_number() => unwrap_scalar(array),
        Outcome::Array(array) => Value::Array(array),
        Outcome::Scalar(scalar) => Value::Scalar(scalar),
    }
}

/// `np.asanyarray(value)`.
///
/// # Errors
/// Those of [`array_from`].
pub fn as_array(context: &mut Context, value: &Value) -> Result<ArrayRef> {
    array_from(context, value, None)
}

/// The argument for `parameter` as an array; the caret goes under it where it is none.
///
/// # Errors
/// Those of [`array_from`].
#[inline]
pub fn array_argument(context: &mut Context, arguments: &Arguments, parameter: &str) -> Result<ArrayRef> {
    match arguments.look_at(parameter) {
        Value::Array(array) => Ok(Rc::clone(array)),
        other => array_from(context, other, None).map_err(|e| e.at_argument(parameter)),
    }
}

/// The array for `out=`.
///
/// # Errors
/// `TypeError: return arrays must be of ArrayType`.
pub fn out_argument(arguments: &Arguments) -> Result<Option<ArrayRef>> {
    match arguments.given("out") {
        None | Some(Value::None) => Ok(None),
        Some(Value::Array(out)) => Ok(Some(Rc::clone(out))),
        Some(_) => Err(type_error("return arrays must be of ArrayType").at_argument("out")),
    }
}

/// The truth of the argument for `parameter`; false where it was left out.
///
/// # Errors
/// Those of its truth.
pub fn flag(arguments: &Arguments, parameter: &str) -> Result<bool> {
    arguments.given(parameter).map_or(Ok(false), as_bool).map_err(|e| e.at_argument(parameter))
}

/// One axis or `None`.
///
/// # Errors
/// `TypeError: 'tuple' object cannot be interpreted as an integer`.
pub fn axis_argument(arguments: &Arguments, parameter: &str) -> Result<Option<isize>> {
    arguments.some(parameter).map(as_index).transpose().map_err(|e| e.at_argument(parameter))
}

/// Axes as a reduction takes them: `None`, an int, a tuple of ints.
///
/// # Errors
/// `TypeError: 'list' object cannot be interpreted as an integer`.
pub fn axes_argument(arguments: &Arguments) -> Result<Axes> {
    axes_of(&arguments.get("axis")).map_err(|e| e.at_argument("axis"))
}

/// As [`axes_argument`], of a value.
///
/// # Errors
/// As there.
pub fn axes_of(value: &Value) -> Result<Axes> {
    Ok(match value {
        Value::None => Axes::All,
        Value::Tuple(items) => Axes::Some(items.iter().map(as_index).collect::<Result<_>>()?),
        single => Axes::Some(smallvec::smallvec![as_index(single)?]),
    })
}

/// The mask for `where=`, unless it is `True`.
///
/// # Errors
/// `TypeError: Cannot cast array data from dtype('int64') to dtype('bool') according to the rule 'safe'`.
pub fn where_argument(context: &mut Context, arguments: &Arguments) -> Result<Option<ArrayRef>> {
    let value = match arguments.given("where") {
        None | Some(Value::Bool(true)) => return Ok(None),
        Some(value) => value.clone(),
    };
    let bool_ = Type::Bool.into();
    if let Value::Array(mask) = &value {
        require_cast(&mask.dtype(), &bool_, Casting::Safe, mask.ndim() == 0).map_err(|e| e.at_argument("where"))?;
    }
    array_from(context, &value, Some(&bool_)).map(Some).map_err(|e| e.at_argument("where"))
}

/// The error with the caret under `axis` where an axis is not there, and the axes that are.
pub fn blame_axis(error: Error, ndim: usize) -> Error {
    if error.class() != ErrorClass::AxisError {
        return error;
    }
    let label = match ndim {
        0 => "the array has no axes".to_string(),
        1 => "the array has one axis: 0".to_string(),
        _ => format!("the array has {ndim} axes: 0 to {}", ndim - 1),
    };
    error.at_argument("axis").label(label)
}

/// The universal function called `name`.
///
/// # Errors
/// `TypeError` where there is none, which no registered name can meet.
pub fn find(name: &str) -> Result<&'static Ufunc> {
    ufunc::find(name).ok_or_else(|| type_error(format!("np.{name} is not there")))
}

/// `np.name(...)`, a universal function with one result.
///
/// # Errors
/// Those of the universal function.
pub fn ufunc<const N: usize>(context: &mut Context, name: &str, values: [Value; N]) -> Result<Value> {
    ufunc_with(context, name, values, &Options::default())
}

/// As [`fn@ufunc`], with keywords.
///
/// # Errors
/// Those of the universal function.
pub fn ufunc_with<const N: usize>(
    context: &mut Context,
    name: &str,
    values: [Value; N],
    options: &Options,
) -> Result<Value> {
    let found = find(name)?;
    let mut operands: Vec<Operand> = Vec::with_capacity(N);
    for value in values {
        operands.push(operand(context, value)?);
    }
    let outcomes = super::objects::call(context, found, &mut operands, options)?;
    Ok(outcomes.into_iter().next().map_or(Value::None, outcome))
}

/// `np.name(..., out=out)`: writes into an array that the caller made.
///
/// # Errors
/// Those of the universal function.
pub fn ufunc_into<const N: usize>(
    context: &mut Context,
    name: &str,
    values: [Value; N],
    out: &ArrayRef,
    casting: Casting,
) -> Result<Value> {
    let options = Options { out: smallvec::smallvec![Some(Rc::clone(out))], casting, ..Options::default() };
    ufunc_with(context, name, values, &options)
}

/// `np.name.reduce(array, ...)`.
///
/// # Errors
/// Those of the reduction.
pub fn reduce(context: &mut Context, name: &str, array: &ArrayRef, options: &ReduceOptions) -> Result<Value> {
    let found = find(name)?;
    // `np.any` and `np.all` ask for truths
    if name.starts_with("logical") {
        return ufunc::reduce(&context.runtime, found, array, options).map(outcome);
    }
    super::objects::reduce(context, found, array, options).map(outcome)
}

/// Whether every element is true (`a.all()`).
///
/// # Errors
/// Those of the reduction.
pub fn all_true(context: &mut Context, value: &Value) -> Result<bool> {
    truth_of(context, value, "logical_and")
}

/// Whether some element is true (`a.any()`).
///
/// # Errors
/// Those of the reduction.
pub fn any_true(context: &mut Context, value: &Value) -> Result<bool> {
    truth_of(context, value, "logical_or")
}

fn truth_of(context: &mut Context, value: &Value, name: &str) -> Result<bool> {
    let array = as_array(context, value)?;
    match reduce(context, name, &array, &ReduceOptions::all())? {
        Value::Scalar(scalar) => Ok(scalar.is_true()),
        _ => Ok(false),
    }
}

/// `a op b`, as the operator does it.
///
/// # Errors
/// Those of the operator.
pub fn binary(context: &mut Context, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
    (context.catalog.hooks.operators.binary)(context, op, a, b)
}

/// `a + b`
///
/// # Errors
/// Those of the operator.
pub fn add(context: &mut Context, a: Value, b: Value) -> Result<Value> {
    binary(context, BinaryOp::Add, a, b)
}

/// `a - b`
///
/// # Errors
/// Those of the operator.
pub fn subtract(context: &mut Context, a: Value, b: Value) -> Result<Value> {
    binary(context, BinaryOp::Subtract, a, b)
}

/// `a * b`
///
/// # Errors
/// Those of the operator.
pub fn multiply(context: &mut Context, a: Value, b: Value) -> Result<Value> {
    binary(context, BinaryOp::Multiply, a, b)
}

/// `a / b`
///
/// # Errors
/// Those of the operator.
pub fn divide(context: &mut Context, a: Value, b: Value) -> Result<Value> {
    binary(context, BinaryOp::TrueDivide, a, b)
}

/// `-a`
///
/// # Errors
/// Those of the operator.
pub fn negative(context: &mut Context, a: Value) -> Result<Value> {
    (context.catalog.hooks.operators.unary)(context, UnaryOp::Negative, a)
}

/// `a op b` for an order or an equality.
///
/// # Errors
/// Those of the comparison.
pub fn compare(context: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
    (context.catalog.hooks.operators.compare)(context, op, a, b)
}

/// `a[index]`.
///
/// # Errors
/// Those of the subscript.
pub fn get(context: &mut Context, array: &ArrayRef, index: &[Index]) -> Result<Value> {
    Ok(match index::get(&context.runtime, array, index)? {
        Selected::View(view) => Value::Array(view),
        Selected::Copy(copy) => Value::Array(copy),
        Selected::Element(offset) => element_at(array, offset),
    })
}

/// `a[index]`, as an array where it is one element too.
///
/// # Errors
/// Those of the subscript.
pub fn get_array(context: &mut Context, array: &ArrayRef, index: &[Index]) -> Result<ArrayRef> {
    let selected = get(context, array, index)?;
    as_array(context, &selected)
}

/// `a[index] = value`.
///
/// # Errors
/// Those of the assignment.
pub fn set(context: &mut Context, array: &ArrayRef, index: &[Index], value: &Value) -> Result<()> {
    let source = super::coercion::array_like(context, value, &array.dtype())?;
    index::set(&context.runtime, array, index, &source)
}

/// `start:stop` as an item of an index.
pub fn slice(start: impl Into<Option<isize>>, stop: impl Into<Option<isize>>) -> Index {
    Index::Slice { start: start.into(), stop: stop.into(), step: None }
}

/// `:` on every axis but `axis`, which gets `item`.
pub fn along(ndim: usize, axis: usize, item: Index) -> Vec<Index> {
    (0..ndim).map(|i| if i == axis { item.clone() } else { slice(None, None) }).collect()
}

/// A view of the array with another layout.
pub fn view(array: &ArrayRef, layout: Layout) -> ArrayRef {
    NdArray::view(array, layout)
}

/// Calls a function of the registry by its name: `np.name(*positional, **keywords)`.
///
/// # Errors
/// Those of the function.
pub fn call<const K: usize>(
    context: &mut Context,
    name: &str,
    positional: Vec<Value>,
    keywords: [(&str, Value); K],
) -> Result<Value> {
    let function = context.catalog.resolve(name).ok_or_else(|| type_error(format!("{name} is not there")))?;
    let keywords = keywords.into_iter().map(|(name, value)| (Rc::from(name), value)).collect();
    registry::call(context, &function, positional, keywords)
}

/// As [`call`], where the result is an array.
///
/// # Errors
/// Those of the function.
pub fn call_array<const K: usize>(
    context: &mut Context,
    name: &str,
    positional: Vec<Value>,
    keywords: [(&str, Value); K],
) -> Result<ArrayRef> {
    let value = call(context, name, positional, keywords)?;
    as_array(context, &value)
}

/// The elements in C order; none where the array is only planned.
pub fn elements(array: &ArrayRef) -> impl Iterator<Item = Scalar> {
    let count = if array.buffer_ref().is_planned() { 0 } else { usize::MAX };
    crate::array::elements::elements(array, crate::array::Order::C).take(count)
}

/// The one element of an array of one element, or the scalar that a value is.
///
/// # Errors
/// Those of [`array_from`].
pub fn scalar(context: &mut Context, value: &Value) -> Result<Scalar> {
    if let Some(scalar) = super::coercion::default_scalar(value) {
        return Ok(scalar);
    }
    let array = as_array(context, value)?;
    let offset = array.layout().offset;
    Ok(array.read(offset))
}

/// Whether nothing may be read because the session only plans.
pub fn is_planning(context: &Context) -> bool {
    context.runtime.ledger.is_planning()
}

/// `a.reshape(shape)`: a view, or a view of a C-ordered copy.
///
/// # Errors
/// Those of the shape.
pub fn reshape(context: &mut Context, array: &ArrayRef, shape: &[isize]) -> Result<ArrayRef> {
    let shape = layout::fix_unknown_dimension(array.size(), shape)?;
    let viewed = layout::reshape(&array.layout(), &shape, Order::C);
    match viewed {
        Ok(layout) => Ok(view(array, layout)),
        Err(reason) => {
            let reason = CopyReason::NoView { reason, shape: shape.clone(), order: Order::C };
            let copied = copy_because(&context.runtime, array, Order::C, reason)?;
            let layout = Layout::contiguous(copied.dtype(), &shape, Order::C);
            Ok(view(&copied, layout))
        }
    }
}

/// `a.astype(ty)`, a copy in any case; or only where the type differs.
///
/// # Errors
/// `MemoryError`.
pub fn astype(context: &mut Context, array: &ArrayRef, ty: Type, always: bool) -> Result<ArrayRef> {
    crate::array::copy::astype(&context.runtime, array, &ty.into(), Order::K, Casting::Unsafe, always)
}

/// `np.moveaxis(a, source, destination)`.
///
/// # Errors
/// `AxisError`.
pub fn moveaxis(array: &ArrayRef, source: isize, destination: isize) -> Result<ArrayRef> {
    let layout = layout::transpose::moveaxis(&array.layout(), &[source], &[destination])?;
    Ok(view(array, layout))
}

/// `np.empty(shape, ty)`.
///
/// # Errors
/// `MemoryError`.
pub fn empty(context: &mut Context, ty: Type, shape: &[usize]) -> Result<ArrayRef> {
    NdArray::zeros(&context.runtime, ty.into(), shape, Order::C)
}

/// `np.empty_like(a, dtype=ty)`.
///
/// # Errors
/// `MemoryError`.
pub fn empty_like(context: &mut Context, array: &ArrayRef, ty: Type) -> Result<ArrayRef> {
    let layout = layout::k_order::like(&array.layout(), ty.into(), Order::K);
    NdArray::allocate(&context.runtime, layout)
}

/// `np.concatenate(arrays, axis)`.
///
/// # Errors
/// Those of joining.
pub fn concatenate(context: &mut Context, values: Vec<Value>, axis: Option<isize>) -> Result<ArrayRef> {
    let mut arrays = Vec::with_capacity(values.len());
    for value in &values {
        arrays.push(as_array(context, value)?);
    }
    crate::array::arrange::concatenate(&context.runtime, &arrays, axis, None, Casting::SameKind, None)
}

/// `array.take(indices, axis)`.
///
/// # Errors
/// `IndexError`, `AxisError`.
pub fn take(context: &mut Context, array: &ArrayRef, indices: &ArrayRef, axis: Option<isize>) -> Result<Value> {
    let taken = select::take(&context.runtime, array, indices, axis, None, select::ClipMode::Raise)?;
    Ok(unwrap_scalar(taken))
}

/// A new 1-d array of `int64`.
///
/// # Errors
/// `MemoryError`.
pub fn integers(context: &mut Context, values: impl ExactSizeIterator<Item = i64>) -> Result<ArrayRef> {
    let array = NdArray::zeros(&context.runtime, Type::Int64.into(), &[values.len()], Order::C)?;
    for (i, value) in values.enumerate() {
        array.write(8 * i, &Scalar::Int64(value));
    }
    Ok(array)
}

/// `np.copyto(target, value, where=mask)`.
///
/// # Errors
/// Those of the assignment.
pub fn copyto(context: &mut Context, target: &ArrayRef, value: &Value, mask: Option<&ArrayRef>) -> Result<()> {
    let source = super::coercion::array_like(context, value, &target.dtype())?;
    crate::array::assign::copy_into(&context.runtime, target, &source, mask, Casting::Unsafe)
}

/// Runs `work` as under `np.errstate(divide='ignore', invalid='ignore')`.
///
/// # Errors
/// Those of the work.
pub fn quietly<T>(context: &mut Context, work: impl FnOnce(&mut Context) -> Result<T>) -> Result<T> {
    let before = context.runtime.error_state.get();
    let ignore = crate::array::Reaction::Ignore;
    context.runtime.error_state.set(crate::array::ErrorState { divide: ignore, invalid: ignore, ..before });
    let result = work(context);
    context.runtime.error_state.set(before);
    result
}

/// A `RuntimeWarning`.
pub fn warn(context: &Context, message: &str) {
    context.runtime.warn(ErrorClass::RuntimeWarning, message);
}

/// The axes of `axis=` as `normalize_axis_tuple` gives them; `None` stays.
///
/// # Errors
/// `AxisError`; `ValueError: repeated axis`.
pub fn normalized_axes(arguments: &Arguments, ndim: usize, name: Option<&str>) -> Result<Option<Vec<usize>>> {
    let axes: Vec<isize> = match arguments.get("axis") {
        Value::None => return Ok(None),
        value @ (Value::Tuple(_) | Value::List(_)) => {
            iterate(&value)?.map(|item| as_index(&item?)).collect::<Result<_>>().map_err(|e| e.at_argument("axis"))?
        }
        single => vec![as_index(&single).map_err(|e| e.at_argument("axis"))?],
    };
    let axes = layout::transpose::normalize_axis_tuple(&axes, ndim, name, false);
    axes.map(|axes| Some(axes.to_vec())).map_err(|e| blame_axis(e, ndim))
}

/// One axis of `ndim`.
///
/// # Errors
/// `AxisError`.
pub fn normalize_axis(axis: isize, ndim: usize) -> Result<usize> {
    layout::transpose::normalize_axis_index(axis, ndim, None).map_err(|e| blame_axis(e, ndim))
}

/// The shape of a result.
pub fn shape_of(value: &Value) -> Shape {
    match value {
        Value::Array(array) => array.shape(),
        _ => Shape::new(),
    }
}

/// The element type of a result; float64 for what is no array and no scalar.
pub fn type_of(value: &Value) -> Type {
    match value {
        Value::Array(array) => array.dtype().ty(),
        Value::Scalar(scalar) => scalar.ty(),
        Value::Bool(_) => Type::Bool,
        Value::Int(_) => Type::Int64,
        Value::Complex(_) => Type::Complex128,
        _ => Type::Float64,
    }
}

/// `np.result_type(*values)`: Python's numbers are weak.
///
/// # Errors
/// `ValueError` for no values.
pub fn result_type(values: &[&Value]) -> Result<Type> {
    cast::result_type(&weak_operands(values))
}

fn weak_operands(values: &[&Value]) -> Vec<cast::Operand> {
    let weak = |value: &&Value| match value {
        Value::Int(_) => cast::Operand::Int,
        Value::Float(_) => cast::Operand::Float,
        Value::Complex(_) => cast::Operand::Complex,
        other => cast::Operand::Strong(type_of(other)),
    };
    values.iter().map(weak).collect()
}

/// As [`result_type`], with the lengths of texts and the fields of structures.
///
/// # Errors
/// As [`result_type`]; `DTypePromotionError` where no dtype holds all.
pub fn result_dtype(values: &[&Value]) -> Result<DType> {
    let dtypes: Vec<DType> = values
        .iter()
        .filter_map(|value| match value {
            Value::Array(array) => Some(array.dtype()),
            Value::Int(_) | Value::Float(_) | Value::Complex(_) => None,
            other => Some(type_of(other).into()),
        })
        .collect();
    cast::result_dtype(&weak_operands(values), &dtypes)
}

/// `array.nonzero()`.
///
/// # Errors
/// `ValueError` for a 0-d array.
pub fn nonzero(context: &mut Context, array: &ArrayRef) -> Result<Vec<ArrayRef>> {
    Ok(select::nonzero(&context.runtime, array)?.into_vec())
}

/// `value.name`, an attribute.
///
/// # Errors
/// `AttributeError`.
pub fn attribute(context: &mut Context, value: &Value, name: &str) -> Result<Value> {
    registry::get_attribute(context, value, name)
}

/// A result as NumPy returns it: a scalar where it has no axes (`result[()]`).
pub fn unwrapped(value: Value) -> Value {
    match value {
        Value::Array(array) => unwrap_scalar(array),
        other => other,
    }
}

/// The arrays stretched to their common shape, as views.
///
/// # Errors
/// `ValueError` where the shapes do not broadcast.
pub fn broadcast_arrays(arrays: &[ArrayRef]) -> Result<Vec<ArrayRef>> {
    let shapes: Vec<Shape> = arrays.iter().map(|array| array.shape()).collect();
    let shapes: Vec<&[usize]> = shapes.iter().map(|shape| shape.as_slice()).collect();
    let shape = layout::broadcast::broadcast_shapes(&shapes)?;
    let stretched = arrays.iter().map(|array| {
        let layout = layout::broadcast::stretch(&array.layout(), &shape);
        layout.map_or_else(|| Rc::clone(array), |layout| view(array, layout))
    });
    Ok(stretched.collect())
}

/// `np.arange(n)`.
///
/// # Errors
/// `MemoryError`.
pub fn arange(context: &mut Context, n: usize) -> Result<ArrayRef> {
    integers(context, (0..n).map(|i| i as i64))
}
