//! How does `template.format(...)` fill a template?
//!
//! A template is taken apart into literal parts and replacement fields, `{name.attribute[key]!conversion:spec}`, where
//! the specification may hold fields again, one level deep. CPython finds mistakes only when it comes to them, after it
//! has filled the fields before (`unicode_format.h`). So a parsed template keeps its mistake as its end, and
//! [`format_template`] fills fields in CPython's order. What the names mean, the caller says through [`Source`].

use super::error::FormatError;
use super::unicode::decimal_value;

/// A template taken apart as far as it makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The parts up to the first mistake.
    pub parts: Vec<Part>,
    /// The mistake after the last part.
    pub mistake: Option<FormatError>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// A replacement field.
    Field(Field),
}

/// A replacement field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Which argument is meant.
    pub argument: Argument,
    /// What is looked up in it, in order.
    pub accessors: Vec<Accessor>,
    /// The mistake after the last accessor.
    pub mistake: Option<FormatError>,
    /// The character after `!`.
    pub conversion: Option<char>,
    /// The specification after `:`.
    pub spec: Spec,
}

/// Which argument a field means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The positional one with this index, written or counted.
    Index(usize),
    /// The keyword one with this name.
    Name(String),
}

/// A step from a value to one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accessor {
    /// `.name`
    Attribute(String),
    /// `[3]`
    Index(usize),
    /// `[name]`
    Key(String),
}

/// A format specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec {
    /// Plain text, empty if left out.
    Text(String),
    /// Text with fields to be filled first.
    Template(Template),
}

/// How a value is converted before it is formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

impl Conversion {
    /// The conversion with this letter.
    ///
    /// Errors: `ValueError` for any other character.
    pub fn from_char(c: char) -> Result<Conversion, FormatError> {
        match c {
            's' => Ok(Conversion::Str),
            'r' => Ok(Conversion::Repr),
            'a' => Ok(Conversion::Ascii),
            '!'..='~' => Err(FormatError::value(format!("Unknown conversion specifier {c}"))),
            _ => Err(FormatError::value(format!("Unknown conversion specifier \\x{:x}", u32::from(c)))),
        }
    }
}

/// What the names in a template mean.
pub trait Source {
    /// A value of the language.
    type Value;
    /// An error of the language.
    type Error: From<FormatError>;

    /// The positional argument with this index.
    fn positional(&mut self, index: usize) -> Option<Self::Value>;
    /// The keyword argument with this name, or a `KeyError`.
    fn keyword(&mut self, name: &str) -> Result<Self::Value, Self::Error>;
    /// An attribute or item of a value.
    fn access(&mut self, value: Self::Value, accessor: &Accessor) -> Result<Self::Value, Self::Error>;
    /// The value's text by `str`, `repr` or `ascii`, as a value.
    fn convert(&mut self, value: Self::Value, conversion: Conversion) -> Result<Self::Value, Self::Error>;
    /// The text of `format(value, spec)`.
    fn format(&mut self, value: Self::Value, spec: &str) -> Result<String, Self::Error>;
}

/// The text of a filled template.
pub fn format_template<S: Source>(template: &Template, source: &mut S) -> Result<String, S::Error> {
    let mut text = String::new();
    for part in &template.parts {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Field(field) => text.push_str(&fill_field(field, source)?),
        }
    }
    match &template.mistake {
        Some(mistake) => Err(mistake.clone().into()),
        None => Ok(text),
    }
}

fn fill_field<S: Source>(field: &Field, source: &mut S) -> Result<String, S::Error> {
    let mut value = match &field.argument {
        Argument::Name(name) => source.keyword(name)?,
        Argument::Index(index) => source.positional(*index).ok_or_else(|| {
            let message = format!("Replacement index {index} out of range for positional args tuple");
            FormatError::new("IndexError", message)
        })?,
    };
    for accessor in &field.accessors {
        value = source.access(value, accessor)?;
    }
    if let Some(mistake) = &field.mistake {
        return Err(mistake.clone().into());
    }
    if let Some(conversion) = field.conversion {
        value = source.convert(value, Conversion::from_char(conversion)?)?;
    }
    match &field.spec {
        Spec::Text(spec) => source.format(value, spec),
        Spec::Template(template) => {
            let spec = format_template(template, source)?;
            source.format(value, &spec)
        }
    }
}

