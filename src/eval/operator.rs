//! What an operator does with its operands: arrays and NumPy's scalars go to universal functions, the rest is Python's.

use crate::array::{Scalar, Type};
use crate::error::{ErrorClass, Result, type_error};
use crate::numpy::coercion::{operand, operand_kinds};
use crate::registry::Context;
use crate::syntax::ast::{BinaryOp, CompareOp, UnaryOp};
use crate::ufunc::{self, Operand, Options, Outcome, Ufunc, named};
use crate::value::{Record, Value, classes, is_time_scalar, is_true, plain};
use crate::{numpy, python};
use std::rc::Rc;

/// Whether NumPy decides what operators mean for this value.
#[inline]
fn is_numpy(value: &Value) -> bool {
    match value {
        Value::Array(_) | Value::Scalar(_) => true,
        Value::Object(_) => value.downcast::<Record>().is_some() || is_time_scalar(value),
        _ => false,
    }
}

/// Whether it is of a subclass of ndarray, whose operators Python asks before those of what stands on the left.
fn goes_first(value: &Value) -> bool {
    value.class().is_subclass(&classes::NDARRAY)
}

/// Whether two operands are what only NumPy's texts and objects make of them: a text (Python's or NumPy's) with an array of
/// texts, anything with an array of objects.
fn joins_texts(a: &Value, b: &Value) -> bool {
    let is_text_array = |value: &Value| match value {
        Value::Array(array) => !array.layout().dtype.is_number(),
        other => is_time_scalar(other),
    };
    let is_text = |value: &Value| matches!(plain(value), Value::Str(_) | Value::Bytes(_));
    let is_objects = |value: &Value| matches!(value, Value::Array(array) if numpy::objects::is_objects(array));
    is_text_array(a) && is_text(b) || is_text(a) && is_text_array(b) || is_objects(a) || is_objects(b)
}

/// The universal function of an infix operator; none for `@`, which is no element-wise one.
pub fn ufunc_of(op: BinaryOp) -> Option<&'static Ufunc> {
    Some(match op {
        BinaryOp::Add => const { named("add") },
        BinaryOp::Subtract => const { named("subtract") },
        BinaryOp::Multiply => const { named("multiply") },
        BinaryOp::TrueDivide => const { named("divide") },
        BinaryOp::FloorDivide => const { named("floor_divide") },
        BinaryOp::Remainder => const { named("remainder") },
        BinaryOp::Power => const { named("power") },
        BinaryOp::LeftShift => const { named("left_shift") },
        BinaryOp::RightShift => const { named("right_shift") },
        BinaryOp::And => const { named("bitwise_and") },
        BinaryOp::Or => const { named("bitwise_or") },
        BinaryOp::Xor => const { named("bitwise_xor") },
        BinaryOp::MatMul => return None,
    })
}

/// The universal function of a comparison; none for `is` and `in`.
fn comparison_of(op: CompareOp) -> Option<&'static Ufunc> {
    Some(match op {
        CompareOp::Less => const { named("less") },
        CompareOp::LessEqual => const { named("less_equal") },
        CompareOp::Equal => const { named("equal") },
        CompareOp::NotEqual => const { named("not_equal") },
        CompareOp::Greater => const { named("greater") },
        CompareOp::GreaterEqual => const { named("greater_equal") },
        _ => return None,
    })
}

fn call(context: &mut Context, ufunc: &'static Ufunc, operands: &mut [Operand], options: &Options) -> Result<Value> {
    let before = context.runtime.ledger.set_cause(ufunc.name);
    let result = numpy::objects::call(context, ufunc, operands, options);
    context.runtime.ledger.set_cause(before);
    Ok(result?.into_iter().next().map_or(Value::None, numpy::outcome))
}

