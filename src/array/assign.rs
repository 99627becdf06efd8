//! What `dst[...] = src` does: broadcast, cast, and copy the source first where both share memory.
//!
//! The rules are `PyArray_AssignArray` and `PyArray_AssignRawScalar` (array_assign_array.c, array_assign_scalar.c).
//! `assign` and `fill` record in the ledger what they overwrote; `copy_into` is for results that nobody has seen yet.

use super::cast::{Caster, Casting, Strided, require_cast, warn_discards_imaginary};
use super::dtype::Type;
use super::layout::broadcast::{broadcast_for_assignment, stretch};
use super::layout::k_order::like;
use super::layout::overlap::may_share_memory;
use super::layout::shape_text::array_shape_text;
use super::layout::{Layout, Order, Shape, Strides, Traversal};
use super::ndarray::{ArrayRef, NdArray};
use super::runtime::Runtime;
use super::scalar::Scalar;
use crate::error::{Result, type_error, value_error};
use crate::interrupt;
use crate::memory::{AlignedBytes, Buffer, OutOfMemory};
use smallvec::SmallVec;

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
    let chosen = runtime.chosen(dst, mask)?;
    runtime.record_changes(src, &dst.dtype());
    copy_into(runtime, dst, src, mask, casting)?;
    runtime.record_write_chosen(dst, chosen);
    Ok(())
}

