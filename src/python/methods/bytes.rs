//! The methods of bytes and bytearrays.

use crate::error::{Result, type_error, value_error};
use crate::python::bytearray;
use crate::python::bytes::{self as like, byte, required};
use crate::python::{codec, compare};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index, as_int, collect, length};

use super::str_search::bound;
use super::{count_argument, str_argument};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "bytes.find",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of bytes in others; -1 where they are not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.find(b'an')\n\
                  1\n",
        see_also: &["bytes.index"],
        run: Run::Call(find),
    },
    Function {
        name: "bytes.rfind",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of bytes in others; -1 where they are not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.rfind(b'an')\n\
                  3\n",
        see_also: &["bytes.find"],
        run: Run::Call(rfind),
    },
    Function {
        name: "bytes.index",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of bytes in others, where they must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.index(b'n')\n\
                  2\n",
        see_also: &["bytes.find"],
        run: Run::Call(index),
    },
    Function {
        name: "bytes.rindex",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of bytes in others, where they must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.rindex(b'n')\n\
                  4\n",
        see_also: &["bytes.rfind"],
        run: Run::Call(rindex),
    },
    Function {
        name: "bytes.count",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "How often bytes occur, without overlap.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.count(b'an')\n\
                  2\n",
        see_also: &["bytes.find"],
        run: Run::Call(count),
    },
    Function {
        name: "bytes.startswith",
        signature: "(prefix, start=None, end=None, /)",
        method: None,
        summary: "Whether the bytes start with others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'abc'.startswith(b'ab')\n\
                  True\n",
        see_also: &["bytes.endswith"],
        run: Run::Call(startswith),
    },
    Function {
        name: "bytes.endswith",
        signature: "(suffix, start=None, end=None, /)",
        method: None,
        summary: "Whether the bytes end with others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'abc'.endswith(b'bc')\n\
                  True\n",
        see_also: &["bytes.startswith"],
        run: Run::Call(endswith),
    },
    Function {
        name: "bytes.replace",
        signature: "(old, new, count=-1, /)",
        method: None,
        summary: "The bytes with some replaced by others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'banana'.replace(b'a', b'o', 2)\n\
                  b'bonona'\n",
        see_also: &[],
        run: Run::Call(replace),
    },
    Function {
        name: "bytes.split",
        signature: "(sep=None, maxsplit=-1)",
        method: None,
        summary: "The parts between separators, or between runs of white space.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'1,2,3'.split(b',')\n\
                  [b'1', b'2', b'3']\n",
        see_also: &["bytes.join"],
        run: Run::Call(split),
    },
    Function {
        name: "bytes.join",
        signature: "(iterable_of_bytes, /)",
        method: None,
        summary: "The bytes of an iterable, with these between them.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'-'.join([b'a', b'b'])\n\
                  b'a-b'\n",
        see_also: &["bytes.split"],
        run: Run::Call(join),
    },
    Function {
        name: "bytes.strip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at both ends.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b' a '.strip()\n\
                  b'a'\n",
        see_also: &["bytes.lstrip", "bytes.rstrip"],
        run: Run::Call(strip),
    },
    Function {
        name: "bytes.lstrip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at the start.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b' a '.lstrip()\n\
                  b'a '\n",
        see_also: &["bytes.strip"],
        run: Run::Call(lstrip),
    },
    Function {
        name: "bytes.rstrip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at the end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b' a '.rstrip()\n\
                  b' a'\n",
        see_also: &["bytes.strip"],
        run: Run::Call(rstrip),
    },
    Function {
        name: "bytes.upper",
        signature: "()",
        method: None,
        summary: "The bytes with ASCII letters in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'abc'.upper()\n\
                  b'ABC'\n",
        see_also: &["bytes.lower"],
        run: Run::Call(upper),
    },
    Function {
        name: "bytes.lower",
        signature: "()",
        method: None,
        summary: "The bytes with ASCII letters in lower case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'ABC'.lower()\n\
                  b'abc'\n",
        see_also: &["bytes.upper"],
        run: Run::Call(lower),
    },
    Function {
        name: "bytes.isdigit",
        signature: "()",
        method: None,
        summary: "Whether all bytes are ASCII digits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'12'.isdigit()\n\
                  True\n",
        see_also: &["bytes.isalpha"],
        run: Run::Call(isdigit),
    },
    Function {
        name: "bytes.isalpha",
        signature: "()",
        method: None,
        summary: "Whether all bytes are ASCII letters.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'ab'.isalpha()\n\
                  True\n",
        see_also: &["bytes.isdigit"],
        run: Run::Call(isalpha),
    },
    Function {
        name: "bytes.hex",
        signature: "(sep=<no value>, bytes_per_sep=1)",
        method: None,
        summary: "The bytes in base 16.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'\\x01\\xff'.hex()\n\
                  '01ff'\n\
                  >>> b'\\x01\\xff'.hex('-')\n\
                  '01-ff'\n",
        see_also: &["bytes.fromhex"],
        run: Run::Call(hex),
    },
    Function {
        name: "bytes.fromhex",
        signature: "($type, string, /)",
        method: None,
        summary: "The bytes that a text in base 16 says.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytes.fromhex('01 ff')\n\
                  b'\\x01\\xff'\n",
        see_also: &["bytes.hex"],
        run: Run::Call(bytes_fromhex),
    },
    Function {
        name: "bytes.decode",
        signature: "(encoding='utf-8', errors='strict')",
        method: None,
        summary: "The text that the bytes encode.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b'caf\\xc3\\xa9'.decode()\n\
                  'café'\n",
        see_also: &[],
        run: Run::Call(decode),
    },
];

