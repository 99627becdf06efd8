//! What a value gives when it is iterated, and how long it is.

use super::{Dict, Object, Value};
use crate::array::{Layout, NdArray};
use crate::error::{Result, type_error};
use crate::registry::Context;
use std::rc::Rc;

/// The items of an iterable, one after the other.
pub type Items = Box<dyn Iterator<Item = Result<Value>>>;

fn all(items: Vec<Value>) -> Items {
    Box::new(items.into_iter().map(Ok))
}

/// Python's `iter(value)`.
///
/// # Errors
/// `TypeError: 'int' object is not iterable`.
pub fn iterate(value: &Value) -> Result<Items> {
    Ok(match value {
        Value::Tuple(items) => {
            let items = Rc::clone(items);
            Box::new((0..items.len()).map(move |i| Ok(items[i].clone())))
        }
        Value::List(list) => {
            let list = Rc::clone(list);
            Box::new((0..).map_while(move |i: usize| list.items().get(i).cloned().map(Ok)))
        }
        Value::Str(text) => all(text.chars().map(|c| Value::str(c.encode_utf8(&mut [0; 4]))).collect()),
        Value::Bytes(bytes) => all(bytes.iter().map(|&b| Value::int(b)).collect()),
        Value::Range(range) => {
            let range = (**range).clone();
            Box::new((0..range.len()).map(move |i| Ok(Value::Int(range.get(i)))))
        }
        Value::Dict(dict) => all(Dict::keys(dict)),
        Value::Set(set) => all(set.keys()),
        Value::Array(array) => {
            if array.ndim() == 0 {
                return Err(type_error("iteration over a 0-d array"));
            }
            let array = Rc::clone(array);
            let len = array.layout().shape[0];
            Box::new((0..len).map(move |i| Ok(entry(&array, i))))
        }
        Value::Object(object) => match object.iterate(value) {
            Some(items) => items,
            None => return Err(not_iterable(value)),
        },
        other => return Err(not_iterable(other)),
    })
}

/// An iteration in progress, which may call functions (`map`).
pub enum Cursor {
    /// Over what [`iterate`] gives.
    Items(Items),
    /// Over an iterator that others may share.
    Iterator(Rc<dyn Object>),
}

impl Cursor {
    /// Starts to iterate `value`.
    ///
    /// # Errors
    /// As [`iterate`].
    pub fn over(value: &Value) -> Result<Cursor> {
        match value {
            Value::Object(object) if object.is_iterator() => Ok(Cursor::Iterator(Rc::clone(object))),
            other => iterate(other).map(Cursor::Items),
        }
    }

    /// The next item.
    pub fn next(&mut self, context: &mut Context) -> Option<Result<Value>> {
        match self {
            Cursor::Items(items) => items.next(),
            Cursor::Iterator(object) => object.next(context),
        }
    }
}

/// All items of an iterable; functions that produce them (`map`) are called.
///
/// # Errors
/// As [`iterate`], and what the functions raise.
pub fn collect(context: &mut Context, value: &Value) -> Result<Vec<Value>> {
    let mut cursor = Cursor::over(value)?;
    let mut items = Vec::new();
    while let Some(item) = cursor.next(context) {
        crate::interrupt::check()?;
        super::require_room(items.len() + 1)?;
        items.push(item?);
    }
    Ok(items)
}

fn not_iterable(value: &Value) -> crate::error::Error {
    type_error(format!("'{}' object is not iterable", value.class().qualified()))
}

/// Entry `i` (below the length) along the first axis of an array of at least one axis: a scalar, or a view.
pub fn entry(array: &Rc<NdArray>, i: usize) -> Value {
    let layout = {
        let whole = array.layout();
        let offset = whole.offset.wrapping_add_signed(whole.strides[0].wrapping_mul(i as isize));
        if whole.ndim() == 1 {
            drop(whole);
            return super::element_at(array, offset);
        }
        Layout {
            dtype: whole.dtype.clone(),
            shape: whole.shape[1..].into(),
            strides: whole.strides[1..].into(),
            offset,
        }
    };
    Value::Array(NdArray::view(array, layout))
}

/// Python's `len`, where the value has one.
pub fn length(value: &Value) -> Option<usize> {
    match value {
        Value::Tuple(items) => Some(items.len()),
        Value::List(list) => Some(list.items().len()),
        Value::Str(text) => Some(text.chars().count()),
        Value::Bytes(bytes) => Some(bytes.len()),
        Value::Dict(dict) => Some(dict.len()),
        Value::Set(set) => Some(set.len()),
        Value::Range(range) => Some(range.len()),
        Value::Array(array) => array.layout().shape.first().copied(),
        Value::DType(dtype) => Some(dtype.structure().map_or(0, |whole| whole.fields.len())),
        Value::Object(object) => object.length(),
        _ => None,
    }
}
