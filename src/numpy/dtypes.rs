//! What `dtype=`, `order=` and `casting=` accept.

use super::compound;
use crate::array::calendar::Resolution;
use crate::array::cast::{Casting, can_cast};
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
        Value::DType(dtype) => Ok((**dtype).clone()),
        Value::Str(text) if let Some(dtype) = parse(text) => Ok(dtype),
        Value::Str(_) => compound::dtype_of(context, value, false).map_err(|error| error.at_argument("dtype")),
        other => compound::dtype_of(context, other, false),
    }
}

/// The dtype that a class stands for: that of its scalars; references for a class of Python's that is none.
///
/// # Errors
/// `TypeError` for NumPy's abstract classes.
pub fn class_dtype(context: &Context, class: &'static Class) -> Result<DType> {
    let is = |others: &[&'static Class]| others.iter().any(|other| std::ptr::eq(class, *other));
    if let Some(ty) = class.scalar {
        return Ok(ty.into());
    }
    let python = [
        (&classes::BOOL, Type::Bool),
        (&classes::INT, Type::Int64),
        (&classes::FLOAT, Type::Float64),
        (&classes::COMPLEX, Type::Complex128),
        (&classes::STR, Type::Str),
        (&classes::BYTES, Type::Bytes),
    ];
    match python.into_iter().find(|(known, _)| is(&[*known])) {
        Some((_, ty)) => Ok(ty.into()),
        None if class.is_subclass(&classes::GENERIC) => Err(no_dtype_for(context, class)),
        None => Ok(Type::Object.into()),
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
    let shown = repr(&Value::Class(class), &context.print_options);
    type_error(format!("Cannot interpret '{shown}' as a data type"))
}

/// A comparison in which a dtype takes part: the other side may be whatever names one (`a.dtype == 'f8'`), and
/// `a < b` asks whether `a` can be cast to `b` safely (`arraydescr_richcompare`, descriptor.c).
///
/// # Errors
/// `TypeError` for an order with what is no dtype.
pub fn compare(context: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Value> {
    let mut dtype = |value: &Value| match value {
        Value::None => None,
        named => as_dtype(context, named).ok(),
    };
    let (left, right) = (dtype(a), dtype(b));
    let (Some(left), Some(right)) = (left, right) else {
        return match op {
            CompareOp::Equal => Ok(Value::Bool(false)),
            CompareOp::NotEqual => Ok(Value::Bool(true)),
            _ => crate::python::compare(context, op, a, b),
        };
    };
    let fits = |from: &DType, to: &DType| can_cast(from, to, Casting::Safe);
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
    matches!(value, Value::DType(_))
}

/// The dtype that a string spells.
pub fn parse(text: &str) -> Option<DType> {
    let (order, code) = match text.chars().next()? {
        c @ ('<' | '>' | '=' | '|') => (Some(c), &text[1..]),
        _ => (None, text),
    };
    let swapped = order == Some('>');
    for (names, is_span) in [(["datetime64", "M8", "M"], false), (["timedelta64", "m8", "m"], true)] {
        if names.contains(&code) {
            return Some(DType::time(is_span, Resolution::GENERIC).with_swapped(swapped));
        }
    }
    if let Some(ty) = Type::NUMBERS.into_iter().find(|ty| ty.name() == code && order.is_none()) {
        return Some(ty.into());
    }
    let mut letters = code.chars();
    let (first, rest) = (letters.next()?, letters.as_str());
    if rest.is_empty() {
        let ty = match first {
            'q' | 'p' | 'n' => Type::Int64,
            'Q' | 'P' | 'N' => Type::UInt64,
            _ => Type::NUMBERS.into_iter().find(|ty| ty.letter() == first)?,
        };
        return Some(DType::new(ty).with_swapped(swapped));
    }
    if let (Ok(size), Some(kind)) =
        (rest.parse::<usize>(), Type::NUMBERS.into_iter().map(Type::kind).find(|kind| kind.letter() == first))
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
