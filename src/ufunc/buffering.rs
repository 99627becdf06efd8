//! How many elements of a reduction does NumPy's iterator hand to the loop at once?
//!
//! Float sums depend on it: the loop adds each stretch pairwise by itself. Where the items are not evenly spaced
//! over several axes, or are cast, the iterator copies them to a buffer and hands out longer stretches, as long as
//! that seems to pay (`npyiter_find_buffering_setup`, nditer_constr.c). This module comes to the same decision.

use super::loops::Kernel;
use super::scratch::{BLOCK, Scratch};
use crate::array::cast::{Caster, Strided};
use crate::array::layout::Traversal;
use crate::array::{FloatStatus, Type};
use crate::error::Result;
use crate::interrupt;
use crate::memory::{AlignedBytes, Bool};
use smallvec::SmallVec;

/// One axis of the visit: its length, and how accumulator, items and mask move along it.
#[derive(Clone, Copy, Debug)]
struct Axis {
    len: usize,
    accumulator: isize,
    item: isize,
    mask: isize,
}

/// The axes that the loop sees as one run, counted from the fastest, and the most elements of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Core {
    axes: usize,
    chunk: usize,
}

/// The axes of a traversal of accumulator, items, accumulator again and perhaps a mask, the fastest first.
fn axes_of(traversal: &Traversal) -> SmallVec<[Axis; 4]> {
    let operands = traversal.offsets.len();
    let axis = |len: usize, strides: &[isize]| Axis {
        len,
        accumulator: strides[0],
        item: strides[1],
        mask: strides.get(3).copied().unwrap_or(0),
    };
    let outer = traversal.shape.iter().zip(traversal.strides.chunks_exact(operands)).rev();
    std::iter::once(axis(traversal.count, &traversal.inner))
        .chain(outer.map(|(&len, strides)| axis(len, strides)))
        .collect()
}

/// The run that NumPy would choose; `None` where it is the innermost axis, as it stands.
pub fn find_core(traversal: &Traversal, cast: bool) -> Option<Core> {
    if traversal.shape.is_empty() || traversal.inner[0] != 0 {
        return None;
    }
    let axes = axes_of(traversal);
    let mut cost = 1 + cast as usize;
    let masked = traversal.offsets.len() > 3;
    let mut even = [1usize; 3];
    let mut reduce_axis = 0;
    let mut size = axes[0].len;
    let (mut best, mut best_cost, mut best_size, mut best_core) = (0, cost, size, 1);
    for at in 1..axes.len() {
        if reduce_axis > 0 || (size >= BLOCK && cost > 1) {
            break;
        }
        let (before, axis) = (axes[at - 1], axes[at]);
        let strides = [(before.accumulator, axis.accumulator), (before.item, axis.item), (before.mask, axis.mask)];
        for (operand, (previous, stride)) in strides.into_iter().enumerate().take(2 + masked as usize) {
            if even[operand] == at {
                if previous.wrapping_mul(before.len as isize) == stride {
                    even[operand] += 1;
                    continue;
                }
                cost += !(operand == 1 && cast) as usize;
            }
            if operand == 0 && (stride == 0 || previous == 0) {
                reduce_axis = at;
            }
        }
        let core = size;
        size = size.saturating_mul(axis.len);
        let buffer = if size > BLOCK && cost > 1 { BLOCK } else { size };
        if cost as f64 * best_size as f64 <= best_cost as f64 * buffer as f64 {
            (best, best_cost, best_size, best_core) = (at, cost, size, core);
        }
    }
    let reduces = reduce_axis > 0 && best == reduce_axis;
    let merged = if reduces { best } else { best + 1 };
    if merged < 2 {
        return None;
    }
    let chunk = if reduces {
        best_core
    } else if best_size > BLOCK {
        best_core * (BLOCK / best_core).max(1)
    } else {
        best_size
    };
    Some(Core { axes: merged, chunk: chunk.min(BLOCK) })
}

