//! The arrays that can be reached from names of a workspace, in one pass.

use crate::array::ArrayRef;
use crate::value::{Value, repr};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// An array and how one reaches it.
pub(super) struct Reached {
    /// `a`, `things[0]`, `d['x']`.
    pub path: String,
    /// The name it starts with.
    pub name: Rc<str>,
    /// The array.
    pub array: ArrayRef,
    /// Whether the array is there itself: not only held by an iterator, a bound method or the like.
    pub is_value: bool,
}

/// Containers are followed this deep.
const MAX_DEPTH: usize = 8;
/// Values in containers that are looked at, at most.
const PATIENCE: usize = 1 << 18;

/// Every array for which `wanted` holds, by the first way that leads to it from each of `names`, in their order.
/// Every container is entered once.
pub(super) fn arrays(names: Vec<(&Rc<str>, &Value)>, wanted: impl Fn(&ArrayRef) -> bool) -> Vec<Reached> {
    let mut search =
        Search { wanted, entered: FxHashSet::default(), left: PATIENCE, way: Vec::new(), found: Vec::new() };
    for (name, value) in names {
        search.look(name, value);
    }
    search.found
}

/// One step of a way into containers.
enum Part {
    Place(usize),
    Key(Value),
}

struct Search<F> {
    wanted: F,
    /// The addresses of the containers that were entered.
    entered: FxHashSet<usize>,
    left: usize,
    way: Vec<Part>,
    found: Vec<Reached>,
}

impl<F: Fn(&ArrayRef) -> bool> Search<F> {
    fn look(&mut self, name: &Rc<str>, value: &Value) {
        match value {
            Value::Array(array) => self.meet(name, array, true),
            Value::Tuple(items) if self.enters(items.as_ptr() as usize) => self.look_at_items(name, items),
            Value::List(list) if self.enters(Rc::as_ptr(list) as usize) => self.look_at_items(name, &list.items()),
            Value::Dict(dict) if self.enters(Rc::as_ptr(dict) as usize) => {
                for (key, value) in dict.entries() {
                    if self.spend() {
                        self.way.push(Part::Key(key));
                        self.look(name, &value);
                        self.way.pop();
                    }
                }
            }
            Value::Object(_) | Value::Method(_) => {
                value.held_arrays().iter().for_each(|array| self.meet(name, array, false));
            }
            _ => {}
        }
    }

    fn look_at_items(&mut self, name: &Rc<str>, items: &[Value]) {
        for (n, item) in items.iter().enumerate() {
            if !self.spend() {
                return;
            }
            self.way.push(Part::Place(n));
            self.look(name, item);
            self.way.pop();
        }
    }

    fn enters(&mut self, address: usize) -> bool {
        self.way.len() < MAX_DEPTH && self.entered.insert(address)
    }

    fn spend(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }

    fn meet(&mut self, name: &Rc<str>, array: &ArrayRef, is_value: bool) {
        if (self.wanted)(array) {
            let mut path = name.to_string();
            for part in &self.way {
                match part {
                    Part::Place(n) => path.push_str(&format!("[{n}]")),
                    Part::Key(key) => path.push_str(&format!("[{}]", repr(key, &Default::default()))),
                }
            }
            self.found.push(Reached { path, name: Rc::clone(name), array: Rc::clone(array), is_value });
        }
    }
}
