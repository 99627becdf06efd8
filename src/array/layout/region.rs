//! A set of cells as layouts: what a write reached, also one through a mask or integer arrays.
//!
//! A basic index writes the cells of one layout. Others name places one after the other; [`Places`] folds them into
//! evenly spaced runs while they come, and so stays small: 10**9 places of a mask that is true from one index to
//! another are one run. Where there are very many runs only the first are kept, and what holds all the rest.

use super::Layout;
use smallvec::{SmallVec, smallvec};

/// Runs of places that are kept.
const MANY_RUNS: usize = 1024;
/// Places up to this many are sorted, to find those that were named more than once.
const SORTED: usize = 1 << 16;

/// Cells of a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The cells, as layouts over the buffer.
    pub pieces: SmallVec<[Layout; 1]>,
    /// Where the pieces are only some of the cells: a layout that holds them all.
    pub cover: Option<Layout>,
}

impl Region {
    /// The cells of a layout.
    pub fn whole(layout: Layout) -> Region {
        Region { pieces: smallvec![layout], cover: None }
    }

    /// Some cells of a layout; which is not known.
    pub fn within(layout: Layout) -> Region {
        Region { pieces: SmallVec::new(), cover: Some(layout) }
    }
}

/// Evenly spaced places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    start: i64,
    step: i64,
    count: usize,
}

impl Run {
    /// The place that would come next.
    fn next(&self) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(self.count as i64))
    }
}

/// Places in a buffer, in bytes, in the order in which they were written: each stands for one part of an array.
pub struct Places {
    part: Layout,
    runs: Vec<Run>,
    last: Option<Run>,
    count: usize,
    is_full: bool,
    low: i64,
    high: i64,
    /// All places are so many bytes apart, or a multiple.
    pitch: i64,
}

impl Places {
    /// No places yet. At each stands what `part` describes, but for its offset.
    pub fn new(part: Layout) -> Places {
        Places { part, runs: Vec::new(), last: None, count: 0, is_full: false, low: 0, high: 0, pitch: 0 }
    }

    /// What stands at each place.
    pub fn part(&self) -> &Layout {
        &self.part
    }

    /// The number of places, each counted as often as it was named.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Adds places.
    #[inline]
    pub fn add(&mut self, offsets: &[usize]) {
        offsets.iter().for_each(|&offset| self.add_run(offset, 0, 1));
    }

    /// Adds `count` places, `step` bytes apart.
    #[inline]
    pub fn add_run(&mut self, start: usize, step: isize, count: usize) {
        if count == 0 {
            return;
        }
        let run = Run { start: start as i64, step: step as i64, count };
        self.count = self.count.saturating_add(count);
        let Some(last) = &mut self.last else {
            (self.low, self.high) = (run.start, run.start);
            self.measure(run);
            self.last = Some(run);
            return;
        };
        let goes_on = run.count == 1 || last.step == run.step;
        if goes_on && last.count > 1 && last.next() == run.start {
            last.count += run.count;
        } else if last.count == 1 && (run.count == 1 || last.start.wrapping_add(run.step) == run.start) {
            last.step = run.start.wrapping_sub(last.start);
            last.count += run.count;
        } else if self.runs.len() < MANY_RUNS {
            self.runs.push(*last);
            *last = run;
        } else {
            self.is_full = true;
            *last = run;
        }
        self.measure(run);
    }

    fn measure(&mut self, run: Run) {
        let end = run.start.wrapping_add(run.step.wrapping_mul(run.count as i64 - 1));
        if self.pitch == 0 || (run.start.wrapping_sub(self.low)) % self.pitch != 0 {
            self.pitch = gcd(self.pitch, run.start.wrapping_sub(self.low));
        }
        if run.count > 1 {
            self.pitch = gcd(self.pitch, run.step);
        }
        // whatever is the lowest, all stay a multiple of the pitch apart
        self.low = self.low.min(run.start).min(end);
        self.high = self.high.max(run.start).max(end);
    }

    /// The cells, and how many of the places had been named before.
    pub fn finish(mut self) -> (Region, usize) {
        let kept = self.last.take();
        self.runs.extend(kept);
        if self.runs.is_empty() {
            return (Region { pieces: SmallVec::new(), cover: None }, 0);
        }
        let mut repeated = 0;
        if !self.is_full && self.count <= SORTED {
            let mut places: Vec<i64> = Vec::with_capacity(self.count);
            for run in &self.runs {
                places.extend((0..run.count as i64).map(|n| run.start + n * run.step));
            }
            if !places.is_sorted_by(|a, b| a < b) {
                places.sort_unstable();
                places.dedup();
            }
            repeated = self.count - places.len();
            self.runs = runs(&places);
        } else {
            repeated += self.runs.iter().filter(|run| run.step == 0).map(|run| run.count - 1).sum::<usize>();
        }
        let pieces = self.pieces();
        let cover = self.is_full.then(|| {
            let count = if self.pitch == 0 { 1 } else { (self.high - self.low) / self.pitch + 1 };
            self.piece(self.low, &[(self.pitch, count)])
        });
        (Region { pieces, cover }, repeated)
    }

