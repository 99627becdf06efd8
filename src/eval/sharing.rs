//! What if views did not share? Two rules beside NumPy's for who sees a write.
//!
//! Under both rules an array never shares bytes with another: what an expression gives is a private copy as soon as it
//! is a view of something that lives on. So no name sees a write through another array, and what differs is what it
//! costs: *always-copy* pays when the view is made, *copy-on-write* only when one of the sharers is written, which an
//! account of who would share tells.
//!
//! They also differ where two names are bound to one array. That is no view but one object, as everywhere in Python,
//! and copy-on-write leaves it so (pandas does). Under always-copy arrays never change (JAX): a statement that writes
//! binds its name to a new array instead.

use super::Evaluator;
use crate::array::copy::copy;
use crate::array::{ArrayRef, NdArray, Order, Runtime, Type, Write};
use crate::error::Result;
use crate::memory::{Buffer, BufferId, Ledger};
use crate::syntax::ast::{Expr, ExprKind};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::rc::{Rc, Weak};

/// A rule for who sees a write; NumPy's is the absence of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Views share until one of the sharers is written, which gets a copy first.
    CopyOnWrite,
    /// Views are copies, and writing binds the name to a new array.
    AlwaysCopy,
}

/// An array that would share a buffer.
struct Member {
    buffer: BufferId,
    alive: Weak<Buffer>,
    /// The bytes that a copy of what it shows takes.
    bytes: usize,
}

/// The arrays that would share one buffer.
struct Group {
    /// The buffer's bytes.
    bytes: usize,
    members: Vec<Member>,
}

/// A rule at work, and what it costs.
pub struct Sharing {
    rule: Rule,
    /// Bytes that the rule has copied.
    copied: usize,
    groups: Vec<Group>,
}

impl Sharing {
    /// The rule at the start of a program.
    pub fn new(rule: Rule) -> Sharing {
        Sharing { rule, copied: 0, groups: Vec::new() }
    }

    /// The rule.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The bytes that the rule has copied since the last look.
    pub fn take_copied(&mut self) -> usize {
        std::mem::take(&mut self.copied)
    }

    /// Enters that `view` would share the buffer of `source`. `bytes` is what it shows.
    fn join(&mut self, source: &Rc<Buffer>, view: &Rc<Buffer>, bytes: usize) {
        let member = |buffer: &Rc<Buffer>, bytes| Member { buffer: buffer.id(), alive: Rc::downgrade(buffer), bytes };
        let has = |group: &Group| group.members.iter().any(|member| member.buffer == source.id());
        let new = member(view, bytes);
        match self.groups.iter_mut().find(|group| has(group)) {
            Some(group) => group.members.push(new),
            None => {
                let bytes = source.len();
                self.groups.push(Group { bytes, members: vec![member(source, bytes), new] });
            }
        }
    }

    /// Counts what these writes of a statement cost. `before` is the newest buffer before it: under always-copy an
    /// older one was written by a call, and would have been a new array, of as many bytes as `size_of` tells.
    pub fn settle(&mut self, writes: &[Write], before: BufferId, size_of: impl Fn(BufferId) -> usize) {
        let mut written: Vec<BufferId> = writes.iter().map(|write| write.buffer).collect();
        written.sort_unstable();
        written.dedup();
        match self.rule {
            Rule::AlwaysCopy => {
                let older = written.into_iter().filter(|&buffer| buffer <= before);
                self.copied += older.map(size_of).sum::<usize>();
            }
            Rule::CopyOnWrite => written.into_iter().for_each(|buffer| self.detach(buffer)),
        }
        self.groups.retain(|group| group.members.iter().any(|member| member.alive.strong_count() > 0));
    }

    /// The array over `buffer` was written: where others share with it, it has its own bytes from now on.
    fn detach(&mut self, buffer: BufferId) {
        let Some(group) = self.groups.iter_mut().find(|group| group.members.iter().any(|m| m.buffer == buffer)) else {
            return;
        };
        let is_shared = group.members.iter().any(|m| m.buffer != buffer && m.alive.strong_count() > 0);
        let Some(at) = group.members.iter().position(|member| member.buffer == buffer).filter(|_| is_shared) else {
            return;
        };
        let member = group.members.swap_remove(at);
        self.copied += member.bytes;
        self.groups.push(Group { bytes: member.bytes, members: vec![member] });
    }

