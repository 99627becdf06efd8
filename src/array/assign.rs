//! What `dst[...] = src` does: broadcast, cast, and copy the source first where both share memory.
//!
//! The rules are `PyArray_AssignArray` and `PyArray_AssignRawScalar` (array_assign_array.c, array_assign_scalar.c).
//! `assign` and `fill` record in the ledger what they overwrote; `copy_into` is for results that nobody has seen yet.

use super::cast::{Caster, Casting, Strided, require_cast, warn_discards_imaginary};
use super::dtype::Type;
use super::index::count_chosen;
use super::layout::broadcast::{broadcast_for_assignment, stretch};
use super::layout::k_order::like;
use super::layout::overlap::may_share_memory;
use super::layout::shape_text::array_shape_text;
use super::layout::{Layout, Order, Strides};
use super::ndarray::{ArrayRef, NdArray};
use super::raw_iter::RawIter;
use super::runtime::Runtime;
use super::scalar::Scalar;
use crate::error::{Result, type_error, value_error};
use crate::interrupt;
use crate::memory::{AlignedBytes, Buffer, OutOfMemory};

/// `dst[...] = src`: `src` is broadcast to `dst`'s shape and cast, whatever the types.
///
/// # Errors
/// `ValueError: assignment destination is read-only`, `could not broadcast input array from shape (3,) into shape
/// (2,)`; `MemoryError` for the copy of an overlapping source.
pub fn assign(runtime: &Runtime, dst: &ArrayRef, src: &ArrayRef) -> Result<()> {
    copyto(runtime, dst, src, Casting::Unsafe, None)
}

/// `np.copyto(dst, src, casting, where)`: assigns only where the mask is true.
///
/// # Errors
/// As [`assign`]; NumPy's `TypeError` where `casting` forbids the cast; `ValueError: could not broadcast where mask from shape (2,) into shape (3,)`; `TypeError` for a
/// mask that is not of bools.
pub fn copyto(
    runtime: &Runtime,
    dst: &ArrayRef,
    src: &ArrayRef,
    casting: Casting,
    mask: Option<&ArrayRef>,
) -> Result<()> {
    if let Some(mask) = mask {
        require_cast(&mask.dtype(), &Type::Bool.into(), Casting::Safe, false)?;
    }
    if is_same_place(dst, src) {
        return Ok(());
    }
    dst.require_writeable("assignment destination")?;
    copy_into(runtime, dst, src, mask, casting)?;
    runtime.record_write(dst, mask.map(|mask| count_chosen(mask, dst.size())).transpose()?);
    Ok(())
}

/// `dst.fill(value)`: every element becomes `value`, cast as C casts.
///
/// # Errors
/// `ValueError: assignment destination is read-only`; what floating-point errors raise.
pub fn fill(runtime: &Runtime, dst: &ArrayRef, value: Scalar) -> Result<()> {
    dst.require_writeable("assignment destination")?;
    fill_new(runtime, dst, value)?;
    runtime.record_write(dst, None);
    Ok(())
}

/// [`fill`] for an array that nobody has seen yet: nothing is recorded.
///
/// # Errors
/// As [`fill`].
pub fn fill_new(runtime: &Runtime, dst: &NdArray, value: Scalar) -> Result<()> {
    let dtype = dst.dtype();
    warn_discards_imaginary(runtime, &value.dtype(), &dtype);
    let side = cast_on_the_side(runtime, value, dst)?;
    fill_from(dst, &side)
}

/// A 0-d buffer with `value` in the dtype of `dst`; NumPy does the same on its stack, so the ledger does not count it.
fn cast_on_the_side(runtime: &Runtime, value: Scalar, dst: &NdArray) -> Result<AlignedBytes> {
    let dtype = dst.dtype();
    let from = value.dtype();
    let refused = || OutOfMemory { bytes: 16 };
    let bytes = AlignedBytes::copied(&value.to_bytes(&from)).ok_or_else(refused)?;
    let side = AlignedBytes::zeroed(16).ok_or_else(refused)?;
    let caster = Caster::new(&from, &dtype);
    let (src, to) = (Strided { bytes: &bytes, offset: 0, stride: 0 }, Strided { bytes: &side, offset: 0, stride: 0 });
    if dst.size() > 0 {
        caster.cast(src, to, 1)?;
        caster.finish(runtime)?;
    }
    Ok(side)
}

fn fill_from(dst: &NdArray, side: &AlignedBytes) -> Result<()> {
    let layout = dst.layout();
    let buffer = dst.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(()) };
    let caster = Caster::new(&layout.dtype, &layout.dtype);
    let src = Strided { bytes: side, offset: 0, stride: 0 };
    RawIter::new(&layout.shape, [layout.offset], [&layout.strides])
        .for_each(|run| caster.cast(src, Strided { bytes, offset: run.offsets[0], stride: run.strides[0] }, run.count))
}

