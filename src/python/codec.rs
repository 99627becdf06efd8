//! How does a text become bytes, and back? The encodings UTF-8, UTF-16, UTF-32, ASCII and Latin-1.

use crate::error::{Error, ErrorClass, Result, type_error, value_error};
use crate::text::quote::escape_non_ascii;
use crate::value::Value;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
    /// Bytes a unit, whether the least significant comes first, whether a byte order mark stands before.
    Wide {
        unit: usize,
        little: bool,
        mark: bool,
    },
}

/// What to do with what cannot be encoded or decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Errors {
    Strict,
    Ignore,
    Replace,
    Escape,
}

fn argument(value: Option<Value>, who: &str, name: &str, default: &str) -> Result<String> {
    match value {
        None => Ok(default.into()),
        Some(Value::Str(text)) => Ok(text.to_string()),
        Some(other) => {
            Err(type_error(format!("{who} argument '{name}' must be str, not {}", other.class().qualified())))
        }
    }
}

/// Refuses names of encoding and error handler that are no texts.
///
/// # Errors
/// `TypeError: str() argument 'encoding' must be str, not int`.
pub fn check_names(code: Option<&Value>, errors: Option<&Value>, who: &str) -> Result<()> {
    argument(code.cloned(), who, "encoding", "")?;
    argument(errors.cloned(), who, "errors", "").map(drop)
}

fn encoding(name: &str) -> Result<Encoding> {
    let wide = |unit, little, mark| Encoding::Wide { unit, little, mark };
    Ok(match name.to_lowercase().replace(['_', ' '], "-").as_str() {
        "utf-8" | "utf8" | "u8" | "cp65001" => Encoding::Utf8,
        "ascii" | "us-ascii" | "646" => Encoding::Ascii,
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" | "latin" | "8859" => Encoding::Latin1,
        "utf-16" | "utf16" | "u16" => wide(2, true, true),
        "utf-16-le" | "utf-16le" => wide(2, true, false),
        "utf-16-be" | "utf-16be" => wide(2, false, false),
        "utf-32" | "utf32" | "u32" => wide(4, true, true),
        "utf-32-le" | "utf-32le" => wide(4, true, false),
        "utf-32-be" | "utf-32be" => wide(4, false, false),
        _ => return Err(Error::new(ErrorClass::LookupError, format!("unknown encoding: {name}"))),
    })
}

fn handler(name: &str) -> Result<Errors> {
    Ok(match name {
        "strict" => Errors::Strict,
        "ignore" => Errors::Ignore,
        "replace" => Errors::Replace,
        "backslashreplace" => Errors::Escape,
        _ => return Err(Error::new(ErrorClass::LookupError, format!("unknown error handler name '{name}'"))),
    })
}

/// The bytes of a text; `who` is the function in messages: `encode()`.
///
/// # Errors
/// `UnicodeEncodeError`; `LookupError` for an encoding that is not known.
pub fn encode(text: &str, code: Option<Value>, errors: Option<Value>, who: &str) -> Result<Vec<u8>> {
    let code = encoding(&argument(code, who, "encoding", "utf-8")?)?;
    let errors = argument(errors, who, "errors", "strict")?;
    let (limit, name) = match code {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Wide { unit, little, mark } => return Ok(encode_wide(text, unit, little, mark)),
        Encoding::Ascii => (128, "ascii"),
        Encoding::Latin1 => (256, "latin-1"),
    };
    let mut bytes = Vec::with_capacity(text.len());
    let outside = |c: &char| *c as u32 >= limit;
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        if !outside(&c) {
            bytes.push(c as u8);
            continue;
        }
        match handler(&errors)? {
            Errors::Ignore => {}
            Errors::Replace => bytes.push(b'?'),
            Errors::Escape => bytes.extend(escape_non_ascii(&c.to_string()).into_bytes()),
            Errors::Strict => {
                let mut end = at;
                while chars.next_if(|(_, c)| outside(c)).is_some() {
                    end += 1;
                }
                let what = match end == at {
                    true => format!("character '{}' in position {at}", escape_non_ascii(&c.to_string())),
                    false => format!("characters in position {at}-{end}"),
                };
                let message = format!("'{name}' codec can't encode {what}: ordinal not in range({limit})");
                return Err(Error::new(ErrorClass::UnicodeEncodeError, message));
            }
        }
    }
    Ok(bytes)
}

fn encode_wide(text: &str, unit: usize, little: bool, mark: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut push = |code: u32| {
        let all = if little { code.to_le_bytes() } else { code.to_be_bytes() };
        bytes.extend_from_slice(if little { &all[..unit] } else { &all[4 - unit..] });
    };
    if mark {
        push(0xfeff);
    }
    for c in text.chars() {
        match unit {
            2 => c.encode_utf16(&mut [0; 2]).iter().for_each(|&half| push(half.into())),
            _ => push(c as u32),
        }
    }
    bytes
}

