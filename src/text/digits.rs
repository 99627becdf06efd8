//! Which decimal digits stand for a binary floating-point number?
//!
//! There are two answers. The shortest digits are the fewest that read back as the same number of the same type. The
//! exact digits are the number's true decimal expansion, rounded at a wanted place. Python's `repr` wants the first,
//! `'%.3f'` the second, and NumPy's printing mixes them: shortest, but cut at a precision, or padded with exact digits
//! to a minimum.
//!
//! The general answer is Steele and White's digit loop in the form NumPy uses (`Dragon4` in `dragon4.c`), on big
//! integers. It knows how far the number is from its neighbours, so it can stop as soon as the digits are unique.
//! Where only the plain shortest digits are wanted, the crate `zmij` gives the same ones much faster.

use num_bigint::BigUint;
use std::cmp::Ordering;

use crate::half::F16;

/// Decimal digits with a decimal exponent: `d.ddd * 10**exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// The sign bit, also of `-0`.
    pub negative: bool,
    /// ASCII digits, most significant first; never empty. Zero is `"0"` with exponent 0.
    pub digits: Vec<u8>,
    /// The power of ten of the first digit.
    pub exponent: i32,
}

impl Digits {
    /// The power of ten of the last digit.
    pub fn last_place(&self) -> i32 {
        self.exponent - (self.digits.len() as i32 - 1)
    }
}

/// A number taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Not a number; the sign bit is kept.
    Nan {
        /// The sign bit.
        negative: bool,
    },
    /// An infinity.
    Infinite {
        /// True for minus infinity.
        negative: bool,
    },
    /// `mantissa * 2**exponent`, with the sign apart.
    Finite {
        /// The sign bit.
        negative: bool,
        /// The significand as an integer, with the hidden bit.
        mantissa: u64,
        /// The power of two of the significand's lowest bit.
        exponent: i32,
        /// True if the neighbour below is only half as far away as the one above: a power of two.
        unequal_margins: bool,
    },
}

/// A binary floating-point type: `F16`, `f32` or `f64`.
pub trait Float: Copy {
    /// Sign, mantissa and exponent.
    fn take_apart(self) -> Parts;
    /// The shortest digits that read back as this number. Only for finite numbers; others give zero.
    fn shortest(self) -> Digits;
    /// The same number as `f64`, exact.
    fn to_f64(self) -> f64;
}

fn take_apart(bits: u64, mantissa_bits: u32, exponent_bits: u32) -> Parts {
    let negative = bits >> (mantissa_bits + exponent_bits) & 1 == 1;
    let fraction = bits & ((1 << mantissa_bits) - 1);
    let mask = (1 << exponent_bits) - 1;
    let biased = (bits >> mantissa_bits & mask) as i32;
    let bias = (mask >> 1) as i32;
    if biased == mask as i32 {
        return if fraction == 0 { Parts::Infinite { negative } } else { Parts::Nan { negative } };
    }
    let mantissa = if biased == 0 { fraction } else { fraction | 1 << mantissa_bits };
    let exponent = biased.max(1) - bias - mantissa_bits as i32;
    Parts::Finite { negative, mantissa, exponent, unequal_margins: biased > 1 && fraction == 0 }
}

impl Float for F16 {
    fn take_apart(self) -> Parts {
        take_apart(u64::from(self.to_bits()), 10, 5)
    }

    fn shortest(self) -> Digits {
        run_digit_loop(self.take_apart(), DigitMode::Unique, Cutoff::Total, None, None)
    }

    fn to_f64(self) -> f64 {
        F16::to_f64(self)
    }
}

impl Float for f32 {
    fn take_apart(self) -> Parts {
        take_apart(u64::from(self.to_bits()), 23, 8)
    }

    fn shortest(self) -> Digits {
        if !self.is_finite() {
            return zero(self.is_sign_negative());
        }
        read_digits(zmij::Buffer::new().format_finite(self))
    }

    fn to_f64(self) -> f64 {
        f64::from(self)
    }
}

impl Float for f64 {
    fn take_apart(self) -> Parts {
        take_apart(self.to_bits(), 52, 11)
    }

    fn shortest(self) -> Digits {
        if !self.is_finite() {
            return zero(self.is_sign_negative());
        }
        read_digits(zmij::Buffer::new().format_finite(self))
    }

    fn to_f64(self) -> f64 {
        self
    }
}

fn zero(negative: bool) -> Digits {
    Digits { negative, digits: vec![b'0'], exponent: 0 }
}

