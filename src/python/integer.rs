//! What do Python's operators compute on ints of any size?
//!
//! Machine words while the result fits, [`BigInt`] beyond; floor division and modulo round towards minus infinity, and
//! bits are those of two's complement. A result of more than [`MOST_BITS`] bits is refused, so that no expression
//! hangs.

use crate::error::{Result, overflow_error, value_error, zero_division_error};
use crate::text::float::round_to_f64;
use crate::text::number::int_to_float;
use crate::value::Int;
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed, Zero};

/// The most bits an int may have that an operator makes: ten million, about three million decimal digits.
pub const MOST_BITS: u64 = 10_000_000;

fn too_large() -> crate::error::Error {
    overflow_error("too many digits in integer").help("ndsh keeps ints to ten million bits")
}

fn bits(int: &Int) -> u64 {
    match int {
        Int::Small(value) => 64 - value.unsigned_abs().leading_zeros() as u64,
        Int::Big(value) => value.bits(),
    }
}

/// `a + b`.
pub fn add(a: &Int, b: &Int) -> Int {
    match (a, b) {
        (Int::Small(x), Int::Small(y)) => Int::from(*x as i128 + *y as i128),
        _ => Int::from(a.to_big() + b.to_big()),
    }
}

/// `a - b`.
pub fn subtract(a: &Int, b: &Int) -> Int {
    match (a, b) {
        (Int::Small(x), Int::Small(y)) => Int::from(*x as i128 - *y as i128),
        _ => Int::from(a.to_big() - b.to_big()),
    }
}

/// `a * b`.
///
/// # Errors
/// `OverflowError` beyond [`MOST_BITS`].
pub fn multiply(a: &Int, b: &Int) -> Result<Int> {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        return Ok(Int::from(*x as i128 * *y as i128));
    }
    if bits(a) + bits(b) > MOST_BITS {
        return Err(too_large());
    }
    Ok(Int::from(a.to_big() * b.to_big()))
}

/// Quotient and remainder of floor division; the caller has made sure that `b` is not 0.
fn floor_divide(a: &Int, b: &Int) -> (Int, Int) {
    if let (Int::Small(x), Int::Small(y)) = (a, b) {
        let (x, y) = (*x as i128, *y as i128);
        let (quotient, remainder) = (x / y, x % y);
        let below = remainder != 0 && (remainder < 0) != (y < 0);
        return (Int::from(quotient - below as i128), Int::from(if below { remainder + y } else { remainder }));
    }
    let (x, y) = (a.to_big(), b.to_big());
    let (mut quotient, mut remainder) = (&x / &y, &x % &y);
    if !remainder.is_zero() && remainder.is_negative() != y.is_negative() {
        quotient -= 1;
        remainder += y;
    }
    (Int::from(quotient), Int::from(remainder))
}

/// `divmod(a, b)`.
///
/// # Errors
/// `ZeroDivisionError: integer division or modulo by zero`.
pub fn divmod(a: &Int, b: &Int) -> Result<(Int, Int)> {
    if b.is_zero() {
        return Err(zero_division_error("integer division or modulo by zero"));
    }
    Ok(floor_divide(a, b))
}

/// `a % b`.
///
/// # Errors
/// `ZeroDivisionError: integer modulo by zero`.
pub fn remainder(a: &Int, b: &Int) -> Result<Int> {
    if b.is_zero() {
        return Err(zero_division_error("integer modulo by zero"));
    }
    Ok(floor_divide(a, b).1)
}

/// `a / b`: the float nearest to the true quotient.
///
/// # Errors
/// `ZeroDivisionError`; `OverflowError: integer division result too large for a float`.
pub fn true_divide(a: &Int, b: &Int) -> Result<f64> {
    if b.is_zero() {
        return Err(zero_division_error("division by zero"));
    }
    if let (Int::Small(x), Int::Small(y)) = (a, b)
        && x.unsigned_abs() <= 1 << 53
        && y.unsigned_abs() <= 1 << 53
    {
        return Ok(*x as f64 / *y as f64);
    }
    let negative = (a.signum() < 0) != (b.signum() < 0);
    let (x, y) = (a.to_big().into_parts().1, b.to_big().into_parts().1);
    // Enough quotient bits to round once, with a last bit that says whether anything remained.
    let shift = 66 - (x.bits() as i64 - y.bits() as i64);
    let (x, y) = if shift >= 0 { (x << shift, y) } else { (x, y << -shift) };
    let mut quotient = &x / &y;
    if !(&x % &y).is_zero() {
        quotient |= num_bigint::BigUint::one();
    }
    let value = round_to_f64(&quotient, -shift)
        .ok_or_else(|| overflow_error("integer division result too large for a float"))?;
    Ok(if negative { -value } else { value })
}

