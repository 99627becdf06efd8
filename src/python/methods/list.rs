//! The methods of lists and tuples.

use crate::error::{ErrorClass, Result, index_error, value_error};
use crate::python::builtins::iteration::sort as sorted;
use crate::python::slicing::place;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::syntax::ast::CompareOp;
use crate::value::{List, Value, as_index, as_int, collect, is_true, repr};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "list.append",
        signature: "(object, /)",
        method: None,
        summary: "Adds an object to the end of the list.",
        memory: MemoryRule::NoArray,
        notes: "The object itself, not a copy: an array in a list is held by it.",
        example: ">>> x = [1, 2]\n\
                  >>> x.append(3)\n\
                  >>> x\n\
                  [1, 2, 3]\n",
        see_also: &["list.extend", "np.append"],
        run: Run::Call(append),
    },
    Function {
        name: "list.extend",
        signature: "(iterable, /)",
        method: None,
        summary: "Adds the items of an iterable to the end of the list.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1]\n\
                  >>> x.extend('ab')\n\
                  >>> x\n\
                  [1, 'a', 'b']\n",
        see_also: &["list.append"],
        run: Run::Call(extend),
    },
    Function {
        name: "list.insert",
        signature: "(index, object, /)",
        method: None,
        summary: "Puts an object before the item with this index.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 3]\n\
                  >>> x.insert(1, 2)\n\
                  >>> x\n\
                  [1, 2, 3]\n",
        see_also: &["list.append"],
        run: Run::Call(insert),
    },
    Function {
        name: "list.pop",
        signature: "(index=-1, /)",
        method: None,
        summary: "Takes an item out of the list and gives it.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 2, 3]\n\
                  >>> x.pop(), x.pop(0)\n\
                  (3, 1)\n",
        see_also: &["list.remove"],
        run: Run::Call(pop),
    },
    Function {
        name: "list.remove",
        signature: "(value, /)",
        method: None,
        summary: "Takes out the first item that is equal to a value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 2, 1]\n\
                  >>> x.remove(1)\n\
                  >>> x\n\
                  [2, 1]\n",
        see_also: &["list.pop"],
        run: Run::Call(remove),
    },
    Function {
        name: "list.clear",
        signature: "()",
        method: None,
        summary: "Takes all items out of the list.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 2]\n\
                  >>> x.clear()\n\
                  >>> x\n\
                  []\n",
        see_also: &[],
        run: Run::Call(clear),
    },
    Function {
        name: "list.index",
        signature: "(value, start=0, stop=9223372036854775807, /)",
        method: None,
        summary: "The index of the first item that is equal to a value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> [1, 2, 1].index(1, 1)\n\
                  2\n",
        see_also: &["list.count"],
        run: Run::Call(index),
    },
    Function {
        name: "list.count",
        signature: "(value, /)",
        method: None,
        summary: "How many items are equal to a value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> [1, 2, 1].count(1)\n\
                  2\n",
        see_also: &["list.index"],
        run: Run::Call(count),
    },
    Function {
        name: "list.sort",
        signature: "(*, key=None, reverse=False)",
        method: None,
        summary: "Puts the items in ascending order, in place.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [3, 1, 2]\n\
                  >>> x.sort(reverse=True)\n\
                  >>> x\n\
                  [3, 2, 1]\n",
        see_also: &["sorted", "ndarray.sort"],
        run: Run::Call(sort),
    },
    Function {
        name: "list.reverse",
        signature: "()",
        method: None,
        summary: "Turns the order of the items round, in place.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 2, 3]\n\
                  >>> x.reverse()\n\
                  >>> x\n\
                  [3, 2, 1]\n",
        see_also: &["reversed"],
        run: Run::Call(reverse),
    },
    Function {
        name: "list.copy",
        signature: "()",
        method: None,
        summary: "A new list of the same items.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> x = [1, 2]\n\
                  >>> x.copy() is x\n\
                  False\n",
        see_also: &["list"],
        run: Run::Call(copy),
    },
    Function {
        name: "tuple.index",
        signature: "(value, start=0, stop=9223372036854775807, /)",
        method: None,
        summary: "The index of the first item that is equal to a value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (1, 2, 1).index(2)\n\
                  1\n",
        see_also: &["tuple.count"],
        run: Run::Call(index),
    },
    Function {
        name: "tuple.count",
        signature: "(value, /)",
        method: None,
        summary: "How many items are equal to a value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> (1, 2, 1).count(1)\n\
                  2\n",
        see_also: &["tuple.index"],
        run: Run::Call(count),
    },
];

