//! Every element with every other: `outer`; and unbuffered work at chosen elements: `at`.

use super::flexible;
use super::resolve::{resolve, weak_scalar};
use super::scratch::Scratch;
use super::{Operand, Options, Outcome, Ufunc, call_one, float_status, overlap};
use crate::array::cast::{Caster, Casting, Strided};
use crate::array::layout::broadcast::stretch;
use crate::array::{ArrayRef, DType, NdArray, Order, Repeats, Runtime, Type};
use crate::error::{Result, value_error};
use crate::interrupt;
use smallvec::SmallVec;

/// `ufunc.outer(a, b)`: the result has the axes of both.
///
/// # Errors
/// `ValueError: outer product only supported for binary functions`, and as [`super::call()`].
pub fn outer(runtime: &Runtime, ufunc: &'static Ufunc, a: Operand, b: Operand, options: &Options) -> Result<Outcome> {
    if ufunc.nin != 2 {
        return Err(value_error("outer product only supported for binary functions"));
    }
    let extra = match &b {
        Operand::Array(array) => array.ndim(),
        _ => 0,
    };
    let a = match a {
        Operand::Array(array) if extra > 0 => {
            let mut layout = array.layout().clone();
            layout.shape.extend(std::iter::repeat_n(1, extra));
            layout.strides.extend(std::iter::repeat_n(0, extra));
            Operand::Array(NdArray::view(&array, layout))
        }
        other => other,
    };
    call_one(runtime, ufunc, &mut [a, b], options)
}

/// `ufunc.at(array, indices, b)`: applies the ufunc to elements of an array in place, one after the other, so that an
/// element that is named twice is changed twice (`ufunc_at`). `offsets` are the bytes in the array's buffer where
/// the elements start, in the C order of `shape`, the shape of the indexed part.
///
/// # Errors
/// NumPy's `ValueError` for a missing or superfluous second operand, and as [`super::call()`].
pub fn at(
    runtime: &Runtime,
    ufunc: &'static Ufunc,
    array: &ArrayRef,
    offsets: &[usize],
    shape: &[usize],
    second: Option<Operand>,
) -> Result<()> {
    if ufunc.nout != 1 || ufunc.nin > 2 {
        return Err(value_error("Only single output ufuncs supported at this time"));
    }
    if !array.layout().dtype.is_number() || second.as_ref().is_some_and(flexible::is_flexible) {
        let operands: Vec<Operand> = [Operand::Array(ArrayRef::clone(array))].into_iter().chain(second).collect();
        return Err(flexible::refusal(ufunc, &operands));
    }
    let mut operands: SmallVec<[Operand; 2]> = SmallVec::new();
    operands.push(Operand::Array(ArrayRef::clone(array)));
    match (ufunc.nin, second) {
        (1, None) => {}
        (2, Some(second)) => operands.push(second),
        (1, Some(_)) => return Err(value_error("second operand provided when ufunc is unary")),
        _ => return Err(value_error("second operand needed for ufunc")),
    }
    array.require_writeable("output array")?;
    let options = Options { casting: Casting::Unsafe, ..Options::default() };
    let resolved = resolve(ufunc, &operands, &options)?;
    // The second operand in the loop's type, stretched to the indexed part.
    let nin = ufunc.nin;
    let scratch = Scratch::take()?;
    let stretched = match operands.get(1) {
        Some(Operand::Array(values)) => {
            let ty = resolved.types[1];
            let layout = stretch(&values.layout(), shape)
                .ok_or_else(|| value_error("array is not broadcastable to correct shape"))?;
            let copy = NdArray::zeros(runtime, ty.into(), shape, Order::C)?;
            let target = copy.layout().clone();
            overlap::copy_between(runtime, &values.buffer(), &layout, &copy.buffer(), &target)?;
            Some(copy.buffer())
        }
        Some(number) => {
            let (value, status) = weak_scalar(number, resolved.types[1])?;
            float_status::report(runtime, status, "cast")?;
            scratch.put(1, value);
            None
        }
        None => None,
    };
    let (buffer, layout) = (array.buffer(), array.layout());
    let Some(bytes) = buffer.bytes().filter(|_| !runtime.ledger.is_planning()) else { return Ok(()) };
    let result: Type = resolved.types[nin];
    let read = Caster::new(&layout.dtype, &DType::new(resolved.types[0]));
    let write = Caster::new(&DType::new(result), &layout.dtype);
    let place = |k: usize| Strided { bytes: scratch.bytes(), offset: Scratch::scalar(k), stride: 0 };
    let direct = layout.dtype == DType::new(resolved.types[0])
        && layout.dtype == DType::new(result)
        && layout.is_aligned(bytes.address());
    let mut status = float_status::Status::NONE;
    let underflow = float_status::watches_underflow(runtime);
    let second_size = resolved.types[1].size();
    for (i, &offset) in offsets.iter().enumerate() {
        let element = Strided { bytes, offset, stride: 0 };
        let mut pieces: SmallVec<[Strided<'_>; 3]> = SmallVec::new();
        read.cast(element, place(0), 1)?;
        pieces.push(place(0));
        if nin == 2 {
            pieces.push(match stretched.as_ref().and_then(|buffer| buffer.bytes()) {
                Some(bytes) => Strided { bytes, offset: i * second_size, stride: 0 },
                None => place(1),
            });
        }
        pieces.push(if direct { element } else { place(2) });
        status |= (resolved.kernel)(&pieces, 1);
        if ufunc.rule != float_status::Rule::Unchecked && result.is_inexact() {
            status |= float_status::check(&resolved.types, nin, &pieces, 1, ufunc.rule, underflow);
        }
        if !direct {
            write.cast(place(2), element, 1)?;
        }
        if i & 0xf_ffff == 0xf_ffff {
            interrupt::check()?;
        }
    }
    if let Some(mut written) = runtime.places(array) {
        written.add(offsets);
        runtime.record_write_places(array, written, Repeats::EachCounts);
    }
    float_status::report(runtime, status | write.status(), ufunc.name)
}
