//! Reductions of objects: a function of two values between all elements along axes.

use super::elementwise::put;
use super::operation::Operation;
use super::{Input, object_at};
use crate::array::assign::copyto;
use crate::array::cast::Casting;
use crate::array::layout::broadcast::stretch;
use crate::array::layout::transpose::{normalize_axis_index, permute};
use crate::array::layout::{Layout, Shape};
use crate::array::{ArrayRef, NdArray, Order, Type};
use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::registry::Context;
use crate::ufunc::{Identity, ReduceOptions, Ufunc, reduced_axes};
use crate::value::Value;

/// A function of two values.
type Between<'a> = &'a mut dyn FnMut(&mut Context, &Value, &Value) -> Result<Value>;

/// How a reduction is called, and what it gives for no elements.
pub struct Fold {
    /// The function's name, for messages.
    pub name: String,
    /// What it gives for no elements.
    pub identity: Option<Value>,
    /// Whether the order of the elements does not matter, so that several axes may go at once.
    pub reorderable: bool,
}

impl Fold {
    /// That of a universal function.
    pub(super) fn of(ufunc: &Ufunc) -> Fold {
        let logical = ufunc.name.starts_with("logical");
        let identity = match ufunc.identity {
            Identity::Zero if logical => Some(Value::Bool(false)),
            Identity::One if logical => Some(Value::Bool(true)),
            Identity::Zero => Some(Value::int(0)),
            Identity::One => Some(Value::int(1)),
            Identity::MinusOne => Some(Value::int(-1)),
            _ => None,
        };
        Fold { name: ufunc.name.to_string(), identity, reorderable: ufunc.identity != Identity::None }
    }
}

/// The result of a reduction goes to `out`, or is itself the result.
fn delivered(context: &mut Context, result: ArrayRef, out: Option<&ArrayRef>) -> Result<ArrayRef> {
    let Some(out) = out else { return Ok(result) };
    if out.shape() != result.shape() {
        return Err(value_error(format!(
            "output parameter for reduction operation has the wrong number of dimensions: Found {} but expected {}",
            out.ndim(),
            result.ndim()
        )));
    }
    copyto(&context.runtime, out, &result, Casting::Unsafe, None)?;
    Ok(out.clone())
}

fn new_objects(context: &Context, array: &ArrayRef, shape: &[usize]) -> Result<ArrayRef> {
    let new = || NdArray::zeros(&context.runtime, Type::Object.into(), shape, Order::C);
    context.runtime.ledger.with_constants(!array.buffer_ref().is_planned(), new)
}

/// `reduce` with a function of two values. The result has no axes where all were reduced.
///
/// # Errors
/// Axes that are not there; `ValueError` for no elements without an identity; those of `between`.
pub fn reduce_with(
    context: &mut Context,
    fold: &Fold,
    array: &ArrayRef,
    options: &ReduceOptions,
    between: Between<'_>,
) -> Result<ArrayRef> {
    let ndim = array.ndim();
    let flags = reduced_axes(&options.axes, ndim)?;
    let reduced: Vec<usize> = (0..ndim).filter(|&axis| flags[axis]).collect();
    if reduced.len() > 1 && !fold.reorderable {
        return Err(value_error(format!(
            "reduction operation '{}' is not reorderable, so at most one axis may be specified",
            fold.name
        )));
    }
    let kept: Vec<usize> = (0..ndim).filter(|axis| !reduced.contains(axis)).collect();
    let order: Vec<usize> = kept.iter().chain(&reduced).copied().collect();
    let layout = permute(&array.layout(), &order);
    let outer: usize = layout.shape[..kept.len()].iter().product();
    let inner: usize = layout.shape[kept.len()..].iter().product();
    let shape: Shape = match options.keepdims {
        true => (0..ndim).map(|axis| if reduced.contains(&axis) { 1 } else { array.layout().shape[axis] }).collect(),
        false => layout.shape[..kept.len()].into(),
    };
    let initial = match &options.initial {
        None => None,
        Some(None) => Some(None),
        Some(Some(operand)) => Some(Some(match super::input(operand) {
            Input::Value(value) => value,
            Input::Array(array) => object_at(&array, array.layout().offset),
        })),
    };
    let start = match &initial {
        Some(given) => given.clone(),
        None => None,
    };
    let empty = match (&initial, &fold.identity) {
        (Some(given), _) => given.clone(),
        (None, identity) => identity.clone(),
    };
    if inner == 0 && outer > 0 && empty.is_none() {
        let message = format!("zero-size array to reduction operation {} which has no identity", fold.name);
        return Err(value_error(message));
    }
    let mask = match &options.where_ {
        None => None,
        Some(_) if start.is_none() => {
            return Err(value_error(format!(
                "reduction operation '{}' does not have an identity, so to use a where mask one has to specify 'initial'",
                fold.name
            )));
        }
        Some(mask) => {
            let spread = stretch(&mask.layout(), &array.shape()).ok_or_else(|| value_error("the mask does not fit"))?;
            Some((mask.clone(), permute(&spread, &order)))
        }
    };
    let result = new_objects(context, array, &shape)?;
    if !array.buffer_ref().is_planned() {
        for number in 0..outer {
            let mut so_far = start.clone();
            for place in 0..inner {
                if place % 1024 == 0 {
                    crate::interrupt::check()?;
                }
                let at = number * inner + place;
                if let Some((mask, layout)) = &mask
                    && !mask.read(layout.offset_of(at)).is_true()
                {
                    continue;
                }
                let value = object_at(array, layout.offset_of(at));
                so_far = Some(match so_far {
                    None => value,
                    Some(before) => between(context, &before, &value)?,
                });
            }
            let value = so_far.or_else(|| empty.clone()).unwrap_or(Value::None);
            let place = result.layout().offset_of(number);
            put(&result, place, &value)?;
        }
    }
    delivered(context, result, options.out.as_ref())
}

