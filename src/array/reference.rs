//! What the elements of object arrays are: references to objects of which this layer knows only what [`Referent`] says.
//!
//! An element is a number of eight bytes, which [`Reference::enter`] gives and [`Reference::of`] takes back; 0 stands
//! for `None`. Elements are moved as any bytes are. Who refers to what is reckoned afterwards: each buffer of references
//! has a [`Tenants`] that knows what it held when it was last counted, and [`settle`] counts the buffers that were written
//! since. It then keeps each object exactly as often as elements refer to it, and lets go of what none does.
//! That is done between statements, so that no object goes while an operation has its number in hand.

use super::calendar::NAT;
use super::dtype::{DType, Type};
use super::item::Item;
use super::layout::Layout;
use super::printing::PrintOptions;
use super::scalar::Scalar;
use crate::error::{Error, Result};
use crate::memory::{AlignedBytes, Buffer, OutOfMemory};
use rustc_hash::FxHashMap;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::{Rc, Weak};

/// An object that elements refer to.
pub trait Referent: Any {
    /// Another reference to the same object, where it matters how many there are.
    fn again(&self) -> Option<Rc<dyn Referent>>;

    /// `repr(x)`, as an element of an array: lists stand in `list(...)`.
    fn repr(&self, options: &PrintOptions) -> String;

    /// `str(x)`.
    fn text(&self) -> String;

    /// Whether it may keep arrays alive.
    fn holds(&self) -> bool;

    /// Python's truth of it.
    fn is_true(&self) -> bool;

    /// As an element of type `ty`: what `int(x)`, `float(x)` and `complex(x)` give.
    ///
    /// # Errors
    /// `TypeError` and `ValueError` where it is no number.
    fn to_number(&self, ty: Type) -> Result<Scalar>;

    /// `x == other`.
    fn equals(&self, other: &Reference) -> bool;

    /// Which comes first; equal where they have no order.
    fn order(&self, other: &Reference) -> Ordering;

    /// Its bytes, where it is a `bytes`.
    fn bytes(&self) -> Option<Vec<u8>> {
        None
    }

    /// As its own type, for the layer that knows it.
    fn as_any(&self) -> &dyn Any;
}

/// A reference to an object; none is one to `None`.
#[derive(Clone, Default)]
pub struct Reference(pub Option<Rc<dyn Referent>>);

impl std::fmt::Debug for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reference({})", self.repr(&PrintOptions::default()))
    }
}

impl PartialEq for Reference {
    fn eq(&self, other: &Reference) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), _) => one.equals(other),
            (None, Some(other)) => other.equals(self),
        }
    }
}

/// An element of another dtype as an object: Python's number, `str` or `bytes`.
struct Plain(Item);

impl Referent for Plain {
    fn again(&self) -> Option<Rc<dyn Referent>> {
        None
    }

    fn repr(&self, _: &PrintOptions) -> String {
        self.0.repr()
    }

    fn text(&self) -> String {
        self.0.to_text().unwrap_or_else(|_| self.0.repr())
    }

    fn holds(&self) -> bool {
        false
    }

    fn is_true(&self) -> bool {
        self.0.is_true()
    }

    fn to_number(&self, ty: Type) -> Result<Scalar> {
        self.0.to_number(ty)
    }

