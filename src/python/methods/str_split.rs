//! The methods of str that take a text apart and join texts.

use super::{count_argument, str_argument, text};
use crate::error::{Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::text::unicode::is_space;
use crate::value::{Value, collect, is_true, plain};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "str.split",
        signature: "(sep=None, maxsplit=-1)",
        method: None,
        summary: "The parts of the string between separators, or between runs of white space.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> ' a  b c '.split()\n\
                  ['a', 'b', 'c']\n\
                  >>> '1,2,3'.split(',', 1)\n\
                  ['1', '2,3']\n",
        see_also: &["str.rsplit", "str.join"],
        run: Run::Call(split),
    },
    Function {
        name: "str.rsplit",
        signature: "(sep=None, maxsplit=-1)",
        method: None,
        summary: "As split, counting the separators from the right.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> '1,2,3'.rsplit(',', 1)\n\
                  ['1,2', '3']\n",
        see_also: &["str.split"],
        run: Run::Call(rsplit),
    },
    Function {
        name: "str.splitlines",
        signature: "(keepends=False)",
        method: None,
        summary: "The lines of the string.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'one\\ntwo\\n'.splitlines()\n\
                  ['one', 'two']\n",
        see_also: &["str.split"],
        run: Run::Call(splitlines),
    },
    Function {
        name: "str.partition",
        signature: "(sep, /)",
        method: None,
        summary: "The string parted at the first separator: before, separator, after.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'key=value'.partition('=')\n\
                  ('key', '=', 'value')\n",
        see_also: &["str.rpartition", "str.split"],
        run: Run::Call(partition),
    },
    Function {
        name: "str.rpartition",
        signature: "(sep, /)",
        method: None,
        summary: "The string parted at the last separator: before, separator, after.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'a.b.c'.rpartition('.')\n\
                  ('a.b', '.', 'c')\n",
        see_also: &["str.partition"],
        run: Run::Call(rpartition),
    },
    Function {
        name: "str.join",
        signature: "(iterable, /)",
        method: None,
        summary: "The strings of an iterable, with the string between them.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> ', '.join(['a', 'b'])\n\
                  'a, b'\n",
        see_also: &["str.split"],
        run: Run::Call(join),
    },
];

/// The separator; none splits at white space.
fn separator(args: &Arguments) -> Result<Option<Rc<str>>> {
    match args.get("sep") {
        Value::None => Ok(None),
        Value::Str(text) if text.is_empty() => Err(value_error("empty separator")),
        Value::Str(text) => Ok(Some(text)),
        other => Err(type_error(format!("must be str or None, not {}", other.class().qualified()))),
    }
}

fn list<'t>(parts: impl IntoIterator<Item = &'t str>) -> Value {
    Value::list(parts.into_iter().map(Value::str))
}

fn split(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, sep, most) = (text(args)?, separator(args)?, count_argument(args, "maxsplit")?);
    let most = most.unwrap_or(usize::MAX - 1);
    let Some(sep) = sep else {
        let mut parts = Vec::new();
        let mut rest = whole.trim_start_matches(is_space);
        while !rest.is_empty() {
            let end = if parts.len() < most { rest.find(is_space) } else { None };
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            parts.push(part);
            rest = after.trim_start_matches(is_space);
        }
        return Ok(list(parts));
    };
    Ok(list(whole.splitn(most + 1, &*sep)))
}

fn rsplit(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, sep, most) = (text(args)?, separator(args)?, count_argument(args, "maxsplit")?);
    let most = most.unwrap_or(usize::MAX - 1);
    let mut parts = Vec::new();
    match sep {
        Some(sep) => parts.extend(whole.rsplitn(most + 1, &*sep)),
        None => {
            let mut rest = whole.trim_end_matches(is_space);
            while !rest.is_empty() {
                if parts.len() == most {
                    parts.push(rest);
                    break;
                }
                let start = rest.char_indices().rev().find(|(_, c)| is_space(*c)).map_or(0, |(i, c)| i + c.len_utf8());
                parts.push(&rest[start..]);
                rest = rest[..start].trim_end_matches(is_space);
            }
        }
    }
    parts.reverse();
    Ok(list(parts))
}

/// Whether a character ends a line.
fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn splitlines(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, keep) = (text(args)?, is_true(&args.get("keepends"))?);
    let mut lines = Vec::new();
    let mut rest = &*whole;
    while !rest.is_empty() {
        let end = rest.find(ends_line).unwrap_or(rest.len());
        let after = &rest[end..];
        let mark = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        lines.push(&rest[..if keep { end + mark } else { end }]);
        rest = &after[mark..];
    }
    Ok(list(lines))
}

/// The text parted at one occurrence of the separator.
fn parted(args: &Arguments, from_right: bool) -> Result<Value> {
    let whole = text(args)?;
    let sep = str_argument(args, "sep", "")?;
    if sep.is_empty() {
        return Err(value_error("empty separator"));
    }
    let place = if from_right { whole.rfind(&*sep) } else { whole.find(&*sep) };
    let parts = match place {
        Some(at) => [&whole[..at], &*sep, &whole[at + sep.len()..]],
        None if from_right => ["", "", &*whole],
        None => [&*whole, "", ""],
    };
    Ok(Value::tuple(parts.map(Value::str)))
}

fn partition(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    parted(args, false)
}

fn rpartition(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    parted(args, true)
}

fn join(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let sep = text(args)?;
    let iterable = args.get("iterable");
    crate::value::Cursor::over(&iterable).map_err(|_| type_error("can only join an iterable"))?;
    let mut joined = String::new();
    for (i, item) in collect(context, &iterable)?.iter().enumerate() {
        let Value::Str(part) = plain(item) else {
            let class = item.class().qualified();
            return Err(type_error(format!("sequence item {i}: expected str instance, {class} found")));
        };
        if i > 0 {
            joined.push_str(&sep);
        }
        joined.push_str(part);
    }
    Ok(joined.into())
}