/// Reads a decimal text such as `-12.5e-7` into digits without leading or trailing zeros.
fn read_digits(text: &str) -> Digits {
    let negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = whole.bytes().chain(fraction.bytes());
    let leading = all.clone().take_while(|&digit| digit == b'0').count();
    let mut digits: Vec<u8> = all.skip(leading).collect();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    if digits.is_empty() {
        return zero(negative);
    }
    let power: i32 = power.parse().unwrap_or(0);
    Digits { negative, digits, exponent: power + whole.len() as i32 - 1 - leading as i32 }
}

/// The exact decimal expansion of a finite number, rounded half to even to `count` digits (at least 1).
pub fn round_to_count(value: f64, count: usize) -> Digits {
    if value == 0.0 || !value.is_finite() {
        return zero(value.is_sign_negative());
    }
    // An f64 has at most 767 significant digits; all beyond are zeros.
    let count = count.clamp(1, 800);
    let text = format!("{:.*e}", count - 1, value.abs());
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    Digits {
        negative: value.is_sign_negative(),
        digits: mantissa.bytes().filter(u8::is_ascii_digit).collect(),
        exponent: power.parse().unwrap_or(0),
    }
}

/// The digits of a value rounded half to even to `places` digits after the point. Leading zeros are left out, except for
/// zero itself.
pub fn round_to_fraction(value: f64, places: usize) -> Digits {
    // No f64 has a digit past place 1074.
    if value == 0.0 || !value.is_finite() {
        return zero(value.is_sign_negative());
    }
    let text = format!("{:.*}", places.min(1100), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let all = whole.bytes().chain(fraction.bytes());
    let leading = all.clone().take_while(|&digit| digit == b'0').count();
    let digits: Vec<u8> = all.skip(leading).collect();
    let negative = value.is_sign_negative();
    if digits.is_empty() {
        return Digits { negative, digits: vec![b'0'], exponent: 0 };
    }
    Digits { negative, digits, exponent: whole.len() as i32 - 1 - leading as i32 }
}

/// When the digit loop stops by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitMode {
    /// As soon as the digits read back as the same number.
    Unique,
    /// When nothing remains of the exact value.
    Exact,
}

/// What a number of digits counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cutoff {
    /// All digits from the first significant one.
    Total,
    /// Digits past the decimal point.
    Fraction,
}

/// NumPy's digits of a finite number: `Dragon4` of `dragon4.c`.
///
/// `most` digits (counted by `cutoff`) are given at most, the last one rounded half to even; in unique mode exact
/// digits go on until there are at least `least`. Trailing zeros are kept where they were digits, but not where a carry
/// left them or where nothing remained of the exact value. A number that is not finite
/// gives zero.
pub fn generate_digits(
    value: impl Float,
    mode: DigitMode,
    cutoff: Cutoff,
    most: Option<u32>,
    least: Option<u32>,
) -> Digits {
    let by_loop = || run_digit_loop(value.take_apart(), mode, cutoff, most, least);
    let most = most.filter(|&count| count > 0 || cutoff == Cutoff::Fraction);
    let round_at = |count: u32| {
        let rounded = match cutoff {
            Cutoff::Total => round_to_count(value.to_f64(), count as usize),
            Cutoff::Fraction => round_to_fraction(value.to_f64(), count as usize),
        };
        // Zeros at the end are kept or not as they came about, which only the loop knows.
        if rounded.digits.last() == Some(&b'0') { by_loop() } else { rounded }
    };
    if mode == DigitMode::Exact {
        return most.map_or_else(by_loop, round_at);
    }
    let shortest = value.shortest();
    let place = |count: u32| match cutoff {
        Cutoff::Total => i64::from(shortest.exponent) + 1 - i64::from(count),
        Cutoff::Fraction => -i64::from(count),
    };
    let last = i64::from(shortest.last_place());
    if let Some(place) = most.map(place).filter(|&place| place > last) {
        return cut(&shortest, place).unwrap_or_else(by_loop);
    }
    match least.map(|count| most.map_or(count, |most| count.min(most))) {
        Some(count) if place(count) < last => {
            // More digits than are unique: so deep that only the exact value decides, but for a power of two, whose
            // lower neighbour is nearer.
            if matches!(value.take_apart(), Parts::Finite { unequal_margins: true, .. }) {
                by_loop()
            } else {
                round_at(count)
            }
        }
        _ => shortest,
    }
}

