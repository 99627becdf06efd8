//! Python's containers: list, dict, slice, range.

use super::compare::equal;
use super::hash::hash;
use super::{Int, Value};
use crate::error::{Error, ErrorClass, Result};
use smallvec::SmallVec;
use std::cell::{Cell, Ref, RefCell, RefMut};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

/// Refuses more items than a list can have here: they would be more than 2 GB of Python values.
///
/// # Errors
/// `MemoryError`.
pub fn require_room(items: usize) -> Result<()> {
    const MOST: usize = 1 << 26;
    if items <= MOST {
        return Ok(());
    }
    let label = format!("{items} Python objects; at most {MOST} are made at once");
    Err(Error::new(ErrorClass::MemoryError, "").label(label))
}

/// A list.
#[derive(Default)]
pub struct List {
    items: RefCell<Vec<Value>>,
    /// How many items CPython would have room for.
    allocated: Cell<usize>,
}

/// The items of a list, to change. When it goes, the list's room grows or shrinks by CPython's rule (`list_resize`).
pub struct ListMut<'l> {
    items: RefMut<'l, Vec<Value>>,
    allocated: &'l Cell<usize>,
    before: usize,
}

impl Deref for ListMut<'_> {
    type Target = Vec<Value>;
    fn deref(&self) -> &Vec<Value> {
        &self.items
    }
}

impl DerefMut for ListMut<'_> {
    fn deref_mut(&mut self) -> &mut Vec<Value> {
        &mut self.items
    }
}

impl Drop for ListMut<'_> {
    fn drop(&mut self) {
        let (len, room) = (self.items.len(), self.allocated.get());
        if len == self.before || (room >= len && len >= room / 2) {
            return;
        }
        let generous = (len + len / 8 + 6) & !3;
        self.allocated.set(match len {
            0 => 0,
            _ if len > self.before && len - self.before > generous - len => (len + 3) & !3,
            _ => generous,
        });
    }
}

impl List {
    /// A list of these items, with room for no more.
    pub fn new(items: Vec<Value>) -> List {
        List { allocated: Cell::new(items.len()), items: RefCell::new(items) }
    }

    /// A list filled from an iterable of known length: CPython makes room for an even number of items.
    pub fn gathered(items: Vec<Value>) -> List {
        let list = List::new(items);
        list.allocated.set(list.allocated.get().next_multiple_of(2));
        list
    }

    /// Adds items at the end, all at once.
    pub fn extend(&self, items: Vec<Value>) {
        if self.allocated.get() == 0 {
            self.allocated.set(items.len().next_multiple_of(2));
            self.items.borrow_mut().extend(items);
        } else {
            self.items_mut().extend(items);
        }
    }

    /// How many items CPython would have room for: what `sys.getsizeof` counts.
    pub fn allocated(&self) -> usize {
        self.allocated.get()
    }

    /// The items, to look at. Do not call into other values while holding it: they may be this list.
    pub fn items(&self) -> Ref<'_, Vec<Value>> {
        self.items.borrow()
    }

    /// The items, to change.
    pub fn items_mut(&self) -> ListMut<'_> {
        let items = self.items.borrow_mut();
        ListMut { before: items.len(), items, allocated: &self.allocated }
    }

    /// A copy of the items.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().clone()
    }
}

#[derive(Default)]
struct Table {
    entries: Vec<Option<(Value, Value)>>,
    places: HashMap<i64, SmallVec<[usize; 1]>>,
    len: usize,
}

impl Table {
    fn find(&self, key: &Value) -> Result<(i64, Option<usize>)> {
        let code = hash(key)?;
        let found = self.places.get(&code).and_then(|places| {
            places
                .iter()
                .copied()
                .find(|&i| self.entries[i].as_ref().is_some_and(|(k, _)| k.is(key) || equal(k, key).unwrap_or(false)))
        });
        Ok((code, found))
    }
}

impl Table {
    /// Forgets the places of removed entries.
    fn close_gaps(&mut self) -> Result<()> {
        self.entries.retain(Option::is_some);
        self.places.clear();
        for (i, (key, _)) in self.entries.iter().flatten().enumerate() {
            self.places.entry(hash(key)?).or_default().push(i);
        }
        Ok(())
    }
}

/// A dict: keys in order of insertion.
#[derive(Default)]
pub struct Dict(RefCell<Table>);

impl Dict {
    /// A dict of these entries; a later key replaces an equal earlier one's value.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn new(entries: impl IntoIterator<Item = (Value, Value)>) -> Result<Dict> {
        let dict = Dict::default();
        for (key, value) in entries {
            dict.insert(key, value)?;
        }
        Ok(dict)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.borrow().len
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value for `key`.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn get(&self, key: &Value) -> Result<Option<Value>> {
        let table = self.0.borrow();
        let (_, place) = table.find(key)?;
        Ok(place.and_then(|i| table.entries[i].as_ref()).map(|(_, value)| value.clone()))
    }

    /// Sets the value for `key`.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn insert(&self, key: Value, value: Value) -> Result<Option<Value>> {
        let mut table = self.0.borrow_mut();
        let (code, place) = table.find(&key)?;
        if let Some(entry) = place.and_then(|i| table.entries[i].as_mut()) {
            return Ok(Some(std::mem::replace(&mut entry.1, value)));
        }
        if table.entries.len() >= 16 && table.len * 2 < table.entries.len() {
            table.close_gaps()?;
        }
        let i = table.entries.len();
        table.entries.push(Some((key, value)));
        table.places.entry(code).or_default().push(i);
        table.len += 1;
        Ok(None)
    }

    /// Takes the entry for `key` out.
    ///
    /// # Errors
    /// `TypeError` for an unhashable key.
    pub fn remove(&self, key: &Value) -> Result<Option<Value>> {
        let mut table = self.0.borrow_mut();
        let (code, place) = table.find(key)?;
        let Some(i) = place else { return Ok(None) };
        if let Some(places) = table.places.get_mut(&code) {
            places.retain(|p| *p != i);
        }
        table.len -= 1;
        Ok(table.entries[i].take().map(|(_, value)| value))
    }

    /// Takes everything out.
    pub fn clear(&self) {
        *self.0.borrow_mut() = Table::default();
    }

    /// The entries, in order.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        self.0.borrow().entries.iter().flatten().cloned().collect()
    }

    /// The keys, in order.
    pub fn keys(&self) -> Vec<Value> {
        self.0.borrow().entries.iter().flatten().map(|(key, _)| key.clone()).collect()
    }
}

/// A slice, as written: each part any value.
#[derive(Clone)]
#[allow(missing_docs)]
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

/// A range; `step` is not 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    /// The number of ints.
    pub fn len(&self) -> usize {
        let (start, stop, step) = (self.start as i128, self.stop as i128, self.step as i128);
        let count = if step > 0 { (stop - start + step - 1) / step } else { (start - stop - step - 1) / -step.min(-1) };
        usize::try_from(count.max(0)).unwrap_or(usize::MAX)
    }

    /// Whether there are no ints.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Int number `i`, which is below the length.
    pub fn get(&self, i: usize) -> Int {
        Int::from(self.start as i128 + self.step as i128 * i as i128)
    }
}