/// The layout of an array with `axis` last.
fn lines(array: &ArrayRef, axis: usize) -> Layout {
    let order: Vec<usize> = (0..array.ndim()).filter(|&other| other != axis).chain([axis]).collect();
    permute(&array.layout(), &order)
}

/// `accumulate` with a function of two values.
///
/// # Errors
/// `TypeError: cannot accumulate on a scalar`; axes that are not there; those of `between`.
pub fn accumulate_with(
    context: &mut Context,
    array: &ArrayRef,
    axis: isize,
    out: Option<&ArrayRef>,
    between: Between<'_>,
) -> Result<ArrayRef> {
    if array.ndim() == 0 {
        return Err(type_error("cannot accumulate on a scalar"));
    }
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    let result = new_objects(context, array, &array.shape())?;
    if !array.buffer_ref().is_planned() {
        let (from, to) = (lines(array, axis), lines(&result, axis));
        let length = array.layout().shape[axis];
        for number in 0..array.size().checked_div(length).unwrap_or(0) {
            let mut so_far: Option<Value> = None;
            for place in number * length..(number + 1) * length {
                crate::interrupt::check()?;
                let value = object_at(array, from.offset_of(place));
                let value = match &so_far {
                    None => value,
                    Some(before) => between(context, before, &value)?,
                };
                put(&result, to.offset_of(place), &value)?;
                so_far = Some(value);
            }
        }
    }
    delivered(context, result, out)
}

/// `reduceat` with a function of two values.
///
/// # Errors
/// `IndexError: index 5 out-of-bounds in add.reduceat [0, 3)`; axes that are not there; those of `between`.
pub(super) fn reduceat_with(
    context: &mut Context,
    name: &str,
    array: &ArrayRef,
    indices: &[i64],
    axis: isize,
    out: Option<&ArrayRef>,
    between: Between<'_>,
) -> Result<ArrayRef> {
    if array.ndim() == 0 {
        return Err(type_error("cannot reduceat on a scalar"));
    }
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    let length = array.layout().shape[axis];
    if let Some(wrong) = indices.iter().find(|&&index| index < 0 || index >= length as i64) {
        let message = format!("index {wrong} out-of-bounds in {name}.reduceat [0, {length})");
        return Err(Error::new(ErrorClass::IndexError, message));
    }
    let mut shape = array.shape();
    shape[axis] = indices.len();
    let result = new_objects(context, array, &shape)?;
    if !array.buffer_ref().is_planned() {
        let (from, to) = (lines(array, axis), lines(&result, axis));
        for number in 0..array.size().checked_div(length).unwrap_or(0) {
            for (k, &start) in indices.iter().enumerate() {
                let start = start as usize;
                let next = indices.get(k + 1).map_or(length, |&next| next as usize);
                let mut value = object_at(array, from.offset_of(number * length + start));
                for place in start + 1..next.max(start + 1) {
                    crate::interrupt::check()?;
                    value = between(context, &value, &object_at(array, from.offset_of(number * length + place)))?;
                }
                put(&result, to.offset_of(number * indices.len() + k), &value)?;
            }
        }
    }
    delivered(context, result, out)
}

/// `at`: applies an operation to elements one after the other, in place.
pub(super) fn at_with(
    context: &mut Context,
    array: &ArrayRef,
    offsets: &[usize],
    shape: &[usize],
    second: Option<Input>,
    operation: &Operation,
) -> Result<()> {
    if array.buffer_ref().is_planned() {
        context.runtime.record_write(array, Some(offsets.len()));
        return Ok(());
    }
    let spread = match &second {
        Some(Input::Array(second)) => Some(
            stretch(&second.layout(), shape)
                .ok_or_else(|| value_error("array is not broadcastable to correct shape"))?,
        ),
        _ => None,
    };
    for (number, &offset) in offsets.iter().enumerate() {
        let mut values = vec![object_at(array, offset)];
        match (&second, &spread) {
            (Some(Input::Array(second)), Some(layout)) => values.push(object_at(second, layout.offset_of(number))),
            (Some(Input::Value(value)), _) => values.push(value.clone()),
            _ => {}
        }
        let value = operation.apply(context, &values)?;
        crate::value::object_item(&value).write(&array.buffer_ref(), offset, &array.dtype())?;
    }
    context.runtime.record_write(array, Some(offsets.len()));
    Ok(())
}
