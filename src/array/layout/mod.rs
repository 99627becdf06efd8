//! How the elements of an array lie in its buffer: dtype, shape, byte strides, byte offset. Pure data.
//!
//! Every question about memory that NumPy answers from these four numbers is answered here, by a pure
//! function. One question a file.

pub mod as_strided;
pub mod basic_index;
pub mod broadcast;
pub mod cache_lines;
pub mod cells;
pub(crate) mod cut;
mod density;
mod footprint;
pub mod k_order;
pub mod merge;
pub mod overlap;
mod reason;
pub mod recover;
pub mod region;
pub mod relation;
pub mod reshape;
mod selection;
pub mod shape_text;
pub mod sizes;
pub mod touched;
pub mod transpose;
mod view_cast;
pub mod view_step;
pub mod visit;

pub use basic_index::{BasicIndex, Slice, SliceIndices, basic_index};
pub use cells::{Cell, Cells, cells_within};
pub use density::{Part, density};
pub use merge::{Runs, Traversal};
pub use reason::Reason;
pub use region::{Places, Region};
pub use reshape::{attempt_nocopy_reshape, fix_unknown_dimension, newshape, ravel, reshape};
pub use touched::{Touched, Written, cells_touched};
pub use view_cast::view_cast;

use super::compound::Field;
use super::dtype::{DType, Type};
use smallvec::SmallVec;

/// Lengths of the axes, in elements.
pub type Shape = SmallVec<[usize; 4]>;
/// Distances between neighbours along each axis, in bytes.
pub type Strides = SmallVec<[isize; 4]>;

/// The most axes an array may have (NumPy's `NPY_MAXDIMS`).
pub const MAX_DIMS: usize = 64;

/// In which order an operation visits or lays out elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Last axis fastest.
    C,
    /// First axis fastest.
    F,
    /// `F` for arrays that are F-contiguous and not C-contiguous, else `C`.
    A,
    /// As close to the order in memory as possible.
    K,
}

/// Where each element of an array stands in its buffer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// What an element is.
    pub dtype: DType,
    /// Length of each axis.
    pub shape: Shape,
    /// Bytes from one element to the next along each axis. As many as there are axes.
    pub strides: Strides,
    /// Byte in the buffer where the element with all indices 0 starts.
    pub offset: usize,
}

/// The strides in bytes of a contiguous array of this shape: `F` puts the first axis closest together, every
/// other order the last. Follows `_array_fill_strides` (ctors.c): an axis of length 0 counts as 1.
pub fn contiguous_strides(shape: &[usize], itemsize: usize, order: Order) -> Strides {
    let mut strides: Strides = zeros(shape.len());
    let mut step = itemsize;
    let put = |(stride, &length): (&mut isize, &usize)| {
        *stride = step as isize;
        step = step.saturating_mul(length.max(1));
    };
    if order == Order::F {
        strides.iter_mut().zip(shape).for_each(put);
    } else {
        strides.iter_mut().zip(shape).rev().for_each(put);
    }
    strides
}

/// So many zeros: lengths or strides to be filled in.
#[inline(always)]
pub(super) fn zeros<T: Copy + Default>(count: usize) -> SmallVec<[T; 4]> {
    match count {
        0..=4 => SmallVec::from_buf_and_len([T::default(); 4], count),
        _ => SmallVec::from_elem(T::default(), count),
    }
}

/// The layout of a field of the structures in an array: the strides are the array's, and a sub-array adds its axes.
pub fn field_layout(array: &Layout, field: &Field) -> Layout {
    let offset = array.offset.wrapping_add(field.offset);
    let mut layout = Layout { dtype: field.dtype.clone(), offset, ..array.clone() };
    if let Some((base, inner)) = field.dtype.sub_array() {
        layout.shape.extend_from_slice(inner);
        layout.strides.extend(contiguous_strides(inner, base.itemsize(), Order::C));
        layout.dtype = base.clone();
    }
    layout
}

/// The number of elements of a shape; `None` where it does not fit a signed machine word.
pub fn element_count(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1usize, |n, &len| n.checked_mul(len).filter(|&n| n <= isize::MAX as usize))
}

impl Layout {
    /// The layout of a new contiguous array, which starts at byte 0.
    /// Elements that are arrays themselves become axes, the last ones.
    pub fn contiguous(dtype: DType, shape: &[usize], order: Order) -> Layout {
        if let Some((base, inner)) = dtype.sub_array() {
            let shape: Shape = shape.iter().chain(inner).copied().collect();
            return Layout::contiguous(base.clone(), &shape, order);
        }
        // a text of an unknown length has room for one character
        let dtype = match dtype.ty() {
            Type::Bytes | Type::Str if dtype.itemsize() == 0 => {
                DType::sized(dtype.ty(), dtype.align()).with_swapped(dtype.is_swapped())
            }
            _ => dtype,
        };
        let strides = contiguous_strides(shape, dtype.itemsize(), order);
        Layout::fresh(dtype, shape.into(), strides)
    }

