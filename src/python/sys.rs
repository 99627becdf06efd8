//! Python's module `sys`: sizes of objects, references, facts about the interpreter.
//!
//! The sizes are CPython 3.11's on 64-bit Linux, header and all: what `sys.getsizeof` says there. Of an array that is a
//! view it counts the header alone, since the data is another's.

use crate::array::Scalar;
use crate::array::printing::PrintOptions;
use crate::error::Result;
use crate::python::bytearray::ByteArray;
use crate::python::files::OpenFile;
use crate::python::integer;
use crate::python::memoryview::MemoryView;
use crate::python::set_algebra::as_set;
use crate::registry::{Arguments, Constant, Context, Function, MemoryRule, Run, Section};
use crate::value::{Class, Dict, Object, Set, Value, as_str, classes};
use std::any::Any;
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section = Section {
    functions: FUNCTIONS,
    attributes: &[],
    constants: &[
        Constant {
            name: "sys.maxsize",
            summary: "The largest length of a container, and index.",
            value: || Value::int(i64::MAX),
        },
        Constant {
            name: "sys.byteorder",
            summary: "The machine's byte order: 'little' or 'big'.",
            value: || Value::str(if cfg!(target_endian = "little") { "little" } else { "big" }),
        },
        Constant {
            name: "sys.version",
            summary: "The Python version that ndsh follows.",
            value: || Value::str(concat!("3.11.7 (ndsh ", env!("CARGO_PKG_VERSION"), ")")),
        },
        Constant {
            name: "sys.version_info",
            summary: "The Python version that ndsh follows, as a tuple.",
            value: || Value::tuple([Value::int(3), Value::int(11), Value::int(7), Value::str("final"), Value::int(0)]),
        },
        Constant { name: "sys.platform", summary: "The system that ndsh follows.", value: || Value::str("linux") },
        Constant {
            name: "sys.maxunicode",
            summary: "The largest code of a character.",
            value: || Value::int(0x10ffff),
        },
        Constant { name: "sys.stdout", summary: "Where print writes.", value: || Value::object(StandardOutput) },
    ],
    aliases: &[],
    classes: &[],
};

const FUNCTIONS: &[Function] = &[
    Function {
        name: "sys.getsizeof",
        signature: "(object, default=<no value>)",
        method: None,
        summary: "The bytes an object takes, without the objects it refers to.",
        memory: MemoryRule::NoArray,
        notes: "Of an array that owns its data: header and data. Of a view: the header alone, although it keeps the data alive.",
        example: ">>> import sys\n\
                  >>> a = np.zeros(1000)\n\
                  >>> sys.getsizeof(a), sys.getsizeof(a[::2])\n\
                  (8112, 112)\n\
                  >>> sys.getsizeof([1, 2, 3])\n\
                  88\n",
        see_also: &["ndarray.nbytes"],
        run: Run::Call(getsizeof),
    },
    Function {
        name: "sys.getrefcount",
        signature: "(object, /)",
        method: None,
        summary: "How many references there are to an object, with that of this call.",
        memory: MemoryRule::NoArray,
        notes: "A view refers to its base.",
        example: ">>> import sys\n\
                  >>> a = np.zeros(3)\n\
                  >>> v = a[1:]\n\
                  >>> sys.getrefcount(a)\n\
                  3\n",
        see_also: &["id"],
        run: Run::Call(getrefcount),
    },
    Function {
        name: "sys.getrecursionlimit",
        signature: "()",
        method: None,
        summary: "How deep Python lets calls nest.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import sys\n\
                  >>> sys.getrecursionlimit()\n\
                  1000\n",
        see_also: &[],
        run: Run::Call(getrecursionlimit),
    },
    Function {
        name: "TextIOWrapper.write",
        signature: "(text, /)",
        method: None,
        summary: "Writes a text; how many characters it has.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import sys\n\
                  >>> sys.stdout.write('abc\\n')\n\
                  abc\n\
                  4\n",
        see_also: &["print"],
        run: Run::Call(write),
    },
    Function {
        name: "TextIOWrapper.flush",
        signature: "()",
        method: None,
        summary: "Nothing: what is written is shown when the statement ends.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> import sys\n\
                  >>> sys.stdout.flush()\n",
        see_also: &["print"],
        run: Run::Call(flush),
    },
];

/// A container's header: a reference count, a class, two links for the garbage collector, a length.
const CONTAINER: usize = 40;
/// The bytes of a pointer.
const POINTER: usize = 8;

/// Characters are kept one, two or four bytes wide, as the widest needs.
fn size_of_str(text: &str) -> usize {
    let count = text.chars().count();
    match text.chars().max().map_or(0, u32::from) {
        0..0x80 => 49 + count,
        0x80..0x100 => 73 + count,
        0x100..0x1_0000 => 74 + 2 * count,
        _ => 76 + 4 * count,
    }
}

