//! Moving elements between a run and places all over a buffer, a block of places at a time.

use super::super::cast::{Strided, move_bytes};
use super::super::dtype::DType;
use super::super::layout::broadcast::stretch;
use super::super::layout::{Layout, Order, Places, Traversal};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::super::write::Repeats;
use crate::error::Result;
use crate::memory::{AlignedBytes, Plain};
use crate::with_unit;
use std::cell::Cell;

/// How many places are worked out at once.
pub const BLOCK: usize = 1024;

/// Copies the elements at the bytes `offsets` of `src` into the run `dst`, one after the other.
///
/// # Errors
/// `RuntimeError` where a place is outside the bytes.
pub fn gather(src: &AlignedBytes, offsets: &[usize], dst: Strided<'_>, dtype: &DType) -> Result<()> {
    if dtype.is_number() {
        with_unit!(dtype.ty(), T => {
        if let (Some(grid), Ok(run)) = (Grid::<T>::new(src, offsets), dst.run::<T>(offsets.len())) {
            match run.cells() {
                Some(cells) => for (&offset, cell) in offsets.iter().zip(cells) {
                    cell.set(grid.at(offset)?.get());
                },
                None => for (i, &offset) in offsets.iter().enumerate() {
                    run.set(i, grid.at(offset)?.get());
                },
            }
            return Ok(());
        }
        });
    }
    for (i, &offset) in offsets.iter().enumerate() {
        move_bytes(Strided { bytes: src, offset, stride: 0 }, dst.from(i), 1, dtype.itemsize())?;
    }
    Ok(())
}

/// Copies the elements of the run `src` to the bytes `offsets` of `dst`, one after the other.
///
/// # Errors
/// `RuntimeError` where a place is outside the bytes.
pub fn scatter(src: Strided<'_>, dst: &AlignedBytes, offsets: &[usize], dtype: &DType) -> Result<()> {
    if dtype.is_number() {
        with_unit!(dtype.ty(), T => {
        if let (Some(grid), Ok(run)) = (Grid::<T>::new(dst, offsets), src.run::<T>(offsets.len())) {
            match run.cells() {
                Some(cells) => for (&offset, cell) in offsets.iter().zip(cells) {
                    grid.at(offset)?.set(cell.get());
                },
                None => for (i, &offset) in offsets.iter().enumerate() {
                    grid.at(offset)?.set(run.get(i));
                },
            }
            return Ok(());
        }
        });
    }
    for (i, &offset) in offsets.iter().enumerate() {
        move_bytes(src.from(i), Strided { bytes: dst, offset, stride: 0 }, 1, dtype.itemsize())?;
    }
    Ok(())
}

/// A buffer as one long run of elements, where all the places are aligned and a whole number of elements apart.
struct Grid<'a, T> {
    cells: &'a [Cell<T>],
    first: usize,
}

impl<'a, T: Plain> Grid<'a, T> {
    fn new(bytes: &'a AlignedBytes, offsets: &[usize]) -> Option<Grid<'a, T>> {
        let size = size_of::<T>();
        let first = offsets.first()? % size;
        if offsets.iter().any(|offset| offset % size != first) {
            return None;
        }
        let count = bytes.len().checked_sub(first)? / size;
        let cells = bytes.run::<T>(first, size as isize, count).ok()?.cells()?;
        Some(Grid { cells, first })
    }

    #[inline(always)]
    fn at(&self, offset: usize) -> Result<&'a Cell<T>> {
        self.cells.get(offset.wrapping_sub(self.first) / size_of::<T>()).ok_or_else(outside)
    }
}

#[cold]
fn outside() -> crate::error::Error {
    crate::memory::OutOfBounds.into()
}