    /// The layout of a new array with these strides, which starts at byte 0. Without elements all strides are 0
    /// (`PyArray_NewFromDescr_int`, ctors.c); a view without elements keeps its strides.
    pub fn fresh(dtype: DType, shape: Shape, mut strides: Strides) -> Layout {
        if shape.contains(&0) {
            strides.fill(0);
        }
        Layout { dtype, shape, strides, offset: 0 }
    }

    /// The number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Bytes an element.
    #[inline]
    pub fn itemsize(&self) -> usize {
        self.dtype.itemsize()
    }

    /// The byte where element `number`, counted in C order, stands.
    pub fn offset_of(&self, mut number: usize) -> usize {
        let mut offset = self.offset;
        for (&length, &stride) in self.shape.iter().zip(&self.strides).rev() {
            let length = length.max(1);
            offset = offset.wrapping_add_signed(stride.wrapping_mul((number % length) as isize));
            number /= length;
        }
        offset
    }

    /// `size * itemsize`: the bytes one can see through this layout, not those that are there.
    #[inline]
    pub fn nbytes(&self) -> usize {
        self.size().saturating_mul(self.itemsize())
    }

    /// Whether the elements are neighbours in C order. Axes of length 1 do not count, and an empty array is
    /// contiguous (`_UpdateContiguousFlags`, flagsobject.c).
    #[inline]
    pub fn is_c_contiguous(&self) -> bool {
        self.is_contiguous((0..self.ndim()).rev())
    }

    /// Whether the elements are neighbours in F order.
    #[inline]
    pub fn is_f_contiguous(&self) -> bool {
        self.is_contiguous(0..self.ndim())
    }

    #[inline]
    fn is_contiguous(&self, axes: impl Iterator<Item = usize>) -> bool {
        let mut step = self.itemsize() as isize;
        let mut contiguous = true;
        for axis in axes {
            let len = self.shape[axis];
            if len == 0 {
                return true;
            }
            if len != 1 {
                contiguous &= self.strides[axis] == step;
                step = step.wrapping_mul(len as isize);
            }
        }
        contiguous || self.shape.contains(&0)
    }

    /// Whether every element starts at a multiple of the dtype's alignment, given the address of the buffer
    /// (`IsAligned`, common.c).
    pub fn is_aligned(&self, address: usize) -> bool {
        let align = self.dtype.align();
        if align <= 1 || self.size() == 0 {
            return true;
        }
        let mut bits = address.wrapping_add(self.offset);
        for (&len, &stride) in self.shape.iter().zip(&self.strides) {
            if len > 1 {
                bits |= stride as usize;
            }
        }
        bits & (align - 1) == 0
    }

    /// The byte range the elements reach, as offsets in the buffer: first byte, one past the last
    /// (`offset_bounds_from_strides`). Empty at `offset` for an empty array. `None` where the range does not fit.
    pub fn byte_range(&self) -> Option<(isize, isize)> {
        let start = isize::try_from(self.offset).ok()?;
        if self.size() == 0 {
            return Some((start, start));
        }
        let (mut low, mut high) = (start, start);
        for (&len, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = stride.checked_mul(isize::try_from(len - 1).ok()?)?;
            if reach < 0 {
                low = low.checked_add(reach)?;
            } else {
                high = high.checked_add(reach)?;
            }
        }
        Some((low, high.checked_add(self.itemsize() as isize)?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::dtype::Type;
    use super::*;

    #[test]
    fn contiguity_ignores_axes_of_length_one_and_empty_arrays() {
        let mut a = Layout::contiguous(Type::Int64.into(), &[3, 1, 4], Order::C);
        assert_eq!(a.strides.as_slice(), [32, 32, 8]);
        assert!(a.is_c_contiguous() && !a.is_f_contiguous());
        a.strides[1] = 999;
        assert!(a.is_c_contiguous());
        let empty = Layout {
            strides: Strides::from_slice(&[7, 7]),
            ..Layout::contiguous(Type::Int8.into(), &[0, 3], Order::C)
        };
        assert!(empty.is_c_contiguous() && empty.is_f_contiguous());
        assert_eq!(Layout::contiguous(Type::Int16.into(), &[2, 3], Order::F).strides.as_slice(), [2, 4]);
    }
}
