//! `a[...]`: reading and writing the elements that an index selects, in every mixture of integers, slices, `...`,
//! `np.newaxis`, integer arrays and masks.
//!
//! Integers and slices alone select a view (`layout::basic_index`). As soon as an array takes part the elements are
//! gathered into a new array, or scattered from the source. Follows `array_subscript` and `array_assign_subscript`
//! (mapping.c).

mod boolean;
mod fancy;
mod prepare;
mod scatter;

pub use scatter::count_chosen;
pub(super) use scatter::{BLOCK, count_true, gather, require_values, scatter};

use super::assign::assign;
use super::cast::{Caster, Strided, warn_discards_imaginary};
use super::copy::copy;
use super::dtype::Kind;
use super::layout::basic_index::normalize_index;
use super::layout::{BasicIndex, Layout, Order, Slice, basic_index};
use super::ndarray::{ArrayRef, NdArray};
use super::runtime::Runtime;
use super::scalar::Scalar;
use crate::error::{Result, type_error, value_error};
use prepare::{Selection, prepare};
use smallvec::SmallVec;

/// One item of an index.
#[derive(Clone)]
pub enum Index {
    /// One place on an axis.
    Int(isize),
    /// A range of places.
    Slice {
        /// Where it starts.
        start: Option<isize>,
        /// Where it ends, without that.
        stop: Option<isize>,
        /// How far each step goes.
        step: Option<isize>,
    },
    /// `None`, `np.newaxis`.
    NewAxis,
    /// `...`
    Ellipsis,
    /// An array of integers of any type. A 0-d one counts as an integer, but for a view it asks for a copy.
    Integers(ArrayRef),
    /// An array of bools.
    Mask(ArrayRef),
    /// A bool, or a 0-d array of bools.
    MaskScalar(bool),
}

/// What an index selects.
pub enum Selected {
    /// A view of the array.
    View(ArrayRef),
    /// A new array. Its base is a hidden array where NumPy's is.
    Copy(ArrayRef),
    /// One element: NumPy's scalar.
    Element(Scalar),
}

/// The index as a basic one, where no array takes part.
fn as_basic(index: &[Index]) -> Option<SmallVec<[BasicIndex; 4]>> {
    index
        .iter()
        .map(|item| match *item {
            Index::Int(place) => Some(BasicIndex::Int(place)),
            Index::Slice { start, stop, step } => Some(BasicIndex::Slice(Slice { start, stop, step })),
            Index::NewAxis => Some(BasicIndex::NewAxis),
            Index::Ellipsis => Some(BasicIndex::Ellipsis),
            Index::Integers(_) | Index::Mask(_) | Index::MaskScalar(_) => None,
        })
        .collect()
}

/// The byte of the one element that an index of integers for every axis selects.
fn element_offset(layout: &Layout, index: &[Index]) -> Result<Option<usize>> {
    if index.len() != layout.ndim() || !index.iter().all(|item| matches!(item, Index::Int(_))) {
        return Ok(None);
    }
    let mut offset = layout.offset;
    for (axis, item) in index.iter().enumerate() {
        let Index::Int(place) = *item else { return Ok(None) };
        let place = normalize_index(place, layout.shape[axis], axis).map_err(|error| error.at_index(axis))?;
        offset = offset.wrapping_add_signed(layout.strides[axis].wrapping_mul(place as isize));
    }
    Ok(Some(offset))
}

/// `array[index]`.
///
/// # Errors
/// NumPy's `IndexError`s, at the item to blame; `ValueError: slice step cannot be zero`; `MemoryError`.
pub fn get(runtime: &Runtime, array: &ArrayRef, index: &[Index]) -> Result<Selected> {
    if let Some(offset) = element_offset(&array.layout(), index)? {
        return Ok(Selected::Element(array.read(offset)));
    }
    if let Some(items) = as_basic(index) {
        let layout = basic_index(&array.layout(), &items)?;
        return Ok(Selected::View(NdArray::view(array, layout)));
    }
    let prepared = prepare(runtime, array, index)?;
    match &prepared {
        Selection::Element(layout) => Ok(Selected::Element(array.read(layout.offset))),
        Selection::View { layout, copied: false } => Ok(Selected::View(NdArray::view(array, layout.clone()))),
        Selection::View { layout, copied: true } => {
            let view = NdArray::view(array, layout.clone());
            Ok(Selected::Copy(copy(runtime, &view, Order::K)?))
        }
        Selection::Mask(mask) => Ok(Selected::Copy(boolean::get(runtime, array, mask)?)),
        Selection::Fancy(fancy) => Ok(Selected::Copy(fancy.get(runtime, array)?)),
    }
}

/// `array[index] = source`, broadcast and cast. The source is copied first where it shares memory and the order
/// matters.
///
/// # Errors
/// As [`get`]; `ValueError: assignment destination is read-only`; NumPy's words for shapes that do not fit.
pub fn set(runtime: &Runtime, array: &ArrayRef, index: &[Index], source: &ArrayRef) -> Result<()> {
    array.require_writeable("assignment destination")?;
    let one = |offset| Layout { dtype: array.dtype(), shape: SmallVec::new(), strides: SmallVec::new(), offset };
    let offset = element_offset(&array.layout(), index)?;
    if let Some(offset) = offset {
        return set_element(runtime, array, one(offset), source);
    }
    if let Some(items) = as_basic(index) {
        if matches!(items.as_slice(), [BasicIndex::Ellipsis]) {
            return assign(runtime, array, source);
        }
        let layout = basic_index(&array.layout(), &items)?;
        return assign(runtime, &NdArray::view(array, layout), source);
    }
    let prepared = prepare(runtime, array, index)?;
    match prepared {
        Selection::Element(layout) => set_element(runtime, array, layout, source),
        Selection::View { layout, .. } => assign(runtime, &NdArray::view(array, layout), source),
        Selection::Mask(mask) => {
            let cells = boolean::set(runtime, array, &mask, source)?;
            runtime.record_write(array, Some(cells));
            Ok(())
        }
        Selection::Fancy(fancy) => {
            let cells = fancy.size(array);
            fancy.set(runtime, array, source)?;
            runtime.record_write(array, Some(cells));
            Ok(())
        }
    }
}

/// Writes one element (`PyArray_Pack`). Of arrays with axes only a bool takes one, if it has a single element.
fn set_element(runtime: &Runtime, array: &ArrayRef, element: Layout, source: &ArrayRef) -> Result<()> {
    if source.ndim() > 0 {
        match element.dtype.kind() {
            Kind::Complex => return Err(type_error("only 0-dimensional arrays can be converted to Python scalars")),
            Kind::Bool if source.size() == 1 => {}
            _ => return Err(value_error("setting an array element with a sequence.")),
        }
    }
    let (from, to) = (source.dtype(), &element.dtype);
    warn_discards_imaginary(runtime, &from, to);
    let (read, write) = (source.buffer(), array.buffer());
    if let (Some(src), Some(dst)) = (read.bytes(), write.bytes()) {
        let caster = Caster::new(&from, to);
        let src = Strided { bytes: src, offset: source.layout().offset, stride: 0 };
        caster.cast(src, Strided { bytes: dst, offset: element.offset, stride: 0 }, 1)?;
        caster.finish(runtime)?;
    }
    runtime.record_write_at(write.id(), element, None);
    Ok(())
}
