//! How does `'...' % values` fill a template?
//!
//! A template is taken apart into literal parts and directives, `%[(key)][flags][width][.precision][h|l|L]conversion`,
//! and filled in CPython's order (`PyUnicode_Format`), so that of several mistakes the one CPython names is named. What
//! values there are, and how they look by `str` and `repr`, the caller says through [`Source`].

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::error::FormatError;
use super::float::{Style, WIDEST, write_float};
use super::format_spec::{check_precision, code_point};
use super::number::{Radix, float_to_int, int_to_float, write_int};

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Left out.
    Absent,
    /// Written as a number.
    Given(usize),
    /// `*`: taken from the values.
    FromValues,
}

/// One `%...` of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The mapping key in parentheses, also if the closing one is missing.
    pub key: Option<Result<String, FormatError>>,
    /// Flag `-`: pad on the right.
    pub left: bool,
    /// Flag `+`: always write a sign.
    pub sign: bool,
    /// Flag space: a space where a plus sign would stand.
    pub blank: bool,
    /// Flag `#`: prefixes of ints, points of floats.
    pub alternate: bool,
    /// Flag `0`: pad numbers with zeros after the sign.
    pub zero: bool,
    /// The least number of characters.
    pub width: Count,
    /// Digits of a number, or the most characters of a text.
    pub precision: Count,
    /// The conversion character, or what is wrong behind the parts above.
    pub conversion: Result<char, FormatError>,
    /// Where the conversion character stands, in characters from the template's start.
    pub position: usize,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// A place for a value.
    Directive(Directive),
}

/// What a conversion needs to know of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// An int, or what counts as one by `__index__`.
    Int(BigInt),
    /// A float, or what converts to one.
    Float(f64),
    /// A str.
    Str(String),
    /// Anything else.
    Other,
}

/// How `s`, `r` and `a` turn a value into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// By `str`.
    Str,
    /// By `repr`.
    Repr,
    /// By `ascii`.
    Ascii,
}

/// What the right side of `%` and its values are.
pub trait Source {
    /// A value of the language.
    type Value: Clone;
    /// An error of the language.
    type Error: From<FormatError>;

    /// The items, if the value is a tuple.
    fn items(&mut self, value: &Self::Value) -> Option<Vec<Self::Value>>;
    /// True if the value has items by key and is neither tuple nor str.
    fn is_mapping(&mut self, value: &Self::Value) -> bool;
    /// The item with this key.
    fn look_up(&mut self, value: &Self::Value, key: &str) -> Result<Self::Value, Self::Error>;
    /// The value as a number or a str.
    fn operand(&mut self, value: &Self::Value) -> Result<Operand, Self::Error>;
    /// The name of the value's type.
    fn type_name(&mut self, value: &Self::Value) -> String;
    /// The value as text.
    fn write(&mut self, value: &Self::Value, conversion: Conversion) -> Result<String, Self::Error>;
}