/// `dst.fill(value)`: every element becomes `value`, cast as C casts.
///
/// # Errors
/// `ValueError: assignment destination is read-only`; what floating-point errors raise.
pub fn fill(runtime: &Runtime, dst: &ArrayRef, value: Scalar) -> Result<()> {
    dst.require_writeable("assignment destination")?;
    runtime.record_change(value, &dst.dtype());
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
    let size = dtype.itemsize().max(16);
    let refused = || OutOfMemory { bytes: size };
    let bytes = AlignedBytes::copied(&value.to_bytes(&from)).ok_or_else(refused)?;
    let side = AlignedBytes::zeroed(size).ok_or_else(refused)?;
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
    Traversal::new(&layout.shape, &[&layout], Order::K, true).for_each_run(|starts, steps, count| {
        caster.cast(src, Strided { bytes, offset: starts[0], stride: steps[0] }, count)
    })
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
    if src.ndim() == 0
        && from != to
        && from.is_number()
        && to.is_number()
        && to_layout.size() > 1
        && casting != Casting::SameValue
    {
        // cast once, then spread
        warn_discards_imaginary(runtime, &from, &to);
        let side = cast_on_the_side(runtime, src.read(from_layout.offset), dst)?;
        return match mask {
            None => fill_from(dst, &side),
            Some(mask) => {
                let spread = Layout { dtype: to.clone(), shape: Shape::new(), strides: Strides::new(), offset: 0 };
                move_where(&Caster::new(&to, &to), dst, &side, &spread, mask)
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
        runtime.record_copy(src, &copied, super::copied::CopyReason::Overlap);
        copy_into(runtime, &copied, src, None, Casting::Unsafe)?;
        return copy_into(runtime, dst, &copied, mask, casting);
    }
    let spread = broadcast_for_assignment(&from_layout, &to_layout.shape)?;
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
    match mask {
        Some(mask) => move_where(&caster, dst, bytes, &spread, mask)?,
        None => transfer(&caster, &to_layout, &dst.buffer(), &spread, bytes)?,
    }
    caster.finish(runtime)
}

/// Moves the elements for which the mask is true. The source is broadcast.
fn move_where(caster: &Caster, dst: &NdArray, src: &AlignedBytes, from: &Layout, mask: &NdArray) -> Result<()> {
    let layout = dst.layout();
    let (buffer, truths) = (dst.buffer(), mask.buffer());
    let mask = broadcast_mask(&layout, mask)?;
    let (Some(to), Some(truths)) = (buffer.bytes(), truths.bytes()) else { return Ok(()) };
    let walk = Traversal::new(&layout.shape, &[&layout, from, &mask], Order::K, true);
    walk.for_each_run(|starts, steps, count| {
        let truth = truths.run::<u8>(starts[2], steps[2], count)?;
        let from = Strided { bytes: src, offset: starts[1], stride: steps[1] };
        let to = Strided { bytes: to, offset: starts[0], stride: steps[0] };
        let mut first = 0;
        while first < count {
            let start = (first..count).find(|&i| truth.get(i) != 0).unwrap_or(count);
            let end = (start..count).find(|&i| truth.get(i) == 0).unwrap_or(count);
            if start < end {
                caster.cast(from.from(start), to.from(start), end - start)?;
            }
            first = end;
        }
        Ok(())
    })
}

fn broadcast_mask(to: &Layout, mask: &NdArray) -> Result<Layout> {
    let layout = mask.layout();
    if layout.dtype.ty() != Type::Bool {
        return Err(type_error("the where mask must be of bools"));
    }
    stretch(&layout, &to.shape).ok_or_else(|| {
        let (mask, to) = (array_shape_text(&layout.shape), array_shape_text(&to.shape));
        value_error(format!("could not broadcast where mask from shape {mask} into shape {to}"))
    })
}

/// Elements of a tile's side in copies that turn axes round.
const TILE: usize = 32;

/// Moves all elements of a source that broadcasts to the shape of `dst` (`raw_array_assign_array`). In one dimension
/// an overlapping source that lies before the destination is walked from its end.
///
/// # Errors
/// As [`Caster::cast`]; `KeyboardInterrupt`.
pub fn transfer(caster: &Caster, dst: &Layout, target: &Buffer, src: &Layout, from: &AlignedBytes) -> Result<()> {
    let Some(to) = target.bytes() else { return Ok(()) };
    let mut walk = Traversal::new(&dst.shape, &[dst, src], Order::K, true);
    if walk.shape.is_empty() && std::ptr::eq(from, to) {
        let (to_start, from_start) = (walk.offsets[0] as isize, walk.offsets[1] as isize);
        let reach = walk.inner[1].wrapping_mul(walk.count as isize);
        if from_start < to_start && from_start.wrapping_add(reach) > to_start {
            walk.reverse_inner();
        }
    }
    if let Some(axis) = turned_axis(&walk) {
        return transfer_tiles(caster, &walk, axis, to, from);
    }
    walk.for_each_run(|starts, steps, count| {
        let src = Strided { bytes: from, offset: starts[1], stride: steps[1] };
        caster.cast(src, Strided { bytes: to, offset: starts[0], stride: steps[0] }, count)
    })
}

/// The outer axis along which one side's elements are nearer together than along the inner run, where there are
/// enough elements for the cache to matter.
fn turned_axis(walk: &Traversal) -> Option<usize> {
    const ENOUGH: usize = 1 << 14;
    let enough = walk.count.saturating_mul(walk.run_count()) >= ENOUGH;
    let near = |axis: usize| {
        let step = |side: usize| walk.strides[2 * axis + side].unsigned_abs();
        (0..2).filter(|&side| step(side) != 0 && step(side) < walk.inner[side].unsigned_abs()).map(step).min()
    };
    (0..walk.shape.len())
        .filter(|&axis| enough && walk.count >= 4 && walk.shape[axis] >= 4)
        .filter_map(|axis| near(axis).map(|step| (step, axis)))
        .min()
        .map(|(_, axis)| axis)
}

/// Copies square tiles over the inner run and `axis`, so that a cache line that was read is used up before it is
/// forgotten.
fn transfer_tiles(
    caster: &Caster,
    walk: &Traversal,
    axis: usize,
    to: &AlignedBytes,
    from: &AlignedBytes,
) -> Result<()> {
    let mut lens = walk.shape.clone();
    let rows = lens.remove(axis);
    let mut strides = walk.strides.clone();
    let row: SmallVec<[isize; 2]> = strides.drain(2 * axis..2 * axis + 2).collect();
    let outer = Traversal::from_strides(&lens, &strides, walk.offsets.clone(), Order::C, false);
    let (columns, column) = (walk.count, &walk.inner);
    outer.for_each_run(|starts, steps, count| {
        for n in 0..count {
            let at = |side: usize, r: usize, c: usize| {
                let moves = [(steps[side], n), (row[side], r), (column[side], c)];
                let reach =
                    moves.into_iter().fold(0isize, |sum, (step, by)| sum.wrapping_add(step.wrapping_mul(by as isize)));
                starts[side].wrapping_add_signed(reach)
            };
            for r0 in (0..rows).step_by(TILE) {
                interrupt::check()?;
                for c0 in (0..columns).step_by(TILE) {
                    let wide = (columns - c0).min(TILE);
                    for r in r0..(r0 + TILE).min(rows) {
                        let src = Strided { bytes: from, offset: at(1, r, c0), stride: column[1] };
                        caster.cast(src, Strided { bytes: to, offset: at(0, r, c0), stride: column[0] }, wide)?;
                    }
                }
            }
        }
        Ok(())
    })
}

/// Whether two arrays may share a byte, by their first and last bytes alone (`arrays_overlap`,
/// array_assign.c).
pub fn arrays_overlap(a: &NdArray, b: &NdArray) -> bool {
    let (mine, theirs) = (a.buffer(), b.buffer());
    // two buffers may borrow the same bytes
    let same = match (mine.bytes(), theirs.bytes()) {
        (Some(mine), Some(theirs)) => std::ptr::eq(mine, theirs),
        _ => mine.id() == theirs.id(),
    };
    same && may_share_memory(&a.layout(), &b.layout(), 0).unwrap_or(true)
}