    /// The runs as layouts; those alike and evenly spaced as one.
    fn pieces(&self) -> SmallVec<[Layout; 1]> {
        let mut pieces = SmallVec::new();
        let mut rest = self.runs.as_slice();
        while let [first, ..] = rest {
            let alike = rest.iter().take_while(|run| (run.step, run.count) == (first.step, first.count)).count();
            let distance = rest[..alike].get(1).map_or(0, |second| second.start - first.start);
            let even = (0..alike).take_while(|&n| rest[n].start - first.start == n as i64 * distance).count();
            pieces.push(self.piece(first.start, &[(distance, even as i64), (first.step, first.count as i64)]));
            rest = &rest[even.max(1)..];
        }
        pieces
    }

    /// The part at evenly spaced places.
    fn piece(&self, start: i64, axes: &[(i64, i64)]) -> Layout {
        let mut piece = Layout { offset: start as usize, ..self.part.clone() };
        for &(stride, count) in axes.iter().rev().filter(|(_, count)| *count > 1) {
            piece.shape.insert(0, count as usize);
            piece.strides.insert(0, stride as isize);
        }
        piece
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Ascending places as runs, each as long as it can be.
fn runs(places: &[i64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut rest = places;
    while let [start, ..] = *rest {
        let step = rest.get(1).map_or(0, |second| second - start);
        let count = rest.windows(2).take_while(|pair| pair[1] - pair[0] == step).count() + 1;
        // two that lie apart are better left to what follows, unless nothing does
        let count = if count == 2 && rest.len() > 2 { 1 } else { count };
        runs.push(Run { start, step: if count == 1 { 0 } else { step }, count });
        rest = &rest[count..];
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::super::Order;
    use super::*;
    use crate::array::Type;
    use proptest::prelude::*;

    fn places() -> Places {
        Places::new(Layout::contiguous(Type::Int64.into(), &[], Order::C))
    }

    fn starts(layout: &Layout) -> Vec<usize> {
        (0..layout.size()).map(|n| layout.offset_of(n)).collect()
    }

    #[test]
    fn runs_fold_while_they_come() {
        let mut billion = places();
        (0..1000).for_each(|n| billion.add_run(n * 8_000_000, 8, 1_000_000));
        let (region, repeated) = billion.finish();
        assert_eq!((region.pieces.len(), region.cover, repeated), (1, None, 0));
        assert_eq!(region.pieces[0].size(), 1_000_000_000);
    }

    #[test]
    fn rows_of_a_block_are_one_piece() {
        let mut block = places();
        (0..300).for_each(|row| block.add_run(row * 8000, 16, 200));
        let (region, _) = block.finish();
        assert_eq!(region.pieces.len(), 1);
        assert_eq!(region.pieces[0].shape.as_slice(), [300, 200]);
    }

    #[test]
    fn very_many_runs_have_a_cover() {
        let mut scattered = places();
        (0..100_000usize).for_each(|n| scattered.add(&[16 * (n * n % 99_991)]));
        let (region, _) = scattered.finish();
        let cover = region.cover.unwrap();
        assert_eq!((cover.strides.as_slice(), cover.offset), ([16].as_slice(), 0));
        assert!(region.pieces.len() <= MANY_RUNS + 1);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_places(named in prop::collection::vec((0usize..40, -3isize..4, 1usize..4), 0..40)) {
            let mut given = places();
            let mut all: Vec<usize> = Vec::new();
            for &(start, step, count) in &named {
                let start = 8 * (start + 16);
                given.add_run(start, 8 * step, count);
                all.extend((0..count).map(|n| start.wrapping_add_signed(8 * step * n as isize)));
            }
            let total = all.len();
            all.sort();
            all.dedup();
            let (region, repeated) = given.finish();
            let mut told: Vec<usize> = region.pieces.iter().flat_map(starts).collect();
            told.sort();
            prop_assert_eq!(repeated, total - all.len());
            prop_assert_eq!(told, all);
            prop_assert_eq!(region.cover, None);
        }
    }
}
