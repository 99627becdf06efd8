//! The states of bit generators, to be looked at and set again: `rng.bit_generator.state`.

use super::bit_generators::parts;
use crate::array::{NdArray, Order, Scalar, Type};
use crate::error::{Result, key_error, overflow_error, type_error, value_error};
use crate::random::Kind;
use crate::registry::Context;
use crate::value::{Dict, Int, Value, as_index, as_int, iterate};
use num_bigint::BigInt;
use std::rc::Rc;

/// A dict with these keys.
///
/// # Errors
/// `MemoryError`.
pub fn dict(entries: Vec<(&str, Value)>) -> Result<Value> {
    Ok(Value::Dict(Rc::new(Dict::new(entries.into_iter().map(|(name, value)| (Value::str(name), value)))?)))
}

fn words_array(context: &Context, ty: Type, words: impl ExactSizeIterator<Item = Scalar>) -> Result<Value> {
    let ledger = &context.runtime.ledger;
    let count = words.len();
    let array = ledger.with_constants(true, || NdArray::zeros(&context.runtime, ty.into(), &[count], Order::C))?;
    words.enumerate().for_each(|(i, word)| array.write(ty.size() * i, &word));
    Ok(Value::Array(array))
}

fn wide(n: u128) -> Value {
    Value::int(Int::from(BigInt::from(n)))
}

/// The state of a bit generator as NumPy's dict.
///
/// # Errors
/// `TypeError` where the value is no bit generator.
pub fn state_of(context: &mut Context, value: &Value) -> Result<Value> {
    let bits = parts(value)?.bits.borrow();
    let state = match &bits.kind {
        Kind::Pcg64(pcg) => dict(vec![("state", wide(pcg.state)), ("inc", wide(pcg.increment))])?,
        Kind::Philox(philox) => {
            let counter = words_array(context, Type::UInt64, philox.counter.iter().map(|&word| Scalar::UInt64(word)))?;
            let key = words_array(context, Type::UInt64, philox.key.iter().map(|&word| Scalar::UInt64(word)))?;
            dict(vec![("counter", counter), ("key", key)])?
        }
        Kind::Sfc64(sfc) => {
            let words = words_array(context, Type::UInt64, sfc.0.iter().map(|&word| Scalar::UInt64(word)))?;
            dict(vec![("state", words)])?
        }
        Kind::Mt19937(mt) => {
            let words = words_array(context, Type::UInt32, mt.key.iter().map(|&word| Scalar::UInt32(word)))?;
            dict(vec![("key", words), ("pos", Value::int(mt.place))])?
        }
    };
    let mut entries = vec![("bit_generator", Value::str(bits.name())), ("state", state)];
    if let Kind::Philox(philox) = &bits.kind {
        let buffer = words_array(context, Type::UInt64, philox.buffer.iter().map(|&word| Scalar::UInt64(word)))?;
        entries.extend([("buffer", buffer), ("buffer_pos", Value::int(philox.place))]);
    }
    if !matches!(bits.kind, Kind::Mt19937(_)) {
        entries.push(("has_uint32", Value::int(i64::from(bits.has_half))));
        entries.push(("uinteger", Value::int(i64::from(bits.half))));
    }
    dict(entries)
}

fn entry(value: &Value, key: &str) -> Result<Value> {
    let Value::Dict(dict) = value else { return Err(type_error("state must be a dict")) };
    dict.get(&Value::str(key))?.ok_or_else(|| key_error(format!("'{key}'")))
}

/// Words out of an array or a sequence of ints.
fn words_in<const N: usize, T: Copy + Default + TryFrom<i128>>(value: &Value) -> Result<[T; N]> {
    let mut words = [T::default(); N];
    let mut items = iterate(value)?;
    for word in &mut words {
        let item = items.next().transpose()?;
        let item = item.ok_or_else(|| crate::error::index_error("state has too few words"))?;
        let number = as_int(&item)?.to_i128().and_then(|n| T::try_from(n).ok());
        *word = number.ok_or_else(|| overflow_error("Python int too large to convert to C unsigned long"))?;
    }
    Ok(words)
}

/// Sets the state of a bit generator from NumPy's dict.
///
/// # Errors
/// `TypeError`, `ValueError`, `KeyError` where it is no state of such a one.
pub fn set_state(context: &mut Context, value: &Value, state: &Value) -> Result<()> {
    let generator = parts(value)?;
    if !matches!(state, Value::Dict(_)) {
        return Err(type_error("state must be a dict"));
    }
    let name = generator.bits.borrow().name();
    let given = entry(state, "bit_generator").unwrap_or_else(|_| Value::str(""));
    if !matches!(&given, Value::Str(given) if **given == *name) {
        let what = if name.starts_with("PCG") || name == "SFC64" { "RNG" } else { "PRNG" };
        return Err(value_error(format!("state must be for a {name} {what}")));
    }
    let inner = entry(state, "state")?;
    let mut bits = generator.bits.borrow().clone();
    match &mut bits.kind {
        Kind::Pcg64(pcg) => {
            pcg.state = low_128(&as_int(&entry(&inner, "state")?)?);
            pcg.increment = low_128(&as_int(&entry(&inner, "inc")?)?);
        }
        Kind::Philox(philox) => {
            philox.counter = words_in(&entry(&inner, "counter")?)?;
            philox.key = words_in(&entry(&inner, "key")?)?;
            philox.buffer = words_in(&entry(state, "buffer")?)?;
            philox.place = usize::try_from(as_index(&entry(state, "buffer_pos")?)?).unwrap_or(4).min(4);
        }
        Kind::Sfc64(sfc) => sfc.0 = words_in(&entry(&inner, "state")?)?,
        Kind::Mt19937(mt) => {
            mt.key = words_in(&entry(&inner, "key")?)?;
            mt.place = usize::try_from(as_index(&entry(&inner, "pos")?)?).unwrap_or(0);
        }
    }
    if !matches!(bits.kind, Kind::Mt19937(_)) {
        bits.has_half = as_index(&entry(state, "has_uint32")?)? != 0;
        bits.half = as_index(&entry(state, "uinteger")?)? as u32;
    }
    if !context.runtime.ledger.is_locking() {
        generator.bits.replace(bits);
    }
    Ok(())
}

/// The lower 128 bits of an int, as two's complement.
pub fn low_128(int: &Int) -> u128 {
    let digits = int.to_big().to_signed_bytes_le();
    let fill = if int.signum() < 0 { 0xff } else { 0 };
    let mut bytes = [fill; 16];
    for (to, from) in bytes.iter_mut().zip(digits) {
        *to = from;
    }
    u128::from_le_bytes(bytes)
}
