//! Which bytes does a value lend: what Python calls a bytes-like object?

use super::bytearray::ByteArray;
use super::memoryview::MemoryView;
use crate::array::{Order, elements};
use crate::error::{Result, type_error, value_error};
use crate::registry::Context;
use crate::value::{Value, as_int, collect};

/// A copy of the bytes of a bytes, a bytearray, a memoryview or an array; nothing for other values.
pub fn of(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes.to_vec()),
        Value::Array(array) => elements::tobytes(array, Order::C).ok(),
        other => match (other.downcast::<ByteArray>(), other.downcast::<MemoryView>()) {
            (Some(bytes), _) => Some(bytes.to_vec()),
            (_, Some(view)) => view.to_bytes(Order::C).ok(),
            _ => None,
        },
    }
}

/// The bytes of an argument.
///
/// # Errors
/// `TypeError: a bytes-like object is required, not 'str'`.
pub fn required(value: &Value) -> Result<Vec<u8>> {
    of(value).ok_or_else(|| type_error(format!("a bytes-like object is required, not '{}'", value.class().qualified())))
}

/// One byte, of an int.
///
/// # Errors
/// `ValueError: byte must be in range(0, 256)`.
pub fn byte(value: &Value) -> Result<u8> {
    let byte = as_int(value)?.to_i64().and_then(|n| u8::try_from(n).ok());
    byte.ok_or_else(|| value_error("byte must be in range(0, 256)"))
}

/// The bytes that an iterable of ints lists, for `class`.
///
/// # Errors
/// `TypeError` or `ValueError` for what is no byte.
pub fn from_ints(context: &mut Context, source: &Value, class: &str) -> Result<Vec<u8>> {
    let items = collect(context, source)
        .map_err(|_| type_error(format!("cannot convert '{}' object to {class}", source.class().qualified())))?;
    let message = format!("{} must be in range(0, 256)", if class == "bytes" { "bytes" } else { "byte" });
    items
        .iter()
        .map(|item| {
            let byte = as_int(item)?.to_i64().and_then(|n| u8::try_from(n).ok());
            byte.ok_or_else(|| value_error(&*message))
        })
        .collect()
}
