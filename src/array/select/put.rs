//! Overwriting chosen elements of the flattened array: `put`, `putmask`, `place`.
//!
//! Like NumPy, all three work on C-contiguous memory: another array is copied, changed, and written back.

use super::super::assign::{arrays_overlap, copy_into};
use super::super::cast::{Casting, Strided};
use super::super::copy::{Requirements, from_array};
use super::super::dtype::{DType, Type};
use super::super::index::{BLOCK, gather, scatter};
use super::super::layout::Places;
use super::super::layout::basic_index::normalize_index;
use super::super::ndarray::ArrayRef;
use super::super::runtime::Runtime;
use super::super::write::Repeats;
use super::ClipMode;
use crate::error::{Result, index_error, value_error};
use crate::interrupt;
use crate::memory::{AlignedBytes, OutOfMemory};
use std::rc::Rc;

const WRITEABLE: Requirements = Requirements { writeable: true, ..Requirements::CARRAY };

/// Memory that is written in place of an array, and goes back to it in the end.
struct Target<'a> {
    array: &'a ArrayRef,
    work: ArrayRef,
    side: AlignedBytes,
    written: Option<Places>,
}

impl<'a> Target<'a> {
    fn new(runtime: &Runtime, array: &'a ArrayRef, copy: bool, aligned: bool) -> Result<Target<'a>> {
        let wanted = Requirements { copy, aligned, ..WRITEABLE };
        let work = from_array(runtime, array, &array.dtype(), wanted, Casting::Safe)?;
        let bytes = BLOCK * array.dtype().itemsize();
        let side = AlignedBytes::zeroed(bytes).ok_or(OutOfMemory { bytes })?;
        Ok(Target { array, work, side, written: runtime.places(array) })
    }

    /// Puts value number `value` of a contiguous array into element number `place`, for at most [`BLOCK`] pairs.
    fn put(&mut self, values: &ArrayRef, pairs: &[(usize, usize)]) -> Result<()> {
        if let Some(written) = &mut self.written {
            let layout = self.array.layout();
            pairs.iter().for_each(|&(place, _)| written.add(&[layout.offset_of(place)]));
        }
        let (dtype, itemsize) = (self.work.dtype(), self.work.layout().itemsize());
        let (read, write) = (values.buffer(), self.work.buffer());
        let (Some(from), Some(to)) = (read.bytes(), write.bytes()) else { return Ok(()) };
        let (from_start, to_start) = (values.layout().offset, self.work.layout().offset);
        let sources: Vec<usize> = pairs.iter().map(|&(_, value)| from_start + value * itemsize).collect();
        let places: Vec<usize> = pairs.iter().map(|&(place, _)| to_start + place * itemsize).collect();
        let side = Strided { bytes: &self.side, offset: 0, stride: itemsize as isize };
        gather(from, &sources, side, &dtype)?;
        scatter(side, to, &places, &dtype)
    }

    /// Ends the work.
    fn finish(self, runtime: &Runtime) -> Result<()> {
        if !Rc::ptr_eq(self.array, &self.work) {
            copy_into(runtime, self.array, &self.work, None, Casting::Unsafe)?;
        }
        match self.written {
            Some(_) if self.work.buffer_ref().is_planned() => runtime.record_write(self.array, Some(self.array.size())),
            Some(written) => runtime.record_write_places(self.array, written, Repeats::LastStays),
            None => {}
        }
        Ok(())
    }
}

/// Hands out pairs in blocks.
fn put_all(
    target: &mut Target<'_>,
    values: &ArrayRef,
    pairs: impl Iterator<Item = Result<(usize, usize)>>,
) -> Result<()> {
    let mut block: Vec<(usize, usize)> = Vec::with_capacity(BLOCK);
    for pair in pairs {
        match pair {
            Ok(pair) => block.push(pair),
            Err(error) => {
                target.put(values, &block)?;
                return Err(error);
            }
        }
        if block.len() == BLOCK {
            target.put(values, &block)?;
            block.clear();
            interrupt::check()?;
        }
    }
    target.put(values, &block)
}

/// `array.put(indices, values, mode)`: `array.flat[indices] = values`, the values repeated as often as needed
/// (`PyArray_PutTo`).
///
/// # Errors
/// `ValueError: put: output array is read-only`; `IndexError: cannot replace elements of an empty array` and the usual
/// one for an index out of bounds; `TypeError` for indices that are not integers; `MemoryError`.
pub fn put(runtime: &Runtime, array: &ArrayRef, indices: &ArrayRef, values: &ArrayRef, mode: ClipMode) -> Result<()> {
    array.require_writeable("put: output array")?;
    let indices = from_array(runtime, indices, &Type::Int64.into(), WRITEABLE, Casting::Safe)?;
    if indices.size() > 0 && array.size() == 0 {
        return Err(index_error("cannot replace elements of an empty array"));
    }
    let dtype = array.dtype();
    super::super::cast::warn_discards_imaginary(runtime, &values.dtype(), &dtype);
    let values = from_array(runtime, values, &dtype, WRITEABLE, Casting::Unsafe)?;
    let (len, given) = (array.size(), values.size());
    if given == 0 {
        return Ok(());
    }
    let overlap = arrays_overlap(array, &values) || arrays_overlap(array, &indices);
    let mut target = Target::new(runtime, array, overlap || !array.layout().is_c_contiguous(), false)?;
    let buffer = indices.buffer();
    if let Some(bytes) = buffer.bytes() {
        let index = bytes.run::<i64>(indices.layout().offset, 8, indices.size())?;
        let pairs = (0..index.len()).map(|i| {
            let place = match mode.adjust(index.get(i), len) {
                Some(place) => place,
                None => normalize_index(index.get(i) as isize, len, 0)?,
            };
            Ok((place, i % given))
        });
        put_all(&mut target, &values, pairs)?;
    }
    target.finish(runtime)
}

/// A mask as C-contiguous bools, whatever its dtype.
fn prepare_mask(runtime: &Runtime, mask: &ArrayRef) -> Result<ArrayRef> {
    from_array(runtime, mask, &DType::new(Type::Bool), WRITEABLE, Casting::Unsafe)
}

/// The places where a contiguous mask is true; none where it is only planned.
fn true_places(mask: &ArrayRef) -> Result<Vec<usize>> {
    let buffer = mask.buffer();
    if buffer.is_planned() {
        return Ok(Vec::new());
    }
    let run = buffer.run::<u8>(mask.layout().offset, 1, mask.size())?;
    let cells = run.cells().unwrap_or(&[]);
    Ok(cells.iter().enumerate().filter(|(_, truth)| truth.get() != 0).map(|(i, _)| i).collect())
}

/// `np.putmask(array, mask, values)`: where the mask is true, element `i` becomes `values[i % len(values)]`
/// (`PyArray_PutMask`).
///
/// # Errors
/// `ValueError: putmask: output array is read-only`, `putmask: mask and data must be the same size`; `TypeError` where
/// the values do not cast safely; `MemoryError`.
pub fn putmask(runtime: &Runtime, array: &ArrayRef, mask: &ArrayRef, values: &ArrayRef) -> Result<()> {
    array.require_writeable("putmask: output array")?;
    let mask = prepare_mask(runtime, mask)?;
    if mask.size() != array.size() {
        return Err(value_error("putmask: mask and data must be the same size"));
    }
    let values = from_array(runtime, values, &array.dtype(), WRITEABLE, Casting::Safe)?;
    let given = values.size();
    if given == 0 {
        return Ok(());
    }
    let overlap = arrays_overlap(array, &values) || arrays_overlap(array, &mask);
    let mut target = Target::new(runtime, array, overlap, overlap || !array.layout().is_c_contiguous())?;
    let places = true_places(&mask)?;
    put_all(&mut target, &values, places.iter().map(|&place| Ok((place, place % given))))?;
    target.finish(runtime)
}

/// `np.place(array, mask, values)`: where the mask is true, the next value, from the first again after the last
/// (`arr_place`, compiled_base.c).
///
/// # Errors
/// `ValueError: place: mask and data must be the same size`, `Cannot insert from an empty array!`; `TypeError` where
/// the values do not cast safely; `MemoryError`.
pub fn place(runtime: &Runtime, array: &ArrayRef, mask: &ArrayRef, values: &ArrayRef) -> Result<()> {
    array.require_writeable("WRITEBACKIFCOPY base")?;
    let mut target = Target::new(runtime, array, false, true)?;
    let mask = prepare_mask(runtime, mask)?;
    if mask.size() != array.size() {
        return Err(value_error("place: mask and data must be the same size"));
    }
    let values = from_array(runtime, values, &array.dtype(), WRITEABLE, Casting::Safe)?;
    let (given, places) = (values.size(), true_places(&mask)?);
    if given == 0 {
        return if places.is_empty() { Ok(()) } else { Err(value_error("Cannot insert from an empty array!")) };
    }
    put_all(&mut target, &values, places.iter().enumerate().map(|(n, &place)| Ok((place, n % given))))?;
    target.finish(runtime)
}
