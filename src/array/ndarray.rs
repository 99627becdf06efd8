//! What an array is: a layout over a buffer, with Python's identity, NumPy's base and the writeable flag.

use super::dtype::{DType, Type};
use super::layout::sizes::{Sizes, sizes};
use super::layout::{Layout, Order};
use super::runtime::Runtime;
use super::scalar::Scalar;
use super::subclass::Subclass;
use crate::error::{Result, runtime_error, value_error};
use crate::memory::Buffer;
use std::any::Any;
use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};

/// A number that tells objects apart: never used twice in a session.
pub type ObjectId = u64;

/// An array as everyone holds it: shared, with identity.
pub type ArrayRef = Rc<NdArray>;

/// What an array that does not own its data keeps alive.
#[derive(Clone)]
pub enum Base {
    /// Another array: the owner, since chains collapse.
    Array(ArrayRef),
    /// Some other Python object whose bytes the array uses; what it is, only the value layer knows.
    Object(Rc<dyn Any>),
}

thread_local! {
    static NEXT_ID: Cell<ObjectId> = const { Cell::new(1) };
    static EXCHANGES: Cell<u64> = const { Cell::new(0) };
    static WATCH: RefCell<Watch> = const { RefCell::new(Watch { older_than: 0, changed: Vec::new() }) };
}

/// The number that the next array gets.
pub fn next_id() -> ObjectId {
    NEXT_ID.with(Cell::get)
}

/// Numbers arrays from `next` on again: for those who made some that nobody saw and that are gone.
pub fn renumber_from(next: ObjectId) {
    NEXT_ID.with(|id| id.set(next));
}

/// Which arrays were set in place, of those with a number below `older_than`.
struct Watch {
    older_than: ObjectId,
    changed: Vec<ObjectId>,
}

/// From here on it is noted which of the arrays that there are now get another layout, buffer or flag in place.
pub fn watch_changes() {
    WATCH.replace(Watch { older_than: next_id(), changed: Vec::new() });
}

/// The arrays that were set in place since [`watch_changes`]; one may be there several times. Ends the watch.
pub fn take_changes() -> Vec<ObjectId> {
    WATCH.replace(Watch { older_than: 0, changed: Vec::new() }).changed
}

/// How many times any array has got another buffer in place. Who remembers the number can tell later, without looking
/// at every array, whether one may have.
pub fn exchange_count() -> u64 {
    EXCHANGES.with(Cell::get)
}

/// An n-dimensional array. Its shape, strides, dtype and buffer can be set in place, as in NumPy.
pub struct NdArray {
    id: ObjectId,
    layout: RefCell<Layout>,
    buffer: RefCell<Rc<Buffer>>,
    base: RefCell<Option<Base>>,
    parent: RefCell<Weak<NdArray>>,
    writeable: Cell<bool>,
    subclass: RefCell<Subclass>,
}

impl NdArray {
    fn new(layout: Layout, buffer: Rc<Buffer>, base: Option<Base>, writeable: bool) -> NdArray {
        let id = NEXT_ID.with(|next| next.replace(next.get() + 1));
        NdArray {
            id,
            layout: RefCell::new(layout),
            buffer: RefCell::new(buffer),
            base: RefCell::new(base),
            parent: RefCell::default(),
            writeable: Cell::new(writeable),
            subclass: RefCell::default(),
        }
    }

    /// A new array of zeros (of objects: of the int 0) that owns a new buffer. `order` is C or F.
    ///
    /// # Errors
    /// NumPy's `MemoryError` or `ValueError` where there is no room.
    pub fn zeros(runtime: &Runtime, dtype: DType, shape: &[usize], order: Order) -> Result<ArrayRef> {
        let array = NdArray::allocate(runtime, Layout::contiguous(dtype, shape, order))?;
        super::reference::fill_with_zeros(&array.buffer_ref());
        Ok(array)
    }

    /// A new array of zeros with this layout, whose elements fill a new buffer from byte 0 without gaps
    /// (in any order of axes).
    ///
    /// # Errors
    /// As [`NdArray::zeros`].
    pub fn allocate(runtime: &Runtime, layout: Layout) -> Result<ArrayRef> {
        if layout.ndim() > super::layout::MAX_DIMS {
            return Err(value_error(format!(
                "maximum supported dimension for an ndarray is currently {}, found {}",
                super::layout::MAX_DIMS,
                layout.ndim()
            )));
        }
        let buffer = runtime.allocate(&layout)?;
        if layout.dtype.ty() == Type::Object || layout.dtype.compound().is_some() && layout.dtype.has_object() {
            super::reference::attend(&buffer, &layout);
        }
        Ok(Rc::new(NdArray::new(layout, buffer, None, true)))
    }

