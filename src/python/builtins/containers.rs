//! Builtins that make Python's containers.

use crate::error::{Result, overflow_error, type_error, value_error};
use crate::python::frozenset::FrozenSet;
use crate::python::{bytearray, bytes, codec, memoryview, set_algebra};
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Dict, List, Range, Set, Slice, Value, as_int, classes, collect, length};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[],
    aliases: &[],
    classes: &[
        ("list", &classes::LIST),
        ("tuple", &classes::TUPLE),
        ("dict", &classes::DICT),
        ("set", &classes::SET),
        ("frozenset", &classes::FROZENSET),
        ("range", &classes::RANGE),
        ("slice", &classes::SLICE),
        ("bytes", &classes::BYTES),
        ("bytearray", &classes::BYTEARRAY),
        ("memoryview", &classes::MEMORYVIEW),
    ],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "list",
        signature: "(iterable=<no value>, /)",
        method: None,
        summary: "A new list of the items.",
        memory: MemoryRule::NoArray,
        notes: "Of an array: a list of its entries along the first axis, scalars or views.",
        example: ">>> list('ab')\n\
                  ['a', 'b']\n\
                  >>> list(np.arange(2))\n\
                  [np.int64(0), np.int64(1)]\n",
        see_also: &["tuple", "ndarray.tolist"],
        run: Run::Call(list),
    },
    Function {
        name: "tuple",
        signature: "(iterable=<no value>, /)",
        method: None,
        summary: "A tuple of the items.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> tuple([1, 2])\n\
                  (1, 2)\n",
        see_also: &["list"],
        run: Run::Call(tuple),
    },
    Function {
        name: "dict",
        signature: "(*args, **kwargs)",
        method: None,
        summary: "A new dict of another's entries, of pairs, or of keywords.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> dict([('a', 1)], b=2)\n\
                  {'a': 1, 'b': 2}\n",
        see_also: &["zip"],
        run: Run::Call(dict),
    },
    Function {
        name: "set",
        signature: "(iterable=<no value>, /)",
        method: None,
        summary: "A new set of the items.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> set([1, 1, 2])\n\
                  {1, 2}\n",
        see_also: &["frozenset", "np.unique"],
        run: Run::Call(set),
    },
    Function {
        name: "frozenset",
        signature: "(iterable=<no value>, /)",
        method: None,
        summary: "A set that cannot change.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 1, 2])\n\
                  frozenset({1, 2})\n",
        see_also: &["set"],
        run: Run::Call(frozenset),
    },
    Function {
        name: "range",
        signature: "(*args)",
        method: None,
        summary: "The ints from start up to stop, in steps, kept as these three numbers alone.",
        memory: MemoryRule::NoArray,
        notes: "range(stop), range(start, stop) or range(start, stop, step).",
        example: ">>> list(range(3))\n\
                  [0, 1, 2]\n\
                  >>> list(range(10, 4, -3))\n\
                  [10, 7]\n",
        see_also: &["np.arange", "enumerate"],
        run: Run::Call(range),
    },
    Function {
        name: "slice",
        signature: "(*args)",
        method: None,
        summary: "What start:stop:step means between brackets.",
        memory: MemoryRule::NoArray,
        notes: "slice(stop), slice(start, stop) or slice(start, stop, step).",
        example: ">>> 'abcdef'[slice(1, None, 2)]\n\
                  'bdf'\n",
        see_also: &["slice.indices"],
        run: Run::Call(slice),
    },
    Function {
        name: "bytes",
        signature: "(source=<no value>, encoding=<no value>, errors=<no value>)",
        method: None,
        summary: "Bytes of ints, of a text, of another object's memory; so many zero bytes.",
        memory: MemoryRule::NoArray,
        notes: "Of an array: a copy of its elements' bytes, in C order.",
        example: ">>> bytes([1, 2])\n\
                  b'\\x01\\x02'\n\
                  >>> bytes('é', 'utf-8')\n\
                  b'\\xc3\\xa9'\n\
                  >>> bytes(np.array([1, 2], dtype='u2'))\n\
                  b'\\x01\\x00\\x02\\x00'\n",
        see_also: &["bytearray", "ndarray.tobytes"],
        run: Run::Call(bytes_of),
    },
    Function {
        name: "bytearray",
        signature: "(source=<no value>, encoding=<no value>, errors=<no value>)",
        method: None,
        summary: "Bytes that can be changed.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b = bytearray(b'abc')\n\
                  >>> b[0] = 65\n\
                  >>> b\n\
                  bytearray(b'Abc')\n",
        see_also: &["bytes"],
        run: Run::Call(bytearray_of),
    },
    Function {
        name: "memoryview",
        signature: "(object)",
        method: None,
        summary: "A window on the memory of bytes, of a bytearray or of an array, without a copy.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> a = np.arange(3)\n\
                  >>> m = memoryview(a)\n\
                  >>> m[0] = 9\n\
                  >>> a\n\
                  array([9, 1, 2])\n",
        see_also: &["ndarray.data"],
        run: Run::Call(memoryview_of),
    },
];

fn items(context: &mut Context, args: &Arguments) -> Result<Vec<Value>> {
    args.given("iterable").cloned().map_or(Ok(Vec::new()), |value| collect(context, &value))
}

fn list(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    items(context, args).map(|items| Value::List(Rc::new(List::gathered(items))))
}

