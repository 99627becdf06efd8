//! Which elements of one view lie on the bytes that were written through another?
//!
//! After `b[0] = 9` the report says `a[0:3] changed too`. The answer is a list of boxes: for each axis of `a` a
//! range of indices, as one would write them. Three ways lead there, the first that applies:
//!
//! 1. A small view is gone through element by element, and the marks are folded into boxes.
//! 2. For large ones the arithmetic of the strides is enough, as long as each is *nested*: an axis steps over all
//!    that lies within it. Take the axis with the largest stride of either side. If the view's blocks repeat with a
//!    multiple of the stride at which the written blocks repeat, or the other way round, then one block tells about
//!    all of them, but for those at the ends. So the question shrinks by an axis, until a single run of bytes is
//!    left.
//! 3. Where neither holds it is only known that some elements changed: [`Touched::Part`].

use super::Layout;
use super::footprint::{Footprint, Repeat, is_nested, span};
use super::overlap::{Overlap, solve_may_share_memory};
use smallvec::{SmallVec, smallvec};

/// Views up to this many elements are gone through one by one.
const SMALL: usize = 4096;
/// Lists longer than this say no more than "part of it".
const MANY: usize = 64;
/// The most boxes that [`Touched::text`] lists.
const LISTED: usize = 4;

/// Evenly spaced indices along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The elements of a view that a write touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// None of them.
    None,
    /// All of them.
    All,
    /// Those in the boxes, which together are exactly the touched ones.
    Boxes(Vec<IndexBox>),
    /// Some of them; which is not known.
    Part,
}

/// Which elements of `view` lie on bytes that `written` reaches. Both are layouts over the same buffer.
pub fn cells_touched(view: &Layout, written: &Layout) -> Touched {
    let (Some((low, high)), Some((first, last))) = (view.byte_range(), written.byte_range()) else {
        return Touched::Part;
    };
    if low >= last || first >= high || low == high || first == last {
        return Touched::None;
    }
    let Some(footprint) = Footprint::of(written) else { return Touched::None };
    let boxes = if view.size() <= SMALL { boxes_of_small(view, &footprint) } else { boxes_of_nested(view, &footprint) };
    match boxes {
        Some(boxes) if boxes.is_empty() => Touched::None,
        Some(boxes) if boxes.iter().any(|spans| is_whole(spans, &view.shape)) => Touched::All,
        Some(boxes) => Touched::Boxes(boxes),
        None => match solve_may_share_memory(view, written, 10_000) {
            Ok(Overlap::No) => Touched::None,
            _ => Touched::Part,
        },
    }
}

fn is_whole(spans: &[Span], shape: &[usize]) -> bool {
    spans.iter().zip(shape).all(|(span, &length)| span.count == length as i64)
}

impl Touched {
    /// The touched elements as one would index them: `a[0:3]`, `a[1, 2] and a[::2, 0]`, `all of a`, `part of a`;
    /// nothing where there are none. `shape` is the view's.
    pub fn text(&self, name: &str, shape: &[usize]) -> Option<String> {
        match self {
            Touched::None => None,
            Touched::All => Some(format!("all of {name}")),
            Touched::Boxes(boxes) if boxes.len() <= LISTED => {
                let texts: Vec<String> = boxes.iter().map(|spans| name.to_string() + &box_text(spans, shape)).collect();
                Some(match texts.split_last() {
                    Some((last, [_, ..])) => format!("{} and {last}", texts[..texts.len() - 1].join(", ")),
                    _ => texts.concat(),
                })
            }
            Touched::Boxes(_) | Touched::Part => Some(format!("part of {name}")),
        }
    }
}

/// The subscript that selects a box: `[0:3]`, `[1, 2]`, `[::2, 0]`.
pub fn box_text(spans: &[Span], shape: &[usize]) -> String {
    let mut items: Vec<String> =
        spans.iter().zip(shape).map(|(span, &length)| span_text(span, length as i64)).collect();
    while items.len() > 1 && items.last().is_some_and(|item| item == ":") {
        items.pop();
    }
    if items.is_empty() { "[()]".to_string() } else { format!("[{}]", items.join(", ")) }
}

fn span_text(span: &Span, length: i64) -> String {
    let Span { start, count, step } = *span;
    let stop = start + (count - 1) * step + 1;
    match (count, step) {
        _ if count == length => ":".to_string(),
        (1, _) => start.to_string(),
        (_, 1) => format!("{start}:{stop}"),
        _ => {
            let from = if start == 0 { String::new() } else { start.to_string() };
            let to = if stop + step > length { String::new() } else { stop.to_string() };
            format!("{from}:{to}:{step}")
        }
    }
}