/// The same elements of the same buffer, seen in the same way: there is nothing to do (`a[1:3] += x` ends so).
fn is_same_place(dst: &ArrayRef, src: &ArrayRef) -> bool {
    src.ndim() > 0 && dst.buffer_ref().id() == src.buffer_ref().id() && *dst.layout() == *src.layout()
}

/// The work of [`assign`] and [`copyto`], without the check of the writeable flag and without a record.
///
/// # Errors
/// As [`copyto`].
pub fn copy_into(
    runtime: &Runtime,
    dst: &ArrayRef,
    src: &ArrayRef,
    mask: Option<&ArrayRef>,
    casting: Casting,
) -> Result<()> {
    let (to, from) = (dst.dtype(), src.dtype());
    require_cast(&from, &to, casting, src.ndim() == 0)?;
    let (to_layout, from_layout) = (dst.layout().clone(), src.layout().clone());
    if src.ndim() == 0 && from != to && to_layout.size() > 1 && casting != Casting::SameValue {
        // cast once, then spread
        warn_discards_imaginary(runtime, &from, &to);
        let side = cast_on_the_side(runtime, src.read(from_layout.offset), dst)?;
        return match mask {
            None => fill_from(dst, &side),
            Some(mask) => {
                let spread = Spread { bytes: &side, offset: 0, strides: Strides::from_elem(0, to_layout.ndim()) };
                move_elements(&Caster::new(&to, &to), dst, spread, Some(mask))
            }
        };
    }
    let opposite = to_layout.ndim() == 1
        && from_layout.ndim() >= 1
        && from_layout
            .strides
            .last()
            .is_some_and(|&s| (s < 0 && to_layout.strides[0] > 0) || (s > 0 && to_layout.strides[0] < 0));
    if src.ndim() > 0 && (opposite || to_layout.ndim() > 1) && arrays_overlap(src, dst) {
        let cause = runtime.ledger.set_cause("source overlaps the destination");
        let copied = NdArray::allocate(runtime, like(&to_layout, to.clone(), Order::K));
        runtime.ledger.set_cause(cause);
        let copied = copied?;
        copy_into(runtime, &copied, src, None, Casting::Unsafe)?;
        return copy_into(runtime, dst, &copied, mask, casting);
    }
    let strides = broadcast_for_assignment(&from_layout, &to_layout.shape)?.strides;
    if let Some(mask) = mask {
        broadcast_mask(&to_layout, mask)?;
    }
    warn_discards_imaginary(runtime, &from, &to);
    let mut caster = Caster::new(&from, &to);
    if casting == Casting::SameValue {
        caster = caster.keeping_values();
    }
    let buffer = src.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(()) };
    move_elements(&caster, dst, Spread { bytes, offset: from_layout.offset, strides }, mask)?;
    caster.finish(runtime)
}

/// A source that was broadcast to the shape of its destination.
struct Spread<'a> {
    bytes: &'a AlignedBytes,
    offset: usize,
    strides: Strides,
}

fn move_elements(caster: &Caster, dst: &NdArray, src: Spread<'_>, mask: Option<&ArrayRef>) -> Result<()> {
    let layout = dst.layout();
    let buffer = dst.buffer();
    let Some(to) = buffer.bytes() else { return Ok(()) };
    let Some(mask) = mask else {
        return transfer(caster, &layout, &buffer, src.bytes, src.offset, &src.strides);
    };
    let truths = mask.buffer();
    let mask_strides = broadcast_mask(&layout, mask)?;
    let Some(truths) = truths.bytes() else { return Ok(()) };
    let offsets = [layout.offset, src.offset, mask.layout().offset];
    RawIter::new(&layout.shape, offsets, [&layout.strides, &src.strides, &mask_strides]).for_each(|run| {
        let truth = truths.run::<u8>(run.offsets[2], run.strides[2], run.count)?;
        let from = Strided { bytes: src.bytes, offset: run.offsets[1], stride: run.strides[1] };
        let to = Strided { bytes: to, offset: run.offsets[0], stride: run.strides[0] };
        let mut first = 0;
        while first < run.count {
            let start = (first..run.count).find(|&i| truth.get(i) != 0).unwrap_or(run.count);
            let end = (start..run.count).find(|&i| truth.get(i) == 0).unwrap_or(run.count);
            if start < end {
                caster.cast(from.from(start), to.from(start), end - start)?;
            }
            first = end;
        }
        Ok(())
    })
}

fn broadcast_mask(to: &Layout, mask: &NdArray) -> Result<Strides> {
    let layout = mask.layout();
    if layout.dtype.ty() != Type::Bool {
        return Err(type_error("the where mask must be of bools"));
    }
    stretch(&layout, &to.shape).map(|stretched| stretched.strides).ok_or_else(|| {
        let (mask, to) = (array_shape_text(&layout.shape), array_shape_text(&to.shape));
        value_error(format!("could not broadcast where mask from shape {mask} into shape {to}"))
    })
}

