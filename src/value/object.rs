//! What an object of a kind that joins later must be able to do: flags, iterators, `finfo`, memoryviews, ...

use super::{Class, Items, Twins, Value, Way};
use crate::array::{ArrayRef, printing::PrintOptions};
use crate::error::{Result, runtime_error, type_error};
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use std::any::Any;
use std::rc::Rc;

/// An object that is not one of the built-in kinds of [`Value`]. Everything but class and repr has Python's
/// default answer. `this` is the object itself as a value, for results that keep it alive.
pub trait Object: Any {
    /// `type(x)`.
    fn class(&self) -> &'static Class;

    /// `repr(x)`.
    fn repr(&self, options: &PrintOptions) -> String;

    /// `str(x)`.
    fn str(&self, options: &PrintOptions) -> String {
        self.repr(options)
    }

    /// `x.name`; `None` where there is no such attribute (a registered method may still be found).
    fn attribute(&self, _context: &mut Context, _this: &Value, _name: &str) -> Option<Result<Value>> {
        None
    }

    /// `x.name = value`; `None` where there is no such attribute.
    fn set_attribute(&self, _context: &mut Context, _name: &str, _value: &Value) -> Option<Result<()>> {
        None
    }

    /// The attributes that completion offers.
    fn attributes(&self) -> &'static [&'static str] {
        &[]
    }

    /// `x[index]`.
    fn item(&self, _context: &mut Context, _this: &Value, _index: &Value) -> Result<Value> {
        Err(type_error(format!("'{}' object is not subscriptable", self.class().name)))
    }

    /// `x[index] = value`.
    fn set_item(&self, _context: &mut Context, _index: &Value, _value: &Value) -> Result<()> {
        Err(type_error(format!("'{}' object does not support item assignment", self.class().name)))
    }

    /// `len(x)`; `None` where it has none.
    fn length(&self) -> Option<usize> {
        None
    }

    /// `iter(x)`; `None` where it cannot be iterated.
    fn iterate(&self, _this: &Value) -> Option<Items> {
        None
    }

    /// Whether it is an iterator: `next(x)` gives its next item.
    fn is_iterator(&self) -> bool {
        false
    }

    /// The next item of an iterator, which may have to call functions for it; `None` at its end.
    fn next(&self, _context: &mut Context) -> Option<Result<Value>> {
        None
    }

    /// `item in x`; `None` looks through the items.
    fn contains(&self, _item: &Value) -> Option<Result<bool>> {
        None
    }

    /// `x(...)`; `None` where it cannot be called.
    fn call(
        &self,
        _context: &mut Context,
        _positional: Vec<Value>,
        _keywords: Vec<(Rc<str>, Value)>,
    ) -> Option<Result<Value>> {
        None
    }

    /// `x op other`, or with `is_right` `other op x`; `None` where it knows no such operator.
    fn operate(
        &self,
        _context: &mut Context,
        _op: BinaryOp,
        _this: &Value,
        _other: &Value,
        _is_right: bool,
    ) -> Option<Result<Value>> {
        None
    }

    /// `op x`; `None` where it knows no such operator.
    fn operate_alone(&self, _context: &mut Context, _op: UnaryOp, _this: &Value) -> Option<Result<Value>> {
        None
    }

    /// `x op other` for an order or an equality that gives more than a truth; `None` where [`Object::equal`] decides.
    fn compare(&self, _context: &mut Context, _op: CompareOp, _other: &Value) -> Option<Result<Value>> {
        None
    }

    /// `x == other`; `None` compares identities.
    fn equal(&self, _other: &Value) -> Option<bool> {
        None
    }

    /// `hash(x)`; `None` is that of the identity.
    fn hash(&self) -> Option<Result<i64>> {
        None
    }

    /// As an array, where NumPy would make one of it.
    fn as_array(&self, _context: &mut Context) -> Option<Result<ArrayRef>> {
        None
    }

    /// Its truth; `None` asks its length.
    fn truth(&self) -> Option<bool> {
        None
    }

    /// The values it keeps alive, and how one gets to each.
    fn held(&self) -> Vec<(Way, Value)> {
        Vec::new()
    }

    /// What a plan uses in its place, so that nothing the plan does reaches the object. `this` itself where using it
    /// changes nothing.
    ///
    /// # Errors
    /// `RuntimeError` where there is no such thing: an iterator moves on when it is used.
    fn twin(&self, this: &Value, _twins: &mut Twins) -> Result<Value> {
        if self.is_iterator() || !self.held().is_empty() {
            let class = self.class().qualified();
            return Err(runtime_error(format!("a plan cannot use a '{class}' object: using it would change it")));
        }
        Ok(this.clone())
    }

    /// A copy with a state of its own, which has nothing to do with the state of this one; `None` where there is none.
    fn replica(&self) -> Option<Value> {
        None
    }

    /// As its own type, for the functions that know it.
    fn as_any(&self) -> &dyn Any;
}

impl Value {
    /// As an object of Rust type `T`.
    pub fn downcast<T: Object>(&self) -> Option<&T> {
        match self {
            Value::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }
}
