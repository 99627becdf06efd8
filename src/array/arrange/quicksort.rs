//! In which order NumPy leaves indices of equal elements: its own quicksort of indices.
//!
//! For 32- and 64-bit numbers NumPy sorts indices with vector instructions, by a network as long as there are few
//! (`bitonic.rs`); of many the order of ties differs between machines, and we keep ties in their order. For all other
//! types NumPy runs the code below (`aquicksort_`, npysort/quicksort.cpp) everywhere, and so do we.

use super::bitonic::{MAX_NETWORK, argsort_network};
use super::blocks::{BLOCK, collect, sort_blocks};
use super::order::Sortable;
use crate::error::Result;
use crate::interrupt;

/// Runs that are longer by one element at most are sorted by insertion (`SMALL_QUICKSORT`).
const SMALL: usize = 15;

/// The indices that sort `values`; equal elements keep their order.
///
/// # Errors
/// As [`interrupt::check`].
pub fn argsort_stable<T: Sortable>(values: &[T]) -> Result<Vec<i64>> {
    let mut keyed: Vec<(T::Key, usize)> = collect(values.iter().enumerate().map(|(i, value)| (value.key(), i)))?;
    sort_blocks(&mut keyed, |block| block.sort_unstable(), |a, b| a < b)?;
    collect(keyed.into_iter().map(|(_, i)| i as i64))
}

/// The indices that sort `values`, as NumPy's `kind='quicksort'` gives them.
///
/// # Errors
/// As [`interrupt::check`].
pub fn argsort_quick<T: Sortable>(values: &[T]) -> Result<Vec<i64>> {
    if !T::PORTABLE_ARGSORT {
        let few = values.len() <= MAX_NETWORK && !values.iter().any(|value| value.is_nan());
        return if few { Ok(argsort_network(values)) } else { argsort_stable(values) };
    }
    let mut indices: Vec<i64> = collect(0..values.len() as i64)?;
    quicksort(values, &mut indices)?;
    Ok(indices)
}

fn quicksort<T: Sortable>(values: &[T], indices: &mut [i64]) -> Result<()> {
    let less = |a: i64, b: i64| values[a as usize].less(values[b as usize]);
    if indices.is_empty() {
        return Ok(());
    }
    let mut depth = 2 * indices.len().ilog2() as i32;
    let (mut low, mut high) = (0, indices.len() - 1);
    let mut stack: Vec<(usize, usize, i32)> = Vec::new();
    loop {
        if depth < 0 {
            let key = |&i: &i64| values[i as usize].key();
            sort_blocks(&mut indices[low..=high], |block| block.sort_by_key(key), less)?;
        } else {
            while high - low > SMALL {
                let pivot_at = partition(indices, low, high, less)?;
                depth -= 1;
                // the larger part waits
                if pivot_at - low < high - pivot_at {
                    stack.push((pivot_at + 1, high, depth));
                    high = pivot_at - 1;
                } else {
                    stack.push((low, pivot_at - 1, depth));
                    low = pivot_at + 1;
                }
            }
            for i in low + 1..=high {
                let moved = indices[i];
                let mut j = i;
                while j > low && less(moved, indices[j - 1]) {
                    indices[j] = indices[j - 1];
                    j -= 1;
                }
                indices[j] = moved;
            }
        }
        let Some(next) = stack.pop() else { return Ok(()) };
        (low, high, depth) = next;
    }
}

/// Puts the median of three where it belongs, smaller elements before it and larger ones behind.
fn partition(indices: &mut [i64], low: usize, high: usize, less: impl Fn(i64, i64) -> bool) -> Result<usize> {
    let middle = low + ((high - low) >> 1);
    if less(indices[middle], indices[low]) {
        indices.swap(middle, low);
    }
    if less(indices[high], indices[middle]) {
        indices.swap(high, middle);
    }
    if less(indices[middle], indices[low]) {
        indices.swap(middle, low);
    }
    let pivot = indices[middle];
    let (mut i, mut j) = (low, high - 1);
    indices.swap(middle, j);
    let mut polled = i;
    loop {
        if i - polled >= BLOCK {
            interrupt::check()?;
            polled = i;
        }
        i += 1;
        while less(indices[i], pivot) {
            i += 1;
        }
        j -= 1;
        while less(pivot, indices[j]) {
            j -= 1;
        }
        if i >= j {
            break;
        }
        indices.swap(i, j);
    }
    indices.swap(i, high - 1);
    if high - low >= BLOCK {
        interrupt::check()?;
    }
    Ok(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_left_as_numpy_leaves_them() {
        let values: Vec<i16> = (0..40).map(|i| (i * 7 % 5) as i16).collect();
        let expected = [
            0, 20, 15, 30, 10, 25, 35, 5, 23, 8, 33, 28, 13, 3, 38, 18, 6, 21, 1, 36, 16, 26, 11, 31, 34, 29, 19, 14,
            9, 4, 24, 39, 27, 22, 17, 12, 32, 7, 2, 37,
        ];
        assert_eq!(argsort_quick(&values).unwrap(), expected);
        let sorted = argsort_stable(&values).unwrap();
        assert!(sorted.windows(2).all(|w| (values[w[0] as usize], w[0]) < (values[w[1] as usize], w[1])));
    }

    #[test]
    fn sorts_long_and_awkward_runs() {
        for values in [vec![1u8; 1000], (0..=255).cycle().take(3000).collect(), (0..=255).rev().collect(), vec![]] {
            let order = argsort_quick(&values).unwrap();
            assert!(order.windows(2).all(|w| values[w[0] as usize] <= values[w[1] as usize]));
            let mut all = order.clone();
            all.sort();
            assert!(all.into_iter().eq(0..values.len() as i64));
        }
    }
}
