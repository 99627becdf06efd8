//! The methods of str that fill, strip, format, encode and translate.

use super::{str_argument, text};
use crate::error::{Result, type_error, value_error};
use crate::python::{codec, format, sequence};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::text::unicode::is_space;
use crate::value::{Dict, Int, Value, as_index};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "str.ljust",
        signature: "(width, fillchar=' ', /)",
        method: None,
        summary: "The string at the left of a field of this width.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'ab'.ljust(4, '.')\n\
                  'ab..'\n",
        see_also: &["str.rjust", "str.center"],
        run: Run::Call(ljust),
    },
    Function {
        name: "str.rjust",
        signature: "(width, fillchar=' ', /)",
        method: None,
        summary: "The string at the right of a field of this width.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'ab'.rjust(4, '.')\n\
                  '..ab'\n",
        see_also: &["str.ljust", "str.center"],
        run: Run::Call(rjust),
    },
    Function {
        name: "str.center",
        signature: "(width, fillchar=' ', /)",
        method: None,
        summary: "The string in the middle of a field of this width.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'ab'.center(5, '.')\n\
                  '..ab.'\n",
        see_also: &["str.ljust", "str.rjust"],
        run: Run::Call(center),
    },
    Function {
        name: "str.zfill",
        signature: "(width, /)",
        method: None,
        summary: "The string with zeros after its sign, up to this width.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '-42'.zfill(5)\n\
                  '-0042'\n",
        see_also: &["str.rjust"],
        run: Run::Call(zfill),
    },
    Function {
        name: "str.strip",
        signature: "(chars=None, /)",
        method: None,
        summary: "The string without white space (or these characters) at both ends.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '  a b '.strip()\n\
                  'a b'\n\
                  >>> 'xxabx'.strip('x')\n\
                  'ab'\n",
        see_also: &["str.lstrip", "str.rstrip"],
        run: Run::Call(strip),
    },
    Function {
        name: "str.lstrip",
        signature: "(chars=None, /)",
        method: None,
        summary: "The string without white space (or these characters) at its start.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '  a '.lstrip()\n\
                  'a '\n",
        see_also: &["str.strip"],
        run: Run::Call(lstrip),
    },
    Function {
        name: "str.rstrip",
        signature: "(chars=None, /)",
        method: None,
        summary: "The string without white space (or these characters) at its end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '  a '.rstrip()\n\
                  '  a'\n",
        see_also: &["str.strip"],
        run: Run::Call(rstrip),
    },
    Function {
        name: "str.expandtabs",
        signature: "(tabsize=8)",
        method: None,
        summary: "The string with its tabs replaced by spaces.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'a\\tb'.expandtabs(4)\n\
                  'a   b'\n",
        see_also: &["str.replace"],
        run: Run::Call(expandtabs),
    },
    Function {
        name: "str.format",
        signature: "(*args, **kwargs)",
        method: None,
        summary: "The string with its {} fields filled by the arguments.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '{0} has {n:03d}'.format('x', n=7)\n\
                  'x has 007'\n",
        see_also: &["format", "str.format_map"],
        run: Run::Call(format_with),
    },
    Function {
        name: "str.format_map",
        signature: "(mapping, /)",
        method: None,
        summary: "The string with its {} fields filled by the entries of a dict.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '{a}-{b}'.format_map({'a': 1, 'b': 2})\n\
                  '1-2'\n",
        see_also: &["str.format"],
        run: Run::Call(format_map),
    },
    Function {
        name: "str.encode",
        signature: "(encoding='utf-8', errors='strict')",
        method: None,
        summary: "The bytes of the string in an encoding.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'é'.encode()\n\
                  b'\\xc3\\xa9'\n\
                  >>> 'é'.encode('latin-1')\n\
                  b'\\xe9'\n",
        see_also: &["bytes.decode"],
        run: Run::Call(encode),
    },
    Function {
        name: "str.maketrans",
        signature: "($type, x, y=<no value>, z=<no value>, /)",
        method: None,
        summary: "A table for translate: of a dict, or of characters and their replacements.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> str.maketrans('ab', 'xy')\n\
                  {97: 120, 98: 121}\n",
        see_also: &["str.translate"],
        run: Run::Call(maketrans),
    },
    Function {
        name: "str.translate",
        signature: "(table, /)",
        method: None,
        summary: "The string with each character replaced by what the table says.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.translate(str.maketrans('an', 'oN', 'b'))\n\
                  'oNoNo'\n",
        see_also: &["str.maketrans", "str.replace"],
        run: Run::Call(translate),
    },
];

/// The text, how many characters it lacks to the width, and the character to fill with.
fn to_fill(args: &Arguments) -> Result<(Rc<str>, usize, char)> {
    let (text, width) = (text(args)?, as_index(&args.get("width"))?);
    let fill = match args.get("fillchar") {
        Value::Str(fill) => {
            let mut chars = fill.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => c,
                _ => return Err(type_error("The fill character must be exactly one character long")),
            }
        }
        other => {
            let class = other.class().qualified();
            return Err(type_error(format!("The fill character must be a unicode character, not {class}")));
        }
    };
    let width = sequence::repeated_length(1, usize::try_from(width).unwrap_or(0), 1 << 30)?;
    let lacking = width.saturating_sub(text.chars().count());
    Ok((text, lacking, fill))
}