/// The bytes that the method was called on.
pub(super) fn own(args: &Arguments) -> Result<Vec<u8>> {
    like::of(args.receiver()).ok_or_else(|| super::wrong_receiver("bytes", args.receiver()))
}

/// A result of the receiver's class.
pub(super) fn same(args: &Arguments, bytes: &[u8]) -> Result<Value> {
    match args.receiver() {
        Value::Bytes(_) => Ok(Value::Bytes(bytes.into())),
        _ => bytearray::of(bytes),
    }
}

pub(super) fn all_same<'b>(args: &Arguments, parts: impl IntoIterator<Item = &'b [u8]>) -> Result<Value> {
    Ok(Value::list(parts.into_iter().map(|part| same(args, part)).collect::<Result<Vec<_>>>()?))
}

/// A part to look for: bytes, or one byte as an int.
pub(super) fn part(args: &Arguments, name: &str) -> Result<Vec<u8>> {
    let value = args.get(name);
    match as_int(&value) {
        Ok(_) if !matches!(value, Value::Array(_)) => Ok(vec![byte(&value)?]),
        _ => like::of(&value).ok_or_else(|| {
            let class = value.class().qualified();
            type_error(format!("argument should be integer or bytes-like object, not '{class}'"))
        }),
    }
}

/// The bytes to search, and where they start.
pub(super) fn window<'b>(bytes: &'b [u8], args: &Arguments) -> Result<Option<(&'b [u8], usize)>> {
    let len = bytes.len();
    let (start, end) = (bound(args, "start", len, 0)?, bound(args, "end", len, len)?.min(len));
    Ok(bytes.get(start..end).map(|part| (part, start)))
}

pub(super) fn rfind_in(bytes: &[u8], part: &[u8]) -> Option<usize> {
    (0..=bytes.len().checked_sub(part.len())?).rev().find(|&at| bytes[at..].starts_with(part))
}

pub(super) fn place_of(args: &Arguments, from_right: bool) -> Result<Option<usize>> {
    let (bytes, part) = (own(args)?, part(args, "sub")?);
    let Some((window, start)) = window(&bytes, args)? else { return Ok(None) };
    let found = if from_right { rfind_in(window, &part) } else { compare::find(window, &part) };
    Ok(found.map(|at| start + at))
}

