//! What one element is, whatever its dtype: a number, a text, raw bytes, fields. How it is read, written and compared.
//!
//! Loops over numbers never come here. Texts and structures are cast, printed and ordered element by element through
//! an [`Item`]; where bytes can be moved as they are, the loops do that instead.

use super::calendar::{self, NAT, Parsed, Resolution, Unit, written_length};
use super::cast::truncate_i64;
use super::compound::Compound;
use super::dtype::{DType, Type};
use super::layout::Shape;
use super::printing::{PrintOptions, scalar_str};
use super::reference::Reference;
use super::scalar::Scalar;
use crate::error::{Error, ErrorClass, Result, overflow_error, runtime_error, type_error, value_error};
use crate::memory::Buffer;
use crate::text::number::{read_complex, read_float, read_int};
use crate::text::quote::{repr_bytes, repr_str};
use num_complex::Complex;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// One element.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A number or a bool.
    Number(Scalar),
    /// A date, or a span of time.
    Time(Time),
    /// A text, without the zeros that fill the element up.
    Str(String),
    /// Bytes, without the zeros that fill the element up.
    Bytes(Vec<u8>),
    /// Raw bytes, all of them.
    Raw(Vec<u8>),
    /// The fields of a structure.
    Fields(Vec<Item>),
    /// The elements of a sub-array in C order, and its shape.
    Array(Shape, Vec<Item>),
    /// A reference to an object.
    Object(Reference),
}

/// A date, or a span of time: a count of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// How many; [`NAT`] for none.
    pub count: i64,
    /// Whether it is a span.
    pub is_span: bool,
    /// What one is.
    pub resolution: Resolution,
}

impl Time {
    /// The dtype whose element it is.
    pub fn dtype(&self) -> DType {
        DType::time(self.is_span, self.resolution)
    }

    /// As NumPy writes it: `2005-02-25`, `5 days`, `NaT`.
    pub fn text(&self) -> String {
        if self.is_span { self.resolution.span_text(self.count) } else { self.resolution.date_text(self.count) }
    }

    /// The date that a text is, in `resolution`; without one in the unit that the text names.
    ///
    /// # Errors
    /// As [`calendar::parse`]; those of [`Fields::count`](calendar::Fields::count).
    pub fn parse_date(text: &str, resolution: Resolution) -> Result<Time> {
        let date = |count, resolution| Time { count, is_span: false, resolution };
        let (fields, unit) = match calendar::parse(text)? {
            Parsed::Nat => return Ok(date(NAT, resolution)),
            Parsed::Date(fields, unit, _) => (fields, unit),
            word => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                let seconds = since.map_or(0, |since| since.as_secs() as i64);
                let unit = if word == Parsed::Today { Unit::Day } else { Unit::Second };
                let count = Resolution::from(Unit::Second).convert(seconds, unit.into(), false)?;
                (calendar::Fields::of_count(count, unit.into()), unit)
            }
        };
        let resolution = if resolution.is_generic() { unit.into() } else { resolution };
        Ok(date(fields.count(resolution)?, resolution))
    }

    /// The span that a text is: an int or `NaT`.
    ///
    /// # Errors
    /// `ValueError: Could not convert object to NumPy timedelta`.
    pub fn parse_span(text: &str, resolution: Resolution) -> Result<Time> {
        let count = calendar::parse_span(text);
        let count = count.ok_or_else(|| value_error("Could not convert object to NumPy timedelta"))?;
        Ok(Time { count, is_span: true, resolution })
    }

    /// The date or span that a text is.
    ///
    /// # Errors
    /// As [`Time::parse_date`] and [`Time::parse_span`].
    pub fn parse(text: &str, is_span: bool, resolution: Resolution) -> Result<Time> {
        if is_span { Time::parse_span(text, resolution) } else { Time::parse_date(text, resolution) }
    }
}

impl From<Scalar> for Item {
    fn from(scalar: Scalar) -> Item {
        Item::Number(scalar)
    }
}

