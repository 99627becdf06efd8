//! Which number do equal values have in common? Python's `hash`.
//!
//! Numbers, tuples, ranges and frozensets have CPython's own hashes (`pyhash.c`, `tupleobject.c`), so that sets come
//! out in CPython's order. Those of texts are random in CPython; here they are the same in every session.

use super::compare::{Number, number};
use super::{Int, Value};
use crate::error::{Result, type_error};
use num_traits::ToPrimitive;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Numbers count modulo this prime.
const MODULUS: u64 = (1 << 61) - 1;

/// -1 means an error in CPython, so no value has it.
fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

fn of_int(int: &Int) -> i64 {
    let rest = match int {
        Int::Small(value) => value.unsigned_abs() % MODULUS,
        Int::Big(value) => (value.magnitude() % MODULUS).to_u64().unwrap_or(0),
    } as i64;
    not_minus_one(if int.signum() < 0 { -rest } else { rest })
}

fn of_float(value: f64) -> i64 {
    if value.is_nan() {
        return 0;
    }
    if value.is_infinite() {
        return if value > 0.0 { 314_159 } else { -314_159 };
    }
    let bits = value.to_bits();
    let (fraction, biased) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i64);
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    // Two to the 61st is one modulo the prime: to multiply by a power of two is to rotate 61 bits.
    let turn = exponent.rem_euclid(61) as u32;
    let turned = if turn == 0 { mantissa } else { (mantissa << turn) & MODULUS | mantissa >> (61 - turn) };
    let rest = (turned % MODULUS) as i64;
    not_minus_one(if value < 0.0 { -rest } else { rest })
}

fn of_tuple(items: &[Value]) -> Result<i64> {
    const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];
    let mut sum = PRIMES[2];
    for item in items {
        sum = sum.wrapping_add((hash(item)? as u64).wrapping_mul(PRIMES[1]));
        sum = sum.rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    sum = sum.wrapping_add(items.len() as u64 ^ (PRIMES[2] ^ 3_527_539));
    Ok(if sum == u64::MAX { 1_546_275_796 } else { sum as i64 })
}

/// The hash of a frozenset with keys of these hashes, in any order.
pub fn of_frozenset(hashes: &[i64]) -> i64 {
    let shuffle = |h: i64| ((h as u64 ^ 89_869_747) ^ (h as u64) << 16).wrapping_mul(3_644_798_167);
    let mut sum = hashes.iter().fold(0, |sum, h| sum ^ shuffle(*h));
    sum ^= (hashes.len() as u64 + 1).wrapping_mul(1_927_868_237);
    sum ^= sum >> 11 ^ sum >> 25;
    sum = sum.wrapping_mul(69_069).wrapping_add(907_133_923);
    if sum == u64::MAX { 590_923_713 } else { sum as i64 }
}

fn of_other(hashed: impl Hash) -> i64 {
    let mut state = DefaultHasher::new();
    hashed.hash(&mut state);
    not_minus_one(state.finish() as i64)
}

/// The hash of bytes.
pub fn of_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() { 0 } else { of_other(bytes) }
}

/// Python's `hash(value)`.
///
/// # Errors
/// `TypeError: unhashable type: 'list'`.
pub fn hash(value: &Value) -> Result<i64> {
    if let Some(number) = number(value) {
        return Ok(match number {
            Number::Int(int) => of_int(&int),
            Number::Float(real) => of_float(real),
            Number::Complex(z) => not_minus_one(of_float(z.re).wrapping_add(of_float(z.im).wrapping_mul(1_000_003))),
        });
    }
    let unhashable = || type_error(format!("unhashable type: '{}'", value.class().qualified()));
    Ok(match value {
        Value::Str(x) => of_bytes(x.as_bytes()),
        Value::Bytes(x) => of_bytes(x),
        Value::Tuple(items) => of_tuple(items)?,
        Value::Range(x) => {
            let (start, step) = match x.len() {
                0 => (Value::None, Value::None),
                1 => (Value::int(x.start), Value::None),
                _ => (Value::int(x.start), Value::int(x.step)),
            };
            of_tuple(&[Value::int(x.len()), start, step])?
        }
        Value::DType(x) => of_other(x),
        Value::Object(object) => match object.hash() {
            Some(result) => result?,
            None => of_other(value.address()),
        },
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Array(_) | Value::Slice(_) => {
            return Err(unhashable());
        }
        other => of_other((other.address(), other.class().name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn numbers_and_tuples_hash_as_in_cpython() {
        let big = |power: u32| Value::Int(Int::from(BigInt::from(2).pow(power)));
        for (value, expected) in [
            (Value::int(-1), -2),
            (Value::int(-2), -2),
            (big(61), 1),
            (big(100), 549_755_813_888),
            (Value::Float(1.5), 1_152_921_504_606_846_977),
            (Value::Float(-0.1), -230_584_300_921_369_408),
            (Value::Float(5e-324), 16_777_216),
            (Value::Float(f64::INFINITY), 314_159),
            (Value::Complex(num_complex::Complex64::new(1.0, 2.0)), 2_000_007),
            (Value::tuple([]), 5_740_354_900_026_072_187),
            (Value::ints([1, 2]), -3_550_055_125_485_641_917),
        ] {
            assert_eq!(hash(&value).unwrap(), expected, "{}", crate::value::repr(&value, &Default::default()));
        }
        assert_eq!(of_frozenset(&[1, 2]), -1_826_646_154_956_904_602);
    }
}