    /// A new 0-d array with this value.
    ///
    /// # Errors
    /// As [`NdArray::zeros`].
    pub fn from_scalar(runtime: &Runtime, value: Scalar) -> Result<ArrayRef> {
        let zero = || NdArray::zeros(runtime, value.dtype(), &[], Order::C);
        let array = runtime.ledger.with_constants(true, zero)?;
        value.write(&array.buffer(), 0, &value.dtype());
        Ok(array)
    }

    /// An array over the bytes of another Python object, which it keeps alive as its base.
    pub fn over(layout: Layout, buffer: Rc<Buffer>, base: Rc<dyn Any>, writeable: bool) -> ArrayRef {
        Rc::new(NdArray::new(layout, buffer, Some(Base::Object(base)), writeable))
    }

    /// In a plan: what stands for this array, under its number, over a buffer and a base that stand for its own.
    pub fn stand_in(&self, buffer: Rc<Buffer>, base: Option<Base>) -> ArrayRef {
        let layout = self.layout().clone();
        let subclass = self.subclass.clone();
        Rc::new(NdArray { id: self.id, subclass, ..NdArray::new(layout, buffer, base, self.is_writeable()) })
    }

    /// A view of `source` with another layout. The base is the owner: chains collapse as in
    /// `PyArray_SetBaseObject`. The writeable flag and the class are inherited. The layout must stay inside the buffer;
    /// whoever made it proved that, and every access is checked again.
    pub fn view(source: &ArrayRef, layout: Layout) -> ArrayRef {
        let subclass = source.subclass.borrow();
        // without elements it has none of the file
        let subclass = if layout.size() == 0 { subclass.of_copy() } else { subclass.clone() };
        NdArray::view_as(source, layout, subclass)
    }

    /// As [`NdArray::view`], of another class than its source.
    pub fn view_as(source: &ArrayRef, layout: Layout, subclass: Subclass) -> ArrayRef {
        let base = Some(Base::Array(NdArray::base_of_view(source, &subclass)));
        let parent = RefCell::new(Rc::downgrade(source));
        let subclass = RefCell::new(subclass);
        Rc::new(NdArray { parent, subclass, ..NdArray::new(layout, source.buffer(), base, source.is_writeable()) })
    }

    /// The array itself where it is of class ndarray; else a view of it that is.
    pub fn as_plain(array: &ArrayRef) -> ArrayRef {
        match &*array.subclass.borrow() {
            Subclass::Plain => Rc::clone(array),
            _ => NdArray::view_as(array, array.layout().clone(), Subclass::Plain),
        }
    }

    /// The base of a view of `source`: the chain ends at an owner, and before a base of another class than the view.
    fn base_of_view(source: &ArrayRef, subclass: &Subclass) -> ArrayRef {
        match &*source.base.borrow() {
            Some(Base::Array(next)) if next.subclass.borrow().is_same(subclass) => {
                NdArray::base_of_view(next, subclass)
            }
            _ => Rc::clone(source),
        }
    }

    /// The array that `base` would name for a view of `array`: follows the chain to the array that owns its
    /// data, or to the last one whose base is no array.
    pub fn owner(array: &ArrayRef) -> ArrayRef {
        match &*array.base.borrow() {
            Some(Base::Array(next)) => NdArray::owner(next),
            _ => Rc::clone(array),
        }
    }

    /// Its class.
    pub fn subclass(&self) -> Subclass {
        self.subclass.borrow().clone()
    }

    /// Makes a new array one of this class.
    pub fn set_subclass(&self, subclass: Subclass) {
        self.subclass.replace(subclass);
    }

