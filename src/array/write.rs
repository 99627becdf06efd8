//! What was written in place: which cells of which buffer, as a layout. Reports make ripples of it.

use super::layout::Layout;
use super::ndarray::NdArray;
use super::runtime::Runtime;
use crate::memory::BufferId;

/// One write in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The buffer.
    pub buffer: BufferId,
    /// The cells, as the layout of the array they were written through.
    pub layout: Layout,
    /// Whether every cell of the layout was written, or only some of them (a mask, integer indices).
    pub whole: bool,
}

impl Runtime {
    /// Records that the cells of `array` were overwritten: all of them (`whole`) or some.
    pub fn record_write(&self, array: &NdArray, whole: bool) {
        let layout = array.layout().clone();
        let buffer = array.buffer_ref().id();
        self.record_write_at(buffer, layout, whole);
    }

    /// Records that cells of `buffer` were overwritten: all of `layout` (`whole`) or some.
    pub fn record_write_at(&self, buffer: BufferId, layout: Layout, whole: bool) {
        if !self.ledger.is_recording() {
            return;
        }
        self.ledger.note_written(buffer, layout.nbytes());
        self.writes.borrow_mut().push(Write { buffer, layout, whole });
    }
}
