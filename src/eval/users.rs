//! Which names use a buffer: an index, so that a question about one buffer does not ask every name.
//!
//! It is brought up to date when it is asked, by the names that were bound or deleted since. It holds numbers only,
//! and so keeps nothing alive.

use crate::array::{ArrayRef, ObjectId};
use crate::memory::BufferId;
use crate::value::Value;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::hash::Hash;

/// A bound name: when it was first bound, and its slot in the workspace. So names sort by their age.
pub(super) type Place = (u64, usize);

/// What an array uses.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Memory {
    /// A buffer.
    Buffer(BufferId),
    /// The bytes at an address, which several buffers may borrow.
    Bytes(usize),
}

/// Under what a name is entered.
struct Entry {
    place: Place,
    array: Option<ObjectId>,
    memory: SmallVec<[Memory; 2]>,
}

/// The names by what their values use.
#[derive(Default)]
pub(super) struct Users {
    /// Names that are bound to an array over this memory, or to one whose base is.
    by_memory: FxHashMap<Memory, BTreeSet<Place>>,
    by_array: FxHashMap<ObjectId, BTreeSet<Place>>,
    /// Names that are bound to values which may hold arrays: what is in them changes unseen.
    holders: BTreeSet<Place>,
    /// By slot.
    entries: Vec<Option<Entry>>,
}

/// The memory that an array keeps alive: its own buffer, and those of its base and of the base's base.
fn memory_of(array: &ArrayRef) -> SmallVec<[Memory; 2]> {
    let mut memory = SmallVec::new();
    for array in std::iter::successors(Some(ArrayRef::clone(array)), |array| array.base_array()) {
        let buffer = array.buffer_ref();
        memory.push(Memory::Buffer(buffer.id()));
        if buffer.is_borrowed() {
            memory.push(Memory::Bytes(buffer.address()));
        }
    }
    memory
}

fn leave<K: Hash + Eq>(names: &mut FxHashMap<K, BTreeSet<Place>>, key: K, place: Place) {
    if let Some(places) = names.get_mut(&key) {
        places.remove(&place);
        if places.is_empty() {
            names.remove(&key);
        }
    }
}

impl Users {
    /// Enters what the name in `slot` is bound to now, in place of what it was bound to when it was last entered.
    pub fn update(&mut self, slot: usize, binding: Option<&(u64, Value)>) {
        if self.entries.len() <= slot {
            self.entries.resize_with(slot + 1, || None);
        }
        if let Some(old) = self.entries.get_mut(slot).and_then(Option::take) {
            old.array.into_iter().for_each(|id| leave(&mut self.by_array, id, old.place));
            old.memory.into_iter().for_each(|memory| leave(&mut self.by_memory, memory, old.place));
            self.holders.remove(&old.place);
        }
        let Some((age, value)) = binding else { return };
        let mut entry = Entry { place: (*age, slot), array: None, memory: SmallVec::new() };
        match value {
            Value::Array(array) => {
                entry.array = Some(array.id());
                entry.memory = memory_of(array);
                self.by_array.entry(array.id()).or_default().insert(entry.place);
                for memory in &entry.memory {
                    self.by_memory.entry(*memory).or_default().insert(entry.place);
                }
            }
            holder if holder.is_holder() => drop(self.holders.insert(entry.place)),
            _ => return,
        }
        if let Some(free) = self.entries.get_mut(slot) {
            *free = Some(entry);
        }
    }

    /// The names that are bound to one of these arrays, the oldest first.
    pub fn of_arrays(&self, arrays: &[ObjectId]) -> BTreeSet<Place> {
        arrays.iter().filter_map(|id| self.by_array.get(id)).flatten().copied().collect()
    }

    /// The names that are bound to an array that uses one of these, and those that are bound to what may hold one;
    /// the oldest first.
    pub fn of_memory(&self, memory: impl Iterator<Item = Memory>) -> Vec<Place> {
        let mut places: Vec<Place> = self.holders.iter().copied().collect();
        memory.filter_map(|memory| self.by_memory.get(&memory)).for_each(|names| places.extend(names));
        places.sort_unstable();
        places.dedup();
        places
    }
}
