//! The shortest way from operands to a result: a few elements side by side, nothing to cast, one run of the loop.
//!
//! Most arrays that people type have six elements; for them the general way ([`super::call()`]) is all preparation.
//! NumPy has the same short cut (`try_trivial_single_output_loop`, ufunc_object.c).

use super::float_status::{self, Rule, Status};
use super::resolve::Resolved;
use super::scratch::Scratch;
use super::{Operand, Ufunc};
use crate::array::cast::Strided;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Runtime};
use crate::error::Result;
use crate::memory::Buffer;
use std::cell::Ref;
use std::rc::Rc;

/// The most elements that are computed in one go.
const FEW: usize = 1024;

/// The result of a call with one output that is not given; `None` where the general way must be taken.
///
/// # Errors
/// As [`super::call()`].
#[inline]
pub fn try_trivial(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    operands: &[Operand],
    resolved: &Resolved,
) -> Result<Option<ArrayRef>> {
    let nin = ufunc.nin;
    let mut first: Option<Ref<'_, Layout>> = None;
    // No ufunc has more than three inputs.
    let mut buffers: [Option<Ref<'_, Rc<Buffer>>>; 3] = [const { None }; 3];
    let mut offsets = [0usize; 3];
    for (k, operand) in operands.iter().enumerate().take(3) {
        let Operand::Array(array) = operand else {
            offsets[k] = Scratch::scalar(k);
            continue;
        };
        let layout = array.layout();
        let buffer = array.buffer_ref();
        let ready = layout.dtype.ty() == resolved.types[k]
            && layout.dtype.is_native()
            && layout.ndim() > 0
            && layout.is_c_contiguous()
            && layout.is_aligned(buffer.address());
        if !ready || first.as_ref().is_some_and(|first| first.shape != layout.shape) {
            return Ok(None);
        }
        offsets[k] = layout.offset;
        buffers[k] = Some(buffer);
        first.get_or_insert(layout);
    }
    let Some(first) = first else { return Ok(None) };
    let count = first.size();
    if count > FEW {
        return Ok(None);
    }
    let scratch = Scratch::take()?;
    let mut casts = Status::NONE;
    for (k, operand) in operands.iter().enumerate() {
        if !matches!(operand, Operand::Array(_)) {
            let (value, met) = resolved.scalar(k, operand)?;
            casts |= met;
            scratch.put(k, value);
        }
    }
    float_status::report(runtime, casts, "cast")?;
    let ty = resolved.types[nin];
    let result = NdArray::allocate(runtime, Layout::contiguous(DType::new(ty), &first.shape, Order::C))?;
    {
        let target = result.buffer_ref();
        let mut pieces = [Strided { bytes: scratch.bytes(), offset: 0, stride: 0 }; 4];
        for (k, piece) in pieces.iter_mut().enumerate().take(nin) {
            piece.offset = offsets[k];
            if let Some(buffer) = &buffers[k] {
                let Some(bytes) = buffer.bytes() else { return Ok(Some(Rc::clone(&result))) };
                *piece = Strided { bytes, offset: offsets[k], stride: resolved.types[k].size() as isize };
            }
        }
        let Some(bytes) = target.bytes() else { return Ok(Some(Rc::clone(&result))) };
        pieces[nin] = Strided { bytes, offset: 0, stride: ty.size() as isize };
        let pieces = &pieces[..=nin];
        if count > 0 {
            let mut status = (resolved.kernel)(pieces, count);
            if ufunc.rule != Rule::Unchecked && ty.is_inexact() {
                let underflow = float_status::watches_underflow(runtime);
                status |= float_status::check(&resolved.types, nin, pieces, count, ufunc.rule, underflow);
            }
            float_status::report(runtime, status, ufunc.name)?;
        }
    }
    Ok(Some(result))
}
