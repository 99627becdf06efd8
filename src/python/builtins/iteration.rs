//! Builtins that look at the items of an iterable, one after the other.

use crate::error::{Error, ErrorClass, Result, type_error};
use crate::python::iterator::Iterator;
use crate::python::sorting;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section, call};
use crate::syntax::ast::CompareOp;
use crate::value::{Cursor, List, Value, as_int, collect, is_true, length};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "len",
        signature: "(obj, /)",
        method: None,
        summary: "The number of items of a container: of an array, the length of its first axis.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> len('shell')\n\
                  5\n\
                  >>> len(np.zeros((3, 4)))\n\
                  3\n",
        see_also: &["np.size", "np.shape"],
        run: Run::Call(len),
    },
    Function {
        name: "iter",
        signature: "(object, sentinel=<no value>, /)",
        method: None,
        summary: "An iterator over an object's items; or one that calls a function until it gives the sentinel.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> it = iter([1, 2])\n\
                  >>> next(it), next(it)\n\
                  (1, 2)\n",
        see_also: &["next"],
        run: Run::Call(iter),
    },
    Function {
        name: "next",
        signature: "(iterator, default=<no value>, /)",
        method: None,
        summary: "The next item of an iterator; the default, where there is none.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> it = iter('a')\n\
                  >>> next(it)\n\
                  'a'\n\
                  >>> next(it, 'end')\n\
                  'end'\n",
        see_also: &["iter"],
        run: Run::Call(next),
    },
    Function {
        name: "enumerate",
        signature: "(iterable, start=0)",
        method: None,
        summary: "An iterator over pairs: the item's number and the item.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list(enumerate('ab', start=1))\n\
                  [(1, 'a'), (2, 'b')]\n",
        see_also: &["zip"],
        run: Run::Call(enumerate),
    },
    Function {
        name: "zip",
        signature: "(*iterables, strict=False)",
        method: None,
        summary: "An iterator over tuples of the items that stand side by side in several iterables.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list(zip([1, 2, 3], 'ab'))\n\
                  [(1, 'a'), (2, 'b')]\n",
        see_also: &["enumerate", "map"],
        run: Run::Call(zip),
    },
    Function {
        name: "map",
        signature: "(*iterables)",
        method: None,
        summary: "An iterator that gives what a function makes of each item; the function is the first argument.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list(map(abs, [-1, 2]))\n\
                  [1, 2]\n",
        see_also: &["filter", "zip"],
        run: Run::Call(map),
    },
    Function {
        name: "filter",
        signature: "(function, iterable, /)",
        method: None,
        summary: "An iterator over the items of which a function is true; of None: the items that are true.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list(filter(None, [0, 1, '', 'a']))\n\
                  [1, 'a']\n",
        see_also: &["map"],
        run: Run::Call(filter),
    },
    Function {
        name: "reversed",
        signature: "(sequence, /)",
        method: None,
        summary: "An iterator over a sequence's items from the last to the first.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list(reversed([1, 2, 3]))\n\
                  [3, 2, 1]\n",
        see_also: &["sorted"],
        run: Run::Call(reversed),
    },
    Function {
        name: "sorted",
        signature: "(iterable, /, *, key=None, reverse=False)",
        method: None,
        summary: "A new list of the items in ascending order.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> sorted([3, 1, 2])\n\
                  [1, 2, 3]\n\
                  >>> sorted(['b', 'C', 'a'], key=str.lower, reverse=True)\n\
                  ['C', 'b', 'a']\n",
        see_also: &["list.sort", "np.sort"],
        run: Run::Call(sorted),
    },
    Function {
        name: "any",
        signature: "(iterable, /)",
        method: None,
        summary: "Whether an item is true.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> any([0, 3])\n\
                  True\n\
                  >>> any([])\n\
                  False\n",
        see_also: &["all", "np.any"],
        run: Run::Call(any),
    },
    Function {
        name: "all",
        signature: "(iterable, /)",
        method: None,
        summary: "Whether every item is true.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> all([1, 0])\n\
                  False\n\
                  >>> all([])\n\
                  True\n",
        see_also: &["any", "np.all"],
        run: Run::Call(all),
    },
    Function {
        name: "min",
        signature: "(*args, key=None, default=<no value>)",
        method: None,
        summary: "The smallest item of an iterable, or of the arguments.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> min([3, 1, 2])\n\
                  1\n\
                  >>> min('b', 'a')\n\
                  'a'\n",
        see_also: &["max", "np.min"],
        run: Run::Call(min),
    },
    Function {
        name: "max",
        signature: "(*args, key=None, default=<no value>)",
        method: None,
        summary: "The largest item of an iterable, or of the arguments.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> max([3, 1, 2])\n\
                  3\n\
                  >>> max([-4, 2], key=abs)\n\
                  -4\n",
        see_also: &["min", "np.max"],
        run: Run::Call(max),
    },
];

