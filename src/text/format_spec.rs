//! How does `format(value, spec)` lay out a value?
//!
//! Python's format mini-language, `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, for int, bool,
//! float, complex and str, with the messages of `formatter_unicode.c`. It serves `format`, `str.format` and f-strings.

use num_bigint::{BigInt, Sign};

use super::error::FormatError;
use super::float::{Style, WIDEST, write_float};
use super::number::{Radix, int_to_float, write_int};
use super::unicode::decimal_value;

/// Where padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    Center,
    /// Between sign and digits.
    AfterSign,
}

impl Align {
    fn from_char(c: char) -> Option<Align> {
        match c {
            '<' => Some(Align::Left),
            '>' => Some(Align::Right),
            '^' => Some(Align::Center),
            '=' => Some(Align::AfterSign),
            _ => None,
        }
    }
}

/// A format specification taken apart.
#[derive(Clone, Debug)]
struct FormatSpec {
    fill: char,
    align: Align,
    sign: Option<char>,
    no_negative_zero: bool,
    alternate: bool,
    width: Option<usize>,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

impl FormatSpec {
    /// Takes a specification apart. `type_name` is for messages, `align` the type's own alignment.
    fn parse(text: &str, type_name: &str, align: Align) -> Result<FormatSpec, FormatError> {
        let mut spec = FormatSpec {
            fill: ' ',
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            kind: None,
        };
        let chars: Vec<char> = text.chars().collect();
        let mut rest = chars.as_slice();
        let mut fill_given = false;
        let mut align_given = false;
        if let [fill, second, ..] = *rest
            && let Some(align) = Align::from_char(second)
        {
            (spec.fill, spec.align) = (fill, align);
            (fill_given, align_given) = (true, true);
            rest = &rest[2..];
        } else if let Some(align) = rest.first().copied().and_then(Align::from_char) {
            spec.align = align;
            align_given = true;
            rest = &rest[1..];
        }
        if let [sign @ (' ' | '+' | '-'), ..] = *rest {
            spec.sign = Some(sign);
            rest = &rest[1..];
        }
        spec.no_negative_zero = accept(&mut rest, 'z');
        spec.alternate = accept(&mut rest, '#');
        if !fill_given && accept(&mut rest, '0') {
            spec.fill = '0';
            if !align_given && align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = read_count(&mut rest)?;
        let both = || FormatError::value("Cannot specify both ',' and '_'.");
        if accept(&mut rest, ',') {
            spec.grouping = Some(',');
        }
        if accept(&mut rest, '_') {
            if spec.grouping.is_some() {
                return Err(both());
            }
            spec.grouping = Some('_');
        }
        if spec.grouping == Some('_') && accept(&mut rest, ',') {
            return Err(both());
        }
        if accept(&mut rest, '.') {
            let precision = read_count(&mut rest)?;
            spec.precision = Some(precision.ok_or_else(|| FormatError::value("Format specifier missing precision"))?);
        }
        match rest {
            [] => {}
            &[kind] => spec.kind = Some(kind),
            _ => {
                let message = format!("Invalid format specifier '{text}' for object of type '{type_name}'");
                return Err(FormatError::value(message));
            }
        }
        match (spec.grouping, spec.kind) {
            (None, _) | (_, None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F')) => {}
            (Some('_'), Some('b' | 'o' | 'x' | 'X')) => {}
            (Some(separator), Some(kind)) => {
                let kind = show_kind(kind);
                return Err(FormatError::value(format!("Cannot specify '{separator}' with '{kind}'.")));
            }
        }
        Ok(spec)
    }

    /// The width, unless no string can be so long.
    fn width(&self) -> Result<usize, FormatError> {
        match self.width {
            Some(width) if width > WIDEST => Err(FormatError::new("MemoryError", "")),
            width => Ok(width.unwrap_or(0)),
        }
    }

    fn unknown_kind(&self, type_name: &str) -> FormatError {
        let kind = show_kind(self.kind.unwrap_or(' '));
        FormatError::value(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
    }

    /// Pads a text that is not a number.
    fn pad(&self, text: &str) -> Result<String, FormatError> {
        let padding = self.width()?.saturating_sub(text.chars().count());
        let (left, right) = self.split_padding(padding);
        Ok(repeat(self.fill, left) + text + &repeat(self.fill, right))
    }

    fn split_padding(&self, padding: usize) -> (usize, usize) {
        match self.align {
            Align::Left | Align::AfterSign => (0, padding),
            Align::Right => (padding, 0),
            Align::Center => (padding / 2, padding - padding / 2),
        }
    }

    /// Lays out a number: sign, prefix, grouped digits, and what follows them.
    fn lay_out(&self, number: &Number) -> Result<String, FormatError> {
        let width = self.width()?;
        let sign = match (number.negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        };
        let around = sign.len() + number.prefix.len() + number.rest.chars().count();
        // Zeros that fill the width are grouped like digits.
        let least = if self.fill == '0' && self.align == Align::AfterSign { width.saturating_sub(around) } else { 0 };
        let group = if matches!(self.kind, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
        let digits = match self.grouping {
            Some(separator) => group_digits(number.digits, separator, group, least),
            None => number.digits.to_string(),
        };
        let padding = width.saturating_sub(around + digits.len());
        let (left, inner, right) = match self.align {
            Align::AfterSign => (0, padding, 0),
            _ => {
                let (left, right) = self.split_padding(padding);
                (left, 0, right)
            }
        };
        let mut text = repeat(self.fill, left);
        text.push_str(sign);
        text.push_str(number.prefix);
        text.extend(std::iter::repeat_n(self.fill, inner));
        text.push_str(&digits);
        text.push_str(number.rest);
        text.extend(std::iter::repeat_n(self.fill, right));
        Ok(text)
    }
}

/// The parts of a number's text.
struct Number<'a> {
    negative: bool,
    prefix: &'a str,
    /// The digits of the whole part.
    digits: &'a str,
    /// Point, fraction, exponent; or `inf`, `nan`, or a character.
    rest: &'a str,
}

impl<'a> Number<'a> {
    /// Takes the text of a float apart.
    fn of_float(text: &'a str) -> Number<'a> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let end = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
        let (digits, rest) = unsigned.split_at(end);
        Number { negative: unsigned.len() < text.len(), prefix: "", digits, rest }
    }
}

fn repeat(c: char, count: usize) -> String {
    std::iter::repeat_n(c, count).collect()
}

fn accept(rest: &mut &[char], wanted: char) -> bool {
    let found = rest.first() == Some(&wanted);
    if found {
        *rest = &rest[1..];
    }
    found
}

/// Reads decimal digits of any script.
fn read_count(rest: &mut &[char]) -> Result<Option<usize>, FormatError> {
    let mut count: Option<usize> = None;
    while let Some(digit) = rest.first().copied().and_then(decimal_value) {
        let next = count.unwrap_or(0).checked_mul(10).and_then(|tens| tens.checked_add(digit as usize));
        let next = next.filter(|&next| isize::try_from(next).is_ok());
        count = Some(next.ok_or_else(|| FormatError::value("Too many decimal digits in format string"))?);
        *rest = &rest[1..];
    }
    Ok(count)
}

/// A type character as messages show it.
fn show_kind(kind: char) -> String {
    match kind {
        '!'..='\x7f' => kind.to_string(),
        _ => format!("\\x{:x}", u32::from(kind)),
    }
}

/// Puts a separator before every `size` digits from the right, with leading zeros up to `least` characters. No digits
/// stay none.
fn group_digits(digits: &str, separator: char, size: usize, least: usize) -> String {
    if digits.is_empty() {
        return String::new();
    }
    // The fewest digits whose grouped text is long enough: `count + (count - 1) / size >= least`.
    let mut count = digits.len();
    if count + (count - 1) / size < least {
        count = count.max((least * size).div_ceil(size + 1).saturating_sub(1));
        while count + (count - 1) / size < least {
            count += 1;
        }
    }
    let zeros = std::iter::repeat_n('0', count - digits.len());
    let mut text = String::with_capacity(count + count / size);
    for (at, digit) in zeros.chain(digits.chars()).enumerate() {
        if at > 0 && (count - at).is_multiple_of(size) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The text of `format(value, spec)` for an int. `type_name` is the type's name in messages.
pub fn format_int(value: &BigInt, spec: &str, type_name: &str) -> Result<String, FormatError> {
    if spec.is_empty() {
        return write_int(value);
    }
    let spec = FormatSpec::parse(spec, type_name, Align::Right)?;
    let radix = match spec.kind {
        None | Some('d' | 'n' | 'c') => None,
        Some('b') => Some(Radix::Binary),
        Some('o') => Some(Radix::Octal),
        Some('x' | 'X') => Some(Radix::Hexadecimal),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return lay_out_float(int_to_float(value)?, &spec),
        Some(_) => return Err(spec.unknown_kind(type_name)),
    };
    if spec.precision.is_some() {
        return Err(FormatError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        let message = "Negative zero coercion (z) not allowed in integer format specifier";
        return Err(FormatError::value(message));
    }
    if spec.kind == Some('c') {
        return format_code_point(value, &spec);
    }
    let negative = value.sign() == Sign::Minus;
    let (mut digits, mut prefix) = match radix {
        None => (write_int(value)?.trim_start_matches('-').to_string(), String::new()),
        Some(radix) => (value.magnitude().to_str_radix(radix.base()), radix.prefix().to_string()),
    };
    if spec.kind == Some('X') {
        digits.make_ascii_uppercase();
        prefix.make_ascii_uppercase();
    }
    if !spec.alternate {
        prefix.clear();
    }
    spec.lay_out(&Number { negative, prefix: &prefix, digits: &digits, rest: "" })
}

/// Type `c`: the character with this code.
fn format_code_point(value: &BigInt, spec: &FormatSpec) -> Result<String, FormatError> {
    if spec.sign.is_some() {
        return Err(FormatError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(FormatError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let code = i64::try_from(value)
        .map_err(|_| FormatError::new("OverflowError", "Python int too large to convert to C long"))?;
    let text = String::from(code_point(code)?);
    spec.lay_out(&Number { negative: false, prefix: "", digits: "", rest: &text })
}

/// The character with this code, for `format`'s and `%`'s type `c`.
///
/// Errors: `OverflowError` beyond Unicode, `ValueError` for a lone surrogate, which no string here can hold.
pub fn code_point(code: i64) -> Result<char, FormatError> {
    if let 0xd800..=0xdfff = code {
        return Err(FormatError::value(format!("a lone surrogate (U+{code:04X}) cannot stand in a str")));
    }
    let c = u32::try_from(code).ok().and_then(char::from_u32);
    c.ok_or_else(|| FormatError::new("OverflowError", "%c arg not in range(0x110000)"))
}

/// The text of `format(value, spec)` for a bool: an int, unless the specification is empty.
pub fn format_bool(value: bool, spec: &str) -> Result<String, FormatError> {
    if spec.is_empty() {
        return Ok(if value { "True" } else { "False" }.to_string());
    }
    format_int(&BigInt::from(u8::from(value)), spec, "bool")
}

/// The text of `format(value, spec)` for a float.
pub fn format_float(value: f64, spec: &str) -> Result<String, FormatError> {
    let spec = FormatSpec::parse(spec, "float", Align::Right)?;
    match spec.kind {
        None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => lay_out_float(value, &spec),
        Some(_) => Err(spec.unknown_kind("float")),
    }
}

fn lay_out_float(value: f64, spec: &FormatSpec) -> Result<String, FormatError> {
    let text = write_by_kind(value, spec, spec.kind.is_none())?;
    spec.lay_out(&Number::of_float(&text))
}

/// The digits of a float as the specification's type wants them, with a minus sign.
fn write_by_kind(value: f64, spec: &FormatSpec, add_dot_0: bool) -> Result<String, FormatError> {
    if let Some(precision) = spec.precision {
        check_precision(precision)?;
    }
    let precision = spec.precision.unwrap_or(6);
    let style = match spec.kind {
        None => spec.precision.map_or(Style::Repr, Style::General),
        Some('e' | 'E') => Style::Exponent(precision),
        Some('f' | 'F' | '%') => Style::Fixed(precision),
        _ => Style::General(precision),
    };
    let percent = spec.kind == Some('%');
    let value = if percent { value * 100.0 } else { value };
    let mut text = write_float(value, style, spec.alternate, add_dot_0);
    if spec.no_negative_zero && text.starts_with('-') && is_zero(&text) {
        text.remove(0);
    }
    if matches!(spec.kind, Some('E' | 'F' | 'G')) {
        text.make_ascii_uppercase();
    }
    if percent {
        text.push('%');
    }
    Ok(text)
}

/// Refuses a precision that CPython refuses, or that would need more memory than is sensible.
pub fn check_precision(precision: usize) -> Result<(), FormatError> {
    if i32::try_from(precision).is_err() {
        return Err(FormatError::value("precision too big"));
    }
    if precision > WIDEST { Err(FormatError::new("MemoryError", "")) } else { Ok(()) }
}

/// True if a float's text shows no digit but zeros in front of its exponent.
fn is_zero(text: &str) -> bool {
    !text.starts_with("-inf") && !text.chars().take_while(|&c| c != 'e').any(|c| matches!(c, '1'..='9'))
}

/// The text of `format(complex(real, imag), spec)`.
pub fn format_complex(real: f64, imag: f64, spec: &str) -> Result<String, FormatError> {
    let spec = FormatSpec::parse(spec, "complex", Align::Right)?;
    if !matches!(spec.kind, None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
        return Err(spec.unknown_kind("complex"));
    }
    if let Some(precision) = spec.precision {
        check_precision(precision)?;
    }
    if spec.fill == '0' {
        return Err(FormatError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(FormatError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let bare = FormatSpec { fill: '\0', align: Align::Left, width: None, ..spec.clone() };
    let part = |value: f64, sign: Option<char>| {
        let text = write_by_kind(value, &bare, false)?;
        FormatSpec { sign, ..bare.clone() }.lay_out(&Number::of_float(&text))
    };
    let like_str = spec.kind.is_none();
    let text = if like_str && real == 0.0 && real.is_sign_positive() {
        format!("{}j", part(imag, spec.sign)?)
    } else {
        let both = format!("{}{}j", part(real, spec.sign)?, part(imag, Some('+'))?);
        if like_str { format!("({both})") } else { both }
    };
    spec.pad(&text)
}

/// The text of `format(value, spec)` for a str. `type_name` is the type's name in messages.
pub fn format_str(value: &str, spec: &str, type_name: &str) -> Result<String, FormatError> {
    if spec.is_empty() {
        return Ok(value.to_string());
    }
    let spec = FormatSpec::parse(spec, type_name, Align::Left)?;
    if !matches!(spec.kind, None | Some('s')) {
        return Err(spec.unknown_kind(type_name));
    }
    // An omitted type is 's', which takes no separators.
    if let (Some(separator), None) = (spec.grouping, spec.kind) {
        return Err(FormatError::value(format!("Cannot specify '{separator}' with 's'.")));
    }
    let refuse = |what: &str| Err(FormatError::value(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(' ') => return refuse("Space"),
        Some(_) => return refuse("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == Align::AfterSign {
        return refuse("'=' alignment");
    }
    let cut: String = value.chars().take(spec.precision.unwrap_or(usize::MAX)).collect();
    spec.pad(&cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn int(value: i64, spec: &str) -> String {
        format_int(&BigInt::from(value), spec, "int").unwrap_or_else(|error| error.to_string())
    }

    fn float(value: f64, spec: &str) -> String {
        format_float(value, spec).unwrap_or_else(|error| error.to_string())
    }

    fn complex(real: f64, imag: f64, spec: &str) -> String {
        format_complex(real, imag, spec).unwrap_or_else(|error| error.to_string())
    }

    fn str(value: &str, spec: &str) -> String {
        format_str(value, spec, "str").unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn formats_ints() {
        for (value, spec, text) in [
            (42, "", "42"),
            (42, "6", "    42"),
            (42, "<6", "42    "),
            (42, "*^7d", "**42***"),
            (-42, "=+6", "-   42"),
            (-42, "06", "-00042"),
            (42, "<06", "420000"),
            (42, " d", " 42"),
            (1234567, ",", "1,234,567"),
            (1234, "010,", "00,001,234"),
            (123, "04,", "0,123"),
            (123, "=#9_", "      123"),
            (48879, "#x", "0xbeef"),
            (48879, "#012_X", "0X0_0000_BEEF"),
            (1023, "_b", "11_1111_1111"),
            (-8, "#o", "-0o10"),
            (233, "c", "é"),
            (233, "->4c", "---é"),
            (3, ".2f", "3.00"),
            (3, ".1%", "300.0%"),
            (42, "é>٥", "ééé42"),
        ] {
            assert_eq!(int(value, spec), text, "{spec}");
        }
    }

    #[test]
    fn formats_floats() {
        for (value, spec, text) in [
            (3.0, "", "3.0"),
            (3.0, "8", "     3.0"),
            (1e16, ".3", "1e+16"),
            (10.0, ".2", "1e+01"),
            (12.0, ".3", "12.0"),
            (2.5, ".0f", "2"),
            (2.5, "#.0f", "2."),
            (1234567.891, ",.2f", "1,234,567.89"),
            (1234.5, "012,.1f", "00,001,234.5"),
            (0.000123, "g", "0.000123"),
            (0.0000123, "G", "1.23E-05"),
            (0.1234, ".1%", "12.3%"),
            (-0.001, ".1f", "-0.0"),
            (-0.001, "z.1f", "0.0"),
            (f64::INFINITY, "08", "00000inf"),
            (f64::NAN, "+F", "+NAN"),
            (1e300, "e", "1.000000e+300"),
            (0.5, ".20e", "5.00000000000000000000e-01"),
        ] {
            assert_eq!(float(value, spec), text, "{spec}");
        }
    }

    #[test]
    fn formats_complex_numbers() {
        for (real, imag, spec, text) in [
            (1.0, 2.0, "", "(1+2j)"),
            (0.0, -2.0, "", "-2j"),
            (0.0, 2.0, "+", "+2j"),
            (1.5, -2.0, ".2f", "1.50-2.00j"),
            (1.0, 2.0, ">10", "    (1+2j)"),
            (1234.0, 5678.0, ",.0f", "1,234+5,678j"),
            (f64::NAN, f64::NEG_INFINITY, " e", " nan-infj"),
        ] {
            assert_eq!(complex(real, imag, spec), text, "{spec}");
        }
        assert_eq!(complex(1.0, 2.0, "05"), "ValueError: Zero padding is not allowed in complex format specifier");
        assert_eq!(
            complex(1.0, 2.0, "=5"),
            "ValueError: '=' alignment flag is not allowed in complex format specifier"
        );
        assert_eq!(complex(1.0, 2.0, "%"), "ValueError: Unknown format code '%' for object of type 'complex'");
    }

    #[test]
    fn formats_strings_and_bools() {
        assert_eq!(str("naïve", "7"), "naïve  ");
        assert_eq!(str("naïve", ".3"), "naï");
        assert_eq!(str("naïve", "🦀^8.2s"), "🦀🦀🦀na🦀🦀🦀");
        assert_eq!(str("ab", "05"), "ab000");
        assert_eq!(format_bool(true, "").unwrap(), "True");
        assert_eq!(format_bool(true, "3").unwrap(), "  1");
        assert_eq!(format_bool(true, "s").unwrap_err().message, "Unknown format code 's' for object of type 'bool'");
    }

    #[test]
    fn refuses_in_cpython_s_words() {
        let too_many = "ValueError: Too many decimal digits in format string";
        for (spec, message) in [
            ("s", "ValueError: Unknown format code 's' for object of type 'int'"),
            ("é", "ValueError: Unknown format code '\\xe9' for object of type 'int'"),
            ("5 ", "ValueError: Unknown format code '\\x20' for object of type 'int'"),
            ("1_000", "ValueError: Invalid format specifier '1_000' for object of type 'int'"),
            (",_", "ValueError: Cannot specify both ',' and '_'."),
            ("_,", "ValueError: Cannot specify both ',' and '_'."),
            (",,", "ValueError: Cannot specify ',' with ','."),
            ("_n", "ValueError: Cannot specify '_' with 'n'."),
            (",x", "ValueError: Cannot specify ',' with 'x'."),
            (".", "ValueError: Format specifier missing precision"),
            (".2d", "ValueError: Precision not allowed in integer format specifier"),
            ("z", "ValueError: Negative zero coercion (z) not allowed in integer format specifier"),
            ("+c", "ValueError: Sign not allowed with integer format specifier 'c'"),
            ("#c", "ValueError: Alternate form (#) not allowed with integer format specifier 'c'"),
            ("9999999999999999999", too_many),
            (".9999999999999999999f", too_many),
            ("9999999999", "MemoryError: "),
        ] {
            assert_eq!(int(7, spec), message);
        }
        assert_eq!(int(-1, "c"), "OverflowError: %c arg not in range(0x110000)");
        assert_eq!(float(1.0, "d"), "ValueError: Unknown format code 'd' for object of type 'float'");
        assert_eq!(float(1.0, ".9999999999"), "ValueError: precision too big");
        for (spec, message) in [
            ("d", "ValueError: Unknown format code 'd' for object of type 'str'"),
            (" ", "ValueError: Space not allowed in string format specifier"),
            ("+", "ValueError: Sign not allowed in string format specifier"),
            ("#", "ValueError: Alternate form (#) not allowed in string format specifier"),
            ("=5", "ValueError: '=' alignment not allowed in string format specifier"),
            ("z", "ValueError: Negative zero coercion (z) not allowed in string format specifier"),
            (",", "ValueError: Cannot specify ',' with 's'."),
        ] {
            assert_eq!(str("ab", spec), message);
        }
    }

    #[test]
    fn big_ints_keep_their_limits() {
        let big = BigInt::from(10).pow(5000);
        let message = |spec| format_int(&big, spec, "int").unwrap_err().message;
        assert!(message("d").starts_with("Exceeds the limit (4300 digits)"));
        assert_eq!(message(".2f"), "int too large to convert to float");
        assert_eq!(format_int(&big, "x", "int").unwrap().len(), 4153);
    }

    proptest! {
        #[test]
        fn never_panics(
            spec in "[<>=^é]{0,2}[-+ ]?z?#?0?[0-9]{0,3}[,_]?(\\.[0-9]{0,3})?[bcdeEfFgGnosxX%]?",
            bits: u64,
            text: String,
        ) {
            let value = f64::from_bits(bits);
            let _ = (format_float(value, &spec), format_complex(value, -value, &spec));
            let _ = (int(bits as i64, &spec), str(&text, &spec), format_float(value, &text));
        }

        #[test]
        fn padded_text_has_the_width(value: i64, width in 1usize..60) {
            for spec in [format!("{width}"), format!("0{width}"), format!("^{width}"), format!("0{width}x")] {
                let bare = int(value, if spec.ends_with('x') { "x" } else { "" });
                prop_assert_eq!(int(value, &spec).len(), bare.len().max(width));
            }
        }
    }
}