fn tuple(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.given("iterable") {
        Some(same @ Value::Tuple(_)) => Ok(same.clone()),
        _ => items(context, args).map(Value::tuple),
    }
}

fn set(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    set_of(context, args).map(|set| Value::Set(Rc::new(set)))
}

fn frozenset(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.given("iterable") {
        Some(same) if same.downcast::<FrozenSet>().is_some() => Ok(same.clone()),
        _ => set_of(context, args).map(FrozenSet::value),
    }
}

fn set_of(context: &mut Context, args: &Arguments) -> Result<Set> {
    match args.given("iterable").and_then(set_algebra::as_set) {
        Some(other) => set_algebra::copy(other),
        None => Set::new(items(context, args)?),
    }
}

fn dict(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let dict = Dict::default();
    match args.rest("args").as_slice() {
        [] => {}
        [source] => update(context, &dict, source)?,
        more => return Err(type_error(format!("dict expected at most 1 argument, got {}", more.len()))),
    }
    if let Value::Dict(named) = args.get("kwargs") {
        for (key, value) in named.entries() {
            dict.insert(key, value)?;
        }
    }
    Ok(Value::Dict(Rc::new(dict)))
}

/// Puts the entries of `source` into `dict`: of a dict, or pairs.
///
/// # Errors
/// `TypeError` or `ValueError` for an item that is no pair.
pub fn update(context: &mut Context, dict: &Dict, source: &Value) -> Result<()> {
    if let Value::Dict(other) = source {
        for (key, value) in other.entries() {
            dict.insert(key, value)?;
        }
        return Ok(());
    }
    for (i, item) in collect(context, source)?.into_iter().enumerate() {
        let pair = match length(&item) {
            Some(_) => collect(context, &item)?,
            None => {
                let message = format!("cannot convert dictionary update sequence element #{i} to a sequence");
                return Err(type_error(message));
            }
        };
        let [key, value] = pair.as_slice() else {
            let count = pair.len();
            return Err(value_error(format!(
                "dictionary update sequence element #{i} has length {count}; 2 is required"
            )));
        };
        dict.insert(key.clone(), value.clone())?;
    }
    Ok(())
}

/// One to three ints: a stop, or a start, a stop and a step.
fn bounds(args: &Arguments, name: &str) -> Result<(Option<Value>, Value, Option<Value>)> {
    match args.rest("args").as_slice() {
        [stop] => Ok((None, stop.clone(), None)),
        [start, stop] => Ok((Some(start.clone()), stop.clone(), None)),
        [start, stop, step] => Ok((Some(start.clone()), stop.clone(), Some(step.clone()))),
        [] => Err(type_error(format!("{name} expected at least 1 argument, got 0"))),
        more => Err(type_error(format!("{name} expected at most 3 arguments, got {}", more.len()))),
    }
}

fn range(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (start, stop, step) = bounds(args, "range")?;
    let part = |value: &Value| {
        as_int(value)?.to_i64().ok_or_else(|| overflow_error("Python int too large to convert to C ssize_t"))
    };
    let start = start.as_ref().map_or(Ok(0), part)?;
    let stop = part(&stop)?;
    let step = step.as_ref().map_or(Ok(1), part)?;
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Rc::new(Range { start, stop, step })))
}

fn slice(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (start, stop, step) = bounds(args, "slice")?;
    let or_none = |value: Option<Value>| value.unwrap_or(Value::None);
    Ok(Value::Slice(Rc::new(Slice { start: or_none(start), stop, step: or_none(step) })))
}

/// The bytes that `bytes(...)` and `bytearray(...)` make.
fn byte_source(context: &mut Context, args: &Arguments, class: &str) -> Result<Vec<u8>> {
    let (encoding, errors) = (args.given("encoding").cloned(), args.given("errors").cloned());
    codec::check_names(encoding.as_ref(), errors.as_ref(), &format!("{class}()"))?;
    let Some(source) = args.given("source").cloned() else {
        return match (encoding, errors) {
            (None, None) => Ok(Vec::new()),
            _ => Err(type_error("encoding without a string argument")),
        };
    };
    match &source {
        Value::Str(_) if encoding.is_none() => Err(type_error("string argument without an encoding")),
        Value::Str(text) => codec::encode(text, encoding, errors, &format!("{class}()")),
        _ if encoding.is_some() => Err(type_error("encoding without a string argument")),
        _ => {
            if let Some(bytes) = bytes::of(&source) {
                return Ok(bytes);
            }
            if !matches!(source, Value::Array(_))
                && let Ok(count) = as_int(&source)
            {
                let too_large = || overflow_error("cannot fit 'int' into an index-sized integer");
                let count = count.to_i64().ok_or_else(too_large)?;
                let count = usize::try_from(count).map_err(|_| value_error("negative count"))?;
                crate::python::sequence::repeated_length(1, count, 1 << 30)?;
                return Ok(vec![0; count]);
            }
            bytes::from_ints(context, &source, class)
        }
    }
}

fn bytes_of(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    if let (Some(same @ Value::Bytes(_)), None) = (args.given("source"), args.given("encoding")) {
        return Ok(same.clone());
    }
    Ok(Value::Bytes(byte_source(context, args, "bytes")?.into()))
}

fn bytearray_of(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    bytearray::of(&byte_source(context, args, "bytearray")?)
}

fn memoryview_of(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    memoryview::of(context, &args.get("object"))
}
