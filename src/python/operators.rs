//! Python's operators on Python's values: which rule do two operands follow?
//!
//! The order is CPython's (`abstract.c`): first the numbers, then sets and dicts, then what sequences do with `+`
//! and `*`. What has no rule is a `TypeError` that names both types.

use super::bytearray::{self, ByteArray};
use super::files::PosixPath;
use super::number::{self, Number};
use super::{integer, sequence, set_algebra};
use crate::error::{Result, type_error};
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::{Value, collect, is_true};

/// `a op b`.
///
/// # Errors
/// `TypeError` where the operands have no such operator, else what the operator raises.
pub fn binary(context: &mut Context, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
    let symbol = if op == BinaryOp::Power { "** or pow()" } else { op.symbol() };
    compute(context, op, symbol, &a, &b)
}

/// Whether an operator is Python's although one operand is NumPy's: a NumPy scalar says how often a sequence is
/// repeated, a text formats any value, and a sequence says itself what it cannot be joined with.
pub fn takes_scalar(op: BinaryOp, a: &Value, b: &Value) -> bool {
    let is_scalar = |value: &Value| matches!(value, Value::Scalar(_));
    match op {
        BinaryOp::Multiply => sequence::is_sequence(a) && is_scalar(b) || is_scalar(a) && sequence::is_sequence(b),
        BinaryOp::Add => matches!(a, Value::Str(_)) && is_scalar(b),
        BinaryOp::Remainder => matches!(a, Value::Str(_) | Value::Bytes(_)),
        _ => false,
    }
}

/// `a op b`, called `symbol` in messages.
fn compute(context: &mut Context, op: BinaryOp, symbol: &str, a: &Value, b: &Value) -> Result<Value> {
    if let (Value::Bool(x), Value::Bool(y)) = (a, b) {
        match op {
            BinaryOp::And => return Ok(Value::Bool(x & y)),
            BinaryOp::Or => return Ok(Value::Bool(x | y)),
            BinaryOp::Xor => return Ok(Value::Bool(x ^ y)),
            _ => {}
        }
    }
    if let (Some(x), Some(y)) = (Number::of(a), Number::of(b)) {
        if let Some(result) = number::binary(op, &x, &y)? {
            return Ok(result);
        }
    } else if let Some(result) = set_algebra::binary(context, op, a, b)? {
        return Ok(result);
    } else if let (BinaryOp::Remainder, Value::Str(template)) = (op, a) {
        return super::format::percent(context, template, b);
    } else if let (BinaryOp::Remainder, Value::Bytes(template)) = (op, a) {
        return super::format::percent_bytes(context, template, b);
    } else if let (BinaryOp::TrueDivide, Some(path)) = (op, a.downcast::<PosixPath>()) {
        if let Some(result) = path.joined(b) {
            return Ok(result);
        }
    } else if op == BinaryOp::Add {
        if let Some(result) = bytearray::concatenate(a, b).or_else(|| sequence::concatenate(a, b)) {
            return result;
        }
    } else if op == BinaryOp::Multiply {
        if let Some(bytes) = a.downcast::<ByteArray>() {
            return bytearray::of(&bytearray::repeat(bytes, b)?);
        }
        if sequence::is_sequence(a) {
            return sequence::repeat(a, b);
        }
        // In place, what has items but no repetition does not ask the other.
        let has_items = matches!(a, Value::Set(_) | Value::Dict(_) | Value::Range(_) | Value::Object(_));
        if sequence::is_sequence(b) && !(has_items && symbol == "*=") {
            return sequence::repeat(b, a);
        }
    }
    Err(unsupported(symbol, a, b))
}

/// `unsupported operand type(s) for +: 'int' and 'str'`
pub fn unsupported(symbol: &str, a: &Value, b: &Value) -> crate::error::Error {
    let (a, b) = (a.class().qualified(), b.class().qualified());
    type_error(format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
}

/// `a op= b`: lists, sets and dicts change in place and are themselves the result. `binary` is what `a op b` does
/// where `b` is NumPy's.
///
/// # Errors
/// As [`binary`].
pub fn in_place(
    context: &mut Context,
    op: BinaryOp,
    a: Value,
    b: Value,
    binary: fn(&mut Context, BinaryOp, Value, Value) -> Result<Value>,
) -> Result<Value> {
    let joins_numpy = match &b {
        Value::Array(_) => true,
        Value::Scalar(_) => op != BinaryOp::Multiply || !sequence::is_sequence(&a),
        _ => false,
    };
    if joins_numpy {
        return binary(context, op, a, b);
    }
    match (&a, op) {
        (Value::List(list), BinaryOp::Add) => {
            let items = collect(context, &b)?;
            list.extend(items);
            return Ok(a);
        }
        (Value::List(list), BinaryOp::Multiply) => {
            let items = sequence::repeat_items(&list.to_vec(), sequence::repetitions(&b)?)?;
            let before = std::mem::replace(&mut *list.items_mut(), items);
            drop(before);
            return Ok(a);
        }
        (Value::Dict(dict), BinaryOp::Or) => {
            super::builtins::containers::update(context, dict, &b)?;
            return Ok(a);
        }
        (Value::Set(_), _) if set_algebra::update(op, &a, &b)? => {
            return Ok(a);
        }
        (Value::Object(_), BinaryOp::Add | BinaryOp::Multiply) => {
            if let Some(done) = bytearray::update(&a, &b, op == BinaryOp::Multiply) {
                return done.map(|()| a);
            }
        }
        _ => {}
    }
    compute(context, op, &format!("{}=", op.symbol()), &a, &b)
}

/// `op a`.
///
/// # Errors
/// `TypeError: bad operand type for unary -: 'str'`.
pub fn unary(_: &mut Context, op: UnaryOp, a: Value) -> Result<Value> {
    let symbol = match op {
        UnaryOp::Not => return Ok(Value::Bool(!is_true(&a)?)),
        UnaryOp::Negative => "-",
        UnaryOp::Positive => "+",
        UnaryOp::Invert => "~",
    };
    Ok(match (Number::of(&a), op) {
        (Some(Number::Int(v)), UnaryOp::Negative) => Value::Int(integer::negative(&v)),
        (Some(Number::Int(v)), UnaryOp::Positive) => Value::Int(v),
        (Some(Number::Int(v)), UnaryOp::Invert) => Value::Int(integer::invert(&v)),
        (Some(Number::Float(v)), UnaryOp::Negative) => Value::Float(-v),
        (Some(Number::Complex(v)), UnaryOp::Negative) => Value::Complex(-v),
        (Some(_), UnaryOp::Positive) => a,
        _ => {
            let class = a.class().qualified();
            return Err(type_error(format!("bad operand type for unary {symbol}: '{class}'")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_in_place() {
        let mut context = Context::new(crate::eval::catalog());
        let list = Value::list([Value::int(1)]);
        let same = in_place(&mut context, BinaryOp::Add, list.clone(), list.clone(), binary).unwrap();
        assert!(same.is(&list));
        assert_eq!(crate::value::repr(&list, &context.print_options), "[1, 1]");
        let error = in_place(&mut context, BinaryOp::Subtract, list.clone(), list, binary).err().unwrap();
        assert_eq!(error.message(), "unsupported operand type(s) for -=: 'list' and 'list'");
    }
}
