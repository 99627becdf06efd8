//! The methods of bytearrays: those of bytes, and those that change it.

use super::bytes::*;
use crate::error::{Result, index_error};
use crate::python::bytearray::{self, ByteArray};
use crate::python::bytes::{self as like, byte};
use crate::python::slicing::place;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Value, as_index};

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "bytearray.find",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of bytes in others; -1 where they are not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').find(b'an')\n\
                  1\n",
        see_also: &["bytes.find"],
        run: Run::Call(find),
    },
    Function {
        name: "bytearray.rfind",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of bytes in others; -1 where they are not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').rfind(b'an')\n\
                  3\n",
        see_also: &["bytes.rfind"],
        run: Run::Call(rfind),
    },
    Function {
        name: "bytearray.index",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The first place of bytes in others, where they must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').index(b'n')\n\
                  2\n",
        see_also: &["bytes.index"],
        run: Run::Call(index),
    },
    Function {
        name: "bytearray.rindex",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "The last place of bytes in others, where they must be.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').rindex(b'n')\n\
                  4\n",
        see_also: &["bytes.rindex"],
        run: Run::Call(rindex),
    },
    Function {
        name: "bytearray.count",
        signature: "(sub, start=None, end=None, /)",
        method: None,
        summary: "How often bytes occur, without overlap.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').count(b'an')\n\
                  2\n",
        see_also: &["bytes.count"],
        run: Run::Call(count),
    },
    Function {
        name: "bytearray.startswith",
        signature: "(prefix, start=None, end=None, /)",
        method: None,
        summary: "Whether the bytes start with others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'abc').startswith(b'ab')\n\
                  True\n",
        see_also: &["bytes.startswith"],
        run: Run::Call(startswith),
    },
    Function {
        name: "bytearray.endswith",
        signature: "(suffix, start=None, end=None, /)",
        method: None,
        summary: "Whether the bytes end with others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'abc').endswith(b'bc')\n\
                  True\n",
        see_also: &["bytes.endswith"],
        run: Run::Call(endswith),
    },
    Function {
        name: "bytearray.replace",
        signature: "(old, new, count=-1, /)",
        method: None,
        summary: "The bytes with some replaced by others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'banana').replace(b'a', b'o', 2)\n\
                  bytearray(b'bonona')\n",
        see_also: &["bytes.replace"],
        run: Run::Call(replace),
    },
    Function {
        name: "bytearray.split",
        signature: "(sep=None, maxsplit=-1)",
        method: None,
        summary: "The parts between separators, or between runs of white space.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'1,2,3').split(b',')\n\
                  [bytearray(b'1'), bytearray(b'2'), bytearray(b'3')]\n",
        see_also: &["bytes.split"],
        run: Run::Call(split),
    },
    Function {
        name: "bytearray.join",
        signature: "(iterable_of_bytes, /)",
        method: None,
        summary: "The bytes of an iterable, with these between them.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'-').join([b'a', b'b'])\n\
                  bytearray(b'a-b')\n",
        see_also: &["bytes.join"],
        run: Run::Call(join),
    },
    Function {
        name: "bytearray.strip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at both ends.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b' a ').strip()\n\
                  bytearray(b'a')\n",
        see_also: &["bytes.strip"],
        run: Run::Call(strip),
    },
    Function {
        name: "bytearray.lstrip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at the start.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b' a ').lstrip()\n\
                  bytearray(b'a ')\n",
        see_also: &["bytes.lstrip"],
        run: Run::Call(lstrip),
    },
    Function {
        name: "bytearray.rstrip",
        signature: "(bytes=None, /)",
        method: None,
        summary: "The bytes without white space (or these) at the end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b' a ').rstrip()\n\
                  bytearray(b' a')\n",
        see_also: &["bytes.rstrip"],
        run: Run::Call(rstrip),
    },
    Function {
        name: "bytearray.upper",
        signature: "()",
        method: None,
        summary: "The bytes with ASCII letters in upper case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'abc').upper()\n\
                  bytearray(b'ABC')\n",
        see_also: &["bytes.upper"],
        run: Run::Call(upper),
    },
    Function {
        name: "bytearray.lower",
        signature: "()",
        method: None,
        summary: "The bytes with ASCII letters in lower case.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'ABC').lower()\n\
                  bytearray(b'abc')\n",
        see_also: &["bytes.lower"],
        run: Run::Call(lower),
    },
    Function {
        name: "bytearray.isdigit",
        signature: "()",
        method: None,
        summary: "Whether all bytes are ASCII digits.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'12').isdigit()\n\
                  True\n",
        see_also: &["bytes.isdigit"],
        run: Run::Call(isdigit),
    },
    Function {
        name: "bytearray.isalpha",
        signature: "()",
        method: None,
        summary: "Whether all bytes are ASCII letters.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'ab').isalpha()\n\
                  True\n",
        see_also: &["bytes.isalpha"],
        run: Run::Call(isalpha),
    },
    Function {
        name: "bytearray.hex",
        signature: "(sep=<no value>, bytes_per_sep=1)",
        method: None,
        summary: "The bytes in base 16.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'\\x01\\xff').hex()\n\
                  '01ff'\n\
                  >>> bytearray(b'\\x01\\xff').hex('-')\n\
                  '01-ff'\n",
        see_also: &["bytes.hex"],
        run: Run::Call(hex),
    },
    Function {
        name: "bytearray.fromhex",
        signature: "($type, string, /)",
        method: None,
        summary: "The bytes that a text in base 16 says.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray.fromhex('01 ff')\n\
                  bytearray(b'\\x01\\xff')\n",
        see_also: &["bytes.fromhex"],
        run: Run::Call(bytearray_fromhex),
    },
    Function {
        name: "bytearray.decode",
        signature: "(encoding='utf-8', errors='strict')",
        method: None,
        summary: "The text that the bytes encode.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'caf\\xc3\\xa9').decode()\n\
                  'café'\n",
        see_also: &["bytes.decode"],
        run: Run::Call(decode),
    },
    Function {
        name: "bytearray.append",
        signature: "(item, /)",
        method: None,
        summary: "Adds one byte to the end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b = bytearray(b'ab')\n\
                  >>> b.append(99)\n\
                  >>> b\n\
                  bytearray(b'abc')\n",
        see_also: &["bytearray"],
        run: Run::Call(append),
    },
    Function {
        name: "bytearray.extend",
        signature: "(iterable_of_ints, /)",
        method: None,
        summary: "Adds bytes to the end.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b = bytearray(b'ab')\n\
                  >>> b.extend(b'cd')\n\
                  >>> b\n\
                  bytearray(b'abcd')\n",
        see_also: &["bytearray"],
        run: Run::Call(extend),
    },
    Function {
        name: "bytearray.pop",
        signature: "(index=-1, /)",
        method: None,
        summary: "Takes a byte out and gives it.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'ab').pop()\n\
                  98\n",
        see_also: &["bytearray"],
        run: Run::Call(pop),
    },
    Function {
        name: "bytearray.clear",
        signature: "()",
        method: None,
        summary: "Takes all bytes out.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b = bytearray(b'ab')\n\
                  >>> b.clear()\n\
                  >>> b\n\
                  bytearray(b'')\n",
        see_also: &["bytearray"],
        run: Run::Call(clear),
    },
    Function {
        name: "bytearray.reverse",
        signature: "()",
        method: None,
        summary: "Turns the order of the bytes round, in place.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> b = bytearray(b'ab')\n\
                  >>> b.reverse()\n\
                  >>> b\n\
                  bytearray(b'ba')\n",
        see_also: &["bytearray"],
        run: Run::Call(reverse),
    },
    Function {
        name: "bytearray.copy",
        signature: "()",
        method: None,
        summary: "A new bytearray of the same bytes.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> bytearray(b'ab').copy()\n\
                  bytearray(b'ab')\n",
        see_also: &["bytearray"],
        run: Run::Call(copy),
    },
];