/// The exact value rounded at `place`, told by its shortest digits, which go on beyond it. `None` if they cannot tell:
/// if they end in the middle between two candidates, where the exact value may be a little above or below.
///
/// They can tell in every other case. A middle that lay between the exact value and its shortest digits would be nearer
/// to the value and not longer, so it would have been the shortest digits.
fn cut(shortest: &Digits, place: i64) -> Option<Digits> {
    let count = i64::from(shortest.exponent) - place + 1;
    let kept = usize::try_from(count).unwrap_or(0);
    let (kept, rest) = shortest.digits.split_at_checked(kept)?;
    if count >= 0 && rest == b"5" {
        return None;
    }
    let up = count >= 0 && rest.first().is_some_and(|&digit| digit >= b'5');
    let mut digits = kept.to_vec();
    let mut exponent = shortest.exponent;
    if kept.is_empty() {
        digits.push(b'0');
        exponent = i32::try_from(place).ok()?;
    }
    if up {
        exponent += carry(&mut digits);
    }
    Some(Digits { negative: shortest.negative, digits, exponent })
}

/// Adds one to the last digit. Nines give way to the carry; they do not become zeros. Gives 1 if all did, so that the
/// one digit left stands one place higher, else 0.
fn carry(digits: &mut Vec<u8>) -> i32 {
    while digits.last() == Some(&b'9') {
        digits.pop();
    }
    match digits.last_mut() {
        Some(digit) => {
            *digit += 1;
            0
        }
        None => {
            digits.push(b'1');
            1
        }
    }
}

/// The digit loop itself, on big integers.
fn run_digit_loop(parts: Parts, mode: DigitMode, cutoff: Cutoff, most: Option<u32>, least: Option<u32>) -> Digits {
    let (negative, mantissa, exponent, unequal_margins) = match parts {
        Parts::Finite { negative, mantissa, exponent, unequal_margins } if mantissa != 0 => {
            (negative, mantissa, exponent, unequal_margins)
        }
        Parts::Finite { negative, .. } | Parts::Infinite { negative } | Parts::Nan { negative } => {
            return zero(negative);
        }
    };
    let most = most.map(|count| count.min(LONGEST) as i32);
    let least = least.map(|count| count.min(LONGEST) as i32);
    let even = mantissa % 2 == 0;

    // The number is value / scale, half the way to the neighbours is margin / scale. The factor 4 keeps all integral.
    let mut value = BigUint::from(mantissa) * 4u32;
    let mut scale = BigUint::from(4u32);
    let mut low_margin = BigUint::from(if unequal_margins { 1u32 } else { 2 });
    if exponent > 0 {
        value <<= exponent;
        low_margin <<= exponent;
    } else {
        scale <<= -exponent;
    }
    let high_factor = if unequal_margins { 2u32 } else { 1 };

    // The place of the first digit: the estimate is right or one too low.
    let top_bit = 63 - mantissa.leading_zeros() as i32;
    let mut place = (f64::from(top_bit + exponent) * std::f64::consts::LOG10_2 - 0.69).ceil() as i32;
    if let (Some(most), Cutoff::Fraction) = (most, cutoff) {
        // A number below the cutoff starts at the cutoff, with the digit 0.
        place = place.max(-most + 1);
    }
    let power = BigUint::from(10u32).pow(place.unsigned_abs());
    if place > 0 {
        scale *= power;
    } else {
        value *= &power;
        low_margin *= power;
    }
    if value >= scale {
        place += 1;
    } else {
        value *= 10u32;
        low_margin *= 10u32;
    }

    let place_of = |count: i32| match cutoff {
        Cutoff::Total => place - count,
        Cutoff::Fraction => -count,
    };
    let last_allowed = most.filter(|&count| count > 0 || cutoff == Cutoff::Fraction).map(place_of);
    let last_wanted = least.map_or(place, |count| place_of(count).min(place));
    let first_place = place - 1;

    let mut digits = Vec::with_capacity(20);
    let (last_digit, round_up) = loop {
        place -= 1;
        let mut digit = b'0';
        while value >= scale {
            value -= &scale;
            digit += 1;
        }
        let (low, high) = match mode {
            DigitMode::Unique => {
                let low = value.cmp(&low_margin);
                let high = (&value + &low_margin * high_factor).cmp(&scale);
                (low.is_lt() || even && low.is_eq(), high.is_gt() || even && high.is_eq())
            }
            DigitMode::Exact => (false, false),
        };
        let finished = match mode {
            DigitMode::Unique => (low || high) && place <= last_wanted,
            DigitMode::Exact => value == BigUint::ZERO,
        };
        if finished || Some(place) == last_allowed || digits.len() >= LONGEST as usize {
            let up = if low == high {
                match (&value * 2u32).cmp(&scale) {
                    Ordering::Less => false,
                    Ordering::Equal => digit % 2 == 1,
                    Ordering::Greater => true,
                }
            } else {
                high
            };
            break (digit, up);
        }
        digits.push(digit);
        value *= 10u32;
        low_margin *= 10u32;
    };

    digits.push(last_digit);
    let mut exponent = first_place;
    if round_up {
        exponent += carry(&mut digits);
    }
    Digits { negative, digits, exponent }
}

