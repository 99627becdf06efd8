//! Sets of indices as boxes: for each axis evenly spaced indices, as one would write them in a subscript.

use super::MANY;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

/// Evenly spaced indices along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first index.
    pub start: i64,
    /// How many.
    pub count: i64,
    /// The distance between them; 1 for a single one.
    pub step: i64,
}

/// A span for each axis of the view.
pub type IndexBox = SmallVec<[Span; 4]>;

impl Span {
    /// A single index.
    pub fn one(start: i64) -> Span {
        Span { start, count: 1, step: 1 }
    }

    /// The first `count` indices.
    pub fn first(count: i64) -> Span {
        Span { start: 0, count, step: 1 }
    }

    /// The last index.
    pub fn last(&self) -> i64 {
        self.start + (self.count - 1) * self.step
    }
}

/// The box of all indices of a shape.
pub(super) fn whole(shape: &[usize]) -> IndexBox {
    shape.iter().map(|&length| Span::first(length as i64)).collect()
}

/// Whether a box has every index of a shape.
pub(super) fn is_whole(spans: &[Span], shape: &[usize]) -> bool {
    spans.iter().zip(shape).all(|(span, &length)| span.count == length as i64)
}

/// How many indices a box has.
pub(super) fn count(spans: &[Span]) -> usize {
    spans.iter().fold(1usize, |n, span| n.saturating_mul(span.count.max(0) as usize))
}

/// How many indices the boxes have together; `None` where two of them may have one in common.
pub(super) fn count_all(boxes: &[IndexBox]) -> Option<usize> {
    const FEW: usize = 256;
    let mut sorted: Vec<&IndexBox> = boxes.iter().collect();
    sorted.sort_unstable();
    let apart = |a: &IndexBox, b: &IndexBox| a.iter().zip(b).any(|(a, b)| are_apart(*a, *b));
    let all_apart = match boxes.len() {
        ..=FEW => (0..sorted.len()).all(|n| sorted[n + 1..].iter().all(|other| apart(sorted[n], other))),
        // by the first axis alone
        _ => sorted.windows(2).all(|pair| match (pair[0].first(), pair[1].first()) {
            (Some(a), Some(b)) => a.last() < b.start,
            _ => false,
        }),
    };
    all_apart.then(|| boxes.iter().fold(0usize, |n, spans| n.saturating_add(count(spans))))
}

/// Whether two spans have no index in common, as far as it is quickly told.
fn are_apart(a: Span, b: Span) -> bool {
    let (few, many) = if a.count <= b.count { (a, b) } else { (b, a) };
    let holds = |n: i64| n >= many.start && n <= many.last() && (n - many.start) % many.step == 0;
    a.last() < b.start
        || b.last() < a.start
        || (a.start - b.start) % gcd(a.step, b.step) != 0
        || (few.count <= MANY as i64 && (0..few.count).all(|n| !holds(few.start + n * few.step)))
}

/// The smallest box that holds all of these; `None` for no boxes.
pub(super) fn cover(boxes: &[IndexBox]) -> Option<IndexBox> {
    let (first, rest) = boxes.split_first()?;
    let mut cover = first.clone();
    for spans in rest {
        for (span, other) in cover.iter_mut().zip(spans) {
            *span = cover_of_two(*span, *other);
        }
    }
    Some(cover)
}

fn cover_of_two(a: Span, b: Span) -> Span {
    let step_of = |span: Span| if span.count > 1 { span.step } else { 0 };
    let start = a.start.min(b.start);
    let step = gcd(gcd(step_of(a), step_of(b)), (a.start - b.start).abs());
    match step {
        0 => Span::one(start),
        _ => Span { start, count: (a.last().max(b.last()) - start) / step + 1, step },
    }
}

/// The greatest common divisor of two numbers that are not negative; that of 0 and n is n.
pub(super) fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Ascending indices as few evenly spaced spans.
pub(super) fn spans(places: &[i64]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = places;
    while let [first, ..] = *rest {
        let step = rest.get(1).map_or(1, |second| second - first);
        let even = rest.windows(2).take_while(|pair| pair[1] - pair[0] == step).count() + 1;
        // two that lie apart are a pair of indices, unless they are all there is
        let even = if even == 2 && step > 1 && places.len() > 2 { 1 } else { even };
        let step = if even == 1 { 1 } else { step };
        spans.push(Span { start: first, count: even as i64, step });
        rest = &rest[even..];
    }
    spans
}

pub(super) fn with_outer(span: Span, inside: IndexBox) -> IndexBox {
    std::iter::once(span).chain(inside).collect()
}

/// `count` copies of a span, each `distance` farther on; `None` where that takes a long list.
pub(super) fn repeated(span: Span, distance: i64, count: i64) -> Option<SmallVec<[Span; 8]>> {
    const FEW: i64 = 8;
    let Span { start, count: length, step } = span;
    if count == 1 {
        return Some(smallvec![span]);
    }
    if length == 1 {
        return Some(smallvec![Span { start, count, step: distance }]);
    }
    if distance % step == 0 && distance <= length * step {
        return Some(smallvec![Span { start, count: length + distance / step * (count - 1), step }]);
    }
    if length <= FEW {
        return Some((0..length).map(|n| Span { start: start + n * step, count, step: distance }).collect());
    }
    (count <= FEW).then(|| (0..count).map(|n| Span { start: start + n * distance, count: length, step }).collect())
}

