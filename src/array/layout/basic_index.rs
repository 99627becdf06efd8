//! Where do the elements lie that integers, slices, `...` and `np.newaxis` select? Always in a view.
//!
//! An integer moves the offset and drops its axis; a slice moves the offset and multiplies the stride;
//! `np.newaxis` adds an axis of length 1 and stride 0; `...` keeps as many axes as are left over. Follows
//! `prepare_index` and `get_view_from_index` (mapping.c), and `slice.indices` of Python.

use super::reshape::too_many_dimensions;
use super::{Layout, MAX_DIMS, Shape, Strides};
use crate::error::{Result, index_error, value_error};

/// A Python slice. Bounds beyond a machine word are clipped by whoever makes it, as `_PyEval_SliceIndex` does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Slice {
    /// Where it starts.
    pub start: Option<isize>,
    /// Where it ends, without that.
    pub stop: Option<isize>,
    /// How far each step goes; not 0.
    pub step: Option<isize>,
}

/// A slice for an axis of known length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SliceIndices {
    /// The first index.
    pub start: isize,
    /// The index before which it ends; -1 where a backward slice includes index 0.
    pub stop: isize,
    /// The step, not 0.
    pub step: isize,
    /// How many indices it has.
    pub count: usize,
}

impl Slice {
    /// Python's `slice.indices(length)`, with the count.
    ///
    /// # Errors
    /// `ValueError: slice step cannot be zero`.
    pub fn indices(&self, length: usize) -> Result<SliceIndices> {
        let length = length as isize;
        let step = self.step.unwrap_or(1).max(-isize::MAX);
        if step == 0 {
            return Err(value_error("slice step cannot be zero"));
        }
        let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let clip = |bound: isize| {
            let from_front = if bound < 0 { bound.saturating_add(length) } else { bound };
            from_front.clamp(lowest, highest)
        };
        let start = self.start.map_or(if step < 0 { highest } else { lowest }, clip);
        let stop = self.stop.map_or(if step < 0 { lowest } else { highest }, clip);
        let distance = if step < 0 { start - stop } else { stop - start };
        let count = if distance <= 0 { 0 } else { (distance - 1) as usize / step.unsigned_abs() + 1 };
        Ok(SliceIndices { start, stop, step, count })
    }
}

/// One item of a basic index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BasicIndex {
    /// One place on an axis.
    Int(isize),
    /// A range of places.
    Slice(Slice),
    /// `None`, `np.newaxis`.
    NewAxis,
    /// `...`
    Ellipsis,
}

impl From<isize> for BasicIndex {
    fn from(index: isize) -> BasicIndex {
        BasicIndex::Int(index)
    }
}

/// `index` counted from the front of axis `axis` (`check_and_adjust_index`).
///
/// # Errors
/// `IndexError: index 5 is out of bounds for axis 0 with size 3`.
#[inline]
pub fn normalize_index(index: isize, length: usize, axis: usize) -> Result<usize> {
    let from_front = if index < 0 { index.saturating_add_unsigned(length) } else { index };
    match usize::try_from(from_front) {
        Ok(place) if place < length => Ok(place),
        _ => Err(out_of_bounds(index, length, axis)),
    }
}

#[cold]
fn out_of_bounds(index: isize, length: usize, axis: usize) -> crate::error::Error {
    let label = match length {
        0 => format!("axis {axis} is empty"),
        _ => format!("axis {axis} goes from 0 to {}, or -{length} to -1", length - 1),
    };
    let message = format!("index {index} is out of bounds for axis {axis} with size {length}");
    index_error(message).label(label)
}

/// NumPy's refusal of `count` indices that need an axis each.
#[cold]
pub fn too_many_indices(ndim: usize, count: usize) -> crate::error::Error {
    index_error(format!("too many indices for array: array is {ndim}-dimensional, but {count} were indexed"))
}

/// The layout of `a[items]`. Axes that no item names are kept whole. An index of integers for every axis gives a 0-d
/// layout: NumPy makes a scalar of that unless there is an `...`.
///
/// # Errors
/// NumPy's `IndexError`s and `ValueError`, each at the item to blame.
pub fn basic_index(layout: &Layout, items: &[BasicIndex]) -> Result<Layout> {
    basic_index_of(layout, items.iter().copied())
}

