//! How does Python write a float?
//!
//! `repr`, the `e`, `f` and `g` styles that `format` and `%` share (`PyOS_double_to_string` in `pystrtod.c`),
//! hexadecimal text, and the exact ratio of two integers.

use num_bigint::{BigInt, BigUint, Sign};
use num_traits::ToPrimitive;

use super::digits::{Float, Parts, round_to_count, round_to_fraction};
use super::error::FormatError;

/// How the digits of a float are chosen and laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The shortest digits that read back, with an exponent if the number is large or small: `repr`.
    Repr,
    /// `d.ddde+dd`, with so many digits after the point.
    Exponent(usize),
    /// `ddd.ddd`, with so many digits after the point.
    Fixed(usize),
    /// So many significant digits, with an exponent if the number is large or small.
    General(usize),
}

/// More digits than this are refused with a `MemoryError`, as are wider fields.
pub const WIDEST: usize = 100_000_000;

/// The text of `repr(value)`.
pub fn repr_float(value: f64) -> String {
    write_float(value, Style::Repr, false, true)
}

/// The text of `repr(complex(real, imag))`.
pub fn repr_complex(real: f64, imag: f64) -> String {
    let imag_text = write_float(imag, Style::Repr, false, false);
    if real == 0.0 && real.is_sign_positive() {
        return format!("{imag_text}j");
    }
    let plus = if imag_text.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imag_text}j)", write_float(real, Style::Repr, false, false))
}

/// Writes a float in a style. A minus sign is written where there is one, `inf` and `nan` in lower case.
///
/// `alternate` always writes the point and keeps the trailing zeros of `General`. `add_dot_0` makes the text of a whole
/// number end in `.0`. Digit counts must not be over [`WIDEST`].
pub fn write_float(value: f64, style: Style, alternate: bool, add_dot_0: bool) -> String {
    if value.is_nan() {
        return "nan".to_string();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    let (digits, exponential, places) = match style {
        Style::Repr => {
            let digits = value.shortest();
            let exponential = !(-4..16).contains(&digits.exponent);
            (digits, exponential, None)
        }
        Style::Exponent(places) => (round_to_count(value, places.saturating_add(1)), true, Some(places)),
        Style::Fixed(places) => (round_to_fraction(value, places), false, Some(places)),
        Style::General(count) => {
            let count = count.max(1);
            let mut digits = round_to_count(value, count);
            // Where `.0` is to follow, there must be room for its zero.
            let room = count as i64 - i64::from(add_dot_0);
            let exponential = digits.exponent < -4 || i64::from(digits.exponent) >= room;
            let places =
                if exponential { count - 1 } else { (count as i64 - 1 - i64::from(digits.exponent)).max(0) as usize };
            if !alternate {
                while digits.digits.len() > 1 && digits.digits.last() == Some(&b'0') {
                    digits.digits.pop();
                }
            }
            (digits, exponential, alternate.then_some(places))
        }
    };
    let mut text = String::from(sign);
    if exponential {
        let (first, rest) = digits.digits.split_at(1);
        push_digits(&mut text, first);
        push_fraction(&mut text, rest, places, alternate);
        let mark = if digits.exponent < 0 { '-' } else { '+' };
        text.push_str(&format!("e{mark}{:02}", digits.exponent.unsigned_abs()));
        return text;
    }
    match usize::try_from(digits.exponent) {
        Ok(exponent) => {
            let (whole, fraction) = digits.digits.split_at(digits.digits.len().min(exponent + 1));
            push_digits(&mut text, whole);
            text.extend(std::iter::repeat_n('0', exponent + 1 - whole.len()));
            push_fraction(&mut text, fraction, places, alternate || add_dot_0);
        }
        Err(_) => {
            text.push('0');
            let mut fraction = vec![b'0'; (-digits.exponent - 1) as usize];
            fraction.extend_from_slice(&digits.digits);
            push_fraction(&mut text, &fraction, places, alternate);
        }
    }
    if add_dot_0 && text.ends_with('.') {
        text.push('0');
    } else if add_dot_0 && !text.contains('.') {
        text.push_str(".0");
    }
    text
}

fn push_digits(text: &mut String, digits: &[u8]) {
    text.extend(digits.iter().map(|&digit| char::from(digit)));
}

/// Writes point and fraction, with zeros up to `places`; the point alone only if it is wanted.
fn push_fraction(text: &mut String, fraction: &[u8], places: Option<usize>, point: bool) {
    let places = places.unwrap_or(fraction.len());
    if places > 0 || point {
        text.push('.');
    }
    push_digits(text, &fraction[..fraction.len().min(places)]);
    text.extend(std::iter::repeat_n('0', places.saturating_sub(fraction.len())));
}

/// The text of `value.hex()`.
pub fn write_hex(value: f64) -> String {
    match value.take_apart() {
        Parts::Nan { .. } => "nan".to_string(),
        Parts::Infinite { negative } => if negative { "-inf" } else { "inf" }.to_string(),
        Parts::Finite { negative, mantissa, exponent, .. } => {
            let sign = if negative { "-" } else { "" };
            if mantissa == 0 {
                return format!("{sign}0x0.0p+0");
            }
            let (whole, fraction) = (mantissa >> 52, mantissa & ((1 << 52) - 1));
            format!("{sign}0x{whole}.{fraction:013x}p{:+}", exponent + 52)
        }
    }
}

/// The value of `float.fromhex(text)`.
///
/// Errors: `ValueError` for a text that is no hexadecimal number, `OverflowError` for too large a one.
pub fn read_hex(text: &str) -> Result<f64, FormatError> {
    let invalid = || FormatError::value("invalid hexadecimal floating-point string");
    let overflow = || FormatError::new("OverflowError", "hexadecimal value too large to represent as a float");
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let signed = |value: f64| if negative { -value } else { value };
    match text.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Ok(signed(f64::INFINITY)),
        "nan" => return Ok(signed(f64::NAN)),
        _ => {}
    }
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let (whole, mut rest) = split_while(text, |digit| digit.is_ascii_hexdigit());
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix('.') {
        (fraction, rest) = split_while(after, |digit| digit.is_ascii_hexdigit());
    }
    let digits = [whole.as_bytes(), fraction.as_bytes()].concat();
    let mantissa = BigUint::parse_bytes(&digits, 16).ok_or_else(invalid)?;
    let mut power = 0;
    if let Some(after) = rest.strip_prefix(['p', 'P']) {
        let (size, others) =
            split_while(after.strip_prefix(['+', '-']).unwrap_or(after), |digit| digit.is_ascii_digit());
        if size.is_empty() {
            return Err(invalid());
        }
        let limit = i64::MAX / 4;
        let size = size.parse::<i64>().map_or(limit, |size| size.min(limit));
        power = if after.starts_with('-') { -size } else { size };
        rest = others;
    }
    // CPython sees what is too large before it looks for the end.
    let value = round_to_f64(&mantissa, power - 4 * fraction.len() as i64).ok_or_else(overflow)?;
    if rest.is_empty() { Ok(signed(value)) } else { Err(invalid()) }
}

