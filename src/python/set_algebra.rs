//! What do `|`, `&`, `-`, `^` and the comparisons do with sets and dicts?

use crate::error::Result;
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, CompareOp};
use crate::value::{Dict, Set, Value};
use std::rc::Rc;

/// The keys that `op` keeps of two sets.
fn combine(op: BinaryOp, a: &Dict, b: &Dict) -> Result<Option<Dict>> {
    let with = |keys: Vec<Value>, other: &Dict, wanted: bool| -> Result<Vec<(Value, Value)>> {
        let mut kept = Vec::new();
        for key in keys {
            if other.get(&key)?.is_some() == wanted {
                kept.push((key, Value::None));
            }
        }
        Ok(kept)
    };
    let all = |keys: Vec<Value>| keys.into_iter().map(|key| (key, Value::None));
    Ok(Some(match op {
        BinaryOp::Or => Dict::new(all(a.keys()).chain(all(b.keys())))?,
        BinaryOp::And => Dict::new(with(a.keys(), b, true)?)?,
        BinaryOp::Subtract => Dict::new(with(a.keys(), b, false)?)?,
        BinaryOp::Xor => {
            let mut keys = with(a.keys(), b, false)?;
            keys.extend(with(b.keys(), a, false)?);
            Dict::new(keys)?
        }
        _ => return Ok(None),
    }))
}

/// `a op b` where both are sets or both are dicts; nothing where that is no operator of theirs.
///
/// # Errors
/// Those of comparing keys.
pub fn binary(_: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    Ok(match (a, b) {
        (Value::Set(x), Value::Set(y)) => combine(op, &x.0, &y.0)?.map(|keys| Value::Set(Rc::new(Set(keys)))),
        (Value::Dict(x), Value::Dict(y)) if op == BinaryOp::Or => {
            Some(Value::Dict(Rc::new(Dict::new(x.entries().into_iter().chain(y.entries()))?)))
        }
        _ => None,
    })
}

/// `a op= b` in place, where that is done; whether it was.
///
/// # Errors
/// Those of comparing keys.
pub fn update(op: BinaryOp, a: &Value, b: &Value) -> Result<bool> {
    match (a, b) {
        (Value::Set(x), Value::Set(y)) => {
            let Some(keys) = combine(op, &x.0, &y.0)? else { return Ok(false) };
            x.0.clear();
            for key in keys.keys() {
                x.0.insert(key, Value::None)?;
            }
            Ok(true)
        }
        (Value::Dict(x), Value::Dict(y)) if op == BinaryOp::Or => {
            for (key, value) in y.entries() {
                x.insert(key, value)?;
            }
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// `a op b` for an order of two sets: `<` is "proper subset of".
///
/// # Errors
/// Those of comparing keys.
pub fn compare(op: CompareOp, a: &Dict, b: &Dict) -> Result<bool> {
    let within = |x: &Dict, y: &Dict| -> Result<bool> {
        for key in x.keys() {
            if y.get(&key)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match op {
        CompareOp::LessEqual => within(a, b),
        CompareOp::Less => Ok(a.len() < b.len() && within(a, b)?),
        CompareOp::GreaterEqual => within(b, a),
        CompareOp::Greater => Ok(b.len() < a.len() && within(b, a)?),
        _ => Ok(a.len() == b.len() && within(a, b)?),
    }
}
