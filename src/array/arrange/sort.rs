//! Sorting along an axis: `sort` in place, `argsort`, `lexsort`.
//!
//! Follows `_new_sortlike`, `_new_argsortlike` and `PyArray_LexSort` (item_selection.c). Where NumPy sorts in a
//! buffer of its own (a line that is strided, unaligned or byte-swapped), so do we, and the ledger counts it.

use super::super::cast::{Caster, Strided};
use super::super::copy::ravel;
use super::super::dtype::Type;
use super::super::layout::transpose::normalize_axis_index;
use super::super::layout::{Layout, Order};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::blocks::{collect, poll, sort_blocks};
use super::lines::Lines;
use super::order::Sortable;
use super::quicksort::{argsort_quick, argsort_stable};
use super::texts::Elements;
use crate::error::{Result, type_error, value_error};
use crate::memory::Buffer;
use crate::{interrupt, with_element};
use std::rc::Rc;

/// NumPy's kinds of sorts that differ: `'quicksort'` and `'heapsort'` are `Quick`, `'mergesort'` and `'stable'` are
/// `Stable`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKind {
    /// The fastest.
    #[default]
    Quick,
    /// Equal elements keep their order.
    Stable,
}

/// The lines of one array along an axis, loaded as native values and stored again.
pub(super) struct LineAccess {
    layout: Layout,
    buffer: Rc<Buffer>,
    axis: usize,
    /// Where NumPy takes the line out of the array to work on it.
    side: Option<Rc<Buffer>>,
}

impl LineAccess {
    /// Access to the lines of `array`; takes the buffer that NumPy takes.
    pub(super) fn new(runtime: &Runtime, array: &NdArray, axis: usize) -> Result<LineAccess> {
        let layout = array.layout().clone();
        let direct = layout.strides[axis] == layout.itemsize() as isize && layout.dtype.is_native();
        let side = if direct && array.is_aligned() {
            None
        } else {
            let line = Layout::contiguous(layout.dtype.native(), &[layout.shape[axis]], Order::C);
            Some(runtime.allocate(&line)?)
        };
        Ok(LineAccess { layout, buffer: array.buffer(), axis, side })
    }

    /// The length of a line.
    pub(super) fn len(&self) -> usize {
        self.layout.shape[self.axis]
    }

    /// The values of the line that starts at byte `start`; none where the array is only planned.
    pub(super) fn load<T: Sortable>(&self, start: usize) -> Result<Vec<T>> {
        let Some(line) = self.line(start) else { return Ok(Vec::new()) };
        let (bytes, line) = match self.side.as_ref().and_then(|side| side.bytes()) {
            Some(side) => {
                let to = Strided { bytes: side, offset: 0, stride: self.layout.itemsize() as isize };
                Caster::new(&self.layout.dtype, &self.layout.dtype.native()).cast(line, to, self.len())?;
                (side, to)
            }
            None => (line.bytes, line),
        };
        let run = bytes.run::<T>(line.offset, line.stride, self.len())?;
        match run.cells() {
            Some(cells) => collect(cells.iter().map(|cell| cell.get())),
            None => collect((0..run.len()).map(|i| run.get(i))),
        }
    }

    /// Puts values into the line that starts at byte `start`.
    pub(super) fn store<T: Sortable>(&self, start: usize, values: &[T]) -> Result<()> {
        let Some(line) = self.line(start) else { return Ok(()) };
        let side = self.side.as_ref().and_then(|side| side.bytes());
        let to = match side {
            Some(side) => Strided { bytes: side, offset: 0, stride: self.layout.itemsize() as isize },
            None => line,
        };
        let run = to.run::<T>(self.len())?;
        for (i, &value) in values.iter().enumerate().take(run.len()) {
            poll(i)?;
            run.set(i, value);
        }
        if side.is_some() {
            Caster::new(&self.layout.dtype.native(), &self.layout.dtype).cast(to, line, self.len())?;
        }
        Ok(())
    }

    /// The elements of the line that starts at byte `start`, as bytes, and the run they stand in; none where the array is
    /// only planned.
    pub(super) fn elements(&self, start: usize) -> Result<Option<(Elements, Strided<'_>)>> {
        let Some(run) = self.line(start) else { return Ok(None) };
        Ok(Some((Elements::load(run, self.len(), &self.layout.dtype)?, run)))
    }

