//! How NumPy partitions: introselect (npysort/selection.cpp), step for step, so that also the elements beside the
//! k-th end where NumPy's portable code leaves them.
//!
//! One algorithm serves values and indices: it moves items, and `less` knows how to compare them.

use super::blocks::{BLOCK, poll};
use crate::error::Result;
use crate::interrupt;

/// NumPy remembers at most this many pivots between the selections on one line.
const MAX_PIVOT_STACK: usize = 50;

/// What a selection remembers for the next one, with a larger `kth`.
#[derive(Default)]
pub struct Pivots(Vec<usize>);

impl Pivots {
    fn store(&mut self, pivot: usize, kth: usize) {
        if pivot == kth && self.0.len() == MAX_PIVOT_STACK {
            self.0.pop();
            self.0.push(pivot);
        } else if pivot >= kth && self.0.len() < MAX_PIVOT_STACK {
            self.0.push(pivot);
        }
    }
}

/// Moves items so that the one at `kth` is the one that sorting would put there, nothing larger stands before it
/// and nothing smaller behind. `inexact`: the items are floats, which NumPy treats in another way for the last.
///
/// # Errors
/// As [`interrupt::check`].
pub fn introselect<I: Copy>(
    items: &mut [I],
    kth: usize,
    pivots: Option<&mut Pivots>,
    inexact: bool,
    less: impl Fn(I, I) -> bool + Copy,
) -> Result<()> {
    let mut none = Pivots::default();
    let remember = pivots.is_some();
    let pivots = pivots.unwrap_or(&mut none);
    let store = |pivots: &mut Pivots, pivot| {
        if remember {
            pivots.store(pivot, kth);
        }
    };
    if items.is_empty() || kth >= items.len() {
        return Ok(());
    }
    let (mut low, mut high) = (0, items.len() - 1);
    while let Some(&pivot) = pivots.0.last() {
        if pivot > kth {
            high = pivot - 1;
            break;
        } else if pivot == kth {
            return Ok(());
        }
        low = pivot + 1;
        pivots.0.pop();
    }
    if kth - low < 3 {
        select_few(&mut items[low..=high], kth - low, less)?;
        store(pivots, kth);
        return Ok(());
    }
    if inexact && kth == items.len() - 1 {
        let mut max = low;
        for k in low + 1..items.len() {
            poll(k)?;
            if !less(items[k], items[max]) {
                max = k;
            }
        }
        items.swap(kth, max);
        return Ok(());
    }
    let mut depth = 2 * items.len().ilog2() as i32;
    while low + 1 < high {
        let (mut ll, mut hh) = (low + 1, high as isize);
        if depth > 0 || high - ll < 5 {
            bring_median3_first(items, low, low + (high - low) / 2, high, less);
        } else {
            let middle = ll + median_of_median5(&mut items[ll..high], inexact, less)?;
            items.swap(middle, low);
            ll -= 1;
            hh += 1;
        }
        depth -= 1;
        let pivot = items[low];
        let mut polled = ll;
        loop {
            if ll - polled >= BLOCK {
                interrupt::check()?;
                polled = ll;
            }
            ll += 1;
            while less(items[ll], pivot) {
                ll += 1;
            }
            hh -= 1;
            while less(pivot, items[hh as usize]) {
                hh -= 1;
            }
            if hh < ll as isize {
                break;
            }
            items.swap(ll, hh as usize);
        }
        if high - low >= BLOCK {
            interrupt::check()?;
        }
        let hh = hh as usize;
        items.swap(low, hh);
        if hh != kth {
            store(pivots, hh);
        }
        if hh >= kth {
            // `hh` is above `low` or equals it, and then the loop ends
            high = hh.max(1) - 1;
        }
        if hh <= kth {
            low = ll;
        }
    }
    if high == low + 1 && less(items[high], items[low]) {
        items.swap(high, low);
    }
    store(pivots, kth);
    Ok(())
}

/// Selection by repeated search for the least: fast for a very small `kth`.
fn select_few<I: Copy>(items: &mut [I], kth: usize, less: impl Fn(I, I) -> bool) -> Result<()> {
    for i in 0..=kth {
        let mut min = i;
        for k in i + 1..items.len() {
            poll(k)?;
            if less(items[k], items[min]) {
                min = k;
            }
        }
        items.swap(i, min);
    }
    Ok(())
}

/// The median of three goes to `low`, the least to `low + 1`.
fn bring_median3_first<I: Copy>(items: &mut [I], low: usize, middle: usize, high: usize, less: impl Fn(I, I) -> bool) {
    if less(items[high], items[middle]) {
        items.swap(high, middle);
    }
    if less(items[high], items[low]) {
        items.swap(high, low);
    }
    if less(items[low], items[middle]) {
        items.swap(low, middle);
    }
    items.swap(middle, low + 1);
}

/// Where the median of medians of five stands; it splits the items at worst 30 to 70.
fn median_of_median5<I: Copy>(items: &mut [I], inexact: bool, less: impl Fn(I, I) -> bool + Copy) -> Result<usize> {
    let medians = items.len() / 5;
    for i in 0..medians {
        poll(i)?;
        let m = median5(&mut items[5 * i..5 * i + 5], less);
        items.swap(5 * i + m, i);
    }
    if medians > 2 {
        introselect(&mut items[..medians], medians / 2, None, inexact, less)?;
    }
    Ok(medians / 2)
}

/// Where the median of five items stands, after some swaps.
fn median5<I: Copy>(v: &mut [I], less: impl Fn(I, I) -> bool) -> usize {
    if less(v[1], v[0]) {
        v.swap(1, 0);
    }
    if less(v[4], v[3]) {
        v.swap(4, 3);
    }
    if less(v[3], v[0]) {
        v.swap(3, 0);
    }
    if less(v[4], v[1]) {
        v.swap(4, 1);
    }
    if less(v[2], v[1]) {
        v.swap(2, 1);
    }
    if less(v[3], v[2]) { if less(v[3], v[1]) { 1 } else { 3 } } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_for_every_kth() {
        let patterns: [fn(usize) -> i64; 4] =
            [|i| (i as i64 * 7919) % 101, |i| i as i64, |i| -(i as i64), |i| (i % 3) as i64];
        for (pattern, n) in patterns.into_iter().flat_map(|p| [1, 2, 5, 17, 100, 300].map(|n| (p, n))) {
            let values: Vec<i64> = (0..n).map(pattern).collect();
            let mut sorted = values.clone();
            sorted.sort();
            for kth in 0..n {
                for inexact in [false, true] {
                    let mut items = values.clone();
                    introselect(&mut items, kth, Some(&mut Pivots::default()), inexact, |a, b| a < b).unwrap();
                    assert_eq!(items[kth], sorted[kth]);
                    assert!(items[..kth].iter().all(|&x| x <= items[kth]));
                    assert!(items[kth..].iter().all(|&x| x >= items[kth]));
                }
            }
            let mut items = values.clone();
            let mut pivots = Pivots::default();
            for kth in [n / 4, n / 2, n - 1] {
                introselect(&mut items, kth, Some(&mut pivots), false, |a, b| a < b).unwrap();
            }
            assert_eq!([items[n / 4], items[n / 2], items[n - 1]], [sorted[n / 4], sorted[n / 2], sorted[n - 1]]);
        }
    }
}
