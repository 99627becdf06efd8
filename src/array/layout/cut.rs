//! Which reshape lets a basic index make one layout of another?
//!
//! Axes that run on into each other are one line of evenly spaced elements. An axis of the view that walks along a line
//! takes some number of elements a step; where the line is cut into rows of that many elements, or of a divisor of
//! it, the step becomes one along an axis of its own. Where the rows do not fill the line, a piece of it is cut.

use super::recover::{Steps, proved};
use super::selection::{Patience, select};
use super::view_step::{ViewStep, apply_all, shortest_slice};
use super::{BasicIndex, Layout, Shape};
use smallvec::{SmallVec, smallvec};

/// The cuts of one axis that are tried.
const CUTS: usize = 12;

/// A line that several axes make together, or one: how many elements, and how far apart in bytes.
#[derive(Clone, Copy, Debug)]
struct Line {
    count: usize,
    stride: isize,
}

/// The lines of a layout in C order: axes that run on into each other are one.
fn lines(layout: &Layout) -> SmallVec<[Line; 4]> {
    let mut lines: SmallVec<[Line; 4]> = SmallVec::new();
    for (&count, &stride) in layout.shape.iter().zip(&layout.strides).filter(|&(&count, _)| count != 1) {
        match lines.last_mut() {
            Some(line) if stride.checked_mul(count as isize) == Some(line.stride) => {
                *line = Line { count: line.count.saturating_mul(count), stride };
            }
            _ => lines.push(Line { count, stride }),
        }
    }
    lines
}

/// A reshape, then an index and a transpose, that make `view` of `base`; `None` where there are none, or patience ends.
pub(super) fn reshaped(view: &Layout, base: &Layout, patience: &mut Patience) -> Option<Steps> {
    if base.size() == 0 || view.itemsize() != base.itemsize() {
        return None;
    }
    let mut walk = |shape: &Shape| -> Option<Steps> {
        let step = ViewStep::Reshape(shape.clone());
        let steps = select(view, &step.apply(base)?, patience)?;
        proved([vec![step], steps].concat(), view, base)
    };
    if view.size() == base.size()
        && let Some(steps) = walk(&view.shape)
    {
        return Some(steps);
    }
    let lines = lines(base);
    let mut shapes: Vec<Shape> = vec![Shape::new()];
    for (n, line) in lines.iter().enumerate() {
        let lengths = cuts(&steps_along(view, &lines, n), line.count, true);
        shapes = (shapes.iter())
            .flat_map(|shape| lengths.iter().map(move |more| shape.iter().chain(more).copied().collect()))
            .take(CUTS * CUTS)
            .collect();
    }
    shapes.sort_by_key(Shape::len);
    if let Some(steps) = shapes.iter().find_map(walk) {
        return Some(steps);
    }
    match lines.as_slice() {
        [line] => piece(view, base, *line, patience),
        _ => None,
    }
}

/// The steps, counted in elements of line `n`, of the axes of the view that walk along it: the largest first.
fn steps_along(view: &Layout, lines: &[Line], n: usize) -> SmallVec<[usize; 4]> {
    let walks = |line: &Line, length: usize, stride: isize| {
        let step = stride.checked_rem(line.stride).filter(|&rest| rest == 0).map(|_| stride / line.stride);
        step.filter(|&step| step != 0 && (length - 1).saturating_mul(step.unsigned_abs()) < line.count)
    };
    let mut steps: SmallVec<[usize; 4]> = (view.shape.iter().zip(&view.strides))
        .filter(|&(&length, _)| length > 1)
        .filter_map(|(&length, &stride)| {
            let first = lines.iter().enumerate().find_map(|(at, line)| Some((at, walks(line, length, stride)?)))?;
            (first.0 == n).then_some(first.1.unsigned_abs())
        })
        .collect();
    steps.sort_unstable_by_key(|&step| std::cmp::Reverse(step));
    steps
}

/// The shapes into which a line of `count` elements can be cut so that each of `steps` is a whole number of steps along
/// an axis of its own; the fewest axes first. The first axis takes what is left; `whole` cuts must come out even.
fn cuts(steps: &[usize], count: usize, whole: bool) -> Vec<Shape> {
    fn cut(steps: &[usize], count: usize, whole: bool, so_far: &mut Vec<usize>, found: &mut Vec<Shape>) {
        let Some((&step, rest)) = steps.split_first() else {
            // units -> lengths: count / u0, u0 / u1, ..., the last unit
            let mut lengths = Shape::new();
            let mut before = count;
            for &unit in so_far.iter() {
                lengths.push(before.div_ceil(unit));
                before = unit;
            }
            if so_far.is_empty() || before > 1 {
                lengths.push(before);
            }
            found.push(lengths);
            return;
        };
        let within = match so_far.last() {
            Some(&unit) => gcd(step, unit),
            None if whole => gcd(step, count),
            None => step,
        };
        let below = so_far.last().copied().unwrap_or(usize::MAX);
        for unit in divisors(within).into_iter().filter(|&unit| unit < below) {
            if found.len() >= CUTS {
                return;
            }
            so_far.push(unit);
            cut(rest, count, whole, so_far, found);
            so_far.pop();
        }
    }
    let mut found = Vec::new();
    cut(steps, count, whole, &mut Vec::new(), &mut found);
    found.sort_by_key(Shape::len);
    found
}

/// The greatest common divisor; that of 0 and a number is the number.
pub(crate) fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The largest divisors of a number, the largest first, as far as they are worth looking for.
fn divisors(n: usize) -> SmallVec<[usize; 12]> {
    let mut found: SmallVec<[usize; 12]> = (1..=n.isqrt().min(2000))
        .filter(|&small| n.is_multiple_of(small))
        .flat_map(|small| [small, n / small])
        .collect();
    found.sort_unstable_by_key(|&divisor| std::cmp::Reverse(divisor));
    found.dedup();
    found.truncate(CUTS);
    found
}

/// A piece of a line, reshaped: `a[1:7].reshape(2, 3)`, `a[::2].reshape(2, 2)`.
fn piece(view: &Layout, base: &Layout, line: Line, patience: &mut Patience) -> Option<Steps> {
    let flat = (base.ndim() != 1).then(|| ViewStep::Reshape(smallvec![base.size()]));
    let steps = steps_along(view, &[line], 0);
    let every = steps.iter().copied().fold(0, gcd).max(1);
    let (low, high) = view.byte_range()?;
    let end = high - view.itemsize() as isize;
    let place = |byte: isize| usize::try_from((byte - base.offset as isize).checked_div(line.stride)?).ok();
    let (one, other) = (place(low)?, place(end)?);
    let (first, last) = (one.min(other), one.max(other));
    for every in if every > 1 { vec![1, every] } else { vec![1] } {
        let units: SmallVec<[usize; 4]> = steps.iter().map(|step| step / every).collect();
        let needed = (last - first) / every + 1;
        let room = (line.count - 1 - first % every) / every + 1;
        for shape in cuts(&units, needed, false) {
            let total = shape.iter().product::<usize>();
            let Some(latest) = room.checked_sub(total) else { continue };
            let start = (first / every).min(latest);
            let slice = shortest_slice(line.count, first % every + start * every, total, every as isize);
            let mut steps: Steps = flat.iter().cloned().collect();
            steps.push(ViewStep::Index(vec![BasicIndex::Slice(slice)]));
            steps.push(ViewStep::Reshape(shape));
            let Some(made) = apply_all(&steps, base) else { continue };
            if let Some(more) = select(view, &made, patience)
                && let Some(steps) = proved([steps, more].concat(), view, base)
            {
                return Some(steps);
            }
        }
    }
    None
}
