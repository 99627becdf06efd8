//! Python's operators on Python's values.

use crate::error::{Result, type_error};
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::value::Value;

/// `a op b`.
pub fn binary(_: &mut Context, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
    Err(type_error(format!(
        "unsupported operand type(s) for {}: '{}' and '{}'",
        op.symbol(),
        a.type_name(),
        b.type_name()
    )))
}
/// `a op= b`; `binary` is what `a op b` does.
pub fn in_place(
    cx: &mut Context,
    op: BinaryOp,
    a: Value,
    b: Value,
    binary: fn(&mut Context, BinaryOp, Value, Value) -> Result<Value>,
) -> Result<Value> {
    binary(cx, op, a, b)
}
/// `op a`.
pub fn unary(_: &mut Context, _op: UnaryOp, a: Value) -> Result<Value> {
    Err(type_error(format!("bad operand type for unary: '{}'", a.type_name())))
}
/// `a op b` for an order or an equality.
pub fn compare(_: &mut Context, _op: CompareOp, _a: &Value, _b: &Value) -> Result<Value> {
    Ok(Value::NotImplemented)
}
/// `item in container`; `compare` is what `==` does.
pub fn contains(
    _: &mut Context,
    container: &Value,
    _item: &Value,
    _compare: fn(&mut Context, CompareOp, &Value, &Value) -> Result<Value>,
) -> Result<bool> {
    Err(type_error(format!("argument of type '{}' is not iterable", container.type_name())))
}
/// `value[index]`.
pub fn get_item(_: &mut Context, value: &Value, _index: &Value) -> Result<Value> {
    Err(type_error(format!("'{}' object is not subscriptable", value.type_name())))
}
/// `value[index] = new`.
pub fn set_item(_: &mut Context, value: &Value, _index: &Value, _new: Value) -> Result<()> {
    Err(type_error(format!("'{}' object does not support item assignment", value.type_name())))
}
/// `del value[index]`.
pub fn delete_item(_: &mut Context, value: &Value, _index: &Value) -> Result<()> {
    Err(type_error(format!("'{}' object doesn't support item deletion", value.type_name())))
}
/// `format(value, spec)`.
pub fn format_value(cx: &mut Context, value: &Value, spec: &str) -> Result<String> {
    let _ = spec;
    Ok(crate::value::str(value, &cx.print_options))
}