/// A table of indices (one byte each while they fit) and the entries it has room for: two thirds of its size. Entries
/// whose keys are all str keep no hash.
fn size_of_dict(dict: &Dict) -> usize {
    let keys = dict.keys();
    if keys.is_empty() {
        return 64;
    }
    let mut size = 8;
    while size * 2 / 3 < keys.len() {
        size *= 2;
    }
    let entry = if keys.iter().all(|key| matches!(key, Value::Str(_))) { 16 } else { 24 };
    let index = match size {
        0..=128 => 1,
        256..=32_768 => 2,
        _ => 4,
    };
    64 + 32 + size * index + size * 2 / 3 * entry
}

fn size_of_set(set: &Set) -> usize {
    match set.table_size() {
        8 => 216,
        more => 216 + 16 * more,
    }
}

/// The bytes that `sys.getsizeof` says a value takes, without what it refers to.
pub fn size_of(value: &Value) -> usize {
    match value {
        Value::None | Value::Ellipsis | Value::NotImplemented => 16,
        Value::Bool(_) => 28,
        Value::Int(int) => 24 + 4 * (integer::bit_length(int) as usize).div_ceil(30).max(1),
        Value::Float(_) => 24,
        Value::Complex(_) => 32,
        Value::Str(text) => size_of_str(text),
        Value::Bytes(bytes) => 33 + bytes.len(),
        Value::Tuple(items) => CONTAINER + POINTER * items.len(),
        Value::List(list) => CONTAINER + 16 + POINTER * list.allocated(),
        Value::Dict(dict) => size_of_dict(dict),
        Value::Set(set) => size_of_set(set),
        Value::Slice(_) => 56,
        Value::Range(_) => 48,
        Value::Array(array) => {
            let header = 96 + 2 * POINTER * array.ndim();
            header + if array.owns_data() { array.layout().nbytes() } else { 0 }
        }
        Value::Scalar(Scalar::Complex128(_)) => 48,
        Value::Scalar(scalar) => 24 + scalar.ty().size(),
        Value::DType(_) => 120,
        Value::Class(_) => 424,
        Value::Function(Function { run: Run::Ufunc(_), .. }) => 256,
        Value::Function(function) if function.name.starts_with("np.") => 64,
        Value::Function(_) | Value::Method(_) | Value::Module(_) => 72,
        Value::Object(object) => size_of_object(value, object.class().name),
    }
}

fn size_of_object(value: &Value, class: &str) -> usize {
    if let Some(set) = as_set(value) {
        return size_of_set(set);
    }
    if let Some(bytes) = value.downcast::<ByteArray>() {
        return 56 + if bytes.is_empty() { 0 } else { bytes.len() + 1 };
    }
    if let Some(view) = value.downcast::<MemoryView>() {
        return 160 + 3 * POINTER * view.ndim();
    }
    match class {
        "object" => 16,
        "flagsobj" => 32,
        "dict_keys" | "dict_values" | "dict_items" => 40,
        "zip" => 64,
        "enumerate" => 72,
        "flatiter" => 2632,
        name if name.starts_with("dict_") => 72,
        _ => 48,
    }
}

fn getsizeof(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::int(size_of(&args.get("object"))))
}

/// How often an object is referred to: by names, containers, views, and by this call.
fn getrefcount(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    fn of<T: ?Sized>(shared: &Rc<T>) -> usize {
        Rc::strong_count(shared)
    }
    let value = args.take("object");
    let count = match &value {
        Value::Str(x) => of(x),
        Value::Bytes(x) => of(x),
        Value::Tuple(x) => of(x),
        Value::List(x) => of(x),
        Value::Dict(x) => of(x),
        Value::Set(x) => of(x),
        Value::Slice(x) => of(x),
        Value::Range(x) => of(x),
        Value::Array(x) => of(x),
        Value::DType(x) => of(x),
        Value::Object(x) => of(x),
        // Numbers are not shared: one reference by whoever has it, one by this call.
        _ => 2,
    };
    Ok(Value::int(count))
}

fn getrecursionlimit(_: &mut Context, _: &mut Arguments) -> Result<Value> {
    Ok(Value::int(1000))
}

/// `sys.stdout`: what is written to it goes where `print` writes.
struct StandardOutput;

impl Object for StandardOutput {
    fn class(&self) -> &'static Class {
        &classes::TEXT_IO_WRAPPER
    }

    fn repr(&self, _: &PrintOptions) -> String {
        "<_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>".into()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn write(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let receiver = args.receiver().clone();
    let text = args.get("text");
    if let Some(file) = receiver.downcast::<OpenFile>() {
        return file.write(&text).map(Value::int);
    }
    let text = as_str(&text, "write() argument")?;
    context.stdout.push_str(text);
    Ok(Value::int(text.chars().count()))
}

fn flush(_: &mut Context, _: &mut Arguments) -> Result<Value> {
    Ok(Value::None)
}
