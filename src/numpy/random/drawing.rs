//! How numbers are drawn into scalars and arrays: `size=`, `out=`, and parameters that are arrays themselves.

use super::super::calls;
use super::super::dtypes::as_dtype;
use super::generator::{Drawer, parts, receiver};
use super::parameters::{Constraint, Parameter, parameter_of, require};
use crate::array::elements::elements;
use crate::array::layout::shape_text::array_shape_text;
use crate::array::layout::{Shape, broadcast};
use crate::array::{ArrayRef, DType, Element, NdArray, Order, Type};
use crate::error::{Error, Result, runtime_error, type_error, value_error};
use crate::random::Source;
use crate::registry::{Arguments, Context};
use crate::value::{Value, lengths, shape_of};
use std::rc::Rc;

/// A plan draws so many numbers for nothing, so that it knows the state after them.
const FEW: usize = 4096;

/// The dtype for `dtype=`.
///
/// # Errors
/// Those of [`as_dtype`].
pub fn dtype_argument(context: &mut Context, arguments: &Arguments) -> Result<DType> {
    let dtype = arguments.get("dtype");
    as_dtype(context, &dtype).map_err(|e| e.at_argument("dtype"))
}

/// `np.empty(size, ty)`.
///
/// # Errors
/// Those of the shape; `MemoryError`.
pub fn new_array(context: &Context, size: &Value, ty: Type) -> Result<ArrayRef> {
    let shape = shape_of(size).and_then(|shape| lengths(&shape)).map_err(|e| e.at_argument("size"))?;
    NdArray::zeros(&context.runtime, ty.into(), &shape, Order::C)
}

/// Fills an array whose elements lie side by side, in the order in which they lie.
///
/// # Errors
/// `KeyboardInterrupt`.
pub fn fill<T: Element>(
    context: &Context,
    drawer: &Drawer,
    array: &ArrayRef,
    mut next: impl FnMut(&mut Source) -> T,
) -> Result<()> {
    let (count, offset) = (array.size(), array.layout().offset);
    if calls::is_planning(context) {
        return skip(context, drawer, count, |source| {
            next(source);
        });
    }
    let buffer = array.buffer();
    let outside = || runtime_error("the array reaches outside its buffer");
    let run = buffer.run::<T>(offset, size_of::<T>() as isize, count).map_err(|_| outside())?;
    drawer.draw(context, |source| {
        const BLOCK: usize = 1 << 14;
        let mut done = 0;
        while done < count {
            crate::interrupt::check()?;
            let block = run.part(done, BLOCK.min(count - done));
            for i in 0..block.len() {
                block.set(i, next(source));
            }
            done += block.len();
        }
        Ok(())
    })?
}

/// In a plan: draws few numbers for nothing; of many, notes that they were drawn.
fn skip(context: &Context, drawer: &Drawer, count: usize, mut next: impl FnMut(&mut Source)) -> Result<()> {
    let bits = drawer.bits()?;
    if count > FEW || bits.is_unknown.get() {
        bits.is_unknown.set(true);
        return Ok(());
    }
    drawer.draw(context, |source| (0..count).for_each(|_| next(source)))
}

/// The array for `out=`, where it fits (`check_output`).
///
/// # Errors
/// NumPy's `ValueError` and `TypeError` where it does not.
pub fn out_argument(arguments: &Arguments, ty: Type, needs_c_order: bool) -> Result<Option<ArrayRef>> {
    let out = match arguments.given("out") {
        None | Some(Value::None) => return Ok(None),
        Some(Value::Array(out)) => Rc::clone(out),
        Some(_) => return Err(misbehaves(needs_c_order)),
    };
    let layout = out.layout().clone();
    let behaves = out.is_writeable() && out.is_aligned() && layout.dtype.is_native();
    if !behaves || !(layout.is_c_contiguous() || (layout.is_f_contiguous() && !needs_c_order)) {
        return Err(misbehaves(needs_c_order));
    }
    if layout.dtype.ty() != ty {
        let message = format!("Supplied output array has the wrong type. Expected {}, got {}", ty.name(), layout.dtype);
        return Err(type_error(message).at_argument("out"));
    }
    if let Some(size) = arguments.some("size") {
        let size = shape_of(size).map_err(|e| e.at_argument("size"))?;
        if !size.iter().map(|&n| n as usize).eq(layout.shape.iter().copied()) {
            return Err(value_error("size must match out.shape when used together").at_argument("size"));
        }
    }
    out.require_unlocked()?;
    Ok(Some(out))
}

