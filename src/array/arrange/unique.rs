//! The distinct elements of an array, in order.

use super::super::cast::Strided;
use super::super::copied::{CopyReason, Rearranged};
use super::super::copy::copy_because;
use super::super::dtype::Type;
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
        let _mask = NdArray::zeros(runtime, Type::Bool.into(), &[most], Order::C)?;
        let places =
            |wanted: bool| wanted.then(|| NdArray::zeros(runtime, Type::Int64.into(), &[most], Order::C)).transpose();
        return Ok(Unique {
            values: NdArray::zeros(runtime, flat.dtype(), &[most], Order::C)?,
            index: places(parts.index)?,
            inverse: match places(parts.inverse)? {
                Some(flat) => Some(NdArray::view(&flat, reshape(&flat.layout(), &array.shape(), Order::C)?)),
                None => None,
            },
            counts: places(parts.counts)?,
        });
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
    // NumPy's mask of what differs from the element before.
    let mask = NdArray::zeros(runtime, Type::Bool.into(), &[len], Order::C)?;
    let mut firsts: Vec<usize> = Vec::new();
    let order: Vec<i64>;
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
            ranks.push(firsts.len() as i64 - 1);
        }
        let distinct = NdArray::zeros(runtime, dtype.clone(), &[firsts.len()], Order::C)?;
        let chosen: Vec<i64> = firsts.iter().map(|&place| order[place]).collect();
        if let Some(bytes) = distinct.buffer().bytes() {
            elements.store(&chosen, Strided { bytes, offset: 0, stride: dtype.itemsize() as isize })?;
        }
        distinct
    } else {
        with_element!(dtype.ty(), T => {
        let values: Vec<T> = collect(elements(flat, Order::C).filter_map(T::from_scalar))?;
        order = argsort_stable(&values)?;
        let mut last: Option<T> = None;
        for (place, &i) in order.iter().enumerate() {
            poll(place)?;
            let value = values[i as usize];
            let again = last.is_some_and(|last| last.key() == value.key() && (equal_nan || !value.is_nan()));
            if !again {
                firsts.push(place);
                last = Some(value);
            }
            ranks.push(firsts.len() as i64 - 1);
        }
        let distinct = NdArray::zeros(runtime, dtype.clone(), &[firsts.len()], Order::C)?;
        let layout = distinct.layout().clone();
        for (n, &place) in firsts.iter().enumerate() {
            poll(n)?;
            distinct.write(n * layout.itemsize(), &values[order[place] as usize].scalar());
        }
        distinct
        })
    };
    drop(mask);
    runtime.record_copy(array, &values, CopyReason::Rearranged(Rearranged::Distinct));
    let index = parts.index.then(|| indices(runtime, firsts.iter().map(|&place| order[place]))).transpose()?;
    let inverse = if parts.inverse {
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
    let ends = firsts.iter().skip(1).copied().chain([len]);
    let lengths = firsts.iter().zip(ends).map(|(&first, end)| (end - first) as i64);
    let counts = parts.counts.then(|| indices(runtime, lengths)).transpose()?;
    Ok(Unique { values, index, inverse, counts })
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
