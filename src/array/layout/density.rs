//! How much of each part of a buffer does a layout reach? Computed from the strides, without a look at any element.

use super::Layout;
use super::cells::cells_within;
use super::footprint::{Footprint, Repeat};
use std::ops::Range;

/// Steps that are spent on a part of a layout whose repeats interlock.
const EFFORT: usize = 2000;

/// A part of a buffer, and how much of it a layout reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part.
    pub bytes: Range<usize>,
    /// The different bytes in it that the layout reaches; `None` where counting them would take too long.
    pub reached: Option<usize>,
}

/// Cuts `bytes` into `count` parts of nearly equal length (fewer where there are fewer bytes), and counts the
/// different bytes that the layout reaches in each.
pub fn density(layout: &Layout, bytes: Range<usize>, count: usize) -> Vec<Part> {
    let count = count.min(bytes.len());
    let cut = |n: usize| bytes.start + (bytes.len() as u128 * n as u128 / count.max(1) as u128) as usize;
    let footprint = Footprint::of(layout);
    let part = |n: usize| {
        let bytes = cut(n)..cut(n + 1);
        let reached = match &footprint {
            None => Some(0),
            Some(footprint) => reached(layout, footprint, &bytes),
        };
        Part { bytes, reached }
    };
    (0..count).map(part).collect()
}

fn reached(layout: &Layout, footprint: &Footprint, bytes: &Range<usize>) -> Option<usize> {
    if footprint.is_nested() {
        let before = |at: usize| bytes_before(&footprint.repeats, footprint.run, at as i64 - footprint.start);
        return Some((before(bytes.end) - before(bytes.start)) as usize);
    }
    let cells = cells_within(layout, bytes.clone(), EFFORT);
    let mut end = bytes.start;
    let mut sum = 0;
    for cell in &cells.found {
        let stop = (cell.start + layout.itemsize()).min(bytes.end);
        sum += stop.saturating_sub(cell.start.max(end));
        end = end.max(stop);
    }
    // a full part stays full whatever else is found
    (cells.is_complete || sum == bytes.len()).then_some(sum)
}

/// How many bytes of disjoint repeats of a run lie before byte `at`, counted from their start.
fn bytes_before(repeats: &[Repeat], run: i64, at: i64) -> i64 {
    let at = at.max(0);
    let Some((outer, inner)) = repeats.split_first() else { return at.min(run) };
    let block = inner.iter().fold(run, |n, repeat| n * repeat.count);
    let whole = (at / outer.stride).min(outer.count);
    let rest = if whole < outer.count { bytes_before(inner, run, at - whole * outer.stride) } else { 0 };
    whole * block + rest
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Shape, Strides};
    use super::*;
    use crate::array::Type;

    #[test]
    fn a_column_is_thin_and_even() {
        let matrix = Layout::contiguous(Type::Int64.into(), &[1000, 1000], Order::C);
        let column = Layout { shape: Shape::from_slice(&[1000]), strides: Strides::from_slice(&[8000]), ..matrix };
        let parts = density(&column, 0..8_000_000, 4);
        assert!(parts.iter().all(|part| part.reached == Some(2000)), "{parts:?}");
        assert_eq!(
            density(&column, 4..12, 3).iter().map(|part| part.reached).collect::<Vec<_>>(),
            [Some(2), Some(2), Some(0)]
        );
    }
}
