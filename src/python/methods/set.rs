//! The methods of sets and frozensets.

use crate::error::{Error, ErrorClass, Result};
use crate::python::frozenset::FrozenSet;
use crate::python::set_algebra::{self, as_set};
use crate::python::subscript::no_key;
use crate::registry::{Arguments, Context, Function, MemoryRule, Run, Section};
use crate::value::{Set, Value, collect};
use std::rc::Rc;

/// The entries of this file.
pub const SECTION: Section =
    Section { functions: FUNCTIONS, attributes: &[], constants: &[], aliases: &[], classes: &[] };

const FUNCTIONS: &[Function] = &[
    Function {
        name: "set.add",
        signature: "(object, /)",
        method: None,
        summary: "Puts a key in, if it is not there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1}\n\
                  >>> s.add(2)\n\
                  >>> s\n\
                  {1, 2}\n",
        see_also: &["set.update"],
        run: Run::Call(add),
    },
    Function {
        name: "set.remove",
        signature: "(object, /)",
        method: None,
        summary: "Takes a key out, which must be there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1, 2}\n\
                  >>> s.remove(1)\n\
                  >>> s\n\
                  {2}\n",
        see_also: &["set.discard"],
        run: Run::Call(remove),
    },
    Function {
        name: "set.discard",
        signature: "(object, /)",
        method: None,
        summary: "Takes a key out, if it is there.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1, 2}\n\
                  >>> s.discard(3)\n\
                  >>> s\n\
                  {1, 2}\n",
        see_also: &["set.remove"],
        run: Run::Call(discard),
    },
    Function {
        name: "set.pop",
        signature: "()",
        method: None,
        summary: "Takes some key out and gives it.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1}.pop()\n\
                  1\n",
        see_also: &["set.remove"],
        run: Run::Call(pop),
    },
    Function {
        name: "set.clear",
        signature: "()",
        method: None,
        summary: "Takes all keys out.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1}\n\
                  >>> s.clear()\n\
                  >>> s\n\
                  set()\n",
        see_also: &[],
        run: Run::Call(clear),
    },
    Function {
        name: "set.copy",
        signature: "()",
        method: None,
        summary: "A new set of the same keys.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.copy()\n\
                  {1, 2}\n",
        see_also: &[],
        run: Run::Call(copy),
    },
    Function {
        name: "frozenset.copy",
        signature: "()",
        method: None,
        summary: "A new set of the same keys.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).copy()\n\
                  frozenset({1, 2})\n",
        see_also: &[],
        run: Run::Call(copy),
    },
    Function {
        name: "set.update",
        signature: "(*others)",
        method: None,
        summary: "Puts in the items of other iterables.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1}\n\
                  >>> s.update([2, 3])\n\
                  >>> s\n\
                  {1, 2, 3}\n",
        see_also: &["set.union"],
        run: Run::Call(update),
    },
    Function {
        name: "set.union",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in one of the sets.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.union([2, 3])\n\
                  {1, 2, 3}\n",
        see_also: &["set.update", "set.intersection"],
        run: Run::Call(union),
    },
    Function {
        name: "frozenset.union",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in one of the sets.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).union([2, 3])\n\
                  frozenset({1, 2, 3})\n",
        see_also: &["frozenset.intersection"],
        run: Run::Call(union),
    },
    Function {
        name: "set.intersection",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in all of the sets.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.intersection([2, 3])\n\
                  {2}\n",
        see_also: &["set.union"],
        run: Run::Call(intersection),
    },
    Function {
        name: "frozenset.intersection",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in all of the sets.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).intersection([2, 3])\n\
                  frozenset({2})\n",
        see_also: &["frozenset.union"],
        run: Run::Call(intersection),
    },
    Function {
        name: "set.intersection_update",
        signature: "(*others)",
        method: None,
        summary: "Keeps only the keys that are in all others too.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1, 2}\n\
                  >>> s.intersection_update([2, 3])\n\
                  >>> s\n\
                  {2}\n",
        see_also: &["set.intersection"],
        run: Run::Call(intersection_update),
    },
    Function {
        name: "set.difference",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in none of the others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.difference([2, 3])\n\
                  {1}\n",
        see_also: &["set.symmetric_difference"],
        run: Run::Call(difference),
    },
    Function {
        name: "frozenset.difference",
        signature: "(*others)",
        method: None,
        summary: "The keys that are in none of the others.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).difference([2, 3])\n\
                  frozenset({1})\n",
        see_also: &["frozenset.symmetric_difference"],
        run: Run::Call(difference),
    },
    Function {
        name: "set.difference_update",
        signature: "(*others)",
        method: None,
        summary: "Takes out the items of other iterables.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1, 2}\n\
                  >>> s.difference_update([2, 3])\n\
                  >>> s\n\
                  {1}\n",
        see_also: &["set.difference"],
        run: Run::Call(difference_update),
    },
    Function {
        name: "set.symmetric_difference",
        signature: "(other, /)",
        method: None,
        summary: "The keys that are in one of the two sets and not in both.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.symmetric_difference([2, 3])\n\
                  {1, 3}\n",
        see_also: &["set.difference"],
        run: Run::Call(symmetric_difference),
    },
    Function {
        name: "frozenset.symmetric_difference",
        signature: "(other, /)",
        method: None,
        summary: "The keys that are in one of the two sets and not in both.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).symmetric_difference([2, 3])\n\
                  frozenset({1, 3})\n",
        see_also: &["frozenset.difference"],
        run: Run::Call(symmetric_difference),
    },
    Function {
        name: "set.symmetric_difference_update",
        signature: "(other, /)",
        method: None,
        summary: "Takes out what both have, and puts in what only the other has.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> s = {1, 2}\n\
                  >>> s.symmetric_difference_update([2, 3])\n\
                  >>> s\n\
                  {1, 3}\n",
        see_also: &["set.symmetric_difference"],
        run: Run::Call(symmetric_difference_update),
    },
    Function {
        name: "set.issubset",
        signature: "(other, /)",
        method: None,
        summary: "Whether every key is in the other.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.issubset([1, 2, 3])\n\
                  True\n",
        see_also: &["set.issuperset"],
        run: Run::Call(issubset),
    },
    Function {
        name: "frozenset.issubset",
        signature: "(other, /)",
        method: None,
        summary: "Whether every key is in the other.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).issubset([1, 2, 3])\n\
                  True\n",
        see_also: &["frozenset.issuperset"],
        run: Run::Call(issubset),
    },
    Function {
        name: "set.issuperset",
        signature: "(other, /)",
        method: None,
        summary: "Whether every item of the other is in the set.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.issuperset([1])\n\
                  True\n",
        see_also: &["set.issubset"],
        run: Run::Call(issuperset),
    },
    Function {
        name: "frozenset.issuperset",
        signature: "(other, /)",
        method: None,
        summary: "Whether every item of the other is in the set.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).issuperset([1])\n\
                  True\n",
        see_also: &["frozenset.issubset"],
        run: Run::Call(issuperset),
    },
    Function {
        name: "set.isdisjoint",
        signature: "(other, /)",
        method: None,
        summary: "Whether the two have no key in common.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> {1, 2}.isdisjoint([3])\n\
                  True\n",
        see_also: &["set.intersection"],
        run: Run::Call(isdisjoint),
    },
    Function {
        name: "frozenset.isdisjoint",
        signature: "(other, /)",
        method: None,
        summary: "Whether the two have no key in common.",
        memory: MemoryRule::NoArray,
        notes: "",
        example: ">>> frozenset([1, 2]).isdisjoint([3])\n\
                  True\n",
        see_also: &["frozenset.intersection"],
        run: Run::Call(isdisjoint),
    },
];