/// Whether the other operand of an array is something an array can be made of.
fn joins(value: &Value) -> bool {
    !matches!(
        value,
        Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Dict(_)
            | Value::Set(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Class(_)
            | Value::Function(_)
            | Value::Method(_)
            | Value::Module(_)
            | Value::DType(_)
            | Value::Slice(_)
    )
}

fn unsupported(symbol: &str, a: &Value, b: &Value) -> crate::error::Error {
    let (a, b) = operand_kinds(a, b);
    type_error(format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
}

/// `a op b`. The operands are taken, so that a temporary can be worked on in place.
///
/// # Errors
/// What the operator raises.
pub fn binary(context: &mut Context, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
    if let Value::Object(object) = &a
        && let Some(result) = Rc::clone(object).operate(context, op, &a, &b, false)
    {
        return result;
    }
    if let Value::Object(object) = &b
        && (!is_numpy(&a) || goes_first(&b))
        && let Some(result) = Rc::clone(object).operate(context, op, &b, &a, true)
    {
        return result;
    }
    if !is_numpy(&a) && !is_numpy(&b) {
        return python::binary(context, op, plain(&a).clone(), plain(&b).clone());
    }
    if python::takes_scalar(op, &a, &b) {
        return python::binary(context, op, a, b);
    }
    if (!joins(&a) || !joins(&b)) && !joins_texts(&a, &b) {
        let symbol = if op == BinaryOp::Power { "** or pow()" } else { op.symbol() };
        return Err(unsupported(symbol, &a, &b));
    }
    let mut operands = [operand(context, a)?, operand(context, b)?];
    let Some(ufunc) = ufunc_of(op) else { return numpy::matmul(context, operands) };
    if let Some(result) = numpy::fast_power(context, op, &mut operands) {
        return result;
    }
    let options = Options { elide: true, ..Options::default() };
    call(context, ufunc, &mut operands, &options)
}

/// `a op= b`: arrays and lists change in place and are themselves the result.
///
/// # Errors
/// What the operator raises.
pub fn in_place(context: &mut Context, op: BinaryOp, a: Value, b: Value) -> Result<Value> {
    let Value::Array(target) = a else {
        // A scalar cannot change: `a[0] += 1` computes a new one, which is then stored.
        return if is_numpy(&a) { binary(context, op, a, b) } else { python::in_place(context, op, a, b, binary) };
    };
    if !joins(&b) && !joins_texts(&Value::Array(std::rc::Rc::clone(&target)), &b) {
        return Err(unsupported(&format!("{}=", op.symbol()), &Value::Array(target), &b));
    }
    let mut operands = [Operand::Array(std::rc::Rc::clone(&target)), operand(context, b)?];
    let options = Options { out: smallvec::smallvec![Some(target)], ..Options::default() };
    let Some(ufunc) = ufunc_of(op) else { return numpy::matmul_into(context, operands, options) };
    call(context, ufunc, &mut operands, &options)
}

/// `op a`.
///
/// # Errors
/// What the operator raises.
pub fn unary(context: &mut Context, op: UnaryOp, a: Value) -> Result<Value> {
    if let Value::Object(object) = &a
        && let Some(result) = Rc::clone(object).operate_alone(context, op, &a)
    {
        return result;
    }
    if !is_numpy(&a) {
        return python::unary(context, op, a);
    }
    let ufunc = match op {
        UnaryOp::Negative => const { named("negative") },
        UnaryOp::Positive => const { named("positive") },
        UnaryOp::Invert => const { named("invert") },
        UnaryOp::Not => return Ok(Value::Bool(!is_true(&a)?)),
    };
    let mut operands = [operand(context, a)?];
    call(context, ufunc, &mut operands, &Options { elide: true, ..Options::default() })
}

/// `a op b` for one comparison of a chain.
///
/// # Errors
/// What the comparison raises.
pub fn compare(context: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
    match op {
        CompareOp::Is => return Ok(Value::Bool(a.is(b))),
        CompareOp::IsNot => return Ok(Value::Bool(!a.is(b))),
        CompareOp::In | CompareOp::NotIn => {
            let found = contains(context, b, a)?;
            return Ok(Value::Bool(found == (op == CompareOp::In)));
        }
        _ => {}
    }
    if numpy::dtypes::is_dtype(a) || numpy::dtypes::is_dtype(b) {
        return numpy::dtypes::compare(context, op, a, b);
    }
    if let Value::Object(object) = a
        && let Some(result) = Rc::clone(object).compare(context, op, b)
    {
        return result;
    }
    if let Some(pair) = flat_operands(context, a, b) {
        let (a, b) = pair?;
        return compare(context, op, &a, &b);
    }
    if let Value::Object(object) = b
        && goes_first(b)
        && let Some(result) = Rc::clone(object).compare(context, op.reflected(), a)
    {
        return result;
    }
    let Some(ufunc) = comparison_of(op) else { return Ok(Value::NotImplemented) };
    if !is_numpy(a) && !is_numpy(b) {
        return python::compare(context, op, a, b);
    }
    if (!joins(a) || !joins(b)) && !joins_texts(a, b) {
        let equal = match op {
            CompareOp::Equal => false,
            CompareOp::NotEqual => true,
            _ => {
                let (a, b) = operand_kinds(a, b);
                let message = format!("'{}' not supported between instances of '{a}' and '{b}'", op.symbol());
                return Err(type_error(message));
            }
        };
        return numpy::filled_comparison(context, a, b, equal);
    }
    let mut operands = [operand(context, a.clone())?, operand(context, b.clone())?];
    match call(context, ufunc, &mut operands, &Options::default()) {
        // structures compare with nothing else (`_void_compare`)
        Err(error) if error.class() == ErrorClass::UFuncNoLoopError && has_structure(&operands) && is_equality(op) => {
            Err(type_error("Cannot compare structured or void to non-void arrays."))
        }
        // what has no loop is not equal, element by element (`array_richcompare`)
        Err(error)
            if error.class() == ErrorClass::UFuncNoLoopError
                && matches!(op, CompareOp::Equal | CompareOp::NotEqual) =>
        {
            numpy::all_unlike(context, &operands, op == CompareOp::NotEqual)
        }
        result => result,
    }
}

fn is_equality(op: CompareOp) -> bool {
    matches!(op, CompareOp::Equal | CompareOp::NotEqual)
}

/// Whether an operand is an array of structures or raw bytes.
fn has_structure(operands: &[Operand]) -> bool {
    let is_void = |operand: &Operand| matches!(operand, Operand::Array(a) if a.layout().dtype.ty() == Type::Void);
    operands.iter().any(is_void)
}

/// Both operands of a comparison, where one is a flat iterator, which compares as the array of its elements.
fn flat_operands(context: &mut Context, a: &Value, b: &Value) -> Option<Result<(Value, Value)>> {
    let mut flat = |value: &Value| -> Option<Result<Value>> {
        value.downcast::<numpy::attributes::FlatIter>()?;
        let Value::Object(object) = value else { return None };
        Some(std::rc::Rc::clone(object).as_array(context)?.map(Value::Array))
    };
    let (left, right) = (flat(a), flat(b));
    if left.is_none() && right.is_none() {
        return None;
    }
    let pair = |left: Option<Result<Value>>, right: Option<Result<Value>>| {
        Ok((left.unwrap_or_else(|| Ok(a.clone()))?, right.unwrap_or_else(|| Ok(b.clone()))?))
    };
    Some(pair(left, right))
}

/// `item in container`.
fn contains(context: &mut Context, container: &Value, item: &Value) -> Result<bool> {
    if !matches!(container, Value::Array(_)) {
        return python::contains(context, container, item, compare);
    }
    match compare(context, CompareOp::Equal, container, item)? {
        Value::Array(matches) => {
            let any = const { named("logical_or") };
            match ufunc::reduce(&context.runtime, any, &matches, &ufunc::ReduceOptions::all())? {
                Outcome::Scalar(scalar) => Ok(scalar.is_true()),
                Outcome::Array(array) => Ok(array.read(array.layout().offset).is_true()),
            }
        }
        Value::Scalar(Scalar::Bool(truth)) => Ok(truth),
        other => is_true(&other),
    }
}
