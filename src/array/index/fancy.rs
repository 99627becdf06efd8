//! Selecting by integer arrays: NumPy's `MapIter` (mapping.c).
//!
//! The index arrays broadcast to one shape. Each position of it names a place in the array, and what the other items
//! leave of the array (the rest) is copied from or to that place. The result is made with the broadcast axes first; where the
//! arrays stood together behind other axes, it is transposed, so that NumPy's result is a view of a hidden array.

use super::super::assign::arrays_overlap;
use super::super::cast::{Caster, Strided, warn_discards_imaginary};
use super::super::copied::CopyReason;
use super::super::copy::copy_because;
use super::super::dtype::Type;
use super::super::layout::basic_index::normalize_index;
use super::super::layout::k_order::{allocate_output, sorted_stride_order};
use super::super::layout::shape_text::array_shape_text;
use super::super::layout::transpose::permute;
use super::super::layout::{Layout, Order, Shape, Strides, Traversal};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::super::write::Repeats;
use super::scatter::{BLOCK, gather, scatter};
use crate::error::{Error, Result, value_error};
use crate::memory::{AlignedBytes, Buffer, OutOfMemory};
use smallvec::SmallVec;
use std::rc::Rc;

/// An index array and the axis it stands on.
pub(super) struct IndexArray {
    /// The indices, of any integer type.
    pub array: ArrayRef,
    /// The stride of the axis, in bytes; 0 for a lone bool.
    pub stride: isize,
    /// The length of the axis.
    pub len: usize,
    /// The axis.
    pub axis: usize,
    /// The item of the index it comes from.
    pub written: usize,
    /// Whether it comes from a mask, and so cannot be out of bounds.
    pub mask: bool,
}

/// A selection by integer arrays.
pub(super) struct Fancy {
    /// What the index arrays broadcast to.
    pub shape: Shape,
    /// The index arrays.
    pub arrays: SmallVec<[IndexArray; 2]>,
    /// What the other items leave of the array; `None` where there are only index arrays.
    pub rest: Option<Layout>,
    /// The byte where the array starts.
    pub offset: usize,
    /// How many axes of the rest stand before the broadcast ones in the result.
    pub insert_at: usize,
    /// A single index array is the whole index.
    pub lone: bool,
}

impl Fancy {
    /// Copies what is selected into a new array.
    ///
    /// # Errors
    /// `IndexError: index 7 is out of bounds for axis 0 with size 5`; `MemoryError`.
    pub(super) fn get(&self, runtime: &Runtime, array: &ArrayRef) -> Result<ArrayRef> {
        let rest = self.rest(array);
        let layout = self.result_layout(&rest);
        let result = NdArray::allocate(runtime, layout.clone())?;
        self.check_bounds()?;
        let (read, write) = (array.buffer(), result.buffer());
        if let (Some(from), Some(to)) = (read.bytes(), write.bytes()) {
            let (outer, inner) = split(&layout, self.shape.len());
            if rest.size() == 1 {
                self.each_block(&outer, Order::K, false, |places, offset, stride| {
                    gather(from, places, Strided { bytes: to, offset, stride }, &layout.dtype)
                })?;
            } else {
                let caster = Caster::new(&layout.dtype, &layout.dtype);
                let walk =
                    Traversal::new(&rest.shape, &[&inner, &Layout { offset: 0, ..rest.clone() }], Order::K, true);
                self.each_block(&outer, Order::C, false, |places, offset, stride| {
                    let target = Strided { bytes: to, offset, stride };
                    places.iter().enumerate().try_for_each(|(i, &place)| {
                        move_part(&caster, &walk, [(to, target.from(i).offset), (from, place)])
                    })
                })?;
            }
        }
        if self.insert_at == 0 {
            return Ok(result);
        }
        let axes = transposition(self.shape.len(), self.insert_at, layout.ndim(), self.shape.len());
        let turned = permute(&result.layout(), &axes);
        Ok(NdArray::view(&result, turned))
    }

