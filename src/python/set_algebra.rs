//! What do `|`, `&`, `-`, `^` and the comparisons do with sets and dicts?
//!
//! Each result is made as CPython makes it (`setobject.c`), so that its keys come in CPython's order.

use super::dict_view::DictView;
use super::frozenset::FrozenSet;
use crate::error::Result;
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::value::{Dict, Set, Value, collect};
use std::rc::Rc;

/// The set that a value is or contains: of a set or a frozenset.
pub fn as_set(value: &Value) -> Option<&Set> {
    match value {
        Value::Set(set) => Some(set),
        other => other.downcast::<FrozenSet>().map(|frozen| &frozen.0),
    }
}

/// A value as it is looked up in a set: a set, which has no hash, as the frozenset that is equal to it.
///
/// # Errors
/// Those of comparing keys.
pub fn as_key(value: &Value) -> Result<Value> {
    match value {
        Value::Set(set) => Ok(FrozenSet::value(copy(set)?)),
        other => Ok(other.clone()),
    }
}

/// A copy, as `set(a)` makes it.
///
/// # Errors
/// Those of comparing keys.
pub fn copy(a: &Set) -> Result<Set> {
    let result = Set::default();
    result.merge(a)?;
    Ok(result)
}

/// `a | b`.
///
/// # Errors
/// Those of comparing keys; so for all that follow.
pub fn union(a: &Set, b: &Set) -> Result<Set> {
    let result = copy(a)?;
    result.merge(b)?;
    Ok(result)
}

/// `a & b`.
///
/// # Errors
/// Those of comparing keys.
pub fn intersection(a: &Set, b: &Set) -> Result<Set> {
    let (large, small) = if b.len() > a.len() { (b, a) } else { (a, b) };
    let result = Set::default();
    for key in small.keys() {
        if large.contains(&key)? {
            result.add(key)?;
        }
    }
    Ok(result)
}

/// `a - b`.
///
/// # Errors
/// Those of comparing keys.
pub fn difference(a: &Set, b: &Set) -> Result<Set> {
    if a.len() >> 2 > b.len() {
        let result = copy(a)?;
        for key in b.keys() {
            result.discard(&key)?;
        }
        return Ok(result);
    }
    let result = Set::default();
    for key in a.keys() {
        if !b.contains(&key)? {
            result.add(key)?;
        }
    }
    Ok(result)
}

/// `a ^ b`.
///
/// # Errors
/// Those of comparing keys.
pub fn symmetric_difference(a: &Set, b: &Set) -> Result<Set> {
    let result = copy(b)?;
    for key in a.keys() {
        if !result.discard(&key)? {
            result.add(key)?;
        }
    }
    Ok(result)
}

fn combine(op: BinaryOp, a: &Set, b: &Set) -> Result<Option<Set>> {
    Ok(Some(match op {
        BinaryOp::Or => union(a, b)?,
        BinaryOp::And => intersection(a, b)?,
        BinaryOp::Subtract => difference(a, b)?,
        BinaryOp::Xor => symmetric_difference(a, b)?,
        _ => return Ok(None),
    }))
}

/// `a op b` of sets, of dicts, and of the keys and items of dicts; nothing where that is no operator of theirs.
///
/// # Errors
/// Those of comparing keys.
pub fn binary(context: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let (Value::Dict(x), Value::Dict(y)) = (a, b) {
        if op == BinaryOp::Or {
            return Ok(Some(Value::Dict(Rc::new(Dict::new(x.entries().into_iter().chain(y.entries()))?))));
        }
        return Ok(None);
    }
    let result = match (as_set(a), as_set(b)) {
        (Some(x), Some(y)) => combine(op, x, y)?,
        _ if is_set_view(a) || is_set_view(b) => {
            let of = |context: &mut Context, value: &Value| Set::new(collect(context, value)?);
            let (x, y) = (of(context, a)?, of(context, b)?);
            return Ok(combine(op, &x, &y)?.map(|set| Value::Set(Rc::new(set))));
        }
        _ => None,
    };
    Ok(result.map(|set| if matches!(a, Value::Set(_)) { Value::Set(Rc::new(set)) } else { FrozenSet::value(set) }))
}

fn is_set_view(value: &Value) -> bool {
    value.downcast::<DictView>().is_some_and(DictView::is_set)
}

/// `a op= b` in place, where that is done; whether it was.
///
/// # Errors
/// Those of comparing keys.
pub fn update(op: BinaryOp, a: &Value, b: &Value) -> Result<bool> {
    match (a, as_set(b)) {
        (Value::Set(x), Some(y)) => match op {
            BinaryOp::Or => x.merge(y)?,
            BinaryOp::Subtract => {
                for key in y.keys() {
                    x.discard(&key)?;
                }
            }
            BinaryOp::And => x.replace(intersection(x, y)?),
            BinaryOp::Xor => {
                for key in y.keys() {
                    if !x.discard(&key)? {
                        x.add(key)?;
                    }
                }
            }
            _ => return Ok(false),
        },
        _ => return Ok(false),
    }
    Ok(true)
}

/// Whether every key of `a` is in `b`.
///
/// # Errors
/// Those of comparing keys.
pub fn is_subset(a: &Set, b: &Set) -> Result<bool> {
    for key in a.keys() {
        if !b.contains(&key)? {
            return Ok(false);
        }
    }
    Ok(a.len() <= b.len())
}

/// `a op b` for an order of two sets, or of the keys or items of dicts: `<` is "proper subset of". Nothing where one
/// is neither.
///
/// # Errors
/// Those of comparing keys.
pub fn compare(op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>> {
    let of = |value: &Value| -> Result<Option<Set>> {
        match (as_set(value), value.downcast::<DictView>()) {
            (Some(set), _) => copy(set).map(Some),
            (_, Some(view)) if view.is_set() => Set::new(view.items()).map(Some),
            _ => Ok(None),
        }
    };
    let (Some(x), Some(y)) = (of(a)?, of(b)?) else { return Ok(None) };
    Ok(Some(match op {
        CompareOp::LessEqual => is_subset(&x, &y)?,
        CompareOp::Less => x.len() < y.len() && is_subset(&x, &y)?,
        CompareOp::GreaterEqual => is_subset(&y, &x)?,
        CompareOp::Greater => y.len() < x.len() && is_subset(&y, &x)?,
        _ => return Ok(None),
    }))
}
