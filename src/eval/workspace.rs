//! The named values of a session, with the power to take back what a failed statement did to the names.

use crate::value::Value;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::RefCell;
use std::rc::Rc;

/// A name that a statement bound or deleted.
pub struct Rebinding {
    /// The name.
    pub name: Rc<str>,
    /// What it was bound to before, if anything.
    pub old: Option<Value>,
}

/// A binding: when the name was first bound, and to what it is bound now.
type Binding = (u64, Value);

/// A name and its binding. Its place in the table never changes, also where the name is deleted.
struct Slot {
    name: Rc<str>,
    binding: Option<Binding>,
}

/// Names that were looked up lately, by where their text stands: a statement that runs again holds the same text.
type Recent = [Option<(Rc<str>, usize)>; RECENT];
const RECENT: usize = 64;

/// The named values, in the order in which the names were first bound.
pub struct Workspace {
    slots: Vec<Slot>,
    index: FxHashMap<Rc<str>, usize>,
    recent: RefCell<Recent>,
    len: usize,
    next: u64,
    /// What names were bound to before, oldest change first.
    journal: Vec<(usize, Option<Binding>)>,
    is_journaling: bool,
}

impl Default for Workspace {
    fn default() -> Workspace {
        Workspace {
            slots: Vec::new(),
            index: FxHashMap::default(),
            recent: RefCell::new([const { None }; RECENT]),
            len: 0,
            next: 0,
            journal: Vec::new(),
            is_journaling: false,
        }
    }
}

impl Workspace {
    /// The value bound to `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let slot = &self.slots[*self.index.get(name)?];
        slot.binding.as_ref().map(|(_, value)| value)
    }

    /// The value bound to a name of the syntax tree: as [`Workspace::get`], and quicker the next time.
    #[inline]
    pub fn look_up(&self, name: &Rc<str>) -> Option<&Value> {
        let slot = &self.slots[self.find(name)?];
        slot.binding.as_ref().map(|(_, value)| value)
    }

    #[inline]
    fn find(&self, name: &Rc<str>) -> Option<usize> {
        let at = (Rc::as_ptr(name) as *const u8 as usize >> 4) % RECENT;
        let mut recent = self.recent.borrow_mut();
        if let Some((known, slot)) = &recent[at]
            && Rc::ptr_eq(known, name)
        {
            return Some(*slot);
        }
        let slot = *self.index.get(name)?;
        recent[at] = Some((Rc::clone(name), slot));
        Some(slot)
    }

    /// Binds `name`.
    pub fn set(&mut self, name: &Rc<str>, value: Value) {
        let at = match self.find(name) {
            Some(at) => at,
            None => {
                self.index.insert(Rc::clone(name), self.slots.len());
                self.slots.push(Slot { name: Rc::clone(name), binding: None });
                self.slots.len() - 1
            }
        };
        let old = match &mut self.slots[at].binding {
            Some((place, bound)) => Some((*place, std::mem::replace(bound, value))),
            unbound => {
                self.len += 1;
                self.next += 1;
                *unbound = Some((self.next, value));
                None
            }
        };
        if self.is_journaling {
            self.journal.push((at, old));
        }
    }

    /// Forgets `name`; whether it was bound.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(at) = self.index.get(name).copied() else { return false };
        let Some(old) = self.slots[at].binding.take() else { return false };
        self.len -= 1;
        if self.is_journaling {
            self.journal.push((at, Some(old)));
        }
        true
    }

    /// All names and values, oldest name first.
    pub fn entries(&self) -> Vec<(&Rc<str>, &Value)> {
        let bound =
            self.slots.iter().filter_map(|slot| slot.binding.as_ref().map(|(place, v)| (*place, &slot.name, v)));
        let mut entries: Vec<_> = bound.collect();
        entries.sort_unstable_by_key(|(place, ..)| *place);
        entries.into_iter().map(|(_, name, value)| (name, value)).collect()
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no name is bound.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets every name.
    pub fn clear(&mut self) {
        *self = Workspace::default();
    }

    /// From here on the bindings can be taken back.
    pub fn begin(&mut self) {
        self.journal.clear();
        self.is_journaling = true;
    }

    /// Makes the bindings since [`Workspace::begin`] final, and gives what each name was bound to before, in
    /// order. What they replaced is released when the caller drops it.
    pub fn commit(&mut self) -> SmallVec<[Rebinding; 1]> {
        self.is_journaling = false;
        let slots = &self.slots;
        let rebinding = |(at, old): (usize, Option<Binding>)| Rebinding {
            name: Rc::clone(&slots[at].name),
            old: old.map(|(_, value)| value),
        };
        self.journal.drain(..).map(rebinding).collect()
    }

    /// As [`Workspace::commit`], and releases at once what was replaced.
    pub fn settle(&mut self) {
        self.is_journaling = false;
        self.journal.clear();
    }

    /// Takes the bindings since [`Workspace::begin`] back.
    pub fn roll_back(&mut self) {
        self.is_journaling = false;
        while let Some((at, old)) = self.journal.pop() {
            self.slots[at].binding = old;
        }
        self.len = self.slots.iter().filter(|slot| slot.binding.is_some()).count();
    }
}