/// Takes a template apart. A directive with a mistake is the last part.
pub fn parse_template(template: &str) -> Vec<Part> {
    let chars: Vec<char> = template.chars().collect();
    let mut parser = Parser { chars: &chars, at: 0 };
    let mut parts = Vec::new();
    let mut literal = String::new();
    while let Some(c) = parser.next() {
        if c != '%' || parser.accept('%') {
            literal.push(c);
            continue;
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal)));
        }
        let directive = parser.parse_directive();
        let failed = directive.conversion.is_err();
        parts.push(Part::Directive(directive));
        if failed {
            return parts;
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    parts
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn accept(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Parses what follows a percent sign.
    fn parse_directive(&mut self) -> Directive {
        let mut directive = Directive {
            key: None,
            left: false,
            sign: false,
            blank: false,
            alternate: false,
            zero: false,
            width: Count::Absent,
            precision: Count::Absent,
            conversion: Err(FormatError::value("incomplete format")),
            position: 0,
        };
        directive.conversion = self.parse_fields(&mut directive);
        directive.position = self.at.saturating_sub(1);
        directive
    }

    fn parse_fields(&mut self, directive: &mut Directive) -> Result<char, FormatError> {
        if self.accept('(') {
            directive.key = Some(self.parse_key());
            if let Some(Err(mistake)) = &directive.key {
                return Err(mistake.clone());
            }
        }
        while let Some(flag) = self.peek() {
            match flag {
                '-' => directive.left = true,
                '+' => directive.sign = true,
                ' ' => directive.blank = true,
                '#' => directive.alternate = true,
                '0' => directive.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        directive.width = self.parse_count(isize::MAX as usize, "width too big")?;
        if self.accept('.') {
            directive.precision = match self.parse_count(i32::MAX as usize, "precision too big")? {
                Count::Absent => Count::Given(0),
                count => count,
            };
        }
        if let Some('h' | 'l' | 'L') = self.peek() {
            self.at += 1;
        }
        self.next().ok_or_else(|| FormatError::value("incomplete format"))
    }

    /// Parses a key up to its closing parenthesis; inner ones come in pairs.
    fn parse_key(&mut self) -> Result<String, FormatError> {
        let mut key = String::new();
        let mut depth = 1;
        while let Some(c) = self.next() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(key);
            }
            key.push(c);
        }
        Err(FormatError::value("incomplete format key"))
    }

    fn parse_count(&mut self, most: usize, too_big: &str) -> Result<Count, FormatError> {
        if self.accept('*') {
            return Ok(Count::FromValues);
        }
        let mut count = Count::Absent;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let so_far = if let Count::Given(so_far) = count { so_far } else { 0 };
            let next = so_far.checked_mul(10).and_then(|tens| tens.checked_add(digit as usize));
            let next = next.filter(|&next| next <= most);
            count = Count::Given(next.ok_or_else(|| FormatError::value(too_big))?);
            self.at += 1;
        }
        Ok(count)
    }
}

/// The values still to be used.
struct Feed<V> {
    /// The items of a tuple, or the one value.
    values: Vec<V>,
    used: usize,
}

impl<V: Clone> Feed<V> {
    fn next(&mut self) -> Result<V, FormatError> {
        let value = self.values.get(self.used).cloned();
        self.used += 1;
        value.ok_or_else(|| FormatError::type_("not enough arguments for format string"))
    }
}

/// The text of `template % right`.
pub fn format_percent<S: Source>(template: &str, right: &S::Value, source: &mut S) -> Result<String, S::Error> {
    let is_mapping = source.is_mapping(right);
    let values = source.items(right).unwrap_or_else(|| vec![right.clone()]);
    let mut feed = Feed { values, used: 0 };
    let mut text = String::new();
    for part in parse_template(template) {
        let directive = match part {
            Part::Literal(literal) => {
                text.push_str(&literal);
                continue;
            }
            Part::Directive(directive) => directive,
        };
        if let Some(key) = &directive.key {
            if !is_mapping {
                return Err(FormatError::type_("format requires a mapping").into());
            }
            // From here on, the item found is the one value.
            let key = key.as_ref().map_err(FormatError::clone)?;
            feed = Feed { values: vec![source.look_up(right, key)?], used: 0 };
        }
        let field = resolve_counts(&directive, &mut feed, source)?;
        let conversion = directive.conversion.clone()?;
        let value = feed.next()?;
        text.push_str(&fill_field(&field, conversion, &value, source)?);
    }
    if feed.used < feed.values.len() && !is_mapping {
        return Err(FormatError::type_("not all arguments converted during string formatting").into());
    }
    Ok(text)
}

/// A directive whose width and precision are known.
struct Field<'a> {
    directive: &'a Directive,
    left: bool,
    width: usize,
    precision: Option<usize>,
}

fn resolve_counts<'a, S: Source>(
    directive: &'a Directive,
    feed: &mut Feed<S::Value>,
    source: &mut S,
) -> Result<Field<'a>, S::Error> {
    let mut left = directive.left;
    let width = match directive.width {
        Count::Absent => 0,
        Count::Given(width) => width,
        Count::FromValues => {
            let width = next_count(feed, source)?.to_isize().ok_or_else(|| too_large("ssize_t"))?;
            left |= width < 0;
            width.unsigned_abs()
        }
    };
    let precision = match directive.precision {
        Count::Absent => None,
        Count::Given(precision) => Some(precision),
        Count::FromValues => {
            let precision = next_count(feed, source)?.to_i32().ok_or_else(|| too_large("int"))?;
            Some(usize::try_from(precision).unwrap_or(0))
        }
    };
    Ok(Field { directive, left, width, precision })
}

