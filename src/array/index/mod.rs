//! `a[...]`: reading and writing the elements that an index selects, in every mixture of integers, slices, `...`,
//! `np.newaxis`, integer arrays and masks.
//!
//! Integers and slices alone select a view (`layout::basic_index`). As soon as an array takes part the elements are
//! gathered into a new array, or scattered from the source. Follows `array_subscript` and `array_assign_subscript`
//! (mapping.c).

mod boolean;
mod fancy;
mod gathered;
mod prepare;
mod scatter;

pub use gathered::{Gathered, Item};
pub use scatter::Chosen;
pub(super) use scatter::{BLOCK, count_true, gather, scatter};

use super::assign::{assign, copy_into};
use super::cast::{Caster, Casting, Strided, warn_discards_imaginary};
use super::copied::CopyReason;
use super::dtype::Kind;
use super::layout::basic_index::{basic_index_of, normalize_index};
use super::layout::k_order::like;
use super::layout::{BasicIndex, Layout, Order, Slice};
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
    /// The element at this byte of the buffer: NumPy's scalar.
    Element(usize),
}

impl Index {
    /// As an item of a basic index, where it is no array.
    #[inline]
    fn as_basic(&self) -> Option<BasicIndex> {
        match *self {
            Index::Int(place) => Some(BasicIndex::Int(place)),
            Index::Slice { start, stop, step } => Some(BasicIndex::Slice(Slice { start, stop, step })),
            Index::NewAxis => Some(BasicIndex::NewAxis),
            Index::Ellipsis => Some(BasicIndex::Ellipsis),
            Index::Integers(_) | Index::Mask(_) | Index::MaskScalar(_) => None,
        }
    }
}

/// The layout of the view that the index selects, where no array takes part.
fn basic_view(layout: &Layout, index: &[Index]) -> Option<Result<Layout>> {
    let is_basic = !index.iter().any(|item| matches!(item, Index::Integers(_) | Index::Mask(_) | Index::MaskScalar(_)));
    is_basic.then(|| basic_index_of(layout, index.iter().filter_map(Index::as_basic)))
}

/// The byte of the one element that an index of integers for every axis selects; nothing for any other index.
///
/// # Errors
/// `IndexError: index 5 is out of bounds for axis 0 with size 3`.
#[inline]
pub fn element_offset(layout: &Layout, index: &[Index]) -> Result<Option<usize>> {
    if index.len() != layout.ndim() {
        return Ok(None);
    }
    // an item of another kind decides before a place that is out of bounds
    if index.iter().any(|item| !matches!(item, Index::Int(_))) {
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
        return Ok(Selected::Element(offset));
    }
    let view = basic_view(&array.layout(), index);
    if let Some(layout) = view {
        let view = NdArray::view(array, layout?);
        if runtime.ledger.is_recording() {
            runtime.record_index(array, &view, index.iter().filter_map(Index::as_basic).collect());
        }
        return Ok(Selected::View(view));
    }
    let prepared = prepare(runtime, array, index)?;
    let gathered = |copy: ArrayRef| {
        if runtime.ledger.is_recording() {
            let reason = CopyReason::Gathered(Gathered::of(index, &array.layout()));
            runtime.record_copy(array, &copy, reason);
        }
        Ok(Selected::Copy(copy))
    };
    match &prepared {
        Selection::Element(layout) => Ok(Selected::Element(layout.offset)),
        Selection::View { layout, copied: false } => Ok(Selected::View(NdArray::view(array, layout.clone()))),
        Selection::View { layout, copied: true } => {
            let copy = NdArray::allocate(runtime, like(layout, layout.dtype.clone(), Order::K))?;
            copy_into(runtime, &copy, &NdArray::view(array, layout.clone()), None, Casting::Unsafe)?;
            gathered(copy)
        }
        Selection::Mask(mask) => gathered(boolean::get(runtime, array, mask)?),
        Selection::Fancy(fancy) => gathered(fancy.get(runtime, array)?),
    }
}

/// `array[index] = source`, broadcast and cast. The source is copied first where it shares memory and the order
/// matters.
///
/// # Errors
/// As [`get`]; `ValueError: assignment destination is read-only`; NumPy's words for shapes that do not fit.
pub fn set(runtime: &Runtime, array: &ArrayRef, index: &[Index], source: &ArrayRef) -> Result<()> {
    let before = runtime.writes.borrow().len();
    runtime.record_changes(source, &array.dtype());
    put(runtime, array, index, source)?;
    runtime.record_cast(before, &source.dtype(), &array.dtype());
    Ok(())
}

/// The view that an index without arrays and masks selects, for those who store into it themselves; nothing for one
/// element and for any other index.
///
/// # Errors
/// As [`get`].
pub fn place(array: &ArrayRef, index: &[Index]) -> Result<Option<ArrayRef>> {
    if matches!(index, [Index::Ellipsis]) {
        return Ok(Some(ArrayRef::clone(array)));
    }
    if element_offset(&array.layout(), index)?.is_some() {
        return Ok(None);
    }
    let view = basic_view(&array.layout(), index);
    view.map(|layout| Ok(NdArray::view(array, layout?))).transpose()
}

