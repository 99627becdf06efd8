//! What a buffer is: numbered bytes from one of several sources, which report their own end to the ledger.

use super::ledger::Ledger;
use super::typed::{AlignedBytes, OutOfBounds, Plain, Run};
use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// A buffer's number: 1 for the first of a session. Shown as `#1`.
pub type BufferId = u64;

/// Where a buffer's bytes come from.
pub enum Source {
    /// Allocated for an array; counted by the ledger.
    Owned(AlignedBytes),
    /// The bytes of another Python object (a `bytes` in `frombuffer`); that object's, not the ledger's.
    Borrowed(Rc<AlignedBytes>),
    /// A part of a file in memory; the file's bytes, not the ledger's.
    Mapped(MappedFile, AlignedBytes),
    /// What a plan maps: the size of a part of a file, which need not be there yet.
    PlannedMap(MappedFile, usize),
    /// A size with no bytes: what a plan allocates.
    Planned(usize),
    /// In a plan: a buffer that is there already. It has no bytes that could be written or read in bulk; single
    /// elements can be looked at.
    StandIn(Rc<Buffer>),
    /// In a plan: the few bytes of constants, which the plan may reckon with (`[0, 2]` in `np.delete(a, [0, 2])`).
    Constant(AlignedBytes),
}

/// The file of which a part is in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedFile {
    /// The file as the program named it.
    pub path: String,
    /// The mode it was opened in: `r`, `r+`, `w+`, `c`.
    pub mode: &'static str,
}

impl MappedFile {
    /// Whether what is written to the bytes goes into the file.
    pub fn is_shared(&self) -> bool {
        matches!(self.mode, "r+" | "w+")
    }
}

/// A numbered run of bytes. Arrays hold it through `Rc`; when the last one goes, the ledger is told.
pub struct Buffer {
    id: BufferId,
    source: Source,
    /// Whether a plan wrote it, so that what it holds is not known any more.
    forgotten: Cell<bool>,
    /// What lives as long as the buffer: the account of the objects that its elements refer to.
    companion: OnceCell<Rc<dyn Any>>,
    ledger: Rc<Ledger>,
}

impl Buffer {
    pub(super) fn new(id: BufferId, source: Source, ledger: Rc<Ledger>) -> Buffer {
        Buffer { id, source, forgotten: Cell::new(false), companion: OnceCell::new(), ledger }
    }

    /// Its number.
    pub fn id(&self) -> BufferId {
        self.id
    }

    /// What was made to live as long as the buffer.
    #[inline]
    pub fn companion(&self) -> Option<&Rc<dyn Any>> {
        self.companion.get()
    }

    /// Makes something live as long as the buffer; the first that comes stays.
    pub fn accompany(&self, companion: Rc<dyn Any>) {
        let _ = self.companion.set(companion);
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        match &self.source {
            Source::Owned(bytes) => bytes.len(),
            Source::Borrowed(bytes) => bytes.len(),
            Source::Mapped(_, bytes) => bytes.len(),
            Source::PlannedMap(_, len) | Source::Planned(len) => *len,
            Source::StandIn(real) => real.len(),
            Source::Constant(bytes) => bytes.len(),
        }
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where its bytes come from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Whether it is a size with no bytes, so that nothing may be read from it.
    pub fn is_planned(&self) -> bool {
        match self.source {
            Source::Owned(_) | Source::Borrowed(_) | Source::Mapped(..) => false,
            Source::Planned(_) | Source::PlannedMap(..) | Source::StandIn(_) => true,
            Source::Constant(_) => self.forgotten.get(),
        }
    }

    /// Notes that a plan wrote it: from here on it is a size with no bytes.
    pub fn forget(&self) {
        self.forgotten.set(true);
    }

    /// The bytes to look at a single element: also those of the buffer that a plan's stand-in stands for. `None`
    /// where a plan cannot know them.
    #[inline]
    pub fn peek(&self) -> Option<&AlignedBytes> {
        match &self.source {
            Source::StandIn(real) if !self.forgotten.get() => real.peek(),
            _ => self.bytes(),
        }
    }

    /// Whether its bytes are the ledger's: those of another Python object or of a file are not.
    pub fn is_counted(&self) -> bool {
        match &self.source {
            Source::Borrowed(_) | Source::Mapped(..) | Source::PlannedMap(..) => false,
            Source::StandIn(real) => real.is_counted(),
            Source::Owned(_) | Source::Planned(_) | Source::Constant(_) => true,
        }
    }

    /// Whether its bytes are another Python object's, so that they do not go with it.
    pub fn is_borrowed(&self) -> bool {
        matches!(self.source, Source::Borrowed(_))
    }

    /// The file that it is a part of, also where a plan's stand-in stands for it.
    pub fn mapped_file(&self) -> Option<&MappedFile> {
        match &self.source {
            Source::Mapped(file, _) | Source::PlannedMap(file, _) => Some(file),
            Source::StandIn(real) => real.mapped_file(),
            _ => None,
        }
    }

    /// The ledger that counts it.
    pub fn ledger(&self) -> &Rc<Ledger> {
        &self.ledger
    }

    /// Its bytes; `None` for a planned buffer.
    #[inline]
    pub fn bytes(&self) -> Option<&AlignedBytes> {
        match &self.source {
            Source::Owned(bytes) => Some(bytes),
            Source::Borrowed(bytes) => Some(bytes),
            Source::Mapped(_, bytes) => Some(bytes),
            Source::Constant(bytes) if !self.forgotten.get() => Some(bytes),
            Source::Planned(_) | Source::PlannedMap(..) | Source::StandIn(_) | Source::Constant(_) => None,
        }
    }

    /// The address of its first byte, for those who ask for it; 0 for a planned buffer.
    pub fn address(&self) -> usize {
        self.bytes().map_or(0, AlignedBytes::address)
    }

    /// All its bytes, as cells; none for a planned buffer.
    pub fn cells(&self) -> &[Cell<u8>] {
        self.bytes().map_or(&[], AlignedBytes::cells)
    }

    /// `count` elements of type `T` from byte `offset` on, `stride` bytes apart: [`AlignedBytes::run`].
    ///
    /// # Errors
    /// [`OutOfBounds`] where an element would leave the buffer or is not aligned for `T`.
    #[inline]
    pub fn run<T: Plain>(&self, offset: usize, stride: isize, count: usize) -> Result<Run<'_, T>, OutOfBounds> {
        self.bytes().ok_or(OutOfBounds)?.run(offset, stride, count)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.ledger.release(self.id, if self.is_counted() { self.len() } else { 0 });
    }
}
