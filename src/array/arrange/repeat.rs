//! Repeating elements along an axis.

use super::super::cast::Casting;
use super::super::copied::{CopyReason, Rearranged};
use super::super::copy::{Requirements, from_array};
use super::super::dtype::Type;
use super::super::layout::Order;
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::sort::check_axis;
use crate::error::{Result, value_error};
use crate::memory::Plain;
use crate::{interrupt, with_unit};
use std::cell::Cell;

/// `np.repeat(array, repeats, axis)`: every slice along the axis as often as `repeats` says, which has one count for all
/// or one for each. `axis=None` flattens first (`PyArray_Repeat`, item_selection.c).
///
/// # Errors
/// `ValueError: repeats may not contain negative values.`, `operands could not be broadcast together with shape (2,)
/// (3,)`; `TypeError` for counts that are not integers; `AxisError`; `MemoryError`.
pub fn repeat(runtime: &Runtime, array: &ArrayRef, repeats: &ArrayRef, axis: Option<isize>) -> Result<ArrayRef> {
    let writeable = Requirements { writeable: true, ..Requirements::CARRAY };
    if repeats.ndim() > 1 {
        return Err(value_error("object too deep for desired array"));
    }
    let repeats = from_array(runtime, repeats, &Type::Int64.into(), writeable, Casting::Safe)?;
    let (source, axis) = check_axis(runtime, array, axis)?;
    let source = from_array(runtime, &source, &source.dtype(), writeable, Casting::Safe)?;
    let mut shape = source.shape();
    let len = shape[axis];
    let buffer = repeats.buffer();
    let counts: Vec<i64> = match buffer.bytes() {
        Some(bytes) => {
            let run = bytes.run::<i64>(repeats.layout().offset, 8, repeats.size())?;
            (0..run.len()).map(|i| run.get(i)).collect()
        }
        None => vec![0; repeats.size()],
    };
    let counts = match *counts.as_slice() {
        [all] => {
            if all < 0 && len > 0 {
                return Err(value_error("negative dimensions are not allowed"));
            }
            vec![all.max(0) as usize; len]
        }
        _ if counts.len() != len => {
            return Err(value_error(format!(
                "operands could not be broadcast together with shape ({len},) ({},)",
                counts.len()
            )));
        }
        _ => counts
            .iter()
            .map(|&count| usize::try_from(count).map_err(|_| value_error("repeats may not contain negative values.")))
            .collect::<Result<Vec<usize>>>()?,
    };
    shape[axis] = counts.iter().try_fold(0usize, |sum, &count| sum.checked_add(count)).unwrap_or(usize::MAX);
    let dtype = source.dtype();
    let result = NdArray::zeros(runtime, dtype.clone(), &shape, Order::C)?;
    runtime.record_copy(array, &result, CopyReason::Rearranged(Rearranged::Repeated));
    let (read, write) = (source.buffer(), result.buffer());
    let (Some(from), Some(to)) = (read.bytes(), write.bytes()) else { return Ok(result) };
    let chunk: usize = shape[axis + 1..].iter().product();
    // What is no number is moved as its bytes.
    let (ty, unit) = if dtype.is_number() { (dtype.ty(), 1) } else { (Type::UInt8, dtype.itemsize()) };
    let chunk = chunk * unit;
    with_unit!(ty, T => {
        let size = size_of::<T>() as isize;
        let from = from.run::<T>(source.layout().offset, size, source.size() * unit)?;
        let to = to.run::<T>(0, size, result.size() * unit)?;
        if let (Some(from), Some(to)) = (from.cells(), to.cells()) {
            repeat_chunks(from, to, &counts, chunk)?;
        }
    });
    Ok(result)
}

/// Writes every chunk of every block of `counts.len()` chunks as often as its count says.
fn repeat_chunks<T: Plain>(from: &[Cell<T>], to: &[Cell<T>], counts: &[usize], chunk: usize) -> Result<()> {
    if to.is_empty() {
        return Ok(());
    }
    let mut left = to;
    for (i, part) in from.chunks_exact(chunk).enumerate() {
        let count = counts[i % counts.len()];
        let (target, rest) = left.split_at(count * chunk);
        left = rest;
        if let [one] = part {
            target.iter().for_each(|to| to.set(one.get()));
        } else {
            for copy in target.chunks_exact(chunk) {
                copy.iter().zip(part).for_each(|(to, from)| to.set(from.get()));
            }
        }
        if i % (1 << 16) == 0 {
            interrupt::check()?;
        }
    }
    Ok(())
}