fn put(runtime: &Runtime, array: &ArrayRef, index: &[Index], source: &ArrayRef) -> Result<()> {
    array.require_writeable("assignment destination")?;
    let one = |offset| Layout { dtype: array.dtype(), shape: SmallVec::new(), strides: SmallVec::new(), offset };
    let offset = element_offset(&array.layout(), index)?;
    if let Some(offset) = offset {
        return set_element(runtime, array, one(offset), source);
    }
    if matches!(index, [Index::Ellipsis]) {
        return assign(runtime, array, source);
    }
    let view = basic_view(&array.layout(), index);
    if let Some(layout) = view {
        return assign(runtime, &NdArray::view(array, layout?), source);
    }
    let prepared = prepare(runtime, array, index)?;
    match prepared {
        Selection::Element(layout) => set_element(runtime, array, layout, source),
        Selection::View { layout, .. } => assign(runtime, &NdArray::view(array, layout), source),
        Selection::Mask(mask) => {
            let chosen = runtime.chosen(array, Some(&mask))?;
            boolean::set(runtime, array, &mask, source)?;
            runtime.record_write_chosen(array, chosen);
            Ok(())
        }
        Selection::Fancy(fancy) => fancy.set(runtime, array, source),
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
    runtime.record_write_at(array, element);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::copy::astype;
    use super::super::{DType, Type};
    use super::*;

    fn arange(runtime: &Runtime, shape: &[usize]) -> ArrayRef {
        let array = NdArray::zeros(runtime, Type::Int64.into(), shape, Order::C).unwrap();
        (0..array.size()).for_each(|i| array.write(8 * i, &Scalar::Int64(i as i64)));
        array
    }

    fn places(runtime: &Runtime, values: &[i64]) -> Index {
        let array = NdArray::zeros(runtime, Type::Int64.into(), &[values.len()], Order::C).unwrap();
        values.iter().enumerate().for_each(|(i, &v)| array.write(8 * i, &Scalar::Int64(v)));
        Index::Integers(array)
    }

    fn all() -> Index {
        Index::Slice { start: None, stop: None, step: None }
    }

    fn selected(runtime: &Runtime, array: &ArrayRef, index: &[Index]) -> ArrayRef {
        match get(runtime, array, index).unwrap() {
            Selected::View(array) | Selected::Copy(array) => array,
            Selected::Element(_) => panic!("a scalar"),
        }
    }

    #[test]
    fn columns_are_a_view_of_a_hidden_copy() {
        let runtime = Runtime::default();
        let x = arange(&runtime, &[3, 4]);
        let columns = selected(&runtime, &x, &[all(), places(&runtime, &[0, 1])]);
        assert_eq!(columns.layout().strides.as_slice(), [8, 24]);
        assert!(!columns.owns_data() && columns.buffer().id() != x.buffer().id());
        let rows = selected(&runtime, &x, &[places(&runtime, &[0, 1])]);
        assert!(rows.owns_data());
    }

    #[test]
    fn a_plan_has_the_shapes_and_touches_nothing() {
        let runtime = Runtime::default();
        runtime.ledger.set_planning(true);
        let x = NdArray::zeros(&runtime, Type::Float64.into(), &[1 << 20, 1 << 20], Order::C).unwrap();
        let rows = NdArray::zeros(&runtime, Type::Int64.into(), &[7], Order::C).unwrap();
        let taken = selected(&runtime, &x, &[Index::Integers(std::rc::Rc::clone(&rows))]);
        assert_eq!((taken.shape().as_slice(), taken.layout().nbytes()), ([7, 1 << 20].as_slice(), 7 << 23));
        let cast = astype(&runtime, &x, &DType::new(Type::Int8), Order::K, Casting::Unsafe, true).unwrap();
        assert_eq!(cast.layout().nbytes(), 1 << 40);
        set(&runtime, &x, &[Index::Integers(rows)], &taken).unwrap();
        let mask = NdArray::zeros(&runtime, Type::Bool.into(), &[1 << 20, 1 << 20], Order::C).unwrap();
        set(&runtime, &x, &[Index::Mask(std::rc::Rc::clone(&mask))], &taken).unwrap_err();
        let all = selected(&runtime, &x, &[Index::Mask(mask)]);
        assert_eq!(all.size(), 1 << 40, "how many are true, only the values tell");
        assert_eq!(*runtime.bounds.borrow(), [crate::array::Bounds { least: 0, most: 1 << 40 }]);
    }

    #[test]
    fn the_source_is_copied_where_it_is_overwritten() {
        let runtime = Runtime::default();
        let a = arange(&runtime, &[5]);
        let shift = |start: Option<isize>, stop: Option<isize>| Index::Slice { start, stop, step: None };
        let front = selected(&runtime, &a, &[shift(None, Some(-1))]);
        set(&runtime, &a, &[shift(Some(1), None)], &front).unwrap();
        let values: Vec<_> = (0..5).map(|i| a.read(8 * i).as_f64()).collect();
        assert_eq!(values, [0.0, 0.0, 1.0, 2.0, 3.0]);
        assert_eq!(runtime.writes.borrow().last().map(|write| write.cells), Some(4));
    }
}
