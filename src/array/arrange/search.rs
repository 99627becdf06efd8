//! Where values belong in a sorted array, and how often integers occur: `searchsorted`, `bincount`.

use super::super::cast::{Casting, promote_dtypes};
use super::super::copy::{Requirements, from_array};
use super::super::dtype::{DType, Type};
use super::super::layout::Order;
use super::super::ndarray::{ArrayRef, NdArray};
use super::super::reference;
use super::super::runtime::Runtime;
use super::order::Sortable;
use super::texts::Elements;
use crate::error::{Result, type_error, value_error};
use crate::memory::Run;
use crate::{interrupt, with_element};

/// On which side of equal elements a value belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Before them.
    #[default]
    Left,
    /// Behind them.
    Right,
}

/// `np.searchsorted(a, v, side, sorter)`: for each element of `v` the place in the 1-d `a`, as `int64`, in the shape
/// of `v`. Both are cast to their common type first, where they are not of it; `a` is made contiguous where `v` has
/// more elements (`PyArray_SearchSorted`, item_selection.c).
///
/// # Errors
/// `ValueError: object too deep for desired array` and its kin for an `a` that is not 1-d; NumPy's words about the
/// sorter; `MemoryError`.
pub fn searchsorted(
    runtime: &Runtime,
    a: &ArrayRef,
    v: &ArrayRef,
    side: Side,
    sorter: Option<&ArrayRef>,
) -> Result<ArrayRef> {
    let dtype: DType = promote_dtypes(&a.dtype(), &v.dtype())?;
    let needles = from_array(runtime, v, &dtype, Requirements::CARRAY, Casting::Safe)?;
    let aligned = Requirements { aligned: true, ..Requirements::default() };
    let wanted = if needles.size() > a.size() { Requirements::CARRAY } else { aligned };
    let sorted = from_array(runtime, a, &dtype, wanted, Casting::Safe)?;
    require_1d(&sorted)?;
    let sorter = sorter.map(|sorter| prepare_sorter(runtime, sorter, &sorted)).transpose()?;
    let places = NdArray::zeros(runtime, Type::Int64.into(), &needles.shape(), Order::C)?;
    let (buffer, haystack, needle_buffer) = (places.buffer(), sorted.buffer(), needles.buffer());
    let (Some(bytes), Some(hay), Some(needle)) = (buffer.bytes(), haystack.bytes(), needle_buffer.bytes()) else {
        return Ok(places);
    };
    let found = bytes.run::<i64>(0, 8, places.size())?;
    let sorter_buffer = sorter.as_ref().map(|sorter| sorter.buffer());
    let order = match (&sorter, sorter_buffer.as_ref().and_then(|buffer| buffer.bytes())) {
        (Some(sorter), Some(bytes)) => {
            let layout = sorter.layout();
            Some(bytes.run::<i64>(layout.offset, layout.strides[0], layout.shape[0])?)
        }
        _ => None,
    };
    let (hay_layout, needle_layout) = (sorted.layout(), needles.layout());
    if !dtype.is_number() {
        let (hay, needles) = (Elements::of(&sorted)?, Elements::of(&needles)?);
        let order_of = |a: &[u8], b: &[u8]| hay.order_bytes(a, b);
        let sides = (|i| hay.get(i), |i| needles.get(i));
        let lens = (hay.len(), needles.len());
        match side {
            Side::Left => search(lens, sides, order, found, |a: &[u8], b: &[u8]| order_of(a, b).is_lt())?,
            Side::Right => search(lens, sides, order, found, |a: &[u8], b: &[u8]| order_of(b, a).is_ge())?,
        }
        reference::raise_failure()?;
        return Ok(places);
    }
    with_element!(dtype.ty(), T => {
        let hay = hay.run::<T>(hay_layout.offset, hay_layout.strides[0], hay_layout.shape[0])?;
        let needle = needle.run::<T>(needle_layout.offset, size_of::<T>() as isize, needles.size())?;
        let sides = (|i| hay.get(i), |i| needle.get(i));
        let lens = (hay.len(), needle.len());
        match side {
            Side::Left => search(lens, sides, order, found, |a: T, b: T| a.less(b))?,
            Side::Right => search(lens, sides, order, found, |a: T, b: T| !b.less(a))?,
        }
    });
    Ok(places)
}

