//! The methods of dicts.

use crate::error::{Error, ErrorClass, Result};
use crate::python::builtins::containers;
use crate::python::dict_view::{DictView, Shown};
use crate::python::subscript::no_key;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Dict, Value, collect};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "dict.get",
        signature: "(key, default=None, /)",
        method: None,
        summary: "The value for a key; the default, where there is none.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {'a': 1}.get('b', 0)\n\
                  0\n",
        see_also: &["dict.setdefault"],
        run: Run::Call(get),
    },
    Function {
        name: "dict.keys",
        signature: "()",
        method: None,
        summary: "The keys, as a window on the dict.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> d = {'a': 1}\n\
                  >>> k = d.keys()\n\
                  >>> d['b'] = 2\n\
                  >>> k\n\
                  dict_keys(['a', 'b'])\n",
        see_also: &["dict.values", "dict.items"],
        run: Run::Call(keys),
    },
    Function {
        name: "dict.values",
        signature: "()",
        method: None,
        summary: "The values, as a window on the dict.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {'a': 1}.values()\n\
                  dict_values([1])\n",
        see_also: &["dict.keys", "dict.items"],
        run: Run::Call(values),
    },
    Function {
        name: "dict.items",
        signature: "()",
        method: None,
        summary: "The pairs of key and value, as a window on the dict.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> list({'a': 1}.items())\n\
                  [('a', 1)]\n",
        see_also: &["dict.keys", "dict.values"],
        run: Run::Call(items),
    },
    Function {
        name: "dict.pop",
        signature: "(key, default=<no value>, /)",
        method: None,
        summary: "Takes out the entry for a key and gives its value.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {'a': 1}.pop('a')\n\
                  1\n",
        see_also: &["dict.popitem"],
        run: Run::Call(pop),
    },
    Function {
        name: "dict.popitem",
        signature: "()",
        method: None,
        summary: "Takes out the entry that came last and gives it as a pair.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {'a': 1, 'b': 2}.popitem()\n\
                  ('b', 2)\n",
        see_also: &["dict.pop"],
        run: Run::Call(popitem),
    },
    Function {
        name: "dict.setdefault",
        signature: "(key, default=None, /)",
        method: None,
        summary: "The value for a key, put there first where there is none.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> d = {}\n\
                  >>> d.setdefault('a', []).append(1)\n\
                  >>> d\n\
                  {'a': [1]}\n",
        see_also: &["dict.get"],
        run: Run::Call(setdefault),
    },
    Function {
        name: "dict.update",
        signature: "(*args, **kwargs)",
        method: None,
        summary: "Puts in the entries of another dict, of pairs, and of keywords.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> d = {'a': 1}\n\
                  >>> d.update(b=2)\n\
                  >>> d\n\
                  {'a': 1, 'b': 2}\n",
        see_also: &["dict"],
        run: Run::Call(update),
    },
    Function {
        name: "dict.clear",
        signature: "()",
        method: None,
        summary: "Takes all entries out of the dict.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> d = {'a': 1}\n\
                  >>> d.clear()\n\
                  >>> d\n\
                  {}\n",
        see_also: &[],
        run: Run::Call(clear),
    },
    Function {
        name: "dict.copy",
        signature: "()",
        method: None,
        summary: "A new dict with the same keys and values.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {'a': 1}.copy()\n\
                  {'a': 1}\n",
        see_also: &["dict"],
        run: Run::Call(copy),
    },
    Function {
        name: "dict.fromkeys",
        signature: "($type, iterable, value=None, /)",
        method: None,
        summary: "A new dict with the items as keys, and one value for all.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> dict.fromkeys('ab', 0)\n\
                  {'a': 0, 'b': 0}\n",
        see_also: &["dict"],
        run: Run::Call(fromkeys),
    },
];

/// The dict that the method was called on.
fn dict(args: &Arguments) -> Result<Rc<Dict>> {
    match args.receiver() {
        Value::Dict(dict) => Ok(Rc::clone(dict)),
        other => Err(super::wrong_receiver("dict", other)),
    }
}

fn get(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(dict(args)?.get(&args.get("key"))?.unwrap_or_else(|| args.get("default")))
}

fn keys(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(DictView::value(dict(args)?, Shown::Keys))
}

fn values(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(DictView::value(dict(args)?, Shown::Values))
}

fn items(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(DictView::value(dict(args)?, Shown::Items))
}

fn pop(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let key = args.get("key");
    match (dict(args)?.remove(&key)?, args.given("default")) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(no_key(context, &key)),
    }
}

fn popitem(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let dict = dict(args)?;
    let Some(key) = dict.keys().pop() else {
        return Err(Error::new(ErrorClass::KeyError, "'popitem(): dictionary is empty'"));
    };
    let value = dict.remove(&key)?.unwrap_or(Value::None);
    Ok(Value::tuple([key, value]))
}

fn setdefault(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let (dict, key, default) = (dict(args)?, args.get("key"), args.get("default"));
    match dict.get(&key)? {
        Some(value) => Ok(value),
        None => {
            dict.insert(key, default.clone())?;
            Ok(default)
        }
    }
}

fn update(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let dict = dict(args)?;
    match args.rest("args").as_slice() {
        [] => {}
        [source] => containers::update(context, &dict, source)?,
        more => {
            let message = format!("update expected at most 1 argument, got {}", more.len());
            return Err(crate::error::type_error(message));
        }
    }
    if let Value::Dict(named) = args.get("kwargs") {
        for (key, value) in named.entries() {
            dict.insert(key, value)?;
        }
    }
    Ok(Value::None)
}

fn clear(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    dict(args)?.clear();
    Ok(Value::None)
}

fn copy(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    Ok(Value::Dict(Rc::new(Dict::new(dict(args)?.entries())?)))
}

fn fromkeys(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let value = args.get("value");
    let keys = collect(context, &args.get("iterable"))?;
    Ok(Value::Dict(Rc::new(Dict::new(keys.into_iter().map(|key| (key, value.clone())))?)))
}
