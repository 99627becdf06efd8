//! Calls a function of Python's values for every element of arrays that are brought to one shape.

use super::{Input, object_at};
use crate::array::assign::{arrays_overlap, copyto};
use crate::array::cast::{Casting, can_cast};
use crate::array::layout::broadcast::{broadcast_operands, non_broadcastable_output, stretch};
use crate::array::layout::k_order::allocate_output;
use crate::array::layout::{Layout, Shape};
use crate::array::{ArrayRef, DType, NdArray, Scalar, Type};
use crate::error::{Error, ErrorClass, Result, value_error};
use crate::registry::Context;
use crate::ufunc::Options;
use crate::value::{Value, is_true, object_item};
use smallvec::SmallVec;
use std::rc::Rc;

/// A function of the elements that stand at one place: as many results as there are outputs.
pub type Apply<'a> = &'a mut dyn FnMut(&mut Context, &[Value]) -> Result<Vec<Value>>;

/// The results of `apply` for all elements of `arrays`, one new array of objects for each of `nout` results, or the
/// arrays given as `out`.
///
/// # Errors
/// `ValueError` where the shapes do not fit; those of `apply`.
pub fn each(
    context: &mut Context,
    arrays: &[ArrayRef],
    nout: usize,
    options: &Options,
    name: &str,
    apply: Apply<'_>,
) -> Result<Vec<ArrayRef>> {
    let inputs: Vec<Input> = arrays.iter().cloned().map(Input::Array).collect();
    run(context, &inputs, &vec![Type::Object.into(); nout], options, name, apply)
}

/// Puts a value into an element: a truth, or a reference.
pub(super) fn put(array: &NdArray, offset: usize, value: &Value) -> Result<()> {
    let dtype = array.dtype();
    let item = if dtype.ty() == Type::Bool { Scalar::Bool(is_true(value)?).into() } else { object_item(value) };
    item.write(&array.buffer_ref(), offset, &dtype)
}

/// As [`each`], where operands may be numbers, and results truths.
pub(super) fn run(
    context: &mut Context,
    inputs: &[Input],
    dtypes: &[DType],
    options: &Options,
    name: &str,
    apply: Apply<'_>,
) -> Result<Vec<ArrayRef>> {
    let layouts: Vec<Layout> = inputs.iter().map(layout_of).collect();
    let outs: Vec<Option<ArrayRef>> = (0..dtypes.len()).map(|k| options.out.get(k).cloned().flatten()).collect();
    let given: Vec<Shape> = outs.iter().flatten().map(|out| out.shape()).collect();
    let mut shapes: SmallVec<[&[usize]; 3]> = layouts.iter().map(|layout| layout.shape.as_slice()).collect();
    shapes.extend(given.iter().map(|shape| shape.as_slice()));
    let shape = broadcast_operands(&shapes)?;
    if let Some(wrong) = given.iter().find(|given| **given != shape) {
        return Err(non_broadcastable_output(wrong, &shape));
    }
    for (out, dtype) in outs.iter().zip(dtypes) {
        let Some(out) = out else { continue };
        out.require_writeable("output array")?;
        if !can_cast(dtype, &out.dtype(), options.casting) {
            let message = format!(
                "Cannot cast ufunc '{name}' output from {} to {} with casting rule '{}'",
                dtype.repr(),
                out.dtype().repr(),
                options.casting.name()
            );
            return Err(Error::new(ErrorClass::UFuncOutputCastingError, message));
        }
    }
    let operands: Vec<&Layout> = layouts.iter().collect();
    let mut results = Vec::new();
    for (out, dtype) in outs.iter().zip(dtypes) {
        let overlaps = |out: &ArrayRef| {
            inputs.iter().any(|input| match input {
                Input::Array(array) => arrays_overlap(out, array) && *out.layout() != *array.layout(),
                Input::Value(_) => false,
            })
        };
        let direct = out.as_ref().filter(|out| {
            // a truth is an object too
            let fits = out.dtype() == *dtype || out.dtype().ty() == Type::Object;
            fits && options.where_.is_none() && !overlaps(out)
        });
        results.push(match direct {
            Some(out) => Rc::clone(out),
            None => {
                let layout = allocate_output(&operands, &shape, dtype, options.order);
                let is_known = inputs.iter().all(is_known);
                let new = || NdArray::allocate(&context.runtime, layout);
                context.runtime.ledger.with_constants(is_known, new)?
            }
        });
    }
    if inputs.iter().all(is_known) && results.iter().all(|result| result.buffer_ref().bytes().is_some()) {
        fill(context, inputs, &layouts, &shape, options, &results, apply)?;
    }
    for (result, out) in results.iter_mut().zip(outs) {
        let Some(out) = out else { continue };
        if Rc::ptr_eq(&out, result) {
            context.runtime.record_write(&out, None);
        } else {
            copyto(&context.runtime, &out, result, Casting::Unsafe, options.where_.as_ref())?;
            *result = out;
        }
    }
    Ok(results)
}

/// Calls `apply` for every place of `shape`, and stores what it gives.
fn fill(
    context: &mut Context,
    inputs: &[Input],
    layouts: &[Layout],
    shape: &Shape,
    options: &Options,
    results: &[ArrayRef],
    apply: Apply<'_>,
) -> Result<()> {
    let spread = |layout: &Layout| stretch(layout, shape).ok_or_else(|| value_error("shapes do not fit"));
    let spread_inputs = layouts.iter().map(spread).collect::<Result<Vec<_>>>()?;
    let targets: Vec<Layout> = results.iter().map(|result| result.layout().clone()).collect();
    let mask = match &options.where_ {
        Some(mask) => Some((Rc::clone(mask), spread(&mask.layout())?)),
        None => None,
    };
    let count: usize = shape.iter().product();
    let mut values = Vec::with_capacity(inputs.len());
    for number in 0..count {
        if number % 1024 == 0 {
            crate::interrupt::check()?;
        }
        if let Some((mask, layout)) = &mask
            && !mask.read(layout.offset_of(number)).is_true()
        {
            continue;
        }
        values.clear();
        values.extend(inputs.iter().zip(&spread_inputs).map(|(input, layout)| match input {
            Input::Array(array) => object_at(array, layout.offset_of(number)),
            Input::Value(value) => value.clone(),
        }));
        let made = apply(context, &values)?;
        for ((result, layout), value) in results.iter().zip(&targets).zip(&made) {
            put(result, layout.offset_of(number), value)?;
        }
    }
    Ok(())
}

fn layout_of(input: &Input) -> Layout {
    match input {
        Input::Array(array) => array.layout().clone(),
        Input::Value(_) => Layout::contiguous(Type::Object.into(), &[], crate::array::Order::C),
    }
}

/// Whether the elements are there, which they are not in a plan.
fn is_known(input: &Input) -> bool {
    match input {
        Input::Array(array) => !array.buffer_ref().is_planned(),
        Input::Value(_) => true,
    }
}
