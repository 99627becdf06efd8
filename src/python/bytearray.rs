//! `bytearray`: bytes that can be changed, in memory that arrays and memoryviews can share.

use super::compare::find;
use super::slicing::{index as as_place, pick, place, places};
use super::{bytes, sequence};
use crate::array::printing::PrintOptions;
use crate::error::{Error, ErrorClass, Result, index_error, type_error};
use crate::memory::AlignedBytes;
use crate::registry::Context;
use crate::text::quote::repr_bytes;
use crate::value::{Class, Items, Object, Twins, Value, as_int, classes};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// A bytearray.
pub struct ByteArray(RefCell<Rc<AlignedBytes>>);

/// A bytearray of these bytes.
///
/// # Errors
/// `MemoryError`.
pub fn of(bytes: &[u8]) -> Result<Value> {
    Ok(Value::object(ByteArray(RefCell::new(memory(bytes)?))))
}

fn memory(bytes: &[u8]) -> Result<Rc<AlignedBytes>> {
    AlignedBytes::copied(bytes).map(Rc::new).ok_or_else(|| Error::new(ErrorClass::MemoryError, ""))
}

impl ByteArray {
    /// The memory, to share.
    pub fn memory(&self) -> Rc<AlignedBytes> {
        Rc::clone(&self.0.borrow())
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        self.0.borrow().cells().iter().map(|byte| byte.get()).collect()
    }

    /// Takes other bytes, of any number.
    ///
    /// # Errors
    /// `MemoryError`; `BufferError` while an array or a memoryview shares the memory and the number changes.
    pub fn set(&self, new: &[u8]) -> Result<()> {
        let old = self.memory();
        if old.len() == new.len() {
            old.cells().iter().zip(new).for_each(|(to, from)| to.set(*from));
            return Ok(());
        }
        // One for the bytearray and one for `old`.
        if Rc::strong_count(&old) > 2 {
            let message = "Existing exports of data: object cannot be re-sized";
            return Err(Error::new(ErrorClass::BufferError, message));
        }
        *self.0.borrow_mut() = memory(new)?;
        Ok(())
    }

    /// Changes the bytes by a function on a copy of them.
    ///
    /// # Errors
    /// As [`ByteArray::set`].
    pub fn edit(&self, change: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let mut bytes = self.to_vec();
        change(&mut bytes);
        self.set(&bytes)
    }
}

/// The kind of an index in messages.
fn kind(class: &str) -> String {
    format!("bytearray indices must be integers or slices, not {class}")
}

/// `a + b` where `a` is a bytearray, or `a` is bytes and `b` a bytearray.
///
/// # Errors
/// `TypeError: can't concat int to bytearray`.
pub fn concatenate(a: &Value, b: &Value) -> Option<Result<Value>> {
    let is_mutable = a.downcast::<ByteArray>().is_some();
    let other = b.downcast::<ByteArray>();
    if !is_mutable && (!matches!(a, Value::Bytes(_)) || other.is_none()) {
        return None;
    }
    let (Some(mut start), Some(end)) = (bytes::of(a), bytes::of(b)) else {
        return Some(Err(type_error(format!("can't concat {} to bytearray", b.class().qualified()))));
    };
    start.extend(end);
    Some(if is_mutable { of(&start) } else { Ok(Value::Bytes(start.into())) })
}

/// `a op= b` in place for `+=` and `*=`; nothing where `a` is no bytearray.
///
/// # Errors
/// As [`concatenate`] and [`sequence::repetitions`].
pub fn update(a: &Value, b: &Value, repeats: bool) -> Option<Result<()>> {
    let array = a.downcast::<ByteArray>()?;
    let new = if repeats { repeat(array, b) } else { bytes::required(b).map(|b| [array.to_vec(), b].concat()) };
    Some(new.and_then(|new| array.set(&new)))
}