/// Takes a template apart.
pub fn parse_template(text: &str) -> Template {
    let chars: Vec<char> = text.chars().collect();
    parse_level(&chars, 2, &mut Numbering::Unused)
}

/// How the positional fields so far were numbered.
enum Numbering {
    Unused,
    Written,
    /// Counted, with the next number.
    Counted(usize),
}

impl Numbering {
    /// The index of a field: the written one, or the next number.
    fn resolve(&mut self, written: Option<usize>) -> Result<usize, FormatError> {
        match (&mut *self, written) {
            (Numbering::Unused | Numbering::Written, Some(index)) => {
                *self = Numbering::Written;
                Ok(index)
            }
            (Numbering::Unused, None) => {
                *self = Numbering::Counted(1);
                Ok(0)
            }
            (Numbering::Counted(next), None) => {
                *next += 1;
                Ok(*next - 1)
            }
            (Numbering::Counted(_), Some(_)) => {
                Err(FormatError::value("cannot switch from automatic field numbering to manual field specification"))
            }
            (Numbering::Written, None) => {
                Err(FormatError::value("cannot switch from manual field specification to automatic field numbering"))
            }
        }
    }
}

/// Parses a template, with `depth` levels of fields allowed in it.
fn parse_level(chars: &[char], depth: usize, numbering: &mut Numbering) -> Template {
    let mut parts = Vec::new();
    let mut mistake = None;
    if depth == 0 {
        mistake = Some(FormatError::value("Max string recursion exceeded"));
    } else {
        let mut rest = chars;
        while !rest.is_empty() {
            match parse_part(&mut rest, depth, numbering) {
                Ok(found) => parts.extend(found),
                Err(error) => {
                    mistake = Some(error);
                    break;
                }
            }
        }
    }
    Template { parts, mistake }
}

/// Parses literal text up to and including the next field or doubled brace.
fn parse_part(rest: &mut &[char], depth: usize, numbering: &mut Numbering) -> Result<Vec<Part>, FormatError> {
    let end = rest.iter().position(|c| matches!(c, '{' | '}')).unwrap_or(rest.len());
    let mut literal: String = rest[..end].iter().collect();
    let brace = rest.get(end).copied();
    *rest = rest.get(end + 1..).unwrap_or(&[]);
    let mut parts = Vec::new();
    if brace.is_some() && rest.first().copied() == brace {
        literal.extend(brace);
        *rest = &rest[1..];
        parts.push(Part::Literal(literal));
        return Ok(parts);
    }
    match brace {
        Some('}') => return Err(FormatError::value("Single '}' encountered in format string")),
        Some(_) if rest.is_empty() => {
            return Err(FormatError::value("Single '{' encountered in format string"));
        }
        _ => {}
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    if brace.is_some() {
        parts.push(Part::Field(parse_field(rest, depth, numbering)?));
    }
    Ok(parts)
}

/// Parses what follows the opening brace of a field, and its closing brace.
fn parse_field(rest: &mut &[char], depth: usize, numbering: &mut Numbering) -> Result<Field, FormatError> {
    let (name, end) = split_name(rest)?;
    let mut conversion = None;
    let mut spec: &[char] = &[];
    match end {
        '}' => {}
        '!' if rest.is_empty() => {
            return Err(FormatError::value("end of string while looking for conversion specifier"));
        }
        _ => {
            let mut closed = false;
            if end == '!' {
                conversion = take(rest);
                match take(rest) {
                    Some('}') => closed = true,
                    Some(':') | None => {}
                    Some(_) => return Err(FormatError::value("expected ':' after conversion specifier")),
                }
            }
            if !closed {
                spec = split_spec(rest)?;
            }
        }
    }
    let (argument, accessors, mistake) = parse_name(name, numbering)?;
    let spec = if spec.contains(&'{') {
        Spec::Template(parse_level(spec, depth - 1, numbering))
    } else {
        Spec::Text(spec.iter().collect())
    };
    Ok(Field { argument, accessors, mistake, conversion, spec })
}

fn take(rest: &mut &[char]) -> Option<char> {
    let (&first, others) = rest.split_first()?;
    *rest = others;
    Some(first)
}

/// Splits off a field's name and the character that ends it. Between brackets, any character is part of the name.
fn split_name<'a>(rest: &mut &'a [char]) -> Result<(&'a [char], char), FormatError> {
    let all = *rest;
    let mut in_brackets = false;
    for (at, &c) in all.iter().enumerate() {
        match c {
            ']' => in_brackets = false,
            _ if in_brackets => {}
            '[' => in_brackets = true,
            '{' => return Err(FormatError::value("unexpected '{' in field name")),
            '}' | ':' | '!' => {
                *rest = &all[at + 1..];
                return Ok((&all[..at], c));
            }
            _ => {}
        }
    }
    Err(FormatError::value("expected '}' before end of string"))
}

