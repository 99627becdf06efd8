//! Which array an expression made of which: the steps from a named array to the value of a statement.
//!
//! The evaluator notes each call, attribute and subscript that makes an array of an array. `%why` follows these notes
//! from a result back to where it came from, and compares the layouts on the way.

use super::layout::{BasicIndex, Layout};
use super::ndarray::{NdArray, ObjectId};
use super::runtime::Runtime;
use crate::memory::BufferId;
use crate::syntax::ast::Span;

/// An array at the moment it was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Its number.
    pub id: ObjectId,
    /// Its buffer.
    pub buffer: BufferId,
    /// Its layout.
    pub layout: Layout,
    /// Its writeable flag.
    pub writeable: bool,
}

impl Seen {
    /// The array as it is now.
    pub fn of(array: &NdArray) -> Seen {
        Seen {
            id: array.id(),
            buffer: array.buffer_ref().id(),
            layout: array.layout().clone(),
            writeable: array.is_writeable(),
        }
    }
}

/// One array made of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// What it was made of.
    pub source: Seen,
    /// What came of it.
    pub result: Seen,
    /// The index, where it was made by integers and slices.
    pub index: Option<Vec<BasicIndex>>,
    /// Where the whole expression stands, and where the one whose value was the source.
    pub places: Option<(Span, Span)>,
}

impl Runtime {
    /// Records that `view` was made of `source` by this index.
    pub fn record_index(&self, source: &NdArray, view: &NdArray, index: Vec<BasicIndex>) {
        let (source, result) = (Seen::of(source), Seen::of(view));
        self.derived.borrow_mut().push(Derived { source, result, index: Some(index), places: None });
    }
}