/// Elements of a tile's side in copies that turn axes round.
const TILE: usize = 32;

/// Moves all elements of a source that has the shape of `dst` (`raw_array_assign_array`). In one dimension an
/// overlapping source behind the destination is walked from its end.
///
/// # Errors
/// As [`Caster::cast`]; `KeyboardInterrupt`.
pub fn transfer(
    caster: &Caster,
    dst: &Layout,
    dst_buffer: &Buffer,
    src: &AlignedBytes,
    src_offset: usize,
    src_strides: &[isize],
) -> Result<()> {
    let Some(to) = dst_buffer.bytes() else { return Ok(()) };
    let mut iter = RawIter::new(&dst.shape, [dst.offset, src_offset], [&dst.strides, src_strides]);
    if iter.shape.len() == 1 && std::ptr::eq(src, to) {
        let [to, from] = iter.offsets.map(|offset| offset as isize);
        if from < to && from.wrapping_add(iter.strides[1][0].wrapping_mul(iter.shape[0] as isize)) > to {
            iter.reverse_inner();
        }
    }
    if let Some(axis) = turned_axis(&iter) {
        return transfer_tiles(caster, &iter, axis, to, src);
    }
    iter.for_each(|run| {
        let from = Strided { bytes: src, offset: run.offsets[1], stride: run.strides[1] };
        caster.cast(from, Strided { bytes: to, offset: run.offsets[0], stride: run.strides[0] }, run.count)
    })
}

/// The axis along which the source's elements are neighbours, where that is not the destination's innermost axis and
/// there are enough elements for the cache to matter.
fn turned_axis(iter: &RawIter<2>) -> Option<usize> {
    const ENOUGH: usize = 1 << 14;
    let source = &iter.strides[1];
    let axis = (1..iter.shape.len()).min_by_key(|&axis| source[axis].unsigned_abs())?;
    let nearer = source[axis] != 0 && source[axis].unsigned_abs() < source[0].unsigned_abs();
    (nearer && iter.shape[0] >= 4 && iter.shape[axis] >= 4 && iter.size() >= ENOUGH).then_some(axis)
}

/// Copies square tiles over the innermost axis and `axis`, so that a cache line that was read is used up before it
/// is forgotten.
fn transfer_tiles(
    caster: &Caster,
    iter: &RawIter<2>,
    axis: usize,
    to: &AlignedBytes,
    src: &AlignedBytes,
) -> Result<()> {
    let rest = |items: &[isize]| -> Strides {
        items.iter().enumerate().filter(|&(i, _)| i != 0 && i != axis).map(|(_, &item)| item).collect()
    };
    let lens: Vec<usize> =
        iter.shape.iter().enumerate().filter(|&(i, _)| i != 0 && i != axis).map(|(_, &n)| n).collect();
    let outer = RawIter::new(&lens, iter.offsets, [&rest(&iter.strides[0]), &rest(&iter.strides[1])]);
    let (rows, columns) = (iter.shape[axis], iter.shape[0]);
    let (row, column) = ([iter.strides[0][axis], iter.strides[1][axis]], [iter.strides[0][0], iter.strides[1][0]]);
    let at = |start: usize, r: usize, c: usize, i: usize| {
        start
            .wrapping_add_signed(row[i].wrapping_mul(r as isize))
            .wrapping_add_signed(column[i].wrapping_mul(c as isize))
    };
    outer.for_each(|run| {
        for n in 0..run.count {
            let start: [usize; 2] =
                std::array::from_fn(|i| run.offsets[i].wrapping_add_signed(run.strides[i].wrapping_mul(n as isize)));
            for r0 in (0..rows).step_by(TILE) {
                interrupt::check()?;
                for c0 in (0..columns).step_by(TILE) {
                    let count = (columns - c0).min(TILE);
                    for r in r0..(r0 + TILE).min(rows) {
                        let from = Strided { bytes: src, offset: at(start[1], r, c0, 1), stride: column[1] };
                        let to = Strided { bytes: to, offset: at(start[0], r, c0, 0), stride: column[0] };
                        caster.cast(from, to, count)?;
                    }
                }
            }
        }
        Ok(())
    })
}

/// Whether two arrays may share a byte: exactly where that is easy to tell, else assumed (`arrays_overlap`,
/// array_assign.c).
pub fn arrays_overlap(a: &NdArray, b: &NdArray) -> bool {
    let (mine, theirs) = (a.buffer(), b.buffer());
    // two buffers may borrow the same bytes
    let same = match (mine.bytes(), theirs.bytes()) {
        (Some(mine), Some(theirs)) => std::ptr::eq(mine, theirs),
        _ => mine.id() == theirs.id(),
    };
    same && may_share_memory(&a.layout(), &b.layout(), 1).unwrap_or(true)
}