// ---- small views: one by one ----

/// The boxes of a small view; `None` where the written bytes can neither be computed nor listed.
fn boxes_of_small(view: &Layout, written: &Footprint) -> Option<Vec<IndexBox>> {
    let blocks = if written.is_nested() { None } else { Some(written_runs(written)?) };
    let itemsize = view.itemsize() as i64;
    let touches = |at: i64| match &blocks {
        None => reaches(&written.repeats, written.start, written.run, at, itemsize),
        Some(runs) => {
            // the last run that starts before the element ends
            let next = runs.partition_point(|&start| start < at + itemsize);
            next > 0 && runs[next - 1] + written.run > at
        }
    };
    fold(&view.shape, &view.strides, view.offset as i64, &touches)
}

/// Where each run of a footprint starts, in order; `None` for very many.
fn written_runs(written: &Footprint) -> Option<Vec<i64>> {
    let mut starts = vec![written.start];
    for repeat in &written.repeats {
        if starts.len() as i64 * repeat.count > 1 << 16 {
            return None;
        }
        starts = starts.iter().flat_map(|&at| (0..repeat.count).map(move |n| at + n * repeat.stride)).collect();
    }
    starts.sort_unstable();
    Some(starts)
}

/// Whether the nested blocks reach into `length` bytes from `at`.
fn reaches(repeats: &[Repeat], start: i64, run: i64, at: i64, length: i64) -> bool {
    let [outer, inner @ ..] = repeats else { return start < at + length && at < start + run };
    let block = span(inner, run);
    let first = ((at - start - block).div_euclid(outer.stride) + 1).max(0);
    let last = (at + length - 1 - start).div_euclid(outer.stride).min(outer.count - 1);
    (first..=last).any(|n| {
        let block_start = start + n * outer.stride;
        let inside = at <= block_start && block_start + block <= at + length;
        inside || reaches(inner, block_start, run, at, length)
    })
}

/// The boxes of the elements from byte `at` on for which `touches` holds; `None` if they are too many.
fn fold(shape: &[usize], strides: &[isize], at: i64, touches: &impl Fn(i64) -> bool) -> Option<Vec<IndexBox>> {
    let ([length, shape @ ..], [stride, strides @ ..]) = (shape, strides) else {
        return Some(if touches(at) { vec![IndexBox::new()] } else { Vec::new() });
    };
    // indices with the same boxes inside go together
    let mut groups: Vec<(Vec<IndexBox>, Vec<i64>)> = Vec::new();
    for n in 0..*length as i64 {
        let inside = fold(shape, strides, at + n * *stride as i64, touches)?;
        if inside.is_empty() {
            continue;
        }
        match groups.iter().position(|(boxes, _)| *boxes == inside) {
            Some(group) => groups[group].1.push(n),
            None if groups.len() >= MANY => return None,
            None => groups.push((inside, vec![n])),
        }
    }
    let mut boxes = Vec::new();
    for (inside, places) in groups {
        for place in spans(&places) {
            for spans in &inside {
                boxes.push(std::iter::once(place).chain(spans.iter().copied()).collect());
            }
        }
        if boxes.len() > MANY {
            return None;
        }
    }
    Some(boxes)
}

/// Ascending indices as few evenly spaced spans.
fn spans(places: &[i64]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = places;
    while let [first, ..] = *rest {
        let step = rest.get(1).map_or(1, |second| second - first);
        let even = rest.windows(2).take_while(|pair| pair[1] - pair[0] == step).count() + 1;
        // two far apart are a pair of indices, unless they are all there is
        let even = if even == 2 && step > 1 && places.len() > 2 { 1 } else { even };
        let step = if even == 1 { 1 } else { step };
        spans.push(Span { start: first, count: even as i64, step });
        rest = &rest[even..];
    }
    spans
}

// ---- large views: by the strides ----

