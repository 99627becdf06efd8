//! What is a half-precision number?
//!
//! `F16` holds the 16 bits of an IEEE 754 binary16, the type NumPy calls `float16`: one sign bit, five exponent
//! bits, ten mantissa bits. It does no arithmetic: NumPy itself computes in `float32` and rounds the result, so all
//! that is needed is an exact way up and a correctly rounded way down.

use std::cmp::Ordering;
use std::fmt;

/// An IEEE 754 binary16 number, kept as its bits.
///
/// Equality and order go by value: `-0 == 0`, and NaN equals nothing.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct F16(u16);

const SIGN: u16 = 0x8000;
const EXPONENT: u16 = 0x7c00;
const MANTISSA: u16 = 0x03ff;

impl F16 {
    /// Positive zero.
    pub const ZERO: F16 = F16(0);
    /// One.
    pub const ONE: F16 = F16(0x3c00);
    /// The largest finite value, 65504.
    pub const MAX: F16 = F16(0x7bff);
    /// The smallest finite value, -65504.
    pub const MIN: F16 = F16(0xfbff);
    /// The smallest positive normal value, 2**-14.
    pub const MIN_POSITIVE: F16 = F16(0x0400);
    /// The smallest positive value, 2**-24.
    pub const MIN_SUBNORMAL: F16 = F16(0x0001);
    /// The distance from one to the next value above, 2**-10.
    pub const EPSILON: F16 = F16(0x1400);
    /// Positive infinity.
    pub const INFINITY: F16 = F16(EXPONENT);
    /// Negative infinity.
    pub const NEG_INFINITY: F16 = F16(SIGN | EXPONENT);
    /// A quiet NaN, with the bits NumPy uses.
    pub const NAN: F16 = F16(0x7e00);

    /// The number with these bits.
    pub const fn from_bits(bits: u16) -> F16 {
        F16(bits)
    }

    /// The bits of the number.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The nearest half, ties to even; too large a value becomes infinity. A NaN keeps its sign and upper payload.
    pub fn from_f32(value: f32) -> F16 {
        if value.is_nan() {
            let bits = value.to_bits();
            return nan((bits >> 16) as u16 & SIGN, (bits >> 13) as u16 & MANTISSA);
        }
        F16::from_f64(f64::from(value))
    }

    /// The nearest half, ties to even, rounded once: not by way of `f32`.
    pub fn from_f64(value: f64) -> F16 {
        let bits = value.to_bits();
        let sign = (bits >> 48) as u16 & SIGN;
        if value.is_nan() {
            return nan(sign, (bits >> 42) as u16 & MANTISSA);
        }
        let magnitude = bits & (u64::MAX >> 1);
        let exponent = (magnitude >> 52) as i32 - 1023;
        let half = match exponent {
            16.. => u64::from(EXPONENT),
            // The carry of rounding goes from the mantissa into the exponent, up to infinity, as it should.
            -14..16 => shift_right_to_even(magnitude - ((1023 - 15) << 52), 42),
            -25..-14 => {
                let significand = magnitude & ((1 << 52) - 1) | 1 << 52;
                shift_right_to_even(significand, (42 - 14 - exponent) as u32)
            }
            _ => 0,
        };
        F16(sign | half as u16)
    }

    /// The same number as `f32`: exact.
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & SIGN) << 16;
        let mantissa = u32::from(self.0 & MANTISSA);
        match (self.0 & EXPONENT) >> 10 {
            0 => {
                // A subnormal: mantissa * 2**-24, which is a normal f32.
                let magnitude = mantissa as f32 * f32::from_bits((127 - 24) << 23);
                f32::from_bits(sign | magnitude.to_bits())
            }
            31 => f32::from_bits(sign | 0x7f80_0000 | mantissa << 13),
            exponent => f32::from_bits(sign | (u32::from(exponent) + 127 - 15) << 23 | mantissa << 13),
        }
    }

    /// The same number as `f64`: exact.
    pub fn to_f64(self) -> f64 {
        f64::from(self.to_f32())
    }

    /// True for any NaN.
    pub const fn is_nan(self) -> bool {
        self.0 & !SIGN > EXPONENT
    }

    /// True for either infinity.
    pub const fn is_infinite(self) -> bool {
        self.0 & !SIGN == EXPONENT
    }

    /// True unless infinite or NaN.
    pub const fn is_finite(self) -> bool {
        self.0 & EXPONENT != EXPONENT
    }

    /// True if the sign bit is set, also for `-0` and NaN.
    pub const fn is_sign_negative(self) -> bool {
        self.0 & SIGN != 0
    }
}

