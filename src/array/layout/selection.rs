//! Which basic index and transpose make one layout of another?
//!
//! Every axis of the view is one axis of the base, walked with some step, or a new axis of length 1. So its stride is
//! a multiple of that axis' stride, and the multiple is the step. What is left is where each axis starts: the
//! difference of the offsets is a sum of starts times strides, each start within its axis. Where each stride steps
//! over all that lies within it that is division with remainder; otherwise a search, which gives up after a
//! given amount of work.

use super::transpose::Axes;
use super::view_step::{ViewStep, shortest_slice};
use super::{BasicIndex, Layout, Slice};
use smallvec::{SmallVec, smallvec};

/// How much work a search may still do.
pub(super) struct Patience(pub(super) usize);

impl Patience {
    /// Whether there is work left; one piece of it is taken.
    pub(super) fn goes_on(&mut self) -> bool {
        self.spends(1)
    }

    /// Whether there is work left when `pieces` of it are taken.
    pub(super) fn spends(&mut self, pieces: usize) -> bool {
        self.0 = self.0.saturating_sub(pieces);
        self.0 > 0
    }
}

/// How an axis of the base is taken.
#[derive(Clone, Copy)]
struct Taken {
    /// How many places.
    count: usize,
    /// The step between them, not 0.
    step: isize,
}

/// For each axis of the view: the axis of the base that it walks along, or nothing where it is new.
type Matching = SmallVec<[Option<usize>; 4]>;

/// What an axis of the view may be, the best with the lowest rank: along an axis of the base, or new.
type Choice = (usize, Option<(usize, Taken)>);

/// The index and the transpose that make `view` of `base`, each only where it is needed; dtypes are not looked at.
/// `None` where there are none, or patience ends.
pub(super) fn select(view: &Layout, base: &Layout, patience: &mut Patience) -> Option<Vec<ViewStep>> {
    if view.ndim() > super::MAX_DIMS || view.itemsize() != base.itemsize() {
        return None;
    }
    let mut search = Search { view, base, taken: smallvec![None; base.ndim()], matching: Matching::new(), patience };
    let starts = search.matched()?;
    let taken = search.taken;
    Some(written(&search.matching, &taken, &starts, base))
}

struct Search<'s> {
    view: &'s Layout,
    base: &'s Layout,
    /// For each axis of the base how it is taken; nothing where an integer takes it.
    taken: SmallVec<[Option<Taken>; 4]>,
    matching: Matching,
    patience: &'s mut Patience,
}

impl Search<'_> {
    /// Matches the axes of the view that are not matched yet; where each axis of the base starts then.
    fn matched(&mut self) -> Option<Axes> {
        if !self.patience.goes_on() {
            return None;
        }
        let axis = self.matching.len();
        let Some((&length, &stride)) = self.view.shape.get(axis).zip(self.view.strides.get(axis)) else {
            return self.starts();
        };
        let last = self.matching.iter().flatten().last().copied();
        let mut choices: SmallVec<[Choice; 8]> = SmallVec::new();
        for from in 0..self.base.ndim() {
            if let Some(taken) = self.taken_as(from, length, stride) {
                let is_same = self.base.shape[from] == length && self.base.strides[from] == stride;
                let is_behind = last.is_none_or(|last| from > last);
                let rank = usize::from(!is_same) * 2 + usize::from(!is_behind);
                choices.push((rank, Some((from, taken))));
            }
        }
        if length == 1 && stride == 0 {
            choices.push((1, None));
        }
        choices.sort_by_key(|(rank, _)| *rank);
        for (_, choice) in choices {
            self.matching.push(choice.map(|(from, _)| from));
            if let Some((from, taken)) = choice {
                self.taken[from] = Some(taken);
            }
            if let Some(starts) = self.matched() {
                return Some(starts);
            }
            self.matching.pop();
            if let Some((from, _)) = choice {
                self.taken[from] = None;
            }
        }
        None
    }

    /// How axis `from` of the base has to be taken to give an axis of this length and stride.
    fn taken_as(&self, from: usize, length: usize, stride: isize) -> Option<Taken> {
        let (there, step) = (self.base.shape[from], self.base.strides[from]);
        if self.taken[from].is_some() || length > there {
            return None;
        }
        let step = match step {
            _ if length == 0 => (step == stride).then_some(1)?,
            0 => (stride == 0).then_some(1)?,
            _ => stride.checked_rem(step).filter(|&rest| rest == 0).map(|_| stride / step).filter(|&step| step != 0)?,
        };
        let reach = length.saturating_sub(1).saturating_mul(step.unsigned_abs());
        (length == 0 || reach < there).then_some(Taken { count: length, step })
    }

    /// Where each axis of the base starts, so that the offset is the view's.
    fn starts(&mut self) -> Option<Axes> {
        let range = |axis: usize| -> Option<(i128, i128)> {
            let length = self.base.shape[axis] as i128;
            match self.taken[axis] {
                Some(Taken { count: 0, .. }) => Some((0, 0)),
                Some(Taken { count, step }) => {
                    let reach = (count as i128 - 1) * step as i128;
                    Some(if step > 0 { (0, length - 1 - reach) } else { (-reach, length - 1) })
                }
                None => (length > 0).then_some((0, length - 1)),
            }
        };
        let ranges = (0..self.base.ndim()).map(range).collect::<Option<Vec<_>>>()?;
        starts_of(&self.base.strides, &ranges, self.view.offset as i128 - self.base.offset as i128, self.patience)
    }
}

