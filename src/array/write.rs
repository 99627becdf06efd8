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
    /// How many of the layout's cells were written: all of them, or some (a mask, integer indices).
    pub cells: usize,
}

impl Write {
    /// The bytes that were written.
    pub fn bytes(&self) -> usize {
        self.cells.saturating_mul(self.layout.itemsize())
    }

    /// Whether every cell of the layout was written.
    pub fn is_whole(&self) -> bool {
        self.cells >= self.layout.size()
    }
}

impl Runtime {
    /// Records that the cells of `array` were overwritten: all of them, or `cells` of them.
    pub fn record_write(&self, array: &NdArray, cells: Option<usize>) {
        let layout = array.layout().clone();
        array.buffer_ref().forget();
        let buffer = array.buffer_ref().id();
        self.record_write_at(buffer, layout, cells);
    }

    /// Records that the element of `array` at byte `offset` of its buffer was overwritten.
    pub fn record_write_element(&self, array: &NdArray, offset: usize) {
        array.buffer_ref().forget();
        if self.ledger.is_recording() {
            let (shape, strides) = (Default::default(), Default::default());
            let layout = Layout { dtype: array.dtype(), shape, strides, offset };
            self.record_write_at(array.buffer_ref().id(), layout, None);
        }
    }

    /// Records that cells of `buffer` were overwritten: all of `layout`, or `cells` of them.
    pub fn record_write_at(&self, buffer: BufferId, layout: Layout, cells: Option<usize>) {
        if !self.ledger.is_recording() {
            return;
        }
        let cells = cells.unwrap_or_else(|| layout.size());
        let write = Write { buffer, layout, cells };
        self.ledger.note_written(buffer, write.bytes());
        self.writes.borrow_mut().push(write);
    }
}
