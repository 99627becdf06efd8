//! The distinct elements of an array, in order.

use super::super::cast::Strided;
use super::super::copied::{CopyReason, Rearranged};
use super::super::copy::copy_because;
use super::super::dtype::{DType, Type};
use super::super::elements::elements;
use super::super::layout::{Order, reshape};
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::runtime::Runtime;
use super::super::scalar::Element;
use super::blocks::{collect, poll};
use super::order::Sortable;
use super::quicksort::argsort_stable;
use super::texts::Elements;
use crate::error::Result;
use crate::with_element;

/// What `np.unique` is asked for beside the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UniqueParts {
    /// Where each value occurs first.
    pub index: bool,
    /// For each element, which value it is.
    pub inverse: bool,
    /// How often each value occurs.
    pub counts: bool,
}

/// The result of [`unique`].
pub struct Unique {
    /// The distinct values, sorted.
    pub values: ArrayRef,
    /// `int64`: where each value occurs first in the flattened array.
    pub index: Option<ArrayRef>,
    /// `int64`, in the shape of the array: which value each element is. A view of a hidden flat array.
    pub inverse: Option<ArrayRef>,
    /// `int64`: how often each value occurs.
    pub counts: Option<ArrayRef>,
}

/// `np.unique(array, ...)` of the flattened array. `equal_nan`: all NaN count as one value (`_unique1d`,
/// _arraysetops_impl.py).
///
/// # Errors
/// `MemoryError`.
pub fn unique(runtime: &Runtime, array: &ArrayRef, parts: UniqueParts, equal_nan: bool) -> Result<Unique> {
    let flat = copy_because(runtime, array, Order::C, CopyReason::Rearranged(Rearranged::Sorted))?;
    if let Some(most) = runtime.planned_count(&flat, 1) {
        let aside = Aside { runtime, len: most };
        let _sorting = aside.sorting(&flat.dtype(), parts)?;
        let places =
            |wanted: bool| wanted.then(|| NdArray::zeros(runtime, Type::Int64.into(), &[most], Order::C)).transpose();
        let values = NdArray::zeros(runtime, flat.dtype(), &[most], Order::C)?;
        let index = places(parts.index)?;
        let inverse = match parts.inverse {
            true => {
                let _ranks = aside.numbers(most)?;
                let flat = NdArray::zeros(runtime, Type::Int64.into(), &[most], Order::C)?;
                Some(NdArray::view(&flat, reshape(&flat.layout(), &array.shape(), Order::C)?))
            }
            false => None,
        };
        let _bounds = if parts.counts { Some(aside.bounds(most)?) } else { None };
        return Ok(Unique { values, index, inverse, counts: places(parts.counts)? });
    }
    runtime.ledger.with_constants(true, || distinct(runtime, array, &flat, parts, equal_nan))
}

