//! Python's module `copy`: shallow and deep copies.

use crate::array::{ArrayRef, Item, Order, Reference, elements, reference};
use crate::error::{Error, ErrorClass, Result};
use crate::registry::{Arguments, Context, Function, MemoryRule, Reader, Run, Section};
use crate::value::{Dict, List, Set, Value, reference_to, referred};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "copy.copy",
        signature: "(x)",
        method: None,
        summary: "A new object with the same items; what cannot change comes back itself.",
        memory: MemoryRule::New,
        notes: "Of an array a copy. The objects in an array of objects, a list or a dict are the same as before.",
        example: r"
>>> import copy
>>> o = np.array([1, [2, 3]], dtype=object)
>>> p = copy.copy(o)
>>> p is o, p[1] is o[1]
(False, True)
",
        see_also: &["copy.deepcopy", "np.copy"],
        run: Run::Read(Reader::Python, |context, arguments| shallow(context, &arguments.get("x"))),
    },
    Function {
        name: "copy.deepcopy",
        signature: "(x, memo=None, _nil=[])",
        method: None,
        summary: "A new object with new items, all the way down.",
        memory: MemoryRule::New,
        notes: "`a.copy()` of an array of objects copies references alone; this copies the objects too.",
        example: r"
>>> import copy
>>> o = np.array([1, [2, 3]], dtype=object)
>>> p = copy.deepcopy(o)
>>> p[1].append(4)
>>> o, p
(array([1, list([2, 3])], dtype=object), array([1, list([2, 3, 4])], dtype=object))
",
        see_also: &["copy.copy"],
        run: Run::Read(Reader::Python, deepcopy),
    },
];

fn shallow(context: &mut Context, value: &Value) -> Result<Value> {
    Ok(match value {
        Value::Array(array) => Value::Array(crate::array::copy::copy(&context.runtime, array, Order::K)?),
        Value::List(list) => Value::list(list.to_vec()),
        Value::Dict(dict) => Value::Dict(Rc::new(Dict::new(dict.entries())?)),
        Value::Set(set) => Value::Set(Rc::new(Set::new(set.keys())?)),
        Value::Object(object) => object.replica().unwrap_or_else(|| value.clone()),
        other => other.clone(),
    })
}

fn deepcopy(context: &mut Context, arguments: &mut Arguments) -> Result<Value> {
    let mut copies = Copies { context, known: FxHashMap::default(), depth: 0 };
    copies.of(&arguments.get("x"))
}

/// The copies made so far, by where the objects stand; an object that comes twice is copied once.
struct Copies<'c> {
    context: &'c mut Context,
    known: FxHashMap<usize, (Value, Value)>,
    depth: usize,
}

impl Copies<'_> {
    fn of(&mut self, value: &Value) -> Result<Value> {
        const MAX_DEPTH: usize = 300;
        let at = value.address();
        if let Some((_, copy)) = at.and_then(|at| self.known.get(&at)) {
            return Ok(copy.clone());
        }
        if self.depth > MAX_DEPTH {
            return Err(Error::new(ErrorClass::RecursionError, "maximum recursion depth exceeded"));
        }
        self.depth += 1;
        let copy = self.copy(value);
        self.depth -= 1;
        copy
    }

    fn keep(&mut self, value: &Value, copy: &Value) {
        if let Some(at) = value.address() {
            self.known.insert(at, (value.clone(), copy.clone()));
        }
    }

    fn copy(&mut self, value: &Value) -> Result<Value> {
        Ok(match value {
            Value::Array(array) => {
                let copy = crate::array::copy::copy(&self.context.runtime, array, Order::K)?;
                self.keep(value, &Value::Array(Rc::clone(&copy)));
                self.copy_elements(&copy)?;
                Value::Array(copy)
            }
            Value::List(list) => {
                let copy = Rc::new(List::default());
                self.keep(value, &Value::List(Rc::clone(&copy)));
                for item in list.to_vec() {
                    let item = self.of(&item)?;
                    copy.items_mut().push(item);
                }
                Value::List(copy)
            }
            Value::Tuple(items) => {
                let copies = items.iter().map(|item| self.of(item)).collect::<Result<Vec<_>>>()?;
                // a tuple of what cannot change is the same tuple
                let same = items.iter().zip(&copies).all(|(item, copy)| item.is(copy));
                let copy = if same { value.clone() } else { Value::tuple(copies) };
                self.keep(value, &copy);
                copy
            }
            Value::Dict(dict) => {
                let copy = Rc::new(Dict::default());
                self.keep(value, &Value::Dict(Rc::clone(&copy)));
                for (key, item) in dict.entries() {
                    copy.insert(self.of(&key)?, self.of(&item)?)?;
                }
                Value::Dict(copy)
            }
            Value::Set(set) => {
                let copy = Value::Set(Rc::new(Set::new(set.keys())?));
                self.keep(value, &copy);
                copy
            }
            Value::Object(object) => object.replica().unwrap_or_else(|| value.clone()),
            other => other.clone(),
        })
    }

    /// Puts copies in the place of the objects that the elements of a new array refer to.
    fn copy_elements(&mut self, array: &ArrayRef) -> Result<()> {
        if !array.layout().dtype.has_object() || !reference::may_hold(&array.buffer_ref()) {
            return Ok(());
        }
        let dtype = array.dtype();
        let items: Vec<Item> = elements::items(array, Order::C).collect();
        for (number, item) in items.into_iter().enumerate() {
            let item = self.copy_item(item)?;
            let offset = array.layout().offset_of(number);
            item.write(&array.buffer_ref(), offset, &dtype)?;
        }
        Ok(())
    }

    fn copy_item(&mut self, item: Item) -> Result<Item> {
        let mut all = |items: Vec<Item>| items.into_iter().map(|item| self.copy_item(item)).collect::<Result<Vec<_>>>();
        Ok(match item {
            Item::Object(reference) => Item::Object(self.copy_reference(&reference)?),
            Item::Fields(items) => Item::Fields(all(items)?),
            Item::Array(shape, items) => Item::Array(shape, all(items)?),
            other => other,
        })
    }

    fn copy_reference(&mut self, reference: &Reference) -> Result<Reference> {
        Ok(reference_to(&self.of(&referred(reference))?))
    }
}
