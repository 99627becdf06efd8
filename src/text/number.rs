//! How does Python read a number from text, and write an int?
//!
//! `int(text, base)`, `float(text)` and `complex(text)` with CPython's messages; decimal, hexadecimal, octal and binary
//! text of ints of any size; and the conversions between int and float that text rules need.

use num_bigint::{BigInt, BigUint, Sign};

use super::error::FormatError;
use super::float::round_to_f64;
use super::quote::repr_str;
use super::unicode::{decimal_value, is_space};

/// CPython writes and reads no more decimal digits than this at once: its time for that is quadratic.
pub const MOST_DIGITS: usize = 4300;

/// The text of `str(value)`.
///
/// Errors: `ValueError` beyond [`MOST_DIGITS`].
pub fn write_int(value: &BigInt) -> Result<String, FormatError> {
    let too_long = || {
        FormatError::value(
            "Exceeds the limit (4300 digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit",
        )
    };
    // 10**4300 has 14285 bits: do not spend time on what is far too long.
    if value.bits() > 14_300 {
        return Err(too_long());
    }
    let text = value.to_string();
    if text.trim_start_matches('-').len() > MOST_DIGITS { Err(too_long()) } else { Ok(text) }
}

/// A base other than ten that Python has a prefix for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Radix {
    /// Base 2, `0b`.
    Binary,
    /// Base 8, `0o`.
    Octal,
    /// Base 16, `0x`.
    Hexadecimal,
}

impl Radix {
    /// The base as a number.
    pub fn base(self) -> u32 {
        match self {
            Radix::Binary => 2,
            Radix::Octal => 8,
            Radix::Hexadecimal => 16,
        }
    }

    /// The prefix in lower case.
    pub fn prefix(self) -> &'static str {
        match self {
            Radix::Binary => "0b",
            Radix::Octal => "0o",
            Radix::Hexadecimal => "0x",
        }
    }
}

/// The text of `bin(value)`, `oct(value)` or `hex(value)`.
pub fn write_radix(value: &BigInt, radix: Radix) -> String {
    let sign = if value.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}{}{}", radix.prefix(), value.magnitude().to_str_radix(radix.base()))
}

/// The value of `int(text, base)`; `base` 0 takes the base from the text's prefix.
///
/// Errors: `ValueError` for a base or a text that Python refuses, and beyond [`MOST_DIGITS`].
pub fn read_int(text: &str, base: i64) -> Result<BigInt, FormatError> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(FormatError::value("int() base must be >= 2 and <= 36, or 0"));
    }
    let invalid = || {
        let literal: String = repr_str(text).chars().take(200).collect();
        FormatError::value(format!("invalid literal for int() with base {base}: {literal}"))
    };
    let ascii = to_ascii(text);
    let (negative, unsigned) = split_sign(trim_space(&ascii));

    let prefix = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    // Without a prefix, base 0 means 10, where leading zeros are left to zero alone.
    let only_zero = base == 0 && prefix == 0 && unsigned.starts_with('0');
    let radix = match (base, prefix) {
        (0, 0) => 10,
        (0, prefix) => prefix,
        (base, _) => base as u32,
    };
    let mut digits = unsigned;
    if prefix != 0 && radix == prefix {
        digits = &digits[2..];
        digits = digits.strip_prefix('_').unwrap_or(digits);
    }

    // What stands before the first foreign character is judged first.
    let end = digits.find(|c: char| c != '_' && !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    if digits.is_empty() || digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return Err(invalid());
    }
    let digits: Vec<u8> = digits.bytes().filter(|&digit| digit != b'_').collect();
    if !radix.is_power_of_two() && digits.len() > MOST_DIGITS {
        return Err(FormatError::value(format!(
            "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {} digits; \
             use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    let magnitude = BigUint::parse_bytes(&digits, radix).ok_or_else(invalid)?;
    if !rest.is_empty() || (only_zero && magnitude != BigUint::ZERO) {
        return Err(invalid());
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    Ok(BigInt::from_biguint(sign, magnitude))
}

/// The value of `float(text)`.
///
/// Errors: `ValueError` for a text that is no number.
pub fn read_float(text: &str) -> Result<f64, FormatError> {
    let invalid = || FormatError::value(format!("could not convert string to float: {}", repr_str(text)));
    let ascii = to_ascii(text);
    let number = drop_underscores(trim_space(&ascii)).ok_or_else(invalid)?;
    match scan_float(&number) {
        Some((value, "")) => Ok(value),
        _ => Err(invalid()),
    }
}

/// Real and imaginary part of `complex(text)`.
///
/// Errors: `ValueError` for a text that is no number.
pub fn read_complex(text: &str) -> Result<(f64, f64), FormatError> {
    let malformed = || FormatError::value("complex() arg is a malformed string");
    let ascii = to_ascii(text);
    // Underscores are judged first, as far as a C string goes.
    let judged = ascii.split('\0').next().unwrap_or_default();
    let number = match drop_underscores(judged) {
        Some(number) if judged.len() == ascii.len() => number,
        _ if !judged.contains('_') => return Err(malformed()),
        _ => {
            let message = format!("could not convert string to complex: {}", repr_str(text));
            return Err(FormatError::value(message));
        }
    };
    let number = trim_space(&number);
    let number = match number.strip_prefix('(') {
        Some(inner) => trim_space(inner.strip_suffix(')').ok_or_else(malformed)?),
        None => number,
    };
    // The forms are: x, xj, x+yj, x+j, +j and j.
    let (real, rest) = match scan_float(number) {
        Some((value, "")) => return Ok((value, 0.0)),
        Some((value, "j" | "J")) => return Ok((0.0, value)),
        Some((value, rest)) if rest.starts_with(['+', '-']) => (value, rest),
        Some(_) => return Err(malformed()),
        None => (0.0, number),
    };
    let (imag, rest) = match scan_float(rest) {
        Some(found) => found,
        None => match split_sign(rest) {
            (true, rest) => (-1.0, rest),
            (false, rest) => (1.0, rest),
        },
    };
    if matches!(rest, "j" | "J") { Ok((real, imag)) } else { Err(malformed()) }
}

/// The nearest float, ties to even.
///
/// Errors: `OverflowError` for too large an int.
pub fn int_to_float(value: &BigInt) -> Result<f64, FormatError> {
    let magnitude = round_to_f64(value.magnitude(), 0)
        .ok_or_else(|| FormatError::new("OverflowError", "int too large to convert to float"))?;
    Ok(if value.sign() == Sign::Minus { -magnitude } else { magnitude })
}

/// The int a float truncates to: `int(value)`.
///
/// Errors: `OverflowError` for an infinity, `ValueError` for NaN.
pub fn float_to_int(value: f64) -> Result<BigInt, FormatError> {
    if value.is_nan() {
        return Err(FormatError::value("cannot convert float NaN to integer"));
    }
    num_traits::FromPrimitive::from_f64(value.trunc())
        .ok_or_else(|| FormatError::new("OverflowError", "cannot convert float infinity to integer"))
}

/// The text with digits and spaces of all scripts made ASCII, up to the first other character, which becomes a question
/// mark. A text that is all ASCII stays as it is, so there the separators 1c to 1f are no spaces: CPython's own rule.
fn to_ascii(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for c in text.chars() {
        match decimal_value(c).and_then(|digit| char::from_digit(digit, 10)) {
            Some(digit) => ascii.push(digit),
            None if c.is_ascii() => ascii.push(c),
            None if is_space(c) => ascii.push(' '),
            None => {
                ascii.push('?');
                break;
            }
        }
    }
    ascii
}

/// Trims the six spaces of C.
fn trim_space(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, ' ' | '\t'..='\r'))
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// The text without underscores; `None` if one is not between two digits.
fn drop_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let misplaced = |(at, c): (usize, char)| c == '_' && !(is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1)));
    if text.char_indices().any(misplaced) { None } else { Some(text.replace('_', "")) }
}