    /// Puts the elements of `source`, broadcast and cast, where the index arrays say. The last of several values for one
    /// place wins.
    ///
    /// # Errors
    /// As [`Fancy::get`]; `ValueError: shape mismatch: value array of shape (3,) could not be broadcast to indexing
    /// result of shape (2,)`.
    pub(super) fn set(mut self, runtime: &Runtime, array: &ArrayRef, source: &ArrayRef) -> Result<()> {
        let cause = runtime.ledger.set_cause("source overlaps the destination");
        let copied = self.copy_overlapping(runtime, array, source);
        runtime.ledger.set_cause(cause);
        let source = copied?;
        let rest = self.rest(array);
        let spread = self.spread(&source, &rest)?;
        self.check_bounds()?;
        let dtype = array.dtype();
        warn_discards_imaginary(runtime, &spread.dtype, &dtype);
        let (read, write) = (source.buffer(), array.buffer());
        let (Some(from), Some(to)) = (read.bytes(), write.bytes()) else {
            runtime.record_write(array, Some(spread.size()));
            return Ok(());
        };
        let part = Layout { offset: 0, ..if rest.size() == 1 { self.element(array) } else { rest.clone() } };
        let mut written = runtime.places_of_parts(array, &part);
        let caster = Caster::new(&spread.dtype, &dtype);
        let (outer, inner) = split(&spread, self.shape.len());
        if rest.size() == 1 {
            let same = spread.dtype == dtype;
            let size = dtype.itemsize();
            let side = AlignedBytes::zeroed(BLOCK * size).ok_or(OutOfMemory { bytes: BLOCK * size })?;
            let one_line = self.arrays.len() == 1 && self.arrays[0].array.ndim() == 1;
            self.each_block(&outer, Order::K, !one_line, |places, offset, stride| {
                written.iter_mut().for_each(|written| written.add(places));
                let src = Strided { bytes: from, offset, stride };
                if same {
                    return scatter(src, to, places, &dtype);
                }
                let cast = Strided { bytes: &side, offset: 0, stride: size as isize };
                caster.cast(src, cast, places.len())?;
                scatter(cast, to, places, &dtype)
            })?;
        } else {
            let walk = Traversal::new(&rest.shape, &[&Layout { offset: 0, ..rest.clone() }, &inner], Order::K, true);
            self.each_block(&outer, Order::C, false, |places, offset, stride| {
                written.iter_mut().for_each(|written| written.add(places));
                let src = Strided { bytes: from, offset, stride };
                places
                    .iter()
                    .enumerate()
                    .try_for_each(|(i, &place)| move_part(&caster, &walk, [(to, place), (from, src.from(i).offset)]))
            })?;
        }
        if let Some(written) = written {
            runtime.record_write_places(array, written, Repeats::LastStays);
        }
        caster.finish(runtime)
    }

    /// What the other items leave of the array; one element where there are none.
    fn rest(&self, array: &ArrayRef) -> Layout {
        self.rest.clone().unwrap_or_else(|| self.element(array))
    }

    fn element(&self, array: &ArrayRef) -> Layout {
        Layout { dtype: array.dtype(), shape: Shape::new(), strides: Strides::new(), offset: self.offset }
    }

    /// The layout of the result, the broadcast axes first.
    fn result_layout(&self, rest: &Layout) -> Layout {
        let dtype = &rest.dtype;
        if let (true, [only]) = (self.lone, self.arrays.as_slice()) {
            let index = only.array.layout();
            let native = index.dtype.ty() == Type::Int64 && index.dtype.is_native() && only.array.is_aligned();
            let (c, f) = (index.is_c_contiguous(), index.is_f_contiguous());
            if native && (index.ndim() <= 1 || c || f) {
                return Layout::contiguous(dtype.clone(), &self.shape, if f && !c { Order::F } else { Order::C });
            }
        }
        let mut layout = if rest.size() == 1 {
            let indices: SmallVec<[Layout; 2]> = self.arrays.iter().map(|index| index.array.layout().clone()).collect();
            let indices: SmallVec<[&Layout; 2]> = indices.iter().collect();
            allocate_output(&indices, &self.shape, dtype, Order::K)
        } else {
            let mut strides: Strides = SmallVec::from_elem(0, self.shape.len());
            let mut step = (rest.size() * dtype.itemsize()) as isize;
            for (stride, &len) in strides.iter_mut().zip(&self.shape).rev() {
                *stride = step;
                step = step.wrapping_mul(len as isize);
            }
            Layout { dtype: dtype.clone(), shape: self.shape.clone(), strides, offset: 0 }
        };
        let first = layout.ndim();
        layout.shape.extend_from_slice(&rest.shape);
        layout.strides.resize(first + rest.ndim(), 0);
        let mut step = dtype.itemsize() as isize;
        for &axis in sorted_stride_order(&rest.strides).iter().rev() {
            layout.strides[first + axis] = step;
            step = step.wrapping_mul(rest.shape[axis] as isize);
        }
        Layout::fresh(layout.dtype, layout.shape, layout.strides)
    }