/// The set that the method was called on, to change it.
fn set(args: &Arguments) -> Result<Rc<Set>> {
    match args.receiver() {
        Value::Set(set) => Ok(Rc::clone(set)),
        other => Err(super::wrong_receiver("set", other)),
    }
}

/// The set or frozenset that the method was called on.
fn own(args: &Arguments) -> Result<&Set> {
    as_set(args.receiver()).ok_or_else(|| super::wrong_receiver("set", args.receiver()))
}

/// Calls `with` on the set of an argument: itself, or one of its items.
fn with_other<T>(context: &mut Context, other: &Value, with: impl FnOnce(&Set) -> Result<T>) -> Result<T> {
    match as_set(other) {
        Some(other) => with(other),
        None => with(&Set::new(collect(context, other)?)?),
    }
}

/// A result of the receiver's class.
fn like(args: &Arguments, keys: Set) -> Value {
    if matches!(args.receiver(), Value::Set(_)) { Value::Set(Rc::new(keys)) } else { FrozenSet::value(keys) }
}

fn add(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    let key = args.take("object");
    set(args)?.add(key)?;
    Ok(Value::None)
}

fn remove(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let key = args.get("object");
    if set(args)?.discard(&set_algebra::as_key(&key)?)? { Ok(Value::None) } else { Err(no_key(context, &key)) }
}