/// The characters of a text of four bytes each, up to the zeros that fill it up. What is no character becomes U+FFFD.
fn text_of(bytes: &[u8], swapped: bool) -> String {
    let unit = |part: &[u8]| {
        let four: [u8; 4] = std::array::from_fn(|i| part.get(i).copied().unwrap_or(0));
        if swapped { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    let units: Vec<u32> = bytes.chunks_exact(4).map(unit).collect();
    let end = units.iter().rposition(|&unit| unit != 0).map_or(0, |last| last + 1);
    units[..end].iter().map(|&unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Bytes up to the zeros that fill them up.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Puts bytes into an element, cut or filled up with zeros.
fn fill(to: &mut [u8], from: impl IntoIterator<Item = u8>) {
    let mut from = from.into_iter();
    to.iter_mut().for_each(|byte| *byte = from.next().unwrap_or(0));
}

/// The bytes of a text as an element of type `U` keeps them.
fn units(text: &str, swapped: bool) -> impl Iterator<Item = u8> {
    text.chars().flat_map(move |c| if swapped { (c as u32).to_be_bytes() } else { (c as u32).to_le_bytes() })
}

impl Item {
    /// The element whose bytes these are.
    pub fn from_bytes(bytes: &[u8], dtype: &DType) -> Item {
        let part = |offset: usize, dtype: &DType| {
            let end = offset.saturating_add(dtype.itemsize());
            bytes.get(offset..end).unwrap_or_default()
        };
        match (dtype.compound(), dtype.ty()) {
            (Some(Compound::Struct(whole)), Type::Void) => Item::Fields(
                whole.fields.iter().map(|f| Item::from_bytes(part(f.offset, &f.dtype), &f.dtype)).collect(),
            ),
            (Some(Compound::Array(base, shape)), _) => {
                let count: usize = shape.iter().product();
                let at = |i: usize| Item::from_bytes(part(i * base.itemsize(), base), base);
                Item::Array(shape.clone(), (0..count).map(at).collect())
            }
            (_, Type::Str) => Item::Str(text_of(bytes, dtype.is_swapped())),
            (_, Type::Bytes) => Item::Bytes(trimmed(bytes).to_vec()),
            (_, Type::Object) => Item::Object(Reference::of(bytes)),
            (_, Type::Void) => Item::Raw(bytes.to_vec()),
            (_, Type::DateTime64 | Type::TimeDelta64) => Item::Time(Time {
                count: count_in(bytes, dtype.is_swapped()),
                is_span: dtype.ty() == Type::TimeDelta64,
                resolution: dtype.resolution(),
            }),
            _ => {
                let mut first = [0u8; 16];
                fill(&mut first, bytes.iter().copied());
                Item::Number(Scalar::from_bytes(&first, dtype))
            }
        }
    }

    /// The element of dtype `dtype` at byte `offset` of `buffer`; zeros where the bytes are not there (a planned buffer).
    pub fn read(buffer: &Buffer, offset: usize, dtype: &DType) -> Item {
        if dtype.is_number() && dtype.compound().is_none() {
            return Item::Number(Scalar::read(buffer, offset, dtype));
        }
        Item::from_bytes(&element_bytes(buffer, offset, dtype.itemsize()), dtype)
    }

    /// Puts the element, converted to `dtype`, into bytes that have its size.
    ///
    /// # Errors
    /// `ValueError` for a text that is no number, `OverflowError` for a number that the type does not hold,
    /// `UnicodeEncodeError` and `UnicodeDecodeError` between texts and bytes.
    pub fn put(&self, bytes: &mut [u8], dtype: &DType) -> Result<()> {
        match (dtype.compound(), dtype.ty()) {
            (Some(Compound::Struct(whole)), Type::Void) => {
                for (number, field) in whole.fields.iter().enumerate() {
                    let value = match self {
                        Item::Fields(items) => items.get(number),
                        other => Some(other),
                    };
                    let end = field.offset.saturating_add(field.dtype.itemsize());
                    if let (Some(value), Some(part)) = (value, bytes.get_mut(field.offset..end)) {
                        value.put(part, &field.dtype)?;
                    }
                }
                return Ok(());
            }
            (Some(Compound::Array(base, shape)), _) => {
                let size = base.itemsize().max(1);
                for (number, part) in bytes.chunks_exact_mut(size).enumerate() {
                    match self {
                        Item::Array(own, items) if own == shape => {
                            items.get(number).map_or(Ok(()), |item| item.put(part, base))?;
                        }
                        other => other.put(part, base)?,
                    }
                }
                return Ok(());
            }
            _ => {}
        }
        match dtype.ty() {
            Type::Str | Type::Bytes
                if let Item::Time(Time { is_span: false, .. }) = self
                    && self.to_text()?.len() > dtype.length() =>
            {
                return Err(runtime_error(format!(
                    "The string provided for NumPy ISO datetime formatting was too short, with length {}",
                    dtype.length()
                )));
            }
            Type::Str => fill(bytes, units(&self.to_text()?, dtype.is_swapped())),
            Type::Bytes => fill(bytes, self.to_ascii()?),
            Type::DateTime64 | Type::TimeDelta64 => {
                let count = self.to_count(dtype.ty() == Type::TimeDelta64, dtype.resolution())?;
                fill(bytes, if dtype.is_swapped() { count.to_be_bytes() } else { count.to_le_bytes() });
            }
            Type::Object => fill(bytes, Reference::to_item(self.clone()).enter()),
            Type::Void => match self {
                Item::Str(text) => fill(bytes, units(text, false)),
                Item::Bytes(own) | Item::Raw(own) => fill(bytes, own.iter().copied()),
                Item::Number(scalar) => fill(bytes, scalar.to_bytes(&scalar.dtype())[..scalar.ty().size()].to_vec()),
                Item::Time(time) => fill(bytes, time.count.to_le_bytes()),
                Item::Fields(_) | Item::Array(..) | Item::Object(_) => fill(bytes, []),
            },
            ty => {
                let value = self.to_number(ty)?;
                fill(bytes, value.to_bytes(dtype));
            }
        }
        Ok(())
    }

    /// As a count of `resolution`: a date or a span in other units, a number, a text. What is no number is not a time.
    ///
    /// # Errors
    /// Those of converting between units and of reading texts.
    pub fn to_count(&self, is_span: bool, resolution: Resolution) -> Result<i64> {
        match self {
            Item::Time(time) if time.is_span == is_span => time.resolution.convert(time.count, resolution, is_span),
            Item::Time(time) => Ok(time.count),
            Item::Number(scalar) => Ok(match scalar.as_i128() {
                Some(whole) => whole as i64,
                None if scalar.as_complex().re.is_nan() => NAT,
                None => truncate_i64(scalar.as_complex().re),
            }),
            Item::Str(text) => Time::parse(text, is_span, resolution).map(|time| time.count),
            Item::Bytes(_) => Time::parse(&self.to_text()?, is_span, resolution).map(|time| time.count),
            Item::Raw(bytes) => Ok(count_in(bytes, false)),
            Item::Object(reference) => match &reference.0 {
                None => Ok(NAT),
                Some(_) => Item::Str(self.to_text()?).to_count(is_span, resolution),
            },
            Item::Fields(items) | Item::Array(_, items) => {
                items.first().map_or(Ok(NAT), |item| item.to_count(is_span, resolution))
            }
        }
    }

    /// Puts the element, converted to `dtype`, at byte `offset` of `buffer`. Writes nothing where the bytes are not there.
    ///
    /// # Errors
    /// As [`Item::put`].
    pub fn write(&self, buffer: &Buffer, offset: usize, dtype: &DType) -> Result<()> {
        // what lies between the fields of a structure stays as it is
        let mut bytes = element_bytes(buffer, offset, dtype.itemsize());
        self.put(&mut bytes, dtype)?;
        for (to, from) in buffer.cells().iter().skip(offset).zip(bytes) {
            to.set(from);
        }
        Ok(())
    }

    /// As a text: of numbers their `str`.
    ///
    /// # Errors
    /// `UnicodeDecodeError` for bytes that are not ASCII.
    pub fn to_text(&self) -> Result<String> {
        Ok(match self {
            Item::Object(reference) => match reference.bytes() {
                Some(bytes) => Item::Bytes(bytes).to_text()?,
                None => reference.text(),
            },
            Item::Str(text) => text.clone(),
            Item::Number(scalar) => scalar_str(*scalar, &PrintOptions::default()),
            Item::Time(time) => time.text(),
            Item::Bytes(bytes) | Item::Raw(bytes) => match bytes.iter().position(|byte| !byte.is_ascii()) {
                None => bytes.iter().map(|&byte| byte as char).collect(),
                Some(at) => {
                    let message = format!(
                        "'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                        bytes[at]
                    );
                    return Err(Error::new(ErrorClass::UnicodeDecodeError, message));
                }
            },
            Item::Fields(items) => {
                let parts = items.iter().map(Item::repr).collect::<Vec<_>>();
                format!("({}{})", parts.join(", "), if parts.len() == 1 { "," } else { "" })
            }
            Item::Array(_, items) => {
                format!("[{}]", items.iter().map(Item::repr).collect::<Vec<_>>().join(", "))
            }
        })
    }

    /// As bytes of ASCII: of numbers their `str`.
    fn to_ascii(&self) -> Result<Vec<u8>> {
        if let Item::Bytes(bytes) | Item::Raw(bytes) = self {
            return Ok(bytes.clone());
        }
        if let Item::Object(reference) = self
            && let Some(bytes) = reference.bytes()
        {
            return Ok(bytes);
        }
        let text = self.to_text()?;
        match text.chars().position(|c| !c.is_ascii()) {
            None => Ok(text.into_bytes()),
            Some(at) => {
                let c = text.chars().nth(at).unwrap_or_default() as u32;
                let shown = match c {
                    0..0x100 => format!("\\x{c:02x}"),
                    0x100..0x10000 => format!("\\u{c:04x}"),
                    _ => format!("\\U{c:08x}"),
                };
                let message = format!(
                    "'ascii' codec can't encode character '{shown}' in position {at}: ordinal not in range(128)"
                );
                Err(Error::new(ErrorClass::UnicodeEncodeError, message))
            }
        }
    }

    /// As a number of type `ty`, as `int(...)`, `float(...)` and `complex(...)` read a text. A text is true where it has
    /// a character.
    ///
    /// # Errors
    /// `ValueError` for a text that is no number; `OverflowError` for one that the type does not hold.
    pub fn to_number(&self, ty: Type) -> Result<Scalar> {
        let (text, shown) = match self {
            Item::Number(scalar) => return Ok(scalar.cast(ty)),
            Item::Time(time) => return Ok(Scalar::Int64(time.count).cast(ty)),
            Item::Str(text) => (text.clone(), format!("np.str_({})", repr_str(text))),
            Item::Bytes(bytes) => {
                let shown = repr_bytes(bytes);
                let shown = if ty.is_inexact() { format!("np.bytes_({shown})") } else { shown };
                (bytes.iter().map(|&byte| byte as char).collect(), shown)
            }
            Item::Raw(bytes) => {
                let mut first = [0u8; 16];
                fill(&mut first, bytes.iter().copied());
                return Ok(Scalar::from_bytes(&first, &ty.into()));
            }
            Item::Fields(items) | Item::Array(_, items) => {
                return items.first().map_or(Ok(Scalar::zero(ty)), |item| item.to_number(ty));
            }
            Item::Object(reference) => return object_number(reference, ty),
        };
        number_in_text(&text, &shown, ty)
    }

    /// Its truth: a text is true where it has a character, a structure where a byte of it is not zero.
    pub fn is_true(&self) -> bool {
        match self {
            Item::Number(scalar) => scalar.is_true(),
            Item::Time(time) => time.count != 0,
            Item::Str(text) => !text.is_empty(),
            Item::Bytes(bytes) => !bytes.is_empty(),
            Item::Raw(bytes) => bytes.iter().any(|&byte| byte != 0),
            Item::Object(reference) => reference.is_true(),
            Item::Fields(items) | Item::Array(_, items) => items.iter().any(Item::is_true),
        }
    }

    /// Which of two elements of one dtype comes first in a sorted array: numbers with nan last, texts by their
    /// characters, structures field by field.
    pub fn order(&self, other: &Item) -> Ordering {
        match (self, other) {
            (Item::Str(a), Item::Str(b)) => a.chars().cmp(b.chars()),
            (Item::Bytes(a), Item::Bytes(b)) | (Item::Raw(a), Item::Raw(b)) => a.cmp(b),
            (Item::Fields(a), Item::Fields(b)) | (Item::Array(_, a), Item::Array(_, b)) => {
                let differences = a.iter().zip(b).map(|(a, b)| a.order(b));
                differences.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
            }
            (Item::Number(a), Item::Number(b)) => order_numbers(*a, *b),
            (Item::Object(a), Item::Object(b)) => a.order(b),
            (Item::Time(a), Item::Time(b)) => order_counts(a.count, b.count),
            _ => Ordering::Equal,
        }
    }

    /// Whether two elements are equal, as `==` compares them: nan is not equal to itself.
    pub fn equals(&self, other: &Item) -> bool {
        match (self, other) {
            (Item::Number(a), Item::Number(b)) => match (a.as_i128(), b.as_i128()) {
                (Some(a), Some(b)) => a == b,
                _ => a.as_complex() == b.as_complex(),
            },
            (Item::Fields(a), Item::Fields(b)) | (Item::Array(_, a), Item::Array(_, b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            _ => self == other,
        }
    }

    /// Its `repr` as an item of a tuple, as Python writes it.
    pub fn repr(&self) -> String {
        match self {
            Item::Str(text) => repr_str(text),
            Item::Bytes(bytes) => repr_bytes(bytes),
            Item::Raw(bytes) => raw_repr(bytes),
            Item::Number(scalar) => scalar_str(*scalar, &PrintOptions::default()),
            Item::Time(time) => time.text(),
            Item::Fields(_) | Item::Array(..) => self.to_text().unwrap_or_default(),
            Item::Object(reference) => reference.repr(&PrintOptions::default()),
        }
    }
}

/// An object as a number; `None` is not a number in floats.
fn object_number(reference: &Reference, ty: Type) -> Result<Scalar> {
    match &reference.0 {
        Some(object) => object.to_number(ty),
        None if ty == Type::Bool => Ok(Scalar::Bool(false)),
        None if ty.is_inexact() => Ok(Scalar::Float64(f64::NAN).cast(ty)),
        None => {
            Err(type_error("int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"))
        }
    }
}

/// Raw bytes as NumPy writes them: `b'\x61\x00'`.
pub fn raw_repr(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("\\x{byte:02X}")).collect();
    format!("b'{digits}'")
}

/// The order of two counts of a unit of time, "not a time" last.
fn order_counts(a: i64, b: i64) -> Ordering {
    (a == NAT).cmp(&(b == NAT)).then(a.cmp(&b))
}

/// The count whose bytes these are.
fn count_in(bytes: &[u8], swapped: bool) -> i64 {
    let eight: [u8; 8] = std::array::from_fn(|i| bytes.get(i).copied().unwrap_or(0));
    if swapped { i64::from_be_bytes(eight) } else { i64::from_le_bytes(eight) }
}

/// The order of two numbers, nan last.
fn order_numbers(a: Scalar, b: Scalar) -> Ordering {
    if let (Some(a), Some(b)) = (a.as_i128(), b.as_i128()) {
        return a.cmp(&b);
    }
    let (a, b) = (a.as_complex(), b.as_complex());
    let real = |a: f64, b: f64| a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()));
    real(a.re, b.re).then_with(|| real(a.im, b.im))
}

/// Which of two elements comes first, given the dtype and the bytes of each: texts character by character, where a text
/// that is the start of the other comes first; the rest as [`Item::order`].
pub fn order_elements((a, x): (&DType, &[u8]), (b, y): (&DType, &[u8])) -> Ordering {
    match (a.ty(), b.ty()) {
        (Type::Bytes, Type::Bytes) => trimmed(x).cmp(trimmed(y)),
        (Type::Str, Type::Str) => {
            let unit = |bytes: &[u8], dtype: &DType, i: usize| -> u32 {
                let four = bytes.get(4 * i..4 * i + 4).and_then(|four| four.try_into().ok()).unwrap_or([0; 4]);
                if dtype.is_swapped() { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
            };
            let longest = a.length().max(b.length());
            let differences = (0..longest).map(|i| unit(x, a, i).cmp(&unit(y, b, i)));
            differences.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        }
        (Type::DateTime64 | Type::TimeDelta64, _) if a == b => {
            order_counts(count_in(x, a.is_swapped()), count_in(y, b.is_swapped()))
        }
        _ => Item::from_bytes(x, a).order(&Item::from_bytes(y, b)),
    }
}

/// The number that a text spells; `shown` is the text as messages have it.
///
/// # Errors
/// As [`Item::to_number`].
pub fn number_in_text(text: &str, shown: &str, ty: Type) -> Result<Scalar> {
    if ty == Type::Bool {
        return Ok(Scalar::Bool(!text.is_empty()));
    }
    if ty.is_complex() {
        let (re, im) = read_complex(text).map_err(|error| value_error(error.message))?;
        return Ok(Scalar::Complex128(Complex::new(re, im)).cast(ty));
    }
    if ty.is_inexact() {
        let refused = || value_error(format!("could not convert string to float: {shown}"));
        return read_float(text).map(|value| Scalar::Float64(value).cast(ty)).map_err(|_| refused());
    }
    let refused = || value_error(format!("invalid literal for int() with base 10: {shown}"));
    let whole = read_int(text, 10).map_err(|_| refused())?;
    let exact = whole.to_i128().and_then(|whole| Scalar::exact(whole, ty));
    exact.ok_or_else(|| {
        let is_long = whole.to_i64().is_some() || (ty == Type::UInt64 && whole.to_u64().is_some());
        if is_long {
            overflow_error(format!("Python integer {whole} out of bounds for {}", ty.name()))
        } else {
            overflow_error("Python int too large to convert to C long")
        }
    })
}

/// The bytes of an element; zeros where they are not there.
fn element_bytes(buffer: &Buffer, offset: usize, size: usize) -> Vec<u8> {
    let mut bytes = vec![0; size];
    if let Some(source) = buffer.peek() {
        fill(&mut bytes, source.cells().iter().skip(offset).take(size).map(|cell| cell.get()));
    }
    bytes
}

/// How many characters the `str` of a number of type `ty` may take: the length of the text that holds them all
/// (`PyArray_AdaptDescriptorToArray`, `_get_text_length`).
pub fn text_length(ty: Type) -> usize {
    match ty {
        Type::Bool => 5,
        Type::Int8 => 4,
        Type::UInt8 => 3,
        Type::Int16 => 6,
        Type::UInt16 => 5,
        Type::Int32 => 11,
        Type::UInt32 => 10,
        Type::Int64 => 21,
        Type::UInt64 => 20,
        Type::Float16 | Type::Float32 | Type::Float64 => 32,
        Type::Complex64 | Type::Complex128 => 64,
        Type::Object | Type::Bytes | Type::Str | Type::Void => 0,
        Type::DateTime64 => written_length(Unit::Generic, false),
        Type::TimeDelta64 => 21,
    }
}

/// How many characters an element of `from` may take as a text.
pub fn text_length_of(from: &DType) -> usize {
    match from.ty() {
        Type::DateTime64 => written_length(from.resolution().unit, false),
        Type::TimeDelta64 => text_length(from.ty()),
        ty if ty.is_number() => text_length(ty),
        _ => from.length(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of(item: &Item, dtype: &DType) -> Vec<u8> {
        let mut bytes = vec![0; dtype.itemsize()];
        item.put(&mut bytes, dtype).unwrap();
        bytes
    }

    #[test]
    fn texts_are_cut_and_filled_up() {
        let word = Item::Str("abc".into());
        assert_eq!(bytes_of(&word, &DType::bytes(2)), b"ab");
        assert_eq!(bytes_of(&word, &DType::bytes(4)), b"abc\0");
        let swapped = DType::text(2).with_swapped(true);
        assert_eq!(bytes_of(&word, &swapped), [0, 0, 0, b'a', 0, 0, 0, b'b']);
        assert_eq!(Item::from_bytes(&bytes_of(&word, &swapped), &swapped), Item::Str("ab".into()));
        assert_eq!(Item::from_bytes(b"a\0b\0", &DType::bytes(4)), Item::Bytes(b"a\0b".to_vec()));
    }

    #[test]
    fn numbers_and_texts() {
        let read = |text: &str, ty| Item::Str(text.into()).to_number(ty).map_err(|error| error.to_string());
        assert_eq!(read(" 12 ", Type::Int8), Ok(Scalar::Int8(12)));
        assert_eq!(read("300", Type::Int8), Err("OverflowError: Python integer 300 out of bounds for int8".into()));
        let words = "ValueError: invalid literal for int() with base 10: np.str_('1.5')";
        assert_eq!(read("1.5", Type::Int64), Err(words.into()));
        assert_eq!(Item::Number(Scalar::Float64(0.1)).to_text(), Ok("0.1".into()));
    }

    #[test]
    fn only_ascii_is_both_text_and_bytes() {
        let error = Item::Str("é".into()).to_ascii().unwrap_err();
        assert_eq!(
            error.to_string(),
            "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"
        );
        assert!(Item::Bytes(vec![0xff]).to_text().is_err());
    }
}
