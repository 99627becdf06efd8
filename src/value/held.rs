//! What a value keeps alive: the values in it, and how one gets to each.

use super::{Value, repr};
use crate::array::ArrayRef;
use std::rc::Rc;

/// How one gets from a value to one that it holds.
#[derive(Clone)]
pub enum Way {
    /// `value[0]`
    Index(usize),
    /// `value['key']`
    Key(Value),
    /// `value.name`
    Attribute(&'static str),
    /// No expression leads there: the items of a set, what an iterator goes over, the array of a bound method.
    Inside,
}

impl Way {
    /// As it stands behind the holder's own text; nothing where no expression leads there.
    pub fn text(&self) -> Option<String> {
        match self {
            Way::Index(index) => Some(format!("[{index}]")),
            Way::Key(key) => Some(format!("[{}]", repr(key, &Default::default()))),
            Way::Attribute(name) => Some(format!(".{name}")),
            Way::Inside => None,
        }
    }
}

impl Value {
    /// Whether it can hold other values, so that a look into it is worth while.
    pub fn is_holder(&self) -> bool {
        match self {
            Value::Tuple(items) => !items.is_empty(),
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) | Value::Method(_) => true,
            Value::Object(_) => true,
            _ => false,
        }
    }

    /// The array that it is, or the arrays that it directly keeps alive.
    pub fn held_arrays(&self) -> Vec<ArrayRef> {
        if let Value::Array(array) = self {
            return vec![Rc::clone(array)];
        }
        let mut arrays = Vec::new();
        self.visit_held(&mut |_, held| {
            if let Value::Array(array) = held {
                arrays.push(Rc::clone(array));
            }
        });
        arrays
    }

    /// Visits the values that it directly keeps alive, in order, those that hold nothing and are no arrays left out.
    pub fn visit_held(&self, visit: &mut dyn FnMut(Way, &Value)) {
        let matters = |value: &Value| matches!(value, Value::Array(_)) || value.is_holder();
        let mut visit = |way: &dyn Fn() -> Way, value: &Value| {
            if matters(value) {
                visit(way(), value);
            }
        };
        match self {
            Value::Tuple(items) => items.iter().enumerate().for_each(|(i, item)| visit(&|| Way::Index(i), item)),
            Value::List(list) => list.items().iter().enumerate().for_each(|(i, item)| visit(&|| Way::Index(i), item)),
            Value::Dict(dict) => {
                for (key, value) in dict.entries() {
                    visit(&|| Way::Inside, &key);
                    visit(&|| Way::Key(key.clone()), &value);
                }
            }
            Value::Set(set) => set.keys().iter().for_each(|key| visit(&|| Way::Inside, key)),
            Value::Slice(slice) => {
                for (name, part) in [("start", &slice.start), ("stop", &slice.stop), ("step", &slice.step)] {
                    visit(&|| Way::Attribute(name), part);
                }
            }
            Value::Method(method) => visit(&|| Way::Inside, &method.0),
            Value::Object(object) => object.held().iter().for_each(|(way, value)| visit(&|| way.clone(), value)),
            _ => {}
        }
    }
}