fn next_count<S: Source>(feed: &mut Feed<S::Value>, source: &mut S) -> Result<BigInt, S::Error> {
    let value = feed.next()?;
    match source.operand(&value)? {
        Operand::Int(count) => Ok(count),
        _ => Err(FormatError::type_("* wants int").into()),
    }
}

fn too_large(c_type: &str) -> FormatError {
    FormatError::new("OverflowError", format!("Python int too large to convert to C {c_type}"))
}

fn fill_field<S: Source>(
    field: &Field<'_>,
    conversion: char,
    value: &S::Value,
    source: &mut S,
) -> Result<String, S::Error> {
    let text = match conversion {
        's' => field.pad_text(&source.write(value, Conversion::Str)?)?,
        'r' => field.pad_text(&source.write(value, Conversion::Repr)?)?,
        'a' => field.pad_text(&source.write(value, Conversion::Ascii)?)?,
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => {
            let operand = source.operand(value)?;
            field.format_int(conversion, &operand, &source.type_name(value))?
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let operand = source.operand(value)?;
            field.format_float(conversion, &operand, &source.type_name(value))?
        }
        'c' => field.pad_text(&format_char(&source.operand(value)?)?)?,
        _ => {
            // C's `%c` cannot show all of Unicode.
            let shown = if matches!(conversion, '\x1f'..='\x7f') { conversion } else { '?' };
            let code = u32::from(conversion);
            let position = field.directive.position;
            let message = format!("unsupported format character '{shown}' (0x{code:x}) at index {position}");
            return Err(FormatError::value(message).into());
        }
    };
    Ok(text)
}

/// The character of `%c`.
fn format_char(operand: &Operand) -> Result<String, FormatError> {
    match operand {
        Operand::Str(text) if text.chars().count() == 1 => Ok(text.clone()),
        Operand::Int(code) => Ok(code_point(code.to_i64().unwrap_or(-1))?.to_string()),
        _ => Err(FormatError::type_("%c requires int or char")),
    }
}

impl Field<'_> {
    fn width(&self) -> Result<usize, FormatError> {
        if self.width > WIDEST { Err(FormatError::new("MemoryError", "")) } else { Ok(self.width) }
    }

    /// Cuts and pads a text.
    fn pad_text(&self, text: &str) -> Result<String, FormatError> {
        let cut: String = match (self.precision, &self.directive.conversion) {
            (Some(precision), Ok('s' | 'r' | 'a')) => text.chars().take(precision).collect(),
            _ => text.to_string(),
        };
        let width = self.width()?;
        Ok(if self.left { format_left(&cut, width) } else { format_right(&cut, width) })
    }

    fn format_int(&self, conversion: char, operand: &Operand, type_name: &str) -> Result<String, FormatError> {
        let radix = match conversion {
            'x' | 'X' => Some(Radix::Hexadecimal),
            'o' => Some(Radix::Octal),
            _ => None,
        };
        let value = match operand {
            Operand::Int(value) => value.clone(),
            Operand::Float(value) if radix.is_none() => float_to_int(*value)?,
            _ => {
                let wanted = if radix.is_some() { "an integer" } else { "a real number" };
                let message = format!("%{conversion} format: {wanted} is required, not {type_name}");
                return Err(FormatError::type_(message));
            }
        };
        let mut digits = match radix {
            None => write_int(&value)?.trim_start_matches('-').to_string(),
            Some(radix) => value.magnitude().to_str_radix(radix.base()),
        };
        let precision = self.precision.unwrap_or(0);
        check_precision(precision)?;
        if digits.len() < precision {
            digits.insert_str(0, &"0".repeat(precision - digits.len()));
        }
        let mut prefix = if self.directive.alternate { radix.map_or("", Radix::prefix) } else { "" }.to_string();
        if conversion == 'X' {
            digits.make_ascii_uppercase();
            prefix.make_ascii_uppercase();
        }
        self.pad_number(value.sign() == Sign::Minus, &prefix, &digits)
    }

    fn format_float(&self, conversion: char, operand: &Operand, type_name: &str) -> Result<String, FormatError> {
        let value = match operand {
            Operand::Int(value) => int_to_float(value)?,
            Operand::Float(value) => *value,
            _ => return Err(FormatError::type_(format!("must be real number, not {type_name}"))),
        };
        let precision = self.precision.unwrap_or(6);
        check_precision(precision)?;
        let style = match conversion {
            'e' | 'E' => Style::Exponent(precision),
            'f' | 'F' => Style::Fixed(precision),
            _ => Style::General(precision),
        };
        let mut text = write_float(value, style, self.directive.alternate, false);
        if conversion.is_ascii_uppercase() {
            text.make_ascii_uppercase();
        }
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        self.pad_number(unsigned.len() < text.len(), "", unsigned)
    }

    /// Pads a number: zeros go between prefix and digits.
    fn pad_number(&self, negative: bool, prefix: &str, digits: &str) -> Result<String, FormatError> {
        let width = self.width()?;
        let sign = match (negative, self.directive.sign, self.directive.blank) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        };
        if self.directive.zero && !self.left {
            let zeros = width.saturating_sub(sign.len() + prefix.len() + digits.len());
            return Ok(format!("{sign}{prefix}{}{digits}", "0".repeat(zeros)));
        }
        let text = format!("{sign}{prefix}{digits}");
        Ok(if self.left { format_left(&text, width) } else { format_right(&text, width) })
    }
}

