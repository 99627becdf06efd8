//! A table of numbers as text: cut into rows and fields, and what a field says.

use crate::array::{DType, Item, Scalar, Time, Type};
use crate::half::F16;
use num_complex::Complex64;

/// How a text is cut.
#[derive(Clone, Debug, Default)]
pub struct Cut {
    /// What stands between two fields; any blanks where it is not given.
    pub delimiter: Option<char>,
    /// What stands around a field in which delimiters count for nothing.
    pub quote: Option<char>,
    /// What starts a comment: a single character, outside quotes.
    pub comment: Option<char>,
}

impl Cut {
    /// The fields of a line without its end: none of an empty line or one that is a comment. Nothing where a quote is
    /// still open at its end, so that the field goes on in the next line.
    pub fn fields(&self, line: &str) -> Option<Vec<String>> {
        let mut fields = Vec::new();
        let mut field = String::new();
        // whether a field has begun, also an empty one: in quotes, or behind a delimiter
        let mut begun = false;
        let mut quoted = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if quoted {
                match (Some(c) == self.quote, chars.peek() == Some(&c)) {
                    (true, true) => {
                        chars.next();
                        field.push(c);
                    }
                    (true, false) => quoted = false,
                    _ => field.push(c),
                }
                continue;
            }
            if Some(c) == self.comment {
                break;
            }
            let is_blank = self.delimiter.is_none() && c.is_whitespace();
            if is_blank {
                if begun {
                    fields.push(std::mem::take(&mut field));
                    begun = false;
                }
            } else if Some(c) == self.delimiter {
                fields.push(std::mem::take(&mut field));
                begun = true;
            } else if Some(c) == self.quote && field.is_empty() {
                (quoted, begun) = (true, true);
            } else {
                field.push(c);
                begun = true;
            }
        }
        if quoted {
            return None;
        }
        if begun {
            fields.push(field);
        }
        // a comment behind a delimiter and blanks is no field
        if fields.len() == 1 && fields[0].is_empty() {
            fields.clear();
        }
        Some(fields)
    }
}

/// A line without what follows the first of these comments.
pub fn before_comment<'l>(line: &'l str, comments: &[String]) -> &'l str {
    comments.iter().fold(line, |line, comment| line.split(comment.as_str()).next().unwrap_or(line))
}

/// The lines of a text, each without its end: `\n`, `\r\n` or `\r`.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.find(['\n', '\r']);
        let Some(end) = end else {
            rest = None;
            return Some(text);
        };
        let behind = &text[end..];
        let behind = behind.strip_prefix("\r\n").unwrap_or(&behind[1..]);
        rest = Some(behind).filter(|behind| !behind.is_empty());
        Some(&text[..end])
    })
}

/// The element of a dtype that a field spells: a number, a date, or the text itself.
pub fn item(field: &str, dtype: &DType) -> Option<Item> {
    match dtype.ty() {
        Type::Str => Some(Item::Str(field.to_string())),
        Type::Bytes => field.chars().map(|c| u8::try_from(c as u32).ok()).collect::<Option<_>>().map(Item::Bytes),
        ty @ (Type::DateTime64 | Type::TimeDelta64) => {
            Time::parse(field.trim(), ty == Type::TimeDelta64, dtype.resolution()).ok().map(Item::Time)
        }
        ty => number(field, ty).map(Item::Number),
    }
}

/// The dtypes of the columns that an element takes: of a structure those of its fields.
pub fn columns(dtype: &DType) -> Vec<DType> {
    match (dtype.structure(), dtype.sub_array()) {
        (Some(whole), _) => whole.fields.iter().flat_map(|field| columns(&field.dtype)).collect(),
        (_, Some((base, shape))) => {
            let count = shape.iter().product();
            (0..count).flat_map(|_| columns(base)).collect()
        }
        _ => vec![dtype.clone()],
    }
}

/// The element of a dtype from those of its columns; nothing where these are too few.
pub fn assembled(dtype: &DType, parts: &mut impl Iterator<Item = Item>) -> Option<Item> {
    match (dtype.structure(), dtype.sub_array()) {
        (Some(whole), _) => {
            whole.fields.iter().map(|field| assembled(&field.dtype, parts)).collect::<Option<_>>().map(Item::Fields)
        }
        (_, Some((base, shape))) => {
            let count: usize = shape.iter().product();
            let items = (0..count).map(|_| assembled(base, parts)).collect::<Option<_>>();
            items.map(|items| Item::Array(shape.clone(), items))
        }
        _ => parts.next(),
    }
}