/// The boxes of a view whose axes are nested, over nested written bytes; `None` where that does not hold or the
/// strides have nothing in common.
fn boxes_of_nested(view: &Layout, written: &Footprint) -> Option<Vec<IndexBox>> {
    let mut start = view.offset as i64;
    // the axes that move, from the largest stride to the smallest, none backwards
    let mut axes: SmallVec<[(usize, Repeat, bool); 4]> = SmallVec::new();
    for (axis, (&length, &stride)) in view.shape.iter().zip(&view.strides).enumerate() {
        if length > 1 && stride != 0 {
            let repeat = Repeat { stride: stride.unsigned_abs() as i64, count: length as i64 };
            if stride < 0 {
                start -= repeat.stride * (repeat.count - 1);
            }
            axes.push((axis, repeat, stride < 0));
        }
    }
    axes.sort_by_key(|&(_, repeat, _)| std::cmp::Reverse(repeat.stride));
    let repeats: SmallVec<[Repeat; 4]> = axes.iter().map(|axis| axis.1).collect();
    let search = Search { itemsize: view.itemsize() as i64, run: written.run };
    if !is_nested(&repeats, search.itemsize) || !written.is_nested() {
        return None;
    }
    let found = search.solve(&repeats, start, &written.repeats, written.start)?;
    // back to the view's axes and directions; an axis that does not move is touched as a whole
    let back = |spans: IndexBox| {
        let whole = |&length: &usize| Span { start: 0, count: length as i64, step: 1 };
        let mut indices: IndexBox = view.shape.iter().map(whole).collect();
        for (span, &(axis, repeat, backward)) in spans.into_iter().zip(&axes) {
            let last = span.start + (span.count - 1) * span.step;
            let start = if backward { repeat.count - 1 - last } else { span.start };
            indices[axis] = Span { start, ..span };
        }
        indices
    };
    let mut boxes: Vec<IndexBox> = found.into_iter().map(back).collect();
    boxes.sort_by_key(|spans| spans.iter().map(|span| span.start).collect::<SmallVec<[i64; 4]>>());
    Some(boxes)
}

/// The search for boxes by the arithmetic of strides.
struct Search {
    /// Bytes an element of the view.
    itemsize: i64,
    /// Bytes a written run.
    run: i64,
}

impl Search {
    /// The boxes of the elements with axes `view` from byte `at`, over runs with axes `written` from byte `start`.
    fn solve(&self, view: &[Repeat], at: i64, written: &[Repeat], start: i64) -> Option<Vec<IndexBox>> {
        if at >= start + span(written, self.run) || start >= at + span(view, self.itemsize) {
            return Some(Vec::new());
        }
        let boxes = match (view, written) {
            ([], _) => {
                let touched = reaches(written, start, self.run, at, self.itemsize);
                if touched { vec![IndexBox::new()] } else { Vec::new() }
            }
            ([outer, inner @ ..], []) => self.one_run(*outer, inner, at, start)?,
            ([outer, inner @ ..], [blocks, rest @ ..]) if blocks.stride >= outer.stride => {
                self.written_repeats(view, *outer, inner, at, *blocks, rest, start)?
            }
            ([outer, inner @ ..], [blocks, rest @ ..]) => {
                self.view_repeats(*outer, inner, at, *blocks, rest, start, written)?
            }
        };
        let boxes = merge(boxes);
        (boxes.len() <= MANY).then_some(boxes)
    }

    /// The blocks of the view inside the one written run as a whole, and the two at its ends.
    fn one_run(&self, outer: Repeat, inner: &[Repeat], at: i64, start: i64) -> Option<Vec<IndexBox>> {
        let block = span(inner, self.itemsize);
        let first = ((start - at - block).div_euclid(outer.stride) + 1).max(0);
        let last = (start + self.run - 1 - at).div_euclid(outer.stride).min(outer.count - 1);
        let first_inside = -(at - start).div_euclid(outer.stride).min(0);
        let last_inside = (start + self.run - at - block).div_euclid(outer.stride).min(outer.count - 1);
        let mut boxes = Vec::new();
        let mut at_the_ends: SmallVec<[i64; 4]> = SmallVec::new();
        if first_inside <= last_inside {
            let mut spans: IndexBox =
                smallvec![Span { start: first_inside, count: last_inside - first_inside + 1, step: 1 }];
            spans.extend(inner.iter().map(|axis| Span { start: 0, count: axis.count, step: 1 }));
            boxes.push(spans);
            at_the_ends.extend((first..first_inside).chain(last_inside + 1..=last));
        } else {
            at_the_ends.extend(first..=last);
        }
        for n in at_the_ends {
            let inside = self.solve(inner, at + n * outer.stride, &[], start)?;
            boxes.extend(inside.into_iter().map(|spans| with_outer(Span { start: n, count: 1, step: 1 }, spans)));
        }
        Some(boxes)
    }