/// The bytes, so many times.
///
/// # Errors
/// As [`sequence::repetitions`]; `MemoryError`.
pub fn repeat(array: &ByteArray, count: &Value) -> Result<Vec<u8>> {
    let (bytes, count) = (array.to_vec(), sequence::repetitions(count)?);
    sequence::repeated_length(bytes.len(), count, 1 << 30)?;
    Ok(bytes.repeat(if bytes.is_empty() { 0 } else { count }))
}

impl ByteArray {
    /// `del array[index]`.
    ///
    /// # Errors
    /// `IndexError`, `TypeError`, `BufferError`.
    pub fn delete(&self, index: &Value) -> Result<()> {
        let old = self.to_vec();
        let gone: Vec<usize> = match index {
            Value::Slice(slice) => places(pick(slice, old.len())?).collect(),
            _ => {
                let i = as_place(index, kind)?;
                vec![place(i, old.len()).ok_or_else(|| index_error("bytearray index out of range"))?]
            }
        };
        let kept = old.iter().enumerate().filter(|(i, _)| !gone.contains(i));
        let kept: Vec<u8> = kept.map(|(_, byte)| *byte).collect();
        self.set(&kept)
    }
}

impl Object for ByteArray {
    fn class(&self) -> &'static Class {
        &classes::BYTEARRAY
    }

    fn repr(&self, _: &PrintOptions) -> String {
        format!("bytearray({})", repr_bytes(&self.to_vec()))
    }

    fn twin(&self, _: &Value, _: &mut Twins) -> Result<Value> {
        of(&self.to_vec())
    }

    fn item(&self, _: &mut Context, _: &Value, index: &Value) -> Result<Value> {
        let bytes = self.to_vec();
        match index {
            Value::Slice(slice) => of(&places(pick(slice, bytes.len())?).map(|i| bytes[i]).collect::<Vec<u8>>()),
            _ => {
                let i = as_place(index, kind)?;
                let found = place(i, bytes.len()).map(|i| Value::int(bytes[i]));
                found.ok_or_else(|| index_error("bytearray index out of range"))
            }
        }
    }

    fn set_item(&self, context: &mut Context, index: &Value, value: &Value) -> Result<()> {
        let mut all = self.to_vec();
        match index {
            Value::Slice(slice) => {
                let picked = pick(slice, all.len())?;
                let new = match bytes::of(value) {
                    Some(new) => new,
                    None => bytes::from_ints(context, value, "bytearray").map_err(|_| {
                        type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
                    })?,
                };
                if picked.step == 1 {
                    let start = (picked.start as usize).min(all.len());
                    all.splice(start..start + picked.count, new);
                } else if new.len() != picked.count {
                    return Err(crate::error::value_error(format!(
                        "attempt to assign bytes of size {} to extended slice of size {}",
                        new.len(),
                        picked.count
                    )));
                } else {
                    places(picked).zip(new).for_each(|(i, byte)| all[i] = byte);
                }
            }
            _ => {
                let i = as_place(index, kind)?;
                let i = place(i, all.len()).ok_or_else(|| index_error("bytearray index out of range"))?;
                all[i] = bytes::byte(value)?;
            }
        }
        self.set(&all)
    }

    fn length(&self) -> Option<usize> {
        Some(self.0.borrow().len())
    }

    fn iterate(&self, _: &Value) -> Option<Items> {
        Some(Box::new(self.to_vec().into_iter().map(|byte| Ok(Value::int(byte)))))
    }

    fn contains(&self, item: &Value) -> Option<Result<bool>> {
        Some(match as_int(item) {
            Ok(_) => bytes::byte(item).map(|byte| self.to_vec().contains(&byte)),
            Err(_) => bytes::required(item).map(|part| find(&self.to_vec(), &part).is_some()),
        })
    }

    fn equal(&self, other: &Value) -> Option<bool> {
        Some(bytes::of(other).is_some_and(|other| other == self.to_vec()))
    }

    fn hash(&self) -> Option<Result<i64>> {
        Some(Err(type_error("unhashable type: 'bytearray'")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
