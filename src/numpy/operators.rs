//! Operators on arrays that are more than one universal function.

use super::calls::outcome;
use super::coercion::operand;
use super::objects;
use crate::array::layout::Shape;
use crate::array::layout::broadcast::broadcast_operands;
use crate::array::{ArrayRef, NdArray, Order, Scalar, Type};
use crate::error::{Result, value_error};
use crate::registry::Context;
use crate::syntax::ast::BinaryOp;
use crate::ufunc::{self, Operand, Options, named};
use crate::value::Value;

/// `a @ b`.
///
/// # Errors
/// NumPy's `ValueError` where the shapes do not fit.
pub fn matmul(context: &mut Context, operands: [Operand; 2]) -> Result<Value> {
    let [a, b] = operands;
    let before = context.runtime.ledger.set_cause("matmul");
    let result = {
        let (a, b) = (as_array(context, a, 0)?, as_array(context, b, 1)?);
        objects::matmul(context, &a, &b, None)
    };
    context.runtime.ledger.set_cause(before);
    result.map(outcome)
}

/// `abs(a)`: an operator to NumPy, which may work in place on a temporary.
///
/// # Errors
/// `TypeError` for what is no number; `MemoryError`.
pub fn absolute(context: &mut Context, a: Value) -> Result<Value> {
    let mut operands = [operand(context, a)?];
    let options = Options { elide: true, ..Options::default() };
    let result = objects::call(context, const { named("absolute") }, &mut operands, &options)?;
    Ok(result.into_iter().next().map_or(Value::None, outcome))
}

/// `a @= b`.
///
/// # Errors
/// As [`matmul`].
pub fn matmul_into(context: &mut Context, operands: [Operand; 2], options: Options) -> Result<Value> {
    let [a, b] = operands;
    let (a, b) = (as_array(context, a, 0)?, as_array(context, b, 1)?);
    let out = options.out.first().cloned().flatten();
    objects::matmul(context, &a, &b, out.as_ref()).map(outcome)
}

fn as_array(context: &Context, operand: Operand, place: usize) -> Result<crate::array::ArrayRef> {
    match operand {
        Operand::Array(array) => Ok(array),
        Operand::Scalar(scalar) => NdArray::from_scalar(&context.runtime, scalar),
        _ => Err(value_error(format!(
            "matmul: Input operand {place} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
        ))),
    }
}

/// `a ** 2` and its kin, which NumPy computes by a cheaper function (`fast_scalar_power`, number.c); nothing where
/// the general power is to be used.
pub fn fast_power(context: &mut Context, op: BinaryOp, operands: &mut [Operand; 2]) -> Option<Result<Value>> {
    if op != BinaryOp::Power {
        return None;
    }
    let (Operand::Array(array), exponent) = (&operands[0], &operands[1]) else { return None };
    let exponent = match exponent {
        Operand::Float(exponent) => *exponent,
        Operand::Int(exponent) => num_traits::ToPrimitive::to_f64(exponent)?,
        _ => return None,
    };
    let ty = array.dtype().ty();
    if ty.is_time() {
        return None;
    }
    let integral = matches!(operands[1], Operand::Int(_));
    let name = match exponent {
        2.0 if ty.is_inexact() || (ty.is_integer() && integral) || !ty.is_number() => "square",
        1.0 if ty.is_inexact() || integral && ty != Type::Bool => "positive",
        0.5 if ty.is_inexact() => "sqrt",
        -1.0 if ty.is_inexact() => "reciprocal",
        _ => return None,
    };
    let ufunc = ufunc::find(name)?;
    let mut one = [operands[0].clone()];
    operands[0] = Operand::Float(0.0);
    let options = Options { elide: true, ..Options::default() };
    let before = context.runtime.ledger.set_cause("power");
    let result = objects::call(context, ufunc, &mut one, &options);
    context.runtime.ledger.set_cause(before);
    Some(result.map(|outcomes| outcomes.into_iter().next().map_or(Value::None, outcome)))
}

/// What comparing operands gives that nothing compares: `unlike` for every pair of elements.
///
/// # Errors
/// `ValueError` where the shapes do not fit; those of allocating the result.
pub fn all_unlike(context: &mut Context, operands: &[Operand], unlike: bool) -> Result<Value> {
    let shapes: Vec<Shape> = operands
        .iter()
        .map(|operand| match operand {
            Operand::Array(array) => array.shape(),
            _ => Shape::new(),
        })
        .collect();
    let shape = broadcast_operands(&shapes.iter().map(|shape| shape.as_slice()).collect::<Vec<_>>())?;
    let result = NdArray::zeros(&context.runtime, Type::Bool.into(), &shape, Order::C)?;
    filled(result, unlike)
}

/// What comparing an array with something that is no number gives: all `equal`.
///
/// # Errors
/// Those of allocating the result.
pub fn filled_comparison(context: &mut Context, a: &Value, b: &Value, equal: bool) -> Result<Value> {
    let array = match (a, b) {
        (Value::Array(array), _) | (_, Value::Array(array)) => array,
        _ => return Ok(Value::Scalar(Scalar::Bool(equal))),
    };
    let result = NdArray::zeros(&context.runtime, Type::Bool.into(), &array.shape(), Order::C)?;
    filled(result, equal)
}

/// A new array of bools that are all the same; a scalar where it has no axes.
fn filled(result: ArrayRef, equal: bool) -> Result<Value> {
    if equal {
        for cell in result.buffer().cells() {
            cell.set(1);
        }
    }
    Ok(if result.ndim() == 0 { Value::Scalar(Scalar::Bool(equal)) } else { Value::Array(result) })
}
