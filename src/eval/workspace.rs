//! The named values of a session, with the power to take back what a failed statement did to the names.

use super::users::{Memory, Place, Users};
use crate::array::{ObjectId, exchange_count};
use crate::memory::BufferId;
use crate::value::Value;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A name that a statement bound or deleted.
pub struct Rebinding {
    /// The name.
    pub name: Rc<str>,
    /// What it was bound to before, if anything.
    pub old: Option<Value>,
}

/// Names and their values, the oldest name first.
pub type Named<'w> = Vec<(&'w Rc<str>, &'w Value)>;

/// A binding: when the name was first bound, and to what it is bound now.
type Binding = (u64, Value);

/// A name and its binding. Its place in the table never changes, also where the name is deleted.
struct Slot {
    name: Rc<str>,
    binding: Option<Binding>,
    /// Whether it was bound or deleted since [`Users`] was brought up to date.
    is_stale: Cell<bool>,
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
    users: RefCell<Users>,
    /// The slots that it does not know yet.
    stale: RefCell<Vec<usize>>,
    /// The [`exchange_count`] that it knows of.
    exchanges: Cell<u64>,
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
            users: RefCell::default(),
            stale: RefCell::default(),
            exchanges: Cell::new(exchange_count()),
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
                self.slots.push(Slot { name: Rc::clone(name), binding: None, is_stale: Cell::new(false) });
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
        self.note(at);
        if self.is_journaling {
            self.journal.push((at, old));
        }
    }

    /// Forgets `name`; whether it was bound.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(at) = self.index.get(name).copied() else { return false };
        let Some(old) = self.slots[at].binding.take() else { return false };
        self.len -= 1;
        self.note(at);
        if self.is_journaling {
            self.journal.push((at, Some(old)));
        }
        true
    }

    /// All names and values, oldest name first.
    pub fn entries(&self) -> Named<'_> {
        let bound =
            self.slots.iter().filter_map(|slot| slot.binding.as_ref().map(|(place, v)| (*place, &slot.name, v)));
        let mut entries: Vec<_> = bound.collect();
        entries.sort_unstable_by_key(|(place, ..)| *place);
        entries.into_iter().map(|(_, name, value)| (name, value)).collect()
    }

    /// Notes that the index does not know any more what the name in this slot is bound to.
    #[inline]
    fn note(&self, at: usize) {
        if !self.slots[at].is_stale.replace(true) {
            self.stale.borrow_mut().push(at);
        }
    }

    /// Answers a question by the index of names, which is brought up to date first.
    fn ask<T>(&self, question: impl FnOnce(&Users) -> T) -> T {
        let mut users = self.users.borrow_mut();
        // an array that got another buffer may be bound to any name
        if self.exchanges.replace(exchange_count()) != exchange_count() {
            (0..self.slots.len()).for_each(|at| self.note(at));
        }
        for at in self.stale.borrow_mut().drain(..) {
            self.slots[at].is_stale.set(false);
            users.update(at, self.slots[at].binding.as_ref());
        }
        question(&users)
    }

    fn bound(&self, places: impl IntoIterator<Item = Place>) -> Named<'_> {
        let slots = places.into_iter().filter_map(|(_, at)| self.slots.get(at));
        slots.filter_map(|slot| Some((&slot.name, &slot.binding.as_ref()?.1))).collect()
    }

    /// The names that may lead to an array over one of these buffers, or over the bytes at one of these addresses where
    /// they are borrowed: those bound to such an array or to one whose base is one, and those bound to what may hold
    /// one. The oldest name first. The other names are not looked at.
    pub fn users(&self, buffers: &[BufferId], addresses: &[usize]) -> Named<'_> {
        let buffers = buffers.iter().copied().map(Memory::Buffer);
        let memory = buffers.chain(addresses.iter().copied().map(Memory::Bytes));
        self.bound(self.ask(|users| users.of_memory(memory)))
    }

    /// As [`Workspace::users`], but of the names that are bound to arrays over one buffer only the first few, and the
    /// first few that are bound to each of `arrays`; and how many more each buffer has.
    pub fn first_users(
        &self,
        buffers: &[BufferId],
        arrays: &[ObjectId],
        few: usize,
    ) -> (Named<'_>, FxHashMap<BufferId, usize>) {
        let (places, rest) = self.ask(|users| users.first_of(buffers, arrays, few));
        (self.bound(places), rest)
    }

    /// The names that are bound to one of these very arrays, the oldest first. The other names are not looked at.
    pub fn names_of(&self, arrays: &[ObjectId]) -> Vec<&Rc<str>> {
        self.bound(self.ask(|users| users.of_arrays(arrays))).into_iter().map(|(name, _)| name).collect()
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
            let was_bound = old.is_some();
            let is_bound = std::mem::replace(&mut self.slots[at].binding, old).is_some();
            self.len = self.len + usize::from(was_bound) - usize::from(is_bound);
            self.note(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{ArrayRef, NdArray, Order, Type};

    /// The names that use the buffer of `array`, which hold it as an item or as themselves.
    fn users(workspace: &Workspace, array: &ArrayRef) -> String {
        let names = workspace.users(&[array.buffer_ref().id()], &[]);
        names.into_iter().map(|(name, _)| &**name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_users_of_a_buffer_follow_every_binding() {
        let context = crate::registry::Context::new(crate::eval::catalog());
        let zeros = || NdArray::zeros(&context.runtime, Type::Float64.into(), &[3], Order::C).unwrap();
        let name = |name: &str| Rc::<str>::from(name);
        let mut workspace = Workspace::default();
        let (a, b) = (zeros(), zeros());
        let view = NdArray::view(&a, a.layout().clone());
        workspace.set(&name("v"), Value::Array(Rc::clone(&view)));
        workspace.set(&name("a"), Value::Array(Rc::clone(&a)));
        workspace.set(&name("b"), Value::Array(Rc::clone(&b)));
        assert_eq!((users(&workspace, &a), users(&workspace, &b)), ("v a".into(), "b".into()));
        assert_eq!(workspace.names_of(&[b.id(), view.id()]), [&name("v"), &name("b")]);

        // a list may hold anything; a name that is bound anew after it was deleted is the youngest
        workspace.set(&name("l"), Value::list(Vec::new()));
        workspace.remove("v");
        workspace.set(&name("v"), Value::Array(view));
        assert_eq!((users(&workspace, &a), users(&workspace, &b)), ("a l v".into(), "b l".into()));

        // what fails is taken back
        workspace.begin();
        workspace.remove("l");
        workspace.set(&name("b"), Value::Array(Rc::clone(&a)));
        workspace.set(&name("new"), Value::Array(Rc::clone(&a)));
        assert_eq!((users(&workspace, &a), workspace.len()), ("a b v new".into(), 4));
        workspace.roll_back();
        assert_eq!((users(&workspace, &a), users(&workspace, &b)), ("a l v".into(), "b l".into()));
        assert_eq!(workspace.len(), 4);

        // an array gets another buffer, and its view keeps both alive
        let old = a.buffer();
        a.set_buffer(b.buffer(), b.layout().clone());
        assert_eq!(users(&workspace, &b), "a b l v");
        assert!(workspace.users(&[old.id()], &[]).iter().any(|(name, _)| &***name == "v"));
    }
}
