//! Which expression of a statement gave which array: buffers and layouts by the places in the text. Nothing here keeps
//! an array alive.

use super::Evaluator;
use crate::array::{ArrayRef, Layout};
use crate::memory::BufferId;
use crate::syntax::ast::{Expr, Span};

/// The array that an expression gave.
#[derive(Clone, Debug)]
pub struct Traced {
    /// Where the expression stands in the text.
    pub span: Span,
    /// The array's buffer.
    pub buffer: BufferId,
    /// The array's layout.
    pub layout: Layout,
}

/// The arrays that the expressions of a statement gave, in the order of evaluation: what is inside comes first.
#[derive(Clone, Debug, Default)]
pub struct Trace(Vec<Traced>);

/// The most that are noted.
const MANY: usize = 1 << 14;

impl Trace {
    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the expression at `span` gave, where it was an array.
    pub fn at(&self, span: Span) -> Option<&Traced> {
        self.0.iter().rev().find(|traced| traced.span == span)
    }

    /// The first expression that gave an array over this buffer: the one that made it, where the statement did.
    pub fn first(&self, buffer: BufferId) -> Option<&Traced> {
        self.0.iter().find(|traced| traced.buffer == buffer)
    }
}

impl Evaluator {
    /// Notes that `expr` gave `array`.
    #[inline]
    pub(super) fn note_array(&mut self, expr: &Expr, array: &ArrayRef) {
        if self.context.runtime.ledger.is_recording() && self.trace.0.len() < MANY {
            let (buffer, layout) = (array.buffer_ref().id(), array.layout().clone());
            self.trace.0.push(Traced { span: expr.span, buffer, layout });
        }
    }
}
