//! Twins of values: what a plan works on, so that nothing it does reaches the values themselves.
//!
//! Lists, dicts and sets are copied, arrays stand over buffers without bytes. What is shared among the values is shared
//! among their twins.

use super::{Dict, List, Set, Value, reference_to, referred};
use crate::array::{ArrayRef, Base, Reference, reference};
use crate::error::{Result, runtime_error};
use crate::memory::{Buffer, Ledger};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The twins made so far, by where the values stand.
pub struct Twins {
    ledger: Rc<Ledger>,
    arrays: FxHashMap<usize, (ArrayRef, ArrayRef)>,
    buffers: FxHashMap<usize, Rc<Buffer>>,
    /// Each container with its twin; the container is kept, so that its place is not another's.
    containers: FxHashMap<usize, (Value, Value)>,
    left: usize,
}

impl Twins {
    /// None yet, for a plan that `ledger` accounts for; at most so many values will be copied.
    pub fn new(ledger: Rc<Ledger>, most: usize) -> Twins {
        let (arrays, buffers, containers) = Default::default();
        Twins { ledger, arrays, buffers, containers, left: most }
    }

    /// The twin of a value.
    ///
    /// # Errors
    /// `RuntimeError` for what cannot have one (an iterator), and where there are too many values.
    pub fn of(&mut self, value: &Value) -> Result<Value> {
        self.left = self.left.checked_sub(1).ok_or_else(|| runtime_error("too many values to plan with"))?;
        let known = value.address().and_then(|at| self.containers.get(&at));
        if let Some((_, twin)) = known {
            return Ok(twin.clone());
        }
        Ok(match value {
            Value::Array(array) => Value::Array(self.array(array)),
            Value::Tuple(items) => {
                let twin = Value::Tuple(items.iter().map(|item| self.of(item)).collect::<Result<_>>()?);
                self.keep(value, twin)
            }
            Value::List(list) => {
                let twin = Rc::new(List::default());
                let kept = self.keep(value, Value::List(Rc::clone(&twin)));
                let items = list.to_vec().iter().map(|item| self.of(item)).collect::<Result<Vec<_>>>()?;
                *twin.items_mut() = items;
                kept
            }
            Value::Dict(dict) => {
                let twin = Rc::new(Dict::default());
                let kept = self.keep(value, Value::Dict(Rc::clone(&twin)));
                for (key, value) in dict.entries() {
                    twin.insert(key, self.of(&value)?)?;
                }
                kept
            }
            Value::Set(set) => self.keep(value, Value::Set(Rc::new(Set::clone(set)))),
            Value::Method(method) => Value::Method(Rc::new((self.of(&method.0)?, method.1))),
            Value::Object(object) => {
                let twin = Rc::clone(object).twin(value, self)?;
                self.keep(value, twin)
            }
            plain => plain.clone(),
        })
    }

    fn keep(&mut self, value: &Value, twin: Value) -> Value {
        if let Some(at) = value.address() {
            self.containers.insert(at, (value.clone(), twin.clone()));
        }
        twin
    }

    /// The twin of an array: its header over a buffer that stands for its own.
    pub fn array(&mut self, array: &ArrayRef) -> ArrayRef {
        let at = Rc::as_ptr(array) as usize;
        if let Some((_, twin)) = self.arrays.get(&at) {
            return Rc::clone(twin);
        }
        let base = match array.base() {
            Some(Base::Array(base)) => Some(Base::Array(self.array(&base))),
            other => other,
        };
        let real = array.buffer();
        let ledger = &self.ledger;
        let place = Rc::as_ptr(&real) as usize;
        let is_new = !self.buffers.contains_key(&place);
        let mut buffer = Rc::clone(self.buffers.entry(place).or_insert_with(|| ledger.stand_in(&real)));
        if is_new && reference::may_hold(&real) {
            // the plan must not reach the objects that the elements refer to
            let twin_of = |reference: &Reference| self.of(&referred(reference)).map(|twin| reference_to(&twin));
            if let Ok(Some(bytes)) = reference::rewritten(&real, twin_of) {
                buffer = self.ledger.stand_in_with(&real, bytes);
                reference::attend_like(&buffer, &real);
                self.buffers.insert(place, Rc::clone(&buffer));
            }
        }
        let twin = array.stand_in(buffer, base);
        self.arrays.insert(at, (Rc::clone(array), Rc::clone(&twin)));
        twin
    }

    /// Lets go of the values, and gives what stands for their holders that have no twin: each array's twin is held
    /// as often as the array.
    pub fn finish(self) -> Vec<ArrayRef> {
        let Twins { arrays, buffers, containers, .. } = self;
        drop((buffers, containers));
        let missing = |(real, twin): &(ArrayRef, ArrayRef)| {
            let count = Rc::strong_count(real).saturating_sub(Rc::strong_count(twin));
            vec![Rc::clone(twin); count.min(1000)]
        };
        arrays.values().flat_map(missing).collect()
    }
}
