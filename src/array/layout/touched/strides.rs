//! The touched elements of a view by the arithmetic of the strides alone, however large it is.
//!
//! It works as long as every axis is *nested*: it steps over all that lies within it. Take the axis with the largest
//! stride of either side. If the view's blocks repeat with a multiple of the stride at which the written blocks
//! repeat, or the other way round, then one block tells about all of them, but for those at the ends. So the question
//! shrinks by an axis, until a single run of bytes is left. Where neither stride is a multiple of the other, the
//! blocks of the view fall into classes that are.
//!
//! Axes that are not nested (overlapping windows) are taken index by index, the shortest first, until the rest is.

use super::super::Layout;
use super::super::footprint::{Footprint, Repeat, is_nested, span};
use super::MANY;
use super::boxes::{IndexBox, Span, clipped, gcd, merge, repeated, whole, with_outer};
use super::written::reaches;
use smallvec::{SmallVec, smallvec};

/// Written blocks that are taken one by one, at most.
const BLOCKS: i64 = 1024;

/// An axis of the view that moves.
#[derive(Clone, Copy)]
struct Axis {
    /// Its number in the view.
    number: usize,
    /// Its stride without the sign, and its length.
    repeat: Repeat,
    /// Whether the stride is negative.
    is_backward: bool,
}

/// The boxes of the elements of `view` on written bytes; `None` where the strides have too little in common.
pub(super) fn touched(view: &Layout, written: &Footprint) -> Option<Vec<IndexBox>> {
    let (axes, start) = axes_of(view);
    let mut boxes = Vec::new();
    by_block(view, (&axes, start), written, &mut boxes, &mut { BLOCKS })?;
    Some(merge(boxes))
}

/// Adds the boxes on these written bytes. Blocks that interlock, or that have no stride in common with the view (a
/// diagonal), are taken one by one, as many as are left.
fn by_block(
    view: &Layout,
    (axes, start): (&[Axis], i64),
    written: &Footprint,
    boxes: &mut Vec<IndexBox>,
    left: &mut i64,
) -> Option<()> {
    let before = boxes.len();
    if written.is_nested() && find(view, axes, start, &whole(&view.shape), written, boxes).is_some() {
        return Some(());
    }
    boxes.truncate(before);
    let shortest = written.repeats.iter().enumerate().min_by_key(|(_, repeat)| repeat.count)?.0;
    let mut rest = written.repeats.clone();
    let axis = rest.remove(shortest);
    *left = left.checked_sub(axis.count).filter(|left| *left >= 0)?;
    for n in 0..axis.count {
        let block = Footprint { start: written.start + n * axis.stride, repeats: rest.clone(), run: written.run };
        by_block(view, (axes, start), &block, boxes, left)?;
    }
    Some(())
}

/// The indices that can lie on bytes from `low` up to `high`, by where each axis can stand; `None` where there are none.
pub(super) fn within(view: &Layout, low: i64, high: i64) -> Option<IndexBox> {
    let (axes, start) = axes_of(view);
    let mut indices = whole(&view.shape);
    let repeats: SmallVec<[Repeat; 4]> = axes.iter().map(|axis| axis.repeat).collect();
    let all = span(&repeats, view.itemsize() as i64);
    for axis in &axes {
        let Repeat { stride, count } = axis.repeat;
        let others = all - stride * (count - 1);
        let first = ((low - start - others).div_euclid(stride) + 1).max(0);
        let last = (high - 1 - start).div_euclid(stride).min(count - 1);
        if first > last {
            return None;
        }
        indices[axis.number] = axis.indices(Span { start: first, count: last - first + 1, step: 1 });
    }
    Some(indices)
}

/// The axes that move, from the largest stride to the smallest, and the byte where they start if none goes backwards.
fn axes_of(view: &Layout) -> (SmallVec<[Axis; 4]>, i64) {
    let mut start = view.offset as i64;
    let mut axes: SmallVec<[Axis; 4]> = SmallVec::new();
    for (number, (&length, &stride)) in view.shape.iter().zip(&view.strides).enumerate() {
        if length > 1 && stride != 0 {
            let repeat = Repeat { stride: stride.unsigned_abs() as i64, count: length as i64 };
            if stride < 0 {
                start -= repeat.stride * (repeat.count - 1);
            }
            axes.push(Axis { number, repeat, is_backward: stride < 0 });
        }
    }
    axes.sort_by_key(|axis| std::cmp::Reverse(axis.repeat.stride));
    (axes, start)
}

