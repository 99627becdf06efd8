//! Partitioning along an axis: the k-th element where sorting would put it, smaller ones before, larger ones behind.
//!
//! For one place NumPy uses vector code for 16-, 32- and 64-bit numbers, which sorts few elements whole; what it does
//! with many depends on the machine, and there, as for all other types and for several places, we do what its portable code does.
//! Follows `PyArray_Partition`, `PyArray_ArgPartition` and `partition_prep_kth_array` (item_selection.c).

use super::super::dtype::{Kind, Type};
use super::super::elements::elements;
use super::super::layout::Order;
use super::super::layout::transpose::normalize_axis_index;
use super::super::ndarray::ArrayRef;
use super::super::runtime::Runtime;
use super::bitonic::{MAX_NETWORK, argsort_network};
use super::blocks::{collect, poll};
use super::introselect::{Pivots, introselect};
use super::order::Sortable;
use super::sort::{LineAccess, argsort_like, check_axis, each_line, sort_texts};
use crate::error::{Result, type_error, value_error};
use crate::with_element;

/// `a.partition(kth, axis)`, in place.
///
/// # Errors
/// `AxisError`; `ValueError: partition array is read-only`, `kth(=7) out of bounds (5)`, `kth array must have dimension
/// <= 1`, `Booleans unacceptable as partition index`; `TypeError: Partition index must be integer`; `MemoryError`.
pub fn partition(runtime: &Runtime, array: &ArrayRef, kth: &ArrayRef, axis: isize) -> Result<()> {
    let axis = normalize_axis_index(axis, array.ndim(), None)?;
    array.require_writeable("partition array")?;
    let kth = prepare_kth(array, kth, axis)?;
    if array.layout().shape[axis] <= 1 || array.size() == 0 {
        return Ok(());
    }
    let lines = LineAccess::new(runtime, array, axis)?;
    if !array.layout().dtype.is_number() {
        // sorted whole, which is partitioned for every place
        sort_texts(array, axis, &lines)?;
        runtime.record_write(array, None);
        return Ok(());
    }
    with_element!(array.dtype().ty(), T => each_line(array, axis, |start| {
        let mut values = lines.load::<T>(start)?;
        match (kth.as_slice(), T::PARTITION_SORTS) {
            (&[kth], Some(few)) => partition_once(&mut values, kth, few)?,
            _ => partition_line(&mut values, &kth)?,
        }
        lines.store(start, &values)
    }))?;
    runtime.record_write(array, None);
    Ok(())
}

/// `a.argpartition(kth, axis)`: the indices that partition each line. `axis=None` works on the flattened array.
///
/// # Errors
/// As [`partition`], but for the writeable flag.
pub fn argpartition(runtime: &Runtime, array: &ArrayRef, kth: &ArrayRef, axis: Option<isize>) -> Result<ArrayRef> {
    let (array, axis) = check_axis(runtime, array, axis)?;
    let kth = prepare_kth(&array, kth, axis)?;
    let ty = array.dtype().ty();
    argsort_like(runtime, &array, axis, &mut |lines, start| {
        if !ty.is_number() {
            return lines.elements(start)?.map_or(Ok(Vec::new()), |(elements, _)| elements.argsort());
        }
        with_element!(ty, T => {
            let values = lines.load::<T>(start)?;
            if kth.len() == 1 && !T::PORTABLE_ARGSORT && values.len() <= MAX_NETWORK
                && !values.iter().any(|value| value.is_nan())
            {
                return Ok(argsort_network(&values));
            }
            let mut indices: Vec<i64> = collect(0..values.len() as i64)?;
            let mut pivots = Pivots::default();
            for &kth in &kth {
                introselect(&mut indices, kth, Some(&mut pivots), is_inexact::<T>(), |a: i64, b: i64| {
                    values[a as usize].less(values[b as usize])
                })?;
            }
            Ok(indices)
        })
    })
}

/// Partitions for several places, smallest first, as NumPy's portable code does.
fn partition_line<T: Sortable>(values: &mut [T], kth: &[usize]) -> Result<()> {
    let mut pivots = Pivots::default();
    for &kth in kth {
        introselect(values, kth, Some(&mut pivots), is_inexact::<T>(), T::less)?;
    }
    Ok(())
}

/// Partitions for one place, as NumPy's vector code does: NaN go to the end by swaps, and if the place is among the
/// others, these are sorted as long as they are `few`.
fn partition_once<T: Sortable>(values: &mut [T], kth: usize, few: usize) -> Result<()> {
    let (mut at, mut numbers) = (0, values.len());
    while at < numbers {
        poll(at)?;
        if values[at].is_nan() {
            numbers -= 1;
            values.swap(at, numbers);
        } else {
            at += 1;
        }
    }
    if kth >= numbers {
        return Ok(());
    }
    let numbers = &mut values[..numbers];
    if numbers.len() <= few { T::sort(numbers) } else { partition_line(numbers, &[kth]) }
}

/// NumPy's template takes halves, which are 16-bit integers to it, for exact.
fn is_inexact<T: Sortable>() -> bool {
    T::TYPE.is_inexact() && T::TYPE != Type::Float16
}

/// The places, counted from the front and sorted.
fn prepare_kth(array: &ArrayRef, kth: &ArrayRef, axis: usize) -> Result<Vec<usize>> {
    match kth.dtype().kind() {
        Kind::Bool => return Err(value_error("Booleans unacceptable as partition index")),
        Kind::Signed | Kind::Unsigned => {}
        _ => return Err(type_error("Partition index must be integer")),
    }
    if kth.ndim() > 1 {
        return Err(value_error("kth array must have dimension <= 1"));
    }
    let len = array.layout().shape[axis];
    let mut places = Vec::new();
    for value in elements(kth, Order::C) {
        let given = value.as_i128().unwrap_or(0) as i64;
        let place = if given < 0 { given + len as i64 } else { given };
        match usize::try_from(place) {
            Ok(place) if place < len => places.push(place),
            _ if array.size() == 0 => {}
            _ => return Err(value_error(format!("kth(={place}) out of bounds ({len})"))),
        }
    }
    places.sort_unstable();
    Ok(places)
}
