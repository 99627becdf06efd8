//! The touched elements of a small view: gone through one by one, and folded into boxes.

use super::super::Layout;
use super::boxes::{IndexBox, Span, spans};
use super::written::Written;
use super::{MANY, Touched};

/// The elements of a small view that lie on written bytes; `None` where the written bytes can neither be computed
/// nor listed.
pub(super) fn touched(view: &Layout, written: &Written) -> Option<Touched> {
    let itemsize = view.itemsize() as i64;
    if !written.is_searchable() {
        return None;
    }
    let touches = |at: i64| written.reaches(at, itemsize);
    let at = view.offset as i64;
    if let Some(boxes) = fold(&view.shape, &view.strides, at, &touches) {
        return Some(Touched::of_boxes(boxes, &view.shape));
    }
    let mut marks = Marks { index: vec![0; view.ndim()], count: 0, bounds: vec![None; view.ndim()] };
    marks.go(&view.shape, &view.strides, at, 0, &touches);
    let bound =
        |bound: Option<(i64, i64)>| bound.map(|(first, last)| Span { start: first, count: last - first + 1, step: 1 });
    let within = marks.bounds.into_iter().map(bound).collect::<Option<IndexBox>>()?;
    Some(if marks.count == view.size() { Touched::All } else { Touched::Many { count: marks.count, within } })
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

/// How many elements are touched, and between which indices of each axis.
struct Marks {
    index: Vec<i64>,
    count: usize,
    bounds: Vec<Option<(i64, i64)>>,
}

impl Marks {
    fn go(&mut self, shape: &[usize], strides: &[isize], at: i64, axis: usize, touches: &impl Fn(i64) -> bool) {
        let ([length, shape @ ..], [stride, strides @ ..]) = (shape, strides) else {
            if touches(at) {
                self.count += 1;
                for (bound, &n) in self.bounds.iter_mut().zip(&self.index) {
                    let (first, last) = bound.unwrap_or((n, n));
                    *bound = Some((first.min(n), last.max(n)));
                }
            }
            return;
        };
        for n in 0..*length as i64 {
            self.index[axis] = n;
            self.go(shape, strides, at + n * *stride as i64, axis + 1, touches);
        }
    }
}