/// The bytearray that the method was called on, to change it.
fn array(args: &Arguments) -> Result<&ByteArray> {
    args.receiver().downcast().ok_or_else(|| super::wrong_receiver("bytearray", args.receiver()))
}

fn append(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let new = byte(&args.get("item"))?;
    array(args)?.edit(|bytes| bytes.push(new))?;
    Ok(Value::None)
}

fn extend(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let source = args.get("iterable_of_ints");
    let new = match like::of(&source) {
        Some(new) => new,
        None => like::from_ints(context, &source, "bytearray")?,
    };
    array(args)?.edit(|bytes| bytes.extend(new))?;
    Ok(Value::None)
}

fn pop(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let index = as_index(&args.get("index"))?;
    let bytes = own(args)?;
    if bytes.is_empty() {
        return Err(index_error("pop from empty bytearray"));
    }
    let at = place(index, bytes.len()).ok_or_else(|| index_error("pop index out of range"))?;
    array(args)?.edit(|all| {
        all.remove(at);
    })?;
    Ok(Value::int(bytes[at]))
}

fn clear(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    array(args)?.edit(Vec::clear)?;
    Ok(Value::None)
}

fn reverse(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    array(args)?.edit(|bytes| bytes.reverse())?;
    Ok(Value::None)
}

fn copy(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    same(args, &own(args)?)
}
fn bytearray_fromhex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    bytearray::of(&read_hex(args)?)
}
