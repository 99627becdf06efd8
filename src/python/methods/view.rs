//! The methods of memoryviews.

use super::bytes::write_hex;
use crate::array::Order;
use crate::error::{Result, value_error};
use crate::python::memoryview::MemoryView;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::Value;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "memoryview.tobytes",
        signature: "(order='C')",
        method: None,
        summary: "A copy of the bytes of the elements, side by side.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> memoryview(np.arange(3, dtype='u1')).tobytes()\n\
                  b'\\x00\\x01\\x02'\n",
        see_also: &["ndarray.tobytes"],
        run: Run::Call(tobytes),
    },
    Function {
        name: "memoryview.tolist",
        signature: "()",
        method: None,
        summary: "The elements as nested lists of Python's numbers.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> memoryview(np.array([[1, 2]])).tolist()\n\
                  [[1, 2]]\n",
        see_also: &["ndarray.tolist"],
        run: Run::Call(tolist),
    },
    Function {
        name: "memoryview.toreadonly",
        signature: "()",
        method: None,
        summary: "A view of the same memory that cannot be written.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> memoryview(bytearray(b'a')).toreadonly().readonly\n\
                  True\n",
        see_also: &["memoryview"],
        run: Run::Call(toreadonly),
    },
    Function {
        name: "memoryview.hex",
        signature: "(sep=<no value>, bytes_per_sep=1)",
        method: None,
        summary: "The bytes in base 16.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> memoryview(b'ab').hex()\n\
                  '6162'\n",
        see_also: &["bytes.hex"],
        run: Run::Call(hex),
    },
];

fn view(args: &Arguments) -> Result<&MemoryView> {
    args.receiver().downcast().ok_or_else(|| super::wrong_receiver("memoryview", args.receiver()))
}

fn tobytes(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let order = match args.get("order") {
        Value::None => Order::C,
        Value::Str(text) if &*text == "C" => Order::C,
        Value::Str(text) if &*text == "F" => Order::F,
        Value::Str(text) if &*text == "A" => Order::A,
        _ => return Err(value_error("order must be 'C', 'F' or 'A'")),
    };
    Ok(Value::Bytes(view(args)?.to_bytes(order)?.into()))
}

fn tolist(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    view(args)?.to_list()
}

fn toreadonly(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(view(args)?.to_readonly())
}

fn hex(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    write_hex(&view(args)?.to_bytes(Order::C)?, args)
}