fn misbehaves(needs_c_order: bool) -> Error {
    let order = if needs_c_order { "C-" } else { "" };
    let message =
        format!("Supplied output array must be {order}contiguous, writable, aligned, and in machine byte-order.");
    value_error(message).at_argument("out")
}

/// Numbers without parameters: `double_fill`, `float_fill`.
///
/// # Errors
/// Those of the shape and of `out=`.
pub fn plain<T: Element>(
    context: &mut Context,
    arguments: &Arguments,
    next: impl Fn(&mut Source) -> T,
) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let size = arguments.get("size");
    let out = out_argument(arguments, T::TYPE, false)?;
    if size.is_none() && out.is_none() {
        return drawer.one(context, next);
    }
    let array = match &out {
        Some(out) => Rc::clone(out),
        None => new_array(context, &size, T::TYPE)?,
    };
    fill(context, drawer, &array, next)?;
    if out.is_some() {
        context.runtime.record_write(&array, None);
    }
    Ok(Value::Array(array))
}

/// Numbers without parameters, the lengths of the axes as the arguments `*args`.
///
/// # Errors
/// Those of the shape.
pub fn shaped(context: &mut Context, arguments: &Arguments, next: impl Fn(&mut Source) -> f64) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let lengths = arguments.rest("args");
    if lengths.is_empty() {
        return drawer.one(context, next);
    }
    let array = new_array(context, &Value::tuple(lengths), Type::Float64)?;
    fill(context, drawer, &array, next)?;
    Ok(Value::Array(array))
}