/// Folds the items of a traversal run by run, gathering each run in the scratch.
///
/// # Errors
/// As [`Caster::cast`]; `KeyboardInterrupt`.
pub fn fold_cores(
    traversal: &Traversal,
    core: Core,
    (target, source, mask): (&AlignedBytes, &AlignedBytes, Option<&AlignedBytes>),
    (kernel, ty): (Kernel, Type),
    caster: &Caster,
    scratch: &Scratch,
) -> Result<FloatStatus> {
    let axes = axes_of(traversal);
    let (inner, outer) = axes.split_at(core.axes);
    let total: usize = inner.iter().map(|axis| axis.len).product();
    let repeats: usize = outer.iter().map(|axis| axis.len).product();
    let mut status = FloatStatus::NONE;
    let mut outer_index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, outer.len());
    let (mut accumulator, mut start) = (traversal.offsets[0], traversal.offsets[1]);
    let mut mask_start = traversal.offsets.get(3).copied().unwrap_or(0);
    let truths = Caster::new(&Type::Bool.into(), &Type::Bool.into());
    for repeat in 0..repeats {
        if repeat > 0 {
            for (axis, index) in outer.iter().zip(&mut outer_index) {
                *index += 1;
                let steps = if *index < axis.len { 1 } else { 1 - *index as isize };
                accumulator = accumulator.wrapping_add_signed(steps * axis.accumulator);
                start = start.wrapping_add_signed(steps * axis.item);
                mask_start = mask_start.wrapping_add_signed(steps * axis.mask);
                if *index < axis.len {
                    break;
                }
                *index = 0;
            }
        }
        let mut index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, inner.len());
        let mut done = 0;
        while done < total {
            let count = core.chunk.min(total - done);
            let mut filled = 0;
            while filled < count {
                let place = |start: usize, stride: fn(&Axis) -> isize| {
                    let moved =
                        |at: usize, (axis, &i): (&Axis, &usize)| at.wrapping_add_signed(i as isize * stride(axis));
                    inner.iter().zip(&index).fold(start, moved)
                };
                let take = (inner[0].len - index[0]).min(count - filled);
                let from = Strided { bytes: source, offset: place(start, |axis| axis.item), stride: inner[0].item };
                caster.cast(from, scratch.block(1, ty.size()).from(filled), take)?;
                if let Some(bytes) = mask {
                    let offset = place(mask_start, |axis| axis.mask);
                    let from = Strided { bytes, offset, stride: inner[0].mask };
                    truths.cast(from, scratch.block(3, 1).from(filled), take)?;
                }
                filled += take;
                index[0] += take;
                for axis in 0..inner.len() - 1 {
                    if index[axis] < inner[axis].len {
                        break;
                    }
                    index[axis] = 0;
                    index[axis + 1] += 1;
                }
            }
            let result = Strided { bytes: target, offset: accumulator, stride: 0 };
            let items = scratch.block(1, ty.size());
            if mask.is_none() {
                status |= kernel(&[result, items, result], count);
            } else {
                let truths = scratch.block(3, 1).run::<Bool>(count)?;
                let mut first = 0;
                while first < count {
                    let end = (first + 1..count)
                        .find(|&i| truths.get(i).is_true() != truths.get(first).is_true())
                        .unwrap_or(count);
                    if truths.get(first).is_true() {
                        status |= kernel(&[result, items.from(first), result], end - first);
                    }
                    first = end;
                }
            }
            done += count;
            interrupt::check()?;
        }
    }
    Ok(status | caster.status())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Order;

    fn core(shape: &[usize], accumulator: &[isize], item: &[isize], cast: bool) -> Option<Core> {
        let strides: Vec<isize> = accumulator.iter().zip(item).flat_map(|(&a, &b)| [a, b, a]).collect();
        let offsets = SmallVec::from_slice(&[0, 0, 0]);
        find_core(&Traversal::from_strides(shape, &strides, offsets, Order::C, false), cast)
    }

    #[test]
    fn runs_as_numpys_iterator_chooses_them() {
        // Evenly spaced: one axis already.
        assert_eq!(core(&[3, 4], &[0, 0], &[32, 8], false), None);
        // The rows backwards: gathered.
        assert_eq!(core(&[3, 4], &[0, 0], &[-32, 8], false), Some(Core { axes: 2, chunk: 12 }));
        // Long rows are taken as they stand.
        assert_eq!(core(&[3, 10_000], &[0, 0], &[-80_000, 8], false), None);
        assert_eq!(core(&[1000, 100], &[0, 0], &[1600, 8], false), Some(Core { axes: 2, chunk: 8100 }));
        // A kept axis outside the reduced ones: a run for each of its elements.
        assert_eq!(core(&[5, 3, 4], &[8, 0, 0], &[96, -32, 8], false), Some(Core { axes: 2, chunk: 12 }));
    }
}