pub(super) fn found(place: Option<usize>) -> Result<Value> {
    place.map(Value::int).ok_or_else(|| value_error("subsection not found"))
}

pub(super) fn find(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(place_of(args, false)?.map_or(Value::int(-1), Value::int))
}

pub(super) fn rfind(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(place_of(args, true)?.map_or(Value::int(-1), Value::int))
}

pub(super) fn index(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place_of(args, false).and_then(found)
}

pub(super) fn rindex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place_of(args, true).and_then(found)
}

/// The places of a part, without overlap, at most so many.
pub(super) fn all_places(bytes: &[u8], part: &[u8], most: usize) -> Vec<usize> {
    let (mut places, mut at) = (Vec::new(), 0);
    while places.len() < most {
        let Some(found) = bytes.get(at..).and_then(|rest| compare::find(rest, part)) else { break };
        places.push(at + found);
        at += found + part.len().max(1);
    }
    places
}

pub(super) fn count(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (bytes, part) = (own(args)?, part(args, "sub")?);
    Ok(Value::int(window(&bytes, args)?.map_or(0, |(window, _)| all_places(window, &part, usize::MAX).len())))
}

pub(super) fn any_fits(args: &Arguments, name: &str, fits: impl Fn(&[u8], &[u8]) -> bool) -> Result<Value> {
    let bytes = own(args)?;
    let wanted = args.get(if name == "startswith" { "prefix" } else { "suffix" });
    let window = window(&bytes, args)?;
    let all = match &wanted {
        Value::Tuple(all) => all.to_vec(),
        single => vec![single.clone()],
    };
    for wanted in &all {
        let Some(part) = like::of(wanted) else {
            let class = wanted.class().qualified();
            let message = match all.len() {
                1 => format!("{name} first arg must be bytes or a tuple of bytes, not {class}"),
                _ => format!("a bytes-like object is required, not '{class}'"),
            };
            return Err(type_error(message));
        };
        if window.is_some_and(|(window, _)| fits(window, &part)) {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

pub(super) fn startswith(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    any_fits(args, "startswith", <[u8]>::starts_with)
}

pub(super) fn endswith(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    any_fits(args, "endswith", <[u8]>::ends_with)
}

pub(super) fn replace(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let bytes = own(args)?;
    let (old, new) = (required(&args.get("old"))?, required(&args.get("new"))?);
    let most = count_argument(args, "count")?.unwrap_or(usize::MAX);
    let (mut result, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for place in all_places(&bytes, &old, most) {
        result.extend_from_slice(&bytes[at..place]);
        result.extend_from_slice(&new);
        at = place + old.len();
    }
    result.extend_from_slice(&bytes[at..]);
    same(args, &result)
}

pub(super) fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

pub(super) fn split(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (bytes, sep) = (own(args)?, args.get("sep"));
    let most = count_argument(args, "maxsplit")?.unwrap_or(usize::MAX);
    if sep.is_none() {
        let mut parts: Vec<&[u8]> = Vec::new();
        let mut rest = bytes.as_slice();
        loop {
            rest = &rest[rest.iter().take_while(|b| is_space(b)).count()..];
            if rest.is_empty() {
                break;
            }
            let end = if parts.len() < most { rest.iter().position(is_space) } else { None };
            let end = end.unwrap_or(rest.len());
            parts.push(&rest[..end]);
            rest = &rest[end..];
        }
        return all_same(args, parts);
    }
    let sep = required(&sep)?;
    if sep.is_empty() {
        return Err(value_error("empty separator"));
    }
    let (mut parts, mut at) = (Vec::new(), 0);
    for place in all_places(&bytes, &sep, most) {
        parts.push(&bytes[at..place]);
        at = place + sep.len();
    }
    parts.push(&bytes[at..]);
    all_same(args, parts)
}

pub(super) fn join(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let sep = own(args)?;
    let iterable = args.get("iterable_of_bytes");
    crate::value::Cursor::over(&iterable).map_err(|_| type_error("can only join an iterable"))?;
    let mut joined = Vec::new();
    for (i, item) in collect(context, &iterable)?.iter().enumerate() {
        let Some(part) = like::of(item) else {
            let class = item.class().qualified();
            return Err(type_error(format!("sequence item {i}: expected a bytes-like object, {class} found")));
        };
        if i > 0 {
            joined.extend_from_slice(&sep);
        }
        joined.extend(part);
    }
    same(args, &joined)
}

pub(super) fn stripped(args: &Arguments, left: bool, right: bool) -> Result<Value> {
    let bytes = own(args)?;
    let given = args.some("bytes").map(required).transpose()?;
    let goes = |b: &u8| given.as_ref().map_or_else(|| is_space(b), |all| all.contains(b));
    let start = if left { bytes.iter().take_while(|b| goes(b)).count() } else { 0 };
    let rest = &bytes[start..];
    let end = if right { rest.iter().rev().take_while(|b| goes(b)).count() } else { 0 };
    same(args, &rest[..rest.len() - end])
}

pub(super) fn strip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, true, true)
}

pub(super) fn lstrip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, true, false)
}

