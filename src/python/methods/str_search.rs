//! The methods of str that look for a text in another, and replace it.

use super::{count_argument, text};
use crate::error::{ErrorClass, Result, type_error, value_error};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "str.find",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of a text in the string; -1 where it is not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.find('an'), 'banana'.find('x')\n\
                  (1, -1)\n",
        see_also: &["str.index", "str.rfind"],
        run: Run::Call(find),
    },
    Function {
        name: "str.rfind",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of a text in the string; -1 where it is not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.rfind('an')\n\
                  3\n",
        see_also: &["str.find"],
        run: Run::Call(rfind),
    },
    Function {
        name: "str.index",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of a text in the string, where it must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.index('n')\n\
                  2\n",
        see_also: &["str.find"],
        run: Run::Call(index),
    },
    Function {
        name: "str.rindex",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of a text in the string, where it must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.rindex('n')\n\
                  4\n",
        see_also: &["str.rfind"],
        run: Run::Call(rindex),
    },
    Function {
        name: "str.count",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "How often a text occurs, without overlap.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.count('an')\n\
                  2\n",
        see_also: &["str.find"],
        run: Run::Call(count),
    },
    Function {
        name: "str.startswith",
        signature: "(prefix, start=None, end=None, /)",
        method: None,
        summary: "Whether the string starts with a text, or with one of several.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'shape'.startswith(('sh', 'st'))\n\
                  True\n",
        see_also: &["str.endswith"],
        run: Run::Call(startswith),
    },
    Function {
        name: "str.endswith",
        signature: "(suffix, start=None, end=None, /)",
        method: None,
        summary: "Whether the string ends with a text, or with one of several.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'a.npy'.endswith('.npy')\n\
                  True\n",
        see_also: &["str.startswith"],
        run: Run::Call(endswith),
    },
    Function {
        name: "str.replace",
        signature: "(old, new, count=-1, /)",
        method: None,
        summary: "The string with a text replaced by another.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'banana'.replace('a', 'o', 2)\n\
                  'bonona'\n",
        see_also: &["str.translate"],
        run: Run::Call(replace),
    },
    Function {
        name: "str.removeprefix",
        signature: "(prefix, /)",
        method: None,
        summary: "The string without a text at its start.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'np.sum'.removeprefix('np.')\n\
                  'sum'\n",
        see_also: &["str.removesuffix"],
        run: Run::Call(removeprefix),
    },
    Function {
        name: "str.removesuffix",
        signature: "(suffix, /)",
        method: None,
        summary: "The string without a text at its end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> 'a.npy'.removesuffix('.npy')\n\
                  'a'\n",
        see_also: &["str.removeprefix"],
        run: Run::Call(removesuffix),
    },
];

/// A bound of a search in `len` characters, counted from the end where negative.
pub fn bound(args: &Arguments, name: &str, len: usize, default: usize) -> Result<usize> {
    let Some(value) = args.some(name) else { return Ok(default) };
    let slice_error = |_| type_error("slice indices must be integers or None or have an __index__ method");
    let n = match as_index(value) {
        Err(error) if error.class() == ErrorClass::OverflowError => isize::MAX,
        other => other.map_err(slice_error)?,
    };
    Ok(if n < 0 { n.saturating_add(len as isize).max(0) as usize } else { n as usize })
}

/// The part of the text to search: itself, and where it starts in characters. Nothing where the bounds leave nothing,
/// not even room for an empty text.
fn window<'t>(text: &'t str, args: &Arguments) -> Result<Option<(&'t str, usize)>> {
    let len = text.chars().count();
    let (start, end) = (bound(args, "start", len, 0)?, bound(args, "end", len, len)?.min(len));
    if start > end {
        return Ok(None);
    }
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    Ok(text.get(byte(start)..byte(end)).map(|part| (part, start)))
}

/// A str argument, with CPython's complaint about what is none.
fn part(args: &Arguments, name: &str) -> Result<std::rc::Rc<str>> {
    match args.get(name) {
        Value::Str(text) => Ok(text),
        other => Err(type_error(format!("must be str, not {}", other.class().qualified()))),
    }
}

/// The place of a part in characters, seen from the left or from the right.
fn place(args: &Arguments, from_right: bool) -> Result<Option<usize>> {
    let (whole, part) = (text(args)?, part(args, "sub")?);
    let Some((window, start)) = window(&whole, args)? else { return Ok(None) };
    let found = if from_right { window.rfind(&*part) } else { window.find(&*part) };
    Ok(found.map(|byte| start + window[..byte].chars().count()))
}

fn or_minus_one(place: Option<usize>) -> Value {
    place.map_or(Value::int(-1), Value::int)
}

fn found(place: Option<usize>) -> Result<Value> {
    place.map(Value::int).ok_or_else(|| value_error("substring not found"))
}

fn find(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place(args, false).map(or_minus_one)
}

fn rfind(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place(args, true).map(or_minus_one)
}

fn index(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place(args, false).and_then(found)
}

fn rindex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    place(args, true).and_then(found)
}

fn count(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, part) = (text(args)?, part(args, "sub")?);
    let Some((window, _)) = window(&whole, args)? else { return Ok(Value::int(0)) };
    Ok(Value::int(if part.is_empty() { window.chars().count() + 1 } else { window.matches(&*part).count() }))
}

/// Whether one of the texts of an argument fits.
fn any_fits(args: &Arguments, name: &str, fits: impl Fn(&str, &str) -> bool) -> Result<Value> {
    let whole = text(args)?;
    let wanted = args.get(if name == "startswith" { "prefix" } else { "suffix" });
    let window = window(&whole, args)?;
    let fits = |wanted: &str| window.is_some_and(|(window, _)| fits(window, wanted));
    match &wanted {
        Value::Str(wanted) => Ok(Value::Bool(fits(wanted))),
        Value::Tuple(all) => {
            for wanted in all.iter() {
                match wanted {
                    Value::Str(wanted) if fits(wanted) => return Ok(Value::Bool(true)),
                    Value::Str(_) => {}
                    other => {
                        let class = other.class().qualified();
                        return Err(type_error(format!("tuple for {name} must only contain str, not {class}")));
                    }
                }
            }
            Ok(Value::Bool(false))
        }
        other => {
            let class = other.class().qualified();
            Err(type_error(format!("{name} first arg must be str or a tuple of str, not {class}")))
        }
    }
}

fn startswith(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    any_fits(args, "startswith", |window, wanted| window.starts_with(wanted))
}

fn endswith(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    any_fits(args, "endswith", |window, wanted| window.ends_with(wanted))
}

fn replace(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let whole = text(args)?;
    let part = |name: &str, n: usize| match args.get(name) {
        Value::Str(text) => Ok(text),
        other => Err(type_error(format!("replace() argument {n} must be str, not {}", other.class().qualified()))),
    };
    let (old, new) = (part("old", 1)?, part("new", 2)?);
    Ok(match count_argument(args, "count")? {
        None => whole.replace(&*old, &new),
        Some(count) => whole.replacen(&*old, &new, count),
    }
    .into())
}

fn removeprefix(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, prefix) = (text(args)?, super::str_argument(args, "prefix", "removeprefix() argument")?);
    Ok(Value::str(whole.strip_prefix(&*prefix).unwrap_or(&whole)))
}

fn removesuffix(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (whole, suffix) = (text(args)?, super::str_argument(args, "suffix", "removesuffix() argument")?);
    Ok(Value::str(whole.strip_suffix(&*suffix).unwrap_or(&whole)))
}
