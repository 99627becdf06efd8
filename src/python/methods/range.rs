//! The methods and attributes of ranges and slices.

use crate::error::{Result, value_error};
use crate::python::compare::place_in_range;
use crate::python::slicing::pick;
use crate::registry::{Arguments, Attribute, Context, Function, MemoryRule, Run, Section};
use crate::value::{Range, Slice, Value, as_index, as_int, equal, repr};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: ATTRIBUTES, constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "range.index",
        signature: "(value, /)",
        method: None,
        summary: "The place of an int in the range.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> range(10, 20, 5).index(15)\n\
                  1\n",
        see_also: &["range.count"],
        run: Run::Call(index),
    },
    Function {
        name: "range.count",
        signature: "(value, /)",
        method: None,
        summary: "1 where the int is in the range, else 0.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> range(10, 20, 5).count(12)\n\
                  0\n",
        see_also: &["range.index"],
        run: Run::Call(count),
    },
    Function {
        name: "slice.indices",
        signature: "(length, /)",
        method: None,
        summary: "Start, stop and step for a sequence of this length, as plain ints.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> slice(None, -1, 2).indices(6)\n\
                  (0, 5, 2)\n",
        see_also: &["slice"],
        run: Run::Call(indices),
    },
];

const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "range.start",
        summary: "Where it starts.",
        memory: MemoryRule::NoArray,
        example: ">>> range(1, 9, 2).start\n\
                  1\n",
        get: range_start,
        set: None,
    },
    Attribute {
        name: "range.stop",
        summary: "Where it ends, without that.",
        memory: MemoryRule::NoArray,
        example: ">>> range(1, 9, 2).stop\n\
                  9\n",
        get: range_stop,
        set: None,
    },
    Attribute {
        name: "range.step",
        summary: "How far each step goes.",
        memory: MemoryRule::NoArray,
        example: ">>> range(1, 9, 2).step\n\
                  2\n",
        get: range_step,
        set: None,
    },
    Attribute {
        name: "slice.start",
        summary: "Where it starts.",
        memory: MemoryRule::NoArray,
        example: ">>> slice(1, 9, 2).start\n\
                  1\n",
        get: slice_start,
        set: None,
    },
    Attribute {
        name: "slice.stop",
        summary: "Where it ends, without that.",
        memory: MemoryRule::NoArray,
        example: ">>> slice(1, 9, 2).stop\n\
                  9\n",
        get: slice_stop,
        set: None,
    },
    Attribute {
        name: "slice.step",
        summary: "How far each step goes.",
        memory: MemoryRule::NoArray,
        example: ">>> slice(1, 9, 2).step\n\
                  2\n",
        get: slice_step,
        set: None,
    },
];

fn range(value: &Value) -> Result<&Rc<Range>> {
    match value {
        Value::Range(range) => Ok(range),
        other => Err(super::wrong_receiver("range", other)),
    }
}

fn slice(value: &Value) -> Result<&Rc<Slice>> {
    match value {
        Value::Slice(slice) => Ok(slice),
        other => Err(super::wrong_receiver("slice", other)),
    }
}

/// The place of a value in the range: of an int at once, of another number by looking at all.
fn find(args: &Arguments) -> Result<Option<usize>> {
    let (range, value) = (range(args.receiver())?, args.get("value"));
    if let (Value::Int(_) | Value::Bool(_), Ok(int)) = (&value, as_int(&value)) {
        return Ok(place_in_range(range, &int));
    }
    for i in 0..range.len() {
        crate::interrupt::check()?;
        if equal(&Value::Int(range.get(i)), &value)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn index(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    match (find(args)?, args.get("value")) {
        (Some(place), _) => Ok(Value::int(place)),
        (None, value @ (Value::Int(_) | Value::Bool(_))) => {
            Err(value_error(format!("{} is not in range", repr(&value, &context.print_options))))
        }
        (None, _) => Err(value_error("sequence.index(x): x not in sequence")),
    }
}

fn count(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::int(usize::from(find(args)?.is_some())))
}

fn range_start(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(Value::int(range(value)?.start))
}

fn range_stop(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(Value::int(range(value)?.stop))
}

fn range_step(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(Value::int(range(value)?.step))
}

fn indices(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let length = usize::try_from(as_index(&args.get("length"))?);
    let length = length.map_err(|_| value_error("length should not be negative"))?;
    let picked = pick(slice(args.receiver())?, length)?;
    Ok(Value::ints([picked.start, picked.stop, picked.step]))
}

fn slice_start(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(slice(value)?.start.clone())
}

fn slice_stop(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(slice(value)?.stop.clone())
}

fn slice_step(_: &mut Context, value: &Value) -> Result<Value> {
    Ok(slice(value)?.step.clone())
}
