//! Who keeps a buffer alive: one pass over the workspace, from the names through all that they hold to the arrays.
//!
//! What comes of it is a graph. Its objects are the arrays, and the containers and other values on the way to them,
//! each once however often it is reached, so that containers that hold themselves end nothing. A [`Hold`] is one reference: from
//! a name or an object to an object. Every question about who holds what (the report, `%whos`, `%mem`, `%holders`,
//! `%del?`) is answered from this one graph.

mod cut;
mod deletion;
mod tree;

pub use deletion::{Deletion, Kept, Pin, WayOut};
pub use tree::{Branch, Handle, Tree};

use crate::array::{ArrayRef, Base};
use crate::eval::Workspace;
use crate::memory::BufferId;
use crate::value::{Value, Way};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::cell::RefCell;
use std::rc::Rc;

/// An object's place in the graph.
type ObjectAt = usize;
/// A hold's place in the graph.
pub type HoldAt = usize;

/// What a reference comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// A name of the workspace, by its place among them.
    Name(usize),
    /// An object.
    Object(ObjectAt),
}

/// How a reference leads on.
#[derive(Clone)]
enum Step {
    /// The name is bound to the object.
    Bound,
    /// The object holds it.
    Way(Way),
    /// The object is an array, and this is its base.
    Base,
}

/// One reference.
struct Hold {
    from: From,
    step: Step,
    to: ObjectAt,
}

/// An array, or a value on the way to one.
struct Object {
    value: Value,
    /// The references to it, the shortest way from a name first.
    into: SmallVec<[HoldAt; 1]>,
    /// The references from it.
    out: SmallVec<[HoldAt; 1]>,
    /// How many references lead to it from a name, at least.
    depth: usize,
    /// Whether an expression leads to it.
    is_written: bool,
}

impl Object {
    fn array(&self) -> Option<&ArrayRef> {
        match &self.value {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }
}

/// Who holds what. Keeps all of it alive, so it must not outlive the question.
pub struct Holders {
    names: Vec<Rc<str>>,
    objects: Vec<Object>,
    holds: Vec<Hold>,
    at: FxHashMap<usize, ObjectAt>,
    by_buffer: FxHashMap<BufferId, Vec<ObjectAt>>,
    paths: RefCell<FxHashMap<BufferId, Paths>>,
    /// Of how many names bound to arrays over a buffer nothing more is known than that they are there.
    others: FxHashMap<BufferId, usize>,
}

/// The ways from names to the arrays over one buffer: the first few, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// The first: `a`, `things[0]`, `d['x']`; the object's own, where an object that is no container holds the array.
    pub first: Rc<[String]>,
    /// How many there are in all.
    pub count: usize,
}

/// So many ways to a buffer are written out, and so many of its names are looked at where only those are needed.
const FEW: usize = 8;

/// The arrays that `array` keeps alive by its base, itself first: the owner, where that is another.
fn chain(array: &ArrayRef) -> impl Iterator<Item = ArrayRef> {
    std::iter::successors(Some(Rc::clone(array)), |array| array.base_array())
}

impl Holders {
    /// All that the names of the workspace hold.
    pub fn of(workspace: &Workspace) -> Holders {
        Holders::gather(workspace.entries(), |_| true)
    }