/// The number of this type that a field spells, with blanks around it (`str_to_int.c`, `conversions.c`).
pub fn number(field: &str, ty: Type) -> Option<Scalar> {
    let text = field.trim();
    let int = || text.parse::<i64>().ok();
    let float = |text: &str| -> Option<f64> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        text.chars().all(is_plain).then(|| text.parse().ok())?
    };
    Some(match ty {
        Type::Bool => Scalar::Bool(int()? != 0),
        Type::Int8 => Scalar::Int8(text.parse().ok()?),
        Type::Int16 => Scalar::Int16(text.parse().ok()?),
        Type::Int32 => Scalar::Int32(text.parse().ok()?),
        Type::Int64 => Scalar::Int64(int()?),
        Type::UInt8 => Scalar::UInt8(text.parse().ok()?),
        Type::UInt16 => Scalar::UInt16(text.parse().ok()?),
        Type::UInt32 => Scalar::UInt32(text.parse().ok()?),
        Type::UInt64 => Scalar::UInt64(text.parse().ok()?),
        Type::Float16 => Scalar::Float16(F16::from_f64(float(text)?)),
        Type::Float32 => Scalar::Float32(float(text)? as f32),
        Type::Float64 => Scalar::Float64(float(text)?),
        Type::Complex64 | Type::Complex128 => Scalar::Complex128(complex(text, float)?).cast(ty),
        Type::Object | Type::Bytes | Type::Str | Type::Void | Type::DateTime64 | Type::TimeDelta64 => return None,
    })
}

/// `1+2j`, `(1+2j)`, `2j`, `1`.
fn complex(text: &str, float: impl Fn(&str) -> Option<f64>) -> Option<Complex64> {
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).map_or(text, str::trim);
    let Some(parts) = text.strip_suffix('j') else { return float(text).map(|re| Complex64::new(re, 0.0)) };
    // the sign between the parts: neither the first character nor that of an exponent
    let is_between = |at: usize| at > 0 && !parts[..at].ends_with(['e', 'E']);
    match parts.char_indices().rev().find(|(at, c)| matches!(c, '+' | '-') && is_between(*at)) {
        Some((at, _)) => Some(Complex64::new(float(&parts[..at])?, float(&parts[at..])?)),
        None => float(parts).map(|im| Complex64::new(0.0, im)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(cut: &Cut, line: &str) -> Vec<String> {
        cut.fields(line).unwrap()
    }

    #[test]
    fn lines_are_cut_into_fields() {
        let blanks = Cut { comment: Some('#'), ..Cut::default() };
        assert_eq!(fields(&blanks, "  1\t 2  # three"), ["1", "2"]);
        assert!(fields(&blanks, " # one").is_empty());
        let commas = Cut { delimiter: Some(','), quote: Some('"'), comment: Some('#') };
        assert_eq!(fields(&commas, "1,,\"a,\"\"b\"\"\",4,#"), ["1", "", "a,\"b\"", "4", ""]);
        assert!(fields(&commas, "").is_empty());
        assert_eq!(commas.fields("1,\"2"), None);
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines("a\nb\r\nc\rd").collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\n\n").collect::<Vec<_>>(), ["a", ""]);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn fields_are_numbers_or_none() {
        assert_eq!(number(" -1.5e3 ", Type::Float64), Some(Scalar::Float64(-1500.0)));
        assert_eq!(number("300", Type::Int16), Some(Scalar::Int16(300)));
        let none = [
            ("300", Type::Int8),
            ("1.5", Type::Int64),
            ("-1", Type::UInt8),
            ("1_0", Type::Float64),
            ("", Type::Float64),
        ];
        assert!(none.into_iter().all(|(text, ty)| number(text, ty).is_none()));
        for (text, re, im) in [("1+2j", 1.0, 2.0), ("(1-2j)", 1.0, -2.0), ("2j", 0.0, 2.0), ("1e-5+3e+2j", 1e-5, 300.0)]
        {
            assert_eq!(number(text, Type::Complex128), Some(Scalar::Complex128(Complex64::new(re, im))), "{text}");
        }
    }
}