fn filled(text: &str, left: usize, right: usize, fill: char) -> Value {
    let fill = |count: usize| std::iter::repeat_n(fill, count);
    fill(left).chain(text.chars()).chain(fill(right)).collect::<String>().into()
}

fn ljust(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, lacking, fill) = to_fill(args)?;
    Ok(filled(&text, 0, lacking, fill))
}

fn rjust(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, lacking, fill) = to_fill(args)?;
    Ok(filled(&text, lacking, 0, fill))
}

fn center(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, lacking, fill) = to_fill(args)?;
    let width = lacking + text.chars().count();
    // Where the lack is odd, the wider side is the left one for an odd width (`unicode_center`).
    let left = lacking / 2 + (lacking & width & 1);
    Ok(filled(&text, left, lacking - left, fill))
}

fn zfill(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, width) = (text(args)?, as_index(&args.get("width"))?);
    let width = sequence::repeated_length(1, usize::try_from(width).unwrap_or(0), 1 << 30)?;
    let zeros = "0".repeat(width.saturating_sub(text.chars().count()));
    Ok(match text.strip_prefix(['+', '-']) {
        Some(digits) => format!("{}{zeros}{digits}", &text[..1]),
        None => format!("{zeros}{text}"),
    }
    .into())
}

/// The text without certain characters at its ends.
fn stripped(args: &Arguments, name: &str, left: bool, right: bool) -> Result<Value> {
    let text = text(args)?;
    let given = match args.get("chars") {
        Value::None => None,
        Value::Str(chars) => Some(chars),
        _ => return Err(type_error(format!("{name} arg must be None or str"))),
    };
    let goes = |c: char| given.as_ref().map_or_else(|| is_space(c), |chars| chars.contains(c));
    let mut rest = &*text;
    if left {
        rest = rest.trim_start_matches(goes);
    }
    if right {
        rest = rest.trim_end_matches(goes);
    }
    Ok(Value::str(rest))
}

fn strip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, "strip", true, true)
}

fn lstrip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, "lstrip", true, false)
}

fn rstrip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    stripped(args, "rstrip", false, true)
}

fn expandtabs(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, size) = (text(args)?, as_index(&args.get("tabsize"))?);
    let size = usize::try_from(size).unwrap_or(0);
    let tabs = text.matches('\t').count();
    sequence::repeated_length(size, tabs, 1 << 30)?;
    let (mut expanded, mut column) = (String::new(), 0);
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                expanded.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\t' => {}
            _ => {
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                expanded.push(c);
            }
        }
    }
    Ok(expanded.into())
}

fn format_with(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (template, keywords) = (text(args)?, args.get("kwargs"));
    format::fill(context, &template, args.rest("args"), keywords).map(Value::from)
}

fn format_map(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (template, mapping) = (text(args)?, args.get("mapping"));
    format::fill(context, &template, Vec::new(), mapping).map(Value::from)
}

fn encode(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (encoding, errors) = (args.given("encoding").cloned(), args.given("errors").cloned());
    Ok(Value::Bytes(codec::encode(&text(args)?, encoding, errors, "encode()")?.into()))
}

fn maketrans(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let code = |c: char| Value::int(c as i64);
    let table = Dict::default();
    match (args.get("x"), args.given("y"), args.given("z")) {
        (Value::Dict(dict), None, None) => {
            for (key, value) in dict.entries() {
                let key = match &key {
                    Value::Str(text) if text.chars().count() == 1 => text.chars().next().map_or(Value::None, code),
                    Value::Str(_) => {
                        return Err(value_error("string keys in translate table must be of length 1"));
                    }
                    Value::Int(_) | Value::Bool(_) => key,
                    _ => return Err(type_error("keys in translate table must be strings or integers")),
                };
                table.insert(key, value)?;
            }
        }
        (_, None, _) => {
            return Err(type_error("if you give only one argument to maketrans it must be a dict"));
        }
        (Value::Str(_), Some(_), gone) => {
            let from = str_argument(args, "x", "maketrans() argument 1")?;
            let to = str_argument(args, "y", "maketrans() argument 2")?;
            if from.chars().count() != to.chars().count() {
                return Err(value_error("the first two maketrans arguments must have equal length"));
            }
            for (from, to) in from.chars().zip(to.chars()) {
                table.insert(code(from), code(to))?;
            }
            if gone.is_some() {
                for c in str_argument(args, "z", "maketrans() argument 3")?.chars() {
                    table.insert(code(c), Value::None)?;
                }
            }
        }
        _ => return Err(type_error("first maketrans argument must be a string if there is a second argument")),
    }
    Ok(Value::Dict(Rc::new(table)))
}

fn translate(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (text, table) = (text(args)?, args.get("table"));
    let Value::Dict(table) = table else {
        let class = table.class().qualified();
        return Err(type_error(format!("'{class}' object is not subscriptable")));
    };
    let mut translated = String::new();
    for c in text.chars() {
        match table.get(&Value::int(c as i64))? {
            None => translated.push(c),
            Some(Value::None) => {}
            Some(Value::Str(text)) => translated.push_str(&text),
            Some(Value::Int(Int::Small(code))) => {
                let c = u32::try_from(code).ok().and_then(char::from_u32);
                translated.push(c.ok_or_else(|| value_error("character mapping must be in range(0x110000)"))?);
            }
            Some(_) => return Err(type_error("character mapping must return integer, None or str")),
        }
    }
    Ok(translated.into())
}
