//! In which order does `sorted` put values, given only `<` and errors on the way?
//!
//! Stable, with as few surprises as CPython's `listsort`: short lists are sorted exactly as there (a run at the start,
//! then binary insertion), so that even an order that is none (with nan) comes out the same. Rust's own sort may
//! panic on such an order, so it is not used.

use crate::error::Result;

/// Lists shorter than this are one run.
const SHORT: usize = 64;

/// Sorts stably by `less`.
///
/// # Errors
/// The first error of `less`; the items are then in some order.
pub fn sort<T>(items: &mut Vec<T>, less: &mut dyn FnMut(&T, &T) -> Result<bool>) -> Result<()> {
    if items.len() < 2 {
        return Ok(());
    }
    if items.len() < SHORT {
        let sorted = start_run(items, less)?;
        return insert(items, sorted, less);
    }
    let mut right = items.split_off(items.len() / 2);
    sort(items, less)?;
    sort(&mut right, less)?;
    merge(items, right, less)
}

/// The length of the run at the start, which is turned round where it descends (`count_run`).
fn start_run<T>(items: &mut [T], less: &mut dyn FnMut(&T, &T) -> Result<bool>) -> Result<usize> {
    let descends = less(&items[1], &items[0])?;
    let mut end = 2;
    while end < items.len() && less(&items[end], &items[end - 1])? == descends {
        end += 1;
    }
    if descends {
        items[..end].reverse();
    }
    Ok(end)
}

/// Inserts the items from `sorted` on into the sorted ones before them (`binarysort`).
fn insert<T>(items: &mut [T], sorted: usize, less: &mut dyn FnMut(&T, &T) -> Result<bool>) -> Result<()> {
    for start in sorted..items.len() {
        crate::interrupt::check()?;
        let (mut left, mut right) = (0, start);
        while left < right {
            let middle = (left + right) / 2;
            if less(&items[start], &items[middle])? {
                right = middle;
            } else {
                left = middle + 1;
            }
        }
        items[left..=start].rotate_right(1);
    }
    Ok(())
}

fn merge<T>(left: &mut Vec<T>, right: Vec<T>, less: &mut dyn FnMut(&T, &T) -> Result<bool>) -> Result<()> {
    let mut result = Vec::with_capacity(left.len() + right.len());
    let mut first = std::mem::take(left).into_iter().peekable();
    let mut second = right.into_iter().peekable();
    let mut failure = Ok(());
    while let (Some(a), Some(b)) = (first.peek(), second.peek()) {
        let take_second = match less(b, a) {
            Ok(answer) => answer,
            Err(error) => {
                failure = Err(error);
                break;
            }
        };
        result.extend(if take_second { second.next() } else { first.next() });
    }
    result.extend(first);
    result.extend(second);
    *left = result;
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut items: Vec<f64>) -> Vec<f64> {
        sort(&mut items, &mut |a, b| Ok(a < b)).unwrap();
        items
    }

    #[test]
    fn sorts_stably_and_survives_what_has_no_order() {
        let mut pairs: Vec<(usize, usize)> = (0..300).map(|i| (i * 7 % 10, i)).collect();
        sort(&mut pairs, &mut |a, b| Ok(a.0 < b.0)).unwrap();
        assert!(pairs.is_sorted());
        let nan = f64::NAN;
        let shown = |items: Vec<f64>| format!("{:?}", sorted(items));
        assert_eq!(shown(vec![3.0, nan, 1.0, 2.0]), "[3.0, NaN, 1.0, 2.0]");
        assert_eq!(shown(vec![2.0, 1.0, nan, 0.0]), "[0.0, 1.0, 2.0, NaN]");
    }
}