    /// The bytes that would live: those of every shared buffer once.
    pub fn live(&self, ledger: &Ledger) -> usize {
        let mut live = ledger.live();
        for group in &self.groups {
            let members: Vec<Rc<Buffer>> = group.members.iter().filter_map(|member| member.alive.upgrade()).collect();
            if !members.is_empty() {
                let held: usize = members.iter().map(|buffer| buffer.len()).sum();
                live = (live + group.bytes).saturating_sub(held);
            }
        }
        live
    }
}

/// Whether something else that lives on uses the bytes of this view.
fn shares(array: &ArrayRef) -> bool {
    // the view holds its base once, and this function
    array.base_array().is_some_and(|base| Rc::strong_count(&base) > 2)
}

/// An array of its own with the same layout over the same bytes: what lies between the first and the last byte is
/// copied as it is.
///
/// # Errors
/// `MemoryError`.
pub fn duplicate(runtime: &Runtime, array: &NdArray) -> Result<ArrayRef> {
    let mut layout = array.layout().clone();
    let (low, high) = layout.byte_range().unwrap_or((0, 0));
    let (low, high) = (low.max(0) as usize, high.max(0) as usize);
    let bytes = NdArray::zeros(runtime, Type::UInt8.into(), &[high.saturating_sub(low)], Order::C)?;
    let (from, to) = (array.buffer(), bytes.buffer());
    for (from, to) in from.cells().iter().skip(low).zip(to.cells()) {
        to.set(from.get());
    }
    layout.offset = layout.offset.saturating_sub(low);
    bytes.set_layout(layout);
    bytes.set_writeable(array.is_writeable());
    Ok(bytes)
}

impl Evaluator {
    /// What `value`, which `expr` gave, is under the rule for views that is in force.
    #[inline]
    pub(super) fn unshared(&mut self, expr: &Expr, value: Value) -> Result<Value> {
        match (&value, &expr.kind) {
            _ if self.sharing.is_none() => Ok(value),
            // what has a name was unshared when it got that, and what there is in containers when it got there
            (_, ExprKind::Name(_)) => Ok(value),
            (Value::Array(_), _) | (_, ExprKind::Call(..)) => self.unshare(value),
            _ => Ok(value),
        }
    }