/// Calls `work` with blocks of the bytes where the elements of `layout` stand for which `mask` is true. Both have one
/// shape; `order` says in which order they are visited.
///
/// # Errors
/// The first error of `work`; `RuntimeError` where the mask is outside its bytes; `KeyboardInterrupt`.
pub fn each_true(
    layout: &Layout,
    mask: &Layout,
    truths: &AlignedBytes,
    order: Order,
    mut work: impl FnMut(&[usize]) -> Result<()>,
) -> Result<()> {
    let walk = Traversal::new(&layout.shape, &[layout, mask], order, false);
    let mut places = [0usize; BLOCK + 1];
    let mut filled = 0;
    walk.for_each_run(|starts, steps, count| {
        let run = truths.run::<u8>(starts[1], steps[1], count)?;
        let mut first = 0;
        while first < count {
            // no more than fill the block
            let part = run.part(first, (count - first).min(BLOCK - filled));
            let mut offset = starts[0].wrapping_add_signed(steps[0].wrapping_mul(first as isize));
            let mut visit = |truth: u8| {
                places[filled] = offset;
                filled += (truth != 0) as usize;
                offset = offset.wrapping_add_signed(steps[0]);
            };
            match part.cells() {
                Some(cells) => cells.iter().for_each(|cell| visit(cell.get())),
                None => (0..part.len()).for_each(|i| visit(part.get(i))),
            }
            first += part.len();
            if filled == BLOCK {
                work(&places[..filled])?;
                filled = 0;
            }
        }
        Ok(())
    })?;
    work(&places[..filled])
}

/// The number of true elements of an array of bools.
///
/// # Errors
/// `RuntimeError` where the mask is outside its bytes.
pub fn count_true(mask: &NdArray) -> Result<usize> {
    let layout = mask.layout();
    let buffer = mask.buffer();
    let walk = Traversal::new(&layout.shape, &[&layout], Order::K, true);
    let mut count = 0;
    walk.for_each_run(|starts, steps, n| {
        let run = buffer.run::<u8>(starts[0], steps[0], n)?;
        count += match run.cells() {
            // few enough at a time to be counted in bytes, which is many at once
            Some(cells) => {
                let part = |cells: &[Cell<u8>]| cells.iter().map(|truth| (truth.get() != 0) as u8).sum::<u8>();
                cells.chunks(192).map(|cells| part(cells) as usize).sum()
            }
            None => (0..n).filter(|&i| run.get(i) != 0).count(),
        };
        Ok(())
    })?;
    Ok(count)
}

/// The elements that a masked write is going to overwrite. The mask may be among them, so they are found before.
pub struct Chosen(Option<Found>);

enum Found {
    All,
    At(Places),
    /// The mask is only planned.
    Unknown,
}

impl Runtime {
    /// The elements of `array` for which `mask` is true, which is broadcast to them; all of them without a mask.
    ///
    /// # Errors
    /// As [`each_true`].
    pub fn chosen(&self, array: &NdArray, mask: Option<&ArrayRef>) -> Result<Chosen> {
        if !self.records_write(array) {
            return Ok(Chosen(None));
        }
        let Some(mask) = mask else { return Ok(Chosen(Some(Found::All))) };
        let (layout, truths) = (array.layout(), mask.buffer());
        Ok(Chosen(Some(match (stretch(&mask.layout(), &layout.shape), truths.bytes(), self.places(array)) {
            (Some(mask), Some(truths), Some(mut places)) => {
                each_true(&layout, &mask, truths, Order::K, |offsets| {
                    places.add(offsets);
                    Ok(())
                })?;
                Found::At(places)
            }
            _ => Found::Unknown,
        })))
    }

    /// Records that these elements of `array` were overwritten.
    pub fn record_write_chosen(&self, array: &NdArray, chosen: Chosen) {
        match chosen.0 {
            None => {}
            Some(Found::All) => self.record_write(array, None),
            Some(Found::At(places)) => self.record_write_places(array, places, Repeats::None),
            Some(Found::Unknown) => self.record_write(array, Some(array.size())),
        }
    }
}
