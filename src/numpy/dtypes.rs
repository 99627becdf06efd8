//! What `dtype=`, `order=` and `casting=` accept.

use super::compound;
use crate::array::cast::{Casting, can_cast};
use crate::array::compound::Item;
use crate::array::select::ClipMode;
use crate::array::{DType, Order, Type};
use crate::error::{Error, Result, type_error, value_error};
use crate::registry::Context;
use crate::syntax::ast::CompareOp;
use crate::value::{Class, Value, classes, repr};

/// The dtype a value names: a dtype, a class, a code such as `'<f8'`, a name such as `'float64'`.
///
/// # Errors
/// `TypeError: data type 'foo' not understood`, and its kin.
pub fn as_dtype(context: &mut Context, value: &Value) -> Result<DType> {
    match value {
        Value::None => Ok(Type::Float64.into()),
        Value::DType(dtype) => Ok((**dtype).clone()),
        Value::Class(class) => {
            if let Some(ty) = class.scalar {
                return Ok(ty.into());
            }
            let python = [
                (&classes::BOOL, Type::Bool),
                (&classes::INT, Type::Int64),
                (&classes::FLOAT, Type::Float64),
                (&classes::COMPLEX, Type::Complex128),
            ];
            match python.into_iter().find(|(known, _)| std::ptr::eq(*known, *class)) {
                Some((_, ty)) => Ok(ty.into()),
                None => Err(no_dtype_for(context, class)),
            }
        }
        Value::Str(text) => parse(text).map_or_else(|| Err(no_number(context, value).at_argument("dtype")), Ok),
        Value::Scalar(scalar) => Ok(scalar.dtype()),
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Object(_) => Err(no_number(context, value)),
        other => Err(type_error(format!("Cannot interpret '{}' as a data type", repr(other, &context.print_options)))),
    }
}

/// The error for what is a dtype, but not one of numbers, or none at all.
fn no_number(context: &mut Context, value: &Value) -> Error {
    if let Value::Object(_) = value
        && !is_dtype(value)
    {
        let shown = repr(value, &context.print_options);
        return type_error(format!("Cannot interpret '{shown}' as a data type"));
    }
    match compound::item_of(context, value, false) {
        Ok(item) => compound::no_arrays(&item),
        Err(error) => error,
    }
}

/// The error for a class that stands for no one dtype (`_convert_from_type`, descriptor.c).
fn no_dtype_for(context: &Context, class: &'static Class) -> Error {
    let is = |other: &'static Class| std::ptr::eq(class, other);
    if is(&classes::NUMBER) || is(&classes::INEXACT) || is(&classes::FLOATING) {
        return type_error("Converting `np.inexact` or `np.floating` to a dtype not allowed");
    }
    if is(&classes::INTEGER) || is(&classes::SIGNED_INTEGER) {
        return type_error("Converting 'np.integer' or 'np.signedinteger' to a dtype is not allowed");
    }
    if is(&classes::UNSIGNED_INTEGER) {
        return type_error("Converting `np.unsignedinteger` to a dtype is not allowed");
    }
    if is(&classes::COMPLEX_FLOATING) {
        return type_error("Converting `np.complex` to a dtype is not allowed.");
    }
    if is(&classes::GENERIC) {
        return type_error("Converting `np.generic` to a dtype is not allowed.");
    }
    if is(&classes::FLEXIBLE) || is(&classes::CHARACTER) {
        let shown = repr(&Value::Class(class), &context.print_options);
        return type_error(format!("Cannot interpret '{shown}' as a data type"));
    }
    let item = if is(&classes::STR) || is(&classes::STR_) {
        Item::Str { length: 0, swapped: false }
    } else if is(&classes::BYTES) || is(&classes::BYTES_) {
        Item::Bytes(0)
    } else if is(&classes::VOID) {
        Item::Void(0)
    } else {
        Item::Object
    };
    compound::no_arrays(&item)
}

/// A comparison in which a dtype takes part: the other side may be whatever names one (`a.dtype == 'f8'`), and
/// `a < b` asks whether `a` can be cast to `b` safely (`arraydescr_richcompare`, descriptor.c).
///
/// # Errors
/// `TypeError` for an order with what is no dtype.
pub fn compare(context: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
    let mut item = |value: &Value| match value {
        Value::None => None,
        named => compound::item_of(context, named, false).ok(),
    };
    let (left, right) = (item(a), item(b));
    let (Some(left), Some(right)) = (left, right) else {
        return match op {
            CompareOp::Equal => Ok(Value::Bool(false)),
            CompareOp::NotEqual => Ok(Value::Bool(true)),
            _ => crate::python::compare(context, op, a, b),
        };
    };
    let fits = |from: &Item, to: &Item| match (from, to) {
        (Item::Number(from), Item::Number(to)) => can_cast(from, to, Casting::Safe),
        _ => from == to,
    };
    Ok(Value::Bool(match op {
        CompareOp::Equal => left == right,
        CompareOp::NotEqual => left != right,
        CompareOp::Less => left != right && fits(&left, &right),
        CompareOp::LessEqual => fits(&left, &right),
        CompareOp::Greater => left != right && fits(&right, &left),
        _ => fits(&right, &left),
    }))
}