    /// Puts a rule in force, and makes everything that has a name obey it.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn obey(&mut self, rule: Rule) -> Result<()> {
        self.sharing = Some(Box::new(Sharing::new(rule)));
        let names: Vec<(Rc<str>, Value)> =
            self.workspace.entries().into_iter().map(|(name, value)| (Rc::clone(name), value.clone())).collect();
        let mut known = FxHashMap::default();
        for (name, value) in &names {
            let value = self.unshare_within(value.clone(), 0, &mut known)?;
            self.workspace.set(name, value);
        }
        self.sharing.iter_mut().for_each(|sharing| sharing.copied = 0);
        Ok(())
    }

    /// The value without arrays that share bytes with others; an array that has its bytes for itself stays the same.
    /// Tuples, lists and dicts are followed.
    pub(super) fn unshare(&mut self, value: Value) -> Result<Value> {
        if self.sharing.is_none() {
            return Ok(value);
        }
        self.unshare_within(value, 0, &mut FxHashMap::default())
    }

    /// As [`Evaluator::unshare`], `depth` containers down. `known` has what became of each array and container so far.
    fn unshare_within(&mut self, value: Value, depth: usize, known: &mut FxHashMap<usize, Value>) -> Result<Value> {
        let is_container = matches!(value, Value::Tuple(_) | Value::List(_) | Value::Dict(_));
        let at = value.address().filter(|_| is_container || matches!(value, Value::Array(_)));
        if let Some(value) = at.and_then(|at| known.get(&at)) {
            return Ok(value.clone());
        }
        if is_container && depth > MAX_DEPTH {
            return Ok(value);
        }
        known.extend(at.map(|at| (at, value.clone())));
        match value {
            Value::Array(array) if shares(&array) || self.must_grow(&array) => {
                let own = Value::Array(self.own(&array)?);
                known.extend(at.map(|at| (at, own.clone())));
                Ok(own)
            }
            Value::Tuple(items) => {
                let mut own = Vec::with_capacity(items.len());
                for item in items.iter() {
                    own.push(self.unshare_within(item.clone(), depth + 1, known)?);
                }
                let is_same = own.iter().zip(items.iter()).all(|(own, item)| own.is(item) || !holds(item));
                let own = if is_same { Value::Tuple(items) } else { Value::tuple(own) };
                known.extend(at.map(|at| (at, own.clone())));
                Ok(own)
            }
            Value::List(list) => {
                let items = list.to_vec();
                for (n, item) in items.into_iter().enumerate().filter(|(_, item)| holds(item)) {
                    let own = self.unshare_within(item, depth + 1, known)?;
                    if let Some(place) = list.items_mut().get_mut(n) {
                        *place = own;
                    }
                }
                Ok(Value::List(list))
            }
            Value::Dict(dict) => {
                for (key, item) in dict.entries().into_iter().filter(|(_, item)| holds(item)) {
                    let own = self.unshare_within(item, depth + 1, known)?;
                    dict.insert(key, own)?;
                }
                Ok(Value::Dict(dict))
            }
            other => Ok(other),
        }
    }

    /// Whether a rule without views has to make room for what this one shows more than once.
    fn must_grow(&self, view: &NdArray) -> bool {
        let makes_no_views = self.sharing.as_ref().is_some_and(|sharing| sharing.rule == Rule::AlwaysCopy);
        makes_no_views && view.layout().nbytes() > view.buffer_ref().len()
    }

    /// A private copy of a view.
    fn own(&mut self, view: &ArrayRef) -> Result<ArrayRef> {
        let runtime = &self.context.runtime;
        let Some(sharing) = &mut self.sharing else { return Ok(Rc::clone(view)) };
        let bytes = view.layout().nbytes();
        match sharing.rule {
            Rule::CopyOnWrite => {
                let own = duplicate(runtime, view)?;
                sharing.join(&view.buffer(), &own.buffer(), bytes);
                Ok(own)
            }
            Rule::AlwaysCopy => {
                let own = copy(runtime, view, Order::C)?;
                sharing.copied += bytes;
                Ok(own)
            }
        }
    }

    /// What a statement writes into where it writes into `object`, the value of `target`: under always-copy a new array
    /// that the target is bound to, if it can be. What nobody else holds is written where it stands.
    pub(super) fn written(&mut self, target: &Expr, object: Value) -> Result<Value> {
        let is_held = matches!(&object, Value::Array(array) if Rc::strong_count(array) > 1);
        if self.sharing.is_none() || !is_held {
            return Ok(object);
        }
        let new = self.renewed(object.clone())?;
        if !new.is(&object) && matches!(target.kind, ExprKind::Name(_) | ExprKind::Subscript(..)) {
            self.assign(target, new.clone())?;
        }
        Ok(new)
    }

    /// A new array in the place of one that is about to be written, where arrays never change.
    pub(super) fn renewed(&mut self, value: Value) -> Result<Value> {
        match (&mut self.sharing, &value) {
            (Some(sharing), Value::Array(array)) if sharing.rule == Rule::AlwaysCopy => {
                let new = copy(&self.context.runtime, array, Order::C)?;
                sharing.copied += new.layout().nbytes();
                Ok(Value::Array(new))
            }
            _ => Ok(value),
        }
    }
}

/// Containers are followed this deep.
const MAX_DEPTH: usize = 50;

/// Whether a value may hold arrays.
fn holds(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Tuple(_) | Value::List(_) | Value::Dict(_))
}