    /// The written blocks step at least as far as the view: what the first touches, the others touch farther on.
    #[allow(clippy::too_many_arguments)]
    fn written_repeats(
        &self,
        view: &[Repeat],
        outer: Repeat,
        inner: &[Repeat],
        at: i64,
        blocks: Repeat,
        rest: &[Repeat],
        start: i64,
    ) -> Option<Vec<IndexBox>> {
        let mut boxes = Vec::new();
        if blocks.stride % outer.stride != 0 {
            if blocks.count > MANY as i64 {
                return None;
            }
            for n in 0..blocks.count {
                boxes.extend(self.solve(view, at, rest, start + n * blocks.stride)?);
            }
            return Some(boxes);
        }
        // a stretch of the outer axis, as if it went on both ways, under the first block
        let low = (start - at - span(inner, self.itemsize)).div_euclid(outer.stride) + 1;
        let high = (start + span(rest, self.run) - 1 - at).div_euclid(outer.stride);
        if low > high {
            return Some(boxes);
        }
        let mut stretch: SmallVec<[Repeat; 4]> = smallvec![Repeat { count: high - low + 1, ..outer }];
        stretch.extend_from_slice(inner);
        for spans in self.solve(&stretch, at + low * outer.stride, rest, start)? {
            let Some((&first, inside)) = spans.split_first() else { continue };
            let first = Span { start: first.start + low, ..first };
            for span in repeated(first, blocks.stride / outer.stride, blocks.count)? {
                if let Some(span) = clipped(span, outer.count) {
                    boxes.push(with_outer(span, SmallVec::from_slice(inside)));
                }
            }
        }
        Some(boxes)
    }

    /// The view steps farther than the written blocks: all its blocks look alike, but for those where the written
    /// ones begin and end.
    #[allow(clippy::too_many_arguments)]
    fn view_repeats(
        &self,
        outer: Repeat,
        inner: &[Repeat],
        at: i64,
        blocks: Repeat,
        rest: &[Repeat],
        start: i64,
        written: &[Repeat],
    ) -> Option<Vec<IndexBox>> {
        let block = span(inner, self.itemsize);
        let first = ((start - at - block).div_euclid(outer.stride) + 1).max(0);
        let last = (start + span(written, self.run) - 1 - at).div_euclid(outer.stride).min(outer.count - 1);
        let mut boxes = Vec::new();
        let mut put = |start: i64, count: i64, inside: Vec<IndexBox>| {
            boxes.extend(inside.into_iter().map(|spans| with_outer(Span { start, count, step: 1 }, spans)));
        };
        if outer.stride % blocks.stride != 0 {
            if last - first >= MANY as i64 {
                return None;
            }
            for n in first..=last {
                put(n, 1, self.solve(inner, at + n * outer.stride, written, start)?);
            }
            return Some(boxes);
        }
        // the written blocks over the view's block 0, as if they went on both ways; block n has those n * ratio
        // farther
        let ratio = outer.stride / blocks.stride;
        let low = (at - start - span(rest, self.run)).div_euclid(blocks.stride) + 1;
        let high = (at + block - 1 - start).div_euclid(blocks.stride);
        if low > high {
            return Some(boxes);
        }
        let over = |n: i64, low: i64, high: i64| {
            let mut over: SmallVec<[Repeat; 4]> = smallvec![Repeat { count: high - low + 1, ..blocks }];
            over.extend_from_slice(rest);
            self.solve(inner, at + n * outer.stride, &over, start + low * blocks.stride)
        };
        let alike_first = first.max(-low.div_euclid(ratio));
        let alike_last = last.min((blocks.count - 1 - high).div_euclid(ratio));
        let at_the_ends: SmallVec<[i64; 8]> = if alike_first <= alike_last {
            let n = alike_first;
            put(n, alike_last - n + 1, over(n, low + n * ratio, high + n * ratio)?);
            (first..alike_first).chain(alike_last + 1..=last).take(MANY + 1).collect()
        } else {
            (first..=last).take(MANY + 1).collect()
        };
        if at_the_ends.len() > MANY {
            return None;
        }
        for n in at_the_ends {
            let (low, high) = ((low + n * ratio).max(0), (high + n * ratio).min(blocks.count - 1));
            if low <= high {
                put(n, 1, over(n, low, high)?);
            }
        }
        Some(boxes)
    }
}

fn with_outer(span: Span, inside: IndexBox) -> IndexBox {
    std::iter::once(span).chain(inside).collect()
}