    /// What the names of the workspace hold of these buffers and of those of `arrays`. Passes over all other arrays and
    /// the names bound to them; of the names that are bound to arrays over one buffer it knows the first few, those of
    /// `arrays` and of what these were made from, and how many others there are. So it is quick.
    pub fn among<'a>(
        workspace: &Workspace,
        arrays: impl IntoIterator<Item = &'a ArrayRef>,
        buffers: &[BufferId],
    ) -> Holders {
        let related =
            arrays.into_iter().flat_map(|array| chain(array).chain(array.parent()).chain(array_behind(array)));
        let related: Vec<_> = related.map(|array| (array.id(), array.buffer_ref().id())).collect();
        let wanted: FxHashSet<BufferId> = buffers.iter().copied().chain(related.iter().map(|(_, id)| *id)).collect();
        let buffers: Vec<BufferId> = wanted.iter().copied().collect();
        let arrays: Vec<_> = related.into_iter().map(|(id, _)| id).collect();
        let (names, others) = workspace.first_users(&buffers, &arrays, FEW);
        let holders = Holders::gather(names, |array| {
            wanted.contains(&array.buffer_ref().id())
                || (!array.owns_data() && chain(array).any(|array| wanted.contains(&array.buffer_ref().id())))
        });
        Holders { others, ..holders }
    }

    fn gather(names: Vec<(&Rc<str>, &Value)>, is_wanted: impl Fn(&ArrayRef) -> bool) -> Holders {
        let mut holders = Holders {
            names: Vec::new(),
            objects: Vec::new(),
            holds: Vec::new(),
            at: FxHashMap::default(),
            by_buffer: FxHashMap::default(),
            paths: RefCell::default(),
            others: FxHashMap::default(),
        };
        let matters = |value: &Value| match value {
            Value::Array(array) => is_wanted(array) || value.is_holder(),
            other => other.is_holder(),
        };
        for (name, value) in names {
            if matters(value) {
                let from = From::Name(holders.names.len());
                holders.names.push(Rc::clone(name));
                holders.add(from, Step::Bound, value);
            }
        }
        // Breadth first, so that the first way found to an object is a shortest one. What no expression leads to
        // comes after that, and bases last: the first way found is one that one can write, if any is.
        let (mut next, mut later, mut entered) = (0, Vec::new(), 0);
        loop {
            while let Some(object) = holders.objects.get(next) {
                let value = object.value.clone();
                value.visit_held(&mut |way, held| match way {
                    _ if !matters(held) => {}
                    Way::Inside => later.push((next, held.clone())),
                    way => holders.add(From::Object(next), Step::Way(way), held),
                });
                next += 1;
            }
            let Some((from, held)) = later.get(entered).cloned() else { break };
            holders.add(From::Object(from), Step::Way(Way::Inside), &held);
            entered += 1;
        }
        let explored = next;
        next = 0;
        while next < holders.objects.len() {
            let value = holders.objects[next].value.clone();
            if next >= explored {
                value.visit_held(&mut |way, held| holders.add(From::Object(next), Step::Way(way), held));
            }
            if let Value::Array(array) = &value
                && let Some(base) = base_value(array)
            {
                holders.add(From::Object(next), Step::Base, &base);
            }
            next += 1;
        }
        holders
    }

    /// Enters a reference to `value`, and the object itself where it is new.
    fn add(&mut self, from: From, step: Step, value: &Value) {
        let Some(address) = value.address() else { return };
        let (depth, is_written) = match (from, &step) {
            (From::Name(_), _) => (1, true),
            (From::Object(from), Step::Way(Way::Index(_) | Way::Key(_) | Way::Element(_) | Way::Attribute(_))) => {
                (self.objects[from].depth + 1, self.objects[from].is_written)
            }
            (From::Object(from), _) => (self.objects[from].depth + 1, false),
        };
        let to = *self.at.entry(address).or_insert_with(|| {
            self.objects.push(Object {
                value: value.clone(),
                into: SmallVec::new(),
                out: SmallVec::new(),
                depth,
                is_written,
            });
            self.objects.len() - 1
        });
        let hold = self.holds.len();
        self.holds.push(Hold { from, step, to });
        if self.objects[to].into.is_empty()
            && let Value::Array(array) = value
        {
            self.by_buffer.entry(array.buffer_ref().id()).or_default().push(to);
        }
        self.objects[to].into.push(hold);
        if let From::Object(from) = from {
            self.objects[from].out.push(hold);
        }
    }

    /// The object that this value is, where it is one of the graph.
    fn object_of(&self, value: &Value) -> Option<ObjectAt> {
        self.at.get(&value.address()?).copied()
    }

    /// How one writes what this hold refers to, and through which object it does where no expression leads on from
    /// there; `None` where only the base of an array leads there.
    fn path(&self, hold: HoldAt) -> Option<Path> {
        /// So many steps are written out.
        const LONGEST: usize = 12;
        let (mut steps, mut through) = (Vec::new(), None);
        let mut at = &self.holds[hold];
        let name = loop {
            let from = match at.from {
                From::Name(name) => break &self.names[name],
                From::Object(from) => from,
            };
            match &at.step {
                Step::Base => return None,
                Step::Way(Way::Inside) => {
                    steps.clear();
                    through = Some(from);
                }
                Step::Way(way) => steps.push(way),
                Step::Bound => {}
            }
            at = &self.holds[*self.objects[from].into.first()?];
        };
        let mut text = name.to_string();
        for (n, step) in steps.iter().rev().enumerate() {
            match steps.len() > LONGEST && n + 1 < steps.len() {
                true if n + 2 == steps.len() => text.push('…'),
                true if n > 2 => {}
                _ => text.push_str(&step.text().unwrap_or_default()),
            }
        }
        Some(Path { text, through: through.map(|object| self.objects[object].value.type_name()) })
    }

    /// How one writes this very array, where one can: by a name, else through a container. `_` comes last, since it
    /// moves on with the next value.
    pub fn name_of(&self, array: &ArrayRef) -> Option<String> {
        let object = &self.objects[*self.at.get(&(Rc::as_ptr(array) as *const u8 as usize))?];
        let named = |hold: &&HoldAt| match self.holds[**hold].from {
            From::Name(name) => &*self.names[name] != LAST,
            From::Object(_) => false,
        };
        let first = object.into.iter().find(named).into_iter().chain(&object.into);
        first.filter_map(|hold| self.path(*hold)).find(|path| path.through.is_none()).map(|path| path.text)
    }

    /// The references to arrays over buffer `id`, but those by a base, in the order in which they were found.
    fn holds_of(&self, id: BufferId) -> Vec<HoldAt> {
        let arrays = self.by_buffer.get(&id).into_iter().flatten();
        let into = arrays.flat_map(|array| self.objects[*array].into.iter().copied());
        let mut holds: Vec<HoldAt> = into.filter(|hold| !matches!(self.holds[*hold].step, Step::Base)).collect();
        holds.sort_unstable();
        holds
    }

    /// The ways from names of the workspace to arrays over buffer `id`.
    pub fn paths(&self, id: BufferId) -> Paths {
        if let Some(known) = self.paths.borrow().get(&id) {
            return known.clone();
        }
        let mut inside = FxHashSet::default();
        let (mut first, mut count) = (Vec::new(), self.others.get(&id).copied().unwrap_or(0));
        for hold in self.holds_of(id) {
            // an object that is no container is one way, whatever it holds
            let is_new = match self.way(hold) {
                None => false,
                Some(None) => true,
                Some(Some(object)) => inside.insert(object),
            };
            count += usize::from(is_new);
            if is_new && first.len() < FEW {
                first.extend(self.path(hold).map(|path| path.text));
            }
        }
        let paths = Paths { first: first.into(), count };
        self.paths.borrow_mut().insert(id, paths.clone());
        paths
    }

    /// Through which object that is no container this hold leads on from a name, if through one; `None` where only the
    /// base of an array leads there.
    fn way(&self, hold: HoldAt) -> Option<Option<ObjectAt>> {
        let mut through = None;
        let mut at = &self.holds[hold];
        while let From::Object(from) = at.from {
            match at.step {
                Step::Base => return None,
                Step::Way(Way::Inside) => through = Some(from),
                _ => {}
            }
            at = &self.holds[*self.objects[from].into.first()?];
        }
        Some(through)
    }

    /// The highest number of a buffer that is held; 0 where none is.
    pub fn newest_buffer(&self) -> BufferId {
        self.by_buffer.keys().copied().max().unwrap_or(0)
    }

    /// Every buffer that is held, once, by its owner among the arrays over it; in the order of their numbers.
    pub fn buffers(&self) -> Vec<ArrayRef> {
        let arrays = self.by_buffer.values().filter_map(|arrays| {
            let arrays = arrays.iter().filter_map(|array| self.objects[*array].array());
            arrays.min_by_key(|array| !array.owns_data())
        });
        let mut arrays: Vec<ArrayRef> = arrays.cloned().collect();
        arrays.sort_unstable_by_key(|array| array.buffer_ref().id());
        arrays
    }
}

/// The name of the last value at a prompt.
const LAST: &str = "_";

/// How one writes what a hold refers to.
struct Path {
    text: String,
    /// The class of the object that holds it, where no expression leads on from there.
    through: Option<&'static str>,
}

/// The array whose bytes these are, where the base is an object that holds it: a helper of NumPy's, a memoryview.
pub(super) fn array_behind(array: &ArrayRef) -> Option<ArrayRef> {
    let Base::Object(base) = array.base()? else { return None };
    let held = base.downcast_ref::<Value>()?.held_arrays();
    held.into_iter().find(|held| held.buffer_ref().id() == array.buffer_ref().id())
}

/// What an array keeps alive to have its bytes, where that can hold buffers.
fn base_value(array: &ArrayRef) -> Option<Value> {
    match array.base()? {
        Base::Array(base) => Some(Value::Array(base)),
        Base::Object(base) => base.downcast_ref::<Value>().filter(|value| value.is_holder()).cloned(),
    }
}