/// `a ** b` for `b` that is not negative.
///
/// # Errors
/// `OverflowError` beyond [`MOST_BITS`].
pub fn power(a: &Int, b: &Int) -> Result<Int> {
    match a {
        Int::Small(0 | 1) if !b.is_zero() => return Ok(a.clone()),
        Int::Small(-1) => {
            let even = remainder(b, &Int::Small(2))?.is_zero();
            return Ok(Int::Small(if even { 1 } else { -1 }));
        }
        _ => {}
    }
    let exponent = b.to_i64().and_then(|n| u32::try_from(n).ok()).ok_or_else(too_large)?;
    if (bits(a).saturating_sub(1)).saturating_mul(exponent as u64) > MOST_BITS {
        return Err(too_large());
    }
    if let Int::Small(base) = a
        && let Some(value) = (*base as i128).checked_pow(exponent)
    {
        return Ok(Int::from(value));
    }
    Ok(Int::from(a.to_big().pow(exponent)))
}

/// `pow(a, b, modulus)`.
///
/// # Errors
/// `ValueError` for a modulus of 0 and for a base without inverse.
pub fn power_modulo(a: &Int, b: &Int, modulus: &Int) -> Result<Int> {
    if modulus.is_zero() {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    let (base, exponent, modulus) = (a.to_big(), b.to_big(), modulus.to_big());
    let positive = modulus.abs();
    let mut base = ((base % &positive) + &positive) % &positive;
    let mut exponent = exponent;
    if exponent.is_negative() {
        base = base
            .modinv(&positive)
            .filter(|_| !positive.is_zero())
            .ok_or_else(|| value_error("base is not invertible for the given modulus"))?;
        exponent = -exponent;
    }
    let mut result = base.modpow(&exponent, &positive);
    if modulus.is_negative() && !result.is_zero() {
        result += modulus;
    }
    Ok(Int::from(result))
}

/// `a << b`.
///
/// # Errors
/// `ValueError: negative shift count`; `OverflowError` beyond [`MOST_BITS`].
pub fn left_shift(a: &Int, b: &Int) -> Result<Int> {
    if b.signum() < 0 {
        return Err(value_error("negative shift count"));
    }
    if a.is_zero() {
        return Ok(a.clone());
    }
    let count = b.to_i64().filter(|&n| bits(a).saturating_add(n as u64) <= MOST_BITS).ok_or_else(too_large)?;
    match a {
        Int::Small(value) if count < 63 => Ok(Int::from((*value as i128) << count)),
        _ => Ok(Int::from(a.to_big() << count)),
    }
}

/// `a >> b`.
///
/// # Errors
/// `ValueError: negative shift count`.
pub fn right_shift(a: &Int, b: &Int) -> Result<Int> {
    if b.signum() < 0 {
        return Err(value_error("negative shift count"));
    }
    let count = match b.to_i64() {
        Some(count) if (count as u64) < bits(a) => count,
        _ => return Ok(Int::Small(if a.signum() < 0 { -1 } else { 0 })),
    };
    Ok(match a {
        Int::Small(value) => Int::Small(value >> count.min(63)),
        Int::Big(value) => Int::from((**value).clone() >> count),
    })
}

/// `a & b`, `a | b` or `a ^ b`.
pub fn combine(a: &Int, b: &Int, words: fn(i64, i64) -> i64, large: fn(BigInt, BigInt) -> BigInt) -> Int {
    match (a, b) {
        (Int::Small(x), Int::Small(y)) => Int::Small(words(*x, *y)),
        _ => Int::from(large(a.to_big(), b.to_big())),
    }
}

/// `-a`.
pub fn negative(a: &Int) -> Int {
    match a {
        Int::Small(value) => Int::from(-(*value as i128)),
        Int::Big(value) => Int::from(-(**value).clone()),
    }
}

/// `~a`.
pub fn invert(a: &Int) -> Int {
    match a {
        Int::Small(value) => Int::Small(!value),
        Int::Big(value) => Int::from(!(**value).clone()),
    }
}

/// `abs(a)`.
pub fn absolute(a: &Int) -> Int {
    if a.signum() < 0 { negative(a) } else { a.clone() }
}

/// The nearest float.
///
/// # Errors
/// `OverflowError: int too large to convert to float`.
pub fn to_float(a: &Int) -> Result<f64> {
    match a {
        Int::Small(value) => Ok(*value as f64),
        Int::Big(value) => Ok(int_to_float(value)?),
    }
}

/// `a.bit_length()`.
pub fn bit_length(a: &Int) -> u64 {
    bits(a)
}

/// The greatest common divisor, not negative.
pub fn gcd(a: &Int, b: &Int) -> Int {
    let (mut x, mut y) = (absolute(a), absolute(b));
    while !y.is_zero() {
        let rest = floor_divide(&x, &y).1;
        x = y;
        y = rest;
    }
    x
}

/// `round(a, digits)` for negative `digits`: to a multiple of `10**-digits`, half to even.
pub fn round_to_power_of_ten(a: &Int, places: u32) -> Result<Int> {
    // Nothing of `a` is left where the power has more digits than `a` could have.
    if u64::from(places) > bits(a) {
        return Ok(Int::Small(0));
    }
    let unit = power(&Int::Small(10), &Int::from(u64::from(places)))?;
    let (quotient, rest) = divmod(a, &unit)?;
    let twice = add(&rest, &rest);
    let odd = !remainder(&quotient, &Int::Small(2))?.is_zero();
    let up = match twice.cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => odd,
        std::cmp::Ordering::Greater => true,
    };
    multiply(&add(&quotient, &Int::Small(up as i64)), &unit)
}

