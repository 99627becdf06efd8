//! What was written in place: which cells of which buffer, and through which array. Reports make ripples of it.

use super::changed::may_change;
use super::dtype::DType;
use super::layout::{Layout, Places, Region};
use super::ndarray::{ArrayRef, NdArray, ObjectId};
use super::runtime::Runtime;
use crate::memory::BufferId;
use smallvec::SmallVec;

/// One write in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The buffer.
    pub buffer: BufferId,
    /// The address of the buffer's bytes: two buffers may borrow the same.
    pub bytes_at: usize,
    /// The array that was written through, the array it is a view of, and so on.
    pub through: SmallVec<[ObjectId; 2]>,
    /// The cells.
    pub region: Region,
    /// How many elements were written.
    pub cells: usize,
    /// How many of them went to a place that had been written before by the same write.
    pub repeated: usize,
    /// How many of the values were lost, because another went to their place.
    pub lost: usize,
    /// Bytes an element.
    pub itemsize: usize,
    /// Whether the cells were chosen one by one: by a mask, by integer arrays.
    pub is_chosen: bool,
    /// The dtypes of the values that were stored and of the cells, where the cast may change values: wrap integers, cut
    /// fractions, drop imaginary parts.
    pub cast: Option<(DType, DType)>,
}

/// What it means that a write names a place more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// It cannot.
    None,
    /// The last value for the place stays, the others are lost.
    LastStays,
    /// Each counts (`np.add.at`).
    EachCounts,
}

impl Write {
    /// The bytes that were written, each counted once however often it was.
    pub fn bytes(&self) -> usize {
        self.cells.saturating_sub(self.repeated).saturating_mul(self.itemsize)
    }

    /// A layout that holds the cells: the only piece of them, or one that covers all.
    pub fn layout(&self) -> Option<&Layout> {
        self.region.cover.as_ref().or(self.region.pieces.first())
    }
}

impl Runtime {
    /// From here on an operation runs. Buffers that are there now are known to whoever asked for it, and what it writes
    /// to them is recorded. Newer ones hold results that nobody has seen yet.
    pub fn begin_operation(&self) {
        self.known.set(self.ledger.newest());
    }

    /// Whether a write to this buffer is one in place, and is to be recorded.
    pub fn records_write(&self, array: &NdArray) -> bool {
        super::reference::note_written(&array.buffer_ref());
        self.ledger.is_recording() && array.buffer_ref().id() <= self.known.get()
    }

    /// Records that the cells of `array` were overwritten: all of them, or `cells` of them, it is not known which.
    pub fn record_write(&self, array: &NdArray, cells: Option<usize>) {
        array.buffer_ref().forget();
        if !self.records_write(array) {
            return;
        }
        let layout = array.layout().clone();
        match cells {
            None => {
                let cells = layout.size();
                self.record(array, Region::whole(layout), cells);
            }
            Some(cells) => self.record(array, Region::within(layout), cells),
        }
    }

    /// Records that the cells of `layout`, a view of `array`, were overwritten.
    pub fn record_write_at(&self, array: &NdArray, layout: Layout) {
        if self.records_write(array) {
            let cells = layout.size();
            self.record(array, Region::whole(layout), cells);
        }
    }

    /// Records that the element of `array` at byte `offset` of its buffer was overwritten.
    pub fn record_write_element(&self, array: &NdArray, offset: usize) {
        if self.records_write(array) {
            let layout = element(array, offset);
            self.record(array, Region::whole(layout), 1);
        }
    }

    /// Where the places of a write are to be noted that goes to one element of `array` after the other; `None` where
    /// nobody wants to know.
    pub fn places(&self, array: &NdArray) -> Option<Places> {
        self.records_write(array).then(|| Places::new(element(array, 0)))
    }

    /// As [`Runtime::places`], for writes of whole parts of `array`, which lie as in `part`.
    pub fn places_of_parts(&self, array: &NdArray, part: &Layout) -> Option<Places> {
        self.records_write(array).then(|| Places::new(part.clone()))
    }

    /// Records that the elements of `array` at these places were overwritten.
    pub fn record_write_places(&self, array: &NdArray, places: Places, repeats: Repeats) {
        let each = places.part().size();
        let cells = places.count().saturating_mul(each);
        let (region, repeated) = places.finish();
        let repeated = repeated.saturating_mul(each);
        let lost = if repeats == Repeats::LastStays { repeated } else { 0 };
        self.enter(Write { repeated, lost, is_chosen: true, ..written(array, region, cells) });
    }

    /// Adds to the newest write, if it came after the first `before`, that the values were cast.
    pub fn record_cast(&self, before: usize, from: &DType, to: &DType) {
        let mut writes = self.writes.borrow_mut();
        if writes.len() > before
            && let Some(write) = writes.last_mut()
            && may_change(from, to)
        {
            write.cast = Some((from.clone(), to.clone()));
        }
    }

    fn record(&self, array: &NdArray, region: Region, cells: usize) {
        self.enter(written(array, region, cells));
    }

    fn enter(&self, write: Write) {
        self.ledger.note_written(write.buffer, write.bytes());
        self.writes.borrow_mut().push(write);
    }
}

/// A write of all of a region, which went through `array`.
fn written(array: &NdArray, region: Region, cells: usize) -> Write {
    let buffer = array.buffer_ref();
    let mut through: SmallVec<[ObjectId; 2]> = SmallVec::from_slice(&[array.id()]);
    let mut parent: Option<ArrayRef> = array.parent();
    while let Some(array) = parent {
        through.push(array.id());
        parent = array.parent();
    }
    Write {
        buffer: buffer.id(),
        bytes_at: buffer.address(),
        through,
        region,
        cells,
        repeated: 0,
        lost: 0,
        itemsize: array.layout().itemsize(),
        is_chosen: false,
        cast: None,
    }
}

/// The layout of the element at byte `offset`.
fn element(array: &NdArray, offset: usize) -> Layout {
    Layout { dtype: array.dtype(), shape: Default::default(), strides: Default::default(), offset }
}
