//! Why array data was copied: every copy of a statement, with the reason that decided it.
//!
//! Who makes a copy records it ([`Runtime::record_copy`]) where it knows why no view would do. What is told of a
//! result (`%why`, `%plan`, the prompt's hint, lost writes, the avoidable copies of `%mem`) is read from these records
//! and from buffers and layouts, never guessed from the name of a function.

use super::layout::{Layout, Order, Reason, reshape};
use super::ndarray::NdArray;
use super::runtime::Runtime;
use crate::memory::BufferId;
use std::fmt;

/// Why there is new memory where there were bytes already.
#[derive(Clone, Debug, PartialEq)]
pub enum CopyReason {
    /// No layout over the same bytes is what was asked for.
    NoView(Reason),
    /// A copy was asked for: `copy()`, `flatten()`, `copy=True`.
    Asked,
}

impl fmt::Display for CopyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CopyReason::NoView(reason) => reason.fmt(f),
            CopyReason::Asked => f.write_str("a copy was asked for"),
        }
    }
}

impl Copied {
    /// What to write to have a view over the same bytes instead; `None` where there is no such view, and where a copy
    /// was asked for.
    pub fn cure(&self) -> Option<String> {
        let CopyReason::NoView(_) = self.reason else { return None };
        let flat = [self.layout.size()];
        let has_view = |order| reshape(&self.layout, &flat, order).is_ok();
        // elements that lie in one line in F order are a view in any shape
        let is_view = !has_view(Order::C) && has_view(Order::F);
        is_view.then(|| "order='F' is a view, with the elements in that order".to_string())
    }
}

/// One copy of array data into a new buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied {
    /// The buffer it was copied from.
    pub source: BufferId,
    /// What was copied, as the layout of the array it was read through.
    pub layout: Layout,
    /// The new buffer.
    pub copy: BufferId,
    /// The bytes of the new buffer.
    pub bytes: usize,
    /// Why.
    pub reason: CopyReason,
}

impl Runtime {
    /// Records that `copy` was made of `source`, and why.
    pub fn record_copy(&self, source: &NdArray, copy: &NdArray, reason: CopyReason) {
        if self.ledger.is_recording() {
            let (from, to) = (source.buffer_ref(), copy.buffer_ref());
            let layout = source.layout().clone();
            self.copies.borrow_mut().push(Copied { source: from.id(), layout, copy: to.id(), bytes: to.len(), reason });
        }
    }
}