/// Splits off a specification and its closing brace; inner braces come in pairs.
fn split_spec<'a>(rest: &mut &'a [char]) -> Result<&'a [char], FormatError> {
    let all = *rest;
    let mut open = 1;
    for (at, &c) in all.iter().enumerate() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            *rest = &all[at + 1..];
            return Ok(&all[..at]);
        }
    }
    Err(FormatError::value("unmatched '{' in format spec"))
}

type Name = (Argument, Vec<Accessor>, Option<FormatError>);

/// Takes a field's name apart.
fn parse_name(name: &[char], numbering: &mut Numbering) -> Result<Name, FormatError> {
    let end = name.iter().position(|c| matches!(c, '.' | '[')).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let argument = match read_index(first)? {
        None if first.is_empty() => Argument::Index(numbering.resolve(None)?),
        Some(index) => Argument::Index(numbering.resolve(Some(index))?),
        None => Argument::Name(first.iter().collect()),
    };
    let mut accessors = Vec::new();
    while !rest.is_empty() {
        match parse_accessor(&mut rest) {
            Ok(accessor) => accessors.push(accessor),
            Err(mistake) => return Ok((argument, accessors, Some(mistake))),
        }
    }
    Ok((argument, accessors, None))
}

fn parse_accessor(rest: &mut &[char]) -> Result<Accessor, FormatError> {
    let empty = || FormatError::value("Empty attribute in format string");
    match take(rest) {
        Some('.') => {
            let end = rest.iter().position(|c| matches!(c, '.' | '[')).unwrap_or(rest.len());
            let (name, others) = rest.split_at(end);
            *rest = others;
            if name.is_empty() { Err(empty()) } else { Ok(Accessor::Attribute(name.iter().collect())) }
        }
        Some('[') => {
            let end = rest.iter().position(|&c| c == ']');
            let end = end.ok_or_else(|| FormatError::value("Missing ']' in format string"))?;
            let key = &rest[..end];
            *rest = &rest[end + 1..];
            match read_index(key)? {
                Some(index) => Ok(Accessor::Index(index)),
                None if key.is_empty() => Err(empty()),
                None => Ok(Accessor::Key(key.iter().collect())),
            }
        }
        _ => Err(FormatError::value("Only '.' or '[' may follow ']' in format field specifier")),
    }
}