/// As [`basic_index`], of items that are not a slice.
///
/// # Errors
/// As there.
#[inline]
pub fn basic_index_of(layout: &Layout, items: impl Iterator<Item = BasicIndex> + Clone) -> Result<Layout> {
    let (mut ellipsis, mut consumed, mut added, mut dropped) = (false, 0, 0, 0);
    for (n, item) in items.clone().enumerate() {
        match item {
            BasicIndex::Ellipsis if ellipsis => {
                return Err(index_error("an index can only have a single ellipsis ('...')").at_index(n));
            }
            BasicIndex::Ellipsis => ellipsis = true,
            BasicIndex::NewAxis => added += 1,
            BasicIndex::Int(_) => {
                consumed += 1;
                dropped += 1;
            }
            BasicIndex::Slice(_) => consumed += 1,
        }
    }
    let ndim = layout.ndim();
    let Some(skipped) = ndim.checked_sub(consumed) else {
        let first_beyond = (items.enumerate())
            .filter(|(_, item)| matches!(item, BasicIndex::Int(_) | BasicIndex::Slice(_)))
            .nth(ndim)
            .map_or(0, |(n, _)| n);
        return Err(too_many_indices(ndim, consumed).at_index(first_beyond));
    };
    let kept = ndim - dropped;
    if kept + added > MAX_DIMS {
        return Err(index_error(format!(
            "number of dimensions must be within [0, {MAX_DIMS}], indexing result would have {}",
            kept + added
        )));
    }
    let mut offset = layout.offset;
    let (mut shape, mut strides) = (Shape::new(), Strides::new());
    let mut axis = 0;
    for (n, item) in items.enumerate() {
        match item {
            BasicIndex::Int(index) => {
                let place = normalize_index(index, layout.shape[axis], axis).map_err(|error| error.at_index(n))?;
                offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(place as isize));
                axis += 1;
            }
            BasicIndex::Slice(slice) => {
                let indices = slice.indices(layout.shape[axis]).map_err(|error| error.at_index(n))?;
                let (start, step) = if indices.count == 0 { (0, 1) } else { (indices.start, indices.step) };
                offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(start));
                shape.push(indices.count);
                strides.push(layout.strides[axis].wrapping_mul(step));
                axis += 1;
            }
            BasicIndex::NewAxis => {
                shape.push(1);
                strides.push(0);
            }
            BasicIndex::Ellipsis => {
                shape.extend_from_slice(&layout.shape[axis..axis + skipped]);
                strides.extend_from_slice(&layout.strides[axis..axis + skipped]);
                axis += skipped;
            }
        }
    }
    if axis < ndim {
        shape.extend_from_slice(&layout.shape[axis..]);
        strides.extend_from_slice(&layout.strides[axis..]);
    }
    if shape.len() > MAX_DIMS {
        return Err(too_many_dimensions(shape.len()));
    }
    Ok(Layout { dtype: layout.dtype.clone(), shape, strides, offset })
}

#[cfg(test)]
mod tests {
    use super::super::Order;
    use super::*;
    use crate::array::Type;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn slice(start: Option<isize>, stop: Option<isize>, step: Option<isize>) -> BasicIndex {
        BasicIndex::Slice(Slice { start, stop, step })
    }

    #[test]
    fn slices_clip_as_pythons() {
        let indices = |start, stop, step, length| {
            let i = Slice { start, stop, step }.indices(length).unwrap();
            (i.start, i.stop, i.step, i.count)
        };
        // from `slice(...).indices(6)` and `len(range(...))`
        assert_eq!(indices(None, None, Some(-1), 6), (5, -1, -1, 6));
        assert_eq!(indices(Some(-100), Some(100), Some(4), 6), (0, 6, 4, 2));
        assert_eq!(indices(Some(isize::MAX), None, None, 6), (6, 6, 1, 0));
        assert_eq!(indices(None, None, Some(isize::MIN), 6), (5, -1, -isize::MAX, 1));
        assert_eq!(indices(Some(2), Some(20), Some(-1), 6), (2, 5, -1, 0));
        assert_eq!(indices(None, Some(3), Some(-1), 6), (5, 3, -1, 2));
    }

    #[test]
    fn an_empty_slice_points_to_the_start() {
        let a = arange(&[6]);
        let empty = basic_index(&a, &[slice(Some(4), Some(2), Some(-3))]).unwrap();
        assert_eq!((empty.offset, empty.strides[0], empty.shape[0]), (32, -24, 1));
        let empty = basic_index(&a, &[slice(Some(4), Some(2), Some(3))]).unwrap();
        assert_eq!((empty.offset, empty.strides[0], empty.shape[0]), (0, 8, 0));
    }

    #[test]
    fn refusals_are_numpys_and_name_the_item() {
        use BasicIndex::{Ellipsis, Int, NewAxis};
        let refuse = |shape: &[usize], items: &[BasicIndex]| {
            let error = basic_index(&arange(shape), items).unwrap_err();
            (error.message().to_string(), error.details().blame.clone())
        };
        use crate::error::Blame::{Index, Whole};
        let all = slice(None, None, None);
        assert_eq!(
            refuse(&[6], &[Int(1), all, NewAxis, Ellipsis]),
            ("too many indices for array: array is 1-dimensional, but 2 were indexed".into(), Index(1))
        );
        assert_eq!(
            refuse(&[2, 3], &[NewAxis, Int(0), Int(-4)]),
            ("index -4 is out of bounds for axis 1 with size 3".into(), Index(2))
        );
        assert_eq!(
            refuse(&[6], &[Ellipsis, Ellipsis]),
            ("an index can only have a single ellipsis ('...')".into(), Index(1))
        );
        assert_eq!(refuse(&[6], &[slice(None, None, Some(0))]), ("slice step cannot be zero".into(), Index(0)));
        assert_eq!(
            refuse(&[2, 3], &[NewAxis; 63]),
            ("number of dimensions must be within [0, 64], indexing result would have 65".into(), Whole)
        );
    }
}