    fn line(&self, start: usize) -> Option<Strided<'_>> {
        Strided::of(&self.buffer, start, self.layout.strides[self.axis])
    }
}

/// `a.sort(axis, kind)`: sorts every line along the axis in place. NaN goes last.
///
/// # Errors
/// `AxisError`; `ValueError: sort array is read-only`; `MemoryError` for NumPy's buffer.
pub fn sort(runtime: &Runtime, array: &ArrayRef, axis: isize, kind: SortKind) -> Result<()> {
    // both kinds leave equal values in their order here, where that can be seen at all
    let _ = kind;
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    array.require_writeable("sort array")?;
    if array.layout().shape[axis] <= 1 || array.size() == 0 {
        return Ok(());
    }
    let lines = LineAccess::new(runtime, array, axis)?;
    if array.layout().dtype.is_number() {
        with_element!(array.dtype().ty(), T => each_line(array, axis, |start| {
            let mut values = lines.load::<T>(start)?;
            T::sort(&mut values)?;
            lines.store(start, &values)
        }))?;
    } else {
        sort_texts(array, axis, &lines)?;
    }
    runtime.record_write(array, None);
    Ok(())
}

/// Sorts the lines of an array of what is no number.
pub(super) fn sort_texts(array: &NdArray, axis: usize, lines: &LineAccess) -> Result<()> {
    each_line(array, axis, |start| {
        let Some((elements, run)) = lines.elements(start)? else { return Ok(()) };
        elements.store(&elements.argsort()?, run)
    })
}

/// Calls `work` for the start of every line of `array`; for none where it is only planned.
pub(super) fn each_line(array: &NdArray, axis: usize, mut work: impl FnMut(usize) -> Result<()>) -> Result<()> {
    if array.buffer_ref().is_planned() {
        return Ok(());
    }
    let layout = array.layout().clone();
    for [start] in Lines::new([&layout], axis) {
        work(start)?;
        interrupt::check()?;
    }
    Ok(())
}

/// The array and axis that NumPy's `PyArray_CheckAxis` makes of an array and `axis=None`, or of a 0-d array.
pub(in super::super) fn check_axis(
    runtime: &Runtime,
    array: &ArrayRef,
    axis: Option<isize>,
) -> Result<(ArrayRef, usize)> {
    let Some(axis) = axis else { return Ok((ravel(runtime, array)?, 0)) };
    let array = if array.ndim() == 0 { ravel(runtime, array)? } else { Rc::clone(array) };
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    Ok((array, axis))
}

/// `a.argsort(axis, kind)`: the indices, as `int64`, that sort each line. `axis=None` sorts the flattened array.
///
/// # Errors
/// `AxisError`; `MemoryError`.
pub fn argsort(runtime: &Runtime, array: &ArrayRef, axis: Option<isize>, kind: SortKind) -> Result<ArrayRef> {
    let (array, axis) = check_axis(runtime, array, axis)?;
    argsort_like(runtime, &array, axis, &mut |lines, start| {
        if !lines.layout.dtype.is_number() {
            return lines.elements(start)?.map_or(Ok(Vec::new()), |(elements, _)| elements.argsort());
        }
        with_element!(lines.layout.dtype.ty(), T => {
            let values = lines.load::<T>(start)?;
            if kind == SortKind::Stable { argsort_stable(&values) } else { argsort_quick(&values) }
        })
    })
}

/// Gives the indices of one line: its access and the byte where it starts.
pub(super) type IndexLine<'a> = &'a mut dyn FnMut(&LineAccess, usize) -> Result<Vec<i64>>;