    /// Copies the source and the index arrays that share memory with the array that is written to. Gives the source.
    fn copy_overlapping(&mut self, runtime: &Runtime, array: &ArrayRef, source: &ArrayRef) -> Result<ArrayRef> {
        let copied = |source: &ArrayRef, order| copy_because(runtime, source, order, CopyReason::Overlap);
        let source = if arrays_overlap(array, source) { copied(source, Order::A)? } else { Rc::clone(source) };
        for index in &mut self.arrays {
            if arrays_overlap(array, &index.array) {
                index.array = copied(&index.array, Order::C)?;
            }
        }
        Ok(source)
    }

    /// The source with the axes of the selection, the broadcast ones first; stretched axes have stride 0.
    fn spread(&self, source: &ArrayRef, rest: &Layout) -> Result<Layout> {
        let wanted: Shape = self.shape.iter().chain(&rest.shape).copied().collect();
        let values = source.layout();
        let mismatch = || self.mismatch(&values.shape, &wanted);
        let (ndim, total) = (values.ndim(), wanted.len());
        let extra = ndim.saturating_sub(total);
        if values.shape[extra..].iter().product::<usize>() != values.size() {
            return Err(mismatch());
        }
        // new axes of length 1 in front
        let missing = total.saturating_sub(ndim);
        let mut shape: Shape = SmallVec::from_elem(1, missing);
        let mut strides: Strides = SmallVec::from_elem(0, missing);
        shape.extend_from_slice(&values.shape[extra..]);
        strides.extend_from_slice(&values.strides[extra..]);
        let aligned = Layout { dtype: values.dtype.clone(), shape, strides, offset: values.offset };
        let mut spread = if self.insert_at > 0 {
            permute(&aligned, &transposition(self.shape.len(), self.insert_at, total, self.insert_at))
        } else {
            aligned
        };
        for axis in 0..total {
            if spread.shape[axis] == wanted[axis] && wanted[axis] != 1 {
                continue;
            }
            if spread.shape[axis] != 1 {
                return Err(mismatch());
            }
            spread.strides[axis] = 0;
            spread.shape[axis] = wanted[axis];
        }
        Ok(spread)
    }

    fn mismatch(&self, values: &[usize], wanted: &[usize]) -> Error {
        let axes = transposition(self.shape.len(), self.insert_at, wanted.len(), self.shape.len());
        let result: Shape = axes.iter().map(|&axis| wanted[axis]).collect();
        value_error(format!(
            "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
            array_shape_text(values),
            array_shape_text(&result)
        ))
    }

    /// Refuses indices that are out of bounds (`PyArray_MapIterCheckIndices`); none counts where nothing is selected.
    fn check_bounds(&self) -> Result<()> {
        if self.shape.contains(&0) {
            return Ok(());
        }
        for index in self.arrays.iter().filter(|index| !index.mask) {
            let layout = index.array.layout();
            let walk = Traversal::new(&layout.shape, &[&layout], Order::K, false);
            let buffer = index.array.buffer();
            let Some(bytes) = buffer.bytes() else { continue };
            let reader = IndexReader::new(index)?;
            walk.for_each_run(|starts, steps, total| {
                let run = Strided { bytes, offset: starts[0], stride: steps[0] };
                (0..total).step_by(BLOCK).try_for_each(|first| {
                    reader.read(run.from(first), (total - first).min(BLOCK), |place| {
                        normalize_index(place, index.len, index.axis)
                            .map(drop)
                            .map_err(|error| error.at_index(index.written))
                    })
                })
            })?;
        }
        Ok(())
    }