/// More digits than this NumPy's buffer does not hold.
pub const LONGEST: u32 = 16383;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unique_by_loop(value: impl Float) -> Digits {
        run_digit_loop(value.take_apart(), DigitMode::Unique, Cutoff::Total, None, None)
    }

    fn text(digits: &Digits) -> (&str, i32) {
        (std::str::from_utf8(&digits.digits).unwrap(), digits.exponent)
    }

    #[test]
    fn shortest_digits_are_python_s() {
        assert_eq!(text(&0.1.shortest()), ("1", -1));
        assert_eq!(text(&1e23.shortest()), ("1", 23));
        assert_eq!(text(&5e-324.shortest()), ("5", -324));
        assert_eq!(text(&f64::MAX.shortest()), ("17976931348623157", 308));
        assert_eq!(text(&0.1_f32.shortest()), ("1", -1));
        assert_eq!(text(&16777216.0_f32.shortest()), ("16777216", 7));
        assert_eq!(text(&F16::from_f64(0.1).shortest()), ("1", -1));
        assert_eq!(text(&F16::MAX.shortest()), ("655", 4));
        assert_eq!((-0.0).shortest(), zero(true));
    }

    #[test]
    fn the_fast_digits_of_powers_of_two_are_those_of_the_loop() {
        for exponent in -1074..1024 {
            let value = 2.0_f64.powi(exponent);
            assert_eq!(value.shortest(), unique_by_loop(value), "2**{exponent}");
        }
        for exponent in -149..128 {
            let value = 2.0_f32.powi(exponent);
            assert_eq!(value.shortest(), unique_by_loop(value), "2**{exponent}");
        }
    }

    #[test]
    fn every_half_reads_back() {
        for bits in 0..0x7c00 {
            let half = F16::from_bits(bits);
            let digits = half.shortest();
            let number = format!("{}e{}", text(&digits).0, digits.last_place());
            assert_eq!(F16::from_f64(number.parse().unwrap()).to_bits(), bits);
            assert!(digits.digits.len() <= 5);
        }
    }

    #[test]
    fn rounds_the_exact_value_half_to_even() {
        assert_eq!(text(&round_to_count(2.5, 1)), ("2", 0));
        assert_eq!(text(&round_to_count(3.5, 1)), ("4", 0));
        assert_eq!(text(&round_to_count(0.15, 1)), ("1", -1));
        assert_eq!(text(&round_to_count(-9.99, 2)), ("10", 1));
        assert_eq!(text(&round_to_count(0.1, 25)), ("1000000000000000055511151", -1));
    }

    /// Numbers of all sizes; many are short decimals or powers of two or ten.
    fn numbers() -> impl Strategy<Value = f64> {
        prop_oneof![
            any::<u64>().prop_map(f64::from_bits),
            (-99999i32..99999, 0i32..9).prop_map(|(whole, power)| f64::from(whole) / 10.0_f64.powi(power)),
            (-99999i32..99999, -20i32..20).prop_map(|(whole, power)| f64::from(whole) * 2.0_f64.powi(power)),
            (-300i32..300).prop_map(|power| 10.0_f64.powi(power)),
        ]
    }

    proptest! {
        #[test]
        fn the_fast_digits_are_those_of_the_loop(bits: u64, small: u32) {
            let value = f64::from_bits(bits);
            prop_assert_eq!(value.shortest().digits, unique_by_loop(value).digits);
            let value = f32::from_bits(small);
            prop_assert_eq!(value.shortest().digits, unique_by_loop(value).digits);
        }

        #[test]
        fn rounded_digits_are_those_of_the_loop(
            value in numbers(),
            exact: bool,
            total: bool,
            most in proptest::option::of(0u32..22),
            least in proptest::option::of(0u32..22),
        ) {
            let mode = if exact { DigitMode::Exact } else { DigitMode::Unique };
            let cutoff = if total { Cutoff::Total } else { Cutoff::Fraction };
            let fast = generate_digits(value, mode, cutoff, most, least);
            let slow = run_digit_loop(value.take_apart(), mode, cutoff, most, least);
            prop_assert_eq!(fast, slow);
            let (value, half) = (value as f32, F16::from_f64(value));
            let slow = run_digit_loop(value.take_apart(), mode, cutoff, most, least);
            prop_assert_eq!(generate_digits(value, mode, cutoff, most, least), slow);
            let slow = run_digit_loop(half.take_apart(), mode, cutoff, most, least);
            prop_assert_eq!(generate_digits(half, mode, cutoff, most, least), slow);
        }
    }
}
