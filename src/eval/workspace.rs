//! The named values of a session, with the power to take back what a failed statement did to the names.

use crate::value::Value;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::rc::Rc;

/// A name that a statement bound or deleted.
pub struct Rebinding {
    /// The name.
    pub name: Rc<str>,
    /// What it was bound to before, if anything.
    pub old: Option<Value>,
}

/// What names were bound to before, oldest change first. Most statements bind one name.
type Journal = SmallVec<[(Rc<str>, Option<(u64, Value)>); 1]>;

/// The named values, in the order in which the names were first bound.
#[derive(Default)]
pub struct Workspace {
    names: FxHashMap<Rc<str>, (u64, Value)>,
    next: u64,
    journal: Option<Journal>,
}

impl Workspace {
    /// The value bound to `name`.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name).map(|(_, value)| value)
    }

    /// Binds `name`.
    pub fn set(&mut self, name: &Rc<str>, value: Value) {
        let place = match self.names.get(name) {
            Some((place, _)) => *place,
            None => {
                self.next += 1;
                self.next
            }
        };
        let old = self.names.insert(Rc::clone(name), (place, value));
        match &mut self.journal {
            Some(journal) => journal.push((Rc::clone(name), old)),
            None => drop(old),
        }
    }

    /// Forgets `name`; whether it was bound.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some((key, old)) = self.names.remove_entry(name) else { return false };
        if let Some(journal) = &mut self.journal {
            journal.push((key, Some(old)));
        }
        true
    }

    /// All names and values, oldest name first.
    pub fn entries(&self) -> Vec<(&Rc<str>, &Value)> {
        let mut entries: Vec<_> = self.names.iter().map(|(name, (place, value))| (*place, name, value)).collect();
        entries.sort_unstable_by_key(|(place, ..)| *place);
        entries.into_iter().map(|(_, name, value)| (name, value)).collect()
    }

    /// The number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether no name is bound.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Forgets every name.
    pub fn clear(&mut self) {
        self.names.clear();
    }

    /// From here on the bindings can be taken back.
    pub fn begin(&mut self) {
        self.journal = Some(Journal::new());
    }

    /// Makes the bindings since [`Workspace::begin`] final, and gives what each name was bound to before, in
    /// order. What they replaced is released when the caller drops it.
    pub fn commit(&mut self) -> SmallVec<[Rebinding; 1]> {
        let journal = self.journal.take().into_iter().flatten();
        journal.map(|(name, old)| Rebinding { name, old: old.map(|(_, value)| value) }).collect()
    }

    /// Takes the bindings since [`Workspace::begin`] back.
    pub fn roll_back(&mut self) {
        for (name, old) in self.journal.take().into_iter().flatten().rev() {
            match old {
                Some(entry) => self.names.insert(name, entry),
                None => self.names.remove(&name),
            };
        }
    }
}