/// The part of a span within an axis.
pub(super) fn clipped(span: Span, length: i64) -> Option<Span> {
    let Span { start, count, step } = span;
    let skip = if start < 0 { -start.div_euclid(step) } else { 0 };
    let first = start + skip * step;
    let fit = (length - 1 - first).div_euclid(step) + 1;
    let count = (count - skip).min(fit);
    (count > 0).then_some(Span { start: first, count, step: if count == 1 { 1 } else { step } })
}

/// Makes one box of those that differ along one axis alone, where their spans join: axis by axis, as long as that
/// makes them fewer. Sorted by where they start.
pub(super) fn merge(mut boxes: Vec<IndexBox>) -> Vec<IndexBox> {
    let ndim = boxes.first().map_or(0, SmallVec::len);
    loop {
        let before = boxes.len();
        for axis in (0..ndim).rev() {
            boxes = merge_along(boxes, axis);
        }
        if boxes.len() == before {
            break;
        }
    }
    if ndim == 0 {
        boxes.truncate(1);
    }
    boxes.sort_unstable_by_key(|spans| spans.iter().map(|span| span.start).collect::<SmallVec<[i64; 4]>>());
    boxes
}

fn merge_along(boxes: Vec<IndexBox>, axis: usize) -> Vec<IndexBox> {
    if boxes.len() < 2 {
        return boxes;
    }
    let mut groups: FxHashMap<IndexBox, Vec<Span>> = FxHashMap::default();
    for mut spans in boxes {
        let span = std::mem::replace(&mut spans[axis], Span::one(0));
        groups.entry(spans).or_default().push(span);
    }
    let mut merged = Vec::new();
    for (rest, mut along) in groups {
        along.sort_unstable();
        along.dedup();
        for span in joined(along) {
            let mut spans = rest.clone();
            spans[axis] = span;
            merged.push(spans);
        }
    }
    merged
}

/// Sorted spans of one axis, those joined that go on from one to the next.
fn joined(along: Vec<Span>) -> Vec<Span> {
    if along.iter().all(|span| span.count == 1) {
        return spans(&along.iter().map(|span| span.start).collect::<Vec<i64>>());
    }
    let mut joined: Vec<Span> = Vec::new();
    for span in along {
        match joined.last_mut() {
            Some(last) => match joined_span(*last, span) {
                Some(both) => *last = both,
                None => joined.push(span),
            },
            None => joined.push(span),
        }
    }
    joined
}

/// Two spans as one, where together they are evenly spaced; `a` starts no later than `b`.
fn joined_span(a: Span, b: Span) -> Option<Span> {
    let step = match (a.count, b.count) {
        (1, 1) => 1,
        (1, _) => b.step,
        _ => a.step,
    };
    let end = a.start + (a.count - 1) * step;
    let even = (b.count == 1 || b.step == step) && (b.start - a.start) % step == 0 && b.start <= end + step;
    even.then(|| Span { start: a.start, count: (end.max(b.last()) - a.start) / step + 1, step })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, count: i64, step: i64) -> Span {
        Span { start, count, step }
    }

    #[test]
    fn boxes_that_join_are_one() {
        let cell = |r, c| -> IndexBox { smallvec![Span::one(r), Span::one(c)] };
        let boxes = merge(vec![cell(0, 0), cell(1, 1), cell(0, 1), cell(1, 0), cell(5, 0)]);
        let square: IndexBox = smallvec![span(0, 2, 1), span(0, 2, 1)];
        assert_eq!(boxes, [square, cell(5, 0)]);
        assert_eq!(count_all(&boxes), Some(5));
        assert_eq!(cover(&boxes), Some(smallvec![span(0, 6, 1), span(0, 2, 1)]));
        assert_eq!(merge(vec![IndexBox::new(), IndexBox::new()]).len(), 1);
    }

    #[test]
    fn a_cover_keeps_the_common_step() {
        let cover = |a, b| cover_of_two(a, b);
        assert_eq!(cover(span(0, 1, 1), span(6, 1, 1)), span(0, 2, 6));
        assert_eq!(cover(span(4, 3, 4), span(2, 1, 1)), span(2, 6, 2));
        assert_eq!(cover(span(3, 1, 1), span(3, 1, 1)), span(3, 1, 1));
    }

    #[test]
    fn what_may_overlap_is_not_counted() {
        let row = |start, count, step| -> IndexBox { smallvec![span(start, count, step)] };
        assert_eq!(count_all(&[row(0, 5, 2), row(1, 5, 2)]), Some(10));
        assert_eq!(count_all(&[row(0, 5, 2), row(1, 2, 4), row(11, 1, 1)]), Some(8));
        assert_eq!(count_all(&[row(0, 5, 2), row(0, 5, 3)]), None);
    }
}
