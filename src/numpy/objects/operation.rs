//! What a universal function does with objects: an operator of Python, or a method of the object by the function's name.

use crate::error::{Error, ErrorClass, Result, type_error};
use crate::numpy::calls;
use crate::registry::{self, Context, Member};
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::value::{Value, is_true};

/// What is done with the elements.
#[derive(Clone, Copy)]
pub(super) enum Operation {
    Binary(BinaryOp),
    Unary(UnaryOp),
    Compare(CompareOp),
    /// The first, unless the comparison with the second fails: `maximum`.
    Choose(CompareOp),
    And,
    Or,
    Not,
    /// `x * x`
    Square,
    /// `1 / x`
    Reciprocal,
    Sign,
    /// A function of Python: `abs(x)`, `math.floor(x)`.
    Function(&'static str),
    /// `x.name()`
    Method(&'static str),
    /// The least of the second and the greatest of the third: `clip`.
    Clip,
    /// `x.name(y)`
    BinaryMethod(&'static str),
}

/// What the universal function of this name does with objects; nothing where it has no loop for them.
pub(super) fn operation(name: &'static str) -> Option<Operation> {
    Some(match name {
        "add" => Operation::Binary(BinaryOp::Add),
        "subtract" => Operation::Binary(BinaryOp::Subtract),
        "multiply" => Operation::Binary(BinaryOp::Multiply),
        "divide" => Operation::Binary(BinaryOp::TrueDivide),
        "floor_divide" => Operation::Binary(BinaryOp::FloorDivide),
        "remainder" => Operation::Binary(BinaryOp::Remainder),
        "power" => Operation::Binary(BinaryOp::Power),
        "left_shift" => Operation::Binary(BinaryOp::LeftShift),
        "right_shift" => Operation::Binary(BinaryOp::RightShift),
        "bitwise_and" => Operation::Binary(BinaryOp::And),
        "bitwise_or" => Operation::Binary(BinaryOp::Or),
        "bitwise_xor" => Operation::Binary(BinaryOp::Xor),
        "negative" => Operation::Unary(UnaryOp::Negative),
        "positive" => Operation::Unary(UnaryOp::Positive),
        "invert" => Operation::Unary(UnaryOp::Invert),
        "less" => Operation::Compare(CompareOp::Less),
        "less_equal" => Operation::Compare(CompareOp::LessEqual),
        "equal" => Operation::Compare(CompareOp::Equal),
        "not_equal" => Operation::Compare(CompareOp::NotEqual),
        "greater" => Operation::Compare(CompareOp::Greater),
        "greater_equal" => Operation::Compare(CompareOp::GreaterEqual),
        "maximum" | "fmax" => Operation::Choose(CompareOp::GreaterEqual),
        "minimum" | "fmin" => Operation::Choose(CompareOp::LessEqual),
        "logical_and" => Operation::And,
        "logical_or" => Operation::Or,
        "logical_not" => Operation::Not,
        "square" => Operation::Square,
        "reciprocal" => Operation::Reciprocal,
        "sign" => Operation::Sign,
        "absolute" => Operation::Function("abs"),
        "floor" => Operation::Function("math.floor"),
        "ceil" => Operation::Function("math.ceil"),
        "trunc" => Operation::Function("math.trunc"),
        "gcd" => Operation::Function("math.gcd"),
        "lcm" => Operation::Function("math.lcm"),
        "copysign" | "divmod" | "float_power" | "frexp" | "heaviside" | "isfinite" | "isinf" | "isnan" | "isnat"
        | "ldexp" | "logaddexp" | "logaddexp2" | "modf" | "nextafter" | "signbit" | "spacing" => return None,
        "clip" => Operation::Clip,
        "logical_xor" | "arctan2" | "hypot" | "fmod" => Operation::BinaryMethod(name),
        "bitwise_count" => Operation::Method("bit_count"),
        other => Operation::Method(other),
    })
}

impl Operation {
    /// Whether its result is a truth unless objects are asked for.
    pub(super) fn is_comparison(self) -> bool {
        matches!(self, Operation::Compare(_))
    }

    /// What it gives for these values, as many as the function has inputs.
    ///
    /// # Errors
    /// What Python raises.
    pub(super) fn apply(self, context: &mut Context, values: &[Value]) -> Result<Value> {
        let Some(a) = values.first() else { return Ok(Value::None) };
        let b = values.get(1).unwrap_or(&Value::None);
        let operators = context.catalog.hooks.operators;
        match self {
            Operation::Binary(op) => (operators.binary)(context, op, a.clone(), b.clone()),
            Operation::Unary(op) => (operators.unary)(context, op, a.clone()),
            // what is the same object is equal
            Operation::Compare(op @ (CompareOp::Equal | CompareOp::NotEqual)) if a.is(b) && !is_float(a) => {
                Ok(Value::Bool(op == CompareOp::Equal))
            }
            Operation::Compare(op) => (operators.compare)(context, op, a, b),
            Operation::Choose(op) => {
                let first = (operators.compare)(context, op, a, b)?;
                Ok(if is_true(&first)? { a.clone() } else { b.clone() })
            }
            Operation::And => Ok(if is_true(a)? { b.clone() } else { a.clone() }),
            Operation::Or => Ok(if is_true(a)? { a.clone() } else { b.clone() }),
            Operation::Not => Ok(Value::Bool(!is_true(a)?)),
            Operation::Square => (operators.binary)(context, BinaryOp::Multiply, a.clone(), a.clone()),
            Operation::Reciprocal => (operators.binary)(context, BinaryOp::TrueDivide, Value::int(1), a.clone()),
            Operation::Sign => {
                let zero = Value::int(0);
                for (op, sign) in [(CompareOp::Less, -1), (CompareOp::Greater, 1), (CompareOp::Equal, 0)] {
                    let found = (operators.compare)(context, op, a, &zero)?;
                    if is_true(&found)? {
                        return Ok(Value::int(sign));
                    }
                }
                Err(type_error("unorderable types for comparison"))
            }
            Operation::Clip => {
                let above = Operation::Choose(CompareOp::GreaterEqual).apply(context, &[a.clone(), b.clone()])?;
                let most = values.get(2).cloned().unwrap_or(Value::None);
                Operation::Choose(CompareOp::LessEqual).apply(context, &[above, most])
            }
            Operation::Function(name) => calls::call(context, name, values.to_vec(), []),
            Operation::Method(name) => match method(context, a, name) {
                Some(method) => registry::call(context, &method, Vec::new(), Vec::new()),
                None => Err(type_error(format!(
                    "loop of ufunc does not support argument 0 of type {} which has no callable {name} method",
                    a.class().qualified()
                ))),
            },
            Operation::BinaryMethod(name) => match method(context, a, name) {
                Some(method) => registry::call(context, &method, vec![b.clone()], Vec::new()),
                None => {
                    let message = format!("'{}' object has no attribute '{name}'", a.class().qualified());
                    Err(Error::new(ErrorClass::AttributeError, message))
                }
            },
        }
    }
}

fn is_float(value: &Value) -> bool {
    matches!(value, Value::Float(_) | Value::Complex(_) | Value::Scalar(_) | Value::Array(_))
}

/// The method of this name bound to a value.
fn method(context: &Context, value: &Value, name: &'static str) -> Option<Value> {
    match context.catalog.find_member(value.class(), name) {
        Some(Member::Method(function)) => Some(Value::Method(std::rc::Rc::new((value.clone(), function)))),
        _ => None,
    }
}