/// Splits after the leading characters that fit.
fn split_while(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c: char| !fits(c)).unwrap_or(text.len()))
}

/// `mantissa * 2**exponent`, rounded once, half to even; `None` if too large.
pub fn round_to_f64(mantissa: &BigUint, exponent: i64) -> Option<f64> {
    let bits = mantissa.bits() as i64;
    if bits == 0 {
        return Some(0.0);
    }
    // The power of two of the lowest bit that an f64 of this size can hold.
    let lowest = (bits + exponent - 53).max(-1074);
    if bits + exponent > 1024 {
        return None;
    }
    let shift = lowest - exponent;
    if shift > bits + 1 {
        return Some(0.0);
    }
    let mut kept = if shift <= 0 { mantissa << -shift } else { mantissa >> shift };
    if shift > 0 {
        let rest = mantissa - (&kept << shift);
        let half = BigUint::from(1u32) << (shift - 1);
        if rest > half || (rest == half && kept.bit(0)) {
            kept += 1u32;
        }
    }
    let kept = kept.to_u64()?;
    // Both factors are exact: the second step only moves the exponent.
    let lowest = lowest as i32;
    let value = if lowest < -1000 {
        kept as f64 * 2.0_f64.powi(-1000) * 2.0_f64.powi(lowest + 1000)
    } else {
        kept as f64 * 2.0_f64.powi(lowest)
    };
    value.is_finite().then_some(value)
}

