//! `where(condition, x, y)`: each element from one of two arrays.

use super::super::cast::{Caster, Strided, move_bytes, warn_discards_imaginary};
use super::super::copied::CopyReason;
use super::super::dtype::DType;
use super::super::index::BLOCK;
use super::super::layout::broadcast::broadcast_operands;
use super::super::layout::k_order::allocate_output;
use super::super::layout::{Order, Traversal};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::nonzero::Truths;
use crate::error::Result;
use crate::memory::{AlignedBytes, OutOfMemory, Plain, Run};
use crate::with_unit;

/// `np.where(condition, x, y)`: `x` where the condition is not zero, else `y`, broadcast together and cast to `dtype`,
/// which is their common type: `result_type` with Python's numbers as weak ones, so that the caller names it. The
/// result's memory order follows the operands' (`PyArray_Where`, multiarraymodule.c).
///
/// # Errors
/// `ValueError` for shapes that do not broadcast; `MemoryError`; `KeyboardInterrupt`.
pub fn where_(runtime: &Runtime, condition: &ArrayRef, x: &ArrayRef, y: &ArrayRef, dtype: &DType) -> Result<ArrayRef> {
    let (c, a, b) = (condition.layout().clone(), x.layout().clone(), y.layout().clone());
    let shape = broadcast_operands(&[&c.shape, &a.shape, &b.shape])?;
    let layout = allocate_output(&[&c, &a, &b], &shape, dtype, Order::K);
    let result = NdArray::allocate(runtime, layout.clone())?;
    let larger = if x.size() >= y.size() { x } else { y };
    runtime.record_copy(larger, &result, CopyReason::Picked { count: 2 });
    warn_discards_imaginary(runtime, &a.dtype, dtype);
    let walk = Traversal::new(&shape, &[&layout, &c, &a, &b], Order::K, false);
    let buffers = [&result, condition, x, y].map(|array| array.buffer());
    let [Some(to), Some(truth), Some(from_x), Some(from_y)] = [0, 1, 2, 3].map(|i: usize| buffers[i].bytes()) else {
        return Ok(result);
    };
    let truths = Truths::new(&c)?;
    let sides = [Side::new(x, dtype)?, Side::new(y, dtype)?];
    walk.for_each_run(|starts, steps, count| {
        for first in (0..count).step_by(BLOCK) {
            let n = (count - first).min(BLOCK);
            let part = |op: usize, bytes| Strided { bytes, offset: starts[op], stride: steps[op] }.from(first);
            let truth = truths.read(part(1, truth), n)?;
            let x = sides[0].load(part(2, from_x), n)?;
            let y = sides[1].load(part(3, from_y), n)?;
            if !dtype.is_number() {
                merge_bytes(truth, [x, y], part(0, to), dtype.itemsize())?;
                continue;
            }
            with_unit!(dtype.ty(), T => merge::<T>(truth, x.run(n)?, y.run(n)?, part(0, to).run(n)?));
        }
        Ok(())
    })?;
    sides.iter().try_for_each(|side| side.caster.finish(runtime))?;
    Ok(result)
}

fn merge<T: Plain>(truth: Run<'_, u8>, x: Run<'_, T>, y: Run<'_, T>, to: Run<'_, T>) {
    match (truth.cells(), x.cells(), y.cells(), to.cells()) {
        (Some(truth), Some(x), Some(y), Some(to)) => {
            for (((truth, x), y), to) in truth.iter().zip(x).zip(y).zip(to) {
                let (x, y) = (x.get(), y.get());
                to.set(if truth.get() != 0 { x } else { y });
            }
        }
        _ => {
            for i in 0..to.len() {
                to.set(i, if truth.get(i) != 0 { x.get(i) } else { y.get(i) });
            }
        }
    }
}

/// [`merge`] for elements of any size.
fn merge_bytes(truth: Run<'_, u8>, sides: [Strided<'_>; 2], to: Strided<'_>, size: usize) -> Result<()> {
    for i in 0..truth.len() {
        let from = if truth.get(i) != 0 { sides[0] } else { sides[1] };
        move_bytes(from.from(i), to.from(i), 1, size)?;
    }
    Ok(())
}

/// A block on the side for elements that must be cast or aligned.
struct Side {
    caster: Caster,
    direct: bool,
    bytes: AlignedBytes,
}

impl Side {
    fn new(array: &NdArray, to: &DType) -> Result<Side> {
        let from = &array.dtype();
        let bytes = BLOCK * to.itemsize();
        let direct = from == to && array.is_aligned();
        let bytes = AlignedBytes::zeroed(if direct { 16 } else { bytes }).ok_or(OutOfMemory { bytes })?;
        Ok(Side { caster: Caster::new(from, to), direct, bytes })
    }

    /// Elements that are of the right dtype and aligned: where they are, or in the block.
    fn load<'a>(&'a self, elements: Strided<'a>, count: usize) -> Result<Strided<'a>> {
        if self.direct {
            return Ok(elements);
        }
        let to = Strided { bytes: &self.bytes, offset: 0, stride: self.caster.to_dtype().itemsize() as isize };
        self.caster.cast(elements, to, count)?;
        Ok(to)
    }
}