/// The distinct elements of `flat`, which has those of `array` in C order.
fn distinct(
    runtime: &Runtime,
    array: &ArrayRef,
    flat: &ArrayRef,
    parts: UniqueParts,
    equal_nan: bool,
) -> Result<Unique> {
    let dtype = flat.dtype();
    let len = flat.size();
    let aside = Aside { runtime, len };
    let sorting = aside.sorting(&dtype, parts)?;
    let mut firsts: Vec<usize> = Vec::new();
    // which element stands at each place of the sorted ones, where that is asked for
    let mut order: Vec<i64> = Vec::new();
    let mut ranks: Vec<i64> = Vec::new();
    let values = if !dtype.is_number() {
        let elements = Elements::of(flat)?;
        order = elements.argsort()?;
        let mut last: Option<usize> = None;
        for (place, &i) in order.iter().enumerate() {
            poll(place)?;
            let again = last.is_some_and(|last| elements.order(last, i as usize).is_eq());
            if !again {
                firsts.push(place);
                last = Some(i as usize);
            }
            if parts.inverse {
                ranks.push(firsts.len() as i64 - 1);
            }
        }
        let distinct = NdArray::zeros(runtime, dtype.clone(), &[firsts.len()], Order::C)?;
        let chosen: Vec<i64> = firsts.iter().map(|&place| order[place]).collect();
        if let Some(bytes) = distinct.buffer().bytes() {
            elements.store(&chosen, Strided { bytes, offset: 0, stride: dtype.itemsize() as isize })?;
        }
        distinct
    } else {
        with_element!(dtype.ty(), T => {
        let mut values: Vec<T> = native(flat)?;
        if parts.index || parts.inverse {
            order = argsort_stable(&values)?;
            values = collect(order.iter().map(|&i| values[i as usize]))?;
        } else {
            T::sort(&mut values)?;
        }
        let mut last: Option<T> = None;
        for (place, &value) in values.iter().enumerate() {
            poll(place)?;
            let again = last.is_some_and(|last| last.key() == value.key() && (equal_nan || !value.is_nan()));
            if !again {
                firsts.push(place);
                last = Some(value);
            }
            if parts.inverse {
                ranks.push(firsts.len() as i64 - 1);
            }
        }
        let distinct = NdArray::zeros(runtime, dtype.clone(), &[firsts.len()], Order::C)?;
        let layout = distinct.layout().clone();
        for (n, &place) in firsts.iter().enumerate() {
            poll(n)?;
            distinct.write(n * layout.itemsize(), &values[place].scalar());
        }
        distinct
        })
    };
    runtime.record_copy(array, &values, CopyReason::Rearranged(Rearranged::Distinct));
    let index = parts.index.then(|| indices(runtime, firsts.iter().map(|&place| order[place]))).transpose()?;
    let inverse = if parts.inverse {
        let _ranks = aside.numbers(len)?;
        let mut inverse = vec![0; len];
        for (n, (&i, &rank)) in order.iter().zip(&ranks).enumerate() {
            poll(n)?;
            inverse[i as usize] = rank;
        }
        let flat = indices(runtime, inverse.into_iter())?;
        let layout = reshape(&flat.layout(), &array.shape(), Order::C)?;
        Some(NdArray::view(&flat, layout))
    } else {
        None
    };
    let _bounds = if parts.counts { Some(aside.bounds(firsts.len())?) } else { None };
    let ends = firsts.iter().skip(1).copied().chain([len]);
    let lengths = firsts.iter().zip(ends).map(|(&first, end)| (end - first) as i64);
    let counts = parts.counts.then(|| indices(runtime, lengths)).transpose()?;
    drop(sorting);
    Ok(Unique { values, index, inverse, counts })
}

/// The elements of a 1-d array without gaps, in the machine's byte order.
fn native<T: Element>(flat: &NdArray) -> Result<Vec<T>> {
    let layout = flat.layout();
    if layout.dtype.is_native()
        && let Some(bytes) = flat.buffer_ref().bytes()
        && let Some(cells) = bytes.run::<T>(layout.offset, layout.itemsize() as isize, layout.size())?.cells()
    {
        return collect(cells.iter().map(|cell| cell.get()));
    }
    collect(elements(flat, Order::C).filter_map(T::from_scalar))
}

/// The arrays that NumPy makes on the way (`_unique1d`, _arraysetops_impl.py). They are only accounted for.
struct Aside<'r> {
    runtime: &'r Runtime,
    len: usize,
}

impl Aside<'_> {
    fn numbers(&self, len: usize) -> Result<ArrayRef> {
        NdArray::zeros(self.runtime, Type::Int64.into(), &[len], Order::C)
    }

    /// The order and the elements in it, where one asks for places; the mask of what differs from the element before.
    /// Integers and complex numbers go into a hash table instead, where only the values are wanted.
    fn sorting(&self, dtype: &DType, parts: UniqueParts) -> Result<Vec<ArrayRef>> {
        let with_places = parts.index || parts.inverse;
        if !with_places && !parts.counts && (dtype.ty().is_integer() || dtype.ty().is_complex()) {
            return Ok(Vec::new());
        }
        let zeros = |dtype: DType| NdArray::zeros(self.runtime, dtype, &[self.len], Order::C);
        let mut arrays = Vec::new();
        if with_places {
            arrays.push(zeros(Type::Int64.into())?);
            arrays.push(zeros(dtype.clone())?);
        }
        arrays.push(zeros(Type::Bool.into())?);
        Ok(arrays)
    }

    /// Where the runs of equal elements start, and then the same with the end behind.
    fn bounds(&self, count: usize) -> Result<ArrayRef> {
        let starts = self.numbers(count)?;
        let bounds = self.numbers(count + 1);
        drop(starts);
        bounds
    }
}

/// A new 1-d array of `int64`.
fn indices(runtime: &Runtime, values: impl Iterator<Item = i64>) -> Result<ArrayRef> {
    let values: Vec<i64> = collect(values)?;
    let array = NdArray::zeros(runtime, Type::Int64.into(), &[values.len()], Order::C)?;
    let buffer = array.buffer();
    let run = buffer.run::<i64>(0, 8, values.len())?;
    for (i, value) in values.into_iter().enumerate() {
        poll(i)?;
        run.set(i, value);
    }
    Ok(array)
}