/// NumPy's binary search, which uses the place of the needle before (`binsearch`, npysort/binsearch.cpp): also what
/// it finds in an array that is not sorted is NumPy's.
fn search<T: Copy>(
    (len, count): (usize, usize),
    (hay, needles): (impl Fn(usize) -> T, impl Fn(usize) -> T),
    order: Option<Run<'_, i64>>,
    found: Run<'_, i64>,
    goes_right: impl Fn(T, T) -> bool,
) -> Result<()> {
    let (mut low, mut high) = (0, len);
    let mut last: Option<T> = None;
    for i in 0..count {
        let needle = needles(i);
        if goes_right(last.unwrap_or(needle), needle) {
            high = len;
        } else {
            low = 0;
            high = if high < len { high + 1 } else { len };
        }
        last = Some(needle);
        while low < high {
            let middle = low + ((high - low) >> 1);
            let at = match order {
                None => middle,
                Some(order) => match usize::try_from(order.get(middle)) {
                    Ok(at) if at < len => at,
                    _ => return Err(value_error("Sorter index out of range.")),
                },
            };
            if goes_right(hay(at), needle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        found.set(i, low as i64);
        if i % (1 << 20) == 0 {
            interrupt::check()?;
        }
    }
    Ok(())
}

fn prepare_sorter(runtime: &Runtime, sorter: &ArrayRef, sorted: &ArrayRef) -> Result<ArrayRef> {
    if sorter.ndim() != 1 {
        return Err(type_error("could not parse sorter argument"));
    }
    if !sorter.dtype().ty().is_integer() {
        return Err(type_error("sorter must only contain integers"));
    }
    let aligned = Requirements { aligned: true, ..Requirements::default() };
    let prepared = from_array(runtime, sorter, &Type::Int64.into(), aligned, Casting::Safe)
        .map_err(|_| value_error("could not parse sorter argument"))?;
    if prepared.size() != sorted.size() {
        return Err(value_error("sorter.size must equal a.size"));
    }
    Ok(prepared)
}

/// Refuses what is not 1-d, in the words of `PyArray_CheckFromAny`.
///
/// # Errors
/// `ValueError: object of too small depth for desired array`, `object too deep for desired array`.
pub fn require_1d(array: &NdArray) -> Result<()> {
    match array.ndim() {
        0 => Err(value_error("object of too small depth for desired array")),
        1 => Ok(()),
        _ => Err(value_error("object too deep for desired array")),
    }
}

/// `np.bincount(x, weights, minlength)`: how often each integer from 0 on occurs in the 1-d `x`, or the sum of their
/// weights (`arr_bincount`, compiled_base.c).
///
/// # Errors
/// `TypeError` where `x` is not of integers; `ValueError: 'list' argument must have no negative elements`,
/// `'minlength' must not be negative`, `The weights and list don't have the same length.`; `MemoryError`.
pub fn bincount(runtime: &Runtime, x: &ArrayRef, weights: Option<&ArrayRef>, minlength: isize) -> Result<ArrayRef> {
    let int64: DType = Type::Int64.into();
    let casting = if x.dtype().ty().is_integer() { Casting::Unsafe } else { Casting::Safe };
    let writeable = Requirements { writeable: true, ..Requirements::CARRAY };
    require_1d(x)?;
    let numbers = from_array(runtime, x, &int64, writeable, casting)?;
    let Ok(minlength) = usize::try_from(minlength) else {
        return Err(value_error("'minlength' must not be negative"));
    };
    let len = numbers.size();
    if len == 0 {
        return NdArray::zeros(runtime, int64, &[minlength], Order::C);
    }
    let buffer = numbers.buffer();
    let numbers = buffer.bytes().map(|bytes| bytes.run::<i64>(numbers.layout().offset, 8, len)).transpose()?;
    let (least, most) = numbers.map_or((0, -1), |run| {
        (0..len).map(|i| run.get(i)).fold((i64::MAX, i64::MIN), |(low, high), n| (low.min(n), high.max(n)))
    });
    if least < 0 {
        return Err(value_error("'list' argument must have no negative elements"));
    }
    let size = usize::try_from(most).map_or(0, |most| most.saturating_add(1)).max(minlength);
    let Some(weights) = weights else {
        let counts = NdArray::zeros(runtime, int64, &[size], Order::C)?;
        let counted = counts.buffer();
        if let (Some(bytes), Some(numbers)) = (counted.bytes(), numbers) {
            let counts = bytes.run::<i64>(0, 8, size)?;
            for i in 0..len {
                let n = numbers.get(i) as usize;
                counts.set(n, counts.get(n) + 1);
            }
        }
        return Ok(counts);
    };
    let float64: DType = Type::Float64.into();
    require_1d(weights)?;
    let weights = from_array(runtime, weights, &float64, writeable, Casting::Safe)?;
    if weights.size() != len {
        return Err(value_error("The weights and list don't have the same length."));
    }
    let sums = NdArray::zeros(runtime, float64, &[size], Order::C)?;
    let (summed, weight_buffer) = (sums.buffer(), weights.buffer());
    if let (Some(bytes), Some(weight), Some(numbers)) = (summed.bytes(), weight_buffer.bytes(), numbers) {
        let (sums, weight) = (bytes.run::<f64>(0, 8, size)?, weight.run::<f64>(weights.layout().offset, 8, len)?);
        for i in 0..len {
            let n = numbers.get(i) as usize;
            sums.set(n, sums.get(n) + weight.get(i));
        }
    }
    Ok(sums)
}