/// The two integers of `value.as_integer_ratio()`: numerator and positive denominator in lowest terms.
///
/// Errors: `OverflowError` for an infinity, `ValueError` for NaN.
pub fn as_integer_ratio(value: f64) -> Result<(BigInt, BigInt), FormatError> {
    match value.take_apart() {
        Parts::Nan { .. } => Err(FormatError::value("cannot convert NaN to integer ratio")),
        Parts::Infinite { .. } => Err(FormatError::new("OverflowError", "cannot convert Infinity to integer ratio")),
        Parts::Finite { mantissa: 0, .. } => Ok((BigInt::ZERO, BigInt::from(1))),
        Parts::Finite { negative, mantissa, exponent, .. } => {
            let zeros = mantissa.trailing_zeros();
            let exponent = exponent + zeros as i32;
            let sign = if negative { Sign::Minus } else { Sign::Plus };
            let numerator = BigInt::from_biguint(sign, BigUint::from(mantissa >> zeros));
            let one = BigInt::from(1);
            if exponent >= 0 { Ok((numerator << exponent, one)) } else { Ok((numerator, one << -exponent)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn repr_uses_an_exponent_below_1e_4_and_from_1e16() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-inf"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(repr_float(value), text);
        }
    }

    #[test]
    fn repr_of_complex_leaves_out_a_real_part_of_plus_zero() {
        assert_eq!(repr_complex(0.0, 2.0), "2j");
        assert_eq!(repr_complex(-0.0, 2.0), "(-0+2j)");
        assert_eq!(repr_complex(1.5, -2.0), "(1.5-2j)");
        assert_eq!(repr_complex(f64::NAN, f64::INFINITY), "(nan+infj)");
        assert_eq!(repr_complex(1.0, -0.0), "(1-0j)");
    }

    #[test]
    fn writes_the_styles_of_printf() {
        let write = |value, style| write_float(value, style, false, false);
        assert_eq!(write(1234.5, Style::Exponent(2)), "1.23e+03");
        assert_eq!(write(0.0, Style::Exponent(3)), "0.000e+00");
        assert_eq!(write(2.5, Style::Fixed(0)), "2");
        assert_eq!(write(0.5, Style::Fixed(0)), "0");
        assert_eq!(write(-2.675, Style::Fixed(2)), "-2.67");
        assert_eq!(write(1e22, Style::Fixed(1)), "10000000000000000000000.0");
        assert_eq!(write(100000.0, Style::General(6)), "100000");
        assert_eq!(write(1000000.0, Style::General(6)), "1e+06");
        assert_eq!(write(0.0001, Style::General(3)), "0.0001");
        assert_eq!(write_float(1.0, Style::General(6), true, false), "1.00000");
        assert_eq!(write_float(0.0, Style::General(3), true, false), "0.00");
        assert_eq!(write_float(1.0, Style::Fixed(0), true, false), "1.");
        assert_eq!(write_float(10.0, Style::General(2), false, true), "1e+01");
    }

    #[test]
    fn hexadecimal_text_is_exact() {
        for (value, text) in [
            (0.1, "0x1.999999999999ap-4"),
            (-3.0, "-0x1.8000000000000p+1"),
            (5e-324, "0x0.0000000000001p-1022"),
            (1e-310, "0x0.012688b70e62bp-1022"),
            (-0.0, "-0x0.0p+0"),
            (f64::MAX, "0x1.fffffffffffffp+1023"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(write_hex(value), text);
            assert_eq!(read_hex(text), Ok(value));
        }
    }

    #[test]
    fn hexadecimal_text_is_rounded_once() {
        for (text, value) in [
            (" \t0X1P3\n", 8.0),
            ("-.8", -0.5),
            ("1e5", 485.0),
            ("0x1.fffffffffffff7p1023", f64::MAX),
            ("0x1p-1075", 0.0),
            ("0x1.8p-1075", 5e-324),
            ("0x1.00000000000008p0", 1.0),
            ("0x1.00000000000018p0", 1.0000000000000004),
            ("0x0p99999999999999999999", 0.0),
            ("0x1p-99999999999999999999", 0.0),
        ] {
            assert_eq!(read_hex(text), Ok(value), "{text}");
        }
        for text in ["", "0x", "0xp1", "0x1p", "0x1p+", "0x1 p1", "1_0", "0x1..0", "--1", "é", "."] {
            assert_eq!(read_hex(text).unwrap_err().message, "invalid hexadecimal floating-point string");
        }
        assert_eq!(read_hex("0x1p9 9").unwrap_err().class, "ValueError");
        for text in ["0x1p1024", "0x1p9999 9", "0x1.fffffffffffff8p1023", "0x1p99999999999999999999"] {
            assert_eq!(read_hex(text).unwrap_err().message, "hexadecimal value too large to represent as a float");
        }
    }

    #[test]
    fn ratios_are_in_lowest_terms() {
        assert_eq!(as_integer_ratio(-2.5), Ok((BigInt::from(-5), BigInt::from(2))));
        assert_eq!(as_integer_ratio(0.1), Ok((3602879701896397_i64.into(), 36028797018963968_i64.into())));
        assert_eq!(as_integer_ratio(-0.0), Ok((BigInt::ZERO, BigInt::from(1))));
        assert_eq!(as_integer_ratio(1e3), Ok((BigInt::from(1000), BigInt::from(1))));
        assert_eq!(as_integer_ratio(f64::INFINITY).unwrap_err().class, "OverflowError");
        assert_eq!(as_integer_ratio(f64::NAN).unwrap_err().message, "cannot convert NaN to integer ratio");
    }

    proptest! {
        #[test]
        fn repr_reads_back(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(!value.is_nan());
            prop_assert_eq!(repr_float(value).parse(), Ok(value));
            prop_assert_eq!(read_hex(&write_hex(value)), Ok(value));
        }

        #[test]
        fn reading_hex_never_panics(text in "[ 0-9a-fxXpP.+-]{0,20}") {
            let _ = read_hex(&text);
        }
    }
}
