//! How are sequences joined and repeated?

use crate::error::{Error, ErrorClass, Result, type_error};
use crate::interrupt;
use crate::value::{Value, as_int};
use std::rc::Rc;

/// A repetition may give at most this many bytes of text.
const MOST_BYTES: usize = 1 << 30;
/// A repetition may give at most this many items.
const MOST_ITEMS: usize = 1 << 26;

/// Whether `*` repeats the value.
pub fn is_sequence(value: &Value) -> bool {
    matches!(value, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_))
}

/// `a + b` for a sequence `a`; nothing where `a` is none.
///
/// # Errors
/// `TypeError: can only concatenate str (not "int") to str`.
pub fn concatenate(a: &Value, b: &Value) -> Option<Result<Value>> {
    let other = || b.class().qualified();
    Some(match (a, b) {
        (Value::Str(x), Value::Str(y)) => joined([&**x, &**y]).map(Value::str),
        (Value::Bytes(x), Value::Bytes(y)) => Ok(Value::Bytes([&**x, &**y].concat().into())),
        (Value::Tuple(x), Value::Tuple(y)) if x.is_empty() => Ok(Value::Tuple(Rc::clone(y))),
        (Value::Tuple(x), Value::Tuple(y)) if y.is_empty() => Ok(Value::Tuple(Rc::clone(x))),
        (Value::Tuple(x), Value::Tuple(y)) => Ok(Value::tuple(x.iter().chain(y.iter()).cloned())),
        (Value::List(x), Value::List(y)) => {
            let mut items = x.to_vec();
            items.extend(y.to_vec());
            Ok(Value::list(items))
        }
        (Value::Bytes(_), _) => Err(type_error(format!("can't concat {} to bytes", other()))),
        (Value::Str(_) | Value::Tuple(_) | Value::List(_), _) => {
            let class = a.type_name();
            Err(type_error(format!("can only concatenate {class} (not \"{}\") to {class}", other())))
        }
        _ => return None,
    })
}

/// So many bytes of text are moved between two looks for Ctrl-C.
const BLOCK: usize = 1 << 20;

/// Texts one behind the other. Ctrl-C stops it between blocks, so large texts go in by pieces, and many small ones are
/// looked at together.
///
/// # Errors
/// `KeyboardInterrupt`.
fn joined<'t>(parts: impl IntoIterator<Item = &'t str>) -> Result<String> {
    let mut text = String::new();
    let mut unchecked = 0;
    for mut part in parts {
        while !part.is_empty() {
            let mut end = part.len().min(BLOCK);
            while !part.is_char_boundary(end) {
                end -= 1;
            }
            let (head, rest) = part.split_at(end);
            text.push_str(head);
            part = rest;
            unchecked += head.len();
            if unchecked >= BLOCK {
                unchecked = 0;
                interrupt::check()?;
            }
        }
    }
    Ok(text)
}

/// How often `count` repeats a sequence.
///
/// # Errors
/// `TypeError: can't multiply sequence by non-int of type 'float'`, `OverflowError` for a count that is no
/// machine word.
pub fn repetitions(count: &Value) -> Result<usize> {
    let class = || count.class().qualified();
    let int =
        as_int(count).map_err(|_| type_error(format!("can't multiply sequence by non-int of type '{}'", class())))?;
    let count = int.to_i64().ok_or_else(|| {
        Error::new(ErrorClass::OverflowError, format!("cannot fit '{}' into an index-sized integer", class()))
    })?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The length of a sequence of `len` items, each of `size` bytes, repeated.
///
/// # Errors
/// `MemoryError` where that is more than ndsh makes.
pub fn repeated_length(len: usize, count: usize, most: usize) -> Result<usize> {
    len.checked_mul(count)
        .filter(|&total| total <= most)
        .ok_or_else(|| Error::new(ErrorClass::MemoryError, "").help("np.zeros and np.full make large arrays"))
}

/// The items, one copy after the other.
///
/// # Errors
/// As [`repeated_length`].
pub fn repeat_items(items: &[Value], count: usize) -> Result<Vec<Value>> {
    let total = repeated_length(items.len(), count, MOST_ITEMS)?;
    let mut result = Vec::with_capacity(total);
    for _ in 0..if items.is_empty() { 0 } else { count } {
        result.extend_from_slice(items);
    }
    Ok(result)
}

/// `sequence * count`; the sequence is one for which [`is_sequence`] holds.
///
/// # Errors
/// As [`repetitions`] and [`repeated_length`].
pub fn repeat(sequence: &Value, count: &Value) -> Result<Value> {
    let count = repetitions(count)?;
    Ok(match sequence {
        Value::Str(text) => {
            repeated_length(text.len(), count, MOST_BYTES)?;
            // many short texts are joined to long ones first
            let each = BLOCK.checked_div(text.len()).unwrap_or(0).clamp(1, count.max(1));
            let many = text.repeat(each);
            let rest = text.repeat(if text.is_empty() { 0 } else { count % each });
            let blocks = std::iter::repeat_n(&*many, if text.is_empty() { 0 } else { count / each });
            Value::str(joined(blocks.chain([&*rest]))?)
        }
        Value::Bytes(bytes) => {
            repeated_length(bytes.len(), count, MOST_BYTES)?;
            Value::Bytes(bytes.repeat(if bytes.is_empty() { 0 } else { count }).into())
        }
        Value::Tuple(_) if count == 1 => sequence.clone(),
        Value::Tuple(items) => Value::tuple(repeat_items(items, count)?),
        Value::List(list) => Value::list(repeat_items(&list.to_vec(), count)?),
        other => other.clone(),
    })
}