impl Axis {
    /// Places along the axis from its lowest byte on, as indices of the view.
    fn indices(&self, span: Span) -> Span {
        if self.is_backward { Span { start: self.repeat.count - 1 - span.last(), ..span } } else { span }
    }
}

/// Adds the boxes of the elements with these axes, whose other indices are `known`.
fn find(
    view: &Layout,
    axes: &[Axis],
    start: i64,
    known: &IndexBox,
    written: &Footprint,
    boxes: &mut Vec<IndexBox>,
) -> Option<()> {
    let search = Search { itemsize: view.itemsize() as i64, run: written.run };
    let repeats: SmallVec<[Repeat; 4]> = axes.iter().map(|axis| axis.repeat).collect();
    if start >= written.start + written.span() || start + span(&repeats, search.itemsize) <= written.start {
        return Some(());
    }
    if is_nested(&repeats, search.itemsize) {
        for spans in search.solve(&repeats, start, &written.repeats, written.start)? {
            let mut indices = known.clone();
            for (span, axis) in spans.into_iter().zip(axes) {
                indices[axis.number] = axis.indices(span);
            }
            boxes.push(indices);
        }
        return (boxes.len() <= MANY * MANY).then_some(());
    }
    let shortest = axes.iter().enumerate().min_by_key(|(_, axis)| axis.repeat.count)?.0;
    let axis = axes[shortest];
    // only where the rest can reach the written bytes
    let rest: SmallVec<[Axis; 4]> = axes.iter().filter(|other| other.number != axis.number).copied().collect();
    let Repeat { stride, count } = axis.repeat;
    let others = span(&repeats, search.itemsize) - stride * (count - 1);
    let first = ((written.start - start - others).div_euclid(stride) + 1).max(0);
    let last = (written.start + written.span() - 1 - start).div_euclid(stride).min(count - 1);
    if last - first >= MANY as i64 {
        return None;
    }
    for n in first..=last {
        let mut known = known.clone();
        known[axis.number] = axis.indices(Span::one(n));
        find(view, &rest, start + n * stride, &known, written, boxes)?;
    }
    Some(())
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
                self.written_repeats(view, *outer, inner, at, *blocks, rest, start, written)?
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
            spans.extend(inner.iter().map(|axis| Span::first(axis.count)));
            boxes.push(spans);
            at_the_ends.extend((first..first_inside).chain(last_inside + 1..=last));
        } else {
            at_the_ends.extend(first..=last);
        }
        for n in at_the_ends {
            let inside = self.solve(inner, at + n * outer.stride, &[], start)?;
            boxes.extend(inside.into_iter().map(|spans| with_outer(Span::one(n), spans)));
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
        written: &[Repeat],
    ) -> Option<Vec<IndexBox>> {
        let mut boxes = Vec::new();
        if blocks.stride % outer.stride != 0 {
            if let Some(classes) = classes(outer, blocks.stride).filter(|classes| *classes < blocks.count) {
                return self.by_class(outer, inner, at, classes, |view, at| self.solve(view, at, written, start));
            }
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
            if let Some(classes) = classes(outer, blocks.stride).filter(|classes| *classes <= last - first) {
                return self.by_class(outer, inner, at, classes, |view, at| self.solve(view, at, written, start));
            }
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

    /// Takes the blocks of the outer axis in classes of every so many, each by itself.
    fn by_class(
        &self,
        outer: Repeat,
        inner: &[Repeat],
        at: i64,
        classes: i64,
        solve: impl Fn(&[Repeat], i64) -> Option<Vec<IndexBox>>,
    ) -> Option<Vec<IndexBox>> {
        let mut boxes = Vec::new();
        for class in 0..classes.min(outer.count) {
            let count = (outer.count - 1 - class) / classes + 1;
            let mut view: SmallVec<[Repeat; 4]> = smallvec![Repeat { stride: outer.stride * classes, count }];
            view.extend_from_slice(inner);
            for mut spans in solve(&view, at + class * outer.stride)? {
                let Some(span) = spans.first_mut() else { continue };
                let step = if span.count == 1 { 1 } else { span.step * classes };
                *span = Span { start: class + span.start * classes, count: span.count, step };
                boxes.push(spans);
            }
        }
        Some(boxes)
    }
}

/// In how many classes the blocks of an axis fall whose distance within a class is a multiple of `stride`; `None` for
/// many.
fn classes(outer: Repeat, stride: i64) -> Option<i64> {
    let classes = stride / gcd(outer.stride, stride);
    (classes <= MANY as i64 && outer.stride.checked_mul(classes).is_some()).then_some(classes)
}