pub(super) fn rstrip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, false, true)
}

pub(super) fn upper(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    same(args, &own(args)?.to_ascii_uppercase())
}

pub(super) fn lower(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    same(args, &own(args)?.to_ascii_lowercase())
}

pub(super) fn isdigit(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let bytes = own(args)?;
    Ok(Value::Bool(!bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)))
}

pub(super) fn isalpha(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let bytes = own(args)?;
    Ok(Value::Bool(!bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic)))
}

/// `value.hex()` of bytes, with a separator between groups that are counted from the right (or from the left).
pub fn write_hex(bytes: &[u8], args: &Arguments) -> Result<Value> {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let sep = match args.given("sep") {
        None => return Ok(pairs.concat().into()),
        Some(Value::Str(text)) if text.is_ascii() => text.to_string(),
        Some(Value::Str(_)) => return Err(value_error("sep must be ASCII.")),
        Some(other) => match like::of(other) {
            Some(bytes) => bytes.iter().map(|&b| b as char).collect(),
            None => {
                let class = other.class().qualified();
                return Err(type_error(match length(other) {
                    None => format!("object of type '{class}' has no len()"),
                    Some(_) => "sep must be str or bytes.".to_string(),
                }));
            }
        },
    };
    if sep.chars().count() != 1 {
        return Err(value_error("sep must be length 1."));
    }
    let group = as_index(&args.get("bytes_per_sep"))?;
    let size = group.unsigned_abs();
    if size == 0 {
        return Ok(pairs.concat().into());
    }
    let mut text = String::new();
    for (i, pair) in pairs.iter().enumerate() {
        let counted = if group > 0 { pairs.len() - i } else { i };
        if i > 0 && counted % size == 0 {
            text.push_str(&sep);
        }
        text.push_str(pair);
    }
    Ok(text.into())
}

pub(super) fn hex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    write_hex(&own(args)?, args)
}

/// The bytes that pairs of hexadecimal digits say.
pub(super) fn read_hex(args: &Arguments) -> Result<Vec<u8>> {
    let text = str_argument(args, "string", "fromhex() argument")?;
    let chars: Vec<char> = text.chars().collect();
    let (mut bytes, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        if chars[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let digit = |at: usize| {
            let digit = chars.get(at).and_then(|c| c.to_digit(16));
            digit.ok_or_else(|| value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}")))
        };
        bytes.push((digit(at)? * 16 + digit(at + 1)?) as u8);
        at += 2;
    }
    Ok(bytes)
}

pub(super) fn bytes_fromhex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Bytes(read_hex(args)?.into()))
}

pub(super) fn decode(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (encoding, errors) = (args.given("encoding").cloned(), args.given("errors").cloned());
    codec::decode(&own(args)?, encoding, errors, "decode()").map(Value::from)
}