fn format_left(text: &str, width: usize) -> String {
    text.to_string() + &" ".repeat(width.saturating_sub(text.chars().count()))
}

fn format_right(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.chars().count())) + text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::float::repr_float;
    use crate::text::quote::{ascii_str, repr_str};
    use proptest::prelude::*;

    #[derive(Clone)]
    enum Value {
        Int(i64),
        Float(f64),
        Str(&'static str),
        None,
        Tuple(Vec<Value>),
        Dict(Vec<(&'static str, Value)>),
    }
    use Value::{Dict, Float, Int, Str, Tuple};

    struct Python;

    impl Source for Python {
        type Value = Value;
        type Error = FormatError;

        fn items(&mut self, value: &Value) -> Option<Vec<Value>> {
            if let Tuple(items) = value { Some(items.clone()) } else { None }
        }

        fn is_mapping(&mut self, value: &Value) -> bool {
            matches!(value, Dict(_))
        }

        fn look_up(&mut self, value: &Value, key: &str) -> Result<Value, FormatError> {
            let Dict(items) = value else { return Err(FormatError::type_("not a dict")) };
            let found = items.iter().find(|(name, _)| *name == key);
            found.map(|(_, item)| item.clone()).ok_or_else(|| FormatError::new("KeyError", repr_str(key)))
        }

        fn operand(&mut self, value: &Value) -> Result<Operand, FormatError> {
            Ok(match value {
                Int(value) => Operand::Int(BigInt::from(*value)),
                Float(value) => Operand::Float(*value),
                Str(value) => Operand::Str(value.to_string()),
                _ => Operand::Other,
            })
        }

        fn type_name(&mut self, value: &Value) -> String {
            let name = match value {
                Int(_) => "int",
                Float(_) => "float",
                Str(_) => "str",
                Value::None => "NoneType",
                Tuple(_) => "tuple",
                Dict(_) => "dict",
            };
            name.to_string()
        }

        fn write(&mut self, value: &Value, conversion: Conversion) -> Result<String, FormatError> {
            Ok(match (value, conversion) {
                (Str(value), Conversion::Str) => value.to_string(),
                (Str(value), Conversion::Repr) => repr_str(value),
                (Str(value), Conversion::Ascii) => ascii_str(value),
                (Int(value), _) => value.to_string(),
                (Float(value), _) => repr_float(*value),
                (Value::None, _) => "None".to_string(),
                (Tuple(_) | Dict(_), _) => "...".to_string(),
            })
        }
    }

    fn fill(template: &str, right: Value) -> String {
        format_percent(template, &right, &mut Python).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn formats_ints() {
        for (template, value, text) in [
            ("%d", 42, "42"),
            ("<%5d>", 42, "<   42>"),
            ("<%-5d>", 42, "<42   >"),
            ("%05d", -42, "-0042"),
            ("%+.4d", 42, "+0042"),
            ("% d", 42, " 42"),
            ("%x", -255, "-ff"),
            ("%#08X", 255, "0X0000FF"),
            ("%#o", 8, "0o10"),
            ("%#.5x", 255, "0x000ff"),
            ("%+#8.3o|", 9, "  +0o011|"),
            ("%ld", 7, "7"),
            ("%c%%", 233, "é%"),
            ("%.3e", 1234, "1.234e+03"),
        ] {
            assert_eq!(fill(template, Int(value)), text, "{template}");
        }
    }

    #[test]
    fn formats_floats_and_text() {
        assert_eq!(
            fill("%5.2f|%-8g|%08.3f", Tuple(vec![Float(2.675), Float(0.5), Float(-1.5)])),
            " 2.67|0.5     |-001.500"
        );
        assert_eq!(fill("%05f %+F", Tuple(vec![Float(f64::INFINITY), Float(f64::NAN)])), "00inf +NAN");
        assert_eq!(fill("%d %i", Tuple(vec![Float(1.9), Float(-1.9)])), "1 -1");
        assert_eq!(fill("%#.0f %#g", Tuple(vec![Float(1.0), Float(1.0)])), "1. 1.00000");
        assert_eq!(
            fill("%s|%5.1s|%-4s|%05s", Tuple(vec![Str("é"), Str("éa"), Str("é"), Str("é")])),
            "é|    é|é   |    é"
        );
        assert_eq!(fill("%r %a", Tuple(vec![Str("é"), Str("é")])), r"'é' '\xe9'");
    }

    #[test]
    fn takes_counts_and_keys_from_the_values() {
        assert_eq!(fill("<%*d>", Tuple(vec![Int(-4), Int(7)])), "<7   >");
        assert_eq!(fill("%.*f", Tuple(vec![Int(1), Float(0.25)])), "0.2");
        let pair = || Dict(vec![("a", Int(1)), ("(b)", Str("x"))]);
        assert_eq!(fill("%(a)03d %((b))s", pair()), "001 x");
        assert_eq!(fill("%(a)s %s", pair()), "TypeError: not enough arguments for format string");
        assert_eq!(fill("%(c)s", pair()), "KeyError: 'c'");
        assert_eq!(fill("plain", pair()), "plain");
    }

    #[test]
    fn refuses_in_cpython_s_words() {
        for (template, right, message) in [
            ("%d", Str("x"), "TypeError: %d format: a real number is required, not str"),
            ("%i", Value::None, "TypeError: %i format: a real number is required, not NoneType"),
            ("%x", Float(1.5), "TypeError: %x format: an integer is required, not float"),
            ("%f", Str("x"), "TypeError: must be real number, not str"),
            ("%d", Float(f64::NAN), "ValueError: cannot convert float NaN to integer"),
            ("%c", Str("ab"), "TypeError: %c requires int or char"),
            ("%c", Int(-1), "OverflowError: %c arg not in range(0x110000)"),
            ("é%q", Int(1), "ValueError: unsupported format character 'q' (0x71) at index 2"),
            ("%é", Int(1), "ValueError: unsupported format character '?' (0xe9) at index 1"),
            ("%5%", Int(1), "ValueError: unsupported format character '%' (0x25) at index 2"),
            ("%", Int(1), "ValueError: incomplete format"),
            ("%5.", Int(1), "ValueError: incomplete format"),
            ("%(a", Int(1), "TypeError: format requires a mapping"),
            ("%(a", Dict(vec![]), "ValueError: incomplete format key"),
            ("%s %s", Tuple(vec![Int(1)]), "TypeError: not enough arguments for format string"),
            ("x", Int(1), "TypeError: not all arguments converted during string formatting"),
            ("%*d", Tuple(vec![Float(1.0), Int(1)]), "TypeError: * wants int"),
            ("%.9999999999d", Int(1), "ValueError: precision too big"),
            ("%99999999999999999999d", Int(1), "ValueError: width too big"),
            ("%9999999999d", Int(1), "MemoryError: "),
        ] {
            assert_eq!(fill(template, right), message, "{template}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(
            template in "(%(\\(a\\))?[-+ #0]{0,3}([0-9]{0,2}|\\*)(\\.([0-9]{0,2}|\\*))?[a-zA-Z%é]?|x){0,4}",
            a: i64,
            b: f64,
        ) {
            let _ = fill(&template, Tuple(vec![Int(a % 100), Float(b), Int(a), Str("é")]));
            let _ = fill(&template, Dict(vec![("a", Float(b))]));
        }
    }
}