/// Numbers within `ranges`, one an axis, that times `strides` make `distance`. `None` where there are none, or patience
/// ends.
pub(super) fn starts_of(
    strides: &[isize],
    ranges: &[(i128, i128)],
    distance: i128,
    patience: &mut Patience,
) -> Option<Axes> {
    let mut order: Axes = (0..strides.len()).collect();
    order.sort_by_key(|&axis| std::cmp::Reverse(strides[axis].unsigned_abs()));
    // what the axes behind can add, at least and at most
    let mut reach: SmallVec<[(i128, i128); 8]> = smallvec![(0, 0); order.len() + 1];
    for (n, &axis) in order.iter().enumerate().rev() {
        let (low, high) = ranges[axis];
        let (a, b) = (low * strides[axis] as i128, high * strides[axis] as i128);
        reach[n] = (reach[n + 1].0 + a.min(b), reach[n + 1].1 + a.max(b));
    }
    let mut starts: Axes = ranges.iter().map(|&(low, _)| low as usize).collect();
    let problem = Starts { strides, ranges, order: &order, reach: &reach };
    problem.solve(0, distance, &mut starts, patience).then_some(starts)
}

struct Starts<'s> {
    strides: &'s [isize],
    ranges: &'s [(i128, i128)],
    order: &'s [usize],
    reach: &'s [(i128, i128)],
}

impl Starts<'_> {
    fn solve(&self, n: usize, distance: i128, starts: &mut Axes, patience: &mut Patience) -> bool {
        let Some(&axis) = self.order.get(n) else { return distance == 0 };
        let stride = self.strides[axis] as i128;
        if stride == 0 {
            return self.solve(n + 1, distance, starts, patience);
        }
        // distance - start * stride must be within the reach of the axes behind
        let (low, high) = self.reach[n + 1];
        let (near, far) =
            if stride > 0 { (distance - high, distance - low) } else { (low - distance, high - distance) };
        let step = stride.abs();
        let first = (-(-near).div_euclid(step)).max(self.ranges[axis].0);
        let last = far.div_euclid(step).min(self.ranges[axis].1);
        let mut start = first;
        while start <= last {
            if !patience.goes_on() {
                return false;
            }
            starts[axis] = start as usize;
            if self.solve(n + 1, distance - start * stride, starts, patience) {
                return true;
            }
            start += 1;
        }
        false
    }
}

/// The orders in which the axes of the view may stand before the transpose, with that transpose: the shortest to write
/// first.
fn transposes(count: usize, matching: &Matching) -> Vec<(Axes, Option<Axes>)> {
    const FEW: usize = 8;
    let same: Axes = (0..count).collect();
    let mut orders = vec![(same.clone(), None)];
    let mut add = |before: Axes| {
        let place = |axis| before.iter().position(|&other| other == axis).unwrap_or(axis);
        let axes: Axes = (0..count).map(place).collect();
        orders.push((before, Some(axes)));
    };
    if count >= 2 {
        add(same.iter().rev().copied().collect());
        for first in 0..count.min(FEW) {
            for second in first + 1..count.min(FEW) {
                let mut swapped = same.clone();
                swapped.swap(first, second);
                add(swapped);
            }
        }
        let mut sorted: Axes = same.iter().copied().filter(|&axis| matching[axis].is_some()).collect();
        sorted.sort_by_key(|&axis| matching[axis]);
        let mut sorted = sorted.into_iter();
        add(same.iter().map(|&axis| matching[axis].and_then(|_| sorted.next()).unwrap_or(axis)).collect());
    }
    orders
}

/// The steps of a matching.
fn written(matching: &Matching, taken: &[Option<Taken>], starts: &Axes, base: &Layout) -> Vec<ViewStep> {
    let is_in_order = |order: &Axes| {
        let from: SmallVec<[usize; 4]> = order.iter().filter_map(|&axis| matching[axis]).collect();
        from.windows(2).all(|pair| pair[0] < pair[1])
    };
    let mut orders = transposes(matching.len(), matching);
    let at = orders.iter().position(|(order, _)| is_in_order(order)).unwrap_or(0);
    let (order, transpose) = orders.swap_remove(at);
    let mut items = Vec::with_capacity(base.ndim());
    let mut next = 0;
    let item = |axis: usize| match taken[axis] {
        Some(Taken { count, step }) => BasicIndex::Slice(shortest_slice(base.shape[axis], starts[axis], count, step)),
        None => BasicIndex::Int(starts[axis] as isize),
    };
    for axis in order {
        match matching[axis] {
            None => items.push(BasicIndex::NewAxis),
            Some(from) => {
                items.extend((next..=from).map(item));
                next = from + 1;
            }
        }
    }
    items.extend((next..base.ndim()).map(item));
    if matching.is_empty() && !items.is_empty() {
        // integers alone would give a scalar, which is a copy
        items.push(BasicIndex::Ellipsis);
    }
    let mut steps = Vec::new();
    shorten(&mut items);
    if !items.is_empty() {
        steps.push(ViewStep::Index(items));
    }
    steps.extend(transpose.map(ViewStep::Transpose));
    steps
}

/// Whole axes at the end of an index are left out, and several in a row are an `...`.
fn shorten(items: &mut Vec<BasicIndex>) {
    let whole = BasicIndex::Slice(Slice::default());
    while items.last() == Some(&whole) {
        items.pop();
    }
    if items.contains(&BasicIndex::Ellipsis) {
        return;
    }
    let mut longest = 0..0;
    let mut start = 0;
    for at in 0..=items.len() {
        if items.get(at) != Some(&whole) {
            if at - start > longest.len() {
                longest = start..at;
            }
            start = at + 1;
        }
    }
    if longest.len() >= 2 {
        items.splice(longest, [BasicIndex::Ellipsis]);
    }
}