    /// Walks over the broadcast axes, block by block: calls `work` with the bytes in the array that the indices of the
    /// block name, and with the first byte and the stride of `beside`, which has the broadcast axes.
    fn each_block(
        &self,
        beside: &Layout,
        order: Order,
        flip: bool,
        mut work: impl FnMut(&[usize], usize, isize) -> Result<()>,
    ) -> Result<()> {
        let base = self.rest.as_ref().map_or(self.offset, |rest| rest.offset);
        let layouts: SmallVec<[Layout; 3]> =
            self.arrays.iter().map(|index| index.array.layout().clone()).chain([beside.clone()]).collect();
        let operands: SmallVec<[&Layout; 3]> = layouts.iter().collect();
        let walk = Traversal::new(&self.shape, &operands, order, flip);
        let readers = self.arrays.iter().map(IndexReader::new).collect::<Result<SmallVec<[IndexReader; 2]>>>()?;
        let buffers: SmallVec<[Rc<Buffer>; 2]> = self.arrays.iter().map(|index| index.array.buffer()).collect();
        let last = self.arrays.len();
        let mut places = [0usize; BLOCK];
        walk.for_each_run(|starts, steps, total| {
            for first in (0..total).step_by(BLOCK) {
                let count = (total - first).min(BLOCK);
                let places = &mut places[..count];
                places.fill(base);
                for (op, (index, reader)) in self.arrays.iter().zip(&readers).enumerate() {
                    let Some(bytes) = buffers[op].bytes() else { return Ok(()) };
                    if index.stride == 0 {
                        continue;
                    }
                    let run = Strided { bytes, offset: starts[op], stride: steps[op] }.from(first);
                    let (len, stride) = (index.len as isize, index.stride);
                    let mut to = places.iter_mut();
                    reader.read(run, count, |place| {
                        if let Some(to) = to.next() {
                            let place = if place < 0 { place.wrapping_add(len) } else { place };
                            *to = to.wrapping_add_signed(place.wrapping_mul(stride));
                        }
                        Ok(())
                    })?;
                }
                let step = steps[last];
                work(places, starts[last].wrapping_add_signed(step.wrapping_mul(first as isize)), step)?;
            }
            Ok(())
        })
    }
}

/// Reads indices of any integer type as `isize`.
struct IndexReader {
    /// For other than native, aligned `int64`: the cast, and where its results go.
    cast: Option<(Caster, AlignedBytes)>,
}

impl IndexReader {
    fn new(index: &IndexArray) -> Result<IndexReader> {
        let dtype = index.array.dtype();
        if dtype.ty() == Type::Int64 && dtype.is_native() && index.array.is_aligned() {
            return Ok(IndexReader { cast: None });
        }
        let side = AlignedBytes::zeroed(BLOCK * 8).ok_or(OutOfMemory { bytes: BLOCK * 8 })?;
        Ok(IndexReader { cast: Some((Caster::new(&dtype, &Type::Int64.into()), side)) })
    }

    /// Calls `visit` for each of `count` (at most [`BLOCK`]) indices.
    #[inline(always)]
    fn read(&self, run: Strided<'_>, count: usize, mut visit: impl FnMut(isize) -> Result<()>) -> Result<()> {
        let run = match &self.cast {
            None => run,
            Some((caster, side)) => {
                let to = Strided { bytes: side, offset: 0, stride: 8 };
                caster.cast(run, to, count)?;
                to
            }
        };
        let run = run.run::<i64>(count)?;
        match run.cells() {
            Some(cells) => cells.iter().try_for_each(|cell| visit(cell.get() as isize)),
            None => (0..count).try_for_each(|i| visit(run.get(i) as isize)),
        }
    }
}

/// The broadcast axes of a layout, and the others, relative to their start.
fn split(layout: &Layout, at: usize) -> (Layout, Layout) {
    let part = |shape: &[usize], strides: &[isize], offset| Layout {
        dtype: layout.dtype.clone(),
        shape: shape.into(),
        strides: strides.into(),
        offset,
    };
    let (outer, inner) = (layout.shape.split_at(at), layout.strides.split_at(at));
    (part(outer.0, inner.0, layout.offset), part(outer.1, inner.1, 0))
}

/// Copies the rest of the array at one place; the bytes and the place of both sides, the target first.
fn move_part(caster: &Caster, walk: &Traversal, sides: [(&AlignedBytes, usize); 2]) -> Result<()> {
    let [(to, to_start), (from, from_start)] = sides;
    walk.for_each_run(|starts, steps, count| {
        let src = Strided { bytes: from, offset: from_start.wrapping_add(starts[1]), stride: steps[1] };
        let dst = Strided { bytes: to, offset: to_start.wrapping_add(starts[0]), stride: steps[0] };
        caster.cast(src, dst, count)
    })
}

/// The transposition that moves the broadcast axes behind `insert_at` others (`_get_transpose`): `first` is the number of
/// broadcast axes for a result, and `insert_at` for a source.
fn transposition(fancy: usize, insert_at: usize, total: usize, first: usize) -> SmallVec<[usize; 4]> {
    (first..fancy + insert_at).chain(0..first).chain(fancy + insert_at..total).collect()
}
