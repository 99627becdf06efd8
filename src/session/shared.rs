//! Do two arrays share memory? By their bounds, which is what `np.may_share_memory` asks, and by their cells, which is
//! what `np.shares_memory` asks.

use super::Session;
use crate::array::Seen;
use crate::array::layout::cut::gcd;
use crate::array::layout::overlap::{Overlap, solve_may_share_memory};
use crate::array::layout::{Layout, Region, Written};
use crate::memory::BufferId;
use crate::syntax::ast::{Argument, Expr, ExprKind, Span};
use crate::value::Value;

/// Where an array stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its expression.
    pub text: String,
    /// Its buffer.
    pub buffer: BufferId,
    /// Its first byte, and the one behind its last.
    pub bytes: (isize, isize),
}

/// What the cells of two arrays have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Common {
    /// Nothing: the buffers are different, and so are their bytes.
    Buffers,
    /// Nothing: all of one comes before the other.
    Bounds,
    /// Nothing, and why, where all strides have a common divisor: the strides are multiples of the first number, the
    /// arrays start so many bytes apart by that measure, and the items take as many bytes as the last two numbers say.
    Nothing(Option<[usize; 4]>),
    /// These cells of the second: `s[1:3]`.
    Cells(String),
    /// The same bytes, which two buffers borrow.
    Borrowed,
    /// It is not known: the search would take long.
    Unknown,
}

/// A question whether two arrays share memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// The question.
    pub subject: String,
    /// Its answer.
    pub answer: bool,
    /// The arrays.
    pub arrays: [Standing; 2],
    /// What they have in common.
    pub common: Common,
}

/// How much is spent on an exact answer.
const WORK: i64 = 100_000;

/// Why two layouts over one buffer have no byte in common though their bounds overlap: see [`Common::Nothing`].
fn apart(a: &Layout, b: &Layout) -> Option<[usize; 4]> {
    let steps = [a, b].into_iter().flat_map(|layout| layout.shape.iter().zip(&layout.strides));
    let step = steps.filter(|(length, _)| **length > 1).fold(0, |step, (_, stride)| gcd(step, stride.unsigned_abs()));
    if step == 0 {
        return None;
    }
    let gap = (b.offset % step + step - a.offset % step) % step;
    let (one, other) = (a.itemsize(), b.itemsize());
    (gap >= one && step - gap >= other).then_some([step, gap, one, other])
}

fn common(a: &Seen, b: &Seen, text: &str, answer: bool) -> Common {
    if a.buffer != b.buffer {
        return if answer { Common::Borrowed } else { Common::Buffers };
    }
    if solve_may_share_memory(&a.layout, &b.layout, 0).is_ok_and(|found| found == Overlap::No) {
        return Common::Bounds;
    }
    match solve_may_share_memory(&a.layout, &b.layout, WORK) {
        Ok(Overlap::No) => Common::Nothing(apart(&a.layout, &b.layout)),
        Ok(Overlap::Yes) => {
            let cells = Written::new(&Region::whole(a.layout.clone())).cells(&b.layout);
            cells.text(text, &b.layout.shape).map_or(Common::Unknown, Common::Cells)
        }
        _ => Common::Unknown,
    }
}

impl Session {
    /// What there is to say of `expr`, which gave `answer`, where it asks whether two arrays share memory.
    pub(super) fn sharing(&self, subject: &str, expr: &Expr, answer: bool) -> Option<Sharing> {
        let ExprKind::Call(callee, arguments) = &expr.kind else { return None };
        let function = callee.span.of(subject);
        let function = function.rsplit('.').next()?.trim();
        if !matches!(function, "may_share_memory" | "shares_memory") {
            return None;
        }
        let mut given = arguments.iter().map(Argument::value);
        let (a, b) = (given.next()?, given.next()?);
        let (first, second) = (self.given(a)?, self.given(b)?);
        let standing = |expr: &Expr, seen: &Seen| {
            let bytes = seen.layout.byte_range()?;
            Some(Standing { text: expr.span.of(subject).to_string(), buffer: seen.buffer, bytes })
        };
        Some(Sharing {
            subject: subject.to_string(),
            answer,
            common: common(&first, &second, b.span.of(subject), answer),
            arrays: [standing(a, &first)?, standing(b, &second)?],
        })
    }

    /// The array that an argument gave.
    fn given(&self, expr: &Expr) -> Option<Seen> {
        if let ExprKind::Name(name) = &expr.kind {
            return match self.workspace().get(name) {
                Some(Value::Array(array)) => Some(Seen::of(array)),
                _ => None,
            };
        }
        let seen = self.context().runtime.seen.borrow();
        let is_it = |(span, _): &&(Span, Seen)| *span == expr.span;
        seen.iter().rev().find(is_it).map(|(_, seen)| seen.clone())
    }
}
