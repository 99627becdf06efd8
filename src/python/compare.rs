//! Python's comparisons of Python's values, and `in`.

use super::set_algebra;
use crate::error::{Result, type_error, value_error};
use crate::registry::Context;
use crate::syntax::ast::CompareOp;
use crate::value::{Cursor, Int, Value, as_int, equal, is_true, order};
use std::cmp::Ordering;

/// `a op b` for an order or an equality.
///
/// # Errors
/// `TypeError: '<' not supported between instances of 'int' and 'str'`; `ValueError` where arrays inside containers
/// have no truth.
pub fn compare(_: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
    let is = |wanted: &[Ordering]| -> Result<Value> {
        let found = order(a, b, op.symbol())?;
        Ok(Value::Bool(found.is_some_and(|found| wanted.contains(&found))))
    };
    match op {
        CompareOp::Equal => Ok(Value::Bool(equal(a, b)?)),
        CompareOp::NotEqual => Ok(Value::Bool(!equal(a, b)?)),
        _ => match set_algebra::compare(op, a, b)? {
            Some(truth) => Ok(Value::Bool(truth)),
            None => match op {
                CompareOp::Less => is(&[Ordering::Less]),
                CompareOp::LessEqual => is(&[Ordering::Less, Ordering::Equal]),
                CompareOp::Greater => is(&[Ordering::Greater]),
                CompareOp::GreaterEqual => is(&[Ordering::Greater, Ordering::Equal]),
                _ => Ok(Value::NotImplemented),
            },
        },
    }
}

/// `item in container`; `compare` is what `==` does.
///
/// # Errors
/// `TypeError: argument of type 'int' is not iterable`, and what the comparisons raise.
pub fn contains(
    context: &mut Context,
    container: &Value,
    item: &Value,
    compare: fn(&mut Context, CompareOp, &Value, &Value) -> Result<Value>,
) -> Result<bool> {
    let class = || item.class().qualified();
    match (container, item) {
        (Value::Str(text), Value::Str(part)) => Ok(text.contains(&**part)),
        (Value::Str(_), _) => {
            Err(type_error(format!("'in <string>' requires string as left operand, not {}", class())))
        }
        (Value::Bytes(bytes), Value::Bytes(part)) => Ok(find(bytes, part).is_some()),
        (Value::Bytes(bytes), _) => match as_int(item) {
            Ok(int) => {
                let byte = int.to_i64().and_then(|n| u8::try_from(n).ok());
                Ok(bytes.contains(&byte.ok_or_else(|| value_error("byte must be in range(0, 256)"))?))
            }
            Err(_) => Err(type_error(format!("a bytes-like object is required, not '{}'", class()))),
        },
        (Value::Dict(dict), _) => Ok(dict.get(item)?.is_some()),
        (Value::Set(set), _) => set.contains(&set_algebra::as_key(item)?),
        (Value::Range(range), Value::Int(_) | Value::Bool(_)) => Ok(place_in_range(range, &as_int(item)?).is_some()),
        _ => {
            if let Value::Object(object) = container
                && let Some(answer) = object.contains(item)
            {
                return answer;
            }
            let mut items = Cursor::over(container).map_err(|_| {
                type_error(format!("argument of type '{}' is not iterable", container.class().qualified()))
            })?;
            while let Some(found) = items.next(context) {
                crate::interrupt::check()?;
                let found = found?;
                if found.is(item) || is_true(&compare(context, CompareOp::Equal, &found, item)?)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// The first place of `part` in `bytes`.
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    bytes.windows(part.len()).position(|window| window == part)
}

/// The place of `item` in `range`, where it is one of its ints.
pub fn place_in_range(range: &crate::value::Range, item: &Int) -> Option<usize> {
    let distance = item.to_i64()? as i128 - range.start as i128;
    let place = distance / range.step as i128;
    (distance % range.step as i128 == 0 && place >= 0 && (place as u128) < range.len() as u128)
        .then_some(place as usize)
}