/// A NaN with this sign and payload; an empty payload would mean infinity, so it becomes 1, as in NumPy.
fn nan(sign: u16, payload: u16) -> F16 {
    F16(sign | EXPONENT | payload.max(1))
}

/// `value / 2**shift`, rounded to the nearest integer, ties to even. `shift` is from 1 to 63.
fn shift_right_to_even(value: u64, shift: u32) -> u64 {
    let quotient = value >> shift;
    let rest = value & ((1 << shift) - 1);
    match rest.cmp(&(1 << (shift - 1))) {
        Ordering::Less => quotient,
        Ordering::Equal => quotient + (quotient & 1),
        Ordering::Greater => quotient + 1,
    }
}

impl PartialEq for F16 {
    fn eq(&self, other: &F16) -> bool {
        self.to_f32() == other.to_f32()
    }
}

impl PartialOrd for F16 {
    fn partial_cmp(&self, other: &F16) -> Option<Ordering> {
        self.to_f32().partial_cmp(&other.to_f32())
    }
}

impl fmt::Debug for F16 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}_f16", self.to_f32())
    }
}

impl From<F16> for f32 {
    fn from(value: F16) -> f32 {
        value.to_f32()
    }
}

impl From<F16> for f64 {
    fn from(value: F16) -> f64 {
        value.to_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives_the_way_up_and_down() {
        for bits in 0..=u16::MAX {
            let half = F16::from_bits(bits);
            assert_eq!(F16::from_f32(half.to_f32()).to_bits(), bits);
            assert_eq!(half.is_nan(), half.to_f32().is_nan());
            if !half.is_nan() {
                assert_eq!(F16::from_f64(half.to_f64()).to_bits(), bits);
                assert_eq!(half, half);
            }
        }
    }

    #[test]
    fn values_are_those_of_the_standard() {
        assert_eq!(F16::ONE.to_f32(), 1.0);
        assert_eq!(F16::MAX.to_f32(), 65504.0);
        assert_eq!(F16::MIN.to_f64(), -65504.0);
        assert_eq!(F16::MIN_POSITIVE.to_f64(), 6.103515625e-05);
        assert_eq!(F16::MIN_SUBNORMAL.to_f64(), 5.960464477539063e-08);
        assert_eq!(F16::EPSILON.to_f64(), 0.0009765625);
        assert_eq!(F16::NEG_INFINITY.to_f64(), f64::NEG_INFINITY);
    }

    #[test]
    fn rounds_to_nearest_ties_to_even() {
        let cases: [(f64, u16); 14] = [
            (65519.999, 0x7bff),
            (65520.0, 0x7c00),
            (-65520.0, 0xfc00),
            (1e300, 0x7c00),
            (0.1, 0x2e66),
            (1.0 + 1.0 / 2048.0, 0x3c00),
            (1.0 + 3.0 / 2048.0, 0x3c02),
            (2.0_f64.powi(-25), 0x0000),
            (2.0_f64.powi(-25) * 1.0000001, 0x0001),
            (2.0_f64.powi(-24) * 1.5, 0x0002),
            (2.0_f64.powi(-14) - 2.0_f64.powi(-26), 0x0400),
            (-1e-300, 0x8000),
            (5e-324, 0x0000),
            (0.333333, 0x3555),
        ];
        for (value, bits) in cases {
            assert_eq!(F16::from_f64(value).to_bits(), bits, "{value:e}");
        }
    }

    #[test]
    fn rounds_a_double_once() {
        // By way of f32 this would first become the tie 1 + 2**-11 and then 1.
        let value = 1.0 + 2.0_f64.powi(-11) + 2.0_f64.powi(-40);
        assert_eq!(F16::from_f64(value).to_bits(), 0x3c01);
        assert_eq!(F16::from_f32(value as f32).to_bits(), 0x3c00);
    }

    #[test]
    fn compares_by_value() {
        assert_eq!(F16::from_bits(0x8000), F16::ZERO);
        assert_ne!(F16::NAN, F16::NAN);
        assert!(F16::MIN < F16::ZERO && F16::ZERO < F16::MIN_SUBNORMAL);
        assert_eq!(F16::NAN.partial_cmp(&F16::ONE), None);
    }

    #[test]
    fn keeps_the_payload_of_a_nan() {
        assert_eq!(F16::from_f32(f32::from_bits(0xffc0_2000)).to_bits(), 0xfe01);
        assert_eq!(F16::from_f32(f32::from_bits(0x7f80_0001)).to_bits(), 0x7c01);
        assert_eq!(F16::from_f64(f64::NAN).to_bits(), 0x7e00);
    }
}
