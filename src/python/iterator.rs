//! Iterators: what `iter`, `zip`, `enumerate`, `map`, `filter` and `reversed` give.
//!
//! Each takes an item from its sources only when it is asked for one, as in Python, so a `map` calls its function late
//! and keeps its sources alive until then.

use crate::array::printing::PrintOptions;
use crate::error::{Result, type_error, value_error};
use crate::registry::{Context, call};
use crate::syntax::ast::CompareOp;
use crate::value::{Class, Cursor, Int, Items, Object, Value, Way, classes, entry, is_true};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::integer;

/// Where an iterator's items come from.
enum Source {
    /// Nothing more comes.
    Done,
    /// One iterable.
    Plain(Cursor),
    /// An iterable with its items numbered.
    Enumerate(Cursor, Int),
    /// Several iterables side by side; whether they must be of one length.
    Zip(Vec<Cursor>, bool),
    /// A function of the items of several iterables.
    Map(Value, Vec<Cursor>),
    /// The items of which a function is true; of `None` those that are true themselves.
    Filter(Value, Cursor),
    /// A function called until it gives the sentinel.
    Calls(Value, Value),
}

/// An iterator.
pub struct Iterator {
    class: &'static Class,
    source: RefCell<Source>,
    /// What it iterates, to say which arrays it keeps alive.
    over: Vec<Value>,
}

fn cursors(sources: &[Value]) -> Result<Vec<Cursor>> {
    sources.iter().map(Cursor::over).collect()
}

impl Iterator {
    fn value(class: &'static Class, source: Source, over: Vec<Value>) -> Value {
        Value::object(Iterator { class, source: RefCell::new(source), over })
    }

    /// An iterator of `class` over these items of `over`.
    pub fn over_items(class: &'static Class, items: Items, over: Value) -> Value {
        Iterator::value(class, Source::Plain(Cursor::Items(items)), vec![over])
    }

    /// `iter(value)`: an iterator is its own.
    ///
    /// # Errors
    /// `TypeError: 'int' object is not iterable`.
    pub fn of(value: &Value) -> Result<Value> {
        let class = match value {
            Value::Object(object) if object.is_iterator() => return Ok(value.clone()),
            Value::List(_) => &classes::LIST_ITERATOR,
            Value::Tuple(_) => &classes::TUPLE_ITERATOR,
            Value::Str(text) if text.is_ascii() => &classes::STR_ASCII_ITERATOR,
            Value::Str(_) => &classes::STR_ITERATOR,
            Value::Bytes(_) => &classes::BYTES_ITERATOR,
            Value::Range(_) => &classes::RANGE_ITERATOR,
            Value::Set(_) => &classes::SET_ITERATOR,
            Value::Dict(_) => &classes::DICT_KEYITERATOR,
            Value::Object(object) => match object.class().name {
                "dict_keys" => &classes::DICT_KEYITERATOR,
                "dict_values" => &classes::DICT_VALUEITERATOR,
                "dict_items" => &classes::DICT_ITEMITERATOR,
                "frozenset" => &classes::SET_ITERATOR,
                "bytearray" => &classes::BYTEARRAY_ITERATOR,
                _ => &classes::ITERATOR,
            },
            _ => &classes::ITERATOR,
        };
        Ok(Iterator::value(class, Source::Plain(Cursor::over(value)?), vec![value.clone()]))
    }

    /// `iter(function, sentinel)`.
    pub fn of_calls(function: Value, sentinel: Value) -> Value {
        let over = vec![function.clone(), sentinel.clone()];
        Iterator::value(&classes::CALLABLE_ITERATOR, Source::Calls(function, sentinel), over)
    }

    /// `enumerate(value, start)`.
    ///
    /// # Errors
    /// As [`Iterator::of`].
    pub fn enumerate(value: &Value, start: Int) -> Result<Value> {
        Ok(Iterator::value(&classes::ENUMERATE, Source::Enumerate(Cursor::over(value)?, start), vec![value.clone()]))
    }