fn discard(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    set(args)?.discard(&set_algebra::as_key(&args.get("object"))?)?;
    Ok(Value::None)
}

fn pop(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    set(args)?.pop().ok_or_else(|| Error::new(ErrorClass::KeyError, "'pop from an empty set'"))
}

fn clear(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    set(args)?.clear();
    Ok(Value::None)
}

fn copy(_: &mut Context, args: &mut Arguments) -> Result<Value> {
    match args.receiver() {
        Value::Set(set) => Ok(Value::Set(Rc::new(set_algebra::copy(set)?))),
        frozen => Ok(frozen.clone()),
    }
}

/// Puts the keys of each of `others` into `result`.
fn merge_all(context: &mut Context, result: &Set, others: &[Value]) -> Result<()> {
    for other in others {
        match as_set(other) {
            Some(other) => result.merge(other)?,
            None => {
                for key in collect(context, other)? {
                    result.add(key)?;
                }
            }
        }
    }
    Ok(())
}

fn update(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    merge_all(context, &*set(args)?, &args.rest("others"))?;
    Ok(Value::None)
}

fn union(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let result = set_algebra::copy(own(args)?)?;
    merge_all(context, &result, &args.rest("others"))?;
    Ok(like(args, result))
}

/// The keys that are in all.
fn intersect(context: &mut Context, args: &Arguments) -> Result<Set> {
    let mut result = set_algebra::copy(own(args)?)?;
    for other in args.rest("others") {
        result = match as_set(&other) {
            Some(other) => set_algebra::intersection(&result, other)?,
            None => {
                let common = Set::default();
                for key in collect(context, &other)? {
                    if result.contains(&key)? {
                        common.add(key)?;
                    }
                }
                common
            }
        };
    }
    Ok(result)
}

fn intersection(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let result = intersect(context, args)?;
    Ok(like(args, result))
}

fn intersection_update(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let result = intersect(context, args)?;
    set(args)?.replace(result);
    Ok(Value::None)
}

/// The keys that are in none of the others.
fn subtract(context: &mut Context, args: &Arguments) -> Result<Set> {
    let mut result = set_algebra::copy(own(args)?)?;
    for other in args.rest("others") {
        result = match as_set(&other) {
            Some(other) => set_algebra::difference(&result, other)?,
            None => {
                for key in collect(context, &other)? {
                    result.discard(&key)?;
                }
                result
            }
        };
    }
    Ok(result)
}

fn difference(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let result = subtract(context, args)?;
    Ok(like(args, result))
}

fn difference_update(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let set = set(args)?;
    for other in args.rest("others") {
        let keys = match as_set(&other) {
            Some(other) => other.keys(),
            None => collect(context, &other)?,
        };
        for key in keys {
            set.discard(&key)?;
        }
    }
    Ok(Value::None)
}

fn symmetric_difference(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let own = own(args)?;
    let result = with_other(context, &args.get("other"), |other| set_algebra::symmetric_difference(own, other))?;
    Ok(like(args, result))
}

fn symmetric_difference_update(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let set = set(args)?;
    let keys = with_other(context, &args.get("other"), |other| Ok(other.keys()))?;
    for key in keys {
        if !set.discard(&key)? {
            set.add(key)?;
        }
    }
    Ok(Value::None)
}

fn issubset(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let own = own(args)?;
    with_other(context, &args.get("other"), |other| set_algebra::is_subset(own, other)).map(Value::Bool)
}

fn issuperset(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let own = own(args)?;
    with_other(context, &args.get("other"), |other| set_algebra::is_subset(other, own)).map(Value::Bool)
}

fn isdisjoint(context: &mut Context, args: &mut Arguments) -> Result<Value> {
    let own = own(args)?;
    with_other(context, &args.get("other"), |other| Ok(set_algebra::intersection(own, other)?.is_empty()))
        .map(Value::Bool)
}