/// A parameter's name and what it must be.
pub type Named = (&'static str, Constraint);

/// Numbers of a continuous distribution with parameters of these names.
///
/// # Errors
/// Those of the shape, of `out=` and of the parameters.
pub fn continuous<const N: usize>(
    context: &mut Context,
    arguments: &Arguments,
    names: [Named; N],
    next: impl Fn(&mut Source, [f64; N]) -> f64,
) -> Result<Value> {
    let out = out_argument(arguments, Type::Float64, N > 0)?;
    let mut parameters = Vec::with_capacity(N);
    for (name, _) in names {
        parameters.push(parameter_of(context, arguments, name, Type::Float64)?);
    }
    for (parameter, (name, constraint)) in parameters.iter().zip(names) {
        require(parameter, name, constraint)?;
    }
    draw(context, arguments, &parameters, out, next)
}

/// Numbers of a discrete distribution with parameters of these names, which are doubles.
///
/// # Errors
/// As [`continuous`].
pub fn discrete<const N: usize>(
    context: &mut Context,
    arguments: &Arguments,
    names: [Named; N],
    next: impl Fn(&mut Source, [f64; N]) -> i64,
) -> Result<Value> {
    let mut parameters = Vec::with_capacity(N);
    for (name, _) in names {
        parameters.push(parameter_of(context, arguments, name, Type::Float64)?);
    }
    for (parameter, (name, constraint)) in parameters.iter().zip(names) {
        require(parameter, name, constraint)?;
    }
    integers(context, arguments, &parameters, next)
}

/// Int64 numbers with these parameters.
///
/// # Errors
/// Those of the shape.
pub fn integers<const N: usize>(
    context: &mut Context,
    arguments: &Arguments,
    parameters: &[Parameter],
    next: impl Fn(&mut Source, [f64; N]) -> i64,
) -> Result<Value> {
    draw(context, arguments, parameters, None, next)
}

/// Draws one number, or an array of them; where a parameter is an array, one for each of its elements.
///
/// # Errors
/// Those of the shape; `ValueError: Output size (3,) is not compatible with broadcast dimensions of inputs (2,).`
pub fn draw<const N: usize, T: Element>(
    context: &mut Context,
    arguments: &Arguments,
    parameters: &[Parameter],
    out: Option<ArrayRef>,
    next: impl Fn(&mut Source, [f64; N]) -> T,
) -> Result<Value> {
    let this = receiver(context, arguments)?;
    let drawer = parts(&this)?;
    let size = arguments.get("size");
    let mut numbers = [0.0; N];
    for (number, parameter) in numbers.iter_mut().zip(parameters) {
        if let Parameter::Number(given) = parameter {
            *number = *given;
        }
    }
    let is_single = parameters.iter().all(|parameter| matches!(parameter, Parameter::Number(_)));
    if is_single && size.is_none() && out.is_none() {
        return drawer.one(context, |source| next(source, numbers));
    }
    let array = match &out {
        Some(out) => Rc::clone(out),
        None if size.is_none() => {
            NdArray::zeros(&context.runtime, T::TYPE.into(), &common_shape(parameters)?, Order::C)?
        }
        None => new_array(context, &size, T::TYPE)?,
    };
    if is_single {
        fill(context, drawer, &array, |source| next(source, numbers))?;
    } else {
        let mut columns = columns(parameters, &array.shape())?;
        fill(context, drawer, &array, |source| {
            for (number, column) in numbers.iter_mut().zip(&mut columns) {
                if let Some(element) = column.as_mut().and_then(Iterator::next) {
                    *number = element.as_f64();
                }
            }
            next(source, numbers)
        })?;
    }
    if out.is_some() {
        context.runtime.record_write(&array, None);
    }
    Ok(Value::Array(array))
}

/// The shape in which the parameters work together.
///
/// # Errors
/// `ValueError: shape mismatch: objects cannot be broadcast to a single shape. ...`
pub fn common_shape(parameters: &[Parameter]) -> Result<Shape> {
    let shapes: Vec<Shape> = parameters.iter().map(Parameter::shape).collect();
    broadcast::broadcast_shapes(&shapes.iter().map(|shape| shape.as_slice()).collect::<Vec<_>>())
}

/// The parameters of each draw, one after the other. None of arrays that are only planned.
///
/// # Errors
/// `ValueError` where they do not stretch to `shape`.
pub fn rows<const N: usize>(parameters: &[Parameter], shape: &[usize]) -> Result<Vec<[f64; N]>> {
    let is_planned = |parameter: &Parameter| match parameter {
        Parameter::Number(_) => false,
        Parameter::Array(array) => array.buffer_ref().is_planned(),
    };
    if parameters.iter().any(is_planned) {
        return Ok(Vec::new());
    }
    let mut columns = columns(parameters, shape)?;
    let mut row = [0.0; N];
    let count = crate::array::layout::element_count(shape).unwrap_or(0);
    let rows = (0..count).map(|_| {
        for ((number, column), parameter) in row.iter_mut().zip(&mut columns).zip(parameters) {
            match (column.as_mut().and_then(Iterator::next), parameter) {
                (Some(element), _) => *number = element.as_f64(),
                (None, Parameter::Number(given)) => *number = *given,
                (None, Parameter::Array(_)) => {}
            }
        }
        row
    });
    Ok(rows.collect())
}

/// The elements of each parameter that is an array, stretched to the shape of the result.
///
/// # Errors
/// `ValueError` where that is no shape to which they stretch.
fn columns(parameters: &[Parameter], shape: &[usize]) -> Result<Vec<Option<crate::array::elements::Elements>>> {
    let mut shapes: Vec<Shape> = vec![shape.into()];
    shapes.extend(parameters.iter().map(Parameter::shape));
    let common = broadcast::broadcast_shapes(&shapes.iter().map(|shape| shape.as_slice()).collect::<Vec<_>>())?;
    if common[..] != *shape {
        let text = |shape: &[usize]| {
            let text = array_shape_text(shape);
            text.replace(',', ", ").replace(", )", ",)")
        };
        return Err(value_error(format!(
            "Output size {} is not compatible with broadcast dimensions of inputs {}.",
            text(shape),
            text(&common)
        ))
        .at_argument("size"));
    }
    let column = |parameter: &Parameter| match parameter {
        Parameter::Number(_) => Ok(None),
        Parameter::Array(array) => {
            let layout = broadcast::stretch(&array.layout(), shape)
                .ok_or_else(|| value_error("a parameter does not stretch to the size"))?;
            Ok(Some(elements(&calls::view(array, layout), Order::C)))
        }
    };
    parameters.iter().map(column).collect()
}