/// The value of a text that is all decimal digits.
fn read_index(text: &[char]) -> Result<Option<usize>, FormatError> {
    let mut index: usize = 0;
    for &c in text {
        let Some(digit) = decimal_value(c) else { return Ok(None) };
        let next = index.checked_mul(10).and_then(|tens| tens.checked_add(digit as usize));
        let next = next.filter(|&next| isize::try_from(next).is_ok());
        index = next.ok_or_else(|| FormatError::value("Too many decimal digits in format string"))?;
    }
    Ok(Some(index).filter(|_| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format_spec::{format_int, format_str};
    use crate::text::quote::{ascii_str, repr_str};
    use num_bigint::BigInt;
    use proptest::prelude::*;

    #[derive(Clone)]
    enum Value {
        Int(i64),
        Str(String),
    }

    /// Positional arguments `7`, `'abc'`, `5`, and the keyword argument `name='λ'`.
    struct Arguments;

    impl Source for Arguments {
        type Value = Value;
        type Error = FormatError;

        fn positional(&mut self, index: usize) -> Option<Value> {
            [Value::Int(7), Value::Str("abc".to_string()), Value::Int(5)].get(index).cloned()
        }

        fn keyword(&mut self, name: &str) -> Result<Value, FormatError> {
            match name {
                "name" => Ok(Value::Str("λ".to_string())),
                _ => Err(FormatError::new("KeyError", repr_str(name))),
            }
        }

        fn access(&mut self, value: Value, accessor: &Accessor) -> Result<Value, FormatError> {
            match (&value, accessor) {
                (Value::Int(_), Accessor::Attribute(name)) if name == "real" => Ok(value),
                (Value::Str(text), Accessor::Index(index)) => {
                    let item = text.chars().nth(*index).map(|c| Value::Str(c.to_string()));
                    item.ok_or_else(|| FormatError::new("IndexError", "string index out of range"))
                }
                _ => Err(FormatError::type_(format!("no {accessor:?}"))),
            }
        }

        fn convert(&mut self, value: Value, conversion: Conversion) -> Result<Value, FormatError> {
            Ok(Value::Str(match (value, conversion) {
                (Value::Int(value), _) => value.to_string(),
                (Value::Str(text), Conversion::Str) => text,
                (Value::Str(text), Conversion::Repr) => repr_str(&text),
                (Value::Str(text), Conversion::Ascii) => ascii_str(&text),
            }))
        }

        fn format(&mut self, value: Value, spec: &str) -> Result<String, FormatError> {
            match value {
                Value::Int(value) => format_int(&BigInt::from(value), spec, "int"),
                Value::Str(text) => format_str(&text, spec, "str"),
            }
        }
    }

    fn fill(template: &str) -> String {
        format_template(&parse_template(template), &mut Arguments).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn fills_fields() {
        for (template, text) in [
            ("", ""),
            ("{} and {}", "7 and abc"),
            ("{1}{0}{1}", "abc7abc"),
            ("{{{}}} }}", "{7} }"),
            ("{name!a}{name!r:>4}", "'\\u03bb' 'λ'"),
            ("{0.real:03d}{1[2]}", "007c"),
            ("{:>{name}}", "ValueError: Unknown format code '\\x3bb' for object of type 'int'"),
            ("{2:>{0}}", "      5"),
            ("{1:*^{0}}", "**abc**"),
            ("{1:{2}.{2}}|", "abc  |"),
            ("{0:}", "7"),
            ("{٠}", "7"),
        ] {
            assert_eq!(fill(template), text, "{template}");
        }
    }

    #[test]
    fn refuses_in_cpython_s_words() {
        for (template, message) in [
            ("{", "Single '{' encountered in format string"),
            ("}", "Single '}' encountered in format string"),
            ("{0", "expected '}' before end of string"),
            ("{0[", "expected '}' before end of string"),
            ("{0{", "unexpected '{' in field name"),
            ("{0!", "end of string while looking for conversion specifier"),
            ("{0!rr}", "expected ':' after conversion specifier"),
            ("{0!x}", "Unknown conversion specifier x"),
            ("{0!é}", "Unknown conversion specifier \\xe9"),
            ("{0:{", "unmatched '{' in format spec"),
            ("{0!r", "unmatched '{' in format spec"),
            ("{0:{1:{2}}}", "Max string recursion exceeded"),
            ("{}{0}", "cannot switch from automatic field numbering to manual field specification"),
            ("{0}{}", "cannot switch from manual field specification to automatic field numbering"),
            ("{0.}", "Empty attribute in format string"),
            ("{1[]}", "Empty attribute in format string"),
            ("{1[0]x}", "Only '.' or '[' may follow ']' in format field specifier"),
            ("{99999999999999999999}", "Too many decimal digits in format string"),
        ] {
            assert_eq!(fill(template), format!("ValueError: {message}"), "{template}");
        }
        assert_eq!(fill("{3}"), "IndexError: Replacement index 3 out of range for positional args tuple");
    }

    #[test]
    fn earlier_fields_are_filled_before_a_mistake_is_found() {
        assert_eq!(fill("{other} {"), "KeyError: 'other'");
        assert_eq!(fill("{9} }"), "IndexError: Replacement index 9 out of range for positional args tuple");
        assert_eq!(fill("{other.}"), "KeyError: 'other'");
        assert_eq!(fill("{other:{0:{1}}}"), "KeyError: 'other'");
    }

    proptest! {
        #[test]
        fn never_panics(template in "[{}\\[\\]:!.0-2ars<>é]{0,16}", any: String) {
            let _ = (fill(&template), fill(&any));
        }

        #[test]
        fn text_without_braces_stands_for_itself(text in "[^{}]*") {
            prop_assert_eq!(fill(&text), text);
        }
    }
}
