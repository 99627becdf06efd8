//! May an operator work in place on one of its operands, because nobody else will see it again?
//!
//! NumPy's temp_elide.c: in `a * 2 + b` the product is a temporary that owns its data; where it is large, the sum
//! is written into it instead of into a new array.

use super::{Operand, Ufunc};
use crate::array::cast::{Casting, can_cast};
use crate::array::{ArrayRef, DType, Layout, Type};
use std::rc::Rc;

/// The smallest temporary that is worth it, in bytes (`NPY_MIN_ELIDE_BYTES`).
const MIN_BYTES: usize = 256 * 1024;

/// The operand that an operator may overwrite with its result. Operands are swapped where NumPy computes
/// `b + a` in place instead of `a + b`.
pub fn find_temporary(ufunc: &Ufunc, operands: &mut [Operand]) -> Option<ArrayRef> {
    if !operands.iter().any(is_temporary) {
        return None;
    }
    match operands {
        [one] => {
            let array = temporary(one)?;
            let elides = match ufunc.name {
                "absolute" => !array.layout().dtype.ty().is_complex(),
                name => matches!(name, "negative" | "positive" | "invert" | "square" | "sqrt" | "reciprocal"),
            };
            elides.then_some(array)
        }
        [first, second] => {
            let commutative = match ufunc.name {
                "add" | "multiply" | "bitwise_and" | "bitwise_or" | "bitwise_xor" => true,
                "subtract" | "floor_divide" | "left_shift" | "right_shift" => false,
                "divide" if dtype(first).ty().is_inexact() => false,
                _ => return None,
            };
            if let Some(array) = temporary(first)
                && fits(second, &array)
            {
                return Some(array);
            }
            if commutative
                && let Some(array) = temporary(second)
                && fits(first, &array)
            {
                std::mem::swap(first, second);
                return Some(array);
            }
            None
        }
        _ => None,
    }
}

fn is_temporary(operand: &Operand) -> bool {
    let Operand::Array(array) = operand else { return false };
    let is_large = |layout: &Layout| layout.nbytes() >= MIN_BYTES;
    Rc::strong_count(array) == 1
        && array.owns_data()
        && array.is_plain()
        && array.is_writeable()
        && is_large(&array.layout())
}

fn temporary(operand: &Operand) -> Option<ArrayRef> {
    match operand {
        Operand::Array(array) if is_temporary(operand) => Some(Rc::clone(array)),
        _ => None,
    }
}

/// Whether the other operand leaves shape and dtype of the temporary as they are.
fn fits(other: &Operand, array: &ArrayRef) -> bool {
    let layout = array.layout();
    let same_shape = match other {
        Operand::Array(other) => other.ndim() == 0 || other.layout().shape == layout.shape,
        _ => true,
    };
    same_shape && can_cast(&dtype(other), &layout.dtype, Casting::Safe)
}

fn dtype(operand: &Operand) -> DType {
    match operand {
        Operand::Array(array) => array.dtype(),
        Operand::Scalar(value) => value.dtype(),
        Operand::Int(value) => {
            if u64::try_from(value).is_ok() && i64::try_from(value).is_err() { Type::UInt64 } else { Type::Int64 }
                .into()
        }
        Operand::Float(_) => Type::Float64.into(),
        Operand::Complex(_) => Type::Complex128.into(),
    }
}
