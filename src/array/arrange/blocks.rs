//! Sorting in blocks: what takes long is cut into pieces between which an interrupt is noticed.

use crate::error::Result;
use crate::interrupt;

/// Elements that are sorted, moved or looked at between two polls.
pub const BLOCK: usize = 1 << 16;
/// Bytes that are sorted at once, which takes less than half a second, before they are merged.
const SORTED_BYTES: usize = 1 << 26;

/// Polls once in [`BLOCK`] elements: `n` is how many came before.
///
/// # Errors
/// As [`interrupt::check`].
#[inline(always)]
pub fn poll(n: usize) -> Result<()> {
    if n.is_multiple_of(BLOCK) { interrupt::check() } else { Ok(()) }
}

/// A list of all items.
///
/// # Errors
/// As [`interrupt::check`].
pub fn collect<T>(mut items: impl Iterator<Item = T>) -> Result<Vec<T>> {
    let mut all = Vec::with_capacity(items.size_hint().0);
    loop {
        let before = all.len();
        all.extend(items.by_ref().take(BLOCK));
        if all.len() - before < BLOCK {
            return Ok(all);
        }
        interrupt::check()?;
    }
}

/// Sorts as `sort` does by itself, which orders by `less`: blocks of the items, which are merged then. Equal items keep
/// their order if they do in `sort`.
///
/// # Errors
/// As [`interrupt::check`]; the items are in any order then, and some may be there twice.
pub fn sort_blocks<T: Copy>(items: &mut [T], sort: impl Fn(&mut [T]), less: impl Fn(T, T) -> bool) -> Result<()> {
    sort_and_merge(items, (SORTED_BYTES / size_of::<T>().max(1)).max(BLOCK), sort, less)
}

/// As [`sort_blocks`], in blocks of `sorted` items.
fn sort_and_merge<T: Copy>(
    items: &mut [T],
    sorted: usize,
    sort: impl Fn(&mut [T]),
    less: impl Fn(T, T) -> bool,
) -> Result<()> {
    for block in items.chunks_mut(sorted) {
        sort(block);
        interrupt::check()?;
    }
    let is_sorted = |items: &[T], width: usize| {
        (width..items.len()).step_by(width).all(|start| !less(items[start], items[start - 1]))
    };
    let mut scratch: Vec<T> = Vec::new();
    let mut width = sorted;
    while width < items.len() && !is_sorted(items, width) {
        if scratch.is_empty() {
            scratch = collect(items.iter().copied())?;
        }
        for (from, to) in items.chunks(2 * width).zip(scratch.chunks_mut(2 * width)) {
            let (left, right) = from.split_at(width.min(from.len()));
            merge(left, right, to, &less)?;
        }
        for (to, from) in items.chunks_mut(BLOCK).zip(scratch.chunks(BLOCK)) {
            to.copy_from_slice(from);
            interrupt::check()?;
        }
        width *= 2;
    }
    Ok(())
}

/// Merges two sorted runs into `to`, which is as long as both.
fn merge<T: Copy>(left: &[T], right: &[T], to: &mut [T], less: &impl Fn(T, T) -> bool) -> Result<()> {
    let (mut i, mut j) = (0, 0);
    for (n, place) in to.iter_mut().enumerate() {
        poll(n)?;
        let is_right = match (left.get(i), right.get(j)) {
            (Some(&a), Some(&b)) => less(b, a),
            (a, _) => a.is_none(),
        };
        *place = if is_right { right[j] } else { left[i] };
        i += usize::from(!is_right);
        j += usize::from(is_right);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interrupt::Budget;

    #[test]
    fn blocks_are_merged_in_a_stable_order() {
        for len in [0, 1, BLOCK, BLOCK + 1, 3 * BLOCK - 5] {
            let items: Vec<(u32, usize)> =
                (0..len).map(|i| ((i as u32).wrapping_mul(2_654_435_761) >> 24, i)).collect();
            let mut sorted = items.clone();
            let sort = |block: &mut [(u32, usize)]| block.sort_by_key(|&(key, _)| key);
            sort_and_merge(&mut sorted, BLOCK, sort, |a, b| a.0 < b.0).unwrap();
            let mut expected = items;
            expected.sort_by_key(|&(key, _)| key);
            assert!(sorted == expected, "{len}");
        }
    }

    #[test]
    fn every_block_polls() {
        let budget = Budget::new(3);
        let mut items: Vec<u8> = vec![0; 4 * BLOCK];
        assert!(sort_and_merge(&mut items, BLOCK, |block| block.sort_unstable(), |a, b| a < b).is_err());
        drop(budget);
        let _budget = Budget::new(3);
        assert!(collect(0..5 * BLOCK).is_err());
    }
}