    fn equals(&self, other: &Reference) -> bool {
        self.order(other) == Ordering::Equal
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        match &self.0 {
            Item::Bytes(bytes) | Item::Raw(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    fn order(&self, other: &Reference) -> Ordering {
        match &other.0 {
            None => Ordering::Equal,
            Some(object) => match object.as_any().downcast_ref::<Plain>() {
                Some(plain) => self.0.order(&plain.0),
                None => object.order(&Reference(Some(Rc::new(Plain(self.0.clone()))))).reverse(),
            },
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Reference {
    /// A reference to Python's object for an element of another dtype: floats have all their digits.
    pub fn to_item(item: Item) -> Reference {
        let item = match item {
            Item::Object(reference) => return reference,
            Item::Time(time) if time.count == NAT => return Reference(None),
            Item::Number(scalar) if scalar.ty().is_complex() => Item::Number(scalar.cast(Type::Complex128)),
            Item::Number(scalar) if scalar.ty().is_inexact() => Item::Number(scalar.cast(Type::Float64)),
            Item::Number(scalar) if scalar.ty().is_integer() && scalar.ty() != Type::UInt64 => {
                Item::Number(scalar.cast(Type::Int64))
            }
            other => other,
        };
        Reference(Some(Rc::new(Plain(item))))
    }

    /// The element of another dtype that it was made of.
    pub fn plain(&self) -> Option<&Item> {
        self.0.as_ref()?.as_any().downcast_ref::<Plain>().map(|plain| &plain.0)
    }

    /// `repr(x)`, as an element of an array.
    pub fn repr(&self, options: &PrintOptions) -> String {
        self.0.as_ref().map_or_else(|| "None".to_string(), |object| object.repr(options))
    }

    /// `str(x)`.
    pub fn text(&self) -> String {
        self.0.as_ref().map_or_else(|| "None".to_string(), |object| object.text())
    }

    /// Its bytes, where it is a `bytes`.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.0.as_ref()?.bytes()
    }

    /// Python's truth of it.
    pub fn is_true(&self) -> bool {
        self.0.as_ref().is_some_and(|object| object.is_true())
    }

    /// Which comes first; equal where they have no order.
    pub fn order(&self, other: &Reference) -> Ordering {
        match (&self.0, &other.0) {
            (Some(object), _) => object.order(other),
            (None, Some(object)) => object.order(self).reverse(),
            (None, None) => Ordering::Equal,
        }
    }

    /// The bytes of an element that refers to it.
    pub fn enter(&self) -> [u8; SIZE] {
        let handle = self.0.as_ref().map_or(0, |object| HEAP.with_borrow_mut(|heap| heap.enter(Rc::clone(object))));
        handle.to_le_bytes()
    }

    /// What the bytes of an element refer to.
    pub fn of(bytes: &[u8]) -> Reference {
        let handle = handle_of(bytes.iter().copied());
        HEAP.with_borrow(|heap| Reference(heap.get(handle).map(|slot| Rc::clone(&slot.object))))
    }
}

/// Bytes of a reference.
const SIZE: usize = 8;

fn handle_of(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut word = [0; SIZE];
    word.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    u64::from_le_bytes(word)
}

/// An object, and how many elements refer to it.
struct Slot {
    object: Rc<dyn Referent>,
    /// As many further references as there are elements behind the first.
    more: Vec<Rc<dyn Referent>>,
    count: usize,
}

/// All objects that elements refer to.
#[derive(Default)]
struct Heap {
    slots: Vec<Option<Slot>>,
    free: Vec<u64>,
    /// Handles whose count may not be right: new ones, and those of which elements went.
    doubtful: Vec<u64>,
    buffers: Vec<(Weak<Buffer>, Weak<Tenants>)>,
    written: bool,
}

thread_local! {
    static HEAP: RefCell<Heap> = RefCell::default();
    static FAILURE: RefCell<Option<Error>> = const { RefCell::new(None) };
}

/// Notes why two objects could not be compared, for whoever sorts or searches; the first such error stays.
pub fn fail(error: Error) {
    FAILURE.with_borrow_mut(|failure| {
        failure.get_or_insert(error);
    });
}

/// Raises what [`fail`] noted since it was asked last.
///
/// # Errors
/// That error.
pub fn raise_failure() -> Result<()> {
    FAILURE.take().map_or(Ok(()), Err)
}

impl Heap {
    fn get(&self, handle: u64) -> Option<&Slot> {
        self.slots.get(usize::try_from(handle.checked_sub(1)?).ok()?)?.as_ref()
    }

    fn get_mut(&mut self, handle: u64) -> Option<&mut Slot> {
        self.slots.get_mut(usize::try_from(handle.checked_sub(1)?).ok()?)?.as_mut()
    }

    fn enter(&mut self, object: Rc<dyn Referent>) -> u64 {
        let slot = Some(Slot { object, more: Vec::new(), count: 0 });
        let handle = match self.free.pop() {
            Some(handle) => {
                self.slots[handle as usize - 1] = slot;
                handle
            }
            None => {
                self.slots.push(slot);
                self.slots.len() as u64
            }
        };
        self.doubtful.push(handle);
        handle
    }

    fn count(&mut self, handle: u64, more: usize, fewer: usize) {
        if let Some(slot) = self.get_mut(handle) {
            slot.count = slot.count.saturating_add(more).saturating_sub(fewer);
            self.doubtful.push(handle);
        }
    }
}

/// The objects that the elements of a buffer referred to when they were last counted.
pub struct Tenants {
    dtype: DType,
    counts: RefCell<FxHashMap<u64, usize>>,
    written: Cell<bool>,
    /// Whether one of them may keep arrays alive.
    holds: Cell<bool>,
}

impl Drop for Tenants {
    fn drop(&mut self) {
        let counts = self.counts.take();
        // While a thread ends, the heap may have gone before.
        let _ = HEAP.try_with(|heap| {
            if let Ok(mut heap) = heap.try_borrow_mut() {
                counts.into_iter().for_each(|(handle, count)| heap.count(handle, 0, count));
            }
        });
    }
}

/// The byte offsets of the references in an element.
fn places(dtype: &DType, start: usize, found: &mut Vec<usize>) {
    if dtype.ty() == Type::Object && dtype.compound().is_none() {
        found.push(start);
    } else if let Some(whole) = dtype.structure() {
        whole.fields.iter().for_each(|field| places(&field.dtype, start + field.offset, found));
    } else if let Some((base, shape)) = dtype.sub_array()
        && base.has_object()
    {
        let count: usize = shape.iter().product();
        (0..count).for_each(|i| places(base, start + i * base.itemsize(), found));
    }
}

impl Tenants {
    fn recount(&self, buffer: &Buffer) -> FxHashMap<u64, usize> {
        let (mut found, mut counts) = (Vec::new(), FxHashMap::default());
        places(&self.dtype, 0, &mut found);
        let cells = buffer.cells();
        let (mut last, mut run) = (0, 0);
        for element in cells.chunks_exact(self.dtype.itemsize().max(1)) {
            for &place in &found {
                let handle = handle_of(element.iter().skip(place).take(SIZE).map(Cell::get));
                if handle != last {
                    if last != 0 {
                        *counts.entry(last).or_insert(0) += run;
                    }
                    (last, run) = (handle, 0);
                }
                run += 1;
            }
        }
        if last != 0 {
            *counts.entry(last).or_insert(0) += run;
        }
        counts
    }
}

/// Accounts from here on for the objects that the elements of a new buffer refer to.
pub(super) fn attend(buffer: &Rc<Buffer>, layout: &Layout) {
    attend_dtype(buffer, layout.dtype.clone());
}

fn attend_dtype(buffer: &Rc<Buffer>, dtype: DType) {
    let tenants =
        Rc::new(Tenants { dtype, counts: RefCell::default(), written: Cell::new(true), holds: Cell::new(true) });
    let weak = Rc::downgrade(&tenants);
    buffer.accompany(tenants);
    HEAP.with_borrow_mut(|heap| {
        heap.written = true;
        heap.buffers.push((Rc::downgrade(buffer), weak));
    });
}

/// Accounts for the objects of a buffer whose elements are as those of another.
pub fn attend_like(buffer: &Rc<Buffer>, other: &Buffer) {
    if let Some(tenants) = tenants_of(other) {
        attend_dtype(buffer, tenants.dtype.clone());
    }
}

/// The bytes of a buffer with other references: what `change` makes of each; nothing where it has no references, or no
/// bytes.
///
/// # Errors
/// Those of `change`.
pub fn rewritten(
    buffer: &Buffer,
    mut change: impl FnMut(&Reference) -> Result<Reference>,
) -> Result<Option<AlignedBytes>> {
    let (Some(tenants), Some(bytes)) = (tenants_of(buffer), buffer.peek()) else { return Ok(None) };
    let new = AlignedBytes::zeroed(bytes.len()).ok_or(OutOfMemory { bytes: bytes.len() })?;
    new.cells().iter().zip(bytes.cells()).for_each(|(to, from)| to.set(from.get()));
    let mut found = Vec::new();
    places(&tenants.dtype, 0, &mut found);
    for element in new.cells().chunks_exact(tenants.dtype.itemsize().max(1)) {
        for cells in found.iter().filter_map(|&place| element.get(place..place + SIZE)) {
            let word: Vec<u8> = cells.iter().map(Cell::get).collect();
            let changed = change(&Reference::of(&word))?.enter();
            cells.iter().zip(changed).for_each(|(cell, byte)| cell.set(byte));
        }
    }
    Ok(Some(new))
}

/// Makes every reference of a new buffer one to the int 0.
pub fn fill_with_zeros(buffer: &Buffer) {
    let Some(tenants) = tenants_of(buffer) else { return };
    let zero = Reference::to_item(Scalar::Int64(0).into()).enter();
    let mut found = Vec::new();
    places(&tenants.dtype, 0, &mut found);
    for element in buffer.cells().chunks_exact(tenants.dtype.itemsize().max(1)) {
        for cells in found.iter().filter_map(|&place| element.get(place..place + SIZE)) {
            cells.iter().zip(zero).for_each(|(cell, byte)| cell.set(byte));
        }
    }
}

fn tenants_of(buffer: &Buffer) -> Option<&Tenants> {
    buffer.companion()?.downcast_ref()
}

/// Notes that elements of a buffer were written, if they are references.
#[inline]
pub(super) fn note_written(buffer: &Buffer) {
    if let Some(tenants) = tenants_of(buffer) {
        tenants.written.set(true);
        HEAP.with_borrow_mut(|heap| heap.written = true);
    }
}

/// Whether objects that the elements of a buffer refer to may keep arrays alive.
pub fn may_hold(buffer: &Buffer) -> bool {
    tenants_of(buffer).is_some_and(|tenants| tenants.written.get() || tenants.holds.get())
}

/// Counts what was written since, keeps each object as often as elements refer to it, and lets go of what none does.
/// Only to be called while no operation runs.
pub fn settle() {
    FAILURE.take();
    loop {
        let quiet = HEAP.with_borrow(|heap| !heap.written && heap.doubtful.is_empty());
        if quiet {
            return;
        }
        count_written();
        let gone = HEAP.with_borrow_mut(weed);
        // What goes may itself hold arrays, which let go of objects in turn.
        drop(gone);
    }
}

fn count_written() {
    let mut living = Vec::new();
    HEAP.with_borrow_mut(|heap| {
        heap.written = false;
        heap.buffers.retain(|(buffer, tenants)| {
            let (Some(buffer), Some(tenants)) = (buffer.upgrade(), tenants.upgrade()) else { return false };
            if tenants.written.replace(false) {
                living.push((buffer, tenants));
            }
            true
        });
    });
    for (buffer, tenants) in living {
        let counts = tenants.recount(&buffer);
        let before = tenants.counts.replace(counts.clone());
        HEAP.with_borrow_mut(|heap| {
            let holds = |handle: &u64| heap.get(*handle).is_some_and(|slot| slot.object.holds());
            tenants.holds.set(counts.keys().any(holds));
            counts.iter().for_each(|(&handle, &count)| heap.count(handle, count, 0));
            before.into_iter().for_each(|(handle, count)| heap.count(handle, 0, count));
        });
    }
}

/// Brings the references of doubtful objects to their counts; gives what is no longer held.
fn weed(heap: &mut Heap) -> Vec<Rc<dyn Referent>> {
    let mut gone = Vec::new();
    for handle in std::mem::take(&mut heap.doubtful) {
        let Some(slot) = heap.get_mut(handle) else { continue };
        if slot.count == 0 {
            if let Some(slot) = heap.slots.get_mut(handle as usize - 1).and_then(Option::take) {
                gone.push(slot.object);
                gone.extend(slot.more);
                heap.free.push(handle);
            }
            continue;
        }
        let wanted = slot.count - 1;
        while slot.more.len() > wanted {
            gone.extend(slot.more.pop());
        }
        while slot.more.len() < wanted {
            let Some(again) = slot.object.again() else { break };
            slot.more.push(again);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{NdArray, Order, Runtime};

    /// An object that knows how often it is held.
    struct Counted(Rc<()>);

    impl Referent for Counted {
        fn again(&self) -> Option<Rc<dyn Referent>> {
            Some(Rc::new(Counted(Rc::clone(&self.0))))
        }
        fn repr(&self, _: &PrintOptions) -> String {
            String::new()
        }
        fn text(&self) -> String {
            String::new()
        }
        fn holds(&self) -> bool {
            false
        }
        fn is_true(&self) -> bool {
            true
        }
        fn to_number(&self, ty: Type) -> Result<Scalar> {
            Ok(Scalar::zero(ty))
        }
        fn equals(&self, _: &Reference) -> bool {
            false
        }
        fn order(&self, _: &Reference) -> Ordering {
            Ordering::Equal
        }
        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    #[test]
    fn an_object_is_held_once_by_each_element() {
        let runtime = Runtime::default();
        let object = Rc::new(());
        let array = NdArray::zeros(&runtime, Type::Object.into(), &[3], Order::C).unwrap();
        let held = || Reference(Some(Rc::new(Counted(Rc::clone(&object)))));
        let dtype = array.dtype();
        Item::Object(held()).write(&array.buffer(), 0, &dtype).unwrap();
        Item::Object(held()).write(&array.buffer(), 8, &dtype).unwrap();
        settle();
        assert_eq!(Rc::strong_count(&object), 3);
        let copy = crate::array::copy::copy(&runtime, &array, Order::C).unwrap();
        settle();
        assert_eq!(Rc::strong_count(&object), 5);
        Item::Object(Reference(None)).write(&array.buffer(), 8, &dtype).unwrap();
        runtime.record_write(&array, None);
        settle();
        assert_eq!(Rc::strong_count(&object), 4);
        drop(array);
        settle();
        assert_eq!(Rc::strong_count(&object), 3);
        drop(copy);
        settle();
        assert_eq!(Rc::strong_count(&object), 1);
    }
}