/// Reads the longest number at the start of an ASCII text and gives the rest.
fn scan_float(text: &str) -> Option<(f64, &str)> {
    let (negative, unsigned) = split_sign(text);
    let signed = |value: f64| if negative { -value } else { value };
    for (name, value) in [("infinity", f64::INFINITY), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
        if unsigned.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return Some((signed(value), &unsigned[name.len()..]));
        }
    }
    let skip_digits = |text: &str, from: usize| {
        from + text.as_bytes()[from..].iter().take_while(|digit| digit.is_ascii_digit()).count()
    };
    let whole = skip_digits(unsigned, 0);
    let mut end = whole;
    let mut count = whole;
    if unsigned.as_bytes().get(whole) == Some(&b'.') {
        end = skip_digits(unsigned, whole + 1);
        count = end - 1;
    }
    if count == 0 {
        return None;
    }
    if matches!(unsigned.as_bytes().get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(unsigned.as_bytes().get(end + 1), Some(b'+' | b'-')));
        let start = end + 1 + signed;
        if unsigned.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
            end = skip_digits(unsigned, start);
        }
    }
    let value: f64 = unsigned[..end].parse().ok()?;
    Some((signed(value), &unsigned[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn int(text: &str, base: i64) -> Result<String, String> {
        read_int(text, base).map(|value| value.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_ints_of_every_base() {
        for (text, base, value) in [
            ("  -0x1F_0 ", 0, "-496"),
            ("0x_1f", 16, "31"),
            ("1_0", 10, "10"),
            ("0b11", 0, "3"),
            ("0b11", 16, "2833"),
            ("zz", 36, "1295"),
            ("00", 0, "0"),
            ("0_0", 0, "0"),
            ("+7", 8, "7"),
            ("٣٤", 10, "34"),
            ("\u{2003}1\u{2003}", 10, "1"),
        ] {
            assert_eq!(int(text, base).as_deref(), Ok(value), "{text}");
        }
    }

    #[test]
    fn refuses_other_ints_as_python_does() {
        for text in ["", "_1", "1__0", "1_", "0x1F", "+ 1", "1\0", "1.0", "-", "é", "\x1c1", "1 2", "--1"] {
            let expected = format!("ValueError: invalid literal for int() with base 10: {}", repr_str(text));
            assert_eq!(int(text, 10), Err(expected));
        }
        assert_eq!(int("01", 0).unwrap_err(), "ValueError: invalid literal for int() with base 0: '01'");
        assert_eq!(int("0x__1", 16).unwrap_err(), "ValueError: invalid literal for int() with base 16: '0x__1'");
        assert_eq!(int("1", 37).unwrap_err(), "ValueError: int() base must be >= 2 and <= 36, or 0");
        assert_eq!(int(&"x".repeat(300), 10).unwrap_err().len(), "ValueError: ".len() + 40 + 200);
    }

    #[test]
    fn limits_decimal_digits_both_ways() {
        let ten_to = |power| BigInt::from(10).pow(power);
        assert_eq!(write_int(&ten_to(4299)).unwrap().len(), 4300);
        assert_eq!(
            write_int(&-ten_to(4300)).unwrap_err().message,
            "Exceeds the limit (4300 digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        assert!(write_int(&ten_to(1_000_000)).is_err());
        assert_eq!(
            int(&"9".repeat(4301), 10).unwrap_err(),
            "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        assert!(read_int(&"f".repeat(100_000), 16).is_ok());
    }

    #[test]
    fn writes_other_bases() {
        assert_eq!(write_radix(&BigInt::from(-255), Radix::Hexadecimal), "-0xff");
        assert_eq!(write_radix(&BigInt::from(8), Radix::Octal), "0o10");
        assert_eq!(write_radix(&BigInt::from(0), Radix::Binary), "0b0");
    }

    #[test]
    fn reads_floats() {
        for (text, value) in [
            (" 1_0.5e-3 ", 0.0105),
            ("1e5_0", 1e50),
            ("1.", 1.0),
            ("-.5", -0.5),
            ("1e400", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("+inf", f64::INFINITY),
            ("٣.٥", 3.5),
            ("\u{2003}1.5\u{2003}", 1.5),
        ] {
            assert_eq!(read_float(text), Ok(value));
        }
        assert!(read_float("-NaN").unwrap().is_nan());
        for text in ["", "1__0", "1_.5", "1._5", "1e_5", "infin", "0x10", ".", "e5", "1e", "1 2", "+-1", "nan_", "é"] {
            let expected = format!("could not convert string to float: {}", repr_str(text));
            assert_eq!(read_float(text).unwrap_err().message, expected);
        }
    }

    #[test]
    fn reads_complex_numbers() {
        for (text, value) in [
            (" ( 1+2j ) ", (1.0, 2.0)),
            ("j", (0.0, 1.0)),
            ("-J", (0.0, -1.0)),
            ("1-j", (1.0, -1.0)),
            ("1e5j", (0.0, 1e5)),
            ("(1)", (1.0, 0.0)),
            ("1_0+2_0j", (10.0, 20.0)),
            ("infinityj", (0.0, f64::INFINITY)),
        ] {
            assert_eq!(read_complex(text), Ok(value));
        }
        for text in ["", "1 + 2j", "1+2", "(1+2j", "1+2j)", "1ej", "()", "1+-2j", "x", "1.e3.5j"] {
            assert_eq!(read_complex(text).unwrap_err().message, "complex() arg is a malformed string", "{text}");
        }
        assert_eq!(read_complex("1_+2j").unwrap_err().message, "could not convert string to complex: '1_+2j'");
    }

    #[test]
    fn converts_between_int_and_float() {
        let power = |exponent: u32| BigInt::from(2).pow(exponent);
        assert_eq!(int_to_float(&BigInt::from(9007199254740993_i64)), Ok(9007199254740992.0));
        assert_eq!(int_to_float(&BigInt::from(-9007199254740995_i64)), Ok(-9007199254740996.0));
        assert_eq!(int_to_float(&power(1024)).unwrap_err().message, "int too large to convert to float");
        assert_eq!(int_to_float(&(power(1024) - &power(970))).unwrap_err().class, "OverflowError");
        assert_eq!(int_to_float(&(power(1024) - power(970) - 1)), Ok(f64::MAX));
        assert_eq!(float_to_int(-1.9), Ok(BigInt::from(-1)));
        assert_eq!(float_to_int(f64::NAN).unwrap_err().message, "cannot convert float NaN to integer");
        assert_eq!(float_to_int(f64::INFINITY).unwrap_err().message, "cannot convert float infinity to integer");
    }

    proptest! {
        #[test]
        fn reading_never_panics(text: String, base in -1i64..40) {
            let _ = (read_int(&text, base), read_float(&text), read_complex(&text));
        }

        #[test]
        fn ints_read_back(value: i128, base in 2i64..37) {
            let value = BigInt::from(value);
            prop_assert_eq!(read_int(&value.to_str_radix(base as u32), base), Ok(value));
        }

        #[test]
        fn reading_number_like_text_never_panics(text in "[ _0-9.eEjJxX()+a-fin-]{0,12}") {
            let _ = (read_int(&text, 0), read_int(&text, 16), read_float(&text), read_complex(&text));
        }
    }
}