/// A new array of indices, each line of it made from the same line of `array`.
pub(super) fn argsort_like(
    runtime: &Runtime,
    array: &ArrayRef,
    axis: usize,
    indices_of: IndexLine<'_>,
) -> Result<ArrayRef> {
    let indices = NdArray::zeros(runtime, Type::Int64.into(), &array.shape(), Order::C)?;
    if array.layout().shape[axis] <= 1 || array.size() == 0 {
        return Ok(indices);
    }
    let lines = LineAccess::new(runtime, array, axis)?;
    let stride = indices.layout().strides[axis];
    let _side = (stride != 8).then(|| index_line(runtime, lines.len())).transpose()?;
    let (from, to) = (array.layout().clone(), indices.layout().clone());
    let buffer = indices.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(indices) };
    for [start, target] in Lines::new([&from, &to], axis) {
        let order = indices_of(&lines, start)?;
        let run = bytes.run::<i64>(target, stride, lines.len())?;
        for (i, index) in order.into_iter().take(run.len()).enumerate() {
            poll(i)?;
            run.set(i, index);
        }
        interrupt::check()?;
    }
    Ok(indices)
}

/// The buffer for a line of indices that NumPy takes where the result's own line is not contiguous.
fn index_line(runtime: &Runtime, len: usize) -> Result<Rc<Buffer>> {
    runtime.allocate(&Layout::contiguous(Type::Int64.into(), &[len], Order::C))
}

/// `np.lexsort(keys, axis)`: the indices that sort by the last key, and among its equals by the one before, and so on.
///
/// # Errors
/// `TypeError: need sequence of keys with len > 0 in lexsort`; `ValueError: all keys need to be the same shape`;
/// `AxisError`; `MemoryError`.
pub fn lexsort(runtime: &Runtime, keys: &[ArrayRef], axis: isize) -> Result<ArrayRef> {
    let [first, rest @ ..] = keys else {
        return Err(type_error("need sequence of keys with len > 0 in lexsort"));
    };
    if rest.iter().any(|key| key.shape() != first.shape()) {
        return Err(value_error("all keys need to be the same shape"));
    }
    let ndim = first.ndim();
    let axis = if ndim == 0 && (axis == 0 || axis == -1) { 0 } else { normalize_axis_index(axis, ndim, None)? };
    let indices = NdArray::zeros(runtime, Type::Int64.into(), &first.shape(), Order::C)?;
    if ndim == 0 || first.size() <= 1 {
        return Ok(indices);
    }
    let len = first.layout().shape[axis];
    let stride = indices.layout().strides[axis];
    let direct = |key: &ArrayRef| {
        let layout = key.layout();
        layout.dtype.is_native() && key.is_aligned() && layout.strides[axis] == layout.itemsize() as isize
    };
    let itemsize = keys.iter().map(|key| key.layout().itemsize()).max().unwrap_or(1);
    let (side, _order) = if stride == 8 && keys.iter().all(direct) {
        (None, None)
    } else {
        let side = runtime.allocate(&Layout::contiguous(Type::UInt8.into(), &[len * itemsize], Order::C))?;
        (Some(side), Some(index_line(runtime, len)?))
    };
    let buffer = indices.buffer();
    let Some(bytes) = buffer.bytes() else { return Ok(indices) };
    let target = indices.layout().clone();
    let mut sources: Vec<(LineAccess, Lines<1>)> = keys
        .iter()
        .map(|key| {
            let layout = key.layout().clone();
            let lines = Lines::new([&layout], axis);
            (LineAccess { layout, buffer: key.buffer(), axis, side: side.clone() }, lines)
        })
        .collect();
    for [line] in Lines::new([&target], axis) {
        let mut order: Vec<i64> = collect(0..len as i64)?;
        for (access, lines) in &mut sources {
            let Some([start]) = lines.next() else { break };
            if !access.layout.dtype.is_number() {
                if let Some((elements, _)) = access.elements(start)? {
                    order.sort_by(|&i, &j| elements.order(i as usize, j as usize));
                }
                continue;
            }
            with_element!(access.layout.dtype.ty(), T => {
                let values = access.load::<T>(start)?;
                let key = |i: i64| values[i as usize].key();
                sort_blocks(&mut order, |block| block.sort_by_key(|&i| key(i)), |a, b| key(a) < key(b))?;
            });
        }
        let run = bytes.run::<i64>(line, stride, len)?;
        for (i, index) in order.into_iter().enumerate() {
            poll(i)?;
            run.set(i, index);
        }
        interrupt::check()?;
    }
    Ok(indices)
}