/// The list that the method was called on.
fn list(args: &Arguments) -> Result<Rc<List>> {
    match args.receiver() {
        Value::List(list) => Ok(Rc::clone(list)),
        other => Err(super::wrong_receiver("list", other)),
    }
}

/// The items of the list or tuple that the method was called on.
fn items(args: &Arguments) -> Result<Vec<Value>> {
    match args.receiver() {
        Value::List(list) => Ok(list.to_vec()),
        Value::Tuple(items) => Ok(items.to_vec()),
        other => Err(super::wrong_receiver("tuple", other)),
    }
}

fn append(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let item = args.take("object");
    list(args)?.items_mut().push(item);
    Ok(Value::None)
}

fn extend(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let list = list(args)?;
    let items = collect(context, &args.get("iterable"))?;
    list.extend(items);
    Ok(Value::None)
}

fn insert(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let list = list(args)?;
    let index = as_index(&args.get("index"))?;
    let item = args.take("object");
    let mut items = list.items_mut();
    let len = items.len();
    let at = if index < 0 { (index.saturating_add(len as isize)).max(0) as usize } else { index as usize };
    items.insert(at.min(len), item);
    Ok(Value::None)
}

fn pop(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let list = list(args)?;
    let index = as_index(&args.get("index"))?;
    let mut items = list.items_mut();
    if items.is_empty() {
        return Err(index_error("pop from empty list"));
    }
    match place(index, items.len()) {
        Some(i) => Ok(items.remove(i)),
        None => Err(index_error("pop index out of range")),
    }
}

/// Whether the two are one, or equal.
fn matches(context: &mut Context, a: &Value, b: &Value) -> Result<bool> {
    if a.is(b) {
        return Ok(true);
    }
    crate::interrupt::check()?;
    let compare = context.catalog.hooks.operators.compare;
    is_true(&compare(context, CompareOp::Equal, a, b)?)
}

fn remove(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let list = list(args)?;
    let value = args.get("value");
    for (i, item) in list.to_vec().iter().enumerate() {
        if matches(context, item, &value)? {
            let removed = list.items_mut().remove(i);
            drop(removed);
            return Ok(Value::None);
        }
    }
    Err(value_error("list.remove(x): x not in list"))
}

fn clear(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let before = std::mem::take(&mut *list(args)?.items_mut());
    drop(before);
    Ok(Value::None)
}

fn index(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (items, value) = (items(args)?, args.get("value"));
    let len = items.len() as isize;
    let bound = |name: &str| -> Result<usize> {
        let bound = as_index(&args.get(name)).or_else(|error| match error.class() {
            ErrorClass::OverflowError => Ok(isize::MAX),
            _ => Err(error),
        })?;
        Ok((if bound < 0 { bound.saturating_add(len).max(0) } else { bound.min(len) }) as usize)
    };
    let (start, stop) = (bound("start")?, bound("stop")?);
    for (i, item) in items.iter().enumerate().take(stop).skip(start) {
        if matches(context, item, &value)? {
            return Ok(Value::int(i));
        }
    }
    Err(value_error(match args.receiver() {
        Value::Tuple(_) => "tuple.index(x): x not in tuple".to_string(),
        _ => format!("{} is not in list", repr(&value, &context.print_options)),
    }))
}

fn count(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (items, value) = (items(args)?, args.get("value"));
    let mut count = 0usize;
    for item in &items {
        count += usize::from(matches(context, item, &value)?);
    }
    Ok(Value::int(count))
}

fn sort(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let list = list(args)?;
    let reverse = !as_int(&args.get("reverse"))?.is_zero();
    let items = sorted(context, list.to_vec(), &args.get("key"), reverse)?;
    let before = std::mem::replace(&mut *list.items_mut(), items);
    drop(before);
    Ok(Value::None)
}

fn reverse(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    list(args)?.items_mut().reverse();
    Ok(Value::None)
}

fn copy(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    items(args).map(Value::list)
}