    /// `zip(*values, strict=strict)`.
    ///
    /// # Errors
    /// As [`Iterator::of`].
    pub fn zip(values: Vec<Value>, strict: bool) -> Result<Value> {
        Ok(Iterator::value(&classes::ZIP, Source::Zip(cursors(&values)?, strict), values))
    }

    /// `map(function, *values)`.
    ///
    /// # Errors
    /// As [`Iterator::of`].
    pub fn map(function: Value, values: Vec<Value>) -> Result<Value> {
        let over = values.iter().chain([&function]).cloned().collect();
        Ok(Iterator::value(&classes::MAP, Source::Map(function, cursors(&values)?), over))
    }

    /// `filter(function, value)`.
    ///
    /// # Errors
    /// As [`Iterator::of`].
    pub fn filter(function: Value, value: &Value) -> Result<Value> {
        let over = vec![value.clone(), function.clone()];
        Ok(Iterator::value(&classes::FILTER, Source::Filter(function, Cursor::over(value)?), over))
    }

    /// `reversed(value)`.
    ///
    /// # Errors
    /// `TypeError: 'set' object is not reversible`.
    pub fn reversed(value: &Value) -> Result<Value> {
        fn backwards(count: usize, mut get: impl FnMut(usize) -> Option<Value> + 'static) -> Items {
            Box::new((0..count).rev().map_while(move |i| get(i).map(Ok)))
        }
        let (class, items): (&'static Class, Items) = match value {
            Value::List(list) => {
                let (count, list) = (list.items().len(), Rc::clone(list));
                let get = move |i: usize| list.items().get(i).cloned();
                (&classes::LIST_REVERSEITERATOR, backwards(count, get))
            }
            Value::Tuple(items) => {
                let items = Rc::clone(items);
                (&classes::REVERSED, backwards(items.len(), move |i| items.get(i).cloned()))
            }
            Value::Str(text) => {
                let chars: Vec<char> = text.chars().collect();
                (&classes::REVERSED, backwards(chars.len(), move |i| Some(Value::str(chars.get(i)?.to_string()))))
            }
            Value::Bytes(bytes) => {
                let bytes = Rc::clone(bytes);
                (&classes::REVERSED, backwards(bytes.len(), move |i| bytes.get(i).map(|&b| Value::int(b))))
            }
            Value::Range(range) => {
                let range = Rc::clone(range);
                (&classes::RANGE_ITERATOR, backwards(range.len(), move |i| Some(Value::Int(range.get(i)))))
            }
            Value::Dict(dict) => {
                let keys = dict.keys();
                (&classes::DICT_REVERSEKEYITERATOR, backwards(keys.len(), move |i| keys.get(i).cloned()))
            }
            Value::Array(array) if array.ndim() > 0 => {
                let array = Rc::clone(array);
                let count = array.layout().shape[0];
                (&classes::REVERSED, backwards(count, move |i| Some(entry(&array, i))))
            }
            Value::Array(_) => return Err(type_error("len() of unsized object")),
            Value::Object(object) if !object.is_iterator() && object.length().is_some() => {
                let class = match object.class().name {
                    "dict_keys" => &classes::DICT_REVERSEKEYITERATOR,
                    "dict_values" => &classes::DICT_REVERSEVALUEITERATOR,
                    "dict_items" => &classes::DICT_REVERSEITEMITERATOR,
                    "frozenset" => return Err(not_reversible(value)),
                    _ => &classes::REVERSED,
                };
                let Some(items) = object.iterate(value) else { return Err(not_reversible(value)) };
                let items: Vec<Value> = items.collect::<Result<_>>()?;
                (class, backwards(items.len(), move |i| items.get(i).cloned()))
            }
            _ => return Err(not_reversible(value)),
        };
        Ok(Iterator::over_items(class, items, value.clone()))
    }
}

