//! What `dtype=`, `order=` and `casting=` accept.

use crate::array::cast::Casting;
use crate::array::{DType, Order, Type};
use crate::error::{Result, type_error, value_error};
use crate::registry::Context;
use crate::value::{Value, classes, repr};

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
                None => Err(type_error(format!("Cannot interpret '{}' as a data type", class.repr()))),
            }
        }
        Value::Str(text) => {
            parse(text).ok_or_else(|| type_error(format!("data type '{text}' not understood")).at_argument("dtype"))
        }
        other => Err(type_error(format!("Cannot interpret '{}' as a data type", repr(other, &context.print_options)))),
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

/// The casting rule a value names.
///
/// # Errors
/// `ValueError: casting must be one of ...`.
pub fn as_casting(value: &Value) -> Result<Casting> {
    match value {
        Value::Str(text) => match &**text {
            "no" => Ok(Casting::No),
            "equiv" => Ok(Casting::Equiv),
            "safe" => Ok(Casting::Safe),
            "same_kind" => Ok(Casting::SameKind),
            "unsafe" => Ok(Casting::Unsafe),
            other => Err(value_error(format!(
                "casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '{other}')"
            ))
            .at_argument("casting")),
        },
        other => Err(type_error(format!("casting must be str, not {}", other.type_name())).at_argument("casting")),
    }
}
