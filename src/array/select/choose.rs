//! `choose`: for each element, which of several arrays it comes from.

use super::super::assign::{arrays_overlap, copyto};
use super::super::cast::{Casting, Operand, Strided, move_bytes, result_dtype};
use super::super::copied::CopyReason;
use super::super::copy::{Requirements, from_array};
use super::super::dtype::{DType, Type};
use super::super::layout::broadcast::broadcast_shapes;
use super::super::layout::{Layout, Order, Traversal};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::ClipMode;
use crate::error::{Result, type_error, value_error};
use smallvec::SmallVec;
use std::rc::Rc;

/// `np.choose(selector, choices, out, mode)`: element `i` of the result is element `i` of `choices[selector[i]]`, all
/// broadcast together and of the choices' common type (`PyArray_Choose`).
///
/// # Errors
/// `ValueError: invalid entry in choice array`, and the one for shapes that do not broadcast; `TypeError: choose:
/// invalid shape for output array.`, and the one for a selector that is not of integers; `MemoryError`.
pub fn choose(
    runtime: &Runtime,
    selector: &ArrayRef,
    choices: &[ArrayRef],
    out: Option<&ArrayRef>,
    mode: ClipMode,
) -> Result<ArrayRef> {
    if choices.is_empty() {
        return Err(value_error("0-length sequence."));
    }
    let dtypes: SmallVec<[DType; 4]> = choices.iter().map(|choice| choice.dtype()).collect();
    let operands: SmallVec<[Operand; 4]> = dtypes.iter().map(|dtype| dtype.ty().into()).collect();
    let dtype = result_dtype(&operands, &dtypes)?;
    let writeable = Requirements { writeable: true, ..Requirements::CARRAY };
    let choices = choices
        .iter()
        .map(|choice| from_array(runtime, choice, &dtype, writeable, Casting::Safe))
        .collect::<Result<SmallVec<[ArrayRef; 4]>>>()?;
    let selector = from_array(runtime, selector, &Type::Int64.into(), writeable, Casting::Safe)?;
    let shapes: SmallVec<[_; 4]> = choices.iter().chain([&selector]).map(|array| array.shape()).collect();
    let shape = broadcast_shapes(&shapes.iter().map(|shape| shape.as_slice()).collect::<SmallVec<[&[usize]; 4]>>())?;
    let target = match out {
        None => {
            let target = NdArray::zeros(runtime, dtype.clone(), &shape, Order::C)?;
            runtime.record_copy(&choices[0], &target, CopyReason::Picked { count: choices.len() });
            target
        }
        Some(out) => {
            if out.shape() != shape {
                return Err(type_error("choose: invalid shape for output array."));
            }
            out.require_writeable("output array")?;
            let direct = mode != ClipMode::Raise
                && out.dtype() == dtype
                && out.layout().is_c_contiguous()
                && !choices.iter().any(|choice| arrays_overlap(out, choice));
            if direct { Rc::clone(out) } else { NdArray::zeros(runtime, dtype.clone(), &shape, Order::C)? }
        }
    };
    let layouts: SmallVec<[Layout; 4]> =
        [&target, &selector].into_iter().chain(&choices).map(|array| array.layout().clone()).collect();
    let walk = Traversal::new(&shape, &layouts.iter().collect::<SmallVec<[&Layout; 4]>>(), Order::C, false);
    let (write, index) = (target.buffer(), selector.buffer());
    let sources: SmallVec<[_; 4]> = choices.iter().map(|choice| choice.buffer()).collect();
    if let (Some(to), Some(index)) = (write.bytes(), index.bytes()) {
        walk.for_each_run(|starts, steps, count| {
            let at = |op: usize, i: usize| starts[op].wrapping_add_signed(steps[op].wrapping_mul(i as isize));
            let index = index.run::<i64>(starts[1], steps[1], count)?;
            for i in 0..count {
                let chosen = match mode {
                    ClipMode::Raise => usize::try_from(index.get(i)).ok().filter(|&n| n < choices.len()),
                    mode => mode.adjust(index.get(i), choices.len()),
                };
                let Some(chosen) = chosen else { return Err(value_error("invalid entry in choice array")) };
                let Some(from) = sources[chosen].bytes() else { continue };
                let src = Strided { bytes: from, offset: at(2 + chosen, i), stride: 0 };
                move_bytes(src, Strided { bytes: to, offset: at(0, i), stride: 0 }, 1, dtype.itemsize())?;
            }
            Ok(())
        })?;
    }
    let Some(out) = out else { return Ok(target) };
    if Rc::ptr_eq(out, &target) {
        runtime.record_write(out, None);
    } else {
        copyto(runtime, out, &target, Casting::Unsafe, None)?;
    }
    Ok(Rc::clone(out))
}
