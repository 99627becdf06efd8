//! What a value keeps alive: the values in it, and how one gets to each.

use super::{Value, referred, repr};
use crate::array::{ArrayRef, Item, elements, reference};
use crate::array::{Order, Shape};
use std::rc::Rc;

/// How one gets from a value to one that it holds.
#[derive(Clone)]
pub enum Way {
    /// `value[0]`
    Index(usize),
    /// `value['key']`
    Key(Value),
    /// `value[0, 1]`, an element of an array
    Element(Shape),
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
            Way::Element(index) => {
                Some(format!("[{}]", index.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")))
            }
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
            Value::Array(array) => reference::may_hold(&array.buffer_ref()),
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
            Value::Array(array) => {
                visit_elements(array, &mut |index, value| visit(&|| Way::Element(index.clone()), value))
            }
            Value::Object(object) => object.held().iter().for_each(|(way, value)| visit(&|| way.clone(), value)),
            _ => {}
        }
    }
}

/// Visits the values that the elements of an object array refer to, with their indices.
fn visit_elements(array: &ArrayRef, visit: &mut dyn FnMut(&Shape, &Value)) {
    if !array.layout().dtype.has_object() || !reference::may_hold(&array.buffer_ref()) {
        return;
    }
    let shape = array.shape();
    let mut index: Shape = shape.iter().map(|_| 0).collect();
    for item in elements::items(array, Order::C) {
        visit_item(&index, &item, visit);
        for (place, length) in index.iter_mut().zip(&shape).rev() {
            *place += 1;
            if *place < *length {
                break;
            }
            *place = 0;
        }
    }
}

fn visit_item(index: &Shape, item: &Item, visit: &mut dyn FnMut(&Shape, &Value)) {
    match item {
        Item::Object(reference) => visit(index, &referred(reference)),
        Item::Fields(items) | Item::Array(_, items) => items.iter().for_each(|item| visit_item(index, item, visit)),
        _ => {}
    }
}