/// `count` copies of a span, each `distance` farther on; `None` where that takes a long list.
fn repeated(span: Span, distance: i64, count: i64) -> Option<SmallVec<[Span; 8]>> {
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
fn clipped(span: Span, length: i64) -> Option<Span> {
    let Span { start, count, step } = span;
    let skip = if start < 0 { -start.div_euclid(step) } else { 0 };
    let first = start + skip * step;
    let fit = (length - 1 - first).div_euclid(step) + 1;
    let count = (count - skip).min(fit);
    (count > 0).then_some(Span { start: first, count, step: if count == 1 { 1 } else { step } })
}

/// Makes one box of two that differ along one axis, where their spans join, as often as possible.
fn merge(mut boxes: Vec<IndexBox>) -> Vec<IndexBox> {
    if boxes.len() > 4 * MANY {
        return boxes;
    }
    let mut n = 0;
    while n < boxes.len() {
        let joined = (n + 1..boxes.len()).find_map(|other| Some((other, joined_box(&boxes[n], &boxes[other])?)));
        match joined {
            Some((other, spans)) => {
                boxes.swap_remove(other);
                boxes[n] = spans;
                n = 0;
            }
            None => n += 1,
        }
    }
    boxes
}

fn joined_box(a: &IndexBox, b: &IndexBox) -> Option<IndexBox> {
    let mut differing = (0..a.len()).filter(|&axis| a[axis] != b[axis]);
    let Some(axis) = differing.next() else { return Some(a.clone()) };
    if differing.next().is_some() {
        return None;
    }
    let mut joined = a.clone();
    joined[axis] = joined_span(a[axis], b[axis])?;
    Some(joined)
}

fn joined_span(a: Span, b: Span) -> Option<Span> {
    let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
    let step = match (a.count, b.count) {
        (1, 1) => 1,
        (1, _) => b.step,
        _ => a.step,
    };
    let (end, b_end) = (a.start + (a.count - 1) * step, b.start + (b.count - 1) * b.step);
    let even = (b.count == 1 || b.step == step) && (b.start - a.start) % step == 0 && b.start <= end + step;
    even.then(|| Span { start: a.start, count: (end.max(b_end) - a.start) / step + 1, step })
}

#[cfg(test)]
mod tests {
    use super::super::basic_index::{BasicIndex, Slice, basic_index};
    use super::super::{Order, reshape, transpose::transpose};
    use super::*;
    use crate::array::Type;
    use proptest::prelude::*;

    fn arange(shape: &[usize]) -> Layout {
        Layout::contiguous(Type::Int64.into(), shape, Order::C)
    }

    fn at(layout: &Layout, items: &[BasicIndex]) -> Layout {
        basic_index(layout, items).unwrap()
    }

    fn slice(start: isize, stop: isize, step: isize) -> BasicIndex {
        BasicIndex::Slice(Slice { start: Some(start), stop: Some(stop), step: Some(step) })
    }

    fn text(view: &Layout, written: &Layout) -> String {
        cells_touched(view, written).text("a", &view.shape).unwrap_or_default()
    }

    #[test]
    fn small_views() {
        use BasicIndex::Int;
        let a = arange(&[6]);
        let b = reshape(&a, &[2, 3], Order::C).unwrap();
        assert_eq!(text(&a, &at(&b, &[Int(0)])), "a[0:3]");
        assert_eq!(text(&b, &at(&a, &[Int(5)])), "a[1, 2]");
        assert_eq!(text(&b, &at(&a, &[slice(0, 6, 2)])), "a[0, ::2] and a[1, 1]");
        assert_eq!(text(&a, &at(&b, &[slice(0, 2, 1), Int(1)])), "a[1::3]");
        assert_eq!(text(&a, &b), "all of a");
        assert_eq!(text(&at(&a, &[slice(0, 2, 1)]), &at(&a, &[slice(3, 5, 1)])), "");
        let t = transpose(&b, None).unwrap();
        assert_eq!(text(&t, &at(&b, &[Int(0)])), "a[:, 0]");
        assert_eq!(text(&arange(&[4, 4]), &at(&arange(&[4, 4]), &[slice(0, 4, 2), Int(0)])), "a[::2, 0]");
    }

    #[test]
    fn large_views() {
        use BasicIndex::Int;
        let a = arange(&[1_000_000]);
        let m = reshape(&a, &[1000, 1000], Order::C).unwrap();
        assert_eq!(text(&a, &at(&m, &[Int(3)])), "a[3000:4000]");
        assert_eq!(text(&a, &at(&m, &[slice(0, 1000, 1), Int(7)])), "a[7::1000]");
        assert_eq!(text(&m, &at(&a, &[slice(500, 2500, 1)])), "a[0, 500:1000], a[1] and a[2, 0:500]");
        assert_eq!(text(&m, &at(&a, &[slice(0, 1_000_000, 2)])), "a[:, ::2]");
        assert_eq!(text(&transpose(&m, None).unwrap(), &at(&m, &[slice(0, 10, 1)])), "a[:, 0:10]");
        assert_eq!(text(&at(&a, &[slice(-1, -1_000_001, -1)]), &at(&a, &[slice(0, 10, 1)])), "a[999990:1000000]");
        assert_eq!(text(&a, &m), "all of a");
        assert_eq!(text(&a, &at(&a, &[slice(0, 1_000_000, 7)])), "a[::7]");
    }

    fn brute(view: &Layout, written: &Layout) -> Vec<Vec<i64>> {
        let places = |layout: &Layout| {
            let mut places = vec![(Vec::new(), layout.offset as i64)];
            for (&length, &stride) in layout.shape.iter().zip(&layout.strides) {
                places = (places.into_iter())
                    .flat_map(|(index, at)| {
                        (0..length as i64).map(move |n| {
                            let mut index = index.clone();
                            index.push(n);
                            (index, at + n * stride as i64)
                        })
                    })
                    .collect();
            }
            places
        };
        let starts: Vec<i64> = places(written).into_iter().map(|place| place.1).collect();
        let (size, width) = (view.itemsize() as i64, written.itemsize() as i64);
        (places(view).into_iter())
            .filter(|(_, at)| starts.iter().any(|start| start < &(at + size) && at < &(start + width)))
            .map(|(index, _)| index)
            .collect()
    }

    fn unfolded(boxes: &[IndexBox]) -> Vec<Vec<i64>> {
        let mut all = Vec::new();
        for spans in boxes {
            let mut indices = vec![Vec::new()];
            for span in spans {
                indices = (indices.into_iter())
                    .flat_map(|index: Vec<i64>| {
                        (0..span.count).map(move |n| [&index[..], &[span.start + n * span.step]].concat())
                    })
                    .collect();
            }
            all.extend(indices);
        }
        all.sort();
        all.dedup();
        all
    }

    prop_compose! {
        /// A view of a contiguous parent, sliced, transposed, cut up.
        fn any_view()(ty in 0usize..14, lengths in prop::collection::vec(1usize..5, 3),
                      cuts in prop::collection::vec((0isize..3, 1isize..6, -3isize..4), 3),
                      turn in 0usize..3, merge in any::<bool>(), bytes in prop::sample::select(vec![48, 96, 240])) -> Layout {
            let ty = Type::ALL[ty];
            let last = bytes / ty.size() / lengths[0] / lengths[1];
            let mut view = Layout::contiguous(ty.into(), &[lengths[0], lengths[1], last], Order::C);
            if merge {
                view = reshape(&view, &[lengths[0] * lengths[1] * last], Order::C).unwrap();
            }
            let items: Vec<BasicIndex> = cuts.iter().take(view.ndim()).map(|&(start, stop, step)| {
                let (start, stop) = (Some(start), Some(if merge { stop * bytes as isize / 12 } else { stop }));
                let (start, stop) = if step < 0 { (stop, start) } else { (start, stop) };
                BasicIndex::Slice(Slice { start, stop, step: (step != 0).then_some(step) })
            }).collect();
            view = basic_index(&view, &items).unwrap();
            let turn = turn % view.ndim();
            view.shape.rotate_left(turn);
            view.strides.rotate_left(turn);
            view
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn boxes_are_exactly_the_elements_on_written_bytes(view in any_view(), written in any_view()) {
            let truth = brute(&view, &written);
            match cells_touched(&view, &written) {
                Touched::None => prop_assert!(truth.is_empty()),
                Touched::All => prop_assert_eq!(truth.len(), view.size()),
                Touched::Boxes(boxes) => prop_assert_eq!(unfolded(&boxes), truth),
                Touched::Part => prop_assert!(!truth.is_empty()),
            }
        }

        #[test]
        fn the_strides_tell_the_same_as_the_elements(view in any_view(), written in any_view()) {
            let footprint = Footprint::of(&written);
            if let (Some(footprint), true) = (footprint, view.size() > 0)
                && let Some(boxes) = boxes_of_nested(&view, &footprint)
            {
                prop_assert_eq!(unfolded(&boxes), brute(&view, &written));
            }
        }
    }
}