fn not_reversible(value: &Value) -> crate::error::Error {
    type_error(format!("'{}' object is not reversible", value.class().qualified()))
}

/// The next tuple of `zip`; nothing where one source has ended.
fn next_row(context: &mut Context, cursors: &mut [Cursor], strict: bool) -> Option<Result<Vec<Value>>> {
    let mut row = Vec::with_capacity(cursors.len());
    for i in 0..cursors.len() {
        match cursors[i].next(context) {
            Some(Ok(item)) => row.push(item),
            Some(Err(error)) => return Some(Err(error)),
            None if !strict => return None,
            None if i > 0 => return Some(Err(uneven(i, "shorter"))),
            None => {
                for (other, cursor) in cursors.iter_mut().enumerate().skip(1) {
                    match cursor.next(context) {
                        Some(Ok(_)) => return Some(Err(uneven(other, "longer"))),
                        Some(Err(error)) => return Some(Err(error)),
                        None => {}
                    }
                }
                return None;
            }
        }
    }
    (!row.is_empty()).then_some(Ok(row))
}

fn uneven(i: usize, how: &str) -> crate::error::Error {
    let others = if i == 1 { "argument 1".to_string() } else { format!("arguments 1-{i}") };
    value_error(format!("zip() argument {} is {how} than {others}", i + 1))
}

impl Source {
    fn next(&mut self, context: &mut Context) -> Option<Result<Value>> {
        match self {
            Source::Done => None,
            Source::Plain(cursor) => cursor.next(context),
            Source::Enumerate(cursor, number) => {
                let item = cursor.next(context)?;
                let place = Value::Int(number.clone());
                *number = integer::add(number, &Int::Small(1));
                Some(item.map(|item| Value::tuple([place, item])))
            }
            Source::Zip(cursors, strict) => Some(next_row(context, cursors, *strict)?.map(Value::tuple)),
            Source::Map(function, cursors) => {
                let row = next_row(context, cursors, false)?;
                Some(row.and_then(|row| call(context, function, row, Vec::new())))
            }
            Source::Filter(function, cursor) => loop {
                if let Err(interrupted) = crate::interrupt::check() {
                    return Some(Err(interrupted));
                }
                let item = match cursor.next(context)? {
                    Ok(item) => item,
                    Err(error) => return Some(Err(error)),
                };
                let kept = match &*function {
                    Value::None => is_true(&item),
                    function => call(context, function, vec![item.clone()], Vec::new()).and_then(|v| is_true(&v)),
                };
                match kept {
                    Ok(true) => return Some(Ok(item)),
                    Ok(false) => {}
                    Err(error) => return Some(Err(error)),
                }
            },
            Source::Calls(function, sentinel) => {
                let value = match call(context, function, Vec::new(), Vec::new()) {
                    Ok(value) => value,
                    Err(error) => return Some(Err(error)),
                };
                let compare = context.catalog.hooks.operators.compare;
                match compare(context, CompareOp::Equal, &value, sentinel).and_then(|v| is_true(&v)) {
                    Ok(true) => None,
                    Ok(false) => Some(Ok(value)),
                    Err(error) => Some(Err(error)),
                }
            }
        }
    }
}

impl Object for Iterator {
    fn class(&self) -> &'static Class {
        self.class
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!(
            "<{} object at 0x{:x}>",
            self.class.qualified(),
            crate::value::shown_address(std::ptr::from_ref(self) as usize)
        )
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, context: &mut Context) -> Option<Result<Value>> {
        // Out of its cell while it works: a function that `map` calls may come back to this very iterator.
        let mut source = self.source.replace(Source::Done);
        let item = source.next(context);
        if item.is_some() {
            self.source.replace(source);
        }
        item
    }

    fn held(&self) -> Vec<(Way, Value)> {
        match *self.source.borrow() {
            Source::Done => Vec::new(),
            _ => self.over.iter().map(|value| (Way::Inside, value.clone())).collect(),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
