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
    memory: SmallVec<[Memory; 1]>,
    bases: SmallVec<[Memory; 1]>,
}

/// The names by what their values use.
#[derive(Default)]
pub(super) struct Users {
    /// Names that are bound to an array over this memory.
    by_memory: FxHashMap<Memory, BTreeSet<Place>>,
    /// Names that are bound to an array over other memory, whose base is over this: the base was resized since.
    by_base: FxHashMap<Memory, BTreeSet<Place>>,
    by_array: FxHashMap<ObjectId, BTreeSet<Place>>,
    /// Names that are bound to values which may hold arrays: what is in them changes unseen.
    holders: BTreeSet<Place>,
    /// By slot.
    entries: Vec<Option<Entry>>,
}

/// The memory of an array's own buffer.
fn memory_of(array: &ArrayRef) -> SmallVec<[Memory; 1]> {
    let buffer = array.buffer_ref();
    let bytes = buffer.is_borrowed().then(|| Memory::Bytes(buffer.address()));
    std::iter::once(Memory::Buffer(buffer.id())).chain(bytes).collect()
}

/// Other memory that an array keeps alive: that of its base and of the base's base.
fn memory_of_bases(array: &ArrayRef, own: &[Memory]) -> SmallVec<[Memory; 1]> {
    let bases = std::iter::successors(array.base_array(), |array| array.base_array());
    bases.flat_map(|base| memory_of(&base)).filter(|memory| !own.contains(memory)).collect()
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
            old.bases.into_iter().for_each(|memory| leave(&mut self.by_base, memory, old.place));
            self.holders.remove(&old.place);
        }
        let Some((age, value)) = binding else { return };
        let mut entry = Entry { place: (*age, slot), array: None, memory: SmallVec::new(), bases: SmallVec::new() };
        match value {
            Value::Array(array) => {
                entry.array = Some(array.id());
                entry.memory = memory_of(array);
                self.by_array.entry(array.id()).or_default().insert(entry.place);
                entry.bases = memory_of_bases(array, &entry.memory);
                // what its elements refer to changes unseen
                if array.layout().dtype.has_object() {
                    self.holders.insert(entry.place);
                }
                for memory in &entry.memory {
                    self.by_memory.entry(*memory).or_default().insert(entry.place);
                }
                for memory in &entry.bases {
                    self.by_base.entry(*memory).or_default().insert(entry.place);
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
        for memory in memory {
            let names = self.by_memory.get(&memory).into_iter().chain(self.by_base.get(&memory));
            names.for_each(|names| places.extend(names));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// As [`Users::of_memory`], but of the names that are bound to arrays over one buffer only the first few, and the
    /// first few that are bound to each of `arrays`; and how many each buffer has beside those.
    pub fn first_of(
        &self,
        buffers: &[BufferId],
        arrays: &[ObjectId],
        few: usize,
    ) -> (Vec<Place>, FxHashMap<BufferId, usize>) {
        let over = |id: &BufferId| self.by_memory.get(&Memory::Buffer(*id));
        let mut places: Vec<Place> =
            buffers.iter().filter_map(over).flat_map(|names| names.iter().take(few)).copied().collect();
        let very = arrays.iter().filter_map(|id| self.by_array.get(id));
        places.extend(very.flat_map(|names| names.iter().take(few)));
        places.sort_unstable();
        places.dedup();
        let rest = |id: &BufferId| {
            let names = over(id)?;
            Some((*id, names.len() - places.iter().filter(|place| names.contains(place)).count()))
        };
        let rest = buffers.iter().filter_map(rest).collect();
        let bases = buffers.iter().filter_map(|id| self.by_base.get(&Memory::Buffer(*id)));
        places.extend(bases.flatten().chain(&self.holders));
        places.sort_unstable();
        places.dedup();
        (places, rest)
    }
}