fn len(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("obj");
    match length(&value) {
        Some(count) if isize::try_from(count).is_err() => {
            Err(crate::error::overflow_error("Python int too large to convert to C ssize_t"))
        }
        Some(count) => Ok(Value::int(count)),
        None if matches!(value, Value::Array(_)) => Err(type_error("len() of unsized object")),
        None => Err(type_error(format!("object of type '{}' has no len()", value.class().qualified()))),
    }
}

fn iter(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("object");
    match args.given("sentinel") {
        None => Iterator::of(&value),
        Some(sentinel) if is_callable(&value) => Ok(Iterator::of_calls(value, sentinel.clone())),
        Some(_) => Err(type_error("iter(v, w): v must be callable")),
    }
}

/// Whether the value can be called.
pub fn is_callable(value: &Value) -> bool {
    matches!(value, Value::Function(_) | Value::Method(_) | Value::Class(_))
}

fn next(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("iterator");
    let item = match &value {
        Value::Object(object) if object.is_iterator() => object.next(context),
        other => return Err(type_error(format!("'{}' object is not an iterator", other.class().qualified()))),
    };
    match (item, args.given("default")) {
        (Some(item), _) => item,
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(Error::new(ErrorClass::StopIteration, "")),
    }
}

fn enumerate(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let start = as_int(&args.get("start"))?;
    Iterator::enumerate(&args.get("iterable"), start)
}

fn zip(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let strict = is_true(&args.get("strict"))?;
    Iterator::zip(args.rest("iterables"), strict)
}

fn map(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let mut values = args.rest("iterables");
    if values.len() < 2 {
        return Err(type_error("map() must have at least two arguments."));
    }
    let function = values.remove(0);
    Iterator::map(function, values)
}

fn filter(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Iterator::filter(args.get("function"), &args.get("iterable"))
}

fn reversed(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Iterator::reversed(&args.get("sequence"))
}

fn sorted(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let items = collect(context, &args.get("iterable"))?;
    let reverse = !as_int(&args.get("reverse"))?.is_zero();
    sort(context, items, &args.get("key"), reverse).map(|items| Value::List(Rc::new(List::gathered(items))))
}

/// The items in order, by `key` where that is a function.
///
/// # Errors
/// What the comparisons and `key` raise.
pub fn sort(context: &mut Context, items: Vec<Value>, key: &Value, reverse: bool) -> Result<Vec<Value>> {
    let mut keyed: Vec<(Value, Value)> = Vec::with_capacity(items.len());
    for item in items {
        let by = if key.is_none() { item.clone() } else { call(context, key, vec![item.clone()], Vec::new())? };
        keyed.push((by, item));
    }
    // Turned round twice, so that equal items keep their order.
    if reverse {
        keyed.reverse();
    }
    let compare = context.catalog.hooks.operators.compare;
    sorting::sort(&mut keyed, &mut |a, b| is_true(&compare(context, CompareOp::Less, &a.0, &b.0)?))?;
    if reverse {
        keyed.reverse();
    }
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

fn any(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    find_truth(context, &args.get("iterable"), true).map(Value::Bool)
}

fn all(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    find_truth(context, &args.get("iterable"), false).map(|found| Value::Bool(!found))
}

/// Whether an item's truth is `wanted`.
fn find_truth(context: &mut Context, value: &Value, wanted: bool) -> Result<bool> {
    let mut cursor = Cursor::over(value)?;
    while let Some(item) = cursor.next(context) {
        crate::interrupt::check()?;
        if is_true(&item?)? == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

fn min(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    choose(context, args, "min", CompareOp::Less)
}

fn max(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    choose(context, args, "max", CompareOp::Greater)
}

/// The first item that stands in relation `op` to all others.
fn choose(context: &mut Context, args: &Arguments, name: &str, op: CompareOp) -> Result<Value> {
    let given = args.rest("args");
    let default = args.given("default");
    let source = match given.as_slice() {
        [] => return Err(type_error(format!("{name} expected at least 1 argument, got 0"))),
        [single] => single.clone(),
        _ if default.is_some() => {
            let message = format!("Cannot specify a default for {name}() with multiple positional arguments");
            return Err(type_error(message));
        }
        _ => Value::tuple(given),
    };
    let key = args.get("key");
    let compare = context.catalog.hooks.operators.compare;
    let mut cursor = Cursor::over(&source)?;
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = cursor.next(context) {
        crate::interrupt::check()?;
        let item = item?;
        let by = if key.is_none() { item.clone() } else { call(context, &key, vec![item.clone()], Vec::new())? };
        let better = match &best {
            None => true,
            Some((so_far, _)) => is_true(&compare(context, op, &by, so_far)?)?,
        };
        if better {
            best = Some((by, item));
        }
    }
    match (best, default) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(crate::error::value_error(format!("{name}() arg is an empty sequence"))),
    }
}
