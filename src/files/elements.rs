//! The elements of an array as the bytes of a file, and back.

use super::error::os_error;
use crate::array::elements::bytes_of;
use crate::array::{ArrayRef, DType, Layout, NdArray, Order, Runtime};
use crate::error::Result;
use crate::interrupt;
use crate::memory::Buffer;
use std::io::{Read, Write};

/// So many bytes are put side by side at once.
const PIECE: usize = 1 << 20;

/// Writes the elements that a layout shows of a buffer side by side in C order. Nothing of what a plan only knows the
/// size of.
///
/// # Errors
/// `OSError`, `MemoryError`, `KeyboardInterrupt`.
pub fn write_elements(out: &mut dyn Write, buffer: &Buffer, layout: &Layout) -> Result<()> {
    if buffer.is_planned() || layout.size() == 0 {
        return Ok(());
    }
    interrupt::check()?;
    let put = |out: &mut dyn Write, bytes: &[u8]| out.write_all(bytes).map_err(|error| os_error(&error, None));
    let Some((&len, &stride)) = layout.shape.first().zip(layout.strides.first()) else {
        return put(out, &bytes_of(buffer, layout, Order::C)?);
    };
    let row = layout.nbytes() / len;
    if row > PIECE && layout.ndim() > 1 {
        for i in 0..len {
            let offset = layout.offset.wrapping_add_signed(stride.wrapping_mul(i as isize));
            let (shape, strides) = (layout.shape[1..].into(), layout.strides[1..].into());
            write_elements(out, buffer, &Layout { dtype: layout.dtype.clone(), shape, strides, offset })?;
        }
        return Ok(());
    }
    let rows = (PIECE / row.max(1)).max(1);
    for first in (0..len).step_by(rows) {
        interrupt::check()?;
        let mut part = layout.clone();
        part.shape[0] = rows.min(len - first);
        part.offset = layout.offset.wrapping_add_signed(stride.wrapping_mul(first as isize));
        put(out, &bytes_of(buffer, &part, Order::C)?)?;
    }
    Ok(())
}

/// A new array of one axis with the next `count` elements of a source in which `left` bytes are left; of fewer, where
/// these are less. In a plan only its size.
///
/// # Errors
/// `OSError`, `MemoryError`, `KeyboardInterrupt`.
pub fn read_elements(
    runtime: &Runtime,
    source: &mut dyn Read,
    left: u64,
    dtype: &DType,
    count: usize,
) -> Result<ArrayRef> {
    let itemsize = dtype.itemsize().max(1);
    let is_planning = runtime.ledger.is_planning();
    let there = (left / itemsize as u64) as usize;
    // What a plan wrote to a stream before is not there.
    let count = if is_planning { count } else { count.min(there) };
    let array = NdArray::zeros(runtime, dtype.clone(), &[count], Order::C)?;
    if !is_planning {
        let buffer = array.buffer();
        let mut piece = vec![0; PIECE.min(count * itemsize)];
        for cells in buffer.cells().chunks(PIECE) {
            interrupt::check()?;
            let piece = &mut piece[..cells.len()];
            source.read_exact(piece).map_err(|error| os_error(&error, None))?;
            cells.iter().zip(&*piece).for_each(|(cell, byte)| cell.set(*byte));
        }
    }
    Ok(array)
}
