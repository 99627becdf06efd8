//! Values once more, over bytes of their own: for those who run statements that must leave no trace.
//!
//! What shares in the original shares in the replica: views of one buffer stay views of one buffer, two names for one
//! list stay two names for one list.

use crate::array::{ArrayRef, Layout, NdArray, Order, Runtime, Type};
use crate::error::Result;
use crate::eval::duplicate;
use crate::value::{Dict, List, Set, Value};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Containers are followed this deep.
const MAX_DEPTH: usize = 50;

/// Makes replicas that belong together.
pub(super) struct Replicas<'r> {
    runtime: &'r Runtime,
    arrays: FxHashMap<usize, ArrayRef>,
    containers: FxHashMap<usize, Value>,
}

impl<'r> Replicas<'r> {
    /// Replicas whose bytes this runtime's ledger counts.
    pub(super) fn new(runtime: &'r Runtime) -> Replicas<'r> {
        Replicas { runtime, arrays: FxHashMap::default(), containers: FxHashMap::default() }
    }

    /// The replica of a value; `None` for an object that only its own code could copy (an iterator, a memoryview), and for what holds one.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(super) fn of(&mut self, value: &Value) -> Result<Option<Value>> {
        self.within(value, 0)
    }

    fn within(&mut self, value: &Value, depth: usize) -> Result<Option<Value>> {
        if depth > MAX_DEPTH {
            return Ok(None);
        }
        if let Some(known) = value.address().and_then(|at| self.containers.get(&at)) {
            return Ok(Some(known.clone()));
        }
        Ok(match value {
            Value::Array(array) => Some(Value::Array(self.array(array)?)),
            Value::Tuple(items) => {
                let new = self.items(items, depth)?.map(Value::tuple);
                new.iter().for_each(|new| self.keep(value, new.clone()));
                new
            }
            Value::List(list) => {
                let new = Rc::new(List::default());
                self.keep(value, Value::List(Rc::clone(&new)));
                self.items(&list.to_vec(), depth)?.map(|items| {
                    new.extend(items);
                    Value::List(new)
                })
            }
            Value::Dict(dict) => {
                let new = Rc::new(Dict::default());
                self.keep(value, Value::Dict(Rc::clone(&new)));
                for (key, value) in dict.entries() {
                    let Some(value) = self.within(&value, depth + 1)? else { return Ok(None) };
                    new.insert(key, value)?;
                }
                Some(Value::Dict(new))
            }
            Value::Set(set) => {
                let new = Value::Set(Rc::new(Set::new(set.keys())?));
                self.keep(value, new.clone());
                Some(new)
            }
            Value::Method(method) => {
                self.within(&method.0, depth + 1)?.map(|of| Value::Method(Rc::new((of, method.1))))
            }
            Value::Object(object) => {
                let new = object.replica();
                new.iter().for_each(|new| self.keep(value, new.clone()));
                new
            }
            other => Some(other.clone()),
        })
    }

    fn keep(&mut self, value: &Value, replica: Value) {
        if let Some(at) = value.address() {
            self.containers.insert(at, replica);
        }
    }

    fn items(&mut self, items: &[Value], depth: usize) -> Result<Option<Vec<Value>>> {
        items.iter().map(|item| self.within(item, depth + 1)).collect()
    }

    fn array(&mut self, array: &ArrayRef) -> Result<ArrayRef> {
        let at = Rc::as_ptr(array) as usize;
        if let Some(known) = self.arrays.get(&at) {
            return Ok(Rc::clone(known));
        }
        let owner = NdArray::owner(array);
        let replica = if Rc::ptr_eq(&owner, array) {
            self.owner(array)?
        } else {
            let view = NdArray::view(&self.array(&owner)?, array.layout().clone());
            view.set_writeable(array.is_writeable());
            view
        };
        self.arrays.insert(at, Rc::clone(&replica));
        Ok(replica)
    }

    /// The replica of an array that owns its bytes, or borrows them from another object: all of them, since its views
    /// may reach more than it does.
    fn owner(&self, array: &ArrayRef) -> Result<ArrayRef> {
        let layout = array.layout().clone();
        let whole = Layout::contiguous(Type::UInt8.into(), &[array.buffer().len()], Order::C);
        let bytes = NdArray::view(array, whole);
        let replica = duplicate(self.runtime, &bytes)?;
        replica.set_layout(layout);
        replica.set_writeable(array.is_writeable());
        Ok(replica)
    }
}