/// Whether a value is a dtype.
#[inline]
pub fn is_dtype(value: &Value) -> bool {
    match value {
        Value::DType(_) => true,
        Value::Object(_) => value.downcast::<compound::CompoundDType>().is_some(),
        _ => false,
    }
}

/// The dtype that a string spells.
pub fn parse(text: &str) -> Option<DType> {
    let (order, code) = match text.chars().next()? {
        c @ ('<' | '>' | '=' | '|') => (Some(c), &text[1..]),
        _ => (None, text),
    };
    let swapped = order == Some('>');
    if let Some(ty) = Type::ALL.into_iter().find(|ty| ty.name() == code && order.is_none()) {
        return Some(ty.into());
    }
    let mut letters = code.chars();
    let (first, rest) = (letters.next()?, letters.as_str());
    if rest.is_empty() {
        let ty = match first {
            'q' | 'p' | 'n' => Type::Int64,
            'Q' | 'P' | 'N' => Type::UInt64,
            _ => Type::ALL.into_iter().find(|ty| ty.letter() == first)?,
        };
        return Some(DType::new(ty).with_swapped(swapped));
    }
    if let (Ok(size), Some(kind)) =
        (rest.parse::<usize>(), Type::ALL.into_iter().map(Type::kind).find(|kind| kind.letter() == first))
    {
        return Type::of(kind, size).map(|ty| DType::new(ty).with_swapped(swapped));
    }
    let ty = match code {
        "int" | "int_" | "intp" | "long" | "longlong" => Type::Int64,
        "uint" | "uintp" | "ulong" | "ulonglong" => Type::UInt64,
        "float" | "double" => Type::Float64,
        "complex" | "cdouble" => Type::Complex128,
        "bool_" => Type::Bool,
        "byte" => Type::Int8,
        "ubyte" => Type::UInt8,
        "short" => Type::Int16,
        "ushort" => Type::UInt16,
        "intc" => Type::Int32,
        "uintc" => Type::UInt32,
        "half" => Type::Float16,
        "single" => Type::Float32,
        "csingle" => Type::Complex64,
        _ => return None,
    };
    order.is_none().then(|| ty.into())
}

/// The order a value names.
///
/// # Errors
/// `ValueError: order must be one of 'C', 'F', 'A', or 'K' (got 'X')`.
#[inline]
pub fn as_order(value: &Value) -> Result<Order> {
    match value {
        Value::None => Ok(Order::C),
        Value::Str(text) => {
            match &**text {
                "C" | "c" => Ok(Order::C),
                "F" | "f" => Ok(Order::F),
                "A" | "a" => Ok(Order::A),
                "K" | "k" => Ok(Order::K),
                other => Err(value_error(format!("order must be one of 'C', 'F', 'A', or 'K' (got '{other}')"))
                    .at_argument("order")),
            }
        }
        other => Err(type_error(format!("order must be str, not {}", other.type_name())).at_argument("order")),
    }
}

/// What `mode=` says of indices out of bounds (`PyArray_ClipmodeConverter`).
///
/// # Errors
/// `ValueError: clipmode must be one of 'clip', 'raise', or 'wrap' (got 'x')`.
pub fn as_clipmode(value: &Value) -> Result<ClipMode> {
    match value {
        Value::None => Ok(ClipMode::Raise),
        Value::Str(text) => match &**text {
            "raise" => Ok(ClipMode::Raise),
            "wrap" => Ok(ClipMode::Wrap),
            "clip" => Ok(ClipMode::Clip),
            other => Err(value_error(format!("clipmode must be one of 'clip', 'raise', or 'wrap' (got '{other}')"))
                .at_argument("mode")),
        },
        other => Err(type_error(format!("clipmode must be str, not {}", other.type_name())).at_argument("mode")),
    }
}

/// The casting rule a value names.
///
/// # Errors
/// `ValueError: casting must be one of ...`.
pub fn as_casting(value: &Value) -> Result<Casting> {
    match value {
        Value::Str(text) => Casting::parse(text, false).map_err(|e| e.at_argument("casting")),
        other => Err(type_error(format!("casting must be str, not {}", other.type_name())).at_argument("casting")),
    }
}
