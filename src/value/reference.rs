//! A value as the element of an object array.

use super::{Value, equal, is_true, order, plain, repr, str};
use crate::array::item::number_in_text;
use crate::array::printing::PrintOptions;
use crate::array::{Item, Reference, Referent, Scalar, Type, reference};
use crate::error::{Result, overflow_error, type_error, value_error};
use crate::text::quote::{repr_bytes, repr_str};
use std::any::Any;
use std::cmp::Ordering;
use std::rc::Rc;

/// A value that elements refer to.
struct Held(Value);

/// A reference to a value, for an element of an object array.
pub fn reference_to(value: &Value) -> Reference {
    match value {
        Value::None => Reference(None),
        value => Reference(Some(Rc::new(Held(value.clone())))),
    }
}

/// An item of an object array that refers to a value.
pub fn object_item(value: &Value) -> Item {
    Item::Object(reference_to(value))
}

/// The value that an element of an object array refers to.
pub fn referred(reference: &Reference) -> Value {
    match (&reference.0, reference.plain()) {
        (_, Some(item)) => super::python_item(item),
        (Some(object), None) => object.as_any().downcast_ref::<Held>().map_or(Value::None, |held| held.0.clone()),
        (None, None) => Value::None,
    }
}

/// `int(x)`, `float(x)` or `complex(x)` as an element of type `ty`.
fn as_number(value: &Value, ty: Type) -> Result<Scalar> {
    let refused = |name: &str| match (name, ty) {
        ("list" | "tuple" | "dict" | "set", _) if ty != Type::Bool && name != "dict" && name != "set" => {
            value_error("setting an array element with a sequence.")
        }
        (name, ty) if ty.is_integer() => {
            type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{name}'"))
        }
        (name, ty) if ty.is_complex() => type_error(format!("must be real number, not {name}")),
        (name, _) => type_error(format!("float() argument must be a string or a real number, not '{name}'")),
    };
    if ty == Type::Bool {
        return Ok(Scalar::Bool(is_true(value)?));
    }
    match plain(value) {
        Value::Scalar(scalar) if ty.is_integer() || !scalar.ty().is_complex() || ty.is_complex() => Ok(scalar.cast(ty)),
        Value::Scalar(_) => Err(refused("complex")),
        Value::Bool(truth) => Ok(Scalar::Bool(*truth).cast(ty)),
        Value::Int(int) if ty.is_integer() => match int.to_i128().map(|whole| Scalar::exact(whole, ty)) {
            Some(Some(exact)) => Ok(exact),
            Some(None) if int.to_i64().is_some() => {
                Err(overflow_error(format!("Python integer {int} out of bounds for {}", ty.name())))
            }
            _ => Err(overflow_error("Python int too large to convert to C long")),
        },
        Value::Int(int) => match int.to_f64() {
            float if float.is_finite() => Ok(Scalar::Float64(float).cast(ty)),
            _ => Err(overflow_error("int too large to convert to float")),
        },
        Value::Float(float) if ty.is_integer() && float.is_nan() => {
            Err(value_error("cannot convert float NaN to integer"))
        }
        Value::Float(float) if ty.is_integer() && float.is_infinite() => {
            Err(overflow_error("cannot convert float infinity to integer"))
        }
        Value::Float(float) => Ok(Scalar::Float64(*float).cast(ty)),
        Value::Complex(complex) if ty.is_complex() => Ok(Scalar::Complex128(*complex).cast(ty)),
        Value::Complex(_) => Err(refused("complex")),
        Value::Str(text) => number_in_text(text, &repr_str(text), ty),
        Value::Bytes(bytes) => {
            let text: String = bytes.iter().map(|&byte| byte as char).collect();
            number_in_text(&text, &repr_bytes(bytes), ty)
        }
        Value::Array(array) if array.size() == 1 => {
            let offset = array.layout().offset;
            as_number(&super::element_at(array, offset), ty)
        }
        Value::Array(_) => Err(value_error("setting an array element with a sequence.")),
        other => Err(refused(other.type_name())),
    }
}

impl Referent for Held {
    fn again(&self) -> Option<Rc<dyn Referent>> {
        self.0.address().map(|_| Rc::new(Held(self.0.clone())) as Rc<dyn Referent>)
    }

    fn repr(&self, options: &PrintOptions) -> String {
        let text = repr(&self.0, options);
        if matches!(self.0, Value::List(_)) { format!("list({text})") } else { text }
    }

    fn text(&self) -> String {
        str(&self.0, &PrintOptions::default())
    }

    fn holds(&self) -> bool {
        matches!(self.0, Value::Array(_)) || self.0.is_holder()
    }

    fn is_true(&self) -> bool {
        is_true(&self.0).unwrap_or_else(|error| {
            reference::fail(error);
            true
        })
    }

    fn to_number(&self, ty: Type) -> Result<Scalar> {
        as_number(&self.0, ty)
    }

    fn equals(&self, other: &Reference) -> bool {
        let other = referred(other);
        self.0.is(&other) || equal(&self.0, &other).unwrap_or(false)
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        match plain(&self.0) {
            Value::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }

    fn order(&self, other: &Reference) -> Ordering {
        match order(&self.0, &referred(other), "<") {
            Ok(order) => order.unwrap_or(Ordering::Equal),
            Err(error) => {
                reference::fail(error);
                Ordering::Equal
            }
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