/// The int that these bytes are.
pub fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> Int {
    Int::from(match (little, signed) {
        (true, true) => BigInt::from_signed_bytes_le(bytes),
        (false, true) => BigInt::from_signed_bytes_be(bytes),
        (true, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
    })
}

/// `a.to_bytes(length, ...)`.
///
/// # Errors
/// `OverflowError` where the int does not fit, or is negative and unsigned was asked for.
pub fn to_bytes(a: &Int, length: usize, little: bool, signed: bool) -> Result<Vec<u8>> {
    if a.signum() < 0 && !signed {
        return Err(overflow_error("can't convert negative int to unsigned"));
    }
    let too_big = || overflow_error("int too big to convert");
    let value = a.to_big();
    let mut bytes = if signed { value.to_signed_bytes_le() } else { value.to_bytes_le().1 };
    if a.is_zero() {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(too_big());
    }
    bytes.resize(length, if a.signum() < 0 { 0xff } else { 0 });
    if !little {
        bytes.reverse();
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Int {
        Int::from(text.parse::<BigInt>().unwrap())
    }

    #[test]
    fn division_rounds_down() {
        for (a, b, quotient, rest) in [(7, -2, -4, -1), (-7, 2, -4, 1), (-7, -2, 3, -1), (i64::MIN, -1, 0, 0)] {
            let (q, r) = divmod(&Int::Small(a), &Int::Small(b)).unwrap();
            if a == i64::MIN {
                assert_eq!(q, int("9223372036854775808"));
            } else {
                assert_eq!((q, r), (Int::Small(quotient), Int::Small(rest)));
            }
        }
        let big = int("-1000000000000000000000000000001");
        assert_eq!(divmod(&big, &Int::Small(10)).unwrap(), (int("-100000000000000000000000000001"), Int::Small(9)));
    }

    #[test]
    fn true_division_rounds_once() {
        assert_eq!(true_divide(&int("10000000000000000000000001"), &int("1000000000000000000000000")).unwrap(), 10.0);
        assert_eq!(true_divide(&Int::Small(9007199254740993), &Int::Small(1)).unwrap(), 9007199254740992.0);
        assert_eq!(true_divide(&Int::Small(-1), &Int::Small(3)).unwrap(), -1.0 / 3.0);
        assert!(true_divide(&power(&Int::Small(10), &Int::Small(400)).unwrap(), &Int::Small(3)).is_err());
    }

    #[test]
    fn powers_are_guarded() {
        assert_eq!(power(&Int::Small(2), &Int::Small(64)).unwrap(), int("18446744073709551616"));
        assert_eq!(power(&Int::Small(-1), &int("100000000000000000001")).unwrap(), Int::Small(-1));
        assert!(power(&Int::Small(10), &Int::Small(1_000_000_000)).is_err());
        assert!(left_shift(&Int::Small(1), &Int::Small(1 << 40)).is_err());
        assert_eq!(power_modulo(&Int::Small(2), &Int::Small(-1), &Int::Small(7)).unwrap(), Int::Small(4));
        assert_eq!(power_modulo(&Int::Small(3), &Int::Small(3), &Int::Small(-5)).unwrap(), Int::Small(-3));
    }

    #[test]
    fn bytes_both_ways() {
        assert_eq!(to_bytes(&Int::Small(-2), 2, false, true).unwrap(), [0xff, 0xfe]);
        assert_eq!(to_bytes(&Int::Small(0), 0, true, false).unwrap(), [0u8; 0]);
        assert_eq!(from_bytes(&[0xff, 0xfe], false, true), Int::Small(-2));
        assert!(to_bytes(&Int::Small(128), 1, true, true).is_err());
    }
}
