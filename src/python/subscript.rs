//! `value[index]` of Python's sequences and dicts: to read, to assign, to delete.

use super::bytearray::ByteArray;
use super::slicing::{index as as_place, pick, place, places};
use crate::array::layout::SliceIndices;
use crate::error::{Error, ErrorClass, Result, index_error, type_error, value_error};
use crate::registry::Context;
use crate::value::{Cursor, Int, List, Range, Value, collect, repr};
use std::rc::Rc;

/// `KeyError`, whose text is the key's repr.
pub fn no_key(context: &Context, key: &Value) -> Error {
    Error::new(ErrorClass::KeyError, repr(key, &context.print_options))
}

/// `value[index]`.
///
/// # Errors
/// `IndexError`, `KeyError`, `TypeError`, in CPython's words.
pub fn get_item(context: &mut Context, value: &Value, index: &Value) -> Result<Value> {
    let kind =
        |name: &'static str| move |class: &str| format!("{name} indices must be integers or slices, not {class}");
    match (value, index) {
        (Value::List(list), Value::Slice(slice)) => {
            let items = list.items();
            Ok(Value::list(places(pick(slice, items.len())?).map(|i| items[i].clone()).collect::<Vec<_>>()))
        }
        (Value::List(list), _) => {
            let i = as_place(index, kind("list"))?;
            let items = list.items();
            item(&items, i).ok_or_else(|| out_of_range("list", i, items.len()))
        }
        (Value::Tuple(items), Value::Slice(slice)) => {
            let picked = pick(slice, items.len())?;
            if picked.count == items.len() && picked.step == 1 {
                return Ok(value.clone());
            }
            Ok(Value::tuple(places(picked).map(|i| items[i].clone())))
        }
        (Value::Tuple(items), _) => {
            let i = as_place(index, kind("tuple"))?;
            item(items, i).ok_or_else(|| out_of_range("tuple", i, items.len()))
        }
        (Value::Str(text), Value::Slice(slice)) => Ok(Value::str(slice_text(text, |len| pick(slice, len))?)),
        (Value::Str(text), _) => {
            let i = as_place(index, |class| format!("string indices must be integers, not '{class}'"))?;
            let found = if text.is_ascii() {
                place(i, text.len()).and_then(|i| text.get(i..i + 1)).map(Value::str)
            } else {
                place(i, text.chars().count()).and_then(|i| text.chars().nth(i)).map(|c| Value::str(c.to_string()))
            };
            found.ok_or_else(|| out_of_range("string", i, text.chars().count()))
        }
        (Value::Bytes(bytes), Value::Slice(slice)) => {
            Ok(Value::Bytes(places(pick(slice, bytes.len())?).map(|i| bytes[i]).collect()))
        }
        (Value::Bytes(bytes), _) => {
            let i = as_place(index, kind("byte"))?;
            place(i, bytes.len()).map(|i| Value::int(bytes[i])).ok_or_else(|| index_error("index out of range"))
        }
        (Value::Range(range), Value::Slice(slice)) => slice_range(range, pick(slice, range.len())?),
        (Value::Range(range), _) => {
            let i = as_place(index, kind("range")).map_err(|error| match error.class() {
                ErrorClass::IndexError => index_error("range object index out of range"),
                _ => error,
            })?;
            let found = place(i, range.len()).map(|i| Value::Int(range.get(i)));
            found.ok_or_else(|| index_error("range object index out of range"))
        }
        (Value::Dict(dict), key) => dict.get(key)?.ok_or_else(|| no_key(context, key)),
        (Value::Class(class), _) => Err(type_error(format!("type '{}' is not subscriptable", class.qualified()))),
        _ => Err(type_error(format!("'{}' object is not subscriptable", value.class().qualified()))),
    }
}

fn item(items: &[Value], i: isize) -> Option<Value> {
    place(i, items.len()).and_then(|i| items.get(i)).cloned()
}

fn out_of_range(what: &str, i: isize, len: usize) -> Error {
    index_error(format!("{what} index out of range")).label(match len {
        0 => format!("the {what} is empty"),
        _ => format!("{i} is outside -{len} to {}", len - 1),
    })
}

/// The characters that a slice picks, given the number of characters there are.
fn slice_text(text: &str, pick: impl FnOnce(usize) -> Result<SliceIndices>) -> Result<String> {
    if text.is_ascii() {
        let picked = pick(text.len())?;
        return Ok(match picked.step {
            1 => text.get(picked.start as usize..picked.start as usize + picked.count).unwrap_or("").to_string(),
            _ => places(picked).map(|i| text.as_bytes()[i] as char).collect(),
        });
    }
    let chars: Vec<char> = text.chars().collect();
    Ok(places(pick(chars.len())?).map(|i| chars[i]).collect())
}