    /// Whether its class is ndarray itself.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(*self.subclass.borrow(), Subclass::Plain)
    }

    /// Its number among all objects of the session.
    pub fn id(&self) -> ObjectId {
        self.id
    }

    /// Its layout.
    #[inline]
    pub fn layout(&self) -> Ref<'_, Layout> {
        self.layout.borrow()
    }

    fn note_change(&self) {
        WATCH.with_borrow_mut(|watch| {
            if self.id < watch.older_than {
                watch.changed.push(self.id);
            }
        });
    }

    /// Replaces the layout in place (`a.shape = ...`). The caller proved that it stays inside the buffer.
    pub fn set_layout(&self, layout: Layout) {
        self.note_change();
        *self.layout.borrow_mut() = layout;
    }

    /// Its buffer.
    #[inline]
    pub fn buffer(&self) -> Rc<Buffer> {
        Rc::clone(&self.buffer.borrow())
    }

    /// Its buffer, borrowed: for a look that outlives no call.
    #[inline]
    pub fn buffer_ref(&self) -> Ref<'_, Rc<Buffer>> {
        self.buffer.borrow()
    }

    /// Replaces buffer and layout in place (`a.resize(...)`). The array owns the new buffer.
    pub fn set_buffer(&self, buffer: Rc<Buffer>, layout: Layout) {
        self.note_change();
        EXCHANGES.with(|count| count.set(count.get() + 1));
        *self.buffer.borrow_mut() = buffer;
        *self.layout.borrow_mut() = layout;
        *self.base.borrow_mut() = None;
    }

    /// NumPy's `base`: what keeps the data alive where the array does not own it.
    pub fn base(&self) -> Option<Base> {
        self.base.borrow().clone()
    }

    /// The array it is a view of, if that is an array.
    pub fn base_array(&self) -> Option<ArrayRef> {
        match &*self.base.borrow() {
            Some(Base::Array(array)) => Some(Rc::clone(array)),
            _ => None,
        }
    }

    /// The array this view was made from, while that lives: NumPy forgets it, since `base` names the owner.
    pub fn parent(&self) -> Option<ArrayRef> {
        self.parent.borrow().upgrade()
    }

    /// NumPy's OWNDATA.
    #[inline]
    pub fn owns_data(&self) -> bool {
        self.base.borrow().is_none()
    }

    /// NumPy's WRITEABLE.
    #[inline]
    pub fn is_writeable(&self) -> bool {
        self.writeable.get()
    }

    /// Sets the writeable flag, without any check.
    pub fn set_writeable(&self, writeable: bool) {
        if self.writeable.replace(writeable) != writeable {
            self.note_change();
        }
    }

    /// NumPy's ALIGNED.
    pub fn is_aligned(&self) -> bool {
        self.layout().is_aligned(self.buffer_ref().address())
    }

    /// Its dtype.
    pub fn dtype(&self) -> DType {
        self.layout().dtype.clone()
    }

    /// Its shape.
    pub fn shape(&self) -> super::layout::Shape {
        self.layout().shape.clone()
    }

    /// Its number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.layout().ndim()
    }

    /// Its number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.layout().size()
    }

    /// What is visible of it, how far it reaches, what it owns and what it keeps alive. An owner whose buffer was
    /// exchanged under a view (`a.resize(n, refcheck=False)`) is kept alive too.
    pub fn sizes(&self) -> Sizes {
        let buffer = self.buffer_ref().len();
        let mut sizes = sizes(&self.layout(), buffer, self.owns_data());
        let others = std::iter::successors(self.base_array(), |array| array.base_array());
        let others = others.filter(|other| !Rc::ptr_eq(&other.buffer_ref(), &self.buffer_ref()));
        sizes.pinned = others.fold(sizes.pinned, |n, other| n.saturating_add(other.buffer_ref().len()));
        sizes
    }

    /// The address of its first element, for those who ask for it.
    pub fn address(&self) -> usize {
        self.buffer_ref().address().wrapping_add(self.layout().offset)
    }

    /// The element at byte `offset` of the buffer.
    #[inline]
    pub fn read(&self, offset: usize) -> Scalar {
        Scalar::read(&self.buffer_ref(), offset, &self.layout().dtype)
    }

    /// Writes the element at byte `offset` of the buffer, converted to the array's dtype.
    #[inline]
    pub fn write(&self, offset: usize, value: &Scalar) {
        value.write(&self.buffer_ref(), offset, &self.layout().dtype);
    }

    /// NumPy's check before a write.
    ///
    /// # Errors
    /// `ValueError: assignment destination is read-only` (with NumPy's other words for `what`).
    pub fn require_writeable(&self, what: &str) -> Result<()> {
        if self.is_writeable() { self.require_unlocked() } else { Err(value_error(format!("{what} is read-only"))) }
    }

    /// Refuses a change while what there is must stay as it is ([`crate::memory::Ledger::lock`]).
    ///
    /// # Errors
    /// `RuntimeError`, in our own words.
    pub fn require_unlocked(&self) -> Result<()> {
        let buffer = self.buffer_ref();
        match buffer.ledger().is_locked(buffer.id()) {
            false => Ok(()),
            true => Err(runtime_error(format!("this would change #{}, and here nothing may change", buffer.id()))),
        }
    }
}