/// The text of bytes; `who` is the function in messages: `decode()`.
///
/// # Errors
/// `UnicodeDecodeError`; `LookupError` for an encoding that is not known.
pub fn decode(bytes: &[u8], code: Option<Value>, errors: Option<Value>, who: &str) -> Result<String> {
    let code = encoding(&argument(code, who, "encoding", "utf-8")?)?;
    let errors = argument(errors, who, "errors", "strict")?;
    match code {
        Encoding::Utf8 => decode_utf8(bytes, &errors),
        Encoding::Latin1 => Ok(bytes.iter().map(|&b| b as char).collect()),
        Encoding::Ascii => {
            let mut text = String::new();
            for (at, &byte) in bytes.iter().enumerate() {
                if byte < 128 {
                    text.push(byte as char);
                } else {
                    let place = at..at + 1;
                    let reason = "ordinal not in range(128)";
                    text.push_str(&replacement(&errors, "ascii", bytes, place, reason)?);
                }
            }
            Ok(text)
        }
        Encoding::Wide { unit, little, mark } => decode_wide(bytes, unit, little, mark),
    }
}

/// What stands for bytes that do not decode.
fn replacement(errors: &str, name: &str, bytes: &[u8], place: std::ops::Range<usize>, reason: &str) -> Result<String> {
    match handler(errors)? {
        Errors::Ignore => Ok(String::new()),
        Errors::Replace => Ok("\u{fffd}".into()),
        Errors::Escape => Ok(bytes[place].iter().map(|byte| format!("\\x{byte:02x}")).collect()),
        Errors::Strict => {
            let what = match place.len() {
                1 => format!("byte 0x{:02x} in position {}", bytes[place.start], place.start),
                _ => format!("bytes in position {}-{}", place.start, place.end - 1),
            };
            let message = format!("'{name}' codec can't decode {what}: {reason}");
            Err(Error::new(ErrorClass::UnicodeDecodeError, message))
        }
    }
}

fn decode_utf8(bytes: &[u8], errors: &str) -> Result<String> {
    let (mut text, mut at) = (String::new(), 0);
    loop {
        let rest = &bytes[at..];
        let mistake = match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return Ok(text);
            }
            Err(mistake) => mistake,
        };
        text.push_str(&String::from_utf8_lossy(&rest[..mistake.valid_up_to()]));
        at += mistake.valid_up_to();
        let (count, reason) = match mistake.error_len() {
            None => (bytes.len() - at, "unexpected end of data"),
            Some(count) if matches!(bytes[at], 0x80..=0xc1 | 0xf5..) => (count, "invalid start byte"),
            Some(count) => (count, "invalid continuation byte"),
        };
        text.push_str(&replacement(errors, "utf-8", bytes, at..at + count, reason)?);
        at += count;
    }
}

fn decode_wide(bytes: &[u8], unit: usize, little: bool, mark: bool) -> Result<String> {
    let name = format!("utf-{}", unit * 8);
    let unit_at = |little: bool| {
        move |chunk: &[u8]| {
            let fold = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
            if little { chunk.iter().rev().fold(0, fold) } else { chunk.iter().fold(0, fold) }
        }
    };
    if !bytes.len().is_multiple_of(unit) {
        let message = format!("'{name}' codec can't decode: truncated data");
        return Err(Error::new(ErrorClass::UnicodeDecodeError, message));
    }
    let mut units: Vec<u32> = bytes.chunks(unit).map(unit_at(little)).collect();
    let swapped = if unit == 2 { 0xfffe } else { 0xfffe_0000 };
    if mark && units.first() == Some(&swapped) {
        units = bytes.chunks(unit).map(unit_at(!little)).collect();
    }
    if mark && units.first() == Some(&0xfeff) {
        units.remove(0);
    }
    let illegal = || value_error(format!("'{name}' codec can't decode: illegal encoding"));
    match unit {
        2 => char::decode_utf16(units.into_iter().map(|unit| unit as u16))
            .collect::<Result<_, _>>()
            .map_err(|_| illegal()),
        _ => units.into_iter().map(|code| char::from_u32(code).ok_or_else(illegal)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], errors: &str) -> String {
        match decode(bytes, None, Some(errors.into()), "decode()") {
            Ok(text) => text,
            Err(error) => error.message().into(),
        }
    }

    #[test]
    fn mistakes_are_named_as_in_cpython() {
        assert_eq!(
            decoded(b"a\xff", "strict"),
            "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"
        );
        assert_eq!(
            decoded(b"\xe2\x82", "strict"),
            "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"
        );
        assert_eq!(
            decoded(b"\xe2\x41", "strict"),
            "'utf-8' codec can't decode byte 0xe2 in position 0: invalid continuation byte"
        );
        assert_eq!(decoded(b"a\xffb\xe2\x82", "replace"), "a\u{fffd}b\u{fffd}");
        assert_eq!(decoded(b"a\xffb", "backslashreplace"), "a\\xffb");
        let ascii = encode("aéλb", Some("ascii".into()), None, "encode()").unwrap_err();
        assert_eq!(ascii.message(), "'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)");
    }

    #[test]
    fn wide_encodings_go_both_ways() {
        for name in ["utf-16", "utf-16-be", "utf-32", "utf-32-le"] {
            let bytes = encode("aé🦀", Some(name.into()), None, "encode()").unwrap();
            assert_eq!(decode(&bytes, Some(name.into()), None, "decode()").unwrap(), "aé🦀", "{name}");
        }
    }
}