fn slice_range(range: &Range, picked: SliceIndices) -> Result<Value> {
    let at = |i: isize| range.start as i128 + range.step as i128 * i as i128;
    let small = |n: i128| i64::try_from(n).map_err(|_| value_error("a range beyond 64 bits"));
    Ok(Value::Range(Rc::new(Range {
        start: small(at(picked.start))?,
        stop: small(at(picked.stop))?,
        step: small(range.step as i128 * picked.step as i128)?,
    })))
}

/// `value[index] = new`.
///
/// # Errors
/// As [`get_item`]; `ValueError` for a slice with a step that gets another number of items.
pub fn set_item(context: &mut Context, value: &Value, index: &Value, new: Value) -> Result<()> {
    match (value, index) {
        (Value::List(list), Value::Slice(slice)) => {
            let items: Vec<Value> = match &new {
                Value::List(other) => other.to_vec(),
                other => {
                    Cursor::over(other).map_err(|_| type_error(assigned_from(&slice.step)))?;
                    collect(context, other)?
                }
            };
            let len = list.items().len();
            set_slice(list, pick(slice, len)?, items)
        }
        (Value::List(list), _) => {
            let i = as_place(index, |class| format!("list indices must be integers or slices, not {class}"))?;
            let mut items = list.items_mut();
            let i = place(i, items.len()).ok_or_else(|| index_error("list assignment index out of range"))?;
            let before = std::mem::replace(&mut items[i], new);
            drop(items);
            drop(before);
            Ok(())
        }
        (Value::Dict(dict), key) => dict.insert(key.clone(), new).map(drop),
        _ => Err(type_error(format!("'{}' object does not support item assignment", value.class().qualified()))),
    }
}

fn assigned_from(step: &Value) -> &'static str {
    match step {
        Value::None | Value::Int(Int::Small(1)) => "can only assign an iterable",
        _ => "must assign iterable to extended slice",
    }
}

fn set_slice(list: &List, picked: SliceIndices, new: Vec<Value>) -> Result<()> {
    let mut items = list.items_mut();
    let before: Vec<Value> = if picked.step == 1 {
        let start = (picked.start as usize).min(items.len());
        items.splice(start..start + picked.count, new).collect()
    } else {
        if new.len() != picked.count {
            return Err(value_error(format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                new.len(),
                picked.count
            )));
        }
        places(picked).zip(new).map(|(i, value)| std::mem::replace(&mut items[i], value)).collect()
    };
    drop(items);
    drop(before);
    Ok(())
}

/// `del value[index]`.
///
/// # Errors
/// As [`get_item`].
pub fn delete_item(context: &mut Context, value: &Value, index: &Value) -> Result<()> {
    match (value, index) {
        (Value::List(list), Value::Slice(slice)) => {
            let len = list.items().len();
            let picked = pick(slice, len)?;
            let gone: std::collections::HashSet<usize> = places(picked).collect();
            let all = std::mem::take(&mut *list.items_mut());
            let (kept, removed): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(i, _)| !gone.contains(i));
            *list.items_mut() = kept.into_iter().map(|(_, item)| item).collect();
            drop(removed);
            Ok(())
        }
        (Value::List(list), _) => {
            let i = as_place(index, |class| format!("list indices must be integers or slices, not {class}"))?;
            let mut items = list.items_mut();
            let i = place(i, items.len()).ok_or_else(|| index_error("list assignment index out of range"))?;
            let removed = items.remove(i);
            drop(items);
            drop(removed);
            Ok(())
        }
        (Value::Dict(dict), key) => dict.remove(key)?.map(drop).ok_or_else(|| no_key(context, key)),
        _ => {
            if let Some(bytes) = value.downcast::<ByteArray>() {
                return bytes.delete(index);
            }
            let has_items = crate::value::length(value).is_some();
            let does_not = if has_items { "doesn't" } else { "does not" };
            Err(type_error(format!("'{}' object {does_not} support item deletion", value.class().qualified())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Slice;

    fn slice(start: Value, stop: Value, step: Value) -> Value {
        Value::Slice(Rc::new(Slice { start, stop, step }))
    }

    #[test]
    fn slices_of_lists_are_assigned_and_deleted() {
        let mut context = Context::new(crate::eval::catalog());
        let list = Value::list((0..5).map(Value::int));
        let every_second = slice(Value::None, Value::None, Value::int(2));
        let letters = Value::str("abc");
        set_item(&mut context, &list, &every_second, letters).unwrap();
        assert_eq!(repr(&list, &context.print_options), "['a', 1, 'b', 3, 'c']");
        let error = set_item(&mut context, &list, &every_second, Value::str("ab")).err().unwrap();
        assert_eq!(error.message(), "attempt to assign sequence of size 2 to extended slice of size 3");
        delete_item(&mut context, &list, &every_second).unwrap();
        assert_eq!(repr(&list, &context.print_options), "[1, 3]");
        let middle = slice(Value::int(1), Value::int(1), Value::None);
        set_item(&mut context, &list, &middle, list.clone()).unwrap();
        assert_eq!(repr(&list, &context.print_options), "[1, 1, 3, 3]");
    }
}
